"""An independent model of the language, for tests only: a plain walk over the tree as written, in fractions.

It knows nothing of types, closures or negation normal form: a condition is asked whether it, or its contrary, holds;
what speaks of nobody never does.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from huaying_governance.rules.written import (
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Junction,
    Membership,
    Minus,
    Name,
    Negation,
    Number,
    Quoted,
    Truth,
    Written,
)

NOBODY = object()
Facts = Mapping[str, Any]


class Naive:
    """Evaluates expressions for one case."""

    def __init__(self, facts: Facts, parameters: Facts, relations: frozenset[str], on: date) -> None:
        self.facts, self.parameters, self.relations, self.on = facts, parameters, relations, on

    def holds(self, tree: Written, contrary: bool = False) -> bool | None:
        """Return whether `tree` (or its contrary) holds, None where that is unknown."""
        match tree:
            case Negation(operand):
                return self.holds(operand, not contrary)
            case Junction(word, parts):
                return self.join(
                    [self.holds(part, contrary) for part in parts], (word == "and") is not contrary
                )
            case Choice(condition, yes, no):
                return self.choose(
                    condition, lambda: self.holds(yes, contrary), lambda: self.holds(no, contrary)
                )
            case Truth(value):
                return value is not contrary
            case Name():
                return self.named(tree, contrary)
            case Membership(item, values, negated):
                value = self.value(item)
                if value is NOBODY:
                    return False
                among = [self.value(each) for each in values]
                return None if value is None else (value in among) is not (negated is not contrary)
            case Comparison(first, rest):
                return self.compared(first, rest, contrary)
        raise AssertionError(tree)

    def named(self, tree: Name, contrary: bool) -> bool | None:
        if tree.name in self.relations and not tree.relation:
            if tree.name not in self.facts:
                return None
            return (self.facts[tree.name] is not None) is not contrary
        value = self.value(tree)
        if value is NOBODY:
            return False
        return None if value is None else value is not contrary

    def compared(self, first: Written, rest: tuple[tuple[str, Written], ...], contrary: bool) -> bool | None:
        sides = [first, *(side for _, side in rest)]
        if len(rest) == 1 and rest[0][0] in {"==", "!="} and any(self.is_condition(side) for side in sides):
            same = (rest[0][0] == "==") is not contrary
            one, other = sides
            if same:
                both = self.join([self.holds(one), self.holds(other)], True)
                neither = self.join([self.holds(one, True), self.holds(other, True)], True)
                return self.join([both, neither], False)
            differs = self.join([self.holds(one, True), self.holds(other, True)], False)
            either = self.join([self.holds(one), self.holds(other)], False)
            return self.join([differs, either], True)
        found = []
        for (sign, right), left in zip(rest, sides, strict=False):
            one, other = self.value(left), self.value(right)
            if one is NOBODY or other is NOBODY:
                found.append(False)
            elif one is None or other is None:
                found.append(None)
            else:
                found.append(self.order(sign, one, other) is not contrary)
        return self.join(found, not contrary)

    def is_condition(self, tree: Written) -> bool:
        match tree:
            case Truth() | Negation() | Junction() | Comparison() | Membership():
                return True
            case Choice(_, yes, _):
                return self.is_condition(yes)
            case Name(_, name):
                return name in {"p", "q"} or name in self.relations
        return False

    @staticmethod
    def order(sign: str, one: Any, other: Any) -> bool:
        less, equal = (False, one == other) if isinstance(one, str) else (one < other, one == other)
        return {
            "<": less,
            "<=": less or equal,
            "==": equal,
            "!=": not equal,
            ">=": not less,
            ">": not less and not equal,
        }[sign]

    @staticmethod
    def join(values: list[bool | None], every: bool) -> bool | None:
        """Kleene's conjunction (`every`) or disjunction."""
        if (not every) in values:
            return not every
        return None if None in values else every

    def choose(self, condition: Written, yes: Any, no: Any) -> Any:
        test = self.holds(condition)
        if test is None:
            one, other = yes(), no()
            return one if one is not None and one is not NOBODY and one == other else None
        return yes() if test else no()

    def value(self, tree: Written) -> Any:
        """Return a value; None unknown, NOBODY where it is of a relation that does not exist."""
        match tree:
            case Number(digits):
                return Fraction(digits)
            case Quoted(text):
                return text
            case Name(relation, name):
                return self.fact(relation, name)
            case Minus(operand):
                return self.computed([operand], lambda value: -value)
            case Arithmetic(sign, left, right):
                return self.computed([left, right], lambda one, other: self.sum(sign, one, other))
            case Choice(condition, yes, no):
                return self.chosen(condition, yes, no)
            case Call(name, arguments):
                if name == "date":
                    assert isinstance(arguments[0], Quoted)
                    return date.fromisoformat(arguments[0].text)
                return self.computed(list(arguments), lambda *values: self.called(name, *values))
        raise AssertionError(tree)

    def chosen(self, condition: Written, yes: Written, no: Written) -> Any:
        for side in (yes, no):
            if self.value(side) is NOBODY:
                return NOBODY
        return self.choose(condition, lambda: self.value(yes), lambda: self.value(no))

    def fact(self, relation: str, name: str) -> Any:
        if relation:
            if relation not in self.facts:
                return None
            held = self.facts[relation]
            return NOBODY if held is None else self.plain(held.get(name))
        if name == "on":
            return self.on
        return self.plain(self.parameters[name] if name in self.parameters else self.facts.get(name))

    @staticmethod
    def plain(value: Any) -> Any:
        return value if value is None or isinstance(value, bool | str | date) else Fraction(value)

    def computed(self, parts: list[Written], compute: Any) -> Any:
        values = [self.value(part) for part in parts]
        if NOBODY in values:
            return NOBODY
        return None if None in values else compute(*values)

    @staticmethod
    def sum(sign: str, one: Fraction, other: Fraction) -> Fraction:
        return {
            "+": lambda: one + other,
            "-": lambda: one - other,
            "*": lambda: one * other,
            "/": lambda: one / other,
        }[sign]()

    def called(self, name: str, *values: Any) -> Any:
        match name:
            case "min":
                return min(values)
            case "max":
                return max(values)
            case "floor":
                return Fraction(values[0] // 1)
            case "round":
                places = 10 ** int(values[1]) if len(values) == 2 else 1
                sign = -1 if values[0] < 0 else 1
                return sign * Fraction((abs(values[0]) * places + Fraction(1, 2)) // 1) / places
            case "days_between":
                return Fraction((values[1] - values[0]).days)
            case "months_between":
                return Fraction(self.months(values[0], values[1]))
            case "years_between":
                return Fraction(self.months(values[0], values[1]) // 12)
            case "add_months":
                return self.later(values[0], int(values[1]))
            case "add_years":
                return self.later(values[0], 12 * int(values[1]))
        raise AssertionError(name)

    @staticmethod
    def later(day: date, months: int) -> date:
        number = day.year * 12 + day.month - 1 + months
        year, month = number // 12, number % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))

    def months(self, start: date, end: date) -> int:
        """The largest n with `start` plus n months not after `end`, by counting."""
        count = (end.year - start.year) * 12 + end.month - start.month + 1
        while self.later(start, count) > end:
            count -= 1
        return count
