"""What a quantity is a quantity of: the shortest phrase, composed from its clause.

Three shapes cover the language: thing – verb – number (产业规模突破500亿元), verb – number – thing
(培育5个大模型) and share – thing – verb (70%的企业实现数字化).  A clause without a subject of its own
takes the one before it (出口总额9.5万亿元、增长4.4%); a list with 分别 is split over its heads.
"""

from __future__ import annotations

import re
from dataclasses import replace

from indicators.extraction import gaps, kinds, members, phrases, progress, proper, wholes, words
from indicators.extraction.members import Name
from indicators.extraction.sentences import Sentence
from indicators.units import Unit

__all__ = ["Name", "names"]

_ALIKE = {"人次": "人次", "人": "人数", "名": "人数", "户": "户数", "位": "人数"}
_REALISED = re.compile(r"基本实现|全面实现|实现|达到|完成|基本建成|已经|已")
_PLACE = re.compile(r"[省市县州盟旗镇乡村]$|(?<![地片社园])区$|呼和浩特$|内蒙古$")
_ALONE = words.load("alone")
"""Measures that name a thing by themselves."""
_LEVEL = re.compile(
    r"(?:国家|世界|全国|省部?|自治区|市|区|县|千亿|百亿|十亿|亿元|规上|限上)级?(?:以上)?"
)
_GAP = re.compile(
    r"(?:增速|增幅)?(?:高于|低于|快于|慢于|高出|低|高|领先|超过?)(?:于|出)?(?:全[国省市]|[时序]{2}进度|同期|上年|中部|西部|东部|平均|经济|GDP|年度|预期|目标|计划|城镇|农村)"
)
_REACHED = re.compile(r"达到|突破|超过|超|达|实现|首次|位居|居|连续|保持")
_TO = re.compile(
    r"^[^，。；]{0,6}(?:提高|提升|增加|增长|上升|增|升|扩大|扩展|跃升|攀升|发展|下降|降低|减少|压减|压缩|降|减|缩短|回落|调整|变|拓展|推进|延长|扩|跃|提|改善|进|整合|合并|精简)[^，。；]{0,2}(?:到|至|为|成)|^(?:到|至)(?!少)"
)
_AGAINST = re.compile(
    r"(?:同期)?[比较](?P<what>(?:全[国省市区县州]|同期|年度|预期|目标|计划|平均|东部|中部|西部)[^，。；、\d]{0,8}?)(?P<how>高|低|快|慢|多|少)(?:出|于|了)*$"
)
"""A gap to a reference (比全省高1.1个百分点)."""
_AGAINST_ENDS = frozenset("高低快慢多少出于了")
_SUM = re.compile(r"累计|总数|总量|总计")
_BARE = re.compile(r"数|比|率|值|分|PUE|级|强度|容积", re.IGNORECASE)
"""What says that a number without a unit is an index."""
_BUILT = frozenset(["新建", "续建", "改建", "扩建"])
"""How works of one kind are told apart (其中新建61项、续建35项)."""
_STATE = frozenset(["在建", "拟建", "待建", "在营"])
"""In which state the things just named are (建成智算中心4个，在建3个)."""
_SIZED = re.compile(r"^(?:总?投资)?[\d.]+[万亿]*元(?:及)?以上")
"""How large the things are that are counted (500万元以上项目)."""
_PREDICATE = re.compile(
    r"稳产|丰收|长势|加快|持续|稳步|平稳|不断|快速|全面|迅速|提质|增效|向好|良好|供应充足|供应稳定|恢复|总体|生产形势"
)
"""How things go, told of a thing without a number."""
_BY_WHICH = ("行动", "方案", "计划", "规划", "措施", "政策")
"""Papers and campaigns by which things are made."""
_INVESTED = re.compile(r"完成[^，。；、\d]{0,2}投资(?:额)?(?:约|近|超过?|达到?)?$")
"""What was invested, told apart from what is planned (累计完成投资)."""
_OF_PEOPLE = frozenset(["%", "‰", "成", "人", "名", "位", "人次"])
"""Shares and persons, behind which a verb tells what the number is of (为400名职工发放补助)."""
_MADE = re.compile(r"(?<=[一-鿿]{2})(?:建成(?:投用)?|开通|投用)$")
"""A word of making that stands between the thing and its number (低碳园区建成5个)."""
_OCCUPIES = re.compile(r"占比|占地(?!区)")
_EFFORT = re.compile(
    r"(?:并|且|同时)?(?:力争|争取|努力|奋斗目标(?:为|是)?|冲刺)(?:达到?|突破|实现|到|超过|完成)*"
)
_SHARE_OF = re.compile(
    r"(?:总量|规模|总额|总数|数量|产值|增加值|收入|人数|面积)?(?=(?:占(?![比用])|贡献))"
)
_CHANGED = re.compile(r"(?:以上|左右)?(?:的(?:速度|幅度))?(增长|下降|提高|降低|增加|减少)")
_TOLD = words.load("told")
_STAGES = frozenset(
    [
        "开工",
        "新开工",
        "竣工",
        "投产",
        "竣工投产",
        "开工建设",
        "签约",
        "落地",
        "投用",
        "通车",
        "上线",
    ]
)
"""Stages of a project that are counted one after the other (新开工45个，竣工30个)."""
_DONE = re.compile(r"(?:完成|实现|贡献|创造)$")
"""Verbs whose object stands behind the number (共完成18亿元5G投资)."""
_RANK = re.compile(r"[\d一二三五十百千万亿]+级")
_PLAIN = words.load("plain")
"""Words of making that say what was done with the thing: they stay in the name."""


