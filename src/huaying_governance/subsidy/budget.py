"""预算: what a ceiling pays for when it does not suffice, in an order that is stated beforehand.

The order is data, never the order of rows that happens to be: earliest filed, smallest amount, highest amount, or all
in one proportion. Ties are broken by the claim's id, so that the same claims and the same ceiling give the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from attrs import frozen

from huaying_governance.text import Text

Order = Literal["filed-first", "smallest-first", "largest-first", "in-proportion"]
ORDERS: Mapping[Order, Text] = {
    "filed-first": Text("先申报先安排", "earliest filed first"),
    "smallest-first": Text("金额小的先安排", "smallest amount first"),
    "largest-first": Text("金额大的先安排", "largest amount first"),
    "in-proportion": Text("按同一比例安排", "all in one proportion"),
}


@frozen
class Wanted:
    """待安排: a claim's id, the day it was filed, and its amount in fen."""

    claim: str
    filed_on: date
    fen: int


@frozen
class Allocation:
    """安排结果: what each claim is given, in fen, and what is left of the ceiling.

    INVARIANT: given + left = ceiling, and nobody is given more than was wanted.
    """

    order: Order
    ceiling: int
    given: Mapping[str, int]
    short: Mapping[str, int]

    @property
    def left(self) -> int:
        """What is left of the ceiling, in fen."""
        return self.ceiling - sum(self.given.values())


def allocate(wanted: Iterable[Wanted], ceiling: int, order: Order) -> Allocation:
    """Return how a ceiling, in fen, is given to claims in a stated order.

    By the orders that rank, a claim is given whole or waits, and a smaller later one does not overtake it: an award is
    not split (the article knows whole amounts). In proportion, everybody gets the same share, rounded down to the fen,
    and the fen that rounding leaves go one each to the earliest filed.
    """
    held = sorted(wanted, key=lambda each: (each.filed_on, each.claim))
    if ceiling < 0 or any(each.fen < 0 for each in held):
        raise ValueError("a ceiling and the amounts under it are not negative")
    total = sum(each.fen for each in held)
    if total <= ceiling:
        given = {each.claim: each.fen for each in held}
    elif order == "in-proportion":
        given = _in_proportion(held, ceiling, total)
    else:
        given = _ranked(held, ceiling, order)
    short = {each.claim: each.fen - given[each.claim] for each in held if given[each.claim] < each.fen}
    return Allocation(order, ceiling, MappingProxyType(given), MappingProxyType(short))


def _ranked(held: list[Wanted], ceiling: int, order: Order) -> dict[str, int]:
    sign = {"smallest-first": 1, "largest-first": -1}.get(order, 0)
    given: dict[str, int] = {}
    left, closed = ceiling, False
    for each in sorted(held, key=lambda one: (sign * one.fen, one.filed_on, one.claim)):
        closed = closed or each.fen > left
        given[each.claim] = 0 if closed else each.fen
        left -= given[each.claim]
    return given


def _in_proportion(held: list[Wanted], ceiling: int, total: int) -> dict[str, int]:
    given = {each.claim: each.fen * ceiling // total for each in held}
    left = ceiling - sum(given.values())
    for each in held:
        if left and given[each.claim] < each.fen:
            given[each.claim] += 1
            left -= 1
    return given
