"""From lines to values: matched to the register, converted exactly, with every finding at its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from indicators import periods, units
from indicators.findings import has_errors
from indicators.model import Accumulation, Bound, Severity
from indicators.periods import Period
from indicators.store.values import exact
from indicators.submissions.candidate import Candidate, Read, Words
from indicators.submissions.dates import read_day
from indicators.submissions.edited import standing_findings
from indicators.submissions.entry import ACCUMULATIONS, reporting_office
from indicators.submissions.lines import Line
from indicators.submissions.matching import Holding, Matcher, name_key
from indicators.submissions.patience import timed
from indicators.submissions.problems import FINDINGS
from indicators.submissions.rowlines import RowLines
from indicators.submissions.sheet import Cell, address
from indicators.submissions.usual import Usual
from indicators.submissions.values import Reading, read_number

__all__ = ["read_lines"]

LIMIT = Decimal(10) ** 28
"""The ledger keeps decimal(38, 9)."""
_BOUNDS: Mapping[Bound, str] = {"at_least": "≥", "at_most": "≤", "about": "约"}


def read_lines(
    tables: Iterable[Iterable[Line]], matcher: Matcher, *, file: str, office: str, quarter: str
) -> Read:
    """Read the lines of some tables against the register of a place; nothing is recorded."""
    read = Read()
    reader = _LineReader(read, matcher, file, office, quarter)
    usual = Usual(read.candidates, reader.seen, office, quarter, LIMIT)
    for table in tables:
        for line in usual.rest(table) if isinstance(table, RowLines) else timed(table):
            reader.line(line)
    return read


class _LineReader:
    def __init__(self, read: Read, matcher: Matcher, file: str, office: str, quarter: str) -> None:
        self.read = read
        self.matcher = matcher
        self.file = file
        self.office = office
        self.quarter = quarter
        self.seen: dict[tuple[str, str], str] = {}

    def find(
        self,
        code: str,
        line: Line,
        cell: str,
        found: object = "",
        expected: object = "",
        severity: Severity | None = None,
    ) -> None:
        """Note a finding at a cell of a line."""
        self.read.findings.append(
            FINDINGS[code].at(
                self.file,
                sheet=line.sheet,
                cell=cell,
                found=found,
                expected=expected,
                severity=severity,
            )
        )

    def line(self, line: Line) -> None:
        """Read one line."""
        holding = self.match(line)
        if holding is None:
            self.troubles(line)
            return
        indicator = holding.indicator
        owner = reporting_office(holding.setting)
        if owner and owner != self.office and line.values:
            self.find("indicator-of-other-office", line, line.name_cell, indicator.name, owner)
        quarter = line.quarter or self.quarter
        here = f"{line.sheet}!{line.name_cell}"
        seen = self.seen.setdefault((indicator.indicator_id, quarter), here)
        if seen != here:
            self.find("indicator-twice", line, line.name_cell, indicator.name, seen)
            return
        if line.from_template:
            self.read.findings.extend(standing_findings(line, self.file))
        self.values(line, holding, quarter)
        self.words(line, holding, quarter)

    def match(self, line: Line) -> Holding | None:
        """Return the indicator of a line, with a finding where there is none for certain."""
        named = None if line.key else self.matcher.exact(line.name)
        if named is not None:
            return named
        match = self.matcher.find(line.key, line.name)
        if match.holding is not None:
            if match.how == "key" and line.name:
                by_name = self.matcher.find("", line.name)
                other = by_name.holding
                mine = match.holding.indicator
                if other is not None and other.indicator.indicator_id != mine.indicator_id:
                    self.find("indicator-key-differs", line, line.name_cell, line.name, mine.name)
                    return None
                if other is None and name_key(line.name) != name_key(mine.name):
                    self.find("template-changed", line, line.name_cell, f"名称改成了“{line.name}”")
            return match.holding
        if match.several:
            self.find(
                "indicator-ambiguous", line, line.name_cell, line.name, "、".join(match.several)
            )
        elif not line.from_template and not match.proposals:
            if line.values:  # a caption or a blank row reports nothing
                self.find("row-not-matched", line, line.name_cell, line.name, self.hint(line))
        elif match.proposals:
            words = "或".join(f"“{name}”（相似度 {score:.0f}）" for name, score in match.proposals)
            self.find("indicator-proposed", line, line.name_cell, line.name, words)
        else:
            self.find("indicator-unknown", line, line.name_cell, line.name, self.hint(line))
        return None

    def troubles(self, line: Line) -> None:
        """Tell error values of a line that was not matched: they stay when its name is put right."""
        if self.matcher.proposals(line.name):
            for _, cell in {cell.address: (basis, cell) for basis, cell in line.values}.values():
                if problem := read_number(cell).problem:
                    self.find(problem, line, cell.address, cell.text)

    def hint(self, line: Line) -> str:
        """Return words that name the nearest indicator."""
        near = self.matcher.nearest(line.name)
        return f"（最接近的是“{near}”）" if near else ""

    def values(self, line: Line, holding: Holding, quarter: str) -> None:
        """Read the value of a line."""
        basis: Accumulation = holding.setting.accumulation or "level"
        read_one = False
        told: set[str] = set()
        for stated, cell in line.values:
            if stated and stated != basis:
                beside = self.states(line, basis)
                # An increment may stand beside what it adds to; in an office's own sheet anything.
                fine = beside and (stated == "period" or not line.from_template)
                if not fine and cell.address not in told:
                    told.add(cell.address)
                    self.find(
                        "value-in-other-column", line, cell.address, ACCUMULATIONS[stated],
                        ACCUMULATIONS[basis], severity="warning" if beside else None,
                    )  # fmt: skip
                continue
            reading = read_number(cell)
            if reading.problem:
                self.find(reading.problem, line, cell.address, reading.as_written)
                read_one = True
            elif reading.magnitude is not None:
                self.value(line, holding, quarter, cell, reading)
                read_one = True
        if not read_one and line.standing != "暂无数据" and not line.quarter:
            where = address(line.row, 1) if not line.name_cell else line.name_cell
            if reporting_office(holding.setting) in ("", self.office):
                self.find("indicator-not-reported", line, where, holding.indicator.name)

    @staticmethod
    def states(line: Line, basis: Accumulation) -> bool:
        """Tell whether the line also has a value in the column that fits."""
        return any(stated == basis for stated, _ in line.values)

    def value(
        self, line: Line, holding: Holding, quarter: str, cell: Cell, reading: Reading
    ) -> None:
        """Convert one value and keep it."""
        indicator = holding.indicator
        assert reading.magnitude is not None
        unit = self.unit_of(line, reading, indicator.unit)
        where = cell.address
        magnitude, wrong = reading.magnitude, False
        if unit != indicator.unit:
            doubts = units.findings(
                unit, indicator.unit, file=self.file, sheet=line.sheet, cell=where
            )
            wrong = bool(doubts)
            self.read.findings.extend(doubts)
            if has_errors(doubts):
                return
            magnitude = units.convert(magnitude, unit, indicator.unit)
        if abs(magnitude) >= LIMIT:
            self.find("cell-not-a-number", line, cell.address, reading.as_written)
            return
        if not reading.unit and not line.unit and not line.from_template:
            self.find("unit-not-stated", line, cell.address, reading.as_written, indicator.unit)
        shown = ""
        if reading.text or unit != indicator.unit:
            shown = f"{_BOUNDS.get(reading.bound, '')}{reading.magnitude.normalize():f}{unit}"
        if reading.text and not (reading.unit and reading.bound == "equal"):
            # 1.2亿元 says itself what it is, as the template invites to write it.
            self.find(
                "cell-number-as-text", line, cell.address, reading.as_written, shown,
                severity="note" if reading.unit else None,
            )  # fmt: skip
        told = unit != indicator.unit and not wrong and (reading.unit or not line.from_template)
        stated, registered = units.lookup(unit), units.lookup(indicator.unit)
        # 亿元 where the register counts in 元 is no other unit: nothing to look at.
        if told and not (stated and registered and stated.symbol == registered.symbol):
            self.find(
                "unit-converted", line, cell.address, shown,
                units.display(magnitude, indicator.unit),
            )  # fmt: skip
        if cell.formula:
            self.find("cell-formula", line, cell.address, reading.as_written)
        period = self.period(line, holding, quarter, where)
        if period is None:
            return
        increment, increment_cell = self.increment(line, indicator.unit, unit)
        self.read.candidates.append(
            Candidate(
                holding=holding,
                quarter=quarter,
                period=period,
                magnitude=exact(magnitude),
                bound=reading.bound,
                as_written=f"{reading.as_written}{'' if reading.unit else unit}",
                sheet=line.sheet,
                cell=where,
                entered=reading.magnitude,
                entered_unit=unit,
                standing=line.standing,
                increment=increment,
                increment_cell=increment_cell,
            )
        )

    @staticmethod
    def increment(line: Line, registered: str, unit: str) -> tuple[Decimal | None, str]:
        """Return the increment that a line states beside its value, and its cell."""
        for stated, cell in line.values:
            if stated == "period":
                reading = read_number(cell)
                own = reading.unit or unit
                if reading.magnitude is not None and units.compatible(own, registered):
                    return units.convert(reading.magnitude, own, registered), cell.address
        return None, ""

    @staticmethod
    def unit_of(line: Line, reading: Reading, registered: str) -> str:
        """Return the unit of a value: its own, else the one stated for it, else the registered."""
        stated = line.unit or registered
        if not reading.unit:
            return stated
        own, outer = units.lookup(reading.unit), units.lookup(stated)
        if (
            own is not None
            and outer is not None
            and own.symbol == "%"
            and outer.symbol == "个百分点"
        ):
            # A difference of two percentages is often shown in a percent format.
            return stated
        return reading.unit

    def period(self, line: Line, holding: Holding, quarter: str, cell: str) -> Period | None:
        """Return the period of a value."""
        basis: Accumulation = holding.setting.accumulation or "level"
        since = holding.setting.since
        if basis == "since_start" and since is None:
            starts = [each.plan_start for each in holding.targets if each.plan_start]
            if not starts:
                self.find(
                    "accumulation-without-start", line, line.name_cell, holding.indicator.name
                )
                return None
            since = min(starts)
        if basis == "since_start" and since is not None and since > periods.quarter(quarter).end:
            self.find(
                "quarter-before-start", line, cell, holding.indicator.name,
                since.isoformat(),
            )  # fmt: skip
            return None
        return periods.from_basis(quarter, basis, since=since)

    def words(self, line: Line, holding: Holding, quarter: str) -> None:
        """Read what a line says beside its number."""
        if line.expected_on is None and not line.texts:
            return
        expected = None
        if line.expected_on is not None:
            expected = read_day(line.expected_on)
            if expected is None:
                self.find("cell-not-a-day", line, line.expected_on.address, line.expected_on.text)
        texts = {key: cell.text for key, cell in line.texts.items()}
        if not texts and expected is None:
            return
        first = next(iter(line.texts.values()), line.expected_on)
        self.read.words.append(
            Words(
                holding=holding,
                quarter=quarter,
                expected_on=expected,
                cell=f"{line.sheet}!{first.address}" if first else "",
                **texts,
            )
        )
