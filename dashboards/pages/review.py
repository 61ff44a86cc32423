"""审核: statements and sameness that wait for a person, the doubtful first, each by keyboard too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc
from dash.development.base_component import Component

from dashboards.access import may
from dashboards.answers import Answers
from dashboards.components import empty, frame, heading
from dashboards.components import markup as html
from dashboards.components.attributes import attributes
from dashboards.components.filters import chooser, select
from dashboards.messages import text
from dashboards.pages.books import book
from dashboards.quantities import day, figure
from dashboards.views import Snapshot
from dashboards.views.evidence import address, quoted
from indicators.model import Bound, Commitment, Indicator, Kind, Relation

__all__ = ["page"]

SHOWN = 25
KINDS: tuple[Kind, ...] = ("target", "actual", "baseline")
BOUNDS: tuple[Bound, ...] = ("equal", "at_least", "at_most", "about", "between")


def page(snapshot: Snapshot, given: Mapping[str, str], answers: Answers | None = None) -> Component:
    """Return what waits for a decision, narrowed by document and kind."""
    from indicators.register.decisions import pending

    waiting = sorted(
        pending(snapshot.reader), key=lambda row: (row.confidence, row.document, row.start)
    )
    digest, kind = given.get("document", ""), given.get("kind", "")
    rows = [
        row for row in waiting if digest in ("", row.document_digest) and kind in ("", row.kind)
    ]
    same = [
        row for row in snapshot.reader.current(Relation, status="proposed") if row.sort == "same_as"
    ]
    titles = sorted(
        (
            (each, snapshot.documents[each].title or snapshot.documents[each].document)
            for each in {row.document_digest for row in waiting}
            if each in snapshot.documents
        ),
        key=lambda pair: pair[1],
    )
    form = chooser(
        [
            select(
                "document", text("filter.document"), text("filter.all_documents"), titles, digest
            ),
            select(
                "kind",
                text("filter.kind"),
                text("filter.all_kinds"),
                [(each, text(f"kind.{each}")) for each in KINDS],
                kind,
            ),
        ],
        clear="/review" if digest or kind else "",
        note=text("filter.showing", count=len(rows)),
    )
    return frame(
        html.Div(
            [
                html.H1(text("nav.review")),
                html.P(
                    text("review.keys" if may("decide") else "review.only_look"), className="muted"
                ),
            ],
            className="headline",
        ),
        *book("review", given, answers),
        form,
        html.P("", id="review-answer", role="status", className="answer"),
        _merges(snapshot, same),
        html.Section(
            [
                heading(text("review.statements"), text("review.statements_note")),
                html.Div(
                    [_statement(snapshot, row, at) for at, row in enumerate(rows[:SHOWN], 1)],
                    className="proposals",
                )
                if rows
                else empty(text("review.nothing")),
                html.P(text("review.capped", shown=SHOWN, count=len(rows)), className="note")
                if len(rows) > SHOWN
                else "",
            ],
            className="block",
        ),
        snapshot=snapshot,
    )


def _sentence(row: Commitment) -> Component:
    before, number, after = quoted(row)
    return html.Blockquote(
        [before, html.Mark(number, className=f"mark mark-{row.kind}") if number else "", after]
    )


def _hidden(**values: str) -> list[Component]:
    return [dcc.Input(type="hidden", name=name, value=value) for name, value in values.items()]


def _button(decision: str, key: str) -> Component:
    return html.Button(
        [text(f"review.{decision}_verb"), html.Kbd(key)],
        type="submit",
        name="decision",
        value=decision,
        className=f"decide decide-{decision}",
    )


def _buttons() -> Component:
    return html.Div([_button("accepted", "A"), _button("rejected", "X")], className="buttons")


def _proposal(sort: str, name: str, parts: list[Component]) -> Component:
    """Return what waits: a form for who may decide, for others the same without one."""
    named: dict[str, Any] = {"tabIndex": "0", **attributes(aria_label=name)}
    if not may("decide"):
        return html.Div(parts, className=f"proposal {sort}".strip(), role="group", **named)
    return html.Form(
        parts,
        method="post",
        action="/review/decide",
        className=f"proposal decision {sort}".strip(),
        **named,
    )


def _statement(snapshot: Snapshot, row: Commitment, at: int) -> Component:
    from indicators.register.reviewbook import version_of

    source = snapshot.documents.get(row.document_digest)
    title = (source.title if source else "") or row.document
    facts = [
        figure(row.magnitude, row.unit, high=row.magnitude_high, bound=row.bound),
        day(row.date) if row.date else text("document.no_date"),
        row.place,
        text("review.confidence", share=f"{row.confidence:.0%}"),
    ]
    # Counted: two statements of one name are told apart by who hears them, too.
    return _proposal(
        "",
        f"{at} {text(f'kind.{row.kind}')} {row.name}",
        [
            *_hidden(commitment=row.commitment_id, version=version_of(row)),
            html.Div(
                [
                    html.Span(text(f"kind.{row.kind}"), className=f"tag tag-{row.kind}"),
                    html.Strong(row.name),
                    html.Span(" · ".join(part for part in facts if part), className="muted"),
                ],
                className="proposal-head",
            ),
            _sentence(row),
            html.P(
                html.Link(title, href=address(row.document_digest, row.commitment_id)),
                className="proposal-source",
            ),
            *((_corrections(row), _buttons()) if may("decide") else ()),
        ],
    )


def _corrections(row: Commitment) -> Component:
    """Return the fields that can be corrected, folded away; unchanged ones are not corrections."""
    tail = row.commitment_id

    def field(name: str, value: str) -> Component:
        return html.Div(
            [
                html.Label(text(f"review.field_{name}"), htmlFor=f"{name}-{tail}"),
                dcc.Input(
                    id=f"{name}-{tail}",
                    name=name,
                    value=value,
                    type="text",
                    className="field",
                ),
            ],
            className="filter",
        )

    def choice(name: str, options: Sequence[tuple[str, str]], chosen: str) -> Component:
        return html.Div(
            [
                html.Label(text(f"review.field_{name}"), htmlFor=f"{name}-{tail}"),
                html.Select(
                    [
                        html.Option(words, value=value, selected=value == chosen)
                        for value, words in options
                    ],
                    id=f"{name}-{tail}",
                    name=name,
                ),
            ],
            className="filter",
        )

    return html.Details(
        [
            html.Summary([text("review.correct_verb"), html.Kbd("E")]),
            html.Div(
                [
                    field("name", row.name),
                    field("place", row.place),
                    field("magnitude", format(row.magnitude.normalize(), "f")),
                    field("unit", row.unit),
                    field("date", row.date.isoformat() if row.date else ""),
                    choice("bound", [(each, text(f"bound.{each}")) for each in BOUNDS], row.bound),
                    choice("kind", [(each, text(f"kind.{each}")) for each in KINDS], row.kind),
                    _button("corrected", "S"),
                ],
                className="filters",
            ),
        ],
        className="corrections",
    )


def _merges(snapshot: Snapshot, rows: Sequence[Relation]) -> Component:
    if not rows:
        return html.Div()
    known = snapshot.indicators
    shown = [row for row in rows if row.subject in known and row.object in known][:SHOWN]
    return html.Section(
        [
            heading(text("review.merges"), text("review.merges_note")),
            html.Div(
                [_merge(snapshot, row, known[row.subject], known[row.object]) for row in shown],
                className="proposals",
            ),
        ],
        className="block",
    )


def _side(snapshot: Snapshot, indicator: Indicator) -> Component:
    stating = [
        row
        for row in snapshot.commitments.values()
        if row.indicator_id == indicator.indicator_id and row.review != "rejected"
    ]
    quotes: list[Component] = [_sentence(row) for row in stating[:2]]
    return html.Div(
        [
            html.P(
                [
                    html.Link(indicator.name, href=f"/indicators/{indicator.indicator_id}"),
                    html.Span(indicator.place, className="muted"),
                ],
                className="proposal-head",
            ),
            *quotes,
        ],
        className="side",
    )


def _merge(snapshot: Snapshot, row: Relation, left: Indicator, right: Indicator) -> Component:
    return _proposal(
        "merge",
        f"{left.place} {left.name} {right.place} {right.name}",
        [
            *_hidden(relation=row.relation_id),
            html.Div([_side(snapshot, left), _side(snapshot, right)], className="sides"),
            html.P(row.reason, className="muted"),
            *((_buttons(),) if may("decide") else ()),
        ],
    )
