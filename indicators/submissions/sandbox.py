"""Opening a workbook without trusting it: parsing happens in a child process with limits.

Some readers can abort the interpreter and some files can make any parser eat memory for minutes,
so that no ``except`` is a defence; a child that dies is a finding.
"""

from __future__ import annotations

import marshal
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from indicators.errors import UnreadableInput, unreadable
from indicators.findings import Finding
from indicators.submissions.child import unpacked
from indicators.submissions.guard import MOST_BYTES
from indicators.submissions.problems import FINDINGS
from indicators.submissions.reach import LOOK
from indicators.submissions.sheet import Workbook

__all__ = [
    "PATIENT",
    "USUAL",
    "Opened",
    "Pace",
    "look_into",
    "look_into_bytes",
    "open_bytes",
    "open_workbook",
    "run_child",
]

MEMORY = 1_000 * 2**20
"""Bytes of address space of the child."""


class Pace(NamedTuple):
    """Seconds that a child may take."""

    cpu: int
    wall: float


USUAL = Pace(15, 18)
"""Somebody waits for it."""
PATIENT = Pace(60, 120)
"""Of an import, which may bring years of values."""
_PACES = {"look": Pace(11, 11), "glance": Pace(4, 3.5)}
"""Of a look, and of the second one where the first failed."""


_ENDS = {"failed": "解析失败", "killed": "超出内存或计算时间", "late": "超出等待时间"}


def run_child(
    module: str, argument: str, content: bytes, pace: Pace = USUAL, *more: str
) -> tuple[str, bytes]:
    """Run a module of ours in a process of its own, limited in memory, CPU and wall time.

    Returns:
        How it ended badly (``failed``, ``killed``, ``late``; empty where it did well), and what it
        wrote.
    """
    command = [sys.executable, "-P", "-m", module, argument, str(MEMORY), str(pace.cpu), *more]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, no shell
            command, input=content, capture_output=True, timeout=pace.wall, check=False
        )
    except subprocess.TimeoutExpired:
        return "late", b""
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        return "killed", b""
    return ("", done.stdout) if done.returncode == 0 and done.stdout else ("failed", b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file that was opened: its workbook, or the finding that says why not."""

    name: str
    digest: str
    content: bytes
    workbook: Workbook | None
    findings: tuple[Finding, ...] = ()


def open_workbook(path: Path, *, patient: bool = False) -> Opened:
    """Open the workbook in a file.

    Raises:
        UnreadableInput: there is no such file, it is a directory, or it may not be read.
    """
    return open_bytes(_content(path, MOST_BYTES), path.name, patient=patient)


def open_bytes(content: bytes, name: str, *, patient: bool = False) -> Opened:
    """Open the workbook in bytes, such as an upload; ``name`` is for messages only."""
    if len(content) > MOST_BYTES:
        return _too_large(content, name, MOST_BYTES)
    return _opened(content, name, *_parsed(content, name, PATIENT if patient else USUAL))


def look_into(path: Path) -> Opened:
    """Open the workbook in a file as far as a look reaches: of a large one the beginning.

    Raises:
        UnreadableInput: there is no such file, it is a directory, or it may not be read.
    """
    return look_into_bytes(_content(path, LOOK.most_bytes), path.name)


def look_into_bytes(content: bytes, name: str) -> Opened:
    """Open the workbook in bytes as far as a look reaches; where that fails, at a glance."""
    if len(content) > LOOK.most_bytes:
        return _too_large(content, name, LOOK.most_bytes)
    status: Any = ()
    for reach, pace in _PACES.items():
        status = _parsed(content, name, pace, reach)
        if status[0] != "refused" or status[1] not in ("workbook-too-heavy", "workbook-too-large"):
            break
    return _opened(content, name, *status)


def _content(path: Path, most: int) -> bytes:
    if path.is_dir():
        raise UnreadableInput("这是文件夹，不是工作簿", place=str(path), action="请给出文件")
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise unreadable(path, error) from None


def _too_large(content: bytes, name: str, most: int) -> Opened:
    limit = f"{most // 2**20} MB"
    fields = {"found": f"超过 {limit}", "expected": limit}
    return _opened(content, name, "refused", "workbook-too-large", fields)


def _parsed(content: bytes, name: str, pace: Pace, *more: str) -> Any:
    """Return what the child answers: ``read`` with a workbook, or ``refused`` with the reason."""
    ended, output = run_child("indicators.submissions.child", name, content, pace, *more)
    if ended:
        code = "workbook-damaged" if ended == "failed" else "workbook-too-heavy"
        return "refused", code, {"found": _ENDS[ended], "expected": ""}
    return marshal.loads(output)  # noqa: S302 - data only, from our own child


def _opened(content: bytes, name: str, status: str, *rest: Any) -> Opened:
    findings: tuple[Finding, ...] = ()
    if status == "refused":
        code, fields = rest
        findings = (FINDINGS[code].at(name, **fields),)
    return Opened(
        name=name,
        digest=sha256(content).hexdigest(),
        content=content,
        workbook=unpacked(rest[0]) if status == "read" else None,
        findings=findings,
    )
