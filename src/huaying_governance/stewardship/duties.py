"""权责: which body answers for a matter, which carries it out, which is heard and which is told, with the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import in_force
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.stewardship.wording import found

PARTS = ("accountable", "responsible", "consulted", "informed")
"""负总责、负责办理、征求意见、告知."""


@frozen(kw_only=True)
class Duty:
    """职责: one body's part in one item from a day to a day, both included, and where that is written."""

    item: str
    body: str
    part: str
    since: date | None = None
    until: date | None = None
    basis: str = ""


@frozen
class Item:
    """职责事项: what somebody must answer for, as the pack lists it."""

    id: str
    citation: Citation


@frozen
class Allotment:
    """分工: who has which part in an item on a day; `since` is the day the present allotment began."""

    item: str
    bodies: Mapping[str, tuple[str, ...]]
    since: date | None
    ruling: Ruling


def allotments(items: Sequence[Item], duties: Sequence[Duty], on: date) -> tuple[Allotment, ...]:
    """Return every item of the pack, then every other that somebody has a part in, as it stands on a day."""
    cited = {item.id: item.citation for item in items}
    names = dict.fromkeys([*cited, *(duty.item for duty in duties)])
    return tuple(_allotment(name, [one for one in duties if one.item == name], on, cited) for name in names)


def _allotment(item: str, duties: Sequence[Duty], on: date, cited: Mapping[str, Citation]) -> Allotment:
    held = [one for one in duties if in_force(on, one.since, one.until)]
    bodies = {part: tuple(dict.fromkeys(one.body for one in held if one.part == part)) for part in PARTS}
    answering = len(bodies["accountable"])
    codes = []
    if answering != 1:
        codes.append("two-accountable" if answering else "no-accountable")
    if not bodies["responsible"]:
        codes.append("no-responsible")
    begun = [one.since for one in held if one.since is not None]
    ruling = found(codes, cited.get(item), figures={"count": answering})
    return Allotment(item, bodies, max(begun, default=None), ruling)


def gap_report(allotted: Iterable[Allotment]) -> tuple[Allotment, ...]:
    """权责缺口: return the items for which not exactly one body answers, or that nobody carries out."""
    return tuple(one for one in allotted if one.ruling.codes)


def by_body(allotted: Iterable[Allotment]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """部门职责: return for every body the items that it has each part in, in the order of the ids."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for one in allotted:
        for part in PARTS:
            for body in one.bodies[part]:
                held = found.setdefault(body, dict.fromkeys(PARTS, ()))
                held[part] = (*held[part], one.item)
    return dict(sorted(found.items()))


def history(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """权责沿革: return every part that was ever stated, by item, then by day, then in the order of the parts."""
    return tuple(
        sorted(
            duties,
            key=lambda one: (one.item, one.since or date.min, PARTS.index(one.part), one.body),
        )
    )
