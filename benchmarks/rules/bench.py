"""One award decided, and decided with its cited explanation, beside other engines: `python benchmarks/rules/bench.py`.

All run in one process, in turns, on the same persons; the answers are compared first. Needs zen-engine,
common-expression-language, cel-python and openfisca-core. Writes benchmarks/rules/results.md.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import contenders as c

HERE = Path(__file__).parent
ROUNDS = int(os.environ.get("ROUNDS", "41"))
PEOPLE = c.people(400)
FLAT = [c.flat(each) for each in PEOPLE]
PACKAGES = ("zen-engine", "common-expression-language", "cel-python", "openfisca-core")


def build() -> dict[str, tuple[object, list[object], object, int]]:
    """Return name → what decides, the persons, how its answer reads, and one in how many persons is timed."""
    decided = c.huaying()
    return {
        "huaying": (decided, PEOPLE, None, 1),
        "huaying, with cited explanation": (c.huaying_explained(), PEOPLE, None, 1),
        "zen-engine (loader, fastest decision)": (c.zen(), FLAT, c.zen_answer, 1),
        "zen-engine with trace": (c.zen(trace=True), FLAT, c.zen_answer, 1),
        "zen-engine, bare compiled expression": (c.zen_expression(), FLAT, c.pair, 1),
        "Rust CEL": (c.cel_rust(), FLAT, c.pair, 1),
        "cel-python": (c.cel_python(), FLAT, c.pair, 20),
        "OpenFisca, one situation": (c.openfisca(), FLAT, c.pair, 20),
    }


def same_answers(made: dict) -> None:
    decide = made["huaying"][0]
    expected = [c.ours(facts, decide) for facts in PEOPLE]
    for name, (other, people, read, step) in made.items():
        if read is None:
            continue
        for number in range(0, len(people), step):
            found = read(other(people[number]))
            assert found == expected[number], (name, people[number], found, expected[number])


def times(made: dict) -> dict[str, list[float]]:
    """Return microseconds per award, by round; the contenders take turns within each round."""
    spent: dict[str, list[float]] = {name: [] for name in made}
    for _ in range(ROUNDS):
        for name, (decide, people, _read, step) in made.items():
            chosen = people[::step]
            lines = name == "huaying"
            start = time.process_time()
            for facts in chosen:
                found = decide(facts)
                if lines:
                    for line in found.lines:
                        _ = line.rule, line.amount
            spent[name].append((time.process_time() - start) / len(chosen) * 1e6)
    return spent


def report(spent: dict[str, list[float]]) -> str:
    median = {name: statistics.median(values) for name, values in spent.items()}
    base, told = median["huaying"], median["huaying, with cited explanation"]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=HERE, check=False
    )
    lines = [
        "# One award, beside other engines",
        "",
        f"Written by `python benchmarks/rules/bench.py` ({ROUNDS} rounds in turns, {len(PEOPLE)} persons, medians of",
        "processor time, which other work on the machine disturbs least; the answers were compared first). Commit "
        + (commit.stdout.strip() or "unknown")
        + ".",
        "",
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors, shared. "
        + ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
        + ".",
        "",
        "| | µs per award | quartiles | huaying is faster by | explained, by |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, value in median.items():
        low, _, high = statistics.quantiles(spent[name], n=4)
        lines.append(
            f"| {name} | {value:.1f} | {low:.1f}–{high:.1f} | {value / base:.2f}× | {value / told:.2f}× |"
        )
    lines += [
        "",
        f"Goals: decided ≥ 1.5× zen-engine: {median['zen-engine (loader, fastest decision)'] / base:.2f}×; with cited",
        f"explanation ≥ 1× zen-engine with trace: {median['zen-engine with trace'] / told:.2f}×.",
        "",
        "The bare expression of zen-engine is listed for honesty: it knows no rules, dates, relations, missing",
        "facts or reasons, and answers in floating point. Our explanation keeps grounds that repeat: persons of",
        "equal facts share them. `huaying` reads the lines with rule and amount; facts are checked for type and",
        "range on every call.",
        "",
    ]
    return "\n".join(lines)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


if __name__ == "__main__":
    contestants = build()
    same_answers(contestants)
    text = report(times(contestants))
    (HERE / "results.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
