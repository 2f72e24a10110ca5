"""中介机构环节: the desk of agencies: what they may not do, whom they reached, whom they placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from huaying_governance.employment import (
    agencies,
    placement,
)
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run
from huaying_governance.flows.employment.placements import all_placements, known_in
from huaying_governance.flows.employment.reports import (
    agency_report,
)
from huaying_governance.flows.employment.training import checked, rules_of
from huaying_governance.flows.ruled import place
from huaying_governance.tables import Row
from huaying_governance.tables.specs import employment as specs


def _agency(row: Row) -> agencies.Agency:
    return agencies.Agency(
        id=str(row["id"]),
        licence=str(row["licence_no"] or ""),
        licence_to=cast("date | None", row["licence_to"]),
        publicised=cast("bool | None", row["publicised"]),
        charges=cast("bool | None", row["charges_seekers"]),
        keeps=cast("bool | None", row["keeps_deposit"]),
        since=cast("date | None", row["serving_since"]),
        ledger_from=cast("date | None", row["ledger_from"]),
    )


def _agency_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("agencies", "agency_outreach")(case, tables)
    yield from known_in(tables, "agency_outreach", "agency", "agencies")


def _judge_agencies(run: Run) -> Iterable[Report]:
    if "agencies" not in run.tables:
        return ()
    rows = run.tables.rows("agencies")
    if not rows:
        return (Report(specs.AGENCY_PERFORMANCE, []),)
    rules, on = rules_of(run.case), run.case.on
    held = [(row, agencies.judge_agency(_agency(row), rules.agencies, on)) for row in rows]
    visits: dict[str, list[tuple[str, int]]] = {}
    outreach = run.tables.rows("agency_outreach")
    for row in outreach:
        if cast(date, row["date"]) <= on:
            told = place(run.case, row), cast(int, row["reached_heads"] or 0)
            visits.setdefault(str(row["agency"]), []).append(told)
    through: dict[str, list[placement.Standing]] = {}
    for one in all_placements(run):
        through.setdefault(one.held.agency, []).append(one)
    later = sum(cast(date, row["date"]) > on for row in outreach)
    return (agency_report(run, rules.fairs, held, visits, through, later),)


DESKS: tuple[Desk, ...] = (Desk(_judge_agencies, faults=_agency_faults),)
"""中介机构 → the tables of `tables.specs.employment`."""
PARENTS = {"agency_outreach": "agencies"}
