"""岗位查询: near home, at home, and suited to a group: what a resident asks a desk for.

A search names what it asks; what a vacancy does not state cannot meet it, and is said to be missing, not refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from huaying_governance.employment.matching import Band
from huaying_governance.employment.vacancy import SCHOOLING, Listing
from huaying_governance.kernel.geo import Fix, Point, metres

_LEVELS: Mapping[str, int] = {name: rank for rank, name in enumerate(SCHOOLING)}


@frozen(kw_only=True)
class Search:
    """查询: `within` is in metres from `point`; `schooling` and `experience` are the most that may be asked."""

    id: str
    point: Point | None = None
    within: int | None = None
    home_only: bool = False
    kind: str = ""
    schooling: str = ""
    experience: int | None = None

    def narrowed(self, band: Band) -> Search:
        """Return the search as it is for a group: no more schooling and experience asked than suits it."""
        levels = [name for name in (self.schooling, band.schooling) if name]
        years = [one for one in (self.experience, band.experience) if one is not None]
        return Search(
            id=self.id,
            point=self.point,
            within=self.within,
            home_only=self.home_only,
            kind=self.kind,
            schooling=min(levels, key=lambda name: _LEVELS[name]),
            experience=min(years),
        )


@frozen
class Hit:
    """查询结果: a vacancy, how many metres away (None: unknown), and what it leaves open."""

    vacancy: str
    metres: int | None
    missing: tuple[str, ...]


def found(search: Search, listings: Iterable[tuple[str, Listing]]) -> tuple[Hit, ...]:
    """Return what meets a search: the nearest first, then by id; what leaves something open comes last.

    Work at home is near everybody. A vacancy without a place does not answer a search by distance.
    """
    centre = None if search.point is None else Fix.of(search.point)
    hits = []
    for id_, listing in listings:
        vacancy = listing.vacancy
        far = None if centre is None or vacancy.point is None else metres(centre, Fix.of(vacancy.point))
        home = vacancy.home_work is True
        asked = (
            ("place", search.within is None or home or (None if far is None else far <= search.within)),
            ("home_work", not search.home_only or vacancy.home_work),
            ("kind", not search.kind or vacancy.kind == search.kind),
            ("schooling", not search.schooling or _at_most(vacancy.schooling, search.schooling)),
            ("experience", search.experience is None or _years(vacancy.experience, search.experience)),
        )
        if all(answer is not False for _, answer in asked):
            hits.append(Hit(id_, far, tuple(name for name, answer in asked if answer is None)))
    return tuple(
        sorted(hits, key=lambda hit: (bool(hit.missing), hit.metres is None, hit.metres, hit.vacancy))
    )


def _at_most(asked: str, most: str) -> bool | None:
    return None if not asked else _LEVELS[asked] <= _LEVELS[most]


def _years(asked: int | None, most: int) -> bool | None:
    return None if asked is None else asked <= most
