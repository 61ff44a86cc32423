"""What is a statement and what only looks like one, and how sure we are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indicators.extraction import words
from indicators.extraction.quantities import Quantity
from indicators.model import Genre, Kind

if TYPE_CHECKING:
    from indicators.extraction.members import Name
    from indicators.extraction.sentences import Sentence

__all__ = ["confidence", "footing", "judge", "refused"]

_NEVER = words.load("name_units")
_TIMES = words.load("time_units")
_TIME_NOUN = re.compile(
    r"寿命|年限|年龄|天数|时限|时间|时长|工时|周期|日数|住院日|压缩|缩短|缩减|提前|办结|用时|时数|增加|响应|时延|供热期|减少|延长|停电|受教育"
)
_PARTS_DIGIT = re.compile(
    r"(?:方面|领域|环节|部分|层面|维度|阶段|步骤|原则|任务|方向|目标|身份|板块|章节|字|意识|问题|关系|措施|举措|主要指标|指标|行动计划|行动|方面工作)(?:有|中|均|全部)?(?:$|[（(])"
)
_OWN_PARTS = re.compile(r"(?:重点|主要|具体|重要|重大)?(?:工作|任务|行动|举措|措施|指标|要求)")
_PARTED = frozenset("个项条类种件")
_THING = re.compile(r"(?:的)?[^，,。；;、：:（(）)\d]*")
_GRANT = re.compile(
    r"给予|奖励|奖补|补贴|补助|资助|扶持|贴息|罚款|收费|每[^，。；]{1,6}(?:奖|补)|按[^，。；]{0,24}(?:奖|补|的比例|给予|标准)|最高不超过|一次性(?=给予|奖|补)"
)
_PER = re.compile(r"每(?:个|家|项|人|户|年|件|台|套|辆|吨|千瓦|平方米|次|月|亩|名)")
_CAP = re.compile(
    r"^(?:同一|单个|单家|单户|每[个家户项年人件台套])[^，。；、\d]{0,16}(?:最高|不超过|封顶|上限|累计|总额)"
)
"""A clause that caps what a clause before it grants (单个企业每年最高200万元)."""
_CAPACITY = re.compile(
    r"(?:[年日][产加处]?(?:产|加工|处理|生产|屠宰|出栏|存栏|回收|焚烧)量?)(?:约|近|超)?$"
)
"""A capacity that opens the name of a project (年产20万吨再生铝项目)."""
_INVESTED = re.compile(r"(?:总投资|投资额?|投资总额|计划投资|概算)(?:约|近|超过?|达|为)?$")
_PROJECT = re.compile(
    r"^(?:以上|左右|余)?的?(?!能力|产能|规模)[^，。；、\d]{1,24}?(?:项目|工程|生产线|基地|产业园|二期|一期|中心|电站|工厂)(?!数|[^，。；、\d]{0,4}[\d一二三四五六七八九])"
)
"""The thing of which a size is part of the name."""
_PRICE = re.compile(r"(?:电价|单价|售价|票价|租金|收费|价格为|起步价|标准为|电费)[^，。]{0,6}$")
_THRESHOLD_NOUN = re.compile(
    r"^(?:的)?[^，。；、\d]{0,12}?(?:企业|项目|园区|集群|单位|机构|高校|机场|乡镇|村|城市|车企|人口|居民|家庭|县|市|汽车|品牌|产品|主体|平台|老年人|儿童|青年|人员|学生|装机|电站|机组)"
)
_PLACED = re.compile(r"前$|(?:排名|位次|名次|排位)[^，。；、\d]{0,12}$")
"""A place in a ranking, or by how many places it changed."""
_COUNTED_THING = re.compile(
    r"的[^，。；、\d]{0,14}?(?:企业|项目|集群|园区|基地|平台|龙头|产业|品牌|主体|公司|单位|县|乡?镇|村|街道)[^，。；、\d]{0,4}(?:达到?|有|超过?|共|近|约|突破|不少于)?\d"
)
"""What is of a size, and then counted itself (产值50亿元的产业集群2个)."""
_SIZES = frozenset(["头", "只", "羽", "张", "人"])
_SIZED = re.compile(
    r"(?:及)?以上(?:的)?[^，。；、\d]{0,10}?(?:企业|[场厂]|户|机构|合作社|医院|单位)[^，。；、\d]{0,6}\d"
)
"""A size from which things are counted (50头以上养殖企业共有42家)."""
_RANGED = re.compile(r"的(?:有|共)?\d+[个家户项件]")
"""How many fall into a range of values (90—100万元的2个)."""
_OR_MORE = re.compile(r"或者?\d[\d.]*[万亿]*[^，。；、\d]{1,4}(?:及)?以上[^，。；、\d]{1,12}\d")
"""A threshold in two currencies (5亿元或3000万美元以上项目6个)."""
_WORDLESS = re.compile(r"[\W\d_]+")
_RANKED = re.compile(
    r"[^，,。；;、\d]{0,12}?(?:之[首一列最冠]|台阶(?![^，。；]{0,2}\d)|中的?(?:排名|位次|位列|名列|位居))"
)
"""Of how many something is the first, and steps that a value climbed: no count of anything."""
_MAGNITUDE_NAME = re.compile(r"^[+\-·×xX*]")


_WHOLE = 24
"""As far before 其中 the whole is named, in characters."""


def refused(text: str, quantity: Quantity, behind: str) -> bool:
    """Tell whether a number is no quantity of anything, before names are looked for."""
    symbol = quantity.unit.symbol
    if symbol in _NEVER and quantity.unit.dimension.startswith("count"):
        return True
    if quantity.weak and len(symbol) == 1 and symbol.isascii():
        return True
    if quantity.unit.dimension in {"age", "year", "month", "time", "working_day"}:
        start = max(text.rfind(mark, 0, quantity.start) for mark in "，；。：,;")
        before = text[start + 1 : quantity.start]
        if before.startswith("其中"):  # a part of what the clause before states
            before = text[max(0, start - _WHOLE) : quantity.start]
        if symbol in {"岁", "周岁"}:
            return not re.search(r"寿命|年龄", before)
        if symbol in {"月", "日", "年"} and not re.search(
            r"年限|寿命|天数|日数|住院日|受教育|周期", before
        ):
            return True
        return not _TIME_NOUN.search(before)
    if symbol in _PARTED and text.startswith(("中，", "中,"), quantity.unit_end):
        return True
    if symbol in {"篇", "章", "节"} and text[: quantity.start].endswith(
        ("共设", "共分", "设", "分")
    ):
        return True
    if quantity.unit.dimension.startswith("count") and _RANKED.match(text, quantity.unit_end):
        return True
    if symbol in {"名", "位", "强"} and _PLACED.search(text, 0, quantity.start):
        return True
    if (
        symbol in _PARTED
        and quantity.low < 1000
        and (thing := _THING.match(text, quantity.unit_end))
    ):
        own = thing.group()
        if len(own) <= 8 and _PARTS_DIGIT.search(own):
            return True
    return symbol == "参数" or _delimits(text, quantity, behind)


def _delimits(text: str, quantity: Quantity, behind: str) -> bool:
    """Tell whether a quantity only delimits what another one counts (10亿元以上项目20个)."""
    sized = behind == "at_least" and quantity.unit.symbol in _SIZES
    if sized and _SIZED.match(text, quantity.unit_end):
        return True
    if quantity.unit.dimension.startswith(("count", "percentage", "person_time", "proportion")):
        return False
    after = text[quantity.unit_end : quantity.unit_end + 24]
    if _RANGED.match(after):
        return True
    if after.startswith("或") and _OR_MORE.match(after):
        return True
    if after.startswith(("级", "覆盖率", "服务半径", "半径", "范围内")):
        return True
    if quantity.high is not None and re.match(
        r"(?:的)?(?:中[等低高]收入)?(?:群体|人群|家庭)", after
    ):
        return True
    if behind in {"at_least", "at_most"} and re.match(
        r"(?:及)?以[上下内][^，。；、\d的]{2,14}\d", after
    ):
        return True
    if _sizes_a_project(text, quantity, after):
        return True
    if quantity.unit.dimension == "voltage":
        return "电压" not in text[max(0, quantity.start - 8) : quantity.start]
    if (
        quantity.high is not None or text[: quantity.start].endswith(("不足", "不到"))
    ) and re.match(
        r"(?:的)?[^，。；、\d]{0,8}?(?:企业|项目|装机|电站|机组)[^，。；、\d]{0,8}\d", after
    ):
        return True
    if re.match(r"(?:(?:及)?以[上下内])?的[，,]", after):
        return True
    if after.startswith("的") and _COUNTED_THING.match(after):
        return True
    if behind in {"at_least", "at_most"}:
        return _THRESHOLD_NOUN.match(re.sub(r"^(?:及)?以[上下内]", "", after)) is not None
    before = text[max(0, quantity.start - 3) : quantity.start]
    if not before.endswith(("超", "超过", "逾", "达", "达到", "过", "上")):
        return False
    if re.match(r"的[^，。；、\d]{2,16}?(?:达到?|有|超过?|共|近|约|突破)?\d", after):
        return True
    return (
        re.match(
            r"的?[^，。；、\d]{0,10}?(?:企业|项目|园区|集群|单位|机场|乡镇|村|城市|县|平台|品牌)[^，。；、\d]{0,8}?(?:达|有|超|增|为|\d)",
            after,
        )
        is not None
    )


def _sizes_a_project(text: str, quantity: Quantity, after: str) -> bool:
    """Tell whether a capacity or a sum belongs to the name of a project (总投资50亿元的…项目)."""
    before = text[max(0, quantity.start - 8) : quantity.start]
    money = quantity.unit.dimension in {"cny", "usd"}
    if money and not (after.startswith("的") and _INVESTED.search(before)):
        return False
    return (money or _CAPACITY.search(before) is not None) and _PROJECT.match(after) is not None


def judge(sentence: Sentence, index: int, name: Name, genre: Genre) -> float:
    """Return how likely a quantity is a statement; 0 refuses it."""
    quantity = sentence.quantities[index]
    text = sentence.text
    symbol = quantity.unit.symbol
    start, end = sentence.clause(quantity.start)
    before = text[start : quantity.start]
    if symbol in _TIMES:
        return 0.85
    if _MAGNITUDE_NAME.match(text[quantity.unit_end : quantity.unit_end + 1]):
        return 0.0
    if symbol == "分":
        return 0.9 if re.search(r"分$|得分|评分|满意|指数|测评", name.text) else 0.0
    noun = name.right[:14]
    phrase = _THING.match(noun)
    thing = phrase.group() if phrase else ""
    if (
        quantity.chinese
        and quantity.high is None
        and not quantity.head
        and symbol not in {"%", "倍", "成", "个百分点"}
        and not _chinese(quantity, text, symbol, thing, before, name)
    ):
        return 0.0
    if before.endswith(("这", "上述", "以上", "前述", "该")):
        return 0.0
    money = quantity.unit.dimension in {"cny", "usd", "proportion"}
    if (money or genre == "policy") and _grant(text, start, end, genre):
        return 0.0
    if _PRICE.search(before):
        return 0.0
    if not name.text or _WORDLESS.fullmatch(name.text):
        return 0.0
    return 0.85 if quantity.chinese and not quantity.head else 1.0


def _chinese(
    quantity: Quantity, text: str, symbol: str, thing: str, before: str, name: Name
) -> bool:
    """Judge a count in Chinese numerals, which more often than not is rhetoric."""
    if text[quantity.unit_end : quantity.unit_end + 2] in {"一体", "合一", "一化"}:
        return False
    if symbol in _PARTED and _OWN_PARTS.match(text, quantity.unit_end):
        return False
    if symbol in {"部", "个"} and text[quantity.unit_end : quantity.unit_end + 1] in "门委":
        return False
    if quantity.unit.dimension in {"cny", "usd", "mass", "length", "power", "length^2"}:
        return True
    if quantity.low >= 100:
        return True
    stop = thing.rstrip("的")
    if stop and name.shape == "both":
        return False
    parts = words.tail("parts").match(stop[::-1])
    if parts is not None:
        return False
    if symbol in {
        "次",
        "类",
        "批",
        "种",
        "部",
        "条",
        "位",
        "起",
        "片",
        "块",
        "方",
        "口",
        "头",
        "本",
        "份",
        "件",
        "只",
        "支",
        "张",
    }:
        return (
            symbol in {"条", "批", "部", "件", "支"}
            and bool(stop)
            and before.endswith(tuple(words.load("make") | words.load("keep")))
        )
    return bool(stop) or before.endswith(("达", "到", "有", "共"))


def _grant(text: str, start: int, end: int, genre: Genre) -> bool:
    """Tell whether a sum or rate is a parameter of a policy (按…的50%给予最高100万元资助)."""
    clause = text[start:end]
    if _GRANT.search(clause) and (
        genre == "policy"
        or _PER.search(clause)
        or re.search(r"给予|按[^，]{0,20}(?:给予|奖|补)|最高|一次性(?=给予|奖|补)", clause)
    ):
        return True
    if _CAP.match(clause):
        part = text.rfind("；", 0, start) + 1
        return _GRANT.search(text, part, start) is not None
    return genre == "policy" and _GRANT.search(text) is not None and "到20" not in text


_SHAPES = {
    "left": 0.975, "change": 0.99, "topic": 0.99, "move": 0.99, "share": 0.95, "list": 0.95,
    "gap": 0.93, "right": 0.92, "verb": 0.85, "measure": 0.8, "both": 0.78, "before": 0.4,
}  # fmt: skip
"""Share of rows that were all right by how the name was composed (docs/extraction.md)."""
_LENGTHS = ((3, 0.45), (4, 0.7), (5, 0.92), (12, 1.0), (15, 0.92), (17, 0.8), (99, 0.6))
"""The same by length of the name: one past the longest, and the share."""


_UNDATED: dict[Kind, float] = {"target": 0.5, "actual": 0.7, "baseline": 0.97}
"""Share of rows without a day that were all right, on texts that no one had worked on."""


_BY_PERIOD = 0.92
"""The same of targets that only the plan's period dates, of those that no heading calls targets."""
_BY_GENRE = 0.8
_TALK = re.compile(r"这|该|我们|是(?!否)|可(?![支再燃降比持])|[^即]将")
"""Words of a sentence that stayed in a name."""


def footing(genre: Genre, kind: Kind, *, dated: bool, source: str = "", role: str = "") -> float:
    """Return how far genre and day carry what was read.

    An unknown genre and no day carry less far; so does a plan's period, least where no heading
    says that its text sets goals.
    """
    share = 1.0 if dated else _UNDATED[kind]
    if kind == "target" and source == "plan_period":
        share = min(share, _BY_PERIOD if role else _BY_GENRE)
    if genre == "report" and kind == "actual":
        share = max(share, 0.88)
    return share if genre else share * 0.75


def confidence(likely: float, name: Name) -> float:
    """Return how often a row like this is all right."""
    length = len(name.text)
    share = next((share for below, share in _LENGTHS if length < below), _LENGTHS[-1][1])
    if _TALK.search(name.text):
        share *= 0.6
    return round(min(likely * _SHAPES.get(name.shape, 0.8) * share, 0.99), 2)
