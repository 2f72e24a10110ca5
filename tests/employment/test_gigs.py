"""零工: orders, completion, pay, arrears and their referral."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employing import HOME, RULES, at, book, refused, rows
from folders import Office, faults
from huaying_governance.employment.gig_steps import GIGS
from huaying_governance.employment.gigs import Act, Order, opened
from huaying_governance.errors import Refused

START = date(2026, 10, 1)


def order(pay: str = "200.00", pay_by: date | None = None) -> Order:
    return Order(
        community=HOME,
        employer="e-1",
        task="搬运",
        work_on=START + timedelta(days=2),
        pay=Decimal(pay),
        pay_by=pay_by,
        at=at(START),
    )


def act(action: str, day: int, role: str = "employer", actor: str = "e-1", **more: Any) -> Act:
    more = {"evidence": "e", **more}
    return Act(action=action, at=at(START + timedelta(days=day)), actor=actor, role=role, **more)


TAKE, DONE = act("take", 1, "worker", "p-1"), act("complete", 2)


def done(pay_by: date | None = None) -> Any:
    made = book(GIGS, RULES.gigs, order(pay_by=pay_by))
    made.act("X", TAKE)
    made.act("X", DONE)
    return made


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, False), (7, False), (8, True), (400, True)])
def test_row_83_unpaid_for_more_than_seven_days_is_in_arrears(days: int, late: bool) -> None:
    """Row 83: seven days after pay was due it is still in time, on the eighth it is in arrears."""
    made = done()
    day = START + timedelta(days=2 + days)
    assert made.standing("X").in_arrears(RULES.gigs, day) is late
    refer = act("refer", 2 + days, "station", "s-1")
    if late:
        made.act("X", refer)
        assert made.standing("X").referred_on == day
    else:
        assert refused(made, refer) == ("not-in-arrears",)


def test_a_day_of_pay_that_was_agreed_counts() -> None:
    """Arrears count from the day agreed on; one before the work is done counts as the day it is done."""
    later = done(START + timedelta(days=12)).standing("X")
    assert later.due_on == START + timedelta(days=12)
    assert not later.in_arrears(RULES.gigs, START + timedelta(days=19))
    assert later.in_arrears(RULES.gigs, START + timedelta(days=20))
    assert done(START).standing("X").due_on == START + timedelta(days=2)


def test_before_the_work_is_done_nothing_is_owed() -> None:
    """An order that nobody has carried out owes no pay, and cannot be in arrears."""
    standing = opened(order())
    assert (standing.owed, standing.due_on) == (0, None)
    assert not standing.in_arrears(RULES.gigs, date(2099, 1, 1))


def test_pay_in_parts_ends_when_all_is_paid() -> None:
    """A part leaves the rest owed, even after a referral; more than is owed, nothing, or no amount is refused."""
    made = done()
    assert refused(made, act("pay", 3)) == ("no-amount",)
    assert refused(made, act("pay", 3, amount=Decimal(0))) == ("no-amount",)
    assert refused(made, act("pay", 3, amount=Decimal("200.01"))) == ("beyond-owed",)
    made.act("X", act("pay", 3, amount=Decimal("80.50")))
    assert made.standing("X").owed == Decimal("119.50")
    made.act("X", act("refer", 20, "station", "s-1"))
    made.act("X", act("pay", 21, amount=Decimal("19.50")))
    assert made.standing("X").state == "referred"
    made.act("X", act("pay", 22, amount=Decimal(100)))
    assert made.standing("X").state == "paid"
    assert not made.standing("X").in_arrears(RULES.gigs, date(2099, 1, 1))


def test_who_may_do_what() -> None:
    """Nobody takes one's own order; only who took it gives it back or asks for inspection; work is done on its day."""
    made = book(GIGS, RULES.gigs, order())
    assert refused(made, act("take", 1, "worker", "e-1")) == ("own-order",)
    made.act("X", TAKE)
    assert refused(made, act("complete", 1)) == ("not-begun",)
    assert refused(made, act("release", 1, "worker", "p-2", reason="ill")) == ("not-its-worker",)
    made.act("X", act("release", 1, "worker", "p-1", reason="ill"))
    assert made.standing("X").worker == ""
    made.act("X", act("take", 1, "worker", "p-2"))
    made.act("X", DONE)
    assert refused(made, act("refer", 30, "worker", "p-1")) == ("not-its-worker",)
    made.act("X", act("refer", 30, "worker", "p-2"))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12_000)), max_size=12))
