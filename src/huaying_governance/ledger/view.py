"""台账条目一览: what users see of an entry: its facts, its state, its dossier, its deadline and the clauses behind it.

A view is a fold of the entry's history: what is shown live, what a replay gives and what the stored row says are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from attrs import field, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.ledger.dossier import EMPTY, LEAVE_EMPTY, Dossier, enter
from huaying_governance.ledger.events import Event, Registered
from huaying_governance.ledger.evolve import STEPS, evolve
from huaying_governance.ledger.rungs import Colour, colour
from huaying_governance.ledger.state import UNANSWERED, Live, due_day, is_overdue, is_running
from huaying_governance.text import Lang

NO_DUE: Mapping[bool | None, str] = MappingProxyType({True: "yes", False: "no", None: ""})


@frozen
class Facts:
    """登记内容: what an entry is about, as it was registered."""

    kind: str
    source: str
    category: str
    community: str
    received_at: datetime
    summary: str = field(repr=False)
    petitioner: str = field(repr=False)


def facts_of(event: Registered) -> Facts:
    """Return what the registration says."""
    return Facts(
        event.kind, event.source, event.category, event.community, event.at, event.summary, event.petitioner
    )


@frozen
class EntryView:
    """台账条目: an entry as it stands at `version` of its history. `last_due`: the last deadline it had, met or not."""

    id: str
    version: int
    facts: Facts
    live: Live
    dossier: Dossier = EMPTY
    last_due: date | None = None

    @property
    def kind(self) -> str:
        """The ledger it belongs to."""
        return self.facts.kind

    @property
    def state(self) -> str:
        """Its state."""
        return self.live.state

    @property
    def due(self) -> date | None:
        """The next unmet deadline; None when none is left or it is not known yet."""
        return due_day(self.live)

    @property
    def closed_on(self) -> date | None:
        """The day it was struck off, declined or merged."""
        return None if self.live.closing is None else self.live.closing.day

    def is_overdue(self, on: date) -> bool | None:
        """Return whether it is overdue on a day; None when no due day was ever set."""
        return is_overdue(self.live, on)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing for a deadline to be known: `category`, `timetable`, `calendar`."""
        return missing(self.live)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The clauses its deadline rests on."""
        return citations(self.live)

    def colour(self, on: date) -> Colour:
        """Return the entry's colour on a day: red, yellow or green."""
        return colour(self.live, self.dossier, on)

    def citation(self, lang: Lang = "zh") -> str:
        """Return the missing markers and the clauses as one table cell."""
        said = [f"missing:{name}" for name in self.missing] + [c.say(lang) for c in self.citations]
        return ";".join(dict.fromkeys(said))

    def columns(self, on: date, lang: Lang = "zh") -> dict[str, str]:
        """Return the entry as `entries.csv` shows it on a day."""
        return {
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "due": _day(self.due),
            "overdue": NO_DUE[self.is_overdue(on)],
            "lead": self.live.lead,
            "handler": self.live.handler,
            "closed_on": _day(self.closed_on),
            "citation": self.citation(lang),
        }


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def missing(live: Live) -> tuple[str, ...]:
    """Return the facts without which the entry's deadline cannot be known, in order."""
    found = list(live.terms.missing)
    if is_running(live):
        if live.due is None and live.state not in UNANSWERED:
            found.append("calendar")
    elif live.clock < len(live.terms.clocks) and (live.clock or live.state == "registered"):
        found.extend(live.terms.clocks[live.clock].missing)
    return tuple(dict.fromkeys(found))


def citations(live: Live) -> tuple[Citation, ...]:
    """Return the clause of the running clock, or of the last one, and of its extension."""
    begun = live.clock if is_running(live) else live.clock - 1
    if not 0 <= begun < len(live.terms.clocks):
        return ()
    extension = (live.terms.extension,) if live.extensions else ()
    return (live.terms.clocks[begun].citation, *extension)


def opened(id: str, event: Registered) -> EntryView:  # noqa: A002 - the word of the domain
    """Return the view after the first event of an entry."""
    live = evolve(None, event)
    return EntryView(id, 1, facts_of(event), live, EMPTY, live.due)


def advance(view: EntryView, event: Event) -> EntryView:
    """Return the view after one more event."""
    live, dossier = evolve(view.live, event), enter(view.dossier, event)
    last_due = view.last_due if live.due is None else live.due
    return EntryView(view.id, view.version + 1, view.facts, live, dossier, last_due)


class Folding:
    """折算中的条目: an entry while its events are folded; `view` freezes it. One value to fill, for long histories."""

    __slots__ = ("dossier", "facts", "id", "last_due", "live", "version")

    def __init__(self, id: str, first: Event) -> None:  # noqa: A002
        if not isinstance(first, Registered):
            raise ValueError("the first event of an entry is its registration")
        self.id, self.version, self.facts = id, 1, facts_of(first)
        self.live, self.dossier = evolve(None, first), EMPTY
        self.last_due = self.live.due

    def add(self, event: Event) -> None:
        """Take one more event in."""
        self.version += 1
        live = self.live = STEPS[type(event)](self.live, event)
        if self.dossier is not EMPTY or type(event) not in LEAVE_EMPTY:
            self.dossier = enter(self.dossier, event)
        if live.due is not None:
            self.last_due = live.due

    @property
    def view(self) -> EntryView:
        """The entry as it stands."""
        return EntryView(self.id, self.version, self.facts, self.live, self.dossier, self.last_due)


def fold(id: str, history: Iterable[Event]) -> EntryView:  # noqa: A002
    """Return the view of an entry from its whole history, which opens with its registration."""
    events = iter(history)
    first = next(events, None)
    if first is None:
        raise ValueError("an entry without events is none")
    folding = Folding(id, first)
    for event in events:
        folding.add(event)
    return folding.view
