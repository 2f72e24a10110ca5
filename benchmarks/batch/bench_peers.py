"""The library beside OpenFisca and PolicyEngine-core, with the months ready-made, which favours them.

    python -m venv openfisca && openfisca/bin/pip install openfisca-core pyarrow
    python -m venv policyengine && policyengine/bin/pip install policyengine-core pyarrow
    python benchmarks/batch/bench_peers.py --openfisca openfisca/bin/python --policyengine policyengine/bin/python
        [--persons 1000000] [--rounds 3] [--memory 1000MB]

One file in, `person, education, spouse, in_zone, stable_months`, without a missing fact (they have none); one file out,
`person, rule, amount, outcome`. Each runs in a process of its own, in turns; the answers are compared first: every row
must be the same. The peers' `stable_months` take no spells, give no grounds and check nothing; the library checks its
table and says why. Times are medians and include loading; on a busy machine compare processor seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_subsidy import POLICY, commit, compile_modules, installed, median
from taken import taken

HERE = Path(__file__).parent


def make_table(path: Path, persons: int) -> None:
    """Write the synthetic table: most in the zone, half of all married, 1 % one-sidedly."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(11)
    ids = rng.permutation(persons) + 10**9
    spouse = np.full(persons, -1, dtype="int64")
    pairs = rng.permutation(persons)[: persons // 4 * 2].reshape(-1, 2)
    spouse[pairs[:, 0]], spouse[pairs[:, 1]] = ids[pairs[:, 1]], ids[pairs[:, 0]]
    one_sided = rng.permutation(persons)[: persons // 100]
    spouse[one_sided] = ids[rng.integers(0, persons, len(one_sided))]
    spouse = np.where(spouse == ids, -1, spouse)
    in_zone = rng.random(persons) < 0.6
    words = pa.array(["postgraduate", "bachelor", "other"])
    columns = {
        "person": ids,
        "education": words.take(pa.array(rng.choice(3, persons, p=[0.1, 0.3, 0.6]))),
        "spouse": pa.array(spouse, mask=spouse == -1),
        "in_zone": in_zone,
        "stable_months": np.where(in_zone, rng.integers(0, 40, persons), 0),
    }
    pq.write_table(pa.table(columns), path, row_group_size=122_880)


def library(source: Path, out: Path, memory: str) -> None:
    """The shipped policy through `assess`, in this process."""
    began = time.perf_counter()
    import hand

    import huaying_governance as hg

    policy = hg.read_policy(POLICY)
    hg.assess(policy, {"persons": source}, on=hand.ON, out=out, memory=memory, threads=2).close()
    print(taken(began))


def rows(path: Path) -> list[tuple[object, ...]]:
    """Return what identifies the rows of a result, whatever their order."""
    import duckdb

    held = "person, rule, CAST(amount AS DECIMAL(18, 2)) AS amount, outcome"
    text = f"SELECT count(*), sum(hash({held})::HUGEINT), sum(amount) FROM read_parquet('{path}')"
    return duckdb.connect().execute(text.replace(" AS amount", "")).fetchall()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", default="1000MB")
    parser.add_argument("--openfisca", help="a Python with openfisca-core and pyarrow")
    parser.add_argument("--policyengine", help="a Python with policyengine-core and pyarrow")
    parser.add_argument("--library", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.library:
        library(*map(Path, given.library), given.memory)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return compare(Path(folder), given)


def compare(folder: Path, given: argparse.Namespace) -> int:
    source = folder / "ready.parquet"
    make_table(source, given.persons)
    commands = {"library": [sys.executable, __file__, "--memory", given.memory, "--library"]}
    for name in ("openfisca", "policyengine"):
        if getattr(given, name):
            commands[name] = [getattr(given, name), str(HERE / "peer_rules.py"), name]
    outs = {name: folder / f"{name}.parquet" for name in commands}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in commands}
    compile_modules(folder)
    for _ in range(given.rounds):
        for name, command in commands.items():
            kept = installed(folder, name)
            clean = {key: value for key, value in kept.items() if key != "PYTHONPATH" or name == "library"}
            done = subprocess.run(
                [*command, source, outs[name]],
                check=True,
                capture_output=True,
                text=True,
                env=clean,
                cwd=HERE,
            )
            found[name].append(json.loads(done.stdout.splitlines()[-1]))
    answers = {name: rows(out) for name, out in outs.items()}
    if any(answer != answers["library"] for answer in answers.values()):
        print("the answers differ:", *answers.items(), sep="\n  ")
        return 1
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(
        f"$ python benchmarks/batch/bench_peers.py --persons {given.persons}   (commit {commit()}, load {load})"
    )
    print(
        f"{given.persons:,} persons with months ready-made; {answers['library'][0][0]:,} rows, the same from all"
    )
    base = found["library"]
    for name, runs in found.items():
        took, used = median(runs, "seconds"), median(runs, "processor")
        peak = max(run["peak_mb"] for run in runs)
        fast, less = took / median(base, "seconds"), used / median(base, "processor")
        ratios = f"the library is {fast:.2f}× as fast, {less:.2f}× by processor"
        print(f"{name:13} {took:6.2f} s, processor {used:6.2f} s, peak {peak:5.0f} MB; {ratios}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