def names(sentence: Sentence) -> tuple[list[Name], list[tuple[int, int, int]]]:
    """Return the name of every quantity, and for each the head, place and length of its list."""
    result: list[Name] = []
    topic = sentence.topic
    text = proper.veil(sentence.text)
    veiled = proper.veiled(text)
    lefts, rights, cleaned = gaps.part(sentence, text)
    nouns: dict[int, str] = {}
    groups = gaps.lists(sentence, lefts, rights)
    for index, quantity in enumerate(sentence.quantities):
        head, member, size = groups[index]
        left, right = cleaned[head], rights[head + size - 1]
        if index and not (left.verb or left.reached) and _follows(sentence, index, lefts[index]):
            verb = result[-1].verb
            carried = verb in words.load("keep") and left.core not in words.load("measures")
            if carried and not words.head("cover").match(left.core):
                left = replace(left, verb=verb)
        if not member:
            topic = _nearer(lefts[index], topic)
        name = None
        if size > 1:
            goal = progress.of_goal(lefts[head]) if quantity.unit.symbol == "%" else ""
            name = (
                members.of_goal(goal, result, head, member, size)
                or members.moved(_moved(lefts[head], left), result, head, member, size)
                or members.each(sentence, left, result, head, member, size)
                or members.listed(sentence, head, left, member, size, result)
                or members.alike(left, member, result)
            )
        if (
            name is None
            and index
            and not member
            and (
                _moved(lefts[index], left)
                or kinds.baseline(sentence, index - 1)
                or _raised(sentence, index, lefts[index])
            )
        ):
            same = sentence.quantities[index - 1].unit.symbol == quantity.unit.symbol
            text_before = result[-1].text if same else phrases.subject(result[-1].text)
            if "累计" in lefts[index] and text_before.startswith("每年"):
                text_before = phrases.without_head(text_before.removeprefix("每年"))
            name = Name(text_before, "move", lefts[index], right, "", "")
        if name is not None and lefts[index] and member and name.change:
            stem = name.text.removesuffix(name.change)
            name = replace(name, text=stem + lefts[index], change=lefts[index])
        if name is None:
            name = _compose(sentence, index, lefts[head], left, right, topic, result)
        if name.text[-1:] == "级" and _RANK.fullmatch(name.text) and index + 1 < len(lefts):
            later = phrases.noun_of(rights[index + 1])
            rank = _RANK.match(later)
            name = replace(name, text=name.text + later[rank.end() if rank else 0 :])
        if name.shape == "none":
            name = _late(sentence, index, rights, nouns, name, topic)
        if quantity.head and not name.text.endswith(quantity.head):
            name = Name(name.text, name.shape, name.left, name.right, name.verb, quantity.head)
        if name.text and name.shape not in {"topic", "list", "move", "gap"}:
            topic = phrases.subject(name.text)
        result.append(name)
    sentence.topic = proper.unveil(topic)
    return [_unveiled(name) for name in result] if veiled else result, groups


