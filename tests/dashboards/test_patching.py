"""A snapshot that is carried on says the same as one made anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dashboards.views import Choice, Desk
from dashboards.views.roll import GROUPS
from indicators import assessment
from indicators.assessment.boards import issue
from indicators.assessment.changes import diff
from indicators.model import (
    CalendarEntry,
    Note,
    Observation,
    Option,
    Relation,
    ReviewDecision,
    Setting,
    Share,
    Submission,
    digest_id,
)
from indicators.store import open_store
from tests.dashboards import sample

QUARTERS = tuple(sample.ENDS)


def told(snapshot):
    """Return all that pages take from a snapshot's own tables."""
    roll = snapshot.roll
    return {
        "assessment": replace(snapshot.assessment, verdicts=tuple(snapshot.assessment.verdicts)),
        "verdicts": snapshot.verdicts,
        "rows": tuple(roll.rows),
        "by_deadline": tuple(roll.by_deadline),
        "states": {key: count for key, count in roll.states.items() if count},
        "counts": (roll.drawn, roll.demonstration, dict(roll.lights)),
        "groups": {
            group: {
                name: (
                    tuple(each.rows),
                    {key: count for key, count in each.lights.items() if count},
                )
                for name, each in roll.groups[group].items()
            }
            for group in GROUPS
        },
        "settings": snapshot.settings,
        "observed": snapshot.observed,
        "quarters": snapshot.quarters,
        "batches": list(snapshot.batches),
        "moved": snapshot.moved,
        "sample": snapshot.sample,
        "coverage": snapshot.coverage,
        "demonstration": snapshot.demonstration,
        "red": tuple(snapshot.chosen(Choice(light="red")).rows),
        "moved_rows": tuple(snapshot.moved_rows),
        "why": snapshot.why(snapshot.moved_rows[:5]),
    }


def value(case, quarter, magnitude, row, **more):
    made = sample.observation(case, quarter, magnitude, row, "f" * 64)
    return replace(made, **more)


cases = st.sampled_from(sample.CASES)
magnitudes = st.decimals("0", "60000000000", places=2).map(str)
values = st.builds(
    value,
    cases,
    st.sampled_from(QUARTERS),
    magnitudes,
    st.integers(1, 40),
    withdrawn=st.sampled_from((False, False, False, True)),
    submission_id=st.sampled_from(("", "one", "two")),
)
chosen = st.builds(
    lambda case, baseline, schedule: replace(
        sample.setting(case), baseline=Decimal(baseline), schedule=schedule
    ),
    cases,
    st.sampled_from(("0", "4", "9")),
    st.sampled_from(("linear", "yearly_steps", "annual_only")),
)
handed = st.builds(
    lambda name, status: Submission(
        submission_id=name,
        office=sample.DATA,
        place="武清区",
        quarter="2026Q3",
        status=status,
        file_digest="f" * 64,
        file_name="表.xlsx",
    ),
    st.sampled_from(("one", "two")),
    st.sampled_from(("submitted", "accepted", "returned")),
)
words = st.builds(
    lambda case, said: Note(note_id=said, subject=case.id, text=said),
    cases,
    st.text("ab", max_size=3),
)
parts = st.builds(
    lambda case, year, magnitude: Share(
        target_id=sample.target(case).target_id,
        sort="year",
        part=year,
        magnitude=Decimal(magnitude),
        unit=case.unit,
    ),
    cases,
    st.sampled_from(("2025", "2026")),
    st.sampled_from(("1", "3", "9")),
)
reviewed = st.builds(
    lambda case, status: (
        ReviewDecision(
            commitment_id=sample.commitment(case, case.words[0]).commitment_id,
            decision=status,
        ),
        replace(sample.target(case), status=status),
        replace(sample.commitment(case, case.words[0]), review=status, section="另一章"),
    ),
    cases,
    st.sampled_from(("accepted", "rejected")),
)
merged = st.builds(
    lambda case, other, status: (
        Relation(
            relation_id=digest_id("merged_into", other.id, case.id),
            sort="merged_into",
            subject=other.id,
            object=case.id,
            status=status,
        ),
        replace(sample.indicator(other), retired=status == "accepted"),
    ),
    st.sampled_from(sample.CASES[:4]),
    st.sampled_from(sample.CASES[4:]),
    st.sampled_from(("accepted", "undone")),
)
revised = st.builds(
    lambda case, magnitude, on: (
        replace(
            sample.target(case),
            target_id=digest_id("revised", case.id),
            magnitude=Decimal(magnitude),
            supersedes=sample.target(case).target_id,
            approved_by="武政办发〔2026〕1号",
            effective_on=on,
        ),
    ),
    cases,
    st.sampled_from(("20", "60000")),
    st.sampled_from((date(2026, 5, 1), date(2026, 9, 1))),
)
named = st.builds(
    lambda case, name: (replace(sample.indicator(case), name=name),), cases, st.just("另名")
)
due = st.builds(
    lambda on: (CalendarEntry(quarter="2026Q3", due_on=on),),
    st.sampled_from((date(2026, 9, 20), date(2026, 10, 20))),
)
single = st.one_of(values, values, values, chosen, handed, words, parts).map(lambda row: (row,))
decided = st.one_of(reviewed, merged, revised, named, due)
batches = st.lists(st.one_of(single, single, single, single, decided), min_size=1, max_size=6).map(
    lambda rows: [row for some in rows for row in some]
)


