"""SQLite 存储的表: the layout of the file and its history. Rows of a kind live in a table of their own, `row_KIND`."""

from __future__ import annotations

import json

from huaying_governance.storage.queries import Test
from huaying_governance.storage.values import Key, KeyValue, RowKind

APPLICATION = 0x68756179
"""`huay`: SQLite's application id, by which a file says that it is such a store."""

STEPS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE events (
            position INTEGER PRIMARY KEY,
            stream TEXT NOT NULL,
            version INTEGER NOT NULL,
            type TEXT NOT NULL,
            schema INTEGER NOT NULL,
            payload BLOB NOT NULL,
            hash TEXT NOT NULL,
            command TEXT,
            UNIQUE (stream, version)
        )""",
        "CREATE INDEX events_command ON events (command) WHERE command IS NOT NULL",
        "CREATE TABLE kinds (name TEXT PRIMARY KEY, declared TEXT NOT NULL) WITHOUT ROWID",
    ),
)
"""What each version of the layout adds to the one before; a step that was ever released never changes."""

EVENT = "stream, version, position, type, schema, payload, hash, command"
"""The columns in the order of `Recorded`."""

INSERT = (
    "INSERT INTO events (stream, version, type, schema, payload, hash, command) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
LAST = "SELECT version, hash FROM events WHERE stream = ? ORDER BY version DESC LIMIT 1"
READ = f"SELECT {EVENT} FROM events WHERE stream = ? AND version > ? ORDER BY version"  # noqa: S608
COMMAND = f"SELECT {EVENT} FROM events WHERE command = ? ORDER BY position"  # noqa: S608
FEED = f"SELECT {EVENT} FROM events WHERE position > ? ORDER BY position LIMIT ?"  # noqa: S608
# SQLite takes a bare column from the row that gave max(): here the hash of the last version.
HEADS = (
    "SELECT stream, max(version), hash FROM events WHERE stream > ? GROUP BY stream ORDER BY stream LIMIT ?"
)


def kind_to_text(kind: RowKind) -> str:
    """Return a declaration as it is stored."""
    keys = [[key.name, key.type] for key in kind.keys]
    return json.dumps({"keys": keys, "indexes": kind.indexes}, separators=(",", ":"))


def kind_from_text(name: str, text: str) -> RowKind:
    """Return a stored declaration."""
    stored = json.loads(text)
    keys = tuple(Key(*key) for key in stored["keys"])
    return RowKind(name, keys, tuple(tuple(index) for index in stored["indexes"]))


def create_kind(kind: RowKind) -> list[str]:
    """Return the statements that make a kind's table. Its indexes end in the id, as the table has no other row id."""
    columns = "".join(f", {key.name} {key.type.upper()}" for key in kind.keys)
    table = f"row_{kind.name}"
    fixed = "id TEXT PRIMARY KEY, version INTEGER NOT NULL, data BLOB NOT NULL"
    indexes = (*((key.name,) for key in kind.keys), *kind.indexes)
    return [
        f"CREATE TABLE {table} ({fixed}{columns}) WITHOUT ROWID",
        *(
            f"CREATE INDEX {table}_by_{'_and_'.join(index)} ON {table} ({', '.join(index)})"
            for index in indexes
        ),
    ]


def upsert(kind: RowKind) -> str:
    """Return the statement that writes one row."""
    names = ["id", "version", "data", *(key.name for key in kind.keys)]
    changes = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    places = ", ".join("?" * len(names))
    return (
        f"INSERT INTO row_{kind.name} ({', '.join(names)}) VALUES ({places}) "  # noqa: S608 - checked names only
        f"ON CONFLICT (id) DO UPDATE SET {changes}"
    )


def _row(kind: RowKind) -> str:
    names = ", ".join(["id", "version", "data", *(key.name for key in kind.keys)])
    return f"SELECT {names} FROM row_{kind.name}"  # noqa: S608 - checked names only


def one(kind: RowKind) -> str:
    """Return the query of a row by its id."""
    return f"{_row(kind)} WHERE id = ?"


def select(
    kind: RowKind, tests: tuple[Test, ...], order: str | None, after: tuple[KeyValue, str] | None
) -> tuple[str, list[KeyValue]]:
    """Return the query of a page without its limit, and its values."""
    conditions, values = _conditions(tests)
    if order is not None:
        conditions.append(f"{order} IS NOT NULL")
    if after is not None and order is None:
        conditions.append("id > ?")
        values.append(after[1])
    elif after is not None:
        conditions.append(f"({order}, id) > (?, ?)")
        values.extend(after)
    ordered = "id" if order is None else f"{order}, id"
    where = " AND ".join(conditions) or "1"
    return f"{_row(kind)} WHERE {where} ORDER BY {ordered} LIMIT ?", values


def counting(kind: RowKind, tests: tuple[Test, ...]) -> tuple[str, list[KeyValue]]:
    """Return the query of a count, and its values."""
    conditions, values = _conditions(tests)
    return f"SELECT count(*) FROM row_{kind.name} WHERE {' AND '.join(conditions) or '1'}", values  # noqa: S608


def _conditions(tests: tuple[Test, ...]) -> tuple[list[str], list[KeyValue]]:
    conditions: list[str] = []
    values: list[KeyValue] = []
    for test in tests:
        places = ", ".join("?" * len(test.values))
        comparison = {"is": "IS ?", "from": ">= ?", "to": "<= ?", "in": f"IN ({places})"}[test.op]
        conditions.append(f"{test.key} {comparison}")
        values.extend(test.values)
    return conditions, values
