"""Combinations, caps, payees, proration, rounding and years that are split."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huaying_governance.rules import Award, Policy, check_policy_text, read_policy
from huaying_governance.rules.rounding import ROUNDINGS

from .help import DAY, PACK, combine, parameter, policy, rule, subsidy

ON = date(2026, 11, 23)


def lines(award: object) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    assert isinstance(award, Award)
    return [
        (line.rule, line.outcome, None if line.amount is None else str(line.amount), line.missing)
        for line in award.lines
    ]


HIGHEST = policy(
    rule("low", "p", "100"),
    rule("high", "q", "300"),
    rule("equal", "c == 'x'", "300"),
    combine("highest-of", "low", "high", "equal"),
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"p": True, "q": True, "c": "y"}, [("high", "payable", "300.00", ())]),
        ({"p": True, "q": False, "c": "y"}, [("low", "payable", "100.00", ())]),
        # Of equal ones the first is paid.
        ({"p": False, "q": True, "c": "x"}, [("high", "payable", "300.00", ())]),
        # What could not change the result is not reported.
        ({"p": None, "q": True, "c": "y"}, [("high", "payable", "300.00", ())]),
        ({"p": True, "q": True, "c": None}, [("high", "payable", "300.00", ())]),
        # What could be higher leaves the lower open too: it would be paid besides otherwise.
        (
            {"p": True, "q": None, "c": "y"},
            [("low", "undetermined", None, ("q",)), ("high", "undetermined", None, ("q",))],
        ),
        # An equal one that comes first would be paid instead.
        (
            {"p": False, "q": None, "c": "x"},
            [("high", "undetermined", None, ("q",)), ("equal", "undetermined", None, ("q",))],
        ),
        ({"p": None, "q": False, "c": "y"}, [("low", "undetermined", None, ("p",))]),
        ({"p": False, "q": False, "c": "y"}, []),
    ],
)
def test_highest_of(facts, expected):
    """就高不重复: only the higher; an undetermined one is told only where it could change the result."""
    assert lines(HIGHEST.decide(facts, DAY)) == expected


def test_settled_rules_are_explained():
    """A rule that gives way says by which combination."""
    award = HIGHEST.decide({"p": True, "q": True, "c": "y"}, DAY)
    assert "合并，不另发放" in award.explain("zh")


def test_groups_nest():
    """A later combination takes what an earlier one left: the higher of two, capped together with a third."""
    made = policy(
        rule("one", "p", "100"),
        rule("two", "p", "300"),
        rule("three", "q", "500"),
        combine("highest-of", "one", "two", name="best"),
        combine("cap", "best", "three", more='limit = "600"'),
    )
    assert lines(made.decide({"p": True, "q": True}, DAY)) == [
        ("two", "payable", "300.00", ()),
        ("three", "payable", "300.00", ()),
    ]


EXCLUSIVE = policy(rule("one", "p", "100"), rule("two", "q", "200"), combine("exclusive", "one", "two"))


def test_exclusive_rules_that_both_hold_pay_nothing():
    """互斥: two rules that exclude each other and both hold contradict each other; nothing wins in silence."""
    award = EXCLUSIVE.decide({"p": True, "q": True}, DAY)
    assert award.amount is None
    assert [line.outcome for line in award.lines] == ["undetermined", "undetermined"]
    assert award.ruling.codes == ("conflict", "conflict")
    assert EXCLUSIVE.decide({"p": True, "q": False}, DAY).amount == 100
    assert EXCLUSIVE.decide({"p": True}, DAY).ruling.missing == ("q",)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"p": True, "q": True}, [("one", "payable", "100.00", ()), ("two", "payable", "50.00", ())]),
        ({"p": False, "q": True}, [("two", "payable", "100.00", ())]),
        (
            {"p": None, "q": True},
            [("one", "undetermined", None, ("p",)), ("two", "undetermined", None, ("p",))],
        ),
        ({"p": True, "q": None}, [("one", "payable", "100.00", ()), ("two", "undetermined", None, ("q",))]),
    ],
)
def test_cap_per_person(facts, expected):
    """封顶: earlier rules are served first, what exceeds the cap is cut; what a missing fact could cut is open."""
    made = policy(
        rule("one", "p", "100"), rule("two", "q", "100"), combine("cap", "one", "two", more='limit = "150"')
    )
    assert lines(made.decide(facts, DAY)) == expected


PAID = '[facts.paid]\ntype = "decimal"\nunit = "CNY"\nmax = 1000\nlabel = "paid"\n'


@pytest.mark.parametrize("per", ["household", "period", "couple"])
@pytest.mark.parametrize(
    ("paid", "amount"),
    [(0, "100.00"), (80, "70.00"), (Decimal("149.99"), "0.01"), (150, "0.00"), (900, "0.00"), (None, None)],
)
def test_cap_counts_what_was_paid_before(per, paid, amount):
    """A cap per couple, household or period counts what others, or earlier payments, have used already."""
    from .help import FACTS

    made = policy(
        rule("one", "p", "100"),
        combine("cap", "one", more=f'limit = "150"\ncounted = "paid"\nper = "{per}"'),
        facts=FACTS + PAID,
    )
    award = made.decide({"p": True, "paid": paid}, DAY)
    assert (None if award.amount is None else str(award.amount)) == amount
    assert award.ruling.missing == (("paid",) if paid is None else ())


def test_cap_of_a_household_needs_what_counts():
    """A cap beyond the person is refused where nothing says what already counts."""
    text = subsidy(rule("one", "p"), combine("cap", "one", more='limit = "150"\nper = "household"'))
    assert [each.code for each in check_policy_text(text) if each.severity == "error"] == ["missing-key"]


def test_both_sides_are_paid():
    """双向奖励: one rule pays the worker and the enterprise, each its amount."""
    made = policy(rule("two-way", "p", "100", 'payee = "both"\nenterprise_amount = "40"'))
    award = made.decide({"p": True}, DAY)
    assert [(line.rule, line.payee, str(line.amount)) for line in award.lines] == [
        ("two-way", "worker", "100.00"),
        ("two-way", "enterprise", "40.00"),
    ]
    assert award.amount == 140


def test_an_amount_of_nothing_is_no_line():
    """A rule that holds and comes to nothing pays nothing, and says so."""
    award = policy(parameter("k", ("2020-01-01", "", "5")), rule("one", "p", "k * a")).decide(
        {"p": True, "a": 0}, DAY
    )
    assert (str(award.amount), award.lines, award.ruling.codes) == ("0.00", (), ("amount-zero",))


def test_an_amount_that_speaks_of_somebody_needs_somebody():
    """An amount that reads a relation pays nothing where there is nobody, and is open where that is unknown."""
    made = policy(parameter("k", ("2020-01-01", "", "10")), rule("one", "p", "k * r.a"))
    assert str(made.decide({"p": True, "r": None}, DAY).amount) == "0.00"
    assert made.decide({"p": True}, DAY).ruling.missing == ("r",)
    assert made.decide({"p": True, "r": {}}, DAY).ruling.missing == ("r.a",)
    assert made.decide({"p": True, "r": {"a": 3}}, DAY).amount == 30


# T8 of the domain notes: pro-rata by month, half-up to the fen.
T8 = [
    (
        0,
        [
            ("1", "833.33"),
            ("3", "2500.00"),
            ("5", "4166.67"),
            ("6", "5000.00"),
            ("7", "5833.33"),
            ("11", "9166.67"),
            ("12", "10000.00"),
        ],
    ),
    (
        1,
        [
            ("1", "250.00"),
            ("3", "750.00"),
            ("5", "1250.00"),
            ("6", "1500.00"),
            ("7", "1750.00"),
            ("11", "2750.00"),
            ("12", "3000.00"),
        ],
    ),
    (
        2,
        [
            ("1", "166.67"),
            ("3", "500.00"),
            ("5", "833.33"),
            ("6", "1000.00"),
            ("7", "1166.67"),
            ("11", "1833.33"),
            ("12", "2000.00"),
        ],
    ),
]


@pytest.fixture(scope="module")
def monthly() -> Policy:
    zone = read_policy(PACK / "policies" / "zone-employment.toml")
    return zone.reform({"proration.kind": "months", "parameters.stable_term": 1})


@pytest.mark.parametrize(("which", "months", "amount"), [(w, m, a) for w, row in T8 for m, a in row])
def test_proration_by_month(monthly, which, months, amount):
    """Row 79, T8: the named reform pays months of twelve, rounded half-up to the fen."""
    educated = ("postgraduate", "bachelor", "other")[which]
    facts = {"education": educated, "in_zone": True, "stable_months": int(months), "spouse": None}
    if educated == "other":
        facts["spouse"] = {"in_zone": True, "stable_months": 12}
    assert str(monthly.decide(facts, ON).amount) == amount


def test_proration_never_pays_more_than_the_whole(monthly):
    """More months than the year has count as the year."""
    facts = {"education": "bachelor", "in_zone": True, "stable_months": 400, "spouse": None}
    assert monthly.decide(facts, ON).amount == 3000


def test_proration_by_day_and_opt_out():
    """Days count of the year that the policy names; a rule can stay out of it."""
    facts = (
        '[facts.worked]\ntype = "integer"\nunit = "days"\nmin = 0\nmax = 366\nlabel = "days"\n'
        '[facts.p]\ntype = "boolean"\nlabel = "p"\n'
    )
    pro = '[proration]\nkind = "days"\ndays = "worked"\nyear_days = 360\nrounding = "down-fen"\nsource = "notice"\n'
    made = policy(
        pro,
        rule("one", "p", "100"),
        rule("two", "p", "7", "prorate = false"),
        combine("sum", "one", "two"),
        facts=facts,
    )
    assert lines(made.decide({"p": True, "worked": 7}, DAY)) == [
        ("one", "payable", "1.94", ()),
        ("two", "payable", "7.00", ()),
    ]
    assert made.decide({"p": True}, DAY).ruling.missing == ("worked",)


@given(st.fractions(min_value=0, max_value=10**9, max_denominator=10**6))
def test_roundings(value):
    """Each named rounding is the nearest, or the next, whole step by its own rule."""
    fen = value * 100
    down, up = fen.__floor__(), -(-fen).__floor__()
    assert ROUNDINGS["down-fen"](value) == down
    assert ROUNDINGS["up-fen"](value) == up
    assert ROUNDINGS["half-up-fen"](value) == (fen + Fraction(1, 2)).__floor__()
    assert ROUNDINGS["half-even-fen"](value) == round(fen)
    assert ROUNDINGS["down-yuan"](value) == value.__floor__() * 100
    assert ROUNDINGS["up-yuan"](value) == -(-value).__floor__() * 100
    assert ROUNDINGS["half-up-yuan"](value) == (value + Fraction(1, 2)).__floor__() * 100


@pytest.mark.parametrize(
    ("name", "fen"), [("half-up-fen", 51), ("half-even-fen", 50), ("down-fen", 50), ("up-fen", 51)]
)
def test_half_a_fen(name, fen):
    """Half a fen goes where the name says."""
    assert ROUNDINGS[name](Fraction("0.505")) == fen


CHANGED = parameter("k", ("2020-01-01", "2026-06-30", "365"), ("2026-07-01", "", "730"))


def test_the_day_decides():
    """A change within the year: where the policy says `day`, the value on the day of decision is paid whole."""
    made = policy(CHANGED, rule("one", "p", "k"), head='changes = "day"')
    assert made.decide({"p": True}, date(2026, 6, 30)).amount == 365
    assert made.decide({"p": True}, date(2026, 7, 1)).amount == 730


def test_or_the_year_is_split():
    """Where it says `split`, each stretch of the year is paid by its days and its own value."""
    made = policy(CHANGED, rule("one", "p", "k"), head='changes = "split"')
    award = made.decide({"p": True}, DAY)
    assert award.amount == 181 + 184 * 2
    assert "181/365" in award.explain("zh")
    assert made.decide({"p": True}, date(2025, 6, 1)).amount == 365
    assert made.decide({}, DAY).ruling.missing == ("p",)
    assert str(made.decide({"p": False}, DAY).amount) == "0.00"


def test_a_rule_that_ends_within_the_year_still_counts_its_days():
    """In a split year a rule that is over on the day itself still pays its stretch, and is explained."""
    made = policy(
        rule("one", "p", "365").replace("from = 2020-01-01", "from = 2020-01-01\nto = 2026-01-31"),
        head='changes = "split"',
    )
    award = made.decide({"p": True}, date(2026, 12, 1))
    assert award.amount == 31
    assert "one" in award.explain("en")
