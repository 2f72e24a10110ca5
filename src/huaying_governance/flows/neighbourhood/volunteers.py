"""志愿服务环节: needs, offers and hours, the organisations that take part, and what their tables must say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.neighbourhood import reports as told
from huaying_governance.flows.neighbourhood.shared import asking, checked, rules_of
from huaying_governance.flows.ruled import labels, place, text_of
from huaying_governance.kernel.ids import CreditCode
from huaying_governance.neighbourhood import (
    hours,
    partners,
    service,
    volunteering,
)
from huaying_governance.packs.rules.neighbourhood import NeighbourhoodRules
from huaying_governance.tables import Row
from huaying_governance.tables.specs import neighbourhood as specs
from huaying_governance.text import Text

NO_KIND = Text("政策包没有这种服务类别", "the pack states no such kind of service")
NO_KIND_CURE = Text("用以下之一：{all}", "use one of {all}")
NO_PARTNER = Text("合作组织表中没有这个编号", "the table of partners has no such id")
NO_PARTNER_CURE = Text(
    "先登记组织，或留空（居委会自行组织）", "list it first, or leave the cell empty for the committee itself"
)
BAD_CODE = Text("不是有效的统一社会信用代码", "no valid unified social credit code")
BAD_CODE_CURE = Text("核对登记证书；未登记的留空", "see its certificate; leave it empty if not registered")


def _kind(case: Case, text: str) -> str:
    found = rules_of(case).volunteering.kind_of(text)
    return text if found is None else found.id


def _order(case: Case, row: Row) -> service.Order:
    return service.Order(
        id=str(row["id"]),
        community=place(case, row),
        kind=_kind(case, str(row["service_kind"])),
        requester=str(row["requester"]),
        organiser=text_of(row, "organiser"),
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
        volunteer=text_of(row, "volunteer") or (actor if role == "volunteer" else ""),
        start=cast("datetime | None", row["from_at"]),
        end=cast("datetime | None", row["to_at"]),
        satisfied=cast("bool | None", row["satisfied"]),
        reason=text_of(row, "reason"),
        evidence=text_of(row, "evidence"),
    )


def _partner(case: Case, row: Row) -> partners.Partner:
    return partners.Partner(
        id=str(row["id"]),
        name=str(row["name"]),
        kind=str(row["kind"]),
        community=place(case, row),
        code=text_of(row, "credit_code"),
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
            found.setdefault(text_of(row, "volunteer"), set()).add(str(row["volunteer_order"]))
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


@asking
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


@asking
def _judge_partners(run: Run) -> Iterable[Report]:
    if "partners" not in run.tables:
        return ()
    rules = rules_of(run.case).volunteering
    held = [(_partner(run.case, row), row) for row in run.tables.rows("partners")]
    lines = [[*told.partner_line(run, rules, one), *row.extras] for one, row in held]
    counts = Counter(str(one.reach(run.case.on)) for one, _ in held)
    return (Report(specs.PARTNERS_OUT, lines, run.tables.extras("partners"), counts),)


DESKS = (ORDERS.desk(), Desk(_judge_partners))
PARENTS = {"volunteer_acts": "volunteer_orders"}