def test_a_model_of_pay(payments: list[tuple[int, int]]) -> None:
    """Against plain sums in fen: what is owed, when the order is paid, and when it is in arrears."""
    made, left, days = done(), 20_000, 2
    for wait, fen in payments:
        days += wait
        one = act("pay", days, amount=Decimal(fen) / 100)
        try:
            made.act("X", one)
        except Refused:
            assert fen == 0 or fen > left or left == 0
        else:
            assert 0 < fen <= left
            left -= fen
        standing = made.standing("X")
        assert standing.owed == Decimal(left) / 100
        assert (standing.state == "paid") is (left == 0)
        assert standing.in_arrears(RULES.gigs, START + timedelta(days=days)) is (left > 0 and days > 2 + 7)


GIG = {
    "id": "G1",
    "community": HOME,
    "gig_giver": "e-1",
    "gig_task": "搬运",
    "work_on": "2026-10-03",
    "gig_pay": "200",
    "pay_by": "",
    "date": "2026-10-01",
}
STEPS: list[dict[str, object]] = [
    {"action": "take", "actor": "p-1", "role": "worker", "amount": "", "evidence": "e"},
    {"day": 2, "action": "complete", "actor": "e-1", "role": "employer", "evidence": "e"},
]


@pytest.mark.parametrize(("on", "late"), [("2026-10-10", 0), ("2026-10-11", 1)])
def test_row_83_arrears_are_listed_for_labour_inspection(office: Office, on: str, late: int) -> None:
    """Row 83: on the eighth day the order stands in the list of what goes to labour inspection, with what is owed."""
    part = {"day": 3, "action": "pay", "actor": "e-1", "role": "employer", "amount": "50", "evidence": "e"}
    found = office(on, gigs=[GIG], gig_acts=rows("gig", "G1", START, [*STEPS, part]))
    assert len(found["gig_arrears"]) == late
    assert ("arrears" in found["gigs"][0]["codes"]) is bool(late)
    month = found["gig_months"][0]
    assert (month["orders_completed"], month["orders_in_arrears"], month["owed_pay"]) == (
        "1",
        str(late),
        "150.00",
    )
    for line in found["gig_arrears"]:
        assert line["inspection"] == "劳动保障监察机构"
        assert (line["owed_pay"], line["overdue_days"]) == ("150.00", "8")


def test_paid_and_referred_orders_are_told_apart(office: Office) -> None:
    """What is paid is owed no more; what was referred stays listed until it is paid."""
    paid = {"day": 3, "action": "pay", "actor": "e-1", "role": "employer", "amount": "200", "evidence": "e"}
    refer = {"day": 12, "action": "refer", "actor": "s-1", "role": "station", "evidence": "e"}
    found = office(
        gigs=[GIG, {**GIG, "id": "G2"}, {**GIG, "id": "G3", "date": "2027-01-01"}],
        gig_acts=[*rows("gig", "G1", START, [*STEPS, paid]), *rows("gig", "G2", START, [*STEPS, refer])],
    )
    assert {row["id"]: row["state"] for row in found["gigs"]} == {"G1": "paid", "G2": "referred"}
    assert [row["gig"] for row in found["gig_arrears"]] == ["G2"]
    assert "已移送" in found["gig_arrears"][0]["reason"]


def test_bad_rows(tmp_path: Path) -> None:
    """Negative pay, an act on an unknown order and an unknown action are problems with place and cure."""
    bad = {"day": 1, "action": "fly", "actor": "e-1", "role": "employer"}
    found = faults(
        tmp_path,
        gigs=[GIG, {**GIG, "id": "G2", "gig_pay": "-5"}],
        gig_acts=[*rows("gig", "G1", START, [bad]), *rows("gig", "G9", START, STEPS)],
    )
    assert {one.code for one in found} >= {"negative-amount", "unknown-choice", "unknown-case"}
