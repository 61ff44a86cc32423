"""Who may do what."""

from __future__ import annotations

import pytest

from indicators.access import LOCAL, Person, allows, require
from indicators.errors import AccessDenied
from indicators.model import User

REPORTER = Person(
    name="甲", role="reporter", offices=frozenset({("武清区", "区数据局"), ("武清区", "区科技局")})
)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("viewer", {"look"}),
        ("reporter", {"look", "submit"}),
        ("steward", {"look", "submit", "decide", "issue"}),
        ("administrator", {"look", "submit", "decide", "issue", "administer"}),
    ],
)
def test_each_role_has_its_actions(role: str, allowed: set[str]) -> None:
    """A role may do what it is for and nothing else."""
    person = Person(name="甲", role=role)
    actions = ("look", "submit", "decide", "issue", "administer")
    assert {action for action in actions if allows(person, action)} == allowed


def test_a_reporter_hands_in_for_own_offices_only() -> None:
    """An office of the same name in another place is another office."""
    assert allows(REPORTER, "submit", place="武清区", office="区数据局")
    assert not allows(REPORTER, "submit", place="河西区", office="区数据局")


def test_a_refusal_says_who_what_and_where() -> None:
    """The error names the person, the role, the action and the office."""
    with pytest.raises(AccessDenied, match="甲（报送）无权报送（河西区区数据局）；请联系管理员"):
        require(REPORTER, "submit", place="河西区", office="区数据局")


def test_a_closed_account_is_nobody() -> None:
    """A closed account cannot act, whatever its role."""
    with pytest.raises(AccessDenied, match="已停用"):
        Person.of(User(user="乙", role="steward", active=False))


def test_an_account_carries_its_offices() -> None:
    """Offices are written as place/office in the account."""
    person = Person.of(User(user="甲", role="reporter", offices=("武清区/区数据局",)))
    assert person.offices == {("武清区", "区数据局")}


def test_the_local_user_may_do_everything() -> None:
    """On one machine without login there is one user, who keeps the house."""
    assert allows(LOCAL, "administer")
