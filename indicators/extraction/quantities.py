"""The finder of quantities: one compiled pattern over a joined sentence.

It yields every number with a unit, ranges and lists resolved (1409万、1305万人次; 2400、450、1700亿元),
and refuses numbers that are part of a name, a date, a rank or an address.  What a quantity is of,
and whether it is a statement at all, is decided behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from indicators import numerals, units
from indicators.extraction import skips, words
from indicators.units import Unit

__all__ = ["TRIGGER", "Quantity", "find"]

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_CHINESE = r"[〇零一二两三四五六七八九十][〇零一二两三四五六七八九十百千万亿]*(?:点[〇零一二三四五六七八九]+)?[百千万亿]*"
_MULTIPLIER = "万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百"
_EXTRA_SPELLINGS = (
    "m²",
    "km²",
    "hm²",
    "㎡",
    "m³",
    "℃",
    "μg/m³",
    "μm",
    "％",
    "ｋｍ",
    "辆（艘、架、列）次",
)
_CONNECT = re.compile(r"[-—–－―~～〜]{1,2}|至|到")
_LIST = re.compile(r"[、和及与]|以及")
_WEAK_UNITS = words.load("weak_units")
"""Units that often stand in names, dates and durations: they need a sign of a statement."""

_FIRST = "".join(
    sorted({word[0] for word in units.spellings() if not word[0].isdigit()} - set("年月日号"))
)
TRIGGER = re.compile(
    rf"[\d〇零二两三四五六七八九十百千万亿][\s,，.]{{0,3}}[{re.escape(_FIRST)}百千万亿余多几％℅﹪%倍成—–~～至到、和与及/-]"
    r"|\.\d+年|分之|翻了?[一两二三四]番|一[倍成]|(?:指数|系数|[PWC]UE|倍差|收入比|能[效耗]比|抚养比|师生比|生师比|性别比|比值|比率|使用效率|利用效率|生育率|容积率|质量等级|[评得]分|分值|住院日)"
)
"""What stands in every sentence that holds a quantity."""
# One set of characters comes first in what is searched for: a search passes over all others fast.
_CANDIDATE = re.compile(
    r"[\d〇零二两三四五六七八九十百千万翻一](?:(?<!一)|(?=[\d倍成半万百千十点亿至到个]))"
)


@dataclass(slots=True)
class Quantity:
    """A number with its unit in a joined sentence; offsets are of that sentence."""

    start: int
    """First character of the number (of the lower end of a range)."""
    end: int
    """One past the number, multiplier and 余 included, unit not."""
    unit_end: int
    """One past the unit."""
    low: Decimal
    high: Decimal | None
    unit: Unit
    more: bool
    """Whether 余, 多 or 几 stands in it."""
    chinese: bool
    """Whether it is written in Chinese numerals."""
    weak: bool
    """Whether its unit alone does not make it a statement."""
    head: str = ""
    """Meaning carried by the number's own words (翻番)."""


@cache
def _pattern() -> re.Pattern[str]:
    """Number, 余, multiplier and unit at one place."""
    known = [*units.spellings(), *_EXTRA_SPELLINGS]
    latin = {word for word in known if word[-1].isascii() and word[-1].isalpha()}
    unit = rf"{words.pattern(latin)}(?![A-Za-z\d])|{words.pattern(set(known) - latin)}"
    tail = rf"(?:/(?!\d)(?:{_MULTIPLIER})??(?:{unit}))?"
    return re.compile(
        rf"(?P<n>{_DIGITS}|(?P<c>{_CHINESE}))(?P<y1>[余多几])?"
        rf"(?:(?P<m>{_MULTIPLIER})??(?P<y2>[余多几])?(?P<u>(?:{unit}){tail})"
        rf"|(?P<m2>{_MULTIPLIER})(?P<y3>[余多几])?)?"
    )


