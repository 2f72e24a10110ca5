"""存储的值: what goes into a store and what comes out: events, current-state rows, heads, seals.

No `repr` here shows stored values: events and rows may hold personal data, and a `repr` ends in logs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from attrs import field, frozen

from huaying_governance.storage.canonical import MAX_INTEGER, Json, decode

KeyValue: TypeAlias = str | int | None
"""What a row can be found by: text, a whole number, or nothing."""

NOTHING: Mapping[str, KeyValue] = MappingProxyType({})


@frozen
class Event:
    """事件: something that happened, to be appended. `type` is the library's own word, never a class or import path.

    `data` is JSON without floats, its keys ASCII. `schema` counts the shapes this type has had, from 1.
    """

    type: str
    data: Mapping[str, Json] = field(repr=False)
    schema: int = 1


@frozen
class Recorded:
    """已记录的事件: an event as it stands in a store.

    `version` counts from 1 in its stream, `position` grows through the whole store (with gaps in some stores).
    `payload` is the stored bytes, which are what `hash` covers; `data` is read from them when first asked for.
    """

    stream: str
    version: int
    position: int
    type: str
    schema: int
    payload: bytes = field(repr=False)
    hash: str = field(repr=False)
    command: str | None = None
    _reader: Callable[[Mapping[str, Json]], Mapping[str, Json]] | None = field(
        default=None, repr=False, eq=False
    )
    _data: Mapping[str, Json] | None = field(default=None, init=False, repr=False, eq=False)

    @property
    def data(self) -> Mapping[str, Json]:
        """The event's data, read-only."""
        data = self._data
        if data is None:
            data = MappingProxyType(decode(self.payload))
            if self._reader is not None:
                data = self._reader(data)
            object.__setattr__(self, "_data", data)
        return data

    def read_by(
        self, reader: Callable[[Mapping[str, Json]], Mapping[str, Json]], schema: int | None = None
    ) -> Recorded:
        """Return the same event whose data pass through `reader` when they are asked for. The stored bytes stay."""
        inner = self._reader
        return Recorded(
            self.stream,
            self.version,
            self.position,
            self.type,
            self.schema if schema is None else schema,
            self.payload,
            self.hash,
            self.command,
            reader if inner is None else lambda data: reader(inner(data)),
        )


_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def _name(_instance: object, _attribute: object, value: str) -> None:
    if not _NAME.fullmatch(value):
        raise ValueError(
            "the name of a row kind or key is at most 40 lower-case ASCII letters, digits and `_`"
        )


@frozen
class Key:
    """索引键: one thing that rows of a kind are found and ordered by. Text orders by code point; None is no value."""

    name: str = field(validator=_name)
    type: Literal["text", "integer"] = "text"

    def takes(self, value: KeyValue) -> bool:
        """Tell whether `value` is of the key's type. True is no number; text without NUL fits every database."""
        if self.type == "text":
            return type(value) is str and "\0" not in value
        return type(value) is int and abs(value) <= MAX_INTEGER


def _keys(keys: tuple[str | Key, ...]) -> tuple[Key, ...]:
    return tuple(Key(key) if isinstance(key, str) else key for key in keys)


@frozen
class RowKind:
    """现状行的种类: a kind of current-state row and its declared keys, text unless a `Key` says otherwise.

    Each key gets an index; `indexes` names the combinations that queries use together, such as
    `(("community", "due"),)` for a community's entries in the order of their deadlines.
    """

    name: str = field(validator=_name)
    keys: tuple[Key, ...] = field(default=(), converter=_keys)
    indexes: tuple[tuple[str, ...], ...] = ()

    _names: frozenset[str] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        names = frozenset(key.name for key in self.keys)
        object.__setattr__(self, "_names", names)
        if len(names) != len(self.keys) or {"id", "version", "data"} & names:
            raise ValueError(f"row kind `{self.name}`: keys are distinct; none is `id`, `version` or `data`")
        for index in self.indexes:
            if not index or not set(index) <= names:
                raise ValueError(f"row kind `{self.name}`: an index names declared keys only")

    def check(self, key: str, value: KeyValue = None) -> None:
        """Refuse an undeclared key, or a value that is not of its type. The value is not repeated."""
        for declared in self.keys:
            if declared.name == key:
                if value is None or declared.takes(value):
                    return
                raise ValueError(f"row kind `{self.name}`: key `{key}` is {declared.type} or None")
        raise ValueError(f"row kind `{self.name}` declares no key `{key}`")

    def values(self, keys: Mapping[str, KeyValue]) -> tuple[KeyValue, ...]:
        """Return `keys` in the order of their declaration, checked. One that is not given is None."""
        if not keys.keys() <= self._names:
            for name in keys:
                self.check(name)
        found: list[KeyValue] = []
        for key in self.keys:
            value = keys.get(key.name)
            if value is not None and not key.takes(value):
                self.check(key.name, value)
            found.append(value)
        return tuple(found)


@frozen
class Row:
    """现状行: the current state of one thing, kept in the same transaction as the events it follows from.

    `version` is the version of its stream that it shows. Writing a row whose `data` is None removes it.
    """

    kind: str
    id: str
    version: int
    data: Mapping[str, Json] | None = field(repr=False)
    keys: Mapping[str, KeyValue] = field(default=NOTHING, repr=False)


@frozen
class Between:
    """区间: a wanted range of a key, both ends included, one may be None: open. Rows without the key do not match."""

    low: str | int | None = None
    high: str | int | None = None

    def __attrs_post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("a range has at least one end")


Want: TypeAlias = KeyValue | Between | tuple[str | int, ...]
"""What `find` compares a key with: a value, None (has no value), a range, or a tuple of values (any of them)."""


@frozen
class Head:
    """链头: the last event of a stream: its version and its hash."""

    stream: str
    version: int
    hash: str


@frozen
class Seal:
    """封条: one digest over all stream heads as of `position`, to be kept elsewhere (printed, published, deposited).

    Whoever holds an old seal can show that a later store still contains everything it covered: a cut tail or a
    removed stream changes the digest. With `heads` a broken seal can name the stream; without, only that it broke.
    """

    position: int
    events: int
    streams: int
    digest: str
    heads: tuple[Head, ...] = field(default=(), repr=False, eq=False)

    def to_dict(self, *, heads: bool = False) -> dict[str, Json]:
        """Return stable JSON data; with `heads`, every stream's version and hash too."""
        short: dict[str, Json] = {
            "position": self.position,
            "events": self.events,
            "streams": self.streams,
            "digest": self.digest,
        }
        if heads:
            short["heads"] = [[head.stream, head.version, head.hash] for head in self.heads]
        return short

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Seal:
        """Return the seal that `to_dict` wrote down."""
        heads = tuple([Head(*head) for head in data.get("heads", ())])
        return cls(data["position"], data["events"], data["streams"], data["digest"], heads)
