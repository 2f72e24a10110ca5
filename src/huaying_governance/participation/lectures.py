"""党员小讲堂与安全宣讲: lectures and safety sessions, what clashes in their calendar, and how many came.

A safety session (消防、用电用气、防艾) keeps a head-count only: nobody's name, and no list of references either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from attrs import frozen

from huaying_governance.kernel.dates import day_of
from huaying_governance.text import Text

KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "lecture": Text("党员小讲堂", "members' lecture"),
        "fire": Text("消防安全", "fire safety"),
        "power_gas": Text("用电用气安全", "electricity and gas safety"),
        "hiv": Text("防艾", "HIV prevention"),
    }
)
NOTES: Mapping[str, Text] = MappingProxyType(
    {
        "clash": Text("时间冲突", "clashes"),
        "more-listed-than-counted": Text("名单多于计数", "more listed than counted"),
    }
)
HEADCOUNT_ONLY = frozenset({"fire", "power_gas", "hiv"})
"""The kinds whose listeners are counted and never listed."""


@frozen(kw_only=True)
class Lecture:
    """讲座: when, where, who speaks, and how many came (None: not held yet, or not counted)."""

    id: str
    kind: str
    community: str
    room: str
    speaker: str
    from_at: datetime
    to_at: datetime
    count: int | None = None

    @property
    def weekend(self) -> bool:
        """Whether it begins on a Saturday or Sunday, make-up workdays included."""
        return day_of(self.from_at).weekday() >= 5


def clashes(lectures: Iterable[Lecture]) -> Mapping[str, tuple[str, ...]]:
    """Return the lectures that overlap in one room, or with one speaker, and with which others; ends may touch."""
    found: dict[str, set[str]] = {}
    groups: dict[tuple[str, str, str], list[Lecture]] = {}
    for one in lectures:
        groups.setdefault(("room", one.community, one.room), []).append(one)
        groups.setdefault(("speaker", "", one.speaker), []).append(one)
    for held in groups.values():
        _sweep(sorted(held, key=lambda one: (one.from_at, one.id)), found)
    return {id_: tuple(sorted(others)) for id_, others in sorted(found.items())}


def _sweep(held: list[Lecture], found: dict[str, set[str]]) -> None:
    running: list[Lecture] = []
    for one in held:
        running = [other for other in running if other.to_at > one.from_at]
        for other in running:
            found.setdefault(one.id, set()).add(other.id)
            found.setdefault(other.id, set()).add(one.id)
        running.append(one)


@frozen
class Tally:
    """宣讲统计: of one kind in one month: sessions, those whose heads were counted, and the heads."""

    month: str
    kind: str
    sessions: int
    counted: int
    heads: int


def tallies(lectures: Iterable[Lecture]) -> tuple[Tally, ...]:
    """Return the sessions and heads of every kind and month (宣讲场次、人次)."""
    groups: dict[tuple[str, str], list[Lecture]] = {}
    for one in lectures:
        groups.setdefault((f"{day_of(one.from_at):%Y-%m}", one.kind), []).append(one)
    return tuple(
        Tally(
            month,
            kind,
            len(held),
            sum(one.count is not None for one in held),
            sum(one.count or 0 for one in held),
        )
        for (month, kind), held in sorted(groups.items())
    )
