"""Written numbers: 1,234, ２４．９５万, 一点五亿, 百分之三十, 三至五, 30余万, 翻两番.

``parse`` gives the value of one number, ``read`` also ranges, fractions and the words around a
number that bind it.  The pattern strings are for scanning running text: they match what a written
number looks like and leave it to the caller to judge whether it is one (五 in 五金 is not).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal

__all__ = [
    "ARABIC",
    "CHINESE",
    "MULTIPLIER",
    "NUMBER",
    "RANGE",
    "Numeral",
    "parse",
    "read",
]

_DIGITS: Final = MappingProxyType(
    {
        **{char: value for value, char in enumerate("零一二三四五六七八九")},
        **dict(
            zip(
                "〇○两俩仨壹贰叁肆伍陆柒捌玖",
                (0, 0, 2, 2, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9),
                strict=True,
            )
        ),
    }
)
_TENS: Final = MappingProxyType({"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000})
_POWERS: Final = MappingProxyType({"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8})

ARABIC: Final = r"\d+(?:[,，]\d{3})*(?:[.．]\d+)?"
"""Digits, also full-width ones, with thousands commas and a decimal point."""
MULTIPLIER: Final = "[十百千万亿]+"
"""What may follow digits: 万, 亿, 千万, 万亿."""
CHINESE: Final = (
    "[〇零○一二两三四五六七八九十百千万亿]+(?:点[〇零○一二三四五六七八九]+[十百千万亿]*)?"
)
"""A number in Chinese characters; the text around it tells whether it is one."""
NUMBER: Final = rf"(?:{ARABIC}(?:{MULTIPLIER})?|{CHINESE})"
"""One number in either script."""
RANGE: Final = "(?:[-－‐‑–—―─~～〜至到]|—{2})"
"""What stands between the two ends of a range."""

_CLEAN: Final = str.maketrans("０１２３４５６７８９．，％　", "0123456789.,% ")
_SPACED: Final = re.compile(
    r"(?<=[\d.,])\s+(?=[\d.,])|(?<=\d)\s+(?=[十百千万亿%‰])|(?<=[万亿千百])\s+(?=[万亿])"
)
_TOKEN: Final = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|.", re.DOTALL)
_LONE: Final = re.compile(r"\d+(?:\.\d+)?\Z")
_PARTS: Final = re.compile(rf"(?P<below>{NUMBER})分之(?P<above>.+)\Z", re.DOTALL)
_TENTHS: Final = re.compile(rf"(?P<value>{NUMBER})成(?P<half>半)?(?P<more>[余多]|以上)?\Z")
_BETWEEN: Final = re.compile(
    rf"(?P<low>[^\-－‐‑–—―─~～〜至到]+?)(?P<sign>%|个百分点|‰|元)?{RANGE}(?P<high>[^\-－‐‑–—―─~～〜至到]+)\Z",
    re.DOTALL,
)
_NEIGHBOURS: Final = re.compile(r"([一二三四五六七八])([二三四五六七八九])([十百千万亿]*)\Z")
_ABOUT: Final = re.compile(r"(?:大约|约|近|将近|接近)")
_MORE: Final = re.compile("[余多]|以上")
_TAIL: Final = re.compile(r"(?:以上|余|多)\Z")
_DOUBLINGS: Final = MappingProxyType(
    {"翻番": 1, "翻一番": 1, "翻两番": 2, "翻二番": 2, "翻三番": 3}
)
_HALVES: Final = frozenset({"半数", "一半", "过半", "半"})

Sense = Literal["equal", "at_least", "about", "between"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A written number with what its own characters say."""

    low: Decimal
    """The value, or the lower end of a range; multipliers multiplied in."""
    high: Decimal | None = None
    """The upper end of a range."""
    bound: Sense = "equal"
    """``at_least`` of 30余万 and 过半, ``about`` of 近2000, ``between`` of a range."""
    unit: str = ""
    """The unit that the numeral itself brings: %, ‰, 成, 倍."""