def _unveiled(name: Name) -> Name:
    """Return a name with the conjunctions of proper names as the text has them."""
    return replace(
        name,
        text=proper.unveil(name.text),
        left=proper.unveil(name.left),
        right=proper.unveil(name.right),
    )


def _follows(sentence: Sentence, index: int, left: str) -> bool:
    """Tell whether a phrase continues the list that the quantity before stands in."""
    gap = sentence.text[sentence.tails[index - 1] : sentence.quantities[index].start]
    return gap.startswith("、") and len(gap) <= len(left) + 1


def _nearer(raw: str, topic: str) -> str:
    """Return the subject that an earlier item of the same clause states (支出突破万亿元、占比…)."""
    item, comma, last = raw.rpartition("、")
    if not comma:
        return topic
    core = phrases.left_of(last).core
    changed = words.head("change_up", "change_down").fullmatch(core)
    if core not in words.load("measures") and changed is None:
        return topic
    cut = _REACHED.search(item, 2) or _PREDICATE.search(item, 2)
    return phrases.left_of(item[: cut.start()] if cut else item).core or topic


def _moved(raw: str, left: phrases.Left) -> bool:
    """Tell whether the words lead from one value of a quantity to the next (增至, 提高到)."""
    return not left.core and _TO.search(raw) is not None


def _raised(sentence: Sentence, index: int, raw: str) -> bool:
    """Tell whether a second value of the same thing is only striven for (10%以上、力争12%)."""
    one, other = sentence.quantities[index - 1 : index + 1]
    return (
        _EFFORT.fullmatch(raw) is not None
        and one.unit.symbol == other.unit.symbol
        and other.start - sentence.tails[index - 1] <= len(raw) + 1
    )


