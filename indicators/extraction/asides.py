"""What stands in the words before a number and is no part of the name.

How it was measured, since when, in what manner, and who says it.
"""

from __future__ import annotations

import re
from functools import cache

from indicators.extraction import words

__all__ = ["clean", "manner", "reached"]

_NUMERAL = r"[一二两三四五六七八九十\d]+"
_BASIS = re.compile(
    r"[（(]?(?:按(?:照)?(?:可比|不变|现行|当年)(?:价格?|口径)(?:计算|核算)?|(?:同|可比)口径(?:计算)?|扣除[^，。；]{1,16}?(?:因素|影响)(?:后)?|按(?:年|当年|全年)?(?:平均|末)?汇率(?:折算|计算|折合)+(?:成美元)?)[）)]?[，,]?"
)
"""The basis of a comparison (按不变价计算, 同口径, 扣除价格因素后)."""
_FORMER = re.compile(
    rf"[由从比较](?:{_NUMERAL}年(?:以)?前|(?:上年|去年|建国|建设|规划|改革)?(?:同期|期初|初期|之初)|年初|最初|起初|当初|当时|过去|原来|原先|此前)(?:时)?的?$"
)
"""The day of a first value that is told by a phrase (由五年前的5.5%提高到6.3%)."""
_SPAN = re.compile(
    rf"^(?:在)?(?:近|过去|这|前|最近|过去的?|短短)?(?:{_NUMERAL}|多)年(?:多)?(?:来|间|内|里)?(?:，)?(?=[^，。；]*(?:增|长|升|提|降|减|翻|扩|涨|落|跃))(?!行动|计划|期|级|制|规划|攻坚|目标|倍增)"
)
"""A length of time at the beginning of a phrase of change (十年增加)."""
_SPEAKER = re.compile(
    r"^[^，。；、\d]{0,14}?(?:表示|透露|指出|介绍|显示|报道|获悉|宣布|称)[，：:]?(?=.{4})"
)
"""Who says it (工信部表示)."""
_MANNER = re.compile(
    r"(?:(?:在)?(?:此|上年|去年|原有|现有|高|较高|[一二两三四五六七八九十]年)?基础上|在[^，。；]{1,12}基础上|继续|连年|逐年|逐步|逐渐|大幅(?:度)?|小幅|快速|稳步|持续|不断|明显|显著|进一步|相应|同步|再|预期|预计)+$"
)
_NUMBER = re.compile(r"^(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳])")
"""Number of an item."""
_BY_COUNT = re.compile(r"^(?:据|经)(?:初步|不完全)?(?:统计|测算|核算|调查|了解|悉)(?=.{4})")
"""Where a value is known from (据统计)."""
_HANDED = re.compile(
    r"^(?:向|为|给)[^，。；\d]{1,24}?(?:报送|上报|发放|捐赠|拨付|派送|赠送|推送)(?=.{2})"
)
"""To whom what is counted was handed (向县委报送信息)."""
_REALLY = re.compile(r"^实际(?=改造|完成|建成|新增|开工|培训|解决|实施|发放|新建)")
"""What was done, told apart from what was planned (计划改造300户，实际改造320户)."""
_EVER = re.compile(r"有(?:[一-鿿]{1,6})?(?:记录|数据|统计|观测|监测)以来(?:的)?")
"""Since when it is known (有监测数据以来浓度)."""
_THIS = re.compile(
    r"^该[^，。；、该]{0,6}?(?:中心|平台|项目|园区|集群|企业|公司|基地|工程|产业园)(?:项目)?(?:已|将)?(?=.{2})"
)
"""A subject that only points back (该智算中心)."""
_AIM = re.compile(
    r"^[^，。；、\d]{0,16}(?:目标(?:任务)?(?:是|为)|(?:方案|规划|计划)的?目标)(?=.{2})"
)
"""Whose goal it is (我省确定的旅游产业发展目标是旅游总收入…)."""
_DATELINE = re.compile(
    r"^(?:新华社|中新社|中新网|央视网|本报|人民网)[^，。；\d]{0,10}?[电讯](?:（[^（）]*）|\([^()]*\))?"
)
_YEARS_RUN = re.compile(r"(?:已)?连续(?:[一二两三四五六七八九十\d]+|多)年$")
_AGAIN = re.compile(r"^再(?=新|建(?=.)|培育|打造|引|完成|实施|开工|改造|增(?!长))")
_PASSED = re.compile(
    r"(?:首次|历史性)?(?:突破|超过?|跨越|跨过|迈上|站上|跃上|越过|冲破)[十百千]*[千万亿]+元?(?:大关|台阶)?[、，]?$"
)
"""A round value that was passed, before the exact one (突破千亿、达1026.8亿元)."""
_OR = re.compile(r"^或者?(?!许)")
_EFFORT = re.compile(
    rf"^(?:全[市省县区]|我[市省县区])?(?:计划|拟|将)?(?:力争)?(?:再)?(?:用|经过|通过|在)?{_NUMERAL}(?:[-—–至到]{_NUMERAL})?年(?:左右)?(?:的)?(?:时间|努力|内|间)?(?=累计|撬动|新[增建改]|修建|培育|打造|建成|建设|实现|带动|完成|吸引|引进|形成|改造|滚动)"
)
"""How long something is to take (用3—5年时间打造)."""
_STEPS = re.compile(
    r"(?:接连|连续|连|再)?(?:跨越?|迈上|跃上|迈过|登上|站上)了?[\d一二两三四五六七八九十]+个[百千万亿十]*级?的?(?:新?的?大?台阶|大?关口|大关)[、，]?"
)
"""Steps that a value climbed on its way (连跨两个千亿台阶)."""
_YEARS_INSIDE = re.compile(r"(?<=[一-鿿]{2})(?:近)?[三四五十]年(?=净增|新增|累计|增加|增长)")
"""How long a change took, inside a phrase (商事主体五年净增)."""
_TAKEN = re.compile(r"口径|价|扣除|汇率")


