"""Names of responsible offices in one bracket: 责任单位：…, 牵头单位：…；配合单位：…, …牵头，…配合.

The offices are read as they are named, the 各… groups kept whole; the level that only the first of
a list names (市科技局、工信局) is given to each in ``full``.  A rule stated once, that certain bodies
answer for every task and are not repeated, is read as such and not as an office.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from sys import intern

from indicators import reference
from indicators.documents.plan_period import period_of_words

__all__ = ["LABELS", "Offices", "read_offices", "split_names"]

_OFFICE = (
    r"(?:责任|牵头|主责|主办|承办|落实|实施|负责|配合|参与|协办|协同|参加)(?:责任)?"
    r"(?:单位|部门|主体|处室|机构)(?:及分工)?"
)
_TIME = r"(?:(?:计划|预计)?(?:完成|办理|办结|推进|整改)?(?:时限|期限|时间(?:节点)?))"
_LEADER = r"(?:(?:责任|牵头|分管|包联|联系|[省市区县旗]级)?(?:领导|责任人|负责人))"
LABELS = rf"(?:{_OFFICE}|{_TIME}|{_LEADER})"
"""What introduces offices, a deadline or a leader."""
_PART = re.compile(rf"(?:(?P<office>{_OFFICE})|(?P<time>{_TIME})|(?P<leader>{_LEADER}))\s*[:：]")
_FREE = re.compile(
    r"(?:按(?:照)?职责(?:分工)?|分别|共同|具体|等)?(?:负责|牵头|参与|配合|组织实施|落实)"
    r"(?:[，,；;](?:按(?:照)?职责分工)?(?:负责|配合|落实))?\s*\Z"
)
_NOT_REPEATED = r"(?:以下)?(?:均?不再|不)(?:单独|一一|逐一|重复|逐项)?(?:列出|列示|列入|列明|列)"
_RULE = re.compile(
    r"(?:(?:以下|下列|上述|以上)(?:各项|各|所有|全部)?(?:任务|工作|措施|内容|事项)?|(?:各项|各|所有|全部)任务)"
    r"均?(?:需|须|应|要)?(?:均)?(?:涉及|由|包括|需|须)?"
    rf"(?P<names>[^。；;]{{2,80}}?)(?:贯彻|组织|共同|配合)?(?:落实|负责|参与|配合|实施)?[，,]?{_NOT_REPEATED}"
    r"|(?P<bodies>各[^。；;]{2,80}?)(?:均?为|作为)(?:以下|下列)?(?:各项|各|所有|全部)(?:任务|工作)的?(?:共同)?责任(?:单位|主体)[，,]?"
    rf"{_NOT_REPEATED}"
)
_LEADS = ("牵头", "主责", "主办")
_SUPPORTS = ("配合", "参与", "协办", "协同", "参加")
_EDGES = "；;，,。 　\n\r\t（()）【】[]"
_SPLIT = re.compile(r"([、，,；;。])")
_TAILS = ("等", "单位", "部门", "职责", "分工", "分别", "共同", "具体")
_TAIL = re.compile(r"(?:等(?:有关|相关)?(?:单位|部门)?|按(?:照)?职责(?:分工)?|分别|共同|具体)+\Z")
_GENERIC = re.compile(
    r"(?:(?:盟|省|市|州|县|区|旗|乡|镇|街道|苏木|园区|开发区|功能区)[、（(）)]?)+"
    r"(?:人民政府|政府|行政公署|办事处|管委会|党工委|党委)?\Z"
)
_LEVELS = ("自治区", "省", "市", "区", "县", "旗", "州", "盟", "兵团")
_LEVEL = re.compile(rf"({'|'.join(_LEVELS)})(?!场|域|长|委\Z|委会|政府\Z)(?=.{{2,}})")
_OWN = re.compile(
    rf"(?:(?:{'|'.join(_LEVELS)})(?!场|域)|各|国家|中国|全国|中央|人民银行|公安(?![局厅部委]))"
)


@dataclass(frozen=True, slots=True)
class Offices:
    """What one bracket names."""

    named: tuple[str, ...]
    full: tuple[str, ...]
    lead: tuple[str, ...]
    supporting: tuple[str, ...]
    everywhere: tuple[str, ...]
    until: date | None = None
    """Day that 完成时限 states."""
    leader: str = ""
    """Whom 责任领导 names."""


def split_names(words: str) -> list[str]:
    """Return the names of a list in order, 各… groups kept whole and brackets inside names kept."""
    return [name for name, _ in _items(words)]


def _items(words: str) -> list[tuple[str, bool]]:
    """Return the names of a list, each with whether it begins a run after a comma."""
    parts = _SPLIT.split(words)
    if "（" in words or "(" in words:
        parts = _whole(parts)
    items: list[tuple[str, bool]] = []
    grouped, begins = False, True
    for place in range(0, len(parts), 2):
        name = parts[place].strip(" 　")
        if name.endswith(_TAILS):
            name = _TAIL.sub("", name).strip()
        if name and grouped and _GENERIC.match(name):
            items[-1] = (f"{items[-1][0]}、{name}", items[-1][1])
        elif name:
            # The same offices come again and again in a text.
            items.append((intern(name), begins))
            grouped = name[0] == "各"
            begins = False
        if parts[place + 1 : place + 2] != ["、"]:
            grouped, begins = False, True
    return items


def _whole(parts: list[str]) -> list[str]:
    """Put together again what was split inside the brackets of a name."""
    result: list[str] = []
    held = ""
    for part in parts:
        held += part
        if held.count("（") + held.count("(") <= held.count("）") + held.count(")"):
            result.append(held)
            held = ""
    return [*result, held] if held else result


@cache
def _fields() -> tuple[str, ...]:
    """Return how names of government offices begin, from ``words/offices.txt``."""
    lines = reference.path("words/offices.txt").read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


def _full(items: list[tuple[str, bool]]) -> list[str]:
    """Return the names with the level of the first of their run, which ends at a comma."""
    names: list[str] = []
    level = ""
    for name, begins in items:
        if own := _LEVEL.match(name):
            level = own.group(1)
        elif begins:
            level = ""
        elif level and not _OWN.match(name) and name.startswith(_fields()):
            names.append(intern(level + name))
            continue
        names.append(name)
    return names


def read_offices(words: str) -> Offices | None:
    """Read what stands in a bracket, its own marks left out; none where it says nothing."""
    everywhere: tuple[str, ...] = ()
    if "列" in words and (rule := _RULE.search(words)):
        bodies = rule["names"] or rule["bodies"]
        everywhere = tuple(split_names(re.sub(r"\A(?:均|由|需)", "", bodies)))
        words = words[: rule.start()].rstrip("。；;，,（( ") + words[rule.end() :].lstrip("）)")
    labels = list(_PART.finditer(words))
    lead: list[str] = []
    supporting: list[str] = []
    named: list[str] = []
    full: list[str] = []
    until: date | None = None
    leader = ""
    if labels:
        for label, after in zip(labels, [*labels[1:], None], strict=True):
            stretch = words[label.end() : after.start() if after else len(words)].strip(_EDGES)
            if label["time"]:
                until = period_of_words(stretch, None)[1]
                continue
            if label["leader"]:
                leader = stretch
                continue
            items = _items(stretch)
            names = _full(items)
            named += [name for name, _ in items]
            full += names
            if label["office"].startswith(_LEADS):
                lead += names
            elif label["office"].startswith(_SUPPORTS):
                supporting += names
    else:
        for clause in re.split(
            r"[；;，,](?=[^；;，,]*(?:牵头|配合|参与|负责))|(?<=牵头)[，,；;]", words
        ):
            stretch = _TAIL.sub("", _FREE.sub("", clause)).strip(_EDGES)
            items = _items(stretch)
            names = _full(items)
            named += [name for name, _ in items]
            full += names
            if "牵头" in clause[len(stretch) :]:
                lead += names
            elif lead:
                supporting += names
    if not (named or until or leader):
        return None
    # 牵头 alone tells lead from support only when somebody else is named.
    return Offices(
        tuple(named),
        tuple(named) if full == named else tuple(full),
        tuple(lead) if supporting or labels else (),
        tuple(supporting),
        everywhere,
        until,
        leader,
    )
