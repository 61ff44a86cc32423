"""指标: the grid of all targets."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from dashboards.components import empty, frame
from dashboards.components import markup as html
from dashboards.components.attributes import attributes
from dashboards.components.filters import chooser, search, select, target_selects
from dashboards.components.grid import grid
from dashboards.components.start import first_steps
from dashboards.messages import language, text
from dashboards.views import Choice, Snapshot
from dashboards.views.listing import COLUMNS
from dashboards.views.roll import GROUPS

__all__ = ["page"]

_SHAPES: dict[str, dict[str, Any]] = {
    "state": {"cellRenderer": "LightCell", "sortable": True, "width": 118},
    "indicator": {
        "cellRenderer": "LinkCell",
        # A group's line has room for its name and counts over the columns beside.
        "colSpan": {"function": "params.data && params.data.group ? 6 : 1"},
        "sortable": True,
        "minWidth": 130,
        "tooltipField": "indicator",
        "flex": 1,
    },
    "place": {"sortable": True, "width": 112, "tooltipField": "place"},
    "office": {"sortable": True, "width": 132, "tooltipField": "office"},
    "target": {"width": 112, "type": "rightAligned"},
    "deadline": {"sortable": True, "width": 106},
    "expected": {"width": 116, "type": "rightAligned"},
    "actual": {"width": 104, "type": "rightAligned"},
    "gap": {
        "sortable": True,
        "wrapHeaderText": True,
        "width": 84,
        "type": "rightAligned",
    },
    "trend": {"cellRenderer": "SparkCell", "width": 110},
}
_WIDER = {("state", "en"): {"width": 152}, ("actual", "en"): {"width": 124}}
"""Columns whose words are longer in another language."""


def _grouping(choice: Choice) -> Component:
    options = [(name, text(f"filter.{name}")) for name in ("place", "office", "document")]
    return select("group", text("filter.group"), text("filter.no_group"), options, choice.group)


def page(snapshot: Snapshot, choice: Choice) -> Component:
    """Return the page of the grid; its rows come by callback."""
    roll = snapshot.chosen(choice)
    count = len(roll.rows)
    lines = next((len(roll.groups[each]) + 1 for each in GROUPS if each == choice.group), 0)
    query = choice.query()
    cleared = (
        f"/indicators{Choice(quarter=choice.quarter, group=choice.group).query()}"
        if choice.narrowed
        else ""
    )
    body: Component = (
        html.Div(
            grid(
                "targets",
                [
                    {
                        "field": name,
                        "headerName": text(f"column.{name}"),
                        **_SHAPES[name],
                        **_WIDER.get((name, language()), {}),
                    }
                    for name in COLUMNS
                ],
                count + lines,
            ),
            className="grid-frame",
            role="region",
            **attributes(aria_label=text("nav.indicators")),
            key=query,
        )
        if count
        else empty(text("overview.no_match"))
        if snapshot.rows
        else first_steps(snapshot)
    )
    return frame(
        html.Div(
            [html.H1(text("nav.indicators")), html.P(text("listing.note"), className="muted")],
            className="headline",
        ),
        chooser(
            [search(choice.search), *target_selects(snapshot, choice), _grouping(choice)],
            clear=cleared,
            note=text("filter.showing", count=count),
        ),
        body,
        *(
            [
                html.P(
                    html.A(
                        text("listing.csv"), href=f"/export/targets.csv{query}", className="more"
                    ),
                    className="downloads",
                )
            ]
            if count
            else ()
        ),
        snapshot=snapshot,
    )
