"""Every figure that Statistics Canada published for its framework, recomputed."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from indicators.assessment import profile, series_table
from indicators.cli import main

FILE = Path(__file__).resolve().parents[3] / "shared/conformance/statcan-cif.yml"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason=f"{FILE} is not here")


def published():
    """Read the two levels of the file: indicators, and series with their figures."""
    found, indicator, series = {}, "", ""
    for line in FILE.read_text("utf-8").splitlines():
        depth = len(line) - len(line.lstrip())
        name, _, value = line.strip().partition(": ")
        if depth == 0:
            indicator, series = name.rstrip(":"), ""
            found[indicator] = {"series": {}}
        elif depth == 2 and line.endswith(":"):
            series = name.rstrip(":")
            found[indicator]["series"][series] = {}
        elif depth == 2:
            found[indicator][name] = value.strip("'")
        else:
            found[indicator]["series"][series][name] = value
    return found


def rows():
    for indicator, whole in published().items():
        for series, figures in whole["series"].items():
            yield {"id": indicator, "series": series, **figures}


def number(written):
    return None if written in ("null", "") else float(written)


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """What the command makes of the published inputs, read back from its CSV."""
    folder = tmp_path_factory.mktemp("series")
    source, out, totals = (folder / name for name in ("in.csv", "out.csv", "totals.csv"))
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, series_table.COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(
            {name: "" if row[name] == "null" else row[name] for name in series_table.COLUMNS}
            for row in rows()
        )
    words = ["--rules", "statcan", "--output", str(out), "--totals", str(totals)]
    assert main(["assess", str(source), *words]) == 0
    return [list(csv.DictReader(io.StringIO(path.read_text("utf-8")))) for path in (out, totals)]


def test_every_value_score_and_status_is_the_published_one(judged):
    """125 values to 1e-9, 125 scores to 1e-6 and 132 statuses agree with what was published."""
    values = scores = statuses = 0
    for found, row in zip(judged[0], rows(), strict=True):
        value, score = number(row["progress_value"]), number(row["score"])
        if value is not None:
            values += abs(float(found["progress_value"]) - value) <= 1e-9
        else:
            assert found["progress_value"] == ""
        if score is not None:
            scores += abs(float(found["score"]) - score) <= 1e-6
        else:
            assert found["score"] == ""
        statuses += found["status"] == row["status"]
    assert (values, scores, statuses) == (125, 125, 132)


def test_every_indicator_has_the_published_mean_and_class(judged):
    """The mean of the series is the indicator's score, wherever it was computed from them."""
    computed = {
        name: whole
        for name, whole in published().items()
        if whole["series"] and not re.search("manual", whole["progress_status"])
    }
    found = {row["id"]: row for row in judged[1]}
    for name, whole in computed.items():
        score = number(whole["score"])
        if score is None:
            assert found[name]["score"] == ""
            continue
        assert float(found[name]["score"]) == pytest.approx(score, abs=1e-6), name
        assert found[name]["status"] == whole["progress_status"], name


def test_the_profile_is_versioned():
    """A board must be able to say by which version of a rule it was made."""
    assert profile.load("statcan").version
