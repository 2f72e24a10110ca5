"""包联与权责环节: the desks of contacts, duties, the boundary matrix, its disputes, and who acts first on a hazard."""

# Long: one desk after another, each with what it reads and reports.

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.errors import Problems
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, advised, fault
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.ruled import place, ruled, share, stated
from huaying_governance.flows.stewardship.words import DISPUTED, FOUND
from huaying_governance.kernel.dates import day_of
from huaying_governance.ledger import LedgerBook
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.stewardship import boundary, contacts, dispute, duties
from huaying_governance.tables import Row
from huaying_governance.tables.specs import stewardship as specs
from huaying_governance.text import Text

checked = partial(ruled, StewardshipRules, "stewardship")
"""Given names of tables, their checks."""
UNKNOWN_BODY = Text("名录中没有这个单位", "the register has no such organisation")
UNKNOWN_BODY_CURE = Text("写名录中的编号或名称", "write the id or name of an organisation of the register")
UNKNOWN_WORD = Text("政策包没有列出", "the pack does not list it")
UNKNOWN_WORD_CURE = Text("用以下之一：{all}", "use one of {all}")
UNLISTED = Text("表 {t} 中没有这个编号", "the table {t} has no such id")
UNLISTED_CURE = Text("先在 {t} 中登记，或改正编号", "list it in {t} first, or mend the id")


def rules_of(case: Case) -> StewardshipRules:
    """Return the pack's rules of 聚力."""
    return stated(case, StewardshipRules)


def text_of(row: Row, name: str) -> str:
    """Return a cell as text, empty where it holds nothing."""
    return str(row[name] or "")


def body_of(case: Case, text: str) -> str:
    """Return the id of an organisation or community that a text names; the text itself where none is so named."""
    known = case.pack.resolve_organisation(text) or case.pack.resolve_community(text) if text else None
    return known.id if known is not None else text


def named_faults(case: Case, tables: Tables, table: str, column: str, kind: str) -> Iterator[Fault]:
    """Yield the cells of a column that name nothing of a kind that the pack lists."""
    rules = case.pack.rules(StewardshipRules)
    for row in tables.rows(table) if rules is not None else ():
        assert rules is not None  # noqa: S101 - asked in the line above
        if rules.named(kind, str(row[column])) not in rules.known(kind):
            cure = UNKNOWN_WORD_CURE.fill(all=", ".join(rules.known(kind)) or "—")
            yield fault(row, column, f"unknown-{column.replace('_', '-')}", UNKNOWN_WORD, cure)


def listed_faults(
    tables: Tables, child: str, column: str, parent: str, *, sound: bool = False
) -> Iterator[Fault]:
    """Yield the cells of a column that name no id of another table; with `sound`, no row that has a problem either."""
    if not tables.whole(parent):
        return
    known = {row["id"] for row in (*tables.rows(parent), *(() if sound else tables.bad(parent)))}
    for row in tables.rows(child):
        if row[column] not in known:
            message, cure = UNLISTED.fill(t=parent), UNLISTED_CURE.fill(t=parent)
            yield fault(row, column, f"unknown-{column.replace('_', '-')}", message, cure)


# Contacts -------------------------------------------------------------------------------------------------------


