"""From the tree as meant to z3 (编码): the meaning of `rules.compile` where every fact is known.

Numbers are exact: integers, or rationals with six decimals. A day is year, month and day, so that months and years are
counted as `kernel.dates` counts them. A text is a number that stands for it: texts are only compared. What speaks of
a relation that does not exist is false, and an amount that reads one is not known.
"""

# Long: one case per node of the tree, told in one piece.

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

from attrs import define, field, frozen

from huaying_governance.proofs.solver import z3
from huaying_governance.rules.exact import FIRST_YEAR, LAST_YEAR
from huaying_governance.rules.tree import (
    LARGEST,
    All,
    AnyOf,
    Apply,
    Arith,
    Compare,
    Condition,
    Const,
    Either,
    Exists,
    FactRef,
    IsTrue,
    Member,
    OnDay,
    Operand,
    Operator,
    Param,
    Pick,
    Type,
    Value,
    parameters_read,
    relations_stated,
)

Term: TypeAlias = Any
"""A z3 expression; z3 brings no types of its own."""
DECIMALS = 10**6


@frozen(eq=False)
class Day:
    """A day in z3: year, month and day of the month."""

    year: Term
    month: Term
    day: Term

    @property
    def order(self) -> Term:
        """A number by which days are ordered."""
        return self.year * 512 + self.month * 32 + self.day

    @property
    def ordinal(self) -> Term:
        """The number of the day, counted without gaps."""
        before = self.year - 1
        past = 365 * before + before / 4 - before / 100 + before / 400
        starts = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
        month = _by_month(self.month, starts)
        return past + month + z3.If(z3.And(self.month > 2, leap(self.year)), 1, 0) + self.day


def _by_month(month: Term, values: list[int]) -> Term:
    found: Term = z3.IntVal(values[-1])
    for number in range(11, 0, -1):
        found = z3.If(month == number, z3.IntVal(values[number - 1]), found)
    return found


def leap(year: Term) -> Term:
    """Return whether a year has 366 days."""
    return z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))


