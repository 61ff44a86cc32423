"""Start-up of the commands: CPU and memory of whole processes, beside a bare interpreter."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def measure(*command: str, runs: int = 5) -> tuple[float, float]:
    """Return the median CPU seconds and the peak MB of a command over some runs."""
    cpu, peak = [], []
    for _ in range(runs):
        process = os.posix_spawn(
            command[0],
            command,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                          (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)],
        )  # fmt: skip
        _, status, usage = os.wait4(process, 0)
        if status:
            sys.exit(f"{' '.join(command)} failed with {status}")
        cpu.append(usage.ru_utime + usage.ru_stime)
        peak.append(usage.ru_maxrss / 1024)
    return median(cpu), max(peak)


def second_start(port: int = 8999) -> float:
    """Return the seconds from ``make run`` to the first page when the store is already there."""
    import signal
    import subprocess
    import urllib.error
    import urllib.request

    started = time.monotonic()
    with subprocess.Popen(
        ["make", "-s", "run", f"PORT={port}"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as serving:
        try:
            while time.monotonic() - started < 300:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                        return time.monotonic() - started
                except (urllib.error.URLError, ConnectionError, TimeoutError):
                    time.sleep(0.05)
        finally:
            os.killpg(serving.pid, signal.SIGTERM)
    return float("nan")


def main() -> None:
    """Print the figures that the first issue of the house asks for."""
    os.chdir(ROOT)
    python, _ = measure(sys.executable, "-c", "pass")
    print(f"bare interpreter              {python:6.3f} s CPU")
    indicators = str(BIN / "indicators")
    cpu, peak = measure(indicators, "--help")
    print(
        f"indicators --help             {cpu:6.3f} s CPU  ×{cpu / python:4.1f}  {peak:5.0f} MB   (≤ 0.1 s)"
    )
    seed = max((ROOT / "seeds").glob("*.txt"), key=lambda path: path.stat().st_size)
    with tempfile.TemporaryDirectory() as folder:
        cpu, peak = measure(indicators, "extract", str(seed), "--output", f"{folder}/out.jsonl")
    print(
        f"indicators extract (one seed) {cpu:6.3f} s CPU  ×{cpu / python:4.1f}  {peak:5.0f} MB   (≤ 0.8 s, ≤ 80 MB)"
    )
    print(f"start of make run, first      {second_start():6.1f} s")
    print(f"start of make run, second     {second_start():6.1f} s          (≤ 8 s)")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
