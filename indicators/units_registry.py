"""The pint registry of ``data/reference/units.txt``, and the plain table made from it.

pint decides on dimensions and factors; the rest of the house reads ``units_table.csv``, which this
module generates (``python -m indicators.units_registry``), because importing pint takes longer
than reading a whole document.  A test proves registry and table equal for every written form.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from indicators import reference
from indicators.errors import ConfigurationError
from indicators.units import MULTIPLIERS, TABLE_COLUMNS, normal

if TYPE_CHECKING:
    import pint

__all__ = ["definitions", "registry", "table", "written_forms"]

_SHOWN = re.compile(r"显示 (\S+)")
_ALSO = re.compile(r"又写作 (.+)$")


def definitions() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield (code, display symbol, spellings) of each unit of ``units.txt``, in its order.

    Raises:
        ConfigurationError: a line cannot be read, or two units share a spelling.
    """
    place = reference.path("units.txt")
    taken: dict[str, str] = {}
    for number, line in enumerate(place.read_text(encoding="utf-8").splitlines(), 1):
        definition, _, comment = line.partition("#")
        if not definition.strip():
            continue
        parts = [part.strip() for part in definition.split("=")]
        if len(parts) < 3 or not all(parts):
            raise ConfigurationError(
                f"“{line.strip()}”不是单位定义",
                place=f"{place}:{number}",
                action="写成“代码 = 换算 = 显示符号 = 别名”",
            )
        code, names = parts[0], [part for part in parts[2:] if part != "_"]
        shown = _SHOWN.search(comment)
        also = _ALSO.search(comment)
        symbol = shown[1] if shown else names[0]
        spellings = dict.fromkeys(
            normal(word) for word in (symbol, *names, code, *(also[1].split() if also else ()))
        )
        for spelling in spellings:
            if taken.setdefault(spelling, code) != code:
                raise ConfigurationError(
                    f"“{spelling}”同时是 {taken[spelling]} 和 {code} 的写法",
                    place=f"{place}:{number}",
                    action="删去其中一个",
                )
        yield code, symbol, tuple(spellings)


def registry(*, forms: bool = False) -> pint.UnitRegistry[Any]:
    """Return a pint registry of the house's units alone: no poise, no gauss, no SI prefixes.

    Args:
        forms: define 万元, 亿千瓦时 … as units of their own as well.

    Magnitudes are ``Fraction``, so that 3 亩 are 2000 m² exactly.
    """
    import pint

    built: pint.UnitRegistry[Any] = pint.UnitRegistry(
        str(reference.path("units.txt")), non_int_type=Fraction, autoconvert_to_preferred=False
    )
    if forms:
        for form, (code, factor) in written_forms().items():
            if form.isidentifier() and form not in built:
                built.define(f"{form} = {factor} * {code}")
    return built


def written_forms() -> Mapping[str, tuple[str, int]]:
    """Return every written form with a multiplier word: 万元 → (``yuan``, 10000)."""
    plain = {word for _, _, spellings in definitions() for word in spellings}
    return {
        word + spelling: (code, factor)
        for code, _, spellings in definitions()
        for spelling in spellings
        for word, factor in MULTIPLIERS.items()
        if word + spelling not in plain
    }


def table() -> str:
    """Return the text of ``units_table.csv`` as the registry has it."""
    units = registry()
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(TABLE_COLUMNS)
    for code, symbol, spellings in definitions():
        quantity = units.Quantity(Fraction(1), code).to_base_units()
        factor = Fraction(quantity.magnitude)
        rows.writerow((code, symbol, _dimension(quantity), factor, " ".join(spellings)))
    return out.getvalue()


def _dimension(quantity: Any) -> str:
    """Return the dimension as the table writes it: ``length^2``."""
    terms = {
        str(name).strip("[]"): Fraction(power) for name, power in quantity.dimensionality.items()
    }
    return "*".join(
        name if power == 1 else f"{name}^{power}" for name, power in sorted(terms.items())
    )


def main() -> None:
    """Write ``units_table.csv`` anew."""
    reference.path("units_table.csv").write_text(table(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
