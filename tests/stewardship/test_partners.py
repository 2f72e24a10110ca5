"""多元共治: shares by actor, contracts and payments, support against need, the choice of rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import Office, faults
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.stewardship import (
    Choice,
    Contract,
    Need,
    Payment,
    Support,
    Venture,
    balances,
    judge_choice,
    judge_contract,
    judge_payments,
    shares,
)
from huaying_governance.stewardship.choosing import ChoiceRules, Pair
from huaying_governance.stewardship.ventures import ACTORS

ON = date(2026, 11, 23)


def venture(number: int, kind: str) -> Venture:
    return Venture(id=f"P{number}", kind=kind, actor="a", community="dujiaping", on=date(2026, 3, 1))


@given(st.lists(st.sampled_from(ACTORS), max_size=40))
def test_row_10_the_share_of_projects_by_actor(kinds: list[str]) -> None:
    """Row 10: each kind of actor has its share, those without any too; the shares add up to one."""
    found = shares([venture(number, kind) for number, kind in enumerate(kinds)])
    assert [one.kind for one in found] == list(ACTORS)
    assert [one.count for one in found] == [kinds.count(kind) for kind in ACTORS]
    assert sum((one.part for one in found), Fraction(0)) == (1 if kinds else 0)


def test_row_10_in_a_case_folder(office: Office) -> None:
    """Row 10: of eight projects two by enterprises are 25 %; a project of tomorrow does not count yet."""
    kinds = ["企业", "企业", "党组织", "政府", "政府", "政府", "社会组织", "居民"]
    rows = [
        {"id": f"P{n}", "actor_kind": kind, "carrier": "示例", "community": "dujiaping", "date": "2026-11-23"}
        for n, kind in enumerate(kinds)
    ]
    out = office(ventures=[*rows, {**rows[0], "id": "P9", "date": "2026-11-24"}])
    told = {
        row["actor_kind"]: (row["project_count"], row["total"], row["part_percent"])
        for row in out["actor_shares"]
    }
    assert told["enterprise"] == ("2", "8", "25.0")
    assert told["government"] == ("3", "8", "37.5")
    assert told["self_government"] == ("0", "8", "0.0")


def contract(**changes: object) -> Contract:
    given = {
        "id": "C1",
        "venture": "P1",
        "public_interest": True,
        "exit_clause": True,
        "cap": 100_000_00,
        "since": date(2026, 1, 1),
        "until": date(2026, 12, 31),
    }
    return Contract(**{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "outcome", "codes"),
    [
        ({}, "permitted", ()),
        ({"public_interest": False}, "conditional", ("no-public-interest-clause",)),
        ({"exit_clause": False}, "conditional", ("no-exit-clause",)),
        ({"cap": None}, "conditional", ("no-payment-cap",)),
        ({"cap": 0}, "permitted", ()),
        ({"public_interest": None}, "undetermined", ("missing:public_interest",)),
        ({"exit_clause": None, "cap": None}, "conditional", ("no-payment-cap", "missing:exit_clause")),
    ],
)
def test_row_9_a_contract_without_the_clause_of_public_interest_is_flagged(
    rules: StewardshipRules, changes: dict[str, object], outcome: str, codes: tuple[str, ...]
) -> None:
    """Row 9: a contract lacks its clause, its way out or its cap: flagged; what nobody has said is missing."""
    ruling = judge_contract(contract(**changes), rules.contracts)
    assert (ruling.outcome, ruling.codes) == (outcome, codes)


def pay(number: int, fen: int, day: str = "2026-06-01") -> Payment:
    return Payment(id=f"F{number}", contract="C1", on=date.fromisoformat(day), fen=fen)


def judged(
    rules: StewardshipRules, held: Contract, *payments: Payment
) -> list[tuple[str, tuple[str, ...], int]]:
    found = judge_payments({"C1": held}, payments, rules.contracts)
    return [(one.ruling.outcome, one.ruling.codes, one.total) for one in found]


def test_row_9_nothing_is_paid_beyond_the_cap(rules: StewardshipRules) -> None:
    """Row 9: up to the cap it is paid, a fen more is refused and does not count; outside the term, or flawed, never."""
    held = contract()
    assert judged(rules, held, pay(1, 60_000_00), pay(2, 40_000_01), pay(3, 40_000_00)) == [
        ("permitted", (), 60_000_00),
        ("refused", ("over-cap",), 60_000_00),
        ("permitted", (), 100_000_00),
    ]
    for day, code in (
        ("2025-12-31", True),
        ("2026-01-01", False),
        ("2026-12-31", False),
        ("2027-01-01", True),
    ):
        assert judged(rules, held, pay(1, 1, day))[0][1] == (("not-in-force",) if code else ())
    flawed = contract(public_interest=False)
    assert judged(rules, flawed, pay(1, 1)) == [("refused", ("contract-flawed",), 0)]
    unknown = contract(exit_clause=None)
    assert judged(rules, unknown, pay(1, 1)) == [("undetermined", ("missing:exit_clause",), 0)]


@given(st.lists(st.integers(1, 60), max_size=12), st.integers(0, 200))
def test_payments_equal_the_naive_sum(amounts: list[int], cap: int) -> None:
    """Whatever is asked, what is admitted never exceeds the cap, and nothing that would fit is refused."""
    rules = hg.load_pack("huaying").rules(StewardshipRules)
    assert rules is not None
    paid = 0
    payments = [pay(100 + number, amount) for number, amount in enumerate(amounts)]
    for one in judge_payments({"C1": contract(cap=cap)}, payments, rules.contracts):
        fits = paid + one.payment.fen <= cap
        assert (one.ruling.outcome == "permitted") is fits
        paid += one.payment.fen if fits else 0
        assert one.total == paid <= cap


def test_row_9_contracts_and_payments_in_a_case_folder(office: Office) -> None:
    """Row 9: the report says of each contract what was paid of its cap, and of each payment why it was not."""
    shared = {
        "venture": "P1",
        "public_interest": "是",
        "exit_clause": "是",
        "cap": "1000",
        "from": "2026-01-01",
    }
    out = office(
        ventures=[
            {
                "id": "P1",
                "actor_kind": "企业",
                "carrier": "示例企业",
                "community": "杜家坪社区",
                "date": "2026-01-01",
            }
        ],
        venture_contracts=[
            {"id": "C1", **shared},
            {"id": "C2", **shared, "public_interest": "否"},
            {"id": "C3", **shared, "exit_clause": "", "cap": ""},
        ],
        venture_payments=[
            {"id": "F1", "contract": "C1", "date": "2026-03-01", "amount": "600.50"},
            {"id": "F2", "contract": "C1", "date": "2026-04-01", "amount": "399.51"},
            {"id": "F3", "contract": "C2", "date": "2026-04-01", "amount": "1"},
            {"id": "F4", "contract": "C1", "date": "2026-12-01", "amount": "1"},
        ],
    )
    held = {row["id"]: row for row in out["venture_contracts"]}
    assert [held["C1"][name] for name in ("outcome", "cap", "paid_amount", "left_amount")] == [
        "permitted",
        "1000.00",
        "600.50",
        "399.50",
    ]
    assert held["C2"]["codes"] == "no-public-interest-clause"
    assert (held["C3"]["codes"], held["C3"]["missing"], held["C3"]["left_amount"]) == (
        "no-payment-cap",
        "exit_clause",
        "",
    )
    assert [(row["id"], row["outcome"], row["codes"]) for row in out["venture_payments"]] == [
        ("F1", "permitted", ""),
        ("F2", "refused", "over-cap"),
        ("F3", "refused", "contract-flawed"),
    ]


def given_(quantity: str, kind: str = "staff", **more: object) -> Support:
    fields = {"since": date(2026, 1, 1), **more}
    return Support(community="dujiaping", kind=kind, giver="街道", quantity=Decimal(quantity), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "required", "short"),
    [("3", "5", 2), ("5", "5", 0), ("6", "5", 0), ("0", "5", 5), ("4.5", "5", Decimal("0.5")), ("0", "0", 0)],
)
def test_row_16_three_staff_of_five_are_two_short(
    rules: StewardshipRules, given: str, required: str, short: Decimal
) -> None:
    """Row 16: three staff where five are required are two short; as many or more are short by nothing."""
    need = Need(community="dujiaping", kind="staff", required=Decimal(required))
    one = balances([need], [given_(given)], ON, rules.support)[0]
    assert one.short == short
    assert one.ruling.codes == (("shortfall",) if short else ())


def test_row_16_support_counts_on_its_days_and_the_need_must_be_stated(rules: StewardshipRules) -> None:
    """Row 16: what ended or has not begun does not count, kinds are apart, and an unknown need is no shortfall."""
    need = Need(community="dujiaping", kind="staff", required=Decimal(5))
    held = [
        given_("2", until=ON),
        given_("4", until=date(2026, 11, 22)),
        given_("4", since=date(2026, 11, 24)),
        given_("100", "money"),
    ]
    found = balances([need], held, ON, rules.support)
    assert [(one.kind, one.given, one.short) for one in found] == [("staff", 2, 3), ("money", 100, None)]
    assert found[1].ruling.outcome == "undetermined"
    assert found[1].ruling.missing == ("required",)


def test_row_16_in_a_case_folder(office: Office) -> None:
    """Row 16: places, money and staff of a community, with what is short and the share that is covered."""
    out = office(
        support_needs=[
            {"community": "dujiaping", "support_kind": "人力", "required_quantity": "5"},
            {"community": "dujiaping", "support_kind": "阵地", "required_quantity": "300"},
            {"community": "synthetic-2", "support_kind": "资金", "required_quantity": ""},
        ],
        supports=[
            {
                "community": "dujiaping",
                "support_kind": "staff",
                "giver": "街道",
                "quantity": "3",
                "from": "2026-01-01",
            },
            {
                "community": "dujiaping",
                "support_kind": "place",
                "giver": "街道",
                "quantity": "450.5",
                "from": "2026-01-01",
            },
        ],
    )
    told = [
        (row["support_kind"], row["given"], row["shortfall"], row["covered"])
        for row in out["support_balance"]
    ]
    assert told == [("staff", "3", "2", "60.0"), ("place", "450.5", "0", "100.0"), ("money", "0", "", "")]
    assert out["support_balance"][2]["missing"] == "required"


@pytest.mark.parametrize(
    ("rule", "reason", "outcome"),
    [
        ("rural", "", "conditional"),
        ("rural", "  ", "conditional"),
        ("rural", "村集体土地仍在耕种", "permitted"),
        ("urban", "", "permitted"),
    ],
)
def test_row_11_the_rural_rule_without_a_reason_is_a_warning(
    rules: StewardshipRules, rule: str, reason: str, outcome: str
) -> None:
    """Row 11: the rural rule chosen without a reason gives a warning with its cure; the urban one needs none."""
    choice = Choice(community="dujiaping", matter="垃圾收运", rule=rule, reason=reason)
    ruling = judge_choice(choice, rules.choices)
    assert ruling.outcome == outcome
    assert ruling.codes == (("no-reason",) if outcome == "conditional" else ())


def test_row_11_another_place_presumes_otherwise(rules: StewardshipRules) -> None:
    """Row 11: which rule is presumed is the pack's, and where the law leaves one rule no reason opens the other."""
    clause = rules.choices.citation
    held = ChoiceRules("rural", (Pair("选举", ("rural",), clause),), clause)
    owed = judge_choice(Choice(community="c", matter="供水", rule="urban"), held)
    assert owed.codes == ("no-reason",)
    closed = judge_choice(Choice(community="c", matter="选举", rule="urban", reason="更好"), held)
    assert (closed.outcome, closed.codes) == ("refused", ("not-open",))
    assert "农村" in closed.explain("zh")


