"""核验与封条: `verify` follows every chain from its first event and names the first broken place."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from huaying_governance.errors import ChainBroken, StoreError
from huaying_governance.storage.chain import follow, hasher
from huaying_governance.storage.protocol import EventStore
from huaying_governance.storage.values import Head, Recorded, Seal
from huaying_governance.text import Text

_PAGE = 5000
_NOTHING = (0, "")


def verify(store: EventStore, against: Seal | None = None) -> Seal:
    """Return a seal of the whole store, or raise `ChainBroken` with the stream and the place in it.

    Every event's hash is computed anew from the stored bytes, so an edited, removed, swapped or doubled event shows.
    A cut tail or a removed stream leaves whole chains behind: they show `against` an older seal kept elsewhere.
    Costs one pass over the feed and memory for one head per stream.
    """
    heads: dict[str, tuple[int, str]] = {}
    checks = _Checks()
    count = position = 0
    sealed = against
    for event in _all(store):
        if sealed is not None and event.position > sealed.position:
            _compare(_seal(position, count, heads), sealed)
            sealed = None
        heads[event.stream] = checks.follow(event, *heads.get(event.stream, _NOTHING))
        count, position = count + 1, event.position
    seal = _seal(position, count, heads)
    if sealed is not None:
        _compare(seal, sealed)
    return seal


def seal(store: EventStore) -> Seal:
    """Return a seal of the whole store. Only a whole store can be sealed: this is `verify`."""
    return verify(store)


def _all(store: EventStore) -> Iterator[Recorded]:
    after = 0
    while page := store.feed(after, _PAGE):
        yield from page
        after = page[-1].position


class _Checks:
    """The hash functions of the algorithms met so far."""

    def __init__(self) -> None:
        self._links = {"sha256": follow(hasher("sha256"), "sha256")}

    def follow(self, event: Recorded, version: int, previous: str) -> tuple[int, str]:
        """Return the new head, or raise: `version` and `previous` are the head before."""
        if event.version != version + 1:
            raise _out_of_line(event, version + 1)
        algorithm = event.hash.partition(":")[0]
        link = self._links.get(algorithm)
        if link is None:
            try:
                link = self._links[algorithm] = follow(hasher(algorithm), algorithm)
            except StoreError as error:
                raise ChainBroken(event.stream, event.version, error.message) from error
        expected = link(
            previous, event.stream, event.version, event.type, event.schema, event.command, event.payload
        )
        if event.hash != expected:
            raise ChainBroken(
                event.stream,
                event.version,
                Text("内容与哈希不符：被改动或调换", "it does not match its hash: edited or swapped"),
            )
        return event.version, event.hash


def _out_of_line(event: Recorded, expected: int) -> ChainBroken:
    if event.version < expected:
        return ChainBroken(event.stream, event.version, Text("出现第二次", "it appears a second time"))
    return ChainBroken(event.stream, expected, Text("缺失或不在原位", "it is missing or out of place"))


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