_FRACTION = re.compile(
    r"(?P<kind>百分之|千分之|万分之)(?P<v>\d+(?:\.\d+)?|[〇零一二两三四五六七八九十百点]+)"
    r"|(?P<d>[二三四五六七八九十]|\d{1,3})分之(?P<t>[一二两三四五六七八九十]|\d{1,3})(?!\d)"
    r"|翻了?(?P<f>[一两二三四五])番"
    r"|(?P<h>[一1]倍半)(?!导)"
)
_HUNDRED = {"百分之": Decimal(1), "千分之": Decimal("0.1"), "万分之": Decimal("0.01")}


def _value(text: str) -> Decimal | None:
    try:
        return numerals.parse(text)
    except ValueError:
        return None


_FROM = re.compile(r"[由从自][^，,。；;、：:]{0,24}$")
_BARE = re.compile(
    r"(?:指数|系数|质量等级|倍差|收入比|PUE|WUE|CUE|能效比|能耗比|比值|比率|生育率|性别比[为是]?|抚养比|[师生]{2}比|容积率|评分|得分|分值|电能利用效率|使用效率|容积率)"
    r"(?:（[^（）]{1,20}）|\([^()]{1,20}\)|值|均值|平均值)?(?:[从由]\d{4}年的|[^，。；、\d]{0,8})$",
    re.IGNORECASE,
)
_UNCOUNTED = re.compile(
    r"(?:多|余)?[^\d，。；、：]{0,7}?(?:(?P<who>人口|儿童|学生|群众|职工|居民|党员|干部|老年?人|农民|市民|患者|师生|游客|劳动力|毕业生|人才|青年|妇女|残疾人|从业者|志愿者|教师|医生|人员|网民|农牧民|新市民)|(?:企业|经营主体|市场主体|家庭|农户|个体工商户|用户|商户|网点)|(?:[45]G)?(?:基站|机架|学位|床位|岗位|车位|充电桩))"
)
_COUNTED = re.compile(
    r"(?:(?P<visits>人次)|(?P<who>人数|[^，。；]人员(?:数量?|总数)?|网民(?:规模|数量)?|人口(?:规模|总量)?|就业|学生数)|(?P<home>户数|用户(?:数量?|规模|总数)?)|[^占]数量?|总数|总量|保有量)"
    r"(?:已|将|均|约|预计|首次)?(?:超过|突破|达到?|超|近|约|接近|为|增至|逾|共|净?增加|减少|新增)*$"
)
_BEFORE_NAME = re.compile(r"[A-Za-z_/&+＋#№@·.]$|[A-Za-z]-$|[第这那该此每近前后首]$")
_INDEX_NAME = re.compile(r"(?:GDP|GNP|CPI|PPI|[PWC]UE|AQI)$")
_AGAIN = re.compile(
    r"(?:[降升提增减]|降低|缩小|提高|下降|上升|压降|收窄|扩大)[至到为]$|(?:低于|高于|达到?|控制在|不高于|不超过)$"
)
"""A second value of what has no unit (PUE降低到1.35以下，严寒地区降低到1.25以下)."""
_SIGNED = frozenset({"%", "‰", "℃", "个百分点"})
_NOT_TENTH = frozenset("为立效功果长熟就员都本品份绩交型分色套形家千")
_WORDS = words.load("counter_words")
"""Words that begin with a counter: 部门 after 8 is no 8部."""


def find(text: str) -> list[Quantity]:
    """Return the quantities of a joined sentence, in order."""
    skip = skips.find(text)
    found: list[Quantity] = []
    pending: list[tuple[re.Match[str], int]] = []
    position = 0
    while True:
        match = _search(text, position)
        if match is None:
            break
        position = match.end()
        start = match.start()
        if skip and (inside := [end for begin, end in skip if begin <= start < end]):
            position = max(inside)
            pending.clear()
            continue
        quantity = _read(text, match, found[-1] if found else None)
        if quantity is None:
            pending = _listed(text, match, pending)
            continue
        position = quantity.unit_end
        if quantity.unit.symbol == "个百分点" and found:
            _points(text, found[-1], quantity)
        if pending and _LIST.fullmatch(text[pending[-1][1] : quantity.start]):
            found += _shared(pending, quantity, match)
        pending = []
        found.append(quantity)
    return found


