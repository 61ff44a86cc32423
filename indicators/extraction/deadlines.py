"""By when, or for when: the time that governs a quantity, else what section, plan and issue tell."""

from __future__ import annotations

import re
from datetime import date

from indicators.extraction import dating, deciding, kinds, progress
from indicators.extraction.deciding import Scene
from indicators.extraction.sentences import Sentence
from indicators.extraction.times import Time
from indicators.model import DateSource, Kind

__all__ = ["day_of", "governing"]

_RECENT = re.compile(r"目前|截至目前|现(?:已|有)|已")
_OF_VALUE = re.compile(r"的(?:约|近|不足|超)?[\d〇零一二两三四五六七八九十百]")
"""A time that dates the value behind it only (由2020年的310亿元增加到…)."""
_SPEECH = re.compile(r"讲话|汇报|发言|述职")
"""A speech is no report on a year: what it promises without a day has none."""
_EARLY = 4
"""Up to this month a report looks forward to its year, and what was done 全年 was done in the one before."""
_ANNUAL = re.compile(r"(?:主要)?预期目标")
"""Goals of one year, as work reports set them."""
_FIRST_MONTHS, _DECEMBER = 3, 12
_NEAR = 14
"""As far behind a number as the time by which it is done may stand, in characters."""
_DONE = re.compile(
    r"(?:前|底前)?(?:实现|全部|全面|基本)?(?:建成|开工|竣工|投产|投用|投运|完成|完工|达产|通车|启动|上线|落地)"
)
_CLAUSE = re.compile(r"[，,；;]")
_COMMAS = frozenset("，,")
_SUBJECT = re.compile(r"(?:^|[，。；：,;:])[一-鿿]{1,8}$")
"""A short subject that begins a clause (贵州省去年…)."""
_PARTED = re.compile(r"[、，,；;。\d]")
_CLOSED = re.compile(r"[）)]")
_PLANNED = frozenset(["预计", "计划", "将于", "定于", "拟于", "预期", "争取", "确保"])
_ALONE = re.compile(r"(?:到|至)?[\d年月日底末前上下半之第一二三四季度“”十五期—-]+(?:完成)?")
_START = re.compile(r"起(?![步草])|开始")
"""Behind a time from which something goes on."""
_NAMED = re.compile(
    r"[“《]|行动方案|行动计划|实施方案|远景|愿景|目标|规划|计划|中长期|版|届|度|级|代"
)


def governing(sentence: Sentence, index: int) -> Time | None:
    """Return the time that governs a quantity: the last that opens a clause or is reached."""
    quantity = sentence.quantities[index]
    own = dating.respective(sentence, *sentence.groups[index])
    if own is not None:
        return own
    text = sentence.text
    start, end = sentence.clause(quantity.start)
    behind = _behind(sentence, index, end) if sentence.times else None
    if behind is not None:
        return behind
    before_it = sentence.quantities[index - 1].start if index else -1
    parted = text.rfind("；", 0, quantity.start)
    chosen: Time | None = None
    for time in sentence.times:
        if time.start >= quantity.start or time.compared:
            continue
        if time.start < before_it and _dates_a_first_value(sentence, index, time):
            continue
        if index and _behind(sentence, index - 1, quantity.start) == time:
            continue
        if time.end <= parted and not _leads(text, time):
            continue
        if _START.match(text, time.end):
            continue
        before, after = text[max(0, time.start - 2) : time.start], text[time.end : time.end + 1]
        if (
            dating.opens(text, time)
            or before.endswith(("到", "至", "由", "从", "争"))
            or (time.start >= start and after in {"的", "达", "，"})
            or text[time.end - 1 : time.end] in "底末前"
            or before in _PLANNED
            or (
                before[-1:] in {"（", "("}
                and _CLOSED.search(text, time.end, quantity.start) is None
            )
            or text.startswith(("）：", "）:", "):"), time.end)
            or (
                time.relative
                and text.startswith(("去年", "上年"), time.start)
                and _SUBJECT.search(text, 0, time.start)
            )
        ) or (chosen is None and time.start >= start and not _NAMED.match(text, time.end)):
            chosen = time
    if chosen is None and "\t" in text:
        return _of_row(sentence, quantity.start)
    if chosen is None:
        stop = text[sentence.tails[index] : end + 1]
        if stop.startswith(("（", "(")) and not _holds_another(sentence, index):
            for time in sentence.times:
                if 0 <= time.start - sentence.tails[index] <= 3:
                    return time
    return chosen


def _leads(text: str, time: Time) -> bool:
    """Tell whether a time governs what stands behind a semicolon too: it opens the sentence, or is a goal's.

    到2027年，… sets the time of all goals that follow; 2025年底前建成… that of what it is said of.
    """
    before = text[: time.start]
    if time.relative and text.startswith(("去年", "上年"), time.start):
        return True
    if _CLAUSE.search(before) is None:
        return text[time.end - 1] != "前" or text[time.end : time.end + 1] in _COMMAS
    return text[time.end : time.end + 1] in _COMMAS and (
        before.endswith(("到", "至", "期间")) or dating.opens(text, time)
    )


def _behind(sentence: Sentence, index: int, stop: int) -> Time | None:
    """Return the time by which what is counted is done (60个项目一季度开工、40个年底前竣工)."""
    tail = sentence.tails[index]
    for time in sentence.times:
        if tail <= time.start < stop and time.start - tail <= _NEAR:
            between = sentence.text[tail : time.start]
            done = _DONE.match(sentence.text, time.end) is not None
            return time if done and _PARTED.search(between) is None else None
    return None


