"""联席会议规则: what a pack states of its joint conferences: who sits there, how they meet, decide and follow up.

No statute sets the quorum of a conference of departments: all figures are data of the pack, each with its clause.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.thresholds import Threshold
from huaying_governance.text import Text

METHODS: Mapping[str, Text] = {"consensus": Text("协商一致", "by consensus")}


@frozen
class Member:
    """成员单位: an organisation, and by reference who represents it and who keeps contact."""

    organisation: str
    representative: str
    liaison: str
    citation: Citation


@frozen(kw_only=True)
class Conference:
    """联席会议: its mandate, who convenes it, who is its office, who sits in it, how many must come.

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

    def member(self, organisation: str) -> Member | None:
        """Return the member that an organisation is, None where it is none."""
        return next((one for one in self.members if one.organisation == organisation), None)

    @property
    def needed(self) -> int:
        """How many members must be there."""
        return self.quorum(len(self.members))


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

    `method`: `consensus` (nobody opposed; else the convener decides, and the dissent is kept) or `vote` (so many agree,
    of those present or of all members; who is recused does not count).
    """

    category: str
    consult: bool
    method: str
    agree: Threshold
    of_members: bool
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
