"""时限: how a budget of days becomes a deadline, in natural or in working days.

A clock is an anchor day and a budget: the deadline is the budget's last day, the anchor not counted (民法典 201).
Stopping a clock keeps the budget that is left; starting it again only moves the anchor. So no day is lost or
gained, and a deadline beyond the calendar is not guessed: it is None until the notice is loaded.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, Protocol

from huaying_governance.errors import CalendarNotLoaded
from huaying_governance.text import Text

Unit = Literal["natural_days", "working_days"]
UNITS: dict[Unit, Text] = {
    "natural_days": Text("日", "natural days"),
    "working_days": Text("个工作日", "working days"),
}


class WorkDays(Protocol):
    """What a clock needs of a calendar; its methods raise `CalendarNotLoaded` beyond its coverage."""

    @property
    def version(self) -> str:
        """The name of the calendar's data."""
        ...

    def add_workdays(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`."""
        ...

    def workdays_between(self, start: date, end: date) -> int:
        """Return the number of working days after `start`, up to and including `end`."""
        ...

    def roll(self, day: date) -> date:
        """Return `day`, or the first working day after it where it is none."""
        ...


def deadline(calendar: WorkDays, anchor: date, days: int, unit: Unit, *, roll: bool = False) -> date | None:
    """Return the last day of `days` after `anchor`, or None where the calendar does not reach.

    `roll`: a natural day that falls on a holiday moves to the next working day (民法典 203; off unless a timetable
    says so, since the petition rules are silent).
    """
    try:
        if unit == "working_days":
            return calendar.add_workdays(anchor, days) if days else anchor
        last = anchor + timedelta(days=days)
        return calendar.roll(last) if roll else last
    except CalendarNotLoaded:
        return None


def used(calendar: WorkDays, anchor: date, day: date, unit: Unit) -> int | None:
    """Return how many days of the unit lie after `anchor` up to `day`; 0 before it, None beyond the calendar."""
    if day <= anchor:
        return 0
    if unit == "natural_days":
        return (day - anchor).days
    try:
        return calendar.workdays_between(anchor, day)
    except CalendarNotLoaded:
        return None


def passed(calendar: WorkDays, anchor: date, days: int, unit: Unit, day: date) -> bool:
    """Return whether `day` lies after the deadline; a deadline beyond the calendar has not surely passed."""
    last = deadline(calendar, anchor, days, unit)
    return last is not None and day > last
