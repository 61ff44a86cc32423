"""Revisions of targets (目标调整) of the settings workbook, read back."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

from indicators.ledger import Reader
from indicators.model import Setting, Share, Target
from indicators.register import sheets
from indicators.register.configuring import revise
from indicators.register.correction import BOUNDS
from indicators.register.partsreading import PartsReading
from indicators.register.settingsbook import target_version
from indicators.register.settingslayout import CANCEL

__all__ = ["RevisionsReading"]


class RevisionsReading(PartsReading):
    """Revisions, beside the settings and splits of the same workbook."""

    def __init__(
        self, reader: Reader, file: str, *, today: date, demonstration: bool, skip_stale: bool
    ) -> None:
        super().__init__(reader, file, skip_stale=skip_stale)
        self._today = today
        self._demonstration = demonstration
        self.settings: list[Setting] = []
        self.targets: list[Target] = []

    def take_targets(self, lines: Sequence[sheets.Line]) -> None:
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
                self._keep_parts(line, target, made)

    def _keep_parts(self, line: sheets.Line, old: Target, new: Target) -> None:
        """Carry the split of a target whose value and deadline stay; say that another is void."""
        parts = [
            each
            for each in self.reader.current(Share, target_id=old.target_id)
            if not each.withdrawn
        ]
        if not parts or not new.supersedes:
            return
        if (old.magnitude, old.deadline) == (new.magnitude, new.deadline):
            self.shares += [dataclasses.replace(each, target_id=new.target_id) for each in parts]
        else:
            self.say("settings-split-left", line, "new_value", found=len(parts))

    def _revision(self, line: sheets.Line, target: Target) -> Target | None:
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
        if deadline and not self._deadline_fits(line, target, deadline, effective):
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

    def _deadline_fits(
        self, line: sheets.Line, target: Target, deadline: date, effective: date
    ) -> bool:
        """Tell whether a new deadline lies after the day it counts from and after the baseline."""
        if deadline <= effective:
            wanted = f"生效日期 {effective} 之后的日期"
            self.say("register-value", line, "new_deadline", found=deadline, expected=wanted)
            return False
        chosen = {each.indicator_id: each for each in self.settings}
        subject = self.subjects.get(target.indicator_id)
        setting = chosen.get(target.indicator_id, subject.setting if subject else None)
        baseline = setting.baseline_date if setting else None
        if baseline and baseline >= deadline:
            self.say(
                "settings-baseline-date", line, "new_deadline", found=baseline, expected=deadline
            )
            return False
        return True
