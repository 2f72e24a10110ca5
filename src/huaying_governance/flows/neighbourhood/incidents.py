"""环境问题环节: what is found, ordered, put right and looked at again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Report, Run, fault
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.neighbourhood import reports as told
from huaying_governance.flows.neighbourhood.shared import asking, checked, degrees_of
from huaying_governance.flows.ruled import labels, place, text_of
from huaying_governance.neighbourhood import (
    incident,
    rectifying,
    scope,
)
from huaying_governance.packs.rules.neighbourhood import NeighbourhoodRules
from huaying_governance.tables import Row
from huaying_governance.tables.specs import neighbourhood as specs
from huaying_governance.text import Text

SCOPE_CURE = Text(
    "从本表删去该行；只在 handover_receipts 记移交回执",
    "remove the row; list only the receipt in `handover_receipts`",
)


def _incident(case: Case, row: Row) -> incident.Incident:
    longitude, latitude = degrees_of(row)
    return incident.Incident(
        community=place(case, row),
        kind=str(row["kind"]),
        at=cast(datetime, row["at"]),
        area=cast("Decimal | None", row["area"]),
        unit=text_of(row, "liable_unit"),
        photo=text_of(row, "photo"),
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
        receipt=text_of(row, "receipt"),
        organ=text_of(row, "organ"),
        photo=text_of(row, "photo"),
        reason=text_of(row, "reason"),
    )


def incident_terms(run: Run) -> Any:
    """Return what incidents are judged by; None where the pack has no rules, and so no incident is judged."""
    rules = run.case.pack.rules(NeighbourhoodRules)
    return None if rules is None else incident.Terms(rules.incidents)


@asking
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
DESKS = (INCIDENTS.desk(),)
PARENTS = {"incident_acts": "incidents"}
