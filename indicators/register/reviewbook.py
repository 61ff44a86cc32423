"""The review workbook: proposals out with the number marked in its sentence, decisions back in.

Two sheets: statements, and relations between indicators with both sentences side by side.  Each row
carries, hidden, what it speaks of and a digest of the state it was exported in: whoever decided
meanwhile is named at the row.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indicators.ledger import Reader
from indicators.model import (
    Commitment,
    Indicator,
    Relation,
    ReviewDecision,
    SourceDocument,
    digest_id,
)
from indicators.register.amount import show
from indicators.register.books import FONT, Column, Sheet
from indicators.register.correction import ACCUMULATIONS, BOUNDS, KINDS
from indicators.register.settling import rows_where

__all__ = [
    "DECISIONS",
    "RELATIONS",
    "RELATION_DECISIONS",
    "STATEMENTS",
    "relation_rows",
    "statement_rows",
    "version_of",
]

DECISIONS = {"接受": "accepted", "更正": "corrected", "驳回": "rejected", "撤回决定": "proposed"}
RELATION_DECISIONS = ("确认", "反向合并", "否定")
"""Confirm (a sameness merges left into right), merge right into left, reject."""
REVIEWS = {
    "proposed": "待审核",
    "accepted": "已接受",
    "corrected": "已更正",
    "rejected": "已驳回",
}
_SORTS = {
    "same_as": "同一指标",
    "part_of": "其中项",
    "contributes_to": "分级贡献",
}

STATEMENTS = Sheet(
    name="表述审核",
    title="量化表述审核",
    note="在“决定”列选择：接受；更正（直接改淡黄色各列）；驳回；撤回决定。留空表示暂不决定。句中红字是抽出的数值。",
    columns=(
        Column(key="key", header="表述编号", hidden=True),
        Column(key="version", header="导出版本", hidden=True),
        Column(key="decision", header="决定", width=10, filled_in=True, choices=tuple(DECISIONS)),
        Column(key="place", header="地区", width=16, filled_in=True, wrap=True),
        Column(key="name", header="指标名称", width=26, filled_in=True, wrap=True),
        Column(
            key="magnitude",
            header="数值",
            width=14,
            filled_in=True,
            right=True,
        ),
        Column(
            key="magnitude_high",
            header="上限",
            width=10,
            filled_in=True,
            right=True,
        ),
        Column(key="unit", header="计量单位", width=10, filled_in=True),
        Column(key="bound", header="界限", width=9, filled_in=True, choices=tuple(BOUNDS)),
        Column(key="kind", header="类别", width=8, filled_in=True, choices=tuple(KINDS)),
        Column(key="date", header="日期", width=12, filled_in=True),
        Column(
            key="accumulation",
            header="累计口径",
            width=14,
            filled_in=True,
            choices=tuple(each for each in ACCUMULATIONS if each),
        ),
        Column(key="sentence", header="原句", width=64, wrap=True),
        Column(key="reason", header="理由", width=18, filled_in=True, wrap=True),
        Column(key="confidence", header="置信度", width=8, right=True, format="0.00"),
        Column(key="review", header="当前状态", width=10),
        Column(key="document", header="文件", width=24, wrap=True),
        Column(key="section", header="章节", width=24, wrap=True),
    ),
)
RELATIONS = Sheet(
    name="关系审核",
    title="指标关系审核",
    note="同一指标：确认＝甲并入乙，反向合并＝乙并入甲，否定＝不是同一指标。其中项、分级贡献：确认或否定。",
    columns=(
        Column(key="key", header="关系编号", hidden=True),
        Column(key="version", header="导出版本", hidden=True),
        Column(key="decision", header="决定", width=11, filled_in=True, choices=RELATION_DECISIONS),
        Column(key="sort", header="关系", width=10),
        Column(key="subject", header="甲", width=26, wrap=True),
        Column(key="subject_sentence", header="甲的原句", width=48, wrap=True),
        Column(key="object", header="乙", width=26, wrap=True),
        Column(key="object_sentence", header="乙的原句", width=48, wrap=True),
        Column(key="score", header="相似度", width=8, right=True, format="0.00"),
        Column(key="why", header="依据", width=28, wrap=True),
        Column(key="reason", header="理由", width=18, filled_in=True, wrap=True),
    ),
)
_UNVERSIONED = frozenset({"indicator_id", "confidence"})


def version_of(row: Commitment | Relation) -> str:
    """Return a short digest of what a reader of the workbook sees of a row."""
    return digest_id(
        *(
            getattr(row, each.name)
            for each in dataclasses.fields(row)
            if each.name not in _UNVERSIONED
        )
    )[:8]


def _word(words: Mapping[str, Any], value: str) -> str:
    return next((word for word, meant in words.items() if meant == value), "")


def _marked(commitment: Commitment) -> Any:
    """Return the sentence with the number in red; a sentence that lacks it is given plain."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    start = commitment.start - commitment.sentence_start
    end = commitment.end - commitment.sentence_start
    if not 0 <= start < end <= len(commitment.sentence):
        return commitment.sentence
    flat = commitment.sentence.replace("\r", " ").replace("\n", " ")
    red = InlineFont(rFont=FONT, sz=10, b=True, color=Color(rgb="00C0392B"))
    parts: list[Any] = [flat[:start], TextBlock(red, flat[start:end]), flat[end:]]
    return CellRichText(*(part for part in parts if part))


