"""先锋岗与示范户: what is applied for, hung, reviewed and taken down; functional groups and when they are dormant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from attrs import evolve, field, frozen

from huaying_governance.errors import CalendarNotLoaded
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import add_months, in_force
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.text import Text

SCOPES: Mapping[str, Text] = MappingProxyType(
    {"community": Text("同一社区", "the same community"), "branch": Text("同一支部", "the same branch")}
)


@frozen(kw_only=True)
class Cap:
    """挂牌上限 of those applied for in one year in one community, or for one branch: a number, a share, or both.

    `kind` is empty where all kinds count together. Of the two the lower holds; a share is of those applied for, and
    rounded down. `since` and `until` are days of the application.
    """

    per: str
    kind: str = ""
    most: int | None = None
    percent: int | None = None
    since: date | None = None
    until: date | None = None
    citation: Citation

    def limit(self, applied: int) -> int:
        """Return how many may hang of so many applied for."""
        stated = [] if self.most is None else [self.most]
        stated += [] if self.percent is None else [self.percent * applied // 100]
        return min(stated)

    def covers(self, honour: Honour) -> bool:
        """Whether an honour is among those that the cap counts."""
        return self.kind in {"", honour.kind} and in_force(honour.on, self.since, self.until)


@frozen(kw_only=True)
class HonourRules:
    """挂牌规则 of a pack: publicity, complaints, months of a review, days to rectify, idle groups, caps (or none)."""

    publicity_days: int
    complaints: int
    complaint_months: int
    group_days: int
    review_months: int
    rectify_days: int
    citation: Citation
    caps: tuple[Cap, ...] = ()


@frozen(kw_only=True)
class Honour:
    """挂牌申请 of a post or household: `holder` is a reference, `kind` pioneer or model, `trade` the market."""

    holder: str
    kind: str
    community: str
    trade: str
    on: date
    branch: str = ""


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


def _nothing_else(_year: int) -> Iterable[Standing]:
    return ()


@frozen
class Terms:
    """挂牌期限: the rules, the calendar, and every honour applied for in a year."""

    rules: HonourRules
    calendar: Calendar
    applied_in: Callable[[int], Iterable[Standing]] = _nothing_else

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


ON_REGISTER = frozenset({"listed", "review", "suspended"})
"""The states in which an honour counts as hung."""


@frozen
class Places:
    """名额: of those applied for under one cap, how many hang, and how many may."""

    cap: Cap
    applied: int
    hung: int

    @property
    def limit(self) -> int:
        """How many may hang."""
        return self.cap.limit(self.applied)

    @property
    def free(self) -> bool:
        """Whether one more may hang."""
        return self.hung < self.limit


def places(cap: Cap, batch: Iterable[Standing], rules: HonourRules, on: date) -> Places:
    """Return the places under a cap among those applied for in one year in one scope."""
    counted = [one for one in batch if cap.covers(one.honour)]
    return Places(cap, len(counted), sum(state_on(one, rules, on) in ON_REGISTER for one in counted))


def scope_of(honour: Honour, per: str) -> str:
    """Return the community or the branch for which an honour counts; empty where no branch is stated."""
    return honour.branch if per == "branch" else honour.community


def full(standing: Standing, terms: Terms, on: date) -> Places | None:
    """Return the places of the first cap under which no more may hang on a day; None where there is room, or no cap.

    Those count that were applied for by that day.
    """
    own = standing.honour
    known = tuple(terms.applied_in(own.on.year)) or (standing,)
    applied = [one for one in known if one.honour.on <= on]
    for cap in terms.rules.caps:
        if cap.covers(own):
            batch = (one for one in applied if scope_of(one.honour, cap.per) == scope_of(own, cap.per))
            held = places(cap, batch, terms.rules, on)
            if not held.free:
                return held
    return None


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
