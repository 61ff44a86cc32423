"""Other processes, made by fork so that they start at once, each with a ledger of its own."""

from __future__ import annotations

import os
import signal
import sys
import traceback


def start(work, *arguments):
    """Run ``work`` in another process; its return value (0 to 100) is the exit status."""
    process = os.fork()
    if process:
        return process
    status = 101
    try:
        status = work(*arguments) or 0
    except BaseException:  # noqa: BLE001 - the child must never return into the test
        traceback.print_exc(file=sys.stderr)
    finally:
        sys.stderr.flush()
        os._exit(status)


def finish(process):
    """Wait for a process; return its exit status, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def die():
    """End this process as a loss of power would: nothing is flushed, no handler runs."""
    os.kill(os.getpid(), signal.SIGKILL)
