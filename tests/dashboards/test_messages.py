"""One message file holds every text."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from dashboards import messages
from dashboards.messages import FOLDER, LANGUAGES, OWN, speaking, text, written
from indicators.access import ROLE_LABELS
from indicators.assessment import profile
from indicators.assessment.verdict import CAUSES, LIGHT_LABELS, STATE_LABELS, BaselineSource
from indicators.model import (
    Accumulation,
    Binding,
    Bound,
    Direction,
    Genre,
    Kind,
    Review,
    Schedule,
    Severity,
    Share,
    Source,
    Task,
)
from indicators.register.chronicle import ORDER
from indicators.submissions.flow import STATUS
from indicators.tables import table_of

CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""Han characters and the punctuation written among them."""
WHOLE = {"grid", "plotly", "script", "calendar", "scale"}
"""Sections that are handed on as a whole."""
DATA = {
    "quantities.py": {
        "_PLAIN": "units as documents write them",
    },
    "views/paper.py": {
        "_HEADING": "how headings of documents are numbered",
        "_CLOSES": "signs with which a paragraph of a document ends",
    },
    "views/evidence.py": {"_PAUSES": "signs between clauses of a document"},
    "actions/indicators.py": {
        "_SEPARATORS": "what people type between parts",
        "_OFFICES": "what people type between offices",
    },
    "actions/targets.py": {
        "_BETWEEN": "what people type between parts",
        "_EQUALS": "what people type before a value",
    },
}
"""Constants by module that speak of documents and of what is typed, with the reason."""


def sources() -> list[Path]:
    return sorted(FOLDER.rglob("*.py"))


def calls() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return the keys that are asked for by name, and patterns of those put together."""
    named: set[str] = set()
    made: list[re.Pattern[str]] = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name == "joined":
                sign = node.args[1].value if len(node.args) > 1 else "list"
                named.add(f"sign.{sign}")
            if name not in ("text", "words", "usage_error"):
                continue
            key = node.args[0]
            if isinstance(key, ast.Constant):
                named.add(key.value)
                if name == "usage_error":
                    named.add(f"{key.value}_action")
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


def fields(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_says_everything(language):
    """A further message file has the keys of the Chinese one, with the same fields."""
    first, other = (
        {
            f"{part}.{name}": words
            for part, names in written(each).items()
            for name, words in names.items()
            if part not in OWN
        }
        for each in ("zh", language)
    )
    assert sorted({*first} ^ {*other}) == []
    assert [key for key in first if fields(first[key]) != fields(other[key])] == []
    assert [key for key in first if first[key].strip() and not other[key].strip()] == []


def test_a_text_that_a_file_lacks_is_shown_in_chinese(monkeypatch):
    """A page with one word in the first language is better than no page."""
    monkeypatch.setattr(
        messages,
        "written",
        lambda each: {"zh": {"a": {"b": "甲", "c": "乙"}}, "en": {"a": {"b": "A"}}}[each],
    )
    assert messages._messages.__wrapped__("en") == {"a": {"b": "A", "c": "乙"}}


def test_english_has_a_word_for_each_of_the_domain():
    """Badges, sorts of events and what indicators lack are all in the English file, and no others."""
    sources = "".join(
        (FOLDER.parent / "indicators" / name).read_text(encoding="utf-8")
        for name in ("assessment/evaluation.py", "register/worklist.py")
    )
    written = set(re.findall(r'marks\.append\("([^"≥]+)"\)|yield "([^"]+)"', sources))
    known = {word for pair in written for word in pair if word} | set(ORDER)
    with speaking("en"):
        assert set(messages.section("said")) == known


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


def literals(tree: ast.Module, data: set[str]) -> list[str]:
    """Return the literals of a module outside of docstrings and of constants that are data."""
    statements = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in tree.body:
        if isinstance(node, ast.Assign) and data & {
            each.id for each in ast.walk(node) if isinstance(each, ast.Name)
        }:
            statements |= set(ast.walk(node))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in statements
    ]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_module_writes_chinese_itself(path):
    """Words that a reader sees stand in the message file, so that a language can be added."""
    data = set(DATA.get(path.relative_to(FOLDER).as_posix(), ()))
    found = literals(ast.parse(path.read_text(encoding="utf-8")), data)
    assert [each for each in found if CHINESE.search(each)] == []


@pytest.mark.parametrize("name", sorted(DATA))
def test_a_constant_that_may_hold_chinese_does(name):
    """The list of exceptions holds no name that needs none."""
    tree = ast.parse((FOLDER / name).read_text(encoding="utf-8"))
    for constant in DATA[name]:
        rest = set(DATA[name]) - {constant}
        assert any(CHINESE.search(each) for each in literals(tree, rest)), constant


@pytest.mark.parametrize(
    "path",
    [each for each in sorted((FOLDER / "assets").iterdir()) if each.suffix in (".js", ".css")],
    ids=lambda path: path.name,
)
def test_no_script_or_style_writes_chinese_itself(path):
    """Scripts take their words from the message file, styles put none on a page."""
    code = re.sub(
        r"/\*.*?\*/|(?m:^\s*//.*$)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    assert CHINESE.findall(code) == []


@pytest.mark.parametrize(
    ("part", "labels"),
    [
        ("state", STATE_LABELS),
        ("light", LIGHT_LABELS),
        ("cause", CAUSES),
        ("role", ROLE_LABELS),
        ("profile", {each: profile.load(each).title for each in profile.names()}),
        ("standing", {"open": "未报", "overdue": "逾期未报", **STATUS}),
    ],
)
def test_screens_and_papers_use_the_same_words(part, labels):
    """A state, light, cause or role is called on screens what the domain calls it elsewhere."""
    assert dict(messages.section(part)) == {key: said for key, said in labels.items() if key}


CHOICES = {
    "accumulation": Accumulation,
    "baseline": BaselineSource,
    "binding": Binding,
    "bound": Bound,
    "bound_mark": Bound,
    "direction": Direction,
    "genre": Genre,
    "kind": Kind,
    "review": Review,
    "schedule": Schedule,
    "severity": Severity,
    "source": Source,
    "share_sort": Share,
    "task_sort": Task,
    "task_status": Task,
}
"""Sections whose keys are the values of a field, by the values or the record that has them."""


@pytest.mark.parametrize("part", sorted(CHOICES))
def test_every_value_of_a_field_has_a_word(part):
    """A value that a row may hold never leaves a page without a word for it."""
    choices = get_args(CHOICES[part])
    if not choices:
        name = "status" if part.endswith("status") else "sort"
        (field,) = [each for each in table_of(CHOICES[part]).fields if each.name == name]
        choices = field.choices
    assert len(choices) > 1
    assert set(filter(None, choices)) <= set(messages.section(part))


def test_fields_are_filled_in():
    """A message with braces is filled in; a missing field is an error of ours."""
    assert text("overview.days_left", days=3) == "还有 3 天"
    with pytest.raises(KeyError):
        text("overview.days_left", wrong=3)
