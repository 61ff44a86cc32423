"""When a statement is accepted without a person: off until an office switches it on.

Only plans and policy documents of a government, at high confidence, with a deadline that the text
or the plan period states; never news (design 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indicators.model import Commitment, Option, SourceDocument

__all__ = ["OPTIONS", "Policy", "policy_of"]

OPTIONS: Mapping[str, str] = {
    "self_acceptance": "自动接受（开／关）",
    "self_acceptance_confidence": "自动接受的最低置信度（0 至 1）",
    "self_acceptance_issuers": "自动接受的发文机关（顿号分隔，空为各级政府）",
}
"""Options of this room and their labels; each may be set for a place or, without one, for all."""

_GOVERNMENT = re.compile(r"人民政府|政府办公[厅室]|国务院|党委|委员会|发展改革委")
_DEFAULTS = {
    "self_acceptance": "关",
    "self_acceptance_confidence": "0.9",
    "self_acceptance_issuers": "",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """The options in force, by name and scope."""

    values: Mapping[tuple[str, str], str]

    def value(self, option: str, place: str) -> str:
        """Return an option for a place: its own, else that for all, else the house's."""
        own = self.values.get((option, place))
        return own if own is not None else self.values.get((option, ""), _DEFAULTS[option])

    def accepts(self, commitment: Commitment, document: SourceDocument) -> bool:
        """Tell whether the statement accepts itself."""
        place = commitment.place
        if self.value("self_acceptance", place) not in ("开", "on", "1", "是"):
            return False
        if document.genre not in ("plan", "policy", "report"):
            return False
        issuers = self.value("self_acceptance_issuers", place)
        named = [each for each in re.split(r"[、,，;；\s]+", issuers) if each]
        if named and document.issuer not in named:
            return False
        if not named and not _GOVERNMENT.search(document.issuer):
            return False
        if commitment.date is None or commitment.date_source not in ("stated", "plan_period"):
            return False
        return commitment.confidence >= float(self.value("self_acceptance_confidence", place))


def policy_of(options: Iterable[Option]) -> Policy:
    """Return the policy that the options of a ledger make."""
    return Policy({(each.option, each.scope): each.value for each in options})
