"""The catalog: a CSV with what texts do not say themselves, one line a document.

Columns ``document,title,issuer,issued_on`` and, if wanted, ``place,plan_start,plan_end,genre``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final, get_args

from indicators.documents.encoding import decode
from indicators.documents.model import Entry
from indicators.errors import UnreadableInput, unreadable
from indicators.model import Genre

__all__ = ["catalog"]

_COLUMNS: Final = (
    "document", "title", "issuer", "issued_on", "place", "plan_start", "plan_end", "genre",
)  # fmt: skip
_GENRES: Final[tuple[Genre, ...]] = get_args(Genre)
_LARGEST: Final = 20_000_000


def catalog(path: str | Path) -> Mapping[str, Entry]:
    """Return the lines of a catalog by file name.

    Raises:
        UnreadableInput: the file, a column, a date or a genre is wrong, or a document comes twice;
            says the line.
    """
    place = Path(path)
    try:
        if place.stat().st_size > _LARGEST:
            raise UnreadableInput(
                "目录文件过大", place=str(place), action="目录是一行一个文件的 CSV，请检查路径"
            )
        content = place.read_bytes()
    except OSError as error:
        raise unreadable(place, error, "目录") from error
    decoded = decode(content)
    if decoded is None:
        raise UnreadableInput("目录不是文本", place=str(place), action="请存为 UTF-8 的 CSV")
    rows = csv.reader(io.StringIO(decoded.text, newline=""))
    entries: dict[str, Entry] = {}
    try:
        header = [name.strip() for name in next(rows, [])]
        unknown = [name for name in header if name not in _COLUMNS]
        if "document" not in header or unknown or len(set(header)) < len(header):
            found = "、".join(unknown or header) or "空"
            raise UnreadableInput(
                f"目录的列不对：{found}",
                place=f"{place}:1",
                action=f"列名应为 {','.join(_COLUMNS)}",
            )
        for cells in rows:
            if any(cell.strip() for cell in cells):
                entry = _entry(header, cells, f"{place}:{rows.line_num}")
                if entry.document in entries:
                    raise UnreadableInput(
                        f"“{entry.document}”出现了两次",
                        place=f"{place}:{rows.line_num}",
                        action="请删去一行",
                    )
                entries[entry.document] = entry
    except csv.Error as error:
        raise UnreadableInput(
            f"不是合格的 CSV（{error}）", place=f"{place}:{rows.line_num}", action="请检查引号"
        ) from error
    return entries


def _entry(header: list[str], cells: list[str], place: str) -> Entry:
    """Return one line."""
    if len(cells) > len(header):
        raise UnreadableInput(
            f"有 {len(cells)} 列，表头只有 {len(header)} 列",
            place=place,
            action="含逗号的内容请加引号",
        )
    row = dict.fromkeys(_COLUMNS, "") | {
        name: cell.strip() for name, cell in zip(header, cells, strict=False)
    }
    if not row["document"]:
        raise UnreadableInput("没有写文件名", place=place, action="请在 document 列写文件名")
    genre = next((each for each in _GENRES if each == row["genre"]), None)
    if genre is None:
        raise UnreadableInput(
            f"“{row['genre']}”不是文种",
            place=place,
            action=f"应为 {'、'.join(filter(None, _GENRES))} 或空",
        )
    return Entry(
        document=row["document"],
        title=row["title"],
        issuer=row["issuer"],
        issued_on=_day(row["issued_on"], "issued_on", place),
        place=row["place"],
        plan_start=_day(row["plan_start"], "plan_start", place),
        plan_end=_day(row["plan_end"], "plan_end", place),
        genre=genre,
    )


def _day(written: str, column: str, place: str) -> date | None:
    """Return a day written as 2026-04-24, 2026/4/24 or 2026年4月24日."""
    if not written:
        return None
    parts = (
        written.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").split("-")
    )
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError:
        raise UnreadableInput(
            f"{column} 列的“{written}”不是日期", place=place, action="请写成 2026-04-24 的形式"
        ) from None
