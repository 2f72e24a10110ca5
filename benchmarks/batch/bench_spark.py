"""The subsidy batch on a real Spark, local[2] through Spark Connect: how long it takes to start, and then per run.

    python benchmarks/batch/bench_spark.py [--persons 1000000] [--rounds 3] [--memory 4g] [--folder DIR]

The tables are those of `bench_subsidy.py`, read from Parquet; the result is a folder of Parquet files, compared with
DuckDB's first, in all seven columns. Needs `pyspark[connect]` and Java. Rounds are in one session: the first has the
compiler of the JVM still cold.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import hand
from bench_subsidy import POLICY, commit, digest, library, make_tables


def start(memory: str):
    """Start Spark and wait until it has answered."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.remote("local[2]").config("spark.sql.shuffle.partitions", "4")
    builder = builder.config("spark.driver.memory", memory).config("spark.ui.enabled", "false")
    session = builder.getOrCreate()
    session.sql("SELECT 1").collect()
    return session


def run(session, folder: Path, out: Path) -> None:
    import huaying_governance as hg

    for name in ("persons", "spells"):
        session.read.parquet(str(folder / f"{name}.parquet")).createOrReplaceTempView(name)
    tables = {"persons": "persons", "spells": "spells"}
    policy = hg.read_policy(POLICY)
    hg.assess(policy, tables, on=hand.ON, engine="spark", connection=session, out=str(out)).close()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", default="4g", help="of the JVM")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "persons.parquet").exists():
            make_tables(folder, given.persons)
        return measure(folder, Path(made), given)


def measure(folder: Path, outs: Path, given: argparse.Namespace) -> int:
    began = time.perf_counter()
    library(folder, outs / "duckdb.parquet", "1000MB")
    duck = time.perf_counter() - began
    began = time.perf_counter()
    session = start(given.memory)
    started = time.perf_counter() - began
    runs = []
    for number in range(given.rounds):
        began = time.perf_counter()
        run(session, folder, outs / f"spark{number}.parquet")
        runs.append(time.perf_counter() - began)
    version = session.version
    session.stop()
    answers = [digest(outs / "duckdb.parquet")]
    answers += [digest(outs / f"spark{number}.parquet" / "*.parquet") for number in range(given.rounds)]
    if len(set(answers)) > 1:
        print("the answers differ:", *answers, sep="\n  ")
        return 1
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"$ python {' '.join(sys.argv)}   (commit {commit()}, load {load})")
    print(f"{given.persons:,} persons; {answers[0][0]:,} rows, the same from DuckDB and Spark {version}")
    rates = ", ".join(f"{took:.1f} s ({given.persons / took:,.0f} persons/s)" for took in runs)
    print(f"spark local[2]: start-up {started:.1f} s; runs {rates}; duckdb once, cold: {duck:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
