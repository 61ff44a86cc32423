"""对比: one quantity across places, in one unit."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from dash.development.base_component import Component

from dashboards.charts.comparison import comparison_figure
from dashboards.components import empty, frame, heading, light_mark
from dashboards.components import markup as html
from dashboards.components.attributes import attributes, chart
from dashboards.components.downloads import downloads
from dashboards.components.filters import chooser, select
from dashboards.components.start import first_steps
from dashboards.components.tables import table
from dashboards.messages import text
from dashboards.quantities import day, figure, period_of
from dashboards.views import Snapshot
from dashboards.views.comparison import Comparison, comparison, quantities

__all__ = ["page"]

OFFERED = 300
"""Quantities in the list."""


def page(snapshot: Snapshot, given: Mapping[str, str]) -> Component:
    """Return the comparison that the address asks for; of the most widespread quantity by default."""
    offered = quantities(snapshot)
    head = html.Div(
        [html.H1(text("nav.compare")), html.P(text("compare.note"), className="muted")],
        className="headline",
    )
    if not offered:
        return frame(head, first_steps(snapshot), snapshot=snapshot)
    mixed = given.get("mixed") == "1"
    told = comparison(
        snapshot, given.get("quantity", offered[0].key), mixed=mixed, unit=given.get("unit", "")
    )
    if told is None:
        return frame(head, empty(text("compare.none")), snapshot=snapshot)
    form = chooser(
        [
            select(
                "quantity",
                text("compare.quantity"),
                "",
                [
                    (each.key, text("compare.option", name=each.name, count=each.indicators))
                    for each in offered[:OFFERED]
                ],
                told.quantity.key,
            ),
            select(
                "unit", text("column.unit"), "", [(each, each) for each in told.units], told.unit
            ),
        ],
        note=text("filter.showing", count=len(told.rows)),
    )
    return frame(
        head,
        form,
        _mixing(told, mixed, given),
        html.Section(
            [
                chart(
                    "comparison",
                    comparison_figure(told),
                    text("compare.chart"),
                    height=90 + 46 * len(told.rows),
                ),
                html.P(text("compare.legend"), className="note"),
                downloads(
                    told.quantity.name,
                    f"/export/compare.csv?{urlencode({'quantity': told.quantity.key, **given})}",
                ),
            ],
            className="block",
        ),
        _rows(told),
        snapshot=snapshot,
    )


def _mixing(told: Comparison, mixed: bool, given: Mapping[str, str]) -> Component:
    """Return the way to take other calibers in, or the warning that they are."""
    if not told.others:
        return html.P("", className="note")
    kept = {name: value for name, value in given.items() if name != "mixed"}
    if mixed:
        return html.P(
            [
                html.Strong(text("compare.mixed")),
                html.Link(
                    text("compare.unmix"), href=f"/compare?{urlencode(kept)}", className="more"
                ),
            ],
            className="banner",
        )
    kept["mixed"] = "1"
    return html.P(
        html.Link(
            text("compare.mix", count=told.others),
            href=f"/compare?{urlencode(kept)}",
            className="more",
        ),
        className="note mixing",
    )


def _rows(told: Comparison) -> Component:
    lines = []
    for row in told.rows:
        name: list[Component] = [html.Link(row.name, href=f"/indicators/{row.indicator_id}")]
        if not row.same:
            name.append(html.Span(text("compare.other"), className="badge"))
        lines.append(
            {
                "place": row.place,
                "indicator": name,
                "target": figure(row.target, told.unit, scale=told.scale),
                "deadline": day(row.deadline),
                "actual": figure(row.actual, told.unit, scale=told.scale),
                "period": period_of(row.period_end) if row.period_end else text("site.none"),
                "state": light_mark(row.light, row.label) if row.label else text("site.none"),
            }
        )
    columns = ("indicator", "place", "target", "deadline", "actual", "period", "state")
    return html.Section(
        [heading(text("compare.table")), table("compared", columns, lines)],
        className="block",
        **attributes(aria_label=text("compare.table")),
    )
