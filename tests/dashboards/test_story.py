"""What the page of an indicator tells."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from dashboards.pages.indicator_parts import related
from dashboards.views import story
from dashboards.views.evidence import quoted
from indicators.model import Indicator, Observation, Relation, Target
from tests.dashboards import sample

COMPUTE = sample.CASES[0]


def test_an_unknown_indicator_has_no_story(desk):
    """An id that the ledger does not know gives none."""
    assert story(desk.snapshot(), "0" * 16) is None


def test_each_value_points_to_its_cell(desk):
    """Every value names workbook, sheet and cell; the judged one is marked."""
    told = story(desk.snapshot(), COMPUTE.id)
    assert [value.shown for value in told.values] == ["12 EFLOPS", "11 EFLOPS", "10 EFLOPS"]
    assert [value.cell for value in told.values] == ["F7", "F7", "F7"]
    assert [value.judged for value in told.values] == [True, False, False]
    assert all(value.file_digest for value in told.values)


def test_a_restated_value_shows_what_it_replaced(desk, store):
    """After a correction the page shows the new value and, with its day, the old one."""
    sample.restate(store, "11.5")
    told = story(desk.snapshot(), COMPUTE.id)
    second = told.values[1]
    assert second.shown == "11.5 EFLOPS"
    assert [each.shown for each in second.earlier] == ["11 EFLOPS"]
    assert second.reason == "统计口径更正"


def test_a_retracted_value_is_gone(desk, store):
    """A value of a batch that was voided is not shown, the one before it is again."""
    sample.restate(store, "11.5")
    store.retract(store.batches()[-1].batch, who="演示", reason="误报")
    told = story(desk.snapshot(), COMPUTE.id)
    assert told.values[1].shown == "11 EFLOPS"
    assert told.values[1].earlier == ()


def test_a_withdrawn_value_is_not_shown(desk, store):
    """A row that says it counts no more hides the value of its key."""
    row = store.current(Observation, indicator_id=COMPUTE.id)[0]
    with store.batch("review", who="演示") as batch:
        batch.add([replace(row, withdrawn=True)])
    assert len(story(desk.snapshot(), COMPUTE.id).values) == 2


def test_the_evidence_marks_the_number_in_its_sentence(desk):
    """Both sentences of 武清's 智算规模 are quoted, the number apart, with document and section."""
    told = story(desk.snapshot(), COMPUTE.id)
    assert [each.number for each in told.evidence] == ["30EFlops", "30EFlops"]
    text = sample.text_of(sample.PLAN)
    for each in told.evidence:
        assert each.before + each.number + each.after in text
        assert each.document.startswith("武清区")
        assert (
            each.link
            == f"/documents/{sample.digest_of(sample.PLAN)}?mark={each.commitment_id}#c-{each.commitment_id}"
        )


def test_a_broken_line_inside_a_sentence_is_joined():
    """Hard line breaks are joined in the quotation, and the number is still found by its offsets."""
    row = sample.commitment(COMPUTE, COMPUTE.words[0])
    at = row.start - row.sentence_start
    broken = replace(
        row,
        sentence=f"{row.sentence[:3]}\n  {row.sentence[3:]}",
        start=row.start + 3,
        end=row.end + 3,
    )
    assert quoted(broken) == quoted(row)
    assert quoted(row)[0] == row.sentence[:at].replace("\n", "")


def test_a_sentence_without_its_number_is_quoted_whole():
    """Offsets that do not fit never mark a wrong number."""
    row = replace(sample.commitment(COMPUTE, COMPUTE.words[0]), sentence="另一句话。")
    assert quoted(row) == ("另一句话。", "", "")


def test_a_revised_target_shows_the_one_it_replaced(store):
    """Page and chart hold old and new target, with the paper that approved the change."""
    from datetime import date
    from decimal import Decimal

    from dashboards.charts import course_figure
    from dashboards.pages.indicator import page
    from dashboards.views import Desk

    (old,) = store.current(Target, indicator_id=COMPUTE.id)
    new = replace(
        old,
        target_id="f" * 16,
        magnitude=Decimal(24),
        supersedes=old.target_id,
        approved_by="某政发〔2026〕1号",
        reason="机组缓建",
        effective_on=date(2026, 7, 1),
    )
    with store.batch("settings", who="甲") as tx:
        tx.add([new])
    snapshot = Desk(store).snapshot()
    told = story(snapshot, COMPUTE.id)
    assert (told.verdict.target.magnitude, told.replaced.magnitude) == (24, 30)
    marks = [each["text"] for each in course_figure(told)["layout"]["annotations"]]
    assert "原目标 ≥30 EFLOPS" in marks
    shown = str(page(snapshot, COMPUTE.id, "", ""))
    assert "依据某政发〔2026〕1号调整，自2026-07-01起，机组缓建" in shown


