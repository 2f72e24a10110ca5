"""进度: how far a long table has been read or written, told every so many rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Seen: TypeAlias = Callable[[int, int], None]
"""Told how many rows are done, and of how many; as long as nobody can know, of those that are done."""
EVERY = 20_000


def watched(items: Iterable[T], total: int, seen: Seen | None) -> Iterator[T]:
    """Yield the items, and tell how far it is; nothing is told of fewer than `EVERY`."""
    if seen is None:
        yield from items
        return
    done = 0
    for done, item in enumerate(items, 1):
        yield item
        if done % EVERY == 0:
            seen(done, max(done, total))
    if done >= EVERY:
        seen(done, done)