def length(year: Term, month: Term) -> Term:
    """Return how many days a month has."""
    days = _by_month(month, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    return days + z3.If(z3.And(month == 2, leap(year)), 1, 0)


def constant_day(day: date) -> Day:
    """Return a known day."""
    return Day(z3.IntVal(day.year), z3.IntVal(day.month), z3.IntVal(day.day))


Held: TypeAlias = Any
"""A term, or a day."""


@define(eq=False)
class Symbols:
    """The facts of one case as unknowns. `mark` tells two cases apart; `words` numbers the texts."""

    on: date
    words: dict[str, int]
    mark: str = ""
    facts: dict[str, Held] = field(factory=dict)
    kinds: dict[str, Type] = field(factory=dict)
    exists: dict[str, Term] = field(factory=dict)
    bounds: list[Term] = field(factory=list)

    def word(self, text: str) -> int:
        """Return the number of a text."""
        return self.words.setdefault(text, len(self.words))

    def fact(self, path: str, kind: Type) -> Held:
        """Return a fact, with what its type says of it."""
        if path not in self.facts:
            self.facts[path] = self._new(f"{path}{self.mark}", kind)
            self.kinds[path] = kind
        return self.facts[path]

    def relation(self, name: str) -> Term:
        """Return whether a relation exists."""
        return self.exists.setdefault(name, z3.Bool(f"{name}{self.mark}"))

    def _new(self, name: str, kind: Type) -> Held:
        if kind.kind == "boolean":
            return z3.Bool(name)
        if kind.kind == "date":
            made = Day(*(z3.Int(f"{name}.{part}") for part in ("y", "m", "d")))
            self.bounds += [
                made.year >= FIRST_YEAR,
                made.year <= LAST_YEAR,
                made.month >= 1,
                made.month <= 12,
            ]
            self.bounds += [made.day >= 1, made.day <= length(made.year, made.month)]
            return made
        number = z3.Int(name)
        if kind.kind == "choice":
            self.bounds.append(z3.Or(*(number == self.word(option) for option in kind.of)))
            return number
        if kind.kind == "text":
            self.bounds.append(number >= 0)
            return number
        scale = DECIMALS if kind.kind == "decimal" else 1
        low = -LARGEST if kind.low is None else kind.low
        high = LARGEST if kind.high is None else kind.high
        self.bounds += [number >= -int(-low * scale // 1), number <= int(high * scale // 1)]
        return z3.ToReal(number) / DECIMALS if scale > 1 else number


@define(eq=False)
class Encoder:
    """Turns nodes into z3, with the parameters as constants."""

    symbols: Symbols
    parameters: Mapping[str, Value]

    def test(self, node: Condition) -> Term:
        """Return a condition; where every fact is known it is true or false."""
        match node:
            case Const(value):
                return z3.BoolVal(bool(value))
            case IsTrue(fact, negated):
                held = self.symbols.fact(fact.path, fact.type)
                return self._guarded(node, z3.Not(held) if negated else held)
            case Exists(relation, negated):
                there = self.symbols.relation(relation)
                return z3.Not(there) if negated else there
            case All(parts):
                return z3.And(*(self.test(part) for part in parts))
            case AnyOf(parts):
                return z3.Or(*(self.test(part) for part in parts))
            case Compare(operator, left, right):
                return self._guarded(node, self._compare(operator, left, right))
            case Member(item, values, negated):
                found = z3.Or(
                    *(self._relate("==", self.value(item), self._constant(value)) for value in values)
                )
                return self._guarded(node, z3.Not(found) if negated else found)
            case Either(condition, yes, no):
                return z3.If(self.test(condition), self.test(yes), self.test(no))

    def _guarded(self, node: Condition, test: Term) -> Term:
        return z3.And(*(self.symbols.relation(name) for name in relations_stated(node)), test)

    def _compare(self, operator: Operator, left: Operand, right: Operand) -> Term:
        if not (self.has(left) and self.has(right)):
            return z3.BoolVal(False)
        return self._relate(operator, self.value(left), self.value(right))

    def has(self, node: Operand) -> bool:
        """Whether all parameters that a value reads are in force."""
        return all(name in self.parameters for name in parameters_read(node))

    def _relate(self, operator: Operator, one: Held, two: Held) -> Term:
        if isinstance(one, Day) and isinstance(two, Day):
            one, two = one.order, two.order
        return {
            "<": lambda: one < two,
            "<=": lambda: one <= two,
            "==": lambda: one == two,
            "!=": lambda: one != two,
            ">=": lambda: one >= two,
            ">": lambda: one > two,
        }[operator]()

    def known(self, node: Operand) -> Term:
        """Return whether a value is known: every relation exists whose facts it is made of."""
        if isinstance(node, Pick):
            return z3.If(self.test(node.condition), self.known(node.yes), self.known(node.no))
        if isinstance(node, FactRef):
            return self.symbols.relation(node.relation) if node.relation else z3.BoolVal(True)
        if isinstance(node, Arith):
            return z3.And(self.known(node.left), self.known(node.right))
        if isinstance(node, Apply):
            return z3.And(*(self.known(each) for each in node.arguments))
        return z3.BoolVal(True)

    def value(self, node: Operand) -> Held:
        """Return a value."""
        match node:
            case Const(value):
                return self._constant(value)
            case Param(name):
                return self._constant(self.parameters[name])
            case FactRef():
                return self.symbols.fact(node.path, node.type)
            case OnDay():
                return constant_day(self.symbols.on)
            case Arith(sign, left, right):
                return self._arith(sign, self.value(left), self.value(right))
            case Apply(function, arguments):
                return self._apply(function, [self.value(each) for each in arguments])
            case Pick(condition, yes, no):
                test, one, two = self.test(condition), self.value(yes), self.value(no)
                if isinstance(one, Day) and isinstance(two, Day):
                    parts = zip((one.year, one.month, one.day), (two.year, two.month, two.day), strict=True)
                    return Day(*(z3.If(test, a, b) for a, b in parts))
                return z3.If(test, one, two)

    def _constant(self, value: Value) -> Held:
        if isinstance(value, bool):
            return z3.BoolVal(value)
        if isinstance(value, date):
            return constant_day(value)
        if isinstance(value, str):
            return z3.IntVal(self.symbols.word(value))
        return (
            z3.IntVal(value)
            if isinstance(value, int)
            else z3.RealVal(f"{value.numerator}/{value.denominator}")
        )

    def _arith(self, sign: str, left: Term, right: Term) -> Term:
        if sign == "/":
            return _real(left) / _real(right)
        return {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right}[sign]()

    def _apply(self, function: str, values: list[Any]) -> Held:
        if function in {"min", "max"}:
            best = values[0]
            for each in values[1:]:
                best = z3.If(best <= each if function == "min" else best >= each, best, each)
            return best
        if function in {"round", "floor"}:
            return rounded(values[0], z3.simplify(values[1]).as_long(), down=function == "floor")
        if function in {"add_years", "add_months"}:
            return add_months(values[0], values[1] * (12 if function == "add_years" else 1))
        start, end = values
        if function == "days_between":
            return end.ordinal - start.ordinal
        months = months_between(start, end)
        return months if function == "months_between" else months / 12


def _real(of: Term) -> Term:
    return z3.ToReal(of) if z3.is_int(of) else of


def rounded(value: Term, places: int, *, down: bool) -> Term:
    """Return a number with some decimals: half away from zero, or down."""
    scaled = _real(value) * 10**places
    if down:
        whole = z3.ToInt(scaled)
    else:
        half = z3.RealVal("1/2")
        whole = z3.If(scaled >= 0, z3.ToInt(scaled + half), -z3.ToInt(half - scaled))
    return whole if places == 0 else z3.ToReal(whole) / 10**places


def add_months(day: Day, months: Term) -> Day:
    """Return the same day some months later, or the last of that month."""
    total = day.year * 12 + day.month - 1 + months
    year, month = total / 12, total % 12 + 1
    last = length(year, month)
    return Day(year, month, z3.If(day.day <= last, day.day, last))


def months_between(start: Day, end: Day) -> Term:
    """Return the full months between two days."""
    count = (end.year - start.year) * 12 + end.month - start.month
    cut = z3.And(end.day < start.day, end.day < length(end.year, end.month))
    return count - z3.If(cut, 1, 0)
