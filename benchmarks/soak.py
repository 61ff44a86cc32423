"""Long forms of the kill, race and disk tests, with real workbooks: ``make soak``.

On SQLite always, and on PostgreSQL where a server is reachable (``INDICATORS_TEST_POSTGRES`` or the
local socket).  Each part prints one line; the first thing that is lost ends the run with status 1.
"""

from __future__ import annotations

import io
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from uuid import uuid4

from indicators.errors import StoreError
from indicators.model import Indicator, Observation, Office, Setting, Submission, Target
from indicators.store import open_store
from indicators.store.ledger import Store
from indicators.store.location import locate
from indicators.submissions.importing import import_bytes
from indicators.submissions.sender import Wish

PLACE = "武清区"
WORKERS, EACH = 8, 25
INDICATORS = 3
QUARTERS = [f"{year}Q{quarter}" for year in range(2020, 2027) for quarter in (1, 2, 3, 4)]
WISH = Wish(who="soak", accept_warnings=True, reason="soak")

Workbooks = dict[tuple[int, str], bytes]


def start(work: Callable[..., int], *arguments: object) -> int:
    """Run ``work`` in a process of its own; returns its id."""
    process = os.fork()
    if process:
        return process
    status = 101
    try:
        status = work(*arguments)
    finally:
        os._exit(status)


def finish(process: int) -> int:
    """Return the exit status of a process, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def die() -> None:
    """End this process as a loss of power would."""
    os.kill(os.getpid(), signal.SIGKILL)


def register(where: str) -> None:
    """Set up the offices with their indicators."""
    with open_store(where) as store, store.batch("settings", who="soak") as batch:
        for worker in range(WORKERS):
            batch.add([Office(place=PLACE, office=f"单位{worker}")])
            for number in range(INDICATORS):
                key = f"i{worker}-{number}"
                batch.add([
                    Indicator(
                        indicator_id=key,
                        name=f"单位{worker}指标{number}",
                        place=PLACE,
                        unit="家",
                        dimension="count",
                    ),
                    Setting(
                        indicator_id=key,
                        accumulation="level",
                        reporting_office=f"单位{worker}",
                        baseline=Decimal(10),
                        baseline_date=date(2019, 12, 31),
                    ),
                    Target(
                        target_id=f"t{key}",
                        indicator_id=key,
                        magnitude=Decimal(500),
                        unit="家",
                        bound="at_least",
                        deadline=date(2027, 12, 31),
                        status="accepted",
                        plan_start=date(2020, 1, 1),
                    ),
                ])  # fmt: skip


def workbooks(where: str, folder: Path, variant: int = 0) -> Workbooks:
    """Return each office's filled template for each quarter."""
    from openpyxl import load_workbook
    from openpyxl.cell import Cell

    from indicators.submissions.template import ENTRY_SHEET, KEY_ROW, write_template

    made: Workbooks = {}
    with open_store(where) as store:
        for worker in range(WORKERS):
            for count, quarter in enumerate(QUARTERS[:EACH]):
                path = write_template(store, f"单位{worker}", PLACE, quarter, folder / "t.xlsx")
                book = load_workbook(io.BytesIO(path.read_bytes()))
                sheet = book[ENTRY_SHEET]
                columns = {cell.value: cell.column for cell in sheet[KEY_ROW]}
                for row in range(KEY_ROW + 2, sheet.max_row + 1):
                    cell = sheet.cell(row, columns["value_level"])
                    if isinstance(cell, Cell) and not cell.protection.locked:
                        cell.value = 11 + count + row % 7 + 3 * variant
                filled = io.BytesIO()
                book.save(filled)
                made[worker, quarter] = filled.getvalue()
    return made


def check(where: str, files: int) -> None:
    """Demand that so many submissions stand, each whole, and that the ledger is sound."""
    with open_store(where) as store:
        with store.batch("wait", who="soak"):
            pass  # a server may still be busy with what a killed client last said
        standing = store.current(Submission)
        rows = store.current(Observation)
        problems = [finding for finding in store.verify() if finding.severity != "note"]
        assert not problems, problems[:3]
        assert len(standing) == files, f"{len(standing)} submissions, not {files}"
        assert len(rows) == files * INDICATORS, f"{len(rows)} observations"
        imports = [batch for batch in store.batches() if batch.action == "import"]
        assert len(imports) == files, f"{len(imports)} import batches"


def bring(where: str, content: bytes, step: Callable[[str], None] = lambda _: None) -> str:
    """Import one workbook and return the outcome."""
    with Store(locate(where), step=step) as store:
        receipt = import_bytes(store, content, "a.xlsx", WISH)
    if receipt.outcome not in {"recorded", "unchanged"}:
        print(receipt.outcome, *receipt.findings[:3], sep="\n  ")
    return str(receipt.outcome)


