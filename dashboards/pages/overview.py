"""总览: how many lights of each colour, what is worst, what comes due, and all targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.charts import progress_figure
from dashboards.components import badges, bar, empty, frame, heading, light_mark
from dashboards.components.attributes import attributes, chart
from dashboards.components.filters import chooser, target_selects
from dashboards.components.lights import glyph
from dashboards.messages import text
from dashboards.pages.overview_parts import changes, groups, share_bar
from dashboards.quantities import day
from dashboards.views import Choice, Snapshot, TargetRow, choose
from indicators.assessment.verdict import (
    LIGHTS,
    STATE_LABELS,
    STATE_LIGHTS,
    STATES,
    Light,
    State,
)

__all__ = ["page"]

SHOWN = 40
"""Rows of the list here; the page 指标 holds all of them."""
AHEAD = 7
"""Deadlines listed."""


def page(snapshot: Snapshot, choice: Choice) -> Component:
    """Return the overview of the targets that the address chooses."""
    if not snapshot.rows:
        return frame(
            html.H1(text("overview.title"), className="visually-hidden"),
            empty(text("overview.empty"), text("overview.empty_action")),
            snapshot=snapshot,
        )
    rows = choose(snapshot.rows, choice)
    if not rows:
        body: list[Component] = [empty(text("overview.no_match"))]
    else:
        body = [
            _headline(rows),
            _board(rows, choice),
            html.Div(
                [_progress(rows), _deadlines(rows, snapshot.assessment.as_of)], className="columns"
            ),
            *changes(snapshot, rows),
            *groups(rows, choice),
            _table(rows, choice),
        ]
    return frame(_filters(snapshot, choice, len(rows)), *body, snapshot=snapshot)


def _filters(snapshot: Snapshot, choice: Choice, count: int) -> Component:
    return chooser(
        target_selects(snapshot, choice),
        clear=f"/{Choice(quarter=choice.quarter).query()}" if choice.narrowed else "",
        note=text("filter.showing", count=count),
    )


def _headline(rows: Sequence[TargetRow]) -> Component:
    lights = Counter(row.light for row in rows)
    total = len(rows)
    if lights["red"]:
        words = text("overview.headline_red", total=total, red=lights["red"])
    elif lights["yellow"]:
        words = text("overview.headline_yellow", total=total, yellow=lights["yellow"])
    elif lights["green"]:
        words = text("overview.headline_calm", total=total)
    else:
        words = text("overview.headline_grey", total=total, grey=lights["grey"])
    worst = rows[0]
    lead: list[Component] = []
    if worst.light in ("red", "yellow"):
        lead.append(
            html.P(
                [
                    html.Span(text("overview.worst"), className="lead-label"),
                    dcc.Link(
                        f"{worst.place} {worst.name}", href=f"/indicators/{worst.indicator_id}"
                    ),
                    html.Span(f"{text('column.actual')} {worst.actual}"),
                    html.Span(f"{text('column.expected')} {worst.expected}"),
                    light_mark(worst.light, worst.label),
                ],
                className="lead",
            )
        )
    return html.Div([html.H1(words), *lead], className="headline")


def _board(rows: Sequence[TargetRow], choice: Choice) -> Component:
    lights = Counter(row.light for row in rows)
    states = Counter(row.state for row in rows)
    return html.Section(
        [
            html.H2(text("overview.lights"), className="visually-hidden"),
            share_bar(lights),
            html.Div(
                [_count(light, lights[light], states, choice) for light in LIGHTS],
                className="counts",
            ),
        ],
        className="board",
    )


def _count(light: Light, count: int, states: Counter[State], choice: Choice) -> Component:
    parts = [
        dcc.Link(
            [
                html.Span(STATE_LABELS[state]),
                html.Span(str(states[state]), className="part-number"),
            ],
            href=f"/{choice.query(light=state)}",
            className="part" if states[state] else "part part-none",
        )
        for state in STATES
        if STATE_LIGHTS[state] == light and (states[state] or light == "grey")
    ]
    return html.Div(
        [
            dcc.Link(
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


def _progress(rows: Sequence[TargetRow]) -> Component:
    drawn = progress_figure(rows)
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
            html.P("".join(notes), className="note"),
        ],
        className="column-main",
    )


def _left(deadline: date, as_of: date) -> str:
    days = (deadline - as_of).days
    if days == 0:
        return text("overview.today")
    if days < 0:
        return text("overview.days_over", days=-days)
    return text("overview.days_left", days=days)


def _deadlines(rows: Sequence[TargetRow], as_of: date) -> Component:
    ahead = sorted(
        (row for row in rows if row.deadline and row.deadline >= as_of),
        key=lambda row: (row.deadline or as_of, rows.index(row) if len(rows) < 500 else 0),
    )[:AHEAD]
    items: list[Component] = []
    last: date | None = None
    for row in ahead:
        if row.deadline and row.deadline != last:
            last = row.deadline
            items.append(
                html.Li(
                    [
                        html.Time(day(last), dateTime=day(last)),
                        html.Span(_left(last, as_of), className="muted"),
                    ],
                    className="due-day",
                )
            )
        items.append(
            html.Li(
                [
                    light_mark(row.light, row.label),
                    dcc.Link(row.name, href=f"/indicators/{row.indicator_id}"),
                    html.Span(f"{row.place} {row.target}", className="muted"),
                ],
                className="due",
            )
        )
    return html.Section(
        [
            heading(text("overview.deadlines"), text("overview.deadlines_note")),
            html.Ol(items, className="timeline")
            if items
            else empty(text("overview.deadlines_empty")),
        ],
        className="column-side",
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
                    dcc.Link(
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
                    html.Tbody([_line(row) for row in shown]),
                ],
                className="table targets",
            ),
            *more,
        ],
        className="block",
    )


def _line(row: TargetRow) -> Component:
    where = " · ".join(part for part in (row.place, row.office) if part)

    def cell(name: str, *inside: Component | str) -> Component:
        return html.Td(
            list(inside), className=f"c-{name}", **attributes(data_label=text(f"column.{name}"))
        )

    return html.Tr(
        [
            cell("state", light_mark(row.light, row.label)),
            html.Th(
                [
                    dcc.Link(
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
