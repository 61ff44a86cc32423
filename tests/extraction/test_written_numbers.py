"""Numbers in every way that texts write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.extraction.reading import one, read

FORMS = (
    ("建成基站５０００个。", "5000", "个"),
    ("完成投资1,234.5万元。", "12345000", "元"),
    ("完成投资 1 200 亿元。", "120000000000", "元"),
    ("占比达到百分之三十五。", "35", "%"),
    ("上网率达到千分之五。", "0.5", "%"),
    ("利润增长近三成。", "3", "成"),
    ("产能增长两倍。", "2", "倍"),
    ("地区生产总值翻一番。", "2", "倍"),
    ("城乡居民收入翻两番。", "4", "倍"),
    ("参保人数占三分之二。", "66.666667", "%"),
    ("举办三至五场展会。", "3", "场"),
    ("惠及学生30余万人。", "300000", "人"),
    ("带动就业两千五百人。", "2500", "人"),
    ("完成投资一点五亿元。", "150000000", "元"),
    ("完成投资三千二百万元。", "32000000", "元"),
    ("专利授权达1.2万件。", "12000", "件"),
    ("每万人拥有专利12件/万人。", "12", "件/万人"),
    ("劳动生产率达到17万元/人。", "170000", "元/人"),
    ("浓度控制在35微克/立方米以内。", "35", "微克/立方米"),
    ("事故死亡率降至0.01人/亿元。", "0.01", "人/亿元"),
    ("新增城镇就业3.2万人。", "32000", "人"),
    ("接待游客4.4亿人次。", "440000000", "人次"),
    ("上网电价之外，装机达到1500万千瓦。", "15000000", "千瓦"),
    ("能耗降低13.5%左右。", "13.5", "%"),
)


@pytest.mark.parametrize(("text", "magnitude", "unit"), FORMS)
def test_a_number_is_read_however_it_is_written(text: str, magnitude: str, unit: str) -> None:
    """Full-width digits, commas, blanks, Chinese numerals, shares and multiples have one value."""
    found = one(text)
    magnitude_read = found.magnitude
    if unit == "%" and found.unit == "‰":
        magnitude_read, unit_read = magnitude_read / 10, "%"
    else:
        unit_read = found.unit
    assert magnitude_read == Decimal(magnitude)
    assert unit_read == unit


def test_a_range_has_two_ends() -> None:
    """5%—5.5% and 1-2个 keep both ends; the multiplier of the upper holds for the lower."""
    assert [
        (each.magnitude, each.magnitude_high) for each in read("增长5%—5.5%，打造2-3个集群。")
    ] == [
        (Decimal(5), Decimal("5.5")),
        (Decimal(2), Decimal(3)),
    ]
    found = one("投资规模达到3—5亿元。")
    assert (found.magnitude, found.magnitude_high) == (Decimal(3 * 10**8), Decimal(5 * 10**8))


_PARAGRAPH = (
    "到2027年，全市数字基础设施实现跨越式发展，累计建成算力中心40余家，数据交易规模达到12亿元以上，"
    "带动相关产业规模达到800.5亿元，培育数据企业1200家以上，打造典型应用场景350个左右，千兆宽带用户普及率"
    "达到65%以上，数字经济核心产业增加值占地区生产总值比重提高到10.5%，推动数字经济高质量发展取得新突破。"
)


@pytest.mark.parametrize("width", range(26, 38))
def test_a_number_parted_by_a_line_break_is_one(width: int) -> None:
    """PDF text breaks lines inside numbers and before units; the span covers what stands there."""
    lines = [_PARAGRAPH[at : at + width] for at in range(0, len(_PARAGRAPH), width)]
    text = "\n".join(lines * 3)
    found = read(text)
    assert [each.magnitude for each in found] == [each.magnitude for each in read(_PARAGRAPH)] * 3
    for each in found:
        assert text[each.sentence_start : each.sentence_start + len(each.sentence)] == each.sentence
        assert each.sentence_start <= each.start < each.end


def test_a_list_shares_the_unit_and_the_multiplier_of_its_last_number() -> None:
    """2400、450、1700亿元 are three sums of 亿元; 1409万、1305万人次 two of 人次."""
    found = read("交通、水利、能源领域投资额分别达2400、450、1700亿元。")
    assert [(each.magnitude, each.name) for each in found] == [
        (Decimal(2400 * 10**8), "交通领域投资额"),
        (Decimal(450 * 10**8), "水利领域投资额"),
        (Decimal(1700 * 10**8), "能源领域投资额"),
    ]
    found = read("东站、西站单日客流分别达1409万、1305万人次。")
    assert [(each.magnitude, each.unit) for each in found] == [
        (Decimal(14_090_000), "人次"),
        (Decimal(13_050_000), "人次"),
    ]
