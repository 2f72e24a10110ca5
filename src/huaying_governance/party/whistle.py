"""社区吹哨: what is blown, what is done about it, how a whistle stands. Values only; `whistling` has the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from attrs import evolve, field, frozen

from huaying_governance.kernel.dates import day_of
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.party.clock import Clock, Hours, due_moment

STEPS = ("acknowledge", "arrive", "report", "plan", "close")
"""The steps that have a clock. All clocks start when the whistle is sent out."""


@frozen(kw_only=True)
class Whistle:
    """哨: one matter that a community calls departments or members for. `kind`: urgent, daily, hard."""

    community: str
    kind: str
    responder: str
    matter: str
    at: datetime


@frozen(kw_only=True)
class Act:
    """办理: one act on a whistle. `basis` names the line of the responsibility list that a bounce rests on."""

    action: str
    at: datetime
    actor: str
    role: str
    bodies: tuple[str, ...] = ()
    lead: str = ""
    reason: str = ""
    basis: str = ""
    evidence: str = ""
    days: int | None = None
    satisfied: bool | None = None
    score: int | None = None


@frozen
class WhistleRules:
    """吹哨规则 of a pack: clocks, office hours, how often it may bounce and be extended, the window for a score."""

    clocks: tuple[Clock, ...]
    hours: Hours
    bounces: int
    extensions: int
    score_days: int
    repeat_days: int
    repeats: int
    copy: str


def _nothing_listed(_matter: str, _community: str, _day: date) -> str:
    return ""


@frozen
class Terms:
    """吹哨期限: the rules, the calendar, and what the responsibility list says of a matter.

    `kind_of(matter, community, day)` gives the kind of the line in force, empty where there is none.
    """

    rules: WhistleRules
    calendar: Calendar
    kind_of: Callable[[str, str, date], str] = _nothing_listed


@frozen(kw_only=True)
class Standing:
    """哨的现状. `sent_at` is when it was sent out first; `done` says when each step was first taken."""

    whistle: Whistle
    state: str = "drafted"
    bodies: tuple[str, ...] = ()
    lead: str = ""
    bounced: int = 0
    bounced_by: str = ""
    extra_days: int = 0
    extensions: int = 0
    satisfied: bool | None = None
    score: int | None = None
    last_at: datetime | None = None
    done: Mapping[str, datetime] = field(factory=lambda: MappingProxyType({}), hash=False)
    claimed_by: str = ""
    reason: str = ""

    @property
    def sent_at(self) -> datetime | None:
        """When the whistle was sent to those who must come; it does not start anew after a bounce."""
        return self.done.get("dispatch")


def opened(whistle: Whistle) -> Standing:
    """Return how a whistle stands when it is drafted."""
    return Standing(whistle=whistle)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a whistle stands after an admitted act that ends in `state`."""
    done = standing.done if act.action in standing.done else {**standing.done, act.action: act.at}
    moved = evolve(standing, state=state, last_at=act.at, done=MappingProxyType(dict(done)))
    match act.action:
        case "dispatch":
            lead = act.lead or (act.bodies[0] if len(act.bodies) == 1 else "")
            return evolve(moved, bodies=act.bodies, lead=lead)
        case "bounce":
            return evolve(moved, bounced=standing.bounced + 1, bounced_by=act.actor)
        case "extend":
            days = standing.extra_days + (act.days or 0)
            return evolve(moved, extra_days=days, extensions=standing.extensions + 1)
        case "claim":
            return evolve(moved, claimed_by=act.actor)
        case "verify":
            again = {key: at for key, at in moved.done.items() if act.satisfied or key != "claim"}
            return evolve(moved, satisfied=act.satisfied, done=MappingProxyType(again))
        case "score":
            return evolve(moved, score=act.score)
        case "escalate" | "hand_over":
            return evolve(moved, reason=act.reason)
        case _:
            return moved


def recipients(standing: Standing, rules: WhistleRules) -> tuple[str, ...]:
    """扁平互补: return who receives a matter that was sent out: those called, directly, and who gets the copy."""
    return (*standing.bodies, rules.copy) if standing.bodies else ()


@frozen
class Deadline:
    """期限: a step, when it is due (None: beyond the calendar), when it was taken, and the clock."""

    step: str
    due: datetime | None
    done: datetime | None
    clock: Clock

    def late(self, now: datetime) -> bool:
        """Whether the step was taken after it was due, or is not taken and overdue at `now`."""
        return self.due is not None and (self.done or now) > self.due


def deadlines(standing: Standing, terms: Terms) -> tuple[Deadline, ...]:
    """Return every clock of a whistle that was sent out, in the order of the steps; closing is claiming it done."""
    start = standing.sent_at
    if start is None:
        return ()
    found = []
    for clock in terms.rules.clocks:
        if clock.kind == standing.whistle.kind:
            due = due_moment(terms.calendar, terms.rules.hours, start, clock.amount, clock.unit)
            if clock.step == "close" and due is not None and standing.extra_days:
                due = due_moment(terms.calendar, terms.rules.hours, due, standing.extra_days, "working_days")
            action = "claim" if clock.step == "close" else clock.step
            found.append(Deadline(clock.step, due, standing.done.get(action), clock))
    return tuple(sorted(found, key=lambda one: STEPS.index(one.step)))


def repeated(
    whistles: Mapping[str, Whistle], days: int, times: int
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """反复哨: return the whistles of one community on one matter, `times` or more within `days` of each other.

    A matter that was split into several whistles of one day stands here as well. Nothing is refused for it.
    """
    groups: dict[tuple[str, str], list[tuple[datetime, str]]] = {}
    for id_, whistle in whistles.items():
        if whistle.matter:
            groups.setdefault((whistle.community, whistle.matter), []).append((whistle.at, id_))
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for key, held in sorted(groups.items()):
        held.sort()
        named: dict[str, None] = {}
        for index in range(len(held) - times + 1):
            window = held[index : index + times]
            if day_of(window[-1][0]) - day_of(window[0][0]) <= timedelta(days=days):
                named.update(dict.fromkeys(id_ for _, id_ in window))
        if named:
            found[key] = tuple(named)
    return found
