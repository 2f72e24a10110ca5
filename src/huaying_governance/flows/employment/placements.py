"""乐业环节: the desks of fairs, placements, agencies, temporary work, public-interest posts and kinds of job."""

# Long: one desk after another, each with what it reads and reports.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from attrs import evolve

from huaying_governance.casework import Casebook
from huaying_governance.employment import (
    agencies,
    fair_steps,
    fairs,
    gig_steps,
    gigs,
    job_kinds,
    placement,
    placement_steps,
    public_post_steps,
    public_posts,
)
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.employment.reports import (
    agency_report,
    fair_report,
    gig_reports,
    ladder_report,
    placement_report,
    public_reports,
    stock_report,
)
from huaying_governance.flows.employment.training import checked, rules_of, step_of
from huaying_governance.flows.followed import Book, Followed, moment
from huaying_governance.flows.ruled import place
from huaying_governance.packs.rules.employment import EmploymentRules
from huaying_governance.tables import Row
from huaying_governance.tables.specs import employment as specs
from huaying_governance.text import Text

NO_KIND = Text("政策包的岗位目录没有这个种类", "the pack's catalogue has no such kind of job")
NO_KIND_CURE = Text("用以下之一：{all}", "use one of {all}")
NO_ONE = Text("{t} 表中没有这个编号", "the table `{t}` has no such id")
NO_ONE_CURE = Text("在 {t} 中补上，或改正编号", "add it to {t}, or mend the id")
BEFORE_PLAN = Text("举办日早于计划登记日", "the fair lies before the day it was planned on")
BEFORE_PLAN_CURE = Text("改正日期", "mend the day")


def _rules(run: Run) -> EmploymentRules | None:
    return run.case.pack.rules(EmploymentRules)


def _known(
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


# Placements -----------------------------------------------------------------------------------------------------


def _placement(case: Case, row: Row) -> placement.Placement:
    return placement.Placement(
        person=str(row["person"]),
        community=place(case, row),
        fair=str(row["fair"] or ""),
        agency=str(row["agency"] or ""),
        employer=str(row["employer"]),
        at=moment(row, "date"),
    )


def _fair_rules(run: Run) -> Any:
    rules = _rules(run)
    return None if rules is None else rules.fairs


def _all_placements(run: Run) -> list[placement.Standing]:
    """Return every placement that the store knows: a ladder counts what was kept before, too."""
    book: Book = Casebook(run.store, placement_steps.PLACEMENTS, _fair_rules(run))
    return [standing for _, standing in book.all()]


def _placement_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    held = [(id_, book.standing(id_), row) for id_, row in shown]
    rules = _fair_rules(run)
    return (
        placement_report(run, rules, held, later),
        ladder_report(run, rules, _all_placements(run) if rules is not None else []),
    )


def _placement_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("placements", "placement_acts")(case, tables)
    yield from _known(tables, "placements", "agency", "agencies")


def _placement_desk() -> Desk:
    """Return the desk of placements, which asks the store besides whether it knows their fairs."""
    desk = PLACEMENTS.desk()

    def against_store(run: Run) -> Iterator[Fault]:
        fairs_known: Book = Casebook(run.store, fair_steps.FAIRS, _fair_rules(run))
        yield from desk.against_store(run)
        yield from _known(run.tables, "placements", "fair", "fairs", fairs_known.knows)

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
    _fair_rules,
    _placement_report,
    at="date",
    faults=_placement_faults,
)


# Fairs ----------------------------------------------------------------------------------------------------------


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
    for one in _all_placements(run) if held else ():
        came.setdefault(one.held.fair, []).append(one)
    return (fair_report(run, _fair_rules(run), held, came, later),)


FAIRS = Followed(
    "fairs",
    "fair_acts",
    "fair",
    Text("招聘会", "following fairs"),
    specs.REFUSED_FAIR_ACTS,
    fair_steps.FAIRS,
    _fair,
    _fair_act,
    _fair_rules,
    _fair_report,
    at="date",
    faults=_fair_faults,
)


# Agencies -------------------------------------------------------------------------------------------------------


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
    yield from _known(tables, "agency_outreach", "agency", "agencies")


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
    for one in _all_placements(run):
        through.setdefault(one.held.agency, []).append(one)
    later = sum(cast(date, row["date"]) > on for row in outreach)
    return (agency_report(run, rules.fairs, held, visits, through, later),)


# Temporary work -------------------------------------------------------------------------------------------------


def _order(case: Case, row: Row) -> gigs.Order:
    return gigs.Order(
        community=place(case, row),
        employer=str(row["gig_giver"]),
        task=str(row["gig_task"]),
        work_on=cast(date, row["work_on"]),
        pay=cast(Decimal, row["gig_pay"]),
        pay_by=cast("date | None", row["pay_by"]),
        at=moment(row, "date"),
    )


def _gig_rules(run: Run) -> Any:
    rules = _rules(run)
    return None if rules is None else rules.gigs


def _gig_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    held = [(id_, book.standing(id_), row) for id_, row in shown]
    return gig_reports(run, _gig_rules(run), held, later)


