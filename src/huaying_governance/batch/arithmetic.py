"""Exact numbers in SQL (精确的数): whole numbers with known bounds, and fractions of them. Never a float.

Every number carries the range of what it can be, so that the type that holds each product is chosen beforehand, and
an overflow cannot happen. What no type of the engine holds raises `TooLarge`, and is computed otherwise.
"""

# Long: one closed set of number operations, each with its bounds.

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, lcm
from typing import TypeAlias

from attrs import evolve, frozen
from sqlglot import exp

from huaying_governance.batch.dialect import Dialect
from huaying_governance.batch.sql import (
    Layers,
    Sql,
    Truth,
    binary,
    both,
    case,
    cast,
    literal,
    opposite,
    unknown,
)
from huaying_governance.rules.exact import Exact
from huaying_governance.rules.tree import Operator, Type

LONG = 2**63 - 1
COMPARISONS: dict[Operator, type[exp.Binary]] = {
    "<": exp.LT,
    "<=": exp.LTE,
    "==": exp.EQ,
    "!=": exp.NEQ,
    ">=": exp.GTE,
    ">": exp.GT,
}


class TooLarge(Exception):
    """A number may become larger than the engine counts exactly."""


@frozen
class Whole:
    """A whole number between `low` and `high`; `sql` None where it is the constant `low`.

    `wide` says that its type is the engine's widest.
    """

    sql: Sql | None
    low: int
    high: int
    wide: bool = False

    @property
    def constant(self) -> int | None:
        """The number, where it is known."""
        return self.low if self.sql is None else None

    def piece(self) -> Sql:
        """Return the number as SQL."""
        return Sql(literal(self.low)) if self.sql is None else self.sql


def whole(value: int) -> Whole:
    """Return a constant."""
    return Whole(None, value, value)


@frozen
class Number:
    """An exact number: `top` over `bottom`, which is never less than one."""

    top: Whole
    bottom: Whole


Numeric: TypeAlias = Number | None


def number(value: Exact) -> Number:
    """Return a constant."""
    return Number(whole(value.numerator), whole(value.denominator))


