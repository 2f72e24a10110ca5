"""服务时间: what a volunteer may be certified, and what a month of service comes to.

Everything is counted from confirmed records: who organised records, who recorded certifies, free of charge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from attrs import frozen

from huaying_governance.kernel.dates import day_of
from huaying_governance.neighbourhood.service import Record, Standing
from huaying_governance.neighbourhood.spans import Span

ALL = "all"


@frozen(kw_only=True)
class Certificate:
    """志愿服务记录证明 of one volunteer by one organiser; `by_kind`: minutes by kind of service."""

    volunteer: str
    organiser: str
    services: int
    minutes: int
    first: date
    last: date
    by_kind: tuple[tuple[str, int], ...]
    unconfirmed: int


def taken(standings: Iterable[Standing], volunteer: str) -> list[Span]:
    """Return the time that orders take of a volunteer: what is recorded, else the slot he is matched for."""
    spans = []
    for one in standings:
        record = one.record(volunteer)
        if record is not None:
            spans.append(record.span)
        elif volunteer in one.matched and one.state in {"open", "full"}:
            spans.append(one.order.slot)
    return spans


def certificates(standings: Iterable[Standing]) -> tuple[Certificate, ...]:
    """Return what each organiser can certify each volunteer, by confirmed records alone.

    Records that wait for a confirmation are counted beside it, never in it.
    """
    groups: dict[tuple[str, str], list[tuple[Standing, Record]]] = {}
    for standing in standings:
        for record in standing.records:
            groups.setdefault((record.volunteer, standing.order.organiser), []).append((standing, record))
    made = (_certificate(*key, held) for key, held in sorted(groups.items(), key=lambda item: item[0]))
    return tuple(one for one in made if one is not None)


def _certificate(volunteer: str, organiser: str, held: list[tuple[Standing, Record]]) -> Certificate | None:
    counted = [(standing, one) for standing, one in held if one.confirmed_at is not None]
    if not counted:
        return None
    by_kind: dict[str, int] = {}
    for standing, one in counted:
        by_kind[standing.order.kind] = by_kind.get(standing.order.kind, 0) + one.span.minutes
    days = [day_of(one.start) for _, one in counted]
    return Certificate(
        volunteer=volunteer,
        organiser=organiser,
        services=len(counted),
        minutes=sum(by_kind.values()),
        first=min(days),
        last=max(days),
        by_kind=tuple(sorted(by_kind.items())),
        unconfirmed=len(held) - len(counted),
    )


@frozen(kw_only=True)
class Tally:
    """志愿服务月报 of one kind: orders, and of these, places, served, satisfied: each with what it is a share of.

    `wait`: the mean time from order to the last confirmation of those done.
    """

    month: str
    kind: str
    orders: int
    done: int
    places: int
    matched: int
    served: int
    minutes: int
    volunteers: int
    rated: int
    satisfied: int
    wait: timedelta | None


def tallies(standings: Iterable[Standing]) -> tuple[Tally, ...]:
    """Return the months by the day of the order, all kinds together first; cancelled orders are not counted."""
    groups: dict[tuple[str, int, str], list[Standing]] = {}
    for one in standings:
        if one.state != "cancelled":
            month = f"{day_of(one.order.at):%Y-%m}"
            groups.setdefault((month, 0, ALL), []).append(one)
            groups.setdefault((month, 1, one.order.kind), []).append(one)
    return tuple(_tally(key[0], key[2], held) for key, held in sorted(groups.items(), key=_first))


def _first(item: tuple[tuple[str, int, str], list[Standing]]) -> tuple[str, int, str]:
    return item[0]


def _tally(month: str, kind: str, held: list[Standing]) -> Tally:
    def total(of: Callable[[Standing], int]) -> int:
        return sum(of(one) for one in held)

    records = [record for one in held for record in one.confirmed]
    waits = [_ended(one) for one in held if one.state == "done"]
    return Tally(
        month=month,
        kind=kind,
        orders=len(held),
        done=total(lambda one: one.state == "done"),
        places=total(lambda one: one.order.places),
        matched=total(lambda one: len(one.matched)),
        served=len(records),
        minutes=sum(record.span.minutes for record in records),
        volunteers=len({record.volunteer for record in records}),
        rated=sum(record.satisfied is not None for record in records),
        satisfied=sum(record.satisfied is True for record in records),
        wait=sum(waits, timedelta()) / len(waits) if waits else None,
    )


def _ended(one: Standing) -> timedelta:
    return max(record.confirmed_at or one.last_at for record in one.confirmed) - one.order.at
