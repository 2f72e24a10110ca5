"""Compare an engine with the interpreter, row by row, over one world."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa
from worlds import World

from huaying_governance.batch.reference import Reference
from huaying_governance.rules import Policy

KINDS = {"boolean": pa.bool_(), "text": pa.string(), "choice": pa.string(), "date": pa.date32()}
Lines = dict[tuple[object, str, str], tuple[Decimal | None, str, str, str]]


def arrow(policy: Policy, rows: list[dict[str, Any]]) -> pa.Table:
    """Return persons as an Arrow table of strict types."""
    fields = [("person", pa.string())]
    for name, fact in policy.facts.items():
        if fact.derived is None:
            number = pa.decimal128(28, 6) if fact.type.kind == "decimal" else pa.int64()
            fields.append((name, KINDS.get(fact.type.kind, number)))
    fields += [(name, pa.string()) for name in dict.fromkeys([*policy.relations, "spouse"])]
    return pa.table({name: pa.array([row.get(name) for row in rows], kind) for name, kind in fields})


def arrow_spells(rows: list[dict[str, Any]], flags: list[str]) -> pa.Table:
    """Return spells as an Arrow table."""
    kinds = {
        "person": pa.string(),
        "from": pa.date32(),
        "to": pa.date32(),
        **dict.fromkeys(flags, pa.bool_()),
    }
    return pa.table({name: pa.array([row[name] for row in rows], kind) for name, kind in kinds.items()})


def lines(results: Any) -> Lines:
    """Return results by person, rule and payee."""
    found: Lines = {}
    for each in results:
        key = (each.person, each.rule, each.payee)
        assert key not in found, key
        found[key] = (each.amount, each.outcome, each.missing, each.ground)
    return found


def expected(world: World) -> Lines:
    """Return what the interpreter says."""
    return lines(Reference(world.policy, world.on, world.persons, world.spells).results())


def differences(want: Lines, got: Lines) -> list[str]:
    """Return every cell that differs, readable."""
    return [
        f"{key}: {want.get(key)} expected, {got.get(key)} found"
        for key in sorted(want.keys() | got.keys(), key=str)
        if want.get(key) != got.get(key)
    ]


def cells(found: Lines) -> int:
    """Return how many cells a table of lines has: amount, outcome, missing and ground of each."""
    return 4 * len(found)
