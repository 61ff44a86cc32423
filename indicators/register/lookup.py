"""Reading one workbook against the ledger: findings at the cell, keys, choices, stale rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from indicators.errors import UsageError
from indicators.findings import Finding
from indicators.ledger import Batch, Reader
from indicators.register import amount, sheets
from indicators.register.findings import FINDINGS

__all__ = ["ACTIONS", "Lookup", "taken"]

ACTIONS = {
    "load": "入库",
    "review": "审核",
    "merge": "合并",
    "unmerge": "撤销合并",
    "split": "拆分",
    "unsplit": "撤销拆分",
    "settings": "设置",
    "ledger": "台账",
    "import": "报送",
    "retract": "作废",
}
"""What a batch did, in words."""
CLEARED = ("—", "-", "无")
"""Written in a cell to empty it on purpose."""


def taken(reader: Reader, content: bytes, action: str) -> bool:
    """Tell whether this very file was taken in before, and that batch still stands."""
    digest = sha256(content).hexdigest()
    return any(
        each.file_digest == digest and each.action == action and not each.voided_by
        for each in reader.batches()
    )


class Lookup:
    """A workbook that is read row by row; mistakes become findings and reading goes on."""

    def __init__(self, reader: Reader, file: str, *, skip_stale: bool = False) -> None:
        self.reader = reader
        self.file = file
        self.skip_stale = skip_stale
        self.findings: list[Finding] = []
        self.unchanged = 0
        self.skipped = 0

    def say(self, code: str, line: sheets.Line, key: str, **fields: Any) -> None:
        """Add a finding at the cell of a column."""
        self.findings.append(
            FINDINGS[code].at(self.file, sheet=line.sheet, cell=line.address(key), **fields)
        )

    def stale(self, line: sheets.Line, key: str, record: type[Any], **equal: object) -> None:
        """Say who changed a row since it was exported, or leave it out on demand."""
        if self.skip_stale:
            self.skipped += 1
            return
        told = [each for each in self.reader.history(record, **equal) if not each.batch.voided_by]
        if not told:
            self.say(
                "register-key", line, key, found=line.text("key"), problem="所指的记录已被作废"
            )
            return
        self.say("register-stale", line, key, **_who(told[-1].batch))

    def keyed(
        self, lines: Sequence[sheets.Line], known: Mapping[str, Any], at: str
    ) -> Iterator[sheets.Line]:
        """Yield the lines whose key is known and stands once; ``at`` is where findings go."""
        seen: dict[str, str] = {}
        for line in lines:
            key = line.text("key")
            place = "key" if "key" in line.cells else at
            if key not in known:
                problem = "在台账库中没有" if key else "是空的"
                self.say("register-key", line, place, found=key, problem=problem)
            elif key in seen:
                self.say("register-key", line, place, found=key, problem=f"与 {seen[key]} 重复")
            else:
                seen[key] = line.address(place)
                yield line

    def choice(self, line: sheets.Line, key: str, words: Mapping[str, Any], default: Any) -> Any:
        """Return what a chosen word means; an unknown word is a finding."""
        text = line.text(key)
        if not text or text in CLEARED:
            return words.get("", default)
        if text not in words:
            self.say(
                "register-choice",
                line,
                key,
                found=text,
                expected="、".join(word for word in words if word),
            )
            return default
        return words[text]

    def day(self, line: sheets.Line, key: str) -> date | None:
        """Return a day; what is none is a finding."""
        try:
            return None if line.text(key) in CLEARED else line.day(key)
        except ValueError:
            self.say(
                "register-value", line, key, found=line.text(key), expected="形如 2027-12-31 的日期"
            )
            return None

    def magnitude(self, line: sheets.Line, key: str, unit: str) -> Decimal | None:
        """Return a magnitude in a unit; what is none, or does not convert, is a finding."""
        if not line.text(key) or line.text(key) in CLEARED:
            return None
        return self.amount(line, key, line.text(key), unit)

    def amount(self, line: sheets.Line, key: str, written: str, unit: str) -> Decimal | None:
        """Return one written magnitude of a cell."""
        try:
            value = amount.read(written, unit)
        except (UsageError, InvalidOperation) as error:
            wanted = error.action if isinstance(error, UsageError) else "数值"
            if wanted == "数值":
                self.say("register-value", line, key, found=written, expected="数值")
            else:
                self.say(
                    "settings-unit", line, key, found=str(error).partition("；")[0], expected=unit
                )
            return None
        if abs(value) >= amount.LARGEST:
            self.say("register-value", line, key, found=written, expected="小于 10²⁹ 的数值")
            return None
        return value

    @staticmethod
    def words(line: sheets.Line, key: str, now: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return the words of a cell, parted by 、 or commas; what stands, if it was not touched.

        A name may hold a 、 itself (各盟行政公署、市人民政府): an untouched cell keeps it whole.
        """
        text = line.text(key)
        if text == "、".join(now):
            return now
        for mark in ("，", ",", "；", ";", "\n"):
            text = text.replace(mark, "、")
        return tuple(each.strip() for each in text.split("、") if each.strip())


def _who(batch: Batch) -> dict[str, str]:
    from indicators.periods import SHANGHAI

    return {
        "who": batch.who,
        "when": f"{batch.committed_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
        "action_done": ACTIONS.get(batch.action, batch.action),
    }
