"""Filters as plain selects in a form; a script writes what is chosen into the address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from dash import dcc
from dash.development.base_component import Component

from dashboards.components import markup as html
from dashboards.components.attributes import attributes
from dashboards.messages import text
from dashboards.theme import GRAVITY
from dashboards.views import Choice, Snapshot
from dashboards.views.roll import Group
from dashboards.views.rows import SECTION
from indicators.assessment.verdict import STATES

OFFERED = 60
"""Values of a select."""
LONGEST = 28
"""Characters of a choice."""

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
                    *(_option(value, words, value == chosen) for value, words in options),
                ],
                name=name,
                id=f"filter-{name}",
            ),
        ],
        className="filter",
    )


@lru_cache(maxsize=512)
def _option(value: str, words: str, selected: bool) -> Component:
    """Return one choice; every page offers nearly the same ones."""
    return html.Option(words, value=value, selected=selected)


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


def _offered(snapshot: Snapshot, group: Group, chosen: str) -> list[str]:
    """Return the values of a select: those with most red lights come in first, within bounds.

    A select of thousands helps nobody and outweighs the page; the search field finds the rest.
    """
    kept = [value for value, _ in snapshot.roll.worst(group, OFFERED)]
    if chosen and chosen not in kept and chosen in snapshot.roll.groups[group]:
        kept.append(chosen)
    return sorted(kept)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _titles(snapshot: Snapshot, chosen: str) -> list[tuple[str, str]]:
    known = [
        (source.title or source.document, digest)
        for digest in _offered(snapshot, "document", chosen)
        if (source := snapshot.documents.get(digest))
    ]
    return [(digest, _short(words)) for words, digest in sorted(known)]


def _headings(snapshot: Snapshot, choice: Choice) -> list[tuple[str, str]]:
    """Return the sections of the chosen document, in the order of its text as far as it is known."""
    members = snapshot.roll.groups["document"].get(choice.document)
    found = {part for row in members.rows for part in row.sections} if members else set()
    return [(part, _short(part.replace(SECTION, " › "))) for part in sorted(found)[:OFFERED]]


def target_selects(snapshot: Snapshot, choice: Choice) -> list[Component]:
    """Return the selects that narrow a list of targets: place, office, light, document, section."""
    places = _offered(snapshot, "place", choice.place)
    offices = _offered(snapshot, "office", choice.office)
    lights = [(light, text(f"light.{light}")) for light in GRAVITY]
    states = [(state, text(f"state.{state}")) for state in STATES]
    given: list[tuple[str, str, Sequence[tuple[str, str]], str]] = [
        ("place", text("filter.all_places"), [(each, each) for each in places], choice.place),
        ("office", text("filter.all_offices"), [(each, each) for each in offices], choice.office),
        ("light", text("filter.all_lights"), [*lights, *states], choice.light),
        (
            "document",
            text("filter.all_documents"),
            _titles(snapshot, choice.document),
            choice.document,
        ),
    ]
    if choice.document:
        headings = _headings(snapshot, choice)
        given.append(("section", text("filter.all_sections"), headings, choice.section))
    return [
        select(name, text(f"filter.{name}"), everything, options, chosen)
        for name, everything, options, chosen in given
    ]


def chooser(
    selects: Sequence[Component], *, clear: str = "", note: str = "", compact: bool = False
) -> Component:
    """Return the form of filters, with the way to clear them and the number of rows found.

    Args:
        selects: the fields.
        clear: where everything is shown; empty where nothing is narrowed.
        note: how much was found.
        compact: whether the fields' names are left to what they say when nothing is chosen.
    """
    rest: list[Component] = []
    if clear:
        rest.append(html.Link(text("filter.clear"), href=clear, className="more"))
    if note:
        rest.append(html.Span(note, className="muted filter-note"))
    return html.Form(
        [*selects, *rest],
        className="chooser filters compact" if compact else "chooser filters",
        role="search",
        **attributes(aria_label=text("filter.label")),
    )
