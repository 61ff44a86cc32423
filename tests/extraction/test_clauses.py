"""Lists, moves, parts and changes: what a quantity is a quantity of."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extraction.reading import BULLETIN, NEWS, PLAN, REPORT, one, read

NAMES = (
    ("人工智能产业规模突破500亿元。", ["人工智能产业规模"]),
    ("培育5个服务垂直行业的基础级大模型。", ["服务垂直行业的基础级大模型"]),
    ("打造典型应用场景50个以上。", ["典型应用场景"]),
    ("累计建成5G基站5000个、高功率机柜3万架，上架率达80%。", ["5G基站", "高功率机柜", "上架率"]),
    ("出口总额达9.5万亿元、增长4.4%。", ["出口总额", "出口总额增长"]),
    ("新建15个、改造3个工会驿站。", ["新建工会驿站", "改造工会驿站"]),
    ("70%的规模以上企业基本实现数字化。", ["规模以上企业数字化"]),
    ("无人机产量增长39%、占全国9成。", ["无人机产量增长", "无人机产量占全国"]),
    ("广州、深圳地铁客运量分别达1409万、1305万人次。", ["广州地铁客运量", "深圳地铁客运量"]),
    ("存贷款余额分别达38万亿元、29万亿元。", ["存款余额", "贷款余额"]),
    ("新增康复大学等高校14所。", ["新增高校"]),
    ("市场主体达98万户，其中企业35万户，分别增长8%和11%。",
     ["市场主体", "企业", "市场主体增长", "企业增长"]),
    ("新增规上企业156家，总数达1230家。", ["新增规上企业", "规上企业总数"]),
    ("规上工业增加值增长7%，高于全国1.3个百分点。",
     ["规上工业增加值增长", "规上工业增加值增长高于全国"]),
    ("组建总规模1000亿元的产业投资引导基金。", ["产业投资引导基金总规模"]),
    ("居民恩格尔系数为29.8%，其中城镇为28.8%，农村为32.3%。",
     ["居民恩格尔系数", "城镇居民恩格尔系数", "农村居民恩格尔系数"]),
    ("接待游客4200万人次，实现旅游收入380亿元，分别增长15%和18%。",
     ["接待游客", "旅游收入", "接待游客增长", "旅游收入增长"]),
    ("民生支出占一般公共预算支出的比重达78%。", ["民生支出占一般公共预算支出的比重"]),
    ("18.6万农村贫困人口全部脱贫。", ["农村贫困人口"]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_a_name_is_composed_from_the_clause(text: str, names: list[str]) -> None:
    """Qualifier, thing and measure stay; verbs of reaching and owners go."""
    assert [each.name for each in read(text, REPORT)] == names


def test_a_move_has_a_baseline_and_an_end() -> None:
    """由2020年的7.8%提高到2027年的10% is a baseline and a target, each with its year."""
    start, end = read("数字经济占比由2020年的7.8%提高到2027年的10%。")
    assert (start.kind, start.date, start.name) == ("baseline", date(2020, 12, 31), "数字经济占比")
    assert (end.kind, end.date, end.name) == ("target", date(2027, 12, 31), "数字经济占比")


def test_a_rise_in_news_ends_in_an_actual_value() -> None:
    """从85%跃升至98% told by a newspaper is a baseline and an actual value."""
    start, end = read("机器人上线后，产品优良率从85%跃升至98%。", NEWS)
    assert (start.kind, end.kind) == ("baseline", "actual")
    assert start.name.endswith("产品优良率")
    assert end.name == start.name


def test_of_these_points_to_the_whole() -> None:
    """其中 keeps the relation to the quantity before it."""
    whole, part = read("算力总规模突破24万P，其中智能算力22万P。")
    assert part.part_of == whole.commitment_id
    assert whole.part_of == ""


def test_a_change_is_positive_and_keeps_its_verb() -> None:
    """降低13.5% has the change as magnitude and the verb in its name."""
    found = one("单位地区生产总值能耗降低13.5%。")
    assert (found.magnitude, found.name) == (13.5, "单位地区生产总值能耗降低")


def test_respective_years_go_to_their_numbers() -> None:
    """到2025年、2030年…分别达到 gives each number its own year."""
    found = read("到2026年、2027年，新型储能装机分别达到200万千瓦、500万千瓦。")
    assert [each.date for each in found] == [date(2026, 12, 31), date(2027, 12, 31)]


def test_per_whom_a_quantity_is_meant_is_kept() -> None:
    """每个乡镇（街道）至少培育2名 is no total."""
    assert one("每个乡镇（街道）至少培育2名电商带头人。").distribution
    assert one("市本级各相关部门开展1-2个应用。").distribution
    assert not one("培育2名电商带头人以上。").distribution


def test_relations_across_clauses_hold_in_a_bulletin() -> None:
    """A bulletin's own sentences: value, growth, share, gap to the year before."""
    found = read("全年粮食产量706万吨，比上年增加11万吨，增产1.6%。", BULLETIN)
    assert [(each.name, each.kind, each.date) for each in found] == [
        ("粮食产量", "actual", date(2025, 12, 31)),
        ("粮食产量增加", "actual", date(2025, 12, 31)),
        ("粮食产量增产", "actual", date(2025, 12, 31)),
    ]


def test_an_example_list_does_not_become_the_name() -> None:
    """What stands before 等 is dropped."""
    assert one("加快邵永、铜吉、长赣等6条高铁建设。", PLAN).name.startswith("高铁")
