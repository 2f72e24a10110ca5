"""台账演进: the next state from an event. Pure, total, and never refuses: what happened has happened.

Replaying a million events spends its time here: one look-up by the event's type, one tuple. Each step writes the
fields that change and copies the rest, in the order of `Live`.
"""

# ruff: noqa: RUF005 - unpacking goes through a list and takes twice as long as joining tuples

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

from huaying_governance.ledger import events as ev
from huaying_governance.ledger.state import Budget, Closing, Live, is_stopped

Step: TypeAlias = Callable[[Live, Any], Live]

_new = tuple.__new__
_AFTER_AT = 2
_AFTER_REPLY = 6
_AFTER_VERIFIED = 7
_AFTER_LATE = 10
_AFTER_MORE = 11


def evolve(live: Live | None, event: ev.Event) -> Live:
    """Return the state after `event`; the first event of an entry is `Registered`, and `live` is then None."""
    if live is None:
        if isinstance(event, ev.Registered):
            return _registered(event)
        raise ValueError("the first event of an entry is its registration")
    return STEPS[type(event)](live, event)


def _registered(event: ev.Registered) -> Live:
    clock, due, more = _running(event.deadline)
    late = None if due is None else False
    return Live("registered", event.at, "", "", None, "", False, clock, due, late, more, 0, event.terms)


def _running(deadline: ev.Deadline | None) -> tuple[int, date | None, Budget | None]:
    """Return the fields of a clock that was just set: the budget is kept only where the day is not known."""
    if deadline is None:
        return 0, None, None
    budget = Budget(deadline.anchor, deadline.days) if deadline.due is None else None
    return deadline.clock, deadline.due, budget


def _to(state: str) -> Step:
    def step(live: Live, event: ev.Done) -> Live:
        return _new(Live, (state, event.at) + live[_AFTER_AT:])

    return step


def _stay(live: Live, event: ev.Done) -> Live:
    return _new(Live, (live.state, event.at) + live[_AFTER_AT:])


def _unchanged(live: Live, _event: ev.Done) -> Live:
    return live


def _met(live: Live, late: bool | None, met: bool, deadline: ev.Deadline | None) -> tuple[Any, ...]:
    """Return clock, due, late and more after an event that may meet the running deadline and start the next clock."""
    late = live.late if late is None else live.late or late
    clock, due, more = (live.clock + 1, None, None) if met else (live.clock, live.due, live.more)
    if deadline is not None:
        clock, due, more = _running(deadline)
        late = late if due is None else bool(late)
    return clock, due, late, more


def _accepted(live: Live, event: ev.Accepted) -> Live:
    if not event.met and event.deadline is None:
        return _new(Live, ("accepted", event.at) + live[_AFTER_AT:])
    clock = _met(live, event.late, event.met, event.deadline)
    head = ("accepted", event.at) + live[_AFTER_AT:_AFTER_VERIFIED]
    return _new(Live, head + clock + live[_AFTER_MORE:])


def _replied(live: Live, event: ev.Replied) -> Live:
    clock = _met(live, event.late, event.met, event.deadline)
    _, _, lead, handler, return_by, _, _, _, _, _, _, extensions, terms = live
    head = ("replied", event.at, lead, handler, return_by, event.by, False)
    return _new(Live, head + clock + (extensions, terms))


def _assigned(live: Live, event: ev.Assigned | ev.Transferred) -> Live:
    head = ("assigned", event.at, event.lead, event.handler, event.return_by)
    return _new(Live, head + live[_AFTER_REPLY - 1 :])


def _verified(live: Live, event: ev.Verified) -> Live:
    head = ("verified", event.at) + live[_AFTER_AT:_AFTER_REPLY]
    return _new(Live, head + (True,) + live[_AFTER_VERIFIED:])


