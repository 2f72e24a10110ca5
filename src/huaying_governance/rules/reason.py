"""What can hold together (推理): a small, sound search over conditions, without solving equations.

A condition is taken apart into statements about terms: a fact, a function of facts, or a pair of them. Each statement
narrows what its term can be; a branch in which a term can be nothing is impossible. Terms are taken as independent,
so "impossible" is always right, and "possible" may be too kind: a finding that rests on it is about certain faults.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve, field, frozen

from huaying_governance.rules.tree import (
    All,
    AnyOf,
    Compare,
    Condition,
    Const,
    Either,
    Exists,
    IsTrue,
    Member,
    Node,
    Operand,
    Operator,
    Param,
    Value,
    disjunction,
    negate,
    relations_stated,
)

BUDGET = 20_000
"""Statements looked at before the search gives up and says "possible"."""
Number: TypeAlias = int | Fraction
_ORDER: Mapping[Operator, frozenset[int]] = {
    "<": frozenset({-1}),
    "<=": frozenset({-1, 0}),
    "==": frozenset({0}),
    "!=": frozenset({-1, 1}),
    ">=": frozenset({0, 1}),
    ">": frozenset({1}),
}
_TURNED: Mapping[Operator, Operator] = {"<": ">", "<=": ">=", "==": "==", "!=": "!=", ">=": "<=", ">": "<"}


@frozen
class Domain:
    """What a term can still be: within a range, among some values (None: any), and not some others."""

    low: Number | None = None
    high: Number | None = None
    low_open: bool = False
    high_open: bool = False
    whole: bool = False
    among: frozenset[Hashable] | None = None
    without: frozenset[Hashable] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nothing is left."""
        if self.among is not None:
            return not any(self._fits(value) for value in self.among)
        if self.low is None or self.high is None:
            return False
        low, high = self._closed()
        if self.whole:
            if high - low < len(self.without):
                return all(value in self.without for value in range(int(low), int(high) + 1))
            return low > high
        return low > high or (low == high and (self.low_open or self.high_open or low in self.without))

    def _closed(self) -> tuple[Number, Number]:
        """Return the bounds, moved inward to integers where the term is whole."""
        low, high = self.low or 0, self.high or 0
        if not self.whole:
            return low, high
        first = -(-low // 1) + (1 if self.low_open and low == low // 1 else 0)
        last = high // 1 - (1 if self.high_open and high == high // 1 else 0)
        return int(first), int(last)

    def _fits(self, value: Hashable) -> bool:
        if value in self.without:
            return False
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            return True
        above = self.low is None or (value > self.low if self.low_open else value >= self.low)
        below = self.high is None or (value < self.high if self.high_open else value <= self.high)
        return above and below

    def only(self, values: frozenset[Hashable]) -> Domain:
        """Return the domain narrowed to some values."""
        return evolve(self, among=values if self.among is None else self.among & values)

    def but(self, values: frozenset[Hashable]) -> Domain:
        """Return the domain without some values."""
        return evolve(self, without=self.without | values)

    def compared(self, operator: Operator, value: Number) -> Domain:
        """Return the domain narrowed by a comparison with a number."""
        if operator == "==":
            return self.only(frozenset({value}))
        if operator == "!=":
            return self.but(frozenset({value}))
        opened = operator in {"<", ">"}
        if operator in {"<", "<="}:
            tighter = self.high is None or value < self.high or (value == self.high and opened)
            return evolve(self, high=value, high_open=opened) if tighter else self
        tighter = self.low is None or value > self.low or (value == self.low and opened)
        return evolve(self, low=value, low_open=opened) if tighter else self


Store: TypeAlias = Mapping[Hashable, Domain]


def number_of(value: Value) -> Number | None:
    """Return a number or a day as a number, so that both can be ordered."""
    if isinstance(value, date):
        return value.toordinal()
    return None if isinstance(value, bool | str) else value


def domain_of(node: Node) -> Domain:
    """Return what a term can be by its type."""
    kind = node.type
    if kind.kind == "choice":
        return Domain(among=frozenset(kind.of))
    if kind.kind == "boolean":
        return Domain(among=frozenset({True, False}))
    if kind.kind == "date":
        return Domain(whole=True)
    return Domain(kind.low, kind.high, whole=kind.kind == "integer") if kind.is_number else Domain()


@frozen
class Reasoner:
    """Judges conditions with `constants` for the parameters (those without a value are terms of their own).

    `known` gives the value of an operand for one case, where it can be computed.
    """

    constants: Mapping[str, Value] = field(factory=dict)
    known: Callable[[Operand], Value | None] | None = None

    def possible(self, conditions: Iterable[Condition]) -> bool:
        """Whether all of `conditions` may hold together; False is a proof that they cannot."""
        return self._search(tuple(conditions), {}, [BUDGET])

    def implies(self, one: Condition, other: Condition) -> bool:
        """Whether `other` holds wherever `one` does; True is a proof."""
        return not self.possible((one, fails(other)))

    def _search(self, todo: tuple[Condition, ...], store: Store, budget: list[int]) -> bool:
        rest = list(todo)
        while rest:
            budget[0] -= 1
            if budget[0] < 0:
                return True
            first = rest.pop()
            match first:
                case All(parts):
                    rest.extend(parts)
                case AnyOf(parts):
                    return any(self._search((*rest, part), store, budget) for part in parts)
                case Either(test, yes, no):
                    branches = ((test, yes), (fails(test), no))
                    return any(self._search((*rest, *branch), store, budget) for branch in branches)
                case _:
                    narrowed = self.narrow(store, first)
                    if narrowed is None:
                        return False
                    store = narrowed
        return True

    def narrow(self, store: Store, statement: Condition) -> Store | None:
        """Return `store` narrowed by one statement, or None where nothing is left."""
        narrowed = dict(store)
        for term, start, change in self._claims(statement):
            found = change(narrowed.get(term, start))
            if found.empty:
                return None
            narrowed[term] = found
        return narrowed

    def _claims(self, statement: Condition) -> Iterator[tuple[Hashable, Domain, _Change]]:
        """Yield the terms that a statement speaks of, what they can be, and how it narrows that."""
        for relation in relations_stated(statement):
            yield Exists(relation), _TRUTHS, _Only(frozenset({True}))
        match statement:
            case Const(value):
                yield "constant", _TRUTHS, _Only(frozenset({True} if value else ()))
            case IsTrue(fact, negated):
                yield fact, _TRUTHS, _Only(frozenset({not negated}))
            case Exists(relation, negated):
                yield Exists(relation), _TRUTHS, _Only(frozenset({not negated}))
            case Member(item, values, negated):
                held = frozenset(_comparable(value) for value in values)
                constant = self.constant(item)
                if constant is not None:
                    inside = _comparable(constant) in held
                    yield "constant", _TRUTHS, _Only(frozenset({True} if inside is not negated else ()))
                else:
                    yield item, domain_of(item), _But(held) if negated else _Only(held)
            case Compare(operator, left, right):
                yield self._comparison(operator, left, right)
            case _:
                return

    def _comparison(
        self, operator: Operator, left: Operand, right: Operand
    ) -> tuple[Hashable, Domain, _Change]:
        one, two = self.constant(left), self.constant(right)
        if one is not None and two is None:
            return self._comparison(_TURNED[operator], right, left)
        if one is not None and two is not None:
            difference = (_comparable(one) > _comparable(two)) - (_comparable(one) < _comparable(two))  # type: ignore[operator]
            return "constant", _TRUTHS, _Only(frozenset({True} if difference in _ORDER[operator] else ()))
        if two is not None:
            number = number_of(two)
            if number is not None:
                return left, domain_of(left), _Compared(operator, number)
            values: frozenset[Hashable] = frozenset({two})
            return left, domain_of(left), _Only(values) if operator == "==" else _But(values)
        if repr(left) > repr(right):
            operator, left, right = _TURNED[operator], right, left
        orders: frozenset[Hashable] = _ORDER[operator] if left != right else _ORDER[operator] & {0}
        return (left, right), Domain(among=frozenset({-1, 0, 1})), _Only(orders)

    def constant(self, node: Operand) -> Value | None:
        """Return the value of a literal, of a parameter that is in force, or of what is known of the case."""
        if self.known is not None:
            return self.known(node)
        if isinstance(node, Const):
            return node.value
        return self.constants.get(node.name) if isinstance(node, Param) else None


_TRUTHS = Domain(among=frozenset({True, False}))


@frozen
class _Only:
    values: frozenset[Hashable]

    def __call__(self, domain: Domain) -> Domain:
        return domain.only(self.values)


@frozen
class _But:
    values: frozenset[Hashable]

    def __call__(self, domain: Domain) -> Domain:
        return domain.but(self.values)


@frozen
class _Compared:
    operator: Operator
    value: Number

    def __call__(self, domain: Domain) -> Domain:
        return domain.compared(self.operator, self.value)


_Change: TypeAlias = _Only | _But | _Compared


def _comparable(value: Value) -> Hashable:
    number = number_of(value)
    return value if number is None else number


def fails(condition: Condition) -> Condition:
    """Return when `condition` does not hold: its contrary, or nobody to speak of."""
    match condition:
        case All(parts):
            return disjunction(tuple(fails(part) for part in parts))
        case AnyOf(parts):
            return All(tuple(fails(part) for part in parts))
        case Either(test, yes, no):
            return AnyOf((All((test, fails(yes))), All((fails(test), fails(no)))))
        case _:
            nobody = tuple(Exists(name, negated=True) for name in relations_stated(condition))
            return AnyOf((negate(condition), *nobody)) if nobody else negate(condition)
