"""Rule profiles are files that an office may write: what is wrong in one is told by line and key."""

from __future__ import annotations

import re

import pytest

from indicators import reference
from indicators.assessment import profile
from indicators.errors import ConfigurationError, UsageError

GOOD = reference.path("rules/schedule.toml").read_text("utf-8")


@pytest.mark.parametrize("name", profile.names())
def test_every_profile_that_comes_with_the_house_is_sound(name):
    """Each is read, has a version and says where it comes from."""
    found = profile.load(name)
    assert found.name == name
    assert re.fullmatch(r"\d+\.\d+", found.version)
    assert found.source


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('method = "schedule"', 'method = "magic"', 5, "method：应为 schedule、ratio、growth 之一"),
        ("near_days = 90", 'near_days = "soon"', 9, "near_days：应为不小于零的整数"),
        ("near_days = 90", "near_dayz = 90", 9, "near_dayz：不认识的键"),
        ("at_least = -30", "at_least = 5", 26, "[bands] at_least：界限必须逐档下降"),
        ('light = "red"', 'light = "purple"', 30, "[bands] light：应为 green、yellow、red、grey"),
        ("more_than = -10", "", 19, "[bands] state：每一档要且只要一个界限"),
        ('version = "1.0"\n', "", 1, "version：缺少这个键"),
        ("whole_counts = true", "whole_counts = maybe", 8, "不是合格的 TOML"),
        ("more_than = -10", "more_than = nan", 21, "[bands] more_than：应为数"),
    ],
)
def test_a_bad_file_is_told_by_line_and_key(tmp_path, old, new, line, words):
    """The message has the file, the line and the key, and what was expected."""
    path = tmp_path / "schedule.toml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        profile.load(str(path))
    assert f"{path}:{line}: " in str(caught.value)
    assert words in str(caught.value)


def test_an_office_adds_its_own_rule_by_a_file(tmp_path, book):
    """A stricter band in a file of one's own changes the light."""
    from decimal import Decimal

    from indicators.assessment import judge

    path = tmp_path / "strict.toml"
    path.write_text(
        GOOD.replace('name = "schedule"', 'name = "strict"').replace(
            "at_least = -30", "at_least = -15", 1
        ),
        "utf-8",
    )
    target = book.target(30, setting={"baseline": Decimal(5)})
    book.report(target, "2026Q1", 10)
    states = [judge(book, rules=rules).verdicts[0].state for rules in ("schedule", str(path))]
    assert states == ["behind", "far_behind"]


def test_a_name_that_no_file_has(tmp_path):
    """An unknown rule names the known ones."""
    with pytest.raises(UsageError, match=r"现有规则：.*schedule"):
        profile.load("none")


def test_a_file_under_another_name(tmp_path):
    """A profile is called as its file is, so that a board's profile can be found again."""
    path = tmp_path / "other.toml"
    path.write_text(GOOD, "utf-8")
    with pytest.raises(ConfigurationError, match="与文件名不一致"):
        profile.load(str(path))


def test_the_words_of_judging_are_sound():
    """The word lists are read, and no word is on both sides."""
    found = profile.words()
    assert not set(found.from_zero) & set(found.stock)
    assert all(found.less_is_better)
