"""事项目录: a list in the field set of the national matter catalogue, out and in.

The catalogue has codes, versions, planned days, basis, level, bodies and time limits; what it lacks (who may assign,
the community's part, the funding rule, the admission, what a line is inherited from) stands beside them. The written
schema is `catalogue.schema.json` next to this module.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any, cast

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.responsibility.matters import Matter
from huaying_governance.tables import Column, Table, TableSpec, read_file, write_table
from huaying_governance.tables.cells import show
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import core as words
from huaying_governance.text import Text

CATALOGUE = TableSpec(
    "catalogue",
    Text("事项目录", "matter catalogue"),
    (
        Column("base_code", "ref", "cell"),
        Column("implementation_code", "ref"),
        Column("business_code", "ref"),
        Column("version", "ref"),
        Column("name", "text", "cell"),
        Column("effect_on", "date"),
        Column("cancel_on", "date"),
        Column("basis", "list", "column"),
        Column("level", "choice", "free", Choice(words.LEVELS)),
        Column("implementing_body", "ref"),
        Column("delegated_to", "list"),
        Column("legal_days", "count"),
        Column("promised_days", "count"),
        Column("kind", "choice", "cell", Choice(words.MATTER_KINDS)),
        Column("role", "choice", "column", Choice(words.MATTER_ROLES)),
        Column("assigners", "list", "column"),
        Column("communities", "list"),
        Column("funding", "choice", "free", Choice(words.FUNDING)),
        Column("admission", "ref"),
        Column("inherited_from", "ref"),
    ),
)


@frozen
class Entry:
    """目录条目: a line of a list, and the catalogue's fields that a list does not need."""

    matter: Matter
    implementation_code: str = ""
    business_code: str = ""
    version: str = ""
    level: str = ""
    implementing_body: str = ""
    delegated_to: tuple[str, ...] = ()
    legal_days: int | None = None
    promised_days: int | None = None
    admission: str = ""
    inherited_from: str = ""


def schema() -> Mapping[str, Any]:
    """Return the JSON Schema of a catalogue: a list of records by plain field names."""
    text = (
        resources.files("huaying_governance.responsibility")
        .joinpath("catalogue.schema.json")
        .read_text("utf-8")
    )
    return cast(Mapping[str, Any], json.loads(text))


def values(entry: Entry) -> tuple[object, ...]:
    """Return an entry's values in the order of the catalogue's columns."""
    matter = entry.matter
    return (
        matter.code,
        entry.implementation_code,
        entry.business_code,
        entry.version,
        matter.name,
        matter.since,
        matter.until,
        tuple(_reference(held) for held in matter.basis),
        entry.level,
        entry.implementing_body,
        entry.delegated_to,
        entry.legal_days,
        entry.promised_days,
        matter.kind,
        matter.role,
        tuple(sorted(matter.assigners)),
        tuple(sorted(matter.communities)),
        "required" if matter.funds else "none",
        entry.admission,
        entry.inherited_from,
    )


def records(entries: Iterable[Entry]) -> list[dict[str, object]]:
    """Return entries as plain JSON data that the schema describes; what is empty is left out."""
    return [
        {
            column.name: list(value)
            if isinstance(value, tuple)
            else value
            if isinstance(value, int)
            else show(value)
            for column, value in zip(CATALOGUE.columns, values(entry), strict=True)
            if value not in (None, "", ())
        }
        for entry in entries
    ]


def write_catalogue(path: Path | str, entries: Iterable[Entry]) -> None:
    """Write entries as CSV or Excel with Chinese headers."""
    write_table(path, CATALOGUE, map(values, entries), labels="zh")


def read_catalogue(path: Path | str, sources: Mapping[str, Citation]) -> tuple[tuple[Entry, ...], Table]:
    """Return the entries of a CSV or Excel file and the table with its problems, each with its cell.

    `sources` gives the clause for each reference (`id#article`) that the basis may hold; an unknown one is left out.
    """
    table = read_file(path, CATALOGUE)
    return tuple(_entry(cast(Mapping[str, Any], row.to_dict()), sources) for row in table.rows), table


def _entry(cell: Mapping[str, Any], sources: Mapping[str, Citation]) -> Entry:
    made = Matter(
        cell["base_code"],
        cell["name"],
        cell["kind"],
        cell["role"] or "assistant",
        frozenset(cell["assigners"]),
        frozenset(cell["communities"]),
        cell["funding"] == "required",
        (),
        tuple(sources[reference] for reference in cell["basis"] if reference in sources),
        cell["effect_on"],
        cell["cancel_on"],
    )
    return Entry(
        made,
        cell["implementation_code"] or "",
        cell["business_code"] or "",
        cell["version"] or "",
        cell["level"] or "",
        cell["implementing_body"] or "",
        cell["delegated_to"],
        cell["legal_days"],
        cell["promised_days"],
        cell["admission"] or "",
        cell["inherited_from"] or "",
    )


def _reference(citation: Citation) -> str:
    """Return a clause as lists write it: `id` or `id#article`."""
    article = citation.article.en.removeprefix("Art. ")
    return f"{citation.source.id}#{article}" if article else citation.source.id
