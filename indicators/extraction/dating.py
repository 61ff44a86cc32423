"""Days that stand elsewhere than in the clause: in a plan's title, a heading, a list of times."""

from __future__ import annotations

import itertools
import re
from datetime import date

from indicators.documents import Article, Document
from indicators.extraction import times
from indicators.extraction.sentences import Sentence
from indicators.extraction.times import Time

__all__ = [
    "covered",
    "first_day",
    "headed",
    "headed_line",
    "headline",
    "opens",
    "reported",
    "respective",
]

_YEARED = r"《(?:[^《》]{2,60}\d{4}[^《》]{0,12}|[^《》]{0,30}十[一二三四五六]五[^《》]{2,40})》"
_PLAN_TITLE = re.compile(_YEARED)
_LEAD = 400
_ISSUED_PLAN = re.compile(
    rf"{_YEARED}[^。]{{0,40}}?(?:印发|发布|出台|公布|实施)|(?:印发|发布|出台|公布|披露|通过)了?{_YEARED}"
)
"""The lead of a piece of news on the issue of a plan."""
_ISSUED_FIGURES = re.compile(
    r"(?:《?((?:19|20)\d\d)年(?:度)?|《((?:19|20)\d\d)(?=[一-鿿]))[^。；，《》]{0,24}(?:公报|年报|统计(?:数据|快报|报告))"
)
"""The lead of a piece of news on the figures of a year (《2023年…公报》, 《2023中国…公报》)."""
_PART_OF_YEAR = re.compile(r"[一二三]季度|上半年|前.{1,3}月|\d月")
_TITLED = re.compile(
    r"((?:19|20)\d\d)年[^。；]{0,16}(?:目标|任务|实事|工作要点|重点工作|重点工程|计划|蓝图)"
)
"""A headline that names the year of what is planned."""
_FIRST = 40
"""A first line that is a headline is not longer, in characters."""
_OF_YEAR = re.compile(r"((?:19|20)\d\d)年(?!代|[^\d]{0,6}(?:将|拟|要|力争))")
"""A headline that begins with the year it tells of."""
_TITLED_NOW = re.compile(r"今年[^。；]{0,12}(?:将|要(?![求素])|计划|力争|拟|安排|目标|新[建增开])")
"""A headline that says what is to be done this year."""
_HEADLINE = re.compile(
    r"^[ \t\u3000■◆★▲]*((?:19|20)\d\d)年(?:[^\n。，；,]{0,24}(?:目标|成绩单?|回顾|任务|工作|指标|完成情况))?[ \t\u3000]*$"
    r"|^[ \t\u3000■◆★▲]*(?:回头看|回眸|成绩单)[ \t\u3000]*$",
    re.MULTILINE,
)
"""A line of a news page that heads what follows with a year."""


def first_day(text: str, time: Time) -> date:
    """Return the day of the first value of a move that a span of years took.

    2015年至2020年 begins with the end of 2015, “十四五”期间 with the day before it.
    """
    written = text[time.start : time.start + 2].isdigit()
    return date(time.begin.year - (not written), 12, 31)


def reported(
    document: Document, article: Article, sentence: Sentence, index: int, paragraph: int, read: int
) -> date | None:
    """Return the end of the plan that a piece of news reports on (《…行动方案（2024—2027年）》提出…)."""
    start = max(article.start, paragraph)
    before = document.text[start : min(read, start + 600)]
    told = before + sentence.text[: sentence.quantities[index].start]
    for text in (told, article.title):
        for title in reversed(_PLAN_TITLE.findall(text)):
            years = times.plan_years(title)
            if years is not None:
                return date(years[1], 12, 31)
    lead = document.text[article.start : article.start + _LEAD]
    issued_plan = _ISSUED_PLAN.search(lead)
    years = times.plan_years(issued_plan.group()) if issued_plan else None
    return date(years[1], 12, 31) if years else None


def covered(document: Document, article: Article) -> date | None:
    """Return the last day of the year whose figures a piece of news reports (《2023年…公报》发布)."""
    lead = document.text[article.start : article.start + _LEAD]
    found = _ISSUED_FIGURES.search(article.title) or _ISSUED_FIGURES.search(lead)
    if found:
        return date(int(found.group(1) or found.group(2)), 12, 31)
    if (whole := _OF_YEAR.match(article.title)) and _TITLED.search(article.title) is None:
        return date(int(whole.group(1)), 12, 31)
    if _PART_OF_YEAR.search(article.title) is None:
        return None
    issued = article.issued_on or document.issued_on
    told = [each.day for each in times.find(article.title, issued) if not each.compared]
    return next((day for day in told if issued and day <= issued), None)


def headline(document: Document, article: Article, paragraph: int) -> str:
    """Return the title of an article, and the line above a paragraph that is a headline of it too."""
    stop = min(paragraph, article.start + 2 * _FIRST)
    first, mark, _ = (
        document.text[article.start : max(stop, article.start)].lstrip().partition("\n")
    )
    return f"{article.title}\n{first}" if mark and len(first) <= _FIRST else article.title


def headed(document: Document, article: Article, paragraph: int) -> date | None:
    """Return the last day of the year that the line heading a piece of news names."""
    if article.genre != "news":
        return None
    line = headed_line(document, article, paragraph)
    if line is not None:
        return line
    named = _TITLED.search(headline(document, article, paragraph))
    if named:
        return date(int(named.group(1)), 12, 31)
    issued = article.issued_on or document.issued_on
    return date(issued.year, 12, 31) if issued and _TITLED_NOW.search(article.title) else None


def headed_line(document: Document, article: Article, paragraph: int) -> date | None:
    """Return the last day of the year that the line above a piece of news names."""
    begin = max(article.start, paragraph - 1500)
    headings = _HEADLINE.findall(document.text, begin, max(begin, paragraph))
    if not headings:
        return None
    issued = article.issued_on or document.issued_on
    if headings[-1]:
        return date(int(headings[-1]), 12, 31)
    return date(issued.year - 1, 12, 31) if issued else None


def respective(sentence: Sentence, head: int, member: int, size: int) -> Time | None:
    """Return the member's time where as many times as numbers stand side by side."""
    before = [
        time for time in sentence.times
        if time.end <= sentence.quantities[head].start and not time.compared
    ]  # fmt: skip
    if size < 2 or len(before) < size:
        return None
    run = before[-size:]
    for one, other in itertools.pairwise(run):
        if sentence.text[one.end : other.start].strip("到至底末") not in {
            "、",
            "和",
            "及",
            "与",
            "，",
            ",",
        }:
            return None
    return run[member]


def opens(text: str, time: Time) -> bool:
    """Tell whether a time stands at the beginning of a clause (到2027年，…)."""
    before = text[max(0, time.start - 6) : time.start]
    before = re.sub(
        r"(?:其中)?(?:力争|计划|争取|展望|面向)?(?:到|至|截至|截止|在)?$|[“（(]$", "", before
    )
    return (
        not before
        or before.endswith(("日电", "日讯"))
        or before[-1] in "，,。；;：:、—●■◆▲•·（( \t"
    )
