"""Days, months and moments: exact against models written otherwise, strict in what they read."""

from __future__ import annotations

import calendar
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.kernel.dates import (
    SHANGHAI,
    add_months,
    add_years,
    day_of,
    days_between,
    days_in_month,
    in_force,
    months_between,
    parse_date,
    parse_moment,
    show_date,
    show_moment,
    years_between,
)

DAY = timedelta(days=1)
DAYS = st.dates(date(1800, 1, 1), date(2200, 12, 31))
EARLY = date(1964, 1, 1)
LATE = date(2064, 12, 31)


def model_add(day: date, months: int) -> date:
    """Walk month by month, then step back from the wanted day of the month to one that exists."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    wanted = day.day
    while wanted > calendar.monthrange(year, month)[1]:
        wanted -= 1
    return date(year, month, wanted)


def anniversaries(start: date) -> Iterator[date]:
    """Yield `start` a month later, two months later, …, past `LATE`."""
    months = 0
    day = start
    while day <= LATE:
        months += 1
        day = model_add(start, months) if months < 3 else _next(start, day)
        yield day


def _next(start: date, day: date) -> date:
    first = (day.replace(day=1) + 31 * DAY).replace(day=1)
    return first.replace(day=min(start.day, calendar.monthrange(first.year, first.month)[1]))


def sweep(start: date) -> None:
    """Compare every day up to `LATE` with a count of the anniversaries passed."""
    ahead = anniversaries(start)
    following = next(ahead)
    months = 0
    day = start
    while day <= LATE:
        while following <= day:
            months += 1
            following = next(ahead)
        assert months_between(start, day) == months, (start, day)
        assert years_between(start, day) == months // 12, (start, day)
        day += DAY


# Every day of the month in a leap and in a common year, thinned: the ends of months are all there.
EDGES = [
    day
    for year in (1964, 1965)
    for day in (date(year, 1, 1) + n * DAY for n in range(366))
    if day.year == year
]


@pytest.mark.parametrize("month", [1, 2, 3, 4, 12])
def test_months_from_the_ends_of_months(month: int) -> None:
    """From the first and the last days of a month, full months and years are right on every day until 2064."""
    for start in EDGES:
        if start.month == month and (start.day == 1 or start.day >= 28):
            sweep(start)


@pytest.mark.long
@pytest.mark.parametrize("month", range(1, 13))
def test_months_from_every_day(month: int) -> None:
    """From each day of a leap and of a common year, full months and years are right on every day of 1964 to 2064."""
    for start in EDGES:
        if start.month == month:
            sweep(start)


def look_back(start: date) -> None:
    """Compare every day of 2023 and 2024 with the anniversaries of `start` that fall in those years."""
    window = [(year, month) for year in (2022, 2023, 2024, 2025) for month in range(1, 13)]
    reached = {
        date(year, month, min(start.day, calendar.monthrange(year, month)[1])): (year - start.year) * 12
        + month
        for year, month in window
    }
    months = 0
    day = date(2022, 12, 1)
    while day.year < 2025:
        months = reached.get(day, months)
        if day.year > 2022:
            assert months_between(start, day) == months - start.month, (start, day)
            assert years_between(start, day) == (months - start.month) // 12, (start, day)
        day += DAY


def test_ages_on_each_day_of_two_years() -> None:
    """On each day of a common and of a leap year, who was born any 31st day of 1964 to 2064 has the right age."""
    for ordinal in range(EARLY.toordinal(), LATE.toordinal() + 1, 31):
        look_back(date.fromordinal(ordinal))


@pytest.mark.long
@pytest.mark.parametrize("decade", range(1964, 2065, 10))
def test_every_age_on_each_day_of_two_years(decade: int) -> None:
    """On each day of a common and of a leap year, who was born any day of 1964 to 2064 has the right age."""
    for ordinal in range(date(decade, 1, 1).toordinal(), date(min(decade + 9, 2064), 12, 31).toordinal() + 1):
        look_back(date.fromordinal(ordinal))


def agree(start: date, end: date) -> None:
    """By the definition itself: the anniversary reached is not later than `end`, the next one is."""
    months = months_between(start, end)
    assert model_add(start, months) <= end < model_add(start, months + 1)
    years = years_between(start, end)
    assert model_add(start, 12 * years) <= end < model_add(start, 12 * years + 12)


@given(DAYS, DAYS)
def test_the_definition_of_full_months(start: date, end: date) -> None:
    """The largest n with `add_months(start, n) <= end`, in either order of the two days."""
    agree(start, end)


@pytest.mark.long
def test_a_million_pairs() -> None:
    """A million random pairs of days between 1900 and 2100 agree with the definition, by the library's own addition."""
    draw = random.Random(20261123)
    low, high = date(1900, 1, 1).toordinal(), date(2100, 12, 31).toordinal()
    for _ in range(1_000_000):
        start, end = (date.fromordinal(draw.randint(low, high)) for _ in range(2))
        months = months_between(start, end)
        assert add_months(start, months) <= end < add_months(start, months + 1), (start, end)
        assert years_between(start, end) == months // 12


