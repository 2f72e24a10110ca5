"""准入申请: what is asked for, what is done about it, and how a request stands after it. Values only, no rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from attrs import evolve, field, frozen

from huaying_governance.errors import CalendarNotLoaded
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.responsibility.assignments import Admission


@frozen(kw_only=True)
class Request:
    """准入申请: an organisation asks that a matter outside the list be admitted; `consult`: who must be heard."""

    id: str
    matter: str
    requester: str
    communities: tuple[str, ...]
    consult: tuple[str, ...] = ()
    basis: str = ""
    reason: str = ""


@frozen(kw_only=True)
class Act:
    """办理: one act on a request, on a day, by an organisation in a role. What an action needs, its guards say."""

    action: str
    on: date
    actor: str
    role: str
    reason: str = ""
    basis: str = ""
    approve: bool | None = None
    since: date | None = None
    until: date | None = None
    communities: tuple[str, ...] = ()
    funding: Decimal | None = None
    conditions: tuple[str, ...] = ()
    order: str = ""
    order_until: date | None = None


@frozen(kw_only=True)
class Terms:
    """准入期限: what the library does where no order says otherwise: both values are defaults, without legal force."""

    emergency_days: int = 30
    review_days: int = 10
    renewals: int = 1


def _none() -> Mapping[str, bool]:
    return MappingProxyType({})


@frozen(kw_only=True)
class Standing:
    """申请现状: a request after what has been done about it.

    `opinions` are by body heard; `expires` and `review_by` belong to an emergency; `review_by` is None while the
    working-day calendar does not reach it (`review_from` keeps the day it counts from).
    """

    request: Request
    state: str = "submitted"
    opinions: Mapping[str, bool] = field(factory=_none)
    basis: str = ""
    admission: Admission | None = None
    conditions: tuple[str, ...] = ()
    order: str = ""
    expires: date | None = None
    review_from: date | None = None
    review_by: date | None = None
    renewals: int = 0
    overdue_review: bool = False

    @property
    def unheard(self) -> tuple[str, ...]:
        """The bodies that must be heard and have not been."""
        return tuple(body for body in self.request.consult if body not in self.opinions)


def evolved(standing: Standing, act: Act, state: str, calendar: Calendar, terms: Terms) -> Standing:
    """Return how a request stands after an act that was admitted, and that ends in `state`."""
    after = evolve(standing, state=state)
    match act.action:
        case "check":
            return evolve(after, basis=act.basis or standing.basis)
        case "consult":
            heard = {**standing.opinions, act.actor: bool(act.approve)}
            return evolve(after, opinions=MappingProxyType(heard))
        case "decide" | "revise" if state == "admitted":
            return evolve(after, admission=_admission(standing, act), conditions=act.conditions)
        case "withdraw" | "expire" if standing.admission is not None:
            return evolve(
                after, admission=evolve(standing.admission, until=_last(standing.admission, act.on))
            )
        case "declare" | "renew":
            return _emergency(after, act, calendar, terms)
        case "review":
            late = standing.review_by is not None and act.on > standing.review_by
            return evolve(after, overdue_review=late)
        case _:
            return after


def _last(admission: Admission, on: date) -> date:
    """Return the last day of an admission that ends by an act of `on`: the day before, or its own end if earlier."""
    before = on - timedelta(days=1)
    return before if admission.until is None else min(admission.until, before)


def _admission(standing: Standing, act: Act) -> Admission:
    request = standing.request
    return Admission(
        id=request.id,
        matter=request.matter,
        assigner=request.requester,
        communities=act.communities or request.communities,
        since=act.since,
        until=act.until,
        funding=act.funding,
        decided_by=act.actor,
    )


def _emergency(after: Standing, act: Act, calendar: Calendar, terms: Terms) -> Standing:
    longest = act.on + timedelta(days=terms.emergency_days)
    expires = longest if act.order_until is None else min(longest, act.order_until)
    first = after.review_from is None
    start = act.on if after.review_from is None else after.review_from
    return evolve(
        after,
        order=act.order,
        expires=expires,
        review_from=start,
        review_by=review_day(start, calendar, terms),
        renewals=after.renewals if first else after.renewals + 1,
    )


def review_day(start: date, calendar: Calendar, terms: Terms) -> date | None:
    """Return the day by which an emergency must be reviewed; None while the calendar does not reach it."""
    try:
        return calendar.add_workdays(start, terms.review_days)
    except CalendarNotLoaded:
        return None
