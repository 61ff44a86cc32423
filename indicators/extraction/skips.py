"""Numbers that are none: dates, document numbers, ranks, addresses, names and quoted words."""

from __future__ import annotations

import re

__all__ = ["find"]

_SKIP = re.compile(
    r"〔[^〕]{1,6}〕(?:第)?\d+号|［\d{4}］\d+号|\[\d{4}\]\d+号"  # document numbers
    r"|第[\d一二三四五六七八九十百]+|[一二三]次产业"  # ranks and ordinals
    r"|[特一二三四]等奖|[一二三四五六][类级期线档](?:[、和][一二三四五六][类级期线档])+"
    r"|(?:19|20)\d\d(?:年(?!\d{1,4}(?:\.\d+)?[^\d月年日号./—–~～至到-])|/|\.(?=\d{1,2}[./—–~～至到）)-]))[\d年月日/.上下半]*(?:[-—–~～至到](?:(?:19|20)\d\d年?)?[\d年月日]*)?"
    r"|(?:19|20)\d\d(?:[-—–~～至到]{1,2}(?:19|20)\d\d)(?![万亿千百%％家个项元人\d])年?"
    r"|二[〇○零]\S{2}年|“?十[一二三四五六]五”?"
    r"|\d{1,2}[-—–~～至到]\d{1,2}月(?:份)?|\d{1,2}月(?:\d{1,2}[日号])?(?:[-—–~～至到](?:\d{1,2}月)?\d{1,2}[日号])?(?:底|末|初)?"
    r"|(?<!\.)\d{1,2}[日号](?!发)"
    r"|[\d一二三四五六七八九十]{1,2}季度|\d{1,2}[::]\d\d|\d{1,4}[×xX*]\d{1,4}(?:小时)?"
    r"|(?:https?:|www\.)[A-Za-z0-9_./?=&%:-]+"
    r"|(?!(?:GDP|GNP|CPI|PPI|[PWC]UE|AQI)\d)[A-Za-z][A-Za-z.-]*\d[A-Za-z0-9.+-]*"  # P4, PM2.5, IPv6, G20, N2
    r"|\d{1,3}[Gg](?:-A)?(?![A-Za-z])|\d{1,3}[DKk](?![A-Za-z])|\d{1,6}号(?!文)"
)
_SKIP_FIRST = re.compile(
    r"[\dA-Za-z〔［\[第“特十一二三四五](?:(?<![特十一二三四五])|(?<=[十二])(?=[五一二三四六七八九〇○零])"
    r"|(?<=[一二三])(?=次产)|(?<=[一二三四五])(?=[类级期线档][、和])|(?<=[特一二三四])(?=等奖))"
)
_RUN = re.compile(r"\d+|[A-Za-z]+")
_OPENER = re.compile('[“‘「《"]')
_QUOTED = re.compile(
    r"“[^“”]{1,14}”|‘[^‘’]{1,14}’|「[^「」]{1,14}」|《[^《》]{1,80}》|\"[^\"]{1,14}\""
)


def find(text: str) -> list[tuple[int, int]]:
    """Return the spans of dates, names and quoted words, whose numbers are none."""
    spans: list[tuple[int, int]] = []
    position = 0
    while (first := _SKIP_FIRST.search(text, position)) is not None:
        match = _SKIP.match(text, first.start())
        if match is None:
            run = _RUN.match(text, first.start())
            position = run.end() if run else first.end()
        else:
            spans.append(match.span())
            position = match.end()
    if _OPENER.search(text):
        spans += [match.span() for match in _QUOTED.finditer(text)]
    return spans
