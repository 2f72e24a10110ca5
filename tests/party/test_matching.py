"""供需匹配与三亮: orders placed by branches, resources for needs, pledges with their terms, agreements of the pilot."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import faults
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party.committee import Agreement, Resource
from huaying_governance.party.members import Pledge, find_pledge, pledge_state
from huaying_governance.party.project import Project, Standing, suggest
from huaying_governance.party.service import Need, Registration, match

ON = date(2026, 11, 23)
RULES: Any = hg.load_pack("huaying").rules(PartyRules)


@pytest.mark.parametrize(
    ("late", "state", "codes"),
    [
        (-1, "running", ()),
        (0, "running", ()),
        (1, "overdue", ()),
        (29, "overdue", ()),
        (30, "overdue", ("pledge-reminder",)),
    ],
)
@pytest.mark.parametrize("kind", ["identity", "duty", "promise"])
def test_row_24_each_of_the_three_pledges_is_reminded_of(
    kind: str, late: int, state: str, codes: tuple[str, ...]
) -> None:
    """Row 24: thirty days overdue: a reminder; before it none; done, or without a term, never."""
    one = Pledge(person="p", kind=kind, due=ON - timedelta(days=late))
    assert pledge_state(one, ON) == state
    assert find_pledge(one, RULES.branches, ON).codes == codes
    done = Pledge(person="p", kind=kind, due=one.due, done=ON)
    assert (pledge_state(done, ON), find_pledge(done, RULES.branches, ON).codes) == ("done", ())
    free = Pledge(person="p", kind=kind)
    assert (pledge_state(free, ON), find_pledge(free, RULES.branches, ON).codes) == ("running", ())


def test_row_33_an_agreement_holds_from_its_first_day_to_its_last() -> None:
    """Row 33: the pilot keeps its agreement; it holds on both ends and not beyond."""
    one = Agreement(id="A1", community="dujiaping", partner="u", since=ON, until=ON + timedelta(days=1))
    days = [one.holds(ON + timedelta(days=n)) for n in (-1, 0, 1, 2)]
    assert days == [False, True, True, False]


def test_what_a_resident_ordered_waits_for_the_branch() -> None:
    """居民点单、支部下单、党员接单: an order that no branch has placed is matched with nobody."""
    member = Registration(person="p-1", unit="u", community="c", skills=("a",))
    need = Need(id="N1", community="c", skill="a", count=1)
    assert [one.members for one in match([need], [member])] == [("p-1",)]
    waiting = Need(id="N1", community="c", skill="a", count=1, placed=False)
    assert [one.members for one in match([waiting], [member])] == [()]


RESOURCES = st.lists(
    st.builds(
        Resource,
        id=st.sampled_from([f"R{n}" for n in range(8)]),
        kind=st.sampled_from(["place", "money"]),
        owner=st.just("u"),
        community=st.sampled_from(["x", "y"]),
        consent=st.sampled_from([True, True, False, None]),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)
NEEDS = st.lists(
    st.tuples(
        st.sampled_from([f"N{n}" for n in range(6)]),
        st.sampled_from("xy"),
        st.sampled_from(["place", "money"]),
    ),
    max_size=6,
    unique_by=lambda one: one[0],
)


@given(NEEDS, RESOURCES, st.lists(st.tuples(st.sampled_from(["N0", "N1"]), st.sampled_from(["R0", "R1"]),
                                            st.booleans()), max_size=3), st.randoms())  # fmt: skip
def test_suggestions_are_free_consented_and_the_same_in_any_order(
    needs: list[tuple[str, str, str]],
    resources: list[Resource],
    taken: list[tuple[str, str, bool]],
    chance: Any,
) -> None:
    """Model: each resource once, of the kind asked, with consent, unused; none is left that would have fitted."""
    projects = [
        (
            f"P{number}",
            Standing(
                project=Project(need=need, resource=resource, community="x", lead="u", on=ON, due=ON),
                last_at=ON,
                state="dropped" if dropped else "proposed",
            ),
        )
        for number, (need, resource, dropped) in enumerate(taken)
    ]
    found = suggest(needs, resources, projects)
    mixed, others = list(needs), list(resources)
    chance.shuffle(mixed)
    chance.shuffle(others)
    assert suggest(mixed, others, projects) == found
    live = [(need, resource) for need, resource, dropped in taken if not dropped]
    asked = {id_: (community, kind) for id_, community, kind in needs}
    held = {one.id: one for one in resources}
    assert {one.need for one in found} == asked.keys() - {need for need, _ in live}
    chosen = [one.resource for one in found if one.resource]
    assert len(set(chosen)) == len(chosen)
    assert not {resource for _, resource in live} & set(chosen)
    free = [one for one in resources if one.consent is True and one.id not in {r for _, r in live}]
    for one in found:
        community, kind = asked[one.need]
        if one.resource:
            assert (held[one.resource].kind, held[one.resource].consent) == (kind, True)
            assert one.near == (held[one.resource].community == community)
        else:
            assert all(each.id in chosen for each in free if each.kind == kind)


def test_pledges_orders_and_suggestions_from_outside(office, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """The board of pledges, orders that wait with their day, resources for needs, and the agreements of the pilot."""
    need = {"id": "N1", "community": "dujiaping", "skill": "维修工", "count": 1, "ordered_by": "r-1",
            "ordered_on": "2026-11-20", "placed_by": "", "resource_kind": ""}  # fmt: skip
    agreement = {
        "id": "A1",
        "community": "杜家坪社区",
        "unit": "u-1",
        "purpose": "联建",
        "from": "2026-01-01",
        "to": "",
    }
    pledge = {"person": "p-1", "kind": "亮承诺", "community": "dujiaping", "pledge_due": "2026-10-01",
              "pledge_done": ""}  # fmt: skip
    room = {"id": "R1", "kind": "阵地", "owner": "u", "community": "synthetic-2", "consent": "是"}
    line = {"id": "P1", "need": "N1", "resource": "R9", "lead": "u", "community": "dujiaping",
            "date": "2026-11-01", "due_on": "2026-12-01"}  # fmt: skip
    out = office(
        service_needs=[
            need,
            {**need, "id": "N2", "placed_by": "b-1", "resource_kind": "阵地"},
            {**need, "id": "N3", "placed_by": "b-1", "resource_kind": "资金"},
        ],
        double_registrations=[
            {"person": "p-1", "unit": "u", "community": "dujiaping", "skills": "维修工", "takes": 3}
        ],
        resources=[room, {**room, "id": "R9", "consent": ""}],
        projects=[line],
        pilot_agreements=[
            agreement,
            {**agreement, "id": "A2", "community": "synthetic-2", "to": "2026-02-01"},
        ],
        party_pledges=[pledge, {**pledge, "kind": "亮身份", "pledge_done": "2026-09-30"}],
    )
    assert [(row["matched"], "2026-11-24" in row["reason"]) for row in out["service_matches"]] == [
        ("", True),
        ("p-1", False),
        ("p-1", False),
    ]
    assert [(row["need"], row["resource"], row["near"]) for row in out["project_suggestions"]] == [
        ("N2", "R1", "no"),
        ("N3", "", "no"),
    ]
    assert [(row["pilot"], row["holds"]) for row in out["pilot_agreements"]] == [("yes", "yes"), ("no", "no")]
    assert [(row["state"], row["codes"]) for row in out["party_pledges"]] == [
        ("overdue", "pledge-reminder"),
        ("done", ""),
    ]
    (tmp_path / "other").mkdir()
    found = faults(
        tmp_path / "other",
        party_pledges=[{**pledge, "kind": "亮剑"}],
        pilot_agreements=[{**agreement, "to": "2025-01-01"}, {**agreement, "id": "A3", "community": "x"}],
    )
    assert {one.code for one in found} == {"unknown-choice", "to-before-from", "unknown-community"}