def parse(written: str) -> Decimal:
    """Return the value of one number as it is written.

    Reads digits of either width, commas, spaces and line breaks inside, Chinese numerals, and both
    mixed: ``parse("1.2万亿")`` is 1200000000000, ``parse("两千五")`` 2500.

    Raises:
        ValueError: it is not one number.
    """
    if _LONE.match(written):
        return Decimal(written)
    value = _value(_clean(written))
    if value is None:
        raise ValueError(f"不是一个数：{written!r}")
    return value


def read(written: str) -> Numeral | None:
    """Return what a written number, range, fraction or doubling says; None if it is none of these.

    In a range the multiplier of the upper end holds for the lower one where that has none and the
    order stays: 1-2万 is 10000 to 20000, 8000-1亿 is 8000 to 10^8.
    """
    text = _clean(written).replace(" ", "").replace("\n", "")
    if not text:
        return None
    if _LONE.match(text):
        return Numeral(low=Decimal(text))
    return _special(text) or _range(text) or _bounded(text) or _special_bounded(text)


def _clean(written: str) -> str:
    """Bring width and spaces of a written number into one form."""
    text = written.strip().translate(_CLEAN)
    return _SPACED.sub("", text) if any(char.isspace() for char in text) else text


def _special(text: str) -> Numeral | None:
    """Read halves, fractions, tenths and doublings."""
    if text in _HALVES:
        return Numeral(low=Decimal(50), unit="%", bound="at_least" if text == "过半" else "equal")
    if text in _DOUBLINGS:
        return Numeral(low=Decimal(2) ** _DOUBLINGS[text], unit="倍")
    doubled = re.fullmatch(rf"翻(?:了)?({CHINESE}|\d+)番", text)
    if doubled:
        exponent = _value(doubled[1])
        return None if exponent is None or exponent > 20 else Numeral(low=2**exponent, unit="倍")
    parts = _PARTS.match(text)
    if parts:
        return _fraction(parts["below"], parts["above"])
    tenths = _TENTHS.match(text)
    if tenths:
        value = _value(tenths["value"])
        if value is None:
            return None
        half = Decimal("0.5") if tenths["half"] else Decimal(0)
        return Numeral(low=value + half, unit="成", bound="at_least" if tenths["more"] else "equal")
    for sign in ("%", "‰", "倍"):
        if text.endswith(sign):
            inner = _range(text[:-1]) or _bounded(text[:-1])
            if inner is None:
                return None
            return Numeral(low=inner.low, high=inner.high, bound=inner.bound, unit=sign)
    return None


def _special_bounded(text: str) -> Numeral | None:
    """Read 三分之二以上, 近一半, 两倍多: a share or multiple with the words that bind it."""
    before, after = _ABOUT.match(text), _TAIL.search(text)
    if before is None and after is None:
        return None
    inner = _special(text[before.end() if before else 0 : after.start() if after else len(text)])
    if inner is None or inner.bound != "equal":
        return None
    return replace(inner, bound="at_least" if after else "about")


def _fraction(below: str, above: str) -> Numeral | None:
    """Read N分之M: of 百 as percent, of 千 as permille, else as percent."""
    inner = _range(above) or _bounded(above)
    if below in {"百", "千"}:
        if inner is None:
            return None
        unit = "%" if below == "百" else "‰"
        return Numeral(low=inner.low, high=inner.high, bound=inner.bound, unit=unit)
    whole = _value(below)
    if inner is None or not whole:
        return None
    low = inner.low * 100 / whole
    high = None if inner.high is None else inner.high * 100 / whole
    return Numeral(low=low, high=high, bound=inner.bound, unit="%")


