"""Number formats: which show a percentage, a day, a time, or a plain number.

Built-in formats 27-36 and 50-58 are dates in Chinese, Japanese and Korean editions of Excel
(ECMA-376 part 1, 18.8.30); readers that know only the western ones show 46023 for a day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

__all__ = ["BUILT_IN", "FormatSort", "format_sort"]

FormatSort = Literal["plain", "percent", "percent_sign", "date", "time", "elapsed", "text"]
"""``percent`` shows a fraction times 100; ``percent_sign`` only writes % after the number."""

BUILT_IN: Mapping[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip

_LITERAL = re.compile(r'"[^"]*"|\\.|!.|_.|\*.')
_BRACKET = re.compile(r"\[(?![hms]+\])[^\]]*\]", re.IGNORECASE)


@cache
def format_sort(code: str) -> FormatSort:
    """Tell what a number format shows."""
    if code in ("General", "GENERAL", ""):
        return "plain"
    if code.strip() == "@":
        return "text"
    first = code.split(";", maxsplit=1)[0]
    bare = _BRACKET.sub("", _LITERAL.sub("", first))
    if "%" in bare:
        return "percent"
    lower = bare.lower().replace("general", "")
    if re.search(r"\[[hms]+\]", lower):
        return "elapsed"
    if "0" not in lower and "#" not in lower and "?" not in lower:
        if "y" in lower or "d" in lower or "aaa" in lower or "e" in lower:
            return "date"
        if "m" in lower and "h" not in lower and "s" not in lower:
            return "date"
    if "h" in lower or "s" in lower:
        return "time"
    if re.search(r'"[^"]*[%％][^"]*"|\\[%％]', first):
        return "percent_sign"
    return "plain"
