"""选民名单: a roll of voters, a registration for it, objections, and the clocks of both.

Values only; `roll_steps` and `enrolling` have the rules. A registration keeps whether somebody may vote and by which
ground, never why somebody may not: no record of a court, no diagnosis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from attrs import evolve, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of, in_force
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.participation.kinship import UNCONCERNED, Officials
from huaying_governance.procedure.clock import deadline
from huaying_governance.text import Text


@frozen(kw_only=True)
class RollRules:
    """名单规则 of a body while they are in force.

    `double`: `block` bars whoever is registered elsewhere, `declare` asks for a declaration. `same_days`: polling days
    that lie no further apart belong to one election. `meeting`: somebody without local hukou needs a meeting's consent.
    """

    body: str
    publish_days: int
    objection_days: int
    objection_roll: bool
    decision_days: int
    decision_roll: bool
    double: str
    same_days: int
    meeting: bool
    since: date
    until: date | None
    publication: Citation
    objection: Citation
    decision: Citation
    single: Citation
    admission: Citation


@frozen(kw_only=True)
class Roll:
    """名单: of one body of one community for one polling day."""

    id: str
    community: str
    body: str
    polling_day: date
    at: datetime


@frozen(kw_only=True)
class RollAct:
    """名单办理: one act on a roll."""

    action: str
    at: datetime
    actor: str
    role: str
    reason: str = ""


@frozen(kw_only=True)
class RollStanding:
    """名单的现状."""

    roll: Roll
    state: str = "prepared"
    moved_at: datetime | None = None
    published_on: date | None = None

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        return self.moved_at or self.roll.at


@frozen(kw_only=True)
class Registration:
    """选民登记: of a reference for a roll. `place` is a building or a grid, never a door; `since`: lives here since."""

    roll: str
    person: str
    hukou: bool
    at: datetime
    place: str = ""
    since: date | None = None


@frozen(kw_only=True)
class Act:
    """登记办理: one act on a registration. `fit`: the finding; `consent`: the meeting's; `upheld`: the decision."""

    action: str
    at: datetime
    actor: str
    role: str
    fit: bool | None = None
    consent: bool | None = None
    upheld: bool | None = None
    reason: str = ""
    evidence: str = ""


OBJECTIONS: Mapping[str, Text] = {
    "listed": Text("不应列入", "should not be listed"),
    "omitted": Text("遗漏", "left out"),
}
ELSEWHERE = "declare-registration"
NOTES: Mapping[str, Text] = {
    ELSEWHERE: Text("另一名单也有登记，须声明", "on another roll too: to be declared")
}
"""What is to be looked at about a registration."""


@frozen
class Objection:
    """异议: raised against an entry (`listed`) or because somebody is left out (`omitted`), and what was decided."""

    kind: Literal["listed", "omitted"]
    raised_on: date
    decided_on: date | None = None
    upheld: bool | None = None


@frozen(kw_only=True)
class Standing:
    """登记的现状."""

    registration: Registration
    state: str = "applied"
    moved_at: datetime | None = None
    consented: bool = False
    declared: bool = False
    objections: tuple[Objection, ...] = ()

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        return self.moved_at or self.registration.at

    @property
    def listed(self) -> bool:
        """Whether the entry stands: an objection that is not decided yet removes nobody."""
        return self.state in {"registered", "objected"}


@frozen
class Terms:
    """登记期限: the rules, the calendar, and what else is known: rolls, other registrations, the law's judgement.

    `judged` returns what the library found of somebody's facts, empty where it was given none; `officials` which of
    them is concerned in an election on a roll.
    """

    rules: tuple[RollRules, ...]
    calendar: Calendar
    roll: Callable[[str], RollStanding | None]
    of_person: Callable[[str], Iterable[Standing]]
    of_roll: Callable[[str], Iterable[Standing]]
    judged: Callable[[Registration], str]
    officials: Officials = UNCONCERNED

    def rules_of(self, roll: str) -> RollRules | None:
        """Return the rules by which a roll is judged: those in force on its polling day."""
        known = self.roll(roll)
        return None if known is None else rules_on(self.rules, known.roll.body, known.roll.polling_day)


def rules_on(rules: Iterable[RollRules], body: str, day: date) -> RollRules | None:
    """Return what holds for a body on a polling day; None where the pack states nothing."""
    return next((one for one in rules if one.body == body and in_force(day, one.since, one.until)), None)


def opened(registration: Registration) -> Standing:
    """Return how a registration stands when it is applied for."""
    return Standing(registration=registration)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a registration stands after an admitted act that ends in `state`."""
    moved, day = evolve(standing, state=state, moved_at=act.at), day_of(act.at)
    match act.action:
        case "consent":
            return evolve(moved, consented=act.consent is True)
        case "declare":
            return evolve(moved, declared=True)
        case "object" | "claim":
            raised = Objection("listed" if act.action == "object" else "omitted", day)
            return evolve(moved, objections=(*standing.objections, raised))
        case "decide":
            *earlier, last = standing.objections
            return evolve(
                moved, objections=(*earlier, evolve(last, decided_on=day, upheld=act.upheld is True))
            )
        case _:
            return moved


def roll_opened(roll: Roll) -> RollStanding:
    """Return how a roll stands when it is begun."""
    return RollStanding(roll=roll)


def roll_after(standing: RollStanding, act: RollAct, state: str) -> RollStanding:
    """Return how a roll stands after an admitted act that ends in `state`."""
    published = day_of(act.at) if act.action == "publish" else standing.published_on
    return evolve(standing, state=state, moved_at=act.at, published_on=published)


def publish_by(roll: Roll, rules: RollRules) -> date:
    """Return the last day on which a roll may be published: so many days before the polling day, that day in time."""
    return roll.polling_day - timedelta(days=rules.publish_days)


def object_by(published_on: date, rules: RollRules, calendar: Calendar) -> date | None:
    """Return the last day of objection: counted from the day after publication; None beyond the calendar."""
    return deadline(calendar, published_on, rules.objection_days, "natural_days", roll=rules.objection_roll)


def decide_by(objection: Objection, rules: RollRules, calendar: Calendar) -> date | None:
    """Return the last day for the decision: counted from the day after the objection; None beyond the calendar."""
    days = rules.decision_days
    return deadline(calendar, objection.raised_on, days, "natural_days", roll=rules.decision_roll)


def active_elsewhere(standing: Standing, terms: Terms) -> tuple[Standing, ...]:
    """Return the same person's registrations on other rolls of one election that stand."""
    own = terms.roll(standing.registration.roll)
    rules = terms.rules_of(standing.registration.roll)
    if own is None or rules is None:
        return ()
    found = []
    for other in terms.of_person(standing.registration.person):
        there = terms.roll(other.registration.roll)
        if there is None or there.roll.id == own.roll.id or not other.listed:
            continue
        if abs((there.roll.polling_day - own.roll.polling_day).days) <= rules.same_days:
            found.append(other)
    return tuple(found)
