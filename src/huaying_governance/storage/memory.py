"""内存存储: the reference store: the same promises as the others, for as long as the process lives."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock
from types import MappingProxyType
from typing import Self

from huaying_governance.errors import Conflict
from huaying_governance.storage import faults
from huaying_governance.storage.canonical import decode, encode
from huaying_governance.storage.chain import Chain, check_name, prepare, recorded
from huaying_governance.storage.protocol import PAGE
from huaying_governance.storage.queries import tests
from huaying_governance.storage.values import Event, Head, Recorded, Row, RowKind, Want


class MemoryStore:
    """A store in memory. Threads may share it."""

    def __init__(self, *, algorithm: str = "sha256") -> None:
        self._chain = Chain(algorithm)
        self._lock = RLock()
        self._events: list[Recorded] = []
        self._streams: dict[str, list[Recorded]] = {}
        self._commands: dict[str, tuple[Recorded, ...]] = {}
        self._kinds: dict[str, RowKind] = {}
        self._rows: dict[str, dict[str, Row]] = {}
        self._undo: list[Callable[[], object]] | None = None
        self._open = True

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
        with self._held():
            if command is not None and command in self._commands:
                return self._commands[command]
            known = self._streams.get(stream, [])
            if len(known) != expected_version:
                raise Conflict(stream, expected_version, len(known))
            checked = self._checked(rows)
            previous = known[-1].hash if known else ""
            links = self._chain.extend(stream, (len(known), previous), events, payloads, command)
            position = len(self._events)
            found = tuple([recorded(link, position + number) for number, link in enumerate(links, start=1)])
            self._record(stream, found, command)
            self._write(checked)
            return found

    def read(self, stream: str, after: int = 0) -> tuple[Recorded, ...]:
        """See `Store.read`."""
        with self._held():
            return tuple(self._streams.get(stream, ())[max(after, 0) :])

    def command(self, command_id: str) -> tuple[Recorded, ...]:
        """See `Store.command`."""
        with self._held():
            return self._commands.get(command_id, ())

    def feed(self, after: int = 0, limit: int = PAGE) -> tuple[Recorded, ...]:
        """See `Store.feed`."""
        with self._held():
            start = max(after, 0)
            return tuple(self._events[start : start + limit])

    def heads(self, after: str = "", limit: int = PAGE) -> tuple[Head, ...]:
        """See `Store.heads`."""
        with self._held():
            names = sorted(self._streams)
            start = bisect_right(names, after)
            last = [self._streams[name][-1] for name in names[start : start + limit]]
            return tuple(Head(event.stream, event.version, event.hash) for event in last)

    def declare(self, kind: RowKind, *, replace: bool = False) -> None:
        """See `Store.declare`."""
        with self._held():
            known = self._kinds.get(kind.name)
            if known == kind:
                return
            if known is not None and not replace:
                raise faults.redeclared(kind.name)
            rows = self._rows.get(kind.name)
            self._kinds[kind.name] = kind
            self._rows[kind.name] = {}
            self._on_undo(lambda: self._restore(kind.name, known, rows))

    def put(self, rows: Sequence[Row]) -> None:
        """See `Store.put`."""
        with self._held():
            self._write(self._checked(rows))

    def row(self, kind: str, id: str) -> Row | None:  # noqa: A002 - as in the protocol
        """See `Store.row`."""
        with self._held():
            self._kind(kind)
            return self._rows[kind].get(id)

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
        with self._held():
            if order is not None:
                self._kind(kind).check(order)

            def place(row: Row) -> tuple[object, str]:
                return ("" if order is None else row.keys[order], row.id)

            found = [
                row for row in self._matching(kind, where) if order is None or row.keys[order] is not None
            ]
            found.sort(key=place)
            start = 0 if after is None else bisect_right(found, place(after), key=place)
            return tuple(found[start : start + limit])

    def count(self, kind: str, where: Mapping[str, Want] | None = None) -> int:
        """See `Store.count`."""
        with self._held():
            return len(self._matching(kind, where))

    @contextmanager
    def batch(self) -> Iterator[None]:
        """See `Store.batch`."""
        with self._held():
            if self._undo is not None:
                raise faults.nested()
            undo: list[Callable[[], object]] = []
            self._undo = undo
            try:
                yield
            except BaseException:
                for step in reversed(undo):
                    step()
                raise
            finally:
                self._undo = None

    def close(self) -> None:
        """See `Store.close`."""
        self._open = False

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the store."""
        self.close()

    @contextmanager
    def _held(self) -> Iterator[None]:
        with self._lock:
            if not self._open:
                raise faults.closed()
            yield

    def _kind(self, name: str) -> RowKind:
        if name not in self._kinds:
            raise faults.undeclared(name)
        return self._kinds[name]

    def _matching(self, kind: str, where: Mapping[str, Want] | None) -> list[Row]:
        wanted = tests(self._kind(kind), where)
        return [row for row in self._rows[kind].values() if all(test.holds(row) for test in wanted)]

    def _record(self, stream: str, recorded: tuple[Recorded, ...], command: str | None) -> None:
        self._on_undo(lambda: self._forget(stream, len(recorded), command))
        self._streams.setdefault(stream, []).extend(recorded)
        self._events.extend(recorded)
        if command is not None:
            self._commands[command] = recorded

    def _checked(self, rows: Sequence[Row]) -> list[Row]:
        """Return rows as a durable store would give them back: the data through JSON, every declared key present."""
        checked: list[Row] = []
        for row in rows:
            kind = self._kind(row.kind)
            check_name("row id", row.id)
            keys = MappingProxyType(
                dict(zip((key.name for key in kind.keys), kind.values(row.keys), strict=True))
            )
            data = None if row.data is None else MappingProxyType(decode(encode(row.data)))
            checked.append(Row(row.kind, row.id, row.version, data, keys))
        return checked

    def _write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            held = self._rows[row.kind]
            old = held.get(row.id)
            self._on_undo(lambda row=row, old=old: self._place(row.kind, row.id, old))  # type: ignore[misc]
            self._place(row.kind, row.id, None if row.data is None else row)

    def _place(self, kind: str, id_: str, row: Row | None) -> None:
        if row is None:
            self._rows[kind].pop(id_, None)
        else:
            self._rows[kind][id_] = row

    def _on_undo(self, step: Callable[[], object]) -> None:
        if self._undo is not None:
            self._undo.append(step)

    def _forget(self, stream: str, count: int, command: str | None) -> None:
        del self._streams[stream][-count:], self._events[-count:]
        if not self._streams[stream]:
            del self._streams[stream]
        if command is not None:
            del self._commands[command]

    def _restore(self, name: str, kind: RowKind | None, rows: dict[str, Row] | None) -> None:
        if kind is None or rows is None:
            del self._kinds[name], self._rows[name]
        else:
            self._kinds[name], self._rows[name] = kind, rows
