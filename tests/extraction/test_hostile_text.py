"""Text made to be slow costs no more than its length."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.documents import parse_text
from indicators.extraction import extract

HOSTILE: dict[str, Callable[[int], str]] = {
    "digits": lambda size: "1" * size,
    "brackets": lambda size: "（" * (size // 2) + "）" * (size // 2),
    "quotes": lambda size: "“" * size,
    "numerals": lambda size: "三十五万" * (size // 4),
    "no punctuation": lambda size: "建设智慧城市推动高质量发展" * (size // 13),
    "commas": lambda size: "甲、" * (size // 2) + "分别增长5%、6%。",
    "list": lambda size: "1、" * (size // 2) + "个",
    "years": lambda size: "2027年" * (size // 5),
    "rows": lambda size: "指标 2020年 2025年\n" + "甲 1 2\n" * (size // 6),
    "heads": lambda size: "指标 2020年 2025年\n" * (size // 18),
    "stack": lambda size: "指标\n2020年\n" * (size // 9),
    "blanks": lambda size: " " * size,
    "one wide row": lambda size: "指标\t2025年\n甲" + "\t1" * (size // 2),
    "wide rows": lambda size: (
        "指标"
        + "\t2025年" * (size // 12)
        + "\n甲"
        + "\t1" * (size // 12)
        + "\n乙"
        + "\t2" * (size // 12)
    ),
    "strokes": lambda size: "|甲|5|\n" * (size // 6),
    "times ahead": lambda size: "到2027年，目标为计划" * (size // 11) + "5%",
    "lines of times": lambda size: "到2027年，\n" * (size // 7) + "产值5亿元。",
    "moves": lambda size: "由5%提高到6%" * (size // 8),
    "parts": lambda size: "产值5亿元，其中" * (size // 8),
    "respectively": lambda size: "交通、水利领域投资额分别达2400、1700亿元，" * (size // 21),
    "open offices": lambda size: "任务（责任单位：市发改委、" * (size // 14),
    "lines of offices": lambda size: "责任单位：市发改委、工信局\n" * (size // 14),
    "titles": lambda size: ("《" + "甲" * 70) * (size // 71),
    "doublings": lambda size: "（翻一番" * (size // 4) + "\n5亿元",
    "headings": lambda size: "一、甲\n（一）乙\n1.丙\n" * (size // 13),
    "serial numbers": lambda size: ("序号\n指标\n2025年\n" + "甲\n" * 22) * (size // 55),
    "paper": lambda size: (
        "某报 2026年1月20日\n某地开工\n本报讯" + "武清区产值5亿元。\n" * (size // 10)
    ),
}
_WORDS = "到2027年 5 10亿 元 % 家 、 ， 。 和 分别 由 提高到 其中 增长 以上 （ ） “ 《 | 指标 2020年 翻一番 百分之"
_OTHERS = "责任单位： 一、 序号 单位 力争 已 比 武清区 和林格尔 的 等 ——"
_UNITS = [*_WORDS.split(), *_OTHERS.split(), *"\t\n "]
"""What a text made to be slow repeats."""


def _seconds(text: str) -> float:
    began = time.process_time()
    extract(parse_text(text, name="x", digest="x"))
    return time.process_time() - began


@pytest.mark.parametrize("name", HOSTILE)
def test_cost_grows_with_length_only(name: str) -> None:
    """Four times the text costs about four times, never sixteen; the best of two runs counts."""
    make = HOSTILE[name]
    short, long = make(3_000), make(12_000)
    small = min(_seconds(short), _seconds(short))
    large = min(_seconds(long), _seconds(long))
    assert large < 9 * small + 0.15


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(_UNITS), min_size=1, max_size=6))
def test_cost_of_any_repeated_words_grows_with_length_only(pieces: list[str]) -> None:
    """Whatever is repeated, four times the text costs about four times, never sixteen."""
    unit = "".join(pieces)
    short, long = unit * (1500 // len(unit)), unit * (6000 // len(unit))
    small = min(_seconds(short), _seconds(short))
    assert _seconds(long) < 9 * small + 0.15 or _seconds(long) < 9 * small + 0.15


def test_a_row_does_not_quote_itself_once_a_cell() -> None:
    """The cells of a line share one string of it; a line of thousands of cells is no table."""
    wide = "指标" + "\t2025年" * 150 + "\n" + ("甲" + "\t1" * 150 + "\n") * 3
    rows = extract(parse_text(wide, name="x", digest="x"))
    assert len(rows) == 450
    assert len({id(row.sentence) for row in rows}) == 3
    wider = wide.replace("\t1" * 150, "\t1" * 5000).replace("\t2025年" * 150, "\t2025年" * 5000)
    assert len(extract(parse_text(wider, name="x", digest="x"))) == 0


def test_a_name_of_hundreds_of_characters_is_a_name() -> None:
    """A long name has the confidence of the longest class; it ends no run."""
    (row,) = extract(parse_text("居" * 500 + "5%。", name="x", digest="x"))
    assert len(row.name) >= 99
    assert 0 < row.confidence < 0.9


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "到2027年",
                "5",
                "10亿",
                "元",
                "%",
                "个",
                "家",
                "、",
                "，",
                "。",
                "；",
                "和",
                "分别",
                "达到",
                "由",
                "提高到",
                "其中",
                "增长",
                "以上",
                "左右",
                "（",
                "）",
                "“",
                "”",
                "\t",
                "\n",
                "指标",
                "2020年",
                "培育",
                "企业",
                "占全国",
                "的",
                "翻一番",
                "三成",
                "1-2",
                "百分之",
                "等",
                "每",
                "第",
                "P",
                "EFlops",
                "〔",
                "〕",
                "—",
                "年均",
                "万",
                "余",
                "超",
            ]
        ),
        max_size=60,
    )
)
def test_any_text_gives_verbatim_spans(pieces: list[str]) -> None:
    """Whatever the text, no error, and each sentence is a substring at its span."""
    text = "".join(pieces)
    for each in extract(parse_text(text, name="x", digest="x")):
        end = each.sentence_start + len(each.sentence)
        assert text[each.sentence_start : end] == each.sentence
        assert each.sentence_start <= each.start < each.end <= end
        assert each.magnitude_high is None or each.magnitude_high > each.magnitude
