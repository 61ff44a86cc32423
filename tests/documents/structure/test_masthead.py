"""What the head of a document says: title, number, issuer, day of issue, plan period, genre."""

from datetime import date

import pytest

PLAN = """包府办发〔2025〕12号
包头市人民政府办公室关于印发
包头市数字经济高质量发展三年行动计划
（2025—2027年）的通知
各旗、县、区人民政府：
现印发给你们。
包头市人民政府办公室
2025年3月1日
包头市数字经济高质量发展三年行动计划（2025—2027年）
为贯彻落实，制定本计划。
一、总体要求
"""
REPORT = """政府工作报告
——2026年1月20日在湖南省第十四届人民代表大会第四次会议上
湖南省省长　某某
各位代表：
一、2025年工作回顾
"""
BULLETIN = """包头市2025年国民经济和社会发展统计公报
包头市统计局
2026年3月28日
2025年，全市地区生产总值4200亿元，增长5.1%。
"""
PORTAL = """发文机关：国务院办公厅
标　　题：国务院办公厅关于推动外贸稳规模优结构的意见
发文字号：国办发〔2023〕10号
成文日期：2023年04月11日
发布日期：2023年04月25日
一、强化贸易促进
"""
FIVE_YEARS = """上海市人民政府关于印发《上海市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要》的通知

沪府发〔2021〕1号

各区人民政府：
现印发。
上海市人民政府
二〇二一年一月二十七日
上海市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要
（2021年1月27日上海市第十五届人民代表大会第五次会议批准）
目　录
第一篇　开局
第一篇　开局
"""
JOINT = """工业和信息化部 国家发展改革委 教育部关于印发“十四五”智能制造发展规划的通知
工信部联规〔2021〕207号
"""


@pytest.mark.parametrize(
    ("number", "title", "inner", "document_number", "issuer", "issued_on", "place"),
    [
        (
            "000",
            "包头市人民政府关于印发包头市“人工智能+”行动实施方案（2026—2028年）的通知",
            "包头市“人工智能+”行动实施方案（2026—2028年）",
            "包府发〔2026〕9号",
            "包头市人民政府",
            date(2026, 5, 22),
            "包头市",
        ),
        (
            "001",
            "内蒙古自治区人民政府关于印发自治区“人工智能+”行动实施方案(2026—2028年)的通知",
            "内蒙古自治区“人工智能+”行动实施方案（2026—2028年）",
            "内政发〔2026〕11号",
            "内蒙古自治区人民政府",
            date(2026, 3, 30),
            "内蒙古自治区",
        ),
        (
            "002",
            "呼和浩特市人民政府关于印发加快推进“人工智能+”深度应用行动方案（2024—2026年）的通知",
            "加快推进“人工智能+”深度应用行动方案（2024—2026年）",
            "呼政发〔2024〕24号",
            "呼和浩特市人民政府",
            date(2024, 7, 17),
            "呼和浩特市",
        ),
        (
            "003",
            "呼和浩特日报（2026年4月24日）",
            "“中国云谷”再添新势能",
            "",
            "呼和浩特日报",
            date(2026, 4, 24),
            "呼和浩特市",
        ),
        (
            "004",
            "武清区人民政府办公室关于印发武清区促进人工智能高质量发展行动方案（2025—2027年）（试行）的通知",
            "武清区促进人工智能高质量发展行动方案（2025—2027年）（试行）",
            "",
            "武清区人民政府办公室",
            date(2025, 12, 18),
            "武清区",
        ),
    ],
)
def test_a_seed_says_what_it_is(
    seed, number, title, inner, document_number, issuer, issued_on, place
):
    """Title, number, issuer, day and place of the seeds; the newspaper's come from the catalog."""
    document = seed(number)
    assert document.title == title
    assert document.articles[0].title == inner
    assert document.number == document_number
    assert document.issuer == issuer
    assert document.issued_on == issued_on
    assert document.place == place


@pytest.mark.parametrize(
    ("number", "start", "end", "genre"),
    [
        ("000", date(2026, 1, 1), date(2028, 12, 31), "plan"),
        ("001", date(2026, 1, 1), date(2028, 12, 31), "plan"),
        ("002", date(2024, 1, 1), date(2026, 12, 31), "plan"),
        ("003", None, None, "news"),
        ("004", date(2025, 1, 1), date(2027, 12, 31), "plan"),
    ],
)
def test_a_seed_has_its_plan_period_and_genre(seed, number, start, end, genre):
    """（2025—2027年） in the title is the plan period; a newspaper has none."""
    document = seed(number)
    assert (document.plan_start, document.plan_end, document.genre) == (start, end, genre)


