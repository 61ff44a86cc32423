"""设置 of one indicator: its targets in force, how each is split, and the form that revises it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash.development.base_component import Component

from dashboards.actions.targets import split_version
from dashboards.components import heading
from dashboards.components import markup as html
from dashboards.components.controls import control
from dashboards.messages import joined, section, text
from dashboards.quantities import day, figure
from dashboards.views import Snapshot
from indicators.model import Indicator, Share, Target

__all__ = ["target_forms"]


def target_forms(
    snapshot: Snapshot, indicator: Indicator, told: Mapping[str, Any] | None
) -> Sequence[Component]:
    """Return the forms of every accepted target in force; what was refused stands in its form."""
    from indicators.register.settings import in_force

    rows = [
        row
        for row in in_force(snapshot.reader.current(Target, indicator_id=indicator.indicator_id))
        if row.status == "accepted"
    ]
    refused = told if told is not None and not told["saved"] else {}
    return [_forms(snapshot, row, refused) for row in rows]


def _given(told: Mapping[str, Any], form: str, target: Target) -> Mapping[str, str]:
    given: Mapping[str, str] = told.get("given", {})
    mine = told.get("form") == form and given.get("target") == target.target_id
    return given if mine else {}


def _forms(snapshot: Snapshot, target: Target, told: Mapping[str, Any]) -> Component:
    words = figure(target.magnitude, target.unit, high=target.magnitude_high, bound=target.bound)
    return html.Section(
        [
            heading(text("setting.target", target=words, deadline=day(target.deadline))),
            _split(snapshot, target, _given(told, "shares", target)),
            _revision(target, _given(told, "revision", target)),
        ],
        className="block",
    )


def _field(target: Target, name: str, value: str, hint: str = "") -> Component:
    key = f"{name}-{target.target_id}"
    more = {"placeholder": hint} if hint else {}
    return html.Div(
        [
            html.Label(text(f"setting.field_{name}"), htmlFor=key),
            control(key, "text", name, value=value, autocomplete="off", **more),
        ]
    )


def _post(target: Target, route: str, legend: str, inside: Sequence[Component]) -> Component:
    return html.Form(
        [
            html.H3(legend),
            html.Div(
                [control("", "hidden", "target", value=target.target_id), *inside],
                className="form-grid",
            ),
        ],
        method="post",
        action=f"/settings/{target.indicator_id}/{route}",
        className="setting-form target-form",
    )


def _split(snapshot: Snapshot, target: Target, given: Mapping[str, str]) -> Component:
    rows = [
        row
        for row in snapshot.reader.current(Share, target_id=target.target_id)
        if not row.withdrawn
    ]
    sorts = section("share_sort")
    chosen = given.get("sort", rows[0].sort if rows else "year")
    written = joined(
        f"{row.part}={row.magnitude.normalize():f}" for row in rows if row.sort == chosen
    )
    key = f"sort-{target.target_id}"
    options = [
        html.Option(text(f"share_sort.{name}"), value=name, selected=name == chosen)
        for name in sorts
    ]
    return _post(
        target,
        "shares",
        text("setting.split", unit=target.unit),
        [
            control("", "hidden", "version", value=split_version(rows)),
            html.Div(
                [
                    html.Label(text("setting.field_sort"), htmlFor=key),
                    html.Select(options, name="sort", id=key),
                ]
            ),
            _field(target, "parts", given.get("parts", written), text("setting.example_parts")),
            html.Button(text("setting.split_do"), type="submit", className="button"),
        ],
    )


def _revision(target: Target, given: Mapping[str, str]) -> Component:
    return _post(
        target,
        "revision",
        text("setting.revision", unit=target.unit),
        [
            _field(target, "magnitude", given.get("magnitude", "")),
            _field(target, "deadline", given.get("deadline", ""), "2027-12-31"),
            _field(target, "approved_by", given.get("approved_by", "")),
            _field(target, "effective_on", given.get("effective_on", ""), "2026-10-01"),
            _field(target, "reason", given.get("reason", "")),
            html.Button(text("setting.revision_do"), type="submit", className="button"),
        ],
    )
