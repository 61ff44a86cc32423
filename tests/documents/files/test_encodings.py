"""Plain text is read in whatever Chinese encoding it was saved."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.documents import read_bytes
from indicators.documents.encoding import decode

SIMPLIFIED = (
    "武清区促进人工智能高质量发展行动方案\n到2027年，智算规模达到30EFlops以上，人工智能产业规模突破500亿元，"
    "打造100个高质量数据集。（责任单位：区数据局、区工业和信息化局）\n"
)
TRADITIONAL = "臺北市政府新聞稿\n為加強數位發展，預計於二○二六年底前建設智慧應用場域三十處，投資金額達五十億元。\n"
SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "gb18030",
        "gbk",
        "gb2312",
    ],
)
def test_simplified_text(encoding: str) -> None:
    """The same text comes out of every encoding, with or without a byte order mark."""
    found = decode(SIMPLIFIED.encode(encoding))
    assert found is not None
    assert found.text == SIMPLIFIED
    assert found.broken == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "big5", "big5hkscs", "gb18030"])
def test_traditional_text(encoding: str) -> None:
    """Big5 is told from GB18030 by its words."""
    found = decode(TRADITIONAL.encode(encoding))
    assert found is not None
    assert found.text == TRADITIONAL


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_a_whole_document(path: Path, encoding: str) -> None:
    """Every seed survives being saved in another encoding."""
    text = path.read_text(encoding="utf-8")
    found = decode(text.encode(encoding))
    assert found is not None
    assert found.text == text


def test_line_ends_stay() -> None:
    """The decoded file is unchanged: offsets count its own characters, carriage returns too."""
    source = read_bytes("一行\r\n二行\n".encode(), name="a.txt")
    assert source.text == "一行\r\n二行\n"
    assert source.encoding == "utf-8"


def test_a_few_broken_bytes_are_a_finding() -> None:
    """A damaged character is marked and reported where it stands; the rest is read."""
    content = (SIMPLIFIED * 20).encode()
    source = read_bytes(content[:100] + b"\xff" + content[100:], name="a.txt")
    (finding,) = source.findings
    assert (finding.code, finding.severity, finding.found) == (
        "file-characters-broken",
        "warning",
        "1",
    )
    assert source.text[finding.start] == "\ufffd"


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\x02\x03" * 50,
        bytes(range(256)) * 8,
        codecs.BOM_UTF16_LE + b"\x01\x00\x02\x00" * 50,
    ],
    ids=["zeros", "all bytes", "controls"],
)
def test_what_is_no_text_is_not_decoded(content: bytes) -> None:
    """Binary content gives nothing rather than rubbish."""
    assert decode(content) is None


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_nothing(content: bytes) -> None:
    """No content makes the decoder fail."""
    found = decode(content)
    assert found is None or isinstance(found.text, str)


@given(
    st.text(alphabet=SIMPLIFIED, min_size=30, max_size=200),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
)
def test_round_trip(text: str, encoding: str) -> None:
    """What was written in an encoding is read back."""
    found = decode(text.encode(encoding))
    assert found is not None
    assert found.text == text
