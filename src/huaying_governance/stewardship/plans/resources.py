"""公共资源配置: services per head, and the communities ranked by how far they fall short of the standard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.stewardship.wording import found


@frozen
class Standard:
    """配置标准: one place of a service serves so many people."""

    service: str
    people_per: int
    citation: Citation


@frozen(kw_only=True)
class Level:
    """配置现状: how many places of a service a community has, for how many people that need it (None: unknown)."""

    community: str
    service: str
    places: int
    people: int | None


@frozen
class Gap:
    """配置缺口: rank among communities of one service (None: no need, or unknown), places needed, people unserved."""

    community: str
    service: str
    places: int
    people: int | None
    rank: int | None
    needed: int | None
    short: int | None
    per_thousand: Fraction | None
    ruling: Ruling


def served(level: Level, standard: Standard) -> Fraction | None:
    """Return the share of the people whom the places serve, at most one; None where there is no need or no figure."""
    if not level.people:
        return None
    return min(Fraction(level.places * standard.people_per, level.people), Fraction(1))


def gaps(levels: Sequence[Level], standards: Mapping[str, Standard]) -> tuple[Gap, ...]:
    """Return every community by service, the least served first; of those alike the one with more people unserved.

    Equal ones share a rank. A level of a service without standard is left out.
    """
    made: list[Gap] = []
    for service in dict.fromkeys(level.service for level in levels):
        if service in standards:
            standard = standards[service]
            held = [level for level in levels if level.service == service]
            made.extend(_ranked(held, standard))
    return tuple(made)


def _ranked(levels: Sequence[Level], standard: Standard) -> list[Gap]:
    ordered = sorted(levels, key=lambda level: (*_key(level, standard), level.community))
    rank, made, before = 0, [], None
    for place, level in enumerate(ordered, 1):
        key = _key(level, standard)
        rank = rank if key == before else place
        before = key
        made.append(_gap(level, standard, rank if level.people else None))
    return made


def _key(level: Level, standard: Standard) -> tuple[Fraction, int]:
    share = served(level, standard)
    if share is None or level.people is None:
        return Fraction(2), 0
    return share, level.places * standard.people_per - level.people if share < 1 else 0


def _gap(level: Level, standard: Standard, rank: int | None) -> Gap:
    if level.people is None:
        ruling = found((), standard.citation, outcome="undetermined", missing=("people",))
        return Gap(level.community, level.service, level.places, None, None, None, None, None, ruling)
    needed = -(-level.people // standard.people_per)
    short = max(needed - level.places, 0)
    heads = Fraction(1000 * level.places, level.people) if level.people else None
    ruling = found(("unserved",) if short else (), standard.citation, figures={"count": short})
    return Gap(level.community, level.service, level.places, level.people, rank, needed, short, heads, ruling)
