"""The answer to an upload: outcome, what changed, findings at the cell, the sheet as a preview."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from dash.development.base_component import Component

from dashboards.access import current_person
from dashboards.answers import Answers
from dashboards.components import frame, heading, notice
from dashboards.components import markup as html
from dashboards.components.attributes import attributes
from dashboards.components.tables import SEVERITIES, findings_table, table
from dashboards.messages import joined, text
from dashboards.views import Snapshot
from dashboards.views.leaf import short

__all__ = ["page"]

_NUMBER = re.compile(r"[≥≤≈]?-?[\d,.]+[%\u4e07\u4ebf]?|\d{4}-\d\d-\d\d")


CHANGES = ("added", "restated", "unchanged")


def page(snapshot: Snapshot, answers: Answers, token: str) -> Component:
    """Return the answer kept under a token, to the person whom it was given."""
    told = answers.get(token, current_person().name)
    if told is None:
        return notice(text("answer.gone"), text("answer.gone_action"))
    receipt: Mapping[str, Any] = told["receipt"]
    findings = sorted(receipt["findings"], key=lambda each: SEVERITIES.index(each["severity"]))
    tools: list[Component] = [
        html.Link(
            text("answer.back"),
            href=f"/submissions?quarter={receipt['quarter']}",
            className="button",
        )
    ]
    if findings:
        tools.insert(
            0,
            html.A(
                text("answer.marked"),
                href=f"/answers/{token}/marked.xlsx",
                className="button button-main",
            ),
        )
    return frame(
        html.Div(
            [
                html.P(text("answer.kicker"), className="kicker"),
                html.H1(receipt["words"]),
                html.P(receipt["sentence"], className="lead lead-small"),
                html.Div(tools, className="tools no-print"),
            ],
            className=f"headline outcome-{receipt['outcome']}",
            role="status",
        ),
        *(_findings(findings, _marks(told["sheets"])) if findings else ()),
        *_changes(receipt),
        *_flips(receipt),
        *(_preview(sheet, findings, number) for number, sheet in enumerate(told["sheets"])),
        snapshot=snapshot,
    )


def _marks(sheets: Sequence[Mapping[str, Any]]) -> Mapping[tuple[str, str], str]:
    """Return the ids of the cells that are shown."""
    return {
        (sheet["name"], f"{column}{number}"): f"at-{place}-{column}{number}"
        for place, sheet in enumerate(sheets)
        for number, _ in sheet["rows"]
        for column in sheet["columns"]
    }


def _findings(
    findings: Sequence[Mapping[str, Any]], shown: Mapping[tuple[str, str], str]
) -> tuple[Component, ...]:
    return (
        html.Section(
            [
                heading(text("answer.findings", count=len(findings))),
                findings_table(findings, shown),
            ]
        ),
    )


def _changes(receipt: Mapping[str, Any]) -> tuple[Component, ...]:
    rows = [
        {
            "indicator": each["indicator"],
            "change": text(f"answer.{sort}"),
            "old": text("site.none") if each["old"] is None else f"{each['old']} {each['unit']}",
            "new": f"{each['new']} {each['unit']}",
            "cell": each["place"],
        }
        for sort in CHANGES
        for each in receipt[sort]
    ]
    if not rows:
        return ()
    columns = ("indicator", "change", "old", "new", "cell")
    return (html.Section([heading(text("answer.changes")), table("changes", columns, rows)]),)


def _flips(receipt: Mapping[str, Any]) -> tuple[Component, ...]:
    rows = [
        {name: each[name] for name in ("indicator", "before", "after", "why")}
        for each in receipt["flips"]
    ]
    if not rows:
        return ()
    columns = ("indicator", "before", "after", "why")
    return (html.Section([heading(text("answer.flips")), table("flips", columns, rows)]),)


def _preview(
    sheet: Mapping[str, Any], findings: Sequence[Mapping[str, Any]], place: int
) -> Component:
    marks: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for each in findings:
        if each["sheet"] == sheet["name"]:
            marks[each["cell"]].append(each)

    def cell(column: str, number: int, words: str) -> Component:
        found = marks.get(f"{column}{number}")
        words, kind = short(words), "number" if _NUMBER.fullmatch(words) else None
        if not found:
            return html.Td(words, className=kind)
        worst = min((each["severity"] for each in found), key=SEVERITIES.index)
        said = joined((each["message"] for each in found), "clause")
        return html.Td(
            [words, html.Span(said, className="visually-hidden")],
            className=f"cell-{worst}",
            title=said,
            id=f"at-{place}-{column}{number}",
        )

    def line(number: int, cells: Mapping[str, str]) -> list[Component]:
        first = columns[0]
        # A title or a signature line is merged over the sheet; so it is here.
        if [column for column in columns if cells.get(column)] == [first] and not any(
            f"{column}{number}" in marks for column in columns
        ):
            return [html.Td(cells[first], colSpan=str(len(columns)), className="across")]
        return [cell(column, number, cells.get(column, "")) for column in columns]

    columns = sheet["columns"]
    return html.Section(
        [
            heading(text("answer.preview", sheet=sheet["name"])),
            html.Div(
                html.Table(
                    [
                        html.Thead(
                            html.Tr([html.Td(""), *(html.Th(c, scope="col") for c in columns)])
                        ),
                        html.Tbody(
                            [
                                html.Tr(
                                    [
                                        html.Th(str(number), scope="row"),
                                        *line(number, cells),
                                    ]
                                )
                                for number, cells in sheet["rows"]
                            ]
                        ),
                    ],
                    className="sheet",
                ),
                className="sheet-scroll",
                tabIndex="0",
                role="region",
                **attributes(aria_label=text("answer.preview", sheet=sheet["name"])),
            ),
        ]
    )
