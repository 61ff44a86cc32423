"""Scores of extraction on the gold texts: ``make score``.

The gold of the seeds is part of the project; the development texts and the scorer lie in a folder
``shared`` beside the checkout (another one by ``INDICATORS_SHARED``) and are read from there.
Beside ours stand a 40-line pattern finder and two constant answers: our own finds with the majority
kind, bound and date of each document.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from indicators.documents import catalog, parse_text
from indicators.extraction import extract
from indicators.model import Commitment

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("INDICATORS_SHARED", ROOT.parent / "shared"))
HALF_A = ("guangdong", "hunan", "miit-145-smart", "qinghai", "sc-135", "shandong")
"""Names of the development texts that the grammar was worked on with; the others were held out."""
UNREAD = ("beijing", "jiangsu", "state", "yunnan", "shenzhen")
"""Texts of the other half that were not looked at."""
FIGURES = ("statements", "f1", "kind", "bound", "date", "name", "all_right_f1", "targets_f1")

Row = dict[str, Any]


def scorer() -> ModuleType:
    """Load the scorer from the shared folder."""
    place = SHARED / "score_extraction.py"
    if not place.exists():
        sys.exit(f"没有找到评分程序 {place}；请用 INDICATORS_SHARED 指出它所在的文件夹")
    spec = importlib.util.spec_from_file_location("score_extraction", place)
    if spec is None or spec.loader is None:
        sys.exit(f"读不了评分程序 {place}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def row(commitment: Commitment) -> Row:
    """Return a commitment as a line of a gold file."""
    line: Row = {
        "document": commitment.document,
        "start": commitment.start,
        "end": commitment.end,
        "magnitude": float(commitment.magnitude),
        "unit": commitment.unit,
        "name": commitment.name,
        "kind": commitment.kind,
        "bound": commitment.bound,
        "date": commitment.date.isoformat() if commitment.date else None,
        "as_written": commitment.as_written,
        "confidence": commitment.confidence,
    }
    if commitment.magnitude_high is not None:
        line["magnitude_high"] = float(commitment.magnitude_high)
    return line


def extracted(folder: Path, names: Iterable[str]) -> list[Row]:
    """Extract the named texts of a folder with its catalog."""
    entries = catalog(folder / "catalog.csv") if (folder / "catalog.csv").exists() else {}
    rows: list[Row] = []
    for name in sorted(names):
        text = (folder / name).read_bytes().decode("utf-8")
        document = parse_text(text, name=name, digest=name, entry=entries.get(name))
        rows += [row(each) for each in extract(document)]
    return rows


def constant(rows: list[Row], gold: list[Row]) -> list[Row]:
    """Return our finds with the majority kind, bound and date of the gold of each document."""
    answers: Mapping[str, dict[str, Counter[Any]]] = defaultdict(
        lambda: {field: Counter() for field in ("kind", "bound", "date")}
    )
    for line in gold:
        if "start" in line:
            for field, counter in answers[line["document"]].items():
                counter[line.get(field)] += 1
    result = []
    for line in rows:
        usual = {
            field: counter.most_common(1)[0][0]
            for field, counter in answers[line["document"]].items()
            if counter
        }
        result.append({**line, **usual})
    return result


def naive(folder: Path, names: Iterable[str]) -> list[Row]:
    """Run the 40-line pattern finder of the shared folder."""
    with tempfile.TemporaryDirectory() as place:
        output = Path(place) / "out.jsonl"
        subprocess.run(
            [sys.executable, SHARED / "naive_baseline.py", output]
            + [folder / name for name in sorted(names)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


def show(label: str, figures: Mapping[str, float]) -> None:
    """Print one line of the table."""
    cells = (
        f"{figures[key]:>12.3f}" if isinstance(figures[key], float) else f"{figures[key]:>12}"
        for key in FIGURES
    )
    print(f"{label:<34}" + "".join(cells))


def calibration(rows: list[Row], gold: list[Row], module: ModuleType) -> None:
    """Print how often rows of each confidence are all right."""
    bins: dict[float, list[bool]] = defaultdict(list)
    for line in rows:
        near = [
            each
            for each in gold
            if each.get("start") is not None
            and each["document"] == line["document"]
            and abs(each["start"] - line["start"]) <= 4
            and abs(each["end"] - line["end"]) <= 4
        ]
        if any(each.get("optional") for each in near):
            continue
        figures = module.score(
            [{**each, "optional": False} for each in near if module.same_quantity(each, line)]
            or [{"document": line["document"]}],
            [line],
        )
        bins[min(int(line["confidence"] * 10) / 10, 0.9)].append(figures["all_right_f1"] == 1)
    for floor, right in sorted(bins.items()):
        print(f"  置信度 ≥ {floor:.1f}：{len(right):>4} 条，全对 {sum(right) / len(right):.3f}")


def main() -> None:
    """Print every figure."""
    module = scorer()
    print(f"{'':<34}" + "".join(f"{key:>12}" for key in FIGURES))
    sets = (
        ("seeds", ROOT / "seeds", ROOT / "tests/extraction/gold/seeds.jsonl", None),
        ("dev", SHARED / "gold/dev", SHARED / "gold/dev.jsonl", None),
        ("dev half A (worked on)", SHARED / "gold/dev", SHARED / "gold/dev.jsonl", HALF_A),
        ("dev half B", SHARED / "gold/dev", SHARED / "gold/dev.jsonl", ()),
        ("  of it, texts never looked at", SHARED / "gold/dev", SHARED / "gold/dev.jsonl", UNREAD),
    )
    whole: tuple[list[Row], list[Row]] = ([], [])
    for label, folder, place, half in sets:
        gold = module.read(str(place))
        if half is not None:
            wanted = half or HALF_A
            gold = [line for line in gold if line["document"].startswith(wanted) == bool(half)]
        names = {line["document"] for line in gold}
        rows = extracted(folder, names)
        show(label, module.score(gold, rows))
        if half is None:
            show("  40-line pattern", module.score(gold, naive(folder, names)))
            show("  majority kind, bound, date", module.score(gold, constant(rows, gold)))
        if label == "dev":
            whole = (rows, gold)
    print("\n置信度校准（dev）")
    calibration(*whole, module)


if __name__ == "__main__":
    main()
