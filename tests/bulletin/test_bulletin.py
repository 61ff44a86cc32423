"""A board in words: counts, lines with their sources, who has not reported, the same bytes."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment.boards import issue
from indicators.bulletin.content import Bulletin, of_office
from indicators.bulletin.making import prepare
from indicators.bulletin.word import render
from indicators.bulletin.words import amount, excerpt
from indicators.errors import UsageError
from indicators.model import Commitment, Indicator, Observation, Record, Setting, Target
from indicators.store import Store

DUE = date(2027, 12, 31)
START = date(2025, 1, 1)


def indicator(number: int, name: str, unit: str, dimension: str) -> Indicator:
    return Indicator(
        indicator_id=f"i{number}", name=name, place="某区", unit=unit, dimension=dimension
    )


def target(number: int, magnitude: int, unit: str) -> Target:
    return Target(
        target_id=f"t{number}",
        indicator_id=f"i{number}",
        magnitude=Decimal(magnitude),
        unit=unit,
        bound="at_least",
        deadline=DUE,
        commitments=(f"c{number}",),
        status="accepted",
        plan_start=START,
    )


def rows() -> list[Record]:
    sentence = "到2027年，机柜达到3万架\n以上，上架率达到80%。"
    made: list[Record] = [
        indicator(1, "机柜", "架", "count"),
        indicator(2, "上架率", "%", "percent"),
        target(1, 30000, "架"),
        target(2, 80, "%"),
        Commitment(
            commitment_id="c1",
            document="某区行动方案.txt",
            document_digest="d",
            start=10,
            end=12,
            as_written="3万架",
            sentence=sentence,
            sentence_start=0,
            section="二、主要任务",
            magnitude=Decimal(30000),
            unit="架",
            base_magnitude=Decimal(30000),
            dimension="count",
            name="机柜",
            kind="target",
            bound="at_least",
        ),
        Observation(
            indicator_id="i1",
            period_start=START,
            period_end=date(2026, 9, 30),
            basis="level",
            source="workbook",
            origin="某局",
            magnitude=Decimal(12000),
            unit="架",
            file_name="三季度.xlsx",
            sheet="报表",
            cell="F5",
            demonstration=True,
        ),
    ]
    made += [
        Setting(
            indicator_id=f"i{number}",
            baseline=baseline,
            baseline_date=date(2024, 12, 31),
            accumulation="level",
            reporting_office="某局",
            lead_office="某局",
        )
        for number, baseline in ((1, Decimal(10000)), (2, Decimal(60)))
    ]
    return made


@pytest.fixture
def bulletin(store: Store) -> Bulletin:
    with store.batch("test", who="甲") as tx:
        tx.add(rows())
    return prepare(store, quarter="2026Q3")


def words(content: bytes) -> str:
    import docx

    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_every_figure_has_its_source(bulletin: Bulletin) -> None:
    """A line quotes its sentence on one line and names document, section and cell."""
    (line,) = [each for each in bulletin.lines if each.name == "机柜"]
    assert line.quote == "到2027年，机柜达到3万架以上，上架率达到80%。"
    assert (line.document, line.section) == ("某区行动方案.txt", "二、主要任务")
    assert line.cell == "三季度.xlsx!报表!F5"
    assert line.light == "red"


def test_counts_add_up_to_all_lines(bulletin: Bulletin) -> None:
    """Lights and states each count every target once."""
    assert sum(bulletin.lights.values()) == sum(bulletin.states.values()) == 2


def test_an_office_that_did_not_report_is_named_with_what_it_owes(bulletin: Bulletin) -> None:
    """No submission of the quarter stands, so the office is listed with its indicators."""
    (missing,) = bulletin.missing
    assert (missing.place, missing.office, missing.names) == ("某区", "某局", ("上架率", "机柜"))


def test_a_revision_of_the_day_alone_names_both_days(store: Store) -> None:
    """The value stays and the day moves: the line tells old and new day once, with the paper."""
    moved = dataclasses.replace(
        target(1, 30000, "架"),
        target_id="t9",
        supersedes="t1",
        deadline=date(2028, 12, 31),
        approved_by="某政发〔2026〕7号",
        reason="推迟",
        effective_on=date(2026, 3, 1),
    )
    with store.batch("test", who="甲") as tx:
        tx.add([*rows(), moved])
    (line,) = [each for each in prepare(store, quarter="2026Q3").lines if each.revised]
    assert line.revised == (
        "原目标 ≥3万架（2027-12-31），调整为 ≥3万架（2028-12-31）（某政发〔2026〕7号）"
    )
    assert not [each for each in line.marks if each.startswith("原目标")]


def test_a_long_sentence_is_quoted_by_the_clause_of_its_number() -> None:
    """Of many promises in one sentence a line quotes its own, with marks for what is left out."""
    sentence = f"引进项目30个；{'应用场景进一步拓展，' * 9}实施攻关\n项目30个；形成数据集100个。"
    told = excerpt(sentence, sentence.rindex("30个"))
    assert told.startswith("……应用场景")
    assert told.endswith("实施攻关项目30个；……")
    assert excerpt(sentence, 4) == "引进项目30个；……"
    assert excerpt(sentence, -1) == "".join(sentence.split())
    assert excerpt("短句30个；完。", 2) == "短句30个；完。"


def test_the_document_says_it_all_and_marks_demonstration(bulletin: Bulletin) -> None:
    """The Word document holds title, counts, sentence, sources and the demonstration mark."""
    said = words(render(bulletin))
    for part in (
        "2026年三季度目标进度通报",
        "共2项",
        "演示数据",
        "三季度.xlsx!报表!F5",
        "到2027年，机柜达到3万架以上",
        "某区某局",
        "预览，未签发",
    ):
        assert part in said


def test_the_same_board_gives_the_same_bytes(bulletin: Bulletin, store: Store) -> None:
    """Printing twice gives one file, member by member."""
    again = render(prepare(store, quarter="2026Q3"))
    assert render(bulletin) == again
    with zipfile.ZipFile(io.BytesIO(again)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_supervision_order_holds_what_an_office_owes(bulletin: Bulletin) -> None:
    """The 督办单 of an office has its flagged lines only, and no other office's."""
    order = of_office(bulletin, "某区", "某局")
    assert [line.name for line in order.lines] == ["机柜"]
    assert order.lights == {"green": 0, "yellow": 0, "red": 1, "grey": 0}


