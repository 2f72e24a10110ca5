"""大党委: which resident units have joined, what may be booked of whom, and who has the right to do it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from attrs import evolve, field, frozen

from huaying_governance.kernel.dates import day_of, in_force
from huaying_governance.party.rights import Grant, Rights


@frozen(kw_only=True)
class ResidentUnit:
    """驻社区单位, and since when it is in the grand committee; None is not yet."""

    name: str
    community: str
    joined: date | None = None


def coverage(units: Iterable[ResidentUnit], on: date) -> tuple[int, int, tuple[str, ...]]:
    """Return how many units have joined, of how many, and the names of the others."""
    held = {unit.name: unit for unit in units}
    missing = tuple(sorted(one.name for one in held.values() if one.joined is None or one.joined > on))
    return len(held) - len(missing), len(held), missing


@frozen(kw_only=True)
class Resource:
    """资源 of a unit: `kind` is place, people, money or information. Without the owner's consent nobody books it."""

    id: str
    kind: str
    owner: str
    community: str
    consent: bool | None = None


@frozen(kw_only=True)
class Agreement:
    """联建协议: a community and the unit it builds with, for a purpose, from a day to a day."""

    id: str
    community: str
    partner: str
    since: date
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return in_force(on, self.since, self.until)


@frozen(kw_only=True)
class Booking:
    """预订 of a resource from a moment to a moment, the last not included."""

    resource: str
    start: datetime
    end: datetime
    asked: date


@frozen(kw_only=True)
class Act:
    """办理: one act on a booking."""

    action: str
    at: datetime
    actor: str
    role: str
    reason: str = ""


@frozen(kw_only=True)
class Standing:
    """预订现状, and who booked it."""

    booking: Booking
    state: str = "asked"
    actor: str = ""


def opened(booking: Booking) -> Standing:
    """Return how a booking stands when it is asked for."""
    return Standing(booking=booking)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a booking stands after an admitted act."""
    return evolve(standing, state=state, actor=act.actor if act.action == "book" else standing.actor)


def _no_rivals(_booking: Booking) -> Iterable[Standing]:
    return ()


@frozen
class Terms:
    """预订条件: the resources, the rights granted, and the bookings that could stand in the way of one."""

    resources: Mapping[str, Resource] = field(factory=lambda: MappingProxyType({}), hash=False)
    grants: tuple[Grant, ...] = ()
    rivals: Callable[[Booking], Iterable[Standing]] = _no_rivals

    def may(self, actor: str, right: str, community: str, on: date) -> bool:
        """Whether somebody has a right in a community on a day."""
        return Rights(self.grants).may(actor, right, community, on)


def may_book(standing: Standing, act: Act, terms: Terms) -> bool:
    """Whether the actor has 资源调配权 where the resource is, on the day of the act."""
    resource = terms.resources.get(standing.booking.resource)
    return resource is not None and terms.may(act.actor, "allocate", resource.community, day_of(act.at))


def has_consent(standing: Standing, _act: Act, terms: Terms) -> bool:
    """Whether the owner has consented; what is not known is no consent."""
    resource = terms.resources.get(standing.booking.resource)
    return resource is not None and resource.consent is True


def is_free(standing: Standing, _act: Act, terms: Terms) -> bool:
    """Whether no booking that stands overlaps; one that begins when another ends does not."""
    asked = standing.booking
    return not any(
        one.state == "booked"
        and one.booking.resource == asked.resource
        and one.booking.start < asked.end
        and asked.start < one.booking.end
        for one in terms.rivals(asked)
    )


def has_span(standing: Standing, _act: Act, _terms: Terms) -> bool:
    """Whether a booking ends after it begins."""
    return standing.booking.start < standing.booking.end


@frozen
class Calendar:
    """预订日程: which bookings there are of each resource, by their beginning, so that few are asked about an overlap.

    `longest` is the longest of each resource: what began earlier than that before another cannot reach it.
    """

    starts: Mapping[str, tuple[datetime, ...]] = field(hash=False)
    ids: Mapping[str, tuple[str, ...]] = field(hash=False)
    longest: Mapping[str, timedelta] = field(hash=False)

    @classmethod
    def of(cls, bookings: Iterable[tuple[str, Booking]]) -> Calendar:
        """Return the calendar of these bookings."""
        groups: dict[str, list[tuple[datetime, str]]] = {}
        longest: dict[str, timedelta] = {}
        for id_, one in bookings:
            groups.setdefault(one.resource, []).append((one.start, id_))
            longest[one.resource] = max(longest.get(one.resource, timedelta()), one.end - one.start)
        for held in groups.values():
            held.sort()
        return cls(
            {key: tuple(start for start, _ in held) for key, held in groups.items()},
            {key: tuple(id_ for _, id_ in held) for key, held in groups.items()},
            longest,
        )

    def touching(self, asked: Booking) -> tuple[str, ...]:
        """Return the ids of the bookings that could overlap one."""
        starts = self.starts.get(asked.resource, ())
        if not starts:
            return ()
        first = bisect_left(starts, asked.start - self.longest[asked.resource])
        return self.ids[asked.resource][first : bisect_left(starts, asked.end)]
