"""HTML elements as Dash sends them, made without its checks.

Dash looks through every argument of every component: two thirds of the work of a page.  These are
called like those of ``dash.html`` and answer ``to_plotly_json`` alike; a test holds each page's
markup against Dash's own classes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component

__all__ = [
    "H1",
    "H2",
    "H3",
    "A",
    "Aside",
    "Blockquote",
    "Button",
    "Cite",
    "Dd",
    "Details",
    "Div",
    "Dl",
    "Dt",
    "Element",
    "Fieldset",
    "Figcaption",
    "Figure",
    "Footer",
    "Form",
    "Header",
    "Kbd",
    "Label",
    "Legend",
    "Li",
    "Link",
    "Main",
    "Mark",
    "Nav",
    "Ol",
    "Option",
    "P",
    "Section",
    "Select",
    "Span",
    "Strong",
    "Summary",
    "Table",
    "Tbody",
    "Td",
    "Th",
    "Thead",
    "Time",
    "Tr",
    "Ul",
]

HTML, CORE = "dash_html_components", "dash_core_components"


class Element(dict[str, Any], Component):
    """An element: its name, its properties and what stands in it.

    A dict in the form that the browser takes, so that it is written without being asked.
    """

    _namespace = HTML
    _tag = ""

    def __init__(self, children: Any = None, **properties: Any) -> None:
        if children is not None:
            properties["children"] = children
        dict.__init__(self, props=properties, type=self._tag, namespace=self._namespace)

    @property
    def children(self) -> Any:
        """What stands in it."""
        return dict.__getitem__(self, "props").get("children")

    def to_plotly_json(self) -> dict[str, Any]:
        """Return it as the browser takes it."""
        return dict(self.items())

    def __getattr__(self, name: str) -> Any:
        try:
            return dict.__getitem__(self, "props")[name]
        except KeyError:
            raise AttributeError(name) from None

    def __repr__(self) -> str:
        return f"{self._tag}({dict.__getitem__(self, 'props')})"

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 1


class A(Element):
    _tag = "A"


class Aside(Element):
    _tag = "Aside"


class Blockquote(Element):
    _tag = "Blockquote"


class Button(Element):
    _tag = "Button"


class Cite(Element):
    _tag = "Cite"


class Dd(Element):
    _tag = "Dd"


class Details(Element):
    _tag = "Details"


class Div(Element):
    _tag = "Div"


class Dl(Element):
    _tag = "Dl"


class Dt(Element):
    _tag = "Dt"


class Fieldset(Element):
    _tag = "Fieldset"


class Figcaption(Element):
    _tag = "Figcaption"


class Figure(Element):
    _tag = "Figure"


class Footer(Element):
    _tag = "Footer"


class Form(Element):
    _tag = "Form"


class H1(Element):
    _tag = "H1"


class H2(Element):
    _tag = "H2"


class H3(Element):
    _tag = "H3"


class Header(Element):
    _tag = "Header"


class Kbd(Element):
    _tag = "Kbd"


class Label(Element):
    _tag = "Label"


class Legend(Element):
    _tag = "Legend"


class Link(Element):
    """A link that changes the page without loading it anew (``dcc.Link``)."""

    _namespace = CORE
    _tag = "Link"


class Li(Element):
    _tag = "Li"


class Main(Element):
    _tag = "Main"


class Mark(Element):
    _tag = "Mark"


class Nav(Element):
    _tag = "Nav"


class Ol(Element):
    _tag = "Ol"


class Option(Element):
    _tag = "Option"


class P(Element):
    _tag = "P"


class Section(Element):
    _tag = "Section"


class Select(Element):
    _tag = "Select"


class Span(Element):
    _tag = "Span"


class Strong(Element):
    _tag = "Strong"


class Summary(Element):
    _tag = "Summary"


class Table(Element):
    _tag = "Table"


class Tbody(Element):
    _tag = "Tbody"


class Td(Element):
    _tag = "Td"


class Th(Element):
    _tag = "Th"


class Thead(Element):
    _tag = "Thead"


class Time(Element):
    _tag = "Time"


class Tr(Element):
    _tag = "Tr"


class Ul(Element):
    _tag = "Ul"
