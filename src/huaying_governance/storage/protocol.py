"""存储的接口: what every store does. An adapter is one class with these methods: nothing to inherit or register.

Every method is atomic. What a method acknowledged by returning is durable, unless it ran inside `batch()`: then it is
durable when the batch has ended. `huaying_governance.testing.conformance` proves an adapter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self

from huaying_governance.storage.values import Event, Head, Recorded, Row, RowKind, Want

PAGE = 1000
"""How many events, rows or heads a page holds unless told."""


class EventStore(Protocol):
    """The append-only part: streams of events, linked by hashes."""

    def append(
        self,
        stream: str,
        events: Sequence[Event],
        expected_version: int,
        *,
        command: str | None = None,
        rows: Sequence[Row] = (),
    ) -> tuple[Recorded, ...]:
        """Append `events` after `expected_version` (0: a new stream) and write `rows`, all or nothing.

        A `command` id that the store knows writes nothing and returns what was recorded the first time, whatever
        else is given. Raises `Conflict` when the stream is not at `expected_version`.
        """
        ...

    def read(self, stream: str, after: int = 0) -> tuple[Recorded, ...]:
        """Return the events of a stream after a version, in order; nothing for an unknown stream."""
        ...

    def command(self, command_id: str) -> tuple[Recorded, ...]:
        """Return what a command recorded, nothing for an unknown one."""
        ...

    def feed(self, after: int = 0, limit: int = PAGE) -> tuple[Recorded, ...]:
        """Return a page of all events after a position, in commit order.

        An event never appears behind a position that was already handed out, however long its writer took; events of
        a stream come in the order of their versions.
        """
        ...

    def heads(self, after: str = "", limit: int = PAGE) -> tuple[Head, ...]:
        """Return a page of stream heads, by stream name, after a name."""
        ...


class RowStore(Protocol):
    """The current-state part: rows that queries use, found by declared keys."""

    def declare(self, kind: RowKind, *, replace: bool = False) -> None:
        """Make a kind of row known, once. The same declaration again changes nothing.

        Another one under the same name raises `StoreError`, unless `replace` drops the old rows with it.
        """
        ...

    def put(self, rows: Sequence[Row]) -> None:
        """Write rows without events: to rebuild a kind, or to remove what has been kept long enough."""
        ...

    def row(self, kind: str, id: str) -> Row | None:  # noqa: A002 - the word of the domain
        """Return one row."""
        ...

    def find(
        self,
        kind: str,
        where: Mapping[str, Want] | None = None,
        *,
        order: str | None = None,
        limit: int = PAGE,
        after: Row | None = None,
    ) -> tuple[Row, ...]:
        """Return a page of the rows that match all of `where`, ordered by a key and then by id.

        Rows that have no value for the `order` key are left out. `after` is the last row of the page before.
        """
        ...

    def count(self, kind: str, where: Mapping[str, Want] | None = None) -> int:
        """Return how many rows match all of `where`."""
        ...


class Store(EventStore, RowStore, Protocol):
    """A whole store. Close it, or use it in a `with` statement."""

    def batch(self) -> AbstractContextManager[None]:
        """Join all that is written inside into one durable commit: all of it, or after an exception none of it.

        A batch inside a batch raises `StoreError`. Other writers may have to wait for its end: keep it short.
        """
        ...

    def close(self) -> None:
        """Release the store. Closing again does nothing."""
        ...

    def __enter__(self) -> Self:
        """Return the store."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Close the store."""
        ...
