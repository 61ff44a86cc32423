"""Line and page breaks inside paragraphs are joined, and no offset is lost."""

import pytest

WRAPPED = """（三）发展路径和目标
“十四五”及未来相当长一段时期，推进智能制造，要立足制造本质，
紧扣智能特征，以工艺、装备为核心，以数据为基础，依托制造单元、车
间、工厂、供应链等载体，构建虚实融合、知识驱动、动态优化、安全高
3
效、绿色低碳的智能制造系统，推动制造业实现数字化转型、网络化协同、
智能化变革。
转型升级成效显著。建成 500 个以上引领行业发展的智能制造示范工厂，
培育 150 家以上供应商。
"""


def paragraphs(document):
    """Return the paragraphs without their soft breaks."""
    return [document.words(start, end) for start, end in document.paragraphs]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("001", "（责任单位：自治区工业和信息化厅、发展改革委)"),
        ("001", "加快推进公共数据资源的体系化治理与市场化应用"),
        ("002", "设立支撑“人工智能+”深度应用专项资金"),
        ("003", "位居全国八大集群第三位"),
        ("003", "新建15个、改造3个工会驿站,新建3个司机之家"),
        ("003", "为2320名劳动者免费体检并建立健康档案"),
        ("003", "已建成459个红石榴读书角"),
    ],
)
def test_a_page_that_turns_inside_a_sentence_is_joined(seed, number, words):
    """Breaks inside sentences of the seeds, read by a person."""
    assert any(words in paragraph for paragraph in paragraphs(seed(number)))


@pytest.mark.parametrize(
    ("number", "breaks"), [("000", 0), ("001", 5), ("002", 1), ("003", 11), ("004", 0)]
)
def test_the_seeds_have_as_many_breaks_as_a_reader_counts(seed, number, breaks):
    """No paragraph is glued to the next: 001's fifth is inside its distribution list."""
    assert len(seed(number).breaks) == breaks


def test_wrapped_lines_are_joined_over_page_numbers(parse):
    """Lines as wide as the column go on in the next; a page number between them is left out."""
    document = parse(WRAPPED)
    assert document.soft_breaks
    assert paragraphs(document) == [
        "（三）发展路径和目标",
        WRAPPED.split("\n", 1)[1]
        .split("\n转型", maxsplit=1)[0]
        .replace("\n3\n", "")
        .replace("\n", ""),
        "转型升级成效显著。建成 500 个以上引领行业发展的智能制造示范工厂，培育 150 家以上供应商。",
    ]


def test_cells_on_lines_of_their_own_are_not_joined(parse):
    """A table of one cell a line keeps its lines."""
    text = "建设雨水管网\n\n公里\n\n2000\n\n628\n\n约束性\n"
    assert len(parse(text).paragraphs) == 5


def test_rows_with_tabs_are_not_joined(parse):
    """A row of cells parted by tabs is a paragraph of its own."""
    text = "指标，单位\t2020年，现状\t2025年，目标\n算力规模，总量\t5\t30\n"
    assert len(parse(text).paragraphs) == 2


@pytest.mark.parametrize(
    "start",
    [
        "——到2027年",
        "1．强化",
        "（二）推进",
        "第三条 建设",
        "●记者",
        "附件1",
        "注：本表",
        "责任单位：",
    ],
)
def test_what_begins_something_is_not_joined(parse, start):
    """List marks, numbers and labels begin a paragraph even where the line before has no end."""
    assert len(parse(f"推进产业发展，提升服务水平，完善机制体系\n{start}算力\n").paragraphs) == 2


def test_offsets_of_joined_text_lead_back(seed):
    """A name broken by a page stands where the map says, in the file unchanged."""
    document = seed("001")
    start, end = document.paragraph_at(document.text.index("（责任单位：自\n\n治区"))
    words, offsets = document.joined(start, end)
    place = words.index("自治区工业和信息化厅")
    first, last = offsets.span(place, place + len("自治区工业和信息化厅"))
    assert document.text[first:last] == "自\n\n治区工业和信息化厅"
    assert offsets.index(first) == place


def test_two_latin_words_keep_a_space(parse):
    """A break between Latin words is a space; between Chinese characters it is nothing."""
    document = parse(
        "支持企业和院校积极参与，建设公共平台系统，推广应用 Smart\nFactory 模式，提高水平。\n"
    )
    assert paragraphs(document) == [
        "支持企业和院校积极参与，建设公共平台系统，推广应用 Smart Factory 模式，提高水平。"
    ]


def test_windows_and_old_line_ends_are_read(parse):
    """CR LF and CR end lines as LF does."""
    lines = ["一、目标", "到2027年，建成平台5个。", "二、任务", "建设机房。"]
    texts = [end.join(lines) + end for end in ("\n", "\r\n", "\r")]
    assert [[s.heading for s in parse(text).sections] for text in texts] == [["目标", "任务"]] * 3


@pytest.mark.parametrize("line", ["推进数字化、智能化转型", "强化供给，优化服务", "总体要求"])
def test_a_short_line_with_clauses_may_be_a_heading(parse, line):
    """A short line without an end is not joined to the paragraph below it."""
    assert len(parse(f"{line}\n建设公共服务平台，完善服务体系。\n").paragraphs) == 2


def test_an_indent_begins_a_paragraph_of_wrapped_text(parse):
    """Where first lines are indented, a full line that ends a sentence still goes on without one."""
    document = parse(
        "　　推进智能制造，要立足制造本质，紧扣智能特征，以工艺装备为核心，以数据为基础，\n"
        "依托制造单元等载体，构建虚实融合、知识驱动、动态优化、安全高效的智能制造系统，\n"
        "加快发展步伐，推动制造业实现数字化转型、网络化协同、智能化变革，建设制造强国。\n"
        "到2025年，规模以上制造业企业大部分实现数字化网络化，重点行业骨干企业初步应用\n"
        "智能化，建成平台120个以上，培育供应商150家以上，完成标准制修订200项以上；\n"
        "到2035年，规模以上制造业企业全面普及数字化网络化，骨干企业基本实现智能化转\n"
        "型。\n"
        "　　全面普及数字化网络化，重点行业骨干企业基本实现智能化，产业基础能力显著提升，\n"
        "制造强国建设取得新进展。\n"
    )
    assert document.soft_breaks
    assert [words[:6] for words in paragraphs(document)] == ["推进智能制造", "全面普及数字"]
