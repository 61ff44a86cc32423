"""Speed and memory of extraction: from decoded text to Commitment records, documents included.

Texts are repeated to a size, each copy parsed and extracted for itself (nothing is remembered from
one copy to the next).  Each line prints its bar and whether it holds; one that does not fails the
run.  Beside ours, in the same run: one compiled number pattern as the limit, and JioNLP and
ms-recognizers-text where the extra ``bench`` is installed.

    python benchmarks/extraction.py            the sizes of the bars: seeds to 20 million characters
    python benchmarks/extraction.py --quick    a twentieth of them, for a look while working
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import resource
import subprocess
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
SEEDS_BAR, DEV_BAR = MILLION, 300_000
"""Characters a second of CPU."""
MEMORY_BAR = 120
"""MB, the interpreter included."""
LINEAR_BAR = 2.0
"""Cost of a text over that of its tenth part taken ten times."""
PEER_SECONDS = 10
NUMBER = re.compile(
    r"\d+(?:,\d{3})*(?:\.\d+)?(?:[-—～至到]\d+(?:\.\d+)?)?(?:万亿|亿|千万|百万|万)?[余多]?"
    r"(?:个百分点|EFlops|PFlops|P|%|元|个|家|项|件|所|座|架|辆|份|名|位|人次|人|场|千瓦|公里|吨)"
    r"(?:以上|以内|以下|左右)?"
)
HOSTILE: dict[str, tuple[int, Callable[[int], str]]] = {
    "一行无标点": (5 * MILLION, lambda size: "建设智慧城市推动高质量发展" * (size // 13)),
    "嵌套括号": (200_000, lambda size: "（" * (size // 2) + "）" * (size // 2)),
    "全是数字": (MILLION, lambda size: "1" * size),
    "千分位": (200_000, lambda size: "1" + ",234" * (size // 4)),
    "数字和顿号": (100_000, lambda size: "5%、" * (size // 3)),
    "没有单位的列表": (100_000, lambda size: "1、" * (size // 2) + "个"),
    "由…到…": (100_000, lambda size: "由5%提高到6%" * (size // 8)),
    "其中": (100_000, lambda size: "产值5亿元，其中" * (size // 8)),
    "分别": (100_000, lambda size: "交通、水利领域投资额分别达2400、1700亿元，" * (size // 21)),
    "日期": (200_000, lambda size: "到2027年6月底前，" * (size // 11)),
    "时间在前，数在后": (
        400_000,
        lambda size: "到2027年，目标为计划" * (size // 11) + "5%",
    ),
    "责任单位": (200_000, lambda size: "任务（责任单位：市发改委、" * (size // 14)),
    "责任单位成行": (200_000, lambda size: "责任单位：市发改委、工信局\n" * (size // 14)),
    "书名号": (200_000, lambda size: ("《" + "甲" * 70) * (size // 71)),
    "标题": (200_000, lambda size: "一、甲\n（一）乙\n1.丙\n" * (size // 13)),
    "很多列的表": (200_000, lambda size: "指标" + "\t2025年" * (size // 12)
                   + "\n甲" + "\t1" * (size // 12) + "\n乙" + "\t2" * (size // 12)),
    "很多行的表": (100_000, lambda size: "指标\t2020年\t2025年\n" + "甲\t1\t2\n" * (size // 6)),
    "一格一行": (50_000, lambda size: "指标\n2020年\n" * (size // 9)),
    "报纸": (100_000, lambda size: "某报 2026年1月20日\n某地开工\n本报讯"
             + "武清区产值5亿元。\n" * (size // 10)),
}  # fmt: skip


def texts(folder: Path) -> list[tuple[str, str]]:
    """Return name and text of every text of a folder."""
    return [(path.name, path.read_bytes().decode("utf-8")) for path in sorted(folder.glob("*.txt"))]


def ours(sources: list[tuple[str, str]], size: int) -> tuple[int, int, float]:
    """Extract copies up to ``size`` characters; return characters, records, seconds of CPU."""
    length = sum(len(text) for _, text in sources)
    done = records = 0
    began = time.process_time()
    for copy in range(max(1, -(-size // length))):
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
        with contextlib.redirect_stdout(io.StringIO()):  # JioNLP greets
            if name == "jionlp":
                module = import_module("jionlp")
                calls: list[Callable[[str], object]] = [
                    module.ner.extract_money,
                    module.ner.extract_time,
                ]
            else:
                suite = import_module("recognizers_number_with_unit")
                number = import_module("recognizers_number")
                culture = import_module("recognizers_text").Culture.Chinese
                calls = [
                    lambda text: suite.recognize_currency(text, culture),
                    lambda text: suite.recognize_dimension(text, culture),
                    lambda text: number.recognize_number(text, culture),
                    lambda text: number.recognize_percentage(text, culture),
                ]
            for call in calls:
                call("到2027年产业规模突破500亿元，增长5%。")  # tables are read beforehand
    except Exception as error:  # noqa: BLE001 - a peer may fail to import in any way
        return f"没有运行（{type(error).__name__}）；安装附加项 bench 后可比"
    done = failed = 0
    began = time.process_time()
    for line in (line for _, text in sources for line in text.splitlines() if line.strip()):
        for call in calls:
            try:
                call(line)
            except Exception:  # noqa: BLE001 - it may fail on a line in any way; it is counted
                failed += 1
        done += len(line)
        if time.process_time() - began > PEER_SECONDS:
            break
    speed = done / (time.process_time() - began)
    return f"{speed:,.0f} 字/秒（{done:,} 字{f'，{failed} 次出错' if failed else ''}）"


class Bars:
    """Prints each line with its bar and keeps count of those that do not hold."""

    def __init__(self) -> None:
        self.broken = 0

    def check(self, line: str, bar: str, holds: bool) -> None:
        """Print one line."""
        self.broken += not holds
        print(f"{line}  [{bar}：{'达到' if holds else '没有达到'}]", flush=True)


def speeds(bars: Bars, share: int) -> None:
    """Measure the seeds and the development texts beside the number pattern."""
    for label, sources, size, bar in (
        ("种子文件", texts(ROOT / "seeds"), 20 * MILLION, SEEDS_BAR),
        ("开发文本", texts(SHARED / "gold/dev"), 5 * MILLION, DEV_BAR),
    ):
        if not sources:
            print(f"{label}：不在这里")
            continue
        ours(sources, 1)
        done, records, seconds = ours(sources, size // share)
        limit = pattern(sources, size // share)
        bars.check(
            f"{label} {done:,} 字 {records:,} 条：{done / seconds:,.0f} 字/秒，"
            f"是单个数字正则（{limit:,.0f} 字/秒）的 1/{limit * seconds / done:.1f}",
            f"≥ {bar:,}",
            done / seconds >= bar,
        )


def linear(bars: Bars, share: int) -> None:
    """Measure one document of one, ten and a hundred times the seeds."""
    whole = "\n".join(text for _, text in texts(ROOT / "seeds"))
    print("一份文件的长度      字数      条数      秒   微秒/字")
    cost: dict[int, float] = {}
    for factor in (1, 10, 100 // min(share, 5)):
        text = "\n".join([whole] * factor)
        spent = []
        for _ in range(max(1, 20 // factor)):
            began = time.process_time()
            records = len(extract(parse_text(text, name="x", digest="x")))
            spent.append(time.process_time() - began)
        cost[factor] = min(spent) / len(text) * MILLION
        print(f"{factor:>12}×{len(text):>12,}{records:>10,}{min(spent):>8.2f}{cost[factor]:>10.3f}")
    growth = cost[max(cost)] / cost[1]
    bars.check(f"每字成本，最长对最短：{growth:.2f} 倍", f"≤ {LINEAR_BAR:g}", growth <= LINEAR_BAR)


def hostile(bars: Bars, share: int) -> None:
    """Measure texts made to be slow against their own tenth part."""

    def spent(text: str, runs: int) -> float:
        least = float("inf")
        for _ in range(runs):
            began = time.process_time()
            extract(parse_text(text, name="x", digest="x"))
            least = min(least, time.process_time() - began)
        return least

    for label, (full, make) in HOSTILE.items():
        text, part = make(full // min(share, 5)), make(full // min(share, 5) // 10)
        linear_time = spent(part, 3) * len(text) / len(part)
        seconds = spent(text, 1)
        bars.check(
            f"{label} {len(text):,} 字：{seconds:.2f} 秒，线性应为 {linear_time:.2f} 秒，"
            f"{seconds / linear_time:.2f} 倍",
            f"≤ {LINEAR_BAR:g} 倍",
            seconds <= LINEAR_BAR * linear_time + 0.02,
        )


def memory(bars: Bars, share: int) -> None:
    """Measure the peak of a process that does nothing else than extract the seeds."""
    done = subprocess.run(
        [sys.executable, __file__, "--peak", str(20 * MILLION // share)],
        capture_output=True,
        text=True,
        check=True,
    )
    peak = float(done.stdout)
    bars.check(
        f"内存峰值（单独进程，种子文件 {20 * MILLION // share:,} 字）{peak:.0f} MB",
        f"≤ {MEMORY_BAR}",
        peak <= MEMORY_BAR,
    )


def main() -> int:
    """Print every figure; 1 where a bar does not hold."""
    if "--peak" in sys.argv:
        ours(texts(ROOT / "seeds"), int(sys.argv[-1]))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return 0
    share = 20 if "--quick" in sys.argv else 1
    bars = Bars()
    speeds(bars, share)
    memory(bars, share)
    linear(bars, share)
    hostile(bars, share)
    for name in ("jionlp", "recognizers-text"):
        print(f"{name}：{peer(name, texts(ROOT / 'seeds'))}", flush=True)
    return int(bars.broken > 0)


if __name__ == "__main__":
    sys.exit(main())
