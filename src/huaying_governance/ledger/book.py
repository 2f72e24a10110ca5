"""台账: the book that users hold: entries registered, actions applied, deadlines asked for.

The book adds nothing to the rules: it loads, asks `decide`, and appends the events together with the entry's current
row. A command id makes a repeat harmless: the answer of the first time is given again, refusals included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from huaying_governance.errors import Conflict, Problem, Problems
from huaying_governance.errors import Refused as RefusedError
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.ledger import codec
from huaying_governance.ledger.decide import decide, register
from huaying_governance.ledger.events import Event, Refused, Registered
from huaying_governance.ledger.evolve import evolve
from huaying_governance.ledger.explain import DueStory, explain_due
from huaying_governance.ledger.model import Action, Entry
from huaying_governance.ledger.state import Context, Live
from huaying_governance.ledger.terms import Terms, choose
from huaying_governance.ledger.view import ROW, EntryView, Facts, facts_of, from_row, to_row
from huaying_governance.procedure.clock import WorkDays
from huaying_governance.storage.values import Between, Recorded, Row, Want
from huaying_governance.text import Text

if TYPE_CHECKING:
    from huaying_governance.rules import Policy
    from huaying_governance.storage.protocol import Store

RETRIES = 5
"""How often a lost race is run again: the entry is read anew and decided anew."""
PAGE = 500


class Community(Protocol):
    """What a book asks of a community: its id."""

    @property
    def id(self) -> str:
        """The id."""
        ...


class LedgerPack(Protocol):
    """What a book asks of a pack: the timetables and the communities of the place."""

    @property
    def timetables(self) -> tuple[Policy, ...]:
        """The policies of kind `timetable`."""
        ...

    @property
    def communities(self) -> tuple[Community, ...]:
        """The communities."""
        ...


def stream_of(entry: str) -> str:
    """Return the name of an entry's stream."""
    return f"entry/{entry}"


