"""台账裁量: what an action does to an entry: the events it leaves, or the ruling that refuses it.

Pure: the moment and the actor come in the action, the calendar and a merger's target in the context. Deadlines are
reckoned here, once, and stored in the events.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

from huaying_governance.kernel.ruling import Ruling
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
from huaying_governance.ledger.guards import is_answer_accepted
from huaying_governance.ledger.model import Action, Entry
from huaying_governance.ledger.state import Context, Live, has_missed
from huaying_governance.ledger.table import LEDGER
from huaying_governance.ledger.terms import Terms
from huaying_governance.procedure.clock import Unit, WorkDays, deadline, used

Events: TypeAlias = tuple[Event, ...]


def register(entry: Entry, terms: Terms, calendar: WorkDays) -> Registered:
    """Return the event that opens an entry under `terms`, with its first deadline."""
    started = _start(terms, 0, "received", entry.received_at.date(), calendar)
    return Registered(
        entry.received_at,
        entry.kind,
        entry.source,
        entry.category,
        entry.community,
        entry.summary,
        entry.petitioner,
        terms,
        started,
    )


def decide(live: Live, action: Action, context: Context) -> Events | Ruling:
    """Return the events of an admitted action, or a ruling `refused` with every reason in the documented order."""
    if reasons := LEDGER.reasons(live, action, context):
        return LEDGER.refusal(reasons, live, action, context)
    return (_DEEDS[action.action](live, action, context),)


def _start(terms: Terms, index: int, event: str, day: date, calendar: WorkDays) -> Deadline | None:
    """Return the clock at `index`, started on `day`, if it is there, applies, and this event starts it."""
    if index >= len(terms.clocks):
        return None
    clock = terms.clocks[index]
    if clock.start != event or not clock.applies:
        return None
    due = deadline(calendar, day, clock.days, clock.unit, roll=terms.roll)
    return Deadline(index, day, clock.days, due, calendar.version)


def _turn(live: Live, event: str, day: date, calendar: WorkDays) -> tuple[bool, bool | None, Deadline | None]:
    """Return whether the event meets the running deadline, whether that was missed, and the clock it starts."""
    running = live.anchor is not None
    clocks = live.terms.clocks
    met = running and clocks[live.clock].until == event
    late = has_missed(live, day) if met and live.due is not None else None
    if running and not met:
        return False, None, None
    return met, late, _start(live.terms, live.clock + met, event, day, calendar)


def _reckon(live: Live, anchor: date, days: int | None, calendar: WorkDays) -> Deadline:
    due = None if days is None else deadline(calendar, anchor, days, _unit(live), roll=live.terms.roll)
    return Deadline(live.clock, anchor, days, due, calendar.version)


def _unit(live: Live) -> Unit:
    return live.terms.clocks[live.clock].unit


def _accept(live: Live, a: Action, context: Context) -> Event:
    met, late, started = _turn(live, "accepted", a.at.date(), context.calendar)
    return Accepted(a.at, a.actor, a.role, met, late, started)


def _decline(live: Live, a: Action, _context: Context) -> Event:
    # Being told "no" is an answer to the question whether the matter is accepted, and to no other.
    met = live.anchor is not None and live.terms.clocks[live.clock].until == "accepted"
    return Declined(a.at, a.actor, a.role, a.reason, met, _missed(live, a))


def _missed(live: Live, a: Action) -> bool | None:
    """Return how an entry that ends here stands for good: None where no running deadline is known."""
    return None if live.anchor is None or live.due is None else live.late or has_missed(live, a.at.date())


def _assign(live: Live, a: Action, _context: Context) -> Event:
    return Assigned(a.at, a.actor, a.role, a.lead, a.handler)


def _schedule(live: Live, a: Action, context: Context) -> Event:
    days = a.days or 0
    unit: Unit = live.terms.clocks[-1].unit if live.terms.clocks else "natural_days"
    return Scheduled(
        a.at, a.actor, a.role, days, deadline(context.calendar, a.at.date(), days, unit), a.reason
    )


def _progress(_live: Live, a: Action, _context: Context) -> Event:
    return Progressed(a.at, a.actor, a.role, a.reason)


def _extend(live: Live, a: Action, context: Context) -> Event:
    given = a.days or 0
    anchor = live.anchor or a.at.date()
    days = None if live.days is None else live.days + given
    return Extended(a.at, a.actor, a.role, a.reason, given, _reckon(live, anchor, days, context.calendar))


def _hold(live: Live, a: Action, context: Context) -> Event:
    day = a.at.date()
    stopped = None
    if live.terms.hold_stops and live.anchor is not None:
        gone = used(context.calendar, live.anchor, day, _unit(live))
        left = None if gone is None or live.days is None else max(0, live.days - gone)
        stopped = Deadline(live.clock, day, left, live.due, context.calendar.version)
    return Held(a.at, a.actor, a.role, a.reason, stopped)


def _resume(live: Live, a: Action, context: Context) -> Event:
    day = a.at.date()
    # A deadline that had passed before the hold has passed: a pause does not bring it back.
    if not live.terms.hold_stops or live.anchor is None or has_missed(live, day):
        return Resumed(a.at, a.actor, a.role)
    return Resumed(a.at, a.actor, a.role, _reckon(live, day, live.days, context.calendar))


def _return(_live: Live, a: Action, _context: Context) -> Event:
    return Returned(a.at, a.actor, a.role, a.reason)


def _transfer(_live: Live, a: Action, _context: Context) -> Event:
    return Transferred(a.at, a.actor, a.role, a.lead, a.handler, a.reason)


def _merge(live: Live, a: Action, _context: Context) -> Event:
    return Merged(a.at, a.actor, a.role, a.target, _missed(live, a))


def _reply(live: Live, a: Action, context: Context) -> Event:
    met, late, started = _turn(live, "replied", a.at.date(), context.calendar)
    return Replied(a.at, a.actor, a.role, a.evidence, met, late, started)


def _verify(live: Live, a: Action, context: Context) -> Event:
    if is_answer_accepted(live, a, context):
        return Verified(a.at, a.actor, a.role, a.satisfied is True, a.reason)
    return SentBack(a.at, a.actor, a.role, a.reason)


def _strike_off(_live: Live, a: Action, _context: Context) -> Event:
    return StruckOff(a.at, a.actor, a.role)


def _reopen(live: Live, a: Action, _context: Context) -> Event:
    return Reopened(a.at, a.actor, a.role, a.reason, bool(live.lead))


def _escalate(_live: Live, a: Action, _context: Context) -> Event:
    return Escalated(a.at, a.actor, a.role, a.reason)


_DEEDS: Mapping[str, Callable[[Live, Action, Context], Event]] = MappingProxyType(
    {
        "accept": _accept,
        "decline": _decline,
        "assign": _assign,
        "schedule": _schedule,
        "progress": _progress,
        "extend": _extend,
        "hold": _hold,
        "resume": _resume,
        "return": _return,
        "transfer": _transfer,
        "merge": _merge,
        "reply": _reply,
        "verify": _verify,
        "strike_off": _strike_off,
        "reopen": _reopen,
        "escalate": _escalate,
    }
)
