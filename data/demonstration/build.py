"""Make the demonstration decisions and settings anew from the seeds: python data/demonstration/build.py.

The workbooks are exported by the same functions that an office uses, filled in here, and taken
back in by ``make run`` through the same commands.  What is filled in is made up (演示数据).
"""

from __future__ import annotations

import re
import sys
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from indicators.model import SourceDocument
from indicators.register import books, record
from indicators.register.correction import CORRECTABLE
from indicators.register.reviewbook import RELATIONS, STATEMENTS
from indicators.register.reviewing import export_review, import_review
from indicators.register.settingsfile import export_settings, import_settings
from indicators.register.settingslayout import INDICATORS, OFFICES, SHARES
from indicators.store import open_store
from indicators.submissions.filled import open_filled

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PLACES = ("武清区", "和林格尔数据中心集群", "内蒙古自治区", "包头市")
"""Places whose statements the demonstration accepts."""
MERGED = "算力总规模"
"""The one quantity that the newspaper states once for the city and once for the cluster."""
CORRECTED = (
    ("24.95万", "", {"place": "和林格尔数据中心集群", "name": MERGED, "date": "2026-04-24"}),
    ("22万", "", {"place": "和林格尔数据中心集群", "name": "智能算力", "date": "2026-04-24"}),
    ("40万", "和林格尔数据中心集群", {"place": "和林格尔数据中心集群", "name": MERGED}),
    ("6", "行业大模型", {"place": "内蒙古自治区", "name": "行业大模型"}),
)
"""Number, words of its sentence, and what a steward who reads it puts right where it is not."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Made-up settings of one indicator."""

    place: str
    name: str
    office: str
    values: dict[str, Any] = field(default_factory=dict)


DATA, INDUSTRY, CLUSTER = "区数据局", "区工业和信息化局", "和林格尔新区管委会"
LEVEL, START, YEAR = (
    {"accumulation": "期末存量", "schedule": "线性"},
    {"accumulation": "自规划起累计", "since": "2025-01-01", "schedule": "线性"},
    {"accumulation": "年初以来累计"},
)


def since(value: object, day: str = "2024-12-31") -> dict[str, Any]:
    """Return a baseline."""
    return {"baseline": value, "baseline_date": day}


WUQING, HELIN = "武清区", "和林格尔数据中心集群"
SETTINGS = (
    Chosen(place=WUQING, name="智算规模", office=DATA, values={**LEVEL, **since(5)}),
    Chosen(place=WUQING, name="高质量数据集", office=DATA, values=START),
    Chosen(place=WUQING, name="典型应用场景", office=DATA, values=START),
    Chosen(place=WUQING, name="数据中心总体上架率", office=DATA, values={**LEVEL, **since(60)}),
    Chosen(place=WUQING, name="高功率机柜", office=DATA, values=LEVEL),
    Chosen(
        place=WUQING,
        name="人工智能产业规模",
        office=INDUSTRY,
        values={**YEAR, **since("300亿元"), "schedule": "线性"},
    ),
    Chosen(place=WUQING, name="引进人工智能领域重点项目", office=INDUSTRY, values=START),
    Chosen(place=WUQING, name="服务垂直行业的基础级人工智能大模型", office=INDUSTRY, values=START),
    Chosen(
        place=WUQING, name="新增人工智能领域市级以上企业技术中心", office=INDUSTRY, values=START
    ),
    Chosen(place=WUQING, name="关键核心技术攻关项目", office=INDUSTRY, values=START),
    Chosen(place=WUQING, name="5G基站", office=INDUSTRY, values={**LEVEL, **since(3200)}),
    Chosen(
        place=HELIN,
        name="算力总规模",
        office=CLUSTER,
        values={**LEVEL, **since("18万", "2025-12-31")},
    ),
    Chosen(place=HELIN, name="智能算力", office=CLUSTER, values={"accumulation": "期末存量"}),
)
SPLITS = (
    ("引进人工智能领域重点项目", "单位", "区投资促进局", 20),
    ("引进人工智能领域重点项目", "单位", "武清开发区", 10),
)
PEOPLE = ((WUQING, DATA), (WUQING, INDUSTRY), (HELIN, CLUSTER))


def columns(sheet: Any, layout: books.Sheet) -> dict[str, int]:
    """Return the column number of each key."""
    headers = layout.headers
    return {headers[cell.value]: cell.column for cell in sheet[3] if cell.value in headers}


