"""The words by which a workbook is read, from ``data/reference/workbook.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from indicators import reference, units
from indicators.errors import ConfigurationError
from indicators.submissions.values import normal

__all__ = [
    "bare",
    "header_words",
    "is_day",
    "is_form_label",
    "is_identifier",
    "is_metadata",
    "is_metadata_sheet",
    "is_note",
    "is_period",
    "is_rate",
    "is_total",
    "is_unit",
    "is_unit_column",
    "meaning_of",
    "shown_unit",
    "unit_of_heading",
    "unit_of_line",
    "unit_of_note",
]

_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]+")
_BRACKETS = re.compile(r"[（(\[【]([^（()）\[\]【】]{1,24})[)）\]】]")
_UNIT_LINE = re.compile(
    r"(?:(?<!填报)(?<!责任)(?<!报送)(?<!编制)(?<!主管)(?<!牵头)(?:计量|数据|金额|货币)?单\s*位|[Uu]nits?(?: of [Mm]easure)?)\s*[:：]\s*"
    r"([^\s:：，,;；)）】\]]+(?:[ 、/][^\s:：)）】\]]+)*)"
)
_TRAILING = re.compile(
    r"([^\s/]{2,}.*?)(?:\s+|/)((?:[十百千万亿]{0,2})(?:元|美元|吨|人|户|家|台|公里|平方米|平方公里|公顷|亩|千瓦时|千瓦|标准煤|辆|套|件|个))"
)
_LONGEST = 200
"""Characters beyond which nothing is read as a heading or a line about units."""
_SUMS = ("合计", "总计", "小计")
_ORDINAL = re.compile(r"^[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]\s*")
_LONGEST_SUM = 12
"""Characters of the label of a row that adds up; what is longer is a name of its own."""
_LABEL = re.compile(r"[^:：]{1,14}[:：]|[A-Z][A-Za-z ]{1,28}:")
_CIRCLED = re.compile(r"\s*[\u2460-\u2473\u2605\u25b2\u203b]")
_PIVOT = re.compile(r"(?:求和|计数|平均值|最大值|最小值|乘积)项[:：]|其\s*中[:：]")
_PERIOD = re.compile(
    r"年份$|月份$|排名$|位次$|名次$|year$|month$|rank$|period$"
    # 年度 heads years; 上年度 and 一季度 head what was then.
    r"|(?<![一二三四上本去今全前当两下每比同近])(?:年度|季度|年)$"
)
_UNIT_NOTE = re.compile(
    r"\s*(?:(?:备?注|说明|附注)\s*[:：])?\s*(?:\d\s*[.、．])?\s*(?:本表|表中|表内|以上)?(?:计量|数据|金额)?单位"
    r"(?:均?为|[:：])\s*([^\s。.;；，,]{1,12})\s*[。.;；]?\s*"
)
_SCALE = r"(?:thousand|million|billion|trillion|mn|bn)s?"
_ENGLISH = re.compile(
    rf"(?:in )?(?:(?:{_SCALE} (?:of )?)?(?:(?:current|constant|nominal|real|(?:19|20)\d\d) )*"
    r"(?:us\$|u\.?s\.? dollars?|dollars?|usd|eur|euros?|gbp|pounds?|cny|rmb|yuan|persons?|people|inhabitants"
    r"|tonnes?|tons?|households?|hectares?|gwh|kwh|twh|£|\$|€|¥)"
    rf"(?: ?{_SCALE})?|{_SCALE})|[£$€] ?[mk]"
)
"""Units of English tables: million US$, current US$, £ million, thousand persons."""
_WIDE = re.compile("[\uff01-\uff5e]+")
_PERCENT = frozenset(["%", "percent", "percentage", "百分比"])
_COMMA_UNITS = re.compile(r"[、，,;；]|和|及")


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists."""

    headings: frozenset[str]
    heading_endings: tuple[str, ...]
    notes: tuple[str, ...]
    totals: frozenset[str]
    unit_columns: frozenset[str]
    identifier_columns: tuple[str, ...]
    more_units: frozenset[str]
    rates: tuple[str, ...]
    form_labels: frozenset[str]
    form_label_endings: tuple[str, ...]
    metadata_sheets: tuple[str, ...]
    meanings: dict[str, str]
    """Heading → what its column means."""


@lru_cache(maxsize=65_536)
def bare(text: str) -> str:
    """Return text as words are compared: one width, no spaces, lower case."""
    return _SPACES.sub("", normal(text)).lower()


