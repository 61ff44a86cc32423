"""Words around a number that are no part of its name, and proper names that hold a conjunction."""

from __future__ import annotations

import pytest

from indicators.extraction import proper
from tests.extraction.reading import BULLETIN, NEWS, PLAN, REPORT, one, read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("去年，服务业投资占比由三年前的31%提高到38%。", "服务业投资占比"),
        ("万元产值水耗连年下降4%。", "万元产值水耗下降"),
        ("民营经济增加值逐年增长6%以上。", "民营经济增加值增长"),
        ("全市入园率为92%，在上年基础上继续提高1.5个百分点。", "入园率提高"),
        ("市统计局表示今年快递业务量增长12%。", "快递业务量增长"),
        ("地方财政收入50亿元，同口径增长6.2%。", "地方财政收入增长"),
        ("建筑业总产值80亿元，按可比价格计算，比上年增长3%。", "建筑业总产值增长"),
        ("工业总产值连跨两个百亿台阶，突破500亿元。", "工业总产值"),
        ("外贸进出口增加到90亿元，十年增加近40亿元。", "外贸进出口增加"),
        ("全市累计建成充电站60座，相比“十三五”末增长3倍。", "充电站增长"),
        ("城市建成区绿地率超过41%。", "城市建成区绿地率"),
        ("完善提升4个千亩蔬菜基地。", "千亩蔬菜基地"),
        ("可支撑数据存储规模达到20EB。", "数据存储规模"),
    ],
)
def test_asides_stay_out_of_the_name(text: str, name: str) -> None:
    """How, since when, by whose word and in what manner is no part of a name."""
    assert read(text, REPORT)[-1].name == name


def test_known_place_keeps_its_conjunction() -> None:
    """A 和 inside the name of a place never parts two phrases."""
    rows = read("全市投资增长5%、和林格尔县标准厂房达到20万平方米，和平区楼宇30座。", REPORT)
    assert [row.name for row in rows[1:]] == ["和林格尔县标准厂房", "和平区楼宇"]


def test_body_is_the_place_and_not_the_name() -> None:
    """The cluster that owns a quantity is its place, also after an enumeration comma."""
    row = read("全区机架5万架、和林格尔数据中心集群算力总规模达到9万P。", REPORT)[-1]
    assert (row.name, row.place) == ("算力总规模", "和林格尔数据中心集群")


@pytest.mark.parametrize("text", ["推动创新和绿色发展", "水平和能力", "城市和县域商业"])
def test_words_that_only_meet_are_not_veiled(text: str) -> None:
    """Short names that two words form by meeting (新和, 平和) are no places."""
    assert proper.veil(text) == text


def test_veil_is_undone() -> None:
    """Unveiling gives the text back, and the veil keeps its length."""
    text = "呼和浩特市与和林格尔新区"
    assert proper.veil(text) != text
    assert len(proper.veil(text)) == len(text)
    assert proper.unveil(proper.veil(text)) == text


def test_growth_list_takes_the_subjects_of_the_list_before() -> None:
    """分别增长 after two values gives each subject its growth."""
    rows = read("城镇和农村居民人均消费支出完成2.1万元、1.3万元，分别增长4%、5%。", BULLETIN)
    assert [row.name for row in rows] == [
        "城镇居民人均消费支出",
        "农村居民人均消费支出",
        "城镇居民人均消费支出增长",
        "农村居民人均消费支出增长",
    ]


def test_list_that_cannot_be_split_keeps_one_name() -> None:
    """Members of a list share the whole head where it has no parts to give."""
    rows = read("三次产业对税收的贡献率分别为5%、55%和40%。", BULLETIN)
    assert {row.name for row in rows} == {"三次产业对税收的贡献率"}


def test_quoted_word_keeps_both_marks() -> None:
    """A quotation mark at the head of a thing is kept with its fellow."""
    assert one("新增“名特优新”农产品9个。", REPORT).name == "新增“名特优新”农产品"


def test_offices_before_a_sentence_are_no_part_of_it() -> None:
    """What remains of a bracket before a clause is dropped."""
    rows = read("培育企业3家。（责任单位：市经信局、市商务局）全市从事标注人员达到2万人。", PLAN)
    assert rows[-1].name == "从事标注人员"


def test_value_beside_a_growth_keeps_its_subject() -> None:
    """、达到… goes on with the subject of its own clause, not of the clause before."""
    rows = read("力争经过努力，全市数字产业增加值增长50%以上、达到900亿元。", PLAN)
    assert [row.name for row in rows] == ["数字产业增加值增长", "数字产业增加值"]


def test_plan_that_news_reports_on_gives_the_day() -> None:
    """Targets of a plan whose title stands in the news take the end of its period."""
    text = (
        "市政府印发《某市机器人产业行动方案（2026—2028年）》，"
        "明确将建设创新高地，培育20家左右整机企业。"
    )
    row = one(text, NEWS)
    assert (row.kind, str(row.date), row.date_source) == ("target", "2028-12-31", "plan_period")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("新开工技改项目45个，竣工30个。", ["新开工技改项目", "竣工技改项目"]),
        ("形成2个百亿级、5个五十亿级产业集群。", ["百亿级产业集群", "五十亿级产业集群"]),
        ("改造老旧管网56公里、惠及居民1.8万户。", ["改造老旧管网", "惠及居民"]),
        ("新签约项目100个，到位资金200亿元。", ["新签约项目", "新签约项目到位资金"]),
        ("新增风电装机12万千瓦，累计装机达56万千瓦。", ["新增风电装机", "风电装机"]),
        (
            "研发经费支出26亿元，与生产总值之比为2.6%。",
            ["研发经费支出", "研发经费支出与生产总值之比"],
        ),
        (
            "农民收入2万元，增长5.6%，扣除价格因素实际增长5.3%。",
            ["农民收入", "农民收入增长", "农民收入实际增长"],
        ),
        ("3.软件业务收入突破50亿元。", ["软件业务收入"]),
        ("建成区级养老中心3个。", ["区级养老中心"]),
    ],
)
def test_what_a_later_number_takes_over(text: str, names: list[str]) -> None:
    """A number takes over the thing of the one before, not what was done with that."""
    assert [row.name for row in read(text, REPORT)] == names


