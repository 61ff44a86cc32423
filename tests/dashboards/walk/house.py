"""A house built by the commands that people type: two documents, settings, two quarters, accounts."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell

from indicators.cli import main
from tests.register.sheets import Filled

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
PLAN, NEWS = "004_21a7a87457a72349.txt", "003_6358976413acd584.txt"
PLACE, DATA, INDUSTRY = "武清区", "区数据局", "区工业和信息化局"
PASSWORD = "一个足够长的访问口令"
PHONE = "022-00000000"
VALUES = {
    DATA: {"智算规模": (10, 11), "高质量数据集": (45, 56), "数据中心总体上架率": (66, 69)},
    INDUSTRY: {"5G基站": (4300, 4700), "引进人工智能领域重点项目": (13, 16)},
}
"""What each office reports in the first and in the second quarter."""
ROLES = {
    "viewer": "看客",
    "reporter": "数据报送",
    "steward": "督查",
    "administrator": "管理",
}
"""Role → account; another reporter, of the other office, is 工信报送."""


class House:
    """A store that is filled by commands."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, folder / "store"

    def run(self, *words: object, typed: str = "") -> None:
        """Run a command as a steward would, with what is typed for it."""
        line = [str(word) for word in words]
        with patch("sys.stdin", io.StringIO(f"{typed}\n")):
            status = main([*line, "--store", str(self.store), "--who", "督查"])
        assert status == 0, line

    def build(self) -> None:
        """Load, decide, set, report two quarters, open accounts."""
        where = self.folder
        self.run("load", SEEDS / PLAN, SEEDS / NEWS, "--catalog", SEEDS / "catalog.csv")
        self.run("review", "export", where / "review.xlsx")
        review = Filled(where / "review.xlsx")
        for row in review.rows("表述审核", 地区=PLACE):
            review.put("表述审核", row, 决定="接受")
        self.run("review", "import", review.save("decided.xlsx"))
        self.run("settings", "export", where / "settings.xlsx", "--place", PLACE)
        settings = Filled(where / "settings.xlsx")
        for office, values in VALUES.items():
            for name in values:
                (row,) = settings.rows("指标设置", 指标=name)
                settings.put("指标设置", row, 报送单位=office, 牵头单位=office)
            (row,) = settings.rows("单位", 单位=office)
            settings.put("单位", row, 责任领导="王负责", 联系人="李联系", 电话=PHONE)
        (row,) = settings.rows("指标设置", 指标="智算规模")
        settings.put("指标设置", row, 基期值=5, 基期日期="2024-12-31")
        self.run("settings", "import", settings.save("set.xlsx"))
        for number, quarter in enumerate(("2026Q1", "2026Q2")):
            for office in VALUES:
                book = self.filled(office, quarter, number)
                self.run("import", book)
        self.run("board", "issue", "--quarter", "2026Q1")
        self.run("submission", "policy", "mark")
        for role, name in ROLES.items():
            own = ("--office", f"{PLACE}/{DATA}") if role == "reporter" else ()
            self.run("user", "add", name, "--role", role, *own, typed=PASSWORD)
        other = ("--office", f"{PLACE}/{INDUSTRY}")
        self.run("user", "add", "工信报送", "--role", "reporter", *other, typed=PASSWORD)

    def template(self, office: str, quarter: str) -> Path:
        """The template of an office, fetched by command."""
        path = self.folder / f"{quarter}_{office}.xlsx"
        asked = ("--office", office, "--place", PLACE, "--quarter", quarter)
        self.run("template", *asked, "--output", path)
        return path

    def filled(self, office: str, quarter: str, number: int) -> Path:
        """The template of an office with its values of a quarter written in."""
        path = self.template(office, quarter)
        fill(path, {name: values[number] for name, values in VALUES[office].items()})
        return path


def fill(path: Path, values: Mapping[str, float | str]) -> None:
    """Write values into the lines of a template, each into the column that is open for it."""
    book = load_workbook(path)
    sheet = book["填报表"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    for line in sheet.iter_rows(min_row=5):
        at: dict[str, Cell] = {
            str(name): line[column - 1] for name, column in heads.items() if name
        }
        value = values.get(at["name"].value)
        if value is not None:
            _open(at).value = value
    book.save(path)


def _open(line: dict[str, Cell]) -> Cell:
    """The one cell for a value that the template leaves unlocked."""
    (cell,) = (
        each
        for name, each in line.items()
        if name.startswith("value_") and not each.protection.locked
    )
    return cell
