"""Numbers whose unit is shared, signed, paired or not there, and counts that are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.extraction.reading import BULLETIN, NEWS, PLAN, REPORT, one, read


def test_two_changes_of_one_number_of_persons() -> None:
    """A number of persons that grew by 1.4亿 is read though its unit stands later."""
    rows = read("养老保险参保人数增加1.4亿、覆盖10.5亿人。", REPORT)
    assert [row.magnitude for row in rows] == [140_000_000, 1_050_000_000]
    assert rows[0].name == "养老保险参保人数增加"


def test_minus_sign_belongs_to_a_rate() -> None:
    """A rate may be negative; a hyphen after a word is its sign."""
    row = one("净出口对经济增长的贡献率为-3.2%。", BULLETIN)
    assert (row.magnitude, row.as_written) == (Decimal("-3.2"), "-3.2%")


def test_number_directly_after_an_index_name() -> None:
    """人均GDP9.5万元 is a value, P4 is a name."""
    assert one("人均GDP9.5万元。", BULLETIN).name == "人均GDP"
    assert read("建成P4级实验室。", REPORT) == []


def test_second_value_of_what_has_no_unit() -> None:
    """After a PUE the next 降低到 without unit is one too."""
    rows = read("到2027年，新建数据中心PUE降低到1.3以下，高寒地区力争降低到1.2以下。", PLAN)
    assert [(row.magnitude, row.bound) for row in rows] == [
        (Decimal("1.3"), "at_most"),
        (Decimal("1.2"), "at_most"),
    ]


def test_ratio_of_incomes_moves() -> None:
    """倍差 has no unit; its first value is a baseline."""
    rows = read("城乡居民收入倍差从2.4缩小到1.9。", REPORT)
    assert [(row.kind, row.magnitude) for row in rows] == [
        ("baseline", Decimal("2.4")),
        ("actual", Decimal("1.9")),
    ]


def test_power_and_energy_of_one_storage() -> None:
    """Two quantities parted by a stroke have the same name."""
    rows = read("新型储能装机规模达300万千瓦/0.8亿千瓦时。", NEWS)
    assert [(row.name, row.unit) for row in rows] == [
        ("新型储能装机规模", "千瓦"),
        ("新型储能装机规模", "千瓦时"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "经济总量保持四个城区之首。",
        "重点抓好3方面工作。",
        "着力强化六方面保障。",
        "每秒运算10的18次方次。",
        "居民消费价格指数同比持平（100）。",
        "第三次产业加快发展，三次产业结构优化。",
    ],
)
def test_what_only_looks_like_a_count(text: str) -> None:
    """Ranks, parts of the text, powers of ten and base values are no statements."""
    assert read(text, REPORT) == []


def test_voltage_of_a_line_belongs_to_its_name() -> None:
    """The kilovolts of a line say which line it is."""
    row = one("完成改造10千伏线路96公里。", REPORT)
    assert (row.name, row.unit) == ("改造10千伏线路", "公里")


def test_class_of_size_delimits() -> None:
    """A span of sizes before a thing delimits what the share is of."""
    row = one("1万—10万千瓦项目装机占比32%。", NEWS)
    assert row.unit == "%"


def test_first_value_of_a_span_of_years_has_its_first_year() -> None:
    """2021年至2025年，…由A提高到B: A was in 2021."""
    rows = read("2021年至2025年，森林覆盖率从31%提高到33%。", REPORT)
    assert [str(row.date) for row in rows] == ["2021-12-31", "2025-12-31"]


def test_outlook_year_governs_its_clause() -> None:
    """展望2035年 is a time like 到2035年."""
    rows = read("到2027年，普及率达到60%。展望2035年，普及率达到90%以上。", PLAN)
    assert str(rows[-1].date) == "2035-12-31"


def test_ground_of_innovation_is_no_record_high() -> None:
    """创新高地 does not tell of the past as 创新高 does."""
    told = read("大会明确将打造创新高地，引进企业30家。", NEWS)
    assert [row.kind for row in told] == ["target"]
    assert read("销量创新高，引进企业30家。", NEWS)[0].kind == "actual"


@pytest.mark.parametrize("written", ["2060.35亿元", "1980.5万元", "1900—2000万元", "2016亿元"])
def test_amount_that_looks_like_a_year(written: str) -> None:
    """An amount between 1900 and 2100 is no year, with decimals or in a span."""
    assert one(f"实现总收入{written}。", BULLETIN).as_written == written


@pytest.mark.parametrize(
    "text", ["2024.5—2026.12为建设期。", "2021—2025年为规划期。", "2025.6.30前报送。"]
)
def test_dates_with_dots_stay_dates(text: str) -> None:
    """Dotted dates and spans of years are no quantities."""
    assert read(text, PLAN) == []


def test_dateline_of_news_is_no_subject() -> None:
    """The place and day of a dispatch belong to neither name nor deadline."""
    row = one("新华社北京3月5日电 2026年国内生产总值预期增长4.5%。", NEWS)
    assert (row.name, str(row.date)) == ("国内生产总值增长", "2026-12-31")


def test_share_in_growth_has_the_subject_of_its_sentence() -> None:
    """拉动经济增长 and 贡献率 go on with the subject that grew."""
    rows = read("工业增加值增长7.1%，拉动经济增长2.4个百分点，贡献率为38.5%。", BULLETIN)
    assert [row.name for row in rows] == [
        "工业增加值增长",
        "工业增加值拉动经济增长",
        "工业增加值贡献率",
    ]
