"""Target, actual or baseline of one quantity: its time, its clause, the stretch and the mood around."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from indicators.documents import Article, Document, Stretch
from indicators.extraction import dating, kinds, progress, traits
from indicators.extraction.carried import State
from indicators.extraction.sentences import Sentence
from indicators.extraction.times import Time
from indicators.model import Kind

__all__ = ["Scene", "ahead", "kind"]

_STANDING = re.compile(r"累计|在建")
"""What has been reached in sum or is being built, whatever the news before it says is planned."""
_UNTIL = re.compile(r"(?:截至|截止)(?:到)?(?:今年|目前)?$")
"""A day up to which something was counted lies in the past, whatever the day of issue says."""
_SPAN_AHEAD = re.compile(
    r"(?:今后|未来|接下来|下一个|再用)(?:的)?(?:[一二两三四五六七八九十\d]+(?:[至到—-][一二三四五六七八九十\d]+)?|几)年"
)
"""A length of time ahead, which names no day (今后五年)."""
_COMING = re.compile(
    r"力争|预期目标|到20\d\d年|明年|今年|下一步|今后|后[^，。；\d]{0,8}可|预计[可将能]"
)
"""What speaks of the time to come even in a review, where plans may be those of the past."""
_OF_PLANS = re.compile(r"实事|任务|目标|计划|方案|规划|将|要点")
"""Words of a headline that say the piece is about what is planned."""
_ACHIEVED = re.compile(r"完成|成绩|圆满|兑现|盘点|收官|回顾|已")
"""Words of a headline that say the piece is about what was done."""
_PAST = frozenset({"review", "situation"})
_EARLY = 4
"""A report of the first months of a year speaks of that whole year as to come."""


_LATE = 9
"""Up to this month a year named by its number is spoken of as to come."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a quantity stands: what kind and deadline are read from besides its sentence."""

    document: Document
    article: Article
    stretch: Stretch
    now: date | None
    """Day from which 今年 and 上年 count."""
    state: State


def ahead(text: str, stop: int) -> bool:
    """Tell whether a length of time ahead stands before ``stop``."""
    return ("来" in text or "今后" in text or "一个" in text or "再用" in text) and (
        _SPAN_AHEAD.search(text, 0, stop) is not None
    )


def kind(scene: Scene, sentence: Sentence, index: int, time: Time | None) -> tuple[Kind, float]:
    """Return the kind of a quantity and how sure it is.

    Args:
        scene: where its sentence stands.
        sentence: its sentence.
        index: its place among the quantities.
        time: the time that governs it.
    """
    if kinds.baseline(sentence, index):
        return "baseline", 1.0
    if (told := progress.told(sentence, index)) is not None:
        return told, 0.95
    article, stretch, now = scene.article, scene.stretch, scene.now
    by_time = kinds.timed(time, now, article.plan_start if article.genre == "plan" else None)
    said = kinds.cue(sentence, index)
    position = sentence.quantities[index].start
    if by_time == "target" and time is not None and _UNTIL.search(sentence.text[: time.start]):
        by_time = "actual"
    if by_time == "actual" and progress.meant(sentence, index):
        return "target", 0.9
    if by_time == "actual" and time is not None and article.genre in {"news", ""}:
        between = sentence.text[time.end : position]
        if time.bare and kinds.said(between) == "target":
            return "target", 0.9
    if by_time == "actual" and time is not None and _UNTIL.search(sentence.text, 0, time.start):
        start, end = sentence.clause(position)
        if time.end < start and kinds.said(sentence.text[start:position]) == "target":
            return "target", 0.9
    if by_time is None and said != "actual" and _of_this_year(scene, sentence, index, time):
        return "target", 1.0
    if by_time is None and said != "actual" and ahead(sentence.text, position):
        return "target", 1.0
    start, end = sentence.clause(position)
    clause = sentence.text[start:end]
    if by_time is None and said != "actual" and _of_whole_year(scene, time, clause):
        return "target", 0.9
    if by_time is None and time is not None and now is not None and now.month > _LATE:
        this = sentence.text.startswith("今年", time.start) and article.genre not in {
            "plan",
            "policy",
        }
        if this and kinds.said(clause) is None:
            return "actual", 0.9
    standing = article.genre == "news" and by_time is None and _STANDING.search(clause)
    if standing and kinds.said(clause) is None:
        return "actual", 0.9
    if by_time is not None:
        return by_time, 1.0 if said in {None, by_time} else 0.9
    if said is None and time is None and article.genre in {"plan", "policy"}:
        begins = article.plan_start if article.genre == "plan" else None
        if not stretch.role and kinds.timed(scene.state.time, now, begins) == "actual":
            return "actual", 0.9
    held = scene.state.time if article.genre == "news" and time is None else None
    if said is None and kinds.timed(held, now, None) == "target":
        return "target", 0.9
    usual = kinds.default(article.genre, stretch) or _mood(scene)
    if said is not None and (said == usual or article.genre in {"news", ""}):
        return said, 1.0
    if said is not None:
        return _weigh(clause, said, usual, stretch)
    if article.genre == "news" and now is not None:
        headed = dating.headed_line(scene.document, article, scene.state.paragraph)
        if headed is not None:
            return ("target" if headed >= now else "actual"), 0.9
    if article.genre == "news" and scene.state.kind != "target" and _ordered(scene):
        return "target", 0.8
    if article.genre == "news" and now is not None and scene.state.kind is None:
        headed = dating.headed(scene.document, article, scene.state.paragraph)
        over = _ACHIEVED.search(dating.headline(scene.document, article, scene.state.paragraph))
        if headed is not None and headed >= now and over is None:
            return "target", 0.8
    if article.genre in {"news", ""} and scene.state.kind is not None:
        return scene.state.kind, 0.9
    return usual, 1.0 if stretch.role else 0.93


