"""Stretches of days (时段): gaps and overlaps of dated things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TypeAlias

from huaying_governance.rules.exact import FIRST_YEAR, LAST_YEAR

Stretch: TypeAlias = tuple[date, date]
START, END = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
DAY = timedelta(days=1)


def stretch(since: date | None, until: date | None) -> Stretch:
    """Return the days from `since` to `until`, open sides at the ends of the calendar."""
    return since or START, until or END


def gaps(covered: Iterable[Stretch], whole: Stretch) -> Iterator[Stretch]:
    """Yield the days of `whole` that nothing covers."""
    at, last = whole
    for since, until in sorted(covered):
        if since > at and at <= last:
            yield at, min(since - DAY, last)
        if until >= at:
            at = until + DAY if until < END else END + DAY
    if at <= last:
        yield at, last


def common(one: Stretch, other: Stretch) -> Stretch | None:
    """Return the days that both have, or None."""
    since, until = max(one[0], other[0]), min(one[1], other[1])
    return (since, until) if since <= until else None


def show(day: date) -> str:
    """Return a day for a message; the ends of the calendar are open."""
    return "…" if day in (START, END) else day.isoformat()
