"""办理结果: the event that each admitted action leaves. Deadlines are reckoned here, once, and stored in the event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from huaying_governance.ledger.events import (
    Accepted,
    Assigned,
    Declined,
    Escalated,
    Event,
    Extended,
    Held,
    Merged,
    Progressed,
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
from huaying_governance.ledger.model import Action
from huaying_governance.ledger.reckoning import extend, resume, stop, turn
from huaying_governance.ledger.state import Context, Live, has_missed, is_running
from huaying_governance.procedure.clock import Unit, deadline

REVIEW_DAYS = 90
"""A matter on hold is looked at again within so many days; a default of this library."""


def _return_by(live: Live, a: Action, context: Context) -> date | None:
    window = live.terms.objection
    return deadline(context.calendar, a.at.date(), window.days, window.unit)


def _accept(live: Live, a: Action, context: Context) -> Event:
    met, late, started = turn(live, "accepted", a.at, context.calendar)
    return Accepted(a.at, a.actor, a.role, met, late, started)


def _decline(live: Live, a: Action, _context: Context) -> Event:
    # Being told "no" is an answer to the question whether the matter is accepted, and to no other.
    met = is_running(live) and live.terms.clocks[live.clock].until == "accepted"
    return Declined(a.at, a.actor, a.role, a.reason, met, _missed(live, a))


def _missed(live: Live, a: Action) -> bool | None:
    """Return how an entry that ends here stands for good: None where no running deadline is known."""
    return None if live.due is None else live.late or has_missed(live, a.at.date())


def _assign(live: Live, a: Action, context: Context) -> Event:
    return Assigned(a.at, a.actor, a.role, a.lead, a.handler, _return_by(live, a, context))


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
    extended = extend(live, a.at.date(), given, context.calendar)
    return Extended(a.at, a.actor, a.role, a.reason, given, extended)


def _hold(live: Live, a: Action, context: Context) -> Event:
    day = a.at.date()
    stopped = stop(live, day, context.calendar)
    return Held(a.at, a.actor, a.role, a.reason, stopped, day + timedelta(days=REVIEW_DAYS))


def _resume(live: Live, a: Action, context: Context) -> Event:
    return Resumed(a.at, a.actor, a.role, resume(live, a.at.date(), context.calendar))


def _return(_live: Live, a: Action, _context: Context) -> Event:
    return Returned(a.at, a.actor, a.role, a.reason)


def _transfer(live: Live, a: Action, context: Context) -> Event:
    return Transferred(a.at, a.actor, a.role, a.lead, a.handler, _return_by(live, a, context), a.reason)


def _merge(live: Live, a: Action, _context: Context) -> Event:
    return Merged(a.at, a.actor, a.role, a.target, _missed(live, a))


def _reply(live: Live, a: Action, context: Context) -> Event:
    met, late, started = turn(live, "replied", a.at, context.calendar)
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


EFFECTS: Mapping[str, Callable[[Live, Action, Context], Event]] = MappingProxyType(
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
"""By action: what it leaves when it is admitted."""
