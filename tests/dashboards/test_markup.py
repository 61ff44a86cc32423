"""The elements that pages are made of are those of Dash, made without its checks."""

from __future__ import annotations

import json

import pytest
from dash import dcc, html

from dashboards.components import markup

NAMES = [name for name in markup.__all__ if name != "Element"]


@pytest.mark.parametrize("name", NAMES)
def test_an_element_is_sent_as_dash_sends_it(name):
    """Type, namespace and properties are those that Dash's own class gives."""
    given = {"className": "one", "href": "/two"} if name == "Link" else {"className": "one"}
    ours = getattr(markup, name)(["words"], **given)
    theirs = getattr(dcc if name == "Link" else html, name)(["words"], **given)
    assert ours.to_plotly_json() == theirs.to_plotly_json()


def test_attributes_with_hyphens_are_kept():
    """What screen readers need goes through under its own name."""
    ours = markup.Td("x", **{"data-label": "目标", "aria-label": "值"})
    assert (
        ours.to_plotly_json()
        == html.Td("x", **{"data-label": "目标", "aria-label": "值"}).to_plotly_json()
    )
    assert ours.children == "x"
    assert json.loads(json.dumps(ours.to_plotly_json()))["type"] == "Td"


def test_what_was_not_given_is_no_attribute():
    """A property that is not there is told like that of any object."""
    with pytest.raises(AttributeError, match="href"):
        _ = markup.A("x").href
