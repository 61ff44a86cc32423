"""What holds of any text: spans lie inside it, pieces cover it, maps lead back, cost is linear."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.documents import parse_text

PIECES = st.sampled_from(
    [
        "一、", "（一）", "1．", "（1）", "第三条", "专栏1", "表2", "——", "●", "附件1", "目录", "各位代表！",
        "到2027年", "2025年底，", "“十五五”时期", "主要预期目标是：", "过去一年，", "算力规模达到30个", "建成平台",
        "（责任单位：", "市科技局、工信局", "各旗县区人民政府", "；配合单位：", "）", ")", "（", "，", "。", "；", "：",
        "以下任务均涉及", "不再单独列出", "本报讯", "记者", "摄", "关于印发", "方案", "的通知", "〔2026〕9号",
        "2026年3月30日", "\n", "\n\n", "\r\n", "\t", " ", "　", "3", "abc", "”", "“", "\x0c", "....1",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200)


def parse(text):
    """Return the text as a document."""
    return parse_text(text, name="x.txt", digest="0" * 64)


@given(TEXTS)
def test_every_span_lies_inside_the_text(text):
    """Sections, brackets, paragraphs, breaks, stretches and articles stay in bounds and in order."""
    document = parse(text)
    size = len(text)
    for each in document.sections:
        assert 0 <= each.start <= each.body <= each.end <= size
    for each in document.brackets:
        assert 0 <= each.task_start <= each.task_end <= each.start < each.end <= size
        assert each.offices
        assert len(each.full) == len(each.offices)
    for spans in (document.paragraphs, document.breaks):
        assert all(0 <= start < end <= size for start, end in spans)
        assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
    starts = [each.start for each in document.stretches]
    assert starts == sorted(set(starts))
    assert document.articles[0].start == 0
    assert document.articles[-1].end == size
    assert all(
        one.end == two.start
        for one, two in zip(document.articles, document.articles[1:], strict=False)
    )


@given(TEXTS)
def test_paragraphs_and_breaks_hold_all_that_is_not_blank(text):
    """What stands in no paragraph is blank space; what a break leaves out is blank or a page number."""
    document = parse(text)
    outside, here = "", 0
    for start, end in document.paragraphs:
        outside += text[here:start]
        here = end
    assert not (outside + text[here:]).strip()
    for start, end in document.breaks:
        assert text[start:end].strip(" \n\r\t\x0c　-－—–").isdecimal() or not text[start:end].strip(
            "-－—–" + "".join(char for char in text[start:end] if char.isspace())
        )


@given(TEXTS)
def test_sentences_cover_the_text(text):
    """Each character that is not blank stands in the sentence at its offset."""
    document = parse(text)
    for offset, char in enumerate(text):
        start, end = document.sentence_at(offset)
        assert 0 <= start <= end <= len(text)
        assert char.isspace() or start <= offset < end


@given(TEXTS, st.data())
def test_joined_text_leads_back(text, data):
    """Each joined character is the character of the kept text where the map says it stands."""
    document = parse(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words, offsets = document.joined(start, end)
    assert len(offsets) == len(words) + 1
    places = [offsets[place] for place in range(len(words))]
    assert places == sorted(set(places))
    for char, place in zip(words, places, strict=True):
        assert start <= place < end
        assert text[place] == char or (char == " " and text[place].isspace())
    assert all(offsets.index(place) == number for number, place in enumerate(places))


@given(TEXTS)
def test_asking_never_fails(text):
    """Section, article, stretch, paragraph, offices and page can be asked anywhere."""
    document = parse(text)
    for offset in range(len(text) + 1):
        section = document.section_at(offset)
        assert section is None or section.start <= offset < section.end
        article = document.article_at(offset)
        assert article.start <= offset <= article.end
        assert document.stretch_at(offset).start <= offset
        document.paragraph_at(offset)
        document.offices_at(offset)
        assert document.page_at(offset) == ""


SHAPES = {
    "one line": "人工智能算力规模",
    "one line of numbers": "到2027年算力规模达到30个",
    "open brackets": "（",
    "open offices": "（责任单位：",
    "closed offices": "（市科技局负责）\n",
    "lines of offices": "责任单位：市科技局\n",
    "digits": "1",
    "newlines": "\n",
    "blanks": " 　",
    "headings": "一、总\n",
    "boxes": "专栏1\n1. 总\n",
    "datelines": "本报讯记者\n标题\n",
    "quotes": "“",
    "dots": "…",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_cost_is_linear(shape):
    """Four times the text costs about four times as much, whatever it is made of."""

    def seconds(size):
        text = shape * (size // len(shape))
        best = float("inf")
        for _ in range(3):
            before = time.process_time()
            document = parse(text)
            for offset in range(0, len(text), max(1, len(text) // 500)):
                document.sentence_at(offset)
            best = min(best, time.process_time() - before)
        return best

    small, large = seconds(40_000), seconds(160_000)
    assert large < 9 * small + 0.02
