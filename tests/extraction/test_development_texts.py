"""Figures on the development texts, where they lie beside the checkout, with a margin of 0.01."""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("INDICATORS_SHARED", ROOT.parent / "shared"))
pytestmark = pytest.mark.skipif(
    not (SHARED / "gold/dev.jsonl").exists(), reason="the development texts are not here"
)
FLOORS = {
    "f1": 0.98, "kind": 0.98, "bound": 0.98, "date": 0.98, "name": 0.90,
    "all_right_f1": 0.90, "targets_f1": 0.93,
}  # fmt: skip


def _module(place: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(place.stem, place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def _figures() -> dict[str, float]:
    board = _module(ROOT / "benchmarks/score.py")
    scorer = board.scorer()
    gold = scorer.read(str(SHARED / "gold/dev.jsonl"))
    rows = board.extracted(SHARED / "gold/dev", {line["document"] for line in gold})
    figures: dict[str, float] = scorer.score(gold, rows)
    return figures


@pytest.mark.parametrize(("figure", "floor"), FLOORS.items())
def test_a_figure_holds(figure: str, floor: float) -> None:
    """No change may cost more than 0.01 of what was reached."""
    assert _figures()[figure] >= floor - 0.01
