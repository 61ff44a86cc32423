"""One reading of the ledger for all pages, kept until the ledger has grown."""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Collection
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from dashboards.views.patching import patched
from dashboards.views.snapshot import Judge, Snapshot, quarter_end
from indicators.bulk import collector_at_rest
from indicators.errors import StoreError
from indicators.ledger import Ledger, Reader

if TYPE_CHECKING:
    from datetime import date

    from indicators.assessment.verdict import Assessment

__all__ = ["Desk"]

_KEPT = 6
"""Snapshots kept: the current quarter and the few that people page back to."""
_AT_ONCE = 48
"""Changes explained at a time: so few that a reader who comes meanwhile does not notice."""
_SELDOM = (50_000, 20, 50)
"""When the collector looks: pages leave next to nothing that only it can free, and it took up to
10 ms of one page in ten to walk over what is remembered for the next."""


def _judge(reader: Reader, as_of: date | None, only: Collection[str] | None = None) -> Assessment:
    from indicators.assessment import judge

    return judge(reader, as_of=as_of, only=only)


class Desk:
    """Hands out snapshots of one ledger: the kept one, or one carried on to what was added since.

    Args:
        ledger: the store that is shown.
        judge: how it is judged; the house's own rules by default.
    """

    def __init__(self, ledger: Ledger, *, judge: Judge = _judge) -> None:
        self.ledger = ledger
        self._judge = judge
        self._kept: OrderedDict[str, Snapshot] = OrderedDict()
        self._lock = Lock()
        self.grown: list[Callable[[], None]] = []
        """What is done in the background once a snapshot was carried on."""
        self.carried = 0
        """The batch that the background has got to, what is done after it included."""

    def snapshot(self, chosen: str = "") -> Snapshot:
        """Return the ledger as it stands, judged at the end of a quarter (the latest if empty).

        Raises:
            StoreError: the ledger cannot be read.
        """
        as_of = quarter_end(chosen)
        chosen = chosen if as_of else ""
        # Read before the lock: whoever waits for it then takes what the first one made.
        seq = self.ledger.seq
        with self._lock:
            kept = self._kept.get(chosen)
            if kept is None or kept.seq < seq:
                with self.ledger.at_rest(), collector_at_rest():
                    kept = self._made(kept, seq, chosen, as_of)
                self._kept[chosen] = kept
            self._kept.move_to_end(chosen)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return kept

    def _made(self, kept: Snapshot | None, seq: int, chosen: str, as_of: date | None) -> Snapshot:
        made = patched(kept, self.ledger, seq, chosen, self._judge) if kept else None
        if made is None:
            made = Snapshot(self.ledger, seq, self._judge(self.ledger, as_of))
            made.prepare()
            # What was just read and judged stays: the collector would walk all of it again and
            # again, up to seconds at a time while somebody waits for a page.
            gc.freeze()
            gc.set_threshold(*_SELDOM)
        return made

    def keep_fresh(self, ended: Event, every: float = 1.0) -> Thread:
        """Carry the latest quarter on whenever the ledger grows, so that no reader waits for it.

        What people looked at last is then made anew (``grown``).

        Args:
            ended: set when the server stops.
            every: seconds between two looks.
        """

        def look() -> None:
            while not ended.wait(every):
                try:
                    snapshot = self.snapshot()
                    if snapshot.seq > self.carried:
                        for each in self.grown:
                            each()
                        self.carried = snapshot.seq
                    with self.ledger.at_rest():
                        snapshot.explain(_AT_ONCE)
                except StoreError:
                    continue  # whoever asks for a page is told

        thread = Thread(target=look, name="keep-fresh", daemon=True)
        thread.start()
        return thread
