"""岗位: a vacancy as it is posted, where it is shown, and what a pack asks of it.

Values only; `listing` has the procedure. The fields are those that the law asks a posting to state truly: employer,
openings, conditions, content, place and basic pay; what nobody stated is empty, and counts as unknown. There is no
field for sex, age, ethnicity or household registration: such a condition cannot be stated.
"""

# Long: a vacancy with everything that a pack asks of it.

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from attrs import evolve, frozen

from huaying_governance.employment.linter import LintFinding, LintRule, barring, lint, linted
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
from huaying_governance.kernel.geo import Point
from huaying_governance.kernel.ids import DivisionCode
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.text import Text, same

SCHOOLING = ("none", "primary", "junior", "senior", "college", "bachelor", "postgraduate")
"""文化程度, lowest first."""
WAGE_PERIODS = ("month", "day", "hour", "piece")
MINIMUM = ("employer", "openings", "conditions", "duties", "division", "wage_low")
"""What a posting must state before it goes out."""
MISSING_WAGE = "minimum_wage"
FIELDS: Mapping[str, Text] = {
    "employer": Text("用人单位", "the employer"),
    "openings": Text("招聘人数", "how many are wanted"),
    "conditions": Text("招聘条件", "the conditions"),
    "duties": Text("工作内容", "the content of the work"),
    "division": Text("工作地点", "the place of work"),
    "wage_low": Text("基本劳动报酬", "the basic pay"),
}
FACTS: Mapping[str, Text] = {
    MISSING_WAGE: Text("可比的最低工资", "a comparable minimum wage"),
    "place": Text("位置", "place"),
}
UNSTATED = Text("没有写明{name}", "does not state {name}")
NO_MINIMUM = Text(
    "不知道当地可比的最低工资标准（政策包没有写明，或计薪周期不可比）",
    "no comparable minimum wage is known (the pack states none, or the pay is by day or piece)",
)
UNDERPAID = Text("工资低于当地最低工资标准", "pays less than the local minimum wage")
FINDINGS: Mapping[str, Text] = {"below-minimum-wage": UNDERPAID}
RAISE = Text("提高到当地标准以上", "raise it to the minimum")


EXPIRED = Text("已过期", "expired")
"""How a vacancy that is published past its validity is called, beside the states of its procedure."""
CHANNEL_STATES: Mapping[str, Text] = {
    "to_publish": Text("待发布", "to be published"),
    "shown": Text("已展示", "shown"),
    "to_update": Text("待更新", "to be updated"),
    "to_remove": Text("待撤下", "to be removed"),
    "removed": Text("已撤下", "removed"),
}
REGIONS: Mapping[str, Text] = {
    "home": Text("本市", "this city"),
    "neighbour": Text("周边", "neighbouring"),
    "prefecture": Text("本地区", "this prefecture"),
    "elsewhere": Text("外地", "elsewhere"),
    "unknown": Text("不明", "unknown"),
}


@frozen(kw_only=True)
class Vacancy:
    """岗位: one kind of work at one employer, and how many are wanted. `desk` is where to ask, never a phone."""

    employer: str
    kind: str
    title: str
    on: date
    credit_code: str = ""
    poster: str = ""
    desk: str = ""
    duties: str = ""
    conditions: str = ""
    division: str = ""
    point: Point | None = None
    openings: int | None = None
    wage_low: Decimal | None = None
    wage_high: Decimal | None = None
    wage_period: str = "month"
    until: date | None = None
    home_work: bool | None = None
    night_shift: bool | None = None
    schooling: str = ""
    experience: int | None = None
    certificates: tuple[str, ...] = ()
    abilities: tuple[str, ...] = ()

    @property
    def wording(self) -> str:
        """What people read of it."""
        return "。".join((self.title, self.duties, self.conditions))

    @property
    def unstated(self) -> tuple[str, ...]:
        """The fields of the lawful minimum that are empty."""
        return tuple(name for name in MINIMUM if getattr(self, name) in ("", None, 0))


