"""台账存放: the reading half of a ledger book: entries, their history, what is due, over one store.

Nothing here decides. What is read comes from the current rows; a history comes from the events.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from huaying_governance.errors import Problems
from huaying_governance.ledger import codec
from huaying_governance.ledger.events import Event, Registered
from huaying_governance.ledger.explain import DueStory, explain_due
from huaying_governance.ledger.faults import unknown_entry
from huaying_governance.ledger.model import Entry
from huaying_governance.ledger.rows import KIND, fact_key, from_row, to_row
from huaying_governance.ledger.rungs import LADDER, Ladder
from huaying_governance.ledger.table import OPEN
from huaying_governance.ledger.view import EntryView, Facts, Folding, fold
from huaying_governance.storage import canonical
from huaying_governance.storage.values import Between, Recorded, Row, Want

if TYPE_CHECKING:
    from huaying_governance.storage.protocol import Store

Stored: TypeAlias = tuple[str, str, int, Any, int]
"""A stored event: its stream, name, schema, data or the bytes that hold them, position."""

PAGE = 500
SHORT_PAGE = 150
"""What is freed before the collector of garbage has looked at it costs it nothing."""
STREAM = "entry/"


def stream_of(entry: str) -> str:
    """Return the name of an entry's stream."""
    return STREAM + entry


