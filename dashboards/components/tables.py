"""Tables of plain HTML: real heads, and labels that stand in for them on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dash.development.base_component import Component

from dashboards.components import markup as html
from dashboards.components.attributes import attributes, content
from dashboards.messages import text

__all__ = ["SEVERITIES", "findings_table", "table"]

SEVERITIES = ("error", "warning", "note")


def table(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Component:
    """Return a table; the first column heads each row.

    Args:
        name: class of the table.
        columns: names of columns; ``column.NAME`` in the messages heads each.
        rows: content by column.
    """
    nothing = text("site.none")  # a phone leaves it out
    head = [html.Th(text(f"column.{each}"), scope="col", className=f"c-{each}") for each in columns]
    first, *rest = columns
    body = [
        html.Tr(
            [
                html.Th(row[first], scope="row", className=f"c-{first}"),
                *(
                    html.Td(
                        row[each],
                        className=f"c-{each} empty-cell" if row[each] == nothing else f"c-{each}",
                        **attributes(data_label=text(f"column.{each}")),
                    )
                    for each in rest
                ),
            ]
        )
        for row in rows
    ]
    return html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className=f"table {name}")


def findings_table(
    findings: Iterable[Mapping[str, Any]], shown: Mapping[tuple[str, str], str] | None = None
) -> Component:
    """Return findings as plain data in a table: where, how grave, what, and what to do.

    Args:
        findings: as plain data.
        shown: by sheet and cell, the id of the cell in a preview on the same page.
    """
    rows = [
        {
            "cell": _place(each, (shown or {}).get((each["sheet"], each["cell"]), "")),
            "severity": html.Span(
                text(f"severity.{each['severity']}"),
                className=f"severity severity-{each['severity']}",
            ),
            "message": html.Span(each["message"], **content()),
            "action": html.Span(each["action"], **content()),
        }
        for each in findings
    ]
    return table("findings", ("cell", "severity", "message", "action"), rows)


def _place(finding: Mapping[str, Any], mark: str) -> Component:
    """Return where a finding is, leading to the cell where a preview shows it."""
    words = "!".join(part for part in (finding["sheet"], finding["cell"]) if part)
    words = words or finding["file"]
    return html.A(words, href=f"#{mark}") if mark else html.Span(words)
