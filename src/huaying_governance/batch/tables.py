"""The tables of a case as an engine sees them (数据表): their names, their columns, what is known of their rows."""

from __future__ import annotations

from datetime import date

from attrs import frozen
from sqlglot import exp

from huaying_governance.batch.columns import Columns, Reading, read
from huaying_governance.batch.dialect import Dialect
from huaying_governance.batch.sql import Sql, column, null
from huaying_governance.rules.model import Fact
from huaying_governance.rules.tree import Type

PERSON, FROM, TO = "person", "from", "to"
PERSONS, SPELLS = "persons", "spells"
PEOPLE, JUDGED, DOUBTED, FOUND = "hg_people", "hg_judged", "hg_doubted", "hg_found"
"""Parts of a query that are held, and rows that the interpreter found: named so that no table of an office is."""
COUPLE, SPOUSE, SECOND = "couple", "spouse", "#second"
FOREVER = date(9999, 12, 31)
SPELL_DAY = Type("date", "", (), 1, FOREVER.year)
"""A day of a spell: any that the calendar has."""


@frozen
class Tables:
    """What is known of the tables before the query is built.

    `spells` None: there is no such table. `vague` names the flags that are unknown in some row, `certain` the facts of
    the persons that are known in every row; `level` says that all
    ids are numbers of one length, which sort as their texts do.
    """

    persons: Columns
    spells: Columns | None
    vague: frozenset[str] = frozenset()
    persons_name: str = PERSONS
    spells_name: str = SPELLS
    certain: frozenset[str] = frozenset()
    level: bool = False


def reading(tables: Columns, name: str, fact: Fact, dialect: Dialect, table: str = "p") -> Reading:
    """Return how the column of a fact is read; a fact without a column is unknown."""
    held = tables.get(name)
    if held is None:
        kinds = {"boolean": "BOOLEAN", "date": "DATE", "text": "TEXT", "choice": "TEXT"}
        return Reading(Sql(null(kinds.get(fact.type.kind, "BIGINT"))), False)
    return read(column(name, table=table), held, fact.type, dialect)


def table(name: str, alias: str) -> exp.Table:
    """Return a table, by its name with or without a schema, under an alias."""
    *schema, last = name.split(".")
    parts = [exp.to_identifier(part, quoted=True) for part in (*schema, last)]
    made = exp.Table(this=parts[-1])
    if alias:
        made.set("alias", exp.TableAlias(this=exp.to_identifier(alias, quoted=True)))
    if len(parts) > 1:
        made.set("db", parts[-2])
    if len(parts) > 2:
        made.set("catalog", parts[-3])
    return made
