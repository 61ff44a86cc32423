"""设置: what indicators still lack before they can be judged or reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from dashboards.access import may
from dashboards.answers import Answers
from dashboards.components import empty, frame, heading
from dashboards.components import markup as html
from dashboards.components.attributes import content
from dashboards.components.filters import chooser, select
from dashboards.components.tables import table
from dashboards.messages import joined, said, text
from dashboards.pages.books import book
from dashboards.quantities import day, figure
from dashboards.views import Snapshot
from indicators.model import Setting

if TYPE_CHECKING:
    from indicators.register.worklist import Lack

__all__ = ["page"]

SHOWN = 200


def page(snapshot: Snapshot, given: Mapping[str, str], answers: Answers | None = None) -> Component:
    """Return the work list and the settings in force."""
    from indicators.register.worklist import work_list

    place, lacks = given.get("place", ""), given.get("lacks", "")
    everything = work_list(snapshot.reader)
    counts = Counter(each.lacks for each in everything)
    rows = [
        each
        for each in everything
        if place in ("", each.indicator.place) and lacks in ("", each.lacks)
    ]
    places = sorted({each.indicator.place for each in everything if each.indicator.place})
    form = chooser(
        [
            select(
                "place",
                text("filter.place"),
                text("filter.all_places"),
                [(each, each) for each in places],
                place,
            ),
            select(
                "lacks",
                text("setting.lacks"),
                text("setting.all_lacks"),
                [(each, f"{said(each)} {count}") for each, count in sorted(counts.items())],
                lacks,
            ),
        ],
        clear="/settings" if place or lacks else "",
        note=text("filter.showing", count=len({each.indicator.indicator_id for each in rows})),
    )
    grouped: dict[str, list[Lack]] = {}
    for each in rows:
        grouped.setdefault(each.indicator.indicator_id, []).append(each)
    lines = [_lacking(each) for each in list(grouped.values())[:SHOWN]]
    work = table("work", ("indicator", "place", "lacks", "proposal", *_more()), lines)
    return frame(
        html.Div(
            [html.H1(text("nav.settings")), html.P(text("setting.note"), className="muted")],
            className="headline",
        ),
        *book("settings", given, answers),
        form,
        html.Section(
            [
                heading(text("setting.work")),
                work if lines else empty(text("setting.nothing_lacks")),
            ],
            className="block",
        ),
        _in_force(snapshot, place),
        snapshot=snapshot,
    )


def _more() -> tuple[str, ...]:
    return ("edit",) if may("decide") else ()


def _way(indicator_id: str) -> dict[str, object]:
    """Return the way to the form of an indicator, for whoever may decide."""
    if not may("decide"):
        return {}
    link = html.Link(text("setting.edit"), href=f"/settings/{indicator_id}", className="more")
    return {"edit": link}


def _lacking(lacks: Sequence[Lack]) -> dict[str, object]:
    indicator = lacks[0].indicator
    offered = [
        text("setting.offered", lacks=said(each.lacks), proposal=each.proposal)
        for each in lacks
        if each.proposal
    ]
    return {
        "indicator": html.Link(indicator.name, href=f"/indicators/{indicator.indicator_id}"),
        "place": indicator.place,
        "lacks": html.Span(
            [html.Span(said(each.lacks), className="badge") for each in lacks], className="badges"
        ),
        "proposal": html.Span(joined(offered, "clause"), **content())
        if offered
        else text("site.none"),
        **_way(indicator.indicator_id),
    }


def _in_force(snapshot: Snapshot, place: str) -> Component:
    known = [
        row
        for key, row in snapshot.settings.items()
        if key in snapshot.indicators and place in ("", snapshot.indicators[key].place)
    ]
    known.sort(
        key=lambda row: (
            snapshot.indicators[row.indicator_id].place,
            snapshot.indicators[row.indicator_id].name,
        )
    )
    columns = ("indicator", "place", "baseline", "accumulation", "schedule", "reporting", *_more())
    lines = [_setting(snapshot, row) for row in known[:SHOWN]]
    return html.Section(
        [
            heading(text("setting.in_force"), text("filter.showing", count=len(known))),
            table("in-force", columns, lines) if lines else empty(text("setting.none")),
        ],
        className="block",
    )


def _setting(snapshot: Snapshot, row: Setting) -> dict[str, object]:
    indicator = snapshot.indicators[row.indicator_id]
    dash = text("site.none")
    baseline: list[Component | str] = [figure(row.baseline, indicator.unit)]
    if row.baseline_date:
        baseline.append(html.Span(day(row.baseline_date), className="where"))
    name: list[Component] = [
        html.Link(indicator.name, href=f"/indicators/{row.indicator_id}"),
    ]
    if row.demonstration:
        name.append(html.Span(text("site.demonstration"), className="badge badge-demonstration"))
    return {
        "indicator": name,
        "place": indicator.place,
        "baseline": baseline,
        "accumulation": text(f"accumulation.{row.accumulation}") if row.accumulation else dash,
        "schedule": text(f"schedule.{row.schedule}") if row.schedule else dash,
        "reporting": row.reporting_office or dash,
        **_way(row.indicator_id),
    }
