"""Tables of series as people write them: what is understood, and what is said of the rest."""

from __future__ import annotations

import csv

import pytest

from indicators.assessment.series_file import COLUMNS, number
from indicators.cli import main

HEADER = ",".join(COLUMNS)
PLAIN = "a,s,14.5,2015,10.4,2023,7.25,2030,-1,"
MODERATE = ["0.9010899546976208", "2.1506954374096354", "moderate_progress"]


@pytest.fixture
def assess(tmp_path, capsys):
    """Judge a text: ``assess(text)`` → exit status, rows, lines on stderr."""

    def run(text, rules="statcan", encoding="utf-8"):
        path, out = tmp_path / "in.csv", tmp_path / "out.csv"
        path.write_bytes(text.encode(encoding))
        status = main(["assess", str(path), "--rules", rules, "--output", str(out)])
        rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
        return status, rows, capsys.readouterr().err.splitlines()

    return run


def figures(row):
    return [row["progress_value"], row["score"], row["status"]]


@pytest.mark.parametrize(
    "row",
    [
        "a,s,14.5,2015.0,10.4,2023,7.25,2030,decrease,",
        "a,s, 14.5 ,2015年,10.4%,2023,7.25,2030,negative,null",
        "a,s,１４.5,2015,10.4,2023,7.25,2030,下降,n/a",
        "a,s,14.5,2015,10.4,2023,7.25,2030,Down",
        "a,s,14.5,,10.4,2023,7.25,,-1.0,",
        "a,s,14.5,2015,10.4,2023,7.25,2030,-1,,,",
    ],
)
def test_ways_of_writing_a_row(assess, row):
    """Words of direction, signs of percent, wide digits, blank years and cut ends are understood."""
    status, (found,), said = assess(f"{HEADER}\n{row}\n")
    assert (status, said) == (0, [])
    assert figures(found) == MODERATE


@pytest.mark.parametrize(
    ("written", "value"),
    [("1,234", 1234), ("1 234.5", 1234.5), ("-1,234,567", -1234567), ("1e3", 1000), ("−3", -3)],
)
def test_groups_of_thousands_and_signs(written, value):
    """Groups of three digits are one number; a typographic minus is a minus."""
    assert number(written, "base_value") == value


@pytest.mark.parametrize("written", ["7,25", "12,34", "inf", "1_000", "约5", "0x10", "1e999"])
def test_what_is_no_number(written):
    """A comma that parts no thousands is not guessed at."""
    with pytest.raises(ValueError, match=r"."):
        number(written, "target")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("b,s,x,2015,1,2020,,,1,", ":3  series-number  base_value 应为数，实为“x”"),
        ("b,s,1,2015,inf,2020,,,1,", ":3  series-number  current_value"),
        ("b,s,1,2015,1,2020,,,2,", ":3  series-direction  direction 应为 1 或 -1，实为“2”"),
        ("b,s,1,去年,1,2020,,,1,", ":3  series-year  base_year 应为年份，实为“去年”"),
        ("b,s,1,2015,1", ":3  series-cells  应有 10 列，实有 5 列"),
        ("b,s,1,234,2015,1,2020,,,1,100", ":3  series-cells  应有 10 列，实有 11 列"),
    ],
)
def test_a_row_in_error_is_told_and_the_others_are_judged(assess, row, words):
    """Line and column, status not_available, exit status 1; the rows around it have their figures."""
    status, rows, said = assess(f"{HEADER}\n{PLAIN}\n{row}\n{PLAIN}\n")
    assert status == 1
    assert len(said) == 1
    assert words in said[0]
    assert [figures(each) for each in rows] == [MODERATE, ["", "", "not_available"], MODERATE]
    assert rows[1]["id"] == "b"


def test_every_wrong_cell_has_its_own_line(assess):
    """Nobody has to run the command once for each mistake."""
    assert len(assess(f"{HEADER}\nb,s,x,y,z,2020,,,1,\nc,s,1,2015,q,2020,,,1,\n")[2]) == 4


def test_a_line_break_inside_a_cell_does_not_shift_the_lines(assess):
    """The line told is the one in the file."""
    _, _, said = assess(f'{HEADER}\n"a\nb",s,1,2015,1,2020,,,1,\n\nc,s,x,2015,1,2020,,,1,\n')
    assert ":5  " in said[0]


def test_columns_that_are_not_there_count_as_blank(assess):
    """Only what nothing can be judged without is asked for; the rest is said and taken as blank."""
    text = "ID,Base_Value,base_year,current_value,current_year,target,direction\n"
    status, (found,), said = assess(text + "a,14.5,2015,10.4,2023,7.25,down\n")
    assert status == 0
    assert "series-column-missing  缺少列 series、target_year、limit" in said[0]
    assert figures(found) == MODERATE


