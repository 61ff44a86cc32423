"""Filters as plain selects in a form; a script writes what is chosen into the address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.attributes import attributes
from dashboards.messages import text
from dashboards.views import Choice, Snapshot
from indicators.assessment.verdict import LIGHTS, STATE_LABELS, STATES

OFFERED = 150
"""Values of a select."""

__all__ = ["chooser", "search", "select", "target_selects"]


def select(
    name: str, label: str, everything: str, options: Iterable[tuple[str, str]], chosen: str
) -> Component:
    """Return a labelled select; ``options`` are (value, words), ``everything`` chooses none."""
    return html.Div(
        [
            html.Label(label, htmlFor=f"filter-{name}", className="filter-label"),
            html.Select(
                [
                    html.Option(everything, value="", selected=not chosen),
                    *(
                        html.Option(words, value=value, selected=value == chosen)
                        for value, words in options
                    ),
                ],
                name=name,
                id=f"filter-{name}",
            ),
        ],
        className="filter",
    )


def search(chosen: str) -> Component:
    """Return the field for words of an indicator, place or office."""
    return html.Div(
        [
            html.Label(text("filter.search"), htmlFor="filter-search", className="filter-label"),
            dcc.Input(
                id="filter-search",
                name="search",
                type="search",
                value=chosen,
                placeholder=text("filter.search_hint"),
                className="field",
                autoComplete="off",
            ),
        ],
        className="filter filter-search",
    )


def _offered(values: Iterable[str], chosen: str) -> list[str]:
    """Return the values of a select: those of the worst rows first come in, sorted, within bounds.

    A select of thousands helps nobody and outweighs the page; the search field finds the rest.
    """
    found = dict.fromkeys(each for each in values if each)
    kept = list(found)[:OFFERED]
    if chosen in found and chosen not in kept:
        kept.append(chosen)
    return sorted(kept)


def target_selects(snapshot: Snapshot, choice: Choice) -> list[Component]:
    """Return the selects that narrow a list of targets: place, office, light, document."""
    places = _offered((row.place for row in snapshot.rows), choice.place)
    offices = _offered((row.office for row in snapshot.rows), choice.office)
    documents = sorted(
        (snapshot.documents[each].title or snapshot.documents[each].document, each)
        for each in {each for row in snapshot.rows for each in row.documents}
        if each in snapshot.documents
    )
    lights = [(light, text(f"light.{light}")) for light in LIGHTS]
    states = [(state, STATE_LABELS[state]) for state in STATES]
    titles = [
        (digest, words if len(words) <= 28 else f"{words[:27]}…") for words, digest in documents
    ]
    given = (
        ("place", text("filter.all_places"), [(each, each) for each in places], choice.place),
        ("office", text("filter.all_offices"), [(each, each) for each in offices], choice.office),
        ("light", text("filter.all_lights"), [*lights, *states], choice.light),
        ("document", text("filter.all_documents"), titles, choice.document),
    )
    return [
        select(name, text(f"filter.{name}"), everything, options, chosen)
        for name, everything, options, chosen in given
    ]


def chooser(selects: Sequence[Component], *, clear: str = "", note: str = "") -> Component:
    """Return the form of filters, with the way to clear them and the number of rows found."""
    rest: list[Component] = []
    if clear:
        rest.append(dcc.Link(text("filter.clear"), href=clear, className="more"))
    if note:
        rest.append(html.Span(note, className="muted filter-note"))
    return html.Form(
        [*selects, *rest],
        className="chooser filters",
        role="search",
        **attributes(aria_label=text("filter.label")),
    )
