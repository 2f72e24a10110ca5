"""管理权责: segments of the boundary with neighbouring townships by matter, with one lead a cell.

The line of administration (区划) changes only with approval; here stands who looks after what along it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import in_force
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.stewardship.wording import found


@frozen(kw_only=True)
class Segment:
    """段: a stretch of the boundary and its two sides; an enclave (飞地) has a host and an owner instead."""

    id: str
    side_a: str
    side_b: str
    enclave: bool = False

    @property
    def sides(self) -> tuple[str, ...]:
        """Who may lead: the two sides, of an enclave its host and its owner."""
        return tuple(side for side in (self.side_a, self.side_b) if side)


@frozen
class Matter:
    """权责事项: a kind of matter along a boundary; `hazard`: one that can be a danger to life or safety."""

    id: str
    hazard: bool
    citation: Citation


@frozen(kw_only=True)
class Agreement:
    """权责约定: who leads in one cell from a day to a day, by which agreement, to be reviewed when."""

    segment: str
    matter: str
    lead: str
    since: date
    until: date | None = None
    number: str = ""
    review_on: date | None = None


@frozen
class Cell:
    """权责格: one segment and matter, as it stands on a day. `leads` should be one."""

    segment: Segment
    matter: Matter
    leads: tuple[str, ...]
    numbers: tuple[str, ...]
    ruling: Ruling

    @property
    def lead(self) -> str:
        """The one lead; empty where there is none, or more than one."""
        return self.leads[0] if len(self.leads) == 1 else ""


@frozen(kw_only=True)
class Find:
    """发现: somebody comes upon something on a segment; `acted_at` says when the finder acted, None: not so far."""

    segment: str
    matter: str
    finder: str
    at: datetime
    acted_at: datetime | None = None


@frozen
class Handling:
    """先行处置: who must act on a find, and who is billed afterwards."""

    acts: str
    billed: str
    ruling: Ruling


def matrix(
    segments: Sequence[Segment],
    matters: Sequence[Matter],
    agreements: Sequence[Agreement],
    on: date,
    settled: Mapping[tuple[str, str], Agreement] | None = None,
) -> tuple[Cell, ...]:
    """Return every cell, segment by segment; one with no lead or with several is flagged.

    `settled`: what disputes have ended with; it takes the place of older agreements on the same cell.
    """
    ended = settled or {}
    cells = []
    for segment in segments:
        for matter in matters:
            new = ended.get((segment.id, matter.id))
            if new is not None and in_force(on, new.since, new.until):
                held = [new]
            else:
                held = [
                    one
                    for one in agreements
                    if (one.segment, one.matter) == (segment.id, matter.id)
                    and in_force(on, one.since, one.until)
                ]
            cells.append(_cell(segment, matter, held, on))
    return tuple(cells)


def _cell(segment: Segment, matter: Matter, held: Sequence[Agreement], on: date) -> Cell:
    leads = tuple(dict.fromkeys(one.lead for one in held))
    codes = []
    if len(leads) != 1:
        codes.append("two-leads" if leads else "no-lead")
    if any(lead not in segment.sides for lead in leads):
        codes.append("lead-not-a-side")
    if segment.enclave and len(segment.sides) < 2:
        codes.append("enclave-incomplete")
    if any(one.review_on is not None and one.review_on < on for one in held):
        codes.append("review-overdue")
    ruling = found(codes, matter.citation, figures={"count": len(leads)})
    return Cell(segment, matter, leads, tuple(one.number for one in held if one.number), ruling)


def first_finder(find: Find, cell: Cell) -> Handling:
    """Return who acts: in a hazard whoever found it, whoever leads; the lead is handed over to and billed later."""
    lead = cell.lead
    if not cell.matter.hazard:
        codes = ["lead-acts"] if lead else ["no-lead-to-bill"]
        return Handling(lead, "", found(codes, cell.matter.citation))
    codes = ["first-finder-acts"]
    if find.acted_at is None:
        codes.append("finder-did-not-act")
    elif find.acted_at < find.at:
        codes.append("acted-before-found")
    if not lead:
        codes.append("no-lead-to-bill")
    billed = lead if lead != find.finder else ""
    return Handling(find.finder, billed, found(codes, cell.matter.citation))
