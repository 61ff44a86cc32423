"""The regions of the country and the bodies in them, as the reference files have them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

from indicators import reference
from indicators.errors import ConfigurationError

__all__ = ["NATION", "RANK", "Level", "Region", "aliases", "regions"]

Level = Literal["nation", "province", "prefecture", "county", "body"]
RANK: Final = {"nation": 0, "province": 1, "prefecture": 2, "county": 3, "body": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region, or a body with a parent region."""

    name: str
    """武清区, 和林格尔数据中心集群."""
    place: str
    """The name that no other place in force shares: 武清区, but 长春市朝阳区."""
    code: str
    """GB/T 2260, six digits; empty for a body."""
    short: str
    """武清; empty where the short name is a common word or a single character."""
    level: Level
    parent: str
    """Code of the region above; empty for a province and for what spans provinces."""
    valid_from: str
    """Year or month of its first day, as far as known; empty if before 2001."""
    valid_to: str
    """Year or month in which it ceased; empty while in force."""
    sort: str = ""
    """Of a body: 新区, 集群, 园区, 枢纽, 区域."""

    def in_force(self, day: date | None) -> bool:
        """Tell whether it existed on a day; None means now."""
        if day is None:
            return not self.valid_to
        written = day.isoformat()
        since = not self.valid_from or written[: len(self.valid_from)] >= self.valid_from
        return since and (not self.valid_to or written[: len(self.valid_to)] <= self.valid_to)


NATION: Final = Region(
    name="全国", place="全国", code="000000", short="", level="nation",
    parent="", valid_from="", valid_to="",
)  # fmt: skip


@cache
def regions() -> tuple[Region, ...]:
    """Return every region and body, those in force first, higher levels first.

    Raises:
        ConfigurationError: a reference file is missing or a line of it is wrong.
    """
    rows = [(row, "") for row in _rows("regions.csv")]
    names: dict[str, int] = {}
    for row, _ in rows:
        names[row["name"]] = names.get(row["name"], 0) + (not row["valid_to"])
    above = {row["code"]: row["name"] for row, _ in rows if not row["valid_to"]}
    built = [
        Region(
            name=row["name"],
            place=row["name"]
            if names[row["name"]] <= 1 or not row["parent"]
            else above.get(row["parent"], "") + row["name"],
            code=row["code"],
            short=row["short"],
            level=_level(row["level"]),
            parent=row["parent"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
        )
        for row, _ in rows
    ]
    built += [
        Region(
            name=row["name"], place=row["name"], code="", short="", level="body",
            parent=row["parent"], valid_from="", valid_to="", sort=row["sort"],
        )
        for row in _rows("bodies.csv")
    ]  # fmt: skip
    return tuple(sorted(built, key=lambda each: (bool(each.valid_to), RANK[each.level])))


def _rows(name: str) -> list[dict[str, str]]:
    """Read a reference file."""
    place = reference.path(name)
    try:
        with place.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, strict=True))
    except (OSError, UnicodeError, csv.Error) as error:
        raise ConfigurationError(
            f"地区表读不出来（{error}）", place=str(place), action="请恢复该文件"
        ) from error
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values() or not row.get("name"):
            raise ConfigurationError(
                "列数与表头不符或名称为空", place=f"{place}:{number}", action="请按表头补齐该行"
            )
    return rows


def _level(word: str) -> Level:
    """Return the level that a line names."""
    for level in ("province", "prefecture", "county"):
        if word == level:
            return level
    raise ConfigurationError(
        f"“{word}”不是级别", place="regions.csv", action="写 province、prefecture 或 county"
    )


def aliases() -> dict[str, list[str]]:
    """Return the other names of each body."""
    return {
        row["name"]: [alias for alias in row["aliases"].split("|") if alias]
        for row in _rows("bodies.csv")
    }
