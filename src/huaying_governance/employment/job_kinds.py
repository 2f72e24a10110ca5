"""岗位种类目录与存量: the kinds of job that a pack lists, and how many jobs of each are open on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import in_force
from huaying_governance.text import Text


@frozen(kw_only=True)
class JobKind:
    """岗位种类: a kind of the catalogue; `public` for posts in the public interest."""

    id: str
    title: Text
    public: bool
    citation: Citation


@frozen(kw_only=True)
class Lot:
    """岗位: so many jobs of one kind in one community, open from a day until another, both included.

    `filled`: how many of them are taken; None where that is not known.
    """

    id: str
    kind: str
    community: str
    jobs: int
    filled: int | None
    since: date
    until: date | None


@frozen
class Stock:
    """岗位存量 of a kind: jobs open and closed; of the open those taken, and how many of which nothing is known."""

    kind: str
    open: int
    closed: int
    filled: int
    unknown: int

    @property
    def vacant(self) -> int:
        """The open jobs known to be free."""
        return self.open - self.filled - self.unknown


def stock(lots: Iterable[Lot], on: date) -> tuple[Stock, ...]:
    """Return the stock of every kind there is, by kind; what is closed is counted apart, what is to come not at all."""
    found: dict[str, Stock] = {}
    for lot in lots:
        if lot.since > on:
            continue
        held = found.get(lot.kind, Stock(lot.kind, 0, 0, 0, 0))
        if in_force(on, lot.since, lot.until):
            unknown = lot.jobs if lot.filled is None else 0
            held = Stock(
                lot.kind,
                held.open + lot.jobs,
                held.closed,
                held.filled + (lot.filled or 0),
                held.unknown + unknown,
            )
        else:
            held = Stock(lot.kind, held.open, held.closed + lot.jobs, held.filled, held.unknown)
        found[lot.kind] = held
    return tuple(found[kind] for kind in sorted(found))


def kinds_open(held: Iterable[Stock], catalogue: Mapping[str, JobKind]) -> tuple[str, ...]:
    """Return the kinds of the catalogue with jobs that are open."""
    return tuple(one.kind for one in held if one.open and one.kind in catalogue)
