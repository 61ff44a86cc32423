"""Headings: their levels, words and roles, and the path of every sentence."""

import pytest


def outline(document):
    """Return the headings as (level, number, words)."""
    return [(each.level, each.number, each.heading) for each in document.sections]


def at(document, words):
    """Return the section that holds the first place of the words."""
    return document.section_at(document.text.index(words))


@pytest.mark.parametrize(
    ("number", "words", "path"),
    [
        (
            "000",
            "加快推动鹿城实验室",
            ("重点任务", "“人工智能+”科学技术", "聚力攻坚重点行业大模型"),
        ),
        ("000", "面向稀土、装备制造、农畜产品加工", ("强化基础支撑能力", "激活数据要素潜能")),
        ("000", "到2028年，人工智能赋能", ("总体要求",)),
        (
            "001",
            "优化完善自治区农畜产品质量",
            ("重点任务", "“人工智能+”产业发展", "提升农牧业综合生产能效"),
        ),
        ("001", "支持区内算力服务、数据标注", ("重点任务", "“人工智能+”开放合作")),
        ("002", "——2025年底，", ("总体要求",)),
        (
            "002",
            "利用AI算法持续优化12345",
            ("重点任务", "推动人工智能场景落地应用", "探索落地实用应用场景", "人工智能+政务服务"),
        ),
        (
            "002",
            "定期举办高水平人工智能创新大会",
            ("重点任务", "推动人工智能场景落地应用", "组织开展场景成果发布"),
        ),
        (
            "004",
            "累计建成5G基站5000个",
            ("重点任务", "夯实算力底座，实施基础设施“强基”行动", "强化算力供给"),
        ),
        ("004", "智算规模达到30EFlops，形成", ("发展目标",)),
        (
            "004",
            "新增人工智能领域市级以上企业技术中心5家，突破",
            ("重点任务", "培育拓展生态，加速数字产业“引育”行动", "搭建创新平台，促进产学研用融合"),
        ),
    ],
)
def test_a_sentence_has_the_headings_above_it(seed, number, words, path):
    """The section path of sentences of the seeds, read by a person."""
    assert at(seed(number), words).path == path


def test_text_before_the_first_heading_has_no_section(seed):
    """The notice in front of a plan stands in no section."""
    assert seed("004").section_at(10) is None


@pytest.mark.parametrize(
    ("number", "sections"), [("000", 34), ("001", 31), ("002", 27), ("004", 24)]
)
def test_the_seeds_have_as_many_headings_as_a_reader_counts(seed, number, sections):
    """No heading is lost and none is made up."""
    assert len(seed(number).sections) == sections


def test_levels_follow_the_styles_that_are_open(parse):
    """An excerpt that begins with （一） has that as its first level."""
    document = parse(
        "（一）算力\n1.机房。建设机房。\n（1）选址。完成选址。\n（二）数据\n三、保障\n（一）资金\n"
    )
    assert outline(document) == [
        (1, "（一）", "算力"),
        (2, "1.", "机房"),
        (3, "（1）", "选址"),
        (1, "（二）", "数据"),
        (1, "三、", "保障"),
        (2, "（一）", "资金"),
    ]


def test_chapters_and_articles_take_their_words_from_the_next_line(parse):
    """第六条 on a line of its own is headed by the line below."""
    document = parse(
        "第二章 产业\n第六条\n支持企业扩大规模\n对企业给予资助。\n第七条　鼓励改造\n给予资助。\n"
    )
    assert outline(document) == [
        (1, "第二章", "产业"),
        (2, "第六条", "支持企业扩大规模"),
        (2, "第七条", "鼓励改造"),
    ]
    assert document.text[document.sections[1].body :].lstrip().startswith("对企业")


def test_numbers_inside_a_box_stay_inside(parse):
    """1. and 2. of a 专栏 stand below it, not beside the plan's own numbers."""
    document = parse(
        "（一）整治\n建设。\n专栏1  整治工程\n1. 排查。排查隐患。\n2. 建设。建设管网。\n（二）河道\n"
    )
    assert outline(document) == [
        (1, "（一）", "整治"),
        (2, "专栏1", "整治工程"),
        (3, "1.", "排查"),
        (3, "2.", "建设"),
        (1, "（二）", "河道"),
    ]


def test_a_table_of_contents_is_no_structure(parse):
    """Dotted lines and the doubled headings of a plain 目录 are left out."""
    dotted = parse(
        "目录\n一、回顾........1\n二、目标........3\n一、回顾\n完成了。\n二、目标\n达到。\n"
    )
    plain = parse("目　录\n一、回顾\n二、目标\n一、回顾\n完成了。\n二、目标\n达到。\n")
    paged = parse("目录\n一、回顾 1\n二、目标 3\n一、回顾\n完成了。\n二、目标\n达到。\n")
    assert (
        outline(dotted)
        == outline(plain)
        == outline(paged)
        == [(1, "一、", "回顾"), (1, "二、", "目标")]
    )


