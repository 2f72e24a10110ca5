"""The interpreter as an engine (参照): row by row, slow, and the meaning that every other engine must repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from attrs import define, field, frozen

from huaying_governance.rules import Award, Line, Policy, Spell, derive
from huaying_governance.rules.compile import Row
from huaying_governance.rules.edition import Edition
from huaying_governance.rules.subsidy import stretches
from huaying_governance.rules.tree import All, AnyOf, Condition, Either

COUPLE, SPOUSE = "couple", "spouse"
Cells = Mapping[str, Any]


@frozen
class Result:
    """One row of a batch: as the columns of every engine."""

    person: object
    rule: str
    payee: str
    amount: Decimal | None
    outcome: str
    missing: str
    ground: str


@define(eq=False)
class Reference:
    """Judges tables that are lists of rows. `spells` None: the persons hold the derived facts themselves."""

    policy: Policy
    on: date
    persons: Sequence[Cells]
    spells: Sequence[Cells] | None = None
    _known: dict[object, dict[str, object]] = field(factory=dict, init=False)
    _rows: dict[object, Cells] = field(factory=dict, init=False)

    def results(self) -> Iterator[Result]:
        """Yield the rows of every person in order."""
        self._rows = {row["person"]: row for row in self.persons}
        spells = _by_person(self.spells or ())
        for row in self.persons:
            facts = {name: row[name] for name in self.policy.facts if row.get(name) is not None}
            if self.spells is not None:
                facts |= derive(self.policy, spells.get(row["person"], ()), self.on)
            self._known[row["person"]] = facts
        for row in self.persons:
            yield from self._one(row)

    def facts(self, row: Cells) -> dict[str, object]:
        """Return the facts of one person with those of its relations."""
        facts = dict(self._known[row["person"]])
        for name, relation in self.policy.relations.items():
            other = self.partner(row, name)
            if other is not None:
                facts[name] = {fact: self._known[other["person"]].get(fact) for fact in relation.facts}
            elif name in row and (row[name] is None or row[name] in self._rows):
                facts[name] = None
        return facts

    def partner(self, row: Cells, relation: str) -> Cells | None:
        """Return the related person where each names the other."""
        other = self._rows.get(row.get(relation))
        return other if other is not None and other.get(relation) == row["person"] else None

    def _one(self, row: Cells) -> Iterator[Result]:
        facts = self.facts(row)
        award = cast(Award, self.policy.decide(facts, self.on))
        values = self.policy.reader.row(facts, self.on)
        edition = self.policy.edition(self.on)
        partner = self.partner(row, SPOUSE)
        second = partner is not None and str(partner["person"]) < str(row["person"])
        moved = {line.rule for line in award.lines if second and line.unit == COUPLE}
        lines = [line for line in award.lines if line.rule not in moved]
        eras = self._eras(edition)
        for line in lines:
            key = self._line_key(line, eras, values)
            missing = ";".join(line.missing)
            yield Result(row["person"], line.rule, line.payee, line.amount, line.outcome, missing, key)
        if not lines:
            key = "/".join(self._nothing_key(era, values, moved) for era in eras)
            yield Result(row["person"], "", "", None, "not_payable", "", key)

    def _eras(self, edition: Edition) -> list[Edition]:
        if self.policy.parts.changes != "split":
            return [edition]
        return [held for _, _, held in stretches(self.on, self.policy.edition)]

    def _line_key(self, line: Line, eras: list[Edition], values: Row) -> str:
        keys: list[str] = []
        for era in eras:
            rule = next((each.rule for each in era.rules if each.rule.id == line.rule), None)
            if rule is not None:
                digits = [era.compiler.test(leaf)(values) for leaf in _statements(rule.when)]
                keys.append(_key([2 if digit is None else int(digit) for digit in digits], 3, 36))
        return "/".join(keys) + ("!" if line.ground.code == "conflict" else "")

    def _nothing_key(self, edition: Edition, values: Row, moved: set[str]) -> str:
        states: list[int] = []
        for ready in edition.rules:
            if ready.test(values) is False:
                states.append(0)
            elif ready.fen is None and ready.enterprise_fen is None:
                states.append(3)
            else:
                states.append(2 if ready.rule.id in moved else 1)
        return _key(states, 4, 30)


def _by_person(spells: Iterable[Cells]) -> dict[object, list[Spell]]:
    found: dict[object, list[Spell]] = {}
    for row in spells:
        flags = {
            name: value for name, value in row.items() if name not in {"person", "employer", "from", "to"}
        }
        found.setdefault(row["person"], []).append(Spell(row["from"], row["to"], flags))
    return found


def _statements(condition: Condition) -> list[Condition]:
    match condition:
        case All(parts) | AnyOf(parts):
            return [leaf for part in parts for leaf in _statements(part)]
        case Either(test, yes, no):
            return [*_statements(test), *_statements(yes), *_statements(no)]
        case _:
            return [condition]


def _key(states: list[int], base: int, chunk: int) -> str:
    words = [states[start : start + chunk] for start in range(0, len(states), chunk)]
    return ".".join(str(sum(state * base**place for place, state in enumerate(word))) for word in words)
