"""Answers to uploads, kept for an hour: what was wrong at which cell, and the marked workbook.

A refused workbook leaves nothing in the ledger, so its answer lives in files of this machine's
temporary folder, readable by this account only, where every worker process finds it.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from dashboards.private import private_folder, ready
from indicators.cli.common import plain

__all__ = ["Answers"]

KEPT = 3600.0
"""Seconds that an answer is kept."""
MOST = 500
"""Answers kept at once."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,60}")


class Answers:
    """A folder of answers by token; a token cannot be guessed and is tied to a person's name."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or private_folder("answers")

    def put(self, person: str, answer: Mapping[str, Any], marked: bytes | None) -> str:
        """Keep an answer and return its token."""
        self._ready()
        token = secrets.token_urlsafe(24)
        if marked is not None:
            self._write(f"{token}.book", marked)
        told = json.dumps({**answer, "person": person}, ensure_ascii=False, default=plain)
        self._write(f"{token}.json", told.encode())
        return token

    def get(self, token: str, person: str) -> Mapping[str, Any] | None:
        """Return an answer, None where it is gone or somebody else's."""
        content = self._read(token, "json")
        told: Mapping[str, Any] | None = json.loads(content) if content else None
        return told if told is not None and told["person"] == person else None

    def marked(self, token: str, person: str) -> bytes | None:
        """Return the marked workbook of an answer."""
        return self._read(token, "book") if self.get(token, person) else None

    def step(self, token: str, person: str, name: str) -> None:
        """Keep how far the work of an upload has come, under the token that its page made up."""
        if not _TOKEN.fullmatch(token):
            return
        self._ready()
        told = json.dumps({"person": person, "step": name}).encode()
        handle, made = tempfile.mkstemp(dir=self.folder)
        with os.fdopen(handle, "wb") as file:
            file.write(told)
        Path(made).replace(self.folder / f"{token}.step")

    def step_of(self, token: str, person: str) -> str:
        """Return how far the work of a person's upload has come; empty where nothing is known."""
        content = self._read(token, "step")
        told = json.loads(content) if content else {}
        return str(told["step"]) if told.get("person") == person else ""

    def _ready(self) -> None:
        """Make the folder and clear it of what is old.

        Raises:
            StoreError: somebody else made it first, and could read what is put there.
        """
        ready(self.folder)
        self._forget()

    def _write(self, name: str, content: bytes) -> None:
        handle = os.open(self.folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)

    def _read(self, token: str, suffix: str) -> bytes | None:
        if not _TOKEN.fullmatch(token):
            return None
        try:
            return (self.folder / f"{token}.{suffix}").read_bytes()
        except FileNotFoundError:
            return None

    def _forget(self) -> None:
        """Remove what is older than an hour, and the oldest where there are too many."""
        known: list[tuple[float, Path]] = []
        for path in self.folder.iterdir():
            # Another worker process may have removed or renamed it since.
            with suppress(FileNotFoundError):
                known.append((path.stat().st_mtime, path))
        known.sort()
        limit = time.time() - KEPT
        for number, (changed, path) in enumerate(known):
            if changed < limit or len(known) - number > 2 * MOST:
                path.unlink(missing_ok=True)
