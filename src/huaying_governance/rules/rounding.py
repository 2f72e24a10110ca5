"""舍入: exact yuan to whole fen, by the named way that the policy states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from huaying_governance.rules.exact import Exact


def _split(value: Exact, step: int) -> tuple[int, Fraction]:
    """Return the whole steps of `step` fen in `value` yuan (rounded down), and the part of a step that is over."""
    scaled = Fraction(value) * 100 / step
    whole = scaled.numerator // scaled.denominator
    return whole, scaled - whole


def _half_up(step: int) -> Callable[[Exact], int]:
    def run(value: Exact) -> int:
        whole, over = _split(value, step)
        return (whole + (over >= Fraction(1, 2))) * step

    return run


def _half_even(value: Exact) -> int:
    whole, over = _split(value, 1)
    half = Fraction(1, 2)
    return whole + (over > half or (over == half and whole % 2 == 1))


def _down(step: int) -> Callable[[Exact], int]:
    return lambda value: _split(value, step)[0] * step


def _up(step: int) -> Callable[[Exact], int]:
    return lambda value: -_split(-value, step)[0] * step


ROUNDINGS: Mapping[str, Callable[[Exact], int]] = MappingProxyType(
    {
        "half-up-fen": _half_up(1),
        "half-even-fen": _half_even,
        "down-fen": _down(1),
        "up-fen": _up(1),
        "half-up-yuan": _half_up(100),
        "down-yuan": _down(100),
        "up-yuan": _up(100),
    }
)
"""By name. 四舍五入到分, 银行家舍入到分, 舍去不足一分, 不足一分进一分, 四舍五入到元, 舍去不足一元, 不足一元进一元.
Amounts are never negative: the check refuses a rule whose amount could be."""
