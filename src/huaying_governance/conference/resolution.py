"""议定事项: what a conference resolved: one lead, a deadline, a measure. `supervising` has the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Literal

from attrs import evolve, frozen

from huaying_governance.conference.circulation import LATEST, CirculationStanding, Fate
from huaying_governance.conference.meeting import MeetingStanding
from huaying_governance.conference.rules import Conference, ConferenceRules
from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.kernel.dates import SHANGHAI, day_of
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.text import Text

Colour = Literal["", "green", "yellow", "red"]
COLOURS: Mapping[str, Text] = {
    "green": Text("绿牌", "green"),
    "yellow": Text("黄牌", "yellow"),
    "red": Text("红牌", "red"),
}
CURES = {
    "no-meeting": (
        Text("没有写明由哪次会议或传签议定", "neither a meeting nor a circulation is named"),
        Text("填写会议编号或传签编号", "name the meeting or the circulation"),
    ),
    "two-grounds": (
        Text("会议和传签都填写了", "both a meeting and a circulation are named"),
        Text("只填写议定它的一个", "name the one that settled it"),
    ),
    "no-lead": (
        Text("没有牵头单位", "nobody leads"),
        Text("写明一家牵头单位，其余为配合单位", "name the one that leads; the others cooperate"),
    ),
    "two-leads": (
        Text("有多家牵头单位", "more than one leads"),
        Text("只定一家牵头单位，其余为配合单位", "name the one that leads; the others cooperate"),
    ),
    "lead-cooperates": (
        Text("牵头单位又列为配合单位", "the lead is named among those that cooperate"),
        Text("从配合单位中去掉", "take it out of those that cooperate"),
    ),
    "no-deadline": (Text("没有完成期限", "there is no deadline"), Text("写明完成期限", "state the deadline")),
    "due-before-resolved": (
        Text("期限早于议定日期", "the deadline lies before the resolution"),
        Text("核对两个日期", "check both dates"),
    ),
    "no-measure": (
        Text("没有可衡量的结果", "no measurable outcome is stated"),
        Text("写明怎样算完成", "say what counts as done"),
    ),
}


@frozen(kw_only=True)
class Resolution:
    """议定事项: on an item, by a meeting or a circulation; `measure` says what counts as done.

    `resolution` makes one from raw parts.
    """

    item: str
    meeting: str = ""
    circulation: str = ""
    text: str
    lead: str
    cooperators: tuple[str, ...] = ()
    on: date
    due: date
    measure: str


def ungrounded(meeting: str, circulation: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with what a resolution rests on: a meeting or a circulation, and only one of them."""
    if bool(meeting) == bool(circulation):
        yield "meeting", "two-grounds" if meeting else "no-meeting"


