"""求职服务环节: the desks of placements and of fairs; a fair counts the placements that came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, cast

from attrs import evolve

from huaying_governance.casework import Casebook
from huaying_governance.employment import (
    fair_steps,
    fairs,
    placement,
    placement_steps,
)
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.employment.reports import (
    fair_report,
    ladder_report,
    placement_report,
)
from huaying_governance.flows.employment.training import checked, step_of
from huaying_governance.flows.followed import Book, Followed, moment
from huaying_governance.flows.ruled import place
from huaying_governance.packs.rules.employment import EmploymentRules
from huaying_governance.tables import Row
from huaying_governance.tables.specs import employment as specs
from huaying_governance.text import Text

NO_ONE = Text("{t} 表中没有这个编号", "the table `{t}` has no such id")
NO_ONE_CURE = Text("在 {t} 中补上，或改正编号", "add it to {t}, or mend the id")
BEFORE_PLAN = Text("举办日早于计划登记日", "the fair lies before the day it was planned on")
BEFORE_PLAN_CURE = Text("改正日期", "mend the day")


def some_rules(run: Run) -> EmploymentRules | None:
    """Return the pack's rules of employment, where it has any."""
    return run.case.pack.rules(EmploymentRules)


def known_in(
    tables: Tables,
    table: str,
    column: str,
    parent: str,
    kept: Callable[[str], bool] = lambda _: False,
) -> Iterator[Fault]:
    """Yield rows that name nothing of another table of the folder, nor of what the store has kept of it.

    Where there is no such table, or one that cannot be trusted, nothing is asked.
    """
    if parent not in tables or not tables.whole(parent):
        return
    ids = {row["id"] for row in (*tables.rows(parent), *tables.bad(parent))}
    for row in tables.rows(table):
        if row[column] and row[column] not in ids and not kept(str(row[column])):
            message = NO_ONE.fill(t=parent)
            yield fault(row, column, f"unknown-{column}", message, NO_ONE_CURE.fill(t=parent))


def _placement(case: Case, row: Row) -> placement.Placement:
    return placement.Placement(
        person=str(row["person"]),
        community=place(case, row),
        fair=str(row["fair"] or ""),
        agency=str(row["agency"] or ""),
        employer=str(row["employer"]),
        at=moment(row, "date"),
    )


def fair_rules(run: Run) -> Any:
    """Return the rules of fairs and placements, where the pack has any."""
    rules = some_rules(run)
    return None if rules is None else rules.fairs


def all_placements(run: Run) -> list[placement.Standing]:
    """Return every placement that the store knows: a ladder counts what was kept before, too."""
    book: Book = Casebook(run.store, placement_steps.PLACEMENTS, fair_rules(run))
    return [standing for _, standing in book.all()]


def _placement_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    held = [(id_, book.standing(id_), row) for id_, row in shown]
    rules = fair_rules(run)
    return (
        placement_report(run, rules, held, later),
        ladder_report(run, rules, all_placements(run) if rules is not None else []),
    )


def _placement_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("placements", "placement_acts")(case, tables)
    yield from known_in(tables, "placements", "agency", "agencies")


def _placement_desk() -> Desk:
    """Return the desk of placements, which asks the store besides whether it knows their fairs."""
    desk = PLACEMENTS.desk()

    def against_store(run: Run) -> Iterator[Fault]:
        fairs_known: Book = Casebook(run.store, fair_steps.FAIRS, fair_rules(run))
        yield from desk.against_store(run)
        yield from known_in(run.tables, "placements", "fair", "fairs", fairs_known.knows)

    return evolve(desk, against_store=against_store)


PLACEMENTS = Followed(
    "placements",
    "placement_acts",
    "placement",
    Text("求职服务", "following placements"),
    specs.REFUSED_PLACEMENT_ACTS,
    placement_steps.PLACEMENTS,
    _placement,
    lambda _case, row: step_of(placement.Act, row),
    fair_rules,
    _placement_report,
    at="date",
    faults=_placement_faults,
)


def _fair(case: Case, row: Row) -> fairs.Fair:
    return fairs.Fair(
        community=place(case, row),
        organiser=str(row["fair_organiser"]),
        held_on=cast(date, row["fair_on"]),
        expected=cast(int, row["expected_heads"]),
        free=cast("bool | None", row["free_of_charge"]),
        at=moment(row, "date"),
    )


def _fair_act(_case: Case, row: Row) -> object:
    return step_of(fairs.Act, row, checked=row["risk_checked"], gate=row["gate_heads"])


def _fair_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("fairs", "fair_acts")(case, tables)
    for row in tables.rows("fairs"):
        if cast(date, row["fair_on"]) < cast(date, row["date"]):
            yield fault(row, "fair_on", "fair-before-plan", BEFORE_PLAN, BEFORE_PLAN_CURE)


def _fair_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    held = [(id_, book.standing(id_), row) for id_, row in shown]
    came: dict[str, list[placement.Standing]] = {}
    for one in all_placements(run) if held else ():
        came.setdefault(one.held.fair, []).append(one)
    return (fair_report(run, fair_rules(run), held, came, later),)


FAIRS = Followed(
    "fairs",
    "fair_acts",
    "fair",
    Text("招聘会", "following fairs"),
    specs.REFUSED_FAIR_ACTS,
    fair_steps.FAIRS,
    _fair,
    _fair_act,
    fair_rules,
    _fair_report,
    at="date",
    faults=_fair_faults,
)


DESKS: tuple[Desk, ...] = (_placement_desk(), FAIRS.desk())
"""求职服务、招聘会 → the tables of `tables.specs.employment`; placements come first, fairs and agencies count them."""
PARENTS = {"placement_acts": "placements", "fair_acts": "fairs"}