def decide(path: Path) -> None:
    """Fill in the review workbook."""
    book = load_workbook(path, rich_text=True)
    sheet = book[STATEMENTS.name]
    at = columns(sheet, STATEMENTS)
    for row in range(4, sheet.max_row + 1):
        told = sheet.cell(row, at["sentence"]).value
        number = next((part.text for part in told if not isinstance(part, str)), "")
        right = next(
            (values for word, words, values in CORRECTED if number == word and words in str(told)),
            {},
        )
        wrong = {
            key: value
            for key, value in right.items()
            if str(sheet.cell(row, at[key]).value or "") != value
        }
        for key, value in wrong.items():
            sheet.cell(row, at[key]).value = value
        name, place = sheet.cell(row, at["name"]).value, sheet.cell(row, at["place"]).value
        if place in PLACES or name == MERGED:
            sheet.cell(row, at["decision"]).value = "更正" if wrong else "接受"
            sheet.cell(row, at["reason"]).value = books.DEMONSTRATION
            # No state of export: the decision holds whatever a newer extractor makes of the rest.
            sheet.cell(row, at["version"]).value = None
            for key in CORRECTABLE if wrong else ():
                if key not in wrong:
                    sheet.cell(row, at[key]).value = None
    sheet = book[RELATIONS.name]
    at = columns(sheet, RELATIONS)
    for row in range(4, sheet.max_row + 1):
        score = float(sheet.cell(row, at["score"]).value)
        left = str(sheet.cell(row, at["subject"]).value)
        right = str(sheet.cell(row, at["object"]).value)
        sure = score >= 0.8 and any(right.startswith(place) for place in PLACES)
        if sure:
            # The cluster keeps its quantity, whichever side the proposal puts it on.
            turned = left.startswith(HELIN) and not right.startswith(HELIN)
            same = sheet.cell(row, at["sort"]).value == "同一指标"
            sheet.cell(row, at["decision"]).value = "反向合并" if turned and same else "确认"
            sheet.cell(row, at["reason"]).value = books.DEMONSTRATION
            sheet.cell(row, at["version"]).value = None
    books.save(book, path)


def configure(path: Path) -> None:
    """Fill in the settings workbook."""
    book = load_workbook(path)
    sheet = book[INDICATORS.name]
    at = columns(sheet, INDICATORS)
    wanted = {(each.place, each.name): each for each in SETTINGS}
    for row in range(4, sheet.max_row + 1):
        key = sheet.cell(row, at["place"]).value, sheet.cell(row, at["name"]).value
        chosen = wanted.pop(key, None)
        if chosen is None:
            continue
        filled = {
            **chosen.values,
            "reporting_office": chosen.office,
            "lead_office": chosen.office,
            "frequency": "季报",
            "note": books.DEMONSTRATION,
        }
        for name, value in filled.items():
            sheet.cell(row, at[name]).value = value
    for place, name in wanted:
        print(f"没有找到指标：{place} {name}", file=sys.stderr)
    sheet = book[SHARES.name]
    at = columns(sheet, SHARES)
    for row, (name, sort, part, value) in enumerate(SPLITS, 4):
        filled = {"place": WUQING, "name": name, "deadline": "2027-12-31", "sort": sort}
        for key, told in {**filled, "part": part, "magnitude": value}.items():
            sheet.cell(row, at[key]).value = told
    sheet = book[OFFICES.name]
    at = columns(sheet, OFFICES)
    free = next(
        row for row in range(4, sheet.max_row + 2) if not sheet.cell(row, at["office"]).value
    )
    known = {
        (sheet.cell(row, at["place"]).value, sheet.cell(row, at["office"]).value): row
        for row in range(4, free)
    }
    for place, office in PEOPLE:
        row = known.get((place, office), free)
        free += row == free
        people = {"leader": "演示领导", "contact": "演示联系人", "phone": "000-00000000"}
        for key, told in {"place": place, "office": office, **people}.items():
            sheet.cell(row, at[key]).value = told
    books.save(book, path)


def settle(path: Path) -> None:
    """Write a workbook anew without the moment of writing: the same input gives the same bytes."""
    with zipfile.ZipFile(path) as parts:
        members = [(each.filename, parts.read(each)) for each in parts.infolist()]
    part = path.with_name(f".{path.name}.part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in members:
            still = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2026-01-01T00:00:00Z", content)
            kept = still if name == "docProps/core.xml" else content
            parts.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), kept, zipfile.ZIP_DEFLATED)
    part.replace(path)


def load(ledger: Any) -> None:
    """Record the seeds, one batch a document, as ``indicators load`` does."""
    from indicators.documents import catalog
    from indicators.loading import Failure, extract_files, listed

    seeds = ROOT / "seeds"
    for each in extract_files(listed([seeds]), catalog(seeds / "catalog.csv")):
        if isinstance(each, Failure):
            sys.exit(str(each.error))
        document: SourceDocument = each.record()
        record(ledger, [document], each.commitments, each.tasks, who="演示")


def main() -> None:
    """Write ``decisions.xlsx`` and ``settings.xlsx``, and prove that they go in."""
    with tempfile.TemporaryDirectory() as folder, open_store(folder) as ledger:
        load(ledger)
        decisions, settings = HERE / "decisions.xlsx", HERE / "settings.xlsx"
        export_review(ledger, decisions, demonstration=True)
        decide(decisions)
        settle(decisions)
        print(import_review(ledger, open_filled(decisions), who="演示").sentence)
        export_settings(ledger, settings, demonstration=True)
        configure(settings)
        settle(settings)
        print(import_settings(ledger, open_filled(settings), who="演示").sentence)


if __name__ == "__main__":
    main()
