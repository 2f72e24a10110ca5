"""个人信息: declared fields are stored under a key per person, opened one at a time, and erased with the key.

The chain covers the encrypted bytes, so `verify` stays whole when a key is destroyed.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Self

from attrs import evolve, frozen

from huaying_governance.storage.canonical import Json
from huaying_governance.storage.keys import Keys, Sealer
from huaying_governance.storage.protocol import PAGE, Store
from huaying_governance.storage.values import Between, Event, Head, Recorded, Row, RowKind, Want

MASK = "***"
SEALED = "$sealed"


@frozen
class Personal:
    """个人字段: the fields of an event type or row kind (`of`) that are personal, and the field that says whose.

    Where that field names nobody, the values are nobody's and are stored as they are.
    """

    of: str
    fields: tuple[str, ...]
    person: str


@frozen
class Access:
    """查阅: one opening of somebody's fields, as the audit hook gets it. `place` is the stream, or kind and row id."""

    person: str
    place: str
    fields: tuple[str, ...]
    reader: str
    purpose: str


class PrivateStore:
    """A store whose declared personal fields are encrypted; everything else is the inner store's.

    `audit` is called before values are opened, and may refuse by raising. `erased` is what a field of an erased
    person reads as. Take a view `on_behalf` of whoever reads, so that the audit knows.
    """

    def __init__(
        self,
        store: Store,
        declared: Iterable[Personal],
        keys: Keys,
        *,
        audit: Callable[[Access], None] | None = None,
        reader: str = "",
        purpose: str = "",
        erased: Json = None,
    ) -> None:
        self._store, self._keys, self._audit, self._erased = store, keys, audit, erased
        self._declared = {personal.of: personal for personal in declared}
        self._reader, self._purpose = reader, purpose
        self._sealer = Sealer()

    def on_behalf(self, reader: str, purpose: str) -> PrivateStore:
        """Return a view of the same store whose accesses carry who reads and why."""
        return PrivateStore(
            self._store,
            self._declared.values(),
            self._keys,
            audit=self._audit,
            reader=reader,
            purpose=purpose,
            erased=self._erased,
        )

    def erase(self, person: str) -> None:
        """清除: make the fields of `person` unreadable for ever, in events and rows, here and in backups."""
        self._keys.destroy(person)

    def export(self, person: str) -> Iterator[dict[str, Json]]:
        """Yield all events that hold fields of `person`, opened: what the person may ask for (查阅、复制)."""
        after = 0
        while page := self._store.feed(after):
            after = page[-1].position
            for event in page:
                personal = self._declared.get(event.type)
                if personal is not None and event.data.get(personal.person) == person:
                    data = dict(self._opened(event).data)
                    yield {"stream": event.stream, "version": event.version, "type": event.type, "data": data}

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
        if command is not None and (known := self.command(command)):
            return known  # also when the person has been erased since
        sealed = [evolve(event, data=self._sealed(event.type, event.data)) for event in events]
        recorded = self._store.append(
            stream, sealed, expected_version, command=command, rows=self._sealed_rows(rows)
        )
        return self._opened_all(recorded)

    def read(self, stream: str, after: int = 0) -> tuple[Recorded, ...]:
        """See `Store.read`."""
        return self._opened_all(self._store.read(stream, after))

    def command(self, command_id: str) -> tuple[Recorded, ...]:
        """See `Store.command`."""
        return self._opened_all(self._store.command(command_id))

    def feed(self, after: int = 0, limit: int = PAGE) -> tuple[Recorded, ...]:
        """See `Store.feed`."""
        return self._opened_all(self._store.feed(after, limit))

    def heads(self, after: str = "", limit: int = PAGE) -> tuple[Head, ...]:
        """See `Store.heads`."""
        return self._store.heads(after, limit)

    def declare(self, kind: RowKind, *, replace: bool = False) -> None:
        """See `Store.declare`. A personal field cannot be a key: keys are stored in the clear."""
        personal = self._declared.get(kind.name)
        if personal is not None and {key.name for key in kind.keys} & set(personal.fields):
            raise ValueError(f"row kind `{kind.name}`: a personal field cannot be a key")
        self._store.declare(kind, replace=replace)

    def put(self, rows: Sequence[Row]) -> None:
        """See `Store.put`."""
        self._store.put(self._sealed_rows(rows))

    def row(self, kind: str, id: str) -> Row | None:  # noqa: A002 - as in the protocol
        """See `Store.row`."""
        found = self._store.row(kind, id)
        return None if found is None else self._opened_row(found)

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
        found = self._store.find(kind, where, order=order, limit=limit, after=after)
        return tuple([self._opened_row(row) for row in found])

    def count(self, kind: str, where: Mapping[str, Want] | None = None) -> int:
        """See `Store.count`."""
        return self._store.count(kind, where)

    def batch(self) -> AbstractContextManager[None]:
        """See `Store.batch`."""
        return self._store.batch()

    def close(self) -> None:
        """See `Store.close`."""
        self._store.close()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the store."""
        self.close()

    def _sealed(self, of: str, data: Mapping[str, Json]) -> Mapping[str, Json]:
        personal = self._declared.get(of)
        person = None if personal is None else data.get(personal.person)
        if personal is None or not isinstance(person, str):
            return data
        names = [name for name in personal.fields if data.get(name) not in (None, self._erased)]
        if not names:
            return data  # nothing to hide; rows of an erased person can still be written
        key = self._keys.make(person)
        sealed = dict(data)
        for name in names:
            value = self._sealer.seal(key, f"{of}.{name}", sealed[name])
            sealed[name] = {SEALED: b64encode(value).decode()}
        return sealed

    def _sealed_rows(self, rows: Sequence[Row]) -> list[Row]:
        return [
            row if row.data is None else evolve(row, data=self._sealed(row.kind, row.data)) for row in rows
        ]

    def _opened_all(self, events: Sequence[Recorded]) -> tuple[Recorded, ...]:
        return tuple([self._opened(event) for event in events])

    def _opened(self, event: Recorded) -> Recorded:
        if event.type not in self._declared:
            return event
        # Nothing is opened, or audited, before somebody asks for the data: `verify` reads no one's fields.
        return event.read_by(lambda data: self._open(event.type, event.stream, data))

    def _opened_row(self, row: Row) -> Row:
        if row.kind not in self._declared or row.data is None:
            return row
        return evolve(row, data=self._open(row.kind, f"{row.kind}/{row.id}", row.data))

    def _open(self, of: str, place: str, data: Mapping[str, Json]) -> Mapping[str, Json]:
        personal = self._declared[of]
        person = data.get(personal.person)
        sealed = {
            name: text for name in personal.fields if (text := _sealed_text(data.get(name))) is not None
        }
        if not sealed or not isinstance(person, str):
            return data
        key = self._keys.key(person)
        opened = dict(data)
        if key is None:
            opened.update(dict.fromkeys(sealed, self._erased))
        else:
            if self._audit is not None:
                self._audit(Access(person, place, tuple(sealed), self._reader, self._purpose))
            for name, text in sealed.items():
                opened[name] = self._sealer.open(key, f"{of}.{name}", b64decode(text))
        return MappingProxyType(opened)


def _sealed_text(value: Json) -> str | None:
    if isinstance(value, Mapping) and len(value) == 1:
        text = value.get(SEALED)
        return text if isinstance(text, str) else None
    return None


def masked(declared: Iterable[Personal], of: str, data: Mapping[str, Json]) -> dict[str, Json]:
    """Return `data` for a text, log or error: the personal fields of `of` masked, the rest as it is."""
    hidden = {name for personal in declared if personal.of == of for name in personal.fields}
    return {name: MASK if name in hidden and value is not None else value for name, value in data.items()}


def kept_until(store: Store, kind: str, key: str, until: str | int) -> Iterator[Row]:
    """保存期限: yield the rows of a kind whose `key` (say the day of closing) is at or before `until`, oldest first.

    What to do with them, erase the person or remove the row, is the caller's decision.
    """
    last: Row | None = None
    while page := store.find(kind, {key: Between(None, until)}, order=key, after=last):
        yield from page
        last = page[-1]
