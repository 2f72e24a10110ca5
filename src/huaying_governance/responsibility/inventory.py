"""全面梳理: an office's inventory of all that communities do, read from CSV or Excel, and sorted.

What has no legal basis is put forward for removal; what has one is kept, with the kind it seems to be where nobody
has said so. Nothing is decided here: the sorted inventory is a draft of a list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, cast

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.responsibility.matters import SELF, Kind, Matter, Role
from huaying_governance.tables import Row, Table, TableSpec, read_file
from huaying_governance.tables.cells import Column
from huaying_governance.tables.matters import MATTERS
from huaying_governance.text import Text

Cite = Callable[[str], Citation | None]
Verdict = Literal["keep", "remove", "check"]
VERDICTS: Mapping[Verdict, Text] = {
    "keep": Text("保留", "keep"),
    "remove": Text("建议移出", "to be removed"),
    "check": Text("核对依据", "check the basis"),
}
INVENTORY = TableSpec(
    "inventory",
    Text("社区工作事项梳理表", "inventory of community work"),
    (
        Column("code", "ref"),
        Column("name", "text", "cell"),
        *(
            Column(column.name, column.kind, "free", column.choice, column.hint)
            for column in MATTERS.columns
            if column.name not in {"code", "name", "instead"}
        ),
    ),
    check=MATTERS.check,
)


@frozen
class Item:
    """梳理事项: a line of the inventory, as a matter, with what is proposed and why."""

    row: int
    matter: Matter
    verdict: Verdict
    reason: Text
    basis: tuple[str, ...]


@frozen
class Inventory:
    """梳理结果: the items in the order of the table; `table` has its problems."""

    items: tuple[Item, ...]
    table: Table

    def having(self, verdict: Verdict) -> tuple[Item, ...]:
        """Return the items of one verdict."""
        return tuple(item for item in self.items if item.verdict == verdict)


def read_inventory(path: Path | str, cite: Cite) -> Inventory:
    """Return the inventory in a CSV or Excel file; `cite` finds the clause that a basis names, None for an unknown one.

    Nothing raises for what is in the file: problems come with the table.
    """
    table = read_file(path, INVENTORY)
    return Inventory(tuple(_item(row, cite) for row in table.rows), table)


def _item(row: Row, cite: Cite) -> Item:
    cell = cast(Mapping[str, Any], row.to_dict())
    written = cast(tuple[str, ...], cell["basis"])
    found = tuple(citation for text in written if (citation := cite(text)) is not None)
    if not written:
        verdict: Verdict = "remove"
        reason = Text("没有法定依据", "it has no legal basis")
    elif len(found) < len(written):
        verdict = "check"
        reason = Text("所写依据不在来源之内", "a clause that it names is not among the sources")
    else:
        verdict = "keep"
        reason = Text("有依据", "it has a basis")
    return Item(row.number, _matter(row.number, cell, found), verdict, reason, written)


def _matter(number: int, cell: Mapping[str, Any], basis: tuple[Citation, ...]) -> Matter:
    assigners = frozenset(cast(tuple[str, ...], cell["assigners"]))
    kind = cast(Kind | None, cell["kind"]) or ("autonomy" if assigners == {SELF} else "assist")
    role: Role = "principal" if kind in {"autonomy", "purchased"} else "assistant"
    return Matter(
        cell["code"] or f"N{number:04d}",
        cell["name"],
        kind,
        cell["role"] or role,
        assigners,
        frozenset(cell["communities"]),
        cell["funding"] == "required",
        cell["forms"],
        basis,
        cell["from"],
        cell["to"],
        cell["frequency"] or "",
        cast(Decimal | None, cell["workload"]),
    )
