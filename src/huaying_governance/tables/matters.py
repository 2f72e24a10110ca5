"""责任清单表: the columns of a responsibility list, as packs and inventories hold it."""

from __future__ import annotations

from huaying_governance.tables.cells import Column
from huaying_governance.tables.spec import TableSpec, period
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import core as words
from huaying_governance.text import Text

MATTERS = TableSpec(
    "matters",
    Text("责任清单", "responsibility list"),
    (
        Column("code", "ref", "cell"),
        Column("name", "ref", "cell"),
        Column("kind", "choice", "cell", Choice(words.MATTER_KINDS)),
        Column("role", "choice", "free", Choice(words.MATTER_ROLES)),
        Column("assigners", "list", "column"),
        Column("communities", "list"),
        Column("funding", "choice", "free", Choice(words.FUNDING)),
        Column("forms", "list"),
        Column("basis", "list", "column"),
        Column("from", "date"),
        Column("to", "date"),
        Column("frequency", "text"),
        Column("workload", "yuan"),
        Column("instead", "list"),
    ),
    check=period,
)
