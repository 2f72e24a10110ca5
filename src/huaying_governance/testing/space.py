"""取值空间: for every fact of a policy the few values between which something changes, and situations made of them.

Around each bound its neighbours; of each choice every value; of each relation that there is one, that there is none,
that it is not known. Dates follow the day of the case. Where every statement compares one fact with constants, these
values stand for all there are: a search through all of them is then a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice, product
from typing import Any, TypeAlias, cast

from attrs import define, field

from huaying_governance.kernel.dates import add_months, add_years
from huaying_governance.rules import Policy
from huaying_governance.rules.compile import Row
from huaying_governance.rules.model import Parameter, Rule
from huaying_governance.rules.tree import (
    LARGEST,
    Apply,
    Arith,
    Compare,
    Condition,
    Const,
    Exists,
    FactRef,
    Member,
    Node,
    OnDay,
    Operand,
    Param,
    Type,
    facts_read,
    walk,
)
from huaying_governance.testing.goals import step_of

DAY = timedelta(days=1)
TRIES = 20_000
"""Situations tried in one search."""
Test: TypeAlias = Callable[[Row], bool]
Point: TypeAlias = Mapping[str, Any]
"""Values by path; None is missing. A relation's own path holds True, False (none) or None (not known)."""
_SHIFTS = {
    "years_between": add_years,
    "months_between": add_months,
    "add_years": add_years,
    "add_months": add_months,
}