class Shelf:
    """存放处 of a ledger's entries in a store. `ladder` says which reminders fire when."""

    def __init__(self, store: Store, ladder: Ladder = LADDER) -> None:
        self._store, self._ladder = store, ladder
        self._reader = codec.Reader()
        store.declare(KIND)

    def entry(self, id: str) -> EntryView:  # noqa: A002 - the word of the domain
        """Return an entry as it stands. Raises `Problems` where there is none."""
        row = self._row(id)
        if row is None:
            raise Problems([unknown_entry()])
        return self._view(row)

    def find(
        self, where: Mapping[str, Want] | None = None, *, order: str | None = None
    ) -> Iterator[EntryView]:
        """Yield the entries whose keys match, page by page: see `view.ROW` for the keys."""
        last: Row | None = None
        while True:
            page = self._store.find(KIND.name, where, order=order, limit=PAGE, after=last)
            for row in page:
                yield self._view(row)
            if len(page) < PAGE:
                return
            last = page[-1]

    def due(
        self, by: date, *, since: date | None = None, where: Mapping[str, Want] | None = None
    ) -> Iterator[EntryView]:
        """到期: yield the open entries whose running deadline is not after `by`, nearest first."""
        span = Between(None if since is None else since.isoformat(), by.isoformat())
        return self.find({**(where or {}), "due": span}, order="due")

    def overdue(self, on: date, *, where: Mapping[str, Want] | None = None) -> Iterator[EntryView]:
        """超期: yield every entry that is overdue on a day: the deadlines that ran out, then those missed for good."""
        for view in self.due(on - timedelta(days=1), where=where):
            if not view.live.late:
                yield view
        yield from self.find({**(where or {}), "late": "yes"})

    def escalated(self) -> Iterator[EntryView]:
        """提级: yield the open entries that were escalated; of the others no more than the row is looked at."""
        last: Row | None = None
        while page := self._store.find(KIND.name, {"state": OPEN}, limit=PAGE, after=last):
            yield from (self._view(row) for row in page if _was_escalated(row))
            last = page[-1]

    def merged_into(self, id: str) -> Iterator[EntryView]:  # noqa: A002
        """并案: yield the entries merged into this one, and into those in turn, each once."""
        return self._merged_into(id, {id})

    def children(self, id: str) -> Iterator[EntryView]:  # noqa: A002
        """子事项: yield the entries that are children of this one."""
        return (view for view in self.find({"target": id}) if view.dossier.parent == id)

    def repeats(self, entry: Entry) -> Iterator[EntryView]:
        """重复件: yield the other entries of the same petitioner with the same request."""
        key = fact_key(facts_of_entry(entry))
        return (view for view in self.find({"fact": key}) if view.id != entry.id) if key else iter(())

    def history(self, id: str) -> tuple[Event, ...]:  # noqa: A002
        """Return everything that happened to an entry, in order."""
        return tuple(self._decode(recorded) for recorded in self._store.read(stream_of(id)))

    def replay(self, id: str) -> EntryView:  # noqa: A002
        """Return an entry folded from its history alone; it equals `entry(id)`, or the store is not whole."""
        return fold(id, self.history(id))

    def rebuild(self) -> Iterator[EntryView]:
        """重建: yield every entry folded from the feed of all events, not from its row; oldest first."""
        found: dict[str, Folding] = {}
        take, decode = self._reader.take, canonical.decode
        with collector_paused():
            for stream, name, schema, payload, _ in self._stored():
                data = decode(payload) if type(payload) is bytes else dict(payload)
                folding = found.get(stream)
                if folding is not None:
                    folding.add(take(name, data, schema))
                elif stream.startswith(STREAM):
                    found[stream] = Folding(stream[len(STREAM) :], take(name, data, schema))
        return (folding.view for folding in found.values())

    def put_rows(self) -> int:
        """Write the rows of all entries anew from their events, and return how many: for keys that have changed."""
        count = 0
        for view in self.rebuild():
            self._store.put((to_row(view, self._ladder),))
            count += 1
        return count

    def explain_due(self, id: str) -> DueStory:  # noqa: A002
        """期限说明: say how the entry's deadline came about: start, days, stops, extensions, clauses, calendar."""
        return explain_due(self.history(id))

    # ------------------------------------------------------------------------------------------------ inside

    def _append(
        self, after: EntryView, version: int, events: tuple[Event, ...], command: str | None
    ) -> tuple[Recorded, ...]:
        stored = tuple(codec.encode(event) for event in events)
        rows = (to_row(after, self._ladder),)
        return self._store.append(stream_of(after.id), stored, version, command=command, rows=rows)

    def _stored(self) -> Iterator[Stored]:
        """Yield what all events hold. A store may offer `replay`, which makes no objects; any store has a feed."""
        replay: Callable[[], Iterator[Stored]] | None = getattr(self._store, "replay", None)
        return self._fed() if replay is None else replay()

    def _fed(self) -> Iterator[Stored]:
        after = 0
        while page := self._store.feed(after, SHORT_PAGE):
            for e in page:
                # Not the stored bytes: an older schema's data are read in today's shape.
                yield e.stream, e.type, e.schema, e.data, e.position
            after = page[-1].position

    def _merged_into(self, id: str, seen: set[str]) -> Iterator[EntryView]:  # noqa: A002
        for view in self.find({"target": id}):
            closing = view.live.closing
            # No book writes a ring; a history brought from elsewhere may hold one.
            if closing is not None and closing.target == id and view.id not in seen:
                seen.add(view.id)
                yield view
                yield from self._merged_into(view.id, seen)

    def _row(self, id: str) -> Row | None:  # noqa: A002
        return self._store.row(KIND.name, id)

    def _view(self, row: Row) -> EntryView:
        key = str((row.data or {})["terms"])
        terms = self._reader.known(key)
        if terms is None:
            first = self._decode(self._store.read(stream_of(row.id))[0])
            assert isinstance(first, Registered)  # noqa: S101 - an entry's stream opens with its registration
            terms = first.terms
        return from_row(row, terms)

    def _decode(self, recorded: Recorded) -> Event:
        return self._reader.decode(recorded.type, recorded.data, recorded.schema)


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let no collector of garbage run: folding makes no cycles, and each look at all live entries costs it dearly."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _was_escalated(row: Row) -> bool:
    dossier = cast("Mapping[str, Any]", (row.data or {}).get("dossier", {}))
    return bool(dossier.get("escalations"))


def facts_of_entry(entry: Entry) -> Facts:
    """Return what an entry says, as its registration keeps it."""
    return Facts(
        entry.kind,
        entry.source,
        entry.category,
        entry.community,
        entry.received_at,
        entry.summary,
        entry.petitioner,
    )
