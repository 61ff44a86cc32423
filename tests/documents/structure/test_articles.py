"""Articles of a newspaper page."""

import itertools

TITLES = [
    "“中国云谷”再添新势能",
    "“青城暖新”服务品牌项目发布 关爱新就业形态劳动者",
    "“西域华彩——新疆历史文化展”在内蒙古博物院开展",
    "花海与艺术共舞 青城春日添雅韵",
    "呼和浩特:打造基层阅读阵地 让书香浸润民心",
    "呼和浩特市老区建设促进会 开展“书香润巾帼 建功新时代”主题志愿活动",
]


def test_a_page_holds_its_articles(seed):
    """The six texts of the page, the caption of the picture included, have their own titles."""
    document = seed("003")
    assert [article.title for article in document.articles] == TITLES


def test_articles_cover_the_page(seed):
    """Each character belongs to one article."""
    articles = seed("003").articles
    assert articles[0].start == 0
    assert all(one.end == two.start for one, two in itertools.pairwise(articles))


def test_what_the_union_does_is_not_said_of_the_cluster(seed):
    """The article on the trade union is none of 和林格尔's, though the page names it before."""
    document = seed("003")
    union = document.article_at(document.text.index("新建15个、改造3个工会驿站"))
    assert union.title == TITLES[1]
    assert "和林格尔" not in document.text[union.start : union.end]
    assert union.place == "呼和浩特市"
    assert union.genre == "news"


def test_a_plan_is_one_article(seed):
    """A plan is not cut into articles."""
    assert len(seed("004").articles) == 1


def test_lines_without_clauses_inside_an_article_are_no_titles(parse):
    """A cross heading or a reporter's note does not begin an article."""
    document = parse(
        "甲市算力再提速\n\n本报讯（记者 张三）近日，甲市发布消息，算力规模达到3万P。\n\n算力底座更扎实\n\n"
        "甲市已建成机房10个。\n\n记者手记：\n\n算力很重要。\n\n乙县春耕忙\n\n本报讯 乙县春耕，面积5万亩。\n",
        genre="news",
    )
    assert [article.title for article in document.articles] == ["甲市算力再提速", "乙县春耕忙"]


def test_a_news_text_without_a_catalog_is_known_by_its_dateline(parse):
    """本报讯 at the head of a paragraph makes it news."""
    assert parse("甲市算力再提速\n本报讯 近日，甲市发布消息。\n").genre == "news"


def test_a_dateline_or_a_title_tells_the_place(parse):
    """新华社天津1月20日电 and 包头市：… place an article; others have the place of the page."""
    document = parse(
        "京津携手建设算力走廊\n\n新华社天津1月20日电 近日，两地签约。\n\n包头市：稀土产业再发力\n\n"
        "本报讯 近日，项目开工。\n\n青城春早\n\n本报讯 近日，花开了。\n",
        genre="news",
        place="呼和浩特市",
    )
    assert [article.place for article in document.articles] == ["天津市", "包头市", "呼和浩特市"]


def test_the_head_of_a_page_is_no_title(parse):
    """The paper's name, its day and the page give issuer and day, and no article its title."""
    document = parse(
        "包头日报\n2026年1月15日 星期四 第3版\n稀土产业跑出加速度\n本报记者 张三\n"
        "2025年，产值达到500亿元。\n农区春耕忙\n本报讯 近日，播种5万亩。\n责任编辑：李四\n"
    )
    assert document.genre == "news"
    assert (document.issuer, document.place) == ("包头日报", "包头市")
    assert document.issued_on.isoformat() == "2026-01-15"
    assert [article.title for article in document.articles] == ["稀土产业跑出加速度", "农区春耕忙"]
    assert document.title == "稀土产业跑出加速度"