@cache
def words() -> Words:
    """Read the word lists.

    Raises:
        ConfigurationError: the file cannot be read or lacks a list.
    """
    path = reference.path("workbook.toml")
    try:
        lists = tomllib.loads(path.read_text(encoding="utf-8"))
        return Words(
            headings=frozenset(map(bare, lists["headings"])),
            heading_endings=tuple(map(bare, lists["heading_endings"])),
            notes=tuple(normal(each).lower() for each in lists["notes"]),
            totals=frozenset(map(bare, lists["totals"])),
            unit_columns=frozenset(map(bare, lists["unit_columns"])),
            identifier_columns=tuple(map(bare, lists["identifier_columns"])),
            more_units=frozenset(map(bare, lists["more_units"])),
            rates=tuple(map(bare, lists["rates"])),
            form_labels=frozenset(map(bare, lists["form_labels"])),
            form_label_endings=tuple(map(bare, lists["form_label_endings"])),
            metadata_sheets=tuple(map(bare, lists["metadata_sheets"])),
            meanings={
                bare(heading): meaning
                for meaning, headings in lists["meanings"].items()
                for heading in headings
            },
        )
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(
            f"表格用词读不出来（{error}）", place=str(path), action="请恢复这个文件"
        ) from error


@lru_cache(maxsize=16_384)
def header_words(text: str) -> bool:
    """Tell whether a text is, or ends like, a heading."""
    plain = bare(_BRACKETS.sub("", text)).strip("*:：")
    if not plain or len(plain) > 30:
        return False
    if plain in words().headings:
        return True
    return len(plain) <= 14 and plain.endswith(words().heading_endings)


@lru_cache(maxsize=16_384)
def is_note(text: str) -> bool:
    """Tell whether a text begins like a note under or above a table."""
    if _CIRCLED.match(text):
        return True
    plain = normal(text).lower()
    compact = _SPACES.sub("", plain)
    return plain.startswith(words().notes) or compact.startswith(words().notes)


@lru_cache(maxsize=16_384)
def _stripped(text: str) -> str:
    return bare(_BRACKETS.sub("", text)).strip("*:：-—.…·")


def is_total(text: str) -> bool:
    """Tell whether a label is that of a row that adds up others."""
    # Most labels are words alone, of which nothing has to be taken off; they are hardly met twice.
    plain = text.lower() if _WORD.fullmatch(text) else _stripped(text)
    if plain in words().totals:
        return True
    return plain.endswith(_SUMS) and len(_ORDINAL.sub("", plain)) <= _LONGEST_SUM


@lru_cache(maxsize=4_096)
def is_metadata(text: str) -> bool:
    """Tell whether a text is a label with a colon, such as 填报单位：区数据局."""
    plain = normal(text)
    return bool(_LABEL.match(plain)) and len(plain) <= 60 and not _PIVOT.match(plain)


@lru_cache(maxsize=16_384)
def is_form_label(text: str) -> bool:
    """Tell whether a text names what the cell beside it says: 联系人, 总投资（万元）, 填报日期：."""
    plain = bare(text)
    if not plain or len(plain) > 30 or is_total(text):
        return False
    if plain.endswith(":"):
        return True
    own = bare(_BRACKETS.sub("", text))
    return own in words().form_labels or (
        len(own) <= 14 and own.endswith(words().form_label_endings)
    )


def is_metadata_sheet(name: str) -> bool:
    """Tell whether a sheet holds parameters, codes, lists or instructions by its name."""
    plain = re.sub(r"[\d_()（）]+", "", bare(name[:_LONGEST]))
    return any(
        plain == each or (len(each) > 2 and plain.startswith(each) and not plain.isascii())
        for each in words().metadata_sheets
    )


def is_unit_column(heading: str) -> bool:
    """Tell whether a heading is that of a column with the unit of each row."""
    return bare(_BRACKETS.sub("", heading)) in words().unit_columns


def is_rate(heading: str) -> bool:
    """Tell whether a heading is that of a rate or share, which has no part in a table's unit."""
    plain = bare(heading)
    return any(word in plain for word in words().rates) and not plain.endswith(("额", "量", "数"))


def meaning_of(heading: str) -> str:
    """Return what a column of an office's own sheet means by its heading, empty if unknown."""
    return words().meanings.get(bare(_BRACKETS.sub("", heading)).strip("*:"), "")