@frozen(eq=False)
class Arithmetic:
    """Computes with numbers for one engine; what is used twice goes to the layers."""

    dialect: Dialect
    layers: Layers

    # Whole numbers

    def _made(self, kind: type[exp.Binary], left: Whole, right: Whole, low: int, high: int) -> Whole:
        wide = self._wide(low, high)
        if not wide and (left.wide or right.wide):
            wide = True
        one, two = self._as(left, wide=wide), self._as(right, wide=wide)
        return Whole(binary(kind, one, two), low, high, wide)

    def _wide(self, low: int, high: int) -> bool:
        most = max(abs(low), abs(high))
        if self.dialect.largest is not None and most > self.dialect.largest:
            raise TooLarge
        return most > LONG

    def _as(self, of: Whole, *, wide: bool) -> Sql:
        if of.sql is None:
            tree = literal(of.low)
            return Sql(exp.cast(tree, self.dialect.wide if wide else "BIGINT"))
        return cast(of.sql, self.dialect.wide) if wide and not of.wide else of.sql

    def add(self, left: Whole, right: Whole) -> Whole:
        """Return the sum."""
        if left.constant is not None and right.constant is not None:
            return whole(left.low + right.low)
        if left.constant == 0:
            return right
        if right.constant == 0:
            return left
        return self._made(exp.Add, left, right, left.low + right.low, left.high + right.high)

    def minus(self, left: Whole, right: Whole) -> Whole:
        """Return the difference."""
        if left.constant is not None and right.constant is not None:
            return whole(left.low - right.low)
        if right.constant == 0:
            return left
        return self._made(exp.Sub, left, right, left.low - right.high, left.high - right.low)

    def times(self, left: Whole, right: Whole) -> Whole:
        """Return the product."""
        if left.constant is not None and right.constant is not None:
            return whole(left.low * right.low)
        if left.constant == 1:
            return right
        if right.constant == 1:
            return left
        corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        return self._made(exp.Mul, left, right, min(corners), max(corners))

    def floor(self, of: Whole, by: Whole) -> Whole:
        """Return the whole quotient, rounded down; `by` is never less than one."""
        if by.constant == 1:
            return of
        if of.constant is not None and by.constant is not None:
            return whole(of.low // by.low)
        corners = [a // b for a in (of.low, of.high) for b in (by.low, by.high)]
        of, by = self.shared(of), self.shared(by)
        wide = of.wide or by.wide
        up = self._quotient(of, by, wide=wide)
        if of.low < 0:
            # Engines cut towards zero: below it the quotient is that of the next multiple.
            below = self.minus(self.minus(by, whole(1)), of)
            wide = wide or below.wide
            down = binary(exp.Sub, self._as(whole(0), wide=wide), self._quotient(below, by, wide=wide))
            if of.high < 0:
                up = down
            else:
                test = binary(exp.GTE, of.piece(), Sql(literal(0)))
                up = case([(test, self._quotient(of, by, wide=wide)), (opposite(test), down)])
        return Whole(up, min(corners), max(corners), wide)

    def _quotient(self, of: Whole, by: Whole, *, wide: bool) -> Sql:
        return self.dialect.quotient(self._as(of, wide=wide), self._as(by, wide=wide), wide=wide)

    def compare(self, operator: Operator, left: Whole, right: Whole) -> Truth:
        """Return a comparison."""
        if left.constant is not None and right.constant is not None:
            return compare_exact(operator, left.low, right.low)
        return binary(COMPARISONS[operator], left.piece(), right.piece())

    def shared(self, of: Whole) -> Whole:
        """Return a number that may be used many times."""
        return of if of.sql is None else evolve(of, sql=self.layers.share(of.sql))

    def choose(self, branches: Iterable[tuple[Truth, Whole]]) -> Whole:
        """Return the first number whose condition is true, else the unknown."""
        held = list(branches)
        wide = any(value.wide or self._wide(value.low, value.high) for _, value in held)
        tree = case([(test, self._as(value, wide=wide)) for test, value in held])
        return Whole(
            cast(tree, self.dialect.wide if wide else "BIGINT"),
            min(value.low for _, value in held),
            max(value.high for _, value in held),
            wide,
        )

    def narrow(self, of: Whole) -> Whole:
        """Return a number in the smaller type where its range fits."""
        if not of.wide or of.sql is None or self._wide(of.low, of.high):
            return of
        return Whole(cast(of.sql, "BIGINT"), of.low, of.high)

    # Fractions

    def aligned(self, numbers: tuple[Number, ...]) -> tuple[tuple[Whole, ...], Whole]:
        """Return numbers over one common bottom."""
        bottoms = [each.bottom.constant for each in numbers]
        if all(bottom is not None for bottom in bottoms):
            common = lcm(*(bottom for bottom in bottoms if bottom is not None))
            tops = tuple(self.times(each.top, whole(common // each.bottom.low)) for each in numbers)
            return tops, whole(common)
        first, *rest = numbers
        top_list, bottom = [first.top], first.bottom
        for each in rest:
            top_list = [self.shared(self.times(top, each.bottom)) for top in top_list]
            top_list.append(self.shared(self.times(each.top, bottom)))
            bottom = self.shared(self.times(bottom, each.bottom))
        return tuple(top_list), bottom

    def arith(self, sign: str, left: Number, right: Number) -> Number:
        """Return `left sign right`."""
        left, right = self.share(left), self.share(right)
        if sign == "*":
            return reduced(self.times(left.top, right.top), self.times(left.bottom, right.bottom))
        if sign == "/":
            return self._over(left, right)
        (one, two), bottom = self.aligned((left, right))
        return Number(self.add(one, two) if sign == "+" else self.minus(one, two), bottom)

    def _over(self, left: Number, right: Number) -> Number:
        """Return the quotient; the divisor does not reach zero, so its sign is known."""
        top, bottom = self.times(left.top, right.bottom), self.times(left.bottom, right.top)
        if right.top.high < 0:
            top, bottom = self.minus(whole(0), top), self.minus(whole(0), bottom)
        # The range of a divisor may touch zero at a bound that it never takes: it is at least one then.
        return reduced(top, evolve(bottom, low=max(1, bottom.low)))

    def share(self, of: Number) -> Number:
        """Return a number that may be used many times."""
        return Number(self.shared(of.top), self.shared(of.bottom))

    def relate(self, operator: Operator, left: Number, right: Number) -> Truth:
        """Return a comparison of two numbers."""
        (one, two), _ = self.aligned((left, right))
        return self.compare(operator, one, two)

    def extreme(self, numbers: tuple[Number, ...], *, least: bool) -> Number:
        """Return the least or the greatest; unknown where one is."""
        best = numbers[0]
        for each in numbers[1:]:
            best, other = self.share(best), self.share(each)
            best = self.pick(self.relate("<=" if least else ">=", best, other), best, other, agree=False)
        return best

    def pick(self, test: Truth, yes: Number, no: Number, *, agree: bool) -> Number:
        """Return one of two numbers; where the test is unknown, the number if both agree and `agree` allows."""
        test = self.layers.share(test) if isinstance(test, Sql) else test
        yes, no = self.share(yes), self.share(no)
        branches = [(test, 0), (opposite(test), 1)]
        if agree:
            branches.append((self.relate("==", yes, no), 1))
        if yes.bottom.constant is not None and no.bottom.constant is not None:
            tops, bottom = self.aligned((yes, no))
            return Number(self.choose((when, tops[number]) for when, number in branches), bottom)
        sides = (yes, no)
        top = self.choose((when, sides[number].top) for when, number in branches)
        return Number(top, self.choose((when, sides[number].bottom) for when, number in branches))

    def rounded(self, of: Number, places: int, *, down: bool) -> Number:
        """Return the number with some decimals: rounded half away from zero, or down."""
        scaled = self.share(reduced(self.times(of.top, whole(10**places)), of.bottom))
        if down:
            return Number(self.floor(scaled.top, scaled.bottom), whole(10**places))
        top, bottom = scaled.top, scaled.bottom
        if top.low >= 0:
            return Number(self.half_up(top, bottom), whole(10**places))
        turned = self.shared(self.minus(whole(0), top))
        away = self.minus(whole(0), self.half_up(turned, bottom))
        if top.high <= 0:
            return Number(away, whole(10**places))
        positive = self.compare(">=", top, whole(0))
        chosen = self.choose([(positive, self.half_up(top, bottom)), (opposite(positive), away)])
        return Number(chosen, whole(10**places))

    def half_up(self, top: Whole, bottom: Whole) -> Whole:
        """Return a quotient that is not negative, rounded to the nearest, half up."""
        double = self.add(self.times(top, whole(2)), bottom)
        return self.floor(double, self.times(bottom, whole(2)))

    def within(self, of: Number, kind: Type) -> Number:
        """Return a number with its range narrowed to that of its type, which the check has proved."""
        top, bottom = of.top, of.bottom.constant
        if top.sql is None:
            return of
        low, high = top.low, top.high
        if kind.low is not None:
            low = max(low, ceil(kind.low * bottom) if bottom else (kind.low > 0) if kind.low >= 0 else low)
        if kind.high is not None:
            high = min(
                high, kind.high * bottom // 1 if bottom else -(kind.high < 0) if kind.high <= 0 else high
            )
        return Number(self.narrow(evolve(top, low=low, high=high)), of.bottom)

    def unknown(self, of: Number) -> Truth:
        """Return whether a number has no value."""
        parts = [unknown(side.sql) for side in (of.top, of.bottom) if side.sql is not None]
        return opposite(both(*(opposite(part) for part in parts)))


def reduced(top: Whole, bottom: Whole) -> Number:
    """Return a fraction in lower terms where both sides are constants."""
    if top.constant is not None and bottom.constant is not None:
        return number(Fraction(top.low, bottom.low))
    return Number(top, bottom)


def compare_exact(operator: Operator, left: Exact, right: Exact) -> bool:
    """Return a comparison of two constants."""
    difference = (left > right) - (left < right)
    return {
        "<": difference < 0,
        "<=": difference <= 0,
        "==": difference == 0,
        "!=": difference != 0,
        ">=": difference >= 0,
        ">": difference > 0,
    }[operator]
