"""The tree as meant (定式): typed, without places in its meaning; the one form that is run, batched and proved.

It is a closed union of frozen nodes. Negation stands only before a plain yes-or-no fact: `not` is pushed inward when
the tree is built (a statement about a relation that does not exist is false, whether it is put positively or
negatively). Chains of comparisons are conjunctions. Numbers are exact rationals: integers, or fractions of them.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import field, frozen

from huaying_governance.rules.exact import FIRST_YEAR, LAST_YEAR, Exact

Kind: TypeAlias = Literal["boolean", "integer", "decimal", "text", "choice", "date"]
Value: TypeAlias = bool | int | Fraction | str | date
Operator: TypeAlias = Literal["<", "<=", "==", "!=", ">=", ">"]
LARGEST = 10**15
"""No number of a case is further from zero: what is not bounded otherwise is bounded here."""


@frozen
class Type:
    """What a value can be. `unit` None fits any unit (a bare number).

    `low` and `high` are inclusive, None is open; for a date they are the first and the last year.
    """

    kind: Kind
    unit: str | None = ""
    of: tuple[str, ...] = ()
    low: Exact | None = None
    high: Exact | None = None

    @property
    def is_number(self) -> bool:
        """Whether it is an integer or a decimal."""
        return self.kind in {"integer", "decimal"}


BOOLEAN = Type("boolean")
DATE = Type("date", "", (), FIRST_YEAR, LAST_YEAR)


@frozen
class Const:
    """A literal."""

    value: Value
    type: Type


@frozen
class FactRef:
    """A fact of the case, or of one of its relations (`relation` is then not empty)."""

    relation: str
    name: str
    type: Type

    @property
    def path(self) -> str:
        """The name as it is written: `spouse.in_zone`."""
        return f"{self.relation}.{self.name}" if self.relation else self.name


@frozen
class Param:
    """A parameter: its value in force on the day."""

    name: str
    type: Type


@frozen
class OnDay:
    """`on`: the day as of which the case is decided."""

    type: Type = DATE


@frozen
class Exists:
    """A relation by itself: there is such a person."""

    relation: str
    negated: bool = False
    type: Type = BOOLEAN


@frozen
class IsTrue:
    """A yes-or-no fact, or (negated) its contrary."""

    fact: FactRef
    negated: bool = False
    type: Type = BOOLEAN


@frozen
class All:
    """All of the parts (`and`)."""

    parts: tuple[Condition, ...]
    type: Type = BOOLEAN


@frozen
class AnyOf:
    """At least one of the parts (`or`)."""

    parts: tuple[Condition, ...]
    type: Type = BOOLEAN


@frozen
class Compare:
    """A comparison of two values of one type."""

    operator: Operator
    left: Operand
    right: Operand
    type: Type = BOOLEAN


@frozen
class Member:
    """Whether a value is among some literals (or, negated, is not)."""

    item: Operand
    values: tuple[Value, ...]
    negated: bool = False
    type: Type = BOOLEAN


@frozen
class Either:
    """`a if c else b` between conditions: where `c` is unknown, known only if both agree."""

    condition: Condition
    yes: Condition
    no: Condition
    type: Type = BOOLEAN


@frozen
class Arith:
    """`+`, `-`, `*`, `/` between exact numbers; a divisor is never zero (the check proves it)."""

    operator: Literal["+", "-", "*", "/"]
    left: Operand
    right: Operand
    type: Type


@frozen
class Apply:
    """A function: `min max round floor`, `years_between months_between days_between add_years add_months`."""

    function: str
    arguments: tuple[Operand, ...]
    type: Type


@frozen
class Pick:
    """`a if c else b` between values."""

    condition: Condition
    yes: Operand
    no: Operand
    type: Type


Condition: TypeAlias = "IsTrue | Exists | All | AnyOf | Compare | Member | Either | Const"
Operand: TypeAlias = "Const | FactRef | Param | OnDay | Arith | Apply | Pick"
Node: TypeAlias = "Condition | Operand"

TRUE = Const(True, BOOLEAN)
FALSE = Const(False, BOOLEAN)
_CONTRARY: dict[Operator, Operator] = {"<": ">=", "<=": ">", "==": "!=", "!=": "==", ">=": "<", ">": "<="}


def conjunction(parts: tuple[Condition, ...]) -> Condition:
    """Return all of `parts` as one condition."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,)))
    return flat[0] if len(flat) == 1 else All(flat)


def disjunction(parts: tuple[Condition, ...]) -> Condition:
    """Return any of `parts` as one condition."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,)))
    return flat[0] if len(flat) == 1 else AnyOf(flat)


def negate(condition: Condition) -> Condition:
    """Return the contrary, with `not` pushed inward to the single statements."""
    match condition:
        case IsTrue(fact, negated):
            return IsTrue(fact, not negated)
        case Exists(relation, negated):
            return Exists(relation, not negated)
        case All(parts):
            return disjunction(tuple(negate(part) for part in parts))
        case AnyOf(parts):
            return conjunction(tuple(negate(part) for part in parts))
        case Compare(operator, left, right):
            return Compare(_CONTRARY[operator], left, right)
        case Member(item, values, negated):
            return Member(item, values, not negated)
        case Either(test, yes, no):
            return Either(test, negate(yes), negate(no))
        case Const(value):
            return FALSE if value else TRUE


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below, in the order written."""
    match node:
        case All(parts) | AnyOf(parts):
            return parts
        case Compare(_, left, right) | Arith(_, left, right):
            return (left, right)
        case Member(item):
            return (item,)
        case Either(test, yes, no) | Pick(test, yes, no):
            return (test, yes, no)
        case Apply(_, arguments):
            return arguments
        case IsTrue(fact):
            return (fact,)
        case _:
            return ()


def walk(node: Node) -> tuple[Node, ...]:
    """Return `node` and all below it, in the order written."""
    found: list[Node] = []
    stack: list[Node] = [node]
    while stack:
        top = stack.pop()
        found.append(top)
        stack.extend(reversed(children(top)))
    return tuple(found)


def facts_read(node: Node) -> tuple[FactRef, ...]:
    """Return the facts that `node` reads, each once, in the order written."""
    return tuple(dict.fromkeys(inner for inner in walk(node) if isinstance(inner, FactRef)))


def parameters_read(node: Node) -> tuple[str, ...]:
    """Return the names of the parameters that `node` reads, each once."""
    return tuple(dict.fromkeys(inner.name for inner in walk(node) if isinstance(inner, Param)))


def relations_stated(node: Node) -> tuple[str, ...]:
    """Return the relations whose facts `node` uses as values of its own statement, not inside a condition of it."""
    found: dict[str, None] = {}
    stack: list[Node] = [node]
    while stack:
        top = stack.pop()
        if isinstance(top, FactRef) and top.relation:
            found[top.relation] = None
        below = children(top)
        stack.extend(below[1:] if isinstance(top, Pick) else below)
    return tuple(found)


@frozen
class Expression:
    """An expression of a document: its text, and what it means."""

    text: str
    meant: Node = field(repr=False)