@settings(
    max_examples=14,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a ledger an example: shrinking is slow
)
@given(
    st.lists(st.tuples(batches, st.booleans()), min_size=1, max_size=4),
    st.sampled_from(("", "2026Q2")),
    st.booleans(),
)
def test_what_is_carried_on_is_what_would_be_made_anew(tmp_path_factory, grown, quarter, waits):
    """After any batches, looked at after each or only after some, every table is the same."""
    with open_store(tmp_path_factory.mktemp("grown") / "store") as ledger:
        sample.fill(ledger)
        if waits:
            added(ledger, Option(scope="", option="submission_review", value="wait"))
        issue(ledger, "2026Q3", who="督查室")
        desk = Desk(ledger)
        told(desk.snapshot(quarter))
        for rows, looked in grown:
            added(ledger, *rows)
            if looked:
                told(desk.snapshot(quarter))
        assert told(desk.snapshot(quarter)) == told(Desk(ledger).snapshot(quarter))


def story():
    """Batches of every sort, one after the other: what stewards and offices do in a quarter."""
    one, two, three, four, five = sample.CASES[:5]
    accepted = {"status": "accepted", "file_digest": "f" * 64, "file_name": "表.xlsx"}
    office = {"office": sample.DATA, "place": "武清区", "quarter": "2026Q3"}
    return [
        [value(one, "2026Q3", "29", 3), value(two, "2026Q1", "3", 4, submission_id="one")],
        [Submission(submission_id="one", **office, **accepted)],
        [replace(sample.setting(three), baseline=Decimal(7)), Note(note_id="n", subject="x", text="看过")],
        [value(one, "2026Q3", "12.5", 3)],
        [
            replace(
                sample.target(four),
                target_id="revised",
                magnitude=Decimal(70),
                supersedes=sample.target(four).target_id,
                effective_on=date(2026, 9, 1),
            )
        ],
        [value(four, "2026Q3", "69", 5), value(three, "2026Q3", "40", 6)],
        [
            replace(sample.target(two), status="rejected"),
            replace(sample.commitment(two, two.words[0]), review="rejected"),
        ],
        [
            Relation(
                relation_id="merged", sort="merged_into", subject=five.id, object=one.id,
                status="accepted",
            )
        ],
        [value(one, "2026Q2", "13", 9), value(five, "2026Q3", "3", 2)],
        [Option(scope="", option="submission_review", value="wait")],
        [value(one, "2026Q3", "30", 3, submission_id="two")],
        [Submission(submission_id="two", **office, **accepted)],
    ]  # fmt: skip


