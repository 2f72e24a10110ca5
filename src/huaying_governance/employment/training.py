"""培训班: a class from the survey to its follow-up, how it stands, and the rules of a pack for training.

A lesson (课时) is so many minutes as the pack says; a session (场次) is one sitting and not a class.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from attrs import evolve, field, frozen

from huaying_governance.employment import acts
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import add_months
from huaying_governance.text import Text

LEVELS = ("basic", "middle", "senior", "special")
NOTICES: Mapping[str, Text] = {
    "first-follow-due": Text("待首次回访", "first follow-up due"),
    "second-follow-due": Text("待第二次回访", "second follow-up due"),
    "lessons-short": Text("课时不足", "short of lessons"),
}


@frozen(kw_only=True)
class TrainingRules:
    """培训规则 of a pack: lessons, places, who may be subsidised how often, and what looks odd in the records."""

    lesson_minutes: int
    most_places: int
    basic_hours: int
    higher_hours: int
    practice_percent: int
    suggest_from: int
    a_year: int
    attendance_percent: int
    first_months: int
    second_months: int
    burst_signins: int
    burst_seconds: int
    citation: Citation
    hours: Citation
    places: Citation
    limits: Citation

    def least_hours(self, level: str) -> int:
        """Return the fewest lessons of a class of this level; none are stated for special abilities."""
        return {"basic": self.basic_hours, "special": 0}.get(level, self.higher_hours)


@frozen(kw_only=True)
class TrainingClass:
    """培训班: what is taught where by whom, for how many; `theory` and `practice` in lessons."""

    community: str
    specialty: str
    level: str
    institution: str
    places: int
    theory: int
    practice: int
    at: datetime


@frozen(kw_only=True)
class Act(acts.Act):
    """培训办理: `enrolled` when it opens; `admitted`: what the audit of the subsidy found."""

    enrolled: int | None = None
    admitted: bool | None = None


@frozen(kw_only=True)
class Standing:
    """培训班现状. `claim` is the reference of the subsidy claim, `followed` the days of both follow-ups."""

    held: TrainingClass
    state: str = "surveyed"
    moved_at: datetime | None = None
    enrolled: int | None = None
    ended_on: date | None = None
    claim: str = ""
    claimed_by: str = ""
    followed: tuple[date, ...] = field(default=())

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        return self.moved_at or self.held.at

    def follow_on(self, rules: TrainingRules, number: int | None = None) -> date | None:
        """Return from which day a follow-up is due, by default the next; None before the end, and after both."""
        number = len(self.followed) if number is None else number
        if self.ended_on is None or number > 1:
            return None
        return add_months(self.ended_on, (rules.first_months, rules.second_months)[number])


def opened(held: TrainingClass) -> Standing:
    """Return how a class stands when the demand was surveyed."""
    return Standing(held=held)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a class stands after an admitted act that ends in `state`."""
    moved = evolve(standing, state=state, moved_at=act.at)
    match act.action:
        case "open":
            return evolve(moved, enrolled=act.enrolled)
        case "end":
            return evolve(moved, ended_on=act.on)
        case "claim":
            return evolve(moved, claim=act.evidence, claimed_by=act.actor)
        case "follow_first" | "follow_second":
            return evolve(moved, followed=(*standing.followed, act.on))
        case _:
            return moved