@given(DAYS, st.integers(-1200, 1200))
def test_adding_months(day: date, months: int) -> None:
    """The day of the month is kept, or the month's last day taken."""
    found = add_months(day, months)
    assert found == model_add(day, months)
    assert found.day == day.day or (found + DAY).month != found.month


@given(st.integers(1, 9999), st.integers(1, 12))
def test_length_of_a_month(year: int, month: int) -> None:
    """Months are as long as the standard library has them."""
    assert days_in_month(year, month) == calendar.monthrange(year, month)[1]


def test_years_near_the_ends_of_months() -> None:
    """2 April is not yet reached on 1 April; a 29 February falls on the 28th of a common year; 18 on that day."""
    assert years_between(date(1964, 4, 2), date(2024, 4, 1)) == 59
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert years_between(date(2008, 2, 29), date(2026, 2, 27)) == 17
    assert years_between(date(2008, 2, 29), date(2026, 2, 28)) == 18
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert months_between(date(2026, 3, 1), date(2026, 2, 28)) == -1


@pytest.mark.parametrize(
    ("start", "days", "end", "note"),
    [
        (date(2026, 3, 1), 15, date(2026, 3, 16), "petition: acceptance"),
        (date(2026, 3, 1), 60, date(2026, 4, 30), "petition: answer"),
        (date(2026, 3, 1), 90, date(2026, 5, 30), "petition: answer, extended"),
        (date(2026, 9, 16), 15, date(2026, 10, 1), "falls on a holiday"),
        (date(2026, 1, 31), 15, date(2026, 2, 15), "falls on a holiday"),
    ],
)
def test_natural_days(start: date, days: int, end: date, note: str) -> None:
    """The first day is not counted: the clocks in natural days of the domain's examples."""
    assert days_between(start, end) == days
    assert days_between(end, start) == -days


