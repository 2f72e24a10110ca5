"""社区评议部门: weights, bounds, anonymity, exclusion, sensitivity."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from huaying_governance.errors import Problems
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party.appraisal import (
    GROUPS,
    Rating,
    appraise,
    counted,
    grade,
    publishable,
    sensitivity,
    shifted,
    trimmed_mean,
)

KINDS = ("居民代表", "居民代表", "社区干部", "街道中层干部", "企业代表")
RULES = hg.load_pack("huaying").rules(PartyRules).appraisal  # type: ignore[union-attr]


def ratings(process: int, survey: int, events: int = 100, raters: int = 5) -> list[Rating]:
    scores = {"process": process, "survey": survey, "events": events}
    return [
        Rating(rater=f"r-{n}", department="D", group=group, score=score)
        for group, score in scores.items()
        for n in range(raters)
    ]


def test_row_39_the_result_changes_with_the_weight_of_process() -> None:
    """Row 39: process 90 and survey 50: 60/25 give 81.50; with process cut to 40 and survey 45 it is 73.50."""
    held = ratings(90, 50)
    (result,) = appraise(held, RULES)
    assert (result.score, result.grade) == (Decimal("81.50"), "B")
    other = {"process": 40, "survey": 45, "events": 15}
    ((_, (moved,)),) = sensitivity(held, RULES, [other])
    assert (moved.score, moved.grade) == (Decimal("73.50"), "C")
    assert {"process": 40, "survey": 45, "events": 15} in shifted(RULES.weights)


def test_row_39_nothing_is_shown_of_fewer_than_five() -> None:
    """Row 39: four raters of one group withhold that mean and the score; the others are still shown."""
    held = [one for one in ratings(90, 50) if (one.group, one.rater) != ("survey", "r-4")]
    (result,) = appraise(held, RULES)
    assert (result.score, result.grade, result.withheld) == (None, "", ("survey",))
    assert set(result.means) == {"process", "events"}


def test_who_has_a_dispute_is_left_out() -> None:
    """A rater with an open dispute does not count; how many did not is hidden while they are few."""
    held = [evolve(one, dispute=True) if one.rater == "r-5" else one for one in ratings(90, 50, raters=6)]
    (result,) = appraise(held, RULES)
    assert (result.raters, result.excluded) == (5, None)
    (none,) = appraise([evolve(one, dispute=True) for one in held], RULES)
    assert (none.raters, none.excluded, none.score) == (None, 6, None)


@pytest.mark.parametrize(
    ("score", "expected"), [("90", "A"), ("89.99", "B"), ("75", "B"), ("60", "C"), ("59.99", "D"), ("0", "D")]
)
def test_grades_by_threshold(score: str, expected: str) -> None:
    """The bound belongs to the better grade; there is no curve."""
    assert grade(Decimal(score), RULES) == expected


def test_trimmed_mean() -> None:
    """Ten per cent at each end of ten scores: the highest and the lowest go; of nine none do."""
    assert trimmed_mean([0, *[50] * 8, 100], 10) == 50
    assert trimmed_mean([0, *[50] * 7, 100], 10) == Decimal(450) / 9


RATING = st.builds(
    Rating,
    rater=st.sampled_from([f"r-{n}" for n in range(12)]),
    department=st.sampled_from(["A", "B"]),
    group=st.sampled_from(GROUPS),
    score=st.integers(0, 100),
    dispute=st.booleans(),
)


@given(st.lists(RATING, max_size=80), st.lists(RATING, max_size=12))
def test_bounds_and_anonymity(before: list[Rating], more: list[Rating]) -> None:
    """Results stay between 0 and 100, rest on no small cell, and two reports give no few raters away."""
    now = before + more
    for result in appraise(now, RULES):
        assert result.score is None or 0 <= result.score <= 100
        for group, mean in result.means.items():
            cell = counted(now)[result.department, group]
            assert len(cell) >= RULES.least_raters
            assert min(cell.values()) <= mean <= max(cell.values())
        assert (result.score is None) == bool(result.withheld)
        assert result.raters is None or result.raters >= RULES.least_raters
    old, new = counted(before), counted(now)
    first = {cell: old[cell] for cell in publishable([], before, RULES.least_raters)}
    for cell in publishable([first], now, RULES.least_raters):
        present = new[cell]
        past = first.get(cell, present)
        changed = [one for one in past.keys() | present.keys() if past.get(one) != present.get(one)]
        assert len(present) >= RULES.least_raters
        assert not changed or len(changed) >= RULES.least_raters


def test_a_second_report_gives_no_single_rater_away(office) -> None:  # type: ignore[no-untyped-def]
    """One more rater after a report: the new means are withheld; five more: they are shown."""

    def rows(raters: int) -> list[dict[str, object]]:
        return [
            {
                "rater": one.rater,
                "department": "民政局",
                "group": one.group,
                "score": one.score,
                "rater_kind": KINDS[int(one.rater[2:]) % 5],
            }
            for one in ratings(90, 50, raters=raters)
        ]

    assert office(ratings=rows(5))["appraisal"][0]["score"] == "81.50"
    held = office(ratings=rows(6))["appraisal"][0]
    assert (held["score"], held["process"], held["withheld"]) == ("", "", "process;survey;events")
    assert office(ratings=rows(10))["appraisal"][0]["score"] == "81.50"
    assert office(ratings=rows(5))["appraisal"][0]["score"] == "81.50"


def test_the_appraisal_from_outside(office) -> None:  # type: ignore[no-untyped-def]
    """Each department stands once under the pack's weights and once under each shifted pair."""
    rows = [
        {
            "rater": one.rater,
            "department": "民政局",
            "group": one.group,
            "score": one.score,
            "dispute": "否",
            "rater_kind": KINDS[int(one.rater[2:]) % 5],
        }
        for one in ratings(90, 50)
    ]
    out = office(ratings=rows)["appraisal"]
    assert [row["weights"] for row in out] == ["60/25/15", "40/45/15", "80/5/15"]
    assert out[0]["department"] == "civil-affairs"
    assert [row["score"] for row in out] == ["81.50", "73.50", "89.50"]
    with pytest.raises(Problems) as caught:
        office(ratings=[{**rows[0], "department": "nobody"}, {**rows[0], "score": 101}])
    assert {one.code for one in caught.value.problems} == {"unknown-organisation", "bad-count"}
