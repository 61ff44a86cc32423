"""指标: one indicator, why its light is what it is, each value with its source, the evidence."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.access import may
from dashboards.charts import course_figure
from dashboards.components import badges, empty, frame, heading, light_mark, notice, quote
from dashboards.components import markup as html
from dashboards.components.attributes import chart
from dashboards.components.downloads import downloads
from dashboards.components.filters import chooser, select
from dashboards.messages import joined, language, text
from dashboards.pages.indicator_parts import progress, related, rules, split
from dashboards.pages.notes import notes
from dashboards.pages.values import values_table
from dashboards.quantities import Scale, day, figure, quarter_of, signed
from dashboards.views import Snapshot, Story, story
from dashboards.views.evidence import address, cell_address
from dashboards.views.rows import target_text
from indicators.assessment.outlook import MINIMUM
from indicators.assessment.verdict import Verdict
from indicators.model import Target

__all__ = ["page"]


def page(snapshot: Snapshot, indicator_id: str, target_id: str = "", unit: str = "") -> Component:
    """Return the page of an indicator, seen from one of its targets."""
    told = story(snapshot, indicator_id, target_id, unit)
    if told is None:
        return notice(text("indicator.missing"), text("indicator.missing_action"))
    return frame(
        _head(told),
        _facts(told),
        html.Div([_chart(told), _evidence(told)], className="columns"),
        *split(told, snapshot.assessment.as_of),
        values_table(told),
        *progress(told),
        *rules(told),
        *related(told),
        notes(snapshot, indicator_id),
        snapshot=snapshot,
    )


def _head(told: Story) -> Component:
    verdict = told.verdict
    where = [html.Span(told.indicator.place)]
    if verdict and verdict.office:
        where.append(html.Span(verdict.office))
    light: list[Component] = []
    if verdict:
        sentence = verdict.sentence(language())
        light = [
            html.Div(
                [
                    light_mark(verdict.light, text(f"state.{verdict.state}")),
                    *badges(verdict.marks, demonstration=told.demonstration),
                ],
                className="verdict-light",
            ),
            html.P(sentence, className="verdict-sentence"),
        ]
        why = getattr(verdict.why, language(), "")
        # Of a grey light the sentence is the reason; said once it is enough.
        if why and why not in sentence:
            light.append(html.P(why, className="verdict-why"))
        if verdict.last is not None and verdict.last.period is not None:
            light.append(
                html.P(
                    text(
                        "indicator.last_light",
                        period=quarter_of(verdict.last.period.end),
                        state=text(f"state.{verdict.last.state}"),
                    ),
                    className="verdict-why",
                )
            )
    return html.Div(
        [
            html.P(where, className="kicker"),
            html.H1(told.indicator.name),
            *light,
            _tools(told),
        ],
        className="headline verdict",
    )


def _tools(told: Story) -> Component:
    """Return the ways on from here: what happened to it, and where it is set."""
    key = told.indicator.indicator_id
    links = [html.Link(text("indicator.history"), href=f"/history/{key}", className="more")]
    if may("decide"):
        links.append(
            html.Link(text("indicator.settings"), href=f"/settings/{key}", className="more")
        )
    return html.P(links, className="ways no-print")


def _baseline(told: Story, verdict: Verdict) -> tuple[str, str]:
    if verdict.baseline is None:
        return text("indicator.baseline_none"), ""
    how = text(f"baseline.{verdict.baseline_source}") if verdict.baseline_source else ""
    since = day(verdict.baseline_date) if verdict.baseline_date else ""
    shown = figure(verdict.baseline, told.indicator.unit, scale=told.scale)
    return shown, " · ".join(part for part in (since, how) if part)


def _deadline(told: Story, verdict: Verdict) -> str:
    """Return until when, and what was promised before a revision."""
    parts = [day(verdict.target.deadline)]
    if told.replaced is not None:
        old = told.replaced
        shown = figure(
            old.magnitude, old.unit, high=old.magnitude_high, bound=old.bound, scale=told.scale
        )
        parts.append(f"{text('indicator.replaced')} {shown}")
    return " · ".join(parts)


def _judged_at(told: Story) -> str:
    """Return where the value that the verdict rests on stands: its cell, or its sentence."""
    value = next((each for each in told.values if each.judged), None)
    if value is None:
        return ""
    if value.document_digest:
        return address(value.document_digest, value.commitment_id)
    return cell_address(value.file_digest, value.sheet, value.cell) if value.file_digest else ""


def _facts(told: Story) -> Component:
    verdict, unit = told.verdict, told.indicator.unit
    facts: list[tuple[str, str, str, str]] = []
    if verdict:
        expected = verdict.period.end if verdict.period else None
        facts = [
            (
                text("indicator.target"),
                target_text(verdict, told.scale),
                _deadline(told, verdict),
                told.evidence[0].link if told.evidence else "",
            ),
            (
                text("indicator.baseline"),
                *_baseline(told, verdict),
                # Who set it, when and why stands among what happened to the indicator.
                f"/history/{told.indicator.indicator_id}"
                if verdict.baseline_source == "setting"
                else "",
            ),
            (
                text("indicator.latest"),
                figure(
                    verdict.actual,
                    unit,
                    bound=verdict.observation.bound if verdict.observation else "equal",
                    scale=told.scale,
                ),
                quarter_of(expected) if expected else "",
                _judged_at(told),
            ),
            (
                text("indicator.expected_now"),
                figure(verdict.expected, unit, scale=told.scale),
                day(expected) if expected else "",
                "",
            ),
            (
                text("indicator.gap_now"),
                text("indicator.points", gap=signed(verdict.gap_points))
                if verdict.gap_points is not None
                else text("site.none"),
                figure(verdict.gap, unit, scale=told.scale) if verdict.gap is not None else "",
                "",
            ),
        ]
        if verdict.run_rate is not None and verdict.quarters_left:
            facts.append(
                (
                    text("indicator.needed"),
                    figure(verdict.run_rate, unit, scale=told.scale),
                    text("indicator.quarters_left", quarters=verdict.quarters_left),
                    "",
                )
            )
    main = html.Dl(
        [
            html.Div(
                [
                    html.Dt(label),
                    html.Dd(html.Link(shown, href=href) if href else shown),
                    html.Dd(note, className="fact-note"),
                ]
            )
            for label, shown, note, href in facts
        ],
        className="facts",
    )
    return html.Section(
        [html.H2(text("indicator.facts"), className="visually-hidden"), main, _small(told)]
    )


def _revision(old: Target, new: Target, scale: Scale) -> str:
    """Return the earlier target with the paper that changed it, the day and the reason."""
    shown = figure(old.magnitude, old.unit, high=old.magnitude_high, bound=old.bound, scale=scale)
    parts = (
        day(old.deadline),
        text("indicator.revised_by", paper=new.approved_by) if new.approved_by else "",
        text("indicator.revised_on", day=day(new.effective_on)) if new.effective_on else "",
        new.reason,
    )
    return text("sign.aside", first=shown, rest=joined(filter(None, parts), "comma"))


def _small(told: Story) -> Component:
    verdict, chosen = told.verdict, told.setting
    pairs: list[tuple[str, str]] = []
    if verdict and verdict.accumulation:
        pairs.append(("accumulation", text(f"accumulation.{verdict.accumulation}")))
    if verdict and verdict.schedule:
        pairs.append(("schedule", text(f"schedule.{verdict.schedule}")))
    if told.replaced is not None and verdict is not None:
        pairs.append(("replaced", _revision(told.replaced, verdict.target, told.scale)))
    caliber = (chosen.caliber if chosen else "") or told.indicator.caliber
    if caliber and chosen is not None and chosen.caliber_since:
        caliber = text("indicator.caliber_from", caliber=caliber, day=day(chosen.caliber_since))
    if caliber:
        pairs.append(("caliber", caliber))
    if chosen is not None:
        if chosen.binding:
            pairs.append(("binding", text(f"binding.{chosen.binding}")))
        if chosen.reporting_office:
            pairs.append(("reporting", chosen.reporting_office))
        if chosen.supporting_offices:
            pairs.append(("supporting", joined(chosen.supporting_offices)))
    return html.Dl(
        [html.Div([html.Dt(text(f"indicator.{name}")), html.Dd(words)]) for name, words in pairs],
        className="facts-small",
    )


def _chart(told: Story) -> Component:
    drawn = course_figure(told)
    if drawn is None:
        body: Component = empty(text("indicator.chart_empty"))
    else:
        label = f"{told.indicator.name} {text('indicator.chart')}"
        body = chart("course", drawn, label)
    return html.Section(
        [
            html.Div(
                [
                    heading(text("indicator.chart"), text("indicator.chart_note") if drawn else ""),
                    _switch(told) if drawn else "",
                ],
                className="heading-row",
            ),
            body,
            *_outlook(told),
            downloads(
                f"{told.indicator.place}{told.indicator.name}",
                f"/export/indicators/{told.indicator.indicator_id}.csv",
            )
            if drawn
            else "",
        ],
        className="column-main",
        id="chart",
    )


def _outlook(told: Story) -> list[Component]:
    """Return where the course is heading, in words, with how far that can be trusted."""
    if told.verdict is None:
        return []
    if told.outlook is None or told.coverage is None:
        if not told.values or told.verdict.state in ("achieved", "missed", "achieved_late"):
            return []
        return [html.P(text("indicator.no_outlook", points=MINIMUM), className="note")]
    words: list[Component | str] = [
        html.Strong(text("indicator.outlook")),
        told.outlook.sentence(told.indicator.unit, language()),
        html.Span(told.coverage.sentence(language()), className="muted"),
    ]
    return [html.P(words, className="outlook")]


def _switch(told: Story) -> Component | str:
    if len(told.scales) < 2:
        return ""
    first, *rest = told.scales
    chosen = "" if told.scale == first else told.scale.unit
    return chooser(
        [
            select(
                "unit",
                text("indicator.in_unit"),
                first.unit,
                [(each.unit, each.unit) for each in rest],
                chosen,
            )
        ],
        compact=True,
    )


def _evidence(told: Story) -> Component:
    body: list[Component] = [quote(each) for each in told.evidence]
    if not body and told.verdict is not None:
        body = [empty(text("indicator.evidence_empty"))]
    if told.stated:
        body.append(heading(text("indicator.actuals_stated"), level=3))
        body += [quote(each) for each in told.stated]
    return html.Section(
        [heading(text("indicator.evidence"), text("indicator.evidence_note")), *body],
        className="column-side",
        id="evidence",
    )
