"""Who may do what: roles, and the one question that every route and command asks.

A viewer looks.  A reporter looks and hands in for the offices of the account.  A steward does all
that the office decides.  An administrator also keeps the accounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from indicators.errors import AccessDenied
from indicators.model import User

__all__ = ["ACTIONS", "LOCAL", "ROLE_LABELS", "Action", "Person", "Role", "allows", "require"]

Role = Literal["viewer", "reporter", "steward", "administrator"]
Action = Literal["look", "submit", "decide", "issue", "administer"]

ROLE_LABELS: Mapping[Role, str] = {
    "viewer": "查看",
    "reporter": "报送",
    "steward": "督查",
    "administrator": "管理",
}
ACTIONS: Mapping[Action, str] = {
    "look": "查看",
    "submit": "报送",
    "decide": "审核和设置",
    "issue": "签发",
    "administer": "管理账号",
}
_ALLOWED: Mapping[Role, frozenset[Action]] = {
    "viewer": frozenset({"look"}),
    "reporter": frozenset({"look", "submit"}),
    "steward": frozenset({"look", "submit", "decide", "issue"}),
    "administrator": frozenset({"look", "submit", "decide", "issue", "administer"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who asks: an account, or the one local user."""

    name: str
    role: Role
    offices: frozenset[tuple[str, str]] = frozenset()
    """(place, office) a reporter hands in for."""

    @classmethod
    def of(cls, user: User) -> Person:
        """Return the person behind an account.

        Raises:
            AccessDenied: the account is closed.
        """
        if not user.active:
            raise AccessDenied(f"账号“{user.user}”已停用", action="请联系管理员")
        pairs = (each.partition("/") for each in user.offices)
        return cls(
            name=user.user,
            role=user.role,
            offices=frozenset((place, office) for place, _, office in pairs),
        )


LOCAL = Person(name="本机用户", role="administrator")
"""The one user of a house that listens on this machine only and has no login."""


def allows(person: Person, action: Action, *, place: str = "", office: str = "") -> bool:
    """Tell whether a person may act; a reporter only for an own office, where one is named."""
    if action not in _ALLOWED[person.role]:
        return False
    if person.role == "reporter" and action == "submit" and (place or office):
        return (place, office) in person.offices
    return True


def require(person: Person, action: Action, *, place: str = "", office: str = "") -> None:
    """Do nothing if the person may act.

    Raises:
        AccessDenied: with who, what and for which office.
    """
    if not allows(person, action, place=place, office=office):
        where = f"（{place}{office}）" if place or office else ""
        raise AccessDenied(
            f"{person.name}（{ROLE_LABELS[person.role]}）无权{ACTIONS[action]}{where}",
            action="请联系管理员调整角色或单位",
        )
