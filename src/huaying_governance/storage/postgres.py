"""PostgreSQL 存储: many writers at once, without a lock on the whole table (psycopg 3, extra `postgres`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import RLock
from typing import TYPE_CHECKING, Any, Self

from huaying_governance.errors import Conflict, HuayingError, StoreError
from huaying_governance.storage import faults
from huaying_governance.storage import postgres_layout as layout
from huaying_governance.storage.chain import Chain, Heads, Link, prepare, recorded
from huaying_governance.storage.postgres_layout import ROWS
from huaying_governance.storage.postgres_server import connect, explain, place_of
from huaying_governance.storage.protocol import PAGE
from huaying_governance.storage.queries import tests
from huaying_governance.storage.sql import kind_from_text, kind_to_text, row_of
from huaying_governance.storage.values import Event, Head, Recorded, Row, RowKind, Want

if TYPE_CHECKING:
    import psycopg


class PostgresStore:
    """A store in a PostgreSQL database. Processes and threads may share it, threads also this object.

    Several stores fit into one database, each in a schema of its own. The feed shows what no running transaction can
    come before any more: a long write elsewhere on the server delays it.
    """

    def __init__(self, address: str, *, create: bool = True, algorithm: str = "sha256") -> None:
        self._chain = Chain(algorithm)
        self._address = address
        self._lock = RLock()
        self._kinds: dict[str, tuple[RowKind, str]] = {}
        self._heads = Heads()
        self._base = self._written = 0  # of the running batch: its first position, and how many events so far
        self._batching = self._doomed = False
        self._open = True
        self._db: psycopg.Connection[Any]
        self._db, self._epoch = connect(address, create=create)

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        expected_version: int,
        *,
        command: str | None = None,
        rows: Sequence[Row] = (),
    ) -> tuple[Recorded, ...]:
        """See `Store.append`. In a batch, a stream that others wrote since the batch began is a `Conflict`."""
        payloads = prepare(stream, events, command)
        with self._lock:
            writes = self._writes(rows)
            # In a batch everything is asked before, because an error of the server would end its transaction.
            if self._batching and command is not None and (known := self.command(command)):
                return known
            try:
                head = (self._head_in_batch if self._batching else self._head)(stream, expected_version)
                links = self._chain.extend(stream, head, events, payloads, command)
                first = self._insert(links, command, writes)
            except Conflict:
                if not self._batching and command is not None and (known := self.command(command)):
                    return known
                raise
            self._heads.remember(stream, links[-1][1], links[-1][5])
            return tuple([recorded(link, first + number) for number, link in enumerate(links)])

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
        """See `Store.feed`. A running batch does not see itself here."""
        return self._recorded(layout.FEED, (after, self._epoch, max(limit, 0)))

    def heads(self, after: str = "", limit: int = PAGE) -> tuple[Head, ...]:
        """See `Store.heads`."""
        return tuple([Head(*found) for found in self._fetch(layout.HEADS, (after, max(limit, 0)))])

    def declare(self, kind: RowKind, *, replace: bool = False) -> None:
        """See `Store.declare`."""
        with self._lock:
            if self._known(kind.name) == kind:
                return  # the common case takes no lock
            with self._writing():
                self._fetch(layout.LOCK, ())
                known = self._known(kind.name)
                if known == kind:
                    return
                if known is not None and not replace:
                    raise faults.redeclared(kind.name)
                self.run(f"DROP TABLE IF EXISTS {ROWS.table(kind)}")
                for statement in ROWS.create(kind):
                    self.run(statement)
                self.run("DELETE FROM huaying_kinds WHERE name = %s", (kind.name,))
                self.run("INSERT INTO huaying_kinds VALUES (%s, %s)", (kind.name, kind_to_text(kind)))
            self._kinds.pop(kind.name, None)

    def put(self, rows: Sequence[Row]) -> None:
        """See `Store.put`."""
        with self._writing():
            for statement, values in self._writes(rows):
                self.run(statement, values)

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
        """See `Store.batch`. Writers of other streams go on meanwhile."""
        with self._lock:
            if self._batching:
                raise faults.nested()
            try:
                with self._writing():
                    self._base = (
                        int(self._fetch(layout.TRANSACTION, ())[0][0]) + self._epoch
                    ) << layout.SHIFT
                    self._batching, self._doomed, self._written = True, False, 0
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

    def load(self, histories: Sequence[tuple[str, Sequence[Event]]]) -> None:
        """Write whole histories of new streams by COPY, inside a batch; see `bulk.import_streams`."""
        if not self._batching:
            raise ValueError("load runs inside a batch")
        extend = self._chain.extend
        rows = (
            row
            for name, new in histories
            for row in extend(name, (0, ""), new, prepare(name, new, None), None)
        )
        with self._lock, self._told(), self._connection().cursor().copy(layout.COPY) as copy:
            for stream, version, type_, schema, payload, hash_, _ in rows:
                position = self._base + self._written
                copy.write_row((stream, version, position, type_, schema, payload, hash_, None))
                self._written += 1

    def close(self) -> None:
        """See `Store.close`."""
        with self._lock:
            self._open = False
            self._db.close()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the store."""
        self.close()

    def _head(self, stream: str, expected: int) -> tuple[int, str]:
        head = self._heads.at(stream, expected) or self._last(stream)[:2]
        if head[0] != expected:
            raise Conflict(stream, expected, head[0])
        return head

    def _head_in_batch(self, stream: str, expected: int) -> tuple[int, str]:
        version, previous, position = self._last(stream)
        # A stream written by a transaction that began after this one would stand in the feed in the wrong order.
        if version != expected or (position >> layout.SHIFT) > (self._base >> layout.SHIFT):
            raise Conflict(stream, expected, version)
        return version, previous

    def _last(self, stream: str) -> tuple[int, str, int]:
        found = self._fetch(layout.LAST, (stream,))
        return (int(found[0][0]), str(found[0][1]), int(found[0][2])) if found else (0, "", 0)

    def _insert(
        self, links: Sequence[Link], command: str | None, writes: Sequence[tuple[str, Sequence[Any]]]
    ) -> int:
        values: list[Any] = [self._epoch, self._written if self._batching else 0]
        if command is not None:
            values.extend((command, links[0][0], links[0][1], links[-1][1]))
        for _, row in writes:
            values.extend(row)
        for link in links:
            values.extend(link)
        query = layout.append(len(links), command=command is not None, writes=[write for write, _ in writes])
        try:
            first = self._fetch(query, values)[0][0]
        except StoreError as error:
            if error.reason != "raced":
                raise
            raise Conflict(links[0][0], links[0][1] - 1) from error
        if self._batching:
            self._written += len(links)
        return int(first)

    def _connection(self) -> psycopg.Connection[Any]:
        if not self._open:
            raise faults.closed()
        if self._db.closed and not self._batching:
            self._db, self._epoch = connect(self._address, create=False)
        return self._db

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            if self._batching:
                yield
                return
            self.run("BEGIN")
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                with suppress(HuayingError):
                    self.run("ROLLBACK")
                raise

    def _fetch(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return self._ask(query, values).fetchall()

    def run(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Run one statement of an administrator, in the running batch if there is one."""
        self._ask(statement, values)

    def _ask(self, query: str, values: Sequence[Any]) -> psycopg.Cursor[tuple[Any, ...]]:
        with self._lock, self._told():
            return self._connection().cursor(binary=True).execute(query.encode(), values)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell errors of the server in the library's words."""
        from psycopg import Error  # noqa: PLC0415 - an optional library

        if self._doomed and self._batching:
            raise faults.broken_batch()
        try:
            yield
        except Error as error:
            self._doomed = True
            raise explain(error, place_of(self._address)) from error

    def _recorded(self, query: str, values: Sequence[Any]) -> tuple[Recorded, ...]:
        return tuple([Recorded(*found) for found in self._fetch(query, values)])

    def _known(self, name: str) -> RowKind | None:
        found = self._fetch("SELECT declared FROM huaying_kinds WHERE name = %s", (name,))
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

    def _writes(self, rows: Sequence[Row]) -> list[tuple[str, tuple[Any, ...]]]:
        # One statement cannot write the same row twice: of several states the last one counts.
        last = {(row.kind, row.id): row for row in rows}
        return [ROWS.write(*self._kind(row.kind), row) for row in last.values()]
