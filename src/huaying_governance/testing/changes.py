"""改动: every small fault that can be put into one condition or value: its kind, its place, and the tree with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal, TypeVar, cast

from attrs import evolve

from huaying_governance.rules.tree import (
    All,
    AnyOf,
    Apply,
    Arith,
    Compare,
    Const,
    Either,
    Exists,
    IsTrue,
    Member,
    Node,
    Operator,
    Pick,
    Type,
    conjunction,
    disjunction,
)

N = TypeVar("N", bound=Node)
Found = tuple[str, str, Any]
Sign = Literal["+", "-", "*", "/"]
_OTHERS: Mapping[Operator, tuple[Operator, ...]] = {
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    ">": (">=", "<="),
    ">=": (">", "<"),
    "==": ("!=",),
    "!=": ("==",),
}
_SIGNS: Mapping[str, Sign] = {"+": "-", "-": "+", "*": "+"}
_ROUNDING = frozenset({"round", "floor"})
_FUNCTIONS: Mapping[str, str] = {"min": "max", "max": "min", "round": "floor", "floor": "round"}


def changes(node: N) -> Iterator[tuple[str, str, N]]:
    """Yield kind, place and changed tree for every small fault of a condition or a value."""
    yield from cast("Iterator[tuple[str, str, N]]", _changes(node, ""))


def _changes(node: Node, path: str) -> Iterator[Found]:
    yield from ((kind, f"{path}:{what}", new) for kind, what, new in _here(node))
    for number, (child, put) in enumerate(_parts(node)):
        for kind, place, new in _changes(child, f"{path}/{number}"):
            yield kind, place, put(new)


def _here(node: Node) -> Iterator[Found]:
    """Yield the faults of the node itself."""
    match node:
        case All(parts) | AnyOf(parts):
            yield from _junction(node, parts)
        case IsTrue(_, negated) | Exists(_, negated):
            yield "negate", "not", evolve(node, negated=not negated)
        case Compare():
            yield from _comparison(node)
        case Member():
            yield from _member(node)
        case Either(condition, yes, no, kind):
            yield "boolean", "swap", Either(condition, no, yes, kind)
        case Const(value, kind):
            yield from _constant(value, kind)
        case _:
            yield from _computed(node)


def _comparison(node: Compare) -> Iterator[Found]:
    for other in _OTHERS[node.operator]:
        yield "compare", f"{node.operator}→{other}", evolve(node, operator=other)
    if node.operator in {"==", "!="} and isinstance(node.right, Const):
        for word in node.left.type.of:
            if word != node.right.value:
                yield "constant", f"'{word}'", evolve(node, right=evolve(node.right, value=word))


def _member(node: Member) -> Iterator[Found]:
    yield "negate", "not", evolve(node, negated=not node.negated)
    for value in node.values if len(node.values) > 1 else ():
        rest = tuple(each for each in node.values if each != value)
        yield "member", f"-'{value}'", evolve(node, values=rest)


def _computed(node: Node) -> Iterator[Found]:
    match node:
        case Pick(condition, yes, no, kind):
            yield "amount", "swap", Pick(condition, no, yes, kind)
        case Arith(operator, left, right, kind) if operator in _SIGNS:
            sign = _SIGNS[operator]
            yield "amount", f"{operator}→{sign}", Arith(sign, left, right, kind)
        case Apply(function, arguments, kind) if function in _FUNCTIONS:
            other = _FUNCTIONS[function]
            yield "amount", f"{function}→{other}", Apply(other, arguments, kind)
        case _:
            pass


def _junction(node: All | AnyOf, parts: tuple[Any, ...]) -> Iterator[Found]:
    join, other = (conjunction, disjunction) if isinstance(node, All) else (disjunction, conjunction)
    yield "boolean", "and→or" if isinstance(node, All) else "or→and", other(parts)
    for number in range(len(parts)):
        yield "drop", f"-{number}", join(parts[:number] + parts[number + 1 :])


def _constant(value: object, kind: Type) -> Iterator[Found]:
    if isinstance(value, bool):
        yield "negate", "not", Const(not value, kind)
    elif isinstance(value, int | Fraction):
        yield "constant", "+1", Const(value + 1, kind)
        yield "constant", "-1", Const(value - 1, kind)
    elif isinstance(value, date):
        yield "constant", "+1d", Const(value + timedelta(days=1), kind)
        yield "constant", "-1d", Const(value - timedelta(days=1), kind)


Put = Callable[[Any], Node]


def _parts(node: Node) -> Iterator[tuple[Node, Put]]:
    """Yield each node directly below, with the way to put another in its place."""
    match node:
        case All(parts) | AnyOf(parts):
            join = conjunction if isinstance(node, All) else disjunction
            for number, part in enumerate(parts):
                yield part, _put_part(join, parts, number)
        case Apply(function, arguments, kind):
            # To how many places is rounded is no value of a case: only what is rounded is changed.
            for number, argument in enumerate(arguments[:1] if function in _ROUNDING else arguments):
                yield argument, _put_argument(function, arguments, kind, number)
        case Compare() | Arith():
            yield node.left, lambda new: evolve(node, left=new)
            yield node.right, lambda new: evolve(node, right=new)
        case Member(item):
            yield item, lambda new: evolve(node, item=new)
        case Either() | Pick():
            yield node.condition, lambda new: evolve(node, condition=new)
            yield node.yes, lambda new: evolve(node, yes=new)
            yield node.no, lambda new: evolve(node, no=new)
        case _:
            pass


def _put_part(join: Callable[[tuple[Any, ...]], Node], parts: tuple[Any, ...], number: int) -> Put:
    return lambda new: join((*parts[:number], new, *parts[number + 1 :]))


def _put_argument(function: str, arguments: tuple[Any, ...], kind: Type, number: int) -> Put:
    return lambda new: Apply(function, (*arguments[:number], new, *arguments[number + 1 :]), kind)
