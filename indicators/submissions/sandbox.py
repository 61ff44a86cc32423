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

from indicators.errors import UnreadableInput, unreadable
from indicators.findings import Finding
from indicators.submissions.child import unpacked
from indicators.submissions.guard import MOST_BYTES
from indicators.submissions.problems import FINDINGS
from indicators.submissions.sheet import Workbook

__all__ = ["Opened", "open_bytes", "open_workbook", "run_child"]

MEMORY = 1_000 * 2**20
"""Bytes of address space of the child."""
CPU_SECONDS, WALL_SECONDS = 15, 18
"""Of a look at a workbook: somebody waits for it."""
PATIENT_CPU, PATIENT_WALL = 60, 120
"""Of an import, which may bring years of values."""


_ENDS = {"failed": "解析失败", "killed": "超出内存或计算时间", "late": "超出等待时间"}


def run_child(
    module: str, argument: str, content: bytes, *, patient: bool = False
) -> tuple[str, bytes]:
    """Run a module of ours in a process of its own, limited in memory, CPU and wall time.

    Returns:
        How it ended badly (``failed``, ``killed``, ``late``; empty where it did well), and what it
        wrote.
    """
    seconds, wall = (PATIENT_CPU, PATIENT_WALL) if patient else (CPU_SECONDS, WALL_SECONDS)
    command = [sys.executable, "-P", "-m", module, argument, str(MEMORY), str(seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, no shell
            command, input=content, capture_output=True, timeout=wall, check=False
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
    if path.is_dir():
        raise UnreadableInput("这是文件夹，不是工作簿", place=str(path), action="请给出文件")
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise unreadable(path, error) from None
    return open_bytes(content, path.name, patient=patient)


def open_bytes(content: bytes, name: str, *, patient: bool = False) -> Opened:
    """Open the workbook in bytes, such as an upload; ``name`` is for messages only."""
    digest = sha256(content).hexdigest()

    def answer(workbook: Workbook | None, *findings: Finding) -> Opened:
        return Opened(
            name=name, digest=digest, content=content, workbook=workbook, findings=findings
        )

    if len(content) > MOST_BYTES:
        limit = f"{MOST_BYTES // 2**20} MB"
        size = f"超过 {limit}"
        return answer(None, FINDINGS["workbook-too-large"].at(name, found=size, expected=limit))
    ended, output = run_child("indicators.submissions.child", name, content, patient=patient)
    if ended:
        kind = FINDINGS["workbook-damaged" if ended == "failed" else "workbook-too-heavy"]
        return answer(None, kind.at(name, found=_ENDS[ended], expected=""))
    status, *rest = marshal.loads(output)  # noqa: S302 - data only, from our own child
    if status == "refused":
        code, fields = rest
        return answer(None, FINDINGS[code].at(name, **fields))
    return answer(unpacked(rest[0]))
