"""The head of a document: title, document number, issuer, day of issue, salutation, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indicators import places
from indicators.documents.plan_period import day
from indicators.model import Genre

__all__ = ["Masthead", "genre_of_title", "place_of_body", "read_masthead"]

_HEAD = 40
"""Paragraphs in which the head of a document is looked for."""

_NUMBER = re.compile(
    r"(?:[一-鿿]{1,12}(?:发|办|函|字|规|令|政|通|告|〔)[一-鿿]{0,6})?[一-鿿]{0,12}"
    r"[〔﹝［\[【（(]\s?(?:19|20)\d\d\s?[〕﹞］\]】）)]\s?(?:第\s?)?\d{1,5}\s?号"
)
_LABELLED = re.compile(
    r"(?:[【\[]\s*)?(标\s*题|文\s*号|发文字号|文件编号|发文机关|发布机构|发布单位|制发单位|公开主体"
    r"|成文日期|发文日期|印发日期|发布日期|公开日期|生成日期)\s*[】\]]?\s*(?:[:：]\s*)(\S.*)"
)
_FIELDS = {
    "标题": "title", "文号": "number", "发文字号": "number", "文件编号": "number",
    "发文机关": "issuer", "发布机构": "issuer", "发布单位": "issuer", "制发单位": "issuer",
    "公开主体": "issuer", "成文日期": "written", "发文日期": "written", "印发日期": "written",
    "发布日期": "published", "公开日期": "published", "生成日期": "published",
}  # fmt: skip
_ONLY_DATE = re.compile(
    r"[（(]?\s*(?:(?:19|20)\d\d|[一二][〇○零Ｏ九一二三四五六七八]{3})\s*[年\-/.]\s*[\d一二三四五六七八九十]{1,3}\s*[月\-/.]\s*"
    r"[\d一二三四五六七八九十]{1,3}\s*日?\s*(?:印发|发布)?[）)]?\Z"
)
_PRINTED = re.compile(r"((?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*印发")
_SALUTATION = re.compile(r"(?:各|区|市|县|省|自治)[^。；]{1,120}[:：]\Z")
_BODY = re.compile(
    r"(?:[一-鿿]{0,16}?(?:人民政府|行政公署|人民代表大会|办公厅|办公室|委员会|国务院|管理局|管委会|[部厅局委])"
    r"(?:办公厅|办公室)?)"
)
_SIGNED = re.compile(rf"({_BODY.pattern})\s+(?=(?:19|20)\d\d年)")
"""A signature and its date on one line."""
_TITLE_END = re.compile(
    r"(?:通知|规划|方案|计划|纲要|意见|措施|办法|决定|公报|报告|要点|细则|条例|规定|公告|通报|批复|函|决议|行动|指南|清单|目标|任务分解|分解表|责任分解|任务分工|分工|任务书|安排|实事(?:项目|清单)?|重点(?:工程|项目))"
    r"(?:[（(][^（）()]{2,30}[）)]\s*)*\Z"
)
_APART = re.compile(
    rf"{_ONLY_DATE.pattern}|目\s*录?\Z|[—－-]{{1,2}}|.*{_PRINTED.pattern}|[（(][^）)]*(?:批准|通过|会议|\d日)[）)]\Z"
)
"""A line that is no part of a title: a date, 目录, a subtitle, where it was passed."""
_NOTICE_END = re.compile(r"的(?:通知|公告|决定|批复)\Z")
_INNER = re.compile(r"(?:印发|发布|转发|下发|公布)[《〈]?(.+?)[》〉]?\s*的(?:通知|公告|决定)")
_PERIOD_TAIL = re.compile(r"[（(][^（）()]{2,30}[）)]\Z")
_STOPS = "。；！？"

_GENRES: tuple[tuple[Genre, re.Pattern[str]], ...] = (
    (
        "bulletin",
        re.compile(
            r"公报|统计(?:数据|快报|月报)|运行情况|经济运行|(?:完成|进展|落实|实施|推进|执行|开展|项目建设)情况(?!与|和|及)|概况|决算"
        ),
    ),
    ("report", re.compile(r"报告|讲话|汇报|发言|述职")),
    (
        "plan",
        re.compile(
            r"规划|方案|计划|纲要|行动|工作要点|重点工作|工作安排|任务分工|目标|实事|重点(?:工程|项目)|清单"
        ),
    ),
    ("policy", re.compile(r"措施|办法|规定|条例|意见|细则|政策|决定|奖补|扶持|指南|通知")),
)
_SUMMARY = re.compile(
    r"总结|(?:完成|执行|开展|落实|进展)情况(?:的报告)?(?:和|与|及|以及|暨)\S{0,12}(?:计划|安排|打算|要点|思路)"
)
"""A title of what was done, and perhaps what is to be done: a report."""
_PAPER = re.compile(
    r"(?:日报|晚报|晨报|时报|早报|商报|新闻|通讯社|新华社|周刊|报社|新华网|人民网|客户端)"
)

_YEAR = re.compile(r"\A\d{4}年")
_TOWN = re.compile(
    r"([一-鿿]{2,9}?(?:镇|乡|苏木|街道|新区|区|县|市|旗|州|盟|省))(?=人民政府|办事处|管委会|管理委员会|行政公署)"
)
_CENTRAL = re.compile(
    r"国务院|中央|国家|全国|中华人民共和国|最高人民|[一-鿿]{1,9}部(?:办公厅)?(?:等|、|\s|\Z)"
)
_MEETING = re.compile(
    r"(?:——|[（(])?\s*(?P<day>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)在?(?P<place>[一-鿿]{2,12}?)?(?:第[一-鿿]{1,4}届)"
    r"(?:(?P<nation>全国)|(?P<region>[一-鿿]{2,12}?))?人民代表大会"
)


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the head of a document says of it."""

    title: str = ""
    inner: str = ""
    """Title of the plan that a notice hands on; else the title itself."""
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None


