"""Whether a quantity is a target, an actual value or a baseline.

What the clause says wins over the sentence, the sentence over the stretch of text, the stretch over
the genre.  Where nothing says it (a piece of a report without headings), the mood of the text does:
plans order (加快推进…), reviews tell (获批、跃居、同比…).
"""

from __future__ import annotations

import re
from datetime import date

from indicators.documents import Stretch
from indicators.extraction.sentences import Sentence
from indicators.extraction.times import Time
from indicators.model import Genre, Kind

__all__ = ["baseline", "cue", "default", "mood", "said", "strong", "timed"]

# What scans running text begins each alternative with a character, and asks behind it what must not
# stand before: a search then goes from one such character to the next, ten times as fast.
_PAPERS = ("方案", "规划", "纲要", "意见", "计划")
_TARGET = re.compile(
    r"力争|争取(?!中央|上级|国家|资金|专项|债|政策|到位|超长期|各类|省级|了)|努力(?!下)|确保|预期(?!寿命|指数|不|转|偏|管理|引导)(?:目标|增长)?|目标(?:(?:任务)?(?:是|为|：|:)|(?<=[两三四五六七八九十]大目标))|发展目标|主要目标|计(?<![总占]计)(?<!招募计)(?<!招聘计)(?<!招生计)(?<!投资计)(?<!生产计)(?<!采购计)(?<!年度计)(?<!全年计)(?<!比计)(?<!较计)(?<!超计)划(?!单列|生育|实施以来|总?投资额|总投资|投资[^，。；]{1,14}元的)(?=[^》”]*\d)|拟(?!态|合|竣工)|将(?<!即将)(?!近|军|其|于近)|有望"
    r"|还要|要(?<![需主重必纪摘纲首概提次]要)(?![素求点件闻害道职务塞领价])|必须|明年|未来[一二三四五六七八九十\d]+年|到2[01]\d\d年|预计(?:今年|明年|20\d\d年)|今年预计|明年预计|提出到|其中提出|印发[^，。]{0,30}(?:措施|方案|计划|意见|规划)|在\d{4}年前|底前|今后|打算|全年[^，。]{0,8}安排|预计到|预计(?:全年|年内|年底|未来)?(?=[^，。；\d]{0,6}可[达实形带新]|投入|可|能|将|带动|惠及|新[增建改]|建成|完工|开工|竣工)"
    r"|可(?=新增(?!长)|改善|增加|减少)"
    r"|规划(?=承载|引进|总?装机|产能)|内(?<=年内)(?<![\d一二两三四五六七八九十几百]年内)|后(?<=[完改实][成造施]后)[^，。；\d]{0,6}可"
    r"|后(?<=[达投建运竣][产用运成工]后)(?:[^。；，]{0,4}[可将能]|预计|年[产可均])|后可(?=实现|形成|带动|新增|提供|年)"
    + "".join(rf"|{paper}》[^，。]{{0,6}}(?:提出|提到|明确|要求)" for paper in _PAPERS)
)
_ACTUAL = re.compile(
    r"已(?<!而已)(?!有之)|主体(?=[^，。；]{0,4}(?:完工|封顶|竣工))|依托(?=[^，。；\d]{0,8}\d)|现有(?=[^，。；\d]{0,8}\d)|首批(?=入[园驻选]|签约|落户)|目前|截至|截止|达到了|完成了|实现了|建成了|形成了|培育了|推出了|打造了|新增了|达成了|取得了|增长了|提高了|下降了|提升了|减少了|同比|环比|去(?<![比较由从]去)年|上(?<![比较由从]上)年"
    r"|以来|来，|过去|累计实现|实际完成|实际到位|连续\d+年|五年间|一年间|期间(?=[^。]{0,20}(?:累计|共|完成))|创历史|历史最|新高(?!地|度|质)|位居|居全国|跃居|排名|跻身|荣获|获评|被评|入选|率先|首次(?!(?:被)?(?:认定|入选|获评|列入|纳入|上规|升规|获批|通过|评为|入库))"
)
_ORDER = re.compile(
    r"(?:^|[。；，：、])(?:要|将|力争|确保|加快|推进|推动|加强|完善|健全|深化|深入|持续|积极|支持|鼓励|强化|优化|提升|打造|培育|构建|建立|探索|抓好|抓实|做好|做强|做优|实施|开展|落实|统筹|大力|全力|着力|扎实|稳步|严格|坚持|促进|引导|发展|扩大|推广|新建|新开工|开工|启动|续建|建设|规划|用好|办好|守牢|聚焦|全面)"
)
_TELL = re.compile(
    r"已|目前|居全国|位居|居[^，。]{0,6}第|跃居|跻身|同比|比上年|获批|荣获|获评|获得|获国家|入选|建成投[用产运]|建成通车|全线贯通|顺利投产|投产|投运|投用|落户|创历史|新高(?!地|度|质)|首个|首批|首创|首次|突破\d|超\d|取得|成效|显著|圆满|涌现|成为|成功|上线运行|日益|彰显|增至|增长\d|达\d|分别达|获[^得]|实现[^，。]{0,10}(?:突破|增长)|全国第|领先|迈上|蝉联|挺进|排名|不断涌现|名列|占全国|下降\d"
)
_PAST = re.compile(
    r"已(?<!而已)(?!有之)|目前|了(?!解|不|一批|望)|涌现出?|逐步(?:完善|形成|提升)|仍存在|仍面临|截至|同比|比上年|较上年|比去年|以来|“(?:十[一二三四]五”?|年?)(?:期间|时期)|十[一二三四]五”?(?:期间|时期)|五年?(?:期间|时期)"
)
_BASELINE_BEFORE = re.compile(r"(?:由|从|自)[^，,。；、]{0,20}$")
_BASELINE_AFTER = re.compile(
    r"^[^，,。；]{0,14}?(?:提高|提升|增加|增长|上升|增|升|扩大|扩展|跃升|攀升|发展|下降|降低|减少|压减|压缩|降|减|缩短|缩小|收窄|回落|跃上|调整|变|拓展|攀升|推进|延长|扩|跃|提|改善|进|翻番|整合|合并|精简)[^，,。；\d]{0,4}?(?:到|至|为|成)?"
)


