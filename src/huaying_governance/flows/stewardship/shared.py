"""包联与规划环节的共用部分: the rules of 聚力, and how its desks read and check a cell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import fault
from huaying_governance.flows.ruled import ruled, stated
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.text import Text

checked = partial(ruled, StewardshipRules, "stewardship")
"""Given names of tables, their checks."""
UNKNOWN_BODY = Text("名录中没有这个单位", "the register has no such organisation")
UNKNOWN_BODY_CURE = Text("写名录中的编号或名称", "write the id or name of an organisation of the register")
UNKNOWN_WORD = Text("政策包没有列出", "the pack does not list it")
UNKNOWN_WORD_CURE = Text("用以下之一：{all}", "use one of {all}")
UNLISTED = Text("表 {t} 中没有这个编号", "the table {t} has no such id")
UNLISTED_CURE = Text("先在 {t} 中登记，或改正编号", "list it in {t} first, or mend the id")


def rules_of(case: Case) -> StewardshipRules:
    """Return the pack's rules of 聚力."""
    return stated(case, StewardshipRules)


def named_faults(case: Case, tables: Tables, table: str, column: str, kind: str) -> Iterator[Fault]:
    """Yield the cells of a column that name nothing of a kind that the pack lists."""
    rules = case.pack.rules(StewardshipRules)
    for row in tables.rows(table) if rules is not None else ():
        assert rules is not None  # noqa: S101 - asked in the line above
        if rules.named(kind, str(row[column])) not in rules.known(kind):
            cure = UNKNOWN_WORD_CURE.fill(all=", ".join(rules.known(kind)) or "—")
            yield fault(row, column, f"unknown-{column.replace('_', '-')}", UNKNOWN_WORD, cure)


def listed_faults(
    tables: Tables, child: str, column: str, parent: str, *, sound: bool = False
) -> Iterator[Fault]:
    """Yield the cells of a column that name no id of another table; with `sound`, no row that has a problem either."""
    if not tables.whole(parent):
        return
    known = {row["id"] for row in (*tables.rows(parent), *(() if sound else tables.bad(parent)))}
    for row in tables.rows(child):
        if row[column] not in known:
            message, cure = UNLISTED.fill(t=parent), UNLISTED_CURE.fill(t=parent)
            yield fault(row, column, f"unknown-{column.replace('_', '-')}", message, cure)
