"""Handed in, returned or accepted; opened, due, locked; who has not handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from indicators.errors import UsageError
from indicators.model import CalendarEntry, Observation, Progress, Submission
from indicators.store.ledger import Store
from indicators.submissions.calendar import set_days
from indicators.submissions.flow import give_back, set_policy, standings
from indicators.submissions.importing import accept, import_workbook
from indicators.submissions.sender import Wish

from .conftest import OFFICE, PLACE, USUAL, Fill


def current(store: Store) -> Mapping[str, Decimal]:
    return {
        each.indicator_id: each.magnitude
        for each in store.current(Observation)
        if not each.withdrawn
    }


def status(store: Store) -> list[str]:
    return sorted(each.status for each in store.current(Submission))


def test_values_that_wait_count_only_when_accepted(store: Store, fill: Fill, wish: Wish) -> None:
    """Under the policy wait nothing is observed before a steward accepts the submission."""
    set_policy(store, "wait", who="督查")
    receipt = import_workbook(store, fill(USUAL), wish)
    assert (receipt.status, current(store)) == ("submitted", {})
    accept(store, receipt.submission_id[:6], who="督查", remarks="同意")
    assert len(current(store)) == 4
    assert status(store) == ["accepted"]


def test_two_acceptances_at_once_record_once(
    store: Store, fill: Fill, wish: Wish, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes second is told so under the write lock, and nothing is recorded again."""
    set_policy(store, "wait", who="督查")
    receipt = import_workbook(store, fill(USUAL), wish)
    batch, held = store.batch, [True]

    def overtaken(*arguments: object, **named: object) -> object:
        if held.pop() if held else False:
            accept(store, receipt.submission_id, who="先到")
        return batch(*arguments, **named)

    monkeypatch.setattr(store, "batch", overtaken)
    with pytest.raises(UsageError, match="已确认"):
        accept(store, receipt.submission_id, who="后到")
    assert len(store.history(Observation)) == 4
    assert status(store) == ["accepted"]


def test_values_that_are_marked_count_at_once(store: Store, fill: Fill, wish: Wish) -> None:
    """Under the policy mark they are observed at once, and accepted without a second record."""
    set_policy(store, "mark", who="督查")
    receipt = import_workbook(store, fill(USUAL), wish)
    assert (receipt.status, len(current(store))) == ("submitted", 4)
    accept(store, receipt.submission_id, who="督查")
    assert status(store) == ["accepted"]
    with pytest.raises(UsageError, match="已确认"):
        accept(store, receipt.submission_id, who="督查")


def test_a_returned_submission_gives_way_to_what_stood_before(
    store: Store, fill: Fill, wish: Wish
) -> None:
    """The earlier value stands again, and the history keeps all of it."""
    import_workbook(store, fill(USUAL), wish)
    changed = fill({**USUAL, "智算规模": 11}, name="b.xlsx")
    receipt = import_workbook(store, changed, replace(wish, reason="更正"))
    assert current(store)["i1"] == 11
    give_back(store, receipt.submission_id, who="督查", remarks="请附说明")
    assert current(store)["i1"] == 10
    assert status(store) == ["accepted", "returned"]
    (own,) = [x for x in standings(store, "2026Q1", date(2026, 4, 20)) if x.office == OFFICE]
    assert own.words == "已确认，更正已退回"
    with pytest.raises(UsageError, match="已退回"):
        give_back(store, receipt.submission_id, who="督查", remarks="再退")


def test_a_first_submission_that_is_returned_leaves_no_value(
    store: Store, fill: Fill, wish: Wish
) -> None:
    """Without an earlier value the returned one is withdrawn, and can be handed in again."""
    path = fill(USUAL)
    receipt = import_workbook(store, path, wish)
    give_back(store, receipt.submission_id, who="督查", remarks="口径不对")
    assert current(store) == {}
    same = import_workbook(store, path, wish)
    assert (same.outcome, [each.code for each in same.findings]) == (
        "refused",
        ["already-returned"],
    )
    assert "口径不对" in same.findings[0].message
    again = import_workbook(store, fill({**USUAL, "智算规模": 12}, name="b.xlsx"), wish)
    assert (again.outcome, len(again.added)) == ("recorded", 4)


