"""先锋岗与示范户: what is applied for, hung, reviewed and taken down; functional groups and when they are dormant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from attrs import evolve, field, frozen

from huaying_governance.errors import CalendarNotLoaded
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import add_months
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.text import Text


@frozen(kw_only=True)
class HonourRules:
    """挂牌规则 of a pack: publicity, complaints, months of a review, days to rectify, idle groups."""

    publicity_days: int
    complaints: int
    complaint_months: int
    group_days: int
    review_months: int
    rectify_days: int
    citation: Citation


@frozen(kw_only=True)
class Honour:
    """挂牌申请 of a post or household: `holder` is a reference, `kind` pioneer or model, `trade` the market."""

    holder: str
    kind: str
    community: str
    trade: str
    on: date


@frozen(kw_only=True)
class Act:
    """办理: one act on an honour, on a day."""

    action: str
    on: date
    actor: str
    role: str
    passed: bool | None = None
    reason: str = ""
    evidence: str = ""


@frozen
class Terms:
    """挂牌期限: the rules and the calendar."""

    rules: HonourRules
    calendar: Calendar

    def publicity_ends(self, start: date) -> date | None:
        """Return the last day of publicity, None beyond the calendar."""
        try:
            return self.calendar.add_workdays(start, self.rules.publicity_days)
        except CalendarNotLoaded:
            return None


@frozen(kw_only=True)
class Standing:
    """挂牌现状. `complaints` are the days of confirmed complaints, `notice` the reason that is made public.

    `reviewed_on` is the day of the last listing, review or return, from which the next review is due; `trail` has
    every state it came into, with the day.
    """

    honour: Honour
    state: str = "applied"
    publicised_on: date | None = None
    listed_on: date | None = None
    last_on: date | None = None
    complaints: tuple[date, ...] = ()
    notice: str = ""
    reviewed_on: date | None = None
    suspended_on: date | None = None
    trail: tuple[tuple[date, str], ...] = ()
    actors: Mapping[str, str] = field(factory=lambda: MappingProxyType({}), hash=False)

    def recent(self, on: date, months: int) -> int:
        """Return how many complaints were confirmed in the months up to a day."""
        return sum(add_months(day, months) > on for day in self.complaints)


def opened(honour: Honour) -> Standing:
    """Return how an honour stands when it is applied for."""
    return Standing(honour=honour)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how an honour stands after an admitted act that ends in `state`."""
    actors = MappingProxyType({**standing.actors, act.action: act.actor})
    moved = evolve(standing, state=state, last_on=act.on, actors=actors)
    if state != standing.state:
        moved = evolve(moved, trail=(*standing.trail, (act.on, state)))
    if state == "suspended" and standing.state != "suspended":
        moved = evolve(moved, suspended_on=act.on)
    if state == "listed" and act.action in {"list", "review", "rectify"}:
        moved = evolve(moved, reviewed_on=act.on, suspended_on=None)
    match act.action:
        case "publicise":
            return evolve(moved, publicised_on=act.on)
        case "list":
            return evolve(moved, listed_on=act.on)
        case "complaint":
            return evolve(moved, complaints=(*standing.complaints, act.on))
        case "penalty" | "remove" | "close_down" | "discipline":
            return evolve(moved, notice=act.reason)
        case _:
            return moved


def review_due(standing: Standing, rules: HonourRules) -> date | None:
    """季度复查: return the day by which what hangs is to be reviewed, None where nothing hangs."""
    if standing.state not in {"listed", "review"} or standing.reviewed_on is None:
        return None
    return add_months(standing.reviewed_on, rules.review_months)


def rectify_by(standing: Standing, rules: HonourRules) -> date | None:
    """Return the last day to put right what was suspended, None where nothing is."""
    if standing.state != "suspended" or standing.suspended_on is None:
        return None
    return standing.suspended_on + timedelta(days=rules.rectify_days)


def lapsed_on(standing: Standing, rules: HonourRules) -> date | None:
    """Return the day on which what is suspended ends by itself, if nobody puts it right before; None of the others."""
    last = rectify_by(standing, rules)
    return None if last is None else last + timedelta(days=1)


def state_on(standing: Standing, rules: HonourRules, on: date) -> str:
    """Return the state on a day: what was not put right in time is removed, without an act."""
    lapse = lapsed_on(standing, rules)
    return "removed" if lapse is not None and lapse <= on else standing.state


@frozen(kw_only=True)
class Group:
    """功能党小组: a purpose, the branch it does not replace, from when to when, and the days it was active."""

    id: str
    scope: str
    since: date
    until: date | None = None
    active: tuple[date, ...] = ()


GROUP_STATES: Mapping[str, Text] = MappingProxyType(
    {
        "active": Text("活动中", "active"),
        "dormant": Text("休眠", "dormant"),
        "ended": Text("到期", "ended"),
    }
)


def group_state(group: Group, rules: HonourRules, on: date) -> str:
    """Return `ended` past its sunset, `dormant` after the days without activity, else `active`."""
    if group.until is not None and on > group.until:
        return "ended"
    last = max((day for day in (group.since, *group.active) if day <= on), default=group.since)
    return "dormant" if on - last >= timedelta(days=rules.group_days) else "active"


def markets_without_roster(
    markets: Iterable[str], duties: Iterable[tuple[str, date]], on: date
) -> tuple[str, ...]:
    """市场共管: return the markets for which nobody is on duty on a day, in the order given."""
    served = {market for market, day in duties if day == on}
    return tuple(market for market in markets if market not in served)
