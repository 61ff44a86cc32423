"""Word files give their paragraphs and tables in order."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from indicators.documents import read, read_bytes
from indicators.errors import UnreadableInput

Maker = Callable[..., Path]


def test_paragraphs_and_tables_keep_their_order(word: Maker) -> None:
    """A table stands between its paragraphs, cells parted by tabs, rows by lines."""

    def build(document: Any) -> None:
        document.add_heading("行动方案", 0)
        document.add_paragraph("到2027年，智算规模达到30EFlops以上。")
        table = document.add_table(rows=2, cols=3)
        for cell, words in zip(
            [*table.rows[0].cells, *table.rows[1].cells],
            ["指标", "2025年", "2027年", "产业规模\n（亿元）", "300", "500"],
            strict=True,
        ):
            cell.text = words
        document.add_paragraph("以上指标由区统计局负责。")

    source = read(word(build))
    assert source.media == "docx"
    assert source.text.splitlines() == [
        "行动方案",
        "到2027年，智算规模达到30EFlops以上。",
        "指标\t2025年\t2027年",
        "产业规模（亿元）\t300\t500",
        "以上指标由区统计局负责。",
    ]
    assert [page.label for page in source.pages] == ["第1段", "第2段", "表1", "第3段"]
    assert [source.text[page.start :][:2] for page in source.pages] == [
        "行动",
        "到2",
        "指标",
        "以上",
    ]


def test_a_merged_cell_stands_once(word: Maker) -> None:
    """Cells merged across and down keep their columns, and their words come once."""

    def build(document: Any) -> None:
        table = document.add_table(rows=3, cols=3)
        for row, words in zip(table.rows, ["类ab", "经cd", "xef"], strict=True):
            for cell, char in zip(row.cells, words, strict=True):
                cell.text = char
        table.cell(1, 0).merge(table.cell(2, 0)).text = "经济"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "目标"

    assert read(word(build)).text.splitlines() == ["类\t目标", "经济\tc\td", "\te\tf"]


def test_automatic_numbers_are_written_out(word: Maker) -> None:
    """一、 （一） and 1. of a list definition stand before their paragraphs."""

    def build(document: Any) -> None:
        numbering = document.part.numbering_part.element
        levels = [
            ("chineseCounting", "%1、"),
            ("chineseCountingThousand", "（%2）"),
            ("decimal", "%3."),
        ]
        abstract = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
            for at, (form, pattern) in enumerate(levels)
        )
        numbering.insert(
            0,
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{abstract}</w:abstractNum>'
            ),
        )
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
        )
        for depth, words in [
            (0, "总体要求"),
            (0, "重点任务"),
            (1, "夯实底座"),
            (2, "算力"),
            (2, "数据"),
            (1, "培育产业"),
            (2, "企业"),
            (0, "保障措施"),
        ]:
            paragraph = document.add_paragraph(words)
            paragraph._p.get_or_add_pPr().append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>'
                )
            )

    assert read(word(build)).text.splitlines() == [
        "一、总体要求",
        "二、重点任务",
        "（一）夯实底座",
        "1.算力",
        "2.数据",
        "（二）培育产业",
        "1.企业",
        "三、保障措施",
    ]


def test_insertions_and_controls_count_and_deletions_do_not(word: Maker) -> None:
    """Tracked insertions, content controls and links are text; deletions and field codes are not."""

    def wrap(run: Any, tag: str) -> None:
        outer = OxmlElement(tag)
        run._r.addprevious(outer)
        outer.append(run._r)

    def build(document: Any) -> None:
        paragraph = document.add_paragraph("达到")
        wrap(paragraph.add_run("500"), "w:ins")
        wrap(paragraph.add_run("400"), "w:del")
        paragraph.add_run("亿元")
        control = parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>控件里的段落</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
        document.element.body.insert(1, control)
        field = document.add_paragraph("页")
        code = OxmlElement("w:instrText")
        code.text = "PAGE 99"
        field.add_run()._r.append(code)

    assert read(word(build)).text.splitlines() == ["达到500亿元", "控件里的段落", "页"]


def test_a_table_of_contents_is_left_out(word: Maker) -> None:
    """Each heading comes once."""

    def build(document: Any) -> None:
        style = document.styles.add_style("toc 1", 1)
        document.add_paragraph("一、总体要求1", style=style)
        document.add_paragraph("一、总体要求")

    assert read(word(build)).text.splitlines() == ["一、总体要求"]


def test_text_boxes_are_read_once(word: Maker) -> None:
    """A text box follows its paragraph; its fallback copy does not count."""

    def build(document: Any) -> None:
        paragraph = document.add_paragraph("正文")
        box = (
            f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            "<mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent>"
            "</mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent>"
            "</mc:Fallback></mc:AlternateContent></w:r>"
        )
        paragraph._p.append(parse_xml(box))

    assert read(word(build)).text.splitlines() == ["正文", "框中文字"]


def test_a_table_inside_a_cell_follows_its_row(word: Maker) -> None:
    """Nested tables are not lost."""

    def build(document: Any) -> None:
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text = "甲"
        inner = table.cell(0, 1).add_table(rows=1, cols=2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "乙", "5个"

    assert read(word(build)).text.splitlines() == ["甲", "乙\t5个"]


def test_a_style_brings_its_number(word: Maker) -> None:
    """A heading style with a list behind it numbers its paragraphs."""

    def build(document: Any) -> None:
        numbering = document.part.numbering_part.element
        numbering.insert(
            0,
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="91"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
                '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章 "/></w:lvl></w:abstractNum>'
            ),
        )
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="91"/></w:num>')
        )
        style = document.styles["Heading 1"]
        properties = style.element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="91"/></w:numPr>'))
        first = document.add_heading("总则", 1)
        again = copy.deepcopy(first._p)
        document.element.body.insert(1, again)
        assert again.find(qn("w:pPr")) is not None

    assert read(word(build)).text.splitlines() == ["第三章 总则", "第四章 总则"]


def test_a_template_is_refused_with_the_way_out(word: Maker) -> None:
    """A .dotx or .docm is a Word file of another sort: to be saved as .docx."""
    path = word(lambda document: document.add_paragraph("正文"))
    out = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(out, "w") as copy_:
        for name in archive.namelist():
            content = archive.read(name)
            copy_.writestr(name, content.replace(b"document.main+xml", b"template.main+xml"))
    with pytest.raises(UnreadableInput, match=r"\.dotx、\.docm"):
        read_bytes(out.getvalue(), name="a.dotx")
