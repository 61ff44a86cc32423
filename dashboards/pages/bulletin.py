"""通报: the preview of a quarter's bulletin, its issue, the Word document and the 督办单."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from dash.development.base_component import Component

from dashboards.access import may
from dashboards.components import badges, empty, frame, heading, light_mark
from dashboards.components import markup as html
from dashboards.components.attributes import attributes, content
from dashboards.components.controls import control
from dashboards.components.start import first_steps
from dashboards.messages import joined, text
from dashboards.pages.bulletin_choice import bulletin_chooser, chosen_of, known_rules
from dashboards.pages.bulletin_lines import bulletin_lines
from dashboards.quantities import day, quarter
from dashboards.views import Choice, Snapshot
from dashboards.views.grounds import grounds
from indicators.assessment.boards import boards, version_of
from indicators.assessment.verdict import LIGHTS, Light
from indicators.bulletin.content import Bulletin
from indicators.bulletin.making import prepare
from indicators.model import Board

__all__ = ["page"]

ORDER: tuple[Light, ...] = ("red", "yellow", "grey", "green")
CHINA = ZoneInfo("Asia/Shanghai")


def page(snapshot: Snapshot, choice: Choice, rules: str = "") -> Component:
    """Return the bulletin of the quarter, scope and rules that the address chooses."""
    if not snapshot.assessment.quarter or not snapshot.rows:
        return frame(
            html.Div(html.H1(text("bulletin.title")), className="headline"),
            first_steps(snapshot),
            snapshot=snapshot,
        )
    told = prepare(
        snapshot.reader,
        quarter=snapshot.assessment.quarter,
        scope=choice.place,
        rules=known_rules(rules),
    )
    issued = boards(snapshot.reader, scope=choice.place, profile=told.profile)
    if not told.lines and not told.missing:
        return frame(
            bulletin_chooser(snapshot, told),
            _head(told, issued),
            empty(text("bulletin.nothing"), text("bulletin.nothing_action")),
            snapshot=snapshot,
        )
    where = grounds(snapshot, told.lines)
    return frame(
        bulletin_chooser(snapshot, told),
        _head(told, issued),
        _summary(told),
        *(bulletin_lines(told, light, where) for light in ORDER if told.of(light)),
        _changes(told),
        _missing(told),
        snapshot=snapshot,
    )


def _head(told: Bulletin, boards: Sequence[Board]) -> Component:
    chosen = chosen_of(told)
    status = (
        text("bulletin.issued", moment=f"{told.issued.issued_at.astimezone(CHINA):%Y-%m-%d %H:%M}")
        if told.issued
        else text("bulletin.preview")
    )
    tools: list[Component] = [
        html.A(
            text("bulletin.download"),
            href=f"/bulletin.docx?{urlencode(chosen)}",
            className="button",
        ),
        html.Button(text("bulletin.print"), className="button", **attributes(data_print="page")),
    ]
    if told.issued is None and may("issue"):
        shown = version_of((each.target_id, each.state, each.sentence) for each in told.lines)
        tools.append(
            html.Form(
                [
                    *(control("", "hidden", name, value=value) for name, value in chosen.items()),
                    control("", "hidden", "version", value=shown),
                    html.Button(
                        text("bulletin.issue"), type="submit", className="button button-main"
                    ),
                ],
                method="post",
                action="/boards",
                className="inline-form",
            )
        )
    earlier = joined(
        (
            text(
                "bulletin.earlier_one",
                quarter=quarter(each.quarter),
                day=f"{each.issued_at.astimezone(CHINA):%Y-%m-%d}",
            )
            for each in reversed(boards)
        ),
        "clause",
    )
    return html.Div(
        [
            html.P(text("bulletin.kicker"), className="kicker"),
            html.H1(told.title),
            html.P(
                [
                    html.Span(status, className="badge"),
                    *badges((), demonstration=told.demonstration),
                ],
                className="badges",
            ),
            html.Div(tools, className="tools no-print"),
            html.P(text("bulletin.earlier", boards=earlier), className="muted") if earlier else "",
        ],
        className="headline",
    )


def _summary(told: Bulletin) -> Component:
    states = [(text(f"state.{state}"), count) for state, count in told.states.items() if count]
    return html.Section(
        [
            html.P(
                [
                    text("bulletin.summary", day=day(told.as_of), total=len(told.lines)),
                    *(
                        html.Span(
                            light_mark(light, f"{text(f'light.{light}')} {told.lights[light]}"),
                            className="summary-light",
                        )
                        for light in LIGHTS
                    ),
                ],
                className="summary",
            ),
            html.P(
                joined((f"{label} {count}" for label, count in states), "comma"), className="muted"
            ),
        ]
    )


def _changes(told: Bulletin) -> Component:
    if not told.changes:
        return html.Div()
    names = ("indicator", "before", "after", "cause")
    return html.Section(
        [
            heading(text("bulletin.changes")),
            html.Table(
                [
                    html.Thead(
                        html.Tr([html.Th(text(f"bulletin.{name}"), scope="col") for name in names])
                    ),
                    html.Tbody(
                        [
                            html.Tr(
                                [
                                    html.Th(f"{each.place} {each.name}", scope="row"),
                                    *(
                                        html.Td(v, **content())
                                        for v in (each.before, each.after, each.cause)
                                    ),
                                ]
                            )
                            for each in told.changes
                        ]
                    ),
                ],
                className="table",
            ),
        ]
    )


def _missing(told: Bulletin) -> Component:
    body: Component = (
        html.Ul(
            [
                html.Li(
                    text(
                        "bulletin.missing_one",
                        place=m.place,
                        office=m.office,
                        names=joined(m.names),
                    )
                )
                for m in told.missing
            ]
        )
        if told.missing
        else html.P(text("bulletin.all_reported"), className="muted")
    )
    return html.Section([heading(text("bulletin.missing", count=len(told.missing))), body])