def test_length_of_years_ahead_is_no_deadline() -> None:
    """今后五年 in a work report does not end with its year."""
    row = one("今后五年，力争软件业务收入突破600亿元。", REPORT)
    assert (row.kind, row.date) == ("target", None)


def test_counted_up_to_a_day_is_no_target() -> None:
    """截至 says that the day has passed, whatever the day of issue."""
    assert one("截至12月底，已开通充电桩1.3万个。", NEWS).kind == "actual"


def test_award_for_the_first_time_is_no_report() -> None:
    """首次认定的企业 in a plan is a condition and tells nothing of the past."""
    rows = read("每年遴选不少于10个示范场景；对首次认定的企业给予奖励。", PLAN)
    assert rows[0].kind == "target"


@pytest.mark.parametrize(
    ("text", "name", "day"),
    [
        ("力争3年内培育10家左右龙头企业。", "龙头企业", "2027-12-31"),
        ("用3—5年时间打造2—3个千亿级产业集群。", "千亿级产业集群", "2027-12-31"),
        ("力争三年撬动社会资本投入超300亿元。", "社会资本投入", "2027-12-31"),
    ],
)
def test_how_long_it_takes_is_neither_name_nor_day(text: str, name: str, day: str) -> None:
    """3年内 is not 年内: the plan's end stays the deadline."""
    row = one(text, PLAN)
    assert (row.name, str(row.date)) == (name, day)


def test_this_year_is_the_year_of_issue() -> None:
    """今年 after a year in figures is still the year of issue."""
    rows = read("该智算中心2024年底算力规模80P，今年12月将扩容至300P。", NEWS)
    assert [(row.name, row.kind, str(row.date)) for row in rows] == [
        ("算力规模", "actual", "2024-12-31"),
        ("算力规模", "target", "2026-12-31"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "二、三产业分别拉动经济增长0.7、5.3个百分点。",
            ["二产业拉动经济增长", "三产业拉动经济增长"],
        ),
        ("其余27项中，已完成民生项目19项。", ["民生项目"]),
        (
            "每年新增城镇就业10万人以上，五年累计新增50万人。",
            ["每年新增城镇就业", "新增城镇就业"],
        ),
        ("新建建筑能效在现行节能标准基础上提升30%。", ["新建建筑能效提升"]),
        ("污水收集率达到70%以上或比2020年提高5个百分点。", ["污水收集率", "污水收集率提高"]),
    ],
)
def test_names_in_lists_and_alternatives(text: str, names: list[str]) -> None:
    """Ordinals share what follows them, alternatives their subject; 27项中 counts nothing."""
    assert [row.name for row in read(text, REPORT)] == names


def test_intention_behind_does_not_reach_back() -> None:
    """What a later clause plans does not make the achieved value before it a target."""
    rows = read("园区建成5万P算力，绿电占比超65%，未来将达90%。", NEWS)
    assert [row.kind for row in rows] == ["actual", "actual", "target"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("甲水泥、乙热电等12个项目相继投产。", "项目"),
        ("选派300余名党员干部下沉社区。", "党员干部"),
        ("移动、联通和铁塔共完成18亿元基站投资。", "基站投资"),
    ],
)
def test_thing_behind_the_number_ends_before_what_is_told(text: str, name: str) -> None:
    """What is told of a thing is no part of it, nor are those who did it."""
    assert one(text, NEWS).name == name


def test_line_that_heads_a_news_page_gives_the_year() -> None:
    """Bullets below a line with a year and 目标 or 成绩单 take its year."""
    text = "■ 2025年成绩单\n\n●粮食总产达到557万吨\n\n■ 2026年主要预期目标\n\n●经济增长6%左右\n"
    assert [(row.kind, str(row.date)) for row in read(text, NEWS)] == [
        ("actual", "2025-12-31"),
        ("target", "2026-12-31"),
    ]


def test_sum_so_far_is_actual_behind_a_plan() -> None:
    """累计 after a plan in the same news counts what there is."""
    rows = read("预计今年年底，充电桩超过60万个；全国累计开展试点应用400余项。", NEWS)
    assert [row.kind for row in rows] == ["target", "actual"]


def test_brought_forward_by_a_quarter_is_no_time() -> None:
    """提前一季度 says how much earlier, not when."""
    assert one("双方计划提前一季度完成25万个基站建设。", NEWS).kind == "target"


def test_body_behind_a_year_is_the_place() -> None:
    """A clause may begin with its year before the body that owns the quantity."""
    row = one("2025年滨海新区营业收入突破400亿元。", NEWS)
    assert (row.name, row.place) == ("营业收入", "滨海新区")