def _compose(
    sentence: Sentence,
    index: int,
    raw: str,
    left: phrases.Left,
    right: str,
    topic: str,
    result: list[Name],
) -> Name:
    """Compose the name of one quantity from what stands on both sides."""
    unit = sentence.quantities[index].unit
    measures = words.load("measures")
    core, verb = left.core, left.verb
    _, comma, last = core.rpartition("、")
    if comma and (last in measures or last.startswith(left.change or "、")):
        core = last
    kept = verb if verb in words.load("keep") else ""
    told = kept or (verb if verb in _TOLD or (len(core) <= 3 and verb not in _PLAIN) else "")
    if planned := progress.label(sentence, index):
        return Name(planned, "gap", raw, right, verb, "")
    if core == "投资" and _INVESTED.search(raw):
        told = "完成"
    share = unit.symbol in {"%", "‰", "成"} and (
        right.startswith("的") or (not core and _REALISED.search(right, 2) is not None)
    )
    against = _AGAINST.search(raw) if result and raw[-1:] in _AGAINST_ENDS else None
    if against:
        gap = against["how"] + "于" + against["what"]
        return Name(result[-1].text + gap, "gap", raw, right, verb, "")
    if left.change:
        own = core[: len(core) - len(left.change)]
        if not own and _counts(unit) and (noun := phrases.noun_of(right)):
            made = core if core in words.load("keep") else ""
            return Name(made + noun, "right", raw, right, verb, "")
        if not own or own in {"年均", "平均", "累计", "实际", "名义"}:
            return Name(topic + core, "topic", raw, right, verb, left.change)
        if own in measures and own not in _ALONE and not verb:
            return Name(
                phrases.attach(topic, own) + left.change, "change", raw, right, verb, left.change
            )
        if core.startswith(("拉动", "带动")) and topic:
            return Name(topic + core, "gap", raw, right, verb, left.change)
        return Name(kept + core, "change", raw, right, verb, left.change)
    if unit.symbol == "%" and (goal := progress.of_goal(raw)):
        whole = phrases.left_of(raw[: raw.rfind(goal)]).core or topic
        if whole:
            return Name(whole + goal, "gap", raw, right, verb, "")
    if _GAP.match(core) and result:
        gap = core.removeprefix("增速").removeprefix("增幅") if result[-1].change else core
        return Name(result[-1].text + gap, "gap", raw, right, verb, "")
    behind = _CHANGED.match(right)
    if behind and core and unit.symbol in {"%", "个百分点", "倍"}:
        return Name(core + behind.group(1), "change", raw, right, verb, behind.group(1))
    noun = phrases.noun_of(
        right, money=unit.dimension in {"cny", "usd"}, share=unit.symbol in _OF_PEOPLE
    )
    if right.startswith("口") and unit.symbol == "人":
        noun = "人口"
    if core.startswith("与") and core.endswith("之比") and topic:
        core = topic + core
    part = _SHARE_OF.match(core) if topic and ("占" in core or "贡献" in core) else None
    if part and not _OCCUPIES.match(core):
        of = "对" if raw.startswith("对") and "贡献率" in core else ""
        core = topic + of + core[part.end() :].replace("了", "")
    elif index and 1 < len(topic) <= 8 and core.endswith("贡献率") and raw.startswith("对"):
        core = topic + "对" + core
    if share and not core:
        thing = _REALISED.sub("", right.removeprefix("的"))
        return Name(thing[:40], "share", raw, right, verb, "")
    if noun and left.reached and _DONE.search(raw) and words.tail("measures").match(noun[::-1]):
        return Name(noun, "right", raw, right, verb, "")
    if core and noun and not (left.reached and not share):
        return Name(_both(core, noun, kept, right, unit.symbol), "both", raw, right, verb, "")
    if core:
        if not unit.symbol and result and not result[-1].change and _BARE.search(core) is None:
            return Name(core + result[-1].text, "left", raw, right, verb, "")
        if (
            core in measures
            and core not in _ALONE
            and topic
            and (not verb or sentence.topic != topic)
        ):
            topic = wholes.made_of(topic) if "累计" in raw else topic
            return Name(phrases.attach(topic, told + core), "measure", raw, right, verb, "")
        if core in words.load("cover"):
            return Name(kept + core + _ALIKE.get(unit.symbol, ""), "verb", raw, right, core, "")
        if topic and core in _STATE:
            return Name(core + wholes.made_of(topic), "topic", raw, right, verb, "")
        if topic and _LEVEL.fullmatch(core):
            return Name(core + _LEVEL.sub("", topic, count=1), "left", raw, right, verb, "")
        if core in {"城镇", "农村", "城市", "男性", "女性"} and "居民" in topic:
            whole = re.sub(r"全国|城镇|农村|城市", "", topic)
            return Name(core + whole, "left", raw, right, verb, "")
        if core in measures and core not in _ALONE and not topic and not verb:
            core = phrases.attach(_told_of(sentence, index), core)
        if "其中" in raw and topic and core not in topic:
            core = wholes.measured(core, topic)
        core = _MADE.sub("", core)
        return Name(told + core, "left", raw, right, verb, "")
    if noun:
        return Name(kept + noun, "right", raw, right, verb, "")
    if verb in words.load("cover"):
        return Name(verb + _ALIKE.get(unit.symbol, ""), "verb", raw, right, verb, "")
    return Name("", "none", raw, right, verb, "")


