"""Parts of the overview below the fold: what changed since the last board, and groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash.development.base_component import Component

from dashboards.components import heading, light_mark
from dashboards.components import markup as html
from dashboards.components.attributes import attributes, content
from dashboards.components.lights import glyph
from dashboards.components.quote import sentence
from dashboards.messages import joined, language, text
from dashboards.quantities import quarter, signed
from dashboards.remembering import Remembered
from dashboards.theme import GRAVITY
from dashboards.views import Choice, Snapshot, TargetRow
from dashboards.views.evidence import brief, evidence
from dashboards.views.roll import GROUPS, Group, Members, Roll
from dashboards.views.rows import SECTION
from indicators.assessment.verdict import STATE_LIGHTS, Light, State

if TYPE_CHECKING:
    from indicators.assessment.changes import Change
    from indicators.model import BoardLine

__all__ = ["changes", "groups", "share_bar", "worst"]

SHOWN = 8
"""Changes listed."""
LISTED = 12
"""Places, offices, documents listed."""


def share_bar(lights: Mapping[Light, int]) -> Component:
    """Return the bar that shows how many targets stand in each light."""
    counts = joined(
        (f"{text(f'light.{light}')} {lights.get(light, 0)}" for light in GRAVITY), "comma"
    )
    return html.Div(
        [
            html.Span(className=f"share-part bar-{light}", style={"flexGrow": str(lights[light])})
            for light in GRAVITY
            if lights.get(light)
        ],
        className="share",
        role="img",
        **attributes(aria_label=text("overview.share", counts=counts)),
    )


def worst(snapshot: Snapshot, row: TargetRow) -> list[Component]:
    """Return the target that asks for attention first: what, how far, and where it is written."""
    if row.light not in ("red", "yellow"):
        return []
    stated = evidence(snapshot, row.verdict.target.commitments[:1])
    quoted = [
        html.Figure(
            [
                html.Blockquote(sentence(brief(each)), **content()),
                html.Figcaption(
                    [
                        html.Cite(text("overview.cited", title=each.document)),
                        html.Link(
                            text("indicator.evidence_open"), href=each.link, className="more"
                        ),
                    ]
                ),
            ],
            className="worst-quote",
        )
        for each in stated
    ]
    return [
        html.Section(
            [
                html.H2(text("overview.worst"), className="worst-label"),
                html.Div(
                    [
                        html.P(
                            [
                                light_mark(row.light, row.label),
                                html.Link(
                                    f"{row.place} {row.name}",
                                    href=f"/indicators/{row.indicator_id}?target={row.target_id}",
                                    className="worst-name",
                                ),
                                html.Span(row.office, className="muted"),
                            ],
                            className="worst-what",
                        ),
                        html.P(row.verdict.sentence(language()), className="worst-why"),
                    ],
                    className="worst-main",
                ),
                *quoted,
            ],
            className="worst",
        )
    ]


def changes(snapshot: Snapshot, choice: Choice) -> list[Component]:
    """Return what changed since the last issued board; nothing where none was issued."""
    board = snapshot.board
    if board is None:
        return []
    moved, seen = snapshot.moved, snapshot.moved_of(choice)
    title = board.title or quarter(board.quarter)
    if not seen:
        note = text("overview.changes_none", title=title)
        return [html.Section([heading(text("overview.changes"), note)], className="block")]
    shown = seen[:SHOWN]
    why = snapshot.why(shown)
    items = [
        _change(row, moved[row.target_id], why.get(row.target_id), snapshot.frozen) for row in shown
    ]
    note = text("overview.changes_from", title=title, count=len(seen))
    rest = (
        [
            html.P(
                [
                    text("overview.changes_capped", shown=len(shown)),
                    html.Link(
                        text("overview.changes_all"),
                        href=f"/bulletin{Choice(quarter=choice.quarter).query()}",
                    ),
                ],
                className="note",
            )
        ]
        if len(seen) > len(shown)
        else []
    )
    return [
        html.Section(
            [heading(text("overview.changes"), note), html.Ul(items, className="changed"), *rest],
            className="block",
        )
    ]


def _change(
    row: TargetRow, before: State | None, told: Change | None, frozen: Mapping[str, BoardLine]
) -> Component:
    causes = joined(text(f"cause.{cause}") for cause in told.causes if cause) if told else ""
    return html.Li(
        [
            html.Span(
                [
                    light_mark(STATE_LIGHTS[before], text(f"state.{before}"))
                    if before
                    else html.Span(text("overview.change_new"), className="muted"),
                    html.Span(text("overview.change_to"), className="muted"),
                    light_mark(row.light, row.label),
                ],
                className="change-step",
            ),
            html.Span(
                [
                    html.Link(
                        row.name, href=f"/indicators/{row.indicator_id}?target={row.target_id}"
                    ),
                    html.Span(row.place, className="muted"),
                ],
                className="change-what",
            ),
            html.Span(_moved_by(row, frozen.get(row.target_id)), className="change-gap"),
            html.Span(causes, className="badge") if causes else "",
        ]
    )


def _moved_by(row: TargetRow, line: BoardLine | None) -> str:
    """Return the gap on the board and now; empty where one of them has none."""
    if line is None or line.gap_points is None or row.verdict.gap_points is None:
        return ""
    return text("overview.change_gap", before=signed(line.gap_points), after=row.gap)


def groups(snapshot: Snapshot, roll: Roll, choice: Choice) -> list[Component]:
    """Return the lights by place, office, document and section, where there is more than one.

    Sections are those of one document: headings of different papers do not belong together.
    """
    named: list[tuple[Group, Component | None]] = [
        (group, _group(snapshot, roll, choice, group))
        for group in GROUPS
        if group != "section" or choice.document
    ]
    made = [part for _, part in named if part is not None]
    return [html.Div(made, className="columns columns-even groupings")] if made else []


def _label(snapshot: Snapshot, group: Group, value: str) -> str:
    if group == "document":
        known = snapshot.documents.get(value)
        return (known.title or known.document) if known else value
    return value.replace(SECTION, " › ") if group == "section" else value


def _group(snapshot: Snapshot, roll: Roll, choice: Choice, group: Group) -> Component | None:
    count = len(roll.groups[group])
    if count < 2:
        return None
    lines = []
    for value, members in roll.worst(group, LISTED):
        href, label = f"/{choice.query(**{group: value})}", _label(snapshot, group, value)
        first, *rest = _known_cells((group, value), members)
        name = [html.Link(label, href=href), *first]
        lines.append(html.Tr([html.Th(name, scope="row"), *rest]))
    head = [
        html.Th(text(f"filter.{group}"), scope="col"),
        *(
            html.Th(
                [glyph(light), html.Span(text(f"light.{light}"))], scope="col", className="number"
            )
            for light in GRAVITY
        ),
        html.Th(text("overview.share_head"), scope="col", className="c-share"),
    ]
    note = [html.P(text("overview.groups_capped", shown=LISTED, count=count), className="note")]
    return html.Section(
        [
            heading(text(f"overview.by_{group}")),
            html.Table([html.Thead(html.Tr(head)), html.Tbody(lines)], className="table groups"),
            *(note if count > LISTED else ()),
        ]
    )


def _cells(members: Members) -> list[Any]:
    """Return what a group's line holds: what stands under its name, then the other cells."""
    counts = [
        html.Td(
            [glyph(light), str(members.lights.get(light, 0) or text("site.none"))],
            className="number" if members.lights.get(light) else "number muted",
        )
        for light in GRAVITY
    ]
    share = html.Td(share_bar(members.lights), className="c-share")
    return [[_first(members.rows[0])], *counts, share]


_known_cells = Remembered(_cells, 1000)
"""Of a group that no batch touched the line is the same."""


def _first(row: TargetRow) -> Component | str:
    """Return the worst target of a group, where anything is behind."""
    if row.light not in ("red", "yellow"):
        return ""
    return html.Span(
        [
            glyph(row.light),
            html.Link(row.name, href=f"/indicators/{row.indicator_id}?target={row.target_id}"),
            row.label,
        ],
        className="where",
    )
