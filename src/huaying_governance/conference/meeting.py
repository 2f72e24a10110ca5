"""会议: what is called, who came, who voted how, what was decided and minuted. `convening` has the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from attrs import evolve, frozen

from huaying_governance.conference.agenda import ItemStanding
from huaying_governance.conference.minutes import Minutes, drafted
from huaying_governance.conference.rules import Category, Conference, ConferenceRules, Limit, MeetingKind
from huaying_governance.kernel.dates import SHANGHAI, day_of
from huaying_governance.kernel.workdays import Calendar

VOTES = ("agree", "oppose", "abstain")
OUTCOMES = ("carried", "rejected", "convener")
"""How an item may end: carried, rejected, or decided by the convener where there was no consensus."""


@frozen(kw_only=True)
class Meeting:
    """会议. `planned_on` is when it was planned; `report_minutes`: how long its main report is to take.

    `comprehensive`: a comprehensive meeting of the whole system, as the rules on burdens mean it.
    """

    id: str
    conference: str
    kind: str
    planned_on: date
    day: date
    site: str = ""
    comprehensive: bool = False
    report_minutes: int | None = None


@frozen(kw_only=True)
class MeetingAct:
    """会务: one act on a meeting. `attending` is who comes, `granted_by` who gave the authority to stand in."""

    action: str
    at: datetime
    actor: str
    role: str
    member: str = ""
    item: str = ""
    vote: str = ""
    outcome: str = ""
    attending: str = ""
    granted_by: str = ""
    day: date | None = None
    text: str = ""
    version: int | None = None
    reason: str = ""


@frozen
class Seat:
    """席位: a member, and who sits there; `proxy`: stands in for its representative."""

    member: str
    person: str
    proxy: bool


@frozen
class Decision:
    """议定: what became of an item, counted; `dissent` are the members that opposed it."""

    item: str
    outcome: str
    at: datetime
    agreed: int
    abstained: int
    dissent: tuple[str, ...]
    recused: tuple[str, ...]

    @property
    def carried(self) -> bool:
        """Whether a resolution may follow."""
        return self.outcome != "rejected"


@frozen(kw_only=True)
class MeetingStanding:
    """会议现状."""

    meeting: Meeting
    state: str = "planned"
    day: date
    noticed_on: date | None = None
    agenda: tuple[str, ...] = ()
    deferred: tuple[str, ...] = ()
    seats: tuple[Seat, ...] = ()
    absences: tuple[tuple[str, str], ...] = ()
    recusals: tuple[tuple[str, str], ...] = ()
    votes: tuple[tuple[str, str, str], ...] = ()
    decisions: tuple[Decision, ...] = ()
    minutes: tuple[Minutes, ...] = ()
    held_on: date | None = None
    confirmed_on: date | None = None
    last_at: datetime

    def seat(self, member: str) -> Seat | None:
        """Return where a member sits, None while it is not there."""
        return next((one for one in self.seats if one.member == member), None)

    def decision(self, item: str) -> Decision | None:
        """Return what was decided on an item, None so far."""
        return next((one for one in self.decisions if one.item == item), None)

    def open_items(self) -> tuple[str, ...]:
        """Return the items that are neither decided nor deferred."""
        done = {one.item for one in self.decisions} | set(self.deferred)
        return tuple(one for one in self.agenda if one not in done)

    def recused(self, item: str) -> tuple[str, ...]:
        """Return the members that take no part in an item."""
        return tuple(member for member, about in self.recusals if about == item)

    def cast(self, item: str, vote: str) -> tuple[str, ...]:
        """Return the members that voted so on an item; the vote of one recused afterwards does not count."""
        out = self.recused(item)
        return tuple(m for about, m, said in self.votes if (about, said) == (item, vote) and m not in out)

    @property
    def took_place(self) -> bool:
        """Whether the meeting was held."""
        return self.state in {"held", "minuted", "confirmed"}


def _no_item(_item: str) -> ItemStanding | None:
    return None


def _no_meetings(_conference: str) -> Iterable[MeetingStanding]:
    return ()


@frozen
class MeetingTerms:
    """会议条件: the rules, the calendar, the items by id, the other meetings of a conference, limits on meetings."""

    rules: ConferenceRules
    calendar: Calendar
    item: Callable[[str], ItemStanding | None] = _no_item
    meetings: Callable[[str], Iterable[MeetingStanding]] = _no_meetings
    limits: tuple[Limit, ...] = ()

    def conference(self, standing: MeetingStanding) -> Conference:
        """Return the conference that meets."""
        return self.rules.conferences[standing.meeting.conference]

    def kind(self, standing: MeetingStanding) -> MeetingKind:
        """Return the rules of this kind of meeting."""
        return self.rules.kinds[standing.meeting.kind]

    def category(self, item: str) -> Category | None:
        """Return the rules of an item's category, None for an item that nobody knows."""
        known = self.item(item)
        return None if known is None else self.rules.categories[known.item.category]

    def others(self, standing: MeetingStanding) -> tuple[MeetingStanding, ...]:
        """Return the other meetings of this conference that were not cancelled."""
        found = self.meetings(standing.meeting.conference)
        return tuple(
            one for one in found if one.meeting.id != standing.meeting.id and one.state != "cancelled"
        )