@given(DAYS)
def test_a_day_is_read_in_three_spellings(day: date) -> None:
    """What is written in any of the three spellings is read back."""
    for text in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month:02}/{day.day}",
    ):
        assert parse_date(text) == day
        assert parse_moment(text) == datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "text",
    [
        *("2024-02-30", "2023-02-29", "2026/2/30", "2026年13月1日", "0000-01-01", "2026-00-10"),
        *(
            "２０２６-02-09",
            "2026-02-09\n",
            " 2026-02-09",
            "2026-2-9",
            "26-02-09",
            "2026.02.09",
            "20260209",
            "",
        ),
        *("2026-02-09T00:00", "2026年2月9日 ", "2026/2-9", "٢٠٢٦-٠٢-٠٩", "2026-W07-1", "now", "46062"),
    ],
)
def test_what_is_no_day(text: str) -> None:
    """An impossible day and another spelling are refused, without the text in the message."""
    with pytest.raises(ValueError) as caught:
        parse_date(text)
    assert str(caught.value) in {
        "a date is written 2026-02-09, 2026年2月9日 or 2026/2/9",
        "there is no such day in the calendar",
    }


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Reading raises nothing but ValueError."""
    for read in (parse_date, parse_moment):
        try:
            read(text)
        except ValueError:
            continue


@given(st.datetimes(datetime(1992, 1, 1), datetime(2200, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_a_moment_with_an_offset(wall: datetime, minutes: int) -> None:
    """The offset is honoured, the zone becomes Shanghai's; without an offset the time is Shanghai's own."""
    there = wall.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    read = parse_moment(there.isoformat())
    assert read == there
    assert read.tzinfo is SHANGHAI
    assert parse_moment(wall.isoformat()) == wall.replace(tzinfo=SHANGHAI)
    assert parse_moment(wall.isoformat(" ")) == wall.replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-02-09T23:30Z", datetime(2026, 2, 9, 23, 30, tzinfo=UTC)),
        ("2026-02-09T10:30:15.1234567+08:00", datetime(2026, 2, 9, 2, 30, 15, 123456, tzinfo=UTC)),
        ("2026-040T10:00", datetime(2026, 2, 9, 2, tzinfo=UTC)),
        ("2026040T1000Z", datetime(2026, 2, 9, 10, tzinfo=UTC)),
        ("2026-W07-1T10:00:00+08:00", datetime(2026, 2, 9, 2, tzinfo=UTC)),
        ("20260209T103000+0800", datetime(2026, 2, 9, 2, 30, tzinfo=UTC)),
        ("2026-02-09T10:30:00,5+08", datetime(2026, 2, 9, 2, 30, 0, 500000, tzinfo=UTC)),
        ("1988-07-01T12:00", datetime(1988, 7, 1, 3, tzinfo=UTC)),
    ],
)
def test_rarer_spellings_of_a_moment(text: str, utc: datetime) -> None:
    """Ordinal dates, week dates and the basic format are read, and old summer time is honoured."""
    assert parse_moment(text).astimezone(UTC) == utc


@pytest.mark.parametrize(
    "text",
    [
        *("now", "12:00", "T12:00", "P1Y", "2026-02-09/2026-02-10", "2026-02-09T24:00", "2026-02-09T10:60"),
        *(
            "2026-02-30T10:00",
            "2026-366T10:00",
            "2026-W54-1T10:00",
            "2026-02-09T10:00+25:00",
            "2026-02-09T10:30\n",
        ),
        *("2026-02-09t10:30", "２026-02-09T10:30", "2026-02-09T10:00:00+08:00[Asia/Shanghai]", "1770604200"),
        *("1986-05-04T02:30", "0001-01-01T00:00+08:00", "0001-01-01T00:00", "9999-12-31T23:59-10:00"),
    ],
)
def test_what_is_no_moment(text: str) -> None:
    """Bare times, durations, impossible or skipped times are refused, with the cure and without the text."""
    with pytest.raises(ValueError, match="existing day and time") as caught:
        parse_moment(text)
    assert text not in str(caught.value)


def test_the_shanghai_day() -> None:
    """23:30 in Greenwich is already the next day in China; a moment without a zone has no day."""
    assert day_of(datetime(2026, 2, 9, 23, 30, tzinfo=UTC)) == date(2026, 2, 10)
    assert day_of(parse_moment("2026-02-09T23:30")) == date(2026, 2, 9)
    with pytest.raises(ValueError, match="zone"):
        day_of(datetime(2026, 2, 9))


def test_in_force() -> None:
    """Both ends of a span belong to it; None is open."""
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    assert in_force(first, first, last)
    assert in_force(last, first, last)
    assert not in_force(first - DAY, first, None)
    assert not in_force(last + DAY, None, last)
    assert in_force(first, None, None)


def test_days_in_words() -> None:
    """Days and moments are shown in Chinese and in English, the weekday on demand."""
    day = date(2026, 2, 9)
    assert show_date(day) == "2026年2月9日"
    assert show_date(day, "en") == "9 February 2026"
    assert show_date(day, "zh", weekday=True) == "2026年2月9日 星期一"
    assert show_date(day, "en", weekday=True) == "Monday, 9 February 2026"
    moment = datetime(2026, 2, 8, 16, 5, tzinfo=UTC)
    assert show_moment(moment) == "2026年2月9日 00:05"
    assert show_moment(moment, "en") == "9 February 2026, 00:05"


def test_the_kernel_starts_without_pendulum() -> None:
    """Pendulum and cattrs cost 90 and 150 ms: importing every module of the kernel loads neither."""
    names = ["bodies", "citation", "dates", "ids", "money", "privacy", "ruling", "thresholds", "workdays"]
    code = f"import sys, importlib\nfor n in {names}: importlib.import_module('huaying_governance.kernel.' + n)\n"
    code += "sys.exit(bool({'pendulum', 'cattrs'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026/9/18 9:30", "2026-09-18T09:30:00+08:00"),
        ("2026/9/18 09:30:05", "2026-09-18T09:30:05+08:00"),
        ("2026年9月18日 9:30", "2026-09-18T09:30:00+08:00"),
        ("2026-9-18 9:30", None),
        ("2026/9/18 24:00", None),
        ("2026/9/18 9:3", None),
        ("2026/9/18  9:30", None),
        ("2026/2/30 9:30", None),
        ("9:30", None),
    ],
)
def test_a_moment_may_be_written_as_a_spreadsheet_writes_it(text: str, iso: str | None) -> None:
    """A day in any spelling of a day, one space, a time with or without a leading nought and seconds."""
    if iso is None:
        with pytest.raises(ValueError, match="a moment is"):
            parse_moment(text)
    else:
        assert parse_moment(text).isoformat() == iso