def unsound(
    leads: tuple[str, ...], cooperators: tuple[str, ...], on: date | None, due: date | None, measure: str
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a resolution: the field at fault, and the code."""
    if len(set(leads)) != 1:
        yield "leads", "two-leads" if leads else "no-lead"
    if set(leads) & set(cooperators):
        yield "cooperators", "lead-cooperates"
    if due is None:
        yield "due_on", "no-deadline"
    elif on is not None and due < on:
        yield "due_on", "due-before-resolved"
    if not measure.strip():
        yield "measure", "no-measure"


def resolution(
    *,
    item: str,
    meeting: str = "",
    circulation: str = "",
    text: str,
    leads: tuple[str, ...],
    cooperators: tuple[str, ...] = (),
    on: date,
    due: date | None,
    measure: str,
) -> Resolution:
    """Return a resolution; raises `Problems` with everything that is wrong with it."""
    faults = [*ungrounded(meeting, circulation), *unsound(leads, cooperators, on, due, measure)]
    found = [Problem(code, *CURES[code], Place(column=field)) for field, code in faults]
    if found or due is None:
        raise Problems(found)
    return Resolution(
        item=item,
        meeting=meeting,
        circulation=circulation,
        text=text,
        lead=leads[0],
        cooperators=cooperators,
        on=on,
        due=due,
        measure=measure,
    )


@frozen(kw_only=True)
class ResolutionAct:
    """督办: one act on a resolution."""

    action: str
    at: datetime
    actor: str
    role: str
    agreed: bool | None = None
    satisfied: bool | None = None
    days: int | None = None
    evidence: str = ""
    reason: str = ""


@frozen(kw_only=True)
class ResolutionStanding:
    """议定事项现状: the deadline as extended, who signed, what was done, how often it was supervised and escalated."""

    resolution: Resolution
    state: str = "drafted"
    due: date
    circulated_on: date | None = None
    signed: tuple[tuple[str, bool], ...] = ()
    started_on: date | None = None
    progress: int = 0
    last_progress: date | None = None
    extensions: int = 0
    supervised: int = 0
    level: int = 0
    returned: int = 0
    claimed_on: date | None = None
    closed_on: date | None = None
    last_at: datetime

    def unsigned(self) -> tuple[str, ...]:
        """Return those that cooperate and have not signed."""
        known = {one for one, _agreed in self.signed}
        return tuple(one for one in self.resolution.cooperators if one not in known)

    @property
    def objected(self) -> tuple[str, ...]:
        """Those that signed with an objection."""
        return tuple(one for one, agreed in self.signed if not agreed)


def _no_meeting(_meeting: str) -> MeetingStanding | None:
    return None


def _no_circulation(_circulation: str, _at: datetime) -> tuple[CirculationStanding, Fate] | None:
    return None


@frozen
class ResolutionTerms:
    """督办条件: the rules, the calendar, the meetings by id, circulations by id with their fate up to a moment."""

    rules: ConferenceRules
    calendar: Calendar
    meeting: Callable[[str], MeetingStanding | None] = _no_meeting
    circulation: Callable[[str, datetime], tuple[CirculationStanding, Fate] | None] = _no_circulation

    def conference(self, standing: ResolutionStanding) -> Conference | None:
        """Return the conference that resolved it, None where neither meeting nor circulation is known."""
        made = standing.resolution
        met, signed = self.meeting(made.meeting), self.circulation(made.circulation, LATEST)
        if met is not None:
            return self.rules.conferences[met.meeting.conference]
        return None if signed is None else self.rules.conferences[signed[0].circulation.conference]

    def levels(self, standing: ResolutionStanding) -> tuple[str, ...]:
        """Return the bodies that a resolution can be taken to."""
        found = self.conference(standing)
        return () if found is None else found.levels

    def settled_at(self, standing: ResolutionStanding, at: datetime) -> datetime | None:
        """Return when its item was carried, by a meeting or a circulation that holds at a moment; None where not."""
        made = standing.resolution
        if made.circulation:
            found = self.circulation(made.circulation, at)
            stands = found is not None and found[0].circulation.item == made.item and found[1] != "lapsed"
            return found[0].settled_at if found is not None and stands else None
        met = self.meeting(made.meeting)
        decision = None if met is None else met.decision(made.item)
        return decision.at if decision is not None and decision.carried else None

    def lapsed(self, standing: ResolutionStanding, at: datetime = LATEST) -> bool:
        """Whether it rests on a circulation that, up to a moment, the next meeting did not confirm."""
        found = self.circulation(standing.resolution.circulation, at)
        return found is not None and found[1] == "lapsed"


def colour(standing: ResolutionStanding, on: date, rules: ConferenceRules) -> Colour:
    """Return the colour on a day: red overdue, yellow near the deadline or without progress for too long, else green.

    What is drafted, being signed, closed or withdrawn has none; what is reported as done has that of the day of the
    report: the verifier's time is not the lead's.
    """
    if standing.state not in {"assigned", "in_progress", "claimed", "verified"}:
        return ""
    start, due = standing.resolution.on, standing.due
    day = standing.claimed_on or on
    if day > due:
        return "red"
    if standing.claimed_on is not None:
        return "green"
    idle = standing.progress == 0 and 100 * (day - start).days >= rules.first_follow * (due - start).days
    return "yellow" if idle or due - day <= timedelta(days=rules.warn_days) else "green"


def opened(resolution_: Resolution) -> ResolutionStanding:
    """Return how a resolution stands when it is entered."""
    start = datetime.combine(resolution_.on, time.min, SHANGHAI)
    return ResolutionStanding(resolution=resolution_, due=resolution_.due, last_at=start)


def after_resolution(standing: ResolutionStanding, act: ResolutionAct, state: str) -> ResolutionStanding:
    """Return how a resolution stands after an admitted act."""
    day = day_of(act.at)
    moved = evolve(standing, state=state, last_at=act.at)
    match act.action:
        case "circulate":
            return evolve(moved, circulated_on=day)
        case "sign":
            return evolve(moved, signed=(*standing.signed, (act.actor, act.agreed is True)))
        case "assign":
            return evolve(moved, started_on=day)
        case "progress":
            return evolve(moved, progress=standing.progress + 1, last_progress=day)
        case "extend":
            later = standing.due + timedelta(days=act.days or 0)
            return evolve(moved, due=later, extensions=standing.extensions + 1)
        case "supervise":
            return evolve(moved, supervised=standing.supervised + 1)
        case "escalate":
            return evolve(moved, level=standing.level + 1)
        case "claim":
            return evolve(moved, claimed_on=day)
        case "verify":
            back = act.satisfied is not True
            return evolve(moved, claimed_on=None, returned=standing.returned + 1) if back else moved
        case "close":
            return evolve(moved, closed_on=day)
        case "reopen":
            later = day + timedelta(days=act.days or 0)
            return evolve(moved, due=later, claimed_on=None, closed_on=None, returned=standing.returned + 1)
        case _:
            return moved
