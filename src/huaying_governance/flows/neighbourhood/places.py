"""点位环节: collection points, dwellings they serve, facilities, sites that are inspected, receipts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.neighbourhood import reports as told
from huaying_governance.flows.neighbourhood.shared import asking, checked, degrees_of, rules_of
from huaying_governance.flows.ruled import labels, place, text_of
from huaying_governance.neighbourhood import (
    collecting,
    coverage,
    inspection,
    points,
)
from huaying_governance.packs.rules.neighbourhood import NeighbourhoodRules
from huaying_governance.tables import Row
from huaying_governance.tables.specs import neighbourhood as specs
from huaying_governance.text import Text

NO_SITE = Text("巡查点位表中没有这个编号", "the table of sites has no such id")
NO_SITE_CURE = Text("先登记点位，或改正编号", "list the site first, or mend the id")


def _point(case: Case, row: Row) -> points.CollectionPoint:
    longitude, latitude = degrees_of(row)
    return points.CollectionPoint(
        id=str(row["id"]),
        community=place(case, row),
        kind=str(row["kind"]),
        at=cast(datetime, row["at"]),
        longitude=longitude,
        latitude=latitude,
        datum=text_of(row, "datum"),
        until=cast("date | None", row["to"]),
        photo=text_of(row, "photo"),
    )


def _point_act(_case: Case, row: Row) -> points.Act:
    return points.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        approval=text_of(row, "approval"),
        reason=text_of(row, "reason"),
        evidence=text_of(row, "evidence"),
    )


def _point_terms(run: Run) -> Any:
    rules = run.case.pack.rules(NeighbourhoodRules)
    return None if rules is None else points.Terms(rules.collection)


@asking
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
    longitude, latitude = degrees_of(row)
    return points.Dwelling(
        id=str(row["id"]),
        community=place(case, row),
        households=cast(int, row["households"]),
        longitude=longitude,
        latitude=latitude,
        datum=text_of(row, "datum"),
    )


def _facility(case: Case, row: Row) -> coverage.FacilityPlace:
    return coverage.FacilityPlace(
        id=str(row["id"]),
        community=place(case, row),
        place_type=str(row["place_type"]),
        facility=str(row["facility"]),
        required=row["required_here"] is True,
        covered=cast("bool | None", row["has_facility"]),
        intact=cast("bool | None", row["intact"]),
        filed=text_of(row, "filed_no"),
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
            photo=text_of(row, "photo"),
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


@asking
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


DESKS = (POINTS.desk(), Desk(_judge_coverage, faults=_site_faults), Desk(_judge_receipts))
PARENTS = {"collection_acts": "collection_points", "site_visits": "inspection_sites"}
