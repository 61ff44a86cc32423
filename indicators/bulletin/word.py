"""A bulletin as a Word document: native tables, A4, the same board gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from indicators.assessment.verdict import LIGHT_LABELS, STATE_LABELS, Light
from indicators.bulletin.content import Bulletin, Line
from indicators.outputs import printable

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["render"]

GLYPHS: dict[Light, str] = {"red": "■", "yellow": "▲", "green": "●", "grey": "○"}
"""A shape beside every colour, so that a copy in black and white says the same."""
INK: dict[Light, str] = {"red": "B3261E", "yellow": "8A5A00", "green": "1E6B3A", "grey": "5F6368"}
SERIF = "宋体"
HEAD = "黑体"
COLUMNS = (
    ("指标", 3.6), ("牵头单位", 2.4), ("目标", 2.5), ("期限", 1.9),
    ("序时应达", 2.3), ("实际", 2.3), ("差距", 2.1),
)  # fmt: skip


def _font(
    run: Any, *, name: str = SERIF, size: float = 10.5, bold: bool = False, ink: str = ""
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    run.font.name = "Times New Roman"
    run.font.size = Pt(size)
    run.font.bold = bold
    run._element.rPr.rFonts.set(qn("w:eastAsia"), name)  # noqa: SLF001 - python-docx has no public name for the East Asian font
    if ink:
        run.font.color.rgb = RGBColor.from_string(ink)


def _paragraph(
    document: Document, text: str, *, name: str = SERIF, size: float = 10.5, bold: bool = False,
    ink: str = "", centred: bool = False, before: float = 0, after: float = 4,
) -> None:  # fmt: skip
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(paragraph.add_run(printable(text)), name=name, size=size, bold=bold, ink=ink)


def _cell(cell: Any, text: str, *, bold: bool = False, ink: str = "", size: float = 9) -> None:
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    _font(
        paragraph.add_run(printable(text)),
        name=HEAD if bold else SERIF,
        size=size,
        bold=bold,
        ink=ink,
    )


def _dress(table: Any) -> None:
    """Give a table hairlines, room around its words and a shaded head."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B8BEC6"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    room = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 40), ("left", 80), ("bottom", 40), ("right", 80))
    )
    properties = table._tbl.tblPr  # noqa: SLF001 - borders and margins have no public name in python-docx
    # The schema fixes the order of these children, and Word holds to it: borders before the layout,
    # margins before the look.
    properties.find(qn("w:tblLayout")).addprevious(
        parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")
    )
    properties.find(qn("w:tblLook")).addprevious(
        parse_xml(f"<w:tblCellMar {nsdecls('w')}>{room}</w:tblCellMar>")
    )
    for cell in table.rows[0].cells:
        shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EEF1F5"/>')
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - nor has shading


def _table(
    document: Document, heads: Sequence[tuple[str, float]], rows: Iterable[Sequence[str]]
) -> Any:
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    table.autofit = False
    for cell, (words, width) in zip(table.rows[0].cells, heads, strict=True):
        cell.width = Cm(width)
        _cell(cell, words, bold=True)
    for column, (_, width) in zip(table.columns, heads, strict=True):
        column.width = Cm(width)
    _dress(table)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - a repeated header row has no public name either
    for row in rows:
        cells = table.add_row().cells
        for cell, text, (_, width) in zip(cells, row, heads, strict=True):
            cell.width = Cm(width)
            _cell(cell, text)
    return table


def _summary(document: Document, bulletin: Bulletin) -> None:
    lights = "，".join(
        f"{GLYPHS[light]} {LIGHT_LABELS[light]} {count} 项"
        for light, count in bulletin.lights.items()
    )
    _paragraph(
        document,
        f"截至 {bulletin.as_of:%Y-%m-%d}，纳入跟踪的量化目标共 {len(bulletin.lines)} 项：{lights}。",
        size=12,
    )
    _table(
        document,
        (("状态", 5.0), ("项数", 3.0)),
        [(STATE_LABELS[state], str(count)) for state, count in bulletin.states.items() if count],
    )


def _source(line: Line) -> str:
    where = " · ".join(part for part in (line.document, line.section) if part)
    stated = f"依据：“{line.quote}”（{where}）" if line.quote else "依据：无"
    return f"{stated}；实际值：{line.cell or '无'}"