def baseline(sentence: Sentence, index: int) -> bool:
    """Tell whether a quantity is the start of a stated move (由A提高到B)."""
    size = 1
    if sentence.groups:
        head, _, size = sentence.groups[index]
        index = head
    quantity, last = sentence.quantities[index], index + size - 1
    if last + 1 >= len(sentence.quantities):
        return False
    following = sentence.quantities[last + 1]
    start, end = sentence.clause(quantity.start)
    if following.start > end + 8:
        return False
    if index:
        start = max(start, sentence.tails[index - 1])
    before = sentence.text[start : quantity.start]
    if _BASELINE_BEFORE.search(before) is None:
        return False
    return _BASELINE_AFTER.match(sentence.text[sentence.tails[last] : following.start]) is not None


_HONOURS = (
    "入选",
    "首次",
    "率先",
    "排名",
    "跻身",
    "位居",
    "居全国",
    "跃居",
    "荣获",
    "获评",
    "被评",
)
"""Words of success that 力争 before them turns into what is striven for."""


def cue(sentence: Sentence, index: int) -> Kind | None:
    """Return what the words of the clause, then of the sentence before it, say.

    A part behind a semicolon goes on as the part before it began, where that tells both kinds
    (水稻已栽…，预计可栽…；玉米…).
    """
    position = sentence.quantities[index].start
    if not sentence.cues:
        sentence.cues.extend(_cues(sentence.text))
    start, end = sentence.clause(position)
    inside: Kind | None = None
    before: Kind | None = None
    last = 0
    for place, kind in sentence.cues:
        weak = kind == "actual" and sentence.text.startswith(_HONOURS, place)
        if start <= place < end and not (weak and inside == "target"):
            inside = kind
        if place < position:
            before, last = kind, place
    if inside is None and before is not None:
        before = _begun(sentence, position, last, before)
    behind = sentence.cues[0][1]
    return inside or before or (None if behind == "target" else behind)


