"""包联环节: the desk of contacts and of the visits they pay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

from huaying_governance.errors import Problems
from huaying_governance.flows.case import Case
from huaying_governance.flows.desk import Desk, Report, Run, advised
from huaying_governance.flows.ruled import body, place, share, text_of
from huaying_governance.flows.stewardship.shared import checked
from huaying_governance.flows.stewardship.words import FOUND
from huaying_governance.ledger import LedgerBook
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.stewardship import contacts
from huaying_governance.tables import Row
from huaying_governance.tables.specs import stewardship as specs


def _contact(case: Case, row: Row) -> contacts.Contact:
    return contacts.Contact(
        community=place(case, row),
        kind=str(row["contact_kind"]),
        body=body(case, str(row["contact"])),
        since=cast(date, row["from"]),
        until=cast("date | None", row["to"]),
        acting=row["acting"] is True,
    )


def _visit(case: Case, row: Row) -> contacts.Visit:
    return contacts.Visit(
        community=place(case, row),
        on=cast(date, row["date"]),
        visitor=str(row["visitor"]),
        issues=cast("int | None", row["issues"]) or 0,
        opened=cast("tuple[str, ...] | None", row["opened"]) or (),
        evidence=text_of(row, "evidence"),
    )


def _entry_states(run: Run, ids: Iterable[str]) -> Mapping[str, str]:
    """Return the state of every entry that the ledgers know of these."""
    book = LedgerBook(run.store, run.case.pack, run.case.calendar)
    found = {}
    for id_ in ids:
        try:
            found[id_] = book.entry(id_).state
        except Problems:
            continue
    return found


def _judge_contacts(run: Run) -> Iterable[Report]:
    if "contacts" not in run.tables:
        return ()
    on, rules = run.case.on, run.case.pack.rules(StewardshipRules)
    if rules is None:
        return ()
    visits = [_visit(run.case, row) for row in run.tables.rows("visits")]
    states = _entry_states(run, dict.fromkeys(id_ for visit in visits for id_ in visit.opened))
    records = contacts.register(
        [community.id for community in run.case.pack.communities],
        [_contact(run.case, row) for row in run.tables.rows("contacts")],
        visits,
        rules.contacts,
        run.case.calendar,
        on,
        states,
    )
    lines, counts = [], Counter[str]()
    for one in records:
        solved = sum(states.get(id_) == "struck_off" for id_ in one.opened)
        lapses = tuple(_lapse(gap) for gap in one.gaps)
        counts.update(one.ruling.codes)
        told = (one.ruling.codes, advised(one.ruling, run.lang), one.ruling.basis(run.lang))
        first = [one.community, one.leaders, one.departments, one.acting, lapses]
        lines.append([*first, one.visits, one.issues, len(one.opened), solved, *told])
    whole = contacts.completeness(records)
    counted = [whole.complete, whole.of, share(whole.complete, whole.of), whole.missing]
    later = sum(visit.on > on for visit in visits)
    sizes = {"complete": whole.complete, "communities": whole.of}
    return (
        Report(specs.CONTACTS_OUT, lines, counts=counts, later=later, words=FOUND),
        Report(specs.COMPLETENESS, [counted], counts=sizes, words=FOUND),
    )


def _lapse(gap: contacts.Gap) -> str:
    days = "missing:calendar" if gap.days is None else str(gap.days)
    return f"{gap.since}~{gap.until} {days}{' acting' if gap.acting else ''}"


DESKS: tuple[Desk, ...] = (Desk(_judge_contacts, faults=checked("contacts", "visits")),)
"""包联 → the tables of `tables.specs.stewardship`."""
PARENTS: Mapping[str, str] = {"visits": "contacts"}
