"""Parts of the overview below the fold: what changed since the last board, and groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import heading, light_mark
from dashboards.components.attributes import attributes
from dashboards.components.lights import glyph
from dashboards.messages import text
from dashboards.quantities import quarter
from dashboards.views import Choice, Snapshot, TargetRow
from indicators.assessment.verdict import CAUSES, LIGHTS, STATE_LABELS, Light

__all__ = ["changes", "groups", "share_bar"]

SHOWN = 8
GROUPS = 12


def share_bar(lights: Mapping[Light, int]) -> Component:
    """Return the bar that shows how many targets stand in each light."""
    counts = "，".join(f"{text(f'light.{light}')} {lights.get(light, 0)}" for light in LIGHTS)
    return html.Div(
        [
            html.Span(className=f"share-part bar-{light}", style={"flexGrow": str(lights[light])})
            for light in LIGHTS
            if lights.get(light)
        ],
        className="share",
        role="img",
        **attributes(aria_label=text("overview.share", counts=counts)),
    )


def changes(snapshot: Snapshot, rows: Sequence[TargetRow]) -> list[Component]:
    """Return what changed since the last issued board; nothing where none was issued."""
    told = snapshot.changes
    if told is None:
        return []
    board, found = told
    known = {row.target_id: row for row in rows}
    seen = [(change, known[change.target_id]) for change in found if change.target_id in known]
    title = board.title or quarter(board.quarter)
    if not seen:
        note = text("overview.changes_none", title=title)
        return [html.Section([heading(text("overview.changes"), note)], className="block")]
    items = []
    for change, row in seen[:SHOWN]:
        before = STATE_LABELS[change.before_state] if change.before_state else text("site.none")
        why = "、".join(CAUSES[cause] for cause in change.causes if CAUSES[cause])
        items.append(
            html.Li(
                [
                    light_mark(row.light, row.label),
                    dcc.Link(row.name, href=f"/indicators/{row.indicator_id}"),
                    html.Span(row.place, className="muted"),
                    html.Span(text("overview.change_before", before=before), className="muted"),
                    html.Span(why, className="badge") if why else "",
                ]
            )
        )
    note = text("overview.changes_from", title=title, count=len(seen))
    return [
        html.Section(
            [heading(text("overview.changes"), note), html.Ul(items, className="plain")],
            className="block",
        )
    ]


def groups(rows: Sequence[TargetRow], choice: Choice) -> list[Component]:
    """Return the lights by place and by office, side by side; nothing where there is one of each."""
    made = [
        part
        for part in (
            _group(rows, choice, "place", [row.place for row in rows]),
            _group(rows, choice, "office", [row.office for row in rows]),
        )
        if part is not None
    ]
    return [html.Div(made, className="columns columns-even")] if made else []


def _group(
    rows: Sequence[TargetRow], choice: Choice, name: str, values: Sequence[str]
) -> Component | None:
    counts: dict[str, Counter[Light]] = {}
    for row, value in zip(rows, values, strict=True):
        if value:
            counts.setdefault(value, Counter())[row.light] += 1
    if len(counts) < 2:
        return None
    worst = sorted(counts, key=lambda each: (-counts[each]["red"], -counts[each]["yellow"], each))
    lines = [
        html.Tr(
            [
                html.Th(dcc.Link(each, href=f"/{choice.query(**{name: each})}"), scope="row"),
                *(
                    html.Td(
                        [
                            glyph(light),
                            str(counts[each][light]) if counts[each][light] else text("site.none"),
                        ],
                        className="number" if counts[each][light] else "number muted",
                    )
                    for light in LIGHTS
                ),
                html.Td(share_bar(counts[each]), className="c-share"),
            ]
        )
        for each in worst[:GROUPS]
    ]
    head = [
        html.Th(text(f"filter.{name}"), scope="col"),
        *(
            html.Th(
                [glyph(light), html.Span(text(f"light.{light}"))], scope="col", className="number"
            )
            for light in LIGHTS
        ),
        html.Th(text("overview.share_head"), scope="col"),
    ]
    note = [
        html.P(text("overview.groups_capped", shown=GROUPS, count=len(counts)), className="note")
    ]
    return html.Section(
        [
            heading(text(f"overview.by_{name}")),
            html.Table([html.Thead(html.Tr(head)), html.Tbody(lines)], className="table groups"),
            *(note if len(counts) > GROUPS else ()),
        ]
    )
