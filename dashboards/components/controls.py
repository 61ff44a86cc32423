"""Controls of plain forms: Dash has none for files and ticks, so a script of ours puts them in."""

from __future__ import annotations

import json

from dash.development.base_component import Component

from dashboards.components import markup as html
from dashboards.components.attributes import attributes

__all__ = ["control"]


def control(key: str, sort: str, name: str, **more: str) -> Component:
    """Return the place of an ``<input>`` in a plain form; assets/papers.js fills it.

    Args:
        key: id of the input, for its label; empty for hidden ones.
        sort: its ``type``: file, text, checkbox, hidden.
        name: its name in the form.
        more: further attributes: value, accept, placeholder, required.
    """
    told = {"type": sort, "name": name, **({"id": key} if key else {}), **more}
    return html.Span(
        className=f"control control-{sort}",
        **attributes(data_control=json.dumps(told, ensure_ascii=False)),
    )
