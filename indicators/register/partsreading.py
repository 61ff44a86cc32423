"""Splits, offices, documents and options of the settings workbook, read back."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from indicators import units
from indicators.ledger import Reader
from indicators.model import (
    Accumulation,
    Contact,
    Indicator,
    Office,
    Option,
    Share,
    SourceDocument,
    Target,
    digest_id,
)
from indicators.register import sheets
from indicators.register.lookup import Lookup
from indicators.register.policy import OPTIONS
from indicators.register.settings import subjects
from indicators.register.settingschecks import parts_in_time, parts_of_whole
from indicators.register.settingslayout import PARTS

__all__ = ["PartsReading"]

_PERIODS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "year": (re.compile(r"20[0-9]{2}"), "“2026”式的年度"),
    "quarter": (re.compile(r"20[0-9]{2}Q[1-4]"), "“2026Q1”式的季度"),
}
"""How parts in time are written; judging reads them so."""


class PartsReading(Lookup):
    """What stands beside the settings of indicators."""

    def __init__(self, reader: Reader, file: str, *, skip_stale: bool) -> None:
        super().__init__(reader, file, skip_stale=skip_stale)
        self.subjects = {each.indicator.indicator_id: each for each in subjects(reader)}
        self._targets: Mapping[str, tuple[Indicator, Target]] = {
            one.target_id: (each.indicator, one)
            for each in self.subjects.values()
            for one in each.targets
        }
        self.shares: list[Share] = []
        self._split_at: dict[tuple[str, str], sheets.Line] = {}
        """The last line of each split that was read: where a wrong sum is told."""
        self.offices: dict[tuple[str, str], Office] = {}
        self.contacts: list[Contact] = []
        self.documents: list[SourceDocument] = []
        self.options: list[Option] = []

    def take_shares(self, lines: Sequence[sheets.Line]) -> None:
        """Read splits of targets and check their sums."""
        targets = self._targets
        by_name = {
            (indicator.place, indicator.name, target.deadline): target.target_id
            for indicator, target in targets.values()
        }
        for line in lines:
            key = line.text("key") or by_name.get(
                (line.text("place"), line.text("name"), self.day(line, "deadline")), ""
            )
            if key not in targets:
                self.say(
                    "register-key",
                    line,
                    "name",
                    found=line.text("key") or line.text("name"),
                    problem="没有对应的目标（地区、指标、期限须与“目标调整”表一致）",
                )
                continue
            _, target = targets[key]
            sort = self.choice(line, "sort", PARTS, "")
            part = line.text("part")
            if not sort or not part:
                self.say("register-value", line, "part", found=part, expected="分解方式和对象")
                continue
            if sort in _PERIODS:
                part = part.removesuffix("年").upper()
                shape, example = _PERIODS[sort]
                if not shape.fullmatch(part):
                    self.say("register-value", line, "part", found=part, expected=example)
                    continue
            value = self.magnitude(line, "magnitude", target.unit)
            stored = {
                (each.sort, each.part): each for each in self.reader.current(Share, target_id=key)
            }
            before = stored.get((sort, part))
            if value is None and (before is None or line.text("magnitude")):
                if not line.text("magnitude"):
                    self.say("register-value", line, "magnitude", found="", expected="数值")
                continue
            made = Share(
                target_id=key,
                sort=sort,
                part=part,
                magnitude=before.magnitude if value is None and before else value or Decimal(0),
                unit=target.unit,
                withdrawn=value is None,
            )
            if before == made:
                self.unchanged += 1
                continue
            if before and line.text("version") and line.text("version") != digest_id(before)[:8]:
                self.stale(line, "magnitude", Share, target_id=key, sort=sort, part=part)
                continue
            self.shares.append(made)
            self._split_at[key, sort] = line

    def check_shares(self, accumulated: Mapping[str, Accumulation]) -> None:
        """Check the splits that were read against their targets, once all settings are known.

        Args:
            accumulated: how the values of an indicator add up in time, by its id.
        """
        for (key, sort), line in self._split_at.items():
            indicator, target = self._targets[key]
            if indicator.sort in ("growth", "change"):
                continue
            rows = {
                each.part: each
                for each in (*self.reader.current(Share, target_id=key), *self.shares)
                if each.target_id == key and each.sort == sort
            }
            parts = {part: each.magnitude for part, each in rows.items() if not each.withdrawn}
            wrong = (
                parts_in_time(target, sort, parts, accumulated.get(indicator.indicator_id, ""))
                if sort in ("year", "quarter")
                else parts_of_whole(target, parts)
                if indicator.sort != "share"
                else None
            )
            if wrong:
                code, found = wrong
                self.say(
                    code,
                    line,
                    "magnitude",
                    found=units.display(found, target.unit),
                    expected=units.display(target.magnitude, target.unit),
                )

    def take_offices(self, lines: Sequence[sheets.Line]) -> None:
        """Read offices and whom to call there."""
        for line in lines:
            place, name = line.text("place"), line.text("office")
            if not place or not name:
                missing = "place" if not place else "office"
                self.say("register-value", line, missing, found="", expected="地区和单位名称")
                continue
            before = {each.office: each for each in self.reader.current(Office, place=place)}
            known = before.get(name)
            sort = self.choice(line, "sort", {"单位": "office", "群组": "group"}, "office")
            office = Office(
                place=place,
                office=name,
                aliases=tuple(sorted(self.words(line, "aliases", known.aliases if known else ()))),
                parent=line.text("parent"),
                sort=sort,
            )
            contact = Contact(
                place=place,
                office=name,
                leader=line.text("leader"),
                contact=line.text("contact"),
                phone=line.text("phone"),
            )
            told = next(iter(self.reader.current(Contact, place=place, office=name)), None)
            blank = Contact(place=place, office=name)
            same = before.get(name) == office and (told or blank) == contact
            if same:
                self.unchanged += 1
                continue
            version = digest_id(before[name], told)[:8] if name in before else ""
            if line.text("version") and line.text("version") != version:
                self.stale(line, "office", Office, place=place, office=name)
                continue
            self.offices[place, name] = office
            if contact != (told or blank):
                self.contacts.append(contact)

    def take_documents(self, lines: Sequence[sheets.Line]) -> None:
        """Read which documents were replaced as a whole."""
        known = {each.document_digest: each for each in self.reader.current(SourceDocument)}
        named = {
            name: each for each in known.values() for name in (each.number, each.document) if name
        }
        for line in self.keyed(lines, known, "document"):
            document = known[line.text("key")]
            written = line.text("superseded_by")
            heir = named.get(written)
            if written and heir is None:
                self.say(
                    "register-value",
                    line,
                    "superseded_by",
                    found=written,
                    expected="已入库文件的文号或文件名",
                )
                continue
            digest = heir.document_digest if heir else ""
            if digest == document.document_digest:
                self.say("register-circle", line, "superseded_by", found=document.document)
            elif digest != document.superseded_by:
                self.documents.append(dataclasses.replace(document, superseded_by=digest))

    def take_options(self, lines: Sequence[sheets.Line]) -> None:
        """Read options."""
        codes = {word: name for name, word in OPTIONS.items()}
        for line in lines:
            name = self.choice(line, "option", codes, "")
            if not name:
                continue
            value = line.text("value")
            if name == "self_acceptance" and value not in ("开", "关"):
                self.say("register-choice", line, "value", found=value, expected="开、关")
                continue
            if name == "self_acceptance_confidence":
                try:
                    fits = 0 <= float(value) <= 1
                except ValueError:
                    fits = False
                if not fits:
                    self.say("register-value", line, "value", found=value, expected="0 至 1 的数")
                    continue
            made = Option(option=name, scope=line.text("scope"), value=value)
            if made not in self.reader.current(Option, option=name):
                self.options.append(made)
