"""违规下派: what a case's refusals add up to: records, a notice by assigner and channel, matters for the conference.

A refused assignment is kept as a row of the store with its answer, so that the days of a threshold are counted over
all cases that the store has seen, not over one folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from attrs import frozen

from huaying_governance.flows.desk import Report, Run
from huaying_governance.flows.ruled import share
from huaying_governance.responsibility import Escalation, Violation, disguises, escalations
from huaying_governance.storage import Between, RowKind, Store
from huaying_governance.storage import Row as Kept
from huaying_governance.tables import Row
from huaying_governance.tables.specs.core import ESCALATIONS, VIOLATION_NOTICE, VIOLATIONS
from huaying_governance.tables.vocabulary import HEADERS

KIND = RowKind("violation", ("assigner", "day"), (("assigner", "day"),))
CHANNEL = frozenset({"channel", "渠道", *HEADERS["channel"]})
UNFUNDED = frozenset({"funds-missing", "missing:funding"})

Told = Iterable[tuple[Row, Mapping[str, object]]]
"""The rows of a case that have been answered, and what they were told; gone through more than once."""


@frozen
class Register:
    """违规登记: the refusals that a store knows."""

    run: Run

    def note(self, row: Row, cells: Mapping[str, object]) -> None:
        """Keep a refusal, once; in the same commit as the answer where the caller makes one."""
        if cells["outcome"] != "refused" or self.run.store.row(KIND.name, str(row["id"])) is not None:
            return
        self.run.store.put([_kept(self.record(row, cells))])

    def record(self, row: Row, cells: Mapping[str, object]) -> Violation:
        """Return a refusal as a record."""
        stated = str(row["assigner"] or "")
        known = self.run.case.pack.resolve_organisation(stated)
        community = self.run.case.pack.resolve_community(str(row["community"]))
        return Violation(
            str(row["id"]),
            cast(date, row["date"]),
            known.id if known is not None else "",
            community.id if community is not None else str(row["community"]),
            str(cells["matter"]),
            str(row["title"] or ""),
            channel(self.run, row),
            tuple(cast(Iterable[str], cells["codes"])),
        )

    def of(self, assigners: Iterable[str]) -> Iterator[Violation]:
        """Yield what these assigners were refused up to the day of the case, in the order of days."""
        until = Between(None, self.run.case.on.isoformat())
        for assigner in assigners:
            after: Kept | None = None
            while page := self.run.store.find(
                KIND.name, {"assigner": assigner, "day": until}, order="day", after=after
            ):
                yield from map(_violation, page)
                after = page[-1]


def declare(store: Store) -> None:
    """Make the kind of row known to a store."""
    store.declare(KIND)


def channel(run: Run, row: Row) -> str:
    """Return the channel an assignment came by: the extra column of that name, where the table has one."""
    headers = run.tables.extras("assignments")
    return next((cell for name, cell in zip(headers, row.extras, strict=True) if name in CHANNEL), "")


def reports(run: Run, told: Told) -> tuple[Report, ...]:
    """Return the records of this case, the notice, and what goes to the conference.

    They are written where the table says by which channels its assignments came; the refusals are kept in any case.
    """
    if CHANNEL.isdisjoint(run.tables.extras("assignments")):
        return ()
    register = Register(run)
    mine = [register.record(row, cells) for row, cells in told if cells["outcome"] == "refused"]
    names = sorted({record.assigner for record in mine} - {""})
    known = tuple(register.of(names))
    found = escalations(known, run.case.pack.screener.gate.threshold)
    return _records(run, mine, known, found), _notice(run, told), _escalations(run, found)


def _records(
    run: Run, mine: Sequence[Violation], known: Sequence[Violation], found: Sequence[Escalation]
) -> Report:
    items = {record.assignment: each.id for each in found for record in each.records}
    alike = {each.again.assignment: each.first.assignment for each in disguises(known)}
    lines = [
        [
            *(record.assignment, record.on, name_of(run, record.assigner), record.community, record.channel),
            *(record.matter, record.title, record.codes),
            alike.get(record.assignment, ""),
            items.get(record.assignment, ""),
        ]
        for record in mine
    ]
    return Report(VIOLATIONS, lines, counts={"refused": len(lines)})


def _notice(run: Run, told: Told) -> Report:
    """Group by assigner and channel (通报): of how many assignments, how many were refused, unlisted, unfunded."""
    counted: dict[tuple[str, str], list[int]] = {}
    for row, cells in told:
        known = run.case.pack.resolve_organisation(str(row["assigner"] or ""))
        codes = set(cast(Iterable[str], cells["codes"]))
        line = counted.setdefault((known.id if known is not None else "", channel(run, row)), [0, 0, 0, 0])
        marks = (True, cells["outcome"] == "refused", "not-listed" in codes, bool(codes & UNFUNDED))
        line[:] = [before + mark for before, mark in zip(line, marks, strict=True)]
    lines = [
        [name_of(run, assigner), by, whole, refused, share(refused, whole), unlisted, unfunded]
        for (assigner, by), (whole, refused, unlisted, unfunded) in sorted(
            counted.items(), key=lambda item: (-item[1][1], item[0])
        )
    ]
    return Report(VIOLATION_NOTICE, lines)


def _escalations(run: Run, found: Sequence[Escalation]) -> Report:
    basis = run.case.pack.screener.gate.threshold.basis
    lines = []
    for each in found:
        named = Escalation(name_of(run, each.assigner), each.records)
        first, last = each.records[0].on, each.records[-1].on
        asked = [record.assignment for record in each.records]
        topic = named.say().say(run.lang)
        lines.append([each.id, named.assigner, len(asked), first, last, asked, topic, basis.say(run.lang)])
    return Report(ESCALATIONS, lines, counts={"escalated": len(lines)})


def name_of(run: Run, assigner: str) -> str:
    """Return how an assigner is called; empty for one that the register does not know."""
    known = run.case.pack.resolve_organisation(assigner) if assigner else None
    return known.name if known is not None else ""


def _kept(record: Violation) -> Kept:
    data = {
        "community": record.community,
        "matter": record.matter,
        "title": record.title,
        "channel": record.channel,
        "codes": list(record.codes),
    }
    keys = {"assigner": record.assigner or None, "day": record.on.isoformat()}
    return Kept(KIND.name, record.assignment, 1, data, keys)


def _violation(kept: Kept) -> Violation:
    data = cast(Mapping[str, str], kept.data)
    return Violation(
        kept.id,
        date.fromisoformat(str(kept.keys["day"])),
        str(kept.keys["assigner"] or ""),
        data["community"],
        data["matter"],
        data["title"],
        data["channel"],
        tuple(data["codes"]),
    )
