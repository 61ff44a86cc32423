"""What a person may correct of a statement, and how corrections are written and laid over it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from indicators import units
from indicators.errors import IndicatorsError, UsageError
from indicators.model import Accumulation, Bound, Commitment, DateSource, Kind, ReviewDecision
from indicators.register import amount
from indicators.register.bulk import copied

__all__ = [
    "ACCUMULATIONS",
    "BOUNDS",
    "CORRECTABLE",
    "DATE_SOURCES",
    "KINDS",
    "corrected",
    "read",
    "write",
]

BOUNDS: Mapping[str, Bound] = {
    "不低于": "at_least",
    "不高于": "at_most",
    "约": "about",
    "区间": "between",
    "等于": "equal",
}
KINDS: Mapping[str, Kind] = {"目标": "target", "实际": "actual", "基期": "baseline"}
ACCUMULATIONS: Mapping[str, Accumulation] = {
    "": "",
    "期末存量": "level",
    "年初以来累计": "year_to_date",
    "自规划起累计": "since_start",
    "本期新增": "period",
}
DATE_SOURCES: Mapping[str, DateSource] = {
    "原文写明": "stated",
    "章节": "section",
    "规划期": "plan_period",
    "文件日期": "document",
    "": "",
}
"""Words of the workbooks for the values of the ledger."""

CORRECTABLE = (
    "name",
    "place",
    "magnitude",
    "magnitude_high",
    "unit",
    "bound",
    "kind",
    "date",
    "accumulation",
)
"""Fields of a statement that a person may correct."""
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "bound": get_args(Bound),
    "kind": get_args(Kind),
    "accumulation": get_args(Accumulation),
}


def write(name: str, value: object) -> str:
    """Return a correction as the ledger keeps it: ``magnitude=30``."""
    if isinstance(value, Decimal):
        value = format(value, "f")
    return f"{name}={'' if value is None else value}"


def read(name: str, written: str) -> Any:
    """Return the value of a corrected field.

    Raises:
        UsageError: the field cannot be corrected, or the value does not fit it.
    """
    if name not in CORRECTABLE:
        raise UsageError(f"“{name}”不能更正", action=f"可更正：{'、'.join(CORRECTABLE)}")
    if name in ("magnitude", "magnitude_high"):
        if not written and name == "magnitude_high":
            return None
        try:
            return Decimal(written)
        except InvalidOperation:
            raise UsageError(f"“{written}”不是数值", action="请填写数字") from None
    if name == "date":
        if not written:
            return None
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise UsageError(f"“{written}”不是日期", action="应写作 2027-12-31") from None
    if name in _CHOICES and written not in _CHOICES[name]:
        raise UsageError(f"“{written}”不是“{name}”的取值", action=f"可用：{_CHOICES[name]}")
    if name in ("name", "unit") and not written and name == "name":
        raise UsageError("指标名称不能为空", action="请填写名称")
    return written


def corrected(raw: Commitment, decision: ReviewDecision) -> Commitment:
    """Return a statement with a decision laid over it.

    The base magnitude follows a corrected value or unit; a corrected date counts as stated.

    Raises:
        UsageError: a correction does not fit its field, or the unit is unknown.
    """
    changes: dict[str, Any] = {}
    for each in decision.corrections:
        name, _, written = each.partition("=")
        changes[name] = read(name, written)
    if "date" in changes:
        changes["date_source"] = "stated" if changes["date"] else ""
    made = raw
    if changes or raw.review != decision.decision:
        made = copied(raw, **changes, review=decision.decision)
    if {"magnitude", "unit"} & changes.keys():
        try:
            base, dimension = units.base(made.magnitude, made.unit)
        except IndicatorsError as error:
            raise UsageError(error.message, action=error.action) from None
        if abs(base) >= amount.LARGEST:
            raise UsageError("数值过大", place="magnitude", action="请核对数值和计量单位")
        unit = units.lookup(made.unit)
        made = dataclasses.replace(
            made,
            base_magnitude=base,
            dimension=dimension,
            unit=unit.symbol if unit else made.unit,
            magnitude=made.magnitude * (unit.multiplier if unit else 1),
            magnitude_high=made.magnitude_high
            and made.magnitude_high * (unit.multiplier if unit else 1),
        )
    if made.bound == "between" and made.magnitude_high is None:
        raise UsageError("界限为“区间”却没有上限", place="magnitude_high", action="请填写上限")
    if made.magnitude_high is not None and made.magnitude_high < made.magnitude:
        raise UsageError("上限低于下限", place="magnitude_high", action="请填写不低于数值的上限")
    return made
