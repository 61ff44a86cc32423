"""Statements, documents and tasks to fill a register with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import sha256

from indicators import units
from indicators.model import Commitment, SourceDocument, Task, digest_id


def digest(document: str) -> str:
    return sha256(document.encode()).hexdigest()


def paper(document: str = "plan.txt", **fields) -> SourceDocument:
    """A plan of 武清区 for 2025 to 2027."""
    known = {
        "title": document,
        "issuer": "武清区人民政府办公室",
        "genre": "plan",
        "place": "武清区",
        "issued_on": date(2025, 12, 18),
        "plan_start": date(2025, 1, 1),
        "plan_end": date(2027, 12, 31),
    }
    return SourceDocument(document_digest=digest(document), document=document, **(known | fields))


def statement(name: str, value: str, unit: str, start: int, document="plan.txt", **fields):
    """A target of 武清区 by the end of 2027, confidence 0.95."""
    magnitude = Decimal(value)
    base, dimension = units.base(magnitude, unit)
    found = units.lookup(unit)
    written = f"{value}{unit}"
    before = f"到2027年，{name}达到"
    known = {
        "place": "武清区",
        "kind": "target",
        "bound": "equal",
        "date": date(2027, 12, 31),
        "date_source": "stated",
        "confidence": 0.95,
        "sentence": f"{before}{written}。",
        "sentence_start": start - len(before),
    }
    return Commitment(
        commitment_id=digest_id(digest(document), start, start + len(value)),
        document=document,
        document_digest=digest(document),
        start=start,
        end=start + len(value),
        as_written=written,
        magnitude=magnitude * found.multiplier,
        unit=found.symbol,
        base_magnitude=base,
        dimension=dimension,
        name=name,
        **(known | fields),
    )


def task(title: str, start: int, end: int, document="plan.txt", **fields) -> Task:
    known = {"place": "武清区", "section": "二、重点任务 / （一）夯实算力底座", "text": title}
    return Task(
        task_id=digest_id(digest(document), start, end),
        document=document,
        document_digest=digest(document),
        start=start,
        end=end,
        title=title,
        **(known | fields),
    )


def wuqing() -> list[Commitment]:
    """Statements as 武清's plan makes them: six quantities twice, five once."""
    most = {"bound": "at_least"}
    later = {"date_source": "plan_period"}
    rows = [
        ("引进人工智能领域重点项目", "30", "个", 535, most),
        ("人工智能产业规模", "500", "亿元", 551, most),
        ("服务垂直行业的基础级人工智能大模型", "5", "个", 569, {}),
        ("典型应用场景", "50", "个", 597, most),
        ("新增人工智能领域市级以上企业技术中心", "5", "家", 631, {}),
        ("关键核心技术攻关项目", "30", "个", 646, {}),
        ("智算规模", "30", "EFLOPS", 666, {}),
        ("高质量数据集", "100", "个", 683, most),
        ("5G基站", "5000", "个", 875, later),
        ("高功率机柜", "3", "万架", 886, later),
        ("数据中心总体上架率", "80", "%", 900, later | {"accumulation": "level"}),
        ("可支撑智算规模", "30", "EFLOPS", 913, most | later),
        ("高质量数据集", "100", "个", 1541, most | later),
        ("引进人工智能领域重点项目", "30", "个", 3673, most | later),
        ("产业规模", "500", "亿元", 3687, most | later),
        ("新增人工智能领域市级以上企业技术中心", "5", "家", 4059, later),
        ("突破关键核心技术攻关", "30", "个", 4072, later),
    ]
    return [statement(*row[:4], **row[4]) for row in rows]


def news() -> list[Commitment]:
    """The newspaper's statements on computing power: the target once for each of two places."""
    cluster = {"document": "news.txt", "place": "和林格尔数据中心集群"}
    city = {"document": "news.txt", "place": "呼和浩特市"}
    april = {"kind": "actual", "bound": "at_least", "date": date(2026, 4, 24)}
    april |= {"date_source": "document", "accumulation": "level"}
    goal = {"bound": "at_least", "date": date(2026, 12, 31)}
    whole = statement("算力总规模", "24.95", "万P", 1317, **cluster, **april)
    return [
        whole,
        statement("智能算力", "22", "万P", 1333, **cluster, **april, part_of=whole.commitment_id),
        statement("算力总规模", "40", "万P", 1394, **city, **goal),
        statement("算力总规模", "24.95", "万P", 2385, **cluster, **april),
        statement("算力总规模", "40", "万P", 2410, **cluster, **goal),
    ]


def newspaper() -> SourceDocument:
    return paper(
        "news.txt",
        genre="news",
        issuer="呼和浩特日报",
        place="呼和浩特市",
        issued_on=date(2026, 4, 24),
        plan_start=None,
        plan_end=None,
    )
