"""Large tables: the community grid in Chinese, fed block by block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_ag_grid as dag
from dash.development.base_component import Component

from dashboards.messages import section, text

__all__ = ["PAGE", "grid"]

PAGE = 50
"""Rows of a page."""
HEAD, ROW, FOOT = 44, 44, 62
"""Heights in pixels: the head, a row, the pages' line with room for a scroll bar."""


def grid(name: str, columns: Sequence[dict[str, Any]], count: int) -> Component:
    """Return a grid that asks for its rows page by page.

    Args:
        name: id of the component.
        columns: definitions as the grid takes them, ``headerName`` filled from the messages.
        count: rows in all; the grid is as high as its first page, so that the page scrolls, not it.
    """
    table: Component = dag.AgGrid(
        id=name,
        columnDefs=[
            {"headerName": text(f"column.{each['field']}"), "sortable": False, **each}
            for each in columns
        ],
        defaultColDef={
            "resizable": True,
            "suppressMovable": True,
            "suppressHeaderMenuButton": True,
        },
        rowModelType="infinite",
        getRowId="params.data.id",
        dashGridOptions={
            "localeText": dict(section("grid")),
            "pagination": True,
            "paginationPageSize": PAGE,
            "paginationPageSizeSelector": [20, PAGE, 100],
            "cacheBlockSize": PAGE,
            "maxBlocksInCache": 4,
            "rowHeight": ROW,
            "headerHeight": 40,
            "rowClassRules": {"group-row": "params.data && params.data.group"},
            "suppressCellFocus": False,
            "enableCellTextSelection": True,
            "domLayout": "normal",
        },
        className="grid",
        style={"height": f"{HEAD + ROW * min(PAGE, count) + FOOT}px"},
    )
    return table
