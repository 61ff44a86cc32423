"""What cannot be read is refused in one line that says the way out."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.documents import container, read, read_bytes
from indicators.documents.reading import LARGEST
from indicators.errors import UnreadableInput

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
ENCRYPTED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<"
    + b"41" * 32
    + b">/U<"
    + b"42" * 32
    + b">>>endobj\ntrailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>\n%%EOF"
)


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message", "action"),
    [
        ("a.txt", b"", "文件是空的", "下载完整"),
        ("a.txt", b" \r\n\t", "文件是空的", "下载完整"),
        ("a.txt", b"\xef\xbb\xbf", "文件是空的", "下载完整"),
        ("a.txt", bytes(range(256)) * 20, "不是文本文件", "UTF-8"),
        ("a.doc", OLE, "旧格式", "另存为 .docx"),
        ("a.wps", OLE, "旧格式", "另存为 .docx"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码", "取消密码"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "Excel", "indicators import"),
        ("a.ofd", packed({"OFD.xml": b"<a/>"}), "OFD", "导出为 .pdf"),
        ("a.xlsx", packed({"xl/workbook.xml": b"<a/>"}), "Excel", "indicators import"),
        ("a.pptx", packed({"ppt/presentation.xml": b"<a/>"}), "演示文稿", ".pdf"),
        ("a.odt", packed({"mimetype": b"x", "content.xml": b"<a/>"}), "OpenDocument", ".docx"),
        ("a.zip", packed({"a.txt": b"x"}), "压缩包", "解压"),
        ("a.rar", b"Rar!\x1a\x07\x00", "RAR", "解压"),
        ("a.rtf", b"{\\rtf1\\ansi x}", "RTF", ".docx"),
        ("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "网页存档", ".html"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "图片", "文字识别"),
        ("a.docx", b"PK\x03\x04" + b"x" * 100, "已损坏", "原件"),
        ("a.docx", "其实是文本".encode(), "扩展名是 .docx", "原件"),
        ("a.docx", packed({"word/document.xml": b"<w:document"}), "已损坏", "另存为"),
        ("a.pdf", b"%PDF-1.7\n" + b"x" * 200, "已损坏", "原件"),
        ("a.pdf", ENCRYPTED, "密码", "取消密码"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_wrong_file_says_what_to_do(
    name: str, content: bytes, message: str, action: str
) -> None:
    """One line: the file, what is wrong, what to do."""
    with pytest.raises(UnreadableInput, match=message) as refused:
        read_bytes(content, name=name)
    assert action in refused.value.action
    assert refused.value.place == name
    assert "\n" not in str(refused.value)


def test_a_folder_a_missing_file_and_a_pipe(tmp_path: Path) -> None:
    """What is no file is said to be none; a pipe does not make the run wait."""
    with pytest.raises(UnreadableInput, match="文件夹"):
        read(tmp_path)
    with pytest.raises(UnreadableInput, match="没有这个文件"):
        read(tmp_path / "无.txt")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableInput, match="不是普通文件"):
        read(tmp_path / "pipe")


def test_two_gigabytes_are_refused_unread(tmp_path: Path) -> None:
    """A huge file is refused by its size."""
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)
    with pytest.raises(UnreadableInput, match="2,048 MB，超过 128 MB"):
        read(path)
    assert LARGEST < 2 * 1024**3


@pytest.mark.parametrize(
    "parts",
    [
        {"word/document.xml": b"0" * 70_000_000},
        {"word/document.xml": b"<a/>", "word/media/a.bin": b"0" * 301_000_000},
        {"word/document.xml": b"<a/>"} | {f"word/{number}.xml": b"" for number in range(6000)},
    ],
    ids=["xml", "size", "parts"],
)
def test_a_bomb_is_refused_before_it_is_unpacked(parts: dict[str, bytes]) -> None:
    """Too much unpacked, too well packed or too many parts is no document."""
    with pytest.raises(UnreadableInput, match="超出文件应有的大小"):
        container.media(packed(parts), "a.docx")


def test_entities_do_not_multiply(word: Callable[..., Path]) -> None:
    """A billion laughs inside a Word file ends as a refusal or as text without them."""
    path = word(lambda document: document.add_paragraph("正文"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    laughs = "".join(
        f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' if at else '<!ENTITY l0 "哈哈哈哈哈哈哈哈哈哈">'
        for at in range(10)
    )
    xml = parts["word/document.xml"].decode()
    body = xml[xml.index("<w:document") :].replace("正文", "&l9;")
    parts["word/document.xml"] = f"<!DOCTYPE x [{laughs}]>{body}".encode()
    try:
        assert len(read_bytes(packed(parts), name="a.docx").text) < 1000
    except UnreadableInput as error:
        assert error.action  # noqa: PT017 - either outcome is allowed


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [("sys.executable", "false", "解析时出错"), ("_SECONDS", 0.001, "已停止")],
)
def test_the_death_of_a_parser_is_not_ours(
    monkeypatch: pytest.MonkeyPatch, name: str, value: object, message: str
) -> None:
    """A parser that crashes or hangs makes its file refused."""
    monkeypatch.setattr(f"indicators.documents.reading.{name}", value)
    with pytest.raises(UnreadableInput, match=message) as refused:
        read_bytes(b"<html><body><p>x</p></body></html>", name="a.html")
    assert refused.value.action


def test_a_parser_has_limits() -> None:
    """The child process sets limits on time and memory before it reads."""
    resource = pytest.importorskip("resource")
    code = (
        "from indicators.documents import worker; worker._limit(); import resource;"
        "print(resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, memory = map(int, done.stdout.split())
    assert 0 < seconds <= 300
    assert 0 < memory <= 4 * 1024**3
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != memory


def test_a_whole_scan_is_refused(scanned: Callable[..., Path]) -> None:
    """A PDF without any text layer says that it needs character recognition."""
    with pytest.raises(UnreadableInput, match="都没有文字层") as refused:
        read(scanned())
    assert "OCR" in refused.value.action


def test_a_cut_file_never_ends_in_a_traceback(word: Callable[..., Path]) -> None:
    """A download that broke off is refused or read, at whatever byte it broke."""
    content = word(lambda document: document.add_paragraph("到2027年达到5个")).read_bytes()
    for share in (0.1, 0.5, 0.9, 0.99):
        with pytest.raises(UnreadableInput):
            read_bytes(content[: int(len(content) * share)], name="a.docx")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([b"", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
    st.binary(max_size=200),
)
def test_the_format_of_any_bytes_is_told_or_refused(start: bytes, rest: bytes) -> None:
    """No content makes the judgement of its format fail otherwise than by refusal."""
    try:
        assert container.media(start + rest, "a.bin") in {"text", "pdf", "docx", "html"}
    except UnreadableInput as error:
        assert error.action  # noqa: PT017 - either outcome is allowed


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "XLS", "et"])
@pytest.mark.parametrize("content", ["指标,数值\n算力,3\n", "<html><table></table></html>"])
def test_text_named_as_a_workbook_is_refused(tmp_path, suffix, content):
    """A table exported as text under a workbook's name is sent to ``import``, not read as a plan."""
    path = tmp_path / f"表.{suffix}"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableInput, match="工作簿请用 indicators import"):
        read(path)
