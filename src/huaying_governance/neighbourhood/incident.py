"""环境问题: dumped building waste (偷倒建筑垃圾), vegetables on public green (毁绿种菜): what was found, how it stands.

Values only; `rectifying` has the procedure. An incident is a place, a kind, a day and, where it is one, a unit. Who did
it stays with the organ that enforces the law: no individual has a field here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from attrs import evolve, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
from huaying_governance.neighbourhood.scope import refuse_out_of_scope
from huaying_governance.text import Text


@frozen(kw_only=True)
class Incident:
    """环境问题 as found. Raises `OutOfScope` for a kind that is not held here. `area` in square metres."""

    community: str
    kind: str
    at: datetime
    area: Decimal | None = None
    unit: str = ""
    photo: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None

    def __attrs_post_init__(self) -> None:
        refuse_out_of_scope(self.kind)


@frozen(kw_only=True)
class Act:
    """整治办理: one act on an incident; `due_on` the day by which it is to be put right, `receipt` of a handover."""

    action: str
    at: datetime
    actor: str
    role: str
    due_on: date | None = None
    passed: bool | None = None
    receipt: str = ""
    organ: str = ""
    photo: str = ""
    reason: str = ""


@frozen(kw_only=True)
class IncidentKind:
    """环境问题种类 of a pack: days to put it right where the order states none, how often they may be extended."""

    id: str
    title: Text
    restore_days: int
    extensions: int
    days: Citation
    order: Citation
    penalty: Citation


@frozen
class Terms:
    """整治条件: the kinds of the pack."""

    kinds: Mapping[str, IncidentKind]


@frozen(kw_only=True)
class Standing:
    """环境问题的现状. `works`: who put it right, each time; `photos`: every picture shown so far."""

    incident: Incident
    state: str = "found"
    moved_at: datetime | None = None
    ordered_on: date | None = None
    stated_due: date | None = None
    extensions: int = 0
    works: tuple[str, ...] = ()
    rectified_on: date | None = None
    rechecks: int = 0
    failed: int = 0
    passed_on: date | None = None
    receipt: str = ""
    organ: str = ""
    photos: tuple[str, ...] = ()

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        return self.moved_at or self.incident.at

    @property
    def before(self) -> str:
        """The picture of the find."""
        return self.incident.photo

    @property
    def afterwards(self) -> str:
        """The latest picture of what was done; empty while there is none."""
        return self.photos[-1] if len(self.photos) > (1 if self.incident.photo else 0) else ""


def opened(incident: Incident) -> Standing:
    """Return how an incident stands when it is found."""
    return Standing(incident=incident, photos=(incident.photo,) if incident.photo else ())


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how an incident stands after an admitted act that ends in `state`."""
    moved = evolve(standing, state=state, moved_at=act.at)
    if act.photo and act.photo not in moved.photos:
        moved = evolve(moved, photos=(*moved.photos, act.photo))
    match act.action:
        case "order":
            return evolve(moved, ordered_on=day_of(act.at), stated_due=act.due_on, rectified_on=None)
        case "extend":
            return evolve(moved, stated_due=act.due_on, extensions=standing.extensions + 1)
        case "rectify":
            return evolve(moved, works=(*standing.works, act.actor), rectified_on=day_of(act.at))
        case "recheck" if act.passed:
            return evolve(moved, rechecks=standing.rechecks + 1, passed_on=day_of(act.at))
        case "recheck":
            failed = standing.failed + 1
            return evolve(moved, rechecks=standing.rechecks + 1, failed=failed, rectified_on=None)
        case "hand_over":
            return evolve(moved, receipt=act.receipt, organ=act.organ)
        case _:
            return moved


def due_of(standing: Standing, terms: Terms) -> date | None:
    """Return the last day to put it right: as ordered, else so many days after the order; None without an order."""
    if standing.ordered_on is None:
        return None
    if standing.stated_due is not None:
        return standing.stated_due
    kind = terms.kinds.get(standing.incident.kind)
    return None if kind is None else standing.ordered_on + timedelta(days=kind.restore_days)


def deadline_passed(standing: Standing, terms: Terms, on: date) -> bool:
    """Whether it was to be right by now, and nobody has shown that it is. The day itself is in time."""
    due = due_of(standing, terms)
    return due is not None and on > due and standing.state in {"ordered", "reopened", "escalated"}


def overdue(standing: Standing, terms: Terms, on: date) -> bool | None:
    """Whether it was, or is, not put right in time; None without a day. What failed its recheck was not put right."""
    due = due_of(standing, terms)
    if due is None:
        return None
    if standing.rectified_on is not None:
        return standing.rectified_on > due
    return on > due or standing.state == "handed_over"
