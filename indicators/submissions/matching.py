"""Which indicator a line speaks of: by key, by exact name, by synonym; else only a proposal."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from indicators.errors import UsageError
from indicators.ledger import Reader
from indicators.model import Indicator, Relation, Setting, Target
from indicators.submissions.values import normal

__all__ = ["Holding", "Match", "Matcher", "name_key"]

_NOISE = re.compile(r"[\s“”\"'‘’《》〈〉、，,。；;:：()（）\[\]【】*]+")
_ORDINAL = re.compile(r"(?:其中[:：]?|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*)+")
_LONGEST_NAME = 200
_PLAIN = re.compile(r"(?!其中)[0-9A-Za-z\u4e00-\u9fff]+")
"""Names that have nothing to be taken off, as most have."""
_LIKELY = 80.0
"""Score of a proposal that is worth showing."""
_NEAR = 50.0
"""Score of a name that may be shown as the nearest one."""


class Holding(NamedTuple):
    """An indicator with what the register says of it."""

    indicator: Indicator
    setting: Setting
    targets: tuple[Target, ...] = ()


class Match(NamedTuple):
    """What a line was matched to."""

    holding: Holding | None = None
    how: str = ""
    """key, name, synonym; empty where nothing was found."""
    several: tuple[str, ...] = ()
    """Names of the indicators that fit equally well."""
    proposals: tuple[tuple[str, float], ...] = ()
    """Names that are like it, with a score of 0 to 100, best first; a person must confirm."""


def name_key(name: str) -> str:
    """Return a name as names are compared: one width, no spaces, quotes or leading ordinals."""
    if _PLAIN.fullmatch(name):
        return name.lower()
    text = normal(name)
    text = _ORDINAL.sub("", text, count=1) if _ORDINAL.match(text) else text
    return _NOISE.sub("", text).lower()


def _join(table: dict[str, Sequence[Holding]], key: str, holding: Holding) -> None:
    """Note under the key of a name who has it."""
    table[key] = (*table.get(key, ()), holding)


def _root(key: str, merged: Mapping[str, str], known: Container[str]) -> str:
    """Return what an indicator was merged into in the end."""
    root, seen = key, {key}
    while root in merged and merged[root] in known and merged[root] not in seen:
        root = merged[root]
        seen.add(root)
    return root


@dataclass(slots=True)
class Matcher:
    """Finds indicators of one place by what a line says."""

    by_name: dict[str, Sequence[Holding]] = field(default_factory=dict)
    by_synonym: dict[str, Sequence[Holding]] = field(default_factory=dict)
    alone: dict[str, Holding] = field(default_factory=dict)
    """Registered name, as it is written → the one indicator that has it; most lines ask for these."""
    _led: dict[str, Holding] = field(default_factory=dict)
    """Key of an indicator that was merged away → the one that stands for it."""
    _by_key: dict[str, Holding] = field(default_factory=dict)
    """Made when a key is asked for: an office's own sheet has none."""

    @classmethod
    def of(cls, reader: Reader, place: str) -> Matcher:
        """Return the matcher of a place, places below it left out."""
        matcher = cls()
        settings = {each.indicator_id: each for each in reader.current(Setting)}
        targets: dict[str, tuple[Target, ...]] = {}
        for target in reader.current(Target):
            targets[target.indicator_id] = (*targets.get(target.indicator_id, ()), target)
        merged = {
            each.subject: each.object
            for each in reader.current(Relation, sort="merged_into", status="accepted")
        }
        indicators = reader.current(Indicator)
        everything = {each.indicator_id: each for each in indicators} if merged else {}
        for indicator in indicators:
            root = key = indicator.indicator_id
            leading = indicator
            if key in merged:
                root = _root(key, merged, everything)
                leading = everything[root]
            if leading.place != place or leading.retired:
                continue
            setting = settings.get(root) or Setting(indicator_id=root)
            holding = Holding(leading, setting, targets.get(root, ()) if targets else ())
            if root == key:
                matcher.register(holding)
            else:
                matcher._led[key] = holding
                _join(matcher.by_synonym, name_key(indicator.name), holding)
        return matcher

    def register(self, holding: Holding) -> None:
        """Take in an indicator by its name and its synonyms."""
        name = holding.indicator.name
        wanted = name_key(name)
        known = self.by_name.get(wanted)
        if known is None:
            if wanted:
                self.alone[name] = holding
            # One text where they are equal, as they mostly are.
            self.by_name[name if wanted == name else wanted] = (holding,)
        else:
            self.by_name[wanted] = (*known, holding)
            for each in known:
                self.alone.pop(each.indicator.name, None)
        for synonym in holding.setting.synonyms:
            _join(self.by_synonym, name_key(synonym), holding)

    def confirm(self, name: str, registered: str) -> None:
        """Take a name for that of an indicator, because a person said so.

        Raises:
            UsageError: no single indicator has the registered name.
        """
        holding = self.exact(registered)
        if holding is None:
            raise UsageError(
                f"“{registered}”不是登记的指标", action="请在 --match 的等号右边写登记的名称"
            )
        self.by_synonym[name_key(name)] = (holding,)

    def named(self, name: str) -> tuple[str, list[Holding]]:
        """Return the indicators that have a name, by their own name first, and how."""
        wanted = name_key(name)
        for how, table in (("name", self.by_name), ("synonym", self.by_synonym)):
            found = {each.indicator.indicator_id: each for each in table.get(wanted, ())}
            if found and wanted:
                return how, list(found.values())
        return "", []

    def exact(self, name: str) -> Holding | None:
        """Return the one indicator that has a name."""
        alone = self.alone.get(name)
        if alone is not None:
            return alone
        found = self.named(name)[1]
        return found[0] if len(found) == 1 else None

    def keyed(self, key: str) -> Holding | None:
        """Return the indicator of a key."""
        if not self._by_key:
            named = (each for some in self.by_name.values() for each in some)
            self._by_key = {each.indicator.indicator_id: each for each in named} | self._led
        return self._by_key.get(key)

    def find(self, key: str, name: str) -> Match:
        """Return what a line with this key and name speaks of."""
        keyed = self.keyed(key) if key else None
        if keyed is not None:
            return Match(keyed, "key")
        alone = self.alone.get(name)
        if alone is not None:
            return Match(alone, "name")
        how, found = self.named(name)
        if len(found) == 1:
            return Match(holding=found[0], how=how)
        if found:
            return Match(
                several=tuple(
                    f"{each.indicator.name}（{each.indicator.caliber or each.indicator.indicator_id}）"
                    for each in found
                )
            )
        return Match(proposals=self.proposals(name))

    def names(self) -> dict[str, str]:
        """Return every key of a name with the registered name."""
        names: dict[str, str] = {}
        for table in (self.by_name, self.by_synonym):
            for key, holdings in table.items():
                names.setdefault(key, holdings[0].indicator.name)
        return names

    def nearest(self, name: str) -> str:
        """Return the registered name that is nearest, too unlike to be proposed; empty if none is."""
        from rapidfuzz import fuzz, process

        if len(name) > _LONGEST_NAME:
            return ""
        names = self.names()
        found = process.extractOne(
            name_key(name), list(names), scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        return names[found[0]] if found else ""

    def proposals(self, name: str, most: int = 3) -> tuple[tuple[str, float], ...]:
        """Return the indicators whose names are like this one, with a score of 0 to 100."""
        from rapidfuzz import fuzz, process

        if len(name) > _LONGEST_NAME:
            return ()
        names = self.names()
        found: Sequence[tuple[str, float, str]] = process.extract(
            name_key(name), {key: key for key in names}, scorer=fuzz.WRatio, limit=most
        )
        best: dict[str, float] = {}
        for _, score, key in found:
            if score >= _LIKELY:
                best[names[key]] = max(score, best.get(names[key], 0.0))
        return tuple(best.items())
