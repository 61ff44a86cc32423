"""Splits of targets (任务分解) of the settings workbook, read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from indicators.ledger import Reader
from indicators.model import (
    Accumulation,
    Indicator,
    Share,
    Target,
    digest_id,
)
from indicators.register import sheets
from indicators.register.generalreading import ONCE, GeneralReading
from indicators.register.settings import subjects
from indicators.register.settingschecks import (
    PERIODS,
    part_words,
    wrong_parts,
)
from indicators.register.settingslayout import PARTS

__all__ = ["PartsReading"]


class PartsReading(GeneralReading):
    """Splits of targets, with what is not of one indicator."""

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

    def take_shares(self, lines: Sequence[sheets.Line]) -> None:
        """Read splits of targets and check their sums."""
        targets = self._targets
        by_name = {
            (indicator.place, indicator.name, target.deadline): target.target_id
            for indicator, target in targets.values()
        }
        seen: dict[tuple[str, str, str], str] = {}
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
            if sort in PERIODS:
                part = part.removesuffix("年").upper()
                shape, example = PERIODS[sort]
                if not shape.fullmatch(part):
                    self.say("register-value", line, "part", found=part, expected=example)
                    continue
            if (key, sort, part) in seen:
                twice = f"“{part}”与 {seen[key, sort, part]} 重复"
                self.say("register-relation", line, "part", found=twice, expected=ONCE)
                continue
            seen[key, sort, part] = line.address("part")
            value = self.magnitude(line, "magnitude", target.unit)
            if value is not None and value < 0 <= target.magnitude:
                self.say(
                    "register-value",
                    line,
                    "magnitude",
                    found=line.text("magnitude"),
                    expected="不小于零的数值",
                )
                continue
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
            rows = {
                each.part: each
                for each in (*self.reader.current(Share, target_id=key), *self.shares)
                if each.target_id == key and each.sort == sort
            }
            parts = {part: each.magnitude for part, each in rows.items() if not each.withdrawn}
            accumulation = accumulated.get(indicator.indicator_id, "")
            wrong = wrong_parts(indicator, target, sort, parts, accumulation)
            if wrong:
                code, at = wrong[0], "part" if isinstance(wrong[1], str) else "magnitude"
                found, expected = part_words(target, wrong[1])
                self.say(code, line, at, found=found, expected=expected)