def test_parts_and_places_below_are_told_in_numbers(desk, store):
    """The page says what a part makes of its whole and what the places below add up to."""
    whole = store.current(Indicator, indicator_id=COMPUTE.id)[0]
    value = max(
        store.current(Observation, indicator_id=COMPUTE.id), key=lambda each: each.period_end
    )
    with store.batch("review", who="演示") as batch:
        for key, name, sort in (("p", "智能算力", "part_of"), ("c", "街道", "contributes_to")):
            batch.add(
                [
                    replace(whole, indicator_id=key, name=name, place=f"{name}所在地"),
                    replace(value, indicator_id=key, magnitude=Decimal(9), commitment_id=""),
                    Relation(relation_id=key, sort=sort, subject=key, object=COMPUTE.id,
                             status="accepted"),
                ]
            )  # fmt: skip
    told = story(desk.snapshot(), COMPUTE.id)
    assert told.shares == (
        f"{value.period_end}：{whole.name}12EFLOPS，其中智能算力9EFLOPS，占75.0%",
    )
    assert told.sums == (f"{value.period_end}：下级1地合计9EFLOPS，比本级12EFLOPS少3EFLOPS",)
    assert story(desk.snapshot(), "p").shares == told.shares
    assert story(desk.snapshot(), "p").sums == ()
    page = str(related(told))
    for line in ("其中项的比重", *told.shares, "下级合计", *told.sums):
        assert line in page


def test_a_value_that_waits_is_marked_and_a_restatement_says_why(store):
    """待审 stands beside a value whose submission no steward has accepted; the reason under its old value."""
    from dashboards.pages.values import values_table
    from dashboards.views import Desk
    from indicators.model import Submission

    sample.restate(store)
    told = story(Desk(store).snapshot(), COMPUTE.id)
    shown = str(values_table(told))
    assert "原因：统计口径更正" in shown
    assert "待审" not in shown
    row = sample.observation(COMPUTE, "2026Q3", "13", 7, "0" * 64)
    with store.batch("import", who="甲", quarter="2026Q3") as tx:
        tx.add(
            [
                Submission(
                    submission_id="s1",
                    place="武清区",
                    office=sample.DATA,
                    quarter="2026Q3",
                    file_digest="0" * 64,
                    file_name="三季度.xlsx",
                    status="submitted",
                ),
                replace(row, submission_id="s1"),
            ]
        )
    told = story(Desk(store).snapshot(), COMPUTE.id)
    assert [value.pending for value in told.values] == [True, False, False]
    assert "待审" in str(values_table(told))


def test_a_split_target_shows_each_part_beside_what_was_reached(store):
    """A year that is over shows its last value, one to come says so, an office has none."""
    from datetime import date
    from decimal import Decimal

    from dashboards.pages.indicator_parts import split
    from dashboards.views import Desk
    from indicators.model import Share, Target

    assert split(story(Desk(store).snapshot(), COMPUTE.id), date(2026, 9, 30)) == ()
    (target,) = store.current(Target, indicator_id=COMPUTE.id)
    parts = (
        ("quarter", "2026Q2", "16"),
        ("year", "2025", "12"),
        ("year", "2027", "30"),
        ("office", "甲局", "30"),
    )
    with store.batch("settings", who="甲") as tx:
        tx.add(
            Share(
                target_id=target.target_id,
                sort=sort,
                part=part,
                magnitude=Decimal(value),
                unit="EFLOPS",
            )
            for sort, part, value in parts
        )
    told = story(Desk(store).snapshot(), COMPUTE.id)
    (section,) = split(told, date(2026, 9, 30))
    rows = section.children[1].children[1].children
    cells = {row.children[0].children[0].children: row.children[2].children for row in rows}
    assert cells["2026Q2"] == "11 EFLOPS"
    assert cells["2025"] == cells["甲局"] == "—"
    assert cells["2027"].children == "未到期"
