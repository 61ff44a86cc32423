"""Indicator tables: each numeric cell a commitment, with name, unit and year of its row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from indicators import units
from indicators.documents import Article, Document
from indicators.extraction import cells, entries, grids, times, traits
from indicators.extraction.cells import Cell, Grid
from indicators.extraction.heads import Column, align, caption_unit, columns_of
from indicators.model import Binding, Commitment, DateSource, Kind, digest_id

__all__ = ["Gridded", "extract"]

_REGION_HEAD = re.compile(
    r"(?:行政)?(?:地区|区域|城市|市县|县区|区县|县市区|县（市、区）|设区市|旗县区|乡镇|镇街|州市)(?:名称)?"
)
"""The head of a column of places: whose quantity a row states, not of what it is."""
_SHARES = frozenset(["%", "‰", "个百分点"])
"""Units of which a change is told in the same: only a head can say which of both a cell is."""
_WHOLE = re.compile(r"全|合计|总计|小计|平均")
_SUMMED = re.compile(r"(?:合|总|小)\s*计")
"""The head of a row of sums, which may stand in the column of numbers."""
_TOTAL = re.compile(r"累计|[五5]年(?:合计|累计)")
_Dated = dict[tuple[int, bool, int], tuple[Kind, date | None, DateSource]]
"""Kind and date of the cells of a column, of brackets or not, in an article."""
_POINTS_NOTE = re.compile(r"(?:累计|〔|\[)[^。]{0,20}单位为(个?百分点)")


@dataclass(slots=True)
class Gridded:
    """What tables gave, and the stretches of text they cover."""

    commitments: list[Commitment]
    spans: list[Grid]


def extract(document: Document) -> Gridded:
    """Return the commitments of all tables of a document, and where the tables stand.

    A table without numeric cells (of tasks and offices) is left to be read as sentences.
    """
    result = Gridded([], [])
    for grid in grids.find(document.text):
        if rows := _table(document, grid):
            result.commitments.extend(rows)
            result.spans.append(grid)
    return result


def _table(document: Document, grid: Grid) -> list[Commitment]:
    columns = columns_of(document, grid)
    names = [place for place, column in enumerate(columns) if column.role == "name"]
    periods = [place for place, column in enumerate(columns) if column.role == "period"]
    values = [place for place, column in enumerate(columns) if column.role == "value"]
    result: list[Commitment] = []
    if periods and values and not names:
        for row in grid.rows:
            result.extend(_of_year(document, grid, columns, periods[0], values, row))
        return result
    if not values or not names:
        return []
    stated_unit = caption_unit(grid)
    labels = {column.head for column in columns if column.head}
    dated: _Dated = {}
    for row in grid.rows:
        texts = [cell.text if cell else "" for cell in row]
        if len(row) > 1 and sum(text in labels for text in texts if text) >= max(
            2, len(texts) // 2
        ):
            continue
        aligned = align(row, columns)
        result.extend(_row(document, grid, columns, names, values, aligned, stated_unit, dated))
    return result


def _row(
    document: Document,
    grid: Grid,
    columns: list[Column],
    names: list[int],
    values: list[int],
    row: list[Cell | None],
    stated_unit: str,
    dated: _Dated,
) -> list[Commitment]:
    """Return the commitments of one row."""
    title = ""
    title_cell: Cell | None = None
    for place in names:
        cell = row[place] if place < len(row) else None
        if cell and cell.text and not cells.is_value(cell.text):
            title, title_cell = cell.text, cell
    if title_cell is None:
        title_cell = next((cell for cell in row if cell and _SUMMED.fullmatch(cell.text)), None)
        title = title_cell.text if title_cell else ""
    if title_cell is None:
        return []
    unit_word, binding = stated_unit, traits.binding("")
    due: date | None = None
    for place, column in enumerate(columns):
        cell = row[place] if place < len(row) else None
        if cell is None:
            continue
        if column.role == "unit" and cell.text:
            unit_word = cell.text.strip("（）()")
        if column.role == "due":
            told = times.find(cell.text, document.article_at(grid.start).issued_on)
            due = told[-1].day if told else None
        if column.role == "attribute":
            binding = traits.binding(cell.text if "性" in cell.text else cell.text + "性")
    name, own = entries.name_of(title)
    if not name:
        return []
    unit_word = own or unit_word
    row_unit = entries.unit_of(unit_word)
    filled = [(place, row[place]) for place in values if place < len(row)]
    found = [
        (place, cell, entries.read(cell.text, row_unit, columns[place].unit))
        for place, cell in filled
        if cell is not None and cell.text and not cells.is_blank(cell.text)
    ]
    levels = {
        place: value.low
        for place, _, value in found
        if value is not None and columns[place].sense in {"", "plan", "done"}
    }
    result: list[Commitment] = []
    quoted: dict[tuple[int, int], str] = {}
    for place, cell, value in found:
        if value is None:
            continue
        article = document.article_at(cell.start)
        key = (place, value.total, article.start)
        if key not in dated:
            dated[key] = _when(grid, columns, _dated(columns, place), article, value.total)
        kind, day, source = dated[key]
        if due is not None and kind == "target" and columns[place].day is None:
            day, source = due, "stated"
        says = (kind, day, source)
        result.append(
            _commitment(
                document, grid, columns, place, cell, value, name, levels, binding, says, quoted
            )
        )
    return result


def _of_year(
    document: Document,
    grid: Grid,
    columns: list[Column],
    period: int,
    values: list[int],
    row: list[Cell | None],
) -> Iterator[Commitment]:
    """Yield the commitments of a row that stands for a year: the heads name what is measured."""
    cell = row[period] if period < len(row) else None
    year = re.match(r"(?:19|20)\d\d", cell.text) if cell else None
    if year is None:
        return
    day = date(int(year.group()), 12, 31)
    dated = [replace(each, day=day) if each.role == "value" else each for each in columns]
    quoted: dict[tuple[int, int], str] = {}
    for place in values:
        value_cell = row[place] if place < len(row) else None
        name = columns[place].measure
        if value_cell is None or not name or cells.is_blank(value_cell.text):
            continue
        value = entries.read(value_cell.text, None, columns[place].unit)
        if value is not None:
            article = document.article_at(value_cell.start)
            says = _when(grid, dated, place, article, value.total)
            yield _commitment(
                document, grid, dated, place, value_cell, value, name, {}, "", says, quoted
            )


def _commitment(
    document: Document,
    grid: Grid,
    columns: list[Column],
    place: int,
    cell: Cell,
    value: entries.Value,
    name: str,
    levels: dict[int, Decimal],
    binding: Binding,
    says: tuple[Kind, date | None, DateSource],
    quoted: dict[tuple[int, int], str],
) -> Commitment:
    """Make the record of one cell; the cells of a line share one string of it (``quoted``)."""
    column = columns[place]
    article = document.article_at(cell.start)
    kind, day, source = says
    unit = value.unit
    region = any(each.role == "name" and _REGION_HEAD.fullmatch(each.head) for each in columns)
    region = region and len(column.measure) >= 2
    label = column.measure if region else _measured(name, column.measure)
    if not unit.symbol and not unit.dimension and unit.multiplier > 1:
        person = re.search(r"人|网民|用户|学生|居民|职工", label)
        unit = units.require("人" if person else "个")
    if column.sense == "rate" and not value.total:
        if name.endswith(("增长", "增速", "增幅", "降低", "下降")):
            label = name if "年均" in name else name[:-2] + "年均" + name[-2:]
        elif not (_TOTAL.search(column.head) and name.endswith("率") and unit.symbol in _SHARES):
            label = name if "年均" in name else name + "年均增速"
            if not column.unit and "%" not in value.written:
                unit = units.require("%")
    elif column.sense == "total" or value.total:
        label = name + "五年累计"
        if unit.symbol == "%" and _points(grid, place, levels, value.low):
            unit = units.require("百分点")
    elif column.sense == "growth":
        measure = next(
            (each.measure for each in reversed(columns[:place]) if each.role == "value"), ""
        )
        label = _measured(name, measure) + ("" if name.endswith("增长") else "增长")
        if not column.unit and "%" not in value.written:
            unit = units.require("%")
    elif column.sense == "ratio":
        label = name + "完成率"
        unit = units.require("%") if unit.symbol in {"", "%"} or "%" in column.head else unit
    if value.change and not label.endswith(value.change):
        label += value.change
    low, high = value.low, value.high
    if (
        column.sense == "rate"
        and not value.total
        and unit.symbol == "%"
        and value.unit.symbol != "%"
        and value.unit.multiplier > 1
    ):
        low = low / value.unit.multiplier
    base, dimension = units.base(low, unit, multiplied=True)
    start, end = cell.start + value.start, cell.start + value.end
    first, last = _line(document.text, start, end)
    if (first, last) not in quoted:
        quoted[first, last] = document.text[first:last]
    return Commitment(
        commitment_id=digest_id(document.digest, start, end),
        document=document.name,
        document_digest=document.digest,
        start=start,
        end=end,
        as_written=value.written,
        sentence=quoted[first, last],
        sentence_start=first,
        section=traits.section(document, start),
        location=document.page_at(start),
        magnitude=low,
        magnitude_high=high,
        unit=unit.symbol,
        base_magnitude=base,
        dimension=dimension,
        name=label,
        place=name if region and not _WHOLE.match(name) else article.place or document.place,
        kind=kind,
        bound=value.bound,
        date=day,
        date_source=source,
        accumulation="since_start" if label.endswith("累计") else "",
        binding=binding,
        confidence=0.9 if not grid.ragged else 0.92,
    )


def _dated(columns: list[Column], place: int) -> int:
    """Return the column that dates a value: growth without a year is of the value before it."""
    if columns[place].sense == "growth" and columns[place].day is None:
        for before in range(place - 1, -1, -1):
            if columns[before].role == "value" and columns[before].day is not None:
                return before
    return place


def _measured(name: str, measure: str) -> str:
    """Add the measure of a column to the name of a row that has none (原煤 + 产量)."""
    if not measure or measure in name or (name[-1:] in "量额率" and measure[-1:] in "量额率"):
        return name
    return name + measure


def _points(grid: Grid, place: int, levels: dict[int, Decimal], total: Decimal) -> bool:
    """Tell whether a cumulative value of a percentage is in percentage points."""
    if _POINTS_NOTE.search(grid.notes):
        return True
    before = [value for each, value in sorted(levels.items()) if each < place]
    return len(before) >= 2 and abs(abs(before[-1] - before[0]) - abs(total)) <= Decimal("0.11")


def _when(
    grid: Grid,
    columns: list[Column],
    place: int,
    article: Article,
    total: bool,
) -> tuple[Kind, date | None, DateSource]:
    """Return kind and date of a cell from the head of its column."""
    column = columns[place]
    planned = article.genre in {"plan", "policy", ""}
    now = article.issued_on or article.plan_start
    day = column.day
    source: DateSource = "stated" if day else ""
    years = [each.day for each in columns if each.day]
    if day is None:
        told = [each for each in times.find(grid.caption, article.issued_on) if not each.compared]
        if told and not planned:
            day, source = told[-1].day, "section"
        elif article.genre == "bulletin" and now is not None:
            year = re.search(r"((?:19|20)\d\d)年", article.title)
            day = date(int(year.group(1)) if year else now.year - 1, 12, 31)
            source = "document"
    last = max(years) if years else None
    if column.sense in {"rate", "total"} or total:
        end = article.plan_end or last
        if column.sense != "done" and (planned or (last and now and last > now)):
            return "target", end, "plan_period" if end else ""
        return "actual", end, "stated" if end else ""
    if column.sense == "ratio":
        return "actual", day or last, "stated" if day or last else ""
    if column.sense == "done":
        goal = any(each.day and day and each.day > day for each in columns) or any(
            each.sense == "plan" for each in columns
        )
        same = any(each.sense == "plan" and each.day == day for each in columns)
        later = goal and not same and planned
        return ("baseline" if later else "actual"), day, source or ""
    if column.sense == "plan":
        return (
            "target",
            day or article.plan_end or last,
            source or ("plan_period" if article.plan_end else ""),
        )
    if day is not None and now is not None:
        start = article.plan_start
        past = day < start if planned and start is not None else day < now
        if past:
            goal = any(
                each.day and each.day > day and (not start or each.day >= start)
                for each in columns
                if each.role == "value"
            )
            return ("baseline" if goal and planned else "actual"), day, "stated"
        return ("target" if planned or day > now else "actual"), day, "stated"
    if planned:
        return "target", article.plan_end, "plan_period" if article.plan_end else ""
    return "actual", day, ""


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the line that holds a cell."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last
