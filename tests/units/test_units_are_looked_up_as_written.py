"""Units are found as plans write them, and nothing else is taken for one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indicators import units


@pytest.mark.parametrize(
    ("written", "symbol", "multiplier"),
    [
        ("元", "元", 1),
        ("亿元", "元", 10**8),
        ("万亿元", "元", 10**12),
        ("万P", "P", 10**4),
        ("EFlops", "EFLOPS", 1),
        ("ＥＦｌｏｐｓ", "EFLOPS", 1),
        ("百亿亿次/秒", "EFLOPS", 1),
        ("㎡", "平方米", 1),
        ("m²", "平方米", 1),
        ("万 平方米", "平方米", 10**4),
        ("％", "%", 1),
        ("百分点", "个百分点", 1),
        ("千瓦", "千瓦", 1),
        ("万千瓦", "千瓦", 10**4),
        ("亿千瓦时", "千瓦时", 10**8),
        ("千瓦·时", "千瓦时", 1),
        ("kW·h", "千瓦时", 1),
        ("件/套", "件/套", 1),
        ("辆（艘、架、列）次", "辆（艘、架、列）次", 1),
        ("万m³/小时", "立方米/小时", 10**4),
        ("μg/m³", "微克/立方米", 1),
        ("℃", "℃", 1),
        ("件/万人", "件/万人", 1),
        ("万元/人", "元/人", 10**4),
        ("人/亿元", "人/亿元", 1),
        ("吨标准煤/万元", "吨标准煤/万元", 1),
        ("", "", 1),
    ],
)
def test_a_written_unit_has_its_symbol(written: str, symbol: str, multiplier: int) -> None:
    """A spelling gives the display symbol; the word before it goes into the multiplier."""
    unit = units.lookup(written)
    assert unit is not None
    assert (unit.symbol, unit.multiplier) == (symbol, multiplier)


@pytest.mark.parametrize(
    "written",
    [
        "p",
        "kP",
        "poise",
        "G",
        "5G",
        "gauss",
        "7×24",
        "1-2个",
        "以上",
        "万",
        "亿",
        "个/",
        "/人",
        "元/个百",
        "Gb",
        "eflops吗",
        "13.5%",
        "元/元/元",
    ],
)
def test_what_is_no_unit_is_not_found(written: str) -> None:
    """P is not poise, 5G is not gauss, a bare multiplier is not a unit."""
    assert units.lookup(written) is None


@pytest.mark.parametrize(
    "word",
    [
        "个",
        "家",
        "项",
        "件",
        "所",
        "套",
        "台",
        "座",
        "架",
        "处",
        "条",
        "场",
        "只",
        "辆",
        "份",
        "类",
        "种",
        "支",
        "宗",
        "起",
        "本",
        "册",
        "部",
        "款",
        "张",
        "块",
        "例",
        "门",
        "间",
        "对",
        "批",
        "片",
        "次",
        "笔",
        "标准机架",
        "机架",
        "架次",
        "辆次",
        "艘次",
        "列次",
        "列",
        "标箱",
        "标准箱",
        "TEU",
        "班",
        "班次",
        "艘",
        "篇",
        "颗",
        "头",
        "株",
        "枚",
        "口",
        "床",
        "席",
        "单",
        "孔",
        "级",
        "期",
        "届",
        "轮",
        "尾",
        "眼",
        "盏",
        "根",
        "副",
        "组",
        "队",
        "团",
        "站",
        "点",
        "道",
        "幢",
        "栋",
    ],
)
def test_counters_need_no_list_of_nouns(word: str) -> None:
    """Every counter word counts things, one by one."""
    assert units.base(Decimal(3), word) == (Decimal(3), "count")


def test_case_is_kept() -> None:
    """MW is a million watts, mW a thousandth."""
    assert units.convert(Decimal(1), "MW", "mW") == Decimal(10) ** 9