def _lines(document: Document, bulletin: Bulletin, light: Light) -> None:
    lines = bulletin.of(light)
    if not lines:
        return
    _paragraph(
        document,
        f"{GLYPHS[light]} {LIGHT_LABELS[light]}（{len(lines)} 项）",
        name=HEAD, size=13, bold=True, ink=INK[light], before=12,
    )  # fmt: skip
    table = _table(document, COLUMNS, ())
    for line in lines:
        cells = table.add_row().cells
        marks = f"〔{'、'.join(line.marks)}〕" if line.marks else ""
        texts = (
            f"{line.place} {line.name}{marks}",
            line.office or "未定",
            line.target,
            line.deadline.isoformat() if line.deadline else "未定",
            line.expected,
            line.actual,
            line.gap,
        )
        for cell, text in zip(cells, texts, strict=True):
            _cell(cell, text)
        below = table.add_row().cells
        words = below[0].merge(below[-1])
        _cell(words, f"{line.sentence}", ink=INK[light], size=9)
        note = words.add_paragraph()
        _font(note.add_run(printable(_source(line))), size=8, ink="5F6368")
        if line.repeat:
            _font(
                words.add_paragraph().add_run(printable(line.repeat)),
                size=9,
                bold=True,
                ink=INK[light],
            )
        if line.revised:
            _font(
                words.add_paragraph().add_run(printable(f"目标调整：{line.revised}")),
                size=8,
                ink="5F6368",
            )


def _fixed(content: bytes) -> bytes:
    """Rewrite the package with one time stamp for all members, so that equal boards give equal bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.infolist():
            fixed = zipfile.ZipInfo(member.filename, date_time=(1980, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            new.writestr(fixed, old.read(member.filename))
    return made.getvalue()


def render(bulletin: Bulletin) -> bytes:
    """Return the bulletin as the bytes of a .docx file."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.0)
    properties = document.core_properties
    stamp = (
        bulletin.issued.issued_at
        if bulletin.issued
        else datetime(bulletin.as_of.year, bulletin.as_of.month, bulletin.as_of.day, tzinfo=UTC)
    )
    properties.created = properties.modified = stamp.replace(tzinfo=None, microsecond=0)
    properties.title = printable(bulletin.title)[:255]
    properties.author = properties.comments = ""
    properties.last_modified_by, properties.revision = "", 1

    _paragraph(document, bulletin.title, name=HEAD, size=18, bold=True, centred=True, after=6)
    basis = "签发" if bulletin.issued else "预览，未签发"
    _paragraph(
        document,
        f"研判日 {bulletin.as_of:%Y-%m-%d} · {bulletin.quarter} · 规则 {bulletin.profile} "
        f"{bulletin.version} · 数据版本 {bulletin.known_seq} · {basis}",
        size=9, ink="5F6368", centred=True, after=8,
    )  # fmt: skip
    if bulletin.demonstration:
        _paragraph(
            document, "演示数据：本件含为演示而编制的数据，不得作为工作依据。",
            name=HEAD, size=11, bold=True, ink="B3261E", centred=True,
        )  # fmt: skip
    _summary(document, bulletin)
    for light in ("red", "yellow", "grey", "green"):
        _lines(document, bulletin, light)
    if bulletin.changes:
        _paragraph(document, "与上期相比", name=HEAD, size=13, bold=True, before=12)
        _table(
            document,
            (("指标", 6.6), ("上期", 3.4), ("本期", 3.4), ("原因", 3.7)),
            [(f"{c.place} {c.name}", c.before, c.after, c.cause) for c in bulletin.changes],
        )
    _paragraph(
        document,
        f"未报送单位（{len(bulletin.missing)} 个）",
        name=HEAD,
        size=13,
        bold=True,
        before=12,
    )
    if bulletin.missing:
        _table(
            document,
            (("单位", 5.6), ("应报指标", 11.5)),
            [(f"{m.place}{m.office}", "、".join(m.names)) for m in bulletin.missing],
        )
    else:
        _paragraph(document, "无。")
    content = io.BytesIO()
    document.save(content)
    return _fixed(content.getvalue())
