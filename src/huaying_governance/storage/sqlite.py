"""SQLite 存储: the default: one file, Python's own sqlite3, durable at every commit (WAL, synchronous=FULL)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Any, Self

from huaying_governance.errors import Conflict, HuayingError
from huaying_governance.storage import faults
from huaying_governance.storage import sqlite_layout as layout
from huaying_governance.storage.chain import Chain, Heads, Link, prepare, recorded
from huaying_governance.storage.protocol import PAGE
from huaying_governance.storage.queries import tests
from huaying_governance.storage.sql import kind_from_text, kind_to_text, row_of
from huaying_governance.storage.sqlite_file import connect, explain
from huaying_governance.storage.sqlite_layout import ROWS
from huaying_governance.storage.values import Event, Head, Recorded, Row, RowKind, Want


class SqliteStore:
    """A store in one SQLite file. Processes and threads may share the file, threads also this object.

    With `create=False` a missing file is an error and is not made. `timeout` is how many seconds to wait for another
    writer before giving up. A file that may not be written opens for reading.
    """

    def __init__(
        self, path: str | Path, *, create: bool = True, algorithm: str = "sha256", timeout: float = 10.0
    ) -> None:
        self._chain = Chain(algorithm)
        self._path = Path(path)
        self._lock = RLock()
        self._kinds: dict[str, tuple[RowKind, str]] = {}
        self._heads = Heads()
        self._batching = self._doomed = False
        self._db: sqlite3.Connection | None = connect(self._path, create=create, timeout=timeout)

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        expected_version: int,
        *,
        command: str | None = None,
        rows: Sequence[Row] = (),
    ) -> tuple[Recorded, ...]:
        """See `Store.append`."""
        payloads = prepare(stream, events, command)
        with self._lock:
            writes = [ROWS.write(*self._kind(row.kind), row) for row in rows]
            with self._writing() as db:
                if command is not None and (known := db.execute(layout.COMMAND, (command,)).fetchall()):
                    return tuple([Recorded(*found) for found in known])
                head = self._heads.at(stream, expected_version) or self._last(db, stream)
                if head[0] != expected_version:
                    raise Conflict(stream, expected_version, head[0])
                links = self._chain.extend(stream, head, events, payloads, command)
                found = tuple([_insert(db, link) for link in links])
                for statement, values in writes:
                    db.execute(statement, values)
            self._heads.remember(stream, links[-1][1], links[-1][5])
            return found

    def read(self, stream: str, after: int = 0) -> tuple[Recorded, ...]:
        """See `Store.read`."""
        found = self._recorded(layout.READ, (stream, after))
        if found:
            self._heads.remember(stream, found[-1].version, found[-1].hash)
        return found

    def command(self, command_id: str) -> tuple[Recorded, ...]:
        """See `Store.command`."""
        return self._recorded(layout.COMMAND, (command_id,))

    def feed(self, after: int = 0, limit: int = PAGE) -> tuple[Recorded, ...]:
        """See `Store.feed`."""
        return self._recorded(layout.FEED, (after, max(limit, 0)))

    def scan(self) -> Iterator[tuple[Any, ...]]:
        """Yield all events as plain tuples, as the feed orders them: what `verify` needs and no more."""
        return self._pages(layout.FEED, 2)

    def replay(self) -> Iterator[tuple[Any, ...]]:
        """Yield stream, type, schema and payload of all events, then the position, as the feed orders them."""
        return self._pages(layout.REPLAY, 4)

    def _pages(self, query: str, position: int) -> Iterator[tuple[Any, ...]]:
        after = 0
        while True:
            # Short pages: what is freed before the collector of garbage has looked at it costs it nothing.
            with self._lock:
                try:
                    page = self._connection().execute(query, (after, 300)).fetchall()
                except sqlite3.Error as error:
                    raise explain(error, self._path) from error
            if not page:
                return
            yield from page
            after = page[-1][position]

    def heads(self, after: str = "", limit: int = PAGE) -> tuple[Head, ...]:
        """See `Store.heads`."""
        return tuple([Head(*found) for found in self._fetch(layout.HEADS, (after, max(limit, 0)))])

    def declare(self, kind: RowKind, *, replace: bool = False) -> None:
        """See `Store.declare`."""
        with self._lock:
            if self._known(kind.name) == kind:
                return  # the common case takes no write lock
            with self._writing() as db:
                known = self._known(kind.name)
                if known == kind:
                    return
                if known is not None and not replace:
                    raise faults.redeclared(kind.name)
                db.execute(f"DROP TABLE IF EXISTS {ROWS.table(kind)}")
                for statement in ROWS.create(kind):
                    db.execute(statement)
                db.execute("INSERT OR REPLACE INTO kinds VALUES (?, ?)", (kind.name, kind_to_text(kind)))
            self._kinds.pop(kind.name, None)

    def put(self, rows: Sequence[Row]) -> None:
        """See `Store.put`."""
        with self._lock:
            writes = [ROWS.write(*self._kind(row.kind), row) for row in rows]
            with self._writing() as db:
                for statement, values in writes:
                    db.execute(statement, values)

    def row(self, kind: str, id: str) -> Row | None:  # noqa: A002 - as in the protocol
        """See `Store.row`."""
        declared = self._kind(kind)[0]
        found = self._fetch(ROWS.one(declared), (id,))
        return row_of(declared, found[0]) if found else None

    def find(
        self,
        kind: str,
        where: Mapping[str, Want] | None = None,
        *,
        order: str | None = None,
        limit: int = PAGE,
        after: Row | None = None,
    ) -> tuple[Row, ...]:
        """See `Store.find`."""
        declared = self._kind(kind)[0]
        query, values = ROWS.page(declared, tests(declared, where), order, after)
        return tuple([row_of(declared, found) for found in self._fetch(query, [*values, max(limit, 0)])])

    def count(self, kind: str, where: Mapping[str, Want] | None = None) -> int:
        """See `Store.count`."""
        declared = self._kind(kind)[0]
        query, values = ROWS.count(declared, tests(declared, where))
        return int(self._fetch(query, values)[0][0])

    @contextmanager
    def batch(self) -> Iterator[None]:
        """See `Store.batch`. Other writers wait from its first line on."""
        with self._lock:
            if self._batching:
                raise faults.nested()
            try:
                with self._writing():
                    self._batching, self._doomed = True, False
                    try:
                        yield
                        if self._doomed:
                            raise faults.broken_batch()
                    finally:
                        self._batching = False
            except BaseException:
                self._heads.forget()
                self._kinds.clear()
                raise

    def close(self) -> None:
        """See `Store.close`."""
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the store."""
        self.close()

    def _connection(self) -> sqlite3.Connection:
        if self._db is None:
            raise faults.closed()
        return self._db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Hold a transaction, or join that of the batch. The lock is the caller's."""
        db, joined = self._connection(), self._batching
        if joined and self._doomed:
            raise faults.broken_batch()
        try:
            if not joined:
                # IMMEDIATE takes the write lock before anything is read: no decision rests on a stale read.
                db.execute("BEGIN IMMEDIATE")
            yield db
            if not joined:
                db.execute("COMMIT")
        except BaseException as error:
            if not joined:
                _roll_back(db)
            elif not isinstance(error, HuayingError | ValueError):
                self._doomed = True  # those come from checks, before anything was written; this does not
            if isinstance(error, sqlite3.Error):
                raise explain(error, self._path) from error
            raise

    def _last(self, db: sqlite3.Connection, stream: str) -> tuple[int, str]:
        found: tuple[int, str] | None = db.execute(layout.LAST, (stream,)).fetchone()
        return found or (0, "")

    def _fetch(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._connection().execute(query, values).fetchall()
            except sqlite3.Error as error:
                raise explain(error, self._path) from error

    def _recorded(self, query: str, values: Sequence[Any]) -> tuple[Recorded, ...]:
        return tuple([Recorded(*found) for found in self._fetch(query, values)])

    def _known(self, name: str) -> RowKind | None:
        found = self._fetch("SELECT declared FROM kinds WHERE name = ?", (name,))
        return kind_from_text(name, found[0][0]) if found else None

    def _kind(self, name: str) -> tuple[RowKind, str]:
        """Return a declared kind and the statement that writes its rows."""
        found = self._kinds.get(name)
        if found is None:
            kind = self._known(name)
            if kind is None:
                raise faults.undeclared(name)
            found = self._kinds[name] = (kind, ROWS.upsert(kind))
        return found


def _insert(db: sqlite3.Connection, link: Link) -> Recorded:
    try:
        return recorded(link, db.execute(layout.INSERT, link).lastrowid or 0)
    except sqlite3.IntegrityError as error:
        raise Conflict(link[0], link[1] - 1) from error


def _roll_back(db: sqlite3.Connection) -> None:
    # SQLite rolls back by itself after some faults; after others the rollback may fail as well and is not needed:
    # what was never committed is not in the file.
    if db.in_transaction:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
