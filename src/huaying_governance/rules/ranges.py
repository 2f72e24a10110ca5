"""How far numbers can reach (值域): intervals of exact numbers, for bounds that can never be met and safe division."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

from huaying_governance.rules.exact import Exact, exact

Range: TypeAlias = tuple[Exact | None, Exact | None]
OPEN: Range = (None, None)


def divide(left: Exact, right: Exact) -> Exact:
    """Return the exact quotient."""
    return exact(Fraction(left) / Fraction(right))


def add(left: Range, right: Range) -> Range:
    """Return the range of a sum."""
    low = None if left[0] is None or right[0] is None else exact(left[0] + right[0])
    high = None if left[1] is None or right[1] is None else exact(left[1] + right[1])
    return low, high


def negative(of: Range) -> Range:
    """Return the range of the negative."""
    return (None if of[1] is None else -of[1], None if of[0] is None else -of[0])


def times(left: Range, right: Range) -> Range:
    """Return the range of a product; open where a side is open, save for sides that are never negative."""
    if None not in left and None not in right:
        corners = [a * b for a in left for b in right if a is not None and b is not None]
        return exact(min(corners)), exact(max(corners))
    if left[0] is not None and left[0] >= 0 and right[0] is not None and right[0] >= 0:
        return exact(left[0] * right[0]), None
    return OPEN


def over(left: Range, right: Range) -> Range:
    """Return the range of a quotient whose divisor does not reach zero."""
    low, high = right
    if low is not None and low > 0:
        inverse: Range = (0 if high is None else divide(1, high), divide(1, low))
    elif high is not None and high < 0:
        inverse = (divide(1, high), 0 if low is None else divide(1, low))
    else:
        return OPEN
    return times(left, inverse)


def reaches_zero(of: Range) -> bool:
    """Whether zero lies within the range."""
    return (of[0] is None or of[0] <= 0) and (of[1] is None or of[1] >= 0)


def hull(ranges: Iterable[Range]) -> Range:
    """Return the smallest range around all of `ranges`."""
    found = list(ranges)
    lows = [low for low, _ in found]
    highs = [high for _, high in found]
    low = None if None in lows else min(value for value in lows if value is not None)
    high = None if None in highs else max(value for value in highs if value is not None)
    return low, high


def least(ranges: list[Range]) -> Range:
    """Return the range of `min`."""
    lows = [low for low, _ in ranges]
    highs = [high for _, high in ranges if high is not None]
    return (
        None if None in lows else min(value for value in lows if value is not None),
        min(highs) if highs else None,
    )


def greatest(ranges: list[Range]) -> Range:
    """Return the range of `max`."""
    return negative(least([negative(of) for of in ranges]))
