"""权责环节: the desk of duties: who answers for what, and where nobody does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import cast

from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, advised, fault
from huaying_governance.flows.ruled import body, text_of
from huaying_governance.flows.stewardship.shared import UNKNOWN_BODY, UNKNOWN_BODY_CURE, checked, rules_of
from huaying_governance.flows.stewardship.words import FOUND
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.stewardship import duties
from huaying_governance.tables import Row
from huaying_governance.tables.specs import stewardship as specs


def _duty(case: Case, row: Row) -> duties.Duty:
    return duties.Duty(
        item=rules_of(case).named("item", str(row["duty_item"])),
        body=body(case, str(row["duty_body"])),
        part=str(row["part"]),
        since=cast("date | None", row["from"]),
        until=cast("date | None", row["to"]),
        basis=text_of(row, "duty_basis"),
    )


def _duty_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("duties")(case, tables)
    for row in tables.rows("duties"):
        if case.pack.resolve_organisation(str(row["duty_body"])) is None:
            yield fault(row, "duty_body", "unknown-organisation", UNKNOWN_BODY, UNKNOWN_BODY_CURE)


def _judge_duties(run: Run) -> Iterable[Report]:
    rules = run.case.pack.rules(StewardshipRules)
    if "duties" not in run.tables or rules is None:
        return ()
    held = [_duty(run.case, row) for row in run.tables.rows("duties")]
    allotted = duties.allotments(rules.items, held, run.case.on)
    lines = [
        [
            one.item,
            *(one.bodies[part] for part in duties.PARTS),
            one.since,
            *(one.ruling.codes, advised(one.ruling, run.lang), one.ruling.basis(run.lang)),
        ]
        for one in allotted
    ]
    missing = [
        [one.item, one.ruling.codes, advised(one.ruling, run.lang), one.ruling.basis(run.lang)]
        for one in duties.gap_report(allotted)
    ]
    counts = Counter(code for one in allotted for code in one.ruling.codes)
    departments = [[body, *held.values()] for body, held in duties.by_body(allotted).items()]
    told = [[one.item, one.part, one.body, one.since, one.until, one.basis] for one in duties.history(held)]
    return (
        Report(specs.DUTIES_OUT, lines, counts=counts, words=FOUND),
        Report(specs.DUTY_GAPS, missing, counts={"gaps": len(missing), "items": len(lines)}, words=FOUND),
        Report(specs.DEPARTMENTS, departments),
        Report(specs.DUTY_HISTORY, told),
    )


DESKS: tuple[Desk, ...] = (Desk(_judge_duties, faults=_duty_faults),)
"""权责 → the tables of `tables.specs.stewardship`."""
PARENTS: Mapping[str, str] = {}
