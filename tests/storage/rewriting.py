"""Tampering with stored bytes behind a store's back, as the owner of a database could."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg

from huaying_governance.storage import Recorded

COLUMNS = "stream, version, position, type, schema, payload, hash, command"


def rewrite_sqlite(path: Path, change: Callable[[list[Recorded]], list[Recorded]]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        events = [Recorded(*found) for found in db.execute(f"SELECT {COLUMNS} FROM events ORDER BY position")]
        db.execute("BEGIN")
        # Without the constraints of the real table, so that also a doubled event can be planted.
        db.execute("DROP TABLE events")
        db.execute(f"CREATE TABLE events ({COLUMNS})")
        for event in change(events):
            values = [getattr(event, name) for name in COLUMNS.split(", ")]
            db.execute(f"INSERT INTO events ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        db.execute("COMMIT")


def rewrite_postgres(address: str, change: Callable[[list[Recorded]], list[Recorded]]) -> None:
    with psycopg.connect(address) as db:
        found = db.execute(f"SELECT {COLUMNS} FROM huaying_events ORDER BY position".encode())
        events = [Recorded(*each) for each in found]
        db.execute("DELETE FROM huaying_events")
        db.execute("ALTER TABLE huaying_events DROP CONSTRAINT huaying_events_pkey")
        for event in change(events):
            values = [getattr(event, name) for name in COLUMNS.split(", ")]
            db.execute(
                f"INSERT INTO huaying_events ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)".encode(),
                values,
            )
