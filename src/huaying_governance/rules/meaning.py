"""From the tree as written to the tree as meant (定义): names, types, units and ranges, every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Literal, TypeVar, cast

from attrs import evolve, frozen

from huaying_governance.errors import Problem
from huaying_governance.kernel.dates import parse_date
from huaying_governance.rules import ranges
from huaying_governance.rules.faults import nearest, problem
from huaying_governance.rules.source import Span
from huaying_governance.rules.tree import (
    BOOLEAN,
    DATE,
    FIRST_YEAR,
    LAST_YEAR,
    MONEY,
    Apply,
    Arith,
    Compare,
    Condition,
    Const,
    Either,
    Exact,
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
    conjunction,
    disjunction,
    negate,
)
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
from huaying_governance.text import Text

KINDS: dict[str, Text] = {
    "boolean": Text("是或否", "a yes-or-no value"),
    "integer": Text("整数", "an integer"),
    "decimal": Text("小数", "a decimal"),
    "text": Text("文本", "text"),
    "choice": Text("选项", "a choice"),
    "date": Text("日期", "a date"),
}
NUMBER = Text("数", "a number")
FUNCTIONS: Mapping[str, tuple[int, int]] = {
    "min": (2, 8),
    "max": (2, 8),
    "round": (1, 2),
    "floor": (1, 1),
    "years_between": (2, 2),
    "months_between": (2, 2),
    "days_between": (2, 2),
    "add_years": (2, 2),
    "add_months": (2, 2),
    "date": (1, 1),
}
"""The functions of the language, with the least and the greatest number of arguments."""
SPANS: Mapping[str, int] = {"years": 1, "months": 12, "days": 366}
"""How many of a unit a year can have."""
ON = "on"
RESERVED = frozenset({*FUNCTIONS, ON, "and", "or", "not", "in", "if", "else", "true", "false", "unset"})


@frozen
class Names:
    """What an expression may speak of. Names that are `faulty` are declared, but wrongly, and noted already."""

    facts: Mapping[str, Type]
    relations: Mapping[str, tuple[str, ...]]
    parameters: Mapping[str, Type]
    faulty: frozenset[str] = frozenset()

    def all(self) -> tuple[str, ...]:
        """All names that can stand alone."""
        return (*self.facts, *self.parameters, *self.relations, ON)


class _FaultyError(Exception):
    """A part has a problem that is already noted; what stands around it cannot be judged."""


N = TypeVar("N", bound=Node)


class Meaning:
    """Gives expressions of one document their meaning; `problems` collects what is wrong."""

    def __init__(self, names: Names, locate: Callable[[int, int], Span]) -> None:
        self.names = names
        self.locate = locate
        self.problems: list[Problem] = []

    def condition(self, written: Written) -> Condition | None:
        """Return what a condition means, or None where it has problems."""
        return self._try(lambda: self._condition(written))

    def amount(self, written: Written) -> Operand | None:
        """Return what a number in yuan means, or None where it has problems."""

        def amount() -> Operand:
            node = self._number(written)
            if node.type.unit not in (None, MONEY):
                raise self._fault("unit-mismatch", written, left=node.type.unit or "1", right=MONEY)
            return node

        return self._try(amount)

    def number(self, written: Written) -> Operand | None:
        """Return what a number of any unit means, or None where it has problems."""
        return self._try(lambda: self._number(written))

    def _try(self, build: Callable[[], N]) -> N | None:
        try:
            node = build()
        except _FaultyError:
            return None
        return None if any(each.severity == "error" for each in self.problems) else node

    def _fault(self, code: str, at: Written, **values: object) -> _FaultyError:
        self.problems.append(problem(code, self.locate(at.start, at.end), **values))
        return _FaultyError()

    def _gather(self, build: Callable[[Written], N], parts: tuple[Written, ...]) -> tuple[N, ...]:
        """Build every part, so that a problem in one does not hide those of the next."""
        built: list[N] = []
        for part in parts:
            try:
                built.append(build(part))
            except _FaultyError:
                continue
        if len(built) < len(parts):
            raise _FaultyError
        return tuple(built)

    # Conditions

    def _condition(self, written: Written) -> Condition:
        match written:
            case Junction(word, parts):
                built = self._gather(self._condition, parts)
                return conjunction(built) if word == "and" else disjunction(built)
            case Negation(operand):
                return negate(self._condition(operand))
            case Comparison(first, rest):
                return self._comparison(first, rest)
            case Membership():
                return self._membership(written)
            case Choice(condition, yes, no):
                test, left, right = self._gather(self._condition, (condition, yes, no))
                return Either(test, left, right)
            case Truth(value):
                return Const(value, BOOLEAN)
            case Name():
                return self._named_condition(written)
            case _:
                found = self._operand(written)
                raise self._mismatch(written, KINDS["boolean"], found.type)

    def _named_condition(self, written: Name) -> Condition:
        if not written.relation and written.name in self.names.relations:
            return Exists(written.name)
        node = self._name(written)
        if node.type.kind != "boolean" or not isinstance(node, FactRef):
            raise self._mismatch(written, KINDS["boolean"], node.type)
        return IsTrue(node)

    def _mismatch(self, written: Written, expected: Text, found: Type) -> _FaultyError:
        return self._fault("type-mismatch", written, expected=expected, found=KINDS[found.kind])

    def _comparison(self, first: Written, rest: tuple[tuple[str, Written], ...]) -> Condition:
        sides = (first, *(right for _, right in rest))
        if len(rest) == 1 and rest[0][0] in {"==", "!="} and any(self._is_truth(side) for side in sides):
            return self._same_truth(rest[0][0], first, rest[0][1])
        built = self._gather(self._operand, sides)
        parts: list[Condition] = []
        for (operator, right), left_node, right_node, left in zip(
            rest, built, built[1:], sides, strict=False
        ):
            parts.append(self._compare(cast("Operator", operator), left_node, right_node, left, right))
        return conjunction(tuple(parts))

    def _is_truth(self, written: Written) -> bool:
        """Whether a side of `==` is itself a condition."""
        match written:
            case Truth() | Negation() | Junction() | Comparison() | Membership():
                return True
            case Choice(_, yes, _):
                return self._is_truth(yes)
            case Name("", name):
                known = self.names.facts.get(name)
                return name in self.names.relations or (known is not None and known.kind == "boolean")
            case Name(_, name):
                known = self.names.facts.get(name)
                return known is not None and known.kind == "boolean"
            case _:
                return False

    def _same_truth(self, operator: str, left: Written, right: Written) -> Condition:
        """`a == b` between conditions: both hold or neither does."""
        one, other = self._gather(self._condition, (left, right))
        both = conjunction((one, other))
        neither = conjunction((negate(one), negate(other)))
        same = disjunction((both, neither))
        return same if operator == "==" else negate(same)

    def _compare(
        self, operator: Operator, left: Operand, right: Operand, at: Written, other: Written
    ) -> Condition:
        whole = Comparison(at, (), at.start, other.end)
        left, right = self._as_choice(left, right, at, other)
        one, two = left.type, right.type
        if one.is_number and two.is_number:
            self._same_unit(one, two, whole)
        elif one.kind != two.kind:
            raise self._fault("compare-mismatch", whole, left=KINDS[one.kind], right=KINDS[two.kind])
        elif one.kind in {"text", "choice"} and operator not in {"==", "!="}:
            raise self._fault("order-of-texts", whole, found=KINDS[one.kind])
        elif one.kind == "choice" and not set(one.of) & set(two.of):
            raise self._fault("compare-mismatch", whole, left=KINDS[one.kind], right=KINDS[two.kind])
        self._reachable(operator, left, right, whole)
        return Compare(operator, left, right)

    def _reachable(self, operator: Operator, left: Operand, right: Operand, at: Written) -> None:
        """Note a comparison of numbers that its bounds decide beforehand."""
        one, two = left.type, right.type
        if not one.is_number or None in (one.low, one.high, two.low, two.high):
            return
        if isinstance(left, Const) and isinstance(right, Const):
            return
        gap = ranges.add((one.low, one.high), ranges.negative((two.low, two.high)))
        answer = decided(operator, gap)
        if answer is not None:
            code = "always-met" if answer else "never-met"
            self.problems.append(problem(code, self.locate(at.start, at.end), low=gap[0], high=gap[1]))

    def _as_choice(
        self, left: Operand, right: Operand, at: Written, other: Written
    ) -> tuple[Operand, Operand]:
        """Read a text literal beside a choice as one of its options."""
        if left.type.kind == "choice" and isinstance(right, Const) and right.type.kind == "text":
            return left, self._option(left, right, other)
        if right.type.kind == "choice" and isinstance(left, Const) and left.type.kind == "text":
            return self._option(right, left, at), right
        return left, right

    def _option(self, of: Operand, literal: Const, at: Written) -> Const:
        if literal.value not in of.type.of:
            name = of.path if isinstance(of, FactRef) else Text("该值", "the value")
            hint = nearest(str(literal.value), of.type.of)
            raise self._fault("not-a-choice", at, value=literal.value, fact=name, hint=hint)
        return Const(literal.value, evolve(of.type, of=(str(literal.value),)))

    def _same_unit(self, one: Type, two: Type, at: Written) -> None:
        if one.unit is not None and two.unit is not None and one.unit != two.unit:
            raise self._fault("unit-mismatch", at, left=one.unit or "1", right=two.unit or "1")

    def _membership(self, written: Membership) -> Condition:
        item = self._operand(written.item)
        values = self._gather(self._operand, written.values)
        constants: list[Const] = []
        for value, at in zip(values, written.values, strict=True):
            if not isinstance(value, Const):
                raise self._fault("list-of-literals", at)
            compared = self._compare("==", item, value, written.item, at)
            right = compared.right if isinstance(compared, Compare) else value
            constants.append(cast("Const", right))
        return Member(item, tuple(dict.fromkeys(value.value for value in constants)), written.negated)

    # Values

    def _operand(self, written: Written) -> Operand:
        match written:
            case Number(digits):
                return self._literal(digits)
            case Quoted(text):
                return Const(text, Type("text"))
            case Name():
                return self._name(written)
            case Minus(operand):
                node = self._number(operand)
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
                self._condition(written)
                raise self._fault("type-mismatch", written, expected=NUMBER, found=KINDS["boolean"])

    def _literal(self, digits: str) -> Const:
        return self._constant(ranges.exact(Fraction(digits)) if "." in digits else int(digits))

    def _constant(self, value: Exact) -> Const:
        kind: Literal["integer", "decimal"] = "integer" if isinstance(value, int) else "decimal"
        return Const(value, Type(kind, None, (), value, value))

    def _name(self, written: Name) -> Operand:
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
            raise self._fault("type-mismatch", written, expected=NUMBER, found=KINDS["boolean"])
        if name in self.names.faulty:
            raise _FaultyError
        raise self._fault("unknown-name", written, name=name, hint=nearest(name, self.names.all()))

    def _relation_fact(self, written: Name) -> Operand:
        known = self.names.relations.get(written.relation)
        if known is None and written.relation in self.names.faulty:
            raise _FaultyError
        if known is None:
            hint = nearest(written.relation, self.names.relations)
            raise self._fault("unknown-relation", written, name=written.relation, hint=hint)
        if written.name in self.names.faulty:
            raise _FaultyError
        if written.name not in known or written.name not in self.names.facts:
            hint = nearest(written.name, known)
            raise self._fault(
                "unknown-relation-fact", written, relation=written.relation, name=written.name, hint=hint
            )
        return FactRef(written.relation, written.name, self.names.facts[written.name])

    def _number(self, written: Written) -> Operand:
        node = self._operand(written)
        if not node.type.is_number:
            raise self._mismatch(written, NUMBER, node.type)
        return node

    def _arithmetic(self, written: Arithmetic) -> Operand:
        left, right = self._gather(self._number, (written.left, written.right))
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
                    raise self._fault("zero-divisor", written.right)
                low, high = ranges.over(reach, other)
                whole = False
        made = Type("integer" if whole else "decimal", unit, (), low, high)
        node = Arith(cast('Literal["+", "-", "*", "/"]', written.operator), left, right, made)
        if isinstance(left, Const) and isinstance(right, Const) and low is not None and low == high:
            return self._constant(low)
        return node

    def _unit_of(self, written: Arithmetic, one: Type, two: Type) -> str | None:
        if written.operator in {"+", "-"}:
            self._same_unit(one, two, written)
            return two.unit if one.unit is None else one.unit
        if written.operator == "*":
            if one.unit == two.unit == MONEY:
                raise self._fault("money-times-money", written)
            return _product(one.unit, two.unit)
        return _quotient(one.unit, two.unit)

    def _pick(self, condition: Written, yes: Written, no: Written, at: Written) -> Operand:
        test = self._condition(condition)
        left, right = self._gather(self._operand, (yes, no))
        if left.type.is_number and right.type.is_number:
            self._same_unit(left.type, right.type, at)
        elif left.type.kind != right.type.kind:
            raise self._fault(
                "compare-mismatch", at, left=KINDS[left.type.kind], right=KINDS[right.type.kind]
            )
        return Pick(test, left, right, _join((left.type, right.type)))

    # Functions

    def _call(self, written: Call) -> Operand:
        name, arguments = written.function, written.arguments
        if name not in FUNCTIONS:
            raise self._fault("unknown-function", written, name=name, hint=nearest(name, FUNCTIONS))
        least, most = FUNCTIONS[name]
        if not least <= len(arguments) <= most:
            expected = str(least) if least == most else f"{least}–{most}"
            raise self._fault("argument-count", written, name=name, expected=expected, found=len(arguments))
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
                days = self._gather(self._day, arguments)
                unit = name.partition("_")[0]
                most = SPANS[unit] * (LAST_YEAR - FIRST_YEAR + 1) * 2
                return Apply(name, days, Type("integer", unit, (), -most, most))

    def _date(self, written: Call) -> Operand:
        inner = written.arguments[0]
        if not isinstance(inner, Quoted):
            raise self._fault("date-argument", written)
        try:
            day = parse_date(inner.text)
        except ValueError:
            raise self._fault("no-such-date", inner) from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise self._fault("out-of-range", inner, low=FIRST_YEAR, high=LAST_YEAR)
        return Const(day, DATE)

    def _day(self, written: Written) -> Operand:
        node = self._operand(written)
        if node.type.kind != "date":
            raise self._mismatch(written, KINDS["date"], node.type)
        return node

    def _extreme(self, written: Call) -> Operand:
        nodes = self._gather(self._number, written.arguments)
        for node, at in zip(nodes[1:], written.arguments[1:], strict=True):
            self._same_unit(nodes[0].type, node.type, at)
        reach = [(node.type.low, node.type.high) for node in nodes]
        low, high = ranges.least(reach) if written.function == "min" else ranges.greatest(reach)
        return Apply(written.function, nodes, evolve(_join(tuple(n.type for n in nodes)), low=low, high=high))

    def _rounded(self, written: Call) -> Operand:
        node = self._number(written.arguments[0])
        places = 0
        if len(written.arguments) == 2:
            shown = written.arguments[1]
            if not isinstance(shown, Number) or shown.digits not in {"0", "1", "2", "3", "4", "5", "6"}:
                raise self._fault(
                    "type-mismatch", shown, expected=Text("0 至 6", "0 to 6"), found=KINDS["decimal"]
                )
            places = int(shown.digits)
        low = None if node.type.low is None else apply_rounding(written.function, node.type.low, places)
        high = None if node.type.high is None else apply_rounding(written.function, node.type.high, places)
        kind: Literal["integer", "decimal"] = "integer" if places == 0 else "decimal"
        made = Type(kind, node.type.unit, (), low, high)
        return Apply(written.function, (node, self._constant(places)), made)

    def _added(self, written: Call) -> Operand:
        day, count = self._gather(self._operand, written.arguments)
        if day.type.kind != "date":
            raise self._mismatch(written.arguments[0], KINDS["date"], day.type)
        if count.type.kind != "integer":
            raise self._mismatch(written.arguments[1], KINDS["integer"], count.type)
        unit = written.function.partition("_")[2]
        if count.type.unit not in (None, "", unit):
            raise self._fault("unit-mismatch", written.arguments[1], left=count.type.unit, right=unit)
        return Apply(written.function, (day, count), self._shifted(day.type, count.type, unit, written))

    def _shifted(self, day: Type, count: Type, unit: str, at: Written) -> Type:
        """Return the type of a shifted date; its years must stay where the calendar is sure."""
        size = 12 if unit == "months" else 1
        if count.low is None or count.high is None or day.low is None or day.high is None:
            raise self._fault("unbounded-shift", at)
        low, high = day.low + count.low // size - 1, day.high + count.high // size + 1
        if low < 1000 or high > 9000:
            raise self._fault("unbounded-shift", at)
        return Type("date", "", (), low, high)


def _join(types: tuple[Type, ...]) -> Type:
    """Return the type of a value that may be any of `types`."""
    first = types[0]
    if not first.is_number:
        return evolve(first, of=tuple(dict.fromkeys(word for each in types for word in each.of)))
    low, high = ranges.hull((each.low, each.high) for each in types)
    unit = next((each.unit for each in types if each.unit is not None), None)
    kind: Literal["integer", "decimal"] = (
        "integer" if all(each.kind == "integer" for each in types) else "decimal"
    )
    return Type(kind, unit, (), low, high)


def _product(one: str | None, two: str | None) -> str | None:
    """The unit of a product: money stays money, a plain number changes nothing, other units cancel to none."""
    if MONEY in (one, two):
        return MONEY
    if not one:
        return two if two is not None else one
    return one if not two else ""


def _quotient(one: str | None, two: str | None) -> str | None:
    """The unit of a quotient: like over like is a plain number, money over anything else stays money."""
    if two in (None, ""):
        return one
    return MONEY if one == MONEY and two != MONEY else ""


def decided(operator: Operator, gap: ranges.Range) -> bool | None:
    """Return what a comparison comes to whatever the facts, given the range of left minus right; None: it depends."""
    low, high = gap
    if low is None or high is None:
        return None
    always = {
        "<": high < 0,
        "<=": high <= 0,
        ">": low > 0,
        ">=": low >= 0,
        "==": low == high == 0,
        "!=": low > 0 or high < 0,
    }
    never = {
        "<": low >= 0,
        "<=": low > 0,
        ">": high <= 0,
        ">=": high < 0,
        "==": low > 0 or high < 0,
        "!=": low == high == 0,
    }
    return True if always[operator] else False if never[operator] else None


def apply_rounding(function: str, value: Exact, places: int) -> Exact:
    """Return `value` rounded half away from zero (`round`) or down (`floor`) to `places` decimals."""
    scaled = Fraction(value) * 10**places
    if function == "floor":
        whole = scaled.numerator // scaled.denominator
    else:
        whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
        whole = whole if scaled >= 0 else -whole
    return whole if places == 0 else ranges.exact(Fraction(whole, 10**places))
