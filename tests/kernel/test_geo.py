"""Places: exact degrees in, distances of the great circle out."""

from __future__ import annotations

from decimal import Decimal
from math import acos, cos, radians, sin

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.kernel.geo import EARTH_RADIUS, Fix, Near, Point, distance, metres, parse_degrees

LONGITUDES = st.decimals(-180, 180, places=6)
LATITUDES = st.decimals(-90, 90, places=6)
POINTS = st.builds(Point, LONGITUDES, LATITUDES)
STEPS = st.decimals(Decimal("-0.002"), Decimal("0.002"), places=7)
HOME = Point(Decimal("106.7819"), Decimal("30.3870"))


@pytest.mark.parametrize(
    ("text", "axis", "shown"),
    [
        ("106.7819", "longitude", "106.7819"),
        ("106.78190", "longitude", "106.7819"),
        ("-0.0", "latitude", "-0"),
        ("90", "latitude", "90"),
        ("180.000", "longitude", "180"),
        ("+30.387°", "latitude", "30.387"),
        ("−30.5", "latitude", "-30.5"),
        ("106.781234567890123", "longitude", "106.781234567890123"),
        ("100", "longitude", "100"),
    ],
)
def test_degrees_are_kept_exactly_as_they_are_written(text: str, axis: str, shown: str) -> None:
    """A coordinate is an exact decimal: nothing is lost in reading and showing it, but zeros at its end."""
    assert str(parse_degrees(text, axis)) == shown


@pytest.mark.parametrize(
    ("text", "axis"),
    [
        ("90.0000001", "latitude"),
        ("106.78", "latitude"),
        ("180.1", "longitude"),
        ("-181", "longitude"),
        ("106°46′52″", "longitude"),
        ("1.0678e2", "longitude"),
        ("106,78", "longitude"),
        ("", "longitude"),
        ("nan", "latitude"),
        ("Infinity", "latitude"),
        ("1_0", "latitude"),
        (".5", "latitude"),
        ("5.", "latitude"),
        ("106.7812345678901234", "longitude"),
        ("１０", "latitude"),
        ("一〇六", "longitude"),
    ],
)
def test_what_no_place_has_is_no_coordinate(text: str, axis: str) -> None:
    """Out of bounds (above all: the two swapped), minutes and seconds, exponents: refused, without a copy."""
    with pytest.raises(ValueError) as caught:
        parse_degrees(text, axis)
    assert not text or text not in str(caught.value)


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [("180.01", "0"), ("0", "90.01"), ("NaN", "0"), ("0", "Infinity"), ("0", "-91")],
)
def test_a_point_out_of_bounds_is_refused(longitude: str, latitude: str) -> None:
    """No point stands where no place is, from Python as from a table."""
    with pytest.raises(ValueError):
        Point(Decimal(longitude), Decimal(latitude))


@given(POINTS, POINTS)
def test_distances_agree_with_the_ellipsoid_within_six_in_a_thousand(a: Point, b: Point) -> None:
    """The sphere is off by at most 0.6 % against the geodesic of WGS 84, computed by GeographicLib."""
    told = Geodesic.WGS84.Inverse(*map(float, (a.latitude, a.longitude, b.latitude, b.longitude)))["s12"]
    assert abs(float(distance(a, b)) - told) <= 0.006 * told + 0.001


@given(POINTS, STEPS, STEPS)
def test_near_places_agree_with_the_ellipsoid_too(a: Point, east: Decimal, north: Decimal) -> None:
    """The same for neighbours: no digits cancel."""
    if abs(a.latitude + north) > 90 or abs(a.longitude + east) > 180:
        return
    b = Point(a.longitude + east, a.latitude + north)
    told = Geodesic.WGS84.Inverse(*map(float, (a.latitude, a.longitude, b.latitude, b.longitude)))["s12"]
    assert abs(float(distance(a, b)) - told) <= 0.006 * told + 0.001


@given(POINTS, POINTS)
def test_distances_agree_with_the_spherical_law_of_cosines(a: Point, b: Point) -> None:
    """Another formula gives the same arc, where it is well conditioned."""
    p, q = radians(float(a.latitude)), radians(float(b.latitude))
    arc = sin(p) * sin(q) + cos(p) * cos(q) * cos(radians(float(b.longitude - a.longitude)))
    if abs(arc) < 0.99:
        assert abs(float(distance(a, b)) - EARTH_RADIUS * acos(arc)) < 0.01


@given(POINTS, POINTS)
def test_a_distance_is_symmetric_and_nothing_to_itself(a: Point, b: Point) -> None:
    """A to b is b to a, and a to itself is nothing."""
    assert distance(a, b) == distance(b, a)
    assert distance(a, a) == 0


@given(st.lists(st.tuples(STEPS, STEPS), max_size=25), st.decimals(0, 300, places=3), STEPS, STEPS)
def test_a_search_finds_what_the_naive_one_finds(
    steps: list[tuple[Decimal, Decimal]], metres: Decimal, east: Decimal, north: Decimal
) -> None:
    """The band of latitudes leaves nothing out: the same as measuring every one; the bound counts as within."""
    places = [(n, Point(HOME.longitude + x, HOME.latitude + y)) for n, (x, y) in enumerate(steps)]
    centre = Point(HOME.longitude + east, HOME.latitude + north)
    naive = {n: distance(centre, point) for n, point in places if distance(centre, point) <= metres}
    assert dict(Near(places).within(centre, metres)) == naive


def test_the_bound_itself_is_within() -> None:
    """A thing exactly at the distance is found; a millimetre less, and it is not."""
    other = Point(HOME.longitude, HOME.latitude + Decimal("0.00018"))
    apart = distance(HOME, other)
    assert list(Near([("x", other)]).within(HOME, apart)) == [("x", apart)]
    assert not list(Near([("x", other)]).within(HOME, apart - Decimal("0.001")))


def test_the_date_line_is_no_gap() -> None:
    """Two places on both sides of the 180th meridian are neighbours."""
    west, east = Point(Decimal("179.9999"), Decimal(0)), Point(Decimal("-179.9999"), Decimal(0))
    assert Decimal("22.2") < distance(west, east) < Decimal("22.3")
    assert [apart for _, apart in Near([(1, west)]).within(east, Decimal(30))] == [distance(west, east)]


@given(POINTS, POINTS)
def test_many_distances_agree_with_one(a: Point, b: Point) -> None:
    """Places made ready for many distances give the same, within a metre, both ways."""
    quick = metres(Fix.of(a), Fix.of(b))
    assert abs(quick - distance(a, b)) <= 1
    assert quick == metres(Fix.of(b), Fix.of(a))
