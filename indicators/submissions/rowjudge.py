"""What each row under a header is: data, a total, a caption, a note, the header again, another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.submissions.region import TYPED, Grid
from indicators.submissions.rowsort import says_value
from indicators.submissions.sheet import Row
from indicators.submissions.values import normal
from indicators.submissions.words import header_words, is_metadata, is_note, is_total, unit_of_line

__all__ = ["CONTINUED", "RowJudge", "taught"]

CONTINUED = re.compile(r"续\s*表|[(（]续[)）]|\bcontinued\b|\bcont['.]?d\b", re.IGNORECASE)
_PAGE = re.compile(
    r"[-—\s]*(?:第\s*\d+\s*页.{0,12}|[Pp]age\s+\d+(?:\s+of\s+\d+)?|\d+\s*/\s*\d+\s*页?)[-—\s]*"
)
_GROUP = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十]+)|[（(][共计]*\s*\d+\s*[项个家条件类][)）]"
)
"""How the label of a group begins, or what it counts."""


class RowJudge:
    """Tells what each row of a table is."""

    def __init__(self, grid: Grid, header: Sequence[int], left: int, right: int) -> None:
        self.grid = grid
        self.left, self.right = left, right
        self.width = right - left + 1
        self.heads = [
            {
                column: normal(text)
                for column in range(self.left, min(self.right, self.left + 400) + 1)
                if (text := grid.text_at(number, column))
            }
            for number in header
        ]
        self.years = [head for head in self.heads if any(map(str.isdigit, head.values()))]
        """Those of its rows that hold numbers, which data may hold, too."""
        self.typed: dict[int, int] = {}
        self.enough = taught(self.width)
        self.seen = 0

    def learn(self, row: Row) -> None:
        """Remember which columns hold values; a few hundred rows tell enough."""
        if self.seen >= self.enough:
            return
        self.seen += 1
        for column, code in self.grid.codes(row).items():
            if code in TYPED:
                self.typed[column] = self.typed.get(column, 0) + 1

    def reason(self, row: Row) -> str:
        """Return why a row is no data, empty where it is, 表头 where another table begins."""
        texts: list[tuple[int, str]] = []
        numbers = 0
        column = row.start - 1
        for value in row.values:
            column += 1
            if value is None or not self.left <= column <= self.right:
                continue
            if value.__class__ is not str:
                numbers += 1
                if numbers > 1 and len(texts) >= 2:
                    break
            elif value.strip():
                texts.append((column, value))
        if not texts and not numbers:
            return "空行"
        if self.years and numbers and self.says_years_again(row, texts):
            return "重复表头"
        if not texts:
            return ""
        label = texts[0][1].strip()
        if numbers and len(label) < 2_000:
            if is_total(texts[0][1]) or (len(texts) > 1 and is_total(texts[1][1])):
                return "合计行"
            return "合计行（标签跨列合并）" if self.heads_group(row, label) else ""
        return self.without_numbers(row, texts)

    def heads_group(self, row: Row, label: str) -> bool:
        """Tell whether 一、续建项目（2项）, merged over the columns that name, sums up what follows."""
        merges = self.grid.merges.get(row.number)
        if not merges or not _GROUP.search(label):
            return False
        return any(
            merge.top == merge.bottom and merge.left == self.left and self.width > merge.width >= 3
            for merge in merges
        )

    def without_numbers(self, row: Row, texts: Sequence[tuple[int, str]]) -> str:
        """Judge a row that holds only text, numbers as text among it."""
        codes = {
            at: code for at, code in self.grid.codes(row).items() if self.left <= at <= self.right
        }
        label = texts[0][1].strip()
        typed = [at for at, code in codes.items() if code in TYPED]
        if self.repeats_header(texts):
            return "重复表头"
        if is_total(label) or (len(texts) > 1 and is_total(texts[1][1])):
            return "合计行"
        if len(codes) == 1:
            if CONTINUED.search(label) and len(label) < 80:
                return "续表标题"
            if unit_of_line(label):
                return "单位说明"
            if is_note(label) or _PAGE.fullmatch(label):
                return "说明"
            if self.grid.covering(row.number, self.left, self.right):
                return ""  # a cell merged from above is a value of this row too
            return "分组标题" if self.width > 2 else ""
        signs = _signed([text for _, text in texts])
        if signs == len(texts) > 1 and not typed:
            return "说明"
        signed = signs * 2 > len(texts)
        if is_note(label) and not typed and (signed or len(codes) * 2 <= self.width):
            return "说明"
        if not typed and any(unit_of_line(text) for _, text in texts) and len(texts) <= 3:
            return "单位说明"
        if self.another_header(codes, texts):
            return "表头"
        return ""

    def repeats_header(self, texts: Sequence[tuple[int, str]]) -> bool:
        """Tell whether a row says again what a row of the header says."""
        if len(texts) < 2:
            return False
        found = {column: normal(text) for column, text in texts}
        for head in self.heads:
            same = sum(head.get(column) == text for column, text in found.items())
            other = any(
                head.get(column, "") not in ("", text) and self.typed.get(column)
                for column, text in found.items()
            )  # over values: that is the header of another table
            if same >= 2 and same >= 0.6 * len(found) and not other:
                return True
        return False

    def says_years_again(self, row: Row, texts: Sequence[tuple[int, str]]) -> bool:
        """Tell whether a row says a header of years again: 行业 | 2023 | 2024."""
        for head in self.years:
            if texts and head.get(texts[0][0]) != normal(texts[0][1]):
                continue
            cells = [
                (cell.column, normal(cell.text))
                for cell in self.grid.sheet.cells(row)
                if self.left <= cell.column <= self.right
            ]
            same = sum(head.get(column) == text for column, text in cells)
            if same >= 2 and same >= 0.8 * len(cells):
                return True
        return False

    def another_header(self, codes: dict[int, str], texts: Sequence[tuple[int, str]]) -> bool:
        """Tell whether words stand where values stood: the header of another table."""
        if self.seen < 2:
            return False
        usual = {at for at, times in self.typed.items() if times >= 0.6 * self.seen}
        words = {
            at
            for at, text in texts
            if at in usual and codes.get(at) == "t" and not says_value(text)
        }
        if len(usual) == 1 and sum(header_words(text) for _, text in texts) < 2:
            return (
                False  # 6.06 LTS under 5.04 is a value; of one column alone the words must say it
            )
        return (
            len(usual) >= 1
            and len(words) >= max(1, 0.6 * len(usual))
            and not any(code in TYPED and code != "N" for code in codes.values())
            and len(codes) >= max(2, 0.5 * self.width)
        )


def _signed(texts: Sequence[str]) -> int:
    """Return how many cells are a label with a colon, or what such a label in the cell before says."""
    return sum(
        is_metadata(text) or (at > 0 and texts[at - 1].rstrip().endswith((":", "：")))
        for at, text in enumerate(texts)
    )


def taught(width: int) -> int:
    """Return how many rows tell which columns hold values; of a very wide table fewer do."""
    return max(12, min(300, 400_000 // width))
