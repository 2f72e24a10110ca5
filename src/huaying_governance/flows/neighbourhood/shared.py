"""邻里环节的共用部分: the rules of the neighbourhood, and how its desks read a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import partial
from typing import Any

from huaying_governance.flows.case import Case
from huaying_governance.flows.desk import Report, Run
from huaying_governance.flows.ruled import ruled, stated
from huaying_governance.kernel.geo import Point
from huaying_governance.packs.rules.neighbourhood import NeighbourhoodRules
from huaying_governance.tables import Row
from huaying_governance.tables.spec import point_of

checked = partial(ruled, NeighbourhoodRules, "neighbourhood")
"""Given names of tables, their checks."""


def rules_of(case: Case) -> NeighbourhoodRules:
    """Return the pack's rules of the neighbourhood."""
    return stated(case, NeighbourhoodRules)


def asking(judge: Callable[..., Iterable[Report]]) -> Callable[..., Iterable[Report]]:
    """Return a judge that reports nothing where the pack has no rules: every row is a problem there already."""

    def judged(run: Run, *more: Any) -> Iterable[Report]:
        return () if run.case.pack.rules(NeighbourhoodRules) is None else judge(run, *more)

    return judged


def degrees_of(row: Row) -> tuple[Decimal | None, Decimal | None]:
    """Return the two coordinates of a row; both None while one is unknown."""
    found: Point | None = point_of(row.to_dict())
    return (None, None) if found is None else (found.longitude, found.latitude)
