"""Run every benchmark of this folder in a process of its own: ``make bench [ONLY=name]``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOT_BENCHMARKS = {"run", "score", "soak"}


def main() -> int:
    """Print each benchmark's lines under its name; a benchmark that fails fails the run."""
    only = os.environ.get("ONLY", "")
    status = 0
    for path in sorted(HERE.glob("*.py")):
        if path.stem in NOT_BENCHMARKS or path.stem.startswith("_") or only not in ("", path.stem):
            continue
        print(f"== {path.stem}", flush=True)
        status |= subprocess.run([sys.executable, path], check=False).returncode
    return int(status != 0)


if __name__ == "__main__":
    sys.exit(main())