@frozen
class Copy:
    """渠道展示: which revision a channel should show (0: none), which it has said it shows (None: has said nothing).

    Until a channel speaks it may show anything: only its word settles that a posting is up, or gone.
    """

    channel: str
    wanted: int
    shown: int | None
    since: datetime

    @property
    def state(self) -> str:
        """`to_publish`, `shown`, `to_update`, `to_remove` or `removed`."""
        if self.settled:
            return "shown" if self.wanted else "removed"
        if self.wanted == 0:
            return "to_remove"
        return "to_update" if self.shown else "to_publish"

    @property
    def settled(self) -> bool:
        """Whether the channel shows what it should."""
        return self.wanted == self.shown


@frozen(kw_only=True)
class Act:
    """岗位办理: one act on a vacancy. What an edit leaves empty stays as it is."""

    action: str
    at: datetime
    actor: str
    role: str
    reason: str = ""
    evidence: str = ""
    abnormal: bool | None = None
    channels: tuple[str, ...] = ()
    hired: int | None = None
    title: str = ""
    duties: str = ""
    conditions: str = ""
    openings: int | None = None
    wage_low: Decimal | None = None
    wage_high: Decimal | None = None
    until: date | None = None

    @property
    def changes(self) -> Mapping[str, object]:
        """What an edit changes, by field."""
        names = ("title", "duties", "conditions", "openings", "wage_low", "wage_high", "until")
        return {name: value for name in names if (value := getattr(self, name)) not in ("", None)}


@frozen(kw_only=True)
class Listing:
    """岗位现状: the vacancy as last edited, its revision, what has been filled, and its channels."""

    vacancy: Vacancy
    last_at: datetime
    state: str = "drafted"
    revision: int = 1
    filled: int = 0
    notice: str = ""
    copies: tuple[Copy, ...] = ()

    @property
    def left(self) -> int:
        """How many are still wanted."""
        return max(0, (self.vacancy.openings or 0) - self.filled)

    def expired(self, on: date) -> bool:
        """Whether its validity is over."""
        return self.vacancy.until is not None and on > self.vacancy.until

    def open(self, on: date) -> bool:
        """Whether one can apply for it on a day."""
        return self.state == "published" and self.left > 0 and not self.expired(on)

    def status(self, on: date) -> str:
        """Return its state, `expired` where it is published past its validity."""
        return "expired" if self.state == "published" and self.expired(on) else self.state


@frozen
class Neighbour:
    """周边地区: a division whose vacancies are shown as near."""

    code: DivisionCode
    name: Text
    citation: Citation


@frozen
class Channel:
    """发布渠道."""

    id: str
    name: Text
    citation: Citation


@frozen
class MinimumWage:
    """最低工资: of a division, in yuan a month and an hour, from a day on."""

    division: DivisionCode
    monthly: Decimal
    hourly: Decimal | None
    since: date
    citation: Citation


