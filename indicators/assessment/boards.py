"""Issued boards: verdicts frozen on a day, and what repeats over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Context, Decimal

from indicators import periods
from indicators.assessment.escalation import Step, escalation
from indicators.assessment.judging import judge
from indicators.assessment.verdict import (
    LIGHT_LABELS,
    LIGHTS,
    SEVERITY,
    Assessment,
    Light,
    State,
    Verdict,
)
from indicators.errors import UsageError
from indicators.ledger import Ledger, Reader, Transaction
from indicators.model import Board, BoardLine, digest_id

__all__ = [
    "DEFAULT",
    "Issued",
    "Recovery",
    "Repeat",
    "Step",
    "boards",
    "escalation",
    "find",
    "issue",
    "lines",
    "recoveries",
    "repeats",
    "version_of",
]

_EXACT, _NINTH = Context(prec=500), Decimal("1e-9")
DEFAULT = "schedule"
"""Profile of a board for which none is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A board with its lines."""

    board: Board
    lines: tuple[BoardLine, ...]
    new: bool = True
    """False where the same board had been issued already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A light that a target had on several boards running."""

    target_id: str
    light: Light
    times: int
    quarters: tuple[str, ...]
    measure: str = ""
    """The strongest measure that the rules of escalation ask for."""

    @property
    def words(self) -> str:
        """The repetition as a bulletin says it: 连续两次黄灯."""
        if self.times < 2:
            return LIGHT_LABELS[self.light]
        number = "零一二三四五六七八九十"[self.times] if self.times <= 10 else str(self.times)
        return f"连续{'两' if self.times == 2 else number}次{LIGHT_LABELS[self.light]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """A target that was behind on an earlier board and is green now; the past light stays."""

    target_id: str
    worst: Light
    behind: tuple[str, ...]
    """Quarters in which it was yellow or red."""
    recovered: str
    """Quarter since which it is green."""


def _kept(value: Decimal | None) -> Decimal | None:
    """Return a number with the decimals that the ledger keeps."""
    return None if value is None else value.quantize(_NINTH, context=_EXACT)


def _line(board_id: str, verdict: Verdict) -> BoardLine:
    return BoardLine(
        board_id=board_id,
        target_id=verdict.target.target_id,
        indicator_id=verdict.indicator.indicator_id,
        state=verdict.state,
        light=verdict.light,
        expected=_kept(verdict.expected),
        actual=_kept(verdict.actual),
        gap_points=_kept(verdict.gap_points),
        # What was frozen must tell of the old target too; its marks are worked out anew later.
        sentence=verdict.sentence() + (f"（{verdict.revised}）" if verdict.revised else ""),
    )


def boards(reader: Reader, *, scope: str = "", profile: str = DEFAULT) -> list[Board]:
    """Return the boards of a scope and profile, by quarter and then by time of issue."""
    found = reader.current(Board, scope=scope, profile=profile)
    return sorted(found, key=lambda each: (each.quarter, each.issued_at, each.board_id))


def lines(reader: Reader, board_id: str) -> tuple[BoardLine, ...]:
    """Return the lines of a board as they were frozen, worst first."""
    return _ordered(reader.current(BoardLine, board_id=board_id))


def _ordered(rows: Iterable[BoardLine]) -> tuple[BoardLine, ...]:
    severity: Mapping[str, int] = {str(state): rank for state, rank in SEVERITY.items()}

    def rank(line: BoardLine) -> tuple[int, Decimal, str]:
        gap = line.gap_points if line.gap_points is not None else Decimal(0)
        return severity[line.state], gap, line.target_id

    return tuple(sorted(rows, key=rank))


def find(reader: Reader, written: str, *, scope: str = "", profile: str = DEFAULT) -> Board:
    """Return a board by its id or by its quarter (the latest issue of it).

    Raises:
        UsageError: there is none.
    """
    known = reader.current(Board)
    for each in known:
        if each.board_id == written:
            return each
    of_quarter = [
        each for each in boards(reader, scope=scope, profile=profile) if each.quarter == written
    ]
    if not of_quarter:
        raise UsageError(
            f"没有签发过“{written}”的通报",
            action="请先 indicators board issue --quarter 2026Q2，或用 indicators board show 查看",
        )
    return of_quarter[-1]


def issue(
    ledger: Ledger,
    quarter: str,
    *,
    who: str,
    scope: str = "",
    rules: str = DEFAULT,
    title: str = "",
    reason: str = "",
    as_of: date | None = None,
    demonstration: bool = False,
    shown: str = "",
) -> Issued:
    """Freeze the verdicts of a quarter.

    The verdicts are made inside the transaction, from what the ledger holds under its write lock.
    A board that would equal the last one of its quarter is not issued again.

    Args:
        ledger: where the board is recorded.
        quarter: such as ``2026Q2``.
        who: the person that signs.
        scope: a place; empty for all.
        rules: profile.
        title: of the board.
        reason: why it is issued (again).
        as_of: day of looking; the quarter's end by default.
        demonstration: whether it rests on made-up data.
        shown: ``version_of`` what the person saw, if nothing else is to be issued.

    Returns:
        The board and its lines.

    Raises:
        UsageError: the quarter is none, there is nothing to judge, or it is not what was shown.
    """
    code = quarter.strip().upper()
    day = as_of or periods.quarter(code).end
    with ledger.batch(
        "issue",
        who=who,
        reason=reason,
        quarter=code,
        place=scope,
        demonstration=demonstration,
    ) as batch:
        return _issued(batch, code, day, (scope, rules, title, shown))


def version_of(lines: Iterable[tuple[str, str, str]]) -> str:
    """Return a digest of a board to be: of its targets with their states and sentences."""
    return digest_id("shown", *sorted("=".join(each) for each in lines))[:12]


def _issued(
    batch: Transaction, quarter: str, day: date, words: tuple[str, str, str, str]
) -> Issued:
    scope, rules, title, shown = words
    found = judge(batch, as_of=day, rules=rules, place=scope or None)
    if not found.verdicts:
        raise UsageError(
            f"{quarter} 没有可研判的目标", action="请先确认目标（indicators review import）"
        )
    now = ((each.target.target_id, each.state, each.sentence()) for each in found.verdicts)
    if shown and shown != version_of(now):
        raise UsageError("预览之后数据有变化，没有签发", action="请刷新预览，核对后再签发")
    same = [
        each
        for each in boards(batch, scope=scope, profile=found.profile)
        if each.quarter == quarter
    ]
    board_id = digest_id("board", quarter, scope, found.profile, len(same))
    made = _ordered(_line(board_id, each) for each in found.verdicts)
    if same and _equal(batch, same[-1], found, made):
        return Issued(board=same[-1], lines=lines(batch, same[-1].board_id), new=False)
    board = Board(
        board_id=board_id,
        quarter=quarter,
        scope=scope,
        profile=found.profile,
        profile_version=found.version,
        as_of=day,
        known_seq=found.known_seq,
        issued_at=datetime.now(tz=UTC),
        title=title or f"{scope}{periods.label(quarter)}目标进度通报",
    )
    batch.add([board, *made])
    return Issued(board=board, lines=made)


def _equal(reader: Reader, board: Board, found: Assessment, made: Sequence[BoardLine]) -> bool:
    def content(rows: Sequence[BoardLine]) -> set[tuple[str, str, str, str]]:
        return {(each.target_id, each.state, each.light, each.sentence) for each in rows}

    return (
        board.as_of == found.as_of
        and board.profile_version == found.version
        and content(lines(reader, board.board_id)) == content(made)
    )


def _by_quarter(reader: Reader, board: Board) -> list[Board]:
    """Return the latest issue of every quarter up to a board's, in order of time."""
    latest: dict[str, Board] = {}
    for each in boards(reader, scope=board.scope, profile=board.profile):
        if each.quarter < board.quarter:
            latest[each.quarter] = each
    latest[board.quarter] = board
    return [latest[quarter] for quarter in sorted(latest)]


