"""议题: what is to be put before a conference, where it comes from, who was heard. `tabling` has the rules."""

from __future__ import annotations

from datetime import date, datetime, time

from attrs import evolve, frozen

from huaying_governance.conference.rules import ConferenceRules
from huaying_governance.kernel.dates import SHANGHAI

REFERENCES = ("entry", "admission", "violation", "whistle", "resolution", "assignment", "dispute")
"""What an item may come from: a ledger entry, an admission, a violation, a whistle, a resolution, a dispute."""


@frozen(kw_only=True)
class Item:
    """议题. `reserved`: a law reserves it to another body; `references` name what it comes from, all of one kind."""

    conference: str
    title: str
    proposer: str
    category: str
    communities: tuple[str, ...] = ()
    lead: str = ""
    reserved: bool = False
    reference_kind: str = ""
    references: tuple[str, ...] = ()
    on: date


@frozen(kw_only=True)
class ItemAct:
    """议题办理: one act on an item; the community that was asked is the actor of `consult`."""

    action: str
    at: datetime
    actor: str
    role: str
    reason: str = ""
    evidence: str = ""


@frozen(kw_only=True)
class ItemStanding:
    """议题现状: when it was screened, and which communities were heard, and when."""

    item: Item
    state: str = "proposed"
    screened_at: datetime | None = None
    consulted: tuple[tuple[str, datetime], ...] = ()
    last_at: datetime

    def unheard(self, at: datetime) -> tuple[str, ...]:
        """Return the communities concerned that had not been heard at a moment."""
        heard = {community for community, when in self.consulted if when <= at}
        return tuple(one for one in self.item.communities if one not in heard)

    def heard(self, rules: ConferenceRules, at: datetime) -> bool:
        """Whether those concerned were asked, where the category wants it: somebody is concerned by a major matter."""
        if not rules.categories[self.item.category].consult:
            return True
        return bool(self.item.communities) and not self.unheard(at)


def proposed(item: Item) -> ItemStanding:
    """Return how an item stands when it is proposed."""
    return ItemStanding(item=item, last_at=datetime.combine(item.on, time.min, SHANGHAI))


def after_item(standing: ItemStanding, act: ItemAct, state: str) -> ItemStanding:
    """Return how an item stands after an admitted act."""
    moved = evolve(standing, state=state, last_at=act.at)
    if act.action == "screen":
        return evolve(moved, screened_at=act.at)
    if act.action == "consult":
        return evolve(moved, consulted=(*standing.consulted, (act.actor, act.at)))
    return moved