def _points(text: str, one: Quantity, other: Quantity) -> None:
    """Read 0.2个 beside 3.1个百分点 in its unit: of nothing else is there a fifth."""
    if one.unit.symbol != "个" or one.low == one.low.to_integral_value():
        return
    if _LIST.fullmatch(text[one.unit_end : other.start]):
        one.unit = other.unit


@cache
def _search_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{_FRACTION.pattern})|(?:{_pattern().pattern})")


def _search(text: str, position: int) -> re.Match[str] | None:
    """Return the next number; candidates are found by one character first, which is fast."""
    pattern = _search_pattern()
    while (first := _CANDIDATE.search(text, position)) is not None:
        match = pattern.match(text, first.start())
        if match is not None:
            return match
        position = first.end()
    return None


def _read(text: str, match: re.Match[str], last: Quantity | None) -> Quantity | None:
    """Turn a match into a quantity; None where it has no unit and ``last`` lends none."""
    if match["n"] is None:
        return _fraction(match)
    start = match.start("n")
    before = text[max(0, start - 3) : start]
    named = before and _BEFORE_NAME.search(before) and not _INDEX_NAME.search(before)
    paired = last is not None and last.unit_end == start - 1 and before.endswith("/")
    if named and not paired and not before.endswith(("近", "前")):
        return None
    written = match["u"]
    if before.endswith("兑") or text.startswith("兑", match.end()):
        return None
    if match["c"] and match["n"][0] in "零〇" and not match["n"].startswith("点", 1):
        return None
    after = text[match.end() : match.end() + 2]
    chinese = match["c"] is not None
    high, stop, tail = None, match.end(), match
    more = bool(match["y1"] or match["y2"] or match["y3"])
    second = _second(text, match)
    if second is not None:
        high = _value(second["n"])
        written = second["u"] or (written if match["u"] else None)
        stop, tail = second.end(), second
        more = more or bool(second["y1"] or second["y2"] or second["y3"])
        after = text[stop : stop + 2]
    word = tail["m"] or tail["m2"] or ""
    factor = units.MULTIPLIERS[word] if word else 1
    unit = units.lookup(written) if written else None
    if unit is None and match["m2"] and second is None and (person := _UNCOUNTED.match(text, stop)):
        unit = units.require("人" if person["who"] else "个")
    if unit is None and match["m2"] and second is None:
        counted = _COUNTED.search(text[max(0, start - 16) : start])
        if counted and (not after or not after[0].isalnum() or after[0] in "以左"):
            of = "人次" if counted["visits"] else "人" if counted["who"] else ""
            unit = units.require(of or ("户" if counted["home"] else "个"))
    if unit is None:
        left = text[max(0, start - 30) : start]
        again = last is not None and not last.unit.symbol and _AGAIN.search(left)
        if (_BARE.search(left) is None and not again) or left.endswith(("（", "(")):
            return None
        if after[:1].isalpha() and after[:1].isascii():
            return None
        if after[:1] in {"年", "月", "日", "号", "、", "和"}:
            return None
        unit = units.require("")
    elif unit.symbol == "成" and after[:1] in _NOT_TENTH:
        return None
    elif unit.symbol + after[:1] in _WORDS or (written and written + after[:1] in _WORDS):
        if unit.symbol not in {"人", "家"}:
            return None
        stop -= 1 if after[:1] in "庭才员" else -1
    if (
        chinese
        and second is None
        and match["n"] == "一"
        and unit.symbol not in {"倍", "成", "个百分点"}
    ):
        return None
    value = _value(match["n"])
    if value is None:
        return None
    low = value * (units.MULTIPLIERS[match["m"] or match["m2"]] if match["m"] or match["m2"] else 1)
    low *= unit.multiplier
    if high is not None:
        high *= factor * unit.multiplier
        if second is not None and not (match["m"] or match["m2"]) and low * factor <= high:
            low *= factor
        if low >= high:
            return None
    end = max(map(tail.end, ("n", "y1", "m", "y2", "m2", "y3")))
    if unit.symbol in _SIGNED and high is None and _negative(text, start):
        start, low = start - 1, -low
    return Quantity(
        start=start,
        end=end,
        unit_end=stop,
        low=low,
        high=high,
        unit=unit,
        more=more,
        chinese=chinese,
        weak=bool(written) and unit.symbol in _WEAK_UNITS,
    )


