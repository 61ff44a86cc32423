"""Reading TOML so that every complaint has the file, the line and the key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TypeVar

from indicators.errors import ConfigurationError

__all__ = ["Table", "read"]

T = TypeVar("T", bound=str)

_HEADER = re.compile(r"\s*\[+\s*([A-Za-z0-9_.\-]+)\s*\]+")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a TOML file that knows where it stands."""

    file: Path
    source: str
    values: Mapping[str, object]
    name: str = ""
    nth: int = 0
    """Which of several tables of this name, from 0."""

    def line(self, key: str) -> int:
        """Return the line of a key, or of the table's header where the key is missing.

        A table that is written in one line (``bands = [{…}]``) begins at the key of its name.
        """
        here, seen, header = "", -1, 1
        inline = re.compile(rf"\s*{re.escape(self.name.rpartition('.')[2])}\s*=")
        for number, text in enumerate(self.source.splitlines(), 1):
            if found := _HEADER.match(text):
                here = found[1]
                if here == self.name:
                    seen += 1
                    header = number if seen == self.nth else header
            elif (
                here == self.name
                and (not self.name or seen == self.nth)
                and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", text)
            ):
                return number
            elif self.name and seen < 0 and inline.match(text):
                header = number
        return header

    def error(self, key: str, message: str) -> ConfigurationError:
        """Return a complaint about a key of this table."""
        where = f"[{self.name}] {key}" if self.name else key
        return ConfigurationError(
            f"{where}：{message}",
            place=f"{self.file}:{self.line(key)}",
            action="请改正这一行" if key in self.values else "请在这里补上",
        )

    def only(self, *keys: str) -> None:
        """Refuse keys that nobody reads: a misspelt one would be silently without effect."""
        for key in self.values:
            if key not in keys:
                raise self.error(key, f"不认识的键；可用的键：{'、'.join(keys)}")

    def has(self, key: str) -> bool:
        """Tell whether a key is given."""
        return key in self.values

    def _get(self, key: str) -> object:
        if key not in self.values:
            raise self.error(key, "缺少这个键")
        return self.values[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text that is not empty, or the default."""
        if default is not None and key not in self.values:
            return default
        value = self._get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, f"应为不空的文字，实为 {value!r}")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._get(key)
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            raise self.error(key, f"应为文字的列表，实为 {value!r}")
        return tuple(value)

    def choice(self, key: str, choices: Sequence[T], default: T | None = None) -> T:
        """Return one of several words."""
        if default is not None and key not in self.values:
            return default
        value = self._get(key)
        for each in choices:
            if each == value:
                return each
        raise self.error(key, f"应为 {'、'.join(choices)} 之一，实为 {value!r}")

    def number(self, key: str) -> float:
        """Return a finite number."""
        value = self._get(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
            raise self.error(key, f"应为数，实为 {value!r}")
        return float(value)

    def positive(self, key: str) -> float:
        """Return a finite number above zero."""
        value = self.number(key)
        if value <= 0:
            raise self.error(key, f"应大于 0，实为 {value:g}")
        return value

    def whole(self, key: str, default: int | None = None, *, most: int = 10**6) -> int:
        """Return a whole number that is not negative, nor larger than anything meant."""
        if default is not None and key not in self.values:
            return default
        value = self._get(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.error(key, f"应为不小于零的整数，实为 {value!r}")
        if value > most:
            raise self.error(key, f"应不大于 {most}，实为 {value}")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.error(key, f"应为 true 或 false，实为 {value!r}")
        return value

    def table(self, key: str) -> Table:
        """Return the table under a key."""
        value = self._get(key)
        if not isinstance(value, dict):
            raise self.error(key, f"应为一节 [{key}]，实为 {value!r}")
        return Table(self.file, self.source, value, f"{self.name}.{key}".strip("."))

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return the tables of an array under a key; at least one."""
        value = self._get(key)
        name = f"{self.name}.{key}".strip(".")
        if not isinstance(value, list) or not value:
            raise self.error(key, f"应为一节或多节 [[{name}]]")
        if not all(isinstance(each, dict) for each in value):
            raise self.error(key, f"应为一节或多节 [[{name}]]")
        return tuple(
            Table(self.file, self.source, each, name, number) for number, each in enumerate(value)
        )


def read(path: Path) -> Table:
    """Return the root table of a TOML file.

    Raises:
        ConfigurationError: it cannot be read or is no TOML; the message has the line.
    """
    try:
        # Editors of Windows put a mark before the text.
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            "读不出来，应为 UTF-8 的 TOML 文件", place=str(path), action="请检查路径与编码"
        ) from error
    try:
        values = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        lines = source.splitlines()
        found = re.search(r"line (\d+)", str(error))
        number = min(int(found[1]), len(lines)) if found else len(lines)
        told = f"“{lines[number - 1].strip()}”" if lines else "文件"
        raise ConfigurationError(
            f"{told}不是合格的 TOML（{error}）",
            place=f"{path}:{number}",
            action="应写作 键 = 值，文字加引号，一个键只写一次；请改正这一行",
        ) from error
    return Table(path, source, values)
