"""The tree as written (原式): an expression with the place of every part, before types and names are known."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen


@frozen
class Number:
    """An integer or decimal literal, as its digits."""

    digits: str
    start: int
    end: int


@frozen
class Quoted:
    """A text literal, without its quotes."""

    text: str
    start: int
    end: int


@frozen
class Truth:
    """`true` or `false`."""

    value: bool
    start: int
    end: int


@frozen
class Name:
    """A fact, a parameter, `on`, a relation, or a fact of a relation (`spouse.in_zone`)."""

    relation: str
    name: str
    start: int
    end: int


@frozen
class Call:
    """One of the known functions on its arguments."""

    function: str
    arguments: tuple[Written, ...]
    start: int
    end: int
    name_end: int


@frozen
class Minus:
    """The negative of a number."""

    operand: Written
    start: int
    end: int


@frozen
class Arithmetic:
    """`+`, `-`, `*` or `/` between two numbers."""

    operator: str
    left: Written
    right: Written
    start: int
    end: int


@frozen
class Comparison:
    """One comparison or a chain of them: `a <= b < c`."""

    first: Written
    rest: tuple[tuple[str, Written], ...]
    start: int
    end: int


@frozen
class Membership:
    """`x in [..]` or `x not in [..]`."""

    item: Written
    values: tuple[Written, ...]
    negated: bool
    start: int
    end: int


@frozen
class Negation:
    """`not x`."""

    operand: Written
    start: int
    end: int


@frozen
class Junction:
    """Conditions joined by `and`, or by `or`."""

    word: str
    parts: tuple[Written, ...]
    start: int
    end: int


@frozen
class Choice:
    """`a if c else b`."""

    condition: Written
    yes: Written
    no: Written
    start: int
    end: int


Written: TypeAlias = (
    Number
    | Quoted
    | Truth
    | Name
    | Call
    | Minus
    | Arithmetic
    | Comparison
    | Membership
    | Negation
    | Junction
    | Choice
)
