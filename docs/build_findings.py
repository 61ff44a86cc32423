"""Write docs/findings.md from the finding kinds that the rooms declare.

    python docs/build_findings.py

tests/test_house.py compares the table with the code.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from indicators.findings import FindingKind

ROOT = Path(__file__).resolve().parents[1]
SEVERITY = {"error": "错误", "warning": "提醒", "note": "说明"}
HEAD = """# 问题代码

输入文件中的问题都有固定代码、级别、位置、实有、应有和处理办法；位置是 `文件!工作表!单元格` 或 `文件:起-止`。
**错误**使整份输入不入库；**提醒**经确认（`--accept-warnings` 或页面上打勾）后入库并留痕；**说明**只告知。
表中 `{…}` 处在使用时填入实际内容。本表由 `python docs/build_findings.py` 从代码生成。
"""


def declared() -> dict[str, dict[str, FindingKind]]:
    """Return the kinds of every module that declares some, by room."""
    found: dict[str, dict[str, FindingKind]] = {}
    for package in ("indicators", "dashboards"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if re.search(r"^FINDINGS\b", path.read_text(encoding="utf-8"), re.MULTILINE):
                parts = path.relative_to(ROOT).with_suffix("").parts
                name = ".".join(parts).removesuffix(".__init__")
                room = ".".join(parts[:2])
                found.setdefault(room, {}).update(import_module(name).FINDINGS)
    return found


def table() -> str:
    """Return the page."""
    parts = [HEAD]
    for room, kinds in declared().items():
        parts.append(f"\n## {room}\n\n| 代码 | 级别 | 问题 | 处理 |\n|---|---|---|---|\n")
        parts.extend(
            f"| `{code}` | {SEVERITY[kind.severity]} | {kind.message} | {kind.action} |\n"
            for code, kind in sorted(kinds.items())
        )
    return "".join(parts)


if __name__ == "__main__":
    (ROOT / "docs" / "findings.md").write_text(table(), encoding="utf-8")
