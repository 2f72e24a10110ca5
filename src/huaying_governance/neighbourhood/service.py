"""志愿服务: an order for help, who offers, who is matched, what is recorded and confirmed, what counts.

Values only; `volunteering` has the rules. Nobody is sent: only who has offered can be matched, and may leave without a
word before the service is recorded. Time counts within the slot, once, when the resident has confirmed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from attrs import evolve, field, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.neighbourhood.partners import Partner
from huaying_governance.neighbourhood.spans import Span
from huaying_governance.text import Text


@frozen(kw_only=True)
class ServiceKind:
    """服务类别 of a pack. `risky`: the organiser insures whoever serves before he does."""

    id: str
    title: Text
    risky: bool
    citation: Citation


@frozen(kw_only=True)
class Volunteer:
    """志愿者: what she offers to do (kinds of service), whether she is insured, and a minor with consent."""

    person: str
    skills: tuple[str, ...] = ()
    insured: bool | None = None
    minor: bool | None = None
    guardian_consent: bool | None = None


@frozen(kw_only=True)
class Order:
    """应需服务单: what a resident needs, when, and how many helpers. `organiser` is empty for the committee itself."""

    id: str
    community: str
    kind: str
    requester: str
    organiser: str
    at: datetime
    start: datetime
    end: datetime
    places: int
    charged: bool = False

    @property
    def slot(self) -> Span:
        """The time that was asked for."""
        return Span(self.start, self.end)


@frozen(kw_only=True)
class Act:
    """服务办理: one act on an order; `volunteer` is whom it concerns, `start` and `end` the time served."""

    action: str
    at: datetime
    actor: str
    role: str
    volunteer: str = ""
    start: datetime | None = None
    end: datetime | None = None
    satisfied: bool | None = None
    reason: str = ""
    evidence: str = ""

    @property
    def span(self) -> Span | None:
        """The time that the act states; None unless it ends after it starts."""
        if self.start is None or self.end is None or self.end <= self.start:
            return None
        return Span(self.start, self.end)


@frozen(kw_only=True)
class Record:
    """服务记录 of one volunteer: the time within the slot, and whether the resident confirmed it."""

    volunteer: str
    start: datetime
    end: datetime
    confirmed_at: datetime | None = None
    satisfied: bool | None = None
    corrections: int = 0
    disputed: bool = False

    @property
    def span(self) -> Span:
        """The time that counts once it is confirmed."""
        return Span(self.start, self.end)


@frozen(kw_only=True)
class VolunteerRules:
    """志愿服务规则 of a pack: kinds of service, the most time of a day, and the clauses."""

    kinds: Mapping[str, ServiceKind]
    hours_a_day: int
    forced: Citation
    unpaid: Citation
    matched: Citation
    insured: Citation
    minors: Citation
    recorded: Citation
    corrected: Citation
    counted: Citation
    partners: Citation

    def kind_of(self, text: str) -> ServiceKind | None:
        """Return the kind that an id or a title names."""
        for kind in self.kinds.values():
            if text in {kind.id, kind.title.zh, kind.title.en}:
                return kind
        return None


@frozen
class Terms:
    """服务条件: the rules, the partners and volunteers, and when a volunteer is taken by other orders.

    `taken(volunteer, order)` gives the slots matched and the times recorded on other orders.
    """

    rules: VolunteerRules
    partners: Mapping[str, Partner] = field(factory=lambda: MappingProxyType({}))
    volunteers: Mapping[str, Volunteer] = field(factory=lambda: MappingProxyType({}))
    taken: Callable[[str, Standing], Iterable[Span]] = lambda _volunteer, _standing: ()


@frozen(kw_only=True)
class Standing:
    """服务单的现状: who offered, who is matched, what is recorded."""

    order: Order
    state: str = "open"
    moved_at: datetime | None = None
    offered: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        return self.moved_at or self.order.at

    @property
    def confirmed(self) -> tuple[Record, ...]:
        """The records that count."""
        return tuple(one for one in self.records if one.confirmed_at is not None)

    def record(self, volunteer: str) -> Record | None:
        """Return what is recorded of a volunteer."""
        return next((one for one in self.records if one.volunteer == volunteer), None)


def opened(order: Order) -> Standing:
    """Return how an order stands when it is entered."""
    return Standing(order=order)


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)


def _with(standing: Standing, record: Record) -> Standing:
    others = (one for one in standing.records if one.volunteer != record.volunteer)
    records = sorted((*others, record), key=lambda one: one.volunteer)
    return evolve(standing, records=tuple(records))


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how an order stands after an admitted act that ends in `state`."""
    moved = evolve(standing, state=state, moved_at=act.at)
    known = standing.record(act.volunteer)
    match act.action:
        case "offer":
            return evolve(moved, offered=(*standing.offered, act.actor))
        case "leave":
            return evolve(
                moved,
                offered=_without(standing.offered, act.actor),
                matched=_without(standing.matched, act.actor),
            )
        case "match":
            return evolve(moved, matched=(*standing.matched, act.volunteer))
        case "record" | "correct":
            span = act.span.within(standing.order.slot) if act.span is not None else None
            assert span is not None  # noqa: S101 - the guards have asked for a time within the slot
            count = 0 if known is None else known.corrections + 1
            return _with(
                moved, Record(volunteer=act.volunteer, start=span.start, end=span.end, corrections=count)
            )
        case "ask_correction" if known is not None:
            return _with(moved, evolve(known, disputed=True))
        case "confirm" if known is not None:
            return _with(moved, evolve(known, confirmed_at=act.at, satisfied=act.satisfied))
        case _:
            return moved
