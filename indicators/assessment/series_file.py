"""The file of a table of series: a CSV as statistical offices and spreadsheets write it.

A cell that cannot be read is a finding with its line and column; its row is handed on unjudged and
the other rows are judged.
"""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indicators.errors import UnreadableInput
from indicators.findings import Finding, FindingKind, kinds

__all__ = ["COLUMNS", "FINDINGS", "NUMBERS", "Series", "number", "read"]

COLUMNS = (
    "id", "series", "base_value", "base_year", "current_value", "current_year", "target",
    "target_year", "direction", "limit",
)  # fmt: skip
"""What a table has; more columns are passed through."""
NUMBERS = COLUMNS[2:]
_NEEDED = ("id", "base_value", "current_value", "current_year")
"""Without one of these nothing can be judged; the others count as blank."""

FINDINGS = kinds(
    FindingKind(
        code="series-column-missing",
        severity="warning",
        message="缺少列 {found}，按空白处理",
        action="没有这些内容可以不管，否则请补上这些列",
    ),
    FindingKind(
        code="series-cells",
        severity="error",
        message="应有 {expected} 列，实有 {found} 列，这一行没有研判",
        action="请核对这一行的逗号和引号",
    ),
    FindingKind(
        code="series-number",
        severity="error",
        message="{column} 应为数，实为“{found}”，这一行没有研判",
        action="请改成数，没有值就留空",
    ),
    FindingKind(
        code="series-year",
        severity="error",
        message="{column} 应为年份，实为“{found}”，这一行没有研判",
        action="请改成四位数的年份，没有就留空",
    ),
    FindingKind(
        code="series-direction",
        severity="error",
        message="direction 应为 1 或 -1，实为“{found}”，这一行没有研判",
        action="越大越好写 1，越小越好写 -1",
    ),
    FindingKind(
        code="series-direction-blank",
        severity="note",
        message="有 {found} 行没有写 direction，按越小越好研判",
        action="越大越好的请写 1",
    ),
)

