"""How a paper of the government looks (GB/T 9704): A4, its margins, types, page numbers, native tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from indicators.outputs import printable

if TYPE_CHECKING:
    from docx.document import Document

__all__ = [
    "BODY",
    "GREY",
    "HEAD",
    "KAI",
    "TITLE",
    "cell",
    "follow",
    "more",
    "new",
    "packed",
    "paragraph",
    "table",
]

BODY, HEAD, KAI, TITLE, SONG = "仿宋", "黑体", "楷体", "方正小标宋简体", "宋体"
"""Types: of the text, of headings, of second headings and notes, of the title, of page numbers."""
OTHERWISE = {TITLE: "华文中宋", BODY: "仿宋_GB2312", KAI: "楷体_GB2312", HEAD: "SimHei"}
"""What stands in where a machine has not got a type."""
LINE = 28.0
"""Points from line to line: 22 lines a page."""
GREY = "5F6368"


def new(title: str) -> Document:
    """Return an empty paper with margins, page numbers and types in place."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm

    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.footer_distance = Cm(2.5)
    made.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, right=True)
    _number(section.even_page_footer, right=False)
    made.core_properties.title = printable(title)[:255]
    made.core_properties.author = made.core_properties.comments = ""
    made.core_properties.last_modified_by, made.core_properties.revision = "", 1
    for part in made.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = _types(part.blob)  # noqa: SLF001 - python-docx keeps this part as bytes
    # The language decides which forms of signs a program draws: those of the mainland.
    for told in made.styles.element.iter(qn("w:lang")):
        told.set(qn("w:eastAsia"), "zh-CN")
    return made


def _types(table: bytes) -> bytes:
    """Return the table of types with what stands in for each of ours."""
    ours = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
        for name, other in OTHERWISE.items()
    )
    return re.sub(rb"</w:fonts>\s*$", ours.encode() + b"</w:fonts>", table)


def _number(footer: Any, *, right: bool) -> None:
    """Put — 1 — at the outer edge of a footer."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line = footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    for part in ("— ", "begin", "PAGE", "end", " —"):
        run = line.add_run()
        font(run, name=SONG, size=14)
        if part in ("begin", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), part)
            run._element.append(mark)  # noqa: SLF001 - fields have no public name in python-docx
        elif part == "PAGE":
            told = OxmlElement("w:instrText")
            told.text = part
            run._element.append(told)  # noqa: SLF001 - the same
        else:
            run.text = part


def font(
    run: Any, *, name: str = BODY, size: float = 16, bold: bool = False, ink: str = ""
) -> None:
    """Give a run its type, size and ink; digits and Latin letters in Times."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    run.font.name = "Times New Roman"
    run.font.size = Pt(size)
    run.font.bold = bold
    run._element.rPr.rFonts.set(qn("w:eastAsia"), name)  # noqa: SLF001 - python-docx has no public name for the East Asian font
    if ink:
        run.font.color.rgb = RGBColor.from_string(ink)


