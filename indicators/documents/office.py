"""Responsible offices: （责任单位：…）, （牵头单位：…；配合单位：…）, （…牵头，…配合）, and whose task.

The offices are read as they are named, the 各… groups kept whole; the level that only the first of
a list names (市科技局、工信局) is given to each in ``full``.  A rule stated once, that certain bodies
answer for every task and are not repeated, is read as such and not as an office.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indicators.documents.model import Brackets, Section
from indicators.documents.sentence import join

__all__ = ["Offices", "find_brackets", "split_names"]

_LABEL = (
    r"(?:责任|牵头|主责|主办|承办|落实|实施|负责|配合|参与|协办|协同|参加)(?:责任)?"
    r"(?:单位|部门|主体|处室|机构)(?:及分工)?"
)
_OPEN = re.compile(rf"[（(【\[]\s*(?:{_LABEL})\s*[:：]")
_LINE = re.compile(rf"(?:{_LABEL})\s*[:：]")
_FREE = re.compile(
    r"(?:按(?:照)?职责(?:分工)?|分别|共同|具体|等)?(?:负责|牵头|参与|配合|组织实施|落实)"
    r"(?:[，,；;](?:按(?:照)?职责分工)?(?:负责|配合|落实))?\s*\Z"
)
_BRACKET = re.compile(r"[（(【\[）)】\]]")
_BODY = re.compile(
    r"(?:[局委办厅部院会署处所站社团司校馆]|政府|中心|集团|公司|分局|分行|园区?|开发区|新区|镇街|街道|单位|部门)(?:等|）)?(?:[、，,；;牵按负共分]|$)"
)
_LONGEST = 1500
"""A bracket is not longer, in characters."""

_RULE = re.compile(
    r"(?:以下|下列|上述|以上)?(?:各项|各|所有|全部)?任务均?(?:需|须|应|要)?(?:均)?(?:涉及|由|包括|需|须)?"
    r"(?P<names>[^。；;]{2,80}?)(?:落实|负责|参与|配合)?[，,]?(?:不再|不)(?:单独|一一|逐一|重复)?(?:列出|列示|列入|列)"
)
_PART = re.compile(rf"({_LABEL})\s*[:：]")
_LEADS = ("牵头", "主责", "主办")
_SUPPORTS = ("配合", "参与", "协办", "协同", "参加")
_SEPARATOR = re.compile(r"[、，,；;\s]+")
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


def split_names(words: str) -> list[str]:
    """Return the names of a list in order, 各… groups kept whole and brackets inside names kept."""
    names: list[str] = []
    depth, here = 0, 0
    parts: list[str] = []
    for place, char in enumerate(words):
        if char in "（(":
            depth += 1
        elif char in "）)":
            depth = max(0, depth - 1)
        elif not depth and char in "、，,；;。":
            parts.append(words[here:place] + ("\0" if char != "、" else ""))
            here = place + 1
    parts.append(words[here:])
    grouped = False
    for part in parts:
        ends = part.endswith("\0")
        name = _TAIL.sub("", part.strip("\0 　")).strip()
        if not name:
            continue
        if grouped and _GENERIC.match(name):
            names[-1] += "、" + name
        else:
            names.append(name)
            grouped = name.startswith("各")
        if ends:
            grouped = False
    return names


def _full(words: str) -> list[str]:
    """Return the names with the level of the first of their list, which ends at a comma."""
    names: list[str] = []
    for run in re.split(r"[，,；;。]", words):
        level = ""
        for name in split_names(run):
            if own := _LEVEL.match(name):
                level = own.group(1)
            elif level and not _OWN.match(name) and _level_suits(name):
                name = level + name  # noqa: PLW2901 - the name as it is known from here on
            names.append(name)
    return names


_COMMON = re.compile(
    r"(?:科技|科学技术|工信|工业和信息化|工业|发改|发展改革|发展和改革|教育|卫健|卫生健康|生态环境|文旅|文化|农牧|农业|市场监管|商务"
    r"|交通|司法|财政|公安|民政|林草|林业|水务|水利|城管|城市管理|住建|住房|人社|人力资源|医保|医疗保障|应急|体育|自然资源|统计"
    r"|审计|税务|气象|地震|政务|行政审批|数据|大数据|网信|宣传|组织部|金融|国资|能源|投资|招商|社科|社会科学|发展研究|融媒体"
    r"|公共资源|退役军人|信访|乡村振兴|民族|民委|外事|外办|广电|新闻|园林|粮食|邮政|通信|残联|妇联|团委|总工会|工商联|科协|档案"
    r"|机关事务|营商|规划|网格|检察院|法院|委|政府|人大|政协|供销|消防|烟草|医疗|药品|知识产权|军民融合|港航|海洋|渔业|畜牧)"
)


def _level_suits(name: str) -> bool:
    """Tell whether a name is that of an office of a government, which its level may precede."""
    return _COMMON.match(name) is not None


def read_offices(words: str) -> Offices | None:
    """Read what stands in a bracket, its own marks left out; none where no office is named."""
    everywhere: tuple[str, ...] = ()
    if rule := _RULE.search(words):
        everywhere = tuple(split_names(re.sub(r"\A(?:均|由|需)", "", rule["names"])))
        words = words[: rule.start()].rstrip("。；;，, ") + words[rule.end() :]
    labels = list(_PART.finditer(words))
    lead: list[str] = []
    supporting: list[str] = []
    named: list[str] = []
    full: list[str] = []
    if labels:
        for label, after in zip(labels, [*labels[1:], None], strict=True):
            stretch = words[label.end() : after.start() if after else len(words)].strip("；;，,。 ")
            names = _full(stretch)
            named += split_names(stretch)
            full += names
            if label.group(1).startswith(_LEADS):
                lead += names
            elif label.group(1).startswith(_SUPPORTS):
                supporting += names
    else:
        for clause in re.split(
            r"[；;，,](?=[^；;，,]*(?:牵头|配合|参与|负责))|(?<=牵头)[，,；;]", words
        ):
            stretch = _TAIL.sub("", _FREE.sub("", clause)).strip("；;，,。 ")
            names = _full(stretch)
            named += split_names(stretch)
            full += names
            if "牵头" in clause[len(stretch) :]:
                lead += names
            elif lead:
                supporting += names
    if not named:
        return None
    # 牵头 alone tells lead from support only when somebody else is named.
    return Offices(
        tuple(named),
        tuple(full),
        tuple(lead) if supporting or labels else (),
        tuple(supporting),
        everywhere,
    )


def _closing(text: str, start: int) -> int:
    """Return one past the bracket that closes the one at ``start``, 0 where none does in reach."""
    depth = 0
    for match in _BRACKET.finditer(text, start, min(len(text), start + _LONGEST)):
        depth += 1 if match.group() in "（(【[" else -1
        if depth == 0:
            return match.end()
    return 0


def find_brackets(
    text: str,
    paragraphs: Sequence[tuple[int, int]],
    breaks: Sequence[tuple[int, int]],
    sections: Sequence[Section],
) -> tuple[list[Brackets], tuple[str, ...], int]:
    """Find the brackets of offices, the task that each closes, and the general rule.

    Returns:
        The brackets in order; the offices of the rule that holds for every task; where the task
        that states the rule begins.
    """
    breaks_at = [start for start, _ in breaks]
    found: list[tuple[int, int, Offices]] = []
    done = 0
    for start, end in _candidates(text, paragraphs):
        if start < done:
            continue
        inside = join(text, start, end, breaks, breaks_at)[0]
        offices = read_offices(inside.strip("（()）【】[] 　"))
        if offices is not None:
            found.append((start, end, offices))
            done = end
    result: list[Brackets] = []
    everywhere: tuple[str, ...] = ()
    everywhere_from = 0
    section_starts = [section.start for section in sections]
    paragraph_starts = [start for start, _ in paragraphs]
    bracket_starts = [start for start, _, _ in found]
    for start, end, offices in found:
        begin = _task_start(
            text, start, sections, section_starts, paragraph_starts, result, bracket_starts
        )
        result.append(
            Brackets(
                start=start,
                end=end,
                task_start=begin,
                task_end=begin + len(text[begin:start].rstrip()),
                offices=offices.named,
                full=offices.full,
                lead=offices.lead,
                supporting=offices.supporting,
            )
        )
        if offices.everywhere and not everywhere:
            everywhere, everywhere_from = offices.everywhere, begin
    return result, everywhere, everywhere_from


def _candidates(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    spans = [
        (match.start(), end)
        for match in _OPEN.finditer(text)
        if (end := _closing(text, match.start()))
    ]
    for start, end in paragraphs:
        if (
            text[start] in "责牵主承落实负配参协"
            and end - start < _LONGEST
            and _LINE.match(text, start)
        ):
            spans.append((start, end))
        elif (
            text[end - 1] in "）)。"
            and (close := end - (text[end - 1] == "。"))
            and text[close - 1 : close] in ("）", ")")
            and (free := _free_bracket(text, start, close))
        ):
            spans.append((free, close))
    return sorted(spans)


def _free_bracket(text: str, start: int, end: int) -> int:
    """Return where the bracket that ends a paragraph begins if it says （…负责）, else 0."""
    tail = text[max(start, end - 12) : end - 1]
    if not tail.rstrip().endswith(("负责", "牵头", "配合", "落实", "参与", "组织实施")):
        return 0
    depth = 0
    for place in range(end - 1, max(start, end - 600) - 1, -1):
        if text[place] in "）)":
            depth += 1
        elif text[place] in "（(":
            depth -= 1
            if depth == 0:
                return place if _BODY.search(text[place + 1 : end - 1]) else 0
    return 0


def _task_start(
    text: str,
    start: int,
    sections: Sequence[Section],
    section_starts: Sequence[int],
    paragraph_starts: Sequence[int],
    before: Sequence[Brackets],
    bracket_starts: Sequence[int],
) -> int:
    """Return where the task begins that a bracket at ``start`` closes.

    It is the section around it; after an earlier bracket of the same section, what follows that.
    Where the bracket stands in the last of several parts of which none before has one, it closes
    them all.
    """
    number = bisect_right(section_starts, start) - 1
    since = before[-1].end if before else 0
    if number < 0:
        paragraph = paragraph_starts[max(0, bisect_right(paragraph_starts, start) - 1)]
        begin = max(since, paragraph)
    else:
        section = sections[number]
        begin = section.start
        if begin < since:
            begin = since
        else:
            first = number
            while first > 0 and sections[first - 1].level >= section.level:
                first -= 1
            siblings = number - first
            own_line = start in _as_set(paragraph_starts, start)
            if siblings and first > 0 and own_line and section.level > 2:
                parent = sections[first - 1]
                none = bisect_left(bracket_starts, parent.start) == bisect_left(
                    bracket_starts, start
                )
                if none and parent.start >= since and parent.level < section.level:
                    begin = parent.start
    while begin < start and (text[begin].isspace() or text[begin] in "。；;"):
        begin += 1
    return begin


def _as_set(starts: Sequence[int], place: int) -> tuple[int, ...]:
    found = bisect_left(starts, place)
    return (starts[found],) if found < len(starts) else ()


def shifted(bracket: Brackets, by: int) -> Brackets:
    """Return the bracket with all its offsets moved."""
    return replace(
        bracket,
        start=bracket.start + by,
        end=bracket.end + by,
        task_start=bracket.task_start + by,
        task_end=bracket.task_end + by,
    )