def words(store: Store) -> Mapping[str, str]:
    return {each.subject: each.progress for each in store.current(Progress)}


def test_words_of_a_returned_submission_give_way_too(store: Store, fill: Fill, wish: Wish) -> None:
    """Where only 进展 was changed, its return gives the earlier words back, and their submission."""
    first = {"progress": {"智算规模": "一期投运"}}
    import_workbook(store, fill(USUAL, **first), wish)
    later = {"progress": {"智算规模": "二期投运", "高质量数据集": "新建三个"}}
    receipt = import_workbook(store, fill(USUAL, name="b.xlsx", **later), wish)
    assert words(store) == {"i1": "二期投运", "i2": "新建三个"}
    assert status(store) == ["accepted", "superseded"]
    give_back(store, receipt.submission_id, who="督查", remarks="请附照片")
    assert words(store) == {"i1": "一期投运", "i2": ""}
    assert status(store) == ["accepted", "returned"]


def test_what_waited_for_review_waits_again(store: Store, fill: Fill, wish: Wish) -> None:
    """A submission that was never accepted is not accepted by the return of the one after it."""
    set_policy(store, "mark", who="督查")
    import_workbook(store, fill(USUAL), wish)
    changed = fill({**USUAL, "智算规模": 11}, name="b.xlsx")
    receipt = import_workbook(store, changed, replace(wish, reason="更正"))
    give_back(store, receipt.submission_id, who="督查", remarks="请附说明")
    assert status(store) == ["returned", "submitted"]


def test_a_superseded_file_sent_again_is_told_what_stands(
    store: Store, fill: Fill, wish: Wish
) -> None:
    """Whoever sends the old file again learns that it changes nothing back, and what would."""
    old = fill(USUAL)
    import_workbook(store, old, wish)
    new = fill({**USUAL, "智算规模": 11}, name="b.xlsx")
    receipt = import_workbook(store, new, replace(wish, reason="更正"))
    again = import_workbook(store, old, replace(wish, reason="改回"))
    (found,) = again.findings
    assert (again.outcome, found.code) == ("unchanged", "already-superseded")
    assert "b.xlsx" in found.expected
    assert receipt.batch in found.expected
    assert current(store)["i1"] == 11
    give_back(store, receipt.submission_id, who="督查", remarks="按原数")
    assert current(store)["i1"] == 10
    assert import_workbook(store, old, wish).findings[0].code == "already-imported"


def test_a_workbook_refused_under_the_lock_leaves_no_file(
    store: Store, fill: Fill, wish: Wish
) -> None:
    """What is only refused once the ledger is locked leaves nothing that no batch speaks of."""
    import_workbook(store, fill(USUAL), wish)
    changed = fill({**USUAL, "智算规模": 11}, name="b.xlsx")
    assert import_workbook(store, changed, wish).outcome == "refused"
    set_days(store, DAYS, who="督查")
    other = fill({**USUAL, "智算规模": 12}, name="c.xlsx")
    locked = replace(wish, today=date(2026, 5, 1), reason="更正")
    assert import_workbook(store, other, locked).outcome == "refused"
    assert list(store.verify()) == []


def test_remarks_are_required(store: Store, fill: Fill, wish: Wish) -> None:
    """A return without words is refused."""
    receipt = import_workbook(store, fill(USUAL), wish)
    with pytest.raises(UsageError, match="意见"):
        give_back(store, receipt.submission_id, who="督查", remarks=" ")


DAYS = CalendarEntry(
    quarter="2026Q1",
    opens_on=date(2026, 4, 1),
    due_on=date(2026, 4, 15),
    locks_on=date(2026, 4, 30),
)


