"""工作簿: the sheet around the cell that a value came from."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash.development.base_component import Component

from dashboards.access import may_take
from dashboards.components import frame, notice
from dashboards.components import markup as html
from dashboards.messages import text
from dashboards.views import Snapshot
from dashboards.views.leaf import COLUMNS, ROWS, Leaf, LeafCell, file_name, leaf
from indicators.errors import StoreError

__all__ = ["page"]


def page(snapshot: Snapshot, digest: str, sheet: str = "", cell: str = "") -> Component:
    """Return the page of a kept workbook, one cell marked."""
    whole = may_take(snapshot.reader, digest)
    try:
        shown = leaf(snapshot, digest, sheet, cell, whole=whole)
    except StoreError:
        return notice(text("workbook.missing"), text("workbook.missing_action"))
    if shown is None:
        head = _head(file_name(snapshot.reader, digest), digest, "", whole=whole)
        return frame(
            head,
            html.P(text("workbook.unreadable"), className="empty"),
            *([html.P(text("workbook.unreadable_action"), className="muted")] if whole else ()),
            snapshot=snapshot,
        )
    where = text("workbook.where", sheet=shown.sheet, cell=cell) if cell else shown.sheet
    note = text("workbook.capped", rows=ROWS, columns=COLUMNS) if shown.capped else ""
    return frame(
        _head(shown.name, digest, where, whole=whole),
        _sheets(shown, digest),
        html.Div(_grid(shown), className="sheet-scroll", tabIndex="0", role="region"),
        html.P(note, className="note"),
        snapshot=snapshot,
    )


def _head(name: str, digest: str, where: str, *, whole: bool) -> Component:
    download = html.A(text("workbook.download"), href=f"/files/{digest}", className="more")
    return html.Div(
        [
            html.P(text("workbook.title"), className="kicker"),
            html.H1(name, className="file-name"),
            html.P(
                [html.Span(where, className="sheet-where"), *([download] if whole else ())],
                className="lead lead-small",
            ),
            *(() if whole else [html.P(text("workbook.blotted_note"), className="muted")]),
        ],
        className="headline",
    )


def _sheets(shown: Leaf, digest: str) -> Component:
    links = [
        html.Link(
            name,
            href=f"/workbooks/{digest}?{urlencode({'sheet': name})}",
            className="sheet-tab sheet-tab-here" if name == shown.sheet else "sheet-tab",
        )
        for name in shown.sheets
    ]
    return html.Div(links, className="sheet-tabs")


def _grid(shown: Leaf) -> Component:
    return html.Table(
        [
            html.Thead(
                html.Tr(
                    [html.Td(""), *(html.Th(name, scope="col") for name in shown.columns)],
                )
            ),
            html.Tbody(
                [
                    html.Tr([html.Th(str(number), scope="row"), *(_cell(each) for each in cells)])
                    for number, cells in shown.rows
                ]
            ),
        ],
        className="sheet",
    )


def _cell(cell: LeafCell) -> Component:
    classes = [name for name, on in (("cell-here", cell.chosen), ("number", cell.number)) if on]
    named: dict[str, Any] = {"id": "cell"} if cell.chosen else {}
    return html.Td(
        cell.text,
        colSpan=str(cell.across),
        rowSpan=str(cell.down),
        className=" ".join(classes) or None,
        **named,
    )
