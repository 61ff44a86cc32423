"""Offices, documents and options of the settings workbook, read back: what is of no one indicator."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from indicators.ledger import Reader
from indicators.model import Contact, Office, Option, SourceDocument, digest_id
from indicators.register import sheets
from indicators.register.lookup import Lookup
from indicators.register.policy import OPTIONS

__all__ = ["ONCE", "GeneralReading"]

ONCE = "每个只写一行"
"""What to do about a name that stands twice."""


class GeneralReading(Lookup):
    """What stands beside the settings of indicators."""

    def __init__(self, reader: Reader, file: str, *, skip_stale: bool) -> None:
        super().__init__(reader, file, skip_stale=skip_stale)
        self.offices: dict[tuple[str, str], Office] = {}
        self.contacts: list[Contact] = []
        self.documents: list[SourceDocument] = []
        self.options: list[Option] = []

    def take_offices(self, lines: Sequence[sheets.Line]) -> None:
        """Read offices and whom to call there."""
        named: dict[tuple[str, str], sheets.Line] = {}
        changed: dict[tuple[str, str], sheets.Line] = {}
        for line in lines:
            place, name = line.text("place"), line.text("office")
            if not place or not name:
                missing = "place" if not place else "office"
                self.say("register-value", line, missing, found="", expected="地区和单位名称")
                continue
            if (place, name) in named:
                twice = f"“{name}”与 {named[place, name].address('office')} 重复"
                self.say("register-relation", line, "office", found=twice, expected=ONCE)
                continue
            named[place, name] = line
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
            changed[place, name] = line
            if contact != (told or blank):
                self.contacts.append(contact)
        self._check_offices(changed)

    def take_documents(self, lines: Sequence[sheets.Line]) -> None:
        """Read which documents were replaced as a whole."""
        known = {each.document_digest: each for each in self.reader.current(SourceDocument)}
        named = {
            name: each for each in known.values() for name in (each.number, each.document) if name
        }
        heirs = {each.document_digest: each.superseded_by for each in known.values()}
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
            heirs[document.document_digest] = digest
            if _leads_back(document.document_digest, heirs):
                self.say("register-circle", line, "superseded_by", found=document.document)
            elif digest != document.superseded_by:
                self.documents.append(dataclasses.replace(document, superseded_by=digest))

    def _check_offices(self, named: Mapping[tuple[str, str], sheets.Line]) -> None:
        """Check that no name means two offices of a place, and that none is above itself."""
        stored = {(each.place, each.office): each for each in self.reader.current(Office)}
        offices = stored | self.offices
        owner: dict[tuple[str, str], str] = {}
        for place, name in offices:
            owner[place, name] = name
        for (place, name), line in named.items():
            for alias in offices[place, name].aliases:
                meant = owner.setdefault((place, alias), name)
                if meant != name:
                    self.say(
                        "register-relation",
                        line,
                        "aliases",
                        found=f"别名“{alias}”已指{place}的“{meant}”",
                        expected="一个名称只能指一个单位，请去掉其中一个",
                    )
            above = {each: offices[place, each].parent for at, each in offices if at == place}
            if _leads_back(name, above):
                self.say("register-circle", line, "parent", found=f"{name} 的上级单位")

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


def _leads_back(start: str, above: Mapping[str, str]) -> bool:
    """Tell whether going up from a thing leads back to it."""
    seen: set[str] = set()
    at = above.get(start, "")
    while at and at not in seen:
        if at == start:
            return True
        seen.add(at)
        at = above.get(at, "")
    return False
