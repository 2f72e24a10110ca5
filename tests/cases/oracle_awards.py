"""An independent reading of "persons, spells → awards.csv": by counting days one by one, without intervals.

Slow on purpose and written otherwise than a library would be: a person's zone days are a set of days, a run is found
by walking back from the day, months are counted by stepping through the calendar.
"""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from attrs import define, field

DAY = timedelta(days=1)
POSTGRADUATE = {"11", "14", "postgraduate"}
BACHELOR = {"21", "bachelor"}
OTHER = {"other", "10", "12", "13", "19", "20", "22", "23", "31", "41", "61", "71", "81", "90"}


@define
class Person:
    """A synthetic person with spells `(in_zone, from, to or None)`."""

    id: str
    education: str = ""
    spouse: str = ""
    spells: list[tuple[bool, date, date | None]] = field(factory=list)

    def row(self) -> dict[str, object]:
        return {"person": self.id, "education": self.education, "spouse": self.spouse}

    def spell_rows(self) -> list[dict[str, object]]:
        return [
            {
                "person": self.id,
                "employer": f"E-{n}",
                "in_zone": "yes" if zone else "no",
                "from": start,
                "to": end or "",
            }
            for n, (zone, start, end) in enumerate(self.spells)
        ]


def in_zone(person: Person, on: date) -> bool:
    return any(zone and start <= on and (end is None or on <= end) for zone, start, end in person.spells)


def run_start(person: Person, on: date) -> date | None:
    """Return the first day of the run that contains `on`, walking back over at most 30 days without zone work."""
    days: set[date] = set()
    for zone, start, end in person.spells:
        if zone:
            last = min(end or on, on)
            while start <= last:
                days.add(last)
                last -= DAY
    if on not in days:
        return None
    start, empty, day = on, 0, on
    while empty <= 30:
        day -= DAY
        if day in days:
            start, empty = day, 0
        else:
            empty += 1
    return start


def full_months(start: date, on: date) -> int:
    """Count the month days that have come by `on`, one month after the other."""
    count, year, month = 0, start.year, start.month
    while True:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        if date(year, month, min(start.day, monthrange(year, month)[1])) > on:
            return count
        count += 1


def stable(person: Person, on: date) -> bool:
    start = run_start(person, on)
    return start is not None and full_months(start, on) >= 12


def awards(persons: Sequence[Person], on: date) -> dict[str, set[tuple[str, str, str, str]]]:
    """Return for each person the expected rows (rule, amount, outcome, missing)."""
    known = {person.id: person for person in persons}
    return {person.id: _rows(person, known, on) or {("", "", "not_payable", "")} for person in persons}


def _rows(person: Person, known: Mapping[str, Person], on: date) -> set[tuple[str, str, str, str]]:
    rows = set()
    if in_zone(person, on):
        if person.education in POSTGRADUATE:
            rows.add(("postgraduate", "10000.00", "payable", ""))
        if person.education in BACHELOR:
            rows.add(("bachelor", "3000.00", "payable", ""))
        if not person.education:
            rows.add(("postgraduate", "", "undetermined", "education"))
            rows.add(("bachelor", "", "undetermined", "education"))
    if not (in_zone(person, on) and stable(person, on) and person.spouse):
        return rows
    if person.spouse not in known:
        rows.add(("couple", "", "undetermined", "spouse"))
        return rows
    other = known[person.spouse]
    if other.spouse == person.id and in_zone(other, on) and stable(other, on):
        first = min([person.id, other.id], key=lambda text: [ord(letter) for letter in text])
        if first == person.id:
            rows.add(("couple", "2000.00", "payable", ""))
    return rows


def month_back(on: date, months: int) -> date:
    total = on.year * 12 + on.month - 1 - months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def random_spells(rng: random.Random, on: date) -> list[tuple[bool, date, date | None]]:
    """Return spells around the edges that matter: a year before `on`, gaps of 29 to 32 days, ends on the day."""
    spells: list[tuple[bool, date, date | None]] = []
    start = month_back(on, rng.choice([0, 1, 11, 12, 12, 12, 13, 24])) + DAY * rng.choice(
        [-3, -2, -1, 0, 0, 1, 2, 3]
    )
    if rng.random() < 0.3:
        start = on - DAY * rng.randrange(0, 900)
    while start <= on + DAY * 40 and len(spells) < 7:
        end = start + DAY * rng.choice([0, 1, 27, 30, 58, 90, 180, 365, 800])
        if rng.random() < 0.35:
            end = on + DAY * rng.choice([-1, 0, 1])
        if end < start:
            end = start
        opened = rng.random() < 0.25
        spells.append((rng.random() < 0.9, start, None if opened else end))
        if rng.random() < 0.2:  # contained
            inner = start + DAY * rng.randrange(0, 10)
            spells.append((True, inner, inner + DAY * rng.randrange(0, 5)))
        if opened and rng.random() < 0.7:
            break
        # `to` is inclusive: 30 days strictly between means a start 31 days after the end
        start = end + DAY * rng.choice([-20, 0, 1, 2, 30, 31, 31, 32, 32, 33])
    rng.shuffle(spells)
    return spells


def random_office(rng: random.Random, on: date, groups: int) -> list[Person]:
    """Return persons in groups: alone, couples, one-sided, absent spouse, triangles, names that sort oddly."""
    letters = ["A", "Z", "a", "z", "甲", "\U00020bb7", "\ufa0e", "10-", "9-", "_"]
    persons: list[Person] = []
    for group in range(groups):
        shape = rng.choice(
            ["alone", "couple", "couple", "couple", "couple", "one-sided", "absent", "triangle", "chain"]
        )
        size = {"alone": 1, "absent": rng.choice([1, 2]), "triangle": 3, "chain": 3}.get(shape, 2)
        ids = [f"{rng.choice(letters)}{group}.{n}" for n in range(size)]
        rng.shuffle(ids)
        members = [
            Person(name, rng.choice(sorted(POSTGRADUATE | BACHELOR | OTHER) + [""] * 4)) for name in ids
        ]
        links = {
            "alone": [""],
            "couple": ids[::-1],
            "one-sided": [ids[-1], ""],
            "absent": [f"{ids[0]}-gone", ids[0]],
            "triangle": ids[1:] + ids[:1],
            "chain": [*ids[1:], f"{ids[-1]}-gone"],
        }[shape]
        for member, spouse in zip(members, links, strict=False):
            member.spouse = spouse
            if rng.random() < 0.93:
                member.spells = random_spells(rng, on)
            if rng.random() < 0.35:
                member.spells = [(True, month_back(on, rng.choice([11, 12, 12, 30])), None)]
        persons += members
    rng.shuffle(persons)
    return persons