def paragraph(
    document: Document, text: str, *, name: str = BODY, size: float = 16, bold: bool = False,
    ink: str = "", align: str = "", indent: bool = True, line: float = LINE, before: float = 0,
    after: float = 0, follows: bool = False,
) -> Any:  # fmt: skip
    """Add a paragraph and return it.

    Args:
        document: where it is added.
        text: its words.
        name: its type.
        size: points.
        bold: whether it is heavy.
        ink: its colour, six hexadecimal digits; black if empty.
        align: ``center``, ``right``, or justified.
        indent: whether its first line begins two characters in.
        line: points from line to line.
        before: points above it.
        after: points below it.
        follows: whether the next paragraph must stand on the same page.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt

    made = document.add_paragraph()
    form = made.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    form.keep_with_next = follows
    made.alignment = {
        "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
    }.get(align, WD_ALIGN_PARAGRAPH.JUSTIFY)  # fmt: skip
    if indent and not align:
        form.first_line_indent = Pt(2 * size)
    if align == "right":
        form.right_indent = Pt(4 * size)
    font(made.add_run(printable(text)), name=name, size=size, bold=bold, ink=ink)
    return made


def follow(document: Document) -> None:
    """Keep the last lines written with what comes next: no signature stands alone on a page."""
    last = document.element.body.findall("./*")[-2]  # the very last one holds the margins
    lines = document.paragraphs[-1:]
    if document.tables and document.tables[-1]._tbl is last:  # noqa: SLF001 - the order of a body has no public name
        lines = [line for place in document.tables[-1].rows[-1].cells for line in place.paragraphs]
    for line in lines:
        line.paragraph_format.keep_with_next = True


def cell(
    place: Any, text: str, *, bold: bool = False, ink: str = "", size: float = 10.5,
    align: str = "", follows: bool = False,
) -> None:  # fmt: skip
    """Write into the first paragraph of a cell."""
    _in_cell(place.paragraphs[0], text, name=HEAD if bold else BODY, size=size, ink=ink)
    _placed(place.paragraphs[0], align, follows)


def more(place: Any, text: str, *, ink: str = "", size: float = 9, name: str = BODY) -> None:
    """Add a paragraph to a cell."""
    added = place.add_paragraph()
    _in_cell(added, text, name=name, size=size, ink=ink)
    _placed(added, "", False)


def _in_cell(line: Any, text: str, *, name: str, size: float, ink: str) -> None:
    font(line.add_run(printable(text)), name=name, size=size, ink=ink)


def _placed(line: Any, align: str, follows: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    form = line.paragraph_format
    form.space_after, form.keep_with_next = Pt(0), follows
    if align:
        line.alignment = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}[
            align
        ]


def table(
    document: Document,
    heads: Sequence[tuple[str, float]],
    rows: Iterable[Sequence[str]],
    *,
    right: Sequence[int] = (),
) -> Any:
    """Add a native table: its head stands on every page, no row is torn.

    Args:
        document: where it is added.
        heads: names and widths in centimetres of its columns.
        rows: its cells.
        right: columns of numbers.
    """
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    made = document.add_table(rows=1, cols=len(heads))
    made.style = "Table Grid"
    made.autofit = False
    for place, (words, width) in zip(made.rows[0].cells, heads, strict=True):
        place.width = Cm(width)
        cell(place, words, bold=True, align="center", follows=True)
    for column, (_, width) in zip(made.columns, heads, strict=True):
        column.width = Cm(width)
    _dress(made)
    whole(made.rows[0])
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - a repeated header row has no public name
    for row in rows:
        added = made.add_row()
        whole(added)
        for number, (place, text, (_, width)) in enumerate(
            zip(added.cells, row, heads, strict=True)
        ):
            place.width = Cm(width)
            cell(place, text, align="right" if number in right else "")
    return made


def whole(row: Any) -> None:
    """Keep a row on one page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has no public name for it


def _dress(made: Any) -> None:
    """Give a table hairlines, room around its words and a shaded head."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A929C"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    room = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 40), ("left", 70), ("bottom", 40), ("right", 70))
    )
    properties = made._tbl.tblPr  # noqa: SLF001 - borders and margins have no public name in python-docx
    # The schema fixes the order of these children, and Word holds to it: borders before the layout,
    # margins before the look.
    properties.find(qn("w:tblLayout")).addprevious(
        parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")
    )
    properties.find(qn("w:tblLook")).addprevious(
        parse_xml(f"<w:tblCellMar {nsdecls('w')}>{room}</w:tblCellMar>")
    )
    for place in made.rows[0].cells:
        shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EEF1F5"/>')
        place._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - nor has shading


def packed(document: Document) -> bytes:
    """Return the paper as bytes, one time stamp on all members: equal boards give equal bytes."""
    content, made = io.BytesIO(), io.BytesIO()
    document.save(content)
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.infolist():
            fixed = zipfile.ZipInfo(member.filename, date_time=(1980, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            new.writestr(fixed, old.read(member.filename))
    return made.getvalue()
