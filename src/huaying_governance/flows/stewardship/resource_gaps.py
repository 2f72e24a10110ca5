"""公共资源环节: the desk of services that communities have, per head and ranked by how far they fall short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import cast

from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.ruled import place
from huaying_governance.flows.stewardship.partners import told
from huaying_governance.flows.stewardship.shared import checked, named_faults
from huaying_governance.flows.stewardship.words import FOUND
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.stewardship.plans import resources
from huaying_governance.stewardship.plans.units import shown
from huaying_governance.tables.specs import plans as specs
from huaying_governance.text import Text

TWICE = Text("同一社区同一服务出现两次", "one community and service stand twice")
TWICE_CURE = Text("留一行", "keep one row")


def _level_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("service_levels")(case, tables)
    yield from named_faults(case, tables, "service_levels", "service", "standard")
    seen: set[tuple[str, object]] = set()
    for row in tables.rows("service_levels"):
        key = place(case, row), row["service"]
        if key in seen:
            yield fault(row, "service", "duplicate-level", TWICE, TWICE_CURE)
        seen.add(key)


def _judge_levels(run: Run) -> Iterable[Report]:
    rules = run.case.pack.rules(StewardshipRules)
    if "service_levels" not in run.tables or rules is None:
        return ()
    levels = [
        resources.Level(
            community=place(run.case, row),
            service=rules.named("standard", str(row["service"])),
            places=cast(int, row["facility_count"]),
            people=cast("int | None", row["people"]),
        )
        for row in run.tables.rows("service_levels")
    ]
    standards = {standard.service: standard for standard in rules.standards}
    lines = []
    for one in resources.gaps(levels, standards):
        heads = _heads(one.per_thousand)
        figures = [one.rank, one.community, one.places, one.people, heads, one.needed, one.short]
        lines.append([one.service, *figures, *told(one.ruling, run)])
    return (Report(specs.GAPS, lines, counts={"levels": len(lines)}, words=FOUND),)


def _heads(value: Fraction | None) -> str:
    return "" if value is None else shown(value, 3)


DESKS: tuple[Desk, ...] = (Desk(_judge_levels, faults=_level_faults),)
"""公共资源 → the tables of `tables.specs.plans`."""
PARENTS: Mapping[str, str] = {}
