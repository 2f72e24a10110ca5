"""邻里环节: the desks of volunteering, collection points, coverage, inspection, incidents, receipts."""

# Long: one desk after another, each with what it reads and checks.

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.flows import neighbourhood_reports as told
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.ruled import labels, place, ruled, stated
from huaying_governance.kernel.geo import Point
from huaying_governance.kernel.ids import CreditCode
from huaying_governance.neighbourhood import (
    collecting,
    coverage,
    hours,
    incident,
    inspection,
    partners,
    points,
    rectifying,
    scope,
    service,
    volunteering,
)
from huaying_governance.packs.neighbourhood_rules import NeighbourhoodRules
from huaying_governance.tables import Row
from huaying_governance.tables import specs_neighbourhood as specs
from huaying_governance.tables.spec import point_of
from huaying_governance.text import Text

checked = partial(ruled, NeighbourhoodRules, "neighbourhood")
"""Given names of tables, their checks."""
NO_KIND = Text("政策包没有这种服务类别", "the pack states no such kind of service")
NO_KIND_CURE = Text("用以下之一：{all}", "use one of {all}")
NO_PARTNER = Text("合作组织表中没有这个编号", "the table of partners has no such id")
NO_PARTNER_CURE = Text(
    "先登记组织，或留空（居委会自行组织）", "list it first, or leave the cell empty for the committee itself"
)
BAD_CODE = Text("不是有效的统一社会信用代码", "no valid unified social credit code")
BAD_CODE_CURE = Text("核对登记证书；未登记的留空", "see its certificate; leave it empty if not registered")
NO_SITE = Text("巡查点位表中没有这个编号", "the table of sites has no such id")
NO_SITE_CURE = Text("先登记点位，或改正编号", "list the site first, or mend the id")
SCOPE_CURE = Text(
    "从本表删去该行；只在 handover_receipts 记移交回执",
    "remove the row; list only the receipt in `handover_receipts`",
)


def rules_of(case: Case) -> NeighbourhoodRules:
    """Return the pack's rules of the neighbourhood."""
    return stated(case, NeighbourhoodRules)


def _asking(judge: Callable[..., Iterable[Report]]) -> Callable[..., Iterable[Report]]:
    """Return a judge that reports nothing where the pack has no rules: every row is a problem there already."""

    def judged(run: Run, *more: Any) -> Iterable[Report]:
        return () if run.case.pack.rules(NeighbourhoodRules) is None else judge(run, *more)

    return judged


def _text(row: Row, name: str) -> str:
    return str(row[name] or "")


def _degrees(row: Row) -> tuple[Decimal | None, Decimal | None]:
    found: Point | None = point_of(row.to_dict())
    return (None, None) if found is None else (found.longitude, found.latitude)


# Volunteering ---------------------------------------------------------------------------------------------------


def _kind(case: Case, text: str) -> str:
    found = rules_of(case).volunteering.kind_of(text)
    return text if found is None else found.id


def _order(case: Case, row: Row) -> service.Order:
    return service.Order(
        id=str(row["id"]),
        community=place(case, row),
        kind=_kind(case, str(row["service_kind"])),
        requester=str(row["requester"]),
        organiser=_text(row, "organiser"),
        at=cast(datetime, row["at"]),
        start=cast(datetime, row["from_at"]),
        end=cast(datetime, row["to_at"]),
        places=cast(int, row["count"]),
        charged=row["charged"] is True,
    )


def _order_act(_case: Case, row: Row) -> service.Act:
    role, actor = str(row["role"]), str(row["actor"])
    return service.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=actor,
        role=role,
        volunteer=_text(row, "volunteer") or (actor if role == "volunteer" else ""),
        start=cast("datetime | None", row["from_at"]),
        end=cast("datetime | None", row["to_at"]),
        satisfied=cast("bool | None", row["satisfied"]),
        reason=_text(row, "reason"),
        evidence=_text(row, "evidence"),
    )


def _partner(case: Case, row: Row) -> partners.Partner:
    return partners.Partner(
        id=str(row["id"]),
        name=str(row["name"]),
        kind=str(row["kind"]),
        community=place(case, row),
        code=_text(row, "credit_code"),
        since=cast("date | None", row["from"]),
        until=cast("date | None", row["to"]),
    )


def _volunteer(case: Case, row: Row) -> service.Volunteer:
    skills = cast("tuple[str, ...] | None", row["skills"]) or ()
    return service.Volunteer(
        person=str(row["volunteer"]),
        skills=tuple(_kind(case, skill) for skill in skills),
        insured=cast("bool | None", row["insured"]),
        minor=cast("bool | None", row["minor"]),
        guardian_consent=cast("bool | None", row["guardian_consent"]),
    )


