"""图形叠加: which designations of two plans overlap, by how many square metres. Needs the extra `plans` (shapely).

Outlines are polygons in WKT, in metres of one projected datum. Areas are rounded to the square centimetre, so that the
last bits of a float decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from importlib.util import find_spec
from typing import TYPE_CHECKING

from huaying_governance.errors import MissingExtra
from huaying_governance.stewardship.plans.model import Designation, Overlap

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

CELLS = 10_000
"""Square centimetres of a square metre."""


def available() -> bool:
    """Whether the extra `plans` is installed."""
    return find_spec("shapely") is not None


def faulty(outline: str) -> str:
    """Return why an outline is no sound polygon; empty where it is one. Raises `MissingExtra` without shapely."""
    try:
        shape = _read(outline)
    except ValueError:
        return "unreadable"
    if shape.geom_type not in {"Polygon", "MultiPolygon"}:
        return "no-polygon"
    if shape.is_empty or not shape.is_valid:
        return "not-sound"
    return ""


def overlaps(ones: Sequence[Designation], others: Sequence[Designation]) -> Iterator[Overlap]:
    """Yield what overlaps of two plans, in the order given; each designation has a sound outline.

    Raises `MissingExtra` where shapely is not installed.
    """
    left, right = [_read(one.outline) for one in ones], [_read(one.outline) for one in others]
    if not left or not right:
        return
    from shapely import STRtree  # noqa: PLC0415 - only who compares outlines loads it

    tree = STRtree(right)
    for one, shape in zip(ones, left, strict=True):
        for index in sorted(int(found) for found in tree.query(shape, predicate="intersects")):
            area = shape.intersection(right[index]).area
            if rounded := round(area * CELLS):
                yield Overlap(one, others[index], Fraction(rounded, CELLS))


def _read(outline: str) -> BaseGeometry:
    try:
        from shapely import GEOSException, from_wkt  # noqa: PLC0415
    except ImportError as missing:
        raise MissingExtra("plans", "shapely") from missing
    try:
        shape = from_wkt(outline)
    except GEOSException as fault:
        raise ValueError("no geometry") from fault
    return shape
