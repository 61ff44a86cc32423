"""Where the reference data lies: text files that a non-programmer can read and change.

They stand in ``data/reference`` of a checkout and inside the installed package otherwise;
``INDICATORS_REFERENCE`` names another folder.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from indicators.errors import ConfigurationError

__all__ = ["folder", "path"]


@cache
def folder() -> Path:
    """Return the folder of reference data.

    Raises:
        ConfigurationError: there is none where it should be.
    """
    here = Path(__file__).resolve().parent
    named = os.environ.get("INDICATORS_REFERENCE")
    places = (
        [Path(named)]
        if named
        else [here.parent / "data" / "reference", here / "_data" / "reference"]
    )
    for place in places:
        if place.is_dir():
            return place
    raise ConfigurationError(
        "没有找到参考数据文件夹",
        place=str(places[0]),
        action="请检查 INDICATORS_REFERENCE 或重新安装",
    )


def path(name: str) -> Path:
    """Return the path of a reference file such as ``units.txt``."""
    return folder() / name
