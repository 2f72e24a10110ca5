"""台账: the book that users hold: entries registered, actions applied, deadlines asked for.

The book adds nothing to the rules: it loads, asks `decide`, and appends the events together with the entry's current
row. A command id makes a repeat harmless: the answer of the first time is given again, refusals included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Protocol, cast

from huaying_governance.errors import Conflict, Problems, StoreError
from huaying_governance.errors import Refused as RefusedError
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.ledger import codec
from huaying_governance.ledger.decide import Decided, LedgerProcedure, register
from huaying_governance.ledger.events import Event, Linked, Note, Refused, Reminded, Reprojected
from huaying_governance.ledger.faults import changed_entry, unknown_community
from huaying_governance.ledger.model import Action, Entry
from huaying_governance.ledger.notes import judge
from huaying_governance.ledger.reckoning import reckon_anew
from huaying_governance.ledger.rows import AWAITS_CALENDAR
from huaying_governance.ledger.rungs import LADDER, Ladder, pending
from huaying_governance.ledger.shelf import Shelf, facts_of_entry, stream_of
from huaying_governance.ledger.state import Context, Live, is_open
from huaying_governance.ledger.table import ledger_procedure
from huaying_governance.ledger.terms import Terms, choose
from huaying_governance.ledger.view import EntryView, advance, opened
from huaying_governance.procedure.clock import WorkDays
from huaying_governance.rules.timetable import select_timetable
from huaying_governance.storage.values import Between, Recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from huaying_governance.rules import Policy
    from huaying_governance.storage.protocol import Store

RETRIES = 5
"""How often a lost race is run again: the entry is read anew and decided anew."""
REFUSED = codec.name_of(Refused)


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


class LedgerBook(Shelf):
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
        super().__init__(store, ladder)
        self._pack, self._calendar = pack, calendar
        self._communities = frozenset(community.id for community in pack.communities)
        self._criteria = tuple(getattr(pack, "criteria", ())) if criteria is None else criteria
        self._procedures: dict[tuple[str, ...], LedgerProcedure] = {}
        self._procedure(self._criteria)

    # ------------------------------------------------------------------------------------------------ commands

    def register(self, entry: Entry, command: str | None = None) -> EntryView:
        """登记: open an entry and return it. The same entry again changes nothing.

        Raises `Problems` where the community is not the pack's, or the id is taken by an entry that says otherwise.
        """
        known = self._row(entry.id)
        if known is not None:
            return self._again(entry, self._view(known))
        if entry.community not in self._communities:
            raise Problems([unknown_community()])
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
        answer = self._apply(action, command, keep_refusal=False)
        if isinstance(answer, Ruling):
            raise RefusedError(answer)
        return answer or self.entry(action.entry)

    def attempt(self, action: Action, command: str) -> Ruling | None:
        """试办: apply an action; a refusal is recorded as the command's answer, without changing the entry.

        Returns the ruling that refused it, or None; the same for every repeat of the command.
        """
        answer = self._apply(action, command, keep_refusal=True)
        return answer if isinstance(answer, Ruling) else None

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
        try:
            self._append(advance(view, event), view.version, (event,), None)
        except Conflict:
            return False  # somebody else has moved the entry; the next run looks again
        return True

    # ------------------------------------------------------------------------------------------------ inside

    def _apply(self, action: Action, command: str | None, *, keep_refusal: bool) -> EntryView | Ruling | None:
        """Return the entry after the action, the ruling that refused it, or None for an earlier command's success."""
        for attempt in range(RETRIES):
            if command is not None and (known := self._store.command(command)):
                return self._answer(known)
            try:
                return self._apply_once(action, command, keep_refusal=keep_refusal)
            except Conflict:
                if attempt == RETRIES - 1:
                    raise
        raise AssertionError  # the loop returns or raises

    def _apply_once(
        self, action: Action, command: str | None, *, keep_refusal: bool
    ) -> EntryView | Ruling | None:
        view = self.entry(action.entry)
        procedure = self._procedure(view.live.terms.criteria)
        decided = cast("Decided", procedure.decide(view.live, action, self._context(view, action)))
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
        if action.action == "merge" and events is decided:
            recorded = self._merge(after, view.version, events, command, action)
        else:
            recorded = self._append(after, view.version, events, command)
        # With a command id, what was recorded may be somebody else's answer to the same command.
        return after if command is None else self._answer(recorded)

    def _merge(
        self, after: EntryView, version: int, events: tuple[Event, ...], command: str | None, action: Action
    ) -> tuple[Recorded, ...]:
        """Append a merger, and with it a note in the entry it goes into: both, or neither.

        So of two entries merged into each other at one moment, one loses the race. The streams are written in the
        order of their names: two such mergers wait for each other once, and never in a circle.
        """
        target = self.entry(action.target)
        if not is_open(target.live):
            raise Conflict(stream_of(target.id), target.version, target.version)
        note = Linked(action.at, action.actor, action.role, "merged", action.entry)
        with self._together():
            if target.id < after.id:
                self._append(advance(target, note), target.version, (note,), None)
            recorded = self._append(after, version, events, command)
            if target.id > after.id:
                self._append(advance(target, note), target.version, (note,), None)
        return recorded

    @contextmanager
    def _together(self) -> Iterator[None]:
        """Join the writes inside into one commit: a batch of their own, or the one that the caller has begun."""
        with ExitStack() as stack:
            try:
                stack.enter_context(self._store.batch())
            except StoreError as error:
                if error.reason != "nested":
                    raise
            yield

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
        if recorded[0].type != REFUSED:
            return None
        refused = self._decode(recorded[0])
        return refused.ruling if isinstance(refused, Refused) else None

    def _target(self, action: Action) -> Live | None:
        if action.action != "merge" or not action.target:
            return None
        row = self._row(action.target)
        return None if row is None else self._view(row).live

    def _again(self, entry: Entry, known: EntryView) -> EntryView:
        if facts_of_entry(entry) != known.facts:
            raise Problems([changed_entry()])
        return known

    def _choose(self, entry: Entry) -> Terms:
        facts: Mapping[str, object] = {
            "kind": entry.kind,
            "source": entry.source,
            "category": entry.category or None,
        }
        found = select_timetable(self._pack.timetables, facts, entry.received_at.date())
        return self._reader.shared(choose(entry.kind, found, self._criteria))
