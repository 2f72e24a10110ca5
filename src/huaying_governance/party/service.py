"""双报到: members who register where they live, what residents need, who takes it, and the hours that count.

Matching is deterministic and as large as can be: nobody beyond what they take, nobody twice for one need. Hours count
once, and only when somebody else than the member has confirmed them. No service is a note, never a penalty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen


@frozen(kw_only=True)
class Registration:
    """报到 of a member with a community; who lives elsewhere registers with two, in two lines."""

    person: str
    unit: str
    community: str
    skills: tuple[str, ...] = ()
    takes: int = 1


@frozen(kw_only=True)
class Need:
    """需求: how many members with which skill a community asks for.

    居民点单、支部下单、党员接单: what a resident ordered is matched when a branch has `placed` it.
    """

    id: str
    community: str
    skill: str
    count: int
    placed: bool = True


@frozen(kw_only=True)
class Service:
    """服务: hours of one member, confirmed by somebody; the same id reported twice is one service."""

    id: str
    person: str
    community: str
    hours: int
    confirmed_by: str = ""


@frozen
class Matched:
    """派单: who takes a need, and how many are still short."""

    need: Need
    members: tuple[str, ...]

    @property
    def short(self) -> int:
        """How many are still wanted."""
        return self.need.count - len(self.members)


def match(needs: Iterable[Need], registered: Iterable[Registration]) -> tuple[Matched, ...]:
    """Return who takes what: as many as can be, in the order of ids, so that the same input gives the same answer."""
    ordered = sorted(needs, key=lambda need: need.id)
    lines = tuple(registered)
    takes: dict[str, int] = {}
    for line in lines:
        takes[line.person] = max(takes.get(line.person, 0), line.takes)
    able = {
        need.id: sorted(
            {one.person for one in lines if one.community == need.community and need.skill in one.skills}
        )
        for need in ordered
    }
    taken: dict[str, list[str]] = {person: [] for person in takes}
    for need in ordered:
        for _ in range(need.count if need.placed else 0):
            if not _place(need.id, able, takes, taken, set()):
                break
    return tuple(
        Matched(need, tuple(sorted(person for person, held in taken.items() if need.id in held)))
        for need in ordered
    )


def _place(
    need: str,
    able: Mapping[str, Sequence[str]],
    takes: Mapping[str, int],
    taken: dict[str, list[str]],
    seen: set[str],
) -> bool:
    """Give one place of a need to somebody, moving others to free members where that makes room."""
    for person in able[need]:
        if person in seen or need in taken[person]:
            continue
        seen.add(person)
        if len(taken[person]) < takes[person]:
            taken[person].append(need)
            return True
        for other in list(taken[person]):
            if _place(other, able, takes, taken, seen):
                taken[person].remove(other)
                taken[person].append(need)
                return True
    return False


def confirmed(services: Iterable[Service]) -> dict[str, Service]:
    """Return the services that count, by id: confirmed, and not by the member."""
    found: dict[str, Service] = {}
    for one in services:
        if one.confirmed_by and one.confirmed_by != one.person:
            found.setdefault(one.id, one)
    return found


@frozen
class Feedback:
    """反馈 to a unit: its members, where they registered, and the confirmed services and hours."""

    unit: str
    members: int
    communities: int
    services: int
    hours: int


def feedback(registered: Iterable[Registration], services: Iterable[Service]) -> tuple[Feedback, ...]:
    """Return what each unit is told of its members: each member and each hour once."""
    lines = tuple(registered)
    counted = confirmed(services).values()
    found = []
    for unit in sorted({line.unit for line in lines}):
        people = {line.person for line in lines if line.unit == unit}
        places = {line.community for line in lines if line.unit == unit}
        own = [one for one in counted if one.person in people]
        found.append(Feedback(unit, len(people), len(places), len(own), sum(one.hours for one in own)))
    return tuple(found)
