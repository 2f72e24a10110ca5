"""购买服务: tender, award, deliver, verify, pay; nothing is paid before it is verified, nor more than was."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import huaying_governance as hg
from folders import Office, faults
from huaying_governance.casework import Casebook
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.stewardship.purchase import SERVICES, Act, Service, Standing, Terms

Book = Casebook[Service, Standing, Act, Terms]
START = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)


def service(**changes: Any) -> Service:
    given: dict[str, Any] = {
        "community": "dujiaping",
        "title": "养老服务",
        "purchaser": "civil-affairs",
        "cap_fen": 1000,
        "public_interest": True,
        "exit_clause": True,
        "at": START,
    }
    return Service(**{**given, **changes})


def act(action: str, day: int, actor: str, role: str, **more: Any) -> Act:
    return Act(action=action, at=START + timedelta(days=day), actor=actor, role=role, **more)


TENDER = act("tender", 1, "civil-affairs", "purchaser", evidence="公告")
AWARD = act("award", 2, "civil-affairs", "purchaser", provider="协会", fen=1000, evidence="合同")
DELIVER = act("deliver", 3, "协会", "provider")
REPORT = act("report", 4, "协会", "provider", evidence="成果")
VERIFY = act("verify", 5, "居民代表", "verifier", passed=True, fen=1000, evidence="验收单")
PAY = act("pay", 6, "财务", "finance", fen=1000, evidence="凭证")
CLOSE = act("close", 7, "civil-affairs", "purchaser")
WAY = (TENDER, AWARD, DELIVER, REPORT, VERIFY, PAY, CLOSE)


def new(rules: StewardshipRules, *done: Act, **changes: Any) -> Book:
    made: Book = Casebook(hg.open_store("memory:"), SERVICES, rules.services)
    made.open("G1", service(**changes))
    for one in done:
        made.act("G1", one)
    return made


def refused(book: Book, one: Act) -> tuple[str, ...]:
    before = book.standing("G1")
    with pytest.raises(hg.Refused) as caught:
        book.act("G1", one)
    assert book.standing("G1") == before
    assert len(caught.value.ruling.remedies) == len(caught.value.ruling.codes)
    return caught.value.ruling.codes


@pytest.mark.parametrize("steps", range(len(WAY)))
def test_row_17_nothing_is_paid_before_it_is_verified(rules: StewardshipRules, steps: int) -> None:
    """Row 17: a payment is refused at every step before verification, with the reason; after it, it is made, once."""
    book = new(rules, *WAY[:steps])
    asked = act("pay", 30, "财务", "finance", fen=1000, evidence="凭证")
    if steps == 5:
        assert book.act("G1", asked).paid == 1000
        assert "not-verified" in refused(book, asked)
    else:
        codes = refused(book, asked)
        assert "not-verified" in codes
        assert "wrong-state" in codes


def test_row_17_the_whole_way(rules: StewardshipRules) -> None:
    """Row 17: in order everything is admitted, and the service closes with nothing owed."""
    standing = new(rules, *WAY).standing("G1")
    assert (standing.state, standing.paid, standing.owed) == ("closed", 1000, 0)


def test_what_failed_is_delivered_again_and_not_paid(rules: StewardshipRules) -> None:
    """A verification that did not pass sends it back, and pays nothing."""
    book = new(rules, *WAY[:4])
    book.act("G1", act("verify", 5, "居民代表", "verifier", passed=False, evidence="验收单"))
    assert book.standing("G1").state == "delivering"
    assert refused(book, PAY) == ("wrong-state", "not-verified", "over-verified")


def test_instalments_never_exceed_what_was_verified(rules: StewardshipRules) -> None:
    """Each part is verified and paid; a fen more than verified, or verified beyond the contract, is refused."""
    book = new(rules, *WAY[:4])
    assert refused(book, act("verify", 5, "x", "verifier", passed=True, fen=1001, evidence="e")) == (
        "over-contract",
    )
    book.act("G1", act("verify", 5, "x", "verifier", passed=True, fen=400, evidence="e"))
    assert refused(book, act("pay", 6, "财务", "finance", fen=401, evidence="e")) == ("over-verified",)
    book.act("G1", act("pay", 6, "财务", "finance", fen=150, evidence="e"))
    assert book.standing("G1").state == "verified"
    book.act("G1", act("pay", 7, "财务", "finance", fen=250, evidence="e"))
    assert book.standing("G1").state == "paid"
    book.act("G1", act("deliver", 8, "协会", "provider"))
    book.act("G1", act("report", 9, "协会", "provider", evidence="e"))
    assert refused(book, act("verify", 9, "x", "verifier", passed=True, fen=601, evidence="e")) == (
        "over-contract",
    )
    book.act("G1", act("verify", 9, "x", "verifier", passed=True, fen=600, evidence="e"))
    assert "still-owed" in refused(book, act("terminate", 9, "civil-affairs", "purchaser", reason="r"))
    assert refused(book, act("deliver", 9, "协会", "provider")) == ("nothing-left",)


@pytest.mark.parametrize(
    ("steps", "one", "codes"),
    [
        (0, act("tender", 1, "civil-affairs", "purchaser"), ("no-evidence",)),
        (1, act("award", 2, "a", "purchaser", provider="协会", fen=1001, evidence="e"), ("over-cap",)),
        (1, act("award", 2, "a", "purchaser", provider="协会", evidence="e"), ("no-amount",)),
        (1, act("award", 2, "a", "purchaser", provider="协会", fen=0, evidence="e"), ("no-amount",)),
        (
            1,
            act("award", 2, "a", "purchaser", provider="civil-affairs", fen=1, evidence="e"),
            ("no-provider",),
        ),
        (2, act("deliver", 3, "别家", "provider"), ("not-the-provider",)),
        (
            4,
            act("verify", 5, "协会", "verifier", passed=True, fen=1, evidence="e"),
            ("provider-cannot-verify",),
        ),
        (4, act("verify", 5, "x", "verifier", fen=1, evidence="e"), ("no-finding",)),
        (4, act("verify", 5, "x", "verifier", passed=True, evidence="e"), ("no-verified-amount",)),
        (4, act("verify", 5, "x", "finance", passed=True, fen=1, evidence="e"), ("wrong-role",)),
        (5, act("pay", 6, "居民代表", "finance", fen=1, evidence="e"), ("verifier-cannot-pay",)),
        (5, act("pay", 6, "财务", "finance", evidence="e"), ("no-amount",)),
        (5, act("pay", 4, "财务", "finance", fen=1, evidence="e"), ("out-of-order",)),
        (3, act("terminate", 6, "civil-affairs", "purchaser"), ("no-reason",)),
    ],
)
def test_each_refusal_has_its_reason(
    rules: StewardshipRules, steps: int, one: Act, codes: tuple[str, ...]
) -> None:
    """Whatever an act lacks is told by its code, alone where it lacks one thing."""
    assert refused(new(rules, *WAY[:steps]), one) == codes


@pytest.mark.parametrize("clause", ["public_interest", "exit_clause"])
@pytest.mark.parametrize("held", [False, None])
def test_no_award_without_the_clauses(rules: StewardshipRules, clause: str, held: bool | None) -> None:
    """Without the clause of public interest or the way out, stated as there, nothing is awarded."""
    assert refused(new(rules, TENDER, **{clause: held}), AWARD) == ("no-clauses",)


def test_the_exit_clause_ends_it(rules: StewardshipRules) -> None:
    """By its exit clause a service ends with a reason once nothing is owed; before the award it is cancelled."""
    book = new(rules, *WAY[:3])
    assert (
        book.act("G1", act("terminate", 9, "civil-affairs", "purchaser", reason="违约")).state == "terminated"
    )
    planned = new(rules, TENDER)
    assert (
        planned.act("G1", act("cancel", 9, "civil-affairs", "purchaser", reason="流标")).state == "cancelled"
    )


class Services(RuleBasedStateMachine):
    """Whatever is tried, paid ≤ verified ≤ contract ≤ cap, and a refusal changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        found = hg.load_pack("huaying").rules(StewardshipRules)
        assert found is not None
        self.book = new(found)
        self.day = 0

    @rule(
        action=st.sampled_from(sorted(SERVICES.procedure.actions)),
        who=st.sampled_from(["civil-affairs", "协会", "x", "财务"]),
        role=st.sampled_from(sorted(SERVICES.procedure.roles)),
        fen=st.none() | st.integers(0, 1200),
        passed=st.sampled_from([True, True, False, None]),
    )
    def attempt(self, action: str, who: str, role: str, fen: int | None, passed: bool | None) -> None:
        self.day += 1
        before = self.book.standing("G1")
        roles = next(one.roles for one in SERVICES.procedure.transitions if one.action == action)
        one = act(
            action,
            self.day,
            "协会" if roles == ("provider",) else who,
            roles[0] if self.day % 4 else role,
            provider="协会",
            fen=fen,
            passed=passed,
            reason="r",
            evidence="e",
        )
        ruling = self.book.attempt("G1", one, f"c{self.day}")
        after = self.book.standing("G1")
        if ruling is not None:
            assert after == before
        elif action == "pay":
            assert before.verified - before.paid >= (fen or 0) > 0

    @invariant()
    def nothing_is_overpaid(self) -> None:
        one = self.book.standing("G1")
        assert 0 <= one.paid <= one.verified <= one.contract <= one.service.cap_fen


