"""核验与封条: `verify` follows every chain from its first event and names the first broken place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import TypeAlias

from huaying_governance.errors import ChainBroken, StoreError
from huaying_governance.storage.chain import Follow, follow, hasher
from huaying_governance.storage.protocol import EventStore
from huaying_governance.storage.values import Head, Seal
from huaying_governance.text import Text

_PAGE = 1000
_NOTHING = (0, "")
_EDITED = Text("内容与哈希不符：被改动或调换", "it does not match its hash: edited or swapped")

Scanned: TypeAlias = tuple[str, int, int, str, int, bytes, str, str | None]
"""An event as a plain tuple, in the order of `Recorded`."""


def verify(store: EventStore, against: Seal | None = None) -> Seal:
    """Return a seal of the whole store, or raise `ChainBroken` with the stream and the place in it.

    Every event's hash is computed anew from the stored bytes, so an edited, removed, swapped or doubled event shows.
    A cut tail or a removed stream leaves whole chains behind: they show `against` an older seal kept elsewhere.
    Costs one pass over the feed and memory for one head per stream.
    """
    heads: dict[str, tuple[int, str]] = {}
    links = _Links()
    tag, link = links.of("sha256:", "", 0)
    count = position = 0
    sealed = against
    for stream, version, position_, type_, schema, payload, hash_, command in _scanned(store):
        if sealed is not None and position_ > sealed.position:
            _compare(_seal(position, count, heads), sealed)
            sealed = None
        before, previous = heads.get(stream, _NOTHING)
        if version != before + 1:
            raise _out_of_line(stream, version, before + 1)
        if not hash_.startswith(tag):
            tag, link = links.of(hash_, stream, version)
        if hash_ != link(previous, stream, version, type_, schema, command, payload):
            raise ChainBroken(stream, version, _EDITED)
        heads[stream] = (version, hash_)
        count, position = count + 1, position_
    seal = _seal(position, count, heads)
    if sealed is not None:
        _compare(seal, sealed)
    return seal


def seal(store: EventStore) -> Seal:
    """Return a seal of the whole store. Only a whole store can be sealed: this is `verify`."""
    return verify(store)


def _scanned(store: EventStore) -> Iterator[Scanned]:
    """Return all events as plain tuples. A store may offer `scan`, which makes no objects; any store has a feed."""
    scan: Callable[[], Iterator[Scanned]] | None = getattr(store, "scan", None)
    return _fed(store) if scan is None else scan()


def _fed(store: EventStore) -> Iterator[Scanned]:
    after = 0
    while page := store.feed(after, _PAGE):
        for e in page:
            yield e.stream, e.version, e.position, e.type, e.schema, e.payload, e.hash, e.command
        after = page[-1].position


class _Links:
    """The hash functions of the algorithms met so far."""

    def __init__(self) -> None:
        self._known: dict[str, Follow] = {}

    def of(self, hash_: str, stream: str, version: int) -> tuple[str, Follow]:
        """Return the tag before an event's digest, and the function that it stands for."""
        algorithm = hash_.partition(":")[0]
        link = self._known.get(algorithm)
        if link is None:
            try:
                link = self._known[algorithm] = follow(hasher(algorithm), algorithm)
            except StoreError as error:
                raise ChainBroken(stream, version, error.message) from error
        return f"{algorithm}:", link


def _out_of_line(stream: str, version: int, expected: int) -> ChainBroken:
    if version < expected:
        return ChainBroken(stream, version, Text("出现第二次", "it appears a second time"))
    return ChainBroken(stream, expected, Text("缺失或不在原位", "it is missing or out of place"))


def _seal(position: int, count: int, heads: dict[str, tuple[int, str]]) -> Seal:
    ordered = tuple([Head(stream, *heads[stream]) for stream in sorted(heads)])
    lines = "".join(f"{head.hash} {head.version} {head.stream}\n" for head in ordered)
    digest = f"sha256:{sha256(lines.encode()).hexdigest()}"
    return Seal(position, count, len(ordered), digest, ordered)


def _compare(found: Seal, sealed: Seal) -> None:
    """Raise where `found`, the store as of the sealed position, is not what was sealed."""
    if found.digest == sealed.digest:
        return
    held = {head.stream: head for head in found.heads}
    for head in sealed.heads:
        if held.get(head.stream) == head:
            continue
        kept = held[head.stream].version if head.stream in held else 0
        if kept < head.version:
            raise ChainBroken(
                head.stream,
                kept + 1,
                Text("封条之后被移除", "it was there when the store was sealed, and is gone"),
            )
        raise ChainBroken(
            head.stream,
            min(kept, head.version),
            Text("与封条不符：被改写", "it is not what was sealed: rewritten"),
        )
    raise ChainBroken(
        "",
        found.events,
        Text(
            "与封条不符：封存 {n} 条，现有 {m} 条",
            "the store is not what was sealed: {n} events then, {m} now",
        ).fill(n=sealed.events, m=found.events),
    )
