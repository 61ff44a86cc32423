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
}


def _seconds(text: str) -> float:
    began = time.process_time()
    extract(parse_text(text, name="x", digest="x"))
    return time.process_time() - began


@pytest.mark.parametrize("name", HOSTILE)
def test_cost_grows_with_length_only(name: str) -> None:
    """Four times the text costs about four times, never sixteen; the best of two runs counts."""
    make = HOSTILE[name]
    short, long = make(10_000), make(40_000)
    small = min(_seconds(short), _seconds(short))
    large = min(_seconds(long), _seconds(long))
    assert large < 9 * small + 0.15


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
