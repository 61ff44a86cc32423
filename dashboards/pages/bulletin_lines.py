"""通报: the targets of one light, each with its sentence, its grounds and the ways to them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from dash.development.base_component import Component

from dashboards.components import badges, heading
from dashboards.components import markup as html
from dashboards.components.attributes import attributes, content
from dashboards.messages import text
from dashboards.pages.bulletin_choice import chosen_of
from dashboards.quantities import day
from dashboards.views.grounds import Grounds
from indicators.assessment.verdict import Light
from indicators.bulletin.content import Bulletin, Line
from indicators.bulletin.words import POINTS

__all__ = ["bulletin_lines"]

COLUMNS = ("indicator", "target", "deadline", "expected", "actual", "gap_short")


def bulletin_lines(told: Bulletin, light: Light, where: Mapping[str, Grounds]) -> Component:
    lines = told.of(light)
    return html.Section(
        [
            heading(text("bulletin.of_light", light=text(f"light.{light}"), count=len(lines))),
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
                    html.Tbody(
                        [
                            row
                            for line in lines
                            for row in _rows(line, told, where.get(line.target_id))
                        ]
                    ),
                ],
                className="table bulletin-lines",
            ),
        ]
    )


def _gap(line: Line) -> str:
    """Return the gap in the language of the page."""
    number = line.gap.removesuffix(POINTS)
    return line.gap if number == line.gap else text("indicator.points", gap=number)


def _rows(line: Line, told: Bulletin, where: Grounds | None) -> tuple[Component, Component]:
    figures = (line.target, day(line.deadline), line.expected, line.actual, _gap(line))
    order: list[Component] = []
    if line.office and (line.light in ("red", "yellow")):
        asked = urlencode({**chosen_of(told), "of": line.place, "office": line.office})
        order.append(
            html.A(
                text("bulletin.order", office=line.office),
                href=f"/bulletin.docx?{asked}",
                className="more no-print",
            )
        )
    source = " · ".join(part for part in (line.document, line.section) if part)
    return (
        html.Tr(
            [
                html.Th(
                    [
                        html.Link(
                            f"{line.place} {line.name}",
                            href=f"/indicators/{where.indicator_id}?target={line.target_id}",
                            className="line-name",
                        )
                        if where
                        else html.Span(f"{line.place} {line.name}", className="line-name"),
                        html.Span(badges(line.marks), className="badges"),
                        html.Span([line.office, *order], className="where"),
                    ],
                    scope="row",
                ),
                *(
                    html.Td(value, **attributes(data_label=text(f"column.{name}")))
                    for name, value in zip(COLUMNS[1:], figures, strict=True)
                ),
            ]
        ),
        html.Tr(
            html.Td(
                [
                    html.P(line.sentence, className="told", **content()),
                    html.P(
                        [
                            text("bulletin.stated", quote=line.quote, source=source),
                            _open(where.statement if where else "", "indicator.evidence_open"),
                        ]
                        if line.quote
                        else text("bulletin.unstated"),
                        className="muted",
                    ),
                    html.P(line.repeat, className="told", **content()) if line.repeat else "",
                    html.P(
                        [
                            text("bulletin.cell", cell=line.cell),
                            _open(where.cell if where else "", "bulletin.cell_open"),
                        ],
                        className="muted",
                    )
                    if line.cell
                    else "",
                    html.P(text("bulletin.revised", words=line.revised), className="muted")
                    if line.revised
                    else "",
                ],
                colSpan=str(len(COLUMNS)),
            ),
            className="below",
        ),
    )


def _open(href: str, words: str) -> Component | str:
    """Return the way to where a figure stands; a printed page has the words before it alone."""
    return html.Link(text(words), href=href, className="more no-print") if href else ""
