"""Where a course is heading is told only where it can be trusted, and other rules where they differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go

from dashboards.charts import course_figure
from dashboards.pages import indicator
from dashboards.views import story
from dashboards.views.snapshot import OTHER_RULES
from indicators.assessment import judge
from indicators.assessment.closeup import closeup
from indicators.assessment.prospects import prospects
from tests.dashboards import sample

COMPUTE = sample.CASES[0]
EARLIER = {
    date(2025, 3, 31): "5.6",
    date(2025, 6, 30): "6.4",
    date(2025, 9, 30): "7.9",
    date(2025, 12, 31): "9",
}


def longer(store) -> None:
    """Add the four quarters of the year before."""
    first = sample.observation(COMPUTE, "2026Q1", "10", 7, "0" * 64)
    with store.batch("import", who="试", quarter="2025Q4") as batch:
        batch.add(
            [
                replace(
                    first, period_start=date(2025, 1, 1), period_end=end, magnitude=Decimal(value)
                )
                for end, value in EARLIER.items()
            ]
        )


def test_few_points_say_nothing(desk):
    """Three quarters give no projection, and the page says why."""
    told = story(desk.snapshot(), COMPUTE.id)
    assert told.outlook is None
    assert "不作走势推算" in str(indicator.page(desk.snapshot(), COMPUTE.id))


def test_enough_points_open_a_band_to_the_deadline(desk, store):
    """Seven quarters give a projection with its interval, drawn from the last value to the deadline."""
    longer(store)
    told = story(desk.snapshot(), COMPUTE.id)
    assert told.outlook.low <= told.outlook.projected <= told.outlook.high
    drawn = course_figure(told)
    band = next(each for each in drawn["data"] if each.get("name") == "走势推算")
    assert band["x"][1] == "2027-12-31"
    assert band["y"][1] >= band["y"][2]
    assert go.Figure(drawn)
    assert "回测" in str(indicator.page(desk.snapshot(), COMPUTE.id))


def test_other_rules_are_shown_where_they_give_another_light(desk):
    """Each rule that is named gives another light than the house's own, and says which."""
    snapshot = desk.snapshot()
    found = [(own, snapshot.ahead(own)[1]) for own in snapshot.assessment.verdicts]
    assert any(told for _, told in found)
    for own, told in found:
        assert all(verdict.target == own.target for verdict in told)
        assert all(verdict.light not in (own.light, "grey") for verdict in told)
        assert all(verdict.profile != own.profile for verdict in told)


def test_a_close_look_says_what_the_whole_says(desk, store):
    """One target looked at alone has the verdicts and the outlook that all targets together give."""
    longer(store)
    snapshot = desk.snapshot()
    as_of = snapshot.assessment.as_of
    heading = prospects(store, as_of=as_of).outlooks
    assert heading
    for name in OTHER_RULES:
        whole = {each.target: each for each in judge(store, as_of=as_of, rules=name).verdicts}
        for own in snapshot.assessment.verdicts:
            told = closeup(store, own.target, OTHER_RULES, as_of=as_of)
            assert told.outlook == heading.get(own.target.target_id)
            if name in told.verdicts:
                assert told.verdicts[name] == replace(whole[own.target], last=None)
            else:
                assert whole[own.target].light == "grey"
