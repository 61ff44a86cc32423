"""Every rule profile has a page, and the worked example of the page is executed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from indicators.assessment import STATES, profile, series_table
from indicators.assessment.goal import Goal

PAGES = Path(__file__).resolve().parents[2] / "docs/rules"


def tables(path):
    """Yield the rows of the tables of a page that have a day or a base value."""
    header = None
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("|"):
            header = None
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if header is None:
            header = cells
        elif not set(line) <= set("|-"):
            yield dict(zip(header, cells, strict=True))


EXAMPLES = [
    pytest.param(page.stem, row, id=f"{page.stem} {number}")
    for page in sorted(PAGES.glob("*.md"))
    if page.stem != "README"
    for number, row in enumerate(tables(page), 1)
]


def test_every_profile_has_a_page_and_every_page_a_profile():
    """No rule without its formula, source and example; no page without its rule."""
    pages = {page.stem for page in PAGES.glob("*.md")} - {"README"}
    assert pages == set(profile.names())
    assert {param.values[0] for param in EXAMPLES} == pages
    for page in pages:
        text = (PAGES / f"{page}.md").read_text("utf-8")
        assert "**Formula.**" in text
        assert "**Source.**" in text
        assert f"]({page}.md)" in (PAGES / "README.md").read_text("utf-8")


def goal(row):
    steps = [each.split("=") for each in row.get("steps", "").split(";") if each]
    better = "down" if row["bound"] == "at_most" else "up"
    return Goal(
        sort=row["sort"], value=Decimal(row["value"]), bound=row["bound"],
        accumulation=row["accumulation"], direction=better, better=better,
        schedule="split" if steps else "" if row["sort"] == "growth" else "linear",
        steps=tuple((date.fromisoformat(day.strip()), Decimal(value)) for day, value in steps),
        start=date.fromisoformat(row["from"]), deadline=date.fromisoformat(row["until"]),
        baseline=Decimal(row["baseline"]) if row["baseline"] else None,
    )  # fmt: skip


@pytest.mark.parametrize(("rules", "row"), EXAMPLES)
def test_the_worked_example(weigh, rules, row):
    """What a page says of its example is what the rule says."""
    rule = profile.load(rules)
    if rule.growth is not None:
        found = series_table.judge_rows(rule, [{"series": "", **row}])
        for got, want in ((found.value[0], row["progress_value"]), (found.score[0], row["score"])):
            assert got == pytest.approx(float(want or "nan"), abs=1e-9, nan_ok=True)
        assert found.status == [row["status"]]
        return
    made = weigh(rules, (goal(row), row["reported"], date.fromisoformat(row["day"])))
    decimals = len(row["expected"].partition(".")[2])
    assert round(float(made.expected[0]), decimals) == float(row["expected"])
    if "gap" in row:
        assert round(float(made.points[0]), 1) + 0.0 == float(row["gap"])
        assert STATES[made.state[0]] == row["state"]
    else:
        assert rule.bands[made.category[0]].category == row["category"]