def agreed_by_all(standing: MeetingStanding, item: str) -> bool:
    """Whether there is consensus: somebody agrees and nobody opposes."""
    return bool(standing.cast(item, "agree")) and not standing.cast(item, "oppose")


def carries(standing: MeetingStanding, item: str, terms: MeetingTerms) -> bool:
    """Whether the votes cast carry an item by the rules of its category."""
    category = terms.category(item)
    if category is None:
        return False
    if category.method == "consensus":
        return agreed_by_all(standing, item)
    out = standing.recused(item)
    members = [one.organisation for one in terms.conference(standing).members]
    base = members if category.of_members else [one.member for one in standing.seats]
    entitled = [one for one in base if one not in out]
    agreed = len(standing.cast(item, "agree"))
    return bool(entitled) and category.agree.met(agreed, len(entitled))


def quarter_of(day: date) -> tuple[int, int]:
    """Return the year and the quarter of a day."""
    return day.year, (day.month + 2) // 3


def planned(meeting: Meeting) -> MeetingStanding:
    """Return how a meeting stands when it is planned."""
    start = datetime.combine(meeting.planned_on, time.min, SHANGHAI)
    return MeetingStanding(meeting=meeting, day=meeting.day, last_at=start)


def after_act(standing: MeetingStanding, act: MeetingAct, state: str) -> MeetingStanding:
    """Return how a meeting stands after an admitted act."""
    moved = evolve(standing, state=state, last_at=act.at)
    match act.action:
        case "place":
            kept = tuple(one for one in standing.deferred if one != act.item)
            agenda = standing.agenda if act.item in standing.agenda else (*standing.agenda, act.item)
            return evolve(moved, agenda=agenda, deferred=kept)
        case "notice":
            return evolve(moved, noticed_on=day_of(act.at))
        case "postpone":
            return evolve(moved, day=act.day or standing.day, noticed_on=None, seats=(), absences=())
        case "attend" | "proxy":
            seat = Seat(act.member, act.attending, act.action == "proxy")
            return evolve(moved, seats=(*standing.seats, seat))
        case "absent":
            return evolve(moved, absences=(*standing.absences, (act.member, act.reason)))
        case _:
            return _in_session(moved, act)


def _in_session(standing: MeetingStanding, act: MeetingAct) -> MeetingStanding:
    match act.action:
        case "recuse":
            return evolve(standing, recusals=(*standing.recusals, (act.member, act.item)))
        case "vote":
            return evolve(standing, votes=(*standing.votes, (act.item, act.member, act.vote)))
        case "decide":
            return evolve(standing, decisions=(*standing.decisions, _decided(standing, act)))
        case "defer":
            return evolve(standing, deferred=(*standing.deferred, act.item))
        case "close":
            return evolve(standing, held_on=day_of(act.at))
        case "minute":
            made = drafted(standing.meeting.id, standing.minutes, act.text, act.actor, act.at, act.reason)
            return evolve(standing, minutes=(*standing.minutes, made), confirmed_on=None)
        case "confirm":
            return evolve(standing, confirmed_on=day_of(act.at))
        case _:
            return standing


def _decided(standing: MeetingStanding, act: MeetingAct) -> Decision:
    return Decision(
        act.item,
        act.outcome,
        act.at,
        len(standing.cast(act.item, "agree")),
        len(standing.cast(act.item, "abstain")),
        standing.cast(act.item, "oppose"),
        standing.recused(act.item),
    )
