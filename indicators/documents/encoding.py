"""Bytes to text: UTF-8, UTF-16, GB18030 or Big5, found out from the bytes themselves.

A byte order mark decides; then UTF-8 if it is valid; then UTF-16 by its zero bytes or its spread;
between GB18030 and Big5 the one in which more of the characters are common ones.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["Decoded", "decode"]

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COMMON: Final = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五"
    "果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回"
    "则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花"
    "带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织"
    "装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选"
    "這個時為會來們對發經產種過說後現實進間應開還學當電機與關體點從業無義質總設將資線條內長計區農變組論報決運則據處隊給東導壓爭濟階術極"
    "聯認權證轉單風帶場車務萬達積議聲類離華確張馬節話況傳許廣記織裝複兒須際驗連斷難礦備辦習響約勞團歷構稱準號維劃選臺灣縣"
)
_HAN: Final = re.compile("[一-鿿]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_SAMPLE: Final = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text that was decoded."""

    text: str
    encoding: str
    """Name as Python knows it."""
    broken: int = 0
    """Bytes that could not be read and stand as U+FFFD."""


def decode(content: bytes, declared: str = "") -> Decoded | None:
    """Return the text of a file, or None if it is no text in a known encoding.

    Args:
        content: the whole file.
        declared: an encoding that the file itself declares (charset of a page); believed if the
            bytes agree with it.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _tolerant(content[len(mark) :], name)
    for name in _candidates(content, declared):
        text = _strict(content, name)
        if text is not None and not _binary(text):
            return Decoded(text, name)
    if b"\x00" in content[:_SAMPLE]:
        return None
    best = max(("utf-8", "gb18030", "big5hkscs"), key=lambda name: _likeness(content, name))
    return _tolerant(content, best)


def _candidates(content: bytes, declared: str) -> Iterator[str]:
    """Yield encodings in the order in which they are to be tried strictly."""
    if declared:
        try:
            name = codecs.lookup(declared).name
        except LookupError:
            name = ""
        if name in {"gb2312", "gbk"}:
            yield "gb18030"  # a superset that pages declared as gb2312 make use of
        elif name == "big5":
            yield "big5hkscs"
        elif name and name not in {"ascii", "iso8859-1", "cp1252"}:
            yield name
    yield "utf-8"
    yield from _wide(content)
    if b"\x00" not in content[:_SAMPLE]:
        yield from sorted(
            ("gb18030", "big5hkscs"), key=lambda name: _likeness(content, name), reverse=True
        )


def _wide(content: bytes) -> Iterator[str]:
    """Yield the byte orders of UTF-16 without a mark that the sample speaks for."""
    sample = content[:_SAMPLE]
    sample = sample[: len(sample) // 2 * 2]
    if len(sample) < 4 or len(content) % 2:
        return
    for name in ("utf-16-le", "utf-16-be"):
        text = sample.decode(name, errors="replace")
        known = sum(
            1 for char in text if char in _COMMON or "\n" <= char <= "~" or char in "，。、\u3000"
        )
        if known * 2 > len(text):
            yield name


def _strict(content: bytes, name: str) -> str | None:
    """Decode without a single error, or not at all."""
    try:
        return content.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _likeness(content: bytes, name: str) -> float:
    """Return the share of common characters among what would be read, less what would not."""
    text = content[:_SAMPLE].decode(name, errors="replace")
    wide = sum(1 for char in text if char > "\x7f")
    common = sum(1 for char in text if char in _COMMON or char in "，。、；：“”（）《》％\u3000")
    return (common - 3 * text.count("\ufffd")) / max(1, wide)


def _tolerant(content: bytes, name: str) -> Decoded | None:
    """Decode with a few broken places marked; too many of them, and it is no such text."""
    text = content.decode(name, errors="replace")
    broken = text.count("\ufffd") - content.count(b"\xef\xbf\xbd") * (name == "utf-8")
    if broken * 100 > len(text) or _binary(text):
        return None
    return Decoded(text, name, max(0, broken))


def _binary(text: str) -> bool:
    """Tell whether control characters give away that this is no text."""
    sample = text[:_SAMPLE]
    controls = len(_CONTROL.findall(sample))
    return "\x00" in sample or controls * 100 > len(sample)
