"""Progress against elapsed time: every target a point, the schedule a diagonal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from dashboards.messages import text
from dashboards.quantities import MINUS
from dashboards.remembering import Remembered
from dashboards.theme import FILLS, GROUND, INK, MUTED, SYMBOLS, WORDS, axis, layout
from dashboards.views.rows import TargetRow
from indicators.assessment.verdict import LIGHTS

__all__ = ["Progress", "progress_figure"]

MOST = 160
"""Points drawn: the worst ones; a browser and a reader both tire of more."""
LOWEST, HIGHEST = -0.1, 1.15
"""Range of the vertical axis; points beyond it stand on its edge."""
NAMED = 6
"""Points that carry their name."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The figure with what it could not show."""

    figure: dict[str, Any]
    drawn: int
    left_out: int
    clipped: int
    capped: bool


@dataclass(frozen=True, slots=True)
class _Point:
    """A target as the chart shows it."""

    row: TargetRow
    across: float
    up: float
    """Its height, on the edge where it lies beyond it."""
    clipped: bool
    hover: str
    link: str


def _point(row: TargetRow) -> _Point | None:
    """Return the point of a target; None for one that has no place."""
    if not row.drawn:
        return None
    done, elapsed = row.done or 0.0, row.elapsed or 0.0
    up = min(HIGHEST, max(LOWEST, done))
    return _Point(
        row=row,
        across=elapsed,
        up=up,
        clipped=up != done,
        hover=text(
            "progress.hover",
            name=f"{row.place} {row.name}",
            state=row.label,
            done=f"{done:.1%}".replace("-", MINUS),
            elapsed=f"{elapsed:.1%}",
            gap=row.gap,
        ),
        link=f"/indicators/{row.indicator_id}?target={row.target_id}",
    )


_known_point = Remembered(_point, 4000)
"""The point of a row: the worst rows stand on most views."""


def _diagonal() -> list[dict[str, Any]]:
    """Return the schedule and the two lower bounds of the yellow bands as lines."""
    lines: list[dict[str, Any]] = []
    for below, width, dash in ((0.0, 1.5, "solid"), (0.1, 1, "dot"), (0.3, 1, "dot")):
        lines.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [below or 0.0, 1.0],
                "y": [0.0, 1.0 - below],
                "line": {"color": INK if not below else MUTED, "width": width, "dash": dash},
                "hoverinfo": "skip",
            }
        )
    return lines


def progress_figure(rows: Sequence[TargetRow], fit: int | None = None) -> Progress:
    """Return the chart of the targets that can be compared with time, the worst ones named.

    Args:
        rows: the targets, worst first.
        fit: how many of them can be compared with time, where that is known.
    """
    if fit is None:
        fit = sum(row.drawn for row in rows)
    points = (_known_point(row.target_id, row) for row in rows)
    drawn = list(islice((point for point in points if point), MOST))
    traces = _diagonal()
    for light in LIGHTS:
        mine = [point for point in drawn if point.row.verdict.light == light]
        if not mine:
            continue
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": text(f"light.{light}"),
                "x": [point.across for point in mine],
                "y": [point.up for point in mine],
                "marker": {
                    "symbol": SYMBOLS[light],
                    "size": 12,
                    "color": FILLS[light],
                    "line": {"color": GROUND, "width": 1},
                },
                "hovertext": [point.hover for point in mine],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "customdata": [point.link for point in mine],
            }
        )
    figure = {"data": traces, "layout": _layout(drawn)}
    return Progress(
        figure=figure,
        drawn=len(drawn),
        left_out=len(rows) - fit,
        clipped=sum(point.clipped for point in drawn),
        capped=fit > len(drawn),
    )


def _layout(drawn: Sequence[_Point]) -> dict[str, object]:
    notes: list[dict[str, Any]] = [
        {
            "x": at,
            "y": at - below,
            "text": words,
            "showarrow": False,
            "textangle": 0,
            "xanchor": "right",
            # The line's name above it, the bands' names below theirs: close lines keep apart.
            "yanchor": "top" if below else "bottom",
            "font": {"size": 12, "color": color},
            "xshift": -4 if not below else 0,
            "yshift": -6 if below else 0,
            "bgcolor": "rgba(255,255,255,0.85)",
        }
        for at, below, words, color in (
            (0.97, 0.0, text("progress.diagonal"), INK),
            (1.0, 0.1, text("progress.below", points=10), MUTED),
            (1.0, 0.3, text("progress.below", points=30), MUTED),
        )
    ]
    taken: list[tuple[float, float]] = []
    for point in drawn[: NAMED * 2]:
        row, across, up = point.row, point.across, max(LOWEST, point.row.done or 0.0)
        # Two names at the same height and nearly the same time would lie over each other.
        if len(taken) == NAMED or any(
            abs(across - x) < 0.3 and abs(up - y) < 0.055 for x, y in taken
        ):
            continue
        if row.light not in ("red", "yellow"):
            continue
        taken.append((across, up))
        right = across < 0.72
        notes.append(
            {
                "x": across,
                "y": up,
                "text": row.name if len(row.name) <= 12 else f"{row.name[:11]}…",
                "showarrow": False,
                "xanchor": "left" if right else "right",
                "xshift": 10 if right else -10,
                "font": {"size": 12, "color": WORDS[row.light]},
                "bgcolor": "rgba(255,255,255,0.75)",
                "borderpad": 1,
            }
        )
    ticks = {"tickvals": [0, 0.25, 0.5, 0.75, 1], "ticktext": ["0", "25%", "50%", "75%", "100%"]}
    return layout(
        margin={"l": 52, "r": 16, "t": 8, "b": 44},
        xaxis=axis(
            range=[-0.01, 1.02],
            title={"text": text("progress.axis_elapsed"), "font": {"size": 12}, "standoff": 6},
            **ticks,
        ),
        yaxis=axis(
            range=[LOWEST - 0.03, HIGHEST + 0.03],
            title={"text": text("progress.axis_done"), "font": {"size": 12}, "standoff": 6},
            **ticks,
        ),
        annotations=notes,
        hovermode="closest",
    )
