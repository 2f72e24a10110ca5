"""地理位置: places by longitude and latitude in decimal degrees, and how far apart two of them are.

Degrees are exact decimals, as surveyed and as written. Distances are those of the great circle on a sphere of the mean
radius of the earth (haversine), to the millimetre. Against the ellipsoid they are off by at most 0.6 %: 12 cm in 20 m.
That serves to find what lies close together; where land is measured, measure it.

Coordinates of the Chinese web maps (GCJ-02, BD-09) are shifted by hundreds of metres: never compare them with surveyed
ones (CGCS2000, WGS 84).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Generic, Literal, TypeVar

from attrs import frozen

T = TypeVar("T")
Axis = Literal["longitude", "latitude"]
EARTH_RADIUS = 6_371_008.8
"""Metres: the mean radius of the earth (IUGG), of GRS 80 as of WGS 84."""
LIMITS: Mapping[Axis, int] = {"longitude": 180, "latitude": 90}
METRES_PER_DEGREE = EARTH_RADIUS * radians(1)
_DEGREES = re.compile(r"[+\-−]?[0-9]{1,3}(\.[0-9]{1,15})?°?")
_MILLIMETRE = Decimal("0.001")


@frozen
class Degrees:
    """度: one coordinate in decimal degrees, exact; shown without exponent and without trailing zeros."""

    value: Decimal

    def __str__(self) -> str:
        text = f"{self.value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


def placed(longitude: Decimal | None, latitude: Decimal | None) -> Point | None:
    """Return the place of two coordinates; None while one of them is unknown."""
    return None if longitude is None or latitude is None else Point(longitude, latitude)


@frozen
class Point:
    """点位: a place on the earth. Raises `ValueError` for a coordinate that no place has."""

    longitude: Decimal
    latitude: Decimal

    def __attrs_post_init__(self) -> None:
        _bounded(self.longitude, "longitude")
        _bounded(self.latitude, "latitude")


def parse_degrees(text: str, axis: Axis) -> Degrees:
    """Return the coordinate that `text` writes in decimal degrees; east and north are positive.

    Raises `ValueError`, with no copy of the text, for anything else: minutes and seconds, exponents, out of bounds.
    """
    if not _DEGREES.fullmatch(text):
        raise ValueError("a coordinate is decimal degrees with at most fifteen decimals")
    value = Decimal(text.rstrip("°").replace("−", "-"))
    _bounded(value, axis)
    return Degrees(value)


def _bounded(value: Decimal, axis: Axis) -> None:
    if not value.is_finite() or abs(value) > LIMITS[axis]:
        raise ValueError(f"a {axis} lies between -{LIMITS[axis]} and {LIMITS[axis]}")


def distance(a: Point, b: Point) -> Decimal:
    """Return the metres between two places along the great circle, to the millimetre.

    The differences are taken exactly before anything is rounded, so near places lose nothing.
    """
    north = radians(float(b.latitude - a.latitude)) / 2
    east = radians(float(b.longitude - a.longitude)) / 2
    both = cos(radians(float(a.latitude))) * cos(radians(float(b.latitude)))
    part = sin(north) ** 2 + both * sin(east) ** 2
    return Decimal(2 * EARTH_RADIUS * asin(min(1.0, sqrt(part)))).quantize(_MILLIMETRE)


class Near(Generic[T]):
    """邻近查找: things with their places, sorted by latitude, so that a search looks only at a narrow band."""

    def __init__(self, things: Iterable[tuple[T, Point]]) -> None:
        self._held = sorted(things, key=lambda one: one[1].latitude)
        self._latitudes = [point.latitude for _, point in self._held]

    def within(self, centre: Point, metres: Decimal) -> Iterator[tuple[T, Decimal]]:
        """Yield everything at most `metres` away, the bound included, with its distance; from south to north."""
        band = Decimal(float(metres) / METRES_PER_DEGREE) * Decimal("1.000001") + Decimal("1e-7")
        for place in range(bisect_left(self._latitudes, centre.latitude - band), len(self._held)):
            thing, point = self._held[place]
            if point.latitude > centre.latitude + band:
                return
            apart = distance(centre, point)
            if apart <= metres:
                yield thing, apart


@frozen
class Fix:
    """定点: a place made ready for many distances: its radians as floats, and the cosine of its latitude."""

    longitude: float
    latitude: float
    cosine: float

    @staticmethod
    def of(point: Point) -> Fix:
        """Return a place made ready."""
        latitude = radians(float(point.latitude))
        return Fix(radians(float(point.longitude)), latitude, cos(latitude))


def metres(a: Fix, b: Fix) -> int:
    """Return the whole metres between two places, within one of `distance`: for ranking many of them."""
    north = sin((b.latitude - a.latitude) / 2)
    east = sin((b.longitude - a.longitude) / 2)
    return round(2 * EARTH_RADIUS * asin(min(1.0, sqrt(north * north + a.cosine * b.cosine * east * east))))
