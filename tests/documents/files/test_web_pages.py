"""Government web pages give title, number, issuer, date and body, and nothing of their frame."""

from __future__ import annotations

import pytest

from indicators.documents import parse, read_bytes
from indicators.errors import UnreadableInput

BODY = "".join(
    f"<p style='text-indent:2em'>　　{words}</p>"
    for words in (
        "一、总体要求",
        "到2027年，智算规模达到30EFlops以上，人工智能产业规模突破500亿元，打造100个高质量数据集。",
        "二、重点任务",
        "建设“1571”平台，培育企业&nbsp;80&nbsp;家，覆盖率达到85&#37;&mdash;&mdash;全区推进。",
    )
)
TABLE = (
    "<table><tr><td rowspan=2>类别</td><td colspan=2>目标</td></tr><tr><td>2025年</td><td>2027年</td></tr>"
    "<tr><td>产业<br>规模（亿元）</td><td>300</td><td>500</td></tr></table>"
)
PAGE = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html><head><meta charset="utf-8">
<title>武清区行动方案_天津市武清区人民政府</title>
<meta name="ArticleTitle" content="武清区促进人工智能高质量发展行动方案（2025—2027年）">
<meta name="PubDate" content="2025-11-03 10:22:01"><meta name="ContentSource" content="武清区人民政府办公室">
<script>document.write("<p>增长999%</p>")</script><style>p{{}}</style></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>
<div class="info"><table><tr><td>索引号：</td><td>111/2025-1</td><td>发文字号：</td><td>武清政办规〔2025〕1号</td></tr>
<tr><td>发文机关：</td><td>武清区人民政府办公室</td><td>成文日期：</td><td>2025-10-31</td></tr></table></div>
<div class="TRS_Editor"><div id="inner">{BODY}{TABLE}</div><p hidden>隐藏的888个</p>
<p style="display: none">也隐藏</p></div>
<div class="footer">主办：武清区人民政府 访问量 123456</div></body></html>"""


def test_a_page_is_its_head_and_body() -> None:
    """Labelled lines of what the page says of itself, then the body, paragraphs as lines."""
    source = read_bytes(PAGE.encode(), name="页面.html")
    assert source.media == "html"
    assert source.text.splitlines() == [
        "武清区促进人工智能高质量发展行动方案（2025—2027年）",
        "文号：武清政办规〔2025〕1号",
        "发文机关：武清区人民政府办公室",
        "成文日期：2025年10月31日",
        "一、总体要求",
        "到2027年，智算规模达到30EFlops以上，人工智能产业规模突破500亿元，打造100个高质量数据集。",
        "二、重点任务",
        "建设“1571”平台，培育企业 80 家，覆盖率达到85%——全区推进。",
        "类别\t目标",
        "\t2025年\t2027年",
        "产业规模（亿元）\t300\t500",
    ]


def test_the_head_of_a_page_is_read_as_a_document() -> None:
    """Number, issuer and day reach the document."""
    document = parse(read_bytes(PAGE.encode(), name="页面.html"))
    assert document.title == "武清区促进人工智能高质量发展行动方案（2025—2027年）"
    assert document.number == "武清政办规〔2025〕1号"
    assert document.issuer == "武清区人民政府办公室"
    assert str(document.issued_on) == "2025-10-31"
    assert document.place == "武清区"


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "gb18030", "utf-8"])
def test_the_declared_encoding_is_believed_if_it_fits(encoding: str) -> None:
    """A page in GB2312 is read, and one that declares it wrongly too."""
    page = PAGE.replace('charset="utf-8"', f'charset="{encoding}"')
    text = read_bytes(PAGE.encode(), name="a.html").text
    assert read_bytes(page.encode("gb18030"), name="a.html").text == text
    assert read_bytes(page.encode("utf-8"), name="a.html").text == text


def test_a_page_without_known_names_is_read_where_most_text_stands() -> None:
    """No TRS_Editor, no meta tags: the densest block and the title are found."""
    page = (
        "<html><head><title>关于印发方案的通知-某市人民政府</title></head><body><div><a>首页</a><a>要闻</a></div>"
        f"<div class='xyz'><div class='q'>{BODY}</div></div><div>版权所有</div></body></html>"
    )
    lines = read_bytes(page.encode(), name="a.html").text.splitlines()
    assert lines[0].startswith("关于印发方案的通知")
    assert lines[1] == "一、总体要求"
    assert "版权所有" not in lines


def test_a_page_is_known_by_its_content() -> None:
    """A page saved with another suffix is still a page."""
    assert read_bytes(PAGE.encode(), name="a.txt").media == "html"


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    """Old pages put menu and body side by side in a table; the body stays paragraphs."""
    body = "".join(f"<p>第{number}段正文，{'说了很多话' * 20}。</p>" for number in range(5))
    page = f"<html><body><table><tr><td><a>首页</a></td><td>{body}</td></tr></table></body></html>"
    lines = read_bytes(page.encode(), name="a.html").text.splitlines()
    assert [line[:3] for line in lines[-5:]] == [f"第{number}段" for number in range(5)]
    assert not any("\t" in line for line in lines)


@pytest.mark.parametrize(
    "page",
    ["<html><body><script>render()</script></body></html>", "<html></html>", "<!DOCTYPE html>"],
)
def test_a_page_without_text_is_refused(page: str) -> None:
    """A page that a script would fill says so."""
    with pytest.raises(UnreadableInput, match="网页里没有"):
        read_bytes(page.encode(), name="a.html")


def test_deep_nesting_ends() -> None:
    """A hundred thousand nested elements neither hang nor crash the run."""
    page = "<html><body>" + "<div>" * 100_000 + "到2027年达到5个" + "</div>" * 100_000
    try:
        assert "5个" in read_bytes(page.encode(), name="a.html").text
    except UnreadableInput as error:
        assert error.action  # noqa: PT017 - either outcome is allowed, a traceback is not
