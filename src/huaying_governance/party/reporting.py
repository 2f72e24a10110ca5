"""双报到覆盖: which units and members owe a registration with a community, who made it in time, and who is missing.

The duty begins when a unit settles or a member moves or joins, and ends with the working days of the rules. Who is
excused is not counted as owing; a registration without its day is one, but nobody says that it was in time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.procedure.clock import WorkDays, deadline

KINDS = ("unit", "member")


@frozen(kw_only=True)
class ReportingRules:
    """双报到规则 of a pack: working days to register and to place an order, services a year."""

    days: int
    services: int
    placing_days: int
    citation: Citation


@frozen(kw_only=True)
class Duty:
    """报到义务 of a unit or a member with one community, since a day; `registered` without a day is undated."""

    kind: str
    who: str
    unit: str
    community: str
    since: date
    registered: bool
    registered_on: date | None = None
    excused: bool = False


def due_day(duty: Duty, rules: ReportingRules, calendar: WorkDays) -> date | None:
    """Return the last day to register, None beyond the calendar."""
    return deadline(calendar, duty.since, rules.days, "working_days")


def state_of(duty: Duty, rules: ReportingRules, calendar: WorkDays, on: date) -> str:
    """Return how a duty stands on a day: excused, in-time, late, undated, missing, or running."""
    if duty.excused:
        return "excused"
    due = due_day(duty, rules, calendar)
    if duty.registered and (duty.registered_on is None or due is None):
        return "undated"
    if duty.registered and duty.registered_on is not None and duty.registered_on <= on and due is not None:
        return "in-time" if duty.registered_on <= due else "late"
    return "missing" if due is not None and due < on else "running"


@frozen
class Coverage:
    """覆盖 of some duties: how many owe, how many of them are registered and in time, excused, and who is missing."""

    owing: int
    registered: int
    in_time: int
    excused: int
    missing: tuple[str, ...]


def cover(duties: Iterable[Duty], rules: ReportingRules, calendar: WorkDays, on: date) -> Coverage:
    """Return the coverage of these duties on a day; one unit or member with two communities owes two."""
    held = [(one, state_of(one, rules, calendar, on)) for one in duties if one.since <= on]
    owing = [(one, state) for one, state in held if state != "excused"]
    registered = sum(state in {"in-time", "late", "undated"} for _, state in owing)
    in_time = sum(state == "in-time" for _, state in owing)
    missing = tuple(sorted({one.who for one, state in owing if state == "missing"}))
    return Coverage(len(owing), registered, in_time, len(held) - len(owing), missing)
