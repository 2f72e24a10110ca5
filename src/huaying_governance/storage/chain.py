"""哈希链: how each event's hash follows from the one before.

    hash = ALGORITHM:hex(ALGORITHM(previous / stream / version / type / schema / command / payload))

Each `/` is one line feed. `previous` is the hash text of the event before, empty for the first; `command` is empty
where there was none; the text is UTF-8 and the payload is the stored bytes. Names hold no control characters, so the
lines cannot be shifted. The algorithm stands before each digest: a store can change over, and old events keep theirs.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from huaying_governance.errors import StoreError
from huaying_governance.storage.canonical import encode
from huaying_governance.storage.values import Event, Recorded
from huaying_governance.text import Text

Link: TypeAlias = tuple[str, int, str, int, bytes, str, str | None]
"""One event ready to be stored: stream, version, type, schema, payload, hash, command."""

Follow: TypeAlias = Callable[[str, str, int, str, int, "str | None", bytes], str]
"""Gives an event's hash from: previous hash, stream, version, type, schema, command, payload."""

MAX_NAME = 500
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Hash(Protocol):
    """What `hashlib` gives."""

    def hexdigest(self) -> str:
        """Return the digest as hexadecimal text."""
        ...


def hasher(algorithm: str) -> Callable[[bytes], Hash]:
    """Return the hash function of a tag: `sha256` everywhere, `sm3` (GB/T 32905) where OpenSSL has it."""
    if algorithm == "sha256":
        return hashlib.sha256
    if algorithm == "sm3" and "sm3" in hashlib.algorithms_available:
        return lambda data: hashlib.new("sm3", data)
    raise StoreError(
        "algorithm",
        Text("本机没有摘要算法 `{a}`", "the hash algorithm `{a}` is not available here").fill(
            a=algorithm[:20]
        ),
        Text("用 sha256，或换用带 SM3 的 OpenSSL", "use sha256, or a Python whose OpenSSL has SM3"),
    )


def follow(hash_: Callable[[bytes], Hash], algorithm: str) -> Follow:
    """Return the function that gives an event's hash from the one before it."""

    def link(
        previous: str, stream: str, version: int, type_: str, schema: int, command: str | None, payload: bytes
    ) -> str:
        lines = f"{previous}\n{stream}\n{version}\n{type_}\n{schema}\n{command or ''}\n"
        return f"{algorithm}:{hash_(lines.encode() + payload).hexdigest()}"

    return link


def check_name(what: str, name: str) -> None:
    """Refuse a stream, type, command or row id that is empty, too long, or holds control or half characters."""
    if not (0 < len(name) <= MAX_NAME and (name.isprintable() or not _CONTROL.search(name))):
        raise ValueError(f"a {what} is 1 to {MAX_NAME} characters, without control characters")


def prepare(stream: str, events: Sequence[Event], command: str | None) -> list[bytes]:
    """Return the stored bytes of `events`, having checked every name; nothing is written yet."""
    check_name("stream", stream)
    if command is not None:
        check_name("command id", command)
    if not events:
        raise ValueError("append needs at least one event")
    for event in events:
        check_name("event type", event.type)
    return [encode(event.data) for event in events]


def recorded(link: Link, position: int) -> Recorded:
    """Return a link that was stored at `position`."""
    stream, version, type_, schema, payload, hash_, command = link
    return Recorded(stream, version, position, type_, schema, payload, hash_, command)


class Heads:
    """Hashes of stream heads that were read or written before.

    Events never change, so what stood at a version stands there still: an append that remembers the version it
    expects needs no query before it. Whether the stream has moved on is decided by the store's unique key.
    """

    MOST = 10_000

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, str]] = {}

    def at(self, stream: str, version: int) -> tuple[int, str] | None:
        """Return the head if it is remembered at just this version."""
        if version == 0:
            return 0, ""
        known = self._known.get(stream)
        return known if known is not None and known[0] == version else None

    def remember(self, stream: str, version: int, hash_: str) -> None:
        """Remember a head that was read or written."""
        if len(self._known) >= self.MOST:
            self._known.clear()
        self._known[stream] = (version, hash_)

    def forget(self) -> None:
        """Forget everything: what was written may have been taken back."""
        self._known.clear()


class Chain:
    """The chain under one algorithm, as a store appends with it."""

    def __init__(self, algorithm: str = "sha256") -> None:
        self.algorithm = algorithm
        self._link = follow(hasher(algorithm), algorithm)

    def extend(
        self,
        stream: str,
        head: tuple[int, str],
        events: Sequence[Event],
        payloads: Sequence[bytes],
        command: str | None,
    ) -> list[Link]:
        """Return `events` as links that follow a stream's last version and hash (0 and empty for a new one)."""
        version, previous = head
        links: list[Link] = []
        for event, payload in zip(events, payloads, strict=True):
            version += 1
            previous = self._link(previous, stream, version, event.type, event.schema, command, payload)
            links.append((stream, version, event.type, event.schema, payload, previous, command))
        return links
