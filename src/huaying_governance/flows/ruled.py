"""规则环节: what every desk of a concept asks first: rules in the pack, and communities that it knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar, cast

from attrs import fields

from huaying_governance.casework import Casework
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import community_faults, fault
from huaying_governance.tables import Row
from huaying_governance.text import Text

T = TypeVar("T")
NO_RULES = Text(
    "政策包没有 {name}.toml，无法办理此表", "the pack states no {name}.toml: this table cannot be judged"
)
NO_RULES_CURE = Text("在政策包中加入 {name}.toml", "add a {name}.toml to the pack")


def stated(case: Case, kind: type[T]) -> T:
    """Return the pack's rules; the checks have made sure that there are some where there is a table."""
    rules = case.pack.rules(kind)
    assert rules is not None  # noqa: S101 - a table without rules has been set aside with a problem
    return rules


def place(case: Case, row: Row) -> str:
    """Return the id of a row's community."""
    known = case.pack.resolve_community(str(row["community"]))
    return known.id if known is not None else str(row["community"])


def text_of(row: Row, name: str) -> str:
    """Return a cell as text, empty where it holds nothing."""
    return str(row[name] or "")


def body(case: Case, name: object) -> str:
    """Return the id of an organisation or a community by any of its names; the text itself where none is meant."""
    text = str(name or "")
    known = case.pack.resolve_organisation(text) or case.pack.resolve_community(text) if text else None
    return known.id if known is not None else text


def ruled(kind: type, name: str, *tables: str) -> Callable[[Case, Tables], Iterator[Fault]]:
    """Return the checks of these tables: the pack must have the rules of `name`, and know their communities."""

    def faults(case: Case, held: Tables) -> Iterator[Fault]:
        for table in tables:
            for row in held.rows(table):
                if case.pack.rules(kind) is None:
                    first = row.spec.columns[0].name
                    cure = NO_RULES_CURE.fill(name=name)
                    yield fault(row, first, f"no-{name}-rules", NO_RULES.fill(name=name), cure)
                elif "community" in row.spec.index:
                    yield from community_faults(case, row, "community", [str(row["community"])])

    return faults


def filled(kind: type[T], row: Row, *, at: str = "at", **given: object) -> T:
    """Return a value whose fields are the cells of a row by name, `at` from the column named; empty cells are left out.

    What is `given` goes before the cells.
    """
    cells: dict[str, object] = {}
    for one in fields(cast("type[Any]", kind)):
        column = at if one.name == "at" else one.name
        if column in row.spec.index and row[column] is not None:
            cells[one.name] = row[column]
    return kind(**{**cells, **given})


def share(part: int, whole: int) -> str:
    """Return a percentage to one place; empty of nothing."""
    if whole == 0:
        return ""
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))


def labels(work: Casework[Any, Any, Any, Any]) -> Mapping[str, Text]:
    """Return what the states of a kind of case are called, for the counts of its report."""
    return {state.id: state.label for state in work.procedure.states}
