"""Cells of a filled workbook as people leave them: percentages, days, formulas, errors, merged rows."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from indicators.errors import InputRefused
from indicators.model import Indicator, Setting
from indicators.register.decisions import Decision, decide, pending
from indicators.register.settingsfile import export_settings, import_settings
from indicators.submissions.annotation import annotated
from indicators.submissions.filled import filled, open_filled
from indicators.submissions.sandbox import open_workbook
from tests.register.sheets import Filled, places

SHEET, NAME = "指标设置", "数据中心总体上架率"


@pytest.fixture
def accepted(memory):
    """The ledger with everything accepted."""
    rows = [each.commitment_id for each in pending(memory)]
    decide(memory, [Decision(commitment_id=each, decision="accepted") for each in rows], who="李")
    return memory


@pytest.fixture
def book(accepted, tmp_path):
    path = tmp_path / "settings.xlsx"
    export_settings(accepted, path)
    return Filled(path)


def cell(book, header):
    (row,) = book.rows(SHEET, 指标=NAME)
    return book.book[SHEET][book.address(SHEET, row, header)]


def setting(ledger):
    (found,) = [each for each in ledger.current(Indicator) if each.name == NAME]
    return next(iter(ledger.current(Setting, indicator_id=found.indicator_id)))


def test_a_percentage_counts_as_it_is_shown(accepted, book):
    """Excel keeps 60 % as 0.6; the baseline of a share is 60 all the same."""
    base = cell(book, "基期值")
    base.value, base.number_format = 0.6, "0%"
    day = cell(book, "基期日期")
    day.value, day.number_format = datetime(2024, 12, 31), "yyyy/m/d"  # noqa: DTZ001 - a sheet's
    import_settings(accepted, open_filled(book.save()), who="李")
    found = setting(accepted)
    assert (found.baseline, found.baseline_date) == (Decimal(60), date(2024, 12, 31))


@pytest.mark.parametrize(("value", "words"), [("=1/0", "公式"), ("#REF!", "#REF!")])
def test_a_cell_without_a_usable_value_is_told(accepted, book, value, words):
    """A formula nobody computed and an error value are no words to be kept, in whatever column."""
    at = cell(book, "口径")
    at.value = value
    at.data_type = "f" if value.startswith("=") else "e"
    with pytest.raises(InputRefused) as refused:
        import_settings(accepted, open_filled(book.save()), who="李")
    assert places(refused) == {(f"{SHEET}!{at.coordinate}", "register-trouble")}
    assert words in refused.value.findings[0].message


def test_the_marked_workbook_is_read_like_the_first(accepted, book):
    """The column 问题 and the sheet 校验结果 are not read when the corrected file comes back."""
    at = cell(book, "基期值")
    at.value = "很多"
    opened = open_workbook(book.save())
    with pytest.raises(InputRefused) as refused:
        import_settings(accepted, filled(opened), who="李")
    content = annotated(opened, refused.value.findings)
    path = book.path.with_name("marked.xlsx")
    path.write_bytes(content)
    marked = Filled(path)
    back = marked.book[SHEET][at.coordinate]
    assert "很多" in back.comment.text
    assert any("很多" in str(each.value) for each in marked.book[SHEET][at.row] if each != back)
    back.value = 60
    marked.book[SHEET][book.address(SHEET, at.row, "基期日期")].value = "2024-12-31"
    path = marked.save("corrected.xlsx")
    report = import_settings(accepted, open_filled(path), who="李")
    assert report.settings == 1
    assert setting(accepted).baseline == 60
    second = book.path.with_name("second.xlsx")
    second.write_bytes(annotated(open_workbook(path), ()))
    clean = Filled(second).book[SHEET][at.coordinate]
    assert clean.comment is None
    assert clean.fill.fgColor.rgb == at.fill.fgColor.rgb, "it looks again as it was handed out"
