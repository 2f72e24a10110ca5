"""Who may register as voter: the law of the polling day, through the library's door."""

from __future__ import annotations

from datetime import date

import pytest

import huaying_governance as hg
from huaying_governance.participation.eligibility import Resident, judge_resident

FACTS = {
    "born": date(1990, 1, 1),
    "hukou_community": "elsewhere",
    "community": "dujiaping",
    "living_since": date(2025, 5, 1),
    "applied": True,
    "rights": True,
    "confirmed": False,
    "meeting_consent": False,
    "registered_elsewhere": False,
}


@pytest.fixture(scope="module")
def policies() -> tuple[hg.Policy, ...]:
    return hg.load_pack("huaying").policies


@pytest.mark.parametrize(
    ("body", "outcome"), [("residents_committee", "eligible"), ("villagers_committee", "ineligible")]
)
def test_row_44_ten_months_are_enough_for_a_community_and_not_for_a_village(
    policies: tuple[hg.Policy, ...], body: str, outcome: str
) -> None:
    """row 44: on 2026-03-01 a non-hukou resident of ten months may register for the residents' committee; a village
    asks for a year and the meeting's consent."""
    assert judge_resident(policies, Resident("R", body, FACTS), date(2026, 3, 1)).outcome == outcome


def test_a_fact_that_another_policy_of_the_pack_asks_for_is_no_problem(
    policies: tuple[hg.Policy, ...],
) -> None:
    """A row may hold more than this policy asks for; what it does not ask for is left out, not refused."""
    ruling = judge_resident(
        policies, Resident("R", "residents_committee", {**FACTS, "permit": True}), date(2026, 3, 1)
    )
    assert ruling.outcome == "eligible"


def test_a_pack_without_a_policy_for_the_body_says_so(policies: tuple[hg.Policy, ...]) -> None:
    """A body that no policy of the pack is about is bad input, with the cure."""
    with pytest.raises(hg.Problems) as raised:
        judge_resident([], Resident("R", "residents_committee", FACTS), date(2026, 3, 1))
    assert "subject" in raised.value.problems[0].cure.en