def is_period(heading: str) -> bool:
    """Tell whether what stands under a heading is years, quarters, months or ranks."""
    plain = bare(_BRACKETS.sub("", heading))
    return not any(char.isdigit() for char in plain) and bool(_PERIOD.search(plain))


def is_day(heading: str) -> bool:
    """Tell whether days are meant under a heading: 完成时限, 开工时间, 填报日期."""
    plain = bare(_BRACKETS.sub("", heading))
    return len(plain) <= 12 and plain.endswith(("日期", "时限", "期限", "时间", "date"))


def is_identifier(heading: str) -> bool:
    """Tell whether the digits under a heading name a thing and count nothing."""
    plain = bare(heading)
    return any(
        plain == each or plain.endswith((each, f"/{each}")) for each in words().identifier_columns
    )


@lru_cache(maxsize=4_096)
def is_unit(text: str) -> bool:
    """Tell whether a text is a unit of measure, of the register or of statistics at large."""
    plain = bare(text)
    if not plain or len(plain) > 30:
        return False
    if len(plain) > 3 and "人民币" in plain:
        return is_unit(shown_unit(plain))  # 万元人民币
    if plain in words().more_units or units.lookup(normal(text)) not in (None, units.lookup("")):
        return True
    if _ENGLISH.fullmatch(" ".join(normal(text).lower().split())):
        return True
    return "/" in plain and all(part and is_unit(part) for part in plain.split("/", 1))


@lru_cache(maxsize=16_384)
def unit_of_heading(heading: str) -> tuple[str, str]:
    """Return a heading without the unit in brackets, and the unit: 产值（亿元） → 产值, 亿元."""
    if len(heading) > _LONGEST:
        return heading, ""
    brackets = [match for match in _BRACKETS.finditer(heading) if not _suffix(heading, match)]
    if len(brackets) > 1 and any(normal(match[1]) == "#" for match in brackets):
        return heading, ""  # either a number or a percentage
    found = [
        (match, inner)
        for match in brackets
        if is_unit(inner := re.sub(r"^(?:计量)?单位[:：]", "", match[1].strip()))
    ]
    if found:
        names = {bare(inner) for _, inner in found}
        match, inner = found[-1]
        if len(names) > 1:
            return heading, ""
        name = (heading[: match.start()] + heading[match.end() :]).strip()
        return name, shown_unit(inner)
    line = unit_of_line(heading)
    if line and "、" not in line:
        return heading[: _UNIT_LINE.search(heading).start()].strip(" (（\n") or heading, line  # type: ignore[union-attr]  # it matched a line above
    plain = normal(heading)
    trailing = _TRAILING.fullmatch(plain)
    if trailing and is_unit(trailing[2]) and not is_unit(plain):
        return trailing[1].strip(), shown_unit(trailing[2])
    if plain.startswith("%") or plain.endswith("%"):
        return heading, "%"
    return heading, ""


def _suffix(heading: str, bracket: re.Match[str]) -> bool:
    """Tell whether a bracket is the plural of the word before it: person(s)."""
    before = heading[bracket.start() - 1 : bracket.start()]
    return before.isascii() and before.isalpha() and bracket[1].islower() and len(bracket[1]) < 4


def shown_unit(unit: str) -> str:
    """Return a unit as it is shown: in one width, 人民币 left out, a word for % as %."""
    plain = _WIDE.sub(lambda found: normal(found[0]), unit).strip()
    if plain.startswith("人民币") or plain.endswith("人民币"):
        plain = plain.removeprefix("人民币").removesuffix("人民币").strip()
    return "%" if bare(plain) in _PERCENT else plain


def unit_of_note(text: str) -> str:
    """Return the unit that a note under a table states for all of it: 注：单位为万元."""
    found = _UNIT_NOTE.fullmatch(text[:_LONGEST])
    return shown_unit(found[1]) if found and is_unit(found[1]) else ""


@lru_cache(maxsize=4_096)
def unit_of_line(text: str) -> str:
    """Return the unit that a line states (单位：亿元), several joined by 、, else nothing."""
    found = _UNIT_LINE.search(normal(text[:_LONGEST]))
    if found is None:
        return ""
    parts = [part.strip() for part in _COMMA_UNITS.split(found[1]) if part.strip()]
    if not parts or not all(is_unit(part) for part in parts):
        return found[1].strip() if is_unit(found[1]) else ""
    return "、".join(map(shown_unit, parts))