def _holds_another(sentence: Sentence, index: int) -> bool:
    """Tell whether the bracket behind a quantity has a value of its own (60%以上（2022年为54%）)."""
    if index + 1 >= len(sentence.quantities):
        return False
    between = sentence.text[sentence.tails[index] : sentence.quantities[index + 1].start]
    return "）" not in between and ")" not in between


def _of_row(sentence: Sentence, position: int) -> Time | None:
    """Return the time that a cell of the row behind a quantity holds and nothing else."""
    for time in sentence.times:
        start, end = sentence.clause(time.start)
        if time.start >= position and _ALONE.fullmatch(sentence.text, start, end):
            return time
    return None


def _dates_a_first_value(sentence: Sentence, index: int, time: Time) -> bool:
    """Tell whether a time dates the first value of a move only (由2024年的35%提高到60%)."""
    text = sentence.text
    first = text[time.start - 1 : time.start] in {"由", "从", "自"}
    if not first and _OF_VALUE.match(text, time.end) is None:
        return False
    dated = next(place for place in range(index) if sentence.quantities[place].start >= time.start)
    return kinds.baseline(sentence, dated)


def day_of(
    scene: Scene, sentence: Sentence, index: int, time: Time | None, kind: Kind
) -> tuple[date | None, DateSource]:
    """Return the day by which or for which, and where it was read.

    Args:
        scene: where the sentence stands.
        sentence: the sentence.
        index: place of the quantity in it.
        time: the time that governs the quantity.
        kind: target, actual or baseline.
    """
    if time is None and scene.state.time is not None:
        time = scene.state.time
    issued, article, stretch = scene.now, scene.article, scene.stretch
    if kind == "target":
        year = stretch.until or issued
        planned = progress.day(sentence, index, time, year.year if year else None)
        return (planned, "stated") if planned else _deadline(scene, sentence, index, time)
    if kind == "baseline" and time is not None and not _own(sentence, index, time):
        return None, ""
    past = stretch.until is not None and (issued is None or stretch.until < issued)
    if time and issued and not past and _of_last_year(sentence, time, issued):
        last = scene.state.time
        year_before = date(issued.year - 1, 12, 31)
        return (last.day if last and last.day < issued else year_before), "document"
    if time is not None and (issued is None or time.day <= issued or time.bare):
        if kind == "baseline" and time.begin.year < time.day.year:
            return dating.first_day(sentence.text, time), "stated"
        return time.day, "stated"
    if kind == "baseline":
        return None, ""
    if past:
        return stretch.until, "section"
    if article.genre == "bulletin" and issued is not None:
        return issued, "document"
    if article.genre == "report" and issued is not None and issued.month <= 4:
        return date(issued.year - 1, 12, 31), "document"
    start, end = sentence.clause(sentence.quantities[index].start)
    headed = dating.headed(scene.document, article, scene.state.paragraph)
    if headed is not None and (issued is None or headed < issued):
        return headed, "section"
    recent = sentence.text.startswith("目前，") or _RECENT.search(sentence.text[start:end])
    if issued is not None and recent:
        return issued, "document"
    told = dating.covered(scene.document, article) if article.genre == "news" else None
    if told is not None and (issued is None or told < issued):
        return told, "document"
    return None, ""


def _own(sentence: Sentence, index: int, time: Time) -> bool:
    """Tell whether a time dates the first value of a move itself (由2020年的35%提高到…).

    A span of years dates both ends, a time elsewhere only the last.
    """
    if time.begin.year < time.day.year:
        return True
    position = sentence.quantities[index].start
    opened = max(sentence.text.rfind(word, 0, position) for word in "由从自")
    return opened < time.start < position


def _of_last_year(sentence: Sentence, time: Time, issued: date) -> bool:
    """Tell whether what is told of a whole year, in the first months of the next, is of the last."""
    whole = time.relative and sentence.text.startswith("全年", time.start)
    return whole and time.day > issued and issued.month <= _EARLY


def _deadline(
    scene: Scene, sentence: Sentence, index: int, time: Time | None
) -> tuple[date | None, DateSource]:
    """Return the day by which a target is to be reached, none where the text gives none."""
    issued, article, stretch = scene.now, scene.article, scene.stretch
    if time is not None and time.relative and stretch.since and time.day < stretch.since:
        time = None  # 全年 under 2026年工作安排 of a report issued in December 2025
    if time is not None and (issued is None or time.day >= issued or article.genre == "plan"):
        return time.day, "stated"
    if (
        stretch.until is not None
        and (issued is None or stretch.until >= issued)
        and not (stretch.role in {"", "review"} and stretch.until.month < _DECEMBER)
    ):  # the part of a year that a summary tells of is no deadline
        return stretch.until, "section"
    if article.plan_end is not None and article.genre in {"plan", "policy"}:
        return article.plan_end, "plan_period"
    if deciding.ahead(sentence.text, sentence.quantities[index].start):
        return None, ""
    early = issued is not None and issued.month <= _EARLY
    if article.genre == "report" and issued and early and not _SPEECH.search(article.title):
        return date(issued.year, 12, 31), "document"
    if article.genre in {"news", ""} and (
        told := dating.reported(
            scene.document, article, sentence, index, scene.state.paragraph, scene.state.read
        )
    ):
        return told, "plan_period"
    headed = dating.headed(scene.document, article, scene.state.paragraph)
    if headed is not None and (issued is None or headed >= issued):
        return headed, "section"
    position = sentence.quantities[index].start
    news = article.genre == "news" and issued is not None and issued.month <= _FIRST_MONTHS
    if news and issued is not None and _ANNUAL.search(sentence.text, 0, position):
        return date(issued.year, 12, 31), "document"
    return None, ""
