"""Two mergers at one moment: of two entries merged into each other one stays open, on every store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import postgres
import pytest

from huaying_governance.errors import Conflict
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.ledger import Action, LedgerBook
from huaying_governance.storage import Store, open_store

from .conftest import PackOfTests, act, entry


class Meeting:
    """A store whose first write waits until the other process is about to write too: both have judged by then."""

    def __init__(self, store: Store, barrier: threading.Barrier) -> None:
        self._store, self._barrier, self._met = store, barrier, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def batch(self) -> Any:
        self._meet()
        return self._store.batch()

    def append(self, *args: Any, **more: Any) -> Any:
        self._meet()
        return self._store.append(*args, **more)

    def _meet(self) -> None:
        if not self._met:
            self._met = True
            self._barrier.wait(timeout=20)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Open one store again and again, as processes do."""
    stores: list[Store] = []
    url = "memory:"
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'ledger.db'}"
    elif request.param == "postgres":
        url = postgres.new_schema()

    def again() -> Store:
        if url != "memory:" or not stores:
            stores.append(open_store(url))
        return stores[-1]

    yield again
    for store in stores:
        store.close()


def merge(one: str, into: str) -> Action:
    return act("merge", "2026-09-18", one, target=into)


def at_once(
    opened: Callable[[], Store], pack: PackOfTests, calendar: Calendar, *actions: Action
) -> list[Any]:
    """Let two books judge before either writes; return what each was told: a ruling, None, or a lost race."""
    barrier = threading.Barrier(2)
    books = [LedgerBook(Meeting(opened(), barrier), pack, calendar) for _ in actions]  # type: ignore[arg-type]
    told: list[Any] = ["never"] * len(actions)

    def go(place: int) -> None:
        try:
            told[place] = books[place].attempt(actions[place], f"c{place}")
        except Conflict as lost:
            told[place] = lost

    threads = [threading.Thread(target=go, args=(place,)) for place in range(len(actions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told


def test_two_entries_are_never_merged_into_each_other(
    opened: Callable[[], Store], pack: PackOfTests, calendar: Calendar
) -> None:
    """A into B and B into A, judged at one moment: one is merged, the other stays open and its merger is refused."""
    book = LedgerBook(opened(), pack, calendar)
    for id_ in ("A", "B"):
        book.register(entry(id_))
    told = at_once(opened, pack, calendar, merge("A", "B"), merge("B", "A"))
    states = sorted(book.entry(id_).state for id_ in ("A", "B"))
    assert states == ["merged", "registered"], told
    assert sum(answer is None for answer in told) == 1
    kept = next(id_ for id_ in ("A", "B") if book.entry(id_).state == "registered")
    assert [view.id for view in book.merged_into(kept)] == [next(iter({"A", "B"} - {kept}))]
    assert all(book.replay(id_) == book.entry(id_) for id_ in ("A", "B"))


def test_nothing_is_merged_into_what_closes_meanwhile(
    opened: Callable[[], Store], pack: PackOfTests, calendar: Calendar
) -> None:
    """A into B while B is declined, judged at one moment: if B was declined first, A stays open."""
    book = LedgerBook(opened(), pack, calendar)
    for id_ in ("A", "B"):
        book.register(entry(id_))
    decline = act("decline", "2026-09-18", "B", reason="不属本级")
    told = at_once(opened, pack, calendar, merge("A", "B"), decline)
    a, b = book.entry("A"), book.entry("B")
    assert b.state == "declined", told
    merged_first = [type(event).__name__ for event in book.history("B")][1] == "Linked"
    assert a.state == ("merged" if merged_first else "registered"), told


def test_a_merger_is_noted_in_the_entry_it_goes_into(book: LedgerBook) -> None:
    """The history of the target names what went into it; the note moves neither its state nor its dossier."""
    for id_ in ("A", "B"):
        book.register(entry(id_))
    before = book.entry("B")
    book.act(merge("A", "B"))
    after = book.entry("B")
    assert (after.live, after.dossier, after.version) == (before.live, before.dossier, before.version + 1)
    note = book.history("B")[-1]
    assert (note.relation, note.target) == ("merged", "A")  # type: ignore[union-attr]