def _clocked(
    live: Live, state: str, event: ev.Done, clock: tuple[Any, ...], extensions: int | None = None
) -> Live:
    """Return the state with clock, due, late and more replaced."""
    given = live.extensions if extensions is None else extensions
    head = (state, event.at) + live[_AFTER_AT:_AFTER_VERIFIED]
    return _new(Live, head + clock + (given, live.terms))


def _extended(live: Live, event: ev.Extended) -> Live:
    clock, due, budget = _running(event.deadline)
    return _clocked(live, live.state, event, (clock, due, live.late, budget), live.extensions + 1)


def _held(live: Live, event: ev.Held) -> Live:
    stopped = event.deadline
    more = live.more if stopped is None else Budget(stopped.anchor, stopped.days)
    return _clocked(live, "on_hold", event, (live.clock, live.due, live.late, more))


def _resumed(live: Live, event: ev.Resumed) -> Live:
    if event.deadline is None:
        more = None if live.due is not None else live.more
        return _clocked(live, "in_progress", event, (live.clock, live.due, live.late, more))
    clock, due, budget = _running(event.deadline)
    return _clocked(live, "in_progress", event, (clock, due, live.late, budget))


def _closed(live: Live, state: str, event: ev.Done, late: bool | None = None, target: str = "") -> Live:
    late = live.late if late is None else late
    closing = Closing(event.at.date(), target, live.budget)
    return _clocked(live, state, event, (live.clock, live.due, late, closing))


def _declined(live: Live, event: ev.Declined) -> Live:
    if not event.met:
        return _closed(live, "declined", event, event.late)
    late = live.late if event.late is None else event.late
    closing = Closing(event.at.date())
    return _clocked(live, "declined", event, (live.clock + 1, None, late, closing))


def _merged(live: Live, event: ev.Merged) -> Live:
    return _closed(live, "merged", event, event.late, event.target)


def _struck_off(live: Live, event: ev.StruckOff) -> Live:
    at = event.at
    closing = _new(Closing, (at.date(), "", None if live.more is None else live.budget))
    return _new(Live, ("struck_off", at) + live[_AFTER_AT:_AFTER_LATE] + (closing,) + live[_AFTER_MORE:])


def _reopened(live: Live, event: ev.Reopened) -> Live:
    state = "assigned" if event.assigned else "accepted"
    return _clocked(live, state, event, (live.clock, live.due, live.late, live.budget))


def _reprojected(live: Live, event: ev.Reprojected) -> Live:
    clock, due, budget = _running(event.deadline)
    late = live.late if due is None else bool(live.late)
    more: Budget | Closing | None = budget
    if isinstance(live.more, Closing):
        more = live.more._replace(budget=budget)
    elif is_stopped(live):
        more = Budget(event.deadline.anchor, event.deadline.days)
    return live._replace(clock=clock, due=due, late=late, more=more)


STEPS: Mapping[type[object], Step] = {
    ev.Accepted: _accepted,
    ev.Declined: _declined,
    ev.Assigned: _assigned,
    ev.Scheduled: _stay,
    ev.Progressed: _to("in_progress"),
    ev.Extended: _extended,
    ev.Held: _held,
    ev.Resumed: _resumed,
    ev.Returned: _to("returned"),
    ev.Transferred: _assigned,
    ev.Merged: _merged,
    ev.Replied: _replied,
    ev.Verified: _verified,
    ev.SentBack: _to("in_progress"),
    ev.StruckOff: _struck_off,
    ev.Reopened: _reopened,
    ev.Escalated: _stay,
    ev.Refused: _unchanged,
    ev.Recorded: _unchanged,
    ev.CoHandled: _unchanged,
    ev.ItemsAnswered: _unchanged,
    ev.FundsNoted: _unchanged,
    ev.CalledBack: _unchanged,
    ev.Obstacle: _unchanged,
    ev.HoldReviewed: _unchanged,
    ev.Informed: _unchanged,
    ev.Linked: _unchanged,
    ev.Reminded: _unchanged,
    ev.Reprojected: _reprojected,
}
