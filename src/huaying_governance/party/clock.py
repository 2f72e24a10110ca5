"""哨声时限: when a whistle's step is due, by the wall clock, in working minutes or in working days.

A wall-clock minute runs day and night; a working minute runs in office hours of working days only; a working day ends
with the day. Beyond the calendar nothing is guessed: the moment is None until the notice is loaded.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Literal

from attrs import frozen

from huaying_governance.errors import CalendarNotLoaded
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import SHANGHAI, day_of
from huaying_governance.kernel.workdays import Calendar

Unit = Literal["minutes", "working_minutes", "working_days"]
UNITS: tuple[Unit, ...] = ("minutes", "working_minutes", "working_days")


@frozen
class Hours:
    """办公时间: the hours of a working day, without gaps; each from a time to a later one."""

    opens: time
    closes: time

    @property
    def minutes(self) -> int:
        """The working minutes of a whole day."""
        return (self.closes.hour - self.opens.hour) * 60 + self.closes.minute - self.opens.minute


@frozen
class Clock:
    """时限: a kind of whistle, the step that it allows time for, how much of which unit, and where that is written."""

    kind: str
    step: str
    amount: int
    unit: Unit
    citation: Citation


def due_moment(calendar: Calendar, hours: Hours, start: datetime, amount: int, unit: Unit) -> datetime | None:
    """Return the last moment of the time allowed after `start`, None beyond the calendar.

    Working days end with the day: the last one's midnight is late. Time before the office opens does not count.
    """
    start = start.astimezone(SHANGHAI)
    if unit == "minutes":
        return start + timedelta(minutes=amount)
    try:
        if unit == "working_days":
            return datetime.combine(calendar.add_workdays(day_of(start), amount), time(23, 59, 59), SHANGHAI)
        return _working(calendar, hours, start, amount)
    except CalendarNotLoaded:
        return None


def _working(calendar: Calendar, hours: Hours, start: datetime, amount: int) -> datetime:
    day = day_of(start)
    opens = datetime.combine(day, hours.opens, SHANGHAI)
    closes = datetime.combine(day, hours.closes, SHANGHAI)
    at = max(start, opens)
    if not calendar.is_workday(day) or at >= closes:
        day = calendar.add_workdays(day, 1)
        at, closes = (datetime.combine(day, one, SHANGHAI) for one in (hours.opens, hours.closes))
    left = timedelta(minutes=amount)
    if at + left <= closes:
        return at + left
    left -= closes - at
    days, rest = divmod(left, timedelta(minutes=hours.minutes))
    if not rest:
        days, rest = days - 1, timedelta(minutes=hours.minutes)
    last = calendar.add_workdays(day, days + 1)
    return datetime.combine(last, hours.opens, SHANGHAI) + rest
