"""What paper adds to a text and a reader does not want: radicals, running heads, page numbers.

PDF fonts often map characters to the *radicals* of U+2E80–2FDF, which look right and match
nothing (⼗五五, 国内⽣产总值).  They are replaced one by one, so offsets stay; nothing else is
normalised: ㎡, ％ and ① are what the text says.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

__all__ = ["halved", "is_page_number", "join_lines", "radicals", "running", "without_radicals"]

_SUPPLEMENT: Final = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺉刂⺊卜⺋㔾⺌小⺎兀⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民"
    "⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺵网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹"
    "⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞"
    "⻝食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
"""Radical and character in turn, of the CJK Radicals Supplement (Unicode gives most no NFKC form)."""

RADICALS: Final = {
    **{
        code: unicodedata.normalize("NFKC", chr(code))
        for code in range(0x2E80, 0x2FE0)
        if unicodedata.normalize("NFKC", chr(code)) != chr(code)
    },
    **{
        ord(radical): char
        for radical, char in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)
    },
}
_RADICAL: Final = re.compile("[⺀-⿟]")
_PAGE_NUMBER: Final = re.compile(
    r"[\s\-－‐‑–—―─_·•.|]*"
    r"(?:\d{1,4}\s*[/／]\s*\d{1,4}|第?\s*\d{1,4}\s*页?(?:\s*[,，/／]?\s*共\s*\d{1,4}\s*页)?|[ivxlcⅠ-ⅹ]{1,6})"
    r"[\s\-－‐‑–—―─_·•.|]*\Z",
    re.IGNORECASE,
)
_NEAR: Final = 4
"""Pages on either side among which the title of a chapter comes again."""
_DIGITS: Final = re.compile(r"\d+")
_LATIN: Final = re.compile(r"[A-Za-z]")


def radicals(text: str) -> int:
    """Count the radicals in a text."""
    return sum(1 for _ in _RADICAL.finditer(text))


def without_radicals(text: str) -> str:
    """Replace each radical of U+2E80–2FDF by its character, and nothing else; offsets stay."""
    return text.translate(RADICALS) if _RADICAL.search(text) else text


def is_page_number(line: str) -> bool:
    """Tell whether a line at the edge of a page is its number: 12, — 3 —, 第 3 页 共 20 页."""
    return _PAGE_NUMBER.match(line) is not None and any(char.isalnum() for char in line)


def running(pages: Sequence[Sequence[tuple[str, float]]]) -> list[tuple[int, int]]:
    """Return how many lines at the top and the bottom of each page are running heads or numbers.

    A running line stands, but for its digits, at one height of at least two pages and of more than
    a third of them, or word for word on three pages close together: the title of a chapter.  A page
    number goes also where only the pages beside it are numbered, or where
    it stands between dashes.

    Args:
        pages: the lines of each page with their heights, from the top down.
    """
    counts = [Counter[tuple[str, int]](), Counter[tuple[str, int]]()]
    for lines in pages:
        for edge, words in enumerate(_edges(lines)):
            counts[edge].update({key for line in words for key in _keys(line)})
    least = max(2, len(pages) // 3 + 1)
    numbered = [
        sum(1 for lines in pages if lines and is_page_number(lines[at][0])) for at in (0, -1)
    ]
    exact = [
        [{(line[0].strip(), round(line[1] / 6)) for line in words} for words in _edges(lines)]
        for lines in pages
    ]
    cut: list[tuple[int, int]] = []
    for page, lines in enumerate(pages):
        near = exact[max(0, page - _NEAR) : page + _NEAR + 1]
        here = []
        for edge, words in enumerate(_edges(lines)):
            gone, counted = 0, False
            for line in words:
                here_exactly = (line[0].strip(), round(line[1] / 6))
                often = (
                    any(counts[edge][key] >= least for key in _keys(line))
                    or sum(here_exactly in each[edge] for each in near) >= 3
                )
                number = is_page_number(line[0])
                if number and counted:
                    break  # a cell of a table that happens to stand above the page number
                if not often and not (
                    number
                    and (numbered[edge] * 2 > len(pages) > 1 or not line[0].strip().isalnum())
                ):
                    break
                gone, counted = gone + 1, counted or number
            here.append(gone)
        top = min(here[0], len(lines))
        cut.append((top, min(here[1], len(lines) - top)))
    return cut


def _edges(
    lines: Sequence[tuple[str, float]],
) -> tuple[Sequence[tuple[str, float]], Sequence[tuple[str, float]]]:
    """Return the lines at the top and at the bottom of a page, from the edge inwards."""
    return lines[:3], lines[:-4:-1]


def _keys(line: tuple[str, float]) -> tuple[tuple[str, int], tuple[str, int]]:
    """Return what makes a line the same on another page: its words and about its height."""
    words = _DIGITS.sub("#", line[0].strip())
    return (words, round(line[1] / 6)), (words, round((line[1] + 3) / 6) + 10_000)


def halved(line: str) -> str:
    """Return a line whose every character was printed twice, to look bold, printed once.

    总总体体要要求求 becomes 总体要求, and 总体要求总体要求 too; words that are doubled by nature (常常)
    are too short to be taken for it.
    """
    if len(line) >= 8 and len(line) % 2 == 0:
        if line[::2] == line[1::2] and len(set(line)) > 2:
            return line[::2]
        middle = len(line) // 2
        if line[:middle] == line[middle:] and len(set(line)) > 3:
            return line[:middle]
    return line


def join_lines(lines: Sequence[str]) -> str:
    """Join lines of one paragraph or cell; a space only where two Latin words would touch."""
    parts = [line.strip() for line in lines]
    parts = [part for part in parts if part]
    if not parts:
        return ""
    joined = parts[0]
    for before, after in pairwise(parts):
        touch = _LATIN.match(before[-1]) and _LATIN.match(after[0])
        joined += f" {after}" if touch else after
    return joined