def test_row_11_in_a_case_folder(office: Office) -> None:
    """Row 11: each choice is answered with its reason; one of tomorrow waits."""
    row = {
        "id": "X1",
        "community": "dujiaping",
        "matter": "垃圾收运",
        "choice_rule": "农村",
        "date": "2026-11-01",
    }
    out = office(
        rule_choices=[
            row,
            {**row, "id": "X2", "reason": "集体土地"},
            {**row, "id": "X3", "date": "2026-11-24"},
        ]
    )
    assert [(one["id"], one["outcome"], one["codes"]) for one in out["rule_choices"]] == [
        ("X1", "conditional", "no-reason"),
        ("X2", "permitted", ""),
    ]
    assert "理由" in out["rule_choices"][0]["reason"]


def test_bad_rows_are_problems(tmp_path: Path) -> None:
    """Unknown kinds, contracts and projects, negative or endless figures, a need twice: each with place and cure."""
    need = {"community": "dujiaping", "support_kind": "人力", "required_quantity": "5"}
    shared = {"public_interest": "", "exit_clause": "", "cap": "", "from": "2026-01-01"}
    found = faults(
        tmp_path,
        ventures=[
            {
                "id": "P1",
                "actor_kind": "外星人",
                "carrier": "x",
                "community": "dujiaping",
                "date": "2026-01-01",
            }
        ],
        venture_contracts=[{"id": "C1", "venture": "P9", **shared}],
        venture_payments=[{"id": "F1", "contract": "C9", "date": "2026-01-01", "amount": "-1"}],
        support_needs=[
            need,
            {**need, "required_quantity": "6"},
            {**need, "support_kind": "资金", "required_quantity": "五"},
        ],
    )
    assert sorted(one.code for one in found) == sorted(
        ["unknown-choice", "unknown-venture", "negative-amount", "duplicate-need", "bad-number"]
    )
