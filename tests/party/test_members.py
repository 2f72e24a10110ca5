"""党员与支部: who floats, who should transfer, who is out of touch, which branches should be formed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.errors import Problems
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party.members import Branch, Member, branches, find_member, formal_homes, heads

ON = date(2026, 11, 23)


def member(person: str = "P1", branch: str = "B1", **more: object) -> Member:
    return Member(person=person, branch=branch, community="dujiaping", **more)  # type: ignore[arg-type]


def codes(rules: PartyRules, one: Member, *others: Member) -> tuple[str, ...]:
    return find_member(one, formal_homes((one, *others)), rules.branches, ON).codes


@pytest.mark.parametrize(
    ("due", "done", "reminded"),
    [
        (ON - timedelta(days=30), None, True),
        (ON - timedelta(days=29), None, False),
        (ON - timedelta(days=90), ON, False),
        (None, None, False),
    ],
)
def test_row_24_an_overdue_pledge_is_reminded_of(
    rules: PartyRules, due: date | None, done: date | None, reminded: bool
) -> None:
    """Row 24: thirty days overdue bring a reminder and never a penalty; twenty-nine bring nothing."""
    found = find_member(member(pledge_due=due, pledge_done=done), {}, rules.branches, ON)
    assert found.codes == (("pledge-reminder",) if reminded else ())
    assert found.outcome == "applied"
    assert not reminded or "不处分" in found.remedies[0].text.zh


def test_row_25_one_reference_in_two_formal_branches_is_a_conflict(rules: PartyRules) -> None:
    """Row 25: two formal relations conflict; a branch that only hosts does not, and nobody counts twice."""
    two = (member(), member(branch="B2"))
    assert codes(rules, *two) == ("double-branch",)
    assert codes(rules, member(), member(branch="B2", formal=False)) == ()
    assert heads(two) == 1


@pytest.mark.parametrize(
    ("size", "full", "proposed"),
    [
        (2, 2, ("joint-branch",)),
        (3, 3, ()),
        (6, 6, ()),
        (7, 7, ("committee",)),
        (50, 50, ("committee",)),
        (51, 51, ("split", "committee")),
        (51, 2, ("joint-branch", "split")),
    ],
)
def test_row_26_branches_by_the_rules_of_formation(
    rules: PartyRules, size: int, full: int, proposed: tuple[str, ...]
) -> None:
    """Row 26: two full members: a joint branch; fifty-one: a split; seven: a committee; each with its clause."""
    ruling = Branch("B", size, full).ruling(rules.branches)
    assert ruling.codes == proposed
    assert all(ground.citation is not None for ground in ruling.grounds)
    assert len(ruling.remedies) == len(proposed)


@pytest.mark.parametrize(
    ("contact", "found"),
    [(date(2026, 5, 23), ("lost-contact",)), (date(2026, 5, 24), ()), (None, ())],
)
def test_row_27_no_contact_begins_the_procedure(
    rules: PartyRules, contact: date | None, found: tuple[str, ...]
) -> None:
    """Row 27: six months without contact begin the procedure; a day less does not, and unknown is not silence."""
    assert codes(rules, member(last_contact=contact)) == found


@pytest.mark.parametrize(
    ("since", "fixed", "receiving", "found"),
    [
        (date(2026, 5, 23), True, True, ("transfer-due",)),
        (date(2026, 5, 24), True, True, ()),
        (date(2026, 5, 23), True, False, ("floating",)),
        (date(2026, 5, 23), None, True, ("floating",)),
        (None, True, True, ()),
    ],
)
def test_row_28_six_months_at_a_fixed_place_should_transfer(
    rules: PartyRules, since: date | None, fixed: bool | None, receiving: bool | None, found: tuple[str, ...]
) -> None:
    """Row 28: six months, fixed place and somebody to receive: a transfer is due; otherwise the member floats."""
    assert codes(rules, member(out_since=since, fixed_place=fixed, receiving=receiving)) == found


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.booleans(), st.booleans()), max_size=40))
def test_branches_agree_with_sets(lines: list[tuple[int, int, bool, bool]]) -> None:
    """A branch has as many members as there are different references with a formal relation to it."""
    roster = [member(f"P{p}", f"B{b}", formal=formal, full=full) for p, b, formal, full in lines]
    sizes = {branch.name: branch.size for branch in branches(roster)}
    for name in {one.branch for one in roster if one.formal}:
        assert sizes[name] == len({one.person for one in roster if one.branch == name and one.formal})
    assert len(sizes) == len({one.branch for one in roster if one.formal})
    assert all(branch.full <= branch.size for branch in branches(roster))


def line(person: str, branch: str, **more: str) -> dict[str, str]:
    held = {"person": person, "branch": branch, "community": "dujiaping", "formal": "是", "full": "是"}
    return {**held, **more}


def test_the_roster_from_outside(office) -> None:  # type: ignore[no-untyped-def]
    """The table of members becomes the roster of what is due and the proposals for branches."""
    lost = line("p-1", "b-1", last_contact="2026-01-01", out_since="2026-01-01")
    out = office(members=[lost, {**line("p-2", "b-1"), "last_contact": "", "out_since": ""}])
    assert [row["codes"] for row in out["members"]] == ["floating;lost-contact", ""]
    assert out["branches"][0]["codes"] == "joint-branch"
    assert "secondary" not in out["branches"][0]["citation"]


def test_one_reference_twice_in_a_branch_is_a_problem(office) -> None:  # type: ignore[no-untyped-def]
    """The second row is named, with its cure."""
    with pytest.raises(Problems) as caught:
        office(members=[line("p-1", "b-1"), line("p-1", "b-1")])
    assert [(one.code, one.place.line) for one in caught.value.problems] == [("duplicate-member", 3)]


def test_an_empty_table_gives_empty_reports(office) -> None:  # type: ignore[no-untyped-def]
    """A table that has only its header is no problem: nothing is reported."""
    rows = [line("p-1", "b-1")]
    assert office(members=rows)["members"]