def test_a_blank_direction_is_said(assess):
    """Without a direction less is better, as in the source; the reader is told how often."""
    status, (found,), said = assess(f"{HEADER}\na,s,14.5,2015,10.4,2023,7.25,2030,,\n")
    assert (status, figures(found)) == (0, MODERATE)
    assert "有 1 行没有写 direction" in said[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_encodings_and_separators(assess, encoding, mark):
    """Files of spreadsheets: with a mark of order, in GB 18030 or UTF-16, parted by what they use."""
    text = f"{HEADER},来源\n{PLAIN},统计局\n".replace(",", mark)
    _, (found,), said = assess(text, encoding=encoding)
    assert (figures(found), said) == (MODERATE, [])
    assert found["来源"] == "统计局"


def test_a_target_year_that_is_not_after_the_base_year(assess):
    """In the base year itself no growth can be required; earlier years are computed as in the source."""
    rows = "a,s,10,2015,12,2020,20,2015,1,\nb,s,10,2015,12,2020,20,2010,1,\nc,s,10,2015,12,2020,11,2015,1,"
    _, found, _ = assess(f"{HEADER}\n{rows}\n")
    assert [each["status"] for each in found] == [
        "not_available", "limited_progress", "target_achieved",
    ]  # fmt: skip
    assert float(found[1]["progress_value"]) == pytest.approx(
        (1.2 ** (1 / 5) - 1) / abs(2 ** (-1 / 5) - 1), abs=1e-12
    )


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("2015", 2015), ("2015.0", 2015), ("2015年度", 2015), ("2015-12-31", 2015),
        ("2015/6/30", 2015), ("2015-12-31 00:00:00", 2015), ("2015年12月31日", 2015),
        ("2015-2016", 2015), ("2015/16", 2015), ("2015–2016", 2015),
    ],
)  # fmt: skip
def test_years_are_found_in_days_and_ranges(written, year):
    """A day stands for its year, and of a range the first year counts, as in the source."""
    assert number(written, "base_year") == year


@pytest.mark.parametrize("written", ["15", "去年", "2015Q3年", "20155", "12/31"])
def test_what_is_no_year(written):
    """A year is not guessed at."""
    with pytest.raises(ValueError, match=r"."):
        number(written, "target_year")


@pytest.mark.parametrize("mark", [";", "\t"])
def test_decimal_commas(assess, mark):
    """Where commas do not part cells, one cell such as 7,25 tells that all commas are decimal."""
    header = HEADER.replace(",", mark)
    lines = ["a;s;14,5;2015;10,4;2023;7,25;2030;-1;", "b;s;1,250;2015;1.234,5;2020;;;1;"]
    _, (first, second), said = assess(
        "\n".join([header, *(each.replace(";", mark) for each in lines)])
    )
    assert (figures(first), said) == (MODERATE, [])
    assert first["base_value"] == "14,5"
    assert float(second["progress_value"]) == pytest.approx((1234.5 / 1.25) ** (1 / 5) - 1)


def test_commas_that_part_thousands_in_a_file_of_semicolons(assess):
    """Without any cell that tells otherwise 1,250 is twelve hundred and fifty."""
    text = HEADER.replace(",", ";") + "\nb;s;1,250;2015;2,500;2016;;;1;"
    assert float(assess(text)[1][0]["progress_value"]) == pytest.approx(1)


def test_a_group_of_thousands_does_not_begin_with_zero():
    """0,123 is no number with thousands."""
    with pytest.raises(ValueError, match="0,123"):
        number("0,123", "base_value")


def test_names_of_columns_in_other_spellings(assess):
    """Capitals, spaces and hyphens in the names of columns do not matter, nor does their order."""
    text = "Target Year,Limit,id,Series,Direction,target,Current-Year,current value,BASE_YEAR,Base value\n"
    _, (found,), said = assess(text + "2030,,a,s,-1,7.25,2023,10.4,2015,14.5\n")
    assert (figures(found), said) == (MODERATE, [])


def test_a_ratio_is_judged_in_its_own_words(assess):
    """Actual to expected is the value of a rule of ratios, its class the status."""
    row = "a,s,0,2019,1300,2020,{},2020,{},"
    lines = [row.format(1300, 1), row.format(800, 1), row.format(800, -1), row.format(0, 1)]
    _, found, _ = assess("\n".join([HEADER, *lines]), rules="tola15")
    assert [(each["progress_value"], each["status"]) for each in found] == [
        ("1.0", "within"), ("1.625", "above"), ("1.625", "below"), ("", "not_assessable"),
    ]  # fmt: skip


def test_a_row_in_error_is_not_judged_by_the_line_either(assess):
    """The same holds for profiles that judge by the schedule."""
    status, rows, _ = assess(f"{HEADER}\n{PLAIN}\nb,s,x,2015,1,2020,5,2030,1,\n", rules="schedule")
    assert status == 1
    assert [each["status"] for each in rows] == ["on_schedule", "not_available"]


def test_an_output_that_cannot_be_written_is_named(tmp_path, capsys):
    """The message has the file that was asked for; nothing is left beside it."""
    path, out = tmp_path / "in.csv", tmp_path / "none" / "out.csv"
    path.write_text(f"{HEADER}\n{PLAIN}\n", "utf-8")
    assert main(["assess", str(path), "--rules", "statcan", "--output", str(out)]) == 2
    assert capsys.readouterr().err.startswith(f"{out}: ")
    assert [each.name for each in tmp_path.iterdir()] == ["in.csv"]
