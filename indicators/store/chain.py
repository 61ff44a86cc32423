"""The chain of digests: each batch's digest covers its rows, its facts and the batch before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import islice

__all__ = ["FACTS", "GENESIS", "batch_digest", "row_digest"]

_AT_ONCE = 1_000
"""Rows that are joined before they are digested."""
GENESIS = "0" * 64
"""What stands for the batch before the first."""

FACTS = (
    "seq",
    "action",
    "committed_at",
    "who",
    "reason",
    "voids",
    "file_digest",
    "place",
    "office",
    "quarter",
    "demonstration",
    "rows",
)
"""What is said of a batch and covered by its digest."""


def row_digest(text: bytes) -> str:
    """Return the short digest that tells which row was damaged; the chain covers the whole text."""
    return sha256(text).hexdigest()[:16]


def batch_digest(previous: str, facts: Mapping[str, object], rows: Iterable[bytes]) -> str:
    """Return the digest of a batch over the digest before, its facts and its rows in order."""
    known = json.dumps([facts[name] for name in FACTS], ensure_ascii=False, separators=(",", ":"))
    digest = sha256(f"{previous}\n{known}".encode())
    rest = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        digest.update(b"\n" + b"\n".join(some))
    return digest.hexdigest()
