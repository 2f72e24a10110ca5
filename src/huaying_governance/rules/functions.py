"""The functions and the algebra of types (函数与单位): what they are called, what they give, what cannot be met."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from attrs import evolve

from huaying_governance.rules import ranges
from huaying_governance.rules.exact import MONEY, Exact, exact
from huaying_governance.rules.tree import Operator, Type
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


def join(types: tuple[Type, ...]) -> Type:
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


def product(one: str | None, two: str | None) -> str | None:
    """Return the unit of a product: money stays money, a plain number changes nothing, other units cancel to none."""
    if MONEY in (one, two):
        return MONEY
    if not one:
        return two if two is not None else one
    return one if not two else ""


def quotient(one: str | None, two: str | None) -> str | None:
    """Return the unit of a quotient: like over like is a plain number, money over anything else stays money."""
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
    return whole if places == 0 else exact(Fraction(whole, 10**places))