@frozen(kw_only=True)
class PostingRules:
    """岗位发布规则 of a pack."""

    channels: Mapping[str, Channel]
    home: DivisionCode
    home_citation: Citation
    centre: Point | None
    neighbours: tuple[Neighbour, ...]
    wording: tuple[LintRule, ...]
    minimum_wages: tuple[MinimumWage, ...]
    most_days: int
    confirm_days: int
    citation: Citation
    days: Citation
    employers: Citation
    wages: Citation

    def region(self, division: str) -> tuple[str, Text]:
        """Return where a division lies (`home`, `neighbour`, `prefecture`, `elsewhere`, `unknown`), and its name."""
        if not DivisionCode.is_valid(division):
            return "unknown", Text("", "")
        code = DivisionCode.parse(division)
        if code.within(self.home):
            return "home", REGIONS["home"]
        for one in self.neighbours:
            if code.within(one.code):
                return "neighbour", one.name
        if code.full[:4] == self.home.full[:4]:
            return "prefecture", REGIONS["prefecture"]
        return "elsewhere", REGIONS["elsewhere"]

    def lint(self, vacancy: Vacancy) -> tuple[LintFinding, ...]:
        """Return what is wrong with the wording of a vacancy."""
        return lint(vacancy.wording, self.wording)

    def least_wage(self, vacancy: Vacancy, on: date) -> MinimumWage | None:
        """Return the minimum wage in force at the place of a vacancy; None where the pack states none.

        Of several the one for the narrowest division holds, and of those the latest.
        """
        if not DivisionCode.is_valid(vacancy.division):
            return None
        code = DivisionCode.parse(vacancy.division)
        held = [one for one in self.minimum_wages if one.since <= on and code.within(one.division)]
        return max(held, key=lambda one: (len(one.division.parts), one.since), default=None)

    def underpays(self, vacancy: Vacancy, on: date) -> bool | None:
        """Whether a vacancy pays less than the minimum wage; None where that cannot be known.

        A month is held against the monthly, an hour against the hourly figure; pay by day or piece cannot be compared
        without the hours that it takes.
        """
        least = self.least_wage(vacancy, on)
        if least is None or vacancy.wage_low is None:
            return None
        figure = {"month": least.monthly, "hour": least.hourly}.get(vacancy.wage_period)
        return None if figure is None else vacancy.wage_low < figure

    def judge(self, vacancy: Vacancy, on: date) -> Ruling:
        """Return what is to be said of a vacancy: its wording, its pay, what it does not state.

        `refused`: it may not go out; `undetermined`: a fact is missing; `conditional`: something to mend; `permitted`.
        """
        worded, underpaid = linted(self.lint(vacancy)), self.underpays(vacancy, on)
        unknown = (MISSING_WAGE,) if underpaid is None and vacancy.wage_low is not None else ()
        missing = (*vacancy.unstated, *unknown)
        grounds = list(worded.grounds) if worded.codes or not missing else []
        remedies = list(worded.remedies)
        if underpaid:
            grounds.append(Ground(UNDERPAID, "below-minimum-wage", self.wages))
            remedies.append(Remedy("below-minimum-wage", RAISE))
        for name in missing:
            text, clause = (NO_MINIMUM, self.wages) if name == MISSING_WAGE else (UNSTATED, self.citation)
            grounds.append(Ground(text.fill(name=FIELDS.get(name, same(name))), f"missing:{name}", clause))
        outcome = "refused" if underpaid else worded.outcome
        if missing and outcome != "refused":
            outcome = "undetermined"
        return Ruling(outcome, tuple(grounds), missing, tuple(remedies))


@frozen
class Terms:
    """岗位办理条件: the rules and the calendar."""

    rules: PostingRules
    calendar: Calendar


def edited(vacancy: Vacancy, act: Act) -> Vacancy:
    """Return a vacancy as it reads after an edit."""
    return evolve(vacancy, **act.changes)  # type: ignore[arg-type] # the names are those of its own fields


def unlawful(rules: PostingRules, vacancy: Vacancy) -> bool:
    """Whether the wording bars a vacancy."""
    return next(iter(barring(rules.lint(vacancy))), None) is not None


def longest(rules: PostingRules, start: date) -> date:
    """Return the last day until which a posting may be valid."""
    return start + timedelta(days=rules.most_days)


def following(copies: Iterable[Copy], revision: int, at: datetime) -> tuple[Copy, ...]:
    """Return the channels as they must follow: each that should show it turns to a revision (0: away)."""
    return tuple(
        copy if copy.wanted in {0, revision} else evolve(copy, wanted=revision, since=at) for copy in copies
    )


def sent(copies: tuple[Copy, ...], channels: Iterable[str], revision: int, at: datetime) -> tuple[Copy, ...]:
    """Return the channels after a publication on some of them."""
    held = {copy.channel: copy for copy in copies}
    for channel in channels:
        known = held.get(channel)
        if known is None:
            held[channel] = Copy(channel, revision, None, at)
        elif known.wanted != revision:
            held[channel] = evolve(known, wanted=revision, since=at)
    return tuple(held[name] for name in sorted(held))


def confirmed(copies: Iterable[Copy], channels: Iterable[str]) -> tuple[Copy, ...]:
    """Return the channels after some of them have said that they show what they should."""
    named = frozenset(channels)
    return tuple(evolve(copy, shown=copy.wanted) if copy.channel in named else copy for copy in copies)


def late(copy: Copy, rules: PostingRules, calendar: Calendar, on: date) -> bool | None:
    """Whether a channel has not followed within the days of the pack; None beyond the calendar."""
    if copy.settled:
        return False
    if not calendar.covers(day_of(copy.since)) or not calendar.covers(on):
        return None
    return on > calendar.add_workdays(day_of(copy.since), rules.confirm_days)