def killed_at_each_step(fresh: Callable[[], str], books: Workbooks) -> str:
    """Kill an import before each of its steps; a repeat completes it."""
    taken: list[str] = []
    bring(fresh(), books[0, QUARTERS[0]], taken.append)
    for step in taken:
        where = fresh()

        def stop(name: str, step: str = step) -> None:
            if name == step:
                die()

        status = finish(start(lambda w=where, s=stop: int(not bring(w, books[0, QUARTERS[0]], s))))
        assert status == -signal.SIGKILL, f"{step}: {status}"
        check(where, 1 if step == "done" else 0)
        bring(where, books[0, QUARTERS[0]])
        check(where, 1)
    return f"killed before {len(taken)} steps ({', '.join(taken)})"


def telling(where: str, content: bytes, pipe: int) -> int:
    """Import a workbook and tell each step on a pipe as it is reached."""

    def tell(step: str) -> None:
        os.write(pipe, f"{step}\n".encode())

    return int(not bring(where, content, tell))


def steps_of(where: str, content: bytes) -> tuple[int, Iterator[str]]:
    """Start an import; returns its process and its steps as they are reached."""
    receiver, sender = os.pipe()
    process = start(telling, where, content, sender)
    os.close(sender)
    return process, iter(os.fdopen(receiver).readline, "")


KILL = {"": "end", "locked": "done", "commit": "done", "done": "end"}
"""From which step to which the moment of a kill is drawn.  Reading takes far longer than writing:
moments drawn from the whole would hardly ever meet the write."""


def lasting(where: str, content: bytes) -> dict[str, float]:
    """Import a workbook; returns how long it took from some steps to others."""
    began = {"": time.monotonic()}
    process, steps = steps_of(where, content)
    began |= {step.strip(): time.monotonic() for step in steps}
    assert finish(process) == 0
    began["end"] = time.monotonic()
    return {first: began[last] - began[first] for first, last in KILL.items()}


def killed_at_random(fresh: Callable[[], str], books: Workbooks) -> str:
    """Kill imports at 60 random moments; each leaves all or nothing, a repeat completes it."""
    where = fresh()
    chance = random.Random(60)
    usual = lasting(where, books[7, QUARTERS[0]])
    files, each = 1, 60 // len(KILL)
    early = dict.fromkeys(KILL, 0)
    for number, content in enumerate(list(books.values())[:60]):
        step = list(KILL)[number % len(KILL)]
        process, steps = steps_of(where, content)
        if step:
            assert f"{step}\n" in steps, f"never came to {step}"
        time.sleep(chance.random() * usual[step])
        os.kill(process, signal.SIGKILL)
        finish(process)
        with open_store(where) as store:
            with store.batch("wait", who="soak"):
                pass
            whole = len(store.current(Submission)) - files
        assert whole or step != "done", "lost after it was done"
        early[step] += not whole
        check(where, files + whole)
        assert bring(where, content) == ("unchanged" if whole else "recorded")
        files += 1
        check(where, files)
    told = ", ".join(f"{early[step]} of {each} from {step or 'the start'} on" for step in KILL)
    assert 0 < sum(early.values()) < 60, told
    return f"killed at 60 random moments; nothing of it stood then in {told}, else all"


def import_all(where: str, contents: Sequence[bytes]) -> int:
    """Import workbooks one after the other, as one process; 0 when each was recorded."""
    return int(any(bring(where, content) != "recorded" for content in contents))


def all_at_once(fresh: Callable[[], str], books: Workbooks) -> str:
    """Import 8 times 25 workbooks by 8 processes at once; every one is recorded once."""
    where = fresh()
    started = time.monotonic()
    shares = [
        [content for (owner, _), content in books.items() if owner == worker]
        for worker in range(WORKERS)
    ]
    processes = [start(import_all, where, share) for share in shares]
    assert [finish(each) for each in processes] == [0] * WORKERS
    taken = time.monotonic() - started
    check(where, WORKERS * EACH)
    processes = [start(lambda: int(bring(where, shares[0][0]) != "unchanged")) for _ in range(8)]
    assert [finish(each) for each in processes] == [0] * 8
    check(where, WORKERS * EACH)
    return f"{WORKERS} processes imported {EACH} workbooks each in {taken:.0f} s"


def first_of_two(fresh: Callable[[], str], books: Workbooks, others: Workbooks) -> str:
    """Two different first workbooks for one office and quarter: one stands, the other is told."""
    where = fresh()
    rounds = 20
    for key in list(books)[:rounds]:

        def first(content: bytes) -> int:
            with open_store(where) as store:
                wish = Wish(who="soak", accept_warnings=True)
                outcome = import_bytes(store, content, "a.xlsx", wish).outcome
            return {"recorded": 0, "refused": 7}.get(outcome, 9)

        processes = [start(first, content) for content in (books[key], others[key])]
        told = sorted(finish(each) for each in processes)
        assert told == [0, 7], f"{key}: {told}"
    check(where, rounds)
    return f"{rounds} races of two first workbooks: one stood, the other was told"


