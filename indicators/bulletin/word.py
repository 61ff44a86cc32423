"""A bulletin, or the 督办单 to an office, as a Word document: the same board gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from indicators.assessment.verdict import LIGHT_LABELS, SEVERITY, STATE_LABELS, STATE_LIGHTS, Light
from indicators.bulletin.content import Bulletin, Line
from indicators.bulletin.typeset import (
    GREY,
    HEAD,
    KAI,
    TITLE,
    cell,
    follow,
    more,
    new,
    packed,
    paragraph,
    table,
    whole,
)
from indicators.bulletin.words import POINTS, day_words
from indicators.periods import SHANGHAI

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["render"]

GLYPHS: dict[Light, str] = {"red": "■", "yellow": "▲", "green": "●", "grey": "○"}
"""A shape beside every colour, so that a copy in black and white says the same."""
INK: dict[Light, str] = {"red": "B3261E", "yellow": "8A5A00", "green": "1E6B3A", "grey": GREY}
ORDER: tuple[Light, ...] = ("red", "yellow", "grey", "green")
COLUMNS = (
    ("指标", 3.1), ("牵头单位", 2.1), ("目标", 2.3), ("期限", 2.3),
    ("序时应达", 2.2), ("实际", 2.2), ("差距", 1.4),
)  # fmt: skip
REPLY = "办理情况反馈表"
ASKED = (
    ("指标", 3.4), ("原因分析", 4.0), ("整改措施", 4.0), ("预计完成日期", 2.5), ("责任人", 1.7),
)  # fmt: skip


def _lights(bulletin: Bulletin) -> str:
    """Return the counts in words, the states of grey ones named."""
    said = [
        f"{LIGHT_LABELS[light]}{bulletin.lights[light]}项"
        for light in ("red", "yellow", "green")
        # An order is about what has to be pressed for, a bulletin about all.
        if bulletin.lights[light] or not bulletin.office
    ]
    grey = [
        f"{STATE_LABELS[state]}{count}项"
        for state, count in bulletin.states.items()
        if count and STATE_LIGHTS[state] == "grey"
    ]
    if grey:
        said.append(f"{LIGHT_LABELS['grey']}{bulletin.lights['grey']}项（{'、'.join(grey)}）")
    return "、".join(said)


def _opening(document: Document, bulletin: Bulletin) -> None:
    when = day_words(bulletin.as_of)
    if bulletin.office:
        told = (
            f"截至{when}，你单位负责的量化目标中，下列{len(bulletin.lines)}项需要督办："
            f"{_lights(bulletin)}。请查明原因，提出措施，填写所附反馈表并按时报回。"
            if bulletin.lines
            else "你单位有应报未报的指标，请尽快报送。"
        )
    elif bulletin.lines:
        told = f"截至{when}，纳入跟踪的量化目标共{len(bulletin.lines)}项：{_lights(bulletin)}。"
    else:
        told = f"截至{when}，{bulletin.scope or '台账中'}没有纳入跟踪的量化目标。"
    if bulletin.changes:
        told += f"与上期相比，{len(bulletin.changes)}项的研判有变化。"
    if bulletin.missing and not bulletin.office:
        told += f"{len(bulletin.missing)}个单位未按要求报送。"
    paragraph(document, told)
    counted = [
        (state, count)
        for light in ORDER
        for state, count in sorted(bulletin.states.items(), key=lambda each: SEVERITY[each[0]])
        if count and STATE_LIGHTS[state] == light
    ]
    if len(counted) > 1 and not bulletin.office:
        paragraph(document, "", size=6, line=8, indent=False, follows=True)
        table(
            document,
            (("亮灯", 4.0), ("状态", 7.6), ("项数", 4.0)),
            [
                (f"{GLYPHS[STATE_LIGHTS[state]]} {LIGHT_LABELS[STATE_LIGHTS[state]]}",
                 STATE_LABELS[state], str(count))
                for state, count in counted
            ],
            right=(2,),
        )  # fmt: skip


def _source(line: Line) -> str:
    where = " · ".join(part for part in (line.document, line.section) if part)
    stated = f"依据：“{line.quote}”（{where}）" if line.quote else "依据：无"
    return f"{stated}；实际值：{line.cell or '无'}"


def _lines(document: Document, bulletin: Bulletin, light: Light) -> None:
    """Add the table of one light; the figures of a target and their grounds stay together."""
    made = table(document, COLUMNS, ())
    for line in bulletin.of(light):
        row = made.add_row()
        whole(row)
        marks = f"〔{'、'.join(line.marks)}〕" if line.marks else ""
        texts = (
            f"{line.place} {line.name}{marks}",
            line.office or "未定",
            line.target,
            line.deadline.isoformat() if line.deadline else "未定",
            line.expected,
            line.actual,
            line.gap.removesuffix(POINTS),
        )
        for number, (place, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell(place, text, size=9, align="right" if number > 3 else "", follows=True)
        below = made.add_row()
        whole(below)
        words = below.cells[0].merge(below.cells[-1])
        cell(words, line.sentence, ink=INK[light], size=9)
        more(words, _source(line), size=8, ink=GREY)
        if line.repeat:
            more(words, line.repeat, name=HEAD, ink=INK[light])
        if line.revised:
            more(words, f"目标调整：{line.revised}", size=8, ink=GREY)


def _sections(document: Document, bulletin: Bulletin) -> Iterator[str]:
    """Add each section when the heading that is yielded has been written."""
    for light in ORDER:
        if count := len(bulletin.of(light)):
            yield f"{GLYPHS[light]} {LIGHT_LABELS[light]}目标（{count}项）"
            _lines(document, bulletin, light)
    if bulletin.changes:
        yield f"与上期相比的变化（{len(bulletin.changes)}项）"
        table(
            document,
            (("指标", 6.0), ("上期", 3.2), ("本期", 3.2), ("原因", 3.2)),
            [(f"{c.place} {c.name}", c.before, c.after, c.cause) for c in bulletin.changes],
        )
    if bulletin.missing or (bulletin.lines and not bulletin.office):
        yield f"未报送单位（{len(bulletin.missing)}个）"
        if bulletin.missing:
            table(
                document,
                (("单位", 5.0), ("应报指标", 10.6)),
                [(f"{m.place}{m.office}", "、".join(m.names)) for m in bulletin.missing],
            )
        else:
            paragraph(document, "应报单位均已报送。")


def _reply(document: Document, bulletin: Bulletin) -> None:
    """Add the sheet on which an office answers, on a page of its own."""
    from docx.shared import Cm

    first = paragraph(document, "附件", name=HEAD, indent=False, follows=True)
    first.paragraph_format.page_break_before = True
    paragraph(document, REPLY, name=TITLE, size=22, align="center", line=36, after=10, follows=True)
    made = table(document, ASKED, [(line.name, "", "", "", "") for line in bulletin.lines])
    for row in made.rows[1:]:
        row.height = Cm(2.0)
    paragraph(
        document, "填报人：　　　　　　　　单位负责人：　　　　　　　　日期：", indent=False, before=14,
        size=12,
    )  # fmt: skip


def _closing(document: Document, bulletin: Bulletin) -> None:
    """Add who and when, left to whoever signs, and what the judgement rests on."""
    day = (
        day_words(bulletin.issued.issued_at.astimezone(SHANGHAI).date())
        if bulletin.issued
        else "（预览，未签发）"
    )
    follow(document)
    if bulletin.office and bulletin.lines:
        paragraph(document, f"附件：{REPLY}", before=LINE_ABOVE, follows=True)
    paragraph(document, "（发文机关署名）", align="right", before=LINE_ABOVE, follows=True)
    paragraph(document, day, align="right", follows=True)
    basis = "已签发" if bulletin.issued else "预览，未签发"
    paragraph(
        document,
        f"编制说明：研判日 {bulletin.as_of:%Y-%m-%d}，季度 {bulletin.quarter or '无数据'}，规则 "
        f"{bulletin.profile} {bulletin.version}，数据版本 {bulletin.known_seq}，{basis}。"
        "差距以百分点计；每个数据均注明文件原句和来源单元格；■红灯 ▲黄灯 ●绿灯 ○不亮灯。",
        name=KAI, size=10.5, ink=GREY, line=16, indent=False, before=18,
    )  # fmt: skip


LINE_ABOVE = 28.0
"""Points between the text and the signature."""
NUMERALS = "一二三四五六七八九十"


def render(bulletin: Bulletin) -> bytes:
    """Return the bulletin as the bytes of a .docx file."""
    document = new(bulletin.title)
    stamp = (
        bulletin.issued.issued_at
        if bulletin.issued
        else datetime(bulletin.as_of.year, bulletin.as_of.month, bulletin.as_of.day, tzinfo=UTC)
    )
    properties = document.core_properties
    properties.created = properties.modified = stamp.replace(tzinfo=None, microsecond=0)
    if bulletin.demonstration:
        paragraph(
            document, "演示数据：本件含为演示而编制的数据，不得作为工作依据。",
            name=HEAD, size=12, ink="B3261E", align="center", line=20, after=6,
        )  # fmt: skip
    paragraph(document, bulletin.title, name=TITLE, size=22, align="center", line=36, follows=True)
    # The number is given when the paper is registered; its place and year are ready.
    paragraph(
        document,
        f"〔{stamp.astimezone(SHANGHAI).year}〕　　号",
        align="center",
        after=14,
        follows=True,
    )
    to = bulletin.office or f"{bulletin.scope}各责任单位"
    paragraph(document, f"{to}：", indent=False)
    _opening(document, bulletin)
    for number, heading in enumerate(_sections(document, bulletin)):
        paragraph(
            document, f"{NUMERALS[number]}、{heading}", name=HEAD, before=10, after=4, follows=True
        )
    _closing(document, bulletin)
    if bulletin.office and bulletin.lines:
        _reply(document, bulletin)
    return packed(document)
