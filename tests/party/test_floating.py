"""流动党员: registration out and in, the procedure of lost contact, the register; double registration."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import faults
from huaying_governance.casework import Casebook
from huaying_governance.errors import Refused
from huaying_governance.kernel.dates import add_months
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party.floating import MOVES, Act, Move, lost_from, removal_from, transfer_due
from huaying_governance.party.reporting import Duty, cover, due_day, state_of

DAY = date(2024, 1, 31)
RULES: Any = hg.load_pack("huaying").rules(PartyRules)
MEANS = RULES.floating.means
CALENDAR = hg.china_calendar()


def book(**more: Any) -> Any:
    made: Any = Casebook(hg.open_store("memory:"), MOVES, RULES.floating)
    made.open("V1", Move(person="p-1", branch="b-1", community="dujiaping", on=DAY, **more))
    return made


def act(action: str, on: date, role: str = "home_branch", **more: Any) -> Act:
    return Act(action=action, at=on, actor="o", role=role, **{"reason": "r", "evidence": "e", **more})


def codes(made: Any, one: Act) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        made.act("V1", one)
    return caught.value.ruling.codes


def searched(made: Any, on: date, means: tuple[str, ...] = MEANS) -> None:
    for one in means:
        made.act("V1", act("search", on, means=one))


def test_registration_out_and_in() -> None:
    """The home branch reports out, the host registers in and places; each in its turn, by its own organisation."""
    made = book()
    assert codes(made, act("register_in", DAY, "host_branch")) == ("wrong-state",)
    assert codes(made, act("report_out", DAY, "host_branch")) == ("wrong-role",)
    made.act("V1", act("report_out", DAY))
    made.act("V1", act("register_in", DAY + timedelta(days=9), "host_branch"))
    assert codes(made, act("place", DAY + timedelta(days=9), "host_branch")) == ("no-branch",)
    made.act("V1", act("place", DAY + timedelta(days=10), "host_branch", branch="b-9"))
    standing = made.act("V1", act("join", DAY + timedelta(days=11), "host_branch"))
    assert (standing.state, standing.host, standing.contact) == ("active", "b-9", DAY + timedelta(days=11))
    assert made.act("V1", act("return", DAY + timedelta(days=40))).state == "returned"


@pytest.mark.parametrize(
    ("fixed", "receiving", "may"), [(True, True, True), (True, False, False), (None, True, False)]
)
def test_row_28_a_transfer_needs_a_fixed_place_and_who_receives(
    fixed: bool | None, receiving: bool | None, may: bool
) -> None:
    """Row 28: due from six months on where both are known; what is not known makes no transfer."""
    made = book(fixed_place=fixed, receiving=receiving)
    made.act("V1", act("report_out", DAY))
    standing, six = made.standing("V1"), add_months(DAY, 6)
    assert transfer_due(standing, RULES.floating, six) is may
    assert not transfer_due(standing, RULES.floating, six - timedelta(days=1))
    one = act("transfer", six, branch="b-9")
    if may:
        assert made.act("V1", one).state == "transferred"
        assert not transfer_due(made.standing("V1"), RULES.floating, six)
    else:
        assert codes(made, one) == ("no-transfer",)


def test_row_27_the_whole_procedure_of_lost_contact() -> None:
    """Row 27: six months and every means tried: lost; then stopped; two years later removed; not a day before."""
    made = book()
    made.act("V1", act("report_out", DAY))
    six = lost_from(made.standing("V1"), RULES.floating)
    assert six == date(2024, 7, 31)
    assert codes(made, act("declare_lost", six - timedelta(days=1))) == ("in-touch", "means-left")
    assert codes(made, act("search", six, means="dream")) == ("unknown-means",)
    assert codes(made, act("search", six, means="phone", evidence="")) == ("no-evidence",)
    searched(made, six - timedelta(days=1), MEANS[:-1])
    assert codes(made, act("declare_lost", six)) == ("means-left",)
    searched(made, six, MEANS[-1:])
    assert made.act("V1", act("declare_lost", six)).state == "lost"
    assert codes(made, act("stop", six)) == ("wrong-role",)
    assert made.act("V1", act("stop", six, "superior")).state == "stopped"
    two = removal_from(made.standing("V1"), RULES.floating)
    assert two == date(2026, 7, 31)
    assert codes(made, act("remove", two - timedelta(days=1), "superior")) == ("too-early",)
    assert made.act("V1", act("remove", two, "superior")).state == "removed"


@pytest.mark.parametrize("stopped", [False, True])
def test_who_is_found_goes_on(stopped: bool) -> None:
    """Found while lost or stopped: active again, and the months and means begin anew."""
    made = book()
    made.act("V1", act("report_out", DAY))
    six = lost_from(made.standing("V1"), RULES.floating)
    searched(made, six)
    made.act("V1", act("declare_lost", six))
    if stopped:
        made.act("V1", act("stop", six, "superior"))
    standing = made.act("V1", act("found", six + timedelta(days=30), "host_branch"))
    assert (standing.state, standing.tried, standing.stopped_on) == ("active", (), None)
    assert lost_from(standing, RULES.floating) == add_months(six + timedelta(days=30), 6)


STEPS = st.tuples(
    st.sampled_from(["report_out", "register_in", "place", "join", "contact", "search", "declare_lost", "found",
                     "stop", "remove", "return", "transfer"]),
    st.sampled_from(["home_branch", "host_branch", "superior"]),
    st.integers(0, 400),
    st.sampled_from(MEANS),
)  # fmt: skip


@given(st.lists(STEPS, max_size=40))
def test_nobody_is_lost_or_removed_too_early(steps: list[tuple[str, str, int, str]]) -> None:
    """Model: whoever is lost was out of touch for the months with every means tried; removed only after the years."""
    made, day = book(), DAY
    contact, tried, stopped = DAY, set[str](), None
    for number, (action, role, days, means) in enumerate(steps):
        day += timedelta(days=days)
        refused = made.attempt("V1", act(action, day, role, branch="b-9", means=means), f"c{number}")
        if refused is not None:
            continue
        if action == "declare_lost":
            assert day >= add_months(contact, 6)
            assert tried == set(MEANS)
        elif action == "search":
            tried.add(means)
        elif action == "stop":
            stopped = day
        elif action == "remove":
            assert stopped is not None
            assert day >= add_months(stopped, 24)
        else:
            contact, tried, stopped = day, set(), None


def test_the_register_of_floating_members_from_outside(office, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """流动党员名册 joins what the roster finds and how the moves stand; bad rows are problems."""
    roster = [
        {"person": f"p-{n}", "branch": "b-1", "community": "dujiaping", "formal": "是", "full": "是",
         "out_since": "2026-01-01" if n < 2 else "", "last_contact": ""}
        for n in range(3)
    ]  # fmt: skip
    move = {"id": "V1", "person": "p-1", "branch": "b-1", "community": "dujiaping", "date": "2026-01-01",
            "fixed_place": "是", "receiving": "是"}  # fmt: skip
    step = {"move": "V1", "date": "2026-01-02", "action": "登记流出", "actor": "o", "role": "流出地支部",
            "reason": "", "evidence": "", "placed_branch": "", "means": ""}  # fmt: skip
    acts = [
        step,
        {**step, "date": "2026-01-05", "action": "登记流入", "role": "流入地支部"},
        {**step, "date": "2026-02-05", "action": "查找", "means": "电话联系"},
        {**step, "move": "V2", "action": "编入支部", "role": "流入地支部"},
    ]
    out = office(members=roster, member_moves=[move, {**move, "id": "V2", "person": "p-7"}], move_acts=acts)
    assert [(row["person"], row["state"], row["codes"]) for row in out["floating_members"]] == [
        ("p-0", "", "floating"),
        ("p-1", "registered_in", "floating"),
        ("p-7", "home", ""),
    ]
    assert [(row["state"], row["lost_on"], row["transfer_due"]) for row in out["member_moves"]] == [
        ("registered_in", "2026-07-05", "yes"),
        ("home", "2026-07-01", "yes"),
    ]
    assert [row["codes"] for row in out["refused_move_acts"]] == ["no-evidence", "wrong-state;no-branch"]
    (tmp_path / "other").mkdir()
    found = faults(
        tmp_path / "other",
        member_moves=[{**move, "community": "nowhere"}],
        move_acts=[{**step, "means": "占卜"}, {**step, "move": "V9"}],
    )
    assert {one.code for one in found} >= {"unknown-community", "unknown-choice"}


# Double registration --------------------------------------------------------------------------------------------


def duty(on: date | None, since: date = date(2026, 3, 2), **more: Any) -> Duty:
    return Duty(
        **{"kind": "member", "who": "p-1", "unit": "u", "community": "dujiaping", "registered": on is not None,
           **more},
        since=since,
        registered_on=on,
    )  # fmt: skip


def test_row_31_a_registration_is_due_after_fifteen_working_days() -> None:
    """Row 31: from Monday 2 March 2026 the fifteenth working day is Monday 23 March; the 24th is late."""
    last = due_day(duty(None), RULES.reporting, CALENDAR)
    assert last == date(2026, 3, 23)
    late = last + timedelta(days=1)
    assert state_of(duty(last), RULES.reporting, CALENDAR, late) == "in-time"
    assert state_of(duty(late), RULES.reporting, CALENDAR, late) == "late"
    assert state_of(duty(None), RULES.reporting, CALENDAR, last) == "running"
    assert state_of(duty(None), RULES.reporting, CALENDAR, late) == "missing"
    assert state_of(duty(None, registered=True), RULES.reporting, CALENDAR, late) == "undated"
    assert state_of(duty(None, excused=True), RULES.reporting, CALENDAR, late) == "excused"
    assert state_of(duty(None, date(2090, 1, 1)), RULES.reporting, CALENDAR, date(2091, 1, 1)) == "running"


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 60)), st.booleans()), max_size=20
    )
)
def test_coverage_adds_up(drawn: list[tuple[int, int | None, bool]]) -> None:
    """Model: in time ≤ registered ≤ owing; owing and excused are all duties begun; the missing owe and are not in."""
    first, on = date(2026, 3, 2), date(2026, 4, 15)
    held = [
        duty(None if made is None else first + timedelta(days=made), first + timedelta(days=begun), excused=excused,
             who=f"p-{number}")
        for number, (begun, made, excused) in enumerate(drawn)
    ]  # fmt: skip
    found = cover(held, RULES.reporting, CALENDAR, on)
    begun = [one for one in held if one.since <= on]
    assert found.in_time <= found.registered <= found.owing
    assert found.owing + found.excused == len(begun)
    assert found.registered + len(found.missing) <= found.owing
    registered = {one.who for one in begun if one.registered_on and one.registered_on <= on}
    assert not registered & set(found.missing)


def test_the_coverage_of_double_registration_from_outside(office) -> None:  # type: ignore[no-untyped-def]
    """双报到覆盖率 with its denominators: kinds and the pilot apart, excused not owing, missing named."""
    line = {"kind": "在职党员", "reporter": "p-1", "unit": "u-1", "community": "dujiaping", "from": "2026-03-02",
            "registered_on": "2026-03-20", "excused": ""}  # fmt: skip
    out = office(
        reporting_duties=[
            line,
            {**line, "reporter": "p-2", "registered_on": "2026-03-24"},
            {**line, "reporter": "p-3", "registered_on": "", "community": "synthetic-2"},
            {**line, "reporter": "p-4", "registered_on": "", "excused": "是"},
            {**line, "reporter": "p-5", "registered_on": ""},
            {**line, "kind": "单位", "reporter": "u-1", "community": "synthetic-2"},
            {**line, "reporter": "p-6", "from": "2026-12-01", "registered_on": ""},
        ],
        double_registrations=[
            {"person": "p-3", "unit": "u-1", "community": "synthetic-2", "skills": "", "takes": "",
             "registered_on": "2026-03-03"}
        ],
        services=[
            {"id": f"S{n}", "person": "p-3", "community": "synthetic-2", "date": "2026-05-01", "hours": 1,
             "confirmed_by": "r-1"}
            for n in range(4)
        ],
    )["double_coverage"]  # fmt: skip
    names = (
        "scope",
        "kind",
        "owing",
        "reported",
        "covered",
        "reported_in_time",
        "excused_count",
        "missing_ids",
        "served",
    )
    assert [tuple(row[name] for name in names) for row in out] == [
        ("all", "unit", "1", "1", "100.0", "1", "0", "", ""),
        ("all", "member", "4", "3", "75.0", "2", "1", "p-5", "1"),
        ("pilot", "member", "3", "2", "66.7", "1", "1", "p-5", "0"),
        ("others", "unit", "1", "1", "100.0", "1", "0", "", ""),
        ("others", "member", "1", "1", "100.0", "1", "0", "", "1"),
    ]
