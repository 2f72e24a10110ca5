"""零工和公益性岗位环节: the desks of temporary work, public-interest posts and kinds of job."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.employment import (
    gig_steps,
    gigs,
    job_kinds,
    public_post_steps,
    public_posts,
)
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.employment.placements import some_rules
from huaying_governance.flows.employment.reports import (
    gig_reports,
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
    rules = some_rules(run)
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
    rules = some_rules(run)
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
    rules = some_rules(run)
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
    GIGS.desk(),
    PUBLIC_POSTS.desk(),
    Desk(_judge_jobs, faults=_kind_faults("job_lots")),
)
"""零工、公益性岗位、岗位种类 → the tables of `tables.specs.employment`."""
PARENTS = {"gig_acts": "gigs", "public_post_acts": "public_placements"}
