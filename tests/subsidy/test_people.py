"""Persons under a subsidy policy: couples, spouses that are missing or withheld, and who of two is paid."""

from __future__ import annotations

import functools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from huaying_governance.rules import Spell
from huaying_governance.subsidy.people import Person, PersonAward, Register, assess

ON = date(2026, 11, 23)
ZONE = {"in_zone": True}
LONG = (Spell(date(2025, 1, 1), None, ZONE),)


@functools.cache
def shipped() -> hg.Policy:
    return hg.load_pack("huaying").policy("zone-employment")


@pytest.fixture(scope="module")
def policy() -> hg.Policy:
    return shipped()


def judged(
    policy: hg.Policy, *persons: Person, withheld: frozenset[str] = frozenset()
) -> dict[str, PersonAward]:
    register = Register({person.id: person for person in persons}, withheld)
    return {award.person: award for award in assess(policy, register, ON)}


def rules(award: PersonAward) -> list[tuple[str, str]]:
    return [(line.rule, line.outcome) for line in award.lines]


def test_a_couple_is_paid_once_to_the_one_whose_id_sorts_first(policy: hg.Policy) -> None:
    """夫妻奖励 is per couple: one row, on the id that is first by code point, and the other is told why."""
    told = judged(
        policy,
        Person("b", {"education": "other"}, "B", LONG),
        Person("B", {"education": "other"}, "b", LONG),
    )
    assert rules(told["B"]) == [("couple", "payable")]
    assert rules(told["b"]) == []
    assert told["b"].notes


@pytest.mark.parametrize("spouse", ["", "nobody"])
def test_a_spouse_without_a_row_is_a_missing_fact_and_no_spouse_is_not(
    policy: hg.Policy, spouse: str
) -> None:
    """An empty spouse means none; an id that the table lacks leaves the couple's award open, on the own row."""
    award = judged(policy, Person("a", {"education": "bachelor"}, spouse or None, LONG))["a"]
    expected = [("bachelor", "payable")] + ([("couple", "undetermined")] if spouse else [])
    assert rules(award) == expected


def test_a_withheld_spouse_withholds_the_couple_and_not_the_person(policy: hg.Policy) -> None:
    """A row with a problem withholds its person and that person's couple; the spouse's own award is judged."""
    sound = Person("a", {"education": "bachelor"}, "b", LONG)
    award = judged(policy, sound, withheld=frozenset({"b"}))["a"]
    assert rules(award) == [("bachelor", "payable")]
    assert award.withheld


def test_a_withheld_spouse_that_cannot_matter_withholds_nothing(policy: hg.Policy) -> None:
    """A person who does not work in the zone is no couple's half, whatever the spouse's row says."""
    award = judged(policy, Person("a", {"education": "bachelor"}, "b", ()), withheld=frozenset({"b"}))["a"]
    assert rules(award) == []
    assert not award.withheld


months = st.integers(min_value=0, max_value=30)


@given(own=months, other=months, names_back=st.booleans())
def test_row_80_a_couple_needs_both_for_twelve_full_months(own: int, other: int, names_back: bool) -> None:
    """row 80: both spouses, each naming the other, both stable for twelve full months; one month less is not enough."""
    policy = shipped()
    start = {count: _months_before(ON, count) for count in (own, other)}
    told = judged(
        policy,
        Person("a", {"education": "other"}, "b", (Spell(start[own], None, ZONE),)),
        Person("b", {"education": "other"}, "a" if names_back else None, (Spell(start[other], None, ZONE),)),
    )
    paid = names_back and own >= 12 and other >= 12
    assert rules(told["a"]) == ([("couple", "payable")] if paid else [])
    assert rules(told["b"]) == []


def _months_before(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 - count, 12)
    return date(day.year + years, month + 1, day.day)


@given(
    spells=st.lists(
        st.tuples(st.integers(0, 900), st.integers(0, 400), st.booleans(), st.booleans()), max_size=6
    ),
    shift=st.integers(0, 60),
)
def test_the_order_of_spells_does_not_matter(spells: list[tuple[int, int, bool, bool]], shift: int) -> None:
    """An award follows from the set of spells, not from the order in which an office lists them."""
    policy = shipped()
    made = tuple(
        Spell(
            ON - timedelta(days=start),
            None if open_end else ON - timedelta(days=start) + timedelta(days=length),
            {"in_zone": zone},
        )
        for start, length, open_end, zone in spells
    )
    turned = made[shift % max(1, len(made)) :] + made[: shift % max(1, len(made))]
    one, two = (
        judged(policy, Person("a", {"education": "bachelor"}, "b", held), Person("b", {}, "a", LONG))["a"]
        for held in (made, turned)
    )
    assert [(line.rule, line.outcome, line.amount) for line in one.lines] == [
        (line.rule, line.outcome, line.amount) for line in two.lines
    ]
