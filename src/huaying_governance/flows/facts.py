"""政策另需的事实: facts that a place's own policies ask for, taken from extra columns of an office's table.

A pack may ask for a fact that no standard column holds, say an age or a registered disability. A column headed with
the fact's name or its Chinese label then holds it, and is read by the fact's type; without it the fact is missing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from attrs import evolve

from huaying_governance.errors import Place, Problems
from huaying_governance.flows.case import Fault, Tables
from huaying_governance.flows.desk import fault
from huaying_governance.kernel.dates import parse_date
from huaying_governance.kernel.privacy import mask
from huaying_governance.rules import Policy
from huaying_governance.rules.model import Fact
from huaying_governance.tables import Row
from huaying_governance.text import Text

YES_NO = {"yes": True, "是": True, "no": False, "否": False}
UNREADABLE = Text("读不出政策所需的事实“{f}”", "does not hold the fact “{f}” that a policy asks for")
CURES: Mapping[str, Text] = {
    "boolean": Text("填写 yes/no 或 是/否", "write yes or no"),
    "integer": Text("填写整数", "write a whole number"),
    "decimal": Text("填写十进制数", "write a decimal number"),
    "date": Text("写成 YYYY-MM-DD", "write YYYY-MM-DD"),
    "choice": Text("填写其中之一：{of}", "write one of {of}"),
    "text": Text("填写文字", "write a text"),
}


class OwnFacts:
    """The extra columns of one table that hold facts of these policies."""

    def __init__(self, policies: Iterable[Policy], tables: Tables, table: str) -> None:
        facts = {
            fact.name: fact for policy in policies for fact in policy.facts.values() if fact.derived is None
        }
        writings = {**{fact.label.zh: fact for fact in facts.values()}, **facts}
        found = ((place, header, writings.get(header)) for place, header in enumerate(tables.extras(table)))
        self._columns = tuple((place, header, fact) for place, header, fact in found if fact is not None)
        self._rows = tables.rows(table)

    def of(self, row: Row) -> dict[str, object]:
        """Return the facts that the row's extra cells hold; an empty cell is a missing fact."""
        return {
            fact.name: _read(fact, text) for place, _, fact in self._columns if (text := row.extras[place])
        }

    def mark(self, row: Row) -> str:
        """Return what tells rows apart that differ in these facts only; nothing where the table holds none."""
        cells = [row.extras[place] for place, _, _ in self._columns]
        return f"+{hashlib.sha256(json.dumps(cells).encode()).hexdigest()}" if cells else ""

    def faults(self) -> Iterator[Fault]:
        """Yield the cells that do not read as their fact's type."""
        for row in self._rows if self._columns else ():
            for place, header, fact in self._columns:
                try:
                    _read(fact, row.extras[place])
                except (ValueError, InvalidOperation):
                    message = UNREADABLE.fill(f=fact.label)
                    cure = CURES[fact.type.kind].fill(of=", ".join(fact.type.of))
                    yield fault(row, header, "bad-fact", message, cure, value=mask(row.extras[place]))


def unusable(policy: Policy, row: Row, facts: Mapping[str, object], on: date) -> Iterator[Fault]:
    """Yield why a policy cannot judge by these facts of a row: a value that lies beyond what a fact may be."""
    known = {name: value for name, value in facts.items() if name in policy.facts}
    try:
        policy.reader.row(known, on)
    except Problems as error:
        for found in error.problems:
            yield Fault(row, evolve(found, place=Place("", row.number, found.place.column)))


def _read(fact: Fact, text: str) -> object:
    """Return the value that `text` writes by the fact's type, None for an empty text; raises `ValueError`."""
    if not text:
        return None
    match fact.type.kind:
        case "boolean":
            if text.lower() not in YES_NO:
                raise ValueError(fact.name)
            return YES_NO[text.lower()]
        case "integer":
            return _within(fact, int(text))
        case "decimal":
            return _within(fact, Decimal(text))
        case "date":
            return parse_date(text)
        case "choice":
            return _chosen(fact, text)
        case _:
            return text


def _within(fact: Fact, value: int | Decimal) -> int | Decimal:
    low, high = fact.type.low, fact.type.high
    finite = isinstance(value, int) or value.is_finite()
    if not finite or (low is not None and value < low) or (high is not None and value > high):
        raise ValueError(fact.name)
    return value


def _chosen(fact: Fact, text: str) -> str:
    for code in fact.type.of:
        if text in (code, fact.options.get(code, Text(code, code)).zh):
            return code
    raise ValueError(fact.name)
