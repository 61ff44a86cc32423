"""How long proposals, merging and bulk decisions take, and how they grow.

    python -m benchmarks.register [--quick]

Prints CPU seconds of working the register out with all proposals and the ratio to ten times fewer
statements, then wall and CPU time of a bulk decision on a store of its own.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from indicators.model import Commitment, SourceDocument, digest_id
from indicators.register import record
from indicators.register.decisions import Decision, decide
from indicators.register.holdings import Facts, work_out
from indicators.register.likeness import propose
from indicators.register.reviewing import export_review
from indicators.store import open_store

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


def grouping(sizes: tuple[int, ...]) -> None:
    """Print how long it takes to work the register out with all proposals."""
    before = 0.0
    print(
        f"{'statements':>10} {'work out':>9} {'propose':>8} {'CPU s':>7} {'ratio':>6} {'proposals':>9}"
    )
    for size in sizes:
        rows, documents = statements(size)
        random.Random(1).shuffle(rows)
        marks = [time.process_time()]
        held = work_out(Facts(commitments=rows, documents=documents))
        marks.append(time.process_time())
        relations = propose(held.groups, documents)
        marks.append(time.process_time())
        total = marks[-1] - marks[0]
        ratio = f"{total / before:6.1f}" if before else "     -"
        print(
            f"{size:>10} {marks[1] - marks[0]:9.2f} {marks[2] - marks[1]:8.2f} {total:7.2f} {ratio}"
            f" {len(relations):>9}"
        )
        before = total


def deciding(size: int) -> None:
    """Print how long a bulk decision takes, over a store on disk."""
    rows, documents = statements(size)
    with tempfile.TemporaryDirectory() as folder, open_store(folder) as ledger:
        marks = [_now()]
        record(ledger, list(documents.values()), rows, [], who="bench")
        marks.append(_now())
        decisions = [
            Decision(commitment_id=each.commitment_id, decision="accepted") for each in rows
        ]
        decide(ledger, decisions, who="bench")
        marks.append(_now())
        path = Path(folder) / "review.xlsx"
        export_review(ledger, path, everything=True)
        marks.append(_now())
    told = (
        f"record {size} statements of {len(documents)} documents",
        f"accept {size} statements in one decision",
        "write them as a review workbook",
    )
    for words, (before, after) in zip(told, pairwise(marks), strict=True):
        wall, cpu = after[0] - before[0], after[1] - before[1]
        print(f"{words:<48} {wall:6.2f} s  {cpu:6.2f} s CPU")


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="a tenth of the sizes")
    quick = parser.parse_args().quick
    grouping((1_000, 10_000) if quick else (10_000, 100_000))
    deciding(1_000 if quick else 10_000)


if __name__ == "__main__":
    main()
