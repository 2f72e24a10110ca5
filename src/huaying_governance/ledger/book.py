"""台账: the book that users hold: entries registered, actions applied, deadlines asked for.

The book adds nothing to the rules: it loads, asks `decide`, and appends the events together with the entry's current
row. A command id makes a repeat harmless: the answer of the first time is given again, refusals included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol

from huaying_governance.errors import Conflict, Problem, Problems
from huaying_governance.errors import Refused as RefusedError
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.ledger import codec
from huaying_governance.ledger.decide import LedgerProcedure, decide, register
from huaying_governance.ledger.events import Event, Note, Refused, Registered, Reminded, Reprojected
from huaying_governance.ledger.explain import DueStory, explain_due
from huaying_governance.ledger.model import Action, Entry
from huaying_governance.ledger.notes import judge
from huaying_governance.ledger.reckoning import reckon_anew
from huaying_governance.ledger.rows import AWAITS_CALENDAR, KIND, fact_key, from_row, to_row
from huaying_governance.ledger.rungs import LADDER, Ladder, pending
from huaying_governance.ledger.state import Context, Live, is_open
from huaying_governance.ledger.table import ledger_procedure
from huaying_governance.ledger.terms import Terms, choose
from huaying_governance.ledger.view import EntryView, Facts, advance, fold, opened
from huaying_governance.procedure.clock import WorkDays
from huaying_governance.rules.timetable import select_timetable
from huaying_governance.storage.values import Between, Recorded, Row, Want
from huaying_governance.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    def communities(self) -> Sequence[Community]:
        """The communities."""
        ...


def stream_of(entry: str) -> str:
    """Return the name of an entry's stream."""
    return f"entry/{entry}"


