"""The table of actual values: each with the cell or sentence it stands in, and what it replaced."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from dash.development.base_component import Component

from dashboards.components import badges, empty, heading
from dashboards.components import markup as html
from dashboards.components.attributes import attributes
from dashboards.messages import text
from dashboards.quantities import period_of
from dashboards.views.evidence import address, cell_address
from dashboards.views.story import Story, Value

__all__ = ["values_table"]

CHINA = ZoneInfo("Asia/Shanghai")


def values_table(told: Story) -> Component:
    """Return every actual value of an indicator with its source, latest first."""
    if not told.values:
        body: Component = empty(text("indicator.values_empty"))
    else:
        columns = ("period", "value", "source", "recorded")
        body = html.Table(
            [
                html.Thead(
                    html.Tr(
                        [
                            html.Th(text(f"column.{name}"), scope="col", className=f"c-{name}")
                            for name in columns
                        ]
                    )
                ),
                html.Tbody([_line(value) for value in told.values]),
            ],
            className="table values",
        )
    return html.Section(
        [heading(text("indicator.values"), text("indicator.values_note")), body],
        className="block",
        id="values",
    )


def _source(value: Value) -> list[Component | str]:
    if value.document_digest:
        return [
            html.Span(text(f"source.{value.source}")),
            html.Link(
                text("indicator.evidence_open"),
                href=address(value.document_digest, value.commitment_id),
                className="cell",
            ),
        ]
    cell = text("indicator.cell", file=value.file_name, sheet=value.sheet, cell=value.cell)
    link: Component = html.Span(cell, className="cell")
    if value.file_digest:
        href = cell_address(value.file_digest, value.sheet, value.cell)
        link = html.Link(cell, href=href, className="cell")
    return [html.Span(value.origin), link]


def _line(value: Value) -> Component:
    before = [
        html.Span(
            [
                text("indicator.restated", value=each.shown),
                html.Span(
                    text(
                        "indicator.restated_on",
                        day=each.known_at.astimezone(CHINA).date().isoformat(),
                    ),
                    className="muted",
                ),
            ],
            className="earlier",
        )
        for each in value.earlier
    ]
    marks = [text("indicator.judged")] if value.judged else []
    if value.pending:
        marks.append(text("indicator.pending"))
    if value.earlier:
        marks.append(text("indicator.restated_title"))

    def cell(name: str, *inside: Component | str) -> Component:
        return html.Td(
            list(inside), className=f"c-{name}", **attributes(data_label=text(f"column.{name}"))
        )

    basis = text(f"accumulation.{value.basis}") if value.basis else ""
    return html.Tr(
        [
            html.Th(
                [period_of(value.period_end), html.Span(basis, className="where")],
                scope="row",
                className="c-period",
            ),
            cell(
                "value",
                html.Span(value.shown, className="value"),
                html.Span(badges(marks, demonstration=value.demonstration), className="badges"),
                *before,
                html.Span(
                    text("indicator.restated_why", reason=value.reason), className="where restated"
                )
                if value.earlier and value.reason
                else "",
            ),
            cell("source", *_source(value)),
            cell(
                "recorded",
                value.known_at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"),
                html.Span(value.who, className="where"),
            ),
        ],
        className="judged" if value.judged else None,
    )
