"""Published figures of growth-rate rules, quoted as facts: inputs, value, score and status."""

from __future__ import annotations

import pytest

from indicators.assessment import profile, series_table

STATCAN = """
cif 1-1-1|14.5|2015|10.4|2023|7.25|2030|-1||0.9010899546976208|2.1506954374096354|moderate_progress
cif 1-1-1 (old)|14.5|2015|10.2|2023|7.25|2030|-1||0.9525901792032172|2.5185563910306596|substantial_progress
cif 12-1-1|0.37|2015|9.53|2025|60|2030|1||0.9504069883014249|2.502962076738248|substantial_progress
cif 11-3-1|63|2005|74|2020|85|2030|1||0.8949392974311927|2.106761907621266|moderate_progress
cif 15-4-1|10.1|2015|13.7|2023|30|2030|1||0.5160064971944834|-0.34995572813974585|limited_progress
cif 11-6-1|699|2014|666.6|2024|490|2030|-1||0.21562879968968102|-1.601539480333006|limited_progress
cif 14-1-1|0.9|2015|15.5|2024|30|2030|1||1.412414035287888|5|substantial_progress
cif 14-2-1|68.5534591194968|2015|46.7336683417085|2023|55|2026|1||-2.3587220377696703|-5|deterioration
cif 3-13-1|7.8|2016|13.5|2025|10|2028|-1||-3.0040533889075847|-5|deterioration
cif 3-4-1|8.1|2015|6.8|2024|8|2025|-1||15.505871214397729|5|target_achieved
cif 9-7-1|58.2|2015|59.5|2025|50|2030|1||0.21954929987292612|5|target_achieved
gif 3-1-1|7.05|2015|12.58|2024|70|2030|-1||-0.40189193878221646|5|target_achieved
gif 2-b-1|81124|2015|0|2023|0|2030|-1||1.4224293446258616|5|target_achieved
gif 3-3-1|0.052|2015|0.048|2022|0|2030|-1||0.04909595896792923|-2.2954318677683294|limited_progress
gif 7-1-1|100|2015|100|2023|100|2030|1|||5|target_achieved
cif 3-2-1|13.2|2019|13.2|2019|10|2025|-1||||not_available
cif 1-2-1|66.6|2016|71.4|2023|||1|100|0.009991483690946268|1.739752850099936|moderate_progress
cif 15-1-1|79.82|2015|80|2020|||1|100|0.0004506085041826591|-2.1437311547039553|limited_progress
cif 11-4-1|75.3|2023|74.6|2024|||1|100|-0.009296148738379806|-3.6620185922974757|deterioration
cif 16-1-1|79|2021|79|2022|||1|100|0|-2.5|limited_progress
cif 1-3-1|178.8|2015|173.3|2025|||-1||0.003119490847657058|-0.9402545761714709|limited_progress
cif 10-2-1|3.8|2015|11.9|2024|||-1||-0.1352325064900486|-5|deterioration
"""
EUSTAT = """
13-2-2|-6.21|2015|-21.98|2023|-45|2030|-1||1.2126558572582298|4.376113266130213|significant_progress
1-1-1|0.1490340749|2016|0.1045528172|2024|0.1|2030|-1||1.5425619066269907|5|significant_progress
1-2-1|16.4|2016|17.8|2024|8.2|2030|-1||-0.21306857311214195|-3.3877857213005917|significant_deterioration
1-2-2|20.6|2016|20.6|2024|20.5|2030|-1||0|-2.5|moderate_deterioration
1-5-1|0.09|2015|0.18|2024|0.5|2030|-1||-0.6610459297009269|5|significant_progress
16-6-1|105.2|2016|101.1|2023|105|2030|-1||41.664992888862066|5|significant_progress
16-7-1|1.16|2015|1.3|2024|1.2|2030|-1||-5.630965191877049|-5|significant_deterioration
14-3-1|8.069|2015|8.048|2024||2030|1||-0.00028950758558732304|-0.07237689639683076|no_progress
16-1-4|76.4|2014|69.1|2024||2030|1||-0.009992536051383283|-2.4981340128458207|moderate_deterioration
16-6-2|46.3|2015|52.8|2025||2030|1||0.013223591437647286|3.3058978594118216|significant_progress
8-10-2|98.7|2016|99.2|2021||2030|1|100|0.001011124412245934|4.478522900400992|significant_progress
4-1-2|79.4|2015|84.7|2022||2030|1|100|0.009273770734058662|3.6174218617293534|significant_progress
4-1-2 b|94.7|2015|94.9|2022||2030|1|100|0.0003014319105922869|0.3508687859861149|moderate_progress
1-5-4 b|100|2015|100|2024||2030|1|100|0|5|significant_progress
1-5-2|0.02|2015|0|2024||2030|-1|0|1|5|significant_progress
3-7-2|2.39|2015|1.53|2025||2030|-1|0|0.04362249393441531|5|significant_progress
7-1-1|100|2016|99.9|2024|99.9|2030|1||-1.7499531029439417|5|significant_progress
3-6-1|3.5|2015|2.8|2024|1.75|2030|-1||0.5422887024672756|-0.2404637397196847|moderate_deterioration
"""


def read(text):
    names = (*series_table.COLUMNS[:1], *series_table.COLUMNS[2:], *series_table.ADDED)
    return [
        {"series": "", **dict(zip(names, line.split("|"), strict=True))}
        for line in text.split("\n")
        if line
    ]


@pytest.mark.parametrize(
    ("rules", "row"),
    [
        pytest.param(rules, row, id=f"{rules} {row['id']}")
        for rules, text in (("statcan", STATCAN), ("eustat", EUSTAT))
        for row in read(text)
    ],
)
def test_a_published_figure(rules, row):
    """Value, score and status of one published series."""
    found = series_table.judge_rows(profile.load(rules), [row])
    for got, want in (
        (found.value[0], row["progress_value"]),
        (found.score[0], row["score"]),
    ):
        assert got == pytest.approx(float(want or "nan"), abs=1e-9, nan_ok=True)
    assert found.status[0] == row["status"]