def _range(text: str) -> Numeral | None:
    """Read 1-2, 三至五, 5%—5.5, 七八百."""
    near = _NEIGHBOURS.match(text)
    if near and _DIGITS[near[2]] == _DIGITS[near[1]] + 1:
        low, high = _value(near[1] + near[3]), _value(near[2] + near[3])
        if low is not None and high is not None:
            return Numeral(low=low, high=high, bound="between")
    found = _BETWEEN.match(text)
    if not found:
        return None
    low, high = _value(found["low"]), _value(found["high"])
    if low is None or high is None:
        return None
    tail = re.search(rf"{MULTIPLIER}\Z", found["high"])
    if tail and not re.search("[十百千万亿]", found["low"]) and tail.start() > 0:
        scale = _value("1" + tail[0])
        if scale is not None and low * scale <= high:
            low *= scale
    if low > high:
        return None
    return Numeral(
        low=low,
        high=high,
        bound="between",
        unit=(found["sign"] or "") if found["sign"] in {"%", "‰"} else "",
    )


def _bounded(text: str) -> Numeral | None:
    """Read one number with 余, 多, 以上 in or after it, or 近, 约 before it."""
    bound: Sense = "equal"
    before = _ABOUT.match(text)
    if before:
        bound, text = "about", text[before.end() :]
    if _MORE.search(text):
        bound, text = "at_least", _MORE.sub("", text, count=1)
    value = _value(text)
    return None if value is None else Numeral(low=value, bound=bound)


def _value(text: str) -> Decimal | None:
    """Return the value of a number in digits, Chinese characters or both; None if it is none."""
    if _LONE.match(text):
        return Decimal(text)
    whole, dot, rest = text.partition("点")
    if dot:
        return _with_point(whole, rest)
    if text and all(char in _DIGITS for char in text):
        return Decimal("".join(str(_DIGITS[char]) for char in text))
    return _composed(text)


def _with_point(whole: str, rest: str) -> Decimal | None:
    """Read 一点五亿: digits after the point, then the multipliers of the whole."""
    digits = 0
    while digits < len(rest) and rest[digits] in _DIGITS:
        digits += 1
    head = _value(whole)
    if not digits or head is None:
        return None
    value = head + Decimal("0." + "".join(str(_DIGITS[char]) for char in rest[:digits]))
    for char in rest[digits:]:
        factor = _TENS.get(char) or _POWERS.get(char)
        if factor is None:
            return None
        value *= factor
    return value


def _composed(text: str) -> Decimal | None:
    """Read 三千二百万, 1.2万亿, 25万6千, 两千五; None at the first token that does not fit."""
    total = section = Decimal(0)
    pending: Decimal | None = None
    last = 0
    """The unit before the pending digit: 两千五 means 500."""
    empty = True
    for token in _TOKEN.findall(text):
        if token in _TENS:
            factor = _TENS[token]
            if pending is None and not empty and last != 0 and last < 10**4:
                section *= (
                    factor  # 十百, 百千: digits before a pair such as 5百万 are handled below
                )
            else:
                section += (Decimal(1) if pending is None else pending) * factor
            pending, last = None, factor
        elif token in _POWERS:
            factor = _POWERS[token]
            if pending is None and not section:
                total = Decimal(factor) if empty else total * factor
            else:
                section += pending or Decimal(0)
                whole = factor == 10**8 and total < factor  # 一万零一亿: 亿 holds for all before
                total = (total + section) * factor if whole else total + section * factor
            section, pending, last = Decimal(0), None, factor
        elif token in _DIGITS:
            digit = _DIGITS[token]
            if pending is not None and pending != 0:
                return None
            pending = Decimal(digit)
            if digit == 0:
                last = 0
        elif token[0].isdigit():
            if pending is not None:
                return None
            pending = Decimal(token.replace(",", ""))
            last = last if len(token) == 1 else 0
        else:
            return None
        empty = False
    if empty:
        return None
    if pending is not None and last >= 100 and pending < 10:
        pending *= last // 10
    return total + section + (pending or Decimal(0))
