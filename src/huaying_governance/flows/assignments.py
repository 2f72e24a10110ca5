"""交办裁定: the desk that screens assignments against the responsibility list, with the admissions beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from attrs import evolve, frozen

from huaying_governance.errors import Place
from huaying_governance.flows import violations
from huaying_governance.flows.answers import Answer, Answers
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import (
    Anew,
    Desk,
    Report,
    Run,
    changed_fault,
    community_faults,
    in_both,
    said,
)
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.responsibility import Admission, AdmissionBook, Assignment
from huaying_governance.responsibility.names import plain_name
from huaying_governance.tables import Row
from huaying_governance.tables.specs.core import SCREENED
from huaying_governance.text import Lang, Text

TABLE, ADMISSIONS = "assignments", "admissions"
SCREENING = Text("交办裁定", "screening assignments")


def faults(case: Case, tables: Tables) -> Iterator[Fault]:
    """Yield unknown communities, and admissions that the pack's organisations cannot have given."""
    for row in tables.rows(TABLE):
        yield from community_faults(case, row, "community", [str(row["community"])])
    for row in tables.rows(ADMISSIONS):
        yield from _admission_faults(case, row)


def against_store(run: Run) -> Iterator[Fault]:
    """Yield the assignments that were answered, and the admissions they were answered by, with another content."""
    for table in (TABLE, ADMISSIONS):
        answers = Answers(run.store, table)
        for row in run.tables.rows(table):
            known = answers.recall(str(row["id"]))
            if known is not None and known.content != row.fingerprint:
                yield changed_fault(row)


def judge(run: Run) -> Iterable[Report]:
    """Screen every assignment dated up to the day of the case."""
    if TABLE not in run.tables:
        return ()
    rows = [row for row in run.tables.rows(TABLE) if cast(date, row["date"]) <= run.case.on]
    book = AdmissionBook(_admission(row) for row in run.tables.rows(ADMISSIONS))
    answers = Answers(run.store, TABLE)
    awaited = _Awaited.of(run.tables)
    counts: Counter[str] = Counter()
    register = violations.Register(run)
    violations.declare(run.store)

    def screen(row: Row) -> None:
        known = answers.recall(str(row["id"]))
        if known is None:
            ruling = run.case.pack.screen(_assignment(row), book)
            if ruling.outcome != "permitted" and awaited.concerns(row):
                return
            known = Answer(row.fingerprint, _cells(run.case, row, ruling))
            answers.keep(str(row["id"]), known)
        register.note(row, known.cells)
        counts[str(known.cells["outcome"])] += 1

    _remember_admissions(run)
    run.committed(SCREENING, rows, screen)

    def told() -> Iterator[tuple[Row, Mapping[str, object]]]:
        for row in rows:
            if (known := answers.recall(str(row["id"]))) is not None:
                yield row, known.cells

    lines = Anew(lambda: (_line(row, cells, run.lang) for row, cells in told()), counts.total())
    later = len(run.tables.rows(TABLE)) - len(rows)
    screened = Report(SCREENED, lines, run.tables.extras(TABLE), counts, later)
    return (screened, *violations.reports(run, Anew(told, counts.total())))


def _remember_admissions(run: Run) -> None:
    """Keep what the admissions said when they were judged by, so that a later change of one is found."""
    used = Answers(run.store, ADMISSIONS)
    on = run.case.on
    begun = [row for row in run.tables.rows(ADMISSIONS) if (cast(date | None, row["from"]) or on) <= on]

    def note(row: Row) -> None:
        if used.recall(str(row["id"])) is None:
            used.keep(str(row["id"]), Answer(row.fingerprint, {}))

    run.committed(SCREENING, begun, note)


@frozen
class _Awaited:
    """Admissions whose rows have problems: what they may admit is withheld, not refused for ever.

    `names` are the matters they name; `any` is true where one cannot be read.
    """

    names: frozenset[str]
    any: bool

    @classmethod
    def of(cls, tables: Tables) -> _Awaited:
        said = [(row["matter"], row["title"]) for row in tables.bad(ADMISSIONS)]
        names = frozenset(plain_name(str(name)) for pair in said for name in pair if name)
        return cls(names, not tables.whole(ADMISSIONS) or not all(any(pair) for pair in said))

    def concerns(self, row: Row) -> bool:
        """Whether an assignment may be admitted by one of them."""
        return self.any or plain_name(str(row["matter"] or "")) in self.names


def _admission_faults(case: Case, row: Row) -> Iterator[Fault]:
    """Yield what the pack finds wrong with an admission."""
    for found in case.pack.admission_problems(_admission(row)):
        if found.severity == "error":
            yield Fault(row, evolve(found, place=Place("", row.number, found.place.column)))


def _assignment(row: Row) -> Assignment:
    return Assignment(
        id=str(row["id"]),
        date=cast(date, row["date"]),
        assigner=cast(str | None, row["assigner"]),
        community=str(row["community"]),
        matter=cast(str | None, row["matter"]),
        title=cast(str | None, row["title"]),
        funding=cast(Decimal | None, row["funding"]),
        emergency=cast(str | None, row["emergency"]),
    )


def _admission(row: Row) -> Admission:
    return Admission(
        id=str(row["id"]),
        matter=cast(str | None, row["matter"]),
        title=cast(str | None, row["title"]),
        assigner=cast(str | None, row["assigner"]),
        communities=cast(tuple[str, ...], row["communities"]),
        since=cast(date | None, row["from"]),
        until=cast(date | None, row["to"]),
        funding=cast(Decimal | None, row["funding"]),
        decided_by=cast(str | None, row["decided_by"]),
    )


def _cells(case: Case, row: Row, ruling: Ruling) -> dict[str, object]:
    """Return the answer as it is stored: in both languages, so that a repeat may ask in the other."""
    suggested = [
        remedy.data.get("suggestions", ()) for remedy in ruling.remedies if remedy.code == "choose-matter"
    ]
    asked = cast(str | None, row["matter"]) or ""
    versions = case.pack.matters.find(asked) if asked else ()
    return {
        "outcome": ruling.outcome,
        "matter": versions[0].code if versions else asked,
        "codes": list(ruling.codes),
        **in_both(ruling),
        "suggestions": list(cast(Iterable[str], suggested[0])) if suggested else [],
    }


def _line(row: Row, cells: Mapping[str, object], lang: Lang) -> list[object]:
    return [
        row["id"],
        cells["outcome"],
        cells["matter"],
        cells["codes"],
        said(cells, "reason", lang),
        said(cells, "citation", lang),
        cells["suggestions"],
        *row.extras,
    ]


DESK = Desk(judge, faults=faults, against_store=against_store)
"""交办 → OUT/assignments.csv, OUT/violations.csv, OUT/violation_notice.csv, OUT/escalations.csv."""