def test_a_doubled_heading_counts_once(parse):
    """A heading that PDF text repeats is one section."""
    assert len(parse("三、主攻方向\n三、主攻方向\n统筹实施战略。\n").sections) == 1


def test_rows_of_a_table_are_no_headings(parse):
    """1.信息化发展指数 above lone numbers is a row."""
    document = parse("1.信息化发展指数\n72.45\n88\n2.网民数量（亿）\n6.88\n>10\n三、主攻方向\n")
    assert outline(document) == [(1, "三、", "主攻方向")]


@pytest.mark.parametrize(
    "text",
    [
        "3.5亿元投资完成。\n",
        "一是建立机制。\n",
        "2025年，完成投资。\n",
        "十一月底前完成。\n",
        "5G基站建成。\n",
        "（2025—2027年）\n",
    ],
)
def test_numbers_that_begin_a_sentence_are_no_headings(parse, text):
    """Decimals, years and 一是 do not number a heading."""
    assert parse(text).sections == ()


def test_a_number_broken_by_a_line_end_is_still_one(parse):
    """（⏎三） of a damaged text is the heading （三）."""
    document = parse("增长8.1%。\n（\n三）改革开放持续深化、互促共进。\n完成。\n")
    assert outline(document) == [(1, "（三）", "改革开放持续深化、互促共进")]
    assert document.text[document.sections[0].start] == "（"


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("发展回顾", "review"),
        ("过去五年工作回顾", "review"),
        ("发展基础", "review"),
        ("面临形势", "situation"),
        ("存在问题与成因分析", "situation"),
        ("总体要求", "principles"),
        ("发展目标", "targets"),
        ("2026年主要预期目标", "targets"),
        ("“十五五”时期主要目标任务", "targets"),
        ("发展路径和目标", "targets"),
        ("重点任务", "tasks"),
        ("2026年重点工作", "tasks"),
        ("关于2026年工作", "tasks"),
        ("重大举措", "tasks"),
        ("保障措施", "support"),
        ("组织实施", "support"),
        ("强化基础支撑能力", "support"),
        ("提升算力水平", ""),
    ],
)
def test_the_heading_tells_the_role(parse, heading, role):
    """Heading words say what a section does."""
    (section,) = parse(f"一、{heading}\n内容。\n").sections
    assert section.role == role


def test_a_section_inherits_the_role_above(seed):
    """The parts of 重点任务 are tasks, those of 保障措施 support."""
    document = seed("002")
    assert at(document, "以部门为单位，按照").role == "tasks"
    assert at(document, "设立支撑“人工智能+”").role == "support"


def test_common_headings_need_no_number(parse):
    """A short line that says what every plan says is a heading; numbers below it nest."""
    document = parse(
        "总体要求\n以新发展理念为指导，推动高质量发展。\n发展目标\n到2027年，建成平台5个，规模达到30P。\n"
        "重点任务\n（一）算力\n建设机房，优化网络，提升水平。\n保障措施\n（一）资金\n安排资金，支持项目，落实政策。\n"
    )
    assert [(each.level, each.heading, each.role) for each in document.sections] == [
        (1, "总体要求", "principles"),
        (1, "发展目标", "targets"),
        (1, "重点任务", "tasks"),
        (2, "算力", "tasks"),
        (1, "保障措施", "support"),
        (2, "资金", "support"),
    ]


def test_a_cell_is_no_heading(parse):
    """主要任务 above lone cells is the head of a column."""
    assert parse("序号\n主要任务\n单位\n数量\n1\n建设管网\n公里\n200\n").sections == ()


def test_headings_of_a_text_without_line_ends_are_found(parse):
    """Pasted text may have lost its line ends: a numbered heading with its stop begins a paragraph."""
    filler = "推动产业发展，完善服务体系，提升治理能力。" * 20
    document = parse(
        f"为完善布局，制定本计划。一、总体目标。到二〇二八年，全区建成公园六十处。{filler}"
        f"二、重点任务。优先利用边角地。{filler}三、保障措施。部门统筹推进，每月报送进展。"
    )
    assert [(each.heading, each.role) for each in document.sections] == [
        ("总体目标", "targets"),
        ("重点任务", "tasks"),
        ("保障措施", "support"),
    ]
    assert document.stretch_at(document.text.index("六十处")).until.year == 2028


def test_marks_of_a_markup_are_no_part_of_a_heading(parse):
    """## 一、 and **1. are headings as their numbers say."""
    document = parse(
        "## 一、总体要求\n推动发展，提升水平。\n### （一）目标\n到2027年，建成平台。\n"
    )
    assert outline(document) == [(1, "一、", "总体要求"), (2, "（一）", "目标")]


def test_a_list_of_annexes_is_no_structure(parse):
    """附件：1.… with its lines lists what is annexed; an annex itself is a heading."""
    document = parse(
        "三、保障措施\n（一）资金\n安排资金。\n附件：1.任务清单\n2.项目清单\n附件1\n任务清单\n一、算力\n建设机房。\n"
    )
    assert [each.number for each in document.sections] == ["三、", "（一）", "附件1", "一、"]