def genre_of_title(title: str, issuer: str = "") -> Genre:
    """Return the genre that a title tells, by its last word that tells one.

    A newspaper as the issuer makes news; else the title without its notice decides.
    """
    if issuer and _PAPER.search(issuer) and "政府" not in issuer:
        return "news"
    best: Genre = ""
    at = -1
    words = _PERIOD_TAIL.sub("", title.strip())
    if _SUMMARY.search(words):
        return "report"
    for genre, pattern in _GENRES:
        for match in pattern.finditer(words):
            if match.end() > at and not (genre == "policy" and match.group() == "通知" and best):
                best, at = genre, match.end()
    return best


def place_of_body(body: str) -> str:
    """Return the innermost region that a name begins with; 全国 for a central body.

    包头市人民政府 and 包头市2025年… are 包头市; 深圳市龙华区… is 龙华区; a town that no list has is
    read from its form.
    """
    words = _YEAR.sub("", body.lstrip("《“").removeprefix("中共"))
    if found := places.leading(words):
        return found.region.place
    if _CENTRAL.match(words):
        return places.NATION.place
    match = _TOWN.match(words)
    return match.group(1) if match else ""


def read_masthead(
    text: str,
    paragraphs: Sequence[tuple[int, int]],
    first_section: int | None,
) -> Masthead:
    """Read the head of a document.

    Args:
        text: the kept text.
        paragraphs: spans of its paragraphs.
        first_section: where the first numbered heading begins, if there is one.
    """
    head: list[tuple[int, int, str]] = []
    for start, end in paragraphs[:_HEAD]:
        if first_section is not None and start >= first_section:
            break
        head.append((start, end, " ".join(text[start : min(end, start + 400)].split())))
    fields: dict[str, str] = {}
    for _, _, words in head:
        if label := _LABELLED.match(words):
            fields.setdefault(_FIELDS[re.sub(r"\s", "", label.group(1))], label.group(2).strip())
    plain = [each for each in head if not _LABELLED.match(each[2])]
    number = fields.get("number", "")
    if not _NUMBER.search(number):
        number = next((words for _, _, words in plain if _NUMBER.fullmatch(words)), "")
    title, inner, named = _titles(plain)
    title = fields.get("title", title)
    issuer = fields.get("issuer", "") or _issuer(named, plain)
    issued_on = day(fields.get("written", "")) or _issued_on(text, plain)
    told = (words.replace(" ", "") for _, _, words in plain)
    met = (_MEETING.match(words) for words in told if "人民代表大会" in words)
    if meeting := next(filter(None, met), None):
        issued_on = day(meeting["day"])
        region = meeting["region"] or meeting["place"] or ""
        issuer = "国务院" if meeting["nation"] else f"{region}人民政府"
    return Masthead(
        title, inner or title, number, issuer, issued_on or day(fields.get("published", ""))
    )


