"""联席会议规则: what a pack states of its joint conferences: who sits there, how they meet, decide and follow up.

No statute sets the quorum of a conference of departments: all figures are data of the pack, each with its clause.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.thresholds import Threshold
from huaying_governance.text import Text

METHODS: Mapping[str, Text] = {"consensus": Text("协商一致", "by consensus")}


@frozen
class Member:
    """成员单位: an organisation, and by reference who represents it and who keeps contact.

    It is a member from `since` to `until`, both days included; None: from the beginning, without end.
    """

    organisation: str
    representative: str
    liaison: str
    citation: Citation
    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        """Whether it is a member on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def meets(self, other: Member) -> bool:
        """Whether two terms have a day in common."""
        return _before(self.since, other.until) and _before(other.since, self.until)


def _before(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end


@frozen(kw_only=True)
class Conference:
    """联席会议: its mandate, who convenes it, who is its office, who sits in it, how many must come.

    `members` are all that ever sat, each with its term; what is asked of a meeting is asked of those of its day.
    `levels` are the bodies that an overdue resolution is taken to, one after another.
    """

    id: str
    title: Text
    mandate: str
    convener: str
    secretariat: str
    members: tuple[Member, ...]
    quorum: Threshold
    levels: tuple[str, ...]
    citation: Citation

    def members_on(self, day: date) -> tuple[Member, ...]:
        """Return the members of a day."""
        return tuple(one for one in self.members if one.on(day))

    def member(self, organisation: str, day: date) -> Member | None:
        """Return the member that an organisation is on a day, None where it is none."""
        return next((one for one in self.members if one.organisation == organisation and one.on(day)), None)

    def needed(self, day: date) -> int:
        """Return how many members must be there on a day: one at least, for nobody resolves nothing."""
        return self.quorum(max(1, len(self.members_on(day))))


@frozen(kw_only=True)
class MeetingKind:
    """会议种类: whether it needs a site and ends in a resolution, the days of notice, how many a year at most."""

    kind: str
    site: bool
    resolution: bool
    notice_days: int
    most: int | None
    citation: Citation


@frozen(kw_only=True)
class Category:
    """议题类别: whether the communities concerned are asked before, and how it is decided.

    `circulate`: may be settled by circulation where it is urgent; never where the communities are asked before.
    `method`: `consensus` (nobody opposed; else the convener decides, and the dissent is kept) or `vote` (so many agree,
    of those present or of all members; who is recused does not count).
    """

    category: str
    consult: bool
    method: str
    agree: Threshold
    of_members: bool
    citation: Citation
    circulate: bool = True

    @property
    def urgent(self) -> bool:
        """Whether an item of this category may be settled by circulation."""
        return self.circulate and not self.consult


@frozen
class Circulating:
    """传签规则: how many working days to sign, the share of all members that must agree, what confirms it.

    `confirming` are the kinds of meeting that count as the next one: the first of them either confirms or lets lapse.
    """

    days: int
    agree: Threshold
    confirming: frozenset[str]
    citation: Citation


@frozen
class Limit:
    """会议上限: the most that the rules on burdens allow of something, included."""

    id: str
    title: Text
    most: int
    citation: Citation


@frozen(kw_only=True)
class ConferenceRules:
    """联席会议规则 of a pack. `drained` are the kinds of resources that use takes away."""

    conferences: Mapping[str, Conference]
    kinds: Mapping[str, MeetingKind]
    categories: Mapping[str, Category]
    circulating: Circulating
    proxies: int
    tabled: int
    minutes_days: int
    sign_days: int
    first_follow: int
    warn_days: int
    extensions: int
    drained: frozenset[str]
    seats: Citation
    consulting: Citation
    minuting: Citation
    following: Citation
    sharing: Citation
