"""Sentences: verbatim spans of the kept text."""

import pytest

from indicators.documents.sentence import LONGEST


def sentence(document, words):
    """Return the sentence that holds the first place of the words."""
    start, end = document.sentence_at(document.text.index(words))
    return document.text[start:end]


@pytest.mark.parametrize(
    ("number", "words", "start", "end"),
    [
        (
            "004",
            "30EFlops，形成",
            "到2027年，人工智能产业规模进一步提升",
            "形成高质量数据集100个以上。",
        ),
        ("004", "5G基站5000个", "累计建成5G基站5000个", "可支撑智算规模达到30EFlops以上。"),
        ("003", "22万P", "目前,和林格尔数据中心集群", "位居全国八大\n\n集群第三位。"),
        ("002", "——2025年底", "——2025年底，", "人工智能要素保障市场框架基本完善。"),
    ],
)
def test_sentences_of_the_seeds(seed, number, words, start, end):
    """A sentence runs from end mark to end mark, over page breaks, and not over paragraphs."""
    found = sentence(seed(number), words)
    assert found.startswith(start)
    assert found.endswith(end)


def test_closing_marks_belong_to_the_sentence(parse):
    """Quotes and brackets that close behind 。 stay with it."""
    document = parse("他说：“要建成5个。”随后开工（共3个。）完成了。\n")
    assert sentence(document, "5个") == "他说：“要建成5个。”"
    assert sentence(document, "3个") == "随后开工（共3个。）"
    assert sentence(document, "完成") == "完成了。"


def test_a_paragraph_ends_a_sentence(parse):
    """A line without an end mark, such as a cell or a heading, is a sentence of its own."""
    document = parse("一、目标\n建设雨水管网\n2000\n")
    assert sentence(document, "建设") == "建设雨水管网"


def test_an_endless_sentence_is_cut_at_a_clause(parse):
    """Evidence stays readable, and no number is cut from its unit."""
    document = parse("算力规模达到30个，" * 1000)
    start, end = document.sentence_at(5000)
    assert end - start <= LONGEST
    assert document.text[start:end].endswith("30个，")