def series(**figures):
    return {name: str(figures.get(name, "")) for name in series_table.COLUMNS}


def test_an_indicator_is_the_mean_of_its_series():
    """Two series with -3.84 and -3.71 make -3.78, a deterioration."""
    both = [
        series(id="11-7-1", base_value=83.8, base_year=2015, current_value=77.7,
               current_year=2022, direction=1, limit=100),
        series(id="11-7-1", base_value=66.7, base_year=2015, current_value=61.1,
               current_year=2024, direction=1, limit=100),
    ]  # fmt: skip
    rule = profile.load("statcan")
    (whole,) = series_table.totals(rule, both, series_table.judge_rows(rule, both))
    assert whole.score == pytest.approx(-3.777194091390002, abs=1e-9)
    assert whole.status == "deterioration"


@pytest.mark.parametrize(
    ("rows", "score", "status"),
    [
        (["80.8|2015|79.4|2024||1", "70.3|2015|71.7|2025||1"], 0.0042073211314469505, "no_progress"),
        (["20.1|2015|18.9|2024||1", "7069.6|2015|7858.9|2024||1"], 0.6266626861176211,
         "moderate_progress"),
        (["1.16|2015|1.3|2024|1.2|-1", "1.24|2015|1.24|2025|1.2|-1", "1.01|2015|1.01|2023|1.2|-1"],
         -0.8333333333333334, "moderate_deterioration"),
    ],
)  # fmt: skip
def test_an_indicator_without_targets_has_the_classes_of_series_without_targets(
    rows, score, status
):
    """Published means of series: the neutral class exists only where no series has a target."""
    names = ("base_value", "base_year", "current_value", "current_year", "target", "direction")
    made = [series(id="i", **dict(zip(names, row.split("|"), strict=True))) for row in rows]
    rule = profile.load("eustat")
    (whole,) = series_table.totals(rule, made, series_table.judge_rows(rule, made))
    assert whole.score == pytest.approx(score, abs=1e-9)
    assert whole.status == status


def test_an_indicator_is_achieved_only_if_all_its_series_are():
    """One achieved series of two makes a mean, not an achievement."""
    rows = [
        series(id="a", base_value=50, base_year=2015, current_value=60, current_year=2020,
               target=55, direction=1),
        series(id="a", base_value=50, base_year=2015, current_value=60, current_year=2020,
               target=80, direction=1),
    ]  # fmt: skip
    rule = profile.load("statcan")
    judged = series_table.judge_rows(rule, rows)
    assert (
        series_table.totals(rule, rows[:1], series_table.judge_rows(rule, rows[:1]))[0].status
        == "target_achieved"
    )
    assert series_table.totals(rule, rows, judged)[0].status == "substantial_progress"


@pytest.mark.parametrize(
    ("figures", "value", "status"),
    [
        ((10, 2015, 30, 2016, 1, -1), None, "deterioration"),
        ((5, 2015, 6, 2016, 9, 1), 5.0045, "substantial_progress"),
    ],
)
def test_the_two_browser_cases_of_the_source(figures, value, status):
    """Open SDG's own two cases of the browser tests."""
    names = ("base_value", "base_year", "current_value", "current_year", "target", "direction")
    row = series(**dict(zip(names, figures, strict=True)))
    found = series_table.judge_rows(profile.load("statcan"), [row])
    assert found.status == [status]
    if value is not None:
        assert found.value[0] == pytest.approx(value, abs=5e-5)


@pytest.mark.parametrize(("zero", "ratio"), [(1e-6, 0.022), (1e-4, 0.033), (1e-2, 0.109)])
def test_a_zero_target_hangs_on_the_small_number_that_replaces_it(zero, ratio):
    """The source's 0.001 is a choice: another one gives another verdict."""
    import dataclasses

    rule = profile.load("statcan")
    other = dataclasses.replace(rule, growth=dataclasses.replace(rule.growth, zero=zero))
    row = series(base_value=0.052, base_year=2015, current_value=0.048, current_year=2022,
                 target=0, direction=-1)  # fmt: skip
    assert series_table.judge_rows(other, [row]).value[0] == pytest.approx(ratio, abs=6e-4)


@pytest.mark.parametrize(
    ("figures", "growth", "line"),
    [
        ((14.5, 2015, 10.4, 2023, 7.25, 2030, -1), 0.901, 1.060),
        ((14.5, 2015, 10.2, 2023, 7.25, 2030, -1), 0.953, 1.112),
        ((0.37, 2015, 9.53, 2025, 60, 2030, 1), 0.950, 0.230),
        ((666, 2015, 15974, 2026, 37929, 2030, 1), 1.083, 0.560),
        ((103, 2015, 29, 2023, 0.1, 2030, -1), 0.396, 1.348),
    ],
)
def test_the_line_and_the_growth_rate_disagree(figures, growth, line):
    """The same series under both rules, as recomputed from published inputs."""
    names = ("base_value", "base_year", "current_value", "current_year", "target", "target_year",
             "direction")  # fmt: skip
    row = series(**dict(zip(names, figures, strict=True)))
    ratio = series_table.judge_rows(profile.load("statcan"), [row])
    share = series_table.judge_rows(profile.load("schedule"), [row])
    elapsed = (figures[3] - figures[1]) / (figures[5] - figures[1])
    assert ratio.value[0] == pytest.approx(growth, abs=6e-4)
    assert share.value[0] / elapsed == pytest.approx(line, abs=6e-4)
