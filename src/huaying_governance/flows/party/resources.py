"""大党委资源环节: the desks of bookings of shared resources and of projects; rights are asked where data changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.party.whistles import checked, rules_of
from huaying_governance.flows.ruled import filled, labels, place, share
from huaying_governance.kernel.dates import show_moment
from huaying_governance.party import booking, committee, composition, project
from huaying_governance.party.rights import Grant, Rights
from huaying_governance.tables import Row
from huaying_governance.tables.specs import party as specs
from huaying_governance.tables.specs import party_work as work
from huaying_governance.text import Text

UNKNOWN = Text("资源清单中没有这个编号", "the list of resources has no such id")
UNKNOWN_CURE = Text("先登记资源，或改正编号", "list the resource first, or mend the id")
UNLISTED = Text("清单中没有这个编号", "no such id is listed")
UNLISTED_CURE = Text("先列入需求或资源清单，或改正编号", "list the need or resource first, or mend the id")
Shown = Sequence[tuple[str, Row | None]]


def rights_of(run: Run) -> Rights:
    """Return the rights granted by the tables of a run."""
    return Rights(
        tuple(
            Grant(
                actor=str(row["actor"]),
                right=str(row["right"]),
                community=place(run.case, row),
                since=cast("date | None", row["from"]),
                until=cast("date | None", row["to"]),
            )
            for row in run.tables.rows("rights_granted")
        )
    )


def _booking(_case: Case, row: Row) -> committee.Booking:
    return committee.Booking(
        resource=str(row["resource"]),
        start=cast(datetime, row["from_at"]),
        end=cast(datetime, row["to_at"]),
        asked=cast(date, row["date"]),
    )


def _booking_act(_case: Case, row: Row) -> committee.Act:
    return filled(committee.Act, row)


def _booking_terms(run: Run) -> committee.Terms:
    return committee.Terms(_resources(run), rights_of(run).grants, _rivals(run))


def _resources(run: Run) -> dict[str, committee.Resource]:
    return {
        str(row["id"]): committee.Resource(
            id=str(row["id"]),
            kind=str(row["kind"]),
            owner=str(row["owner"]),
            community=place(run.case, row),
            consent=cast("bool | None", row["consent"]),
        )
        for row in run.tables.rows("resources")
    }


def _rivals(run: Run) -> Callable[[committee.Booking], Iterable[committee.Standing]]:
    """Return what finds the bookings that could overlap one: the store is read once, then only those concerned.

    What opens a booking never changes, so that when which resource is asked for is known once all are opened.
    """
    book: Casebook[committee.Booking, committee.Standing, Any, Any] = Casebook(
        run.store, booking.BOOKINGS, None
    )
    held: list[committee.Calendar] = []

    def rivals(asked: committee.Booking) -> Iterable[committee.Standing]:
        if not held:
            held.append(committee.Calendar.of((id_, one.booking) for id_, one in book.all()))
        return [book.standing(id_) for id_ in held[0].touching(asked)]

    return rivals


def _booking_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("resources", "rights_granted")(case, tables)
    known = {row["id"] for row in (*tables.rows("resources"), *tables.bad("resources"))}
    for row in tables.rows("bookings"):
        if row["resource"] not in known:
            yield fault(row, "resource", "unknown-resource", UNKNOWN, UNKNOWN_CURE)


def _booking_report(run: Run, book: Book, shown: Shown, later: int) -> Iterable[Report]:
    lines: list[list[object]] = []
    counts: Counter[str] = Counter()
    for id_, row in shown:
        one = book.standing(id_)
        counts[one.state] += 1
        span = (show_moment(one.booking.start, run.lang), show_moment(one.booking.end, run.lang))
        extras = row.extras if row is not None else ()
        lines.append([id_, one.booking.resource, *span, one.state, one.actor, *extras])
    extras = run.tables.extras("bookings")
    return (Report(specs.BOOKINGS_OUT, lines, extras, counts, later=later, words=labels(booking.BOOKINGS)),)


BOOKINGS = Followed(
    "bookings",
    "booking_acts",
    "booking",
    Text("资源预订", "following bookings"),
    specs.REFUSED_BOOKING_ACTS,
    booking.BOOKINGS,
    _booking,
    _booking_act,
    _booking_terms,
    _booking_report,
    faults=_booking_faults,
)


def _project_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("projects", "committee_members")(case, tables)
    for column, table in (("need", "service_needs"), ("resource", "resources")):
        known = {row["id"] for row in (*tables.rows(table), *tables.bad(table))}
        for row in tables.rows("projects"):
            if row[column] not in known:
                yield fault(row, column, f"unknown-{column}", UNLISTED, UNLISTED_CURE)


def seats_of(run: Run) -> tuple[composition.Seat, ...]:
    """Return the seats of the grand committees."""
    return tuple(
        composition.Seat(
            member=str(row["person"]),
            unit=str(row["unit"]),
            kind=str(row["kind"]),
            community=place(run.case, row),
            since=cast(date, row["from"]),
            until=cast("date | None", row["to"]),
        )
        for row in run.tables.rows("committee_members")
    )


def projects_of(run: Run) -> list[tuple[str, project.Standing]]:
    """Return the projects that the store of a run keeps."""
    book: Book = Casebook(run.store, project.PROJECTS, None)
    return [(id_, one) for id_, one in book.all() if one.project.on <= run.case.on]


def _project(case: Case, row: Row) -> project.Project:
    return filled(project.Project, row, community=place(case, row), on=row["date"], due=row["due_on"])


def _project_terms(run: Run) -> project.Terms:
    return project.Terms(rights_of(run), seats_of(run))


def _project_report(run: Run, book: Book, shown: Shown, later: int) -> Iterable[Report]:
    lines: list[list[object]] = []
    held = [(id_, cast(project.Standing, book.standing(id_)), row) for id_, row in shown]
    for id_, one, row in held:
        asked = one.project
        late = one.done is None and one.state != "dropped" and asked.due < run.case.on
        first = [id_, one.state, asked.community, asked.need, asked.resource, asked.lead, asked.due]
        members = tuple(member for member, _ in one.claims)
        lines.append([*first, one.done, late, members, *(row.extras if row is not None else ())])
    counts = Counter(one.state for _, one, _ in held)
    extras, words = run.tables.extras("projects"), labels(project.PROJECTS)
    yield Report(work.PROJECTS_OUT, lines, extras, counts, later, words=words)
    needs, resources = (
        [str(row["id"]) for row in run.tables.rows(name)] for name in ("service_needs", "resources")
    )
    found = project.three_lists(resources, needs, [(id_, one) for id_, one, _ in held], run.case.on)
    lists = [[one.name, one.total, one.met, share(one.met, one.total), one.overdue] for one in found]
    yield Report(work.THREE_LISTS, lists)
    yield from _suggestions(run, [(id_, one) for id_, one, _ in held])


NEAR = Text("同一社区的空闲资源，所有者已同意", "free, in the same community, with its owner's consent")
FAR = Text("其他社区的空闲资源，所有者已同意", "free, in another community, with its owner's consent")
NOT_FREE = Text("没有空闲的同类资源", "no resource of that kind is free")


def _suggestions(run: Run, held: Sequence[tuple[str, project.Standing]]) -> Iterator[Report]:
    """供需匹配: suggest resources for the needs that say which kind they ask for."""
    rows = [row for row in run.tables.rows("service_needs") if row["resource_kind"] is not None]
    if not rows:
        return
    asked = {str(row["id"]): (place(run.case, row), str(row["resource_kind"])) for row in rows}
    found = project.suggest([(id_, *each) for id_, each in asked.items()], _resources(run).values(), held)
    lines: list[list[object]] = []
    for one in found:
        reason = NOT_FREE if not one.resource else NEAR if one.near else FAR
        lines.append([one.need, *asked[one.need], one.resource, one.near, reason.say(run.lang)])
    yield Report(work.SUGGESTIONS, lines)


def _judge_agreements(run: Run) -> Iterable[Report]:
    rows = run.tables.rows("pilot_agreements")
    if not rows:
        return ()
    pilots, lines = rules_of(run.case).pilots, []
    for row in rows:
        one = committee.Agreement(
            id=str(row["id"]),
            community=place(run.case, row),
            partner=str(row["unit"]),
            since=cast(date, row["from"]),
            until=cast("date | None", row["to"]),
        )
        told = [one.community in pilots, one.holds(run.case.on)]
        lines.append([one.id, one.community, one.partner, row["purpose"], *told, *row.extras])
    return (Report(work.AGREEMENTS_OUT, lines, run.tables.extras("pilot_agreements")),)


PROJECTS = Followed(
    "projects",
    "project_acts",
    "project",
    Text("大党委项目", "following projects"),
    work.REFUSED_PROJECT_ACTS,
    project.PROJECTS,
    _project,
    lambda _case, row: filled(project.Act, row, at="date"),
    _project_terms,
    _project_report,
    at="date",
    faults=_project_faults,
)


DESKS: tuple[Desk, ...] = (
    BOOKINGS.desk(),
    PROJECTS.desk(),
    Desk(_judge_agreements, faults=checked("pilot_agreements")),
)
"""大党委资源 → the tables of `tables.specs.party` and `tables.specs.party_work`."""
PARENTS: Mapping[str, str] = {
    "booking_acts": "bookings",
    "bookings": "resources",
    "project_acts": "projects",
}
