"""SQL 查询: what the SQL stores say alike: tables of row kinds, writing a row, pages and counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from attrs import frozen

from huaying_governance.storage.canonical import decode, encode
from huaying_governance.storage.chain import check_name
from huaying_governance.storage.queries import Test
from huaying_governance.storage.values import Key, Row, RowKind

EVENT = "stream, version, position, type, schema, payload, hash, command"
"""The columns of an event in the order of `Recorded`."""


@frozen
class Dialect:
    """Where two databases differ: the mark of a value, the prefix of tables, types, and the end of a table."""

    mark: str
    prefix: str
    types: Mapping[str, str]
    end: str = ""

    def table(self, kind: RowKind) -> str:
        """Return the table of a kind. Kinds and keys are checked names, so they can stand in a statement."""
        return f"{self.prefix}row_{kind.name}"

    def create(self, kind: RowKind) -> list[str]:
        """Return the statements that make a kind's table. Every index ends in the id, which is how pages continue."""
        table, text = self.table(kind), self.types["text"]
        columns = "".join(f", {key.name} {self.types[key.type]}" for key in kind.keys)
        indexes = (*((key.name,) for key in kind.keys), *kind.indexes)
        fixed = f"id {text} PRIMARY KEY, version INTEGER NOT NULL, data {self.types['bytes']} NOT NULL"
        return [
            f"CREATE TABLE {table} ({fixed}{columns}){self.end}",
            *(
                f"CREATE INDEX {table}_by_{'_and_'.join(index)} ON {table} ({', '.join(index)}, id)"
                for index in indexes
            ),
        ]

    def upsert(self, kind: RowKind) -> str:
        """Return the statement that writes one row."""
        names = _columns(kind)
        changes = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
        marks = ", ".join([self.mark] * len(names))
        return (
            f"INSERT INTO {self.table(kind)} ({', '.join(names)}) VALUES ({marks}) "  # noqa: S608
            f"ON CONFLICT (id) DO UPDATE SET {changes}"
        )

    def write(self, kind: RowKind, upsert: str, row: Row) -> tuple[str, tuple[Any, ...]]:
        """Return the statement that writes or removes a checked row, and its values."""
        check_name("row id", row.id)
        if row.data is None:
            return f"DELETE FROM {self.table(kind)} WHERE id = {self.mark}", (row.id,)  # noqa: S608
        return upsert, (row.id, row.version, encode(row.data), *kind.values(row.keys))

    def one(self, kind: RowKind) -> str:
        """Return the query of a row by its id."""
        return f"{self._select(kind)} WHERE id = {self.mark}"

    def page(
        self, kind: RowKind, tests: tuple[Test, ...], order: str | None, after: Row | None
    ) -> tuple[str, list[Any]]:
        """Return the query of a page, its limit still to be given, and its values."""
        conditions, values = self._conditions(tests)
        if order is not None:
            kind.check(order)
            conditions.append(f"{order} IS NOT NULL")
        if after is not None and order is None:
            conditions.append(f"id > {self.mark}")
            values.append(after.id)
        elif after is not None:
            conditions.append(f"({order}, id) > ({self.mark}, {self.mark})")
            values.extend((after.keys[str(order)], after.id))
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        ordered = "id" if order is None else f"{order}, id"
        return f"{self._select(kind)}{where} ORDER BY {ordered} LIMIT {self.mark}", values

    def count(self, kind: RowKind, tests: tuple[Test, ...]) -> tuple[str, list[Any]]:
        """Return the query of a count, and its values."""
        conditions, values = self._conditions(tests)
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT count(*) FROM {self.table(kind)}{where}", values  # noqa: S608

    def _select(self, kind: RowKind) -> str:
        return f"SELECT {', '.join(_columns(kind))} FROM {self.table(kind)}"  # noqa: S608

    def _conditions(self, tests: tuple[Test, ...]) -> tuple[list[str], list[Any]]:
        conditions: list[str] = []
        values: list[Any] = []
        for test in tests:
            comparison = {"is": "=", "from": ">=", "to": "<="}.get(test.op)
            if test.op == "in":
                marks = ", ".join([self.mark] * len(test.values))
                conditions.append(f"{test.key} IN ({marks})" if marks else "1 = 0")
            elif test.values == (None,):
                conditions.append(f"{test.key} IS NULL")
                continue
            else:
                conditions.append(f"{test.key} {comparison} {self.mark}")
            values.extend(test.values)
        return conditions, values


def _columns(kind: RowKind) -> list[str]:
    return ["id", "version", "data", *(key.name for key in kind.keys)]


def row_of(kind: RowKind, found: tuple[Any, ...]) -> Row:
    """Return a fetched row as a value."""
    id_, version, data, *keys = found
    named = dict(zip([key.name for key in kind.keys], keys, strict=True))
    return Row(kind.name, id_, version, MappingProxyType(decode(data)), MappingProxyType(named))


def kind_to_text(kind: RowKind) -> str:
    """Return a declaration as it is stored."""
    keys = [[key.name, key.type] for key in kind.keys]
    return json.dumps({"keys": keys, "indexes": kind.indexes}, separators=(",", ":"))


def kind_from_text(name: str, text: str) -> RowKind:
    """Return a stored declaration."""
    stored = json.loads(text)
    keys = tuple(Key(*key) for key in stored["keys"])
    return RowKind(name, keys, tuple(tuple(index) for index in stored["indexes"]))
