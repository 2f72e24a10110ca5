"""Yuan to fen in SQL (舍入): each named way of `rules.rounding`, with whole numbers only."""

from __future__ import annotations

from fractions import Fraction

from sqlglot import exp

from huaying_governance.batch.arithmetic import Arithmetic, Number, Whole, reduced, whole
from huaying_governance.batch.sql import Sql, binary, both, literal, opposite
from huaying_governance.rules import rounding as meant

ROUNDINGS: dict[str, tuple[str, int]] = {
    "half-up-fen": ("half-up", 1),
    "half-even-fen": ("half-even", 1),
    "down-fen": ("down", 1),
    "up-fen": ("up", 1),
    "half-up-yuan": ("half-up", 100),
    "down-yuan": ("down", 100),
    "up-yuan": ("up", 100),
}
"""How each way of rounding of `rules.rounding` is computed: the way, and the fen of one step."""


def to_fen(counting: Arithmetic, of: Number, rounding: str) -> Whole:
    """Return an amount in yuan as whole fen, by the named way of rounding."""
    if of.top.constant is not None and of.bottom.constant is not None:
        return whole(meant.ROUNDINGS[rounding](Fraction(of.top.low, of.bottom.low)))
    how, step = ROUNDINGS[rounding]
    scaled = counting.share(
        reduced(counting.times(of.top, whole(100)), counting.times(of.bottom, whole(step)))
    )
    top, bottom = scaled.top, scaled.bottom
    if how == "down":
        steps = counting.floor(top, bottom)
    elif how == "up":
        steps = counting.minus(whole(0), counting.floor(counting.minus(whole(0), top), bottom))
    elif how == "half-up":
        steps = counting.half_up(top, bottom)
    else:
        steps = _half_even(counting, top, bottom)
    return counting.narrow(counting.times(steps, whole(step)))


def _half_even(counting: Arithmetic, top: Whole, bottom: Whole) -> Whole:
    floor = counting.shared(counting.floor(top, bottom))
    rest = counting.minus(top, counting.times(floor, bottom))
    double = counting.shared(counting.times(Whole(rest.sql, 0, max(0, bottom.high - 1), rest.wide), whole(2)))
    odd = binary(exp.NEQ, binary(exp.Mod, floor.piece(), Sql(literal(2))), Sql(literal(0)))
    over = counting.compare(">", double, bottom)
    tie = both(counting.compare("==", double, bottom), odd)
    return counting.choose(
        [(over, counting.add(floor, whole(1))), (tie, counting.add(floor, whole(1))), (opposite(over), floor)]
    )