def _lights(reader: Reader, issued: Sequence[Board]) -> dict[str, list[tuple[str, Light, State]]]:
    """Return quarter, light and state of every target over boards."""
    found: dict[str, list[tuple[str, Light, State]]] = {}
    known: Mapping[str, Light] = {str(light): light for light in LIGHTS}
    for board in issued:
        for each in lines(reader, board.board_id):
            state: State = each.state  # type: ignore[assignment]  # the column keeps text
            found.setdefault(each.target_id, []).append((board.quarter, known[each.light], state))
    return found


def repeats(reader: Reader, board: Board, steps: Sequence[Step] | None = None) -> list[Repeat]:
    """Return how often running each yellow or red target of a board has had its light.

    Only boards of quarters that follow each other count: a quarter without a board ends the run.
    """
    steps = escalation() if steps is None else steps
    found = []
    for target, past in _lights(reader, _by_quarter(reader, board)).items():
        quarter, light, _ = past[-1]
        if quarter != board.quarter or light not in ("yellow", "red"):
            continue
        run = [quarter]
        for before, earlier, _ in reversed(past[:-1]):
            if earlier != light or before != periods.previous_quarter(run[-1]):
                break
            run.append(before)
        asked = [each for each in steps if each.light == light and each.times <= len(run)]
        measure = max(asked, key=lambda each: each.times).measure if asked else ""
        found.append(
            Repeat(
                target_id=target,
                light=light,
                times=len(run),
                quarters=tuple(reversed(run)),
                measure=measure,
            )
        )
    return sorted(found, key=lambda each: (each.light != "red", -each.times, each.target_id))


def recoveries(reader: Reader, board: Board) -> list[Recovery]:
    """Return the targets that are green on a board and were not always: late but recovered."""
    found = []
    for target, past in _lights(reader, _by_quarter(reader, board)).items():
        if past[-1][0] != board.quarter or past[-1][1] != "green":
            continue
        behind = [(quarter, light) for quarter, light, _ in past if light in ("yellow", "red")]
        if not behind:
            continue
        since = next(
            quarter for quarter, light, _ in past if light == "green" and quarter > behind[-1][0]
        )
        found.append(
            Recovery(
                target_id=target,
                worst="red" if any(light == "red" for _, light in behind) else "yellow",
                behind=tuple(quarter for quarter, _ in behind),
                recovered=since,
            )
        )
    return sorted(found, key=lambda each: each.target_id)
