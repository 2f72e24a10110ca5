"""组织生活: heads, credits, quorum, gaps and lecture tours."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.errors import Problems
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.party.life import (
    Attendance,
    Frequency,
    activities,
    duties,
    heads_by_topic,
    toured,
)
from huaying_governance.text import same

ON = date(2026, 11, 23)
CITATION = Citation(Source("s", same("s")))
COMMUNITIES = ("dujiaping", *(f"synthetic-{n}" for n in range(2, 10)))


def at(activity: str = "A1", person: str = "p-1", **more: Any) -> Attendance:
    usual = {
        "on": ON,
        "kind": "theme",
        "topic": "t",
        "community": "dujiaping",
        "branch": "b-1",
        "host": "b-1",
        "attended": True,
    }
    return Attendance(activity=activity, person=person, **{**usual, **more})


def test_row_29_small_groups_on_one_subject_count_a_member_once() -> None:
    """Row 29: four small groups on one subject; whoever came to two of them is one head of it."""
    held = [at(f"A{n}", person) for n in range(4) for person in (f"p-{n}", "p-x")]
    assert heads_by_topic(held) == {"t": 5}
    assert heads_by_topic([*held, at("A9", "p-1", topic="u"), at("A9", "p-y", attended=False)])["u"] == 1
    assert len(activities(held)) == 4


def test_row_30_a_joint_activity_is_credited_to_both_branches_once_a_head() -> None:
    """Row 30: one attendance, two credits, one head, also where both branches report it."""
    joint = [at(branch="b-1", host="b-2"), at(branch="b-1", host="b-1")]
    (one,) = activities(joint)
    assert (one.came, one.due, one.branches) == (1, 1, ("b-1", "b-2"))
    (absent,) = activities([at(branch="b-1", host="b-2", attended=False)])
    assert (absent.came, absent.branches) == (0, ("b-2",))


def test_row_86_every_community_has_a_lecture() -> None:
    """Row 86: nine communities, each at least once; the tenth of a lecture that two branches report is not counted."""
    held = [at(f"T{n}", kind="tour", community=where) for n, where in enumerate(COMMUNITIES)]
    assert set(toured([*held, held[0]], COMMUNITIES).values()) == {1}
    assert toured(held[:-1], COMMUNITIES)["synthetic-9"] == 0
    assert toured([at()], COMMUNITIES)["dujiaping"] == 0


@pytest.mark.parametrize(
    ("due", "came", "agreed", "quorate", "carried"),
    [(4, 2, 2, False, False), (4, 3, 3, True, True), (5, 5, 2, True, False), (5, 3, 3, True, True)],
)
def test_quorum_and_majority_are_of_those_due(
    due: int, came: int, agreed: int, quorate: bool, carried: bool
) -> None:
    """Half is not more than half, and three of five due carry it though two abstained."""
    held = [at(person=f"p-{n}", attended=n < came, agreed=n < agreed) for n in range(due)]
    (one,) = activities(held)
    assert (one.quorate, one.carried) == (quorate, carried)


@pytest.mark.parametrize(
    ("day", "held"), [(date(2026, 10, 24), True), (date(2026, 10, 23), False), (date(2026, 11, 24), False)]
)
def test_what_has_not_been_held_is_a_gap(day: date, held: bool) -> None:
    """A monthly activity holds for a month; one of a later day is not known yet."""
    found = duties([at(on=day)], [Frequency("theme", 1, False, CITATION)], ON)
    assert [one.held for one in found] == ([held] if day <= ON else [])


def test_a_vote_without_quorum_is_not_held() -> None:
    """An assembly to which half came is not held."""
    held = [at(person=f"p-{n}", attended=n < 1) for n in range(2)]
    assert not duties(held, [Frequency("theme", 1, True, CITATION)], ON)[0].held
    assert duties(held, [Frequency("theme", 1, False, CITATION)], ON)[0].held


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 2), st.integers(0, 2), st.booleans()),
        max_size=40,
    )
)
def test_heads_agree_with_sets(lines: list[tuple[int, int, int, int, bool]]) -> None:
    """However rows repeat, an activity has as many heads as different references."""
    held = [
        at(f"A{a}", f"p-{p}", branch=f"b-{b}", host=f"b-{h}", attended=came) for a, p, b, h, came in lines
    ]
    for one in activities(held):
        mine = [other for other in held if other.activity == one.id]
        assert one.came == len({other.person for other in mine if other.attended})
        assert one.agreed <= one.came <= one.due == len({other.person for other in mine})


ROW = {
    "activity": "A1",
    "date": "2026-11-20",
    "kind": "主题党日",
    "topic": "学党史",
    "community": "dujiaping",
    "branch": "b-1",
    "host_branch": "b-2",
    "person": "p-1",
    "attended": "是",
    "agreed": "",
}


def test_organisational_life_from_outside(office) -> None:  # type: ignore[no-untyped-def]
    """The attendance becomes activities, the duties of every branch with their gaps, and the lecture tours."""
    tour = {**ROW, "activity": "T1", "kind": "党史巡回宣讲"}
    out = office(attendance=[ROW, tour, {**ROW, "activity": "A2", "date": "2026-12-01"}])
    assert [row["branches"] for row in out["party_activities"]] == ["b-1;b-2", "b-1;b-2"]
    told = {(row["branch"], row["kind"]): row["held"] for row in out["party_life"]}
    assert told["b-2", "theme"] == "yes"
    assert told["b-2", "assembly"] == "no"
    assert {row["covered"] for row in out["party_tours"]} == {"11.1"}
    rates = [
        (row["branch"], row["held_kinds"], row["due_kinds"], row["covered"])
        for row in out["party_life_rates"]
    ]
    assert rates == [("b-1", "1", "5", "20.0"), ("b-2", "1", "5", "20.0"), ("all", "2", "10", "20.0")]
    assert out["party_life_rates"][0]["gaps"] == "assembly;committee;group;review"
    with pytest.raises(Problems) as caught:
        office(attendance=[ROW, {**ROW, "topic": "别的", "community": "nowhere"}])
    assert {one.code for one in caught.value.problems} == {"activity-differs", "unknown-community"}
