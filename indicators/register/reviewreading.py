"""The review workbook read back: each decision checked at its cell against what stands now."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from indicators import places, units
from indicators.errors import IndicatorsError
from indicators.ledger import Reader
from indicators.model import Commitment, Indicator, Place, Relation, ReviewDecision
from indicators.register import sheets
from indicators.register.correction import (
    ACCUMULATIONS,
    BOUNDS,
    CORRECTABLE,
    KINDS,
    corrected,
    write,
)
from indicators.register.decisions import Decision
from indicators.register.lookup import Lookup
from indicators.register.merging import join_indicators, obstacle, wholes
from indicators.register.reviewbook import (
    DECISIONS,
    RELATION_DECISIONS,
    STATEMENTS,
    version_of,
)
from indicators.register.settling import rows_where

__all__ = ["ReviewReading"]

_WORDS: Mapping[str, Mapping[str, Any]] = {
    "bound": BOUNDS,
    "kind": KINDS,
    "accumulation": ACCUMULATIONS,
}


class ReviewReading(Lookup):
    """One workbook read against the ledger."""

    def __init__(self, reader: Reader, file: str, *, skip_stale: bool) -> None:
        super().__init__(reader, file, skip_stale=skip_stale)
        self.decisions: list[Decision] = []
        self.relations: list[Relation] = []
        self.relations_decided = 0

    @property
    def holds(self) -> bool:
        """Whether there is anything to record."""
        return bool(self.decisions or self.relations)

    def statements(self, lines: Sequence[sheets.Line]) -> None:
        """Read decisions on statements."""
        told = [line for line in lines if line.text("decision")]
        untold = [line for line in lines if not line.text("decision")]
        keys = {line.text("key") for line in lines}
        known = {
            each.commitment_id: each
            for each in rows_where(self.reader, Commitment, "commitment_id", keys)
        }
        decided = {
            each.commitment_id: each
            for each in rows_where(self.reader, ReviewDecision, "commitment_id", keys)
        }
        for line in self.keyed(told, known, "decision"):
            wanted = self.choice(line, "decision", DECISIONS, "")
            key = line.text("key")
            if wanted:
                self._statement(line, known[key], wanted, decided.get(key))
        for line in untold:
            now = known.get(line.text("key"))
            if now is not None and line.text("version") == version_of(now):
                self._edited(line, now, self._changes(line, now))

    def _statement(
        self,
        line: sheets.Line,
        now: Commitment,
        wanted: Any,
        before: ReviewDecision | None,
    ) -> None:
        mistakes = len(self.findings)
        # A row that carries no state of export is a bare decision: it accepts what stands, and
        # corrects only what it writes.  The demonstration decides so, whatever extractor came.
        bare = not line.text("version")
        changes = {} if bare and wanted != "corrected" else self._changes(line, now, bare=bare)
        if len(self.findings) > mistakes:
            return
        corrections = tuple(write(name, value) for name, value in changes.items())
        done = before is not None and not changes and now.review == wanted
        if done or (wanted == "proposed" and before is None):
            self.unchanged += 1
            return
        if line.text("version") and line.text("version") != version_of(now):
            self.stale(line, "decision", Commitment, commitment_id=now.commitment_id)
            return
        if wanted == "corrected" and not changes:
            self.say("register-unchanged", line, "decision")
            wanted = "accepted"
        elif wanted != "corrected" and changes:
            self._edited(line, now, changes)
            return
        decision = ReviewDecision(
            commitment_id=now.commitment_id, decision=wanted, corrections=corrections
        )
        try:
            corrected(now, decision)
        except IndicatorsError as error:
            at = error.place or "magnitude"
            self.say("register-relation", line, at, found=error.message, expected=error.action)
            return
        if "place" in changes:
            self._known_place(line, changes["place"])
        self.decisions.append(
            Decision(
                commitment_id=now.commitment_id,
                decision=wanted,
                corrections=corrections,
                reason=line.text("reason"),
            )
        )

    def _known_place(self, line: sheets.Line, name: str) -> None:
        """Warn of a place that nobody knows: a slip would make an indicator of nowhere."""
        if places.find(name) is None and not self.reader.current(Place, place=name):
            self.say("register-place", line, "place", found=name)

    def _edited(self, line: sheets.Line, now: Commitment, changes: Mapping[str, Any]) -> None:
        """Say at each cell that was changed without a correction being chosen."""
        headers = {each.key: each.header for each in STATEMENTS.columns}
        for name, value in changes.items():
            self.say(
                "register-edited",
                line,
                name,
                column=headers[name],
                found=value,
                expected=getattr(now, name),
            )

    def _changes(self, line: sheets.Line, now: Commitment, *, bare: bool = False) -> dict[str, Any]:
        """Return the fields whose cell differs from what stands."""
        changes: dict[str, Any] = {}
        unit = line.text("unit") or now.unit
        for name in CORRECTABLE:
            if name not in line.cells or (bare and not line.text(name)):
                continue
            value: Any = line.text(name)
            mistakes = len(self.findings)
            if name in ("magnitude", "magnitude_high"):
                value = self.magnitude(line, name, unit)
            elif name == "date":
                value = self.day(line, name)
            elif name in _WORDS:
                value = self.choice(line, name, _WORDS[name], getattr(now, name))
            if len(self.findings) == mistakes and value != getattr(now, name):
                changes[name] = value
        if "unit" in changes and changes["unit"] and units.lookup(changes["unit"]) is None:
            self.say("settings-unit", line, "unit", found=changes["unit"], expected=now.unit)
        if changes.get("magnitude", 0) is None:
            self.say("register-value", line, "magnitude", found="", expected="数值")
        if "name" in changes and not changes["name"]:
            self.say("register-value", line, "name", found="", expected="指标名称")
        return changes

    def ties(self, lines: Sequence[sheets.Line]) -> None:
        """Read decisions on relations."""
        known = {each.relation_id: each for each in self.reader.current(Relation)}
        indicators = {each.indicator_id: each for each in self.reader.current(Indicator)}
        above = wholes(known.values())
        told = [line for line in lines if line.text("decision")]
        for line in self.keyed(told, known, "decision"):
            word = line.text("decision")
            row = known[line.text("key")]
            expected = RELATION_DECISIONS if row.sort == "same_as" else ("确认", "否定")
            if word not in expected:
                self.say(
                    "register-choice", line, "decision", found=word, expected="、".join(expected)
                )
                continue
            if row.status == ("rejected" if word == "否定" else "accepted"):
                self.unchanged += 1
                continue
            if line.text("version") and line.text("version") != version_of(row):
                self.stale(line, "decision", Relation, relation_id=row.relation_id)
                continue
            reason = line.text("reason")
            if word == "否定":
                self.relations.append(
                    dataclasses.replace(row, status="rejected", reason=reason or row.reason)
                )
            elif not self._tie(line, row, indicators=indicators, above=above, known=known):
                continue
            self.relations_decided += 1

    def _tie(
        self,
        line: sheets.Line,
        row: Relation,
        *,
        indicators: Mapping[str, Indicator],
        above: dict[str, dict[str, set[str]]],
        known: Mapping[str, Relation],
    ) -> bool:
        left, right = row.subject, row.object
        if line.text("decision") == "反向合并":
            left, right = right, left
        sort = "merged_into" if row.sort == "same_as" else row.sort
        told = above.setdefault(sort, {})
        found = obstacle(sort, indicators.get(left), indicators.get(right), told)
        if found is None and sort == "merged_into" and left in told:
            found = "register-relation", "甲已并入另一指标"
        if found:
            code, words = found
            other = indicators.get(right)
            expected = f"{other.name}（{other.unit}）" if other else "请核对"
            self.say(code, line, "decision", found=words, expected=expected, problem=words)
            return False
        told.setdefault(left, set()).add(right)
        reason = line.text("reason")
        self.relations += (
            join_indicators(known, left, right, reason)
            if row.sort == "same_as"
            else [dataclasses.replace(row, status="accepted", reason=reason or row.reason)]
        )
        return True
