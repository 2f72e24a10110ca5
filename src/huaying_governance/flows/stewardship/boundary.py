"""边界环节: the desks of disputes over the boundary, of the matrix, and of who acts first on a hazard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, advised
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.ruled import body, share, text_of
from huaying_governance.flows.stewardship.shared import checked, listed_faults, named_faults, rules_of
from huaying_governance.flows.stewardship.words import DISPUTED, FOUND
from huaying_governance.kernel.dates import day_of
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.stewardship import boundary, dispute
from huaying_governance.tables import Row
from huaying_governance.tables.specs import stewardship as specs
from huaying_governance.text import Text


def _segments(run_or_case: Case, rows: Iterable[Row]) -> Mapping[str, boundary.Segment]:
    return {
        str(row["id"]): boundary.Segment(
            id=str(row["id"]),
            side_a=body(run_or_case, str(row["side_a"])),
            side_b=body(run_or_case, text_of(row, "side_b")),
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
    leads, signed = (tuple(body(case, one) for one in held) for held in lists)
    return dispute.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=body(case, str(row["actor"])),
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
            lead=body(run.case, str(row["lead"])),
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
            finder=body(run.case, str(row["finder"])),
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
    Desk(_judge_disputes, faults=_dispute_faults, against_store=_disputes_against_store),
    Desk(_judge_matrix, faults=_matrix_faults),
)
"""边界权责 → the tables of `tables.specs.stewardship`."""
PARENTS: Mapping[str, str] = {
    "cell_leads": "segments",
    "finds": "segments",
    "boundary_disputes": "segments",
    "boundary_dispute_acts": "boundary_disputes",
}