def _counts(unit: Unit) -> bool:
    """Tell whether a unit counts things, of which more can be made but no share changes."""
    return unit.dimension.startswith("count")


def _told_of(sentence: Sentence, index: int) -> str:
    """Return of what the clause before tells without a number (小麦长势良好，播种面积达到…)."""
    start, _ = sentence.clause(sentence.quantities[index].start)
    if start < 2:
        return ""
    begin, end = sentence.clause(start - 2)
    if any(begin <= each.start < end for each in sentence.quantities):
        return ""
    told = sentence.text[begin:end]
    cut = _PREDICATE.search(told, 2)
    thing = phrases.without_head(told[: cut.start()]) if cut else ""
    return thing if 2 <= len(thing) <= 12 else ""


def _both(core: str, noun: str, kept: str, right: str, unit: str) -> str:
    """Join words on both sides: 农产品远销…国家和地区, 总规模…的基金."""
    if right.startswith("的") and core in words.load("measures"):
        return noun + core
    cover = words.tail("cover").match(core[::-1])
    if cover or unit in {"%", "‰", "成"}:
        return kept + core + noun
    made = words.tail("make", "keep").match(core[::-1])
    if made:
        verb = made.group()[::-1]
        subject = phrases.strip_tail(core[: len(core) - made.end()])[0]
        own = subject if 2 <= len(subject) <= 8 and not _PLACE.search(subject) else ""
        if phrases.MEANS.match(subject) or subject.endswith(_BY_WHICH):
            own = ""
        return own + (verb if verb in words.load("keep") else "") + noun
    if len(core) <= 6 and len(noun) >= 2:
        return kept + core + noun
    return kept + noun


def _late(
    sentence: Sentence,
    index: int,
    rights: list[str],
    nouns: dict[int, str],
    name: Name,
    topic: str,
) -> Name:
    """Take the head that later items share (新建15个、改造3个工会驿站), else the clause before.

    ``nouns`` keeps those of ``rights`` that were read: many items may look for the same head.
    """
    kept = name.verb if name.verb in words.load("keep") else ""
    quantity = sentence.quantities[index]
    start, end = sentence.clause(quantity.start)
    if topic and not kept and _SUM.search(name.left):
        topic = wholes.made_of(topic)
    if topic and (quantity.head or quantity.unit.symbol == "倍"):
        return Name(topic, "topic", name.left, name.right, name.verb, "")
    if topic and name.verb in _STAGES:
        thing = wholes.made_of(phrases.thing(topic))
        return Name(name.verb + thing, "topic", name.left, name.right, name.verb, "")
    if (
        topic
        and index
        and name.verb not in _BUILT
        and sentence.quantities[index - 1].start >= start
    ):
        return Name(topic, "topic", name.left, name.right, name.verb, "")
    for later in range(index + 1, len(rights)):
        if sentence.quantities[later].start >= end:
            break
        if later not in nouns:
            nouns[later] = phrases.noun_of(rights[later])
        noun = nouns[later]
        if noun:
            return Name(kept + noun, "right", name.left, name.right, name.verb, "")
    if topic and index and name.verb in _BUILT:
        thing = _SIZED.sub("", wholes.made_of(phrases.thing(topic)))
        return Name(name.verb + thing, "topic", name.left, name.right, name.verb, "")
    if start > 1:
        begin, stop = sentence.clause(start - 2)
        if not any(begin <= each.start < stop for each in sentence.quantities):
            core = phrases.left_of(sentence.text[begin:stop]).core
            core = core.removesuffix("方面").removesuffix("领域")
            if core:
                return Name(core[:30], "before", name.left, name.right, name.verb, "")
    if topic:
        return Name(topic, "topic", name.left, name.right, name.verb, "")
    return name
