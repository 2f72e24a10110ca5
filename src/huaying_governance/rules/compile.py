"""From the tree as meant to closures (编译): built once for each stretch of days with the same parameters, then run.

A closure takes a row: a list that holds the day, the facts and, for each relation, whether it exists. None is
unknown. Conditions return True, False or None by Kleene's tables; values return None when they cannot be known. A
statement about a relation that does not exist is False.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import field, frozen

from huaying_governance.kernel.dates import add_months, add_years, days_between, months_between, years_between
from huaying_governance.rules.exact import exact
from huaying_governance.rules.functions import apply_rounding
from huaying_governance.rules.layout import Layout
from huaying_governance.rules.tree import (
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
    Node,
    OnDay,
    Operand,
    Param,
    Pick,
    Value,
    relations_stated,
)

Row: TypeAlias = list[Any]
Test: TypeAlias = Callable[[Row], bool | None]
Read: TypeAlias = Callable[[Row], Any]

COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


@frozen
class Compiler:
    """Turns nodes into closures, with `parameters` as constants."""

    layout: Layout
    parameters: Mapping[str, Value]
    _tests: dict[int, tuple[Node, Test]] = field(factory=dict, init=False, repr=False, eq=False)
    _reads: dict[int, tuple[Node, Read]] = field(factory=dict, init=False, repr=False, eq=False)

    def test(self, node: Condition) -> Test:
        """Return the closure of a condition, built once."""
        found = self._tests.get(id(node))
        if found is None:
            # The node is kept beside its closure, so that its id stays its own.
            found = self._tests[id(node)] = (node, self._test(node))
        return found[1]

    def read(self, node: Operand) -> Read:
        """Return the closure of a value, built once."""
        found = self._reads.get(id(node))
        if found is None:
            found = self._reads[id(node)] = (node, self._read(node))
        return found[1]

    def _test(self, node: Condition) -> Test:
        match node:
            case Const(value):
                return lambda _: bool(value)
            case IsTrue(fact, negated):
                return self._guarded(node, _truth(self.layout.slots[fact.path], negated))
            case Exists(relation, negated):
                return _truth(self.layout.slots[relation], negated)
            case All(parts):
                return _all(tuple(self.test(part) for part in parts))
            case AnyOf(parts):
                return _any(tuple(self.test(part) for part in parts))
            case Compare():
                return self._guarded(node, self._compare(node))
            case Member(item, values, negated):
                return self._guarded(node, _member(self.read(item), frozenset(values), negated))
            case Either(condition, yes, no):
                return _either(self.test(condition), self.test(yes), self.test(no))

    def _read(self, node: Operand) -> Read:
        match node:
            case Const(value):
                return lambda _: value
            case Param(name):
                held = self.parameters.get(name)
                return lambda _: held
            case FactRef():
                return operator.itemgetter(self.layout.slots[node.path])
            case OnDay():
                return operator.itemgetter(0)
            case Arith(sign, left, right):
                return _arith(sign, self.read(left), self.read(right))
            case Apply(function, arguments):
                return _apply(function, tuple(self.read(argument) for argument in arguments))
            case Pick(condition, yes, no):
                return _either(self.test(condition), self.read(yes), self.read(no))

    def _compare(self, node: Compare) -> Test:
        """Return a comparison, the shorter closure where one side is constant."""
        compare = COMPARE[node.operator]
        right = self.constant(node.right)
        if right is not None:
            if isinstance(node.left, FactRef):
                return _compare_slot(self.layout.slots[node.left.path], compare, right)
            return _compare_constant(self.read(node.left), compare, right)
        return _compare(self.read(node.left), compare, self.read(node.right))

    def constant(self, node: Node) -> Value | None:
        """Return the value of a literal or a parameter, else None."""
        if isinstance(node, Const):
            return node.value
        return self.parameters.get(node.name) if isinstance(node, Param) else None

    def _guarded(self, node: Node, test: Test) -> Test:
        """Make a statement false where a relation it speaks of does not exist."""
        slots = tuple(self.layout.slots[name] for name in relations_stated(node))
        if not slots:
            return test
        if len(slots) == 1:
            slot = slots[0]
            return lambda row: False if row[slot] is False else test(row)
        return lambda row: False if any(row[slot] is False for slot in slots) else test(row)


def _truth(slot: int, negated: bool) -> Test:
    if not negated:
        return operator.itemgetter(slot)

    def contrary(row: Row) -> bool | None:
        value = row[slot]
        return None if value is None else not value

    return contrary


def _both(one: Test, other: Test) -> Test:
    """Conjunction of two: the commonest, unrolled."""

    def run(row: Row) -> bool | None:
        first = one(row)
        if first is False:
            return False
        second = other(row)
        return second if first or second is False else None

    return run


def _all(tests: tuple[Test, ...]) -> Test:
    if len(tests) == 2:
        return _both(*tests)

    def run(row: Row) -> bool | None:
        answer: bool | None = True
        for test in tests:
            found = test(row)
            if found is False:
                return False
            if found is None:
                answer = None
        return answer

    return run


def _any(tests: tuple[Test, ...]) -> Test:
    def run(row: Row) -> bool | None:
        answer: bool | None = False
        for test in tests:
            found = test(row)
            if found is True:
                return True
            if found is None:
                answer = None
        return answer

    return run


def _either(test: Test, yes: Read, no: Read) -> Read:
    def run(row: Row) -> Any:
        found = test(row)
        if found is True:
            return yes(row)
        if found is False:
            return no(row)
        one = yes(row)
        return one if one is not None and one == no(row) else None

    return run


def _compare_slot(slot: int, compare: Callable[[Any, Any], bool], right: Value) -> Test:
    def run(row: Row) -> bool | None:
        left = row[slot]
        return None if left is None else compare(left, right)

    return run


def _compare_constant(read: Read, compare: Callable[[Any, Any], bool], right: Value) -> Test:
    def run(row: Row) -> bool | None:
        left = read(row)
        return None if left is None else compare(left, right)

    return run


def _compare(one: Read, compare: Callable[[Any, Any], bool], two: Read) -> Test:
    def run(row: Row) -> bool | None:
        left, right = one(row), two(row)
        return None if left is None or right is None else compare(left, right)

    return run


def _member(read: Read, values: frozenset[Value], negated: bool) -> Test:
    def run(row: Row) -> bool | None:
        value = read(row)
        return None if value is None else (value in values) is not negated

    return run


def _divide(left: Any, right: Any) -> Any:
    return exact(Fraction(left) / right)


_SIGNS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divide,
}


def _arith(sign: str, one: Read, two: Read) -> Read:
    compute = _SIGNS[sign]

    def run(row: Row) -> Any:
        left, right = one(row), two(row)
        return None if left is None or right is None else compute(left, right)

    return run


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "min": min,
    "max": max,
    "round": lambda value, places: apply_rounding("round", value, places),
    "floor": lambda value, places: apply_rounding("floor", value, places),
    "years_between": years_between,
    "months_between": months_between,
    "days_between": days_between,
    "add_years": lambda day, years: add_years(day, int(years)),
    "add_months": lambda day, months: add_months(day, int(months)),
}


def _apply(function: str, reads: tuple[Read, ...]) -> Read:
    compute = _FUNCTIONS[function]

    def run(row: Row) -> Any:
        values = [read(row) for read in reads]
        return None if None in values else compute(*values)

    return run


def is_day(value: object) -> bool:
    """Whether `value` is a plain day, not a moment."""
    return type(value) is date
