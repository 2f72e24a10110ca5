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


@frozen(kw_only=True)
class HonourRules:
    """挂牌规则 of a pack: days of publicity, complaints that open a review, days until a group is dormant."""

    publicity_days: int
    complaints: int
    complaint_months: int
    group_days: int
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
    """挂牌现状. `complaints` are the days of confirmed complaints, `notice` the reason that is made public."""

    honour: Honour
    state: str = "applied"
    publicised_on: date | None = None
    listed_on: date | None = None
    last_on: date | None = None
    complaints: tuple[date, ...] = ()
    notice: str = ""
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
    match act.action:
        case "publicise":
            return evolve(moved, publicised_on=act.on)
        case "list":
            return evolve(moved, listed_on=act.on)
        case "complaint":
            return evolve(moved, complaints=(*standing.complaints, act.on))
        case "penalty" | "remove":
            return evolve(moved, notice=act.reason)
        case _:
            return moved


@frozen(kw_only=True)
class Group:
    """功能党小组: a purpose, the branch it does not replace, from when to when, and the days it was active."""

    id: str
    scope: str
    since: date
    until: date | None = None
    active: tuple[date, ...] = ()


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
