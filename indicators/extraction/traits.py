"""The lesser fields of a commitment: section, place, accumulation, 其中, distribution, 属性."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from sys import intern

from indicators import places
from indicators.documents import Article, Document, Stretch
from indicators.extraction import words
from indicators.extraction.sentences import Sentence
from indicators.model import Accumulation, Binding, Commitment, Kind
from indicators.units import Unit

__all__ = ["accumulation", "binding", "distribution", "owners", "part_of", "section", "stretch_end"]

_EACH = re.compile(
    r"(每(?:个|家|名|位|所)?(?:部门|乡镇（街道）|县|区|市|乡镇|镇|街道|村|社区|学校|企业|单位|园区|旗县|地区|户|人)|各(?:县|市|区|旗|镇|乡)（[^（）]*）|各[^，。；、]{0,8}?(?:部门|旗县区?|县区?|区县|市县|地区|镇街|单位|盟市|地市|州市)|(?:市|区|县|省)本级各[^，。；、]{0,6}?部门)"
)
_BODY = re.compile(
    r"(?:目前|截至[^，]{2,8})?([\u4e00-\u9fff]{2,10}?(?:集群|新区|开发区|高新区|经开区|自贸区|自贸试验区|示范区|试验区|都市圈))(?!建设|发展|内|企业|\d)"
)
_BEFORE_BODY = re.compile(
    r"^(?:[^，]{0,8}记者)?(?:[日昨今]日|日前|近日)?从|^(?:在|由|对|将|把|向|据|为)"
)
"""Who heard it from whom, and the preposition, before a body (记者从和平新区…)."""
_CLAUSE = re.compile(
    r"(?:^|[，,。；;：:]|(?<=[\d%％个家架台座项元瓦时P吨人亩里辆处所条])、)(?:其中|目前|同时|预计|力争|(?:19|20)\d\d年[底末]?|去年|今年|全年)?"
)
_CHANGE = re.compile(r"增长|增速|增幅|涨幅|下降|降低|提高|提升|减少")
_STOCKED = re.compile(r"达到|达|突破|超过|保持|稳定|总数|总量|增至|提高到|控制在")
_ACTED = re.compile(r"实施|开展|举办|召开|组织|推出|发放|完成|培训|改造")
_VISITS = re.compile(r"游客|旅客|客流|客运|接待|吞吐|出入境|旅游|诊疗")
_MADE = re.compile(
    r"新增|新建|新设|引进|净增|新开工|改造|培训|培育|打造|建成|形成|实施|开展|举办|召开|组织|推出|发放|完成|建设|设立|组建"
)
_ANNUAL = re.compile(r"全年|年度|每年|当年|今年|上半年|季度|去年|上年")
_FRESH = re.compile(
    r"新增|新建|新设|引进|新引进|净增|新开工|改造|培训|新签约|新培育|新认定|本年|新注册"
)
_FLOW = re.compile(
    r"产值|增加值|收入|支出|营收|总额|投资|产量|销售|零售额|利润|税收|游客|人次|客流|吞吐量|发电量|用电量|进出口|贷款发放|成交|交易|货运量|客运量|接待|生产总值|产业规模|营业|就业人数|消费量"
)
_STOCK = re.compile(
    r"余额|保有量|总量|规模|里程|数量|总数|机架|装机|覆盖率|普及率|率$|面积|人口|存量|床位|基站|机柜|学位|库容"
)


def section(document: Document, offset: int) -> str:
    """Return the headings above an offset, outermost first.

    Where a document holds several articles, as a newspaper page does, the article's own title is
    the outermost.
    """
    found = document.section_at(offset)
    path = found.path if found else ()
    if len(document.articles) > 1 and (title := document.article_at(offset).title) not in path:
        path = (title, *path)
    # Many statements stand in one section: they share its name.
    return intern(" / ".join(part for part in path if part))


def stretch_end(document: Document, stretch: Stretch) -> int:
    """Return where a stretch ends: the beginning of the next, or of the text's end."""
    starts = [each.start for each in document.stretches]
    index = bisect_right(starts, stretch.start)
    return starts[index] if index < len(starts) else len(document.text)


