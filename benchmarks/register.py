"""How long proposals, merging and bulk decisions take, and how they grow.

    python -m benchmarks.register [--quick]

Prints CPU seconds of working the register out with all proposals and the ratio to ten times fewer
statements, then of bulk decisions on a store of its own, each beside its limit; a missed limit is
exit status 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from indicators.model import Commitment, Review, SourceDocument, digest_id
from indicators.register import record
from indicators.register.decisions import Decision, decide
from indicators.register.holdings import Facts, work_out
from indicators.register.likeness import propose
from indicators.register.reviewing import export_review, import_review
from indicators.store import open_store
from indicators.submissions.filled import open_filled

MERGING = 10.0
"""CPU seconds for the proposals and merging of 100 000 statements."""
GROWTH = 12.0
"""How many times as long ten times as many may take."""
DECIDING = 3.0
"""CPU seconds for one decision on 10 000 statements."""
IMPORTING = 10.0
"""CPU seconds for a review workbook of 10 000 rows, most of them spent on reading the file."""

THINGS = [
    "智算",
    "算力",
    "数据集",
    "基站",
    "机柜",
    "企业",
    "项目",
    "场景",
    "模型",
    "园区",
    "人才",
    "专利",
    "税收",
    "产值",
    "投资",
    "用电",
    "水质",
    "绿地",
    "床位",
    "学位",
]
HEADS = [
    "新增",
    "引进",
    "人工智能",
    "数字",
    "绿色",
    "高功率",
    "市级",
    "国家级",
    "重点",
    "规上",
    "基础级",
    "民生",
    "公共",
    "农村",
    "城镇",
    "智能",
    "先进",
    "现代",
]
TAILS = [
    "规模",
    "总规模",
    "数量",
    "个数",
    "增加值",
    "营业收入",
    "覆盖率",
    "投资额",
    "建成数",
    "服务能力",
    "保有量",
]


def statements(number: int, seed: int = 7) -> tuple[list[Commitment], dict[str, SourceDocument]]:
    """Make statements of documents of about forty each, five documents a place."""
    chance = random.Random(seed)
    documents: dict[str, SourceDocument] = {}
    made = []
    for index in range(number):
        serial = index // 40
        digest = f"{serial:064x}"
        if digest not in documents:
            documents[digest] = SourceDocument(
                document_digest=digest,
                document=f"{serial}.txt",
                genre=chance.choice(["plan", "report", "news"]),
                issued_on=date(2020 + serial % 6, 1 + serial % 12, 1),
                issuer="某市人民政府",
                place=f"第{serial // 5}市",
            )
        name = "".join(
            (
                chance.choice(HEADS),
                chance.choice(THINGS),
                chance.choice(THINGS),
                chance.choice(TAILS),
            )
        )
        value = Decimal(chance.choice([5, 10, 30, 50, 100, 300, 500, 1000]))
        start = 100 + 60 * (index % 40)
        made.append(
            Commitment(
                commitment_id=digest_id(digest, start, start + 2),
                document=f"{serial}.txt",
                document_digest=digest,
                start=start,
                end=start + 2,
                as_written=f"{value}个",
                sentence=f"{name}达到{value}个。",
                sentence_start=start - 20,
                magnitude=value,
                unit="个",
                base_magnitude=value,
                dimension="count",
                name=name,
                place=f"第{serial // 5}市",
                kind=chance.choice(["target", "target", "target", "actual"]),
                bound=chance.choice(["equal", "at_least"]),
                date=date(2025 + index % 3, 12, 31),
                date_source="stated",
                confidence=0.9,
            )
        )
    return made, documents


class Limits:
    """Figures beside what they may be at most; a missed one fails the run."""

    def __init__(self, *, judged: bool) -> None:
        self._judged = judged
        self.missed = 0

    def told(self, figure: float, most: float | None, unit: str) -> str:
        """Return a figure with its limit and whether it holds."""
        if most is None or not self._judged:
            return f"{figure:6.2f} {unit}"
        holds = figure <= most
        self.missed += not holds
        return f"{figure:6.2f} {unit}  (limit {most:g}: {'holds' if holds else 'MISSED'})"


def grouping(sizes: tuple[int, ...], limits: Limits) -> None:
    """Print how long it takes to work the register out with all proposals."""
    before = 0.0
    for size in sizes:
        rows, documents = statements(size)
        random.Random(1).shuffle(rows)
        marks = [time.process_time()]
        held = work_out(Facts(commitments=rows, documents=documents))
        marks.append(time.process_time())
        relations = propose(held.groups, documents)
        marks.append(time.process_time())
        total = marks[-1] - marks[0]
        most = MERGING if size == sizes[-1] else None
        print(
            f"{size:>7} statements: work out {marks[1] - marks[0]:.2f} s, propose"
            f" {marks[2] - marks[1]:.2f} s ({len(relations)} proposals), together"
            f" {limits.told(total, most, 's CPU')}"
        )
        if before:
            print(f"        ten times as many take {limits.told(total / before, GROWTH, 'times')}")
        before = total


def deciding(size: int, limits: Limits) -> None:
    """Print how long bulk decisions take, over a store on disk."""
    rows, documents = statements(size)
    ids = [each.commitment_id for each in rows]
    with tempfile.TemporaryDirectory() as folder, open_store(folder) as ledger:
        path = Path(folder) / "review.xlsx"

        def all_are(decision: Review) -> None:
            decide(
                ledger,
                [Decision(commitment_id=each, decision=decision) for each in ids],
                who="bench",
            )

        steps: tuple[tuple[str, Callable[[], object], float | None], ...] = (
            (
                f"record {size} statements of {len(documents)} documents",
                lambda: record(ledger, list(documents.values()), rows, [], who="bench"),
                None,
            ),
            ("accept them in one decision", lambda: all_are("accepted"), DECIDING),
            ("take that back (撤回决定)", lambda: all_are("proposed"), DECIDING),
            ("reject them", lambda: all_are("rejected"), DECIDING),
            ("take that back", lambda: all_are("proposed"), DECIDING),
            ("write them as a review workbook", lambda: export_review(ledger, path), None),
            ("(a person chooses 接受 in every row)", lambda: _accept(path), None),
            (
                "read the workbook back and record it",
                lambda: import_review(ledger, open_filled(path), who="bench"),
                IMPORTING,
            ),
        )
        for words, step, most in steps:
            begun = time.process_time()
            step()
            print(f"{words:<42} {limits.told(time.process_time() - begun, most, 's CPU')}")


def _accept(path: Path) -> None:
    book = load_workbook(path, rich_text=True)
    sheet = book["表述审核"]
    (column,) = (cell.column for cell in sheet[3] if cell.value == "决定")
    for row in range(4, sheet.max_row + 1):
        sheet.cell(row, column).value = "接受"
    book.save(path)


def main() -> int:
    """Print the figures; 1 where a limit is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a tenth of the sizes, no limits")
    quick = parser.parse_args().quick
    limits = Limits(judged=not quick)
    grouping((1_000, 10_000) if quick else (10_000, 100_000), limits)
    deciding(1_000 if quick else 10_000, limits)
    return int(bool(limits.missed))


if __name__ == "__main__":
    sys.exit(main())
