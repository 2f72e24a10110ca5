"""The facts of one case (事实): strict reading of what a caller gives into a row, all problems at once.

Nothing is converted that could be meant otherwise: a boolean is no integer, text is no boolean, a float is no
amount, a moment is no day; an unknown name is a problem, never dropped. Absent and None are both "missing".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.rules.compile import Row
from huaying_governance.rules.exact import FIRST_YEAR, LAST_YEAR, exact
from huaying_governance.rules.faults import nearest
from huaying_governance.rules.functions import KINDS
from huaying_governance.rules.layout import Layout
from huaying_governance.rules.model import Fact, Relation
from huaying_governance.rules.tree import LARGEST, Type
from huaying_governance.text import Text, same

MAX_TEXT = 1_000
_REFUSED: Any = object()
Check = Callable[[Any], Any]


def _boolean(value: object) -> Any:
    return value if value is True or value is False else _REFUSED


def _day(value: object) -> Any:
    return value if type(value) is date and FIRST_YEAR <= value.year <= LAST_YEAR else _REFUSED


def _text(value: object) -> Any:
    return value if isinstance(value, str) and 0 < len(value) <= MAX_TEXT else _REFUSED


def _choice(of: tuple[str, ...]) -> Check:
    words = frozenset(of)
    return lambda value: value if isinstance(value, str) and value in words else _REFUSED


def _integer(low: Any, high: Any) -> Check:
    def check(value: object) -> Any:
        if type(value) is not int or (low is not None and value < low) or (high is not None and value > high):
            return _REFUSED
        return value

    return check


def _decimal(low: Any, high: Any) -> Check:
    within = _integer(low, high)

    def check(value: object) -> Any:
        if type(value) is int:
            return within(value)
        if not isinstance(value, Decimal) or not value.is_finite() or not _is_short(value):
            return _REFUSED
        number = exact(Fraction(value))
        if (low is not None and number < low) or (high is not None and number > high):
            return _REFUSED
        return number

    return check


def _is_short(value: Decimal) -> bool:
    """Whether a decimal has at most six places and no great exponent: bounded before it becomes a fraction."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and -6 <= exponent <= 18


def check_of(kind: Type) -> Check:
    """Return the function that accepts a value of a type, or refuses it."""
    match kind.kind:
        case "boolean":
            return _boolean
        case "date":
            return _day
        case "text":
            return _text
        case "choice":
            return _choice(kind.of)
        case "integer":
            return _integer(kind.low, kind.high)
        case "decimal":
            return _decimal(kind.low, kind.high)


def expected(kind: Type) -> Text:
    """Return what a value of a type looks like, in words."""
    if kind.kind == "choice":
        return same(" | ".join(kind.of))
    low, high = (None if end in {-LARGEST, LARGEST} else end for end in (kind.low, kind.high))
    if kind.is_number and (low is not None or high is not None):
        least = "" if low is None else f"{low} ≤ "
        most = "" if high is None else f" ≤ {high}"
        return Text(f"{KINDS[kind.kind].zh}，{least}…{most}", f"{KINDS[kind.kind].en}, {least}…{most}")
    return KINDS[kind.kind]


@frozen
class FactReader:
    """Reads facts by name into rows of one layout."""

    layout: Layout
    facts: Mapping[str, Fact]
    relations: Mapping[str, Relation]
    plain: Mapping[str, tuple[int, Check]]
    related: Mapping[str, tuple[int, Mapping[str, tuple[int, Check]]]]
    empty: tuple[None, ...]

    @staticmethod
    def of(layout: Layout, facts: Mapping[str, Fact], relations: Mapping[str, Relation]) -> FactReader:
        """Return the reader of a policy's facts and relations."""
        slots = layout.slots
        checks = {name: check_of(fact.type) for name, fact in facts.items()}
        plain = {name: (slots[name], checks[name]) for name in facts}
        related = {
            name: (slots[name], {fact: (slots[f"{name}.{fact}"], checks[fact]) for fact in relation.facts})
            for name, relation in relations.items()
        }
        return FactReader(layout, facts, relations, plain, related, (None,) * layout.size)

    def row(self, given: Mapping[str, object], on: date) -> Row:
        """Return the row of `given` as of `on`. Raises `Problems` naming every fact that cannot be used."""
        row: Row = list(self.empty)
        row[0] = on
        if type(on) is not date or not FIRST_YEAR <= on.year <= LAST_YEAR:
            raise Problems(self.problems(given, on))
        plain = self.plain
        for name, value in given.items():
            entry = plain.get(name)
            if entry is None:
                self._relation(name, value, row, given, on)
            elif value is not None:
                read = entry[1](value)
                if read is _REFUSED:
                    raise Problems(self.problems(given, on))
                row[entry[0]] = read
        return row

    def _relation(self, name: str, value: object, row: Row, given: Mapping[str, object], on: date) -> None:
        entry = self.related.get(name)
        if entry is None or not (value is None or isinstance(value, Mapping)):
            raise Problems(self.problems(given, on))
        row[entry[0]] = value is not None
        for inner, held in (value or {}).items():
            found = entry[1].get(inner)
            if found is None:
                raise Problems(self.problems(given, on))
            if held is not None:
                row[found[0]] = found[1](held)
                if row[found[0]] is _REFUSED:
                    raise Problems(self.problems(given, on))

    def problems(self, given: Mapping[str, object], on: object) -> list[Problem]:
        """Return every problem of `given`, in its order."""
        found: list[Problem] = []
        if type(on) is not date or not FIRST_YEAR <= on.year <= LAST_YEAR:
            found.append(
                _fact_problem(
                    "on",
                    "fact-type",
                    Text(
                        "认定日应为 datetime.date，1800 至 2200 年",
                        "`on` should be a datetime.date of 1800 to 2200",
                    ),
                )
            )
        for name, value in given.items():
            if name in self.facts:
                found.extend(_value_problem(name, self.facts[name], value))
            elif name in self.relations:
                found.extend(self._relation_problems(name, value))
            else:
                found.append(_unknown(name, (*self.facts, *self.relations)))
        return found

    def _relation_problems(self, name: str, value: object) -> list[Problem]:
        if value is None:
            return []
        if not isinstance(value, Mapping):
            text = Text(
                "关系应为事实的映射；没有时为 None", "a relation is a mapping of facts; None: there is none"
            )
            return [_fact_problem(name, "fact-type", text)]
        found: list[Problem] = []
        for inner, held in value.items():
            path = f"{name}.{inner}"
            if inner in self.related[name][1]:
                found.extend(_value_problem(path, self.facts[inner], held))
            else:
                found.append(_unknown(path, tuple(f"{name}.{fact}" for fact in self.relations[name].facts)))
        return found


def _value_problem(path: str, fact: Fact, value: object) -> list[Problem]:
    if value is None or check_of(fact.type)(value) is not _REFUSED:
        return []
    wanted = expected(fact.type)
    text = Text(f"{fact.label.zh}应为{wanted.zh}", f"{fact.label.en} should be {wanted.en}")
    return [_fact_problem(path, "fact-type", text)]


def _fact_problem(path: str, code: str, text: Text) -> Problem:
    cure = Text("改为所要求的值；不知道时留空（None）", "give such a value, or None where it is not known")
    return Problem(code, text, cure, Place(column=path[:80]))


def _unknown(path: str, known: tuple[str, ...]) -> Problem:
    shown = str(path)[:80]
    text = Text(f"政策没有事实 `{shown}`", f"the policy has no fact `{shown}`")
    return Problem("fact-unknown", text, nearest(shown, known), Place(column=shown))