def owners(text: str, article: Article) -> list[tuple[int, str]]:
    """Return the places that begin a clause, each with where it stands.

    Args:
        text: joined words.
        article: their article; regions are sought in news only, inside the article's place.
    """
    found: list[tuple[int, str]] = []
    for clause in _CLAUSE.finditer(text):
        body = _BODY.match(text, clause.end())
        named = _body(body.group(1)) if body else ""
        if named:
            found.append((clause.end(), named))
        elif article.genre == "news":
            region = places.leading(text, clause.end(), inside=article.place)
            if region is not None and _named(region, text):
                found.append((clause.end(), region.region.name))
    return found


def _body(written: str) -> str:
    """Return a body without the verbs and the words of a reporter before it, empty if nothing stays."""
    plain = _BEFORE_BODY.sub("", written)
    while (verb := _urged().match(plain)) is not None and len(verb.group()) > 1:
        plain = plain[verb.end() :]
    return plain if len(plain) > 2 else ""


@cache
def _urged() -> re.Pattern[str]:
    """A verb of urging or making (确保, 支持, 推进)."""
    return words.head("lead", "make")


def _named(match: places.Match, text: str) -> bool:
    """Tell whether a match is a name in full, or the short name of more than a county (新建)."""
    written = text[match.start : match.end]
    return written.endswith(match.region.name[-1:]) or match.region.level in {
        "province",
        "prefecture",
    }


def accumulation(name: str, unit: Unit, sentence: Sentence, index: int, kind: Kind) -> Accumulation:
    """Return how values of the quantity add up over time.

    A count introduced by a word of making is counted from the start of the plan (design 6), unless
    累计, 总, 达到, 保持 or 突破 stands before the number: then it is a stock.
    """
    quantity = sentence.quantities[index]
    start, _ = sentence.clause(quantity.start)
    before = sentence.text[start : quantity.start]
    if unit.dimension in {"proportion", "percentage_point", "multiple"}:
        return "period" if _CHANGE.search(name) else "level"
    if _STOCKED.search(before[-12:]) or ("累计" in before and "新增" not in before):
        flows = _FLOW.search(name) and (not _STOCK.search(name) or "产业规模" in name)
        return "year_to_date" if flows else "level"
    if _MADE.search(before) or _FRESH.search(name):
        if kind == "actual":
            return "period" if _ACTED.search(before) or _FRESH.search(name) else "level"
        return "period" if _ANNUAL.search(before) else "since_start"
    if unit.dimension == "person_time" and not _VISITS.search(name):
        return "period" if kind == "actual" else "since_start"
    if _FLOW.search(name) or unit.dimension in {"cny", "usd"}:
        return "level" if _STOCK.search(name) and "产业规模" not in name else "year_to_date"
    return "level"


def part_of(sentence: Sentence, index: int, earlier: list[tuple[int, Commitment]]) -> str:
    """Return the commitment that 其中 makes this one a part of."""
    quantity = sentence.quantities[index]
    position = sentence.text.rfind("其中", 0, quantity.start)
    if position < 0 or not earlier:
        return ""
    stop = sentence.text.rfind("；", position, quantity.start)
    if stop > position:
        return ""
    before = [each for start, each in earlier if start < position]
    same = [each for each in before if each.unit == quantity.unit.symbol]
    return (same or before)[-1].commitment_id if same or before else ""


def distribution(sentence: Sentence, index: int) -> str:
    """Return per whom the quantity is meant (每部门, 各旗县区), empty where it is a total."""
    start, _ = sentence.clause(sentence.quantities[index].start)
    match = _EACH.search(sentence.text[start : sentence.quantities[index].start])
    return match.group(1) if match else ""


def binding(text: str) -> Binding:
    """Return 约束性 or 预期性 where the sentence says so."""
    if "约束性" in text:
        return "binding" if "预期性" not in text else ""
    return "expected" if "预期性" in text else ""
