"""What a cell says as a number: full-width digits, 1.2万, 3000万元, 72%, —, and what is none."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from indicators import numerals, units
from indicators.model import Bound
from indicators.submissions.sheet import Cell, Trouble, plain

__all__ = ["MISSING", "Reading", "looks_numeric", "normal", "read_number", "read_text_number"]

MISSING = frozenset(
    ["-", "--", "---", "—", "——", "–", "―", "－", "/", "\\", ":", "…", "……", "..", "...", "*", "×",
     "无", "空", "无数据", "暂无", "暂无数据", "未统计", "不适用", "缺", "na", "n/a", "n.a.", "nan", "null",
     "none", "nil"]
)  # fmt: skip
"""What people write where there is no value; compared in lower case."""

_LONGEST = 2_000
_NUMBER = re.compile(
    r"(?P<bound>(?:约|大约|近|接近|超过|超|突破|达到|达|不低于|不少于|≥|>=|>|不超过|不高于|≤|<=|<)?)"
    r"(?P<sign>[+-]?)"
    r"(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?|\.\d+)"
    r"(?P<more>[余多]?)"
    r"(?P<unit>.*?)"
    r"(?P<tail>(?:以上|左右|以内)?)"
)
_BOUNDS: dict[str, Bound] = {
    "约": "about", "大约": "about", "近": "about", "接近": "about",
    "超过": "at_least", "超": "at_least", "突破": "at_least", "不低于": "at_least",
    "不少于": "at_least", "≥": "at_least", ">=": "at_least", ">": "at_least",
    "不超过": "at_most", "不高于": "at_most", "≤": "at_most", "<=": "at_most", "<": "at_most",
    "以上": "at_least", "左右": "about", "以内": "at_most",
}  # fmt: skip
_BRACKETED = re.compile(r"\((\d[\d,]*(?:\.\d+)?)\)")


class Reading(NamedTuple):
    """What a cell says as a number."""

    magnitude: Decimal | None = None
    """None where there is no value or no number."""
    unit: str = ""
    """The unit that the cell itself brings, 万 and 亿 before it included: %, 亿元."""
    bound: Bound = "equal"
    as_written: str = ""
    problem: str = ""
    """Code of the finding that says why it is no number."""
    text: bool = False
    """Whether the number was stored as text."""


def normal(text: str) -> str:
    """Return text in one width, without spaces at its ends; the ideographic space is a space."""
    if len(text) > _LONGEST:
        return text.strip()  # prose: one width matters not, and some signs grow eighteenfold
    return unicodedata.normalize("NFKC", text).replace("\u3000", " ").strip()


@lru_cache(maxsize=65_536)
def read_text_number(written: str) -> Reading | None:
    """Read a number that stands as text; None where it is none.  A missing-value mark has none."""
    text = normal(written)
    if not text or text.lower() in MISSING:
        return Reading(as_written=text)
    if len(text) > 40:
        return None
    bare = text.replace(" ", "").replace("−", "-").replace("，", ",")
    yuan = bare.startswith("¥")
    bare = bare.removeprefix("¥")
    bracketed = _BRACKETED.fullmatch(bare)
    if bracketed:
        bare = f"-{bracketed[1]}"
    found = _NUMBER.fullmatch(bare)
    if found is None:
        return _chinese(bare, text)
    try:
        magnitude = Decimal(found["sign"] + found["digits"].replace(",", ""))
    except InvalidOperation:
        return None
    unit = found["unit"] or ("元" if yuan else "")
    if unit in units.MULTIPLIERS:
        magnitude, unit = magnitude * units.MULTIPLIERS[unit], ""
    elif unit and units.lookup(unit) is None:
        return None
    bound: Bound = _BOUNDS.get(found["bound"]) or _BOUNDS.get(found["tail"]) or "equal"
    if found["more"] and bound == "equal":
        bound = "at_least"
    return Reading(magnitude=magnitude, unit=unit, bound=bound, as_written=text, text=True)


def _chinese(bare: str, text: str) -> Reading | None:
    """Read 三十二 and 两千五百万元: the longest head that is a number, then a unit."""
    if not re.match("[零〇一二两三四五六七八九十百千万亿]", bare):
        return None
    for end in range(len(bare), 0, -1):
        rest = bare[end:]
        if rest and units.lookup(rest) is None:
            continue
        try:
            return Reading(
                magnitude=numerals.parse(bare[:end]), unit=rest, as_written=text, text=True
            )
        except (ValueError, InvalidOperation):
            continue
    return None


def looks_numeric(text: str) -> bool:
    """Tell whether text is a number of its own: ``4.67``, ``6.47%``, ``1,234`` but not ``001``."""
    bare = normal(text)
    if re.fullmatch(r"[+-]?0\d+", bare) or len(bare) > 30:
        return False
    return bool(
        re.fullmatch(
            r"¥?[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,3})?%?|\(\d[\d,]*(?:\.\d+)?\)",
            bare.replace(" ", ""),
        )
        and re.search(r"\d", bare)
    )


def read_number(cell: Cell) -> Reading:
    """Read a cell that should hold a number."""
    value = cell.value
    if value.__class__ is int or (value.__class__ is float and isfinite(value)):
        return _stored_number(cell)
    kind = cell.kind
    if kind == "blank":
        return Reading()
    if isinstance(value, Trouble):
        code = "cell-uncalculated" if kind == "uncalculated" else "cell-error-value"
        return Reading(as_written=value.name, problem=code)
    if kind == "error":
        return Reading(as_written=cell.text, problem="cell-error-value")
    if not isinstance(value, str):
        return Reading(as_written=cell.text, problem="cell-not-a-number")
    read = read_text_number(value)
    if read is None:
        return Reading(as_written=cell.text, problem="cell-not-a-number")
    if cell.sort == "percent" and read.magnitude is not None and not read.unit:
        # Text shows as it stands in any format: 85 typed as text into a % column is 85 %.
        return Reading(magnitude=read.magnitude, unit="%", as_written=read.as_written, text=True)
    return read


def _stored_number(cell: Cell) -> Reading:
    sort = cell.sort
    if sort in ("date", "time", "elapsed"):
        return Reading(as_written=cell.text, problem="cell-date-for-number")
    magnitude = cell.magnitude
    assert magnitude is not None
    if sort == "percent":
        return Reading(magnitude=magnitude, unit="%", as_written=f"{plain(magnitude)}%")
    unit = "%" if sort == "percent_sign" else ""
    return Reading(magnitude, unit, "equal", plain(magnitude))
