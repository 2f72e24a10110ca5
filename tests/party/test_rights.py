"""权限: the three rights are asked where data changes: of projects, of plans, of bookings."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import faults
from huaying_governance.casework import Casebook
from huaying_governance.errors import Refused
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party import committee, planning, project
from huaying_governance.party.composition import Seat
from huaying_governance.party.rights import RIGHTS, Grant, Rights

ON = date(2026, 9, 1)
RULES: Any = hg.load_pack("huaying").rules(PartyRules)
SEAT = Seat(
    member="m-2", unit="u-2", kind="part_time", community="dujiaping", since=ON, until=date(2027, 8, 31)
)
PROJECT = project.Project(
    need="N1", resource="R1", community="dujiaping", lead="u-1", on=ON, due=date(2026, 11, 30)
)
PLAN = planning.Plan(
    kind="theme", topic="t", community="dujiaping", branches=("b-1",), on=ON, day=date(2026, 9, 10)
)
GRANTS = tuple(Grant(actor=f"m-{right}", right=right, community="dujiaping") for right in RIGHTS)


def projects(*grants: Grant) -> Any:
    made: Any = Casebook(hg.open_store("memory:"), project.PROJECTS, project.Terms(Rights(grants), (SEAT,)))
    made.open("P1", PROJECT)
    return made


def plans(*grants: Grant) -> Any:
    made: Any = Casebook(
        hg.open_store("memory:"), planning.PLANS, planning.Terms(Rights(grants), RULES.plans)
    )
    made.open("L1", PLAN)
    return made


def step(action: str, day: int = 0, actor: str = "m-lead", **more: Any) -> project.Act:
    return project.Act(action=action, at=ON + timedelta(days=day), actor=actor, role="member", **more)


def planned(action: str, day: int = 0, actor: str = "m-coordinate", **more: Any) -> planning.Act:
    return planning.Act(
        action=action, at=ON + timedelta(days=day), actor=actor, role=more.pop("role", "member"), **more
    )


def codes(book: Any, id_: str, act: Any) -> tuple[str, ...]:
    before = book.standing(id_)
    with pytest.raises(Refused) as caught:
        book.act(id_, act)
    assert book.standing(id_) == before
    assert all(one.text.zh and one.text.en for one in caught.value.ruling.remedies)
    return caught.value.ruling.codes


@pytest.mark.parametrize("right", RIGHTS)
def test_row_43_only_the_right_to_lead_moves_a_project(right: str) -> None:
    """Row 43: of the three rights only 工作主导权 launches, finishes and drops a project; nothing else changes it."""
    book, actor = projects(*GRANTS), f"m-{right}"
    if right == "lead":
        book.act("P1", step("launch"))
        assert codes(book, "P1", step("finish", 1)) == ("no-evidence",)
        assert book.act("P1", step("finish", 1, evidence="e-1")).done == ON + timedelta(days=1)
    else:
        assert codes(book, "P1", step("launch", actor=actor)) == ("no-right",)
        assert codes(book, "P1", step("drop", actor=actor)) == ("no-right", "no-reason")


@pytest.mark.parametrize("right", RIGHTS)
def test_row_43_only_the_right_to_coordinate_schedules(right: str) -> None:
    """Row 43: of the three rights only 活动统筹权 schedules, postpones and cancels an activity."""
    book, actor = plans(*GRANTS), f"m-{right}"
    if right == "coordinate":
        assert book.act("L1", planned("schedule")).by == actor
        assert book.act("L1", planned("cancel", reason="雨")).state == "cancelled"
    else:
        assert codes(book, "L1", planned("schedule", actor=actor)) == ("no-right",)
        assert codes(book, "L1", planned("postpone", actor=actor)) == ("no-right", "no-new-day", "no-reason")
        assert codes(book, "L1", planned("cancel", actor=actor)) == ("no-right", "no-reason")


@pytest.mark.parametrize(
    "grant",
    [
        Grant(actor="m-lead", right="lead", community="synthetic-2"),
        Grant(actor="m-lead", right="lead", community="dujiaping", until=ON - timedelta(days=1)),
        Grant(actor="m-lead", right="lead", community="dujiaping", since=ON + timedelta(days=1)),
    ],
)
def test_row_43_a_right_holds_in_its_place_and_time(grant: Grant) -> None:
    """Row 43: the right of another community, or of another time, launches nothing; on its first day it does."""
    book = projects(grant)
    assert codes(book, "P1", step("launch")) == ("no-right",)
    if grant.since is not None:
        book.act("P1", step("launch", 1))


def test_who_claims_has_a_seat_on_the_day() -> None:
    """A claim is open to members of that committee within their term, once each, and does not move the project."""
    book = projects(*GRANTS)
    assert codes(book, "P1", step("claim", actor="m-9")) == ("not-a-member",)
    assert book.act("P1", step("claim", 3, actor="m-2")).state == "proposed"
    assert codes(book, "P1", step("claim", 3, actor="m-2")) == ("claimed-before",)
    assert codes(book, "P1", step("claim", 2, actor="m-2")) == ("out-of-order", "claimed-before")
    assert codes(book, "P1", step("claim", 400, actor="m-2")) == ("not-a-member", "claimed-before")
    held = [("P1", book.standing("P1"))]
    assert project.claimed(held, lambda _: True) == {("m-2", "dujiaping"): 1}
    assert project.claimed(held, lambda _: False) == {}


def test_row_29_a_small_group_is_planned_and_held() -> None:
    """Row 29: an activity is held on its day or after, by three at the least; two, or nobody said, is refused."""
    book = plans(*GRANTS)
    book.act("L1", planned("schedule"))
    assert codes(book, "L1", planned("postpone", reason="雨")) == ("no-new-day",)
    early = planned("hold", 8, "b-1", role="branch", came=3, evidence="e")
    assert codes(book, "L1", early) == ("not-yet",)
    assert codes(book, "L1", planned("hold", 9, "b-1", role="branch", came=2)) == ("too-few", "no-evidence")
    assert codes(book, "L1", planned("hold", 9, "b-1", role="branch", evidence="e")) == ("too-few",)
    assert not book.standing("L1").overdue(PLAN.day)
    assert book.standing("L1").overdue(PLAN.day + timedelta(days=1))
    held = book.act("L1", planned("hold", 9, "b-1", role="branch", came=3, evidence="e"))
    assert (held.state, held.came, held.overdue(date(2027, 1, 1))) == ("held", 3, False)


def test_a_postponed_activity_stands_for_its_new_day() -> None:
    """A postponement needs a later day and a reason, and the plan stays as it is."""
    book = plans(*GRANTS)
    moved = planning.Act(
        action="postpone", at=ON, actor="m-coordinate", role="member", reason="雨", day=date(2026, 9, 20)
    )
    assert book.act("L1", moved).day == date(2026, 9, 20)
    assert codes(book, "L1", moved) == ("no-new-day",)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["claim", "launch", "finish", "drop"]),
            st.sampled_from(["m-lead", "m-allocate", "m-coordinate", "m-2"]),
        ),
        max_size=12,
    )
)
def test_whoever_acts_a_project_moves_by_its_right_alone(steps: list[tuple[str, str]]) -> None:
    """Model: after any mixture of acts, the state is what the acts of the right's holder alone would give."""
    book, state = projects(*GRANTS), "proposed"
    moves = {"launch": "under_way", "finish": "done", "drop": "dropped"}
    for number, (action, actor) in enumerate(steps):
        book.attempt("P1", step(action, number, actor, reason="r", evidence="e"), f"c{number}")
        open_ = {"launch": state == "proposed", "finish": state == "under_way"}
        if actor == "m-lead" and action != "claim" and state not in {"done", "dropped"}:
            state = moves[action] if open_.get(action, True) else state
        assert book.standing("P1").state == state


