"""总览: how many lights of each colour, what is worst, what comes due, and all targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from dash.development.base_component import Component

from dashboards.charts import progress_figure
from dashboards.components import badges, bar, empty, frame, heading, light_mark
from dashboards.components import markup as html
from dashboards.components.attributes import attributes, chart
from dashboards.components.downloads import downloads
from dashboards.components.filters import chooser, target_selects
from dashboards.components.lights import glyph
from dashboards.components.start import first_steps
from dashboards.messages import Language, joined, language, text
from dashboards.pages.overview_deadlines import deadlines
from dashboards.pages.overview_parts import changes, groups, share_bar, worst
from dashboards.quantities import day
from dashboards.remembering import Remembered
from dashboards.theme import GRAVITY
from dashboards.views import Choice, Snapshot, TargetRow
from dashboards.views.roll import Roll
from indicators.assessment.verdict import STATE_LIGHTS, STATES, Light, State

__all__ = ["page"]

SHOWN = 40
"""Rows of the list here; the page 指标 holds all of them."""


def page(snapshot: Snapshot, choice: Choice) -> Component:
    """Return the overview of the targets that the address chooses."""
    if not snapshot.rows:
        return frame(
            html.Div(html.H1(text("overview.title")), className="headline"),
            first_steps(snapshot),
            snapshot=snapshot,
        )
    roll = snapshot.chosen(choice)
    if not roll.rows:
        body: list[Component] = [
            html.H1(text("overview.title"), className="visually-hidden"),
            empty(text("overview.no_match"), text("overview.no_match_action")),
        ]
    else:
        body = [
            _headline(snapshot, roll, choice),
            _board(roll, choice),
            html.Div(
                [_progress(roll, choice), deadlines(roll, snapshot.assessment.as_of)],
                className="columns",
            ),
            *changes(snapshot, choice),
            *groups(snapshot, roll, choice),
            _table(roll.rows, choice),
        ]
    return frame(_filters(snapshot, choice, len(roll.rows)), *body, snapshot=snapshot)


def _filters(snapshot: Snapshot, choice: Choice, count: int) -> Component:
    return chooser(
        target_selects(snapshot, choice),
        clear=f"/{Choice(quarter=choice.quarter).query()}" if choice.narrowed else "",
        note=text("filter.showing", count=count),
        compact=True,
    )


def _headline(snapshot: Snapshot, roll: Roll, choice: Choice) -> Component:
    total, lights = len(roll.rows), roll.lights
    if lights["red"]:
        words = text("overview.headline_red", total=total, red=lights["red"])
    elif lights["yellow"]:
        words = text("overview.headline_yellow", total=total, yellow=lights["yellow"])
    elif lights["green"]:
        words = text("overview.headline_calm", total=total)
    else:
        words = text("overview.headline_grey", total=total, grey=lights["grey"])
    where = choice.place or choice.office
    title = text("overview.headline_of", where=where, words=words) if where else words
    return html.Div(
        [html.H1(title, className="told"), *worst(snapshot, roll.rows[0])], className="headline"
    )


def _board(roll: Roll, choice: Choice) -> Component:
    return html.Section(
        [
            html.H2(text("overview.lights"), className="visually-hidden"),
            share_bar(roll.lights),
            html.Div(
                [_count(light, roll.lights[light], roll.states, choice) for light in GRAVITY],
                className="counts",
            ),
        ],
        className="board",
    )


def _count(light: Light, count: int, states: Mapping[State, int], choice: Choice) -> Component:
    parts = [
        html.Link(
            [
                html.Span(text(f"state.{state}")),
                html.Span(str(states.get(state, 0)), className="part-number"),
            ],
            href=f"/{choice.query(light=state)}",
            className="part" if states.get(state) else "part part-none",
        )
        for state in STATES
        if STATE_LIGHTS[state] == light and (states.get(state) or light == "grey")
    ]
    return html.Div(
        [
            html.Link(
                [
                    html.Span([glyph(light), text(f"light.{light}")], className="count-label"),
                    html.Span(str(count), className="count-number"),
                ],
                href=f"/{choice.query(light=light)}",
                className=f"count-main count-{light}",
            ),
            html.Div(parts, className="parts"),
        ],
        className=f"count count-box-{light}",
    )


def _progress(roll: Roll, choice: Choice) -> Component:
    drawn = progress_figure(roll.rows, roll.drawn)
    if not drawn.drawn:
        body: Component = empty(text("overview.progress_empty"))
    else:
        body = chart("progress", drawn.figure, text("overview.progress"))
    notes = [text("overview.progress_note")] if drawn.drawn else []
    if drawn.left_out and drawn.drawn:
        notes.append(text("overview.progress_left_out", count=drawn.left_out))
    if drawn.clipped:
        notes.append(text("overview.progress_clipped", count=drawn.clipped))
    if drawn.capped:
        notes.append(text("overview.progress_capped", count=drawn.drawn))
    return html.Section(
        [
            heading(text("overview.progress")),
            body,
            html.P(joined(notes, "sentence"), className="note"),
            *(
                [downloads(text("overview.progress"), f"/export/targets.csv{choice.query()}")]
                if drawn.drawn
                else ()
            ),
        ],
        className="column-main",
    )


COLUMNS = ("state", "indicator", "target", "deadline", "expected", "actual", "gap", "progress")


def _table(rows: Sequence[TargetRow], choice: Choice) -> Component:
    shown = rows[:SHOWN]
    more: list[Component] = []
    if len(rows) > len(shown):
        more = [
            html.P(
                [
                    text("overview.table_capped", shown=len(shown), count=len(rows)),
                    html.Link(
                        text("overview.table_all"),
                        href=f"/indicators{choice.query()}",
                        className="more",
                    ),
                ],
                className="note",
            )
        ]
    return html.Section(
        [
            heading(text("overview.table"), text("overview.table_note")),
            html.Table(
                [
                    html.Thead(
                        html.Tr(
                            [
                                html.Th(text(f"column.{name}"), scope="col", className=f"c-{name}")
                                for name in COLUMNS
                            ]
                        )
                    ),
                    html.Tbody([_known_line(row.target_id, row) for row in shown]),
                ],
                className="table targets",
            ),
            *more,
        ],
        className="block",
    )


@cache
def _cell(name: str, _: Language) -> Mapping[str, Any]:
    """Return what the cells of a column have in common."""
    return {"className": f"c-{name}", **attributes(data_label=text(f"column.{name}"))}


def _line(row: TargetRow) -> Component:
    where = " · ".join(part for part in (row.place, row.office) if part)

    def cell(name: str, inside: Component | str) -> Component:
        return html.Td(inside, **_cell(name, language()))

    return html.Tr(
        [
            cell("state", light_mark(row.light, row.label)),
            html.Th(
                [
                    html.Link(
                        row.name, href=f"/indicators/{row.indicator_id}?target={row.target_id}"
                    ),
                    html.Span(where, className="where"),
                    html.Span(
                        badges(row.marks, demonstration=row.demonstration), className="badges"
                    ),
                ],
                scope="row",
                className="c-indicator",
            ),
            cell("target", row.target),
            cell("deadline", day(row.deadline)),
            cell("expected", row.expected),
            cell("actual", row.actual),
            cell("gap", html.Span(row.gap, className=f"gap gap-{row.light}")),
            cell("progress", bar(row.done, row.elapsed, row.light)),
        ]
    )


_known_line = Remembered(_line, 1000)
"""The line of a row: the worst rows stand on most views and in the next state."""