def volunteer_terms(run: Run) -> Any:
    """Return what orders are judged by; None where the pack has no rules, and so no order is judged.

    Of a volunteer's other orders those are read that the store knew when it was first asked, and those that an act of
    this folder names him on: together all that he may be taken by.
    """
    rules = run.case.pack.rules(NeighbourhoodRules)
    if rules is None:
        return None
    book: Casebook[Any, service.Standing, Any, Any] = Casebook(run.store, volunteering.ORDERS, None)

    @cache
    def involved() -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for id_, one in book.all():
            for volunteer in (*one.matched, *(record.volunteer for record in one.records)):
                found.setdefault(volunteer, set()).add(id_)
        for row in run.tables.rows("volunteer_acts"):
            found.setdefault(_text(row, "volunteer"), set()).add(str(row["volunteer_order"]))
        return found

    known: dict[str, tuple[service.Standing, int]] = {}

    def taken(volunteer: str, standing: service.Standing) -> Iterable[Any]:
        others = sorted(involved().get(volunteer, set()) - {standing.order.id})
        for id_ in others:
            if id_ in known or book.knows(id_):
                known[id_] = book.advanced(id_, known.get(id_))
        return hours.taken((known[id_][0] for id_ in others if id_ in known), volunteer)

    return service.Terms(
        rules.volunteering,
        {str(row["id"]): _partner(run.case, row) for row in run.tables.rows("partners")},
        {str(row["volunteer"]): _volunteer(run.case, row) for row in run.tables.rows("volunteers")},
        taken,
    )


@_asking
def _order_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    rules = rules_of(run.case).volunteering
    held = [(id_, book.standing(id_), row) for id_, row in shown]
    every = [one for _, one in book.all()]
    counts = Counter(one.state for _, one, _ in held)
    lines = [[*told.order_line(run, rules, id_, one), *told.extras(row)] for id_, one, row in held]
    return (
        Report(
            specs.ORDERS_OUT,
            lines,
            run.tables.extras("volunteer_orders"),
            counts,
            later,
            words=labels(volunteering.ORDERS),
        ),
        Report(specs.SERVICES_OUT, told.service_months(every)),
        Report(specs.CERTIFICATES, told.certificate_lines(run, rules, every)),
    )


def _service_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("volunteer_orders", "volunteers", "volunteer_acts", "partners")(case, tables)
    rules = case.pack.rules(NeighbourhoodRules)
    for row in tables.rows("partners"):
        if row["credit_code"] is not None and not CreditCode.is_valid(str(row["credit_code"])):
            yield fault(row, "credit_code", "bad-credit-code", BAD_CODE, BAD_CODE_CURE)
    if rules is None:
        return
    kinds = NO_KIND_CURE.fill(all=", ".join(rules.volunteering.kinds))
    known = {row["id"] for row in (*tables.rows("partners"), *tables.bad("partners"))}
    for row in tables.rows("volunteer_orders"):
        if rules.volunteering.kind_of(str(row["service_kind"])) is None:
            yield fault(row, "service_kind", "unknown-service", NO_KIND, kinds)
        if row["organiser"] is not None and row["organiser"] not in known:
            yield fault(row, "organiser", "unknown-partner", NO_PARTNER, NO_PARTNER_CURE)
    for row in tables.rows("volunteers"):
        for skill in cast("tuple[str, ...] | None", row["skills"]) or ():
            if rules.volunteering.kind_of(skill) is None:
                yield fault(row, "skills", "unknown-service", NO_KIND, kinds)


ORDERS = Followed(
    "volunteer_orders",
    "volunteer_acts",
    "volunteer_order",
    Text("志愿服务", "following orders for help"),
    specs.REFUSED_ORDER_ACTS,
    volunteering.ORDERS,
    _order,
    _order_act,
    volunteer_terms,
    _order_report,
    moment="at",
    faults=_service_faults,
)


@_asking
def _judge_partners(run: Run) -> Iterable[Report]:
    if "partners" not in run.tables:
        return ()
    rules = rules_of(run.case).volunteering
    held = [(_partner(run.case, row), row) for row in run.tables.rows("partners")]
    lines = [[*told.partner_line(run, rules, one), *row.extras] for one, row in held]
    counts = Counter(str(one.reach(run.case.on)) for one, _ in held)
    return (Report(specs.PARTNERS_OUT, lines, run.tables.extras("partners"), counts),)


# Collection points ----------------------------------------------------------------------------------------------


