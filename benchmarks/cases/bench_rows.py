"""`huaying run` on large tables: seconds, rows a second, and the peak of memory, table by table.

    python benchmarks/cases/bench_rows.py [--rows 1000000] [--only assignments entries persons residents] [--again]

Each table is a case folder of its own, run in a process of its own: every row is read, checked, judged, its answer
kept in SQLite, and written with its reason. `--again` runs each a second time on the same store: nothing is judged
anew, everything is told again.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

ON = date(2026, 11, 23)
BEGUN = datetime(2026, 1, 1, 8, tzinfo=timezone(timedelta(hours=8)))
ROOT = Path(__file__).parents[2]
COMMUNITY = "dujiaping"
TABLES = ("assignments", "entries", "persons", "residents")
Row = list[object]


def assignments(rows: int, rng: random.Random) -> Iterator[Row]:
    """Yield assignments: matters on the list, not on it, by title only."""
    with (ROOT / "src/huaying_governance/packs/huaying/lists/matters.csv").open(encoding="utf-8") as file:
        matters = [row["code"] for row in csv.DictReader(file)]
    yield ["id", "date", "assigner", "community", "matter", "title", "funding", "emergency"]
    for number in range(rows):
        code = rng.choice(matters) if rng.random() < 0.8 else ""
        title = "" if code else f"代为开具第{number % 997}号证明"
        day = ON - timedelta(days=rng.randrange(300))
        yield [f"A{number:07}", day, "民政局", COMMUNITY, code, title, rng.choice(["", "1000.00"]), ""]


def entries(rows: int, rng: random.Random) -> Iterator[Row]:
    """Yield entries of the ledgers."""
    yield ["id", "kind", "source", "category", "community", "received_at", "summary", "petitioner"]
    for number in range(rows):
        at = BEGUN + timedelta(minutes=rng.randrange(460_000))
        yield [f"E{number:07}", "livelihood", "hotline", "help", COMMUNITY, at, f"事项{number % 997}", ""]


def persons(rows: int, rng: random.Random) -> Iterator[Row]:
    """Yield persons who may be paid; half are married."""
    yield ["person", "education", "spouse"]
    for number in range(rows):
        spouse = f"P{number ^ 1:07}" if number % 4 < 2 and number ^ 1 < rows else ""
        yield [f"P{number:07}", rng.choice(["postgraduate", "bachelor", "other", ""]), spouse]


def spells(rows: int, rng: random.Random) -> Iterator[Row]:
    """Yield two spells a person."""
    yield ["person", "employer", "in_zone", "from", "to"]
    for number in range(2 * rows):
        start = ON - timedelta(days=rng.randrange(1_500))
        end = start + timedelta(days=rng.randrange(900))
        yield [f"P{number // 2:07}", "", rng.choice(["yes", "no"]), start, end if rng.random() < 0.6 else ""]


def residents(rows: int, rng: random.Random) -> Iterator[Row]:
    """Yield residents, hukou here or not."""
    yield ["person", "born", "hukou_community", "community", "body", "living_since", "confirmed", "applied"]
    for number in range(rows):
        born, since = ON - timedelta(days=rng.randrange(30_000)), ON - timedelta(days=rng.randrange(4_000))
        home = rng.choice([COMMUNITY, "外地"])
        yield [f"R{number:07}", born, home, COMMUNITY, "residents_committee", since, "yes", "yes"]


MAKERS = {
    "assignments": (assignments,),
    "entries": (entries,),
    "persons": (persons, spells),
    "residents": (residents,),
}


def make(folder: Path, table: str, rows: int) -> None:
    """Write one case folder."""
    folder.mkdir(parents=True, exist_ok=True)
    polling = "polling_day = 2026-12-20\n" if table == "residents" else ""
    (folder / "case.toml").write_text(
        f'[case]\ntitle = "{rows} rows"\npack = "huaying"\non = {ON}\n{polling}', "utf-8"
    )
    rng = random.Random(1)
    for maker in MAKERS[table]:
        with (folder / f"{maker.__name__}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(maker(rows, rng))


def run_one(folder: Path) -> None:
    """Run a case in this process and print what it took."""
    import time

    began = time.perf_counter()
    import huaying_governance as hg

    sys.path.insert(0, str(ROOT / "benchmarks" / "batch"))
    from taken import taken

    summary = hg.run_case(folder, folder / "out")
    assert not summary.problem_count, summary.problems[:3]
    print(taken(began))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="*", default=list(TABLES), choices=TABLES)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        run_one(arguments.run)
        return 0
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    about = f"(commit {commit.stdout.strip()}, load {load})"
    print(f"$ python benchmarks/cases/bench_rows.py --rows {arguments.rows}   {about}")
    with tempfile.TemporaryDirectory(prefix="hg-bench-") as made:
        for table in arguments.only:
            folder = Path(made) / table
            make(folder, table, arguments.rows)
            for turn in ("first", "again") if arguments.again else ("first",):
                measure(folder, table, turn, arguments.rows)
    return 0


def measure(folder: Path, table: str, turn: str, rows: int) -> None:
    """Run one case in a process and print a line."""
    import json

    command = [sys.executable, __file__, "--run", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    took = json.loads(done.stdout.splitlines()[-1])
    size = sum(path.stat().st_size for path in folder.glob("*.csv")) / 1e6
    store = (folder / "out" / "huaying.db").stat().st_size / 1e6
    print(
        f"{table:12} {turn:5} {rows:>9,} rows ({size:,.0f} MB), {took['seconds']:7.0f} s, "
        f"{rows / took['seconds']:7,.0f} rows/s, peak {took['peak_mb']:6,.0f} MB, store {store:,.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
