"""A ledger with the rows of two real documents and made-up actual values.

The statements are found in the seeds' text by their words, so that every offset is true; the values
are those of data/demonstration/README.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from indicators.ledger import Ledger
from indicators.model import (
    Accumulation,
    Bound,
    Commitment,
    Indicator,
    Kind,
    Observation,
    Setting,
    SourceDocument,
    Target,
    Task,
    digest_id,
)
from indicators.units import lookup

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
PLAN = "004_21a7a87457a72349.txt"
NEWS = "003_6358976413acd584.txt"
START, BASE, END = date(2025, 1, 1), date(2024, 12, 31), date(2027, 12, 31)
DATA, INDUSTRY = "区数据局", "区工业和信息化局"
ENDS = {"2026Q1": date(2026, 3, 31), "2026Q2": date(2026, 6, 30), "2026Q3": date(2026, 9, 30)}


@dataclass(frozen=True)
class Case:
    name: str
    unit: str
    magnitude: str
    words: tuple[str, ...]
    """Where the number stands: words before it in the text, the number last."""
    values: tuple[str, ...]
    baseline: str | None = "0"
    place: str = "武清区"
    office: str = DATA
    bound: Bound = "at_least"
    deadline: date = END
    based: date = BASE
    document: str = PLAN
    accumulation: Accumulation = "level"

    @property
    def id(self) -> str:
        return digest_id(self.place, self.name)


CASES = (
    Case(
        "智算规模",
        "EFLOPS",
        "30",
        ("智算规模达到30", "可支撑智算规模达到30"),
        ("10", "11", "12"),
        "5",
    ),
    Case(
        "高质量数据集",
        "个",
        "100",
        ("形成高质量数据集100", "打造高质量数据集100"),
        ("45", "56", "66"),
        accumulation="since_start",
    ),
    Case(
        "典型应用场景",
        "个",
        "50",
        ("打造典型应用场景50",),
        ("18", "21", "24"),
        accumulation="since_start",
    ),
    Case("数据中心总体上架率", "%", "80", ("数据中心总体上架率达80",), ("66", "69", "72"), "60"),
    Case("高功率机柜", "架", "30000", ("高功率机柜3",), ("18600", "20400", "21900"), None),
    Case(
        "人工智能产业规模",
        "元",
        "50000000000",
        ("人工智能产业规模突破500",),
        ("9500000000", "20000000000", "31000000000"),
        "30000000000",
        office=INDUSTRY,
        accumulation="year_to_date",
    ),
    Case(
        "引进人工智能领域重点项目",
        "个",
        "30",
        ("引进人工智能领域重点项目30",),
        ("13", "16", "19"),
        office=INDUSTRY,
        accumulation="since_start",
    ),
    Case(
        "关键核心技术攻关项目",
        "个",
        "30",
        ("实施关键核心技术攻关项目30",),
        ("8", "10", "12"),
        office=INDUSTRY,
        accumulation="since_start",
    ),
    Case(
        "5G基站",
        "个",
        "5000",
        ("累计建成5G基站5000",),
        ("4300", "4700", "5020"),
        "3200",
        office=INDUSTRY,
    ),
    Case(
        "服务垂直行业的基础级人工智能大模型",
        "个",
        "5",
        ("基础级人工智能大模型",),
        (),
        office=INDUSTRY,
        accumulation="since_start",
    ),
    Case(
        "算力总规模",
        "P",
        "400000",
        ("力争2026年底算力总规模达到40",),
        ("243000", "276000", "302000"),
        "180000",
        place="和林格尔数据中心集群",
        office="和林格尔新区管委会",
        deadline=date(2026, 12, 31),
        based=date(2025, 12, 31),
        document=NEWS,
    ),
)


def dimension(unit: str) -> str:
    known = lookup(unit)
    assert known is not None
    return known.dimension


def text_of(name: str) -> str:
    return (SEEDS / name).read_text(encoding="utf-8")


def digest_of(name: str) -> str:
    return sha256((SEEDS / name).read_bytes()).hexdigest()


def commitment(case: Case, words: str, kind: Kind = "target") -> Commitment:
    text, digest = text_of(case.document), digest_of(case.document)
    at = text.index(words)
    digits = len(words) - len(words.rstrip("0123456789."))
    start = at + len(words) - digits
    if not digits:
        start, digits = text.rindex("5", 0, at), 1
    end = start + digits
    begin = max(text.rfind(each, 0, start) for each in "。；\n") + 1
    stop = min(each for each in (text.find(mark, end) for mark in "。；") if each > 0) + 1
    tail = 1 if text[end] in "个家项%架" else 6 if text[end:].startswith("EFlops") else 2
    return Commitment(
        commitment_id=digest_id(digest, start, end),
        document=case.document,
        document_digest=digest,
        start=start,
        end=end,
        as_written=text[start : end + tail],
        sentence=text[begin:stop],
        sentence_start=begin,
        section="三、主要任务 / （一）夯实算力底座" if case.document == PLAN else "",
        magnitude=Decimal(case.magnitude),
        unit=case.unit,
        base_magnitude=Decimal(case.magnitude),
        dimension=dimension(case.unit),
        name=case.name,
        place=case.place,
        kind=kind,
        bound=case.bound,
        date=case.deadline,
        date_source="plan_period",
        offices=(case.office,),
        confidence=0.97,
        review="accepted",
    )


def documents(ledger: Ledger) -> list[SourceDocument]:
    rows = []
    for name, title, issuer, number, on in (
        (PLAN, "武清区“人工智能+”行动实施方案（2025—2027年）", "天津市武清区人民政府", "", None),
        (NEWS, "“中国云谷”再添新势能", "呼和浩特日报", "", date(2026, 4, 24)),
    ):
        text = text_of(name)
        kept = ledger.keep(text.encode(), name=name)
        ledger.keep((SEEDS / name).read_bytes(), name=name)
        rows.append(
            SourceDocument(
                document_digest=digest_of(name),
                document=name,
                title=title,
                issuer=issuer,
                number=number,
                issued_on=on,
                plan_start=START if name == PLAN else None,
                plan_end=END if name == PLAN else None,
                genre="plan" if name == PLAN else "news",
                place="武清区" if name == PLAN else "呼和浩特市",
                text_digest=kept,
                characters=len(text),
                extractor="test",
            )
        )
    return rows


def observation(case: Case, name: str, value: str, row: int, digest: str) -> Observation:
    return Observation(
        indicator_id=case.id,
        period_start=START if case.accumulation == "since_start" else date(2026, 1, 1),
        period_end=ENDS[name],
        basis=case.accumulation,
        source="workbook",
        origin=f"{case.place}/{case.office}",
        magnitude=Decimal(value),
        unit=case.unit,
        file_digest=digest,
        file_name=f"{case.place}{case.office}_{name}.xlsx",
        sheet="季度数据",
        cell=f"F{row}",
        demonstration=True,
    )


def fill(ledger: Ledger) -> None:
    """Record documents, register and three quarters, one batch each."""
    # Files are kept before the batch that speaks of them: a server keeps them in its database.
    kept = documents(ledger)
    with ledger.batch("load", who="演示", reason="载入文件") as batch:
        batch.add(kept)
        for case in CASES:
            batch.add([commitment(case, words) for words in case.words])
        batch.add(
            [
                Task(
                    task_id=digest_id("task", 1),
                    document=PLAN,
                    document_digest=digest_of(PLAN),
                    start=text_of(PLAN).index("（一）"),
                    end=text_of(PLAN).index("（一）") + 12,
                    section="三、主要任务",
                    number="（一）",
                    title="夯实算力底座",
                    place="武清区",
                    deadline=END,
                    date_source="plan_period",
                    offices=(DATA, INDUSTRY),
                    lead_office=DATA,
                    supporting_offices=(INDUSTRY,),
                )
            ]
        )
    with ledger.batch("review", who="演示", reason="采纳", demonstration=True) as batch:
        for case in CASES:
            batch.add([indicator(case), setting(case), target(case)])
    for number, (name, _) in enumerate(ENDS.items()):
        rows = [
            observation(case, name, case.values[number], row, _book(ledger, case, name))
            for row, case in enumerate(CASES, start=7)
            if len(case.values) > number
        ]
        with ledger.batch("import", who="演示", quarter=name, demonstration=True) as batch:
            batch.add(rows)


def _book(ledger: Ledger, case: Case, name: str) -> str:
    return ledger.keep(f"{case.office}{name}".encode(), name=f"{name}.xlsx")


def books() -> list[str]:
    """Digests of the workbooks that are kept."""
    return [
        sha256(f"{office}{name}".encode()).hexdigest()
        for name in ENDS
        for office in (DATA, INDUSTRY)
    ]


def restate(ledger: Ledger, value: str = "11.5") -> None:
    """Hand in the second quarter of 智算规模 again with another value."""
    case = CASES[0]
    book = ledger.keep(b"again", name="again.xlsx")
    with ledger.batch("import", who="演示", quarter="2026Q2", reason="更正") as batch:
        batch.add([replace(observation(case, "2026Q2", value, 7, book), reason="统计口径更正")])


def indicator(case: Case) -> Indicator:
    return Indicator(
        indicator_id=case.id,
        name=case.name,
        place=case.place,
        unit=case.unit,
        dimension=dimension(case.unit),
    )


def setting(case: Case) -> Setting:
    return Setting(
        indicator_id=case.id,
        baseline=Decimal(case.baseline) if case.baseline else None,
        baseline_date=case.based if case.baseline else None,
        accumulation=case.accumulation,
        lead_office=case.office,
        reporting_office=case.office,
        demonstration=True,
    )


def target(case: Case) -> Target:
    return Target(
        target_id=digest_id("target", case.id),
        indicator_id=case.id,
        magnitude=Decimal(case.magnitude),
        unit=case.unit,
        bound=case.bound,
        deadline=case.deadline,
        commitments=tuple(commitment(case, words).commitment_id for words in case.words),
        status="accepted",
        plan_start=START,
    )
