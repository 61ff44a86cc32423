"""The growth-rate rule once more, one number at a time as its text reads, against the columns."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.assessment import profile, series_table

values = st.one_of(
    st.sampled_from([0.0, 1.0, 50.0, 100.0, 200.0, -10.0]),
    st.floats(-1000, 1000).map(lambda number: round(number, 2)),
)
optional = st.none() | values


def restated(row):
    """Value, score and status of a series by sections 2.6 and 2.7 of the research."""
    base, now, target, limit = (
        row[key] for key in ("base_value", "current_value", "target", "limit")
    )
    first, last, s = row["base_year"], row["current_year"], row["direction"]
    if target == 0:
        target = 0.001
    met = target is not None and now is not None and s * (now - target) >= 0
    if base is None or now is None or last - first < 1:
        return None, 5 if met else None, "target_achieved" if met else "not_available"
    coefficient = 1.0
    if target is None and limit is not None:
        size, edge = abs(base), abs(limit)
        if size < 2 * edge:
            part = size / edge if size <= edge else (2 * edge - size) / edge
            coefficient = 1 - part**4.44
    sign = -1 if base < 0 else 1
    start = base or 0.001
    value = None
    if not start * now < 0:
        growth = (now / start) ** (1 / (last - first)) - 1
        value = sign * s * growth
        if target is not None:
            needed = abs((target / start) ** (1 / (row["target_year"] - first)) - 1)
            value = value / needed if needed else None
    if met:
        return value, 5, "target_achieved"
    if value is None:
        return None, None, "not_available"
    names = ("substantial_progress", "moderate_progress", "limited_progress", "deterioration")
    if target is not None:
        score = (
            max(min(7.1429 * value - 4.2857, 5), -5)
            if value >= 0.6
            else max(4.1667 * value - 2.5, -5)
        )
        edges = (0.95, 0.6, 0)
    else:
        edges = (0.015 * coefficient, 0.005 * coefficient, 0)
        if value < 0:
            score = max(125 * value - 2.5, -5)
        elif coefficient == 0:
            score = 5
        elif value >= edges[0]:
            score = min(500 * value / coefficient - 5, 5)
        elif value >= edges[1]:
            score = 250 * value / coefficient - 1.25
        else:
            score = 500 * value / coefficient - 2.5
    return (
        value,
        score,
        next((n for n, edge in zip(names, edges, strict=False) if value >= edge), names[3]),
    )


@settings(max_examples=400, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "base_value": optional,
            "base_year": st.integers(2000, 2024),
            "current_value": optional,
            "current_year": st.integers(2000, 2026),
            "target": optional,
            "target_year": st.integers(2027, 2040),
            "direction": st.sampled_from((1, -1)),
            "limit": st.none() | st.sampled_from((0, 100, -100)),
        }
    )
)
def test_columns_and_text_agree(row):
    """Every value, score and status of the vectorised rule is that of the plain reading."""
    want = restated(row)
    cells = {"id": "a", "series": "a", **{k: "" if v is None else str(v) for k, v in row.items()}}
    found = series_table.judge_rows(profile.load("statcan"), [cells])
    for got, expected in ((found.value[0], want[0]), (found.score[0], want[1])):
        assert math.isnan(got) == (expected is None)
        assert expected is None or got == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert found.status[0] == want[2]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "文件是空的"),
        ("id,series\n1,2\n", "缺少列 base_value"),
        ("{header},id\n", "列名有重复"),
        ('{header}\n"a,b\n', "不是合格的 CSV"),
        ("\0\0\0", "不是文本文件"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, capsys, text, words):
    """One line with the file, exit status 2, and nothing written."""
    from indicators.cli import main

    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text(text.format(header=",".join(series_table.COLUMNS)), "utf-8")
    assert main(["assess", str(path), "--rules", "statcan", "--output", str(out)]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
    assert not out.exists()


def test_a_table_keeps_its_other_columns_and_order(tmp_path, capsys):
    """Columns that the rule does not know pass through; rows stay where they are."""
    from indicators.cli import main

    path = tmp_path / "in.csv"
    header = ",".join((*series_table.COLUMNS, "来源"))
    rows = ["b,x,10,2015,12,2020,,,1,,甲", 'a,"y, z",10,2015.0,8,2020,20,2030,positive,,乙']
    path.write_text("\ufeff" + "\n".join([header, *rows, ""]), "utf-8")
    assert main(["assess", str(path), "--rules", "statcan"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == header + ",progress_value,score,status"
    assert [line.split(",")[0] for line in lines[1:]] == ["b", "a"]
    assert lines[2].endswith("deterioration")
