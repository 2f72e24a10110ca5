"""奖补申报: what is claimed, what is done about it, how a claim stands. Values only; `claiming` has the rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from attrs import evolve, frozen

from huaying_governance.errors import CalendarNotLoaded
from huaying_governance.kernel.workdays import Calendar


@frozen(kw_only=True)
class Claim:
    """奖补申报: one rule's award claimed by one person (or for a couple, in the paid one's name) in one cycle.

    `person` and `employer` are references. `fen` is what the policy awards, in fen.
    """

    cycle: str
    policy: str
    rule: str
    person: str
    employer: str
    fen: int
    filed_on: date


@frozen(kw_only=True)
class Act:
    """办理: one act on a claim, on a day, by somebody in a role. What an action needs, its guards say."""

    action: str
    on: date
    actor: str
    role: str
    reason: str = ""
    evidence: str = ""
    passed: bool | None = None
    fen: int | None = None
    batch: str = ""


@frozen(kw_only=True)
class Terms:
    """申报期限: the window (both days included), the publicity in working days, and the calendar.

    The five working days are this library's default where no policy says otherwise.
    """

    calendar: Calendar
    opens: date
    closes: date
    publicity_days: int = 5

    def publicity_ends(self, start: date) -> date | None:
        """Return the last day of publicity; None while the calendar does not reach it."""
        try:
            return self.calendar.add_workdays(start, self.publicity_days)
        except CalendarNotLoaded:
            return None


@frozen(kw_only=True)
class Standing:
    """申报现状. `fen` is what is to be paid now, `paid` what has been, `owed` what is to be paid back."""

    claim: Claim
    state: str = "applied"
    fen: int = 0
    paid: int = 0
    owed: int = 0
    publicised_on: date | None = None
    objections: int = 0
    batch: str = ""
    actors: Mapping[str, str] = MappingProxyType({})

    def did(self, action: str) -> str:
        """Return who did `action` last; empty where nobody has."""
        return self.actors.get(action, "")


def opened(claim: Claim) -> Standing:
    """Return how a claim stands when it is filed."""
    return Standing(claim=claim, fen=claim.fen)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a claim stands after an admitted act that ends in `state`."""
    actors = MappingProxyType({**standing.actors, act.action: act.actor})
    moved = evolve(standing, state=state, actors=actors)
    match act.action:
        case "publicise":
            return evolve(moved, publicised_on=act.on)
        case "object":
            return evolve(moved, objections=standing.objections + 1)
        case "review" | "settle" if act.fen is not None:
            return evolve(moved, fen=act.fen)
        case "batch":
            return evolve(moved, batch=act.batch)
        case "unbatch":
            return evolve(moved, batch="")
        case "pay":
            return evolve(moved, paid=standing.paid + standing.fen)
        case "claw_back":
            return evolve(moved, owed=act.fen or 0)
        case "repay" | "offset" | "write_off":
            left = standing.owed - (act.fen or 0)
            back = 0 if act.action == "write_off" else act.fen or 0
            return evolve(moved, owed=left, paid=standing.paid - back)
        case _:
            return moved
