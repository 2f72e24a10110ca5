"""写回: a condition or a value as the policy language writes it, for reports about parts that no document holds."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from huaying_governance.rules.explain import show_number
from huaying_governance.rules.tree import (
    All,
    AnyOf,
    Apply,
    Arith,
    Compare,
    Const,
    Either,
    Exists,
    FactRef,
    IsTrue,
    Member,
    Node,
    OnDay,
    Param,
    Pick,
    Value,
)


def spell(node: Node) -> str:
    """Return a node as it would be written."""
    match node:
        case Const(value):
            return literal(value)
        case FactRef():
            return node.path
        case Param(name):
            return name
        case OnDay():
            return "on"
        case IsTrue(_, negated) | Exists(_, negated):
            name = node.fact.path if isinstance(node, IsTrue) else node.relation
            return f"not {name}" if negated else name
        case All(parts) | AnyOf(parts):
            return (" and " if isinstance(node, All) else " or ").join(_inner(part) for part in parts)
        case Compare(operator, left, right) | Arith(operator, left, right):
            return f"{_inner(left)} {operator} {_inner(right)}"
        case Member(item, values, negated):
            word = "not in" if negated else "in"
            return f"{_inner(item)} {word} [{', '.join(literal(value) for value in values)}]"
        case Apply(function, arguments):
            return f"{function}({', '.join(spell(argument) for argument in arguments)})"
        case Either(test, yes, no) | Pick(test, yes, no):
            return f"{_inner(yes)} if {_inner(test)} else {_inner(no)}"


def _inner(node: Node) -> str:
    text = spell(node)
    return f"({text})" if isinstance(node, All | AnyOf | Either | Pick | Arith) else text


def literal(value: Value) -> str:
    """Return a literal as it would be written."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Fraction():
            return show_number(value)
        case date():
            return f"date('{value}')"
        case _:
            return f"'{value}'"
