"""The settings workbook read back: every cell checked, then what is to be set."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from indicators.ledger import Reader
from indicators.model import (
    Contact,
    Indicator,
    Office,
    Option,
    Setting,
    Share,
    SourceDocument,
    Target,
    digest_id,
)
from indicators.register import books
from indicators.register.configuring import revise, split_of
from indicators.register.correction import ACCUMULATIONS, BOUNDS
from indicators.register.lookup import CLEARED, Lookup
from indicators.register.policy import OPTIONS
from indicators.register.settings import (
    BINDINGS,
    CHANGES,
    DIRECTIONS,
    FREQUENCIES,
    SCHEDULES,
    Subject,
    check,
    proposal,
    subjects,
)
from indicators.register.settingsbook import ADOPT, CANCEL, PARTS, setting_version, target_version

__all__ = ["SettingsReading"]

_CHOSEN: Mapping[str, Mapping[str, Any]] = {
    "direction": DIRECTIONS,
    "accumulation": ACCUMULATIONS,
    "schedule": SCHEDULES,
    "frequency": FREQUENCIES,
    "binding": BINDINGS,
    "change": CHANGES,
}
_PLAIN = ("reporting_office", "lead_office", "caliber", "note")
_LISTS = ("supporting_offices", "synonyms")


class SettingsReading(Lookup):
    """One settings workbook."""

    def __init__(
        self, reader: Reader, file: str, *, today: date, demonstration: bool, skip_stale: bool
    ) -> None:
        super().__init__(reader, file, skip_stale=skip_stale)
        self._today = today
        self._demonstration = demonstration
        self.subjects = {each.indicator.indicator_id: each for each in subjects(reader)}
        self.settings: list[Setting] = []
        self.targets: list[Target] = []
        self.shares: list[Share] = []
        self.offices: dict[tuple[str, str], Office] = {}
        self.contacts: list[Contact] = []
        self.documents: list[SourceDocument] = []
        self.options: list[Option] = []

    def take_indicators(self, lines: Sequence[books.Line]) -> None:
        """Read settings of indicators."""
        for line in self.keyed(lines, self.subjects, "name"):
            subject = self.subjects[line.text("key")]
            mistakes = len(self.findings)
            setting = self._setting(line, subject)
            if len(self.findings) > mistakes:
                continue
            blank = Setting(indicator_id=setting.indicator_id)
            if _same(setting, subject.setting) or (not subject.decided and _same(setting, blank)):
                self.unchanged += 1
                continue
            now = setting_version(subject.setting if subject.decided else None)
            if line.text("version") != now:
                self.stale(line, "name", Setting, indicator_id=setting.indicator_id)
                continue
            told = check(setting, subject.indicator, subject.targets, self._parts(subject))
            for code, name, words in told:
                self.say(code, line, name, **words)
            self.settings.append(setting)

    def _parts(self, subject: Subject) -> dict[str, Decimal]:
        targets = {each.target_id for each in subject.targets}
        stored = [
            each for target in targets for each in self.reader.current(Share, target_id=target)
        ]
        return {
            each.part: each.magnitude
            for each in (*stored, *self.shares)
            if each.target_id in targets and each.sort in ("year", "quarter") and not each.withdrawn
        }

    def _setting(self, line: books.Line, subject: Subject) -> Setting:
        unit = subject.indicator.unit
        values: dict[str, Any] = {}
        if "baseline" in line.cells:
            values["baseline"] = self.magnitude(line, "baseline", unit)
        for name in ("baseline_date", "since"):
            if name in line.cells:
                values[name] = self.day(line, name)
        for name, words in _CHOSEN.items():
            if name in line.cells:
                values[name] = self.choice(line, name, words, "")
        for name in _PLAIN:
            if name in line.cells:
                values[name] = "" if line.text(name) in CLEARED else line.text(name)
        for name in _LISTS:
            if name in line.cells:
                values[name] = self.words(line, name)
        for name in ("yearly_split", "quarterly_split"):
            if name in line.cells:
                values[name] = self._split(line, name, unit)
        values |= self._adopted(line, subject, values)
        start = next((each.plan_start for each in subject.targets if each.plan_start), None)
        if values.get("accumulation") == "since_start" and values.get("since") is None and start:
            values["since"] = start
        setting = dataclasses.replace(subject.setting, **values, demonstration=self._demonstration)
        for name in ("reporting_office", "lead_office"):
            self._known_office(line, name, subject.indicator.place, getattr(setting, name))
        for name in setting.supporting_offices:
            self._known_office(line, "supporting_offices", subject.indicator.place, name)
        return setting

    def _adopted(
        self, line: books.Line, subject: Subject, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return the proposals that the row asks for, for cells that are empty."""
        word = line.text("adopt")
        if not word:
            return {}
        if word not in ADOPT:
            self.say("register-choice", line, "adopt", found=word, expected="、".join(ADOPT))
            return {}
        offered = proposal(subject)
        taken: dict[str, Any] = {}
        if word != "单位" and values.get("baseline") is None:
            taken |= {"baseline": offered.baseline, "baseline_date": offered.baseline_date}
        if word == "全部" and not values.get("accumulation"):
            taken["accumulation"] = offered.accumulation
        if word != "基期":
            if not values.get("reporting_office"):
                taken["reporting_office"] = offered.reporting_office
            if not values.get("lead_office"):
                taken["lead_office"] = offered.reporting_office
            if not values.get("supporting_offices"):
                taken["supporting_offices"] = offered.supporting_offices
        return taken

    def _known_office(self, line: books.Line, key: str, place: str, name: str) -> None:
        if not name or (place, name) in self.offices:
            return
        stored = self.reader.current(Office, place=place)
        if any(name == each.office or name in each.aliases for each in stored):
            return
        self.say("settings-office", line, key, found=name, expected=place)
        self.offices[place, name] = Office(place=place, office=name)

    def _split(self, line: books.Line, key: str, unit: str) -> tuple[str, ...]:
        text = line.text(key)
        if text in CLEARED:
            return ()
        for mark in ("；", "，", "、", "\n", ","):
            text = text.replace(mark, ";")
        points: dict[str, Decimal] = {}
        for entry in filter(None, (each.strip() for each in text.split(";"))):
            part, equals, written = entry.replace("＝", "=").partition("=")
            name = part.strip().removesuffix("年").upper()
            fits = name.isdigit() and len(name) == 4
            if key == "quarterly_split":
                fits = (
                    len(name) == 6 and name[:4].isdigit() and name[4] == "Q" and name[5] in "1234"
                )
            if not equals or not fits:
                shape = "“2026=433.3”" if key == "yearly_split" else "“2026Q1=95”"
                self.say("register-value", line, key, found=entry, expected=f"{shape}的写法")
                continue
            value = self.amount(line, key, written.strip(), unit)
            if value is not None:
                points[name] = value
        return split_of(points)

    def take_targets(self, lines: Sequence[books.Line]) -> None:
        """Read revisions of targets."""
        known = {one.target_id: one for each in self.subjects.values() for one in each.targets}
        wanted = [line for line in lines if line.text("new_value") or line.text("new_deadline")
                  or line.text("new_bound")]  # fmt: skip
        # A revision that was taken from this very workbook is found by what it replaced.
        revised = {each.supersedes: each for each in self.reader.current(Target) if each.supersedes}
        past = {each.target_id: each for each in self.reader.current(Target)}
        for line in self.keyed(wanted, past, "new_value"):
            target = past[line.text("key")]
            made = self._revision(line, target)
            if made is None:
                continue
            done = revised.get(target.target_id)
            if (done and done.target_id == made.target_id) or made == target:
                self.unchanged += 1
            elif target.target_id not in known or line.text("version") != target_version(target):
                changed = done or target
                self.stale(line, "new_value", Target, target_id=changed.target_id)
            else:
                self.targets.append(made)

    def _revision(self, line: books.Line, target: Target) -> Target | None:
        for key, word in (("approved_by", "批准文号"), ("reason", "调整原因")):
            if not line.text(key):
                self.say("settings-revision", line, key, expected=word)
                return None
        mistakes = len(self.findings)
        effective = self.day(line, "effective_on") or self._today
        if line.text("new_value") == CANCEL:
            return dataclasses.replace(
                target,
                status="withdrawn",
                approved_by=line.text("approved_by"),
                reason=line.text("reason"),
                effective_on=effective,
            )
        magnitude = self.magnitude(line, "new_value", target.unit)
        bound = self.choice(line, "new_bound", BOUNDS, None)
        deadline = self.day(line, "new_deadline")
        if len(self.findings) > mistakes:
            return None
        made = revise(
            target,
            magnitude=target.magnitude if magnitude is None else magnitude,
            approved_by=line.text("approved_by"),
            reason=line.text("reason"),
            effective_on=effective,
            bound=bound,
            deadline=deadline,
        )
        return dataclasses.replace(made, demonstration=self._demonstration)

    def take_shares(self, lines: Sequence[books.Line]) -> None:
        """Read splits of targets and check their sums."""
        targets = {
            one.target_id: (each.indicator, one)
            for each in self.subjects.values()
            for one in each.targets
        }
        by_name = {
            (indicator.place, indicator.name, target.deadline): target.target_id
            for indicator, target in targets.values()
        }
        last: dict[tuple[str, str], books.Line] = {}
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
            last[key, sort] = line
        self._sums(last, targets)

    def _sums(
        self,
        last: Mapping[tuple[str, str], books.Line],
        targets: Mapping[str, tuple[Indicator, Target]],
    ) -> None:
        """Check that offices and places of a split add up to its target, growth and shares apart."""
        from indicators import units

        for (key, sort), line in last.items():
            indicator, target = targets[key]
            if sort not in ("office", "place") or indicator.sort in ("growth", "change", "share"):
                continue
            parts = {
                each.part: each
                for each in (*self.reader.current(Share, target_id=key), *self.shares)
                if each.target_id == key and each.sort == sort
            }
            total = sum(
                (each.magnitude for each in parts.values() if not each.withdrawn), Decimal(0)
            )
            if total != target.magnitude and any(not each.withdrawn for each in parts.values()):
                self.say(
                    "settings-split",
                    line,
                    "magnitude",
                    found=units.display(total, target.unit),
                    expected=units.display(target.magnitude, target.unit),
                )

    def take_offices(self, lines: Sequence[books.Line]) -> None:
        """Read offices and whom to call there."""
        for line in lines:
            place, name = line.text("place"), line.text("office")
            if not place or not name:
                missing = "place" if not place else "office"
                self.say("register-value", line, missing, found="", expected="地区和单位名称")
                continue
            before = {each.office: each for each in self.reader.current(Office, place=place)}
            sort = self.choice(line, "sort", {"单位": "office", "群组": "group"}, "office")
            office = Office(
                place=place,
                office=name,
                aliases=tuple(sorted(self.words(line, "aliases"))),
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

    def take_documents(self, lines: Sequence[books.Line]) -> None:
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

    def take_options(self, lines: Sequence[books.Line]) -> None:
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


def _same(one: Setting, other: Setting) -> bool:
    return dataclasses.replace(one, demonstration=other.demonstration) == other