@pytest.mark.parametrize(
    ("today", "outcome", "code"),
    [
        (date(2026, 3, 31), "refused", "quarter-not-open"),
        (date(2026, 4, 15), "recorded", ""),
        (date(2026, 4, 16), "recorded", "submission-late"),
        (date(2026, 4, 30), "refused", "quarter-locked"),
    ],
)
def test_the_calendar_opens_and_locks_a_quarter(
    store: Store, fill: Fill, wish: Wish, today: date, outcome: str, code: str
) -> None:
    """Before the opening and from the lock on nothing is taken; late is marked."""
    set_days(store, DAYS, who="督查")
    receipt = import_workbook(store, fill(USUAL), replace(wish, today=today))
    assert receipt.outcome == outcome
    assert [each.code for each in receipt.findings] == ([code] if code else [])
    assert receipt.late is (code == "submission-late")


def test_an_exception_reopens_for_one_office(store: Store, fill: Fill, wish: Wish) -> None:
    """An office's own line wins; it needs a reason."""
    set_days(store, DAYS, who="督查")
    mine = CalendarEntry(quarter="2026Q1", place=PLACE, office=OFFICE, locks_on=date(2026, 6, 1))
    with pytest.raises(UsageError, match="原因"):
        set_days(store, mine, who="督查")
    set_days(store, replace(mine, reason="系统故障"), who="督查")
    receipt = import_workbook(store, fill(USUAL), replace(wish, today=date(2026, 5, 2)))
    assert (receipt.outcome, receipt.late) == ("recorded", True)


def test_days_must_be_in_order(store: Store) -> None:
    """A quarter cannot lock before it is due."""
    with pytest.raises(UsageError, match="次序"):
        set_days(store, replace(DAYS, locks_on=date(2026, 4, 2)), who="督查")


def test_an_exception_is_in_order_with_the_days_that_it_inherits(store: Store) -> None:
    """An office cannot lock before the common due day, nor common days pass an office's lock."""
    set_days(store, DAYS, who="督查")
    assert DAYS.due_on is not None
    mine = CalendarEntry(quarter="2026Q1", place=PLACE, office=OFFICE, reason="系统故障")
    with pytest.raises(UsageError, match=f"{OFFICE}: 日期次序"):
        set_days(store, replace(mine, locks_on=DAYS.due_on - timedelta(1)), who="督查")
    set_days(store, replace(mine, locks_on=DAYS.due_on + timedelta(1)), who="督查")
    late = DAYS.due_on + timedelta(2)
    with pytest.raises(UsageError, match=f"{OFFICE}: 日期次序"):
        set_days(store, replace(DAYS, due_on=late, locks_on=late), who="督查")


def test_who_has_not_handed_in_is_a_table(store: Store, fill: Fill, wish: Wish) -> None:
    """Every office with indicators is listed, with late ones told apart."""
    set_days(store, DAYS, who="督查")
    import_workbook(store, fill(USUAL), replace(wish, today=date(2026, 4, 10)))
    found = {each.office: each.words for each in standings(store, "2026Q1", date(2026, 4, 20))}
    assert found == {OFFICE: "已确认", "区工信局": "逾期未报"}


@pytest.mark.parametrize(
    ("place", "office", "words"),
    [(PLACE, "区数剧局", "没有登记这个报送单位"), ("武清", "", "没有地区“武清”")],
)
def test_days_for_a_name_that_nobody_knows_are_refused(
    store: Store, place: str, office: str, words: str
) -> None:
    """A slip in the name of an office or place is told, or its exception would hold for nobody."""
    entry = replace(DAYS, place=place, office=office, reason="系统故障")
    with pytest.raises(UsageError, match=words):
        set_days(store, entry, who="督查")
    assert not store.current(CalendarEntry)


def test_a_locked_quarter_is_told_together_with_other_errors(
    store: Store, fill: Fill, wish: Wish
) -> None:
    """Who must correct a value is told at once that the quarter is locked as well."""
    set_days(store, DAYS, who="督查")
    path = fill({**USUAL, "智算规模": "没有"})
    receipt = import_workbook(store, path, replace(wish, today=date(2026, 5, 1)))
    assert {"cell-not-a-number", "quarter-locked"} <= {each.code for each in receipt.findings}
    assert receipt.outcome == "refused"
