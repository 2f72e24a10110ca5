"""What values mean (值的定义): names, literals, arithmetic and functions, with their types, units and ranges."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Literal, TypeVar, cast

from attrs import evolve

from huaying_governance.errors import Problem
from huaying_governance.kernel.dates import parse_date
from huaying_governance.rules import ranges
from huaying_governance.rules.exact import FIRST_YEAR, LAST_YEAR, MONEY, Exact, exact
from huaying_governance.rules.faults import nearest, problem
from huaying_governance.rules.functions import (
    FUNCTIONS,
    KINDS,
    NUMBER,
    ON,
    SPANS,
    apply_rounding,
    join,
    product,
    quotient,
)
from huaying_governance.rules.names import Names
from huaying_governance.rules.source import Span
from huaying_governance.rules.tree import (
    DATE,
    Apply,
    Arith,
    Condition,
    Const,
    FactRef,
    Kind,
    Node,
    OnDay,
    Operand,
    Param,
    Pick,
    Type,
)
from huaying_governance.rules.written import (
    Arithmetic,
    Call,
    Choice,
    Minus,
    Name,
    Number,
    Quoted,
    Written,
)
from huaying_governance.text import Text


class FaultyError(Exception):
    """A part has a problem that is already noted; what stands around it cannot be judged."""


N = TypeVar("N", bound=Node)


class Values:
    """Gives values their meaning; `problems` collects what is wrong. Conditions are added by `Meaning`."""

    def __init__(self, names: Names, locate: Callable[[int, int], Span]) -> None:
        self.names = names
        self.locate = locate
        self.problems: list[Problem] = []

    def condition_of(self, written: Written) -> Condition:
        """Return what a condition means."""
        raise NotImplementedError

    def fault(self, code: str, at: Written, **values: object) -> FaultyError:
        """Note a problem; returns what to raise."""
        self.problems.append(problem(code, self.locate(at.start, at.end), **values))
        return FaultyError()

    def gather(self, build: Callable[[Written], N], parts: tuple[Written, ...]) -> tuple[N, ...]:
        """Build every part, so that a problem in one does not hide those of the next."""
        built: list[N] = []
        for part in parts:
            try:
                built.append(build(part))
            except FaultyError:
                continue
        if len(built) < len(parts):
            raise FaultyError
        return tuple(built)

    def mismatch(self, written: Written, expected: Text, found: Type) -> FaultyError:
        """Note that a value is of another type than is needed here."""
        return self.fault("type-mismatch", written, expected=expected, found=KINDS[found.kind])

    def same_unit(self, one: Type, two: Type, at: Written) -> None:
        """Refuse two values of different units; a bare number fits any."""
        if one.unit is not None and two.unit is not None and one.unit != two.unit:
            raise self.fault("unit-mismatch", at, left=one.unit or "1", right=two.unit or "1")

    def operand(self, written: Written) -> Operand:
        """Return what a value means; raises after noting a problem."""
        match written:
            case Number(digits):
                return self._constant(exact(Fraction(digits)))
            case Quoted(text):
                return Const(text, Type("text"))
            case Name():
                return self.name(written)
            case Minus(operand):
                node = self.number_of(operand)
                if isinstance(node, Const):
                    return self._constant(-cast("Exact", node.value))
                low, high = ranges.negative((node.type.low, node.type.high))
                return Arith("-", Const(0, node.type), node, evolve(node.type, low=low, high=high))
            case Arithmetic():
                return self._arithmetic(written)
            case Call():
                return self._call(written)
            case Choice(condition, yes, no):
                return self._pick(condition, yes, no, written)
            case _:
                self.condition_of(written)
                raise self.fault("type-mismatch", written, expected=NUMBER, found=KINDS["boolean"])

    def _constant(self, value: Exact) -> Const:
        kind: Literal["integer", "decimal"] = "integer" if isinstance(value, int) else "decimal"
        return Const(value, Type(kind, None, (), value, value))

    def name(self, written: Name) -> Operand:
        """Return the fact, parameter or day of a name."""
        if written.relation:
            return self._relation_fact(written)
        name = written.name
        if name == ON:
            return OnDay()
        if name in self.names.facts:
            return FactRef("", name, self.names.facts[name])
        if name in self.names.parameters:
            return Param(name, self.names.parameters[name])
        if name in self.names.relations:
            raise self.fault("type-mismatch", written, expected=NUMBER, found=KINDS["boolean"])
        if name in self.names.faulty:
            raise FaultyError
        raise self.fault("unknown-name", written, name=name, hint=nearest(name, self.names.all()))

    def _relation_fact(self, written: Name) -> Operand:
        known = self.names.relations.get(written.relation)
        if known is None and written.relation in self.names.faulty:
            raise FaultyError
        if known is None:
            hint = nearest(written.relation, self.names.relations)
            raise self.fault("unknown-relation", written, name=written.relation, hint=hint)
        if written.name in self.names.faulty:
            raise FaultyError
        if written.name not in known or written.name not in self.names.facts:
            hint = nearest(written.name, known)
            raise self.fault(
                "unknown-relation-fact", written, relation=written.relation, name=written.name, hint=hint
            )
        return FactRef(written.relation, written.name, self.names.facts[written.name])

    def number_of(self, written: Written) -> Operand:
        """Return what a number means; anything else is a problem."""
        node = self.operand(written)
        if not node.type.is_number:
            raise self.mismatch(written, NUMBER, node.type)
        return node

    def _arithmetic(self, written: Arithmetic) -> Operand:
        left, right = self.gather(self.number_of, (written.left, written.right))
        unit = self._unit_of(written, left.type, right.type)
        reach, other = (left.type.low, left.type.high), (right.type.low, right.type.high)
        whole = left.type.kind == right.type.kind == "integer"
        match written.operator:
            case "+":
                low, high = ranges.add(reach, other)
            case "-":
                low, high = ranges.add(reach, ranges.negative(other))
            case "*":
                low, high = ranges.times(reach, other)
            case _:
                if ranges.reaches_zero(other):
                    raise self.fault("zero-divisor", written.right)
                low, high = ranges.over(reach, other)
                whole = False
        made = Type("integer" if whole else "decimal", unit, (), low, high)
        node = Arith(cast('Literal["+", "-", "*", "/"]', written.operator), left, right, made)
        if isinstance(left, Const) and isinstance(right, Const) and low is not None and low == high:
            return self._constant(low)
        return node

    def _unit_of(self, written: Arithmetic, one: Type, two: Type) -> str | None:
        if written.operator in {"+", "-"}:
            self.same_unit(one, two, written)
            return two.unit if one.unit is None else one.unit
        if written.operator == "*":
            if one.unit == two.unit == MONEY:
                raise self.fault("money-times-money", written)
            return product(one.unit, two.unit)
        return quotient(one.unit, two.unit)

    def _pick(self, condition: Written, yes: Written, no: Written, at: Written) -> Operand:
        test = self.condition_of(condition)
        left, right = self.gather(self.operand, (yes, no))
        if left.type.is_number and right.type.is_number:
            self.same_unit(left.type, right.type, at)
        elif left.type.kind != right.type.kind:
            raise self.fault("compare-mismatch", at, left=KINDS[left.type.kind], right=KINDS[right.type.kind])
        return Pick(test, left, right, join((left.type, right.type)))

    def _call(self, written: Call) -> Operand:
        name, arguments = written.function, written.arguments
        if name not in FUNCTIONS:
            raise self.fault("unknown-function", written, name=name, hint=nearest(name, FUNCTIONS))
        least, most = FUNCTIONS[name]
        if not least <= len(arguments) <= most:
            expected = str(least) if least == most else f"{least}–{most}"
            raise self.fault("argument-count", written, name=name, expected=expected, found=len(arguments))
        match name:
            case "date":
                return self._date(written)
            case "min" | "max":
                return self._extreme(written)
            case "round" | "floor":
                return self._rounded(written)
            case "add_years" | "add_months":
                return self._added(written)
            case _:
                days = self.gather(self._day, arguments)
                unit = name.partition("_")[0]
                most = SPANS[unit] * (LAST_YEAR - FIRST_YEAR + 1) * 2
                return Apply(name, days, Type("integer", unit, (), -most, most))

    def _date(self, written: Call) -> Operand:
        inner = written.arguments[0]
        if not isinstance(inner, Quoted):
            raise self.fault("date-argument", written)
        try:
            day = parse_date(inner.text)
        except ValueError:
            raise self.fault("no-such-date", inner) from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise self.fault("out-of-range", inner, low=FIRST_YEAR, high=LAST_YEAR)
        return Const(day, DATE)

    def _day(self, written: Written) -> Operand:
        return self._expect(self.operand(written), written, "date")

    def _expect(self, node: Operand, at: Written, kind: Kind) -> Operand:
        if node.type.kind != kind:
            raise self.mismatch(at, KINDS[kind], node.type)
        return node

    def _extreme(self, written: Call) -> Operand:
        nodes = self.gather(self.number_of, written.arguments)
        for node, at in zip(nodes[1:], written.arguments[1:], strict=True):
            self.same_unit(nodes[0].type, node.type, at)
        reach = [(node.type.low, node.type.high) for node in nodes]
        low, high = ranges.least(reach) if written.function == "min" else ranges.greatest(reach)
        return Apply(written.function, nodes, evolve(join(tuple(n.type for n in nodes)), low=low, high=high))

    def _rounded(self, written: Call) -> Operand:
        node = self.number_of(written.arguments[0])
        places = 0
        if len(written.arguments) == 2:
            shown = written.arguments[1]
            if not isinstance(shown, Number) or shown.digits not in {"0", "1", "2", "3", "4", "5", "6"}:
                raise self.fault(
                    "type-mismatch", shown, expected=Text("0 至 6", "0 to 6"), found=KINDS["decimal"]
                )
            places = int(shown.digits)
        low = None if node.type.low is None else apply_rounding(written.function, node.type.low, places)
        high = None if node.type.high is None else apply_rounding(written.function, node.type.high, places)
        kind: Literal["integer", "decimal"] = "integer" if places == 0 else "decimal"
        made = Type(kind, node.type.unit, (), low, high)
        return Apply(written.function, (node, self._constant(places)), made)

    def _added(self, written: Call) -> Operand:
        day, count = self.gather(self.operand, written.arguments)
        self._expect(day, written.arguments[0], "date")
        self._expect(count, written.arguments[1], "integer")
        unit = written.function.partition("_")[2]
        if count.type.unit not in (None, "", unit):
            raise self.fault("unit-mismatch", written.arguments[1], left=count.type.unit, right=unit)
        return Apply(written.function, (day, count), self._shifted(day.type, count.type, unit, written))

    def _shifted(self, day: Type, count: Type, unit: str, at: Written) -> Type:
        """Return the type of a shifted date; its years must stay where the calendar is sure."""
        size = 12 if unit == "months" else 1
        if count.low is None or count.high is None or day.low is None or day.high is None:
            raise self.fault("unbounded-shift", at)
        low, high = day.low + count.low // size - 1, day.high + count.high // size + 1
        if low < 1000 or high > 9000:
            raise self.fault("unbounded-shift", at)
        return Type("date", "", (), low, high)
