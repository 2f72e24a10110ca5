"""台账条目现状: what the rules must know of an entry to judge the next action, and no more.

A million entries may be alive at once, so the value is flat: 15 fields, the words and terms shared. What few entries
have (a closing, milestones, reviews) hangs off `more`.
"""

from __future__ import annotations

from datetime import date, datetime

from attrs import frozen

from huaying_governance.ledger.terms import Terms
from huaying_governance.procedure.clock import WorkDays


@frozen
class Closing:
    """结案: the day, and for a merger the entry that it went into."""

    day: date
    target: str = ""


@frozen(weakref_slot=False)
class Live:
    """现状: the present state of one entry.

    `clock` is the index of the running clock, or of the next one while `anchor` is None. `late` is None until a due
    day was set, then whether a deadline was missed for good. `at` is the moment of the last applied action.
    """

    terms: Terms
    state: str
    at: datetime
    lead: str
    handler: str
    replied_by: str
    assigned_on: date | None
    clock: int
    anchor: date | None
    days: int | None
    due: date | None
    extensions: int
    late: bool | None
    verified: bool
    closing: Closing | None


@frozen
class Context:
    """办理环境: what an action is judged with besides the entry: the calendar, and the target of a merger."""

    calendar: WorkDays
    target: Live | None = None


CLOSED = frozenset({"struck_off", "declined", "merged"})
UNANSWERED = frozenset({"declined", "merged"})
"""Closed without the last deadline being met: the clock has ended."""


def is_open(live: Live) -> bool:
    """Return whether work is still owed."""
    return live.state not in CLOSED


def is_stopped(live: Live) -> bool:
    """Return whether a hold has stopped the clock."""
    return live.state == "on_hold" and live.terms.hold_stops


def due_day(live: Live) -> date | None:
    """Return the next unmet deadline; None when none is left, the entry ended without one, or it is not known yet."""
    return None if live.anchor is None or live.state in UNANSWERED else live.due


def has_missed(live: Live, day: date) -> bool:
    """Return whether the running clock's deadline lies before `day`; a stopped clock stands as it stood at the hold."""
    if live.due is None or live.anchor is None:
        return False
    return (live.anchor if is_stopped(live) else day) > live.due


def is_overdue(live: Live, on: date) -> bool | None:
    """Return whether the entry is overdue on a day; None when no due day was ever set. The due day is in time."""
    if live.late is None:
        return None
    return live.late or (live.state not in UNANSWERED and has_missed(live, on))
