"""办理途径: the ways by which a matter may be asked for, and what speaks against each.

The list itself is one way, each admission of the matter another. A way is open, undetermined, conditional or closed;
the codes say why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
MISSING = frozenset({"missing:assigner", "missing:matter", "missing:funding"})
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
        codes: list[str] = []
        if not in_force:
            codes.append("not-in-force")
        if known and not allowed:
            codes.append("assigner-not-allowed")
        if not covered:
            codes.append("community-not-covered")
        if not funded and given is not None:
            codes.append("funds-missing")
        if not known:
            codes.append("missing:assigner")
        if not funded and given is None:
            codes.append("missing:funding")
        return tuple(codes)

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
        return "conditional" if MISSING.isdisjoint(codes) else "undetermined"

    @property
    def unmet(self) -> bool:
        """Whether something is known to speak against it, whatever the missing facts are."""
        return not MISSING.issuperset(self.codes)


def by_token(organisations: Register[Organisation]) -> Mapping[str, frozenset[str]]:
    """Return the ids that each way to name assigners stands for: an id, a level, a kind, or any."""
    found: dict[str, set[str]] = {ANY: set()}
    for body in organisations.things:
        for token in (body.id, body.level, body.kind, ANY):
            found.setdefault(token, set()).add(body.id)
    return {token: frozenset(ids) for token, ids in found.items()}


def list_way(number: int, held: Matter, bodies: Mapping[str, frozenset[str]]) -> Way:
    """Return the way that a line of the list opens; `bodies` as `by_token` gives them."""
    named = held.assigners or (ANY,)
    ids = frozenset().union(*(bodies[token] for token in named if token in bodies))
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
