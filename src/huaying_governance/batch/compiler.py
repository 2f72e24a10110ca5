"""From the tree as meant to SQL (编译): the same meaning as `rules.compile`, statement by statement.

SQL's null is Kleene's unknown: `and`, `or`, `not` and comparisons keep it by themselves. What SQL does not keep is
stated: a relation that does not exist makes a statement false, and a choice whose test is unknown is known where both
sides agree. The day and the parameters are constants of the query.
"""

# Long: one case per node of the tree, told in one piece.

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import TypeAlias, cast

from attrs import define, field
from sqlglot import exp

from huaying_governance.batch import sql
from huaying_governance.batch.arithmetic import (
    COMPARISONS,
    Arithmetic,
    Number,
    TooLarge,
    Whole,
    compare_exact,
    number,
    whole,
)
from huaying_governance.batch.dialect import Dialect
from huaying_governance.batch.sql import Day, Layers, Sql, Truth, Words, both, case, either, opposite, unknown
from huaying_governance.kernel import dates
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
    Node,
    OnDay,
    Operand,
    Operator,
    Param,
    Pick,
    Type,
    Value,
    relations_stated,
)

Held: TypeAlias = Number | Sql | str | date | None
Exactly: TypeAlias = Callable[[Condition], Sql]
"""What asks the interpreter for a condition whose numbers are too large for the engine."""