def test_few_bookings_are_asked_about_an_overlap() -> None:
    """What may touch a booking is found by resource and time: every overlap is among it, and far ones are not."""
    nine = datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)

    def at(hour: int, resource: str = "R1") -> committee.Booking:
        start = nine + timedelta(hours=hour)
        return committee.Booking(resource=resource, start=start, end=start + timedelta(hours=1), asked=ON)

    calendar = committee.Calendar.of((f"B{hour}", at(hour)) for hour in range(1000))
    assert calendar.touching(at(500)) == ("B499", "B500")
    assert calendar.touching(at(500, "R2")) == ()


DESK: dict[str, Any] = {
    "resources": [
        {"id": one, "kind": "阵地", "owner": "u-1", "community": "dujiaping", "consent": "是"}
        for one in ("R1", "R2")
    ],
    "service_needs": [
        {"id": one, "community": "dujiaping", "skill": "维修工", "count": 1} for one in ("N1", "N2")
    ],
    "rights_granted": [
        {"actor": "m-1", "right": "工作主导权", "community": "dujiaping", "from": "", "to": ""},
        {"actor": "m-1", "right": "活动统筹权", "community": "dujiaping", "from": "", "to": ""},
    ],
    "committee_members": [
        {"person": f"m-{n}", "unit": f"u-{n}", "kind": "专职" if n < 2 else "兼职", "community": "dujiaping",
         "from": "2024-09-01", "to": ""}
        for n in range(9)
    ],
}  # fmt: skip
LINE = {
    "id": "P1", "need": "N1", "resource": "R1", "lead": "u-1", "community": "dujiaping",
    "date": "2026-09-01", "due_on": "2026-11-22",
}  # fmt: skip


