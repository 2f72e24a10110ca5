"""提醒与预警: the timers of an entry, the rungs of each, and the three colours.

A rung fires once for each deadline of a timer, on or after its day; who asks, and how often, does not matter. A
deadline that moves is a new deadline. The days are this library's defaults and may be replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, TypeAlias

from attrs import frozen

from huaying_governance.ledger.dossier import EMPTY, Dossier, rung_key
from huaying_governance.ledger.records import Hardship
from huaying_governance.ledger.state import Live, due_day, is_open, is_overdue, is_stopped
from huaying_governance.text import Text

Colour: TypeAlias = Literal["green", "yellow", "red"]
COLOURS: Mapping[Colour, Text] = MappingProxyType(
    {
        "red": Text("红", "red"),
        "yellow": Text("黄", "yellow"),
        "green": Text("绿", "green"),
    }
)
RED_AFTER = 5
"""A milestone missed by more than so many natural days turns from yellow to red."""


@frozen
class Rung:
    """一级提醒: so many natural days after (before, if negative) the day of a timer."""

    id: str
    offset: int
    label: Text


Ladder: TypeAlias = Mapping[str, tuple[Rung, ...]]
LADDER: Ladder = MappingProxyType(
    {
        "due": (
            Rung("warning", -3, Text("临期预警", "due soon")),
            Rung("overdue", 1, Text("超期", "overdue")),
            Rung("escalation", 6, Text("超期提级", "overdue: to the joint conference")),
        ),
        "milestone": (Rung("missed", 1, Text("节点未达", "milestone missed")),),
        "review": (
            Rung("reminder", -30, Text("复核提醒", "review coming")),
            Rung("missed", 1, Text("复核逾期", "review missed")),
        ),
        "hold": (
            Rung("reminder", -7, Text("挂账复核提醒", "hold review coming")),
            Rung("missed", 1, Text("挂账复核逾期", "hold review missed")),
        ),
    }
)


def timers(live: Live, dossier: Dossier) -> Iterator[tuple[str, date]]:
    """Yield the entry's running timers: their kind and the day each runs to."""
    if not is_open(live):
        return
    due = due_day(live)
    if due is not None and not (is_stopped(live) and not is_overdue(live, live.at.date())):
        yield "due", due
    for day in dossier.milestones:
        yield "milestone", day
    if dossier.review_by is not None:
        yield "hold", dossier.review_by
    if isinstance(dossier.record, Hardship):
        yield "review", dossier.record.next_review


def pending(live: Live, dossier: Dossier, ladder: Ladder = LADDER) -> Iterator[tuple[date, str, date, Rung]]:
    """Yield the rungs not yet reached: the day on which each fires, its timer, the timer's day, the rung."""
    given = set(dossier.rungs)
    for timer, day in timers(live, dossier):
        for rung in ladder.get(timer, ()):
            if rung_key(timer, day, rung.id) not in given:
                yield day + timedelta(days=rung.offset), timer, day, rung


def colour(live: Live, dossier: Dossier, on: date, ladder: Ladder = LADDER) -> Colour:
    """Return red for what is overdue, yellow for what is about to be or has missed a milestone, else green.

    A milestone missed by more than `RED_AFTER` days is red, and so is a missed review of a hold.
    """
    if is_overdue(live, on) or (dossier.review_by is not None and on > dossier.review_by):
        return "red"
    missed = [day for day in dossier.milestones if on > day] if is_open(live) else []
    if missed and (on - missed[0]).days > RED_AFTER:
        return "red"
    warned = any(
        timer == "due" and fires <= on and rung.offset <= 0
        for fires, timer, _, rung in pending(live, EMPTY, ladder)
    )
    return "yellow" if missed or warned else "green"