def test_a_quarters_work_is_carried_on_alike_on_both_databases(any_store):
    """After each batch, retractions too, what was carried on is what is made anew from the database."""
    sample.fill(any_store)
    issue(any_store, "2026Q2", who="督查室")
    desk = Desk(any_store)
    told(desk.snapshot())
    for rows in story():
        added(any_store, *rows)
        assert told(desk.snapshot()) == told(Desk(any_store).snapshot())
    snapshot = desk.snapshot()
    whole = diff(any_store, snapshot.board, as_of=snapshot.assessment.as_of)
    wanted = {row.target_id for row in snapshot.moved_rows}
    assert snapshot.why(snapshot.moved_rows) == {
        each.target_id: each for each in whole if each.target_id in wanted
    }
    any_store.retract(str(any_store.seq), who="某人", reason="误录")
    again = told(desk.snapshot())
    with open_store(any_store.location.chosen) as other:
        assert again == told(Desk(other).snapshot())


@pytest.mark.postgres
def test_both_databases_tell_the_same(tmp_path, postgres_url):
    """The same batches make the same verdicts, rows, groups and changes on SQLite and PostgreSQL."""
    ledgers = [open_store(str(tmp_path / "store")), open_store(postgres_url)]
    with ledgers[0] as one, ledgers[1] as other:
        desks = []
        for ledger in (one, other):
            ledger.clock = clock()
            sample.fill(ledger)
            issue(ledger, "2026Q2", who="督查室")
            desks.append(Desk(ledger))
        for rows in ([], *story()):
            for ledger in (one, other):
                added(ledger, *rows)
            here, there = (told(desk.snapshot()) for desk in desks)
            # A board knows the moment of its issue, and so does the digest of its batch.
            assert [each.seq for each in here.pop("batches")] == [
                each.seq for each in there.pop("batches")
            ]
            assert here == there


def clock():
    """A clock that says the same to whoever asks equally often."""
    moments = count(1)
    return lambda: datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=next(moments))


@pytest.fixture
def judged():
    """What was judged: None for everything, else the indicators."""
    return []


@pytest.fixture
def watched(store, judged):
    def judge(reader, as_of, only=None):
        judged.append(only)
        return assessment.judge(reader, as_of=as_of, only=only)

    desk = Desk(store, judge=judge)
    desk.snapshot()
    judged.clear()
    return desk


def added(store, *rows):
    with store.batch("import", who="某人", quarter="2026Q3", reason="试") as batch:
        batch.add(rows)


def test_words_are_no_reason_to_judge(store, watched, judged):
    """A note makes a newer snapshot without a single verdict made again."""
    before = watched.snapshot()
    added(store, Note(note_id="n", subject=sample.CASES[0].id, text="看过"))
    assert watched.snapshot().seq == before.seq + 1
    assert watched.snapshot().assessment.verdicts == before.assessment.verdicts
    assert judged == []


def test_only_what_a_batch_touched_is_judged_again(store, watched, judged):
    """A value and a setting lead to the verdicts of their two indicators, once."""
    one, two = sample.CASES[0], sample.CASES[3]
    added(store, value(one, "2026Q3", "29", 3), replace(sample.setting(two), baseline=Decimal(1)))
    watched.snapshot()
    assert judged == [{one.id, two.id}]


@pytest.mark.parametrize("sort", ["quarter", "option", "withdrawn", "void"])
def test_what_may_change_everything_is_judged_as_a_whole(store, watched, judged, sort):
    """A new latest quarter, an option, a withdrawn value and a retraction are not patched in."""
    case = sample.CASES[0]
    if sort == "quarter":
        late = value(case, "2026Q3", "20", 3)
        added(store, replace(late, period_start=date(2026, 10, 1), period_end=date(2026, 12, 31)))
    elif sort == "option":
        added(store, Option(scope="", option="submission_review", value="wait"))
    elif sort == "withdrawn":
        added(store, value(case, "2026Q3", "12", 3, withdrawn=True))
    else:
        store.retract(store.batches()[-1].batch, who="某人", reason="误录")
    watched.snapshot()
    assert judged == [None]
    assert watched.snapshot().seq == store.seq


def test_a_setting_counts_at_once(store, watched):
    """The page of settings shows what was just decided."""
    case = sample.CASES[0]
    added(store, replace(sample.setting(case), baseline=Decimal(7)))
    assert watched.snapshot().settings[case.id].baseline == 7
    assert isinstance(watched.snapshot().settings[case.id], Setting)
    assert {type(row) for row in store.growth(store.seq - 1).rows} == {Setting}
    assert store.growth(store.seq).batches == []
    assert Observation not in {type(row) for row in store.growth(store.seq - 1).rows}
