"""One message file holds every text."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from dashboards import messages
from dashboards.messages import FILE, text

FOLDER = FILE.parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WHOLE = {"grid", "plotly", "script"}
"""Sections that are handed on as a whole."""
DATA = {"quantities.py", "paper.py", "serving.py", "routes.py", "theme.py", "leaf.py", "desk.py"}
"""Modules with Chinese data (units, patterns, month names, fonts) or errors of the command line."""


def sources() -> list[Path]:
    return sorted(FOLDER.rglob("*.py"))


def calls() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return the keys that are asked for by name, and patterns of those put together."""
    named: set[str] = set()
    made: list[re.Pattern[str]] = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "text"):
                continue
            key = node.args[0]
            if isinstance(key, ast.Constant):
                named.add(key.value)
            elif isinstance(key, ast.JoinedStr):
                parts = [
                    re.escape(part.value) if isinstance(part, ast.Constant) else ".+"
                    for part in key.values
                ]
                made.append(re.compile("".join(parts)))
    return named, made


def test_every_text_that_is_asked_for_exists():
    """A key that a module names stands in the message file."""
    named, made = calls()
    known = set(messages.keys())
    assert named - known == set()
    assert [each.pattern for each in made if not any(map(each.fullmatch, known))] == []


def test_no_text_is_left_over():
    """A text that nothing shows is taken out of the file."""
    named, made = calls()
    left = {
        key
        for key in messages.keys()  # noqa: SIM118 - a function, not a mapping
        if key not in named
        and key.partition(".")[0] not in WHOLE
        and not any(each.fullmatch(key) for each in made)
    }
    # The title of a page is looked up by the first part of its address.
    assert {key for key in left if not key.startswith("nav.")} == set()


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sources()
        if path.name not in DATA and path.parent.name not in ("access", "actions")
    ],
    ids=lambda path: str(path.relative_to(FOLDER)),
)
def test_no_module_writes_chinese_itself(path):
    """Words that a reader sees stand in the message file, so that a language can be added."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    statements = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    written = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in docs | statements
        and CHINESE.search(node.value)
    ]
    assert written == []


def test_fields_are_filled_in():
    """A message with braces is filled in; a missing field is an error of ours."""
    assert text("overview.days_left", days=3) == "还有 3 天"
    with pytest.raises(KeyError):
        text("overview.days_left", wrong=3)