class LedgerBook:
    """台账簿 over a store, a pack and a calendar. Threads and processes may each hold their own over one store.

    `criteria` switches on further strike-off criteria, by their codes (see `criteria.CRITERIA`), for the entries
    registered from now on; an entry keeps those it began with. `ladder` says which reminders fire when.
    """

    def __init__(
        self,
        store: Store,
        pack: LedgerPack,
        calendar: WorkDays,
        *,
        criteria: tuple[str, ...] | None = None,
        ladder: Ladder = LADDER,
    ) -> None:
        self._store, self._pack, self._calendar, self._ladder = store, pack, calendar, ladder
        self._communities = frozenset(community.id for community in pack.communities)
        self._criteria = tuple(getattr(pack, "criteria", ())) if criteria is None else criteria
        self._procedures: dict[tuple[str, ...], LedgerProcedure] = {}
        self._procedure(self._criteria)
        self._terms: dict[str, Terms] = {}
        store.declare(KIND)

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
        view = opened(entry.id, event)
        try:
            self._append(view, 0, (event,), command)
        except Conflict:
            return self._again(entry, self.entry(entry.id))
        return view

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

    def note(self, id: str, note: Note, command: str | None = None) -> EntryView:  # noqa: A002
        """补充: add to an entry what moves no state: a record, a call-back, a review, a link. Raises `Refused`."""
        if command is None or not self._store.command(command):
            view = self.entry(id)
            ruling = judge(view, note)
            if ruling is not None:
                raise RefusedError(ruling)
            self._append(advance(view, note), view.version, (note,), command)
        return self.entry(id)

    def remind(self, on: date) -> tuple[tuple[str, Reminded], ...]:
        """提醒: record every reminder that is due on a day and not yet given, and return them by entry.

        However often this runs, in however many processes, each rung of each deadline is given once.
        """
        given: list[tuple[str, Reminded]] = []
        at = datetime.combine(on, time(), SHANGHAI)
        for view in tuple(self.find({"wake": Between(None, on.isoformat())}, order="wake")):
            rungs = tuple(
                Reminded(at, "", "", timer, day, rung.id)
                for fires, timer, day, rung in pending(view.live, view.dossier, self._ladder)
                if fires <= on
            )
            after = view
            for event in rungs:
                after = advance(after, event)
            try:
                self._append(after, view.version, rungs, None)
            except Conflict:
                continue  # somebody else has moved the entry; the next run looks again
            given.extend((view.id, event) for event in rungs)
        return tuple(given)

    def reproject(self, at: datetime, *, since: date | None = None) -> tuple[str, ...]:
        """重算期限: reckon anew, by this book's calendar, the deadlines that waited for it; return the entries changed.

        With `since`, also the known deadlines from that day on: for a notice that moved days already published.
        """
        waiting = list(self.find({"due": AWAITS_CALENDAR}))
        if since is not None:
            waiting += self.find({"due": Between(since.isoformat(), "9999")}, order="due")
        return tuple(view.id for view in waiting if self._reproject(view, at))

    def _reproject(self, view: EntryView, at: datetime) -> bool:
        deadline = reckon_anew(self.history(view.id), self._calendar)
        if deadline is None or deadline.due is None or deadline.due == view.live.due:
            return False
        event = Reprojected(at.astimezone(SHANGHAI), "", "", deadline)
        self._append(advance(view, event), view.version, (event,), None)
        return True

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

    def merged_into(self, id: str) -> Iterator[EntryView]:  # noqa: A002
        """并案: yield the entries merged into this one, and into those in turn."""
        for view in self.find({"target": id}):
            if view.live.closing is not None and view.live.closing.target == id:
                yield view
                yield from self.merged_into(view.id)

    def children(self, id: str) -> Iterator[EntryView]:  # noqa: A002
        """子事项: yield the entries that are children of this one."""
        return (view for view in self.find({"target": id}) if view.dossier.parent == id)

    def repeats(self, entry: Entry) -> Iterator[EntryView]:
        """重复件: yield the other entries of the same petitioner with the same request."""
        key = fact_key(_facts(entry))
        return (view for view in self.find({"fact": key}) if view.id != entry.id) if key else iter(())

    def history(self, id: str) -> tuple[Event, ...]:  # noqa: A002
        """Return everything that happened to an entry, in order."""
        return tuple(self._decode(recorded) for recorded in self._store.read(stream_of(id)))

    def replay(self, id: str) -> EntryView:  # noqa: A002
        """Return an entry folded from its history alone; it equals `entry(id)`, or the store is not whole."""
        return fold(id, self.history(id))

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
        procedure = self._procedure(view.live.terms.criteria)
        decided = decide(view.live, action, self._context(view, action), procedure)
        events: tuple[Event, ...]
        if isinstance(decided, Ruling):
            if not keep_refusal:
                return decided
            events = (Refused(action.at, action.actor, action.role, action.action, decided),)
        else:
            events = decided
        after = view
        for event in events:
            after = advance(after, event)
        return self._answer(self._append(after, view.version, events, command))

    def _append(
        self, after: EntryView, version: int, events: tuple[Event, ...], command: str | None
    ) -> tuple[Recorded, ...]:
        stored = tuple(codec.encode(event) for event in events)
        rows = (to_row(after, self._ladder),)
        return self._store.append(stream_of(after.id), stored, version, command=command, rows=rows)

    def _context(self, view: EntryView, action: Action) -> Context:
        criteria = view.live.terms.criteria
        if not criteria:
            return Context(self._calendar, self._target(action))
        children = merged = 0
        if "open-child" in criteria:
            children = sum(is_open(child.live) for child in self.children(view.id))
        if "merged-uninformed" in criteria:
            merged = sum(not other.dossier.informed for other in self.merged_into(view.id))
        return Context(self._calendar, self._target(action), view.dossier, children, merged)

    def _procedure(self, criteria: tuple[str, ...]) -> LedgerProcedure:
        if criteria not in self._procedures:
            self._procedures[criteria] = ledger_procedure(criteria)
        return self._procedures[criteria]

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
        if _facts(entry) != known.facts:
            raise Problems([_changed()])
        return known

    def _choose(self, entry: Entry) -> Terms:
        facts: Mapping[str, object] = {
            "kind": entry.kind,
            "source": entry.source,
            "category": entry.category or None,
        }
        found = select_timetable(self._pack.timetables, facts, entry.received_at.date())
        return self._shared(choose(entry.kind, found, self._criteria))

    def _shared(self, terms: Terms) -> Terms:
        return self._terms.setdefault(terms.key, terms)

    def _row(self, id: str) -> Row | None:  # noqa: A002
        return self._store.row(KIND.name, id)

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


def _facts(entry: Entry) -> Facts:
    return Facts(
        entry.kind,
        entry.source,
        entry.category,
        entry.community,
        entry.received_at,
        entry.summary,
        entry.petitioner,
    )


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