def _contact(case: Case, row: Row) -> contacts.Contact:
    return contacts.Contact(
        community=place(case, row),
        kind=str(row["contact_kind"]),
        body=body_of(case, str(row["contact"])),
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


# Duties ---------------------------------------------------------------------------------------------------------


def _duty(case: Case, row: Row) -> duties.Duty:
    return duties.Duty(
        item=rules_of(case).named("item", str(row["duty_item"])),
        body=body_of(case, str(row["duty_body"])),
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


# Disputes over the boundary ---------------------------------------------------------------------------------------


def _segments(run_or_case: Case, rows: Iterable[Row]) -> Mapping[str, boundary.Segment]:
    return {
        str(row["id"]): boundary.Segment(
            id=str(row["id"]),
            side_a=body_of(run_or_case, str(row["side_a"])),
            side_b=body_of(run_or_case, text_of(row, "side_b")),
            enclave=row["enclave"] is True,
        )
        for row in rows
    }


def _dispute(sides: Mapping[str, boundary.Segment], case: Case, row: Row) -> dispute.Dispute:
    segment = sides[str(row["segment"])]
    return dispute.Dispute(
        segment=segment.id,
        matter=rules_of(case).named("matter", str(row["boundary_matter"])),
        kind=str(row["dispute_kind"]),
        side_a=segment.side_a,
        side_b=segment.side_b,
        at=cast(datetime, row["at"]),
    )


def _dispute_act(case: Case, row: Row) -> dispute.Act:
    lists = [cast("tuple[str, ...] | None", row[name]) or () for name in ("leads", "signed_by")]
    leads, signed = (tuple(body_of(case, one) for one in held) for held in lists)
    return dispute.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=body_of(case, str(row["actor"])),
        role=str(row["role"]),
        leads=leads,
        sides=signed,
        number=text_of(row, "agreement_no"),
        from_on=cast("date | None", row["from"]),
        review_on=cast("date | None", row["review_on"]),
        reason=text_of(row, "reason"),
        evidence=text_of(row, "evidence"),
    )


def _dispute_terms(run: Run) -> dispute.Terms | None:
    rules = run.case.pack.rules(StewardshipRules)
    return None if rules is None else rules.disputes


def _dispute_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    lines: list[list[object]] = []
    blank = [""] * len(run.tables.extras("boundary_disputes"))
    counts: Counter[str] = Counter()
    for id_, row in shown:
        one: dispute.Standing = book.standing(id_)
        counts[one.state] += 1
        what = [one.dispute.segment, one.dispute.matter, one.dispute.kind]
        told = [one.state, one.lead, one.number, one.since, one.review_on]
        lines.append([id_, *what, *told, *(row.extras if row is not None else blank)])
    extras = run.tables.extras("boundary_disputes")
    return (Report(specs.DISPUTES_OUT, lines, extras, counts, later, words=DISPUTED),)


def _dispute_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("boundary_disputes")(case, tables)
    yield from named_faults(case, tables, "boundary_disputes", "boundary_matter", "matter")
    yield from listed_faults(tables, "boundary_disputes", "segment", "segments", sound=True)


def _disputes(tables: Tables, case: Case) -> Followed:
    """Return the desk's work over this folder's segments: a dispute's sides are those of its segment."""
    sides = _segments(case, tables.rows("segments"))
    return Followed(
        "boundary_disputes",
        "boundary_dispute_acts",
        "boundary_dispute",
        Text("权责争议", "following disputes over the boundary"),
        specs.REFUSED_DISPUTE_ACTS,
        dispute.DISPUTES,
        partial(_dispute, sides),
        _dispute_act,
        _dispute_terms,
        _dispute_report,
        moment="at",
    )


def _judge_disputes(run: Run) -> Iterable[Report]:
    return _disputes(run.tables, run.case).desk().judge(run)


def _disputes_against_store(run: Run) -> Iterator[Fault]:
    yield from _disputes(run.tables, run.case).desk().against_store(run)


# The matrix, and who acts first -----------------------------------------------------------------------------------


def _settled(run: Run) -> Mapping[tuple[str, str], boundary.Agreement]:
    book: Casebook[Any, dispute.Standing, Any, Any] = Casebook(run.store, dispute.DISPUTES, None)
    made = [one.agreement for _, one in book.all()]
    found: dict[tuple[str, str], boundary.Agreement] = {}
    for one in sorted((one for one in made if one is not None), key=lambda one: (one.since, one.number)):
        if one.since <= run.case.on:
            found[one.segment, one.matter] = one
    return found


def _cells(run: Run, rules: StewardshipRules) -> Mapping[tuple[str, str], boundary.Cell]:
    agreements = [
        boundary.Agreement(
            segment=str(row["segment"]),
            matter=rules.named("matter", str(row["boundary_matter"])),
            lead=body_of(run.case, str(row["lead"])),
            since=cast(date, row["from"]),
            until=cast("date | None", row["to"]),
            number=text_of(row, "agreement_no"),
            review_on=cast("date | None", row["review_on"]),
        )
        for row in run.tables.rows("cell_leads")
    ]
    segments = _segments(run.case, run.tables.rows("segments"))
    made = boundary.matrix(list(segments.values()), rules.matters, agreements, run.case.on, _settled(run))
    return {(cell.segment.id, cell.matter.id): cell for cell in made}


def _judge_matrix(run: Run) -> Iterable[Report]:
    rules = run.case.pack.rules(StewardshipRules)
    if "segments" not in run.tables or rules is None:
        return ()
    cells = _cells(run, rules)
    lines = [
        [
            *(cell.segment.id, cell.matter.id, cell.segment.side_a, cell.segment.side_b, cell.leads),
            *(cell.numbers, cell.ruling.codes),
            *(advised(cell.ruling, run.lang), cell.ruling.basis(run.lang)),
        ]
        for cell in cells.values()
    ]
    unclear = tuple(f"{segment}:{matter}" for (segment, matter), cell in cells.items() if not cell.lead)
    clear = len(cells) - len(unclear)
    counts = Counter(code for cell in cells.values() for code in cell.ruling.codes)
    coverage = Report(specs.MATRIX_SHARE, [[clear, len(cells), share(clear, len(cells)), unclear]])
    return (Report(specs.MATRIX, lines, counts=counts, words=FOUND), coverage, *_finds(run, rules, cells))


def _finds(
    run: Run, rules: StewardshipRules, cells: Mapping[tuple[str, str], boundary.Cell]
) -> Iterable[Report]:
    if "finds" not in run.tables:
        return
    lines, later, counts = [], 0, Counter[str]()
    for row in run.tables.rows("finds"):
        find = boundary.Find(
            segment=str(row["segment"]),
            matter=rules.named("matter", str(row["boundary_matter"])),
            finder=body_of(run.case, str(row["finder"])),
            at=cast(datetime, row["at"]),
            acted_at=cast("datetime | None", row["acted_at"]),
        )
        cell = cells.get((find.segment, find.matter))
        if day_of(find.at) > run.case.on:
            later += 1
        if day_of(find.at) > run.case.on or cell is None:
            continue
        one = boundary.first_finder(find, cell)
        counts.update(one.ruling.codes)
        told = (one.ruling.codes, advised(one.ruling, run.lang), one.ruling.basis(run.lang))
        first = [row["id"], find.segment, find.matter, find.finder, one.acts, one.billed]
        lines.append([*first, *told, *row.extras])
    yield Report(specs.FINDS_OUT, lines, run.tables.extras("finds"), counts, later, words=FOUND)


def _matrix_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("segments", "cell_leads", "finds")(case, tables)
    for table in ("cell_leads", "finds"):
        yield from named_faults(case, tables, table, "boundary_matter", "matter")
        yield from listed_faults(tables, table, "segment", "segments")


DESKS: tuple[Desk, ...] = (
    Desk(_judge_contacts, faults=checked("contacts", "visits")),
    Desk(_judge_duties, faults=_duty_faults),
    Desk(_judge_disputes, faults=_dispute_faults, against_store=_disputes_against_store),
    Desk(_judge_matrix, faults=_matrix_faults),
)
"""包联与权责 → the tables of `tables.specs.stewardship`."""
PARENTS: Mapping[str, str] = {
    "visits": "contacts",
    "cell_leads": "segments",
    "finds": "segments",
    "boundary_disputes": "segments",
    "boundary_dispute_acts": "boundary_disputes",
}
