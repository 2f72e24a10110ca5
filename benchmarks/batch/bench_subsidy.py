"""The subsidy batch, Parquet to Parquet, beside the same rules by hand in DuckDB SQL, Polars and NumPy.

    python benchmarks/batch/bench_subsidy.py [--persons 1000000] [--rounds 3] [--only library duckdb] [--memory 1GB]

Every contender runs in a process of its own (peak memory is that process's), in turns, from the same files. Answers
are compared first: each result must be the same multiset of rows, in all seven columns. Tables are synthetic: about
two spells a person, half of all persons married, 1 % with a one-sided and 0.5 % with an unknown spouse. The library
checks its tables (a person twice, spells of nobody, bounds, crossed dates); `duckdb` makes the same checks by hand,
`duckdb-unchecked`, `polars` and `numpy` make none. Times are medians, loading of the engine and the policy included;
on a machine that others use, compare processor seconds rather than seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import hand
from taken import taken

CONTENDERS = ("library", "duckdb", "duckdb-unchecked", "polars", "numpy")
PACKAGE = Path(__file__).parents[2] / "src" / "huaying_governance"
POLICY = PACKAGE / "packs" / "huaying" / "policies" / "zone-employment.toml"


def make_tables(folder: Path, persons: int) -> None:
    """Write the synthetic tables, the same for the same number of persons."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(7)
    ids = rng.permutation(persons) + 10**9
    degree = rng.choice(4, persons, p=[0.1, 0.3, 0.58, 0.02]).astype("int8")
    words = pa.DictionaryArray.from_arrays(pa.array(degree), ["postgraduate", "bachelor", "other", None])
    spouse = np.full(persons, -1, dtype="int64")
    pairs = rng.permutation(persons)[: persons // 4 * 2].reshape(-1, 2)
    spouse[pairs[:, 0]], spouse[pairs[:, 1]] = ids[pairs[:, 1]], ids[pairs[:, 0]]
    one_sided = rng.permutation(persons)[: persons // 100]
    spouse[one_sided] = ids[rng.integers(0, persons, len(one_sided))]
    unknown = rng.permutation(persons)[: persons // 200]
    spouse[unknown] = 10**12 + unknown
    spouse = np.where(spouse == ids, -1, spouse)
    columns = {
        "person": ids,
        "education": words.cast(pa.string()),
        "spouse": pa.array(spouse, mask=spouse == -1),
    }
    pq.write_table(pa.table(columns), folder / "persons.parquet", row_group_size=122_880)
    count = 2 * persons
    start = np.datetime64(hand.ON) - rng.integers(-60, 1500, count).astype("timedelta64[D]")
    end = start + rng.choice([10, 30, 60, 200, 400, 800, 1200], count).astype("timedelta64[D]")
    columns = {
        "person": ids[rng.integers(0, persons, count)],
        "in_zone": rng.random(count) < 0.8,
        "from": pa.array(start),
        "to": pa.array(end, mask=rng.random(count) < 0.35),
    }
    pq.write_table(pa.table(columns), folder / "spells.parquet", row_group_size=122_880)


def library(folder: Path, out: Path, memory: str) -> None:
    """The shipped policy through `assess`."""
    import huaying_governance as hg
    from huaying_governance.batch import assess

    policy = hg.read_policy(POLICY)
    tables = {"persons": folder / "persons.parquet", "spells": folder / "spells.parquet"}
    assess(policy, tables, on=hand.ON, out=out, memory=memory, threads=2, scratch=str(folder)).close()


def run_one(name: str, folder: Path, out: Path, memory: str) -> None:
    """Run one contender in this process and print what it took."""
    began = time.perf_counter()  # the process started just now: its processor time counts from there too
    if name == "library":
        library(folder, out, memory)
    elif name == "duckdb":
        hand.duckdb(folder, out, memory=memory)
    elif name == "duckdb-unchecked":
        hand.duckdb(folder, out, checked=False, memory=memory)
    else:
        getattr(hand, name)(folder, out)
    print(taken(began))


def measure(name: str, folder: Path, memory: str) -> dict[str, float]:
    out = folder / f"{name}.parquet"
    command = [sys.executable, __file__, "--run", name, "--folder", folder, "--memory", memory]
    done = subprocess.run(
        [str(part) for part in command],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
        env=installed(folder, name),
    )
    assert out.exists()
    return json.loads(done.stdout.splitlines()[-1])


def installed(folder: Path, name: str) -> dict[str, str]:
    """Return a contender's environment: compiled modules are kept, the library's as if it were installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(folder / "compiled")} if name == "library" else kept


def compile_modules(folder: Path) -> None:
    """Compile the library once, as installing it does."""
    code = "import sys; from huaying_governance.batch import assess, running, duck; import huaying_governance as hg; "
    code += "hg.read_policy(sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, str(POLICY)], check=True, env=installed(folder, "library"))


def digest(path: Path) -> tuple[object, ...]:
    """Return a digest of the rows that does not depend on their order."""
    import duckdb

    columns = ", ".join(hand.COLUMNS)
    text = f"SELECT count(*), sum(hash({columns})::HUGEINT), sum(amount), count(amount) FROM read_parquet('{path}')"
    return duckdb.connect().execute(text).fetchall()[0]


def median(runs: list[dict[str, float]], what: str) -> float:
    return statistics.median(run[what] for run in runs)


def commit() -> str:
    said = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return said.stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=list(CONTENDERS), choices=CONTENDERS)
    parser.add_argument(
        "--memory", default="1000MB", help="memory limit of DuckDB, the library's and by hand"
    )
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--run", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        run_one(given.run, given.folder, given.folder / f"{given.run}.parquet", given.memory)
        return 0
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "persons.parquet").exists():
            make_tables(folder, given.persons)
        return compare(folder, given)


def compare(folder: Path, given: argparse.Namespace) -> int:
    compile_modules(folder)
    found: dict[str, list[dict[str, float]]] = {name: [] for name in given.only}
    for _ in range(given.rounds):
        for name in given.only:
            found[name].append(measure(name, folder, given.memory))
    answers = {name: digest(folder / f"{name}.parquet") for name in given.only}
    if len(set(answers.values())) > 1:
        print("the answers differ:", *answers.items(), sep="\n  ")
        return 1
    base = found.get("duckdb", found[given.only[0]])
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"$ python {' '.join(sys.argv)}   (commit {commit()}, load {load})")
    print(
        f"{given.persons:,} persons, {2 * given.persons:,} spells;",
        f"{next(iter(answers.values()))[0]:,} rows, the same from all",
    )
    for name, runs in found.items():
        took, used = median(runs, "seconds"), median(runs, "processor")
        peak = max(run["peak_mb"] for run in runs)
        ratios = f"{median(base, 'seconds') / took:5.2f}× / {median(base, 'processor') / used:5.2f}× duckdb"
        print(f"{name:17} {took:7.2f} s, processor {used:7.2f} s, peak {peak:6.0f} MB, {ratios}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
