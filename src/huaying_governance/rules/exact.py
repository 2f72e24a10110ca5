"""Exact numbers and bounded days (精确数): what values are made of, below the tree and below documents."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

Exact: TypeAlias = int | Fraction
MONEY = "CNY"
FIRST_YEAR, LAST_YEAR = 1800, 2200
"""Days lie in these years."""


def exact(value: Exact) -> Exact:
    """Return `value` as an integer where it is one."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return value
