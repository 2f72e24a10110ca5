"""台账演进: the next state from an event. Pure, total, and never refuses: what happened has happened.

Positional constructors, because a replay of a million events spends its time here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import assert_never

from attrs import evolve as evolve_attrs

from huaying_governance.ledger.events import (
    Accepted,
    Assigned,
    Deadline,
    Declined,
    Escalated,
    Event,
    Extended,
    Held,
    Merged,
    Progressed,
    Refused,
    Registered,
    Reopened,
    Replied,
    Resumed,
    Returned,
    Scheduled,
    SentBack,
    StruckOff,
    Transferred,
    Verified,
)
from huaying_governance.ledger.state import Closing, Live


def evolve(live: Live | None, event: Event) -> Live:
    """Return the state after `event`; the first event of an entry is `Registered`, and `live` is then None."""
    if isinstance(event, Registered):
        return _registered(event)
    if live is None:
        raise ValueError("the first event of an entry is its registration")
    return _next(live, event)


def replay(events: Iterable[Event]) -> Live | None:
    """Return the state after all events, None where there is none."""
    live: Live | None = None
    for event in events:
        live = evolve(live, event)
    return live


def _registered(event: Registered) -> Live:
    clock = event.deadline
    if clock is None:
        return Live(
            event.terms, "registered", event.at, "", "", "", None, 0, None, None, None, 0, None, False, None
        )
    late = None if clock.due is None else False
    return Live(
        event.terms, "registered", event.at, "", "", "", None,
        clock.clock, clock.anchor, clock.days, clock.due, 0, late, False, None,
    )  # fmt: skip


def _next(live: Live, event: Event) -> Live:
    match event:
        case Progressed() | SentBack():
            return _move(live, "in_progress", event.at)
        case Accepted():
            return _meet(live, "accepted", event, live.replied_by, live.verified)
        case Assigned() | Transferred():
            return _desk(live, event)
        case Replied():
            return _meet(live, "replied", event, event.by, False)
        case Verified():
            return _verified(live, event)
        case StruckOff():
            return _close(live, "struck_off", event.at, live.late, Closing(event.at.date()))
        case Scheduled() | Escalated():
            return _move(live, live.state, event.at)
        case Extended():
            return _clock(live, live.state, event.at, event.deadline, live.extensions + 1)
        case Held():
            return _clock(live, "on_hold", event.at, event.deadline, live.extensions)
        case Resumed():
            return _clock(live, "in_progress", event.at, event.deadline, live.extensions)
        case Returned():
            return _move(live, "returned", event.at)
        case Merged():
            late = live.late if event.late is None else event.late
            return _close(live, "merged", event.at, late, Closing(event.at.date(), event.target))
        case Declined():
            return _declined(live, event)
        case Reopened():
            return _reopened(live, event)
        case Refused():
            return live
        case Registered():
            raise ValueError("an entry is registered once")
        case _:
            assert_never(event)


def _move(live: Live, state: str, at: datetime) -> Live:
    return Live(
        live.terms, state, at, live.lead, live.handler, live.replied_by, live.assigned_on, live.clock, live.anchor,
        live.days, live.due, live.extensions, live.late, live.verified, live.closing,
    )  # fmt: skip


def _meet(live: Live, state: str, event: Accepted | Replied, replied_by: str, verified: bool) -> Live:
    """Return the state after an event that may meet the running deadline and start the next clock."""
    late = live.late if event.late is None else event.late
    clock, anchor, days, due = live.clock, live.anchor, live.days, live.due
    if event.met:
        clock, anchor, days, due = live.clock + 1, None, None, None
    if event.deadline is not None:
        clock, anchor, days, due = _parts(event.deadline)
        late = late if due is None else bool(late)
    return Live(
        live.terms, state, event.at, live.lead, live.handler, replied_by, live.assigned_on, clock, anchor,
        days, due, live.extensions, late, verified, live.closing,
    )  # fmt: skip


def _parts(deadline: Deadline) -> tuple[int, date, int | None, date | None]:
    return deadline.clock, deadline.anchor, deadline.days, deadline.due


def _desk(live: Live, event: Assigned | Transferred) -> Live:
    return Live(
        live.terms, "assigned", event.at, event.lead, event.handler, live.replied_by, event.at.date(), live.clock,
        live.anchor, live.days, live.due, live.extensions, live.late, live.verified, live.closing,
    )  # fmt: skip


def _verified(live: Live, event: Verified) -> Live:
    return Live(
        live.terms, "verified", event.at, live.lead, live.handler, live.replied_by, live.assigned_on, live.clock,
        live.anchor, live.days, live.due, live.extensions, live.late, True, live.closing,
    )  # fmt: skip


def _clock(live: Live, state: str, at: datetime, deadline: Deadline | None, extensions: int) -> Live:
    """Return the state with the clock moved, where there is anything to move."""
    if deadline is None:
        return _move(live, state, at)
    return Live(
        live.terms, state, at, live.lead, live.handler, live.replied_by, live.assigned_on, deadline.clock,
        deadline.anchor, deadline.days, deadline.due, extensions, live.late, live.verified, live.closing,
    )  # fmt: skip


def _close(live: Live, state: str, at: datetime, late: bool | None, closing: Closing | None) -> Live:
    return Live(
        live.terms, state, at, live.lead, live.handler, live.replied_by, live.assigned_on, live.clock, live.anchor,
        live.days, live.due, live.extensions, late, live.verified, closing,
    )  # fmt: skip


def _declined(live: Live, event: Declined) -> Live:
    late = live.late if event.late is None else event.late
    ended = _close(live, "declined", event.at, late, Closing(event.at.date()))
    return evolve_attrs(ended, clock=live.clock + 1, anchor=None, days=None, due=None) if event.met else ended


def _reopened(live: Live, event: Reopened) -> Live:
    return _close(live, "assigned" if event.assigned else "accepted", event.at, live.late, None)
