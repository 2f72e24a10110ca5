"""大党委: which resident units have joined, what may be booked of whom, and who has the right to do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from attrs import evolve, field, frozen

from huaying_governance.kernel.dates import day_of, in_force

RIGHTS = ("lead", "allocate", "coordinate")
"""工作主导权, 资源调配权, 活动统筹权."""


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
class Project:
    """项目: a need met from a resource, with one lead and a term; done on a day, or not yet."""

    id: str
    need: str
    resource: str
    due: date
    done: date | None = None


@frozen
class Listed:
    """清单完成: how many of a list there are and are met, and which are overdue without being met."""

    name: str
    total: int
    met: int
    overdue: tuple[str, ...] = ()


def three_lists(
    resources: Iterable[str], needs: Iterable[str], projects: Iterable[Project], on: date
) -> tuple[Listed, ...]:
    """三张清单: resources in use by a project, needs met by one that is done, and projects done."""
    held, places, asked = tuple(projects), set(resources), set(needs)
    done = [one for one in held if one.done is not None and one.done <= on]
    late = tuple(sorted(one.id for one in held if one not in done and one.due < on))
    return (
        Listed("resources", len(places), len(places & {one.resource for one in held})),
        Listed("needs", len(asked), len(asked & {one.need for one in done})),
        Listed("projects", len(held), len(done), late),
    )


@frozen(kw_only=True)
class Grant:
    """授权: a right of somebody in a community, from a day to a day."""

    actor: str
    right: str
    community: str
    since: date | None = None
    until: date | None = None


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


def _no_bookings() -> Iterable[Standing]:
    return ()


@frozen
class Terms:
    """预订条件: the resources, the rights granted, and the bookings that stand."""

    resources: Mapping[str, Resource] = field(factory=lambda: MappingProxyType({}), hash=False)
    grants: tuple[Grant, ...] = ()
    standing: Callable[[], Iterable[Standing]] = _no_bookings

    def may(self, actor: str, right: str, community: str, on: date) -> bool:
        """Whether somebody has a right in a community on a day."""
        return any(
            (one.actor, one.right, one.community) == (actor, right, community)
            and in_force(on, one.since, one.until)
            for one in self.grants
        )


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
        for one in terms.standing()
    )


def has_span(standing: Standing, _act: Act, _terms: Terms) -> bool:
    """Whether a booking ends after it begins."""
    return standing.booking.start < standing.booking.end
