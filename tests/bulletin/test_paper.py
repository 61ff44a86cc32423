"""The Word document as a paper of the government: form, order, long lists, nothing at all."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.oxml.ns import qn

from indicators.bulletin.content import Bulletin, Change, Missing, of_office
from indicators.bulletin.making import prepare
from indicators.bulletin.word import render
from indicators.store import Store
from tests.bulletin import test_bulletin as sample


@pytest.fixture
def bulletin(store: Store) -> Bulletin:
    """A preview of a quarter with one red target, one that nobody reported, and a silent office."""
    with store.batch("test", who="甲") as tx:
        tx.add(sample.rows())
    return prepare(store, quarter="2026Q3")


def opened(told: Bulletin):
    return docx.Document(io.BytesIO(render(told)))


def lines(told: Bulletin) -> list[str]:
    return [each.text for each in opened(told).paragraphs if each.text]


def rows(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_paper_has_the_form_of_a_paper(bulletin):
    """A4 and margins of GB/T 9704, title in its type, place of the number, page numbers outside."""
    made = opened(bulletin)
    (section,) = made.sections
    measures = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(each.cm, 1) for each in measures] == [21.0, 29.7, 3.7, 2.8]
    title = next(each for each in made.paragraphs if each.text == bulletin.title)
    (run,) = title.runs
    assert run.font.size.pt == 22
    assert run._element.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    said = [each.text for each in made.paragraphs]
    assert said[said.index(bulletin.title) + 1] == "〔2026〕　　号"
    assert made.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[0].text.replace(" ", "").startswith("—")
        assert [each.text for each in footer._element.iter(qn("w:instrText"))] == ["PAGE"]


def test_tables_are_native_and_hold_together(bulletin):
    """Heads come again on each page, no row is torn, numbers and their grounds stay together."""
    made = opened(bulletin)
    assert len(made.tables) == 4  # counts, red, grey, who has not reported
    for table in made.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    figures, grounds = made.tables[1].rows[1:3]
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in figures.cells)
    assert "依据：" in grounds.cells[0].text


def test_every_part_of_the_package_is_the_same_twice(bulletin):
    """Each member is well-formed XML, equal when the board is printed again, and names no moment of now."""
    packages = [zipfile.ZipFile(io.BytesIO(render(bulletin))) for _ in range(2)]
    one, other = ({each: package.read(each) for each in package.namelist()} for package in packages)
    assert one == other
    for name, content in one.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(content)
    core = one["docProps/core.xml"].decode()
    assert "2026-09-30T00:00:00Z" in core


def many(told: Bulletin, count: int) -> Bulletin:
    """A bulletin with so many long lines of every light."""
    first = told.lines[0]
    lights = ("green", "red", "grey", "yellow")
    made = [
        replace(
            first,
            target_id=f"t{number}",
            light=lights[number % 4],
            name=f"第{number}项指标" + "很长的名称" * 8,
            office="很长的单位" * 5,
            sentence="很长的一句，" * 30,
            marks=("逾期", "临期"),
        )
        for number in range(count)
    ]
    return replace(
        told,
        lines=made,
        lights=dict.fromkeys(lights, count // 4),
        changes=[
            Change(name=f"变{number}", place="某区", before="红灯", after="黄灯", cause="新数据")
            for number in range(count)
        ],
        missing=[Missing("某区", f"某局{number}", ("甲", "乙")) for number in range(count)],
    )


def test_a_long_bulletin_has_every_line_once_and_the_worst_light_first(bulletin):
    """Sections are numbered in order; each target, change and silent office has its row."""
    told = many(bulletin, 40)
    headings = [each for each in lines(told) if each[1:2] == "、" and each[0] in "一二三四五六"]
    assert [each.partition("（")[0] for each in headings] == [
        "一、■ 红灯目标", "二、▲ 黄灯目标", "三、○ 不亮灯目标", "四、● 绿灯目标",
        "五、与上期相比的变化", "六、未报送单位",
    ]  # fmt: skip
    _, *lights, changes, missing = opened(told).tables
    named = [row[0] for table in lights for row in rows(table)[1::2]]
    assert sorted(named) == sorted(f"某区 {each.name}〔逾期、临期〕" for each in told.lines)
    assert len(rows(changes)) == len(rows(missing)) == 41


def test_a_scope_with_nothing_says_so(bulletin):
    """No target, no change and nobody to report: one sentence, and no empty section or table."""
    none = dict.fromkeys(bulletin.lights, 0)
    told = replace(
        bulletin, scope="某旗", lines=[], changes=[], missing=[], lights=none, states={},
        demonstration=False, title="某旗2026年三季度目标进度通报",
    )  # fmt: skip
    said = lines(told)
    assert "截至2026年9月30日，某旗没有纳入跟踪的量化目标。" in said
    assert not opened(told).tables
    assert not [each for each in said if each.startswith("一、")]


def test_an_order_is_addressed_and_brings_the_sheet_to_answer_on(bulletin):
    """A 督办单 names its office, what is asked of it, and ends with a sheet of its indicators alone."""
    order = of_office(bulletin, "某区", "某局")
    said = lines(order)
    assert said[1:4] == [order.title, "〔2026〕　　号", "某区某局："]
    (told,) = [each for each in said if "需要督办" in each]
    assert "红灯1项" in told
    assert "0项" not in told
    assert "附件：办理情况反馈表" in said
    sheet = rows(opened(order).tables[-1])
    assert sheet[0] == ["指标", "原因分析", "整改措施", "预计完成日期", "责任人"]
    assert sheet[1:] == [["机柜", "", "", "", ""]]


def test_an_office_that_only_owes_figures_is_asked_for_them(bulletin):
    """Without a target to press for the order is about the missing report, and has no sheet."""
    fine = [replace(each, light="green", marks=()) for each in bulletin.lines]
    order = of_office(replace(bulletin, lines=fine), "某区", "某局")
    said = lines(order)
    assert any("应报未报" in each for each in said)
    assert not any("附件" in each for each in said)
    (table,) = opened(order).tables
    assert rows(table)[1] == ["某区某局", "上架率、机柜"]
