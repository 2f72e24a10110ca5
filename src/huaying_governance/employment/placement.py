"""就业服务阶梯: 进场 > 投递 > 意向 > 签约 > 到岗 > 稳岗3个月, climbed one rung at a time, and never merged.

An intention is no agreement: only what has an agreement's reference counts as signed. A person counts once on each
rung of a ladder, however often it was climbed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from attrs import evolve, frozen

from huaying_governance.employment import acts
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import add_months, day_of
from huaying_governance.text import Text

NOTICES: Mapping[str, Text] = {
    "insurance-due": Text("待参保", "insurance due"),
    "insurance-late": Text("参保逾期", "insurance late"),
    "settle-due": Text("待确认稳岗", "settling to be confirmed"),
}
RUNGS = ("entered", "submitted", "intended", "signed", "at_work", "settled")
"""The rungs from the lowest to the highest."""


@frozen(kw_only=True)
class FairRules:
    """招聘会规则 of a pack: from how many heads a permit is asked, how long before, who gives it, the follow-up."""

    permit_from: int
    permit_days: int
    city_over: int
    follow_days: int
    settled_months: int
    insurance_days: int
    permit: Citation
    free: Citation
    agreement: Citation
    insurance: Citation
    citation: Citation


@frozen(kw_only=True)
class Placement:
    """求职服务: one person on the way to one employer's job, from a fair or through an agency; both are references."""

    person: str
    community: str
    fair: str
    agency: str
    employer: str
    at: datetime


@frozen(kw_only=True)
class Act(acts.Act):
    """服务办理: one act on a placement."""


@frozen(kw_only=True)
class Standing:
    """服务现状. `rung`: the highest rung reached, kept when somebody gives up; `agreement`: its reference."""

    held: Placement
    state: str = "entered"
    moved_at: datetime | None = None
    rung: str = "entered"
    agreement: str = ""
    started_on: date | None = None
    insured_on: date | None = None

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        return self.moved_at or self.held.at

    def reached(self, rung: str) -> bool:
        """Whether this rung was reached."""
        return RUNGS.index(self.rung) >= RUNGS.index(rung)

    def insurance_by(self, rules: FairRules) -> date | None:
        """Return the last day to register for social insurance; None before work has begun."""
        return None if self.started_on is None else self.started_on + timedelta(days=rules.insurance_days)

    def settled_on(self, rules: FairRules) -> date | None:
        """Return from which day the job may be called kept; None before work has begun."""
        return None if self.started_on is None else add_months(self.started_on, rules.settled_months)


def opened(held: Placement) -> Standing:
    """Return how a placement stands when the person has come."""
    return Standing(held=held)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a placement stands after an admitted act that ends in `state`."""
    moved = evolve(standing, state=state, moved_at=act.at)
    if state in RUNGS:
        moved = evolve(moved, rung=state)
    match act.action:
        case "sign":
            return evolve(moved, agreement=act.evidence)
        case "begin":
            return evolve(moved, started_on=day_of(act.at))
        case "insure":
            return evolve(moved, insured_on=day_of(act.at))
        case _:
            return moved


@frozen
class Ladder:
    """阶梯人数: the persons on each rung, each counted for itself, and of whom it can be said that the job was kept.

    `due`: persons at work whose months are over; only they are a denominator for the last rung.
    """

    persons: Mapping[str, int]
    due: int


def ladder(standings: Iterable[Standing], rules: FairRules, on: date) -> Ladder:
    """Return how many persons reached each rung; nobody is on a rung without being on those below."""
    reached: dict[str, set[str]] = {rung: set() for rung in RUNGS}
    due: set[str] = set()
    for one in standings:
        for rung in RUNGS[: RUNGS.index(one.rung) + 1]:
            reached[rung].add(one.held.person)
        settled = one.settled_on(rules)
        if settled is not None and settled <= on:
            due.add(one.held.person)
    return Ladder({rung: len(persons) for rung, persons in reached.items()}, len(due))
