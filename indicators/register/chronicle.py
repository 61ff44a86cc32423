"""The story of an indicator in order: stated, accepted, merged, set, reported, revised, judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from indicators import units
from indicators.errors import UsageError
from indicators.ledger import Batch, Entry, Reader
from indicators.model import (
    Board,
    BoardLine,
    Commitment,
    Indicator,
    Observation,
    Record,
    Relation,
    ReviewDecision,
    Setting,
    SourceDocument,
    Target,
)
from indicators.register.correction import ACCUMULATIONS
from indicators.register.holdings import roots
from indicators.register.settings import DIRECTIONS, SCHEDULES
from indicators.register.settingsbook import phrase

__all__ = ["Event", "find", "history"]

R = TypeVar("R", bound=Record)
ORDER = ("提出", "审核", "合并", "拆分", "关系", "设置", "目标", "实际", "更正", "研判")
"""Sorts of events, as they follow from each other within one batch."""

_REVIEWS = {
    "accepted": "接受",
    "corrected": "更正后接受",
    "rejected": "驳回",
    "proposed": "撤回决定",
}
_SORTS = {"part_of": "其中项", "contributes_to": "分级贡献", "same_as": "同一指标"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened to an indicator."""

    batch: Batch
    sort: str
    """One of ``ORDER``."""
    words: str
    evidence: str = ""
    """The sentence or the cell that it rests on."""

    @property
    def void(self) -> bool:
        """Whether its batch was retracted."""
        return bool(self.batch.voided_by)


def find(reader: Reader, written: str, place: str = "") -> Indicator:
    """Return the indicator that an id or a name means.

    Raises:
        UsageError: there is none, or there are several.
    """
    rows = reader.current(Indicator)
    named = [
        each
        for each in rows
        if written in (each.name, f"{each.place} {each.name}", f"{each.place}{each.name}")
        and (not place or each.place == place)
    ]
    # One that was merged away has a story too, when no other has its name.
    found = (
        [each for each in rows if each.indicator_id == written]
        or [each for each in named if not each.retired]
        or named
    )
    if len(found) == 1:
        return found[0]
    if not found:
        near = [each for each in rows if written in each.name and not each.retired][:5]
        hint = "、".join(f"{each.place}{each.name}" for each in near)
        raise UsageError(
            f"没有指标“{written}”", action=f"相近的有：{hint}" if hint else "请写指标编号或全名"
        )
    raise UsageError(
        f"有 {len(found)} 个指标叫“{written}”",
        action="请加 --place 或写编号："
        + "、".join(f"{each.indicator_id}（{each.place}）" for each in found),
    )


def history(reader: Reader, indicator_id: str) -> list[Event]:
    """Return what happened to an indicator and to those merged into it, by batch.

    Retracted batches are told too, marked as void.
    """
    leads = roots(reader.current(Relation, status="accepted"))
    united = [indicator_id, *(each for each, head in leads.items() if head == indicator_id)]
    ever = {
        entry.row.subject
        for entry in reader.history(Relation, object=indicator_id, sort="merged_into")
    }
    united += sorted(ever - set(united))
    names = {each.indicator_id: each for each in reader.current(Indicator)}
    titles = {each.document_digest: each.title for each in reader.current(SourceDocument)}
    events: list[Event] = []
    statements: dict[str, str] = {}
    for identity in united:
        told = reader.history(Commitment, indicator_id=identity)
        events += _stated(told, titles)
        statements |= {entry.row.commitment_id: entry.row.as_written for entry in told}
        events += _set(reader.history(Setting, indicator_id=identity), names.get(identity))
        events += _promised(reader.history(Target, indicator_id=identity))
        events += _measured(reader.history(Observation, indicator_id=identity))
        events += _judged(reader, identity)
    events += _tied(reader, set(united), set(statements), names)
    for statement in sorted(statements):
        told_of = reader.history(ReviewDecision, commitment_id=statement)
        events += _reviewed(told_of, statements[statement])
    return sorted(events, key=lambda each: (each.batch.seq, ORDER.index(each.sort)))


def _changes(entries: Sequence[Entry[R]], key: Any) -> Iterator[tuple[Entry[R], R | None]]:
    """Yield entries with the row of their key before them, voided ones passed over as before."""
    before: dict[object, R] = {}
    for entry in entries:
        identity = key(entry.row)
        yield entry, before.get(identity)
        if not entry.batch.voided_by:
            before[identity] = entry.row


def _stated(entries: Sequence[Entry[Commitment]], titles: Mapping[str, str]) -> Iterable[Event]:
    kinds = {"target": "目标", "actual": "实际值", "baseline": "基期值"}
    for entry, before in _changes(entries, lambda row: row.commitment_id):
        row = entry.row
        if before is None:
            yield Event(
                batch=entry.batch,
                sort="提出",
                words=f"《{titles.get(row.document_digest) or row.document}》提出{kinds[row.kind]} {row.name} {row.as_written}"
                + (f"（{row.date}）" if row.date else ""),
                evidence="".join(row.sentence.split()),
            )


def _reviewed(entries: Sequence[Entry[ReviewDecision]], written: str) -> Iterable[Event]:
    for entry in entries:
        row = entry.row
        words = f"{_REVIEWS[row.decision]}“{written}”（表述 {row.commitment_id}）"
        if row.corrections:
            words += "：" + "，".join(row.corrections)
        yield Event(
            batch=entry.batch,
            sort="审核",
            words=words + (f"，{row.reason}" if row.reason else ""),
        )