def _point(case: Case, row: Row) -> points.CollectionPoint:
    longitude, latitude = _degrees(row)
    return points.CollectionPoint(
        id=str(row["id"]),
        community=place(case, row),
        kind=str(row["kind"]),
        at=cast(datetime, row["at"]),
        longitude=longitude,
        latitude=latitude,
        datum=_text(row, "datum"),
        until=cast("date | None", row["to"]),
        photo=_text(row, "photo"),
    )


def _point_act(_case: Case, row: Row) -> points.Act:
    return points.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        approval=_text(row, "approval"),
        reason=_text(row, "reason"),
        evidence=_text(row, "evidence"),
    )


def _point_terms(run: Run) -> Any:
    rules = run.case.pack.rules(NeighbourhoodRules)
    return None if rules is None else points.Terms(rules.collection)


@_asking
def _point_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    rules = rules_of(run.case).collection
    every: list[points.Standing] = [one for _, one in book.all()]
    review = points.duplicates(every, rules.duplicate_metres)
    photos = points.repeated_photos(one.point for one in every if one.state != "void")
    lines = [
        [*told.point_line(run, rules, book.standing(id_), review, photos), *told.extras(row)]
        for id_, row in shown
    ]
    counts = Counter(book.standing(id_).state for id_, _ in shown)
    return (
        Report(
            specs.POINTS_OUT,
            lines,
            run.tables.extras("collection_points"),
            counts,
            later,
            words=labels(collecting.POINTS),
        ),
        Report(specs.POINT_TOTALS, told.point_totals(run, rules, every, review)),
    )


POINTS = Followed(
    "collection_points",
    "collection_acts",
    "collection_point",
    Text("垃圾收集点", "following collection points"),
    specs.REFUSED_POINT_ACTS,
    collecting.POINTS,
    _point,
    _point_act,
    _point_terms,
    _point_report,
    moment="at",
    faults=checked("collection_points", "collection_acts"),
)


def _served(run: Run) -> list[tuple[points.Served, Row]]:
    """Return every dwelling with what serves it on the day of the case: points in use that no review holds back."""
    rules = rules_of(run.case).collection
    book: Casebook[Any, points.Standing, Any, Any] = Casebook(run.store, collecting.POINTS, None)
    every = [one for _, one in book.all()]
    review = points.duplicates(every, rules.duplicate_metres)
    standing = [one.point for one in every if points.serves(one, run.case.on) and one.point.id not in review]
    radii = {kind: metres for kind, (metres, _) in rules.radii.items()}
    rows = run.tables.rows("dwellings")
    return list(
        zip(points.served((_dwelling(run.case, row) for row in rows), standing, radii), rows, strict=True)
    )


def _dwelling(case: Case, row: Row) -> points.Dwelling:
    longitude, latitude = _degrees(row)
    return points.Dwelling(
        id=str(row["id"]),
        community=place(case, row),
        households=cast(int, row["households"]),
        longitude=longitude,
        latitude=latitude,
        datum=_text(row, "datum"),
    )


# Coverage, inspection, receipts ---------------------------------------------------------------------------------


def _facility(case: Case, row: Row) -> coverage.FacilityPlace:
    return coverage.FacilityPlace(
        id=str(row["id"]),
        community=place(case, row),
        place_type=str(row["place_type"]),
        facility=str(row["facility"]),
        required=row["required_here"] is True,
        covered=cast("bool | None", row["has_facility"]),
        intact=cast("bool | None", row["intact"]),
        filed=_text(row, "filed_no"),
    )


def _watched(run: Run) -> list[tuple[inspection.Watched, Row]]:
    rows = run.tables.rows("inspection_sites")
    sites = [
        inspection.Site(
            id=str(row["id"]),
            community=place(run.case, row),
            kind=str(row["kind"]),
            since=cast("date | None", row["from"]),
        )
        for row in rows
    ]
    visits = [
        inspection.Visit(
            site=str(row["site"]),
            on=cast(date, row["date"]),
            clean=cast("bool | None", row["clean"]),
            photo=_text(row, "photo"),
        )
        for row in run.tables.rows("site_visits")
    ]
    found = inspection.watched(sites, visits, rules_of(run.case).inspection, run.case.on)
    return list(zip(found, rows, strict=True))


def _site_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("facility_places", "dwellings", "inspection_sites")(case, tables)
    known = {row["id"] for row in (*tables.rows("inspection_sites"), *tables.bad("inspection_sites"))}
    for row in tables.rows("site_visits"):
        if row["site"] not in known and tables.whole("inspection_sites"):
            yield fault(row, "site", "unknown-site", NO_SITE, NO_SITE_CURE)