GIGS = Followed(
    "gigs",
    "gig_acts",
    "gig",
    Text("零工", "following temporary work"),
    specs.REFUSED_GIG_ACTS,
    gig_steps.GIGS,
    _order,
    lambda _case, row: step_of(gigs.Act, row, amount=row["amount"]),
    _gig_rules,
    _gig_report,
    at="date",
    faults=checked("gigs", "gig_acts"),
)


# Public-interest posts ------------------------------------------------------------------------------------------


def _kind_of(case: Case, row: Row) -> str:
    """Return the id of a kind of job that a row names by id or by title; what it writes where there is none."""
    written = str(row["job_kind"])
    rules = case.pack.rules(EmploymentRules)
    kinds = {} if rules is None else rules.job_kinds
    named = {title: one.id for one in kinds.values() for title in (one.title.zh, one.title.en)}
    return written if written in kinds else named.get(written, written)


def _kind_faults(*tables: str) -> Callable[[Case, Tables], Iterator[Fault]]:
    def faults(case: Case, held: Tables) -> Iterator[Fault]:
        yield from checked(*tables)(case, held)
        rules = case.pack.rules(EmploymentRules)
        known = {} if rules is None else rules.job_kinds
        for row in held.rows(tables[0]) if rules is not None else ():
            if _kind_of(case, row) not in known:
                cure = NO_KIND_CURE.fill(all=", ".join(known))
                yield fault(row, "job_kind", "unknown-job-kind", NO_KIND, cure)

    return faults


def _application(case: Case, row: Row) -> public_posts.Application:
    return public_posts.Application(
        person=str(row["person"]),
        public_post=str(row["public_post"]),
        job_kind=_kind_of(case, row),
        community=place(case, row),
        hardship=str(row["hardship"]),
        evidence=str(row["hardship_evidence"] or ""),
        born=cast("date | None", row["born"]),
        group=str(row["retirement_group"] or ""),
        registered=cast("bool | None", row["registered_unemployed"]),
        unemployed_since=cast("date | None", row["unemployed_since"]),
        employed_elsewhere=cast("bool | None", row["employed_elsewhere"]),
        earlier=cast("int | None", row["earlier_placements"]),
        first_approved=cast("date | None", row["first_approved"]),
        at=moment(row, "date"),
    )


def _public_terms(run: Run) -> Any:
    rules = _rules(run)
    if rules is None:
        return None
    book: Book = Casebook(run.store, public_post_steps.PUBLIC_PLACEMENTS, None)
    ids: dict[str, set[str]] = {}
    for id_, standing in book.all():
        ids.setdefault(standing.held.person, set()).add(id_)
    for row in run.tables.rows("public_placements"):
        ids.setdefault(str(row["person"]), set()).add(str(row["id"]))

    def known(person: str) -> Iterator[public_posts.Standing]:
        """Yield the placements of a person as the store knows them now."""
        return (book.standing(id_) for id_ in ids.get(person, ()) if book.knows(id_))

    return public_posts.Terms(
        rules.public_posts,
        run.case.calendar,
        lambda person: sum(one.started_on is not None for one in known(person)),
        lambda person: sum(one.state == "on_post" for one in known(person)),
    )


def _public_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    held = [(id_, book.standing(id_), row) for id_, row in shown]
    rules = _rules(run)
    return public_reports(run, None if rules is None else rules.public_posts, held, later)


PUBLIC_POSTS = Followed(
    "public_placements",
    "public_post_acts",
    "public_placement",
    Text("公益性岗位", "following public-interest posts"),
    specs.REFUSED_PUBLIC_ACTS,
    public_post_steps.PUBLIC_PLACEMENTS,
    _application,
    lambda _case, row: step_of(public_posts.Act, row, until=row["until_on"], suitable=row["suitable"]),
    _public_terms,
    _public_report,
    at="date",
    faults=_kind_faults("public_placements", "public_post_acts"),
)


# Kinds of job ---------------------------------------------------------------------------------------------------


def _judge_jobs(run: Run) -> Iterable[Report]:
    if "job_lots" not in run.tables:
        return ()
    rows = run.tables.rows("job_lots")
    if not rows:
        return (Report(specs.JOB_STOCK, []),)
    lots = [
        job_kinds.Lot(
            id=str(row["id"]),
            kind=_kind_of(run.case, row),
            community=place(run.case, row),
            jobs=cast(int, row["jobs"]),
            filled=cast("int | None", row["filled_jobs"]),
            since=cast(date, row["from"]),
            until=cast("date | None", row["to"]),
        )
        for row in rows
    ]
    return (stock_report(run, rules_of(run.case).job_kinds, lots),)


DESKS: tuple[Desk, ...] = (
    _placement_desk(),
    FAIRS.desk(),
    Desk(_judge_agencies, faults=_agency_faults),
    GIGS.desk(),
    PUBLIC_POSTS.desk(),
    Desk(_judge_jobs, faults=_kind_faults("job_lots")),
)
"""乐业 → the tables of `tables.specs.employment`; placements come first, fairs and agencies count them."""
PARENTS = {
    "placement_acts": "placements",
    "fair_acts": "fairs",
    "agency_outreach": "agencies",
    "gig_acts": "gigs",
    "public_post_acts": "public_placements",
}