@define(eq=False)
class Space:
    """The values worth trying for a policy, with a changed rule or parameter beside it if there is one."""

    policy: Policy
    extra: tuple[Node, ...] = ()
    changed: Mapping[str, Parameter] = field(factory=dict)
    statements: tuple[Node, ...] = field(init=False)
    _memo: dict[tuple[str, date], tuple[Any, ...]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        found: list[Node] = list(self.extra)
        for rule in self.policy.rules:
            found.extend(nodes_of(rule))
        for combine in self.policy.parts.combine:
            found.extend(node for node in (combine.limit, combine.counted) if node is not None)
        singles: list[Node] = []
        for node in found:
            singles.extend(each for each in walk(node) if isinstance(each, Compare | Member))
            singles.extend(each for each in walk(node) if isinstance(each, Arith | Apply))
        self.statements = tuple(dict.fromkeys(singles))

    # Values

    def values(self, path: str, on: date) -> tuple[Any, ...]:
        """Return the values worth trying for a fact on a day, plain ones first, missing last."""
        key = (path, on)
        if key not in self._memo:
            self._memo[key] = self._values(path, on)
        return self._memo[key]

    def _values(self, path: str, on: date) -> tuple[Any, ...]:
        if path in self.policy.relations:
            return (True, False, None)
        kind = self.policy.facts[path.rpartition(".")[2]].type
        match kind.kind:
            case "boolean":
                return (True, False, None)
            case "choice":
                return (*kind.of, None)
            case "text":
                known = sorted({each for each in self._beside(path) if isinstance(each, str)})
                return (*known, "甲", "乙", None)
            case "date":
                return (*sorted(self._days(path, on)), None)
            case _:
                return (*self._numbers(path, kind), None)

    def _beside(self, path: str) -> Iterator[Any]:
        """Yield the constants that stand in one statement with a fact, parameters by all their values."""
        for node in self.statements:
            if any(fact.path == path for fact in facts_read(node)):
                if isinstance(node, Member):
                    yield from node.values
                yield from self._constants(node)

    def _constants(self, node: Node) -> Iterator[Any]:
        for inner in walk(node):
            if isinstance(inner, Const):
                yield inner.value
            elif isinstance(inner, Param):
                for parameter in (self.policy.parameters[inner.name], self.changed.get(inner.name)):
                    yield from (step.value for step in (parameter.steps if parameter is not None else ()))

    def _numbers(self, path: str, kind: Type) -> list[Any]:
        steps = {
            step_of(node)
            for node in self.statements
            if isinstance(node, Compare) and path in {f.path for f in facts_read(node)}
        } or {1}
        low, high = cast(Any, kind.low), cast(Any, kind.high)
        found: set[Any] = set()
        for value in self._beside(path):
            if isinstance(value, int | Fraction) and not isinstance(value, bool):
                found.update(value + shift * step for step in steps for shift in (-1, 0, 1))
        found.update(bound for bound in (low, high) if bound is not None and abs(bound) < LARGEST)
        if not found:
            found.add(low if low is not None and abs(low) < LARGEST else 1)
        fits = [v for v in found if (low is None or v >= low) and (high is None or v <= high)]
        if kind.kind == "integer":
            fits = [v for v in fits if isinstance(v, int)]
        return sorted(fits)

    def _days(self, path: str, on: date) -> set[date]:
        found = {on, on - DAY, on + DAY}
        for node in self.statements:
            if not any(fact.path == path for fact in facts_read(node)):
                continue
            numbers = [c for c in self._constants(node) if isinstance(c, int) and not isinstance(c, bool)]
            functions = [inner.function for inner in walk(node) if isinstance(inner, Apply)]
            for number in numbers:
                for function in functions or ["days_between"]:
                    for count in (number - 1, number, number + 1):
                        day = _back(function, on, count)
                        found.update((day - DAY, day, day + DAY))
            found.update(c for c in self._constants(node) if type(c) is date)
        return found

    def days(self) -> list[date]:
        """Return the days worth trying: around every change of the policy, and one after the last."""
        found: set[date] = set()
        changes = [*self.policy.changes]
        for parameter in self.changed.values():
            changes += [step.since for step in parameter.steps]
        for day in changes:
            found.update((day - DAY, day, day + DAY))
        found.update(day - 2 * DAY for day in changes)
        if changes:
            found.add(max(changes) + 60 * DAY)
        return sorted(found, reverse=True)

    # Situations

    def row(self, point: Point, on: date) -> Row:
        """Return a situation as a row; facts of a person who is not there are left out."""
        slots = self.policy.layout.slots
        row: Row = [None] * self.policy.layout.size
        row[0] = on
        for path, value in point.items():
            relation = path.rpartition(".")[0]
            if relation and point.get(relation, True) is not True:
                continue
            row[slots[path]] = value
            if relation:
                row[slots[relation]] = True
        return row

    def find(self, test: Test, paths: Iterable[str], on: date, fixed: Point) -> Point | None:
        """Return `fixed` with values for the other `paths` that pass a test; None where a bounded search finds none."""
        names = tuple(path for path in paths if path not in fixed)
        tries = islice(self.points(names, on), TRIES)
        return next((found for point in tries if test(self.row(found := {**point, **fixed}, on))), None)

    def near(self, start: Point, test: Test, paths: Iterable[str], on: date) -> Point | None:
        """Return the situation nearest to `start` that passes a test: one fact changed, or two, or any of them."""
        tries = islice(self.variations((start,), paths, on), TRIES)
        return next((point for point in tries if test(self.row(point, on))), None)

    def met(self, rule: Rule, on: date, fixed: Point, *, truth: bool = True) -> Point:
        """Return `fixed` with values under which a rule holds, or (`truth` False) does not; `fixed` where none is."""
        test = self.test_of(rule, on)
        return self.find(lambda row: test(row) is truth, paths_of(rule.when), on, fixed) or fixed

    def test_of(self, rule: Rule, on: date) -> Callable[[Row], bool | None]:
        """Return the condition of a rule as of a day, or as of its nearest day where it is not in force then."""
        day = max(on, rule.since) if rule.until is None else min(max(on, rule.since), rule.until)
        return self.policy.edition(day).compiler.test(rule.when)

    def around(self, on: date, fixed: Point) -> Point:
        """Return `fixed` with the rest of a situation: what is required is met, no other rule is."""
        point = dict(fixed)
        for rule in self.policy.rules:
            if rule.in_force(on):
                wanted = rule.effect == "require" and self.policy.kind == "eligibility"
                point = dict(self.met(rule, on, point, truth=wanted))
        return point

    def points(self, paths: Iterable[str], on: date) -> Iterator[Point]:
        """Yield every situation of some facts."""
        names = tuple(paths)
        for values in product(*(self.values(name, on) for name in names)):
            yield dict(zip(names, values, strict=True))

    def contexts(self, on: date) -> Iterator[Point]:
        """Yield, for each rule near the day, a situation in which it is met, and nothing else but what is required."""
        near = [
            rule for rule in self.policy.rules if any(rule.in_force(on + shift * DAY) for shift in (-1, 0, 1))
        ]
        for rule in near or self.policy.rules:
            yield self.around(on, self.met(rule, on, {}))
        yield self.around(on, {})
        everything: Point = {}
        for rule in self.policy.rules:
            if rule.effect != "bar" and rule.in_force(on):
                everything = self.met(rule, on, everything)
        yield everything

    def variations(self, contexts: Iterable[Point], paths: Iterable[str], on: date) -> Iterator[Point]:
        """Yield the contexts, then each with one fact changed, with two, then with all of `paths` changed."""
        held = list(contexts)
        names = tuple(paths)
        yield from held
        for size in (1, 2):
            for context in held:
                yield from self._changed(context, names, size, on)
        for context in held:
            for point in self.points(names, on):
                yield {**context, **point}

    def _changed(self, context: Point, names: tuple[str, ...], size: int, on: date) -> Iterator[Point]:
        for number, name in enumerate(names):
            for value in self.values(name, on):
                one = {**context, name: value}
                if size == 1:
                    yield one
                else:
                    yield from self._changed(one, names[number + 1 :], 1, on)

    @property
    def stands_for_all(self) -> bool:
        """Whether the values stand for all there are: every statement compares one fact with constants."""
        return all(_simple(node) for node in self.statements)


def nodes_of(rule: Rule) -> Iterator[Condition | Operand]:
    """Yield the conditions and amounts of a rule."""
    yield rule.when
    yield from (amount for amount in (rule.amount, rule.enterprise_amount) if amount is not None)
    yield from (clock.when for clock in rule.clocks if clock.when is not None)


def paths_of(*nodes: Node) -> tuple[str, ...]:
    """Return the facts and relations that nodes speak of, each once."""
    found: dict[str, None] = {}
    for inner in (inner for node in nodes for inner in walk(node)):
        if isinstance(inner, FactRef):
            found.update(dict.fromkeys(name for name in (inner.relation, inner.path) if name))
        elif isinstance(inner, Exists):
            found[inner.relation] = None
    return tuple(found)


def _simple(node: Node) -> bool:
    if isinstance(node, Arith | Apply):
        return False
    sides = (node.left, node.right) if isinstance(node, Compare) else (getattr(node, "item", None),)
    facts = sum(isinstance(side, FactRef) for side in sides)
    return facts <= 1 and not any(isinstance(side, OnDay) for side in sides)


def _back(function: str, on: date, count: int) -> date:
    shift = _SHIFTS.get(function)
    try:
        return shift(on, -count) if shift is not None else on - timedelta(days=count)
    except (OverflowError, ValueError):
        return on
