"""The lesser fields of a commitment: section, place, accumulation, 其中, distribution, 属性."""

from __future__ import annotations

import re
from bisect import bisect_right

from indicators.documents import Article, Document, Stretch
from indicators.extraction.sentences import Sentence
from indicators.model import Accumulation, Binding, Commitment, Kind
from indicators.units import Unit

__all__ = ["accumulation", "binding", "distribution", "part_of", "place", "section", "stretch_end"]

_EACH = re.compile(
    r"(每(?:个|家|名|位|所)?(?:部门|乡镇（街道）|县|区|市|乡镇|镇|街道|村|社区|学校|企业|单位|园区|旗县|地区|户|人)|各(?:县|市|区|旗|镇|乡)（[^（）]*）|各[^，。；、]{0,8}?(?:部门|旗县区?|县区?|区县|市县|地区|镇街|单位|盟市|地市|州市)|(?:市|区|县|省)本级各[^，。；、]{0,6}?部门)"
)
_BODY = re.compile(
    r"([\u4e00-\u9fff]{2,12}?(?:集群|新区|开发区|高新区|经开区|自贸区|自贸试验区|示范区|园区|试验区|片区|都市圈|自治区|特别行政区|自治州))"
)
_PLACE = re.compile(r"([\u4e00-\u9fff]{2,7}?(?:省|市|州|盟|县|区|旗))")
_NO_PLACE = re.compile(
    r"(?:城市|都市|市区|城区|地区|辖区|社区|园区|校区|景区|厂区|片区|山区|牧区|林区|灌区|农区|专区|功能区|覆盖区|各[省市州盟县区旗]|全[省市州盟县区旗]|[我本][省市州盟县区旗]|超市|股市|上市|城镇|门市|集市|楼市|夜市|县域|县|各地市)$"
)
_ANNUAL = re.compile(r"全年|年度|每年|当年|今年|上半年|季度|去年|上年")
_FRESH = re.compile(
    r"新增|新建|新设|引进|新引进|净增|新开工|改造|培训|新签约|新培育|新认定|本年|新注册"
)
_SINCE = re.compile(r"累计|五年来|以来|五年")
_FLOW = re.compile(
    r"产值|增加值|收入|支出|营收|总额|投资|产量|销售|零售额|利润|税收|游客|人次|客流|吞吐量|发电量|用电量|进出口|贷款发放|成交|交易|货运量|客运量|接待|生产总值|产业规模|营业|就业人数|消费量"
)
_STOCK = re.compile(
    r"余额|保有量|总量|规模|里程|数量|总数|机架|装机|覆盖率|普及率|率$|面积|人口|存量|床位|基站|机柜|学位|库容"
)


def section(document: Document, offset: int) -> str:
    """Return the headings above an offset, outermost first."""
    found = document.section_at(offset)
    return " / ".join(found.path) if found else ""


def stretch_end(document: Document, stretch: Stretch) -> int:
    """Return where a stretch ends: the beginning of the next, or of the text's end."""
    starts = [each.start for each in document.stretches]
    index = bisect_right(starts, stretch.start)
    return starts[index] if index < len(starts) else len(document.text)


def place(article: Article, document: Document, sentence: Sentence, index: int) -> str:
    """Return whose quantity it is: a body or region the clause names, else the article's place."""
    start, _ = sentence.clause(sentence.quantities[index].start)
    words_before = sentence.text[start : sentence.quantities[index].start]
    body = _BODY.search(words_before)
    if body:
        return re.sub(
            r"^(?:全国|我国|全市|全省|在|由|对|其中|推动|支持|推进|加快|建设|，)+",
            "",
            body.group(1),
        )
    return article.place or document.place


def accumulation(name: str, unit: Unit, sentence: Sentence, index: int, kind: Kind) -> Accumulation:
    """Return how values of the quantity add up over time, empty where the words do not tell."""
    quantity = sentence.quantities[index]
    start, end = sentence.clause(quantity.start)
    clause = sentence.text[start:end]
    if unit.symbol in {"%", "‰", "个百分点", "成", "倍"}:
        return "level" if not re.search(r"增长|增速|增幅|涨幅|下降|降低", name) else "period"
    if "累计" in clause and not re.search(r"累计(?:建成|拥有|达)", clause):
        return "since_start"
    if _FRESH.search(name) or _FRESH.search(clause):
        return "since_start" if kind == "target" and not _ANNUAL.search(clause) else "period"
    if unit.dimension in {"cny", "usd", "person_time"} or _FLOW.search(name):
        return "year_to_date" if not _STOCK.search(name) or "产业规模" in name else "level"
    return "level"


def part_of(sentence: Sentence, index: int, earlier: list[Commitment]) -> str:
    """Return the commitment that 其中 makes this one a part of."""
    quantity = sentence.quantities[index]
    position = sentence.text.rfind("其中", 0, quantity.start)
    if position < 0 or not earlier:
        return ""
    stop = sentence.text.rfind("；", position, quantity.start)
    if stop > position:
        return ""
    before = [
        each
        for each, found in zip(earlier, sentence.quantities, strict=False)
        if found.start < position
    ]
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