@define(eq=False)
class Compiler:
    """Turns nodes into SQL as of one day, for one engine.

    `scales` says how many decimals the column of a fact holds; it is counted in whole units of the last one. `certain`
    names the facts that no row lacks.
    """

    dialect: Dialect
    parameters: Mapping[str, Value]
    on: date
    scales: Mapping[str, int]
    layers: Layers
    certain: frozenset[str] = frozenset()
    exactly: Exactly | None = None
    _tests: dict[Condition, Truth] = field(factory=dict, init=False)
    _values: dict[Operand, Held] = field(factory=dict, init=False)

    @property
    def arithmetic(self) -> Arithmetic:
        """The arithmetic of the engine."""
        return Arithmetic(self.dialect, self.layers)

    # Conditions

    def test(self, node: Condition) -> Truth:
        """Return a condition: true, false or unknown."""
        if node not in self._tests:
            try:
                self._tests[node] = self._test(node)
            except TooLarge:
                if self.exactly is None:
                    raise
                self._tests[node] = self.exactly(node)
        return self._tests[node]

    def _test(self, node: Condition) -> Truth:
        match node:
            case Const(value):
                return bool(value)
            case IsTrue(fact, negated):
                held = cast("Sql", self.fact(fact))
                return self._guarded(node, opposite(held) if negated else held)
            case Exists(relation, negated):
                there = self.column(relation)
                return opposite(there) if negated else there
            case All(parts):
                return self._shared(both(*(self.test(part) for part in parts)))
            case AnyOf(parts):
                return self._shared(either(*(self.test(part) for part in parts)))
            case Compare(operator, left, right):
                return self._guarded(node, self._compare(operator, left, right))
            case Member(item, values, negated):
                found = either(*(self._equal(item, value) for value in values))
                return self._guarded(node, opposite(found) if negated else found)
            case Either(condition, yes, no):
                return self._either(self.test(condition), self.test(yes), self.test(no))

    def _shared(self, test: Truth) -> Truth:
        return self.layers.share(test) if isinstance(test, Sql) else test

    def _guarded(self, node: Node, test: Truth) -> Truth:
        """Make a statement false where a relation it speaks of does not exist."""
        if test is False:
            return False
        absent = [(opposite(self.column(name)), Sql(exp.false())) for name in relations_stated(node)]
        return case(absent, sql.piece(test)) if absent else test

    def _either(self, test: Truth, yes: Truth, no: Truth) -> Truth:
        if not isinstance(test, Sql) and test is not None:
            return yes if test else no
        test = self.layers.share(test) if test is not None else None
        one, two = (self.layers.share(sql.piece(side)) for side in (yes, no))
        agree = sql.binary(exp.EQ, one, two)
        return case([(test, one), (opposite(test), two), (agree, one)], Sql(sql.null("BOOLEAN")))

    def _compare(self, operator: Operator, left: Operand, right: Operand) -> Truth:
        return self._relate(operator, self.value(left), self.value(right))

    def _equal(self, item: Operand, value: Value) -> Truth:
        other = number(value) if isinstance(value, int | Fraction) else value
        return self._relate("==", self.value(item), cast("Held", other))

    def _relate(self, operator: Operator, one: Held, two: Held) -> Truth:
        if one is None or two is None:
            return None
        if isinstance(one, Number) and isinstance(two, Number):
            return self.arithmetic.relate(operator, one, two)
        if isinstance(one, Number) or isinstance(two, Number):
            raise TypeError("a number is compared with what is none")
        if not isinstance(one, Sql) and not isinstance(two, Sql):
            return _compare_constants(operator, one, two)
        return sql.binary(COMPARISONS[operator], sql.piece(one), sql.piece(two))

    # Values

    def value(self, node: Operand) -> Held:
        """Return a value; None where it is unknown for everybody."""
        if node not in self._values:
            self._values[node] = self._value(node)
        return self._values[node]

    def _value(self, node: Operand) -> Held:
        match node:
            case Const(value):
                return _constant(value)
            case Param(name):
                held = self.parameters.get(name)
                return None if held is None else _constant(held)
            case FactRef():
                return self.fact(node)
            case OnDay():
                return self.on
            case Arith(sign, left, right):
                one, two = self._number(left), self._number(right)
                if one is None or two is None:
                    return None
                # The divisor keeps the range of its own type: it does not reach zero.
                return self.arithmetic.within(self.arithmetic.arith(sign, one, two), node.type)
            case Apply():
                return self._apply(node)
            case Pick(condition, yes, no):
                return self._pick(self.test(condition), self.value(yes), self.value(no), node.type)

    def column(self, path: str) -> Sql:
        """Return the column of a fact or a relation in the layer of facts."""
        return sql.column(path, sure=path in self.certain)

    def fact(self, node: FactRef) -> Number | Sql:
        """Return the column of a fact."""
        held = self.column(node.path)
        if not node.type.is_number:
            return held
        scale = 10 ** self.scales.get(node.name, 0)
        low = -LARGEST if node.type.low is None else node.type.low
        high = LARGEST if node.type.high is None else node.type.high
        bottom, top = -(-low * scale // 1), high * scale // 1
        wide = max(abs(bottom), abs(top)) > 2**63 - 1
        return Number(Whole(held, int(bottom), int(top), wide), whole(scale))

    def _number(self, node: Operand) -> Number | None:
        held = self.value(node)
        if held is not None and not isinstance(held, Number):
            raise TypeError("not a number")
        return held

    def _apply(self, node: Apply) -> Held:
        if node.function in {"min", "max", "round", "floor"}:
            numbers = [self._number(argument) for argument in node.arguments]
            held = tuple(each for each in numbers if each is not None)
            if len(held) < len(numbers):
                return None
            return self.arithmetic.within(self._on_numbers(node.function, held), node.type)
        one, two = (self.value(argument) for argument in node.arguments)
        if one is None or two is None:
            return None
        if node.function in {"add_years", "add_months"}:
            return self._shift(
                cast("Day", one), cast("Number", two), 12 if node.function == "add_years" else 1
            )
        return self._between(node, cast("Sql | date", one), cast("Sql | date", two))

    def _on_numbers(self, function: str, numbers: tuple[Number, ...]) -> Number:
        if function in {"min", "max"}:
            return self.arithmetic.extreme(numbers, least=function == "min")
        return self.arithmetic.rounded(numbers[0], numbers[1].top.low, down=function == "floor")

    def _shift(self, day: Day, count: Number, size: int) -> Day:
        months = self.arithmetic.times(count.top, whole(size))
        if isinstance(day, date) and months.constant is not None:
            return dates.add_months(day, months.constant)
        return self.dialect.months_later(sql.piece(day, "DATE"), months.piece())

    def _between(self, node: Apply, start: Sql | date, end: Sql | date) -> Number:
        if isinstance(start, date) and isinstance(end, date):
            count = {"days": dates.days_between, "months": dates.months_between, "years": dates.years_between}
            return number(count[node.function.partition("_")[0]](start, end))
        low, high = int(node.type.low or -LARGEST), int(node.type.high or LARGEST)
        if node.function == "days_between":
            days = self.dialect.days(sql.piece(start), sql.piece(end))
            return Number(Whole(days, low, high), whole(1))
        months = self.months(start, end)
        if node.function == "months_between":
            return Number(months, whole(1))
        return Number(self.arithmetic.floor(months, whole(12)), whole(1))

    def months(self, start: Sql | date, end: Sql | date) -> Whole:
        """Return the full months between two days, as `kernel.dates.months_between` counts them."""
        start, end = self._twice(start), self._twice(end)
        (y1, m1, d1), (y2, m2, d2) = self._parts(start), self._parts(end)
        counting = self.arithmetic
        count = counting.add(counting.times(counting.minus(y2, y1), whole(12)), counting.minus(m2, m1))
        if isinstance(end, date):
            short: Truth = end.day < dates.days_in_month(end.year, end.month)
        else:
            # It is not the last day of its month: the next day is not a first one.
            short = sql.binary(
                exp.NEQ, self.dialect.part("DAY", self.dialect.later(end, 1)), Sql(sql.literal(1))
            )
        # Where a day is unknown the count is too; the last month is then no matter.
        cut = counting.choose([(both(counting.compare("<", d2, d1), short), whole(1)), (True, whole(0))])
        return counting.minus(count, cut)

    def _twice(self, day: Sql | date) -> Sql | date:
        return self.layers.share(day) if isinstance(day, Sql) else day

    def _parts(self, day: Sql | date) -> tuple[Whole, Whole, Whole]:
        if isinstance(day, date):
            return whole(day.year), whole(day.month), whole(day.day)
        part = self.dialect.part
        return (
            Whole(part("YEAR", day), 1, 9999),
            Whole(part("MONTH", day), 1, 12),
            Whole(part("DAY", day), 1, 31),
        )

    def _pick(self, test: Truth, yes: Held, no: Held, kind: Type) -> Held:
        if isinstance(test, bool):
            return yes if test else no
        if kind.is_number:
            if yes is None and no is None:
                return None
            one, two = _or_nothing(yes), _or_nothing(no)
            return self.arithmetic.pick(test, one, two, agree=True)
        name = "DATE" if kind.kind == "date" else self.dialect.text
        first, second = (
            self.layers.share(sql.piece(cast("Sql | str | date | None", side), name)) for side in (yes, no)
        )
        shared = self.layers.share(test) if isinstance(test, Sql) else None
        agree = sql.binary(exp.EQ, first, second)
        return case([(shared, first), (opposite(shared), second), (agree, first)], Sql(sql.null(name)))

    def unknown(self, held: Held) -> Truth:
        """Return whether a value is unknown."""
        return self.arithmetic.unknown(held) if isinstance(held, Number) else unknown(held)

    def text(self, held: Held) -> Words:
        """Return a text."""
        return cast("Words", held)


def _or_nothing(held: Held) -> Number:
    """Return a number, an unknown one where there is none."""
    if isinstance(held, Number):
        return held
    return Number(Whole(Sql(sql.null("BIGINT")), 0, 0), whole(1))


def _constant(value: Value) -> Held:
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return number(value)
    return cast("str | date", value)


def _compare_constants(operator: Operator, one: str | date, two: str | date) -> bool:
    if isinstance(one, date) and isinstance(two, date):
        return compare_exact(operator, one.toordinal(), two.toordinal())
    return (one == two) is (operator == "==")
