"""Rows that say what most rows say, read without the steps that only the others need.

A registered name, met for the first time, and beside it a stored number in the registered unit: such
a row has no finding, whatever is asked of it.  Everything else is read line by line (``reading``); a
test holds that both ways read a usual row alike.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from indicators import periods
from indicators.model import Accumulation
from indicators.periods import Period
from indicators.store.values import exact
from indicators.submissions.candidate import Candidate
from indicators.submissions.formats import format_sort
from indicators.submissions.lines import Line
from indicators.submissions.patience import timed
from indicators.submissions.rowlines import RowLines
from indicators.submissions.sheet import plain

__all__ = ["Usual"]


@dataclass(frozen=True, slots=True)
class Usual:
    """Reads usual rows into candidates.

    Args:
        candidates: where they go.
        seen: indicator and quarter → where it stands.
        office: who reports.
        quarter: of a column that states none.
        limit: what a magnitude must stay below.
    """

    candidates: list[Candidate]
    seen: MutableMapping[tuple[str, str], str]
    office: str
    quarter: str
    limit: Decimal

    def rest(self, table: RowLines) -> Iterator[Line]:
        """Walk the lines of the rows that are not usual, and read the usual ones on the way.

        In order: a line is to be read before the next is asked for.
        """
        values = [value for _, columns in table.by_quarter for value in columns]
        if len(values) != 1 or values[0].basis == "period":
            yield from table
            return
        column, stated = values[0].column, values[0].basis
        quarter = values[0].quarter or self.quarter
        at, name_at = column.number, table.name.number
        unit_at = table.units.number if table.units else at
        first, last = min(at, name_at, unit_at), max(at, name_at, unit_at)
        words_at = [each.number for each in table.texts.values()]
        sheet, letter, name_letter = table.table.sheet.name, column.letter, table.name.letter
        alone, seen, office, limit = table.matcher.alone, self.seen, self.office, self.limit
        spans: dict[Accumulation, Period] = {}
        for row in timed(table.rows()):
            number, start, cells, formats, formulas = row
            if first < start or last >= start + len(cells) or formulas:
                yield from table.lines(row)
                continue
            holding = alone.get(cells[name_at - start])  # type: ignore[arg-type]
            value = cells[at - start]
            kind = value.__class__
            if (
                holding is None
                or (kind is not int and (kind is not float or not isfinite(value)))  # type: ignore[arg-type]
                or format_sort(formats[at - start]) != "plain"
                or (words_at and any(_filled(cells, each - start) for each in words_at))
            ):
                yield from table.lines(row)
                continue
            indicator, setting, _ = holding
            unit = cells[unit_at - start] if table.units else column.unit
            basis = setting.accumulation or "level"
            owner = setting.reporting_office or setting.lead_office
            key = indicator.indicator_id, quarter
            if (
                not unit
                or unit != indicator.unit
                or (stated and stated != basis)
                or basis == "since_start"
                or (owner and owner != office)
                or key in seen
            ):
                yield from table.lines(row)
                continue
            entered = Decimal(value if kind is int else repr(value))  # type: ignore[arg-type]
            if not -limit < entered < limit:
                yield from table.lines(row)
                continue
            seen[key] = f"{sheet}!{name_letter}{number}"
            span = spans.get(basis)
            if span is None:
                span = spans[basis] = periods.from_basis(quarter, basis)
            written, magnitude = (
                (str(value), entered) if kind is int else (plain(entered), exact(entered))
            )
            self.candidates.append(
                Candidate(
                    holding, quarter, span, magnitude, "equal", written + unit, sheet,
                    f"{letter}{number}", entered, unit,
                )
            )  # fmt: skip


def _filled(cells: tuple[object, ...], place: int) -> bool:
    return 0 <= place < len(cells) and cells[place] is not None
