"""Speed and memory of extraction: from decoded text to Commitment records, documents included.

Texts are repeated to a size, each copy parsed and extracted for itself (nothing is remembered from
one copy to the next).  Beside ours, in the same run: one compiled number pattern as the limit, and
JioNLP and ms-recognizers-text where the extra ``bench`` is installed.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from indicators.documents import parse_text
from indicators.extraction import extract

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("INDICATORS_SHARED", ROOT.parent / "shared"))
MILLION = 1_000_000
NUMBER = re.compile(
    r"\d+(?:,\d{3})*(?:\.\d+)?(?:[-—～至到]\d+(?:\.\d+)?)?(?:万亿|亿|千万|百万|万)?[余多]?"
    r"(?:个百分点|EFlops|PFlops|P|%|元|个|家|项|件|所|座|架|辆|份|名|位|人次|人|场|千瓦|公里|吨)"
    r"(?:以上|以内|以下|左右)?"
)
HOSTILE: dict[str, Callable[[int], str]] = {
    "一行无标点": lambda size: "建设智慧城市推动高质量发展" * (size // 13),
    "嵌套括号": lambda size: "（" * (size // 2) + "）" * (size // 2),
    "全是数字": lambda size: "1" * size,
    "数字和顿号": lambda size: "5%、" * (size // 3),
    "单元格": lambda size: "指标\t2020年\t2025年\n" + "甲\t1\t2\n" * (size // 6),
}


def texts(folder: Path) -> list[tuple[str, str]]:
    """Return name and text of every text of a folder."""
    return [(path.name, path.read_bytes().decode("utf-8")) for path in sorted(folder.glob("*.txt"))]


def ours(sources: list[tuple[str, str]], size: int) -> tuple[int, int, float]:
    """Extract copies up to ``size`` characters; return characters, records, seconds of CPU."""
    length = sum(len(text) for _, text in sources)
    done = records = 0
    began = time.process_time()
    for copy in range(max(1, size // length)):
        for name, text in sources:
            records += len(extract(parse_text(text, name=name, digest=str(copy))))
            done += len(text)
    return done, records, time.process_time() - began


def pattern(sources: list[tuple[str, str]], size: int) -> float:
    """Return characters a second of one compiled number pattern."""
    length = sum(len(text) for _, text in sources)
    copies = max(1, size // length)
    began = time.process_time()
    for _ in range(copies):
        for _, text in sources:
            for _ in NUMBER.finditer(text):
                pass
    return copies * length / (time.process_time() - began)


def peer(name: str, sources: list[tuple[str, str]]) -> str:
    """Return characters a second of a peer on the same text, or why it did not run."""
    try:
        if name == "jionlp":
            module = import_module("jionlp")
            calls: list[Callable[[str], object]] = [
                module.ner.extract_money,
                module.ner.extract_time,
            ]
        else:
            suite = import_module("recognizers_number_with_unit")
            culture = import_module("recognizers_text").Culture.Chinese
            calls = [
                lambda text: suite.recognize_currency(text, culture),
                lambda text: suite.recognize_dimension(text, culture),
            ]
    except Exception as error:  # noqa: BLE001 - a peer may fail to import in any way
        return f"没有运行（{type(error).__name__}）；安装附加项 bench 后可比"
    lines = [line for _, text in sources for line in text.splitlines() if line.strip()][:200]
    began = time.process_time()
    for line in lines:
        for call in calls:
            call(line)
    return f"{sum(map(len, lines)) / (time.process_time() - began):,.0f} 字/秒"


def main() -> None:
    """Print every figure."""
    big = "--full" in sys.argv
    seeds = texts(ROOT / "seeds")
    ours(seeds, 1)
    for label, sources, size in (
        ("种子文件", seeds, 20 * MILLION if big else 5 * MILLION),
        ("开发文本", texts(SHARED / "gold/dev"), 5 * MILLION if big else MILLION),
    ):
        if not sources:
            continue
        done, records, seconds = ours(sources, size)
        limit = pattern(sources, size)
        print(
            f"{label} {done:,} 字 {records:,} 条：{done / seconds:,.0f} 字/秒，"
            f"是单个数字正则（{limit:,.0f} 字/秒）的 1/{limit * seconds / done:.1f}"
        )
    print("线性：" + "；".join(
        f"{factor}× {ours(seeds, factor * 26_000)[2]:.2f} 秒" for factor in (1, 10, 100)
    ))  # fmt: skip
    for label, make in HOSTILE.items():
        spent = []
        for size in (50_000, 200_000):
            began = time.process_time()
            extract(parse_text(make(size), name="x", digest="x"))
            spent.append(time.process_time() - began)
        print(f"{label}：5 万字 {spent[0]:.2f} 秒，20 万字 {spent[1]:.2f} 秒")
    for name in ("jionlp", "recognizers-text"):
        print(f"{name}：{peer(name, seeds)}")
    print(f"内存峰值 {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
