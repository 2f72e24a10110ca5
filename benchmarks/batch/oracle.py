"""Zone-employment against an independent naive reading, over 100,000 random persons.

    python benchmarks/batch/oracle.py [--persons 100000] [--seed 1]

The reading (`tests/cases/oracle_awards.py`) counts days one by one. Persons stand at the edges: leap days, one-sided
and absent spouses, triangles and chains, gaps of 29 to 32 days, overlapping and contained spells, open ends, spells
that end on the day. Compared per person: rule, amount, outcome, missing facts; of the interpreter and of DuckDB. The
edges met are counted. Ends with 1 if a single person differs.
"""

from __future__ import annotations

import argparse
import platform
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests" / "cases")]

import oracle_awards as oracle  # noqa: E402
import pyarrow as pa  # noqa: E402

import huaying_governance as hg  # noqa: E402
from huaying_governance.batch import assess as assess_tables  # noqa: E402
from huaying_governance.rules import Spell  # noqa: E402
from huaying_governance.subsidy.people import Person, Register, assess  # noqa: E402

DAYS = (
    "2024-02-29",
    "2025-02-28",
    "2024-12-31",
    "2025-03-01",
    "2026-11-23",
    "2027-01-30",
    "2028-02-29",
    "2026-05-31",
)
Rows = dict[str, set[tuple[str, str, str, str]]]
NOTHING = {("", "", "not_payable", "")}


def degree(code: str) -> str | None:
    if not code:
        return None
    return (
        "postgraduate" if code in oracle.POSTGRADUATE else "bachelor" if code in oracle.BACHELOR else "other"
    )


def interpreter(policy: hg.Policy, persons: list[oracle.Person], on: date) -> Rows:
    """Return the rows that the interpreter gives."""
    made = {
        each.id: Person(
            each.id,
            {"education": held} if (held := degree(each.education)) else {},
            each.spouse or None,
            tuple(Spell(start, end, {"in_zone": zone}) for zone, start, end in each.spells),
        )
        for each in persons
    }
    return {
        award.person: {
            (line.rule, "" if line.amount is None else str(line.amount), line.outcome, ";".join(line.missing))
            for line in award.lines
        }
        or NOTHING
        for award in assess(policy, Register(made), on)
    }


def engine(policy: hg.Policy, persons: list[oracle.Person], on: date) -> Rows:
    """Return the rows that DuckDB gives."""
    spells = [(each.id, *spell) for each in persons for spell in each.spells]
    who, zone, start, end = zip(*spells, strict=True)
    tables = {
        "persons": pa.table(
            {
                "person": [each.id for each in persons],
                "education": pa.array([degree(each.education) for each in persons], pa.string()),
                "spouse": pa.array([each.spouse or None for each in persons], pa.string()),
            }
        ),
        "spells": pa.table(
            {
                "person": who,
                "in_zone": zone,
                "from": pa.array(start, pa.date32()),
                "to": pa.array(end, pa.date32()),
            }
        ),
    }
    done = assess_tables(policy, tables, on=on, threads=2)
    found: Rows = {}
    for each in done.results():
        amount = "" if each.amount is None else str(each.amount)
        found.setdefault(str(each.person), set()).add((each.rule, amount, each.outcome, each.missing))
    done.close()
    return found


def edges(persons: list[oracle.Person], on: date) -> Counter[str]:
    """Count the edges that the persons stand at."""
    found: Counter[str] = Counter()
    known = {each.id: each for each in persons}
    for each in persons:
        spouse = known.get(each.spouse)
        found["absent spouse"] += bool(each.spouse) and spouse is None
        found["one-sided spouse"] += spouse is not None and spouse.spouse != each.id
        third = known.get(spouse.spouse) if spouse is not None else None
        found["triangle"] += third is not None and third.id != each.id and third.spouse == each.id
        spells = sorted((start, end or on) for zone, start, end in each.spells if zone)
        found["open end"] += any(zone and end is None for zone, _, end in each.spells)
        found["ends on the day"] += any(zone and end == on for zone, _, end in each.spells)
        found["leap day"] += any((day.month, day.day) == (2, 29) for spell in spells for day in spell)
        latest = None
        kinds: set[str] = set()
        for start, end in spells:
            if latest is not None:
                gap = (start - latest).days - 1
                kinds.add(f"gap {gap}" if gap in {30, 31} else "contained" if end <= latest else "")
                kinds.add("overlapping" if start <= latest < end else "")
            latest = end if latest is None else max(latest, end)
        found.update(kind for kind in kinds if kind)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    policy = hg.load_pack("huaying").policy("zone-employment")
    rng, began = random.Random(given.seed), time.monotonic()
    count, wrong, met, outcomes = 0, 0, Counter[str](), Counter[str]()
    while count < given.persons:
        on = date.fromisoformat(DAYS[count // 5_000 % len(DAYS)])
        persons = oracle.random_office(rng, on, 2_500)
        wanted = oracle.awards(persons, on)
        for name, judge in (("interpreter", interpreter), ("duckdb", engine)):
            found = judge(policy, persons, on)
            differ = [who for who in wanted.keys() | found.keys() if wanted.get(who) != found.get(who)]
            wrong += len(differ)
            for who in differ[:3]:
                print(f"{on}, {name}, {who}: {wanted.get(who)} expected, {found.get(who)} found")
        count += len(persons)
        met += edges(persons, on)
        outcomes.update(
            f"{rule or 'none'} {outcome}" for rows in wanted.values() for rule, _, outcome, _ in rows
        )
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    where = f"commit {commit.stdout.strip()}, Python {platform.python_version()}, {platform.machine()}"
    print(f"$ python {' '.join(sys.argv)}   ({where})")
    print(
        f"{count:,} persons on {len(DAYS)} days, interpreter and DuckDB: {wrong} differ from the naive reading"
    )
    print("outcomes:", ", ".join(f"{name} {number:,}" for name, number in sorted(outcomes.items())))
    print("edges:", ", ".join(f"{name} {number:,}" for name, number in sorted(met.items())))
    print(f"{time.monotonic() - began:,.0f} s")
    return 1 if wrong or not all(met.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
