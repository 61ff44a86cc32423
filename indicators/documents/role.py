"""What a stretch of text does: roles of headings and of the words that open a paragraph."""

from __future__ import annotations

import re

from indicators.documents.model import Role

__all__ = ["opening", "role_of_heading"]

_HEADINGS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("support", re.compile(
        r"保障(?:措施|机制|体系)?$|保障措施|组织(?:实施|保障|领导)|实施保障|强化.{0,6}(?:支撑能力|保障)$"
        r"|规划实施|加强组织|支撑保障|政策保障|要素保障$")),
    ("review", re.compile(
        r"回顾|回头看|工作总结|总结(?<=^总结)|过去[一五]年|工作成效|主要成[效绩就]|取得的?成[效绩就]|发展成[效绩就]|工作成[效绩就]"
        r"|发展(?:基础|现状)|现状|完成情况|实施情况|执行情况|一年来|五年来|年工作情况")),
    ("situation", re.compile(r"形势|问题|挑战|机遇|面临|不足|必要性|背景|成因|基本情况|概况|自然(?:地理|条件)")),
    ("tasks", re.compile(
        r"任务|重点工作|工作(?:重点|安排|部署|举措)|主要(?:工作|举措|措施)|重[点大](?:举措|措施|工程|行动|项目|工作)"
        r"|工作(?:打算|思路|计划)|下一?步|主攻方向|今年工作$|年工作$|政府工作$|关于\d{4}年(?:的)?工作")),
    ("targets", re.compile(r"目标|指标|愿景")),
    ("principles", re.compile(
        r"指导思想|基本原则|总体(?:要求|思路|考虑)|基本思路|基本要求|工作原则|总则|适用范围")),
)  # fmt: skip
_ANY = re.compile("|".join(pattern.pattern for _, pattern in _HEADINGS))
_BOTH = re.compile(r"目标(?:和|与|及|、)?(?:重点|主要)?任务|路径和目标")


def role_of_heading(words: str, number: str = "") -> Role:
    """Return the role that a heading gives, empty where it gives none.

    Args:
        words: the heading without its number.
        number: the number: a 专栏 holds tasks or targets, what stands under 表1 is a table.
    """
    if "表" in number:
        return "table"
    if number.startswith("专栏"):
        return "targets" if "指标" in words or "目标" in words else "tasks"
    if len(words) > 30 or _ANY.search(words) is None:
        return ""
    if _BOTH.search(words):
        return "targets"
    for role, pattern in _HEADINGS:
        if pattern.search(words):
            return role
    return ""


_YEARS = (r"20\d\d", "二[〇○零Ｏ][一二三][〇○零Ｏ一二三四五六七八九]")
_TRIGGER = re.compile(
    "|".join(rf"{to}\s?(?:{'|'.join(_YEARS)})" for to in "到至—")
    + "".join(rf"|{year}\s?年[，,]" for year in _YEARS)
    + r"|目标|第[一二三]阶段|方面|以下|下列|项|重点|清醒|面临|存在"
    r"|年来|过去|这[一五]年|回[顾望眸]|五”|去年|上年|下一步|接下来|下阶段|下一阶段"
)
_PERIOD = r"(?:“?十[一二三四五]?五”?|(?:20\d\d|二[〇○零Ｏ][一二三][〇○零Ｏ一二三四五六七八九])\s?年|今年|全年)"
_OPENINGS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("tasks", re.compile(
        r"(?:为|要)?(?:确保)?(?:实现|完成|达成)(?:好)?(?:上述|以上|这些|全年|今年|(?:20\d\d|二[〇○零Ｏ][一二三][〇○零Ｏ一二三四五六七八九])年)[^。；，]{0,12}(?:目标|任务)")),
    ("targets", re.compile(
        r"[^。；！]{0,60}?(?:预期|发展|工作|奋斗|总体|具体|主要|阶段性?)目标(?:任务|指标)?(?:如下)?(?:是|为|包括)?[：:，]"
        r"|(?:总体|主要|发展|工作|行动|具体|建设)目标。"
        rf"|[^。；！]{{0,12}}{_PERIOD}[^。；！]{{0,30}}目标(?:是|为)"
        r"|(?:——)?[^。；！，截]{0,4}(?:到|至)\s?(?:20\d\d|二[〇○零Ｏ][一二三][〇○零Ｏ一二三四五六七八九])\s?年(?:底|末)?[，,]"
        r"|——\s?(?:20\d\d|二[〇○零Ｏ][一二三][〇○零Ｏ一二三四五六七八九])\s?年(?:底|末)?(?:前)?[，,：:]"
        r"|(?:——)?第[一二三]阶段[^。；]{0,20}")),
    ("tasks", re.compile(
        r"[^。；！]{0,60}?(?:重点|着力|集中精力|全力|主要|切实)?(?:做好|抓好|抓实|干好|办好|推进|落实|开展)"
        r"(?:以下|下列|[一二三四五六七八九十\d]+(?:个)?方面|[一二三四五六七八九十\d]+项)[^。；]{0,12}[。：:]"
        r"|(?:下一步|接下来|下阶段|下一阶段)[，,工]"
        r"|[^。；！]{0,20}(?:今年|(?:20\d\d|二[〇○零Ｏ][一二三][〇○零Ｏ一二三四五六七八九])\s?年)[^。；！]{0,10}重点(?:工作|任务)")),
    ("situation", re.compile(
        r"(?:但|但是|同时，?|与此同时，?|当前，?)?[^。；]{0,20}"
        r"(?:清醒(?:地)?(?:看到|认识)|仍面临|还面临|存在(?:一些|不少|的)?(?:问题|困难|差距))")),
    ("review", re.compile(
        r"[^。；！]{0,12}?(?:过去的?[一五]年|一年来|五年来|这[一五]年|刚刚过去的)[^。；，！]{0,20}"
        r"|回[顾望眸][^。；，！]{0,20}|“?十[一二三四]?五”?(?:时期|期间|以来)，"
        r"|(?:20\d\d|二[〇○零Ｏ][一二三][〇○零Ｏ一二三四五六七八九])\s?年[，,][^。；]{0,4}(?:我们|面对|在|全[国省市区县旗])|去年[，,是]|上年")),
)  # fmt: skip


def opening(words: str) -> tuple[Role, str] | None:
    """Return the role that the first words of a paragraph open, with those words."""
    if _TRIGGER.search(words) is None:
        return None
    for role, pattern in _OPENINGS:
        if match := pattern.match(words):
            return role, match.group()
    return None
