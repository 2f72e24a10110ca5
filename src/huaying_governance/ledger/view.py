"""台账条目一览: what users see of an entry: its facts, its state, its deadline and the clauses behind it.

The row that a store keeps for queries is this view as plain data; reading it back gives the same view.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, cast

from attrs import field, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.ledger.events import Registered
from huaying_governance.ledger.state import (
    UNANSWERED,
    Closing,
    Live,
    due_day,
    is_open,
    is_overdue,
    is_stopped,
)
from huaying_governance.ledger.terms import Terms
from huaying_governance.storage.canonical import Json
from huaying_governance.storage.values import KeyValue, Row, RowKind
from huaying_governance.text import Lang

ROW = RowKind(
    "entry",
    ("state", "kind", "community", "lead", "handler", "due", "late", "closed_on"),
    (("community", "due"), ("lead", "due")),
)
"""`due`: the day of a running clock only, so that what is due soon is one index range; `late`: `yes` for good."""

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
    """台账条目: an entry as it stands at `version` of its history."""

    id: str
    version: int
    facts: Facts
    live: Live

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
    if live.anchor is not None:
        if live.due is None and live.state not in UNANSWERED:
            found.append("calendar")
    elif live.clock < len(live.terms.clocks) and (live.clock or live.state == "registered"):
        found.extend(live.terms.clocks[live.clock].missing)
    return tuple(dict.fromkeys(found))


def citations(live: Live) -> tuple[Citation, ...]:
    """Return the clause of the running clock, or of the last one, and of its extension."""
    begun = live.clock if live.anchor is not None else live.clock - 1
    if not 0 <= begun < len(live.terms.clocks):
        return ()
    extension = (live.terms.extension,) if live.extensions else ()
    return (live.terms.clocks[begun].citation, *extension)


# ---------------------------------------------------------------------------------------------- row and back


def _iso(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(SHANGHAI)


def to_row(view: EntryView) -> Row:
    """Return the current-state row of the entry, with the keys it is found by."""
    live, facts = view.live, view.facts
    data: dict[str, Json] = {
        "facts": [
            facts.kind,
            facts.source,
            facts.category,
            facts.community,
            facts.received_at.isoformat(),
            facts.summary,
            facts.petitioner,
        ],
        "terms": live.terms.key,
        "live": [
            live.state,
            live.at.isoformat(),
            live.lead,
            live.handler,
            live.replied_by,
            _iso(live.assigned_on),
            live.clock,
            _iso(live.anchor),
            live.days,
            _iso(live.due),
            live.extensions,
            live.late,
            live.verified,
        ],
        "closing": None if live.closing is None else [live.closing.day.isoformat(), live.closing.target],
    }
    return Row("entry", view.id, view.version, data, _keys(view))


def _keys(view: EntryView) -> dict[str, KeyValue]:
    live = view.live
    runs = due_day(live)
    # A stopped clock is not due soon; one that had already run out when it was stopped stays overdue.
    if is_stopped(live) and not is_overdue(live, live.at.date()):
        runs = None
    return {
        "state": live.state,
        "kind": view.facts.kind,
        "community": view.facts.community,
        "lead": live.lead or None,
        "handler": live.handler or None,
        "due": _iso(runs) if is_open(live) else None,
        "late": "yes" if live.late else None,
        "closed_on": _iso(view.closed_on),
    }


def from_row(row: Row, terms: Terms) -> EntryView:
    """Return the view that `to_row` wrote, with the terms that it names."""
    data = cast("Mapping[str, Any]", row.data)
    kind, source, category, community, received, summary, petitioner = data["facts"]
    facts = Facts(kind, source, category, community, _moment(received), summary, petitioner)
    (
        state,
        at,
        lead,
        handler,
        replied_by,
        assigned_on,
        clock,
        anchor,
        days,
        due,
        extensions,
        late,
        verified,
    ) = data["live"]
    closing = data["closing"]
    live = Live(
        terms,
        state,
        _moment(at),
        lead,
        handler,
        replied_by,
        _date(assigned_on),
        clock,
        _date(anchor),
        days,
        _date(due),
        extensions,
        late,
        verified,
        None if closing is None else Closing(date.fromisoformat(closing[0]), closing[1]),
    )
    return EntryView(row.id, row.version, facts, live)
