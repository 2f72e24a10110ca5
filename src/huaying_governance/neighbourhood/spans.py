"""服务时段: stretches of time, half open, and how much of every day they fill."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from attrs import frozen

from huaying_governance.kernel.dates import SHANGHAI, day_of


@frozen
class Span:
    """时段: from `start` until just before `end`."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Whole minutes; a part of a minute does not count."""
        return max(0, (self.end - self.start) // timedelta(minutes=1))

    def within(self, slot: Span) -> Span | None:
        """Return the part that lies within `slot`; None where none does."""
        start, end = max(self.start, slot.start), min(self.end, slot.end)
        return Span(start, end) if start < end else None

    def overlaps(self, other: Span) -> bool:
        """Whether some time lies in both; one that begins when the other ends does not overlap it."""
        return self.start < other.end and other.start < self.end


def by_day(spans: Iterable[Span]) -> dict[date, timedelta]:
    """Return how much of each day in Shanghai the spans fill, one added to another."""
    filled: dict[date, timedelta] = {}
    for span in spans:
        start = span.start
        while start < span.end:
            day = day_of(start)
            midnight = datetime.combine(day + timedelta(days=1), time.min, SHANGHAI)
            filled[day] = filled.get(day, timedelta()) + min(midnight, span.end) - start
            start = midnight
    return filled
