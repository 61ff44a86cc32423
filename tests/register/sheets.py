"""Fill in a workbook as a person would: find a row by its words, write into a column."""

from __future__ import annotations

from openpyxl import load_workbook


class Filled:
    """An exported workbook that is filled in and saved under another name."""

    def __init__(self, path):
        self.path = path
        self.book = load_workbook(path, rich_text=True)

    def headers(self, sheet):
        return {cell.value: cell.column for cell in self.book[sheet][3] if cell.value}

    def rows(self, sheet, **equal):
        at = self.headers(sheet)
        worksheet = self.book[sheet]
        return [
            row
            for row in range(4, worksheet.max_row + 1)
            if all(
                str(worksheet.cell(row, at[header]).value) == str(value)
                for header, value in equal.items()
            )
        ]

    def get(self, sheet, row, header):
        return self.book[sheet].cell(row, self.headers(sheet)[header]).value

    def put(self, sheet, row, **values):
        at = self.headers(sheet)
        for header, value in values.items():
            self.book[sheet].cell(row, at[header]).value = value
        return self

    def address(self, sheet, row, header):
        return self.book[sheet].cell(row, self.headers(sheet)[header]).coordinate

    def save(self, name="filled.xlsx"):
        path = self.path.with_name(name)
        self.book.save(path)
        return path


def places(refused):
    """Where findings stand, as SHEET!CELL, with their codes."""
    return {(each.place.partition("!")[2], each.code) for each in refused.value.findings}