Services.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestServices = Services.TestCase


OPENING = {
    "id": "G1",
    "community": "杜家坪社区",
    "title": "养老服务（示例）",
    "purchaser": "民政局",
    "cap": "1000",
    "public_interest": "是",
    "exit_clause": "是",
    "date": "2026-03-01",
}


def rows(*acts: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"delegated_service": "G1", "at": f"2026-03-{2 + n:02}T09:00", **one} for n, one in enumerate(acts)
    ]


def test_row_17_in_a_case_folder(office: Office) -> None:
    """Row 17: the payment before verification is refused and listed, the one after it is made."""
    pay = {"action": "支付", "actor": "财务", "role": "财务", "amount": "800", "evidence": "凭证"}
    acts = rows(
        {"action": "采购", "actor": "民政局", "role": "购买主体", "evidence": "公告"},
        {
            "action": "签约",
            "actor": "民政局",
            "role": "购买主体",
            "provider": "示例协会",
            "amount": "800",
            "evidence": "合同",
        },
        pay,
        {"action": "开始服务", "actor": "示例协会", "role": "承接主体"},
        {"action": "报验收", "actor": "示例协会", "role": "承接主体", "evidence": "成果"},
        {
            "action": "验收",
            "actor": "示例",
            "role": "验收人",
            "passed": "是",
            "amount": "800",
            "evidence": "验收单",
        },
        pay,
    )
    out = office(delegated_services=[OPENING], delegated_service_acts=acts)
    assert [row["codes"] for row in out["refused_delegated_service_acts"]] == [
        "wrong-state;not-verified;over-verified"
    ]
    one = out["delegated_services"][0]
    assert [
        one[name] for name in ("state", "contract_amount", "verified_amount", "paid_amount", "owed_amount")
    ] == [
        "paid",
        "800.00",
        "800.00",
        "800.00",
        "0.00",
    ]


def test_bad_rows_of_services_are_problems(tmp_path: Path) -> None:
    """An unknown community, a cap that is no amount, an unknown action, and an act on nothing."""
    found = faults(
        tmp_path,
        delegated_services=[
            OPENING,
            {**OPENING, "id": "G2", "community": "nowhere"},
            {**OPENING, "id": "G3", "cap": "-5"},
        ],
        delegated_service_acts=[
            {**rows({"action": "偷", "actor": "a", "role": "财务"})[0]},
            {**rows({"action": "支付", "actor": "a", "role": "财务"})[0], "delegated_service": "G9"},
        ],
    )
    assert sorted(one.code for one in found) == sorted(
        ["unknown-community", "negative-amount", "unknown-choice", "unknown-case"]
    )
