"""The long agreement run: the interpreter against DuckDB, PostgreSQL and Spark over random policies and rows.

    python benchmarks/batch/agreement.py [--cells 400000] [--engines duckdb postgres] [--first 10000] [--persons 300]

Each world is a random typed policy with tables (`tests/batch/worlds.py`); every line of every person is compared:
amount, outcome, missing facts, ground key. A cell is one of these four. Spark runs locally through Spark Connect and
needs Java; PostgreSQL runs from a PyPI wheel. Ends with 1 if a single cell differs.
"""

from __future__ import annotations

import argparse
import atexit
import platform
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "batch"), str(ROOT / "tests" / "storage")]

from agreement import arrow, arrow_spells, cells, differences, expected, lines  # noqa: E402
from worlds import World, world  # noqa: E402

from huaying_governance.batch import assess  # noqa: E402
from huaying_governance.errors import Problems  # noqa: E402

FLAGS = ["zone", "insured"]


class Engines:
    """The engines to compare, opened once."""

    def __init__(self, names: list[str]) -> None:
        self.postgres = self.spark = None
        if "postgres" in names:
            import postgres
            import psycopg

            self.postgres = psycopg.connect(postgres.server())
        if "spark" in names:
            from pyspark.sql import SparkSession

            builder = SparkSession.builder.remote("local[2]").config("spark.sql.shuffle.partitions", "2")
            self.spark = builder.config("spark.ui.enabled", "false").getOrCreate()

    def run(self, name: str, one: World) -> dict:
        if name == "postgres":
            from postgres_tables import load

            tables = load(self.postgres, one, FLAGS)
            done = assess(one.policy, tables, on=one.on, engine="postgres", connection=self.postgres)
        elif name == "spark":
            for table, held in (
                ("persons", arrow(one.policy, one.persons)),
                ("spells", arrow_spells(one.spells, FLAGS)),
            ):
                self.spark.createDataFrame(held).createOrReplaceTempView(table)
            names = {"persons": "persons", "spells": "spells"}
            done = assess(one.policy, names, on=one.on, engine="spark", connection=self.spark)
        else:
            tables = {"persons": arrow(one.policy, one.persons), "spells": arrow_spells(one.spells, FLAGS)}
            done = assess(one.policy, tables, on=one.on, threads=2)
        try:
            return lines(done.results())
        finally:
            done.close()

    def close(self) -> None:
        if self.postgres is not None:
            self.postgres.close()
        if self.spark is not None:
            self.spark.stop()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cells", type=int, default=400_000)
    parser.add_argument("--first", type=int, default=10_000)
    parser.add_argument("--persons", type=int, default=300)
    parser.add_argument(
        "--engines", nargs="+", default=["duckdb", "postgres"], choices=["duckdb", "postgres", "spark"]
    )
    given = parser.parse_args()
    engines = Engines(given.engines)
    atexit.register(engines.close)
    counted, wrong, refused, worlds = Counter(), Counter(), Counter(), 0
    seed, began = given.first, time.monotonic()
    while min(counted[name] for name in given.engines) < given.cells:
        one = world(seed, given.persons)
        seed += 1
        if one is None:
            continue
        worlds += 1
        want = expected(one)
        for name in given.engines:
            try:
                found = differences(want, engines.run(name, one))
            except Problems as problems:
                if name != "spark" or any(each.code != "too-large" for each in problems.problems):
                    raise
                refused[name] += 1
                continue
            except Exception:
                print(f"seed {one.seed} on {name} with {given.persons} persons", file=sys.stderr)
                raise
            counted[name] += cells(want)
            wrong[name] += len(found)
            for text in found[:3]:
                print(f"seed {one.seed}, {name}: {text}")
        print(f"{worlds} policies, {dict(counted)}", file=sys.stderr)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    where = f"commit {commit.stdout.strip()}, Python {platform.python_version()}, {platform.machine()}"
    print(f"$ python {' '.join(sys.argv)}   ({where})")
    for name in given.engines:
        told = f"{counted[name]:,} cells of {worlds} policies compared, {wrong[name]} differ"
        print(f"{name}: {told}; {refused[name]} policies refused by name")
    print(f"{time.monotonic() - began:,.0f} s")
    return 1 if sum(wrong.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
