"""House rules are tests: layers, size of rooms, light imports, documented codes and commands."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(
    path for package in ("indicators", "dashboards") for path in (ROOT / package).rglob("*.py")
)
HEAVY = {"pandas", "pyarrow", "sqlalchemy", "pint", "dash", "plotly", "openpyxl", "numpy", "email"}
"""Top-level packages; ``email`` comes with importlib.metadata, which costs help a fifth of its time."""
LAYERS = (
    ("errors", "model", "findings", "tables", "ledger", "reference"),
    (
        "access",
        "bulk",
        "outputs",
        "dimensions",
        "figures",
        "units",
        "units_registry",
        "numerals",
        "periods",
        "places",
        "regions",
    ),
    ("documents",),
    ("extraction",),
    ("register",),
    ("store",),
    ("assessment",),
    ("checks", "submissions"),
    ("bulletin", "exchange", "engine", "loading"),
    ("cli",),
)
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
LONGEST = 400
"""Lines of a module; the declarations of model.py are one list and may be longer."""


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def room(path: Path) -> str:
    return path.relative_to(ROOT / "indicators").parts[0].removesuffix(".py")


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.is_relative_to(ROOT / "indicators")],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_room_imports_only_from_rooms_before_it(path: Path) -> None:
    """The data goes one way: no module imports a later room, and none imports dashboards."""
    here = room(path)
    if here == "__init__":
        here = "errors"
    for name in imports(path):
        parts = name.split(".")
        assert parts[0] != "dashboards", f"{path}: {name}"
        if parts[0] == "indicators" and len(parts) > 1 and parts[1] in LEVEL:
            assert LEVEL[parts[1]] <= LEVEL[here], f"{here} imports {parts[1]}"


def test_every_room_has_a_layer() -> None:
    """A new room must say where it stands in the way of the data."""
    rooms = {room(path) for path in MODULES if path.is_relative_to(ROOT / "indicators")}
    assert rooms - {"__init__", "_data"} <= set(LEVEL)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_one_room(path: Path) -> None:
    """A module that has outgrown its size is two rooms."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= (700 if path.name == "model.py" else LONGEST)


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; import json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


@pytest.mark.parametrize(
    "statement",
    [
        "import indicators",
        "import indicators.model, indicators.tables, indicators.ledger, indicators.findings",
        "from indicators.cli import build_parser; build_parser()",
        "import indicators.units, indicators.numerals, indicators.periods",
        "import indicators.documents, indicators.extraction, indicators.loading",
    ],
)
def test_the_core_loads_no_heavy_library(statement: str) -> None:
    """Help, the core and text extraction start without any heavy library."""
    assert not loaded_by(statement) & HEAVY


def declared() -> Mapping[str, object]:
    codes: dict[str, object] = {}
    for path in MODULES:
        if not re.search(r"^FINDINGS\b", path.read_text(encoding="utf-8"), re.MULTILINE):
            continue
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for code, kind in import_module(name).FINDINGS.items():
            assert codes.setdefault(code, kind) is kind, f"{code} is declared twice"
    return codes


def test_every_finding_code_is_documented() -> None:
    """docs/findings.md lists exactly the codes that the rooms declare."""
    listed = re.findall(
        r"^\| `([a-z0-9-]+)` \|", (ROOT / "docs/findings.md").read_text("utf-8"), re.MULTILINE
    )
    assert sorted(listed) == sorted(declared())


def commands() -> Iterator[str]:
    from indicators.cli import build_parser

    for action in build_parser()._subparsers._group_actions:
        for name, parser in action.choices.items():
            inner = parser._subparsers._group_actions if parser._subparsers else ()
            below = [f"{name} {word}" for each in inner for word in each.choices]
            yield from below or [name]


def test_every_command_is_documented() -> None:
    """docs/commands.md has a heading for each command, and none for one that does not exist."""
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    assert sorted(re.findall(r"^### `indicators ([a-z -]+)`", text, re.MULTILINE)) == sorted(
        commands()
    )


def test_constraints_hold_names_and_versions_only() -> None:
    """No address of a registry or file stands in constraints.txt, and names are sorted."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!-]+", pin) for pin in pins)
    names = [pin.partition("==")[0].lower().replace("_", "-") for pin in pins]
    assert all(one < other for one, other in pairwise(names))


def test_the_makefile_is_short_and_documented() -> None:
    """Fewer than fifteen targets that a person calls, one line each, help first."""
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^([a-z-]+):.*?(##.*)?$", text, re.MULTILINE)
    assert targets[0][0] == "help"
    assert len(targets) < 15
    assert all(words for _, words in targets)


TESTS = sorted((ROOT / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("path", TESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_test_says_its_rule(path: Path) -> None:
    """Each test function has a docstring of one sentence."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            words = ast.get_docstring(node)
            assert words, f"{node.name} says nothing"
            assert words.splitlines()[0].rstrip().endswith((".", "。")), node.name


def test_nothing_in_the_project_names_a_package_registry() -> None:
    """No file that git tracks holds the host of a package registry."""
    hosts = "|".join(
        ["py" + r"pi\.org", "python" + "hosted", r"npm" + r"js\.(org|com)", "debian" + r"\.org"]
    )
    done = subprocess.run(
        ["git", "grep", "-nIE", rf"https?://[^/ ]*({hosts})"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.stdout == ""