_ROUND = frozenset("万亿元关阶、")
_FORMER_ENDS = frozenset("的前期初时来先去")
_HEADS = frozenset("再或该（(0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_NAMES = frozenset("新中央本人")
_SOURCES = frozenset("据经向为给")
_SAID = re.compile(r"[示露出绍道悉布称]")


def clean(text: str) -> str:
    """Drop asides from the words before a number.

    Each pattern is tried only where a character stands that it begins or ends with.
    """
    if _TAKEN.search(text):
        text = _BASIS.sub("", text)
    if "台阶" in text or "关" in text:
        text = _STEPS.sub("", text)
    last = text[-1:]
    if last in _ROUND:
        text = _PASSED.sub("", text)
    if last == "年":
        text = _YEARS_RUN.sub("", text)
    if last in _FORMER_ENDS:
        text = _FORMER.sub("", text)
    first = text[:1]
    if first in _HEADS:
        text = _OR.sub("", _THIS.sub("", _NUMBER.sub("", _AGAIN.sub("", text))))
    if "年净" in text or "年新" in text or "年累" in text or "年增" in text:
        text = _YEARS_INSIDE.sub("", text)
    if "年" in text[:12]:
        text = _SPAN.sub("", _EFFORT.sub("", text))
    if first in _SOURCES:
        text = _HANDED.sub("", _BY_COUNT.sub("", text))
    if "以来" in text:
        text = _EVER.sub("", text)
    if first == "实":
        text = _REALLY.sub("", text)
    if first in _NAMES:
        text = _DATELINE.sub("", text)
    if "目标" in text:
        text = _AIM.sub("", text)
    if len(text) > 6 and _SAID.search(text):
        text = _SPEAKER.sub("", text)
    return text


def manner(stem: str) -> str:
    """Drop words of manner at the end of what stands before a word of change (连年, 逐年, 继续)."""
    return _MANNER.sub("", stem)


@cache
def _told_of() -> re.Pattern[str]:
    """A change behind where it was reached (部分海域已实现渔业资源量增长)."""
    return re.compile(
        rf"[一-鿿]{{2}}已实现([一-鿿]{{2,}}{words.alternation('change_up', 'change_down')})$"
    )


def reached(text: str) -> str:
    """Return a change without the words that say where it was reached."""
    told = _told_of().search(text) if "已实现" in text else None
    return told.group(1) if told else text