def acted(
    parent: str, id_: str, day: str, action: str, actor: str = "m-1", **more: object
) -> dict[str, object]:
    row: dict[str, object] = {parent: id_, "date": day, "action": action, "actor": actor}
    return {**row, "role": "大党委成员", "reason": "", "evidence": "e-1", **more}


def test_the_three_lists_from_outside(office) -> None:  # type: ignore[no-untyped-def]
    """A need met, a resource in use and a project finished by right are counted; others change nothing."""
    out = office(
        **DESK,
        projects=[LINE, {**LINE, "id": "P2", "need": "N2"}],
        project_acts=[
            acted("project", "P1", "2026-09-02", "认领", "m-5"),
            acted("project", "P1", "2026-09-03", "启动"),
            acted("project", "P1", "2026-11-20", "完成"),
            acted("project", "P2", "2026-09-03", "启动", "m-5"),
        ],
    )
    assert [(row["total"], row["met"], row["covered"]) for row in out["three_lists"]] == [
        ("2", "1", "50.0"),
        ("2", "1", "50.0"),
        ("2", "1", "50.0"),
    ]
    assert [row["overdue_ids"] for row in out["three_lists"]] == ["", "", "P2"]
    assert [(row["state"], row["claimed_by"], row["overdue"]) for row in out["projects"]] == [
        ("done", "m-5", "no"),
        ("proposed", "", "yes"),
    ]
    assert [(row["project"], row["codes"]) for row in out["refused_project_acts"]] == [("P2", "no-right")]


def test_the_committee_from_outside(office) -> None:  # type: ignore[no-untyped-def]
    """Composition, meetings and claims: two full time and seven part time are in order; what is owed is noted."""
    out = office(
        **DESK,
        projects=[LINE],
        project_acts=[acted("project", "P1", "2026-09-02", "认领", "m-5")],
        committee_meetings=[
            {"community": "dujiaping", "date": "2026-06-01", "announced_on": "2026-05-10",
             "due_count": 9, "present_count": 8}
        ],
    )  # fmt: skip
    (row,) = out["grand_committees"]
    assert (row["full_time"], row["part_time"], row["next_on"], row["codes"]) == ("2", "7", "2026-12-01", "")
    seats = {row["person"]: row for row in out["committee_members"]}
    assert (seats["m-5"]["claims"], seats["m-5"]["codes"]) == ("1", "")
    assert (seats["m-6"]["codes"], seats["m-1"]["codes"]) == ("no-claim", "")
    assert seats["m-6"]["term_end"] == "2029-08-31"
    few = [
        {**one, "to": "2026-01-01"} if one["person"] == "m-3" else one for one in DESK["committee_members"]
    ]
    out = office(**{**DESK, "committee_members": few[:8]}, committee_meetings=[
        {"community": "dujiaping", "date": "2026-05-01", "announced_on": "2026-04-20"}
    ])  # fmt: skip
    (row,) = out["grand_committees"]
    assert row["codes"] == "too-few-seats;part-time-seats;meeting-due;late-topics"
    assert {row["codes"] for row in out["committee_members"] if row["person"] == "m-3"} == {"term-over"}


def test_plans_from_outside(office, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Plans are followed; who has no right is refused; what nobody knows is a problem with place and cure."""
    plan = {"id": "L1", "kind": "主题党日", "topic": "t", "community": "dujiaping", "branches": "b-1;b-2",
            "date": "2026-09-01", "planned_on": "2026-09-10"}  # fmt: skip
    acts = [
        acted("plan", "L1", "2026-09-02", "排定", "m-5", planned_on="", present_count=""),
        acted("plan", "L1", "2026-09-02", "排定"),
        acted("plan", "L1", "2026-09-10", "开展", present_count=4),
    ]
    out = office(**DESK, activity_plans=[plan, {**plan, "id": "L2"}], plan_acts=acts)
    assert [(row["state"], row["overdue"], row["present_count"]) for row in out["activity_plans"]] == [
        ("held", "no", "4"),
        ("planned", "yes", ""),
    ]
    assert [row["codes"] for row in out["refused_plan_acts"]] == ["no-right"]
    (tmp_path / "other").mkdir()
    found = faults(
        tmp_path / "other",
        **DESK,
        projects=[{**LINE, "need": "N9", "resource": "R9"}, {**LINE, "id": "P2", "community": "nowhere"}],
        project_acts=[acted("project", "P9", "2026-09-03", "启动")],
        activity_plans=[plan],
        plan_acts=[acted("plan", "L9", "2026-09-02", "排定"), acted("plan", "L1", "2026-09-02", "飞")],
    )
    assert {one.code for one in found} >= {
        "unknown-need",
        "unknown-resource",
        "unknown-community",
        "unknown-case",
        "unknown-choice",
    }
