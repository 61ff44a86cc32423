"""Charts are valid figures that show each value at its point."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go
import pytest

from dashboards.charts import course_figure, progress_figure
from dashboards.charts.progress import HIGHEST, LOWEST, MOST
from dashboards.views import story
from tests.dashboards import sample


def changed(row, **values):
    """Return a row whose verdict has other values."""
    return replace(row, verdict=replace(row.verdict, **values))


def words_in(drawn):
    """Return the words written into a chart."""
    return [each["text"] for each in drawn["layout"]["annotations"]]


@pytest.fixture
def snapshot(desk):
    return desk.snapshot()


def test_every_figure_is_one_that_plotly_knows(snapshot):
    """Every chart passes plotly's own validation of names and values."""
    go.Figure(progress_figure(snapshot.rows).figure)
    for case in sample.CASES:
        drawn = course_figure(story(snapshot, case.id))
        assert drawn is None or go.Figure(drawn)


def test_the_diagonal_is_the_schedule(snapshot):
    """A point on the solid line is exactly on schedule."""
    line = progress_figure(snapshot.rows).figure["data"][0]
    assert (line["x"], line["y"], line["line"]["dash"]) == ([0.0, 1.0], [0.0, 1.0], "solid")


def test_what_cannot_be_compared_with_time_is_counted(snapshot):
    """Targets without share or time are left out and said to be."""
    chart = progress_figure(snapshot.rows)
    assert (chart.drawn, chart.left_out) == (9, 2)
    growth = [changed(row, sort="growth") for row in snapshot.rows]
    assert progress_figure(growth).drawn == 0


def test_points_out_of_range_stand_on_the_edge(snapshot):
    """A target far beyond its value is drawn on the edge and counted."""
    row = snapshot.rows[0]
    chart = progress_figure(
        [changed(row, share_done=Decimal(share)) for share in ("7", "-3", "0.5")]
    )
    points = next(each for each in chart.figure["data"] if each["mode"] == "markers")
    assert points["y"] == [HIGHEST, LOWEST, 0.5]
    assert chart.clipped == 2


def test_a_chart_of_many_targets_shows_the_worst(snapshot):
    """Only so many points are sent as a reader can tell apart, and the page says so."""
    chart = progress_figure([snapshot.rows[0]] * (MOST + 5))
    assert (chart.drawn, chart.capped) == (MOST, True)


def test_the_value_stands_at_every_point(snapshot):
    """Each actual value carries its number, in the scale of the target."""
    case = next(case for case in sample.CASES if case.unit == "元")
    drawn = course_figure(story(snapshot, case.id))
    line = drawn["data"][-1]
    assert line["text"] == ["95", "200", "310"]
    assert line["y"] == [95.0, 200.0, 310.0]
    assert words_in(drawn)[0] == "单位：亿元"


def test_schedule_baseline_and_target_are_drawn(snapshot):
    """The dashed schedule runs from the baseline to the target at the deadline."""
    drawn = course_figure(story(snapshot, sample.CASES[0].id))
    schedule = next(each for each in drawn["data"] if each.get("name") == "序时")
    assert (schedule["x"][0], schedule["y"][0]) == ("2024-12-31", 5.0)
    assert (schedule["x"][-1], schedule["y"][-1]) == ("2027-12-31", 30.0)
    assert words_in(drawn)[1:] == ["基期 5", "应达 19.58", "目标 ≥30 EFLOPS"]


def test_nothing_to_draw_is_no_chart(snapshot):
    """An indicator without values and schedule has no chart."""
    told = story(snapshot, sample.CASES[9].id)
    bare = replace(told, verdict=None, values=())
    assert course_figure(bare) is None


def test_a_change_of_caliber_breaks_the_line(snapshot):
    """Values before and after the day are two lines that do not meet, with an upright between them."""
    told = story(snapshot, sample.CASES[0].id)
    setting = replace(told.verdict.setting, caliber="新口径", caliber_since=date(2026, 5, 1))
    broken = replace(told, verdict=replace(told.verdict, setting=setting))
    drawn = course_figure(broken)
    go.Figure(drawn)
    lines = [each for each in drawn["data"] if each.get("name") == "实际值"]
    whole = [each for each in course_figure(told)["data"] if each.get("name") == "实际值"]
    assert len(whole) == 1
    assert [each["x"] for each in lines] == [whole[0]["x"][:1], whole[0]["x"][1:]]
    assert any(each["x0"] == "2026-05-01" == each["x1"] for each in drawn["layout"]["shapes"])
    assert words_in(drawn)[-1] == "口径改变"


def test_words_of_an_old_and_a_new_target_stand_apart(snapshot):
    """The higher one has its words above its point, the lower one below, whichever is new."""
    told = story(snapshot, sample.CASES[0].id)
    for factor, above in ((Decimal("1.1"), "原目标"), (Decimal("0.9"), "目标")):
        old = replace(told.verdict.target, magnitude=told.verdict.target.magnitude * factor)
        drawn = course_figure(replace(told, replaced=old))
        go.Figure(drawn)
        places = {
            each["text"].partition(" ")[0]: each["yanchor"]
            for each in drawn["layout"]["annotations"]
            if "目标" in each["text"]
        }
        assert set(places) == {"目标", "原目标"}
        assert {name for name, place in places.items() if place == "bottom"} == {above}


def test_a_long_course_carries_the_number_of_its_last_point(snapshot):
    """More numbers than fit would lie over each other; the latest one is always told."""
    told = story(snapshot, sample.CASES[0].id)
    last = told.values[0]
    long = [replace(last, period_end=date(2020 + n // 4, 1 + n % 4 * 3, 1)) for n in range(24)]
    line = course_figure(replace(told, values=tuple(reversed(long))))["data"][-1]
    assert line["text"] == [*[""] * 23, "12"]


def test_numbers_keep_off_the_line_they_stand_on(snapshot):
    """Behind a rising schedule they stand right below their points, ahead of it left above."""
    behind = course_figure(story(snapshot, sample.CASES[0].id))["data"][-1]
    ahead = course_figure(story(snapshot, sample.CASES[1].id))["data"][-1]
    assert set(behind["textposition"]) == {"bottom right"}
    assert set(ahead["textposition"]) == {"top left"}
