"""The words of a reason: why a verdict is grey, or what must be known of a coloured one."""

from __future__ import annotations

from collections.abc import Mapping

from indicators.assessment.verdict import Why

__all__ = ["why"]

_WORDS: Mapping[str, tuple[str, str]] = {
    "not_started": ("观察期末不晚于起算日，尚未起算", "the period ends before the course starts"),
    "no_value": ("还没有实际值，也未到报送截止日", "no value yet, and none is due"),
    "quarter_missing": ("已过报送截止日，本期未报送", "past the due day without a value"),
    "deadline_passed": (
        "期限已过，没有期限当日或之后的实际值",
        "past the deadline without a final value",
    ),
    "annual_only": ("按年度统计，年内不研判", "an annual statistic, not judged within the year"),
    "milestone_open": ("节点未完成，期限未到", "the milestone is open and not yet due"),
    "no_baseline": ("没有基期值，请在设置中补充", "no baseline; please set one"),
    "gap": ("各期实际值不连续，不能累计", "values do not join up, so they cannot be summed"),
    "basis": ("实际值的累计口径与目标不一致", "the value counts in another accumulation"),
    "zero": ("目标值或应达值为零，不能求比", "the target is zero, so there is no ratio"),
    "line": (
        "数值跨零或为零，不能用复合增长，改用直线",
        "compound growth across zero: a line was used",
    ),
    "no_profile": ("没有完整的往年分季数据，改用直线", "no complete earlier year: a line was used"),
    "one_point": ("数据点不足两年", "fewer than two years of data"),
    "signs": ("基期值与现值异号，不能求增长率", "base and value differ in sign: no growth rate"),
    "type": ("目标的类型、界限或口径不相容", "type, bound and accumulation do not fit together"),
    "caliber": (
        "口径自{}起改变，前后数值不比较，请补充该日起的基期值或调整目标",
        "another caliber since {}: set a baseline of that day or later, or revise the target",
    ),
    "no_deadline": ("目标没有期限", "the target has no deadline"),
}


def why(code: str, detail: str = "") -> Why | None:
    """Return the reason of a code with its words; None for the empty code."""
    if not code:
        return None
    zh, en = _WORDS[code]
    if "{}" in zh:
        return Why(code, zh.format(detail), en.format(detail))
    return Why(code, f"{zh}：{detail}" if detail else zh, f"{en}: {detail}" if detail else en)
