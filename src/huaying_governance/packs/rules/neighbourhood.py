"""邻里规则: `neighbourhood.toml` of a pack: service kinds, collection points, coverage, inspection, incidents."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from attrs import frozen

from huaying_governance.kernel.citation import Source
from huaying_governance.neighbourhood.coverage import Target
from huaying_governance.neighbourhood.incident import IncidentKind
from huaying_governance.neighbourhood.inspection import InspectionRules
from huaying_governance.neighbourhood.points import CollectionRules
from huaying_governance.neighbourhood.service import ServiceKind, VolunteerRules
from huaying_governance.packs.documents import Held, entry, read_document
from huaying_governance.packs.rules.clauses import Clauses, source_entry, whole
from huaying_governance.rules.shape import BAD, Flag, Ident, Label, OneOf, Report, Several, Table
from huaying_governance.tables.words.neighbourhood import FACILITIES, INCIDENT_KINDS, PLACE_TYPES, POINT_KINDS
from huaying_governance.text import Text, same

_VOLUNTEER_CLAUSES = (
    "forced",
    "unpaid",
    "matched",
    "insured",
    "minors",
    "recorded",
    "corrected",
    "counted",
    "partners",
)
_SOURCE = source_entry()
_TITLE = entry(Label(), "名称", "title", required=True)
_SERVICE = Table(
    {
        "id": entry(Ident(), "标识", "id", required=True),
        "titles": _TITLE,
        "risky": entry(Flag(), "有风险，须投保", "risky: insurance first", default=False),
        "source": _SOURCE,
    },
    Held,
)
_VOLUNTEERING = Table(
    {
        "hours_a_day": whole("每天最多服务小时", "most hours of a day", 1, 24),
        **{f"{name}_source": _SOURCE for name in _VOLUNTEER_CLAUSES},
    },
    Held,
)
_COLLECTION = Table(
    {
        "duplicate_metres": whole("疑似重复的距离（米）", "metres within which two are one", 0, 1_000),
        "added": whole("新增点位数", "points to be added"),
        "duplicates_source": _SOURCE,
        "closing_source": _SOURCE,
        "counting_source": _SOURCE,
    },
    Held,
)
_RADIUS = Table(
    {
        "kind": entry(OneOf(tuple(POINT_KINDS)), "种类", "kind", required=True),
        "metres": whole("服务半径（米）", "metres served", 1, 50_000),
        "source": _SOURCE,
    },
    Held,
)
_INSPECTION = Table(
    {"unvisited_days": whole("未巡查天数", "days without a visit", 1, 3_660), "source": _SOURCE}, Held
)
_TARGET = Table(
    {
        "facility": entry(OneOf(tuple(FACILITIES)), "设施", "facility", required=True),
        "place_type": entry(OneOf(tuple(PLACE_TYPES)), "场所类型", "type of place", required=True),
        "percent": whole("目标覆盖率（%）", "share to be covered, in per cent", 1, 100),
        "source": _SOURCE,
    },
    Held,
)
_INCIDENT = Table(
    {
        "kind": entry(OneOf(tuple(INCIDENT_KINDS)), "种类", "kind", required=True),
        "titles": _TITLE,
        "restore_days": whole("默认整改天数", "days to put it right", 1, 3_660),
        "extensions": whole("可延期次数", "how often it may be extended", 0, 100),
        "days_source": _SOURCE,
        "order_source": _SOURCE,
        "penalty_source": _SOURCE,
    },
    Held,
)
NEIGHBOURHOOD = Table(
    {
        "volunteering": entry(_VOLUNTEERING, "志愿服务", "volunteering", required=True),
        "service": entry(Several(_SERVICE, 1, 200), "服务类别", "kinds of service", required=True),
        "collection": entry(_COLLECTION, "垃圾收集点", "collection points", required=True),
        "radius": entry(Several(_RADIUS), "服务半径", "how far a kind of point serves", default=()),
        "inspection": entry(_INSPECTION, "巡查", "inspection", required=True),
        "target": entry(Several(_TARGET), "覆盖目标", "what is to be covered", default=()),
        "incident": entry(Several(_INCIDENT), "环境问题", "kinds of incident", default=()),
    },
    Held,
)
TWICE = Text("`{id}` 写了两次", "`{id}` is stated twice")
TWICE_CURE = Text("只保留一处", "keep one of them")


@frozen
class NeighbourhoodRules:
    """邻里规则 of a pack."""

    volunteering: VolunteerRules
    collection: CollectionRules
    inspection: InspectionRules
    targets: tuple[Target, ...]
    incidents: Mapping[str, IncidentKind]


def read_neighbourhood(
    path: Path, name: str, sources: Mapping[str, Source], report: Report
) -> NeighbourhoodRules | None:
    """Return the rules written at `path`; None after noting what is wrong with them."""
    document = read_document(path, name, NEIGHBOURHOOD, report)
    if document is BAD:
        return None
    before, clause = len(report.problems), Clauses(sources, report)
    for table, keys in (("service", ("id",)), ("radius", ("kind",)), ("incident", ("kind",))):
        _once(document[table], keys, clause)
    _once(document["target"], ("facility", "place_type"), clause)
    inspection = document["inspection"]
    made = NeighbourhoodRules(
        _volunteering(document, clause),
        _collection(document, clause),
        InspectionRules(unvisited_days=inspection["unvisited_days"], citation=clause(inspection)),
        tuple(_target(held, clause) for held in document["target"]),
        MappingProxyType({held["kind"]: _incident(held, clause) for held in document["incident"]}),
    )
    return made if len(report.problems) == before else None


def _once(tables: tuple[Held, ...], keys: tuple[str, ...], clause: Clauses) -> None:
    """Note every table that states what an earlier one has stated."""
    seen: set[tuple[str, ...]] = set()
    for held in tables:
        named = tuple(held[key] for key in keys)
        if named in seen:
            clause.note(held, keys[0], "stated-twice", TWICE.fill(id=" ".join(named)), TWICE_CURE)
        seen.add(named)


def _title(held: Held) -> Text:
    titles = held["titles"]
    return titles if isinstance(titles, Text) else same(str(titles))


def _volunteering(document: Held, clause: Clauses) -> VolunteerRules:
    held = document["volunteering"]
    kinds = {
        one["id"]: ServiceKind(id=one["id"], title=_title(one), risky=one["risky"], citation=clause(one))
        for one in document["service"]
    }
    cited = {name: clause(held, f"{name}_source") for name in _VOLUNTEER_CLAUSES}
    return VolunteerRules(kinds=MappingProxyType(kinds), hours_a_day=held["hours_a_day"], **cited)


def _collection(document: Held, clause: Clauses) -> CollectionRules:
    held = document["collection"]
    radii = {one["kind"]: (Decimal(one["metres"]), clause(one)) for one in document["radius"]}
    return CollectionRules(
        duplicate_metres=Decimal(held["duplicate_metres"]),
        radii=MappingProxyType(radii),
        added=held["added"],
        duplicates=clause(held, "duplicates_source"),
        closing=clause(held, "closing_source"),
        counting=clause(held, "counting_source"),
    )


def _target(held: Held, clause: Clauses) -> Target:
    return Target(
        facility=held["facility"],
        place_type=held["place_type"],
        percent=held["percent"],
        citation=clause(held),
    )


def _incident(held: Held, clause: Clauses) -> IncidentKind:
    return IncidentKind(
        id=held["kind"],
        title=_title(held),
        restore_days=held["restore_days"],
        extensions=held["extensions"],
        days=clause(held, "days_source"),
        order=clause(held, "order_source"),
        penalty=clause(held, "penalty_source"),
    )
