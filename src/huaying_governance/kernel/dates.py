"""日期与时刻: days, months and moments of China, and nothing that reads the clock.

Days are `datetime.date`, moments aware `datetime`s in Asia/Shanghai. Months and years are the library's own integer
arithmetic, because a wrong birthday decides a right. Pendulum is used where it is good, at the edges, and imported
only then: reading the rarer ISO 8601 spellings of a moment, and saying a day with its weekday in words.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from huaying_governance.text import Lang

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The one zone of China (北京时间)."""

_DATES = (
    re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
    re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日"),
    re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})"),
)
_PLAIN_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
# Basic, week and ordinal dates, with a clock: the shapes are fixed here, because a lenient reader takes `now` too.
_OFFICE_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?", re.ASCII)
_RARE_MOMENT = re.compile(
    r"(?:[0-9]{4}-?W[0-9]{2}-?[1-7]|[0-9]{4}-?[0-9]{3}|[0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"T[0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2}(?:[.,][0-9]{1,9})?)?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_LONG = frozenset((1, 3, 5, 7, 8, 10, 12))
_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WITH_WEEKDAY: dict[Lang, str] = {"zh": "LL dddd", "en": "dddd, D MMMM YYYY"}


# Reading ------------------------------------------------------------------------------------------------------


def parse_date(text: str) -> date:
    """Return the day that `text` writes: `2026-02-09`, `2026年2月9日` or `2026/2/9`, in ASCII digits, nothing around.

    Raises `ValueError`, without the text, for another spelling and for a day that the calendar lacks.
    """
    for shape in _DATES:
        if found := shape.fullmatch(text):
            year, month, day = map(int, found.groups())
            return _day(year, month, day)
    raise ValueError("a date is written 2026-02-09, 2026年2月9日 or 2026/2/9")


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("there is no such day in the calendar") from None


def parse_moment(text: str) -> datetime:
    """Return the moment that `text` writes in ISO 8601, in Asia/Shanghai; without an offset it is Shanghai time.

    A day in any spelling of `parse_date` may stand alone, for its midnight, or before a time as spreadsheets write it:
    `2026/2/9 9:30`. Week dates, ordinal dates and the basic format are
    read too. Parts of a second beyond the microsecond are cut off. Raises `ValueError`, without the text, for anything
    else: a bare time, a duration, `24:00`, a local time that the summer-time clocks of 1940 to 1991 skipped.
    """
    try:
        if _PLAIN_MOMENT.fullmatch(text):
            moment = datetime.fromisoformat(text)
        elif _RARE_MOMENT.fullmatch(text):
            moment = _pendulum_moment(text)
        else:
            moment = _office_moment(text)
        return moment.astimezone(SHANGHAI) if moment.tzinfo is not None else _shanghai(moment)
    except (ValueError, OverflowError):
        raise ValueError(
            "a moment is an existing day and time, written 2026-02-09T10:30 (Shanghai time) or with an offset, +08:00"
        ) from None


def _office_moment(text: str) -> datetime:
    day, _, clock = text.partition(" ")
    if not clock:
        return datetime.combine(parse_date(text), time.min)
    found = _OFFICE_TIME.fullmatch(clock)
    if found is None:
        raise ValueError("not a time")
    hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime.combine(parse_date(day), time(hour, minute, second))


def _shanghai(wall: datetime) -> datetime:
    moment = wall.replace(tzinfo=SHANGHAI)
    if moment.astimezone(UTC).astimezone(SHANGHAI) != moment:
        raise ValueError("the clocks of Shanghai skipped this time")
    return moment


def _pendulum_moment(text: str) -> datetime:
    import pendulum  # noqa: PLC0415 - costs 90 ms, and few texts need it

    read = pendulum.parse(text, tz="Asia/Shanghai", strict=True)
    if not isinstance(read, pendulum.DateTime):
        raise ValueError("not a moment")
    return datetime.fromisoformat(read.isoformat())


def day_of(moment: datetime) -> date:
    """Return the Shanghai day of an aware moment: 23:30 UTC is already the next day there."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone has no day: say which zone it is in")
    return moment.astimezone(SHANGHAI).date()


# Counting -----------------------------------------------------------------------------------------------------


def days_in_month(year: int, month: int) -> int:
    """Return the length of a month of the Gregorian calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 31 if month in _LONG else 30


def add_months(day: date, months: int) -> date:
    """Return the same day of the month `months` later (or earlier), or that month's last day where it lacks it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, days_in_month(year, month)))


def add_years(day: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes 28 February in a common year."""
    return add_months(day, years * 12)


def months_between(start: date, end: date) -> int:
    """Return the full months from `start` to `end`: the largest n with `add_months(start, n) <= end`.

    Negative when `end` comes first, and then rounded away from zero: the day before `start` is -1.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    if end.day < start.day and end.day < days_in_month(end.year, end.month):
        return months - 1
    return months


def years_between(start: date, end: date) -> int:
    """Return the full years from `start` to `end` (周岁), counted as `months_between` does.

    Who was born on 29 February is a year older on 28 February of a common year.
    """
    return months_between(start, end) // 12


def days_between(start: date, end: date) -> int:
    """Return the days from `start` to `end`, the first not counted; negative when `end` comes first."""
    return (end - start).days


def in_force(day: date, since: date | None, until: date | None) -> bool:
    """Tell whether `day` lies in the span from `since` to `until`, both included; None is open."""
    return (since is None or since <= day) and (until is None or day <= until)


# Showing ------------------------------------------------------------------------------------------------------


def show_date(day: date, lang: Lang = "zh", *, weekday: bool = False) -> str:
    """Return `2026年2月9日` or `9 February 2026`.

    With `weekday`, `2026年2月9日 星期一` or `Monday, 9 February 2026`.
    """
    if weekday:
        return _with_weekday(day, lang)
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_ENGLISH[day.month - 1]} {day.year}"


def _with_weekday(day: date, lang: Lang) -> str:
    import pendulum  # noqa: PLC0415 - costs 90 ms, and few texts need it

    return pendulum.Date(day.year, day.month, day.day).format(_WITH_WEEKDAY[lang], locale=lang)


def show_moment(moment: datetime, lang: Lang = "zh") -> str:
    """Return an aware moment in Shanghai time: `2026年2月9日 10:30` or `9 February 2026, 10:30`."""
    gap = " " if lang == "zh" else ", "
    return f"{show_date(day_of(moment), lang)}{gap}{moment.astimezone(SHANGHAI):%H:%M}"
