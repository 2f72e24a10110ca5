"""人员: the persons of a case who may receive a subsidy, made from their rows whenever they are asked for.

A person is a dozen small objects; of a million persons only the rows are held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

from attrs import frozen

from huaying_governance.flows.case import Tables
from huaying_governance.flows.facts import OwnFacts
from huaying_governance.rules import Spell
from huaying_governance.subsidy.people import Person, Register
from huaying_governance.tables import Row

PERSONS, SPELLS = "persons", "spells"


@frozen
class _People(Mapping[str, Person]):
    """Persons by id, each from its row and those of its spells."""

    rows: Mapping[str, Row]
    spells: Mapping[str, list[Row]]
    own: OwnFacts

    def __getitem__(self, person: str) -> Person:
        row = self.rows[person]
        cells = {name: value for name, value in row.to_dict().items() if value is not None}
        spells = tuple(_spell(each) for each in self.spells.get(person, ()))
        return Person(person, {**self.own.of(row), **cells}, cast(str | None, row["spouse"]), spells)

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, person: object) -> bool:
        return person in self.rows


def register_of(tables: Tables, rows: Mapping[str, Row], own: OwnFacts) -> Register:
    """Return the persons to be judged; those with a problem in their own rows or spells are withheld."""
    withheld = {str(row["person"]) for name in (PERSONS, SPELLS) for row in tables.bad(name)}
    if not tables.whole(SPELLS):
        withheld |= set(rows)
    spells: dict[str, list[Row]] = {}
    for row in tables.rows(SPELLS):
        spells.setdefault(str(row["person"]), []).append(row)
    sound = {id_: row for id_, row in rows.items() if id_ not in withheld}
    return Register(_People(sound, spells, own), frozenset(withheld))


def _spell(row: Row) -> Spell:
    start, end = cast(date, row["from"]), cast(date | None, row["to"])
    return Spell(start, end, {"in_zone": cast(bool, row["in_zone"])})
