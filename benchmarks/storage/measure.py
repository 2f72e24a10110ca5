"""What the storage benchmarks share: the same work for everybody, and a report that says where it was made."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "storage"))

ENTRIES = 200


def data(number: int) -> dict[str, object]:
    """Return what one command records: seven fields with Chinese text."""
    return {
        "entry": f"E{number % ENTRIES}",
        "summary": "楼道照明损坏，夜间出行不便，请尽快维修",
        "handler": "h7",
        "lead": "l3",
        "at": "2026-03-02T09:30:00+08:00",
        "due": f"2026-04-{number % 28 + 1:02}",
        "days": number % 30,
    }


def heading(name: str) -> None:
    """Print the command, the commit, the machine and the versions."""

    def git(*arguments: str) -> str:
        return subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
        ).stdout.strip()

    changed = " with changes" if git("status", "--porcelain", "--", "src") else ""
    print(f"$ python {name} {' '.join(sys.argv[1:])}".rstrip())
    print(
        f"commit {git('rev-parse', '--short', 'HEAD')}{changed}; {os.cpu_count()} cores, {platform.machine()}, ",
        end="",
    )
    print(
        f"load {os.getloadavg()[0]:.1f}; Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def side_by_side(title: str, runs: int, systems: dict[str, Callable[[], float]]) -> None:
    """Run all systems in turns and print the median rate of each and its ratio to the first."""
    rates: dict[str, list[float]] = {name: [] for name in systems}
    for _ in range(runs):
        for name, run in systems.items():
            rates[name].append(run())
    print(f"\n{title} (medians of {runs}, per second; ratio to the first)")
    first = statistics.median(next(iter(rates.values())))
    for name, found in rates.items():
        rate = statistics.median(found)
        print(f"  {name:<44}{rate:>12,.0f}{rate / first:>8.2f}   {min(found):,.0f} to {max(found):,.0f}")


def timed(count: int, run: Callable[[], object]) -> float:
    """Return how many of `count` pieces of work a second `run` does."""
    began = time.perf_counter()
    run()
    return count / (time.perf_counter() - began)
