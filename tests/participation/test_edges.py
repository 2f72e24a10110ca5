"""登记资格的界: the day before, the day itself and the day after of every legal date and age, by a plain model.

The model counts on a calendar: a birthday is the same day of a later year, of 29 February the 28th where there is no
29th; days are counted one by one. It shares no line with the rules of the pack.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import pytest

import huaying_governance as hg
from huaying_governance.packs.rules.participation import ParticipationRules
from huaying_governance.participation.doors import Comer, may_take_part
from huaying_governance.participation.eligibility import Resident, judge_resident
from huaying_governance.participation.residence import Residence, judge_residence

DAY = timedelta(days=1)
BODIES = ("residents_committee", "villagers_committee")
OLD = date(1960, 5, 5)
NEW_LAW = date(2026, 1, 1)
FACTS: Mapping[str, object] = {
    "born": OLD,
    "hukou_community": "elsewhere",
    "community": "dujiaping",
    "living_since": OLD,
    "worker_since": date(2030, 1, 1),
    "applied": True,
    "rights": True,
    "confirmed": True,
    "meeting_consent": True,
    "registered_elsewhere": False,
}


@pytest.fixture(scope="module")
def policies() -> tuple[hg.Policy, ...]:
    return hg.load_pack("huaying").policies


def judged(policies: tuple[hg.Policy, ...], body: str, day: date, **changes: object) -> bool:
    ruling = judge_resident(policies, Resident("R", body, {**FACTS, **changes}), day)
    assert ruling.outcome in {"eligible", "ineligible"}
    return ruling.outcome == "eligible"


def birthday(born: date, years: int) -> date:
    year = born.year + years
    if (born.month, born.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return date(year, born.month, born.day)


def months_on(start: date, months: int) -> date:
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def every(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


@pytest.mark.parametrize("body", BODIES)
def test_every_birth_of_five_years_turns_eighteen(policies: tuple[hg.Policy, ...], body: str) -> None:
    """Row 44: born on any day of five years, 29 February twice among them: too young the day before the eighteenth
    birthday, old enough on it and after; whether the old law holds on that day or the new one."""
    leaps = 0
    for born in every(date(2004, 1, 1), date(2008, 12, 31)):
        grown = birthday(born, 18)
        leaps += (born.month, born.day) == (2, 29)
        for day in (grown - DAY, grown, grown + DAY):
            assert judged(policies, body, day, born=born) == (day >= grown), (born, day)
    assert leaps == 2


@pytest.mark.parametrize("born", [date(2008, 2, 29), date(2012, 2, 29)])
@pytest.mark.parametrize("body", BODIES)
def test_leap_day_births(policies: tuple[hg.Policy, ...], body: str, born: date) -> None:
    """Row 44: born on 29 February, somebody is eighteen on 28 February: no year of eighteen later has a 29th."""
    year = born.year + 18
    assert not isleap(year)
    assert not judged(policies, body, date(year, 2, 27), born=born)
    assert judged(policies, body, date(year, 2, 28), born=born)
    assert judged(policies, body, date(year, 3, 1), born=born)


def test_every_stay_of_half_a_year(policies: tuple[hg.Policy, ...]) -> None:
    """Row 44: for every polling day of the new law's first three years, 183 days here are enough and 182 are not."""
    for day in every(NEW_LAW, date(2028, 12, 31)):
        for days in (182, 183, 184):
            assert judged(policies, BODIES[0], day, living_since=day - days * DAY) == (days >= 183)


def test_every_stay_of_a_year_in_a_village(policies: tuple[hg.Policy, ...]) -> None:
    """Row 44: come on any day of five years, a newcomer may register in a village from the same day a year later."""
    for since in every(date(2023, 1, 1), date(2027, 12, 31)):
        full = birthday(since, 1)
        for day in (full - DAY, full, full + DAY):
            assert judged(policies, BODIES[1], day, living_since=since) == (day >= full), (since, day)


def test_every_six_months_of_work(policies: tuple[hg.Policy, ...]) -> None:
    """Row 44: six months of work from any day of four years, months' ends and 29 February among them; under the old
    law work was no way in."""
    never = date(2031, 1, 1)
    for since in every(date(2025, 4, 1), date(2029, 3, 31)):
        full = months_on(since, 6)
        for day in (full - DAY, full, full + DAY):
            expected = day >= full and day >= NEW_LAW
            told = judged(policies, BODIES[0], day, living_since=never, worker_since=since)
            assert told == expected, (since, day)


@pytest.mark.parametrize("day", [NEW_LAW - DAY, NEW_LAW, NEW_LAW + DAY])
def test_the_law_changes_on_the_first_of_january(policies: tuple[hg.Policy, ...], day: date) -> None:
    """Row 44: a month here was enough until 2025-12-31, not after; work for a village counts from 2026-01-01."""
    new = day >= NEW_LAW
    assert judged(policies, BODIES[0], day, living_since=day - 30 * DAY) != new
    assert judged(policies, BODIES[0], day, living_since=day) == (not new)
    working = {"living_since": day, "worker_since": day - 400 * DAY}
    assert judged(policies, BODIES[1], day, **working) == new


@pytest.mark.parametrize("fact", ["applied", "rights", "meeting_consent", "registered_elsewhere"])
@pytest.mark.parametrize("day", [NEW_LAW - DAY, NEW_LAW, NEW_LAW + DAY])
def test_what_a_village_asks_besides(policies: tuple[hg.Policy, ...], fact: str, day: date) -> None:
    """Row 44: application, political rights, the meeting's consent, no registration elsewhere: each alone decides."""
    assert judged(policies, BODIES[1], day)
    assert not judged(policies, BODIES[1], day, **{fact: not FACTS[fact]})
    asked = fact in {"applied", "rights"}
    assert judged(policies, BODIES[0], day, **{fact: not FACTS[fact]}) != asked


def test_row_45_every_first_day(rules: ParticipationRules) -> None:
    """Row 45: on any day of two years a way is open to whoever comes that day, and to nobody who comes the next; an age
    is reached on the birthday."""
    for day in every(date(2026, 1, 1), date(2027, 12, 31)):
        for door in rules.doors.values():
            for since, here in ((day - DAY, True), (day, True), (day + DAY, False)):
                comer = Comer(
                    person="p-1",
                    community="dujiaping",
                    born=OLD,
                    living_since=since,
                    worker_since=date(2030, 1, 1),
                )
                assert (may_take_part(comer, door, day).outcome == "eligible") == here
    for born in every(date(2008, 1, 1), date(2008, 12, 31)):
        for door in rules.doors.values():
            grown = birthday(born, door.age)
            for day in (grown - DAY, grown, grown + DAY):
                comer = Comer(person="p-1", community="dujiaping", born=born, living_since=OLD)
                assert (may_take_part(comer, door, day).outcome == "eligible") == (
                    door.age == 0 or day >= grown
                )


def test_row_46_every_stay_with_a_lease(rules: ParticipationRules) -> None:
    """Row 46: the 183rd day of a stay is enough, the day before is not, whichever day it began."""
    for since in every(date(2025, 6, 1), date(2026, 6, 1)):
        one = Residence(person="p-1", community="dujiaping", reason="marriage", since=since, evidence="lease")
        for days in (182, 183, 184):
            told = judge_residence(one, rules.residence, since + days * DAY)
            assert told.outcome == ("accepted" if days >= 183 else "refused")