@pytest.mark.parametrize(
    ("text", "title", "number", "issuer", "issued_on", "genre"),
    [
        (
            PLAN,
            "包头市人民政府办公室关于印发包头市数字经济高质量发展三年行动计划（2025—2027年）的通知",
            "包府办发〔2025〕12号",
            "包头市人民政府办公室",
            date(2025, 3, 1),
            "plan",
        ),
        (REPORT, "政府工作报告", "", "湖南省人民政府", date(2026, 1, 20), "report"),
        (
            BULLETIN,
            "包头市2025年国民经济和社会发展统计公报",
            "",
            "包头市统计局",
            date(2026, 3, 28),
            "bulletin",
        ),
        (
            PORTAL,
            "国务院办公厅关于推动外贸稳规模优结构的意见",
            "国办发〔2023〕10号",
            "国务院办公厅",
            date(2023, 4, 11),
            "policy",
        ),
        (
            JOINT,
            "工业和信息化部 国家发展改革委 教育部关于印发“十四五”智能制造发展规划的通知",
            "工信部联规〔2021〕207号",
            "工业和信息化部、国家发展改革委、教育部",
            None,
            "plan",
        ),
    ],
)
def test_heads_of_several_genres_are_read(parse, text, title, number, issuer, issued_on, genre):
    """Red-headed files, reports to a congress, bulletins, portal pages, joint notices."""
    document = parse(text)
    assert document.title == title
    assert document.number == number
    assert document.issuer == issuer
    assert document.issued_on == issued_on
    assert document.genre == genre


def test_a_five_year_plan_has_its_five_years(parse):
    """第十四个五年规划 is 2021 to 2025, whatever far goal the title names; Chinese dates are read."""
    document = parse(FIVE_YEARS)
    assert (document.plan_start, document.plan_end) == (date(2021, 1, 1), date(2025, 12, 31))
    assert document.issued_on == date(2021, 1, 27)
    assert document.articles[0].title.endswith("远景目标纲要")
    assert [section.heading for section in document.sections] == ["开局"]


def test_the_catalog_wins_over_the_text(parse):
    """What the catalog states replaces what was read; what it leaves open is read."""
    document = parse(PLAN, issuer="包头市数据局", plan_end=date(2030, 12, 31), place="昆都仑区")
    assert document.issuer == "包头市数据局"
    assert (document.plan_start, document.plan_end) == (None, date(2030, 12, 31))
    assert document.place == "昆都仑区"
    assert document.number == "包府办发〔2025〕12号"
    assert document.issued_on == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("2026年北京市政府工作报告", "report"),
        ("武清区促进人工智能高质量发展行动方案（2025—2027年）（试行）", "plan"),
        ("关于2025年国民经济和社会发展计划执行情况与2026年计划草案的报告", "report"),
        ("2024年国民经济和社会发展统计公报", "bulletin"),
        ("龙华区促进低空经济产业发展措施", "policy"),
        ("关于加快推进数字经济发展的实施意见", "policy"),
        ("浙江省城市内涝治理“十四五”规划", "plan"),
        ("数据要素×三年行动计划（2024—2026年）", "plan"),
        ("2026年工作要点", "plan"),
    ],
)
def test_the_title_tells_the_genre(parse, title, genre):
    """The last word that names a sort of document decides."""
    assert parse("地区生产总值增长5%。\n", title=title).genre == genre


def test_an_address_to_a_congress_makes_a_report(parse):
    """各位代表 at the head of a paragraph makes a work report, title or not."""
    assert parse("地区生产总值增长5%。\n各位代表！过去一年很不平凡。\n").genre == "report"


def test_the_genre_never_comes_from_the_file_name():
    """A file named report.txt is no report by that."""
    from indicators.documents import parse_text

    document = parse_text("增长5%。\n", name="2026-政府工作报告.txt", digest="")
    assert document.genre == ""
    assert document.title == ""


@pytest.mark.parametrize(
    ("title", "start", "end"),
    [
        ("行动方案（2025—2027年）", date(2025, 1, 1), date(2027, 12, 31)),
        ("行动计划（2023-2025年）", date(2023, 1, 1), date(2025, 12, 31)),
        ("“十五五”规划", date(2026, 1, 1), date(2030, 12, 31)),
        ("第十三个五年规划纲要", date(2016, 1, 1), date(2020, 12, 31)),
        ("2026年工作要点", date(2026, 1, 1), date(2026, 12, 31)),
        ("三年行动方案", None, None),
        ("促进发展五十五条措施", None, None),
        ("二十五项重点任务方案", None, None),
        ("关于推动5G发展的意见", None, None),
    ],
)
def test_the_title_tells_the_plan_period(parse, title, start, end):
    """A span of years, a five-year plan, a single year; nothing where the title has no time."""
    document = parse("建设平台。\n", title=title, genre="plan")
    assert (document.plan_start, document.plan_end) == (start, end)


@pytest.mark.parametrize("text", ["", "\n\n", "　", "12", "（", "。", "第", "一、"])
def test_hardly_any_text_is_still_a_document(parse, text):
    """The smallest texts have one article that covers them and nothing made up."""
    document = parse(text)
    assert (document.articles[0].start, document.articles[-1].end) == (0, len(text))
    assert document.title == document.number == document.issuer == ""


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("武清区人民政府办公室", "武清区"),
        ("中共包头市委办公室", "包头市"),
        ("内蒙古自治区呼和浩特市人民政府", "呼和浩特市"),
        ("深圳市龙华区发展和改革局", "深圳市龙华区"),
        ("国务院办公厅", "全国"),
        ("工业和信息化部等八部门", "全国"),
        ("东马圈镇人民政府", "东马圈镇"),
        ("科创中心", ""),
    ],
)
def test_the_issuer_tells_the_place(parse, body, place):
    """The innermost region of the issuer's name; 全国 for a central body; nothing made up."""
    assert parse("建设平台。\n", issuer=body).place == place
