"""Codes without words: what a board would show raw of the results of a case. Every case that tests run is looked at.

A column of a result holds codes, unless it is one of those that name things: an id, a place, a file, a sum.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

from huaying_governance.packs import load_pack
from huaying_governance.report.naming import Names, names_of
from huaying_governance.report.results import Results
from huaying_governance.tables import INPUTS

CODE = re.compile(r"[a-z][a-z0-9]*([_:.-][a-z0-9]+)*")
BETWEEN = re.compile(r"[;；]\s*")
_TAKEN = {"choice": set[str](), "named": set[str]()}
for _spec in INPUTS:
    for _column in _spec.columns:
        _TAKEN["choice" if _column.kind == "choice" else "named"].add(_column.name)
NAMES_THINGS = (_TAKEN["named"] - _TAKEN["choice"]) | {
    *(
        "afterwards",
        "before",
        "carried_over_from",
        "clashes",
        "decided_at",
        "duplicate_of",
        "example_vacancy",
    ),
    *(
        "minutes_digest",
        "noted_of",
        "overdue_ids",
        "related",
        "related_sessions",
        "repeated_photos",
        "served_by",
    ),
    *("tabled_at", "traced", "uncovered_ids", "unclear_cells", "value", "whistles_of"),
}
"""Columns that a table takes as a reference or as text, and those of results that point at such."""
POINTERS = {("resident_units", "missing")}


@cache
def names(pack: str) -> Names:
    """Return what a pack calls its own, by its name or its path."""
    return names_of(load_pack(pack))


def wordless(out: Path, pack: str = "huaying") -> list[str]:
    """Return the codes that stand raw on a Chinese board of these results, with their columns."""
    held = Results(out, date(2026, 11, 23), names=names(pack))
    found: set[str] = set()
    for spec in held.tables():
        columns = [
            name for name in spec.index if name not in NAMES_THINGS and (spec.name, name) not in POINTERS
        ]
        for row in held.rows(spec):
            for name in columns:
                said = held.cell(spec, name, row[name])
                heads = (re.split("[ =]", part)[0] for part in BETWEEN.split(said))
                found.update(f"{spec.name}.{name}: {head}" for head in heads if CODE.fullmatch(head))
    return sorted(found)
