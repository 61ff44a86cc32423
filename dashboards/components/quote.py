"""A sentence quoted from a document, its number marked, with the way back to the document."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.components import markup as html
from dashboards.components.attributes import content
from dashboards.messages import text
from dashboards.quantities import day
from dashboards.views.evidence import Evidence

__all__ = ["quote", "sentence"]


def sentence(evidence: Evidence) -> list[Component | str]:
    """Return a sentence with its number marked."""
    return [
        evidence.before,
        html.Mark(evidence.number, className=f"mark mark-{evidence.kind}")
        if evidence.number
        else "",
        evidence.after,
    ]


def quote(evidence: Evidence) -> Component:
    """Return the quoted sentence with document, section and link."""
    origin = [evidence.number_of_document, evidence.issuer]
    if evidence.issued_on:
        origin.append(day(evidence.issued_on))
    where = [*evidence.section, *([evidence.location] if evidence.location else [])]
    return html.Figure(
        [
            html.Blockquote(sentence(evidence), **content()),
            html.Figcaption(
                [
                    html.Span(text(f"kind.{evidence.kind}"), className=f"tag tag-{evidence.kind}"),
                    html.Cite(evidence.document),
                    html.Span(" · ".join(part for part in origin if part), className="muted"),
                    html.Span(" › ".join(where), className="muted path") if where else "",
                    html.Link(
                        text("indicator.evidence_open"), href=evidence.link, className="more"
                    ),
                ]
            ),
        ],
        className="quote",
    )
