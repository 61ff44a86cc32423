"""The settings workbook read back: every cell checked, then what is to be set."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from indicators.findings import has_errors
from indicators.model import (
    Office,
    Setting,
    Share,
)
from indicators.register import sheets
from indicators.register.configuring import Changes, split_of
from indicators.register.correction import ACCUMULATIONS
from indicators.register.lookup import CLEARED
from indicators.register.revisionsreading import RevisionsReading
from indicators.register.settings import (
    BINDINGS,
    CHANGES,
    DIRECTIONS,
    FREQUENCIES,
    SCHEDULES,
    Subject,
    proposal,
)
from indicators.register.settingsbook import setting_version
from indicators.register.settingschecks import check
from indicators.register.settingslayout import ADOPT

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


class SettingsReading(RevisionsReading):
    """One settings workbook."""

    @property
    def changes(self) -> Changes:
        """What is to be recorded."""
        return Changes(
            settings=self.settings,
            targets=self.targets,
            shares=self.shares,
            offices=list(self.offices.values()),
            contacts=self.contacts,
            documents=self.documents,
            options=self.options,
        )

    @property
    def holds(self) -> bool:
        """Whether there is anything to record."""
        return bool(self.changes)

    def take_indicators(self, lines: Sequence[sheets.Line]) -> None:
        """Read settings of indicators."""
        for line in self.keyed(lines, self.subjects, "name"):
            subject = self.subjects[line.text("key")]
            mistakes = len(self.findings)
            setting = self._setting(line, subject)
            if has_errors(self.findings[mistakes:]):
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
            if setting.caliber != subject.setting.caliber != "" and not setting.caliber_since:
                self.say(
                    "settings-caliber", line, "caliber_since", found=subject.setting.caliber,
                    expected=setting.caliber or "空白",
                )  # fmt: skip
            self.settings.append(setting)

    def check_splits(self) -> None:
        """Check splits of targets by the settings as they are to be."""
        chosen = {each.indicator_id: each.accumulation for each in self.settings}
        self.check_shares(
            {
                identity: chosen.get(identity, each.setting.accumulation)
                or proposal(each).accumulation
                for identity, each in self.subjects.items()
            }
        )

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

    def _setting(self, line: sheets.Line, subject: Subject) -> Setting:
        unit = subject.indicator.unit
        values: dict[str, Any] = {}
        if "baseline" in line.cells:
            values["baseline"] = self.magnitude(line, "baseline", unit)
        for name in ("baseline_date", "since", "caliber_since"):
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
                values[name] = self.words(line, name, getattr(subject.setting, name))
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
        self, line: sheets.Line, subject: Subject, values: Mapping[str, Any]
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

    def _known_office(self, line: sheets.Line, key: str, place: str, name: str) -> None:
        if not name or (place, name) in self.offices:
            return
        stored = self.reader.current(Office, place=place)
        if any(name == each.office or name in each.aliases for each in stored):
            return
        self.say("settings-office", line, key, found=name, expected=place)
        self.offices[place, name] = Office(place=place, office=name)

    def _split(self, line: sheets.Line, key: str, unit: str) -> tuple[str, ...]:
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


def _same(one: Setting, other: Setting) -> bool:
    return dataclasses.replace(one, demonstration=other.demonstration) == other
