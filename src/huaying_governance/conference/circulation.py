"""传签: an urgent item settled without a meeting: who signed when, and what the next meeting made of it.

`circulating` has the rules. What was settled so holds until the next meeting: that confirms it, or it lapses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Literal

from attrs import evolve, frozen

from huaying_governance.conference.agenda import ItemStanding
from huaying_governance.conference.meeting import MeetingStanding
from huaying_governance.conference.rules import Conference, ConferenceRules, Member
from huaying_governance.kernel.dates import SHANGHAI, day_of
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.procedure.clock import deadline
from huaying_governance.text import Text

LATEST = datetime.max.replace(tzinfo=SHANGHAI)
Fate = Literal["", "awaiting", "confirmed", "lapsed"]
"""What became of something settled: it waits for the next meeting, was confirmed there, or lapsed; empty before."""


FATES: Mapping[str, Text] = {
    "awaiting": Text("传签已定，待会议确认", "settled, to be confirmed"),
    "confirmed": Text("已经会议确认", "confirmed"),
    "lapsed": Text("已失效", "lapsed"),
}
"""What becomes of a circulation at meetings, beside the states of its own procedure."""
NOTES: Mapping[str, tuple[Text, Text]] = {
    "sign-overdue": (
        Text("传签期限已过，{unsigned}家未签署，同意{agreed}家，须{needed}家", "the last day to sign has passed:"
             " {unsigned} have not signed, {agreed} agree, {needed} must"),
        Text("终止传签，列入会议议程", "end the circulation, and place the item on an agenda"),
    ),
    "not-reachable": (
        Text("不同意{objected}家，已达不到须同意的{needed}家", "{objected} object: {needed} can no longer agree"),
        Text("终止传签，列入会议议程", "end the circulation, and place the item on an agenda"),
    ),
    "unconfirmed": (
        Text("传签已定{days}天，尚未经会议确认", "settled {days} days ago, and not yet confirmed by a meeting"),
        Text("列入下次会议议程，由会议确认", "place the item on the agenda of the next meeting"),
    ),
    "lapsed": (
        Text("会议{meeting}未确认，传签失效", "meeting {meeting} did not confirm it: it has lapsed"),
        Text(
            "撤销据此作出的议定事项；仍需办理的，列入会议议程",
            "withdraw what was resolved by it; what is still wanted goes on an agenda",
        ),
    ),
}  # fmt: skip
"""What is to be said of a circulation as it stands, and what to do."""


@frozen(kw_only=True)
class Circulation:
    """传签件. `text` is what all are asked to agree to, `urgency` why it cannot wait for a meeting."""

    id: str
    conference: str
    item: str
    text: str
    urgency: str
    on: date


@frozen(kw_only=True)
class CirculationAct:
    """传签办理: one act; `actor` is who signs, for `member`."""

    action: str
    at: datetime
    actor: str
    role: str
    member: str = ""
    agreed: bool | None = None
    reason: str = ""


@frozen
class Signature:
    """会签: who signed for a member, when, and whether it agrees."""

    member: str
    person: str
    at: datetime
    agreed: bool
    reason: str = ""


@frozen(kw_only=True)
class CirculationStanding:
    """传签现状."""

    circulation: Circulation
    state: str = "drafted"
    circulated_on: date | None = None
    signatures: tuple[Signature, ...] = ()
    settled_at: datetime | None = None
    last_at: datetime

    @property
    def agreed(self) -> tuple[str, ...]:
        """The members that agreed."""
        return tuple(one.member for one in self.signatures if one.agreed)

    @property
    def objected(self) -> tuple[str, ...]:
        """The members that objected."""
        return tuple(one.member for one in self.signatures if not one.agreed)


def _no_item(_item: str) -> ItemStanding | None:
    return None


def _no_meetings(_conference: str) -> Iterable[MeetingStanding]:
    return ()


def _no_circulations(_item: str) -> Iterable[CirculationStanding]:
    return ()


@frozen
class CirculationTerms:
    """传签条件: the rules, the calendar, items by id, the meetings of a conference, the circulations of an item."""

    rules: ConferenceRules
    calendar: Calendar
    item: Callable[[str], ItemStanding | None] = _no_item
    meetings: Callable[[str], Iterable[MeetingStanding]] = _no_meetings
    circulations: Callable[[str], Iterable[CirculationStanding]] = _no_circulations

    def conference(self, standing: CirculationStanding) -> Conference:
        """Return the conference that is asked."""
        return self.rules.conferences[standing.circulation.conference]

    def asked(self, standing: CirculationStanding) -> tuple[Member, ...]:
        """Return who must sign: the members of the day on which it was sent round."""
        return self.conference(standing).members_on(standing.circulated_on or standing.circulation.on)

    def member(self, standing: CirculationStanding, organisation: str) -> Member | None:
        """Return the member among those asked that an organisation is, None where it is none."""
        return next((one for one in self.asked(standing) if one.organisation == organisation), None)

    def unsigned(self, standing: CirculationStanding) -> tuple[str, ...]:
        """Return the members that were asked and have not signed."""
        known = {one.member for one in standing.signatures}
        return tuple(one.organisation for one in self.asked(standing) if one.organisation not in known)

    def needed(self, standing: CirculationStanding) -> int:
        """Return how many of those asked must agree."""
        return self.rules.circulating.agree(max(1, len(self.asked(standing))))

    def due(self, standing: CirculationStanding) -> date | None:
        """Return the last day to sign; None before it was sent round, or where the calendar does not reach."""
        if standing.circulated_on is None:
            return None
        return deadline(self.calendar, standing.circulated_on, self.rules.circulating.days, "working_days")

    def hopeless(self, standing: CirculationStanding) -> bool:
        """Whether so many object that the share cannot be reached any more."""
        return len(standing.agreed) + len(self.unsigned(standing)) < self.needed(standing)


def fate(standing: CirculationStanding, terms: CirculationTerms, at: datetime = LATEST) -> tuple[Fate, str]:
    """Return what meetings made of something settled up to a moment, and which of them.

    The first decision on the item tells. Without one it lapses at the first meeting of a later day that was held, of a
    kind that the pack lets confirm: to put it off there is not to confirm it.
    """
    if standing.settled_at is None:
        return "", ""
    item, since = standing.circulation.item, standing.settled_at
    for one in sorted(terms.meetings(standing.circulation.conference), key=lambda m: (m.day, m.meeting.id)):
        made = one.decision(item)
        if made is not None and since <= made.at <= at:
            return ("confirmed" if made.carried else "lapsed"), one.meeting.id
        confirming = one.meeting.kind in terms.rules.circulating.confirming
        held = one.held_at is not None and one.held_at <= at
        if confirming and held and one.day > day_of(since):
            return "lapsed", one.meeting.id
    return "awaiting", ""


def drafted(circulation: Circulation) -> CirculationStanding:
    """Return how a circulation stands when it is entered."""
    start = datetime.combine(circulation.on, time.min, SHANGHAI)
    return CirculationStanding(circulation=circulation, last_at=start)


def after_circulation(standing: CirculationStanding, act: CirculationAct, state: str) -> CirculationStanding:
    """Return how a circulation stands after an admitted act."""
    moved = evolve(standing, state=state, last_at=act.at)
    match act.action:
        case "circulate":
            return evolve(moved, circulated_on=day_of(act.at))
        case "sign":
            signed = Signature(act.member, act.actor, act.at, act.agreed is True, act.reason)
            return evolve(moved, signatures=(*standing.signatures, signed))
        case "settle":
            return evolve(moved, settled_at=act.at)
        case _:
            return moved