def full_disk(fresh: Callable[[], str], books: Workbooks) -> str:
    """Import under ever larger limits on the size of files; refused in words until it fits."""
    where = fresh()
    path = locate(where).path
    if path is None:
        return "the disk of a server is not ours to fill"

    def bounded(limit: int, content: bytes) -> int:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            bring(where, content)
        except StoreError as error:
            return 7 if "磁盘已满" in str(error) else 8
        return 0

    refused = done = 0
    size = path.stat().st_size
    for number, content in enumerate(list(books.values())[:40]):
        status = finish(start(bounded, size // 40 * number, content))
        assert status in {0, 7}, f"limit {size // 40 * number}: {status}"
        refused += status == 7
        done += status == 0
        check(where, done)
    assert refused, "no limit was too small"
    return f"40 limits on file size: {refused} refused in words, {done} recorded, none in part"


def missed(store: Store, content: bytes) -> str:
    """Import where it cannot be done; return the one line that says so."""
    try:
        import_bytes(store, content, "a.xlsx", WISH)
    except StoreError as error:
        return str(error)
    return "the import went through"


def not_to_be_written(fresh: Callable[[], str], books: Workbooks) -> str:
    """Import into a ledger that may only be read, and into one whose file is taken away meanwhile."""
    where = fresh()
    path = locate(where).path
    if path is None:
        return "a server keeps its own rights and files"
    contents = list(books.values())
    bring(where, contents[0])

    def only_read() -> int:
        for each in (path, path.parent):
            each.chmod(each.stat().st_mode & ~0o222)
        if os.geteuid() == 0:
            os.seteuid(65534)
        try:
            with open_store(where) as store:
                words = missed(store, contents[1])
        except StoreError as error:
            words = str(error)
        return 0 if "只能读" in words else 1

    path.parent.parent.chmod(0o755)  # the folder for the time being, so that nobody can enter
    assert finish(start(only_read)) == 0, "a read-only ledger was not told"
    for each in (path, path.parent):
        each.chmod(each.stat().st_mode | 0o700)
    check(where, 1)
    steps: list[str] = []
    bring(fresh(), contents[1], steps.append)
    away = path.with_name("away")
    for step in steps[: steps.index("locked")]:
        with Store(locate(where), step=lambda name, s=step: take(path, away, name == s)) as store:
            words = missed(store, contents[1])
        assert "不见了" in words, f"{step}: {words}"
        assert not path.exists(), f"{step}: another ledger took its place"
        away.rename(path)
        check(where, 1)
    assert bring(where, contents[1]) == "recorded"
    check(where, 2)
    return "a ledger that may only be read, and one that vanishes at a step: told, nothing lost"


def take(path: Path, away: Path, now: bool) -> None:
    """Take a file away."""
    if now and path.exists():
        path.rename(away)


@contextmanager
def fresh_stores(backend: str) -> Iterator[Callable[[], str]]:
    """Give a function that makes a new ledger with the register in it."""
    schemas: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        server = os.environ.get("INDICATORS_TEST_POSTGRES", "postgresql:///postgres")

        def fresh() -> str:
            name = f"soak_{uuid4().hex[:12]}"
            if backend == "sqlite":
                where = f"{folder}/{name}"
            else:
                import psycopg

                with psycopg.connect(server, autocommit=True) as connection:
                    connection.execute(f"CREATE SCHEMA {name}")
                schemas.append(name)
                where = f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{name}"
            register(where)
            return where

        try:
            yield fresh
        finally:
            if schemas:
                import psycopg

                with psycopg.connect(server, autocommit=True) as connection:
                    connection.execute("SET client_min_messages = warning")
                    for name in schemas:
                        connection.execute(f"DROP SCHEMA {name} CASCADE")


def reachable() -> bool:
    """Tell whether a PostgreSQL server answers."""
    try:
        import psycopg

        server = os.environ.get("INDICATORS_TEST_POSTGRES", "postgresql:///postgres")
        psycopg.connect(server, connect_timeout=3).close()
    except Exception as error:  # noqa: BLE001 - whatever the reason, there is no server to use
        print(f"postgresql  left out: {' '.join(str(error).split())[:150]}")
        return False
    return True


def main() -> int:
    """Run all parts on each backend."""
    for backend in ("sqlite", "postgresql") if reachable() else ("sqlite",):
        with fresh_stores(backend) as fresh, tempfile.TemporaryDirectory() as folder:
            where = fresh()
            books = workbooks(where, Path(folder))
            others = workbooks(where, Path(folder), variant=1)
            parts: list[Callable[[], str]] = [
                partial(killed_at_each_step, fresh, books),
                partial(killed_at_random, fresh, books),
                partial(all_at_once, fresh, books),
                partial(first_of_two, fresh, books, others),
                partial(full_disk, fresh, books),
                partial(not_to_be_written, fresh, books),
            ]
            for part in parts:
                print(f"{backend:<12}{part()}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
