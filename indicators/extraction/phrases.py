"""Cleaning the words around a number down to the phrase that names it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from indicators.extraction import asides, times, words

__all__ = [
    "MEANS",
    "Left",
    "attach",
    "left_of",
    "noun_of",
    "strip_tail",
    "subject",
    "thing",
    "without_head",
    "without_lead",
]

_PAREN = re.compile(r"（[^（）]*）?|\([^()]*\)?|〔[^〕]*〕|\[[^\]]*\]|^[^（(]{0,80}[）)]")
_COMPARED = re.compile(
    r"(?:同比|环比|比上年同期|较上年同期|比上年末|比上年底|较上年末|较上年|比上年|比去年|较去年|按可比价格计算|按不变价格计算|名义|实际(?=增长)|相比|基础上|可比口径)+"
)
_THAN = re.compile(
    r"(?:相(?=[比较]))?(?<![占同环对可])[比较](?!重|例|率|值|高|低|快|好|大|强|特)[^，。；]{1,18}?(?:净)?(?=扩招|增发|增长|增加|提高|提升|上升|上涨|下降|降低|减少|回落|多|缩短|扩大|翻|高出|压缩|收窄|改善|加快)"
)
_TIME_BEFORE = re.compile(r"(?:到|至|截至|截止|自|从|在|于|力争|争取|计划|(?<!占)比|较|用)+$")
_TIMELY = re.compile(r"[\d年月季五七节旦庆]")
"""What stands in every time."""
_LIST = re.compile(r"(?<![高平同中初何优])等(?![级候待于额同离效奖])(?:[、，])?")
_NOT_OBJECT = re.compile(
    r"^(?:[率量额度力者式型化权值类期后性]|区(?!域|块|间|级|属|内)|的(?!.)|总(?:量|数|额))"
)
_COMPOUND = re.compile(
    r"^(?:产业|用地|规模|投资|资金|能力|经费|强度|水平|周期|进度|任务|成本|费用|机构|人员|中心|基地|服务|面积|标准|指数|投入|质量|效率|体系|模式|网络|总值|企业|单位|(?:项目|工程)$)"
)
"""Nouns that make a compound with a verb before them (建设用地, 组织机构)."""
_NOUN_VERBS = words.load("noun_verbs")
_AND = frozenset("和与及、")
_AGAIN = re.compile(r"再(?!生|就业|贷款|制造|担保|保险|教育|融资|利用|循环)(?=[一-鿿]{2})")
"""Once more, before a verb that is in no list (再上架服务器)."""
_MODAL = re.compile(r"(?:预计)?可(?=新增|改善|增加|减少|节约|处理|满足|形成|提供|带动)")
"""What may come of a thing, behind it (灌区可新增有效灌溉面积)."""
_DEEDS = frozenset(["推广", "累计支出", "培训", "治理", "修复", "救治", "招聘", "招收", "转移就业"])
"""Words of making that name what is counted when nothing follows (培训1.2万人次)."""
MEANS = re.compile(r"^(?:通过|依托|围绕|借助|利用|面向|针对|根据|按照|结合|以|在|为|对|向|从)")
_GENERIC = re.compile(
    r"^[^，。、被将已]{0,6}?(?:企业|产品|项目|单位|个人|家庭|国家|城市|学校|高校|机构|平台|园区|职工|乡镇|社区|街道|群众|品牌|成果|作品|案例|地区|部门|省份|行政村|用户|农户|居民|事项|村庄|县)(?!家)"
)
_CUT = re.compile(
    r"(?:进行|以及|和一批|及一批|在(?=[^，。；]{1,10}(?:应用|落地|部署|推广|上线)$)|入驻|落户|达到|实现|成为|用于|建成|开工|竣工|进入|列入|纳入|获得|获评|获批|位居|助力|拓展(?!训|区)|提升(?!任务|工程|行动|项目|计划|改造)|提高到|推动|促进|加快|投产|投用|投运|入选|上线|通过|取得|已|均|全部|全面|正在|被|中(?=[不未，]|有\d)|开展|组织|，|并)"
)
_BY_WHEN = re.compile(
    r"(?:[一二三四]季度|[上下]半年|年[底内]|\d{1,2}月|今年|明年|20\d\d年)[^，。；]{0,4}(?:开工|竣工|投产|建成|投用|完成|启动)"
)
"""By when what is counted is done (项目一季度开工)."""
_BASED_ON = re.compile(
    r"^以[^，。；]{2,20}?为(?:核心|主|基础|重点|引领|支撑|依托|特色|主题|载体|纽带)的"
)
"""A quality before the noun (以…为核心的产业大脑)."""
_USED_FOR = re.compile(
    r"(?:用于|支持|推动|推进|促进|助力|保障|开展|实施|加快|帮助|扶持|解决|打造|发展(?!资金|基金|资本)|建设(?!资金|投资|基金|项目|用地|贷款))"
)
"""What a sum is spent on, behind it (投入20亿元支持…)."""
_EMPTY_RIGHT = re.compile(
    r"^(?:[、，；。和及与并或]|提高|提升|增加|增至|增长|上升|下降|降低|降至|减少|减至|压减|跃升|扩大|缩短|到|至|升至|目标|的目标|安排|执行|给予|计算|水平|的水平|大关|关口|的基础上|基础上|区间|之间|台阶|以|时|内|后|前|的速度|速度|左右|的增速|增速|的增长|）|\))"
)
_QUALITY = re.compile(
    r"^[^，。；]{0,30}(?:具有|引领|拥有|富有|独具|具备|影响力|竞争力|水平[高较]|能力[强较]|特色鲜明|优势[明突]|国际先进|国内领先|国际领先|一流|带动(?:力|作用)|辐射)[^，。；]{0,20}的"
)
_ACTION = re.compile(rf"[、和](?:{words.alternation('make', 'keep')})")
_CROP = re.compile(r"(?<=[一-鿿])(?:作物)?(?:种植|播种|收获|采摘|养殖)面积$")
"""The measure of what is grown: its yield is of the thing alone (粮食种植面积…；总产量…)."""
_ARTICLE = re.compile(r"^(?:的|左右|以上|了)+")
_WHOLE = re.compile(r"^.*、[^、]*?(?=[二三四五六七八九十]大[^、]+$)")
_WHOLE_WORD = re.compile(r"到[位账岗港]|对[外口]|以[工旧]|为老|等级|并[网购轨行]")
"""Words that begin with a connective and are none (到位资金, 对口帮扶)."""
_PREDICATE = re.compile(
    r"相继|陆续|先后|纷纷|下沉|喜[圆迎获提]|(?:强力|加速|稳步|有序|扎实)推进|集中(?:开工|签约)|圆满"
)
"""Words that begin what is told of a thing (12个项目相继投产)."""
_FIGURES = re.compile(r"(?:主要|核心|关键|重点|多项)?(?:经济|工作)?(?:指标|方面|领域)")
_PART_COUNT = re.compile(r"[\d一二三四五六七八九十]+个(?:方面|领域|环节)$")


@dataclass(frozen=True, slots=True)
class Left:
    """The words before a number, cleaned."""

    core: str
    """Noun phrase, word of change included."""
    verb: str
    """Word of making before the noun phrase."""
    change: str
    reached: bool
    """Whether a word of reaching stands before the number."""
    listed: bool
    """Whether the phrase ended in 等, a list of examples."""


@cache
def _lead() -> re.Pattern[str]:
    return words.head("lead")


@cache
def _made() -> re.Pattern[str]:
    return words.head("make", "keep")


@cache
def _tail() -> re.Pattern[str]:
    return words.tail("reach", "adverbs", "bound_least", "bound_most", "bound_about")


@cache
def _changed() -> re.Pattern[str]:
    return words.tail("change_up", "change_down")


@cache
def _protected() -> tuple[str, ...]:
    return tuple(words.load("protected"))


@cache
def _inner() -> re.Pattern[str]:
    """A verb of reaching between a thing and its measure (工业企业实现利润总额)."""
    return re.compile(
        rf"(?<=[一-鿿]{{2}})(?:实现|完成)(?!率$|额$|量$|投资$)(?=(?:{words.alternation('measures')})$)"
    )


@cache
def _placed() -> re.Pattern[str]:
    """Where something is made, before the verb (在负荷中心布局储能项目4个)."""
    return re.compile(rf"在[^，。；]{{2,12}}?(?={words.alternation('make', 'keep')})")


@cache
def _strong() -> re.Pattern[str]:
    return words.head("strong")


def strip_tail(text: str) -> tuple[str, bool]:
    """Drop words of reaching, bounds and adverbs at the end; tell whether there was any."""
    reached = False
    while text:
        if text.endswith(_protected()) and not text.endswith("每年均"):
            break
        match = _tail().match(text[::-1])
        if match is None:
            break
        reached = reached or match.group()[::-1] in words.load("reach")
        text = text[: len(text) - match.end()]
    return text, reached


def _without_times(text: str) -> str:
    """Drop the times that a phrase states, with 到 or 截至 before and 的 after."""
    if _TIMELY.search(text) is None:
        return text
    found = times.find(text, times.ANY_DAY)
    for each in reversed(found):
        before = text[: each.start]
        before = _TIME_BEFORE.sub("", before)
        after = (
            text[each.end :]
            .removeprefix("的")
            .removeprefix("，")
            .removeprefix("末")
            .removeprefix("底")
        )
        text = before + after
    return text


def left_of(text: str) -> Left:
    """Clean the words that stand before a number in its clause."""
    text = _PAREN.sub("", text)
    if "比" in text or "较" in text:
        text = _COMPARED.sub("", _THAN.sub("", text))
    text = asides.clean(_without_times(text))
    text = text.removesuffix("的基础上").removesuffix("基础上")
    modifier = text.endswith("的") and "占" not in text
    text, reached = strip_tail(text)
    text = asides.clean(text) if reached else text
    text = _PART_COUNT.sub("", text)
    text = text.replace("分别", "").replace("预计", "")
    text = asides.reached(text)
    if "实现" in text or "完成" in text:
        text = _inner().sub("", text)
    if "大" in text:
        text = _WHOLE.sub("", text)
    listed = False
    changed = _changed().fullmatch(text[::-1])
    if changed:
        return Left(text, "", text, reached, listed=False)
    if modifier and not reached:
        return Left("", _first_verb(text), "", reached, listed=False)
    if text.endswith("等") and not text.endswith(("高等", "平等", "同等", "中等")):
        return Left("", _first_verb(text), "", reached, listed=True)
    whole = text
    if "可" in text and (modal := _MODAL.search(text, 2)):
        text = text[modal.end() :]
    if text.startswith("在") and (placed := _placed().match(text)):
        text = text[placed.end() :]
    text, verb = _strip_head(text)
    if text.find("”") >= 0 and "“" not in text[: text.find("”")] and "“" + text in whole:
        text = "“" + text
    match = next(reversed(list(_LIST.finditer(text))), None) if "等" in text else None
    if match is not None and match.start() > 0 and not _FIGURES.match(text, match.end()):
        rest = text[match.end() :]
        listed = True
        kept = _made().match(text)
        if kept and kept.group() in words.load("keep") and not verb:
            verb = kept.group()
        text, other = _strip_head(rest)
        verb = verb or other
    strong = None
    for found in _strong().finditer(text, len(text) if text.startswith(("每", "年均")) else 2):
        if len(text) - found.end() >= 2 and not _NOT_OBJECT.match(text[found.end() :]):
            strong = found
    if strong is not None and text[strong.end() :] not in words.load("measures"):
        verb = strong.group()
        text = text[strong.end() :]
    changed = _changed().match(text[::-1])
    change = ""
    if changed:
        change = changed.group()[::-1]
        stem = text[: len(text) - len(change)]
        plain = asides.manner(stem)
        if plain != stem:
            stem, text = plain, plain + change
        if stem.endswith(("均", "预计", "可", "已", "共")) and not stem.endswith(_protected()):
            text = strip_tail(stem)[0] + change
    if text.count("“") != text.count("”"):
        text = text.strip("“”")
    return Left(text.strip(" 、，的"), verb, change, reached, listed)


def _first_verb(text: str) -> str:
    match = _made().match(text)
    return match.group() if match else ""


def _strip_head(text: str) -> tuple[str, str]:
    """Drop leading connectives and words of making; return the last of the latter."""
    verb = ""
    while text and not _WHOLE_WORD.match(text):
        match = _lead().match(text)
        made = _made().match(text)
        if made is not None and (match is None or len(made.group()) >= len(match.group())):
            rest = text[made.end() :]
            if _NOT_OBJECT.match(rest) or (made.group() in _NOUN_VERBS and _COMPOUND.match(rest)):
                break
            if not rest and made.group() in _DEEDS:
                break
            verb = made.group()
            text = rest
            if verb in words.load("keep"):
                return _coordinated(verb, text)
            continue
        if match is None:
            if _AGAIN.match(text):
                text = text[1:]
                continue
            break
        rest = text[match.end() :]
        if _NOT_OBJECT.match(rest) and len(match.group()) > 1:
            break
        text = rest
    return text, verb


def _coordinated(verb: str, rest: str) -> tuple[str, str]:
    """Take a second verb of making to the first (引进和培育领军人才), where both are one word as well."""
    if rest[:1] in _AND and (other := _made().match(rest, 1)) is not None:
        both = verb + other.group()
        if both in words.load("keep"):
            return rest[other.end() :], both
    return rest, verb


def noun_of(text: str, *, money: bool = False, share: bool = False) -> str:
    """Clean the words that stand after a number to the noun phrase they begin with.

    Args:
        text: the words.
        money: whether the number is a sum, behind which may stand what it is spent on.
        share: whether it is of people or a share of things, named by what they do.
    """
    text = _PAREN.sub("", text)
    if money and _USED_FOR.match(text):
        return ""
    if text.startswith("以"):
        text = _BASED_ON.sub("", text)
    if not text or _EMPTY_RIGHT.match(text):
        return ""
    text = _ARTICLE.sub("", text)
    timed = _BY_WHEN.search(text)
    if timed:
        text = text[: timed.start()]
    action = _ACTION.search(text)
    if action:
        text = text[: action.start()]
    predicate = _PREDICATE.search(text, 2)
    if predicate:
        text = text[: predicate.start()]
    if not text or _EMPTY_RIGHT.match(text):
        return ""
    generic = _GENERIC.match(text)
    if generic is None or not share:
        cut = _CUT.search(text, max(2, generic.end() if generic else 0))
        if cut:
            text = text[: cut.start()]
    text = text.removesuffix("的基础上").removesuffix("基础上")
    quality = _QUALITY.match(text)
    if quality and len(text) - quality.end() >= 2:
        text = text[quality.end() :]
    return text[:40].strip(" 、，的等")


def thing(text: str) -> str:
    """Return the thing of which a phrase states a measure (软件名城业务收入占比 → 软件名城)."""
    text = strip_tail(text)[0]
    for _ in range(3):
        match = words.tail("measures").match(text[::-1])
        if match is None or len(text) - match.end() < 2:
            break
        text = text[: len(text) - match.end()]
    return text.removesuffix("业务").removesuffix("年")


def subject(name: str) -> str:
    """Return a name without its word of change and its share, to hand on as a subject."""
    name = name.removeprefix("每年")
    match = _changed().match(name[::-1])
    if match:
        name = name[: len(name) - match.end()]
        if name.endswith(("年均", "平均", "累计")):
            name = name[:-2]
    driven = max(name.find("拉动"), name.find("带动"))
    if driven > 1:
        return name[:driven]
    cut = name.find("占")
    return (
        name[:cut]
        if cut > 1 and len(name) - cut <= 5 and name[cut + 1 : cut + 2] in "全世同"
        else name
    )


def attach(topic: str, measure: str) -> str:
    """Join a subject and a measure that cannot stand alone (装机规模 + 装机占比 → 装机占比)."""
    if not topic or topic.endswith(measure):
        return topic or measure
    if "、" in topic and len(topic) > 10:
        return measure
    if measure.startswith("总"):
        kept = words.head("keep").match(topic)
        topic = topic[kept.end() :] if kept and len(topic) - kept.end() >= 2 else topic
    crop = _CROP.search(topic) if "产" in measure else None
    if crop:
        return topic[: crop.start()] + measure
    match = words.tail("measures").match(topic[::-1])
    base = topic[: len(topic) - match.end()] if match else topic
    if len(base) < 2:
        base = topic
    for size in range(min(len(base), len(measure)), 1, -1):
        if base.endswith(measure[:size]):
            return base + measure[size:]
    if measure.startswith(("占", "比", "增", "均", "人均")) and measure[1:2] != "地":
        return topic + measure
    if match and not measure.endswith(("占比", "比重")):
        return measure
    return base + measure


def without_lead(name: str) -> str:
    """Return a name from which its place was taken without the words that then begin it."""
    text, verb = _strip_head(name)
    if len(text) < 2:
        return name
    return (verb if verb in words.load("keep") else "") + text


def without_head(text: str) -> str:
    """Return a clause without leading connectives and words of making."""
    return _strip_head(text)[0]
