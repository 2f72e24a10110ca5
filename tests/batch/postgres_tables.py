"""Worlds as tables of a real PostgreSQL."""

from __future__ import annotations

from typing import Any

from worlds import World

from huaying_governance.rules import Policy

KINDS = {
    "boolean": "boolean",
    "text": "text",
    "choice": "text",
    "date": "date",
    "decimal": "numeric(28, 6)",
    "integer": "bigint",
}


def load(connection: Any, world: World, flags: list[str]) -> dict[str, str]:
    """Create the tables of a world and return their names."""
    persons, spells = f"w{world.seed}_persons", f"w{world.seed}_spells"
    columns = columns_of(world.policy)
    _table(connection, persons, columns, world.persons)
    kinds = {"person": "text", "from": "date", "to": "date", **dict.fromkeys(flags, "boolean")}
    _table(connection, spells, kinds, world.spells)
    return {"persons": persons, "spells": spells}


def columns_of(policy: Policy) -> dict[str, str]:
    columns = {"person": "text"}
    columns |= {name: KINDS[fact.type.kind] for name, fact in policy.facts.items() if fact.derived is None}
    return columns | dict.fromkeys([*policy.relations, "spouse"], "text")


def _table(connection: Any, name: str, columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
    parts = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    connection.execute(f'CREATE TEMP TABLE "{name}" ({parts})')
    with connection.cursor() as cursor, cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
        for row in rows:
            copy.write_row([row.get(column) for column in columns])
