"""邻里表格: volunteering, collection points, coverage, inspection, incidents: what is read, what is written."""

# Long: every table of one concept, one after another.

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from huaying_governance.kernel.dates import day_of
from huaying_governance.kernel.privacy import forbidden_of_place
from huaying_governance.tables.cells import Column, Fault
from huaying_governance.tables.spec import Cells, TableSpec, period, place, plain
from huaying_governance.tables.specs.core import LEDGER_ROW
from huaying_governance.tables.vocabulary import Choice
from huaying_governance.tables.words import Words
from huaying_governance.tables.words import neighbourhood as words
from huaying_governance.text import Text

RECEIPT_ONLY = Text(
    "回执只记编号、日期、接收机关，其余不记", "a receipt is its number, its day and the organ; nothing else"
)


def _choice(name: str, held: Words, barred: Words | None = None) -> Column:
    return Column(name, "choice", "cell", Choice(held) if barred is None else Choice(held, barred))


def _slot(cells: Cells) -> Iterator[tuple[str, Fault]]:
    start, end = cells.get("from_at"), cells.get("to_at")
    if isinstance(start, datetime) and isinstance(end, datetime) and end <= start:
        yield "to_at", Fault("to-before-from")


def _temporary(cells: Cells) -> Iterator[tuple[str, Fault]]:
    at, until = cells.get("at"), cells.get("to")
    if isinstance(at, datetime) and isinstance(until, date) and until < day_of(at):
        yield "to", Fault("to-before-from")


def _no_more(_: str) -> Text | None:
    return RECEIPT_ONLY


_ID = Column("id", "ref", "cell")
_COMMUNITY = Column("community", "ref", "cell")
_AT = Column("at", "moment", "cell")
_ACTOR = Column("actor", "ref", "cell", hint="person")
_VOLUNTEER = Column("volunteer", "ref", "cell", hint="person")
_DATUM = Column("datum", "choice", "free", Choice(words.DATUMS))
_PHOTO = Column("photo", "ref")
_WHY = (Column("reason", "text"), Column("evidence", "text"))

