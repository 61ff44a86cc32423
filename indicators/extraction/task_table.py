"""Tasks in tables: rows below a head that names both what is to be done and who does it.

Cells are parted by tabs.  A cell left empty by a merged cell above keeps what stood there; a head
that comes again on the next page is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from indicators.documents import Document, split_names
from indicators.extraction import times

__all__ = ["Row", "table_rows"]

_COLUMNS = {
    "number": re.compile(r"序号|编号|No\.?"),
    "deadline": re.compile(r"(?:完成)?(?:时限|期限|时间)|时间节点|进度安排"),
    "lead": re.compile(
        r"牵头|责任(?:单位|部门|主体)|主责|主办|承办|实施(?:单位|主体)|负责(?:单位|部门)|落实单位"
    ),
    "supporting": re.compile(r"配合|参与|协办|协同"),
    "leader": re.compile(r"(?:责任|分管|牵头|包联)(?:领导|人)|负责人"),
    "task": re.compile(r"任务|工作内容|内容|事项|举措|措施|项目|目标要求|要点"),
}
_BLANK = re.compile(r"\s+")
_DATED = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row that is a task; offsets of the kept text."""

    start: int
    end: int
    number: str
    title: str
    lead: tuple[str, ...]
    supporting: tuple[str, ...]
    leader: str
    deadline: date | None


def table_rows(document: Document) -> Iterator[Row]:
    """Yield the rows of task tables in order."""
    head: dict[str, int] | None = None
    above: list[str] = []
    last = 0
    for start, end in document.paragraphs:
        line = document.text[start:end]
        if "\t" not in line:
            if head is not None and start - last > 2 and line.strip():
                head = None
            continue
        last = end
        cells = [_BLANK.sub("", cell) for cell in line.split("\t")]
        found = _head(cells)
        if found is not None:
            head, above = found, []
            continue
        if head is None:
            continue
        cells = _filled(cells, above, head)
        above = cells
        row = _row(document, start, end, cells, head)
        if row is not None:
            yield row


def _head(cells: Sequence[str]) -> dict[str, int] | None:
    """Return which column is which, if the cells are the head of a task table."""
    columns: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if len(cell) > 16:
            return None
        name = next((name for name, pattern in _COLUMNS.items() if pattern.search(cell)), None)
        # Of several columns of tasks (任务类别, 具体任务) the last is the finest.
        if name is not None and (name not in columns or name == "task"):
            columns[name] = place
    return columns if {"task", "lead"} <= columns.keys() else None


def _filled(cells: list[str], above: Sequence[str], head: dict[str, int]) -> list[str]:
    """Return the cells of a row; one without its own lead keeps what merged cells above say."""
    lead = head["lead"]
    if lead < len(cells) and cells[lead]:
        return cells
    own = {head["task"], head.get("number", -1)}
    return [
        above[place] if not cell and place < len(above) and place not in own else cell
        for place, cell in enumerate(cells)
    ]


def _row(
    document: Document, start: int, end: int, cells: Sequence[str], head: dict[str, int]
) -> Row | None:
    def cell(name: str) -> str:
        place = head.get(name, -1)
        return cells[place] if 0 <= place < len(cells) else ""

    title = cell("task")
    lead = tuple(split_names(cell("lead")))
    if len(title) < 4 or not lead:
        return None
    issued = document.article_at(start).issued_on
    stated = times.find(cell("deadline"), issued) if _DATED.search(cell("deadline")) else []
    return Row(
        start=start,
        end=end,
        number=cell("number"),
        title=title,
        lead=lead,
        supporting=tuple(split_names(cell("supporting"))),
        leader=cell("leader"),
        deadline=max((each.day for each in stated), default=None),
    )
