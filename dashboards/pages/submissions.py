"""报送: who has handed in, the templates, handing in; for a steward accepting and returning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

from dash.development.base_component import Component

from dashboards.access import current_person
from dashboards.actions.submissions import KINDS
from dashboards.answers import Answers
from dashboards.components import empty, frame, heading
from dashboards.components import markup as html
from dashboards.components.attributes import attributes
from dashboards.components.controls import control
from dashboards.messages import text
from dashboards.pages.submissions_asked import asked_sections
from dashboards.pages.submissions_desk import calendar, restatements
from dashboards.quantities import day, quarter
from dashboards.security import LARGEST
from dashboards.views import Snapshot
from indicators import periods
from indicators.access import allows
from indicators.model import Submission
from indicators.submissions.flow import Standing, standings

__all__ = ["page"]

COLUMNS = ("office", "asked", "due", "standing", "template")


def page(
    snapshot: Snapshot, asked: str = "", answers: Answers | None = None, token: str = ""
) -> Component:
    """Return the page of a quarter; the latest that is over, where the address names none."""
    today = periods.local_day(datetime.now(UTC))
    code = (
        asked or snapshot.assessment.quarter or periods.previous_quarter(periods.quarter_of(today))
    )
    person = current_person()
    found = [
        each
        for each in standings(snapshot.reader, code, today)
        if person.role != "reporter" or (each.place, each.office) in person.offices
    ]
    head = html.Div(
        [
            html.P(text("submissions.kicker"), className="kicker"),
            html.H1(text("submissions.title", quarter=quarter(code))),
            html.P(_count(found), className="lead lead-small"),
            _quarters(code),
        ],
        className="headline",
    )
    if not found:
        return frame(
            head,
            empty(text("submissions.empty"), text("submissions.empty_action")),
            snapshot=snapshot,
        )
    parts: list[Component] = [_standings(found, code, hands_in=allows(person, "submit"))]
    own = [each for each in found if allows(person, "submit", place=each.place, office=each.office)]
    decides = allows(person, "decide")
    mine: list[Component] = []
    if own:
        mine = [*asked_sections(snapshot, own, code, folded=decides), _hand_in(own, code)]
    handed = snapshot.reader.current(Submission, quarter=code)
    shown = [
        each
        for each in handed
        if any((each.place, each.office) == (one.place, one.office) for one in found)
    ]
    come: list[Component] = []
    if shown:
        come = [_handed(shown, decides=decides), *restatements(snapshot, shown)]
    if decides:
        # What has come in waits for a steward; a reporter comes for the own indicators.
        told = answers.get(token, person.name) if answers and token else None
        parts += [*come, calendar(snapshot, code, found, told), *mine]
    else:
        parts += [*mine, *come]
    return frame(head, *parts, snapshot=snapshot)


def _count(found: Sequence[Standing]) -> str:
    done = sum(each.submission is not None for each in found)
    return text("submissions.count", done=done, total=len(found))


def _quarters(code: str) -> Component:
    around = [periods.previous_quarter(code), periods.next_quarter(code)]
    links: list[Component] = [
        html.Link(text(f"submissions.{name}", quarter=quarter(each)),
                 href=f"/submissions?{urlencode({'quarter': each})}", className="more")
        for name, each in zip(("before", "after"), around, strict=True)
    ]  # fmt: skip
    return html.P(links, className="tools no-print")


def _standings(found: Sequence[Standing], code: str, *, hands_in: bool) -> Component:
    names = COLUMNS if hands_in else COLUMNS[:-1]

    def line(each: Standing) -> Component:
        asked = urlencode({"office": each.office, "place": each.place, "quarter": code})
        cells: dict[str, Component | str] = {
            "asked": str(each.asked),
            "due": day(each.due_on),
            "standing": html.Span(
                _standing(each), className="badge badge-strong" if each.overdue else "badge"
            ),
        }
        if hands_in:
            cells["template"] = html.A(
                text("submissions.template"), href=f"/template.xlsx?{asked}", className="more"
            )
        return html.Tr(
            [
                html.Th(
                    [html.Span(each.office), html.Span(each.place, className="where")], scope="row"
                ),
                *(
                    html.Td(value, **attributes(data_label=text(f"submissions.{name}")))
                    for name, value in cells.items()
                ),
            ]
        )

    return html.Section(
        [
            heading(text("submissions.standings")),
            html.Table(
                [
                    html.Thead(
                        html.Tr(
                            [html.Th(text(f"submissions.{name}"), scope="col") for name in names]
                        )
                    ),
                    html.Tbody([line(each) for each in found]),
                ],
                className="table standings",
            ),
        ]
    )


def _hand_in(own: Sequence[Standing], code: str) -> Component:
    forms: list[Component] = []
    for number, each in enumerate(own):
        names = {"office": each.office, "place": each.place, "quarter": code}
        forms.append(
            html.Form(
                [
                    *(control("", "hidden", key, value=value) for key, value in names.items()),
                    html.Fieldset(
                        [
                            html.Legend(f"{each.place} {each.office}"),
                            html.Div(
                                [
                                    _field(
                                        f"book-{number}", text("submissions.workbook"),
                                        control(
                                            f"book-{number}", "file", "workbook",
                                            accept=",".join(KINDS), required="required",
                                        ),
                                    ),
                                    _field(
                                        f"reason-{number}", text("submissions.reason"),
                                        control(f"reason-{number}", "text", "reason"),
                                    ),
                                    html.Div(
                                        [
                                            control(
                                                f"tick-{number}", "checkbox", "accept_warnings",
                                                value="yes",
                                            ),
                                            html.Label(
                                                text("submissions.accept_warnings"),
                                                htmlFor=f"tick-{number}",
                                            ),
                                        ],
                                        className="tick",
                                    ),
                                    html.Button(
                                        text("submissions.hand_in"), type="submit",
                                        className="button button-main",
                                    ),
                                ],
                                className="form-grid",
                            ),
                        ]
                    ),
                ],
                method="post",
                action="/submissions",
                encType="multipart/form-data",
                className="hand-in",
            )
        )  # fmt: skip
    return html.Section(
        [
            heading(text("submissions.handing_in")),
            html.P(text("submissions.limit", limit=LARGEST // 2**20), className="muted"),
            *forms,
        ],
        className="no-print",
    )


def _standing(each: Standing) -> str:
    if each.submission is None:
        return text("standing.overdue" if each.overdue else "standing.open")
    return _status(each.submission)


def _status(each: Submission) -> str:
    return text(f"standing.{each.status}") + (text("submissions.late") if each.late else "")


def _field(name: str, label: str, control: Component) -> Component:
    return html.Div([html.Label(label, htmlFor=name), control])


def _handed(shown: Sequence[Submission], *, decides: bool) -> Component:
    names = ("office", "file", "status", "remarks", *(("decide",) if decides else ()))

    def line(each: Submission) -> Component:
        status = _status(each)
        cells: list[Component | str] = [
            html.A(each.file_name, href=f"/workbooks/{each.file_digest}", className="more"),
            html.Span(status, className="badge"),
            each.remarks or each.reason,
        ]
        if decides:
            cells.append(_decide(each))
        return html.Tr(
            [
                html.Th(
                    [html.Span(each.office), html.Span(each.place, className="where")], scope="row"
                ),
                *(
                    html.Td(
                        value,
                        className=None if value else "empty-cell",
                        **attributes(data_label=text(f"submissions.{name}")),
                    )
                    for name, value in zip(names[1:], cells, strict=True)
                ),
            ]
        )

    return html.Section(
        [
            heading(text("submissions.handed")),
            html.Table(
                [
                    html.Thead(
                        html.Tr(
                            [html.Th(text(f"submissions.{name}"), scope="col") for name in names]
                        )
                    ),
                    html.Tbody([line(each) for each in shown]),
                ],
                className="table handed",
            ),
        ]
    )


def _decide(each: Submission) -> Component | str:
    if each.status not in ("submitted", "accepted"):
        return ""
    remarks = f"remarks-{each.submission_id}"
    buttons: list[Component] = []
    if each.status == "submitted":
        buttons.append(
            html.Button(
                text("submissions.accept"),
                type="submit",
                className="button",
                formAction=f"/submissions/{each.submission_id}/accept",
            )
        )
    buttons.append(
        html.Button(
            text("submissions.give_back"),
            type="submit",
            className="button",
            formAction=f"/submissions/{each.submission_id}/return",
        )
    )
    return html.Form(
        [
            control("", "hidden", "version", value=each.status),
            html.Label(text("submissions.remarks"), htmlFor=remarks, className="visually-hidden"),
            control(remarks, "text", "remarks", placeholder=text("submissions.remarks")),
            *buttons,
        ],
        method="post",
        action=f"/submissions/{each.submission_id}/return",
        className="inline-form",
    )
