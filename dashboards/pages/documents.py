"""文件: the list of documents, and each as readable text with its statements marked in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dash.development.base_component import Component

from dashboards.access import may
from dashboards.answers import Answers
from dashboards.components import empty, frame, heading, notice
from dashboards.components import markup as html
from dashboards.components.attributes import attributes, content
from dashboards.components.filters import chooser, select
from dashboards.messages import joined, text
from dashboards.pages.upload import loaded, upload_form
from dashboards.quantities import day, figure
from dashboards.views import Snapshot
from dashboards.views.paper import Paper, Paragraph, Statement, paper
from indicators.model import Commitment, Kind, SourceDocument, Task

__all__ = ["listing", "page"]

SHOWN = 200
"""Documents listed."""
KINDS: tuple[Kind, ...] = ("target", "actual", "baseline")


def listing(snapshot: Snapshot, given: Mapping[str, str]) -> Component:
    """Return the list of documents."""
    if not snapshot.documents:
        return frame(
            html.Div(html.H1(text("document.list")), className="headline"),
            empty(text("document.empty"), text("document.empty_action")),
            *([upload_form()] if may("decide") else ()),
            snapshot=snapshot,
        )
    counts = Counter((row.document_digest, row.kind) for row in snapshot.commitments.values())
    tasks = Counter(row.document_digest for row in snapshot.reader.current(Task))
    names = ("document", "issuer", "issued_on", "commitments", "tasks")
    place = given.get("place", "")
    places = sorted({row.place for row in snapshot.documents.values() if row.place})
    rows = sorted(
        (row for row in snapshot.documents.values() if place in ("", row.place)),
        key=lambda row: (
            row.issued_on is None,
            row.issued_on and -row.issued_on.toordinal(),
            row.title,
        ),
    )
    return frame(
        html.Div(
            [html.H1(text("document.list")), html.P(text("document.list_note"), className="muted")],
            className="headline",
        ),
        *_narrowing(places, place, len(rows)),
        html.Table(
            [
                html.Thead(
                    html.Tr(
                        [
                            html.Th(text(f"column.{name}"), scope="col", className=f"c-{name}")
                            for name in names
                        ]
                    )
                ),
                html.Tbody(
                    [_line(row, counts, tasks[row.document_digest]) for row in rows[:SHOWN]]
                ),
            ],
            className="table documents",
        ),
        *(
            [html.P(text("document.capped", shown=SHOWN, count=len(rows)), className="note")]
            if len(rows) > SHOWN
            else ()
        ),
        *([upload_form()] if may("decide") else ()),
        snapshot=snapshot,
    )


def _narrowing(places: Sequence[str], place: str, count: int) -> Sequence[Component]:
    if len(places) < 2:
        return ()
    options = [(each, each) for each in places]
    field = select("place", text("filter.place"), text("filter.all_places"), options, place)
    note = text("filter.showing", count=count)
    return (chooser([field], clear="/documents" if place else "", note=note, compact=True),)


def _line(row: SourceDocument, counts: Counter[tuple[str, Kind]], tasks: int) -> Component:
    kinds: list[Component] = [
        html.Span(
            f"{text(f'kind.{kind}')} {counts[row.document_digest, kind]}",
            className=f"tag tag-{kind}",
        )
        for kind in KINDS
        if counts[row.document_digest, kind]
    ]
    under = " · ".join(
        part
        for part in (text(f"genre.{row.genre}") if row.genre else "", row.place, row.number)
        if part
    )

    def cell(name: str, inside: list[Component] | str) -> Component:
        label = attributes(data_label=text(f"column.{name}"))
        return html.Td(inside, className=f"c-{name}", **label)

    return html.Tr(
        [
            html.Th(
                [
                    html.Link(row.title or row.document, href=f"/documents/{row.document_digest}"),
                    html.Span(under, className="where"),
                ],
                scope="row",
                className="c-document",
            ),
            cell("issuer", row.issuer or text("site.none")),
            cell("issued_on", day(row.issued_on)),
            cell("commitments", kinds or text("site.none")),
            cell("tasks", str(tasks) if tasks else text("site.none")),
        ]
    )


def page(
    snapshot: Snapshot,
    digest: str,
    mark: str = "",
    answers: Answers | None = None,
    token: str = "",
) -> Component:
    """Return the page of a document; ``mark`` is the statement that the reader came for."""
    told = paper(snapshot, digest)
    if told is None:
        return notice(text("document.missing"), text("document.missing_action"))
    source = told.source
    facts = [source.number, source.issuer]
    if source.issued_on:
        facts.append(day(source.issued_on))
    if source.plan_start and source.plan_end:
        start, end = day(source.plan_start), day(source.plan_end)
        facts.append(text("document.period", start=start, end=end))
    facts.append(text("document.characters", count=source.characters))
    return frame(
        html.Div(
            [
                html.P(
                    [
                        html.Span(
                            text(f"genre.{source.genre}") if source.genre else text("nav.documents")
                        ),
                        html.Span(source.place) if source.place else "",
                    ],
                    className="kicker",
                ),
                html.H1(source.title or source.document),
                html.P(
                    [
                        html.Span(" · ".join(part for part in facts if part), className="muted"),
                        html.A(
                            text("document.original"), href=f"/files/{digest}", className="more"
                        ),
                    ],
                    className="lead lead-small",
                ),
            ],
            className="headline",
        ),
        *loaded(answers, token),
        html.Div([_text(told, mark), _beside(told, mark)], className="columns reading"),
        snapshot=snapshot,
    )


def _text(told: Paper, mark: str) -> Component:
    body: list[Component] = [
        _paragraph(each, mark, [task for task in told.tasks if each.start <= task.start < each.end])
        for each in told.paragraphs
    ]
    return html.Section(
        [
            html.H2(text("document.text"), className="visually-hidden"),
            html.P(
                [
                    html.Mark(text(f"document.legend_{kind}"), className=f"mark mark-{kind}")
                    for kind in KINDS
                ],
                className="note legend",
            ),
            *(body or [empty(text("document.text_empty"))]),
        ],
        className="column-main paper",
    )


def _paragraph(paragraph: Paragraph, mark: str, tasks: Sequence[Task]) -> Component:
    inside: list[Component | str] = []
    for run in paragraph.runs:
        if run.commitment is None:
            inside.append(run.text)
        else:
            inside.append(_mark(run.text, run.commitment, mark))
    inside += [
        html.A(
            text("document.task_mark"),
            href=f"#t-{task.task_id}",
            id=f"k-{task.task_id}",
            title=text("document.task_to_list", title=task.title),
            className="task-mark",
        )
        for task in tasks
    ]
    return html.P(inside, className="paper-heading" if paragraph.heading else None, **content())


def _mark(words: str, row: Commitment, mark: str) -> Component:
    chosen = " mark-here" if row.commitment_id == mark else ""
    title = text("document.to_list", kind=text(f"kind.{row.kind}"), name=row.name)
    return html.A(
        html.Mark(words, className=f"mark mark-{row.kind}{chosen}"),
        href=f"#s-{row.commitment_id}",
        id=f"c-{row.commitment_id}",
        title=title,
        className="mark-link",
    )


def _beside(told: Paper, mark: str) -> Component:
    statements: list[Component] = [_statement(each, mark) for each in told.statements]
    tasks: list[Component] = [_task(each) for each in told.tasks]
    return html.Div(
        [
            html.Section(
                [
                    heading(text("document.statements"), text("document.statements_note")),
                    html.Ol(statements, className="statements")
                    if statements
                    else empty(text("document.statements_empty")),
                ]
            ),
            html.Section(
                [
                    heading(text("document.tasks")),
                    html.Ol(tasks, className="tasks")
                    if tasks
                    else empty(text("document.tasks_empty")),
                ],
                className="block",
            ),
        ],
        className="column-side beside",
    )


def _statement(statement: Statement, mark: str) -> Component:
    row = statement.commitment
    value = figure(row.magnitude, row.unit, high=row.magnitude_high, bound=row.bound)
    name: Component = html.Span(row.name, className="statement-name")
    if statement.indicator_id:
        name = html.Link(
            row.name, href=f"/indicators/{statement.indicator_id}", className="statement-name"
        )
    notes = [day(row.date) if row.date else text("document.no_date")]
    if row.part_of:
        notes.append(text("document.part_of"))
    if row.distribution:
        notes.append(text("document.distribution", words=row.distribution))
    if row.review != "proposed":
        notes.append(text(f"review.{row.review}"))
    if statement.merged > 1:
        notes.append(text("document.same_target", count=statement.merged - 1))
    here = " statement-here" if row.commitment_id == mark else ""
    return html.Li(
        [
            html.Span(text(f"kind.{row.kind}"), className=f"tag tag-{row.kind}"),
            name,
            html.A(
                value,
                href=f"#c-{row.commitment_id}",
                className="statement-value",
                **attributes(aria_label=text("document.to_text", number=value)),
            ),
            html.Span(" · ".join(notes), className="muted statement-note"),
        ],
        id=f"s-{row.commitment_id}",
        className=f"statement{here}",
    )


def _task(task: Task) -> Component:
    named = dict.fromkeys((task.lead_office, *task.supporting_offices, *task.offices))
    offices = joined(filter(None, named))
    title = f"{task.number} {task.title}".strip()
    return html.Li(
        [
            html.A(title, href=f"#k-{task.task_id}", className="task-title"),
            html.Span(offices, className="muted") if offices else "",
        ],
        id=f"t-{task.task_id}",
    )
