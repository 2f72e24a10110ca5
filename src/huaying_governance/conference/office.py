"""联席会议办公室: the four books of a conference over one store, each asked about the others where a rule needs it."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from huaying_governance.casework import Casebook
from huaying_governance.conference.agenda import Item, ItemAct, ItemStanding
from huaying_governance.conference.convening import MEETINGS
from huaying_governance.conference.meeting import Meeting, MeetingAct, MeetingStanding, MeetingTerms
from huaying_governance.conference.resolution import (
    Resolution,
    ResolutionAct,
    ResolutionStanding,
    ResolutionTerms,
)
from huaying_governance.conference.rules import ConferenceRules, Limit
from huaying_governance.conference.sharing import PLEDGES, Draw, Pledge, PledgeStanding
from huaying_governance.conference.supervising import RESOLUTIONS
from huaying_governance.conference.tabling import ITEMS
from huaying_governance.conference.trace import Trace, trace
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.storage import Store


@frozen
class Office:
    """办公室: items, meetings, resolutions and pledges of the conferences of a pack. `limits` are those on meetings."""

    store: Store
    rules: ConferenceRules
    calendar: Calendar
    limits: tuple[Limit, ...] = ()
    items: Casebook[Item, ItemStanding, ItemAct, ConferenceRules] = field(init=False)
    meetings: Casebook[Meeting, MeetingStanding, MeetingAct, MeetingTerms] = field(init=False)
    resolutions: Casebook[Resolution, ResolutionStanding, ResolutionAct, ResolutionTerms] = field(init=False)
    pledges: Casebook[Pledge, PledgeStanding, Draw, ConferenceRules] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "items", Casebook(self.store, ITEMS, self.rules))
        object.__setattr__(self, "meetings", Casebook(self.store, MEETINGS, self.meeting_terms))
        object.__setattr__(self, "resolutions", Casebook(self.store, RESOLUTIONS, self.resolution_terms))
        object.__setattr__(self, "pledges", Casebook(self.store, PLEDGES, self.rules))

    @property
    def meeting_terms(self) -> MeetingTerms:
        """What meetings are judged by."""
        return MeetingTerms(self.rules, self.calendar, self._item, self._of, self.limits)

    @property
    def resolution_terms(self) -> ResolutionTerms:
        """What resolutions are judged by."""
        return ResolutionTerms(self.rules, self.calendar, self._meeting)

    def trace(self) -> Trace:
        """Return how everything that the store knows hangs together."""
        return trace(
            dict(self.items.all()),
            dict(self.meetings.all()),
            dict(self.resolutions.all()),
            dict(self.pledges.all()),
        )

    def carried_over(self) -> tuple[tuple[str, str], ...]:
        """Return the items that wait for a meeting, each with the meeting by day that put it off last.

        A meeting puts off what it defers, and all that it has not decided when it is cancelled. An item that stands on
        another agenda, or was decided, does not wait.
        """
        held = sorted(self.meetings.all(), key=lambda one: (one[1].day, one[0]))
        taken: set[str] = set()
        waiting: dict[str, str] = {}
        for id_, meeting in held:
            taken |= {one.item for one in meeting.decisions}
            if meeting.state == "cancelled":
                waiting.update(dict.fromkeys(meeting.agenda, id_))
            else:
                taken |= set(meeting.open_items())
                waiting.update(dict.fromkeys(meeting.deferred, id_))
        return tuple(sorted((item, id_) for item, id_ in waiting.items() if item not in taken))

    def _item(self, item: str) -> ItemStanding | None:
        return self.items.standing(item) if item and self.items.knows(item) else None

    def _meeting(self, meeting: str) -> MeetingStanding | None:
        return self.meetings.standing(meeting) if self.meetings.knows(meeting) else None

    def _of(self, conference: str) -> Iterator[MeetingStanding]:
        return (one for _id, one in self.meetings.all() if one.meeting.conference == conference)