@_asking
def _judge_coverage(run: Run) -> Iterable[Report]:
    """Judge places, dwellings and sites together: they share the table of rates."""
    lines: list[list[object]] = []
    if "facility_places" in run.tables:
        places = [_facility(run.case, row) for row in run.tables.rows("facility_places")]
        lines += told.facility_rates(run, rules_of(run.case).targets, places)
    if "dwellings" in run.tables:
        served = _served(run)
        lines += told.household_rates(run, rules_of(run.case).collection, [one for one, _ in served])
        told_lines = [[*told.dwelling_line(run, one), *row.extras] for one, row in served]
        yield Report(specs.DWELLINGS_OUT, told_lines, run.tables.extras("dwellings"))
    if "inspection_sites" in run.tables:
        watched, rules = _watched(run), rules_of(run.case).inspection
        lines += told.inspection_rates(run, rules, [one for one, _ in watched])
        told_lines = [[*told.site_line(run, rules, one), *row.extras] for one, row in watched]
        counts = {"unvisited": sum(one.unvisited is True for one, _ in watched)}
        yield Report(specs.INSPECTIONS, told_lines, run.tables.extras("inspection_sites"), counts)
    if lines:
        yield Report(specs.COVERAGE, lines)


def _judge_receipts(run: Run) -> Iterable[Report]:
    rows = run.tables.rows("handover_receipts")
    if not rows:
        return ()
    held = [row for row in rows if cast(date, row["date"]) <= run.case.on]
    counts = Counter((f"{row['date']:%Y-%m}", str(row["organ"])) for row in held)
    lines = [[month, organ, number] for (month, organ), number in sorted(counts.items())]
    return (Report(specs.RECEIPTS_OUT, lines, later=len(rows) - len(held)),)


# Incidents ------------------------------------------------------------------------------------------------------


def _incident(case: Case, row: Row) -> incident.Incident:
    longitude, latitude = _degrees(row)
    return incident.Incident(
        community=place(case, row),
        kind=str(row["kind"]),
        at=cast(datetime, row["at"]),
        area=cast("Decimal | None", row["area"]),
        unit=_text(row, "liable_unit"),
        photo=_text(row, "photo"),
        longitude=longitude,
        latitude=latitude,
    )


def _incident_act(_case: Case, row: Row) -> incident.Act:
    return incident.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        due_on=cast("date | None", row["due_on"]),
        passed=cast("bool | None", row["passed"]),
        receipt=_text(row, "receipt"),
        organ=_text(row, "organ"),
        photo=_text(row, "photo"),
        reason=_text(row, "reason"),
    )


def incident_terms(run: Run) -> Any:
    """Return what incidents are judged by; None where the pack has no rules, and so no incident is judged."""
    rules = run.case.pack.rules(NeighbourhoodRules)
    return None if rules is None else incident.Terms(rules.incidents)


@_asking
def _incident_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    terms: incident.Terms = incident_terms(run)
    held = [(id_, book.standing(id_), row) for id_, row in shown]
    lines = [[*told.incident_line(run, terms, id_, one), *told.extras(row)] for id_, one, row in held]
    counts = Counter(one.state for _, one, _ in held)
    every = [one for _, one in book.all()]
    return (
        Report(
            specs.INCIDENTS_OUT,
            lines,
            run.tables.extras("incidents"),
            counts,
            later,
            words=labels(rectifying.INCIDENTS),
        ),
        Report(specs.INCIDENT_MONTHS, told.incident_months(run, terms, every)),
        Report(specs.INCIDENT_ENTRIES, list(told.incident_entries(run, terms, held))),
    )


def _incident_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("incidents", "incident_acts")(case, tables)
    for row in tables.rows("incidents"):
        subject = scope.SUBJECTS.get(str(row["kind"]))
        if subject is not None:
            yield fault(
                row, "kind", "out-of-scope", scope.OUT.fill(t=subject.title, why=subject.why), SCOPE_CURE
            )


INCIDENTS = Followed(
    "incidents",
    "incident_acts",
    "incident",
    Text("环境整治", "following incidents"),
    specs.REFUSED_INCIDENT_ACTS,
    rectifying.INCIDENTS,
    _incident,
    _incident_act,
    incident_terms,
    _incident_report,
    moment="at",
    faults=_incident_faults,
)

DESKS: tuple[Desk, ...] = (
    ORDERS.desk(),
    Desk(_judge_partners),
    POINTS.desk(),
    Desk(_judge_coverage, faults=_site_faults),
    Desk(_judge_receipts),
    INCIDENTS.desk(),
)
"""邻里 → the tables of `tables.specs_neighbourhood`. Points stand before coverage, which asks the store for them."""
PARENTS = {
    "volunteer_acts": "volunteer_orders",
    "collection_acts": "collection_points",
    "site_visits": "inspection_sites",
    "incident_acts": "incidents",
}
