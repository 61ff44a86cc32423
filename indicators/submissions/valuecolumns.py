"""Which columns of an office's own sheet are the values, by their headings; never a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.model import Accumulation
from indicators.submissions.column import Column
from indicators.submissions.entry import ACCUMULATIONS
from indicators.submissions.inspecting import TableView
from indicators.submissions.stated import heading_quarter
from indicators.submissions.words import is_identifier, is_rate, meaning_of

__all__ = ["ValueColumn", "meant", "value_columns"]

_NOT_ACTUAL = (
    "目标", "计划", "任务", "上年", "上期", "去年", "同期", "预计", "序时", "增速", "同比", "环比", "增长",
    "基期", "排名", "位次", "比重", "占比", "预算", "期限", "时限", "target", "plan", "last", "previous",
)  # fmt: skip
_QUARTER = re.compile(r"第?[一二三四1-4]季度(?:完成|实际|发生)?")


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of values: how they add up and of which quarter, where its heading says so."""

    column: Column
    basis: Accumulation = ""
    quarter: str = ""


def meant(column: Column) -> str:
    return meaning_of(column.name.rpartition(" / ")[2]) or meaning_of(column.name)


def _basis(column: Column) -> str:
    """Return how values of a column add up by any level of its heading, the lowest first."""
    for level in reversed(column.name.split(" / ")):
        found = meaning_of(level)
        if found in (*ACCUMULATIONS, "cumulative"):
            return found
    return ""


def _quarterly(column: Column) -> bool:
    """Tell whether a heading names the quarter alone: beside 累计 it is what the quarter brought."""
    return any(_QUARTER.fullmatch(level) for level in column.name.split(" / "))


def _actual(column: Column) -> bool:
    words = column.heading.lower()
    return not any(word in words for word in _NOT_ACTUAL) and not is_rate(
        column.heading.rpartition(" / ")[2]
    )


def value_columns(table: TableView, name: Column) -> tuple[list[ValueColumn], list[Column]]:
    """Return the columns of values, or those among which it cannot be told."""
    others = [
        each
        for each in table.columns
        if each is not name
        and not each.unit_column
        and each.filled
        and not is_identifier(each.name.rpartition(" / ")[2])
    ]
    by_quarter = [
        ValueColumn(each, basis, quarter)
        for each in others
        if each.numeric and _actual(each) and (quarter := heading_quarter(each))
        for basis in _bases(_basis(each)) or ("",)
    ]
    if by_quarter:
        return _one_each(by_quarter)
    based = {each.number: _basis(each) for each in others if _actual(each)}
    if any(based.values()):
        beside = {
            each.number: "period"
            for each in others
            if each.number in based and not based[each.number] and _quarterly(each)
        }
        based.update(beside)
    by_basis = [
        ValueColumn(each, basis) for each in others for basis in _bases(based.get(each.number, ""))
    ]
    if by_basis:
        return _one_each(by_basis)
    stated = [each for each in others if meant(each) == "value" and (each.numeric or _actual(each))]
    if len(stated) == 1:
        return [ValueColumn(stated[0])], []
    numeric = [
        each
        for each in others
        if each.numeric and _actual(each) and meant(each) != "name" and not _ordinal(each)
    ]
    left = stated or numeric
    if len(left) == 1:
        return [ValueColumn(left[0])], []
    return [], left or others


def _one_each(values: Sequence[ValueColumn]) -> tuple[list[ValueColumn], list[Column]]:
    """Return one column a quarter and accumulation, or those among which it cannot be told."""
    kept: list[ValueColumn] = []
    for quarter in sorted({each.quarter for each in values}):
        here = [each for each in values if each.quarter == quarter]
        here = [each for each in here if each.basis] or here
        for basis in sorted({each.basis for each in here}):
            alike = [each for each in here if each.basis == basis]
            if len(alike) > 1:
                plain = ("value", "cumulative", basis)
                alike = [each for each in alike if meant(each.column) in plain] or alike
            if len(alike) > 1:
                return [], [each.column for each in alike]
            kept.extend(alike)
    return kept, []


def _bases(stated: str) -> tuple[Accumulation, ...]:
    """Return the accumulations that a heading may mean: 累计 is that of the indicator."""
    if stated == "cumulative":
        return ("level", "year_to_date", "since_start")
    return tuple(each for each in ACCUMULATIONS if each == stated)


def _ordinal(column: Column) -> bool:
    return column.name.strip("*") in ("序号", "编号", "No.", "no", "行次")
