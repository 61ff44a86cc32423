"""设置 of one indicator: a plain form, with what the register finds wrong beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash.development.base_component import Component

from dashboards.access import current_person, may
from dashboards.actions.indicators import CHOICES
from dashboards.answers import Answers
from dashboards.components import frame, notice
from dashboards.components import markup as html
from dashboards.components.controls import control
from dashboards.components.tables import findings_table
from dashboards.messages import joined, text
from dashboards.pages.setting_targets import target_forms
from dashboards.views import Snapshot
from indicators.model import Setting

__all__ = ["page"]


def page(snapshot: Snapshot, answers: Answers, indicator_id: str, token: str = "") -> Component:
    """Return the form, filled with what is in force, or with what was refused."""
    from indicators.register.settingsbook import setting_version

    indicator = snapshot.indicators.get(indicator_id)
    if indicator is None:
        return notice(text("indicator.missing"), text("indicator.missing_action"))
    told = answers.get(token, current_person().name) if token else None
    shown = _shown(snapshot.settings.get(indicator_id, Setting(indicator_id=indicator_id)))
    if told is not None and not told["saved"] and "form" not in told:
        offered = {name: {*values, shown[name]} for name, values in CHOICES.items()}
        shown |= {
            name: value
            for name, value in told["given"].items()
            if name not in offered or value in offered[name]
        }
    return frame(
        html.Div(
            [
                html.P(
                    html.Link(
                        f"{indicator.place} {indicator.name}", href=f"/indicators/{indicator_id}"
                    ),
                    className="kicker",
                ),
                html.H1(text("setting.one")),
                html.P(text("setting.unit", unit=indicator.unit), className="muted"),
            ],
            className="headline",
        ),
        *_answer(told),
        _form(indicator_id, shown, setting_version(snapshot.settings.get(indicator_id)))
        if may("decide")
        else html.P(text("setting.only_look"), className="muted"),
        *(target_forms(snapshot, indicator, told) if may("decide") else ()),
        html.P(
            html.Link(text("setting.back"), href="/settings", className="more"), className="tools"
        ),
        snapshot=snapshot,
    )


def _shown(row: Setting) -> dict[str, str]:
    return {
        "baseline": "" if row.baseline is None else format(row.baseline.normalize(), "f"),
        "baseline_date": row.baseline_date.isoformat() if row.baseline_date else "",
        "direction": row.direction,
        "accumulation": row.accumulation,
        "schedule": row.schedule,
        "lead_office": row.lead_office,
        "supporting_offices": joined(row.supporting_offices),
        "reporting_office": row.reporting_office,
        "yearly_split": joined(row.yearly_split),
        "quarterly_split": joined(row.quarterly_split),
        "reason": "",
    }


def _answer(told: Mapping[str, Any] | None) -> Sequence[Component]:
    """Return what became of the form that was sent."""
    if told is None:
        return ()
    words = text("setting.saved") if told["saved"] else told["problem"]
    parts: list[Component] = [
        html.P(words, className="answer" if told["saved"] else "answer answer-bad", role="status")
    ]
    if told["findings"]:
        parts.append(findings_table(told["findings"]))
    return (html.Section(parts),)


def _form(indicator_id: str, shown: Mapping[str, str], version: str) -> Component:
    def field(name: str, hint: str = "") -> Component:
        more = {"placeholder": hint} if hint else {}
        key = f"set-{name}"
        return html.Div(
            [
                html.Label(text(f"setting.field_{name}"), htmlFor=key),
                control(key, "text", name, value=shown.get(name, ""), autocomplete="off", **more),
            ]
        )

    def choice(name: str) -> Component:
        chosen, offered = shown.get(name, ""), list(CHOICES[name])
        if chosen not in offered:
            offered.append(chosen)
        options = [
            html.Option(
                text(f"{name}.{each}") if each else text("setting.by_rule"),
                value=each,
                selected=each == chosen,
            )
            for each in offered
        ]
        key = f"set-{name}"
        return html.Div(
            [
                html.Label(text(f"setting.field_{name}"), htmlFor=key),
                html.Select(options, name=name, id=key),
            ]
        )

    return html.Form(
        html.Div(
            [
                control("", "hidden", "version", value=version),
                field("baseline"),
                field("baseline_date", "2024-12-31"),
                choice("direction"),
                choice("accumulation"),
                choice("schedule"),
                field("lead_office"),
                field("supporting_offices", text("setting.several")),
                field("reporting_office"),
                field("yearly_split", text("setting.example_yearly")),
                field("quarterly_split", text("setting.example_quarterly")),
                field("reason"),
                html.Button(text("setting.save"), type="submit", className="button button-main"),
            ],
            className="form-grid",
        ),
        method="post",
        action=f"/settings/{indicator_id}",
        className="setting-form",
    )
