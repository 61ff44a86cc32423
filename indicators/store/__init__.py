"""The ledger: append-only batches in SQL, source files by digest.

``open_store`` is all that most callers need; SQLAlchemy is imported when it is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indicators.store.ledger import Store

__all__ = ["Store", "open_store"]


def __getattr__(name: str) -> object:
    if name == "Store":
        from indicators.store.ledger import Store

        return Store
    raise AttributeError(name)


def open_store(where: str | Path, *, create: bool = True, patience: float = 30.0) -> Store:
    """Open the ledger at ``where``, making an empty one where there is none.

    Args:
        where: a folder (``data/store`` holds ``ledger.sqlite`` and ``files/``), or a URL
            ``sqlite:///path/to/ledger.sqlite`` or ``postgresql://user@host/database``.
        create: make an empty ledger where there is none; otherwise that is an error.
        patience: seconds to wait for another process that is writing.

    Returns:
        The ledger; it fulfils ``indicators.ledger.Ledger`` and may be shared by threads.

    Raises:
        StoreError: it cannot be opened: not a store, damaged, newer than this release, no server.
    """
    from indicators.store.ledger import Store
    from indicators.store.location import locate

    return Store(locate(where), create=create, patience=patience)
