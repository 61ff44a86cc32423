"""What an import answers: what was added, changed, left as it was, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Literal, overload

from indicators.findings import Finding

__all__ = ["Change", "Changes", "Flip", "Outcome", "Receipt"]

Outcome = Literal["recorded", "unchanged", "refused", "unconfirmed", "unreadable", "rehearsed"]
"""``unchanged``: this file was imported before; ``unconfirmed``: only warnings stand against it;
``rehearsed``: a dry run that would have been recorded."""

_WORDS: Mapping[Outcome, str] = {
    "recorded": "已入库",
    "unchanged": "没有变化",
    "refused": "未入库：有错误",
    "unconfirmed": "未入库：有待确认的提醒",
    "unreadable": "未入库：读不了文件",
    "rehearsed": "试运行，未入库",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value of the workbook beside what was known before."""

    indicator_id: str
    indicator: str
    quarter: str
    place: str
    """``SHEET!CELL``."""
    unit: str
    new: Decimal
    old: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Changes(Sequence[Change]):
    """Changes by columns, each made when it is looked at: a workbook may bring very many."""

    indicator_id: Sequence[str]
    indicator: Sequence[str]
    quarter: Sequence[str]
    sheet: Sequence[str]
    cell: Sequence[str]
    unit: Sequence[str]
    new: Sequence[Decimal]
    old: Sequence[Decimal | None]
    at: Sequence[int]
    """Which of them; the columns may be shared."""

    def some(self, at: Iterable[int]) -> Changes:
        """Return those at some places."""
        return replace(self, at=[self.at[each] for each in at])

    def __len__(self) -> int:
        return len(self.at)

    def __iter__(self) -> Iterator[Change]:
        return map(self._change, self.at)

    @overload
    def __getitem__(self, place: int) -> Change: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Change]: ...
    def __getitem__(self, place: int | slice) -> Change | Sequence[Change]:
        if isinstance(place, slice):
            return replace(self, at=self.at[place])
        return self._change(self.at[place])

    def _change(self, at: int) -> Change:
        return Change(
            indicator_id=self.indicator_id[at],
            indicator=self.indicator[at],
            quarter=self.quarter[at],
            place=f"{self.sheet[at]}!{self.cell[at]}",
            unit=self.unit[at],
            new=self.new[at],
            old=self.old[at],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A verdict that the import changed."""

    indicator: str
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The answer to one workbook."""

    file: str
    digest: str
    outcome: Outcome
    office: str = ""
    place: str = ""
    quarter: str = ""
    status: str = ""
    """Status of the submission where one was recorded."""
    submission_id: str = ""
    batch: str = ""
    recorded_at: datetime | None = None
    added: Sequence[Change] = ()
    restated: Sequence[Change] = ()
    unchanged: Sequence[Change] = ()
    texts: int = 0
    """How many lines brought 进展 or other words."""
    findings: Sequence[Finding] = ()
    flips: Sequence[Flip] = ()
    late: bool = False
    demonstration: bool = False

    @property
    def exit_status(self) -> int:
        """0 done or nothing to do, 1 refused because of findings, 2 unreadable."""
        return {"refused": 1, "unconfirmed": 1, "unreadable": 2}.get(self.outcome, 0)

    @property
    def words(self) -> str:
        """The outcome in Chinese."""
        return _WORDS[self.outcome]

    @property
    def sentence(self) -> str:
        """The answer in one line."""
        who = " ".join(each for each in (self.place, self.office, self.quarter) if each)
        counts = (
            f"新增 {len(self.added)}，更正 {len(self.restated)}，不变 {len(self.unchanged)}"
            if self.outcome in ("recorded", "rehearsed")
            else ""
        )
        by = {"error": "错误", "warning": "提醒", "note": "说明"}
        found = "，".join(
            f"{words} {number}"
            for severity, words in by.items()
            if (number := sum(each.severity == severity for each in self.findings))
        )
        mark = "（演示数据）" if self.demonstration else ""
        late = "，逾期报送" if self.late else ""
        waits = "，待审" if self.outcome == "recorded" and self.status == "submitted" else ""
        parts = [each for each in (counts, found) if each]
        tail = f"：{'；'.join(parts)}" if parts else ""
        return f"{self.file} {_WORDS[self.outcome]}{mark}{late}{waits}（{who or '未知单位'}）{tail}"

    def plain(self) -> dict[str, object]:
        """Return the receipt as plain data for JSON."""
        plain = asdict(
            replace(
                self,
                added=tuple(self.added),
                restated=tuple(self.restated),
                unchanged=tuple(self.unchanged),
            )
        )
        plain["recorded_at"] = self.recorded_at.isoformat() if self.recorded_at else None
        plain["sentence"] = self.sentence
        return plain
