"""Sessions of local accounts: begun by a password, ended by leaving, by time, by a new password."""

from __future__ import annotations

import logging
import secrets
import time
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from flask import session

from dashboards.private import private_folder, ready
from indicators.errors import StoreError
from indicators.model import User, digest_id

__all__ = ["LASTS", "Sessions"]

log = logging.getLogger("dashboards")

LASTS = timedelta(hours=8)
"""From the last request on."""
RENEWED = 600.0
"""Seconds after which a request makes the session last longer: an answer that was under way while
somebody left should seldom bring a cookie."""


class Sessions:
    """What the signed cookie of a request says, and which sessions were left.

    The cookie is signed, not kept: one that was copied would go on after its owner has left.  So
    who leaves is written down in files, which every worker process of this machine reads.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or private_folder("sessions")

    def begin(self, user: User) -> None:
        """Begin the session of an account; nothing of a session from before is kept."""
        session.clear()
        session.permanent = True
        session["user"] = user.user
        session["mark"] = _mark(user)
        session["key"] = secrets.token_urlsafe(18)
        session["since"] = int(time.time())

    def holds(self, user: User) -> bool:
        """Tell whether the session of the request is one of this account, as it stands now."""
        if session.get("mark") != _mark(user) or self._left(str(session.get("key", ""))).exists():
            return False
        if time.time() - float(session.get("since", 0)) > RENEWED:
            session["since"] = int(time.time())
        return True

    def end(self) -> None:
        """End the session of the request, for every copy of its cookie."""
        key = str(session.get("key", ""))
        session.clear()
        if not key:
            return
        try:
            ready(self.folder)
            self._forget()
            self._left(key).touch(mode=0o600)
        except (OSError, StoreError) as error:
            # Its owner's own cookie is gone all the same.
            log.warning("session not kept as ended error=%s", type(error).__name__)

    def _left(self, key: str) -> Path:
        return self.folder / sha256(key.encode()).hexdigest()[:32]

    def _forget(self) -> None:
        """Remove what is so old that its cookie has run out by itself."""
        limit = time.time() - LASTS.total_seconds()
        for path in self.folder.iterdir():
            # Another worker process may have removed it since.
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < limit:
                    path.unlink()


def _mark(user: User) -> str:
    """Return a digest of the password's hash: a new password ends the sessions of the old one."""
    return digest_id("session", user.user, user.password)
