"""Awards as CASES fixes them, against an independent oracle that counts days one by one."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import oracle_awards as oracle
import pytest
from office import case, judged, read
from oracle_awards import Person

DAYS = [
    "2026-11-23",
    "2024-02-29",
    "2025-02-28",
    "2026-02-28",
    "2025-08-31",
    "2026-03-30",
    "2025-12-31",
    "2026-01-01",
]


def found(out: Path) -> dict[str, set[tuple[str, str, str, str]]]:
    """Return the awards a run wrote, by person; every row must name the policy and explain itself."""
    rows: dict[str, set[tuple[str, str, str, str]]] = {}
    for row in read(out / "awards.csv"):
        told = (row["rule"], row["amount"], row["outcome"], row["missing"])
        assert told not in rows.setdefault(row["person"], set()), f"twice: {row}"
        rows[row["person"]].add(told)
        if row["rule"]:
            assert row["policy"] == "zone-employment"
            assert row["citation"]
        assert row["reason"]
    return rows


def run(tmp_path: Path, on: date, persons: list[Person]) -> dict[str, set[tuple[str, str, str, str]]]:
    spells = [row for person in persons for row in person.spell_rows()]
    folder = case(
        tmp_path / "case", on=on.isoformat(), persons=[person.row() for person in persons], spells=spells
    )
    judged(folder, tmp_path / "out")
    return found(tmp_path / "out")


def compare(tmp_path: Path, on: date, seed: int, groups: int) -> None:
    persons = oracle.random_office(random.Random(seed), on, groups)
    expected = oracle.awards(persons, on)
    got = run(tmp_path, on, persons)
    wrong = [
        f"{person}\n  expected {sorted(expected[person.id])}\n  got      {sorted(got.get(person.id, set()))}"
        for person in persons
        if got.get(person.id) != expected[person.id]
    ]
    assert not wrong, f"on {on}: {len(wrong)} persons differ\n" + "\n".join(wrong[:5])
    assert set(got) == set(expected)


@pytest.mark.parametrize("seed", range(len(DAYS)))
def test_every_row_equals_the_naive_reading(tmp_path: Path, seed: int) -> None:
    """Rows 78, 79, 80: person, rule, amount, outcome and missing facts of random offices equal a naive count."""
    compare(tmp_path, date.fromisoformat(DAYS[seed]), seed, 110)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 160))
def test_every_row_equals_the_naive_reading_long(tmp_path: Path, seed: int) -> None:
    """Rows 78, 79, 80: the same over many more offices and days."""
    day = date(2023, 1, 1) + oracle.DAY * random.Random(seed).randrange(0, 1500)
    compare(tmp_path, day, seed, 600)


def test_every_education_code_of_the_standard(tmp_path: Path) -> None:
    """Rows 78, 79: codes 11 and 14 are postgraduate, 21 bachelor, every other code of GB/T 4658 is other."""
    on = date(2026, 11, 23)
    words = ["postgraduate", "bachelor", "other"]
    levels = {1: "0123456789", 2: "01238", 3: "013", 4: "01", 6: "013", 7: "013", 8: "013", 9: "0"}
    standard = [f"{level}{last}" for level, ends in levels.items() for last in ends]
    persons = [Person(f"W-{code}", code, "", [(True, on, on)]) for code in words + standard]
    got = run(tmp_path, on, persons)
    for person in persons:
        rule = {"11": "postgraduate", "14": "postgraduate", "21": "bachelor"}.get(
            person.education, person.education
        )
        amount = {"postgraduate": "10000.00", "bachelor": "3000.00"}.get(rule)
        expected = {(rule, amount, "payable", "")} if amount else {("", "", "not_payable", "")}
        assert got[person.id] == expected, person.education


@pytest.mark.parametrize(("gap", "paid"), [(29, True), (30, True), (31, False), (32, False)])
def test_thirty_days_of_gap_are_one_run(tmp_path: Path, gap: int, paid: bool) -> None:
    """Row 80: 30 days strictly between two spells keep a run, 31 break it."""
    on = date(2026, 11, 23)
    end = date(2026, 3, 1)
    broken = [(True, date(2025, 6, 1), end), (True, end + oracle.DAY * (gap + 1), None)]
    whole: list[tuple[bool, date, date | None]] = [(True, date(2025, 11, 23), None)]
    got = run(tmp_path, on, [Person("a", "31", "b", broken), Person("b", "31", "a", whole)])
    assert got["a"] == ({("couple", "2000.00", "payable", "")} if paid else {("", "", "not_payable", "")})
    assert got["b"] == {("", "", "not_payable", "")}


def test_a_missing_fact_that_cannot_matter_is_not_missed(tmp_path: Path) -> None:
    """Row 80: education or spouse unknown to the table matter only to somebody in the zone, and stable."""
    on = date(2026, 11, 23)
    away: list[tuple[bool, date, date | None]] = [(False, date(2020, 1, 1), None)]
    short: list[tuple[bool, date, date | None]] = [(True, date(2026, 1, 1), None)]
    long: list[tuple[bool, date, date | None]] = [(True, date(2020, 1, 1), None)]
    got = run(
        tmp_path,
        on,
        [
            Person("away", "", "gone", away),
            Person("idle", "", "gone", []),
            Person("short", "other", "gone", short),
            Person("long", "other", "gone", long),
            Person("unknown", "", "", long),
        ],
    )
    assert got["away"] == got["idle"] == got["short"] == {("", "", "not_payable", "")}
    assert got["long"] == {("couple", "", "undetermined", "spouse")}
    assert got["unknown"] == {
        ("postgraduate", "", "undetermined", "education"),
        ("bachelor", "", "undetermined", "education"),
    }
