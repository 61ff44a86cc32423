"""The README tells the truth: every command of its tour runs, in order, as a new user types it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BLOCKS = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def tour(
    tmp_path_factory: pytest.TempPathFactory,
) -> list[tuple[str, subprocess.CompletedProcess[str]]]:
    """Run the whole tour once in an empty folder beside the seeds and the demonstration data."""
    here = tmp_path_factory.mktemp("tour")
    for name in ("seeds", "data"):
        (here / name).mkdir()
    for source in (ROOT / "seeds").iterdir():
        (here / "seeds" / source.name).symlink_to(source)
    (here / "data/demonstration").symlink_to(ROOT / "data/demonstration")
    bin_ = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("INDICATORS_STORE", None)
    done = []
    for line in "".join(BLOCKS).splitlines():
        result = subprocess.run(
            ["sh", "-c", line],
            cwd=here, env=environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        done.append((line, result))
    return done


def test_every_command_of_the_tour_succeeds(
    tour: list[tuple[str, subprocess.CompletedProcess[str]]],
) -> None:
    """Each command leaves with exit status 0 and without a traceback."""
    failed = [
        f"{line} → {result.returncode}\n{result.stderr[-1500:]}"
        for line, result in tour
        if result.returncode or "Traceback" in result.stderr
    ]
    assert not failed, "\n".join(failed)
    assert len(tour) >= 12


def test_the_tour_shows_what_the_first_lines_promise(
    tour: list[tuple[str, subprocess.CompletedProcess[str]]],
) -> None:
    """武清's 30 EFLOPS is flagged with a reason, and 和林格尔's 40万P is followed."""
    flagged = next(result.stdout for line, result in tour if line == "indicators flag")
    assert re.search(r"智算规模", flagged)
    assert re.search(r"算力总规模", flagged)


PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pictures_and_pages_that_a_page_names_exist(page: Path) -> None:
    """No link of the README or of the documentation leads nowhere."""
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not missing
