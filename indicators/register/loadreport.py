"""What loading documents did, in records and in one line each."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field

from indicators.model import Commitment

__all__ = ["UNCOMPARED", "Change", "LoadReport"]

UNCOMPARED = frozenset({"review", "indicator_id", "confidence"})
"""Fields whose change alone is no change of a statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a newer extractor changes of one statement."""

    sort: str
    """added, gone or different."""
    commitment: Commitment
    before: Commitment | None = None
    decided: bool = False
    """A person decided on it: what they decided stays."""

    @property
    def sentence(self) -> str:
        """The change in one line."""
        each = self.commitment
        where = f"{each.document}:{each.start}-{each.end}"
        words = {"added": "新增", "gone": "不再抽出", "different": "变化"}[self.sort]
        kept = "（人工决定不变）" if self.decided else ""
        if self.before is None:
            return f"{where} {words}{kept}：{each.name} {each.as_written}"
        names = [one.name for one in dataclasses.fields(each) if one.name not in UNCOMPARED]
        parts = [
            f"{name} {getattr(self.before, name)}→{getattr(each, name)}"
            for name in names
            if getattr(self.before, name) != getattr(each, name)
        ]
        return f"{where} {words}{kept}：{each.name} {each.as_written}，{'，'.join(parts)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What recording documents did."""

    documents: int = 0
    """Documents given."""
    new_documents: int = 0
    commitments: int = 0
    tasks: int = 0
    indicators: int = 0
    targets: int = 0
    observations: int = 0
    proposals: int = 0
    """Relations proposed: merges, parts, contributions."""
    accepted: int = 0
    """Statements that the policy of the house accepted by itself."""
    rows: int = 0
    """Rows added to the ledger; 0 when everything was there."""
    changes: Sequence[Change] = field(default=())
    """What a newer extractor changed (``again=True``)."""
    unchanged: Sequence[str] = ()
    """Documents that were there already and were left alone."""

    @property
    def sentence(self) -> str:
        """The report in one line."""
        if not self.rows and not self.changes:
            return f"{self.documents} 份文件都已入库，没有新内容"
        return (
            f"{self.documents} 份文件：{self.commitments} 条表述，{self.tasks} 项任务；"
            f"形成 {self.indicators} 个指标、{self.targets} 个目标、{self.observations} 个实际值，"
            f"{self.proposals} 条关系待定"
            + (f"，自动接受 {self.accepted} 条" if self.accepted else "")
            + (f"，变化 {len(self.changes)} 处" if self.changes else "")
        )
