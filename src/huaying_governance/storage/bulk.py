"""批量导入: whole histories of new streams, thousands of events to a durable commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from huaying_governance.storage.protocol import Store
from huaying_governance.storage.values import Event

History: TypeAlias = tuple[str, Sequence[Event]]
"""A new stream and all its events."""


def import_streams(store: Store, histories: Iterable[History], *, each: int = 10_000) -> int:
    """Import histories, at least `each` events to a commit, and return how many events there were.

    Every commit is all or nothing; a stream that exists already raises, and what was committed before stays.
    """
    total, page = 0, list[History]()
    held = 0
    for history in histories:
        page.append(history)
        held += len(history[1])
        if held >= each:
            _write(store, page)
            total, held, page = total + held, 0, []
    _write(store, page)
    return total + held


def _write(store: Store, page: Sequence[History]) -> None:
    # A store that has a faster way for this offers `load`.
    load: Callable[[Sequence[History]], None] | None = getattr(store, "load", None)
    with store.batch():
        if load is not None:
            load(page)
        else:
            for stream, events in page:
                store.append(stream, events, 0)
