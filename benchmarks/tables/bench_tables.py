"""A million rows as CSV and as Excel, out and in again: seconds, size, peak memory.

    python benchmarks/tables/bench_tables.py [--rows 1000000]

Each step runs in a process of its own. What is read must be what was written. Excel needs the extra `excel`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from huaying_governance.tables import read_file, write_table
from huaying_governance.tables.specs.core import ASSIGNMENTS

sys.path.insert(0, str(Path(__file__).parents[1] / "batch"))
from taken import taken

ON = date(2026, 11, 23)


def rows(count: int) -> Iterator[list[object]]:
    """Yield assignments."""
    for number in range(count):
        day = ON - timedelta(days=number % 300)
        yield [f"A{number:07}", day, "民政局", "dujiaping", "XZ02", f"第{number % 997}号事项", None, ""]


def step(what: str, path: Path, count: int) -> None:
    """Write or read the table in this process, and print what it took."""
    began, told = time.perf_counter(), 0
    if what == "write":
        write_table(path, ASSIGNMENTS, rows(count))
    else:
        steps: list[int] = []
        table = read_file(path, ASSIGNMENTS, seen=lambda done, _: steps.append(done))
        assert (len(table.rows), table.problem_count) == (count, 0), table.problems[:1]
        assert all(
            list(row.values[:2]) == want[:2] for row, want in zip(table.rows, rows(count), strict=True)
        )
        told = len(steps)
    print(told)
    print(taken(began))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        step(arguments.step[0], Path(arguments.step[1]), arguments.rows)
        return 0
    git = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(
        f"$ python benchmarks/tables/bench_tables.py --rows {arguments.rows}   (commit {commit}, load {load})"
    )
    with tempfile.TemporaryDirectory(prefix="hg-bench-") as folder:
        for end in ("csv", "xlsx"):
            path = Path(folder) / f"assignments.{end}"
            for what in ("write", "read"):
                measure(what, path, arguments.rows)
    return 0


def measure(what: str, path: Path, count: int) -> None:
    """Run one step in a process and print a line."""
    import json

    command = [sys.executable, __file__, "--rows", str(count), "--step", what, str(path)]
    told, took = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-2:]
    found = json.loads(took)
    print(
        f"{what:5} {path.suffix[1:]:4} {count:>9,} rows, {path.stat().st_size / 1e6:4,.0f} MB: "
        f"{found['seconds']:6.1f} s, processor {found['processor']:6.1f} s, peak {found['peak_mb']:5,.0f} MB"
        + (f", progress told {told} times" if what == "read" else ""),
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