def statement_rows(reader: Reader, commitments: Sequence[Commitment]) -> list[dict[str, Any]]:
    """Return the rows of the sheet of statements, one for each statement given."""
    titles = {
        each.document_digest: each.title or each.document
        for each in rows_where(
            reader, SourceDocument, "document_digest", {one.document_digest for one in commitments}
        )
    }
    reasons = {
        each.commitment_id: each.reason
        for each in rows_where(
            reader, ReviewDecision, "commitment_id", [one.commitment_id for one in commitments]
        )
    }
    return [
        {
            "key": each.commitment_id,
            "version": version_of(each),
            "decision": "",
            "place": each.place,
            "name": each.name,
            "magnitude": show(each.magnitude, each.unit),
            "magnitude_high": show(each.magnitude_high, each.unit),
            "unit": each.unit,
            "bound": _word(BOUNDS, each.bound),
            "kind": _word(KINDS, each.kind),
            "date": each.date.isoformat() if each.date else None,
            "accumulation": _word(ACCUMULATIONS, each.accumulation) or None,
            "sentence": _marked(each),
            "reason": reasons.get(each.commitment_id) or None,
            "confidence": each.confidence,
            "review": REVIEWS[each.review],
            "document": titles.get(each.document_digest, each.document),
            "section": each.section,
        }
        for each in commitments
    ]


def relation_rows(reader: Reader, relations: Iterable[Relation]) -> list[dict[str, Any]]:
    """Return the rows of the sheet of relations, both sentences side by side, surest first."""
    relations = sorted(relations, key=lambda each: (-each.score, each.relation_id))
    ends = {end for each in relations for end in (each.subject, each.object)}
    indicators = {
        each.indicator_id: each for each in rows_where(reader, Indicator, "indicator_id", ends)
    }
    quoted: dict[str, Commitment] = {}
    for each in sorted(
        rows_where(reader, Commitment, "indicator_id", ends),
        key=lambda one: (one.kind != "target", one.document, one.start),
    ):
        quoted.setdefault(each.indicator_id, each)

    def named(identity: str) -> str:
        indicator = indicators.get(identity)
        return f"{indicator.place} {indicator.name}" if indicator else identity

    def sentence(identity: str) -> Any:
        return _marked(quoted[identity]) if identity in quoted else None

    return [
        {
            "key": each.relation_id,
            "version": version_of(each),
            "decision": "",
            "sort": _SORTS.get(each.sort, each.sort),
            "subject": named(each.subject),
            "subject_sentence": sentence(each.subject),
            "object": named(each.object),
            "object_sentence": sentence(each.object),
            "score": each.score,
            "why": each.reason,
            "reason": None,
        }
        for each in relations
    ]
