"""What reports of progress set side by side: what was planned, what was done, how much of a plan that is.

A planned amount stays a target when its year is over (当年计划投资63亿元…完成投资77亿元); a share of a plan
or goal (占年度计划的85%) tells what was done.
"""

from __future__ import annotations

import re
from datetime import date

from indicators.extraction.sentences import Sentence
from indicators.extraction.times import Time
from indicators.model import Kind

__all__ = ["day", "label", "meant", "of_goal", "told"]

_PLANNED = re.compile(
    r"(?<![占完成按比较超的照])(?P<year>年度|当年|本年度?|全年|今年|年初)?计划(?P<what>(?:完成|安排)?(?:固定资产|总)?投资|新?开工|竣工|投产|(?:完成|实施|新建|改造)[^，。；、\d]{0,8})(?:项目|任务)?(?:总额|额)?(?:约|近|超过?|达|为)?$"
)
"""A planned amount directly before its number (年度计划投资565.6亿元)."""
_SUM = re.compile(r"总投资")
"""The size of a project, which no year plans."""
_INVESTED = re.compile(r"投资")
_SHARE = re.compile(
    r"(?:完成|占|为|达到?)(?:了)?(?P<of>[^，。；、\d]{0,10}?(?:计划|目标|任务|预算|工程量|工作量|进度)[^，。；、\d]{0,4}?)的?(?:比例|比重|百分比)?(?:约|近|达到?|为)?$"
)
"""How much of a plan was done (占年度投资计划的85.2%)."""
_MEANT = re.compile(
    r"(?<![占完成按比较超的照])(?:计划|拟)(?=新|改|建|培|引|实施|解决|除险|开|完成|安排|投放|打造|修|治理|种|招)"
)
_SET = re.compile(r"(?:目标|计划|任务)(?:值|数)?[（(]$")
"""The value of a goal in brackets (规划目标（600家）)."""
_OF_GOAL = re.compile(
    r"((?:完成|占|为|是|达到?)(?:预计完成|(?:(?:全年|年度|当年|全市|省定|预期|计划|规划|目标|调整|总|年)?(?:目标)?(?:任务|计划|目标|预算))(?:的|$)|(?:总|年度)?(?:投资|工程量|工作量)))的?$"
)
_GOAL = re.compile(r"计划|目标|任务|预算|工程量|工作量|进度")
_ASSIGNED = re.compile(r"(?:承担|承接|下达|分解|分配)[^，。；\d]{0,24}任务(?:为|约|共|达)?$")
_TASK = re.compile(r"的?[^，。；、\d完]{0,8}任务[，,](?:目前|现|已|仅|只)")
"""A number of what was to be done, before how much of it was (22.7万亩夏播任务，目前仅完成1.5万亩)."""
_DONE = re.compile(r"完成|超额|已|达到了|实现了")
_AHEAD = re.compile(r"确保|力争|争取|要(?![求素])|将(?![近军])|目标[是为]|不低于")


def of_goal(words: str) -> str:
    """Return of which goal a share is told at the end of the words before it (完成全年目标任务的88%)."""
    match = _OF_GOAL.search(words)
    return match.group(1).removesuffix("的") if match else ""


def _left(sentence: Sentence, index: int) -> str:
    """Return the words of the clause before a quantity, behind the quantity before it."""
    quantity = sentence.quantities[index]
    start, _ = sentence.clause(quantity.start)
    if index:
        start = max(start, sentence.tails[index - 1])
    return sentence.text[start : quantity.start]


def _planned(sentence: Sentence, index: int) -> re.Match[str] | None:
    """Return the words by which a quantity is a planned amount, None where it is none."""
    if "计划" not in sentence.text:
        return None
    match = _PLANNED.search(_left(sentence, index))
    return None if match and _SUM.search(match["what"]) else match


def label(sentence: Sentence, index: int) -> str:
    """Return the name of a planned sum of a year (计划投资), empty for other quantities."""
    match = _planned(sentence, index)
    if match is None or match["year"] is None or _INVESTED.search(match["what"]) is None:
        return ""
    return "计划" + match["what"]


def told(sentence: Sentence, index: int) -> Kind | None:
    """Return the kind of a planned amount, of a task that was given, of a share of a plan that was done."""
    text = sentence.text
    plan, task = "计划" in text, "任务" in text
    if not (plan or task or "目标" in text or "预算" in text or "量" in text or "进度" in text):
        return None
    share = sentence.quantities[index].unit.symbol == "%" and _GOAL.search(text) is not None
    if plan and _planned(sentence, index):
        return "target"
    left = _left(sentence, index)
    if _SET.search(left) is not None:
        return "target"
    if task and _DONE.search(left) is None:
        tail = sentence.tails[index]
        if _ASSIGNED.search(left) is not None or _TASK.match(text, tail) is not None:
            return "target"
    done = share and _SHARE.search(left) is not None and _AHEAD.search(left) is None
    return "actual" if done else None


def meant(sentence: Sentence, index: int) -> bool:
    """Tell whether the clause of a quantity says what was meant to be done (2025年计划改造40处)."""
    start, _ = sentence.clause(sentence.quantities[index].start)
    return _MEANT.search(sentence.text, start, sentence.quantities[index].start) is not None


def day(sentence: Sentence, index: int, time: Time | None, year: int | None) -> date | None:
    """Return the last day for which an amount was planned.

    Args:
        sentence: its sentence.
        index: its place.
        time: the time that governs it.
        year: the year that the text speaks of.
    """
    match = _planned(sentence, index)
    if match is None:
        return time.day if time is not None and meant(sentence, index) else None
    if match["year"]:
        whole = time.day.year if time is not None and not time.relative else year
        return date(whole, 12, 31) if whole else None
    return time.day if time is not None else None
