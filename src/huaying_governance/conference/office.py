"""联席会议办公室: the five books of a conference over one store, each asked about the others where a rule needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from attrs import field, frozen

from huaying_governance.casework import Casebook
from huaying_governance.conference.agenda import Item, ItemAct, ItemStanding
from huaying_governance.conference.circulating import CIRCULATIONS
from huaying_governance.conference.circulation import (
    Circulation,
    CirculationAct,
    CirculationStanding,
    CirculationTerms,
    Fate,
    fate,
)
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

S = TypeVar("S")


@frozen
class Office:
    """办公室: items, meetings, circulations, resolutions and pledges of the conferences of a pack.

    `limits` are those on meetings.
    """

    store: Store
    rules: ConferenceRules
    calendar: Calendar
    limits: tuple[Limit, ...] = ()
    items: Casebook[Item, ItemStanding, ItemAct, ConferenceRules] = field(init=False)
    meetings: Casebook[Meeting, MeetingStanding, MeetingAct, MeetingTerms] = field(init=False)
    circulations: Casebook[Circulation, CirculationStanding, CirculationAct, CirculationTerms] = field(
        init=False
    )
    resolutions: Casebook[Resolution, ResolutionStanding, ResolutionAct, ResolutionTerms] = field(init=False)
    pledges: Casebook[Pledge, PledgeStanding, Draw, ConferenceRules] = field(init=False)
    _met: dict[str, tuple[int, MeetingStanding]] = field(init=False, factory=dict, repr=False, eq=False)
    _signed: dict[str, tuple[int, CirculationStanding]] = field(
        init=False, factory=dict, repr=False, eq=False
    )

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "items", Casebook(self.store, ITEMS, self.rules))
        object.__setattr__(self, "meetings", Casebook(self.store, MEETINGS, self.meeting_terms))
        object.__setattr__(self, "circulations", Casebook(self.store, CIRCULATIONS, self.circulation_terms))
        object.__setattr__(self, "resolutions", Casebook(self.store, RESOLUTIONS, self.resolution_terms))
        object.__setattr__(self, "pledges", Casebook(self.store, PLEDGES, self.rules))

    @property
    def meeting_terms(self) -> MeetingTerms:
        """What meetings are judged by."""
        return MeetingTerms(self.rules, self.calendar, self._item, self._of, self.limits, self._circulates)

    @property
    def circulation_terms(self) -> CirculationTerms:
        """What circulations are judged by."""
        return CirculationTerms(self.rules, self.calendar, self._item, self._of, self._about)

    @property
    def resolution_terms(self) -> ResolutionTerms:
        """What resolutions are judged by."""
        return ResolutionTerms(self.rules, self.calendar, self._meeting, self._circulation)

    def trace(self) -> Trace:
        """Return how everything that the store knows hangs together."""
        return trace(
            dict(self.items.all()),
            dict(self.meetings.all()),
            dict(self.resolutions.all()),
            dict(self.pledges.all()),
            dict(self.circulations.all()),
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

    def circulated(self) -> Mapping[str, str]:
        """Return what became of the items that were sent round: `circulating`, or their fate.

        An item that was not agreed is not among them: it stands as before.
        """
        found: dict[str, str] = {}
        for one in _moved(self.circulations.versions, self.circulations.standing, self._signed):
            became = one.state if one.state == "circulating" else fate(one, self.circulation_terms)[0]
            if became:
                found[one.circulation.item] = became
        return found

    def _item(self, item: str) -> ItemStanding | None:
        return self.items.standing(item) if item and self.items.knows(item) else None

    def _meeting(self, meeting: str) -> MeetingStanding | None:
        return self.meetings.standing(meeting) if meeting and self.meetings.knows(meeting) else None

    def _of(self, conference: str) -> Iterator[MeetingStanding]:
        held = _moved(self.meetings.versions, self.meetings.standing, self._met)
        return (one for one in held if one.meeting.conference == conference)

    def _about(self, item: str) -> Iterator[CirculationStanding]:
        held = _moved(self.circulations.versions, self.circulations.standing, self._signed)
        return (one for one in held if one.circulation.item == item)

    def _circulates(self, item: str) -> bool:
        return any(one.state == "circulating" for one in self._about(item))

    def _circulation(self, circulation: str, at: datetime) -> tuple[CirculationStanding, Fate] | None:
        if not circulation or not self.circulations.knows(circulation):
            return None
        standing = self.circulations.standing(circulation)
        return standing, fate(standing, self.circulation_terms, at)[0]


def _moved(
    versions: Callable[[], Iterator[tuple[str, int]]],
    standing: Callable[[str], S],
    seen: dict[str, tuple[int, S]],
) -> Iterator[S]:
    """Yield every case of a book; what did not move since it was asked last is not replayed."""
    for id_, version in versions():
        known = seen.get(id_)
        if known is None or known[0] != version:
            known = seen[id_] = (version, standing(id_))
        yield known[1]