_EMPTY = frozenset(
    {
        "",
        "null",
        "none",
        "nan",
        "na",
        "n/a",
        "n.a.",
        "#n/a",
        "nd",
        "n.d.",
        "not available",
        "missing",
        "-",
        "--",
        "–",
        "—",
        "——",
        "~",
        "/",
        ":",
        ".",
        "..",
        "...",
        "…",
        "?",
        "无",
        "暂无",
        "缺",
        "缺失",
    }
)
_UP = (
    "1 +1 + up ↑ upward ascending increase increasing rise rising higher positive max maximize maximise"
    " 升 上升 提高 提升 增加 增长 越大越好 越高越好 越多越好 正向 正"
)
_DOWN = (
    "-1 down ↓ downward descending decrease decreasing reduce fall falling lower negative min minimize"
    " minimise 降 下降 降低 减少 压减 越小越好 越低越好 越少越好 逆向 反向 负向 负"
)
_DIRECTIONS: Mapping[str, float] = {
    **dict.fromkeys(_UP.split(), 1.0),
    **dict.fromkeys(_DOWN.split(), -1.0),
}
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([, '’]\d{3})+(\.\d*)?")
_DECIMAL_COMMA = re.compile(r"[+-]?(\d{1,3}([. ]\d{3})+|\d+),\d+")
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?")
_YEAR = re.compile(r"(\d{4}(?:\.\d+)?)年?度?")
_YEAR_IN_MORE = re.compile(
    r"(\d{4})(?:[-/.]\d{1,2}[-/.]\d{1,2}(?:[ t]00:00.*)?|年\d{1,2}月(?:\d{1,2}日)?|[-–—~/至]\d{2}(?:\d{2})?年?)"
)
"""A day, a month or a range of years; of a range the first counts, as in the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A table of series as it was read."""

    header: Sequence[str]
    rows: Sequence[Mapping[str, str]]
    """Cells by column, as written."""
    judged: Sequence[Mapping[str, str]]
    """The same rows for the rule: every column there, a row in error without its numbers."""
    findings: Sequence[Finding]


def number(written: str, column: str) -> float:
    """Return the number in a cell; NaN for none.

    A sign of percent is dropped, since only ratios and growth rates are formed of one row's values;
    groups of thousands may be parted by commas or spaces; ``direction`` may be a word.

    Raises:
        ValueError: the cell holds something else.
    """
    text = unicodedata.normalize("NFKC", written).replace("\u2212", "-").strip().lower()
    if text in _EMPTY:
        return math.nan
    if column == "direction":
        if text in _DIRECTIONS:
            return _DIRECTIONS[text]
        value = float(text)
        if value not in (1.0, -1.0):
            raise ValueError(written)
        return value
    if column.endswith("_year"):
        year = _YEAR.fullmatch(text) or _YEAR_IN_MORE.fullmatch(text)
        if year is None:
            raise ValueError(written)
        return float(year[1])
    text = text.removesuffix("%").strip()
    if _GROUPED.fullmatch(text):
        text = re.sub("[, '’]", "", text)
    if not _PLAIN.fullmatch(text) or not math.isfinite(float(text)):
        raise ValueError(written)
    return float(text)


def _decoded(path: Path) -> str:
    try:
        content = path.read_bytes()
    except IsADirectoryError:
        raise UnreadableInput("这是文件夹，不是 CSV 文件", place=str(path)) from None
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableInput(
        "不是文本文件", place=str(path), action="请另存为 UTF-8 或 GB18030 编码的 CSV"
    )


def _with_points(lines: list[tuple[int, list[str]]], header: Sequence[str]) -> None:
    """Write decimal commas as points where a file without commas between cells has them.

    ``1,234`` alone may be either; one ``7,25`` or ``0,123`` in the columns of numbers tells that the
    comma is the decimal mark of the whole file.
    """
    places = [place for place, name in enumerate(header) if name in NUMBERS]
    cells = [
        (line, place, line[place].strip().removesuffix("%").strip())
        for _, line in lines
        for place in places
        if place < len(line)
    ]
    commas = [each for each in cells if _DECIMAL_COMMA.fullmatch(each[2])]
    if any(not _GROUPED.fullmatch(text) for _, _, text in commas):
        for line, place, text in commas:
            line[place] = re.sub("[. ]", "", text).replace(",", ".")


def _lines(path: Path) -> tuple[str, list[tuple[int, list[str]]]]:
    """Return what parts the cells (commas, semicolons or tabs), and the records with their lines."""
    text = _decoded(path)
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found, begins = [], 1
    try:
        for line in reader:
            if any(cell.strip() for cell in line):
                found.append((begins, line))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableInput(f"不是合格的 CSV：{error}", place=f"{path}:{begins}") from error
    if not found:
        raise UnreadableInput("文件是空的", place=str(path), action=f"应有列 {'、'.join(COLUMNS)}")
    return delimiter, found


def _header(path: Path, line: int, cells: Sequence[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    plain = [re.sub(r"[\s-]+", "_", cell.lower()) for cell in header]
    header = [name if name in COLUMNS else cell for name, cell in zip(plain, header, strict=True)]
    while header and not header[-1]:
        header.pop()
    missing = [name for name in _NEEDED if name not in header]
    if missing or len(set(header)) != len(header):
        raise UnreadableInput(
            f"缺少列 {'、'.join(missing)}" if missing else "列名有重复",
            place=f"{path}:{line}",
            action=f"应有列 {'、'.join(COLUMNS)}",
        )
    return header


def _wrong(path: Path, line: int, row: Mapping[str, str]) -> list[Finding]:
    """Return a finding for every cell of a row that cannot be read."""
    found = []
    for name in NUMBERS:
        try:
            number(row[name], name)
        except ValueError:
            sort = "number"
            if name == "direction" or name.endswith("_year"):
                sort = name.rpartition("_")[2]
            kind = FINDINGS[f"series-{sort}"]
            found.append(kind.at(f"{path}:{line}", found=row[name].strip(), column=name))
    return found


def read(path: Path) -> Series:
    """Return a table of series with what is wrong in it.

    Raises:
        UnreadableInput: it is no such table at all.
    """
    delimiter, ((first, cells), *lines) = _lines(path)
    header = _header(path, first, cells)
    as_written = [list(line) for _, line in lines]
    if delimiter != ",":
        _with_points(lines, header)
    findings: list[Finding] = []
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        kind = FINDINGS["series-column-missing"]
        findings.append(kind.at(f"{path}:{first}", found="、".join(missing)))
    rows, judged, undirected = [], [], 0
    # Spreadsheets leave out cells at a line's end, but a line without these has been cut.
    least = 1 + max(header.index(name) for name in (*_NEEDED, "direction") if name in header)
    blank = dict.fromkeys(COLUMNS, "")
    for (line, read_as), written in zip(lines, as_written, strict=True):
        rest = written[len(header) :]
        row = dict(zip(header, [*written, *[""] * len(header)], strict=False))
        whole = {**blank, **dict(zip(header, [*read_as, *[""] * len(header)], strict=False))}
        wrong = _wrong(path, line, whole)
        if any(cell.strip() for cell in rest) or len(written) < least:
            kind = FINDINGS["series-cells"]
            wrong = [kind.at(f"{path}:{line}", found=len(written), expected=len(header))]
        elif math.isnan(number(whole["direction"], "direction") if not wrong else 0.0):
            undirected += 1
        findings += wrong
        rows.append(row)
        judged.append({**whole, **dict.fromkeys(NUMBERS, "")} if wrong else whole)
    if undirected:
        findings.append(FINDINGS["series-direction-blank"].at(str(path), found=undirected))
    return Series(header=header, rows=rows, judged=judged, findings=findings)
