"""期限推算: what starting, extending, stopping and resuming do to an entry's deadline. Pure: a calendar in, a day out.

A known deadline moves from where it stands; one beyond the calendar is kept as a budget, and can be reckoned anew
from the entry's history when the calendar has grown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from attrs import evolve as evolve_attrs

from huaying_governance.ledger import events as ev
from huaying_governance.ledger.events import Deadline
from huaying_governance.ledger.evolve import evolve
from huaying_governance.ledger.state import Budget, Live, has_missed, is_running
from huaying_governance.ledger.terms import Terms
from huaying_governance.procedure.clock import WorkDays, deadline, used


def start(terms: Terms, index: int, event: str, day: date, calendar: WorkDays) -> Deadline | None:
    """Return the clock at `index`, started on `day`, if it is there, applies, and this event starts it."""
    if index >= len(terms.clocks):
        return None
    clock = terms.clocks[index]
    if clock.start != event or not clock.applies:
        return None
    due = deadline(calendar, day, clock.days, clock.unit, roll=terms.roll)
    return Deadline(index, day, clock.days, due, calendar.version)


def turn(
    live: Live, event: str, at: datetime, calendar: WorkDays
) -> tuple[bool, bool | None, Deadline | None]:
    """Return whether the event meets the running deadline, whether that was missed, and the clock it starts."""
    due, clocks, index = live.due, live.terms.clocks, live.clock
    if due is None and live.budget is None:
        return False, None, start(live.terms, index, event, at.date(), calendar)
    if clocks[index].until != event:
        return False, None, None
    day = at.date()
    begun = None if index + 1 == len(clocks) else start(live.terms, index + 1, event, day, calendar)
    return True, None if due is None else has_missed(live, day), begun


def extend(live: Live, day: date, given: int, calendar: WorkDays) -> Deadline:
    """Return the running clock with `given` more days of its unit."""
    budget = live.budget or Budget(day, None)
    if live.due is not None:
        budget = Budget(live.due, 0)
    days = None if budget.days is None else budget.days + given
    return _reckon(live, budget.anchor, days, calendar)


def stop(live: Live, day: date, calendar: WorkDays) -> Deadline | None:
    """Return the clock as a hold stops it, with the days left; None where the terms know no stop, or none runs."""
    if not (live.terms.hold_stops and is_running(live)):
        return None
    return Deadline(live.clock, day, _left(live, day, calendar), live.due, calendar.version)


def resume(live: Live, day: date, calendar: WorkDays) -> Deadline | None:
    """Return the stopped clock running again from `day`; None where nothing moves.

    A deadline that had passed before the hold has passed: a pause does not bring it back.
    """
    budget = live.budget
    if not live.terms.hold_stops or budget is None or has_missed(live, day):
        return None
    return _reckon(live, day, budget.days, calendar)


def _reckon(live: Live, anchor: date, days: int | None, calendar: WorkDays) -> Deadline:
    unit, roll = live.terms.clocks[live.clock].unit, live.terms.roll
    due = None if days is None else deadline(calendar, anchor, days, unit, roll=roll)
    return Deadline(live.clock, anchor, days, due, calendar.version)


def _left(live: Live, day: date, calendar: WorkDays) -> int | None:
    """Return the days of the running clock that are left after `day`; None where the calendar cannot tell."""
    unit = live.terms.clocks[live.clock].unit
    if live.due is not None:
        return used(calendar, day, live.due, unit)
    budget = live.budget
    gone = None if budget is None else used(calendar, budget.anchor, day, unit)
    return None if budget is None or budget.days is None or gone is None else max(0, budget.days - gone)


def reckon_anew(history: Iterable[ev.Event], calendar: WorkDays) -> Deadline | None:
    """Return the running deadline that `calendar` gives to this history; None where no clock runs."""
    live: Live | None = None
    last: Deadline | None = None
    for event in history:
        if isinstance(event, ev.Reprojected):
            continue
        again = _again(live, event, calendar)
        live = evolve(live, again)
        set_to: Deadline | None = getattr(again, "deadline", None)
        last = last if set_to is None else set_to
    return last if live is not None and is_running(live) else None


def _again(live: Live | None, event: ev.Event, calendar: WorkDays) -> ev.Event:
    """Return the event with its deadline as `calendar` would have had it."""
    day = event.at.date()
    match event:
        case ev.Registered(terms=terms):
            return evolve_attrs(event, deadline=start(terms, 0, "received", day, calendar))
        case ev.Accepted() | ev.Replied() if live is not None and event.deadline is not None:
            index = event.deadline.clock
            begun = start(live.terms, index, live.terms.clocks[index].start, day, calendar)
            return evolve_attrs(event, deadline=begun)
        case ev.Extended() if live is not None:
            return evolve_attrs(event, deadline=extend(live, day, event.days, calendar))
        case ev.Held() if live is not None:
            return evolve_attrs(event, deadline=stop(live, day, calendar))
        case ev.Resumed() if live is not None:
            return evolve_attrs(event, deadline=resume(live, day, calendar))
        case _:
            return event