@pytest.mark.parametrize("office", [("别区", "某局"), ("某区", "没有的局"), ("", "某局")])
def test_an_order_to_nobody_is_refused(bulletin: Bulletin, office: tuple[str, str]) -> None:
    """An office that answers for nothing gets no empty order: who asks is told."""
    with pytest.raises(UsageError, match="负责的目标"):
        of_office(bulletin, *office)


def test_an_order_without_anything_to_press_for_is_refused(bulletin: Bulletin) -> None:
    """Where all is on schedule and reported there is no order to write."""
    from dataclasses import replace

    fine = [replace(each, light="green", marks=()) for each in bulletin.lines]
    with pytest.raises(UsageError, match="无须督办"):
        of_office(replace(bulletin, lines=fine, missing=()), "某区", "某局")


def test_a_quarter_that_is_none_is_refused(store: Store) -> None:
    """A mistyped quarter is wrong use, not an empty bulletin."""
    with pytest.raises(UsageError):
        prepare(store, quarter="2026Q5")


def later(store: Store, magnitude: int) -> None:
    """Hand in another value after the board was issued."""
    from dataclasses import replace

    (known,) = store.current(Observation)
    with store.batch("test", who="乙") as tx:
        tx.add([replace(known, magnitude=Decimal(magnitude), cell="F6")])


def test_an_issued_bulletin_stays_what_it_was(bulletin: Bulletin, store: Store) -> None:
    """What comes in after the issue changes neither words nor bytes of the issued quarter."""
    issue(store, "2026Q3", who="督查")
    before = render(prepare(store, quarter="2026Q3"))
    later(store, 29000)
    again = prepare(store, quarter="2026Q3")
    assert render(again) == before
    assert again.issued is not None
    assert bulletin.issued is None


def test_the_next_quarter_tells_what_changed_and_why(bulletin: Bulletin, store: Store) -> None:
    """A light that differs from the last issued board stands with its cause."""
    issue(store, "2026Q2", who="督查")
    told = prepare(store, quarter="2026Q3")
    assert bulletin.changes == ()
    (change,) = [each for each in told.changes if each.name == "机柜"]
    assert "红灯" in change.after
    assert change.cause


def test_a_light_that_repeats_is_counted(bulletin: Bulletin, store: Store) -> None:
    """Two boards running with the same red light say so and name the measure."""
    from dataclasses import replace

    (known,) = store.current(Observation)
    with store.batch("test", who="乙") as tx:
        tx.add([replace(known, period_end=date(2026, 6, 30), magnitude=Decimal(11000))])
    for quarter in ("2026Q2", "2026Q3"):
        issue(store, quarter, who="督查")
    (line,) = [each for each in prepare(store, quarter="2026Q3").lines if each.name == "机柜"]
    assert line.repeat.startswith("连续两次红灯")
    assert bulletin.lines[0].repeat == ""


@pytest.mark.parametrize(
    ("magnitude", "unit", "written"),
    [
        ("19.583333333333", "EFLOPS", "19.58 EFLOPS"),
        ("345200", "P", "34.52万P"),
        ("32500000000", "元", "325亿元"),
        ("21666666666.666667", "元", "216.67亿元"),
        ("-23456.75", "吨标准煤", "-2.35万吨标准煤"),
        ("5020", "个", "5020个"),
        ("71.6666666667", "%", "71.67%"),
        ("0.5", "%", "0.5%"),
    ],
)
def test_figures_are_rounded_and_never_coarse(magnitude: str, unit: str, written: str) -> None:
    """At most two decimals of the scale shown, and no digit before the point is lost."""
    assert amount(Decimal(magnitude), unit) == written
