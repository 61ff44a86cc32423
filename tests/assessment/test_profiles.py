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
        ("whole_counts = true", "whole_counts = maybe", 8, "“whole_counts = maybe”不是合格的 TOML"),
        ("near_days = 90", "near_days = 90\nnear_days = 9", 10, "“near_days = 9”不是合格的 TOML"),
        ("near_days = 90", "near_days = 99999", 9, "near_days：应不大于 3660，实为 99999"),
        ('light = "green"', 'light = "red"', 15, "light：on_schedule 的灯应为 green，实为 'red'"),
        ('state = "behind"', 'state = "achieved"', 24, "state：应为 on_schedule、slightly_behind"),
        (
            'state = "far_behind"\nlight = "red"',
            'state = "on_schedule"\nlight = "green"',
            29,
            "[bands] state：应不好于前一档的 behind，实为 'on_schedule'",
        ),
        ('zero_target = "behind"', 'zero_target = "achieved"', 11, "zero_target：应为"),
        (
            'name = "schedule"',
            'name = "other"',
            2,
            "name：应与文件名一致（'schedule'），实为 'other'",
        ),
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


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("zero = 0.001 ", "zero = 0 ", 11, "[growth] zero：应大于 0，实为 0"),
        ("exponent = 4.44", "exponent = -4.44", 12, "[growth] exponent：应大于 0，实为 -4.44"),
        ("score_limit = 5", "score_limit = -5", 10, "[growth] score_limit：应大于 0"),
        ("base_year = 2015", "base_year = 15", 13, "[growth] base_year：应为四位数的年份"),
        ("target_year = 2030", "target_year = 2015", 14, "应晚于 base_year（2015），实为 2015"),
        ("slope = 4.1667", "at_least = 0\nslope = 4.1667", 49, "[growth.score] at_least：除最后一段外"),
        ("[[growth.free_score]]", "[[growth.free_scores]]", 9, "[growth] free_scores：不认识的键"),
    ],
)  # fmt: skip
def test_a_bad_rule_of_growth_is_told_by_line_and_key(tmp_path, old, new, line, words):
    """What would divide by zero or turn a score round is refused like any other slip."""
    path = tmp_path / "statcan.toml"
    text = reference.path("rules/statcan.toml").read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        profile.load(str(path))
    assert f"{path}:{line}: " in str(caught.value)
    assert words in str(caught.value)
    assert "请" in str(caught.value)


def test_pieces_of_a_score_fall(tmp_path):
    """A piece that begins above the one before it would never be reached."""
    path = tmp_path / "statcan.toml"
    text = reference.path("rules/statcan.toml").read_text("utf-8")
    piece = "[[growth.score]]\nat_least = 0.60\n"
    again = piece.replace("0.60", "0.70") + "slope = 1\nintercept = 0\n\n"
    end = "[[growth.score]]\nslope = 4.1667"
    assert end in text
    path.write_text(text.replace(end, again + end), "utf-8")
    with pytest.raises(ConfigurationError, match=r"at_least：界限必须逐段下降，前一段为 0\.6"):
        profile.load(str(path))


def test_a_table_in_one_line_is_told_by_its_line(tmp_path):
    """Bands may be written in one line; a slip in them is told there."""
    path = tmp_path / "schedule.toml"
    head, _, rest = GOOD.partition("[[bands]]")
    bands = 'bands = [{ state = "behind", light = "yellow", at_least = "x" }, { state = "far_behind" }]\n'
    path.write_text(head + bands + rest[rest.index("# 不按时间") :], "utf-8")
    with pytest.raises(ConfigurationError, match=r"schedule\.toml:13: \[bands\] at_least：应为数"):
        profile.load(str(path))


def test_the_mark_of_an_editor_is_no_part_of_the_text(tmp_path):
    """A file saved by an editor of Windows begins with a mark and is read all the same."""
    path = tmp_path / "schedule.toml"
    path.write_text(GOOD, "utf-8-sig")
    assert profile.load(str(path)).bands == profile.load("schedule").bands


def test_the_words_of_judging_are_sound():
    """The word lists are read, and no word is on both sides."""
    found = profile.words()
    assert not set(found.from_zero) & set(found.stock)
    assert all(found.less_is_better)