def _begun(sentence: Sentence, position: int, last: int, kind: Kind) -> Kind:
    """Return the kind that a cue in a part before a semicolon leaves to what stands behind it.

    A cue behind the first quantity of its part tells of what follows it there only.
    """
    part = sentence.part(last)
    if sentence.part(position) == part:
        return kind
    first = next(each.start for each in sentence.quantities if each.start >= part)
    return sentence.begun.get(part, kind) if first < last else kind


def _cues(text: str) -> list[tuple[int, Kind | None]]:
    """Return the words that tell a kind, in order."""
    found: list[tuple[int, Kind | None]] = [
        (match.start(), "target") for match in _TARGET.finditer(text)
    ]
    found += [(match.start(), "actual") for match in _ACTUAL.finditer(text)]
    return sorted(found, key=lambda each: each[0]) or [(len(text), None)]


def said(words: str) -> Kind | None:
    """Return what the last word of a text that tells a kind says."""
    target = max((match.start() for match in _TARGET.finditer(words)), default=-1)
    actual = max((match.start() for match in _ACTUAL.finditer(words)), default=-1)
    if target == actual:
        return None
    return "target" if target > actual else "actual"


def timed(time: Time | None, issued: date | None, begins: date | None) -> Kind | None:
    """Return what a stated time says: past is actual, to come is a target.

    Args:
        time: the time that governs the quantity.
        issued: day of issue.
        begins: first day of the plan period.
    """
    now = issued or begins
    if time is None or now is None:
        return None
    if time.day < now and not (begins is not None and time.day >= begins):
        return "actual"
    if time.begin > now or time.day.year > now.year:
        return "target"
    return None


def default(genre: Genre, stretch: Stretch) -> Kind | None:
    """Return the kind of a quantity of which neither clause nor time tells it.

    None where only the mood of the text around can tell it, which costs reading that text.

    Args:
        genre: genre of the article.
        stretch: role of the text around.
    """
    if genre in {"bulletin", "news"}:
        return (
            "actual"
            if genre == "bulletin" or stretch.role not in {"targets", "tasks"}
            else "target"
        )
    if stretch.role in {"review", "situation"}:
        return "actual"
    if stretch.role in {"targets", "tasks", "support", "principles"}:
        return "target"
    return None


def mood(words: str, genre: Genre) -> Kind | None:
    """Return whether a text orders or tells, None where it does neither clearly.

    Args:
        words: a paragraph or a stretch, joined.
        genre: a plan tells only where words of the past stand in it.
    """
    targets = len(_TARGET.findall(words))
    if genre in {"plan", "policy", ""}:
        past = len(_PAST.findall(words))
        if past >= 2 and past > targets:
            return "actual"
        return "target" if targets > past else None
    orders = len(_ORDER.findall(words)) + 2 * targets
    tells = len(_TELL.findall(words))
    if orders + tells < 3:
        return None
    if orders > 1.5 * tells:
        return "target"
    return "actual" if tells > orders else None


_STRONG_ACTUAL = re.compile(
    r"已(?!有之)|目前|截至|达到了|完成了|实现了|建成了|同比|比上年|较上年|去年|上年"
)
_STRONG_TARGET = re.compile(
    r"力争|争取(?!中央|上级|国家|资金|专项|债|政策|到位|超长期|各类|省级|了)|预期目标|(?<!即)将(?!近|军|其)|计划|拟(?!竣)|到20[2-5]\d年|明年|后[^，。；\d]{0,8}可|预计[可将能]"
)


def strong(clause: str) -> Kind | None:
    """Return the kind that the words of a clause say beyond doubt."""
    actual, target = _STRONG_ACTUAL.search(clause), _STRONG_TARGET.search(clause)
    if (actual is None) == (target is None):
        return None
    return "actual" if actual is not None else "target"
