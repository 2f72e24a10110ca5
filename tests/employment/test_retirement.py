"""法定退休年龄: the gradual schedule, against a model written from the tables' way of counting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employing import RULES
from huaying_governance.employment.retirement import Band, delay_of, near, statutory_retirement

SCHEDULE = RULES.public_posts.schedule
MODEL = {"men": (1965, 4, 36, 60), "women_55": (1970, 4, 36, 55), "women_50": (1975, 2, 60, 50)}


def model() -> dict[tuple[str, int, int], tuple[int, int, int]]:
    """Walk through the months of birth as a printed table does: a counter that steps up every so many lines.

    Gives the delay and the year and month of retirement by group, year and month of birth.
    """
    told = {}
    for group, (first, every, most, age) in MODEL.items():
        delay, lines = 0, 0
        for year in range(1900, 2021):
            for month in range(1, 13):
                if year >= first:
                    if lines % every == 0 and delay < most:
                        delay += 1
                    lines += 1
                then_year, then_month = year + age, month
                for _ in range(delay):
                    then_month += 1
                    if then_month == 13:
                        then_year, then_month = then_year + 1, 1
                told[group, year, month] = (delay, then_year, then_month)
    return told


@pytest.mark.parametrize("group", MODEL)
def test_every_month_of_birth_agrees_with_the_model(group: str) -> None:
    """For every month of birth from 1900 to 2020 delay and month of retirement are those of the printed tables."""
    told = model()
    for year in range(1900, 2021):
        for month in range(1, 13):
            for day in (1, 28):
                found = statutory_retirement(date(year, month, day), SCHEDULE[group])
                assert (found.delay, found.on.year, found.on.month) == told[group, year, month]
                assert found.years * 12 + found.months == MODEL[group][3] * 12 + found.delay
                assert found.month == f"{found.on.year}-{found.on.month:02}"


@pytest.mark.parametrize(
    ("group", "born", "delay", "age", "month"),
    [
        ("men", date(1965, 1, 15), 1, (60, 1), "2025-02"),
        ("women_55", date(1970, 1, 15), 1, (55, 1), "2025-02"),
        ("women_50", date(1984, 11, 15), 60, (55, 0), "2039-11"),
        ("men", date(1964, 12, 31), 0, (60, 0), "2024-12"),
        ("men", date(1976, 8, 31), 35, (62, 11), "2039-07"),
        ("men", date(1976, 9, 1), 36, (63, 0), "2039-09"),
        ("women_55", date(1981, 9, 1), 36, (58, 0), "2039-09"),
        ("women_50", date(1984, 10, 31), 59, (54, 11), "2039-09"),
        ("women_50", date(2000, 1, 1), 60, (55, 0), "2055-01"),
    ],
)
def test_t7(group: str, born: date, delay: int, age: tuple[int, int], month: str) -> None:
    """T7: the values of the dossier, and those at the first and last month that each band touches."""
    found = statutory_retirement(born, SCHEDULE[group])
    assert (found.delay, (found.years, found.months), found.month) == (delay, age, month)
    assert found.citation.say("zh")


@given(
    st.dates(date(1930, 1, 1), date(2020, 12, 31)),
    st.builds(
        Band,
        age=st.integers(45, 70),
        first=st.dates(date(1950, 1, 1), date(1990, 1, 1)).map(lambda day: day.replace(day=1)),
        step=st.integers(1, 12),
        most=st.integers(0, 120),
        citation=st.just(RULES.fairs.citation),
    ),
)
def test_nobody_younger_retires_earlier(born: date, band: Band) -> None:
    """Under any schedule the delay grows by at most a month from one month of birth to the next, and never shrinks."""
    later = (born.replace(day=1) + timedelta(days=31)).replace(day=1)
    step = delay_of(later, band) - delay_of(born.replace(day=1), band)
    assert 0 <= step <= 1
    assert 0 <= delay_of(born, band) <= band.most or delay_of(born, band) == 0


@pytest.mark.parametrize(("on", "is_near"), [(date(2030, 5, 1), False), (date(2030, 5, 2), True)])
def test_five_years_are_not_less_than_five(on: date, is_near: bool) -> None:
    """With exactly five years left nobody is near retirement; a day later somebody is."""
    assert near(date(2035, 5, 1), on, 5) is is_near
