"""垃圾收集点: where they are, which stand twice in the books, how a point comes and goes, whom they serve.

Values only; `collecting` has the procedure. Two entries within some metres are probably one point entered twice: the
earlier counts, the later waits for somebody to look. Places are compared only in one system of coordinates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from attrs import evolve, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.geo import Near, Point, placed
from huaying_governance.text import Text

OFFICIAL = "cgcs2000"
"""Surveyed coordinates; WGS 84 agrees with them within a metre."""
NOTES: Mapping[str, Text] = {
    "review": Text("疑似重复，待核", "perhaps entered twice"),
    "photo-reused": Text("照片重复使用", "picture used before"),
    "other-datum": Text("非2000坐标系，未比对", "in another datum, not compared"),
    "past-end": Text("临时点已到期", "temporary, past its end"),
}
"""What somebody should look at about a point."""


@frozen(kw_only=True)
class CollectionPoint:
    """收集点 as entered. `until`: a temporary point ends with this day; `photo`: a digest of its picture, never it."""

    id: str
    community: str
    kind: str
    at: datetime
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    datum: str = ""
    until: date | None = None
    photo: str = ""

    @property
    def place(self) -> Point | None:
        """Where it stands; None while a coordinate is unknown."""
        return placed(self.longitude, self.latitude)


@frozen(kw_only=True)
class Act:
    """收集点办理: one act on a point; `approval` is the number under which the organ approved that it goes."""

    action: str
    at: datetime
    actor: str
    role: str
    approval: str = ""
    reason: str = ""
    evidence: str = ""


@frozen(kw_only=True)
class Standing:
    """收集点的现状. `distinct`: somebody looked, and it is no duplicate."""

    point: CollectionPoint
    state: str = "planned"
    moved_at: datetime | None = None
    distinct: bool = False
    approval: str = ""

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        return self.moved_at or self.point.at


@frozen(kw_only=True)
class CollectionRules:
    """收集点规则 of a pack: metres within which two are one, metres each kind serves, how many were to be added."""

    duplicate_metres: Decimal
    radii: Mapping[str, tuple[Decimal, Citation]]
    added: int
    duplicates: Citation
    closing: Citation
    counting: Citation


@frozen
class Terms:
    """收集点条件: the rules."""

    rules: CollectionRules


def opened(point: CollectionPoint) -> Standing:
    """Return how a point stands when it is entered."""
    return Standing(point=point)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a point stands after an admitted act that ends in `state`."""
    moved = evolve(standing, state=state, moved_at=act.at)
    match act.action:
        case "keep":
            return evolve(moved, distinct=True)
        case "close":
            return evolve(moved, approval=act.approval)
        case _:
            return moved


@frozen(kw_only=True)
class Duplicate:
    """疑似重复: the earlier entry that this one probably is, and how far away it is."""

    of: str
    metres: Decimal


def same_datum(datum: str) -> str:
    """Return the system in which coordinates can be compared: none stated counts as the surveyed one."""
    return OFFICIAL if datum in {"", OFFICIAL, "wgs84"} else datum


def duplicates(standings: Iterable[Standing], metres: Decimal) -> dict[str, Duplicate]:
    """Return every entry that is for review, with the nearest one that it probably repeats.

    Entries are taken in the order of time, then of id. One counts unless a counted one lies at most `metres` away; an
    entry that somebody found distinct counts always. Closed and void ones are left out; so is what has no place.
    """
    groups: dict[str, list[tuple[str, Standing, Point]]] = {}
    for one in sorted(standings, key=lambda one: (one.point.at, one.point.id)):
        if one.point.place is not None and one.state not in {"closed", "void"}:
            groups.setdefault(same_datum(one.point.datum), []).append((one.point.id, one, one.point.place))
    return {id_: found for held in groups.values() for id_, found in _in_one_system(held, metres).items()}


def _in_one_system(held: Sequence[tuple[str, Standing, Point]], metres: Decimal) -> dict[str, Duplicate]:
    near = Near([(id_, point) for id_, _, point in held])
    order = {id_: number for number, (id_, _, _) in enumerate(held)}
    found: dict[str, Duplicate] = {}
    for id_, one, point in held:
        if one.distinct:
            continue
        around = [
            (apart, other)
            for other, apart in near.within(point, metres)
            if order[other] < order[id_] and other not in found
        ]
        if around:
            apart, other = min(around)
            found[id_] = Duplicate(of=other, metres=apart)
    return found


def repeated_photos(points: Iterable[CollectionPoint]) -> dict[str, str]:
    """Return the entries whose picture an earlier entry has already, with that entry."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for one in sorted(points, key=lambda one: (one.at, one.id)):
        if one.photo and first.setdefault(one.photo, one.id) != one.id:
            found[one.id] = first[one.photo]
    return found


def serves(standing: Standing, day: date) -> bool:
    """Whether a point is there to be used on a day: in use, and not past its end."""
    until = standing.point.until
    return standing.state == "in_use" and (until is None or day <= until)


@frozen(kw_only=True)
class Dwelling:
    """居住点: a building or cluster and how many households live there; never who."""

    id: str
    community: str
    households: int
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    datum: str = ""

    @property
    def place(self) -> Point | None:
        """Where it stands; None while a coordinate is unknown."""
        return placed(self.longitude, self.latitude)


@frozen(kw_only=True)
class Served:
    """服务覆盖 of one dwelling: by the nearest point whose radius reaches it. `covered` is None where unknown."""

    dwelling: Dwelling
    covered: bool | None
    by: str = ""
    metres: Decimal | None = None


def served(
    dwellings: Iterable[Dwelling], points: Iterable[CollectionPoint], radii: Mapping[str, Decimal]
) -> tuple[Served, ...]:
    """Return for each dwelling whether a point reaches it, as the crow flies, and the nearest that does.

    A dwelling without a place is unknown. So is one that no known point reaches while some point has no place in the
    same system of coordinates: that point might.
    """
    lookups: dict[tuple[str, str], list[tuple[str, Point]]] = {}
    unplaced: set[str] = set()
    systems: set[str] = set()
    for one in points:
        system = same_datum(one.datum)
        systems.add(system)
        if one.place is None:
            unplaced.add(one.id)
        else:
            lookups.setdefault((system, one.kind), []).append((one.id, one.place))
    near = {key: Near(held) for key, held in lookups.items()}
    return tuple(_served(one, near, radii, systems, bool(unplaced)) for one in dwellings)


def _served(
    one: Dwelling,
    near: Mapping[tuple[str, str], Near[str]],
    radii: Mapping[str, Decimal],
    systems: set[str],
    unplaced: bool,
) -> Served:
    place, system = one.place, same_datum(one.datum)
    if place is None:
        return Served(dwelling=one, covered=None)
    reached = [
        (apart, id_)
        for (where, kind), lookup in near.items()
        if where == system and kind in radii
        for id_, apart in lookup.within(place, radii[kind])
    ]
    if reached:
        apart, id_ = min(reached)
        return Served(dwelling=one, covered=True, by=id_, metres=apart)
    return Served(dwelling=one, covered=None if unplaced or systems - {system} else False)