def _of_this_year(scene: Scene, sentence: Sentence, index: int, time: Time | None) -> bool:
    """Tell whether a time is of the year that a report of its first months looks forward to.

    今年 and the year by its number say so anywhere; 全年, 上半年 and a month are those of the past year in a review.
    """
    now = scene.now
    if time is None or now is None or time.day <= now or now.month > _EARLY:
        return False
    if scene.article.genre != "report":
        return False
    if scene.stretch.role not in _PAST:
        return True
    whole = ("今年", f"{now.year}年")
    position = sentence.quantities[index].start
    return any(
        each.start < position
        and sentence.text.startswith(whole, each.start)
        and (each.day.month, each.day.day) == (12, 31)
        for each in (time, *sentence.times)
    )


def _of_whole_year(scene: Scene, time: Time | None, clause: str) -> bool:
    """Tell whether a year by its number is not yet over: what is said of all of it lies ahead.

    In the last months of a year its sum may be known.
    """
    now = scene.now
    if time is None or now is None or time.relative or now.month > _LATE:
        return False
    whole = (time.begin, time.day) == (date(now.year, 1, 1), date(now.year, 12, 31))
    return whole and kinds.said(clause) != "actual" and kinds.mood(clause, "news") != "actual"


def _ordered(scene: Scene) -> bool:
    """Tell whether a paragraph of news only orders (实施…，改造…，建设…) under a title of plans."""
    if (
        _OF_PLANS.search(dating.headline(scene.document, scene.article, scene.state.paragraph))
        is None
    ):
        return False
    start, end = scene.document.paragraph_at(scene.state.paragraph)
    return kinds.mood(scene.document.words(start, min(end, start + 3000)), "news") == "target"


def _mood(scene: Scene) -> Kind:
    """Return the mood of the paragraph, else of the stretch, else what the genre expects."""
    document, article, stretch, state = scene.document, scene.article, scene.stretch, scene.state
    start, end = document.paragraph_at(state.paragraph)
    key = -1 - start
    if key not in state.moods:
        told = kinds.mood(document.words(start, min(end, start + 3000)), article.genre)
        if told is None:
            if stretch.start not in state.moods:
                stop = min(traits.stretch_end(document, stretch), stretch.start + 6000)
                state.moods[stretch.start] = kinds.mood(
                    document.words(stretch.start, stop), article.genre
                ) or ("target" if article.genre in {"plan", "policy"} else "actual")
            told = state.moods[stretch.start]
        state.moods[key] = told
    return state.moods[key]


def _weigh(clause: str, said: Kind, usual: Kind, stretch: Stretch) -> tuple[Kind, float]:
    """Decide between the clause and the stretch where they disagree."""
    near = kinds.strong(clause)
    if near is not None and not (
        near == "target" and stretch.role == "review" and not _COMING.search(clause)
    ):
        return near, 0.9
    if stretch.role in {"targets", "tasks", "support"} and said == "actual":
        return usual, 0.85
    if stretch.role == "review":
        return usual, 0.9
    return said, 0.85
