"""The frame around every page: names, navigation, the day it speaks of, the demonstration mark."""

from __future__ import annotations

from collections.abc import Mapping

from dash.development.base_component import Component

from dashboards.access import current_person, may
from dashboards.components import markup as html
from dashboards.components.attributes import attributes
from dashboards.messages import section, text
from dashboards.quantities import day, quarter
from dashboards.views.snapshot import Snapshot
from indicators.access import Action

__all__ = ["context", "empty", "frame", "heading", "navigation", "notice", "person", "switch"]

NAVIGATION = (
    ("overview", "/"),
    ("indicators", "/indicators"),
    ("documents", "/documents"),
    ("compare", "/compare"),
    ("bulletin", "/bulletin"),
    ("submissions", "/submissions"),
    ("review", "/review"),
    ("tasks", "/tasks"),
    ("settings", "/settings"),
)
"""Pages to look at, then pages to work on."""
LOOKS = frozenset({"overview", "indicators", "documents", "compare", "bulletin"})

NEEDS: Mapping[str, Action] = {"settings": "decide", "review": "decide", "submissions": "submit"}
"""What a person must be allowed to do for a page to be of use."""


def navigation(path: str, keep: str = "") -> list[Component]:
    """Return the links of the main navigation, that of ``path`` marked; ``keep`` is the query.

    Pages that a person can do nothing on are left out; who knows their address may still look.
    """
    made: list[Component] = []
    working = False
    for name, href in NAVIGATION:
        if not may(NEEDS.get(name, "look")):
            continue
        look = "nav-link"
        if path == href or (href != "/" and path.startswith(f"{href}/")):
            look += " nav-here"
        if name not in LOOKS and not working:
            working, look = True, f"{look} nav-apart"
        made.append(html.Link(text(f"nav.{name}"), href=f"{href}{keep}", className=look))
    return made


def person(*, leaves: bool) -> Component:
    """Return who is logged in, with the way out where the session is ours to end."""
    known = current_person()
    parts: list[Component] = [
        html.Span(text("site.person", name=known.name, role=text(f"role.{known.role}")))
    ]
    if leaves:
        parts.append(
            html.Form(
                html.Button(text("site.leave"), type="submit", className="plain-button"),
                method="post",
                action="/logout",
            )
        )
    return html.Div(parts, className="person")


def switch() -> Component:
    """Return the way to the other language, named in that language."""
    return html.A(
        text("site.switch"),
        href=f"/language/{text('site.switch_to')}",
        lang=text("site.switch_to"),
        className="switch",
    )


def context(snapshot: Snapshot) -> Component:
    """Return the line that says which quarter, day, rule and data the page speaks of."""
    told = snapshot.assessment
    profile = section("profile").get(told.profile, told.profile)
    chosen = [
        html.Option(quarter(each), value=each, selected=each == told.quarter)
        for each in snapshot.quarters
    ]
    picker = html.Form(
        [
            html.Label(
                text("site.quarter_label"), htmlFor="filter-quarter", className="visually-hidden"
            ),
            html.Select(chosen, name="quarter", id="filter-quarter", className="select-quarter"),
        ],
        className="chooser",
        **attributes(data_default_quarter=snapshot.quarters[0] if snapshot.quarters else ""),
    )
    return html.Div(
        [
            picker if chosen else html.Span(quarter(told.quarter)),
            # A printed page has no select.
            html.Span(quarter(told.quarter), className="print-only") if chosen else "",
            html.Span(text("site.day", day=day(told.as_of)), className="as-of"),
            html.Span(text("site.rules", profile=profile), className="muted"),
            html.Span(text("site.version", seq=snapshot.seq), className="muted"),
        ],
        className="context",
    )


def frame(*parts: Component, snapshot: Snapshot | None = None) -> Component:
    """Return a page: the line of its day, the banner where data are made up, and its parts."""
    above: list[Component] = []
    if snapshot is not None:
        above.append(context(snapshot))
        if snapshot.demonstration:
            above.append(
                html.Aside(
                    [
                        html.Strong(text("site.demonstration")),
                        html.Span(text("site.demonstration_banner")),
                    ],
                    className="banner",
                    **attributes(aria_label=text("site.demonstration")),
                )
            )
    return html.Div([*above, *parts], className="page")


def heading(words: str, note: str = "", *, level: int = 2) -> Component:
    """Return a heading with a note beside it."""
    tag = {1: html.H1, 2: html.H2, 3: html.H3}[level]
    beside = [html.Span(note, className="note")] if note else []
    return html.Div([tag(words), *beside], className=f"heading heading-{level}")


def empty(words: str, action: str = "") -> Component:
    """Return what stands where there is nothing to show, with what to do about it."""
    return html.Div(
        [html.P(words), html.P(action, className="muted") if action else ""], className="empty"
    )


def notice(title: str, action: str, *, back: bool = True) -> Component:
    """Return a page that says plainly what went wrong."""
    link = [html.Link(text("error.back"), href="/", className="more")] if back else []
    return html.Div(
        html.Div([html.H1(title), html.P(action), *link], className="notice", role="alert"),
        className="page",
    )
