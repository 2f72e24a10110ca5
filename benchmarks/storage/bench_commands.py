"""Commands per second, durable, chained, current state kept: the library, a hand-written loop, `eventsourcing`.

    python benchmarks/storage/bench_commands.py [sqlite|postgres] [COMMANDS]

A command loads its entry from the entry's events, decides, and appends one event with its hash and the entry's row in
one durable commit. The hand-written loop does the same with bare `sqlite3` or `psycopg`, without checks of any kind.
eventsourcing has no chain and no row; it gets a snapshot-free repository of entries as its documentation shows.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import multiprocessing
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measure import ENTRIES, data, heading, side_by_side, timed
from peer_eventsourcing import eventsourcing_run, make_tables

from huaying_governance.storage import Event, Row, RowKind, Store, open_store, verify

KIND = RowKind("entry", ("state", "due", "community"))
KEYS = {"state": "open", "due": "2026-04-01", "community": "dujiaping"}


def ours(store: Store, first: int, last: int, batch: int = 1) -> None:
    for start in range(first, last, batch):
        with store.batch() if batch > 1 else contextlib.nullcontext():
            for number in range(start, min(start + batch, last)):
                stream = f"entry/{first // 10**6}-{number % ENTRIES}"
                notes = 0
                for event in store.read(stream):
                    notes += len(event.data) > 0
                new = data(number)
                row = Row("entry", stream, notes + 1, new, KEYS)
                store.append(stream, [Event("entry.noted", new)], notes, command=f"c{number}", rows=[row])


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def by_hand(execute: Callable[..., Any], mark: str, first: int, last: int, batch: int, begin: str) -> None:
    def sql(text: str) -> str:
        return text.replace("?", mark)

    load = sql("SELECT version, payload, hash FROM events WHERE stream = ? ORDER BY version")
    known = sql("SELECT 1 FROM events WHERE command = ?")
    insert = sql(
        "INSERT INTO events (stream, version, type, schema, payload, hash, command) VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
    upsert = sql(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version, "
        "data = excluded.data, state = excluded.state, due = excluded.due, community = excluded.community"
    )
    for start in range(first, last, batch):
        execute(begin)
        for number in range(start, min(start + batch, last)):
            stream, command = f"entry/{first // 10**6}-{number % ENTRIES}", f"c{number}"
            if execute(known, (command,)).fetchone():
                continue
            notes, previous = 0, ""
            for version, payload, previous in execute(load, (stream,)):  # noqa: B007
                notes += len(json.loads(payload)) > 0
            new = data(number)
            payload = canonical(new)
            head = f"{previous}\n{stream}\n{notes + 1}\nentry.noted\n1\n{command}\n".encode()
            hash_ = "sha256:" + hashlib.sha256(head + payload).hexdigest()
            execute(insert, (stream, notes + 1, "entry.noted", 1, payload, hash_, command))
            execute(upsert, (stream, notes + 1, canonical(new), *KEYS.values()))
        execute("COMMIT")


EVENTS = (
    "stream TEXT, version INTEGER, type TEXT, schema INTEGER, payload {0}, hash TEXT, command TEXT, "
    "PRIMARY KEY (stream, version)"
)
ENTRY = "id TEXT PRIMARY KEY, version INTEGER, data {0}, state TEXT, due TEXT, community TEXT"


def bare_sqlite(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    events = EVENTS.format("BLOB").replace("PRIMARY KEY (", "UNIQUE (")
    db.execute(f"CREATE TABLE events (position INTEGER PRIMARY KEY, {events})")
    db.execute("CREATE INDEX command ON events (command)")
    db.execute(f"CREATE TABLE entry ({ENTRY.format('BLOB')}) WITHOUT ROWID")
    for key in KEYS:
        db.execute(f"CREATE INDEX {key} ON entry ({key}, id)")
    return db


def on_sqlite(commands: int) -> None:
    home = Path(tempfile.mkdtemp(dir=Path.cwd(), prefix=".bench-"))
    made = iter(range(10**6))

    def library(batch: int) -> float:
        with open_store(f"sqlite:///{home}/{next(made)}.db") as store:
            store.declare(KIND)
            rate = timed(commands, lambda: ours(store, 0, commands, batch))
            assert verify(store).events == commands
        return rate

    def hand(batch: int) -> float:
        with contextlib.closing(bare_sqlite(home / f"{next(made)}.db")) as db:
            rate = timed(commands, lambda: by_hand(db.execute, "?", 0, commands, batch, "BEGIN IMMEDIATE"))
            assert db.execute("SELECT count(*) FROM events").fetchone() == (commands,)
        return rate

    def peer() -> float:
        path = home / f"{next(made)}.db"
        return eventsourcing_run(
            {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)}, 0, commands
        )

    try:
        side_by_side(
            f"SQLite, one command per durable commit, {commands} commands",
            5,
            {
                "hand-written sqlite3": lambda: hand(1),
                "this library": lambda: library(1),
                "eventsourcing": peer,
            },
        )
        side_by_side(
            f"SQLite, 100 commands per durable commit, {commands} commands",
            5,
            {"hand-written sqlite3": lambda: hand(100), "this library": lambda: library(100)},
        )
    finally:
        shutil.rmtree(home)


def environment_of(address: str) -> dict[str, str]:
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(address)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(parts["dbname"]),
        "POSTGRES_HOST": str(parts["host"]),
        "POSTGRES_PORT": str(parts["port"]),
        "POSTGRES_USER": str(parts["user"]),
        "POSTGRES_PASSWORD": "none",
        "POSTGRES_SCHEMA": str(parts["options"]).rpartition("=")[2],
    }


def _client(system: str, address: str, client: int, commands: int, barrier: Any, done: Any) -> None:
    first = client * 10**6
    if system == "eventsourcing":
        done.put(eventsourcing_run(environment_of(address), first, first + commands, barrier.wait))
        return
    if system == "this library":
        with open_store(address) as store:
            barrier.wait()
            done.put(timed(commands, lambda: ours(store, first, first + commands)))
        return
    import psycopg

    with psycopg.connect(address, autocommit=True) as db:
        barrier.wait()
        done.put(timed(commands, lambda: by_hand(db.execute, "%s", first, first + commands, 1, "BEGIN")))


def on_postgres(commands: int) -> None:
    import postgres
    import psycopg

    context = multiprocessing.get_context("spawn")

    def run(system: str, clients: int) -> float:
        address = postgres.new_schema()
        if system == "this library":
            with open_store(address) as store:
                store.declare(KIND)
        elif system == "hand-written psycopg":
            with psycopg.connect(address, autocommit=True) as db:
                db.execute(f"CREATE TABLE events (position BIGSERIAL, {EVENTS.format('BYTEA')})")
                db.execute("CREATE INDEX command ON events (command)")
                db.execute(f"CREATE TABLE entry ({ENTRY.format('BYTEA')})")
                for key in KEYS:
                    db.execute(f"CREATE INDEX {key} ON entry ({key}, id)")
        else:
            make_tables(environment_of(address))
        barrier, done = context.Barrier(clients), context.Queue()
        share = commands // clients
        workers = [
            context.Process(target=_client, args=(system, address, client, share, barrier, done))
            for client in range(clients)
        ]
        for worker in workers:
            worker.start()
        rates = [done.get(timeout=300) for _ in workers]
        for worker in workers:
            worker.join()
        # All clients do equal shares at once, so their rates add up.
        return sum(rates)

    for clients in (1, 4, 8):
        side_by_side(
            f"PostgreSQL, {clients} clients, one command per durable commit, {commands} commands",
            3,
            {
                name: (lambda name=name, clients=clients: run(name, clients))
                for name in ("hand-written psycopg", "this library", "eventsourcing")
            },
        )


if __name__ == "__main__":
    heading("benchmarks/storage/bench_commands.py")
    wanted = [word for word in sys.argv[1:] if not word.isdigit()] or ["sqlite", "postgres"]
    count = next((int(word) for word in sys.argv[1:] if word.isdigit()), 4000)
    if "sqlite" in wanted:
        on_sqlite(count)
    if "postgres" in wanted:
        on_postgres(count)