PARTNERS = TableSpec(
    "partners",
    Text("合作组织表", "partner organisations"),
    (
        _ID,
        Column("name", "ref", "cell"),
        _choice("kind", words.PARTNER_KINDS),
        _COMMUNITY,
        Column("credit_code", "ref", "column"),
        Column("from", "date"),
        Column("to", "date"),
    ),
    key="id",
    check=period,
)
VOLUNTEERS = TableSpec(
    "volunteers",
    Text("志愿者登记表", "volunteers"),
    (
        _VOLUNTEER,
        Column("skills", "list"),
        Column("insured", "yes_no"),
        Column("minor", "yes_no"),
        Column("guardian_consent", "yes_no"),
    ),
    key="volunteer",
)
ORDERS = TableSpec(
    "volunteer_orders",
    Text("服务需求单", "orders for help"),
    (
        _ID,
        _COMMUNITY,
        Column("service_kind", "ref", "cell"),
        Column("requester", "ref", "cell", hint="person"),
        Column("organiser", "ref"),
        _AT,
        Column("from_at", "moment", "cell"),
        Column("to_at", "moment", "cell"),
        Column("count", "count", "cell", hint="positive"),
        Column("charged", "yes_no"),
    ),
    key="id",
    check=_slot,
)
ORDER_ACTS = TableSpec(
    "volunteer_acts",
    Text("志愿服务办理表", "acts on orders for help"),
    (
        Column("volunteer_order", "ref", "cell"),
        _AT,
        _choice("action", words.VOLUNTEER_ACTIONS),
        _ACTOR,
        _choice("role", words.VOLUNTEER_ROLES),
        Column("volunteer", "ref", hint="person"),
        Column("from_at", "moment"),
        Column("to_at", "moment"),
        Column("satisfied", "yes_no"),
        *_WHY,
    ),
    parent="volunteer_order",
)
POINTS = TableSpec(
    "collection_points",
    Text("垃圾收集点表", "collection points"),
    (
        _ID,
        _COMMUNITY,
        _choice("kind", words.POINT_KINDS),
        _AT,
        *place("column"),
        _DATUM,
        Column("to", "date"),
        _PHOTO,
    ),
    key="id",
    check=_temporary,
)
POINT_ACTS = TableSpec(
    "collection_acts",
    Text("收集点办理表", "acts on collection points"),
    (
        Column("collection_point", "ref", "cell"),
        _AT,
        _choice("action", words.POINT_ACTIONS),
        _ACTOR,
        _choice("role", words.POINT_ROLES),
        Column("approval", "ref"),
        *_WHY,
    ),
    parent="collection_point",
)
DWELLINGS = TableSpec(
    "dwellings",
    Text("居住点表", "dwellings"),
    (_ID, _COMMUNITY, Column("households", "count", "cell"), *place("column"), _DATUM),
    key="id",
)
FACILITIES = TableSpec(
    "facility_places",
    Text("公共安全设施点位表", "places and their facilities"),
    (
        _ID,
        _COMMUNITY,
        _choice("place_type", words.PLACE_TYPES),
        _choice("facility", words.FACILITIES),
        Column("required_here", "yes_no", "cell"),
        Column("has_facility", "yes_no", "column"),
        Column("intact", "yes_no"),
        Column("filed_no", "ref"),
    ),
    key="id",
    refuses=forbidden_of_place,
)
RECEIPTS = TableSpec(
    "handover_receipts",
    Text("移交回执表", "receipts of handovers"),
    (Column("receipt", "ref", "cell"), Column("date", "date", "cell"), Column("organ", "ref", "cell")),
    key="receipt",
    refuses=_no_more,
)
SITES = TableSpec(
    "inspection_sites",
    Text("巡查点位表", "sites to be inspected"),
    (_ID, _COMMUNITY, _choice("kind", words.SITE_KINDS), Column("from", "date", "column")),
    key="id",
)
VISITS = TableSpec(
    "site_visits",
    Text("巡查记录表", "visits to sites"),
    (Column("site", "ref", "cell"), Column("date", "date", "cell"), Column("clean", "yes_no"), _PHOTO),
    parent="site",
)
INCIDENTS = TableSpec(
    "incidents",
    Text("环境问题表", "incidents"),
    (
        _ID,
        _COMMUNITY,
        _choice("kind", words.INCIDENT_KINDS, words.OUT_OF_SCOPE),
        _AT,
        Column("area", "measure"),
        Column("liable_unit", "ref", hint="person"),
        _PHOTO,
        *place("free"),
    ),
    key="id",
)
INCIDENT_ACTS = TableSpec(
    "incident_acts",
    Text("整治办理表", "acts on incidents"),
    (
        Column("incident", "ref", "cell"),
        _AT,
        _choice("action", words.INCIDENT_ACTIONS),
        _ACTOR,
        _choice("role", words.INCIDENT_ROLES),
        Column("due_on", "date"),
        Column("passed", "yes_no"),
        Column("receipt", "ref"),
        Column("organ", "ref"),
        _PHOTO,
        Column("reason", "text"),
    ),
    parent="incident",
)
INPUTS: tuple[TableSpec, ...] = (
    PARTNERS,
    VOLUNTEERS,
    ORDERS,
    ORDER_ACTS,
    POINTS,
    POINT_ACTS,
    DWELLINGS,
    FACILITIES,
    RECEIPTS,
    SITES,
    VISITS,
    INCIDENTS,
    INCIDENT_ACTS,
)