def _titles(head: Sequence[tuple[int, int, str]]) -> tuple[str, str, str]:
    """Return the title of the document, that of the plan it hands on, and who issues it by title.

    A title is a run of lines without clauses that ends with the name of a sort of document; a run
    is broken by a date, a document number, a salutation and by body text.
    """
    titles: list[list[str]] = []
    run: list[str] = []
    for _, _, words in [*head, (0, 0, "。")]:
        complete = bool(run) and _TITLE_END.search("".join(run)) is not None
        if (
            _title_like(words)
            and not _APART.match(words)
            and not _NUMBER.fullmatch(words)
            and not (complete and _BODY.fullmatch(words))
        ):
            if run and _NOTICE_END.search("".join(run)):
                titles.append(run)
                run = []
            run.append(words)
            continue
        if complete:
            titles.append(run)
        run = []
        if titles and len(words) > 120:
            break
    if not titles:
        return "", "", ""
    title = _compose(titles[0])
    inner = next((each for each in map(_compose, titles[1:]) if "通知" not in each), "")
    if not inner and (handed := _INNER.search(title)):
        inner = handed.group(1).strip()
    bodies = re.split(r"关于|印发", "".join(titles[0]), maxsplit=1)[0].split()
    if len(bodies) > 1 and title.startswith("".join(bodies)):
        title = " ".join(bodies) + title[len("".join(bodies)) :]
    return title, inner, "、".join(bodies)


def _title_like(words: str) -> bool:
    return (
        4 <= len(words) <= 90
        and not any(stop in words for stop in _STOPS)
        and words[-1] not in "，,：:、"
        and not words.startswith(("（此件", "(此件", "附件", "抄送"))
    )


def _compose(run: Sequence[str]) -> str:
    """Return the lines of a title as one, blank space between Chinese characters left out."""
    words = re.sub(r"\s*([（(])\s*", r"\1", "".join(run))
    return re.sub(r"(?<=[一-鿿“”》）)])\s+(?=[一-鿿“”《（(])", "", words).strip()


def _issuer(named: str, head: Sequence[tuple[int, int, str]]) -> str:
    """Return who issued: by the title, else who signed; several bodies in order."""
    if named and _BODY.fullmatch(named.split("、", maxsplit=1)[0]):
        return named
    signed: list[str] = []
    for _, _, words in head:
        if len(words) <= 40 and _BODY.fullmatch(words):
            signed.append(words)
        elif signed:
            break
    if signed:
        return "、".join(dict.fromkeys(signed))
    for _, _, words in head:
        if match := _SIGNED.match(words):
            return match.group(1)
    return ""


def _issued_on(text: str, head: Sequence[tuple[int, int, str]]) -> date | None:
    for _, _, words in head:
        if _ONLY_DATE.match(words):
            return day(words)
    for _, _, words in head:
        if len(words) <= 60 and _SIGNED.match(words):
            return day(words)
    tail = text[-600:]
    if printed := _PRINTED.search(tail):
        return day(printed.group(1))
    lines = [line.strip() for line in tail.splitlines()]
    return next((day(line) for line in reversed(lines) if line and _ONLY_DATE.match(line)), None)
