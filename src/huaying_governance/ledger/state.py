"""台账条目现状: what the rules must know of an entry to judge the next action, and no more.

A million entries may be alive at once, and a replay makes a new value at every event. So the state is one flat tuple,
its words, days and terms shared: a step copies the tail that stays. What few entries have hangs off `more`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from attrs import frozen

from huaying_governance.ledger.dossier import EMPTY, Dossier
from huaying_governance.ledger.terms import Terms
from huaying_governance.procedure.clock import WorkDays


class Budget(NamedTuple):
    """时限余额: so many days after the anchor: of a stopped clock, or of one that ends beyond the calendar.

    `days` is None where the calendar did not reach far enough to reckon them.
    """

    anchor: date
    days: int | None


class Closing(NamedTuple):
    """结案: the day; for a merger the entry it went into; and a clock's budget, should the entry be reopened."""

    day: date
    target: str = ""
    budget: Budget | None = None


class Live(NamedTuple):
    """现状: the present state of one entry.

    `at` is the moment of the last applied action; `return_by` the last day of the objection window. `clock` is the
    index of the running clock, or of the next one where none runs; `due` its deadline. `late` is None until a due day
    was set, then whether a deadline was missed for good.
    """

    state: str
    at: datetime
    lead: str
    handler: str
    return_by: date | None
    replied_by: str
    verified: bool
    clock: int
    due: date | None
    late: bool | None
    more: Budget | Closing | None
    extensions: int
    terms: Terms

    @property
    def budget(self) -> Budget | None:
        """The budget of a clock that is stopped or ends beyond the calendar."""
        return self.more.budget if isinstance(self.more, Closing) else self.more

    @property
    def closing(self) -> Closing | None:
        """How the entry was closed, None while it is open."""
        return self.more if isinstance(self.more, Closing) else None


@frozen
class Context:
    """办理环境: what an action is judged with besides the entry.

    The calendar; the target of a merger; and what the further criteria ask of: the dossier, how many children are
    open, how many petitioners of merged entries have not been told.
    """

    calendar: WorkDays
    target: Live | None = None
    dossier: Dossier = EMPTY
    open_children: int = 0
    uninformed: int = 0


CLOSED = frozenset({"struck_off", "declined", "merged"})
UNANSWERED = frozenset({"declined", "merged"})
"""Closed without the last deadline being met: the clock has ended."""


def is_open(live: Live) -> bool:
    """Return whether work is still owed."""
    return live.state not in CLOSED


def is_running(live: Live) -> bool:
    """Return whether a deadline is still to be met, known or not; a closed entry keeps it for a reopening."""
    return live.due is not None or live.budget is not None


def is_stopped(live: Live) -> bool:
    """Return whether a hold has stopped the clock."""
    return live.state == "on_hold" and live.terms.hold_stops


def due_day(live: Live) -> date | None:
    """Return the next unmet deadline; None when none is left, the entry ended without one, or it is not known yet."""
    return None if live.state in UNANSWERED else live.due


def has_missed(live: Live, day: date) -> bool:
    """Return whether the running clock's deadline lies before `day`; a stopped clock stands as it stood at the hold."""
    if live.due is None:
        return False
    if live.state == "on_hold" and live.terms.hold_stops and live.budget is not None:
        day = live.budget.anchor
    return day > live.due


def is_overdue(live: Live, on: date) -> bool | None:
    """Return whether the entry is overdue on a day; None when no due day was ever set. The due day is in time."""
    if live.late is None:
        return None
    return live.late or (live.state not in UNANSWERED and has_missed(live, on))