def _set(entries: Sequence[Entry[Setting]], indicator: Indicator | None) -> Iterable[Event]:
    unit = indicator.unit if indicator else ""
    for entry, before in _changes(entries, lambda row: row.indicator_id):
        row, old = entry.row, before or Setting(indicator_id=entry.row.indicator_id)
        parts = []
        if (row.baseline, row.baseline_date) != (old.baseline, old.baseline_date):
            value = "无" if row.baseline is None else units.display(row.baseline, unit)
            parts.append(f"基期 {value}（{row.baseline_date or '—'}）")
        for name, label in (
            ("reporting_office", "报送单位"),
            ("lead_office", "牵头单位"),
            ("caliber", "口径"),
            ("caliber_since", "口径启用日"),
        ):
            if getattr(row, name) != getattr(old, name):
                parts.append(f"{label} {getattr(row, name) or '—'}")
        for name, label, words in (
            ("direction", "方向", DIRECTIONS),
            ("accumulation", "累计口径", ACCUMULATIONS),
            ("schedule", "序时方式", SCHEDULES),
        ):
            value = getattr(row, name)
            if value != getattr(old, name):
                said = next((word for word, meant in words.items() if meant == value), "—")
                parts.append(f"{label} {said or '—'}")
        for name, label in (("yearly_split", "分年目标"), ("synonyms", "同义名称")):
            if getattr(row, name) != getattr(old, name):
                parts.append(f"{label} {'、'.join(getattr(row, name)) or '—'}")
        if parts:
            yield Event(batch=entry.batch, sort="设置", words="，".join(parts))


def _promised(entries: Sequence[Entry[Target]]) -> Iterable[Event]:
    for entry, before in _changes(entries, lambda row: row.target_id):
        row = entry.row
        if row.supersedes and before is None:
            yield Event(
                batch=entry.batch,
                sort="目标",
                words=f"目标调整为 {phrase(row)}，{row.approved_by}，自 {row.effective_on} 起：{row.reason}",
            )
        elif before is not None and before.status != row.status:
            said = {
                "accepted": "目标确认",
                "withdrawn": "目标停用",
                "rejected": "目标驳回",
                "proposed": "目标回到待审核",
            }[row.status]
            why = f"，{row.approved_by}：{row.reason}" if row.approved_by else ""
            yield Event(batch=entry.batch, sort="目标", words=f"{said}：{phrase(row)}{why}")


def _measured(entries: Sequence[Entry[Observation]]) -> Iterable[Event]:
    def key(row: Observation) -> object:
        return row.period_start, row.period_end, row.basis, row.source, row.origin

    for entry, before in _changes(entries, key):
        row = entry.row
        value = units.display(row.magnitude, row.unit)
        where = "!".join(part for part in (row.file_name, row.sheet, row.cell) if part)
        origin = row.origin if row.source == "workbook" else "文件"
        if row.withdrawn:
            words = f"{row.period_end} 的 {value} 撤回"
        elif before is not None and before.magnitude != row.magnitude:
            was = units.display(before.magnitude, before.unit)
            words = f"{origin} 更正 {row.period_end}：{was} → {value}"
            words += f"（{row.reason}）" if row.reason else ""
        elif before is None or before.withdrawn:
            words = f"{origin} 报告 {row.period_end}：{value}"
        else:
            continue
        sort = "更正" if before is not None and not row.withdrawn else "实际"
        yield Event(batch=entry.batch, sort=sort, words=words, evidence=where)


def _judged(reader: Reader, identity: str) -> Iterable[Event]:
    boards = {each.board_id: each for each in reader.current(Board)}
    for entry in reader.history(BoardLine, indicator_id=identity):
        board = boards.get(entry.row.board_id)
        title = f"{board.quarter} 通报" if board else "通报"
        gap = _points(entry.row.gap_points)
        yield Event(
            batch=entry.batch,
            sort="研判",
            words=f"{title}：{entry.row.sentence or entry.row.state}{gap if not entry.row.sentence else ''}",
        )


def _points(gap: Decimal | None) -> str:
    return "" if gap is None else f"，差距 {gap} 个百分点"


def _tied(
    reader: Reader, united: set[str], statements: set[str], names: dict[str, Indicator]
) -> Iterable[Event]:
    def named(identity: str) -> str:
        row = names.get(identity)
        return f"{row.place}{row.name}" if row else identity

    rows: dict[tuple[int, str], Entry[Relation]] = {}
    for identity in united | statements:
        for side in ("subject", "object"):
            for entry in reader.history(Relation, **{side: identity}):
                rows[entry.batch.seq, entry.row.relation_id] = entry
    entries = [rows[key] for key in sorted(rows)]
    for entry, before in _changes(entries, lambda row: row.relation_id):
        row = entry.row
        if before is not None and before.status == row.status:
            continue
        left, right = named(row.subject), named(row.object)
        if row.sort == "merged_into":
            words = {"accepted": f"{left} 并入 {right}", "undone": f"撤销：{left} 并入 {right}"}
            sort = "合并"
        elif row.sort == "split_from":
            words = {
                "accepted": f"表述 {row.subject} 从 {right} 拆出",
                "undone": f"撤销拆出：表述 {row.subject}",
            }
            sort = "拆分"
        else:
            tie = _SORTS.get(row.sort, row.sort)
            words = {
                "proposed": f"提出关系（{tie}，{row.score:.2f}）：{left} — {right}",
                "accepted": f"确认{tie}：{left} — {right}",
                "rejected": f"否定{tie}：{left} — {right}",
            }
            sort = "关系"
        if row.status in words:
            why = f"（{row.reason}）" if row.reason and row.status != "proposed" else ""
            yield Event(batch=entry.batch, sort=sort, words=words[row.status] + why)