PARTNERS_OUT = TableSpec(
    "partners",
    Text("合作组织名册", "partners and where they work"),
    plain("id", "name", "kind", "community", "reach", "reason", "citation", kind=words.PARTNER_KINDS),
    key="id",
)
ORDERS_OUT = TableSpec(
    "volunteer_orders",
    Text("应需服务情况", "orders for help and how they stand"),
    (
        *plain("id", "community", "service_kind", "organiser", "state", "count", "matched_count"),
        *plain(
            "served_count", "service_minutes", "candidates", "unconfirmed", "corrections_asked", "citation"
        ),
    ),
    key="id",
)
SERVICES_OUT = TableSpec(
    "volunteer_services",
    Text("志愿服务月报", "volunteer service by month"),
    (
        *plain("month", "service_kind", "orders", "orders_done", "orders_done_rate", "places_needed"),
        *plain("matched_count", "matched_rate", "served_count", "service_minutes", "service_hours"),
        *plain("active_volunteers", "rated", "satisfied_count", "satisfied_rate", "wait_hours"),
    ),
)
CERTIFICATES = TableSpec(
    "volunteer_certificates",
    Text("志愿服务记录证明", "what volunteers are certified"),
    (
        *plain("volunteer", "organiser", "served_count", "service_minutes", "service_hours", "first_on"),
        *plain("last_served_on", "by_kind", "unconfirmed", "citation"),
    ),
)
REFUSED_ORDER_ACTS = TableSpec(
    "refused_volunteer_acts",
    Text("被拒志愿服务办理", "refused acts on orders for help"),
    plain("volunteer_order", "at", "action", "codes", "reason"),
)
POINTS_OUT = TableSpec(
    "collection_points",
    Text("收集点核对", "collection points checked"),
    plain(
        *("id", "community", "kind", "state", "counted_point", "codes", "duplicate_of", "metres", "citation"),
        kind=words.POINT_KINDS,
    ),
    key="id",
)
POINT_TOTALS = TableSpec(
    "collection_totals",
    Text("收集点统计", "collection points counted"),
    (
        *plain("scope", "listed_points", "counted", "review_points", "void_count", "added_target"),
        *plain("short_points", "citation"),
    ),
)
DWELLINGS_OUT = TableSpec(
    "dwellings",
    Text("收集点覆盖", "dwellings and the points that serve them"),
    plain("id", "community", "households", "served_here", "served_by", "metres", "reason"),
    key="id",
)
REFUSED_POINT_ACTS = TableSpec(
    "refused_collection_acts",
    Text("被拒收集点办理", "refused acts on collection points"),
    plain("collection_point", "at", "action", "codes", "reason"),
)
COVERAGE = TableSpec(
    "coverage",
    Text("覆盖率表", "rates of coverage"),
    (
        *plain(
            *("subject", "place_type", "scope", "required", "covered_count", "unknown_count", "failing"),
            subject=words.SUBJECTS,
            place_type=words.PLACE_TYPES,
        ),
        *plain("covered", "covered_most", "target_percent", "target_met", "uncovered_ids", "citation"),
    ),
)
RECEIPTS_OUT = TableSpec(
    "handovers",
    Text("移交统计", "receipts of handovers by month"),
    plain("month", "organ", "receipts"),
)
INSPECTIONS = TableSpec(
    "inspections",
    Text("巡查情况", "sites and their visits"),
    (
        *plain(
            *("id", "community", "kind", "visits", "last_on", "visit_due", "unvisited", "clean"),
            kind=words.SITE_KINDS,
        ),
        *plain("repeated_photos", "missing", "citation"),
    ),
    key="id",
)
INCIDENTS_OUT = TableSpec(
    "incidents",
    Text("整治台账", "incidents put right"),
    (
        *plain(
            *("id", "community", "kind", "state", "area", "liable_unit", "found_on", "ordered_on", "due"),
            kind=words.INCIDENT_KINDS,
        ),
        *plain("overdue", "escalate_now", "rectified_on", "rechecks", "failed_rechecks", "receipt", "organ"),
        *plain("before", "afterwards", "citation"),
    ),
    key="id",
)
INCIDENT_MONTHS = TableSpec(
    "incident_months",
    Text("整治月报", "incidents by month"),
    (
        *plain("month", "community", "found_count", "valid_count", "ordered_count", "rectified_count"),
        *plain("rectified_rate", "rechecks", "failed_rechecks", "handed_over_count", "overdue_count"),
    ),
)
INCIDENT_ENTRIES = TableSpec(
    "incident_entries",
    Text("转入台账的环境问题", "incidents for the ledger"),
    LEDGER_ROW,
    key="id",
)
REFUSED_INCIDENT_ACTS = TableSpec(
    "refused_incident_acts",
    Text("被拒整治办理", "refused acts on incidents"),
    plain("incident", "at", "action", "codes", "reason"),
)
OUTPUTS: tuple[TableSpec, ...] = (
    PARTNERS_OUT,
    ORDERS_OUT,
    SERVICES_OUT,
    CERTIFICATES,
    REFUSED_ORDER_ACTS,
    POINTS_OUT,
    POINT_TOTALS,
    DWELLINGS_OUT,
    REFUSED_POINT_ACTS,
    COVERAGE,
    RECEIPTS_OUT,
    INSPECTIONS,
    INCIDENTS_OUT,
    INCIDENT_MONTHS,
    INCIDENT_ENTRIES,
    REFUSED_INCIDENT_ACTS,
)
