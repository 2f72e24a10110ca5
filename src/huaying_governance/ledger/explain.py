"""期限说明: how an entry's deadline came about, told from its history, each step with its clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ground
from huaying_governance.ledger.events import (
    Accepted,
    Deadline,
    Declined,
    Event,
    Extended,
    Held,
    Registered,
    Replied,
    Reprojected,
    Resumed,
)
from huaying_governance.ledger.evolve import evolve
from huaying_governance.ledger.state import Live, due_day
from huaying_governance.ledger.terms import Clock, Terms
from huaying_governance.ledger.view import missing
from huaying_governance.ledger.words import DEADLINES
from huaying_governance.procedure.clock import UNITS
from huaying_governance.text import Lang, Text, same


@frozen
class DueStory:
    """期限说明: the next unmet deadline (None: none, or not known), what is missing, and every step that led to it."""

    due: date | None
    missing: tuple[str, ...]
    grounds: tuple[Ground, ...]

    def explain(self, lang: Lang = "zh") -> str:
        """Return the story as readable lines."""
        if self.due is not None:
            head = Text(f"期限：{self.due.isoformat()}", f"due: {self.due.isoformat()}")
        else:
            head = Text("期限：无", "due: none")
        lines = [head.say(lang), *(line for ground in self.grounds for line in ground.lines(lang))]
        return "\n".join([*lines, *(f"missing:{name}" for name in self.missing)])

    def to_dict(self) -> dict[str, object]:
        """Return stable JSON data."""
        return {
            "due": None if self.due is None else self.due.isoformat(),
            "missing": list(self.missing),
            "grounds": [ground.to_dict() for ground in self.grounds],
        }


def explain_due(history: Iterable[Event]) -> DueStory:
    """Return the story of the deadline of one entry from all its events."""
    live: Live | None = None
    grounds: list[Ground] = []
    for event in history:
        after = evolve(live, event)
        grounds.extend(_steps(live, event, after))
        live = after
    if live is None:
        raise ValueError("an entry without events has no deadline")
    return DueStory(due_day(live), missing(live), tuple(grounds))


def _steps(before: Live | None, event: Event, after: Live) -> Iterator[Ground]:
    terms, day = after.terms, event.at.date()
    if isinstance(event, (Accepted, Replied, Declined)) and event.met and before is not None:
        yield _met(terms, before, day, event.late)
    if isinstance(event, (Registered, Accepted, Replied)) and event.deadline is not None:
        yield _started(terms, event.deadline)
    if isinstance(event, Extended):
        yield _said(
            _EXTENDED,
            terms,
            event.deadline,
            day=day,
            n=_days(terms, event.deadline, event.days),
            basis=terms.extension,
        )
    if isinstance(event, Held):
        yield (
            Ground(_HELD.fill(day=day))
            if event.deadline is None
            else _said(_STOPPED, terms, event.deadline, day=day)
        )
    if isinstance(event, Resumed) and event.deadline is not None:
        yield _said(_RESUMED, terms, event.deadline, day=day)
    if isinstance(event, Reprojected):
        yield _said(_REPROJECTED, terms, event.deadline, day=day)


_STARTED = Text(
    "{clock}：自 {day} 起（当日不计）{n}，至 {due}", "{clock}: {n} from {day} (not counted), to {due}"
)
_EXTENDED = Text("{day} 延期{n}，至 {due}", "extended on {day} by {n}, to {due}")
_HELD = Text("{day} 挂账，时限不停", "put on hold on {day}; the clock does not stop")
_STOPPED = Text("{day} 挂账，时限停止，余{n}", "put on hold on {day}; the clock stops with {n} left")
_RESUMED = Text("{day} 恢复办理，余{n}，至 {due}", "resumed on {day} with {n} left, to {due}")
_REPROJECTED = Text("{day} 按新日历重算，至 {due}", "reckoned anew on {day} with another calendar: {due}")
_IN_TIME = Text("{clock}：{day} 按期办到", "{clock}: met in time on {day}")
_LATE = Text("{clock}：{day} 办到，逾期（期限 {due}）", "{clock}: met late on {day} (due {due})")
_UNKNOWN = Text("待日历公布", "known when the calendar is")


def _called(clock: Clock) -> Text:
    return DEADLINES.get(clock.until, same(clock.id))


def _days(terms: Terms, deadline: Deadline, days: int | None) -> Text:
    unit = UNITS[terms.clocks[deadline.clock].unit]
    return Text("若干", "some days") if days is None else Text(f"{days}{unit.zh}", f"{days} {unit.en}")


def _said(
    text: Text, terms: Terms, deadline: Deadline, basis: Citation | None = None, **values: object
) -> Ground:
    clock = terms.clocks[deadline.clock]
    due = _UNKNOWN if deadline.due is None else same(deadline.due.isoformat())
    filled = {"n": _days(terms, deadline, deadline.days), "due": due, "clock": _called(clock), **values}
    evidence = {"clock": clock.id, "unit": clock.unit, "calendar": deadline.calendar, "due": deadline.due}
    return Ground(text.fill(**filled), "", basis or clock.citation, evidence)


def _started(terms: Terms, deadline: Deadline) -> Ground:
    return _said(_STARTED, terms, deadline, day=deadline.anchor)


def _met(terms: Terms, before: Live, day: date, late: bool | None) -> Ground:
    clock = terms.clocks[before.clock]
    text = _LATE if late else _IN_TIME
    return Ground(
        text.fill(clock=_called(clock), day=day, due=before.due), "", clock.citation, {"clock": clock.id}
    )
