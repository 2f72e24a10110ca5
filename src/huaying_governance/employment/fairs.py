"""招聘会: a fair from its plan to its follow-up; from a thousand heads on the permit is a task before it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from attrs import evolve, frozen

from huaying_governance.employment import acts
from huaying_governance.employment.placement import FairRules
from huaying_governance.text import Text


@frozen(kw_only=True)
class Fair:
    """招聘会计划: where, on which day, for how many; `free` to those who seek work, None where it is not said."""

    community: str
    organiser: str
    held_on: date
    expected: int
    free: bool | None = None
    at: datetime


@frozen(kw_only=True)
class Act(acts.Act):
    """招聘会办理. `checked`: the risk check found it in order; `gate`: heads counted at the gate."""

    checked: bool | None = None
    gate: int | None = None


@frozen(kw_only=True)
class Standing:
    """招聘会现状. `asked_on`: when the permit was asked for; `gate` is a count of heads, never of registrations."""

    held: Fair
    state: str = "planned"
    moved_at: datetime | None = None
    asked_on: date | None = None
    permit: str = ""
    held_on: date | None = None
    gate: int | None = None
    followed_on: date | None = None

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        return self.moved_at or self.held.at


def opened(held: Fair) -> Standing:
    """Return how a fair stands when it is planned."""
    return Standing(held=held)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a fair stands after an admitted act that ends in `state`."""
    moved = evolve(standing, state=state, moved_at=act.at)
    match act.action:
        case "ask_permit":
            return evolve(moved, asked_on=act.on)
        case "permit":
            return evolve(moved, permit=act.evidence)
        case "hold":
            return evolve(moved, held_on=act.on, gate=act.gate)
        case "follow_up":
            return evolve(moved, followed_on=act.on)
        case _:
            return moved


def needs_permit(fair: Fair, rules: FairRules) -> bool:
    """Whether so many are expected that the police must permit it."""
    return fair.expected >= rules.permit_from


def permit_by(fair: Fair, rules: FairRules) -> date | None:
    """Return the last day to ask for the permit; None where none is needed."""
    return fair.held_on - timedelta(days=rules.permit_days) if needs_permit(fair, rules) else None


def permit_from(fair: Fair, rules: FairRules) -> str:
    """Return whose permit it takes: `county`, `city`, or nobody's."""
    if not needs_permit(fair, rules):
        return ""
    return "city" if fair.expected > rules.city_over else "county"


def follow_by(standing: Standing, rules: FairRules) -> date | None:
    """Return the last day of the follow-up; None before the fair was held."""
    return None if standing.held_on is None else standing.held_on + timedelta(days=rules.follow_days)


ORGANS: Mapping[str, Text] = {
    "county": Text("县级公安机关", "county police"),
    "city": Text("设区的市级公安机关", "city police"),
}
"""Whose permit it takes."""
NOTICES: Mapping[str, Text] = {
    "permit-task": Text("待申请许可", "permit to ask for"),
    "permit-late": Text("许可逾期", "permit late"),
    "follow-up-task": Text("待跟踪", "follow-up due"),
    "follow-up-late": Text("跟踪逾期", "follow-up late"),
    "gate-below-entered": Text("进场计数少于登记", "fewer at the gate than entered"),
}


def notices(standing: Standing, rules: FairRules, on: date) -> tuple[str, ...]:
    """Return what is due on a day: `permit-task`, `permit-late`, `follow-up-task`, `follow-up-late`."""
    found = []
    last = permit_by(standing.held, rules)
    waiting = standing.state in {"planned", "risk_checked"} and standing.asked_on is None
    if last is not None and waiting:
        found.append("permit-task" if on <= last else "permit-late")
    end = follow_by(standing, rules)
    if end is not None and standing.state == "held":
        found.append("follow-up-task" if on <= end else "follow-up-late")
    return tuple(found)
