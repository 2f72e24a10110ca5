"""A whole office at once: one case folder with every table, synthetic and random, for tests of a run as a whole."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import oracle_awards
import oracle_eligibility
import oracle_ledger
import oracle_screening
from attrs import frozen
from office import case, read
from oracle_ledger import Act, Entry, Ledger, Verdict

import huaying_governance

SHIPPED = Path(huaying_governance.__file__).parent / "packs" / "huaying"
Rows = Sequence[Mapping[str, object]]


def entry_rows(rng: random.Random, entries: Sequence[Entry]) -> Rows:
    return [
        {
            "id": entry.id,
            "kind": entry.kind,
            "source": entry.source,
            "category": entry.category,
            "community": "dujiaping",
            "received_at": oracle_ledger.written(rng, entry.received),
            "summary": "合成条目",
            "petitioner": "" if entry.kind == "stability" else f"P-{entry.id}",
        }
        for entry in entries
    ]


def resident_rows(rng: random.Random, count: int) -> Rows:
    def one(n: int) -> dict[str, object]:
        row: dict[str, object] = {"person": f"R-{n}", "community": "dujiaping", "body": "residents_committee"}
        for name in oracle_eligibility.FACTS:
            if name in {"born", "living_since", "worker_since"}:
                row[name] = rng.choice(["", date(rng.choice([1980, 2008, 2026]), rng.randrange(1, 13), 5)])
            elif name == "hukou_community":
                row[name] = rng.choice(["", "dujiaping", "synthetic-2"])
            else:
                row[name] = rng.choice(["", "yes", "no", "是", "否"])
        return row

    return [one(n) for n in range(count)]


@frozen
class Mixture:
    """Every table of a case as rows, and the history behind the ledger."""

    on: date
    tables: dict[str, Rows]
    ledger: Ledger
    played: Sequence[tuple[Act, Verdict]]

    def write(self, folder: Path, **flags: str) -> Path:
        return case(folder, on=flags.pop("on", self.on.isoformat()), polling_day="2026-12-20", **self.tables)


def mixture(seed: int, size: int) -> Mixture:
    """Return an office with about `size` rows in each table, as of 2026-11-23."""
    rng, on = random.Random(seed), date(2026, 11, 23)
    lines = [row for file in sorted((SHIPPED / "lists").glob("*.csv")) for row in read(file)]
    office = oracle_screening.Office(
        read(SHIPPED / "organisations.csv"), read(SHIPPED / "communities.csv"), lines
    )
    matters = [*sorted({line["code"] for line in lines}), "XX99"]
    persons = oracle_awards.random_office(rng, on, size // 2)
    entries = oracle_ledger.random_entries(rng, max(4, size // 4), date(2026, 6, 1), on)
    ledger, played = oracle_ledger.random_history(rng, entries, on, 10)
    actions = [act.row(oracle_ledger.written(rng, act.at)) for act, _ in played]
    rng.shuffle(actions)
    tables: dict[str, Rows] = {
        "assignments": [oracle_screening.random_assignment(rng, office, n, matters) for n in range(size)],
        "entries": entry_rows(rng, list(entries.values())),
        "actions": actions,
        "persons": [person.row() for person in persons],
        "spells": [row for person in persons for row in person.spell_rows()],
        "residents": resident_rows(rng, size // 2),
    }
    return Mixture(on, tables, ledger, played)