class LedgerBook:
    """台账簿 over a store, a pack and a calendar. Threads and processes may each hold their own over one store."""

    def __init__(self, store: Store, pack: LedgerPack, calendar: WorkDays) -> None:
        self._store, self._pack, self._calendar = store, pack, calendar
        self._communities = frozenset(community.id for community in pack.communities)
        self._terms: dict[str, Terms] = {}
        store.declare(ROW)

    # ------------------------------------------------------------------------------------------------ commands

    def register(self, entry: Entry, command: str | None = None) -> EntryView:
        """登记: open an entry and return it. The same entry again changes nothing.

        Raises `Problems` where the community is not the pack's, or the id is taken by an entry that says otherwise.
        """
        known = self._row(entry.id)
        if known is not None:
            return self._again(entry, self._view(known))
        if entry.community not in self._communities:
            raise Problems([_unknown_community()])
        event = register(entry, self._choose(entry), self._calendar)
        view = EntryView(entry.id, 1, facts_of(event), evolve(None, event))
        try:
            self._store.append(
                stream_of(entry.id), (codec.encode(event),), 0, command=command, rows=(to_row(view),)
            )
        except Conflict:
            return self._again(entry, self.entry(entry.id))
        return self.entry(entry.id) if command is not None else view

    def act(self, action: Action, command: str | None = None) -> EntryView:
        """办理: apply an action and return the entry. Raises `Refused` with the ruling; nothing is then recorded.

        Raises `Problems` for an unknown entry, `Conflict` when others keep writing to it.
        """
        ruling = self._apply(action, command, keep_refusal=False)
        if ruling is not None:
            raise RefusedError(ruling)
        return self.entry(action.entry)

    def attempt(self, action: Action, command: str) -> Ruling | None:
        """试办: apply an action; a refusal is recorded as the command's answer, without changing the entry.

        Returns the ruling that refused it, or None; the same for every repeat of the command.
        """
        return self._apply(action, command, keep_refusal=True)

    # ------------------------------------------------------------------------------------------------ questions

    def entry(self, id: str) -> EntryView:  # noqa: A002 - the word of the domain
        """Return an entry as it stands. Raises `Problems` where there is none."""
        row = self._row(id)
        if row is None:
            raise Problems([_unknown_entry()])
        return self._view(row)

    def find(
        self, where: Mapping[str, Want] | None = None, *, order: str | None = None
    ) -> Iterator[EntryView]:
        """Yield the entries whose keys match, page by page: see `view.ROW` for the keys."""
        last: Row | None = None
        while True:
            page = self._store.find("entry", where, order=order, limit=PAGE, after=last)
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

    def history(self, id: str) -> tuple[Event, ...]:  # noqa: A002
        """Return everything that happened to an entry, in order."""
        return tuple(self._decode(recorded) for recorded in self._store.read(stream_of(id)))

    def explain_due(self, id: str) -> DueStory:  # noqa: A002
        """期限说明: say how the entry's deadline came about: start, days, stops, extensions, clauses, calendar."""
        return explain_due(self.history(id))

    # ------------------------------------------------------------------------------------------------ inside

    def _apply(self, action: Action, command: str | None, *, keep_refusal: bool) -> Ruling | None:
        for attempt in range(RETRIES):
            if command is not None and (known := self._store.command(command)):
                return self._answer(known)
            try:
                return self._apply_once(action, command, keep_refusal=keep_refusal)
            except Conflict:
                if attempt == RETRIES - 1:
                    raise
        raise AssertionError  # the loop returns or raises

    def _apply_once(self, action: Action, command: str | None, *, keep_refusal: bool) -> Ruling | None:
        view = self.entry(action.entry)
        decided = decide(view.live, action, Context(self._calendar, self._target(action)))
        events: tuple[Event, ...]
        if isinstance(decided, Ruling):
            if not keep_refusal:
                return decided
            events = (Refused(action.at, action.actor, action.role, action.action, decided),)
        else:
            events = decided
        after = view.live
        for event in events:
            after = evolve(after, event)
        row = to_row(EntryView(view.id, view.version + len(events), view.facts, after))
        recorded = self._store.append(
            stream_of(view.id),
            tuple(codec.encode(event) for event in events),
            view.version,
            command=command,
            rows=(row,),
        )
        return self._answer(recorded)

    def _answer(self, recorded: tuple[Recorded, ...]) -> Ruling | None:
        """Return what a command was told: the ruling where it was refused."""
        first = self._decode(recorded[0])
        return first.ruling if isinstance(first, Refused) else None

    def _target(self, action: Action) -> Live | None:
        if action.action != "merge" or not action.target:
            return None
        row = self._row(action.target)
        return None if row is None else self._view(row).live

    def _again(self, entry: Entry, known: EntryView) -> EntryView:
        said = Facts(
            entry.kind,
            entry.source,
            entry.category,
            entry.community,
            entry.received_at,
            entry.summary,
            entry.petitioner,
        )
        if said != known.facts:
            raise Problems([_changed()])
        return known

    def _choose(self, entry: Entry) -> Terms:
        from huaying_governance.rules.timetable import select_timetable  # noqa: PLC0415 - loaded when first needed

        facts: Mapping[str, object] = {
            "kind": entry.kind,
            "source": entry.source,
            "category": entry.category or None,
        }
        found = select_timetable(self._pack.timetables, facts, entry.received_at.date())
        return self._shared(choose(entry.kind, found))

    def _shared(self, terms: Terms) -> Terms:
        return self._terms.setdefault(terms.key, terms)

    def _row(self, id: str) -> Row | None:  # noqa: A002
        return self._store.row("entry", id)

    def _view(self, row: Row) -> EntryView:
        key = str((row.data or {})["terms"])
        terms = self._terms.get(key)
        if terms is None:
            first = self._decode(self._store.read(stream_of(row.id))[0])
            assert isinstance(first, Registered)  # noqa: S101 - an entry's stream opens with its registration
            terms = self._shared(first.terms)
        return from_row(row, terms)

    def _decode(self, recorded: Recorded) -> Event:
        return codec.decode(recorded.type, recorded.data, recorded.schema)


def _unknown_entry() -> Problem:
    return Problem(
        "unknown-entry",
        Text("台账中没有这个条目", "the ledger has no such entry"),
        Text("先登记，或核对编号", "register it first, or check its id"),
    )


def _unknown_community() -> Problem:
    return Problem(
        "unknown-community",
        Text("不是本政策包的社区", "not a community of this pack"),
        Text("填写政策包中社区的编号", "give the id of a community of the pack"),
    )


def _changed() -> Problem:
    return Problem(
        "changed-entry",
        Text("编号已登记，内容却不同", "the id is registered, with other content"),
        Text("恢复原内容，或用新的编号登记", "restore the content, or register it under a new id"),
    )
