"""公共资源配置: services per head, and communities ranked by how far they fall short."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import Office, faults
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.stewardship.plans import Level, gaps
from huaying_governance.stewardship.plans.resources import Standard


def level(community: str, places: int, people: int | None) -> Level:
    return Level(community=community, service="elder-station", places=places, people=people)


def standards(rules: StewardshipRules) -> dict[str, Standard]:
    return {one.service: one for one in rules.standards}


def test_row_13_no_station_and_900_elderly_rank_first(rules: StewardshipRules) -> None:
    """Row 13: no station and 900 elderly come before any community that has one, in whatever order they are given."""
    held = [level("a", 0, 900), level("b", 1, 2400), level("c", 2, 1000), level("d", 1, 900)]
    for order in permutations(held):
        found = gaps(order, standards(rules))
        assert [(one.community, one.rank) for one in found] == [("a", 1), ("b", 2), ("d", 3), ("c", 4)]
    assert [(one.needed, one.short) for one in found] == [(2, 2), (5, 4), (2, 1), (2, 0)]


@pytest.mark.parametrize(
    ("places", "people", "short", "codes"),
    [
        (0, 1, 1, ("unserved",)),
        (0, 500, 1, ("unserved",)),
        (0, 501, 2, ("unserved",)),
        (1, 500, 0, ()),
        (1, 501, 1, ("unserved",)),
        (3, 500, 0, ()),
        (0, 0, 0, ()),
    ],
)
def test_row_13_one_station_serves_500_by_the_default(
    rules: StewardshipRules, places: int, people: int, short: int, codes: tuple[str, ...]
) -> None:
    """Row 13: the standard is met at its bound, and a person more needs another station; nobody needs none."""
    (one,) = gaps([level("a", places, people)], standards(rules))
    assert (one.short, one.ruling.codes) == (short, codes)
    assert one.per_thousand == (None if not people else Fraction(1000 * places, people))
    assert one.rank == (1 if people else None)


def test_row_13_more_people_without_any_come_first(rules: StewardshipRules) -> None:
    """Row 13: of two without a station the one with more elderly comes first; equal ones share a rank."""
    found = gaps(
        [level("a", 0, 300), level("b", 0, 900), level("c", 0, 300), level("d", None or 0, None)],
        standards(rules),
    )
    assert [(one.community, one.rank) for one in found] == [("b", 1), ("a", 2), ("c", 2), ("d", None)]
    assert found[-1].ruling.missing == ("people",)
    assert gaps([Level(community="a", service="unheard-of", places=1, people=1)], standards(rules)) == ()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4000)), max_size=9))
def test_a_place_more_never_raises_the_rank_of_need(drawn: list[tuple[int, int]]) -> None:
    """Who gets one more place is never ranked more in need than before, and nobody's figures change but its own."""
    rules = hg.load_pack("huaying").rules(StewardshipRules)
    assert rules is not None
    held = [level(f"c{number}", *one) for number, one in enumerate(drawn)]
    before = {one.community: one for one in gaps(held, standards(rules))}
    for number, one in enumerate(held):
        more = [*held[:number], level(one.community, one.places + 1, one.people), *held[number + 1 :]]
        after = {each.community: each for each in gaps(more, standards(rules))}
        old, new = before[one.community], after[one.community]
        assert (old.rank or 0) <= (new.rank or 0)
        assert all(before[name].short == after[name].short for name in before if name != one.community)


def test_row_13_in_a_case_folder(office: Office) -> None:
    """Row 13: the report ranks the community without a station first, with figures per thousand; unknown is unknown."""
    row = {"community": "dujiaping", "service": "养老服务站", "facility_count": "1", "people": "1200"}
    out = office(
        service_levels=[
            row,
            {**row, "community": "synthetic-2", "facility_count": "0", "people": "900"},
            {**row, "community": "synthetic-3", "people": ""},
        ]
    )
    told = [
        [one[name] for name in ("rank", "community", "per_thousand", "needed_count", "shortfall", "missing")]
        for one in out["resource_gaps"]
    ]
    assert told == [
        ["1", "synthetic-2", "0.000", "2", "2", ""],
        ["2", "dujiaping", "0.833", "3", "2", ""],
        ["", "synthetic-3", "", "", "", "people"],
    ]


def test_bad_rows_of_services_are_problems(tmp_path: Path) -> None:
    """Unknown communities and services, figures that are none, and a community twice: each with place and cure."""
    row = {"community": "dujiaping", "service": "elder-station", "facility_count": "1", "people": "1200"}
    found = faults(
        tmp_path,
        service_levels=[
            row,
            {**row, "facility_count": "2"},
            {**row, "community": "nowhere"},
            {**row, "service": "温泉"},
            {**row, "community": "synthetic-2", "people": "很多"},
        ],
    )
    assert sorted(one.code for one in found) == sorted(
        ["duplicate-level", "unknown-community", "unknown-service", "bad-count"]
    )
