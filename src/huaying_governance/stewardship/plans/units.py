"""计量单位: 亩, 公顷 and others as exact ratios: fifteen 亩 are one hectare, to the last digit."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

UNITS: Mapping[str, tuple[str, Fraction]] = MappingProxyType(
    {
        "m2": ("area", Fraction(1)),
        "mu": ("area", Fraction(2000, 3)),
        "ha": ("area", Fraction(10_000)),
        "km2": ("area", Fraction(1_000_000)),
        "person": ("people", Fraction(1)),
        "ten_thousand_persons": ("people", Fraction(10_000)),
        "yuan": ("money", Fraction(1)),
        "ten_thousand_yuan": ("money", Fraction(10_000)),
        "place": ("places", Fraction(1)),
        "percent": ("share", Fraction(1)),
    }
)
"""Unit → what it measures, and how many of the base unit (m², persons, yuan) one is."""


def measures(unit: str) -> str:
    """Return what a unit measures; only units of one measure can be compared."""
    return UNITS[unit][0]


def base(value: Decimal | Fraction | int, unit: str) -> Fraction:
    """Return a value in the base unit of its measure, exactly."""
    return Fraction(value) * UNITS[unit][1]


def convert(value: Decimal | Fraction | int, unit: str, to: str) -> Fraction:
    """Return a value of one unit in another, exactly.

    >>> convert(15, "mu", "ha")
    Fraction(1, 1)

    Raises `ValueError` where the two do not measure the same.
    """
    if measures(unit) != measures(to):
        raise ValueError(f"{unit} and {to} do not measure the same")
    return base(value, unit) / UNITS[to][1]


def shown(value: Fraction, places: int = 2) -> str:
    """Return a value rounded half up, with a fixed number of places; rounding is for the reader only."""
    scale = 10**places
    whole, rest = divmod(value.numerator * scale, value.denominator)
    number = whole + (2 * rest >= value.denominator)
    if not places:
        return str(number)
    return f"{number // scale}.{number % scale:0{places}}"
