"""Review workbooks out and in: decisions are read whole, checked at the cell, then recorded once."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indicators import units
from indicators.errors import IndicatorsError, InputRefused
from indicators.findings import Finding, has_errors
from indicators.ledger import Ledger, Reader
from indicators.model import Commitment, Indicator, Relation, ReviewDecision
from indicators.register import books, sheets
from indicators.register.correction import (
    ACCUMULATIONS,
    BOUNDS,
    CORRECTABLE,
    KINDS,
    corrected,
    write,
)
from indicators.register.decisions import Decision, pending, take_decisions
from indicators.register.draft import Draft
from indicators.register.lookup import Lookup, taken
from indicators.register.merging import join_indicators, obstacle, take_relations, wholes
from indicators.register.reviewbook import (
    DECISIONS,
    RELATION_DECISIONS,
    RELATIONS,
    STATEMENTS,
    relation_rows,
    statement_rows,
    version_of,
)
from indicators.register.settling import rows_where

__all__ = ["ReviewReport", "export_review", "import_review"]

_WORDS: Mapping[str, Mapping[str, Any]] = {
    "bound": BOUNDS,
    "kind": KINDS,
    "accumulation": ACCUMULATIONS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReport:
    """What a review workbook did."""

    statements: int = 0
    """Statements decided."""
    relations: int = 0
    """Relations decided."""
    unchanged: int = 0
    """Decisions that were taken before."""
    skipped: int = 0
    """Stale rows left out on demand."""
    findings: Sequence[Finding] = ()
    already: bool = False
    """This very file was taken in before."""

    @property
    def sentence(self) -> str:
        """The report in one line."""
        if self.already:
            return "这个文件先前已导入，没有新内容"
        parts = [f"决定 {self.statements} 条表述、{self.relations} 条关系"]
        if self.unchanged:
            parts.append(f"{self.unchanged} 行先前已决定")
        if self.skipped:
            parts.append(f"{self.skipped} 行过期未导入")
        return "，".join(parts)


def export_review(
    reader: Reader,
    path: Path,
    *,
    place: str = "",
    document: str = "",
    everything: bool = False,
    demonstration: bool = False,
) -> tuple[int, int]:
    """Write the review workbook; returns the numbers of statements and relations in it.

    Args:
        reader: the ledger.
        path: where to.
        place: only of this place.
        document: only of the document of this file name.
        everything: also what is decided already.
        demonstration: mark it as made up for show.
    """
    if everything:
        rows = [
            each
            for each in reader.current(Commitment)
            if (not place or each.place == place) and (not document or each.document == document)
        ]
        rows.sort(key=lambda each: (-each.confidence, each.document, each.start))
    else:
        rows = pending(reader, place=place, document=document)
    relations = [
        each
        for each in reader.current(Relation, status="proposed")
        if each.sort in ("same_as", "part_of", "contributes_to")
    ]
    if place:
        here = {each.indicator_id for each in reader.current(Indicator, place=place)}
        relations = [each for each in relations if here & {each.subject, each.object}]
    book = books.new_book(STATEMENTS.title, demonstration=demonstration)
    books.write_sheet(book, STATEMENTS, statement_rows(reader, rows), demonstration=demonstration)
    books.write_sheet(
        book, RELATIONS, relation_rows(reader, relations), demonstration=demonstration
    )
    books.save(book, path)
    return len(rows), len(relations)


class _Reading(Lookup):
    """One workbook read against the ledger."""

    def __init__(self, reader: Reader, file: str, *, skip_stale: bool) -> None:
        super().__init__(reader, file, skip_stale=skip_stale)
        self.decisions: list[Decision] = []
        self.relations: list[Relation] = []
        self.relations_decided = 0

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
            self.say(
                "register-value", line, "magnitude", found=error.message, expected=error.action
            )
            return
        self.decisions.append(
            Decision(
                commitment_id=now.commitment_id,
                decision=wanted,
                corrections=corrections,
                reason=line.text("reason"),
            )
        )

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


def import_review(
    ledger: Ledger, path: Path, *, who: str, reason: str = "", skip_stale: bool = False
) -> ReviewReport:
    """Take the decisions of a review workbook back in, in one batch or not at all.

    Args:
        ledger: where to.
        path: the workbook.
        who: the person that goes on record.
        reason: why, for the batch.
        skip_stale: leave out rows that somebody decided meanwhile instead of refusing all.

    Raises:
        InputRefused: with findings at the cells; nothing was recorded.
        UnreadableInput: it is no workbook.
    """
    book = sheets.open_book(path)
    content = path.read_bytes()
    if taken(ledger, content, "review"):
        return ReviewReport(already=True)
    file = path.name
    demonstration = sheets.is_demonstration(book)
    findings: list[Finding] = []
    needed = [
        each.key for each in STATEMENTS.columns if each.key in ("key", "decision", "magnitude")
    ]
    told = list(sheets.lines(book, STATEMENTS, file, findings, needed=needed))
    ties = list(sheets.lines(book, RELATIONS, file, findings))

    def read(reader: Reader) -> _Reading:
        reading = _Reading(reader, file, skip_stale=skip_stale)
        reading.findings += findings
        reading.statements(told)
        reading.ties(ties)
        if has_errors(reading.findings):
            raise InputRefused("决定没有导入", reading.findings, place=str(path))
        return reading

    seen = ledger.seq
    reading = read(ledger)
    count = 0
    if reading.decisions or reading.relations:
        digest = ledger.keep(content, name=file)
        with ledger.batch(
            "review", who=who, reason=reason, file_digest=digest, demonstration=demonstration
        ) as transaction:
            open_batch = Draft(transaction)
            if open_batch.seq != seen:
                # Somebody decided while this workbook was read: it is read again under the lock.
                reading = read(open_batch)
            count = take_decisions(open_batch, reading.decisions, demonstration=demonstration)
            if reading.relations:
                take_relations(open_batch, reading.relations)
    return ReviewReport(
        statements=count,
        relations=reading.relations_decided,
        unchanged=reading.unchanged,
        skipped=reading.skipped,
        findings=tuple(reading.findings),
    )
