"""会议: what is called, who came and left, who voted how, what was decided and minuted. `convening` has the rules.

`session` says how a meeting stands after each act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from attrs import frozen

from huaying_governance.conference.agenda import ItemStanding
from huaying_governance.conference.minutes import Minutes
from huaying_governance.conference.rules import (
    Category,
    Conference,
    ConferenceRules,
    Limit,
    MeetingKind,
    Member,
)
from huaying_governance.kernel.dates import SHANGHAI
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
    """席位: a member, and who sits there; `proxy`: stands in for its representative; `left`: when it was given up."""

    member: str
    person: str
    proxy: bool
    left: datetime | None = None


@frozen
class Decision:
    """议定: what became of an item, counted; `dissent` are the members that opposed it.

    `present`: how many were there when it was decided.
    """

    item: str
    outcome: str
    at: datetime
    agreed: int
    abstained: int
    dissent: tuple[str, ...]
    recused: tuple[str, ...]
    present: int = 0

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
    held_at: datetime | None = None
    confirmed_on: date | None = None
    last_at: datetime

    def seat(self, member: str) -> Seat | None:
        """Return where a member sits, None while it is not there."""
        return next((one for one in self.present if one.member == member), None)

    @property
    def present(self) -> tuple[Seat, ...]:
        """The seats that are taken now; who has left has none."""
        return tuple(one for one in self.seats if one.left is None)

    @property
    def came(self) -> tuple[str, ...]:
        """The members that sat there at any time, in the order in which they came."""
        return tuple(dict.fromkeys(one.member for one in self.seats))

    @property
    def by_proxy(self) -> tuple[str, ...]:
        """The members that only proxies sat for."""
        own = {one.member for one in self.seats if not one.proxy}
        return tuple(one for one in self.came if one not in own)

    @property
    def left(self) -> tuple[str, ...]:
        """The members that left during the meeting and have not come back."""
        return tuple(one for one in self.came if self.seat(one) is None)

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


def _not_circulating(_item: str) -> bool:
    return False


@frozen
class MeetingTerms:
    """会议条件: the rules, the calendar, the items by id, the other meetings of a conference, limits on meetings.

    `circulating` says whether an item is being signed, so that no meeting takes it up meanwhile.
    """

    rules: ConferenceRules
    calendar: Calendar
    item: Callable[[str], ItemStanding | None] = _no_item
    meetings: Callable[[str], Iterable[MeetingStanding]] = _no_meetings
    limits: tuple[Limit, ...] = ()
    circulating: Callable[[str], bool] = _not_circulating

    def conference(self, standing: MeetingStanding) -> Conference:
        """Return the conference that meets."""
        return self.rules.conferences[standing.meeting.conference]

    def member(self, standing: MeetingStanding, organisation: str) -> Member | None:
        """Return the member that an organisation is on the day of a meeting, None where it is none."""
        return self.conference(standing).member(organisation, standing.day)

    def needed(self, standing: MeetingStanding) -> int:
        """Return how many of the members of its day must be at a meeting."""
        return self.conference(standing).needed(standing.day)

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
    """Whether the votes cast carry an item by the rules of its category.

    Of all members: of those of the meeting's day. Of those present: of those that are there, and of those that voted
    on the item before they left, for a vote that was cast stands.
    """
    category = terms.category(item)
    if category is None:
        return False
    if category.method == "consensus":
        return agreed_by_all(standing, item)
    out = standing.recused(item)
    voted = {member for about, member, _vote in standing.votes if about == item}
    base = [one for one in standing.came if standing.seat(one) is not None or one in voted]
    if category.of_members:
        base = [one.organisation for one in terms.conference(standing).members_on(standing.day)]
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
