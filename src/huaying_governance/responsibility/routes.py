"""办理途径: the ways by which a matter may be asked for, and what speaks against each.

The list itself is one way, each admission of the matter another. A way is open, undetermined, conditional or closed;
the codes say why.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import frozen

from huaying_governance.kernel.bodies import Community, Organisation
from huaying_governance.responsibility.assignments import Admission, Assignment
from huaying_governance.responsibility.matters import ANY, SELF, Matter
from huaying_governance.responsibility.names import Register

Status: TypeAlias = Literal["permitted", "undetermined", "conditional", "refused"]
BEST: tuple[Status, ...] = ("permitted", "undetermined", "conditional", "refused")
"""From best to worst: the best way decides. A missing fact may still open a way, so it goes before a condition."""
HARD = frozenset({"not-in-force", "assigner-not-allowed", "community-not-covered"})
Assigner: TypeAlias = Organisation | Community | None


@frozen
class Question:
    """案由: one assignment with its names resolved; `matter` is what it asks for, as written."""

    asked: Assignment
    assigner: Assigner
    community: Community
    matter: str

    @property
    def on(self) -> date:
        """The day of the assignment."""
        return self.asked.date


@frozen(eq=False)
class Way:
    """办理途径: a line of the list or an admission, resolved against the registers for quick answers.

    `assigners`: the ids that may ask; `own`: whether the community itself may; `communities` None: all; `bars`: it
    prohibits. `number` is its own, never used again.
    """

    number: int
    by: Matter | Admission
    since: date
    until: date
    assigners: frozenset[str]
    own: bool
    communities: frozenset[str] | None
    funds: bool
    funding: Decimal | None = None
    bars: bool = False

    def against(
        self, on: date, assigner: str | None, community: str, funding: Decimal | None
    ) -> tuple[str, ...]:
        """Return the codes of what speaks against asking, in the documented order; most often there are none."""
        in_force = self.since <= on <= self.until
        allowed = assigner in self.assigners or (self.own and assigner == community)
        covered = self.communities is None or community in self.communities
        given = self.funding if funding is None else funding
        funded = not self.funds or (given is not None and given > 0)
        if in_force and allowed and covered and funded:
            return ()
        known = assigner is not None
        codes = (
            "" if in_force else "not-in-force",
            "assigner-not-allowed" if known and not allowed else "",
            "" if covered else "community-not-covered",
            "" if funded or given is None else "funds-missing",
            "" if known else "missing:assigner",
            "" if funded or given is not None else "missing:funding",
        )
        return tuple(code for code in codes if code)

    def in_force(self, on: date) -> bool:
        """Whether the way exists on a day, open or not."""
        return self.since <= on <= self.until


@frozen
class Route:
    """途径审查: a way, and the codes of what speaks against it."""

    way: Way
    codes: tuple[str, ...]

    @property
    def status(self) -> Status:
        """How far this way is open."""
        codes = self.codes
        if not codes:
            return "permitted"
        if not HARD.isdisjoint(codes):
            return "refused"
        return "undetermined" if any(code.startswith("missing:") for code in codes) else "conditional"

    @property
    def unmet(self) -> bool:
        """Whether something is known to speak against it, whatever the missing facts are."""
        return any(not code.startswith("missing:") for code in self.codes)


def list_way(number: int, held: Matter, organisations: Register[Organisation]) -> Way:
    """Return the way that a line of the list opens."""
    named = held.assigners
    anybody = not named or ANY in named
    ids = frozenset(
        body.id
        for body in organisations.things
        if anybody or not named.isdisjoint((body.id, body.level, body.kind))
    )
    since, until = held.since or date.min, held.until or date.max
    communities = held.communities or None
    bars = held.kind == "prohibited"
    return Way(number, held, since, until, ids, SELF in named, communities, held.funds, bars=bars)


def admission_way(
    number: int, held: Admission, organisations: Register[Organisation], communities: Register[Community]
) -> Way:
    """Return the way that an admission opens: its funds always follow, its own figure where none is stated."""
    if held.assigner:
        own = organisations.get(held.assigner)
        ids = frozenset({own.id if own is not None else held.assigner})
    else:
        ids = frozenset(body.id for body in organisations.things)
    places = _ids(held.communities, communities) if held.communities else None
    since, until = held.since or date.min, held.until or date.max
    return Way(number, held, since, until, ids, not held.assigner, places, True, held.funding)


def _ids(names: Iterable[str], communities: Register[Community]) -> frozenset[str]:
    found = (communities.get(name) for name in names)
    return frozenset(place.id for place in found if place is not None)
