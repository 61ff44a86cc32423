"""Workbooks as they might be drawn, made by chance: what was meant by each cell is what is read."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Book

from indicators import units
from indicators.submissions.guard import unpack
from indicators.submissions.inspecting import TableView, view
from indicators.submissions.ooxml import read_ooxml
from indicators.submissions.sheet import letter
from indicators.submissions.values import read_number

NAMES = (
    "智算规模", "产业规模", "一般公共预算收入", "企业数量", "固定资产投资", "用电量", "就业人数", "研发投入",
)  # fmt: skip
PERIODS = ("2025年", "2026年")
PARTS = ("一季度", "二季度")
SIDES = ("目标数", "完成数")
AMOUNTS = ("亿元", "万元", "个", "P", "万人", "%")
WRITTEN = ("plain", "text", "comma", "wide", "unit", "percent", "formatted")


@dataclass
class Drawn:
    """A sheet with what was meant by it."""

    rows: list[list[object]] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    header: tuple[int, ...] = ()
    names: list[str] = field(default_factory=list)
    values: dict[tuple[str, str], tuple[Decimal, str]] = field(default_factory=dict)
    """Indicator and column → magnitude and unit."""
    left: int = 0
    skipped: dict[int, str] = field(default_factory=dict)

    def add(self, *cells: object) -> int:
        self.rows.append([None] * self.left + list(cells))
        return len(self.rows)

    def facts(self) -> None:
        """Write what a download says of itself, over a blank row."""
        self.skipped[self.add("Data Source", "Bureau of Statistics")] = "表单"
        self.skipped[self.add("Last Updated", "2026-04-08")] = "表单"
        self.rows.append([])

    def merge(self, top: int, first: int, bottom: int, last: int) -> None:
        if (top, first) != (bottom, last):
            one, other = letter(first + self.left), letter(last + self.left)
            self.merges.append(f"{one}{top}:{other}{bottom}")


@st.composite
def sheets(draw: st.DrawFn) -> Drawn:
    """Draw facts, a title, a header of one to three levels, rows, captions, a second part, notes.

    The unit stands in the heading, in a row under it, in the title, a column, the names or a note.
    """
    made = Drawn(left=draw(st.integers(0, 2)))
    made.rows.extend([] for _ in range(draw(st.integers(0, 2))))
    if draw(st.booleans()):
        made.facts()
    where = draw(st.sampled_from(["column", "row", "name", "title", "under", "note"]))
    common = draw(st.sampled_from(AMOUNTS))
    depth = draw(st.integers(1, 3))
    leaves: list[tuple[str, ...]] = {
        1: draw(
            st.sampled_from(
                [[("2026年一季度完成",), ("年度目标",)], [("2024",), ("2025",), ("2026",)]]
            )
        ),
        2: [(group, side) for group in PERIODS for side in SIDES],
        3: [(group, part, side) for group in PERIODS for part in PARTS for side in SIDES],
    }[depth]
    naming = ["指标名称", *(["计量单位"] if where == "row" else [])]
    numbered = draw(st.booleans())
    fixed = ["序号", *naming] if numbered else naming
    width = len(fixed) + len(leaves)
    if draw(st.booleans()):
        row = made.add("武清区重点指标完成情况表")
        made.merge(row, 1, row, width)
        made.skipped[row] = "标题"
    if where == "title":
        row = made.add(*[None] * (width - 1), f"单位：{common}")
        made.skipped[row] = "单位说明"
    foreign = where != "under" and draw(st.booleans())

    def header() -> tuple[int, ...]:
        return head(made, fixed, leaves, depth, common, where, foreign=foreign)

    made.header = header()
    continued = draw(st.integers(0, 3))
    names = draw(st.permutations(NAMES))[: draw(st.integers(2, 6))]
    for number, name in enumerate(names, start=1):
        if number == continued > 1:
            row = made.add("重点指标完成情况（续表）")
            made.skipped[row] = "续表标题"
            made.skipped.update(dict.fromkeys(header(), "重复表头"))
        if number == 1 and draw(st.booleans()):
            made.skipped[made.add("一、经济发展")] = "分组标题"
        unit = draw(st.sampled_from(AMOUNTS)) if where in ("row", "name") else common
        said = f"{name}（{unit}）" if where == "name" else name
        line: list[object] = [number] if numbered else []
        line += [said, *([unit] if where == "row" else [])]
        row = made.add(*line)
        for leaf in leaves:
            column = len(made.rows[row - 1]) + 1
            shown, form, meant = written(draw, unit)
            made.rows[row - 1].append(shown)
            if form:
                made.formats[row, column] = form
            made.values[said, " / ".join(leaf)] = (meant, unit)
    if draw(st.booleans()):
        lead = [None, "合计"] if numbered else ["合计"]
        total = made.add(*lead, *[None] * (len(naming) - 1), *[1] * len(leaves))
        made.skipped[total] = "合计行"
    if where == "note":
        made.skipped[made.add(f"注：本表单位均为{common}。")] = "说明"
    elif draw(st.booleans()):
        made.skipped[made.add("注：数据为初步统计数。")] = "说明"
    if draw(st.booleans()):
        made.skipped[made.add("单位负责人：张三", "填表人：李四")] = "说明"
    return made


def head(
    made: Drawn,
    fixed: list[str],
    leaves: list[tuple[str, ...]],
    depth: int,
    unit: str,
    where: str,
    *,
    foreign: bool,
) -> tuple[int, ...]:
    """Write the header: what is fixed is merged down, groups are merged across; return its rows."""
    first = len(made.rows) + 1
    bracket = f"（{unit}）" if where == "column" else ""
    for level in range(depth):
        cells: list[object] = list(fixed) if level == 0 else [None] * len(fixed)
        before: tuple[str, ...] = ()
        for at, leaf in enumerate(leaves):
            lowest = level == depth - 1
            again = not lowest and before == leaf[: level + 1]
            text = leaf[level] + (bracket if lowest else "")
            cells.append(None if again else int(text) if text.isdigit() else text)
            if not lowest and not again:
                alike = sum(each[: level + 1] == leaf[: level + 1] for each in leaves)
                column = len(fixed) + at + 1
                made.merge(first + level, column, first + level, column + alike - 1)
            before = leaf[: level + 1]
        made.add(*cells)
    last = len(made.rows)
    made.names = [*fixed, *(" / ".join(leaf) for leaf in leaves)]
    if where == "under":
        last = made.add(*[None] * len(fixed), *[f"（{unit}）"] * len(leaves))
    for column in range(1, len(fixed) + 1):
        made.merge(first, column, last, column)
    if foreign:
        # The same in English, as yearbooks have it.
        english = [f"Item {at}" for at in range(1, len(made.names) + 1)]
        last = made.add(*english)
        made.names = [f"{name} / {said}" for name, said in zip(made.names, english, strict=True)]
    return tuple(range(first, last + 1))


def written(draw: st.DrawFn, unit: str) -> tuple[object, str, Decimal]:
    """Return a cell, its number format, and the magnitude in its unit that is meant."""
    whole = draw(st.integers(11, 99_999))
    way = draw(st.sampled_from(WRITTEN))
    if unit == "%":
        whole = whole % 900 + 100
        if way == "percent":
            return whole / 1000, "0.0%", Decimal(whole) / 10
        meant = Decimal(whole) / 10
        # A column that mixes formats is an error by design; text and plain numbers are not.
        return (f"{meant}%" if way in ("text", "unit") else float(meant)), "", meant
    if way == "text":
        return str(whole), "@", Decimal(whole)
    if way == "comma":
        return f"{whole:,}", "@", Decimal(whole)
    if way == "wide":
        return (
            str(whole).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
            "",
            Decimal(whole),
        )
    if way == "unit":
        return f"{whole}{unit}", "", Decimal(whole)
    if way == "formatted":
        return whole, "#,##0.00", Decimal(whole)
    return whole, "", Decimal(whole)


def read(made: Drawn) -> TableView:
    book = Book()
    sheet = book.active
    for number, row in enumerate(made.rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                cell = sheet.cell(number, column, value)
                cell.number_format = made.formats.get((number, column), "General")
    for merge in made.merges:
        sheet.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    (found,) = view(read_ooxml(unpack(stream.getvalue())), "x.xlsx")[0][0].tables
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheets())
def test_every_value_is_read_as_it_was_meant(made: Drawn) -> None:
    """Header, names and skipped rows are found; each cell gives its magnitude in its unit."""
    table = read(made)
    assert table.header_rows == made.header
    assert [each.name for each in table.columns] == made.names
    assert {each.row: each.reason for each in table.skipped} == made.skipped
    named = next(each for each in table.columns if each.name.startswith("指标名称"))
    by_row = next((each for each in table.columns if each.unit_column), None)
    seen = {}
    for row in table.rows:
        name = table.sheet.cell(row, named.number).text
        for column, leaf in zip(table.columns, made.names, strict=True):
            if (name, leaf.partition(" / Item")[0]) not in made.values:
                continue
            reading = read_number(table.sheet.cell(row, column.number))
            assert reading.problem == ""
            assert reading.magnitude is not None
            stated = table.sheet.cell(row, by_row.number).text if by_row else column.unit
            unit = reading.unit or stated or name.rpartition("（")[2].rstrip("）")
            seen[name, leaf.partition(" / Item")[0]] = units.base(reading.magnitude, unit)
    assert seen == {
        key: units.base(magnitude, unit) for key, (magnitude, unit) in made.values.items()
    }
