"""Where each line of a bulletin can be read: its sentence in the document, its value in the cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboards.views.evidence import address, cell_address
from dashboards.views.snapshot import Snapshot
from indicators.bulletin.content import Line
from indicators.model import Observation

__all__ = ["Grounds", "grounds"]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Addresses of one line; empty where there is nothing to show."""

    indicator_id: str
    statement: str
    cell: str


def grounds(snapshot: Snapshot, lines: Iterable[Line]) -> Mapping[str, Grounds]:
    """Return by target where its line can be read.

    An issued board says what it knew.  Its value has an address only while that cell still holds
    the value that stands for the period.
    """
    targets = {row.target_id: row for row in snapshot.targets}
    found: dict[str, Grounds] = {}
    for line in lines:
        target = targets.get(line.target_id)
        if target is None:
            continue
        stated = [
            snapshot.commitments[each]
            for each in target.commitments
            if each in snapshot.commitments
        ]
        statement = address(stated[0].document_digest, stated[0].commitment_id) if stated else ""
        verdicts = snapshot.verdicts.get(target.indicator_id, ())
        seen = next(
            (each.observation for each in verdicts if each.target.target_id == line.target_id), None
        )
        found[line.target_id] = Grounds(target.indicator_id, statement, _cell(seen, line.cell))
    return found


def _cell(seen: Observation | None, written: str) -> str:
    if seen is None:
        return ""
    if "!".join(part for part in (seen.file_name, seen.sheet, seen.cell) if part) == written:
        return cell_address(seen.file_digest, seen.sheet, seen.cell) if seen.file_digest else ""
    if seen.document_digest and not seen.file_name:
        return address(seen.document_digest, seen.commitment_id)
    return ""