def _negative(text: str, start: int) -> bool:
    """Tell whether the sign before a number is a minus: a word stands before it, no number."""
    return text[start - 1 : start] in {"-", "－", "−"} and "\u4e00" <= text[start - 2] <= "\u9fff"


def _second(text: str, match: re.Match[str]) -> re.Match[str] | None:
    """Return the upper end of a range that follows, or None."""
    stop = match.end()
    join = _CONNECT.match(text, stop)
    if join is None:
        return None
    second = _pattern().match(text, join.end())
    if second is None or not (second["u"] or match["u"] is None):
        return None
    if (match["c"] is None) != (second["c"] is None):
        return None
    if match["u"] and second["u"] and match["u"] != second["u"]:
        one, other = units.lookup(match["u"]), units.lookup(second["u"])
        if one is None or other is None or one.symbol != other.symbol:
            return None
    if join.group() in {"至", "到"} and _FROM.search(
        text[max(0, match.start() - 26) : match.start()]
    ):
        return None
    return second


def _fraction(match: re.Match[str]) -> Quantity | None:
    """百分之…, 三分之二, 翻一番, 一倍半."""
    percent = units.require("%")
    high = None
    unit, head = percent, ""
    if match["kind"]:
        value = _value(match["v"])
        if value is None:
            return None
        low = value * _HUNDRED[match["kind"]]
    elif match["d"]:
        below, above = _value(match["d"]), _value(match["t"])
        if not below or above is None:
            return None
        low = (above * 100 / below).quantize(Decimal("0.000001")).normalize()
    elif match["f"]:
        low = Decimal(2) ** {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}[match["f"]]
        unit, head = units.require("倍"), "翻番"
    else:
        low, unit = Decimal("1.5"), units.require("倍")
    return Quantity(
        start=match.start(),
        end=match.end(),
        unit_end=match.end(),
        low=low,
        high=high,
        unit=unit,
        more=False,
        chinese=True,
        weak=False,
        head=head,
    )


def _listed(
    text: str, match: re.Match[str], pending: list[tuple[re.Match[str], int]]
) -> list[tuple[re.Match[str], int]]:
    """Keep a number without unit that may share the unit of a later one."""
    if match["n"] is None or match["c"] is not None:
        return []
    if _LIST.match(text, match.end()) is None:
        return []
    before = text[max(0, match.start() - 3) : match.start()]
    if before and _BEFORE_NAME.search(before):
        return []
    if pending and _LIST.fullmatch(text[pending[-1][1] : match.start()]):
        return [*pending, (match, match.end())]
    return [(match, match.end())]


def _shared(
    pending: list[tuple[re.Match[str], int]], last: Quantity, match: re.Match[str]
) -> Iterator[Quantity]:
    """Give the numbers of a list the unit, and where they have none the multiplier, of the last."""
    word = match["m"] or match["m2"] or ""
    for each, _ in pending:
        own = each["m2"] or word
        value = _value(each["n"])
        if value is None:
            continue
        yield Quantity(
            start=each.start("n"),
            end=each.end(),
            unit_end=each.end(),
            low=value * (units.MULTIPLIERS[own] if own else 1) * last.unit.multiplier,
            high=None,
            unit=last.unit,
            more=bool(each["y1"] or each["y3"]),
            chinese=False,
            weak=last.weak,
        )
