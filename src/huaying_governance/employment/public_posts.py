"""公益性岗位安置: who is placed on a post in the public interest, for how long, and when it ends.

Three years at most; who had less than five years to the statutory age of retirement when first approved may stay until
then. Two placements at most. Facts that are not stated are never taken for granted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta

from attrs import evolve, frozen

from huaying_governance.employment import acts
from huaying_governance.employment.retirement import Schedule, near, statutory_retirement
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import add_months, add_years, years_between
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.procedure.clock import deadline
from huaying_governance.text import Text

HARDSHIPS = ("aged", "disabled", "low_income", "long_unemployed", "landless", "zero_employment")


@frozen(kw_only=True)
class PublicPostRules:
    """公益性岗位规则 of a pack: who qualifies, how long and how often, publicity, warnings, and the clauses."""

    men_from: int
    women_from: int
    unemployed_months: int
    years: int
    near_years: int
    placements: int
    publicity_days: int
    first_warning: int
    last_warning: int
    check_months: int
    schedule: Schedule
    who: Citation
    term: Citation
    citation: Citation


@frozen(kw_only=True)
class Application:
    """安置申请: a person (a reference) for a post; `first_approved`: when help of this kind was first approved.

    `earlier`: placements before this register was kept, None where that is not known. `evidence`: the reference of
    what proves the hardship.
    """

    person: str
    public_post: str
    job_kind: str
    community: str
    hardship: str
    evidence: str
    born: date | None = None
    group: str
    registered: bool | None = None
    unemployed_since: date | None = None
    employed_elsewhere: bool | None = None
    earlier: int | None = None
    first_approved: date | None = None
    at: datetime


@frozen(kw_only=True)
class Act(acts.Act):
    """安置办理. `until`: the last day agreed on, when it begins or is extended; `suitable`: what the check found."""

    until: date | None = None
    suitable: bool | None = None


@frozen
class Terms:
    """安置期限: the rules, the calendar, and how many placements of a person began and how many last."""

    rules: PublicPostRules
    calendar: Calendar
    placed: Callable[[str], int]
    serving: Callable[[str], int]


@frozen(kw_only=True)
class Standing:
    """安置现状. `until`: the last day agreed on; `checked_on`: the last monthly check."""

    held: Application
    state: str = "applied"
    moved_at: datetime | None = None
    publicised_on: date | None = None
    started_on: date | None = None
    until: date | None = None
    extended: bool = False
    checked_on: date | None = None
    left_on: date | None = None

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        return self.moved_at or self.held.at


def opened(held: Application) -> Standing:
    """Return how a placement stands when it is applied for."""
    return Standing(held=held)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a placement stands after an admitted act that ends in `state`."""
    moved = evolve(standing, state=state, moved_at=act.at)
    match act.action:
        case "publicise":
            return evolve(moved, publicised_on=act.on)
        case "start":
            return evolve(moved, started_on=act.on, until=act.until, checked_on=act.on)
        case "extend":
            return evolve(moved, until=act.until, extended=True)
        case "month_check":
            return evolve(moved, checked_on=act.on)
        case "leave" | "expire":
            return evolve(moved, left_on=act.on)
        case _:
            return moved


def missing_facts(held: Application) -> tuple[str, ...]:
    """Return the facts without which nobody can say whether the person qualifies."""
    asked: dict[str, object] = {
        "registered_unemployed": held.registered,
        "employed_elsewhere": held.employed_elsewhere,
        "earlier_placements": held.earlier,
        "hardship_evidence": held.evidence or None,
    }
    if held.hardship == "aged":
        asked |= {"born": held.born, "retirement_group": held.group or None}
    if held.hardship == "long_unemployed":
        asked["unemployed_since"] = held.unemployed_since
    return tuple(name for name, value in asked.items() if value is None)


def of_the_category(held: Application, rules: PublicPostRules, on: date) -> bool:
    """Whether the facts known do not contradict the hardship that is stated, on a day."""
    if held.hardship == "aged" and held.born is not None and held.group:
        least = rules.men_from if held.group == "men" else rules.women_from
        return years_between(held.born, on) >= least
    if held.hardship == "long_unemployed" and held.unemployed_since is not None:
        return add_months(held.unemployed_since, rules.unemployed_months) <= on
    return True


def retires_on(held: Application, rules: PublicPostRules) -> date | None:
    """Return when the person reaches the statutory age; None where birth or group is not stated."""
    band = rules.schedule.get(held.group)
    return None if band is None or held.born is None else statutory_retirement(held.born, band).on


def approved_on(standing: Standing, day: date) -> date:
    """Return the day of the first approval, by which the age is fixed."""
    return standing.held.first_approved or standing.started_on or day


def latest(standing: Standing, rules: PublicPostRules, start: date, *, extend: bool = False) -> date:
    """Return the last day on which a placement that starts on a day may end.

    Three years, the last day excluded; never beyond retirement. Extended: until retirement, for who was near it when
    first approved, if that is later.
    """
    term = add_years(start, rules.years) - timedelta(days=1)
    retires = retires_on(standing.held, rules)
    if retires is None:
        return term
    if extend and near(retires, approved_on(standing, start), rules.near_years):
        return retires - timedelta(days=1)
    return min(term, retires - timedelta(days=1))


def publicity_ends(standing: Standing, terms: Terms) -> date | None:
    """Return the last day of publicity; None before it began, and beyond the calendar."""
    if standing.publicised_on is None:
        return None
    days = terms.rules.publicity_days
    return deadline(terms.calendar, standing.publicised_on, days, "working_days", roll=False)


NOTICES: Mapping[str, Text] = {
    "expired": Text("已到期", "expired"),
    "check-due": Text("待核查", "check due"),
}
EXPIRY, ENDING = "expiry-", Text("{n}日内到期", "ends within {n} days")
"""A warning, and what it says: the days follow its code."""


def called(code: str) -> Text:
    """Return what a notice says."""
    return NOTICES.get(code) or ENDING.fill(n=code.removeprefix(EXPIRY))


def notices(standing: Standing, rules: PublicPostRules, on: date) -> Iterator[str]:
    """Yield what is due on a day for somebody on a post: `expiry-90`, `expiry-30`, `expired`, `check-due`.

    The two warnings bear the days of the pack; the nearer one takes the place of the farther.
    """
    if standing.state != "on_post" or standing.until is None:
        return
    if on > standing.until:
        yield "expired"
    elif on >= standing.until - timedelta(days=rules.last_warning):
        yield f"{EXPIRY}{rules.last_warning}"
    elif on >= standing.until - timedelta(days=rules.first_warning):
        yield f"{EXPIRY}{rules.first_warning}"
    if standing.checked_on is not None and on > add_months(standing.checked_on, rules.check_months):
        yield "check-due"
