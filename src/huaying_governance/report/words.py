"""看板用语: how codes of results read on a board, which columns are opened only on demand, which are masked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from huaying_governance.kernel.privacy import mask
from huaying_governance.kernel.ruling import OUTCOMES
from huaying_governance.ledger.table import LEDGER
from huaying_governance.report.model import Colour
from huaying_governance.tables import INPUTS
from huaying_governance.tables.words.core import ENTRY_KINDS
from huaying_governance.text import Lang, Text

YES_NO = {"yes": Text("是", "yes"), "no": Text("否", "no")}
WORDS: Mapping[str, Mapping[str, Text]] = MappingProxyType(
    {
        "outcome": OUTCOMES,
        "overdue": YES_NO,
        "late": YES_NO,
        "entries.state": {state.id: state.label for state in LEDGER.states},
        "entries.kind": {code: Text(labels[0], code) for code, labels in ENTRY_KINDS.items()},
    }
)
"""By column, or by table and column: what its codes are called. A code that is not here stands as it is."""

LONG = frozenset({"reason", "citation", "agenda_topic", "message", "cure", "assignments", "deadlines"})
"""Columns that are read when a row is opened."""
FACETS = [
    "outcome",
    "state",
    "kind",
    "overdue",
    "community",
    "assigner",
    "lead",
    "policy",
    "rule",
    "channel",
    "department",
    "branch",
    "code",
]
"""Columns that a reader chooses by, where a result has them."""
PERSONS = frozenset(
    {"person", "spouse", "petitioner"}
    | {column.name for spec in INPUTS for column in spec.columns if column.hint == "person"}
)
"""Columns that refer to persons: masked."""
_OUTCOMES: Mapping[str, Colour] = MappingProxyType(
    {
        "refused": "red",
        "ineligible": "red",
        "conditional": "yellow",
        "emergency": "yellow",
        "undetermined": "yellow",
        "permitted": "green",
        "payable": "green",
        "eligible": "green",
        "accepted": "green",
    }
)


def word(table: str, column: str, code: str, lang: Lang) -> str:
    """Return how a code of a column reads."""
    words = WORDS.get(f"{table}.{column}") or WORDS.get(column) or {}
    found = words.get(code)
    return code if found is None else found.say(lang)


def shown(table: str, column: str, cell: str, lang: Lang, *, masked: bool) -> str:
    """Return a cell as the board shows it."""
    if masked and column in PERSONS:
        return ";".join(mask(part) for part in cell.split(";")) if cell else ""
    return word(table, column, cell, lang)


def colour(cells: Mapping[str, str]) -> Colour:
    """Return the colour of a row by what it says: late is red, a missing fact or a condition is yellow."""
    outcome = _OUTCOMES.get(cells.get("outcome", ""), "")
    if outcome:
        return outcome
    if "yes" in {cells.get("overdue"), cells.get("late")}:
        return "red"
    return "green" if "no" in {cells.get("overdue"), cells.get("late")} else ""
