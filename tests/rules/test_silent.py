"""What peers let through in silence is refused here, or answered with what is missing: each is one test.

The failings were seen in OpenFisca, PolicyEngine, zen-engine and SpiffWorkflow; the tests say what happens instead.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from huaying_governance.errors import Problems
from huaying_governance.rules import Award, check_policy_text, read_policy_text

from .help import DAY, FACTS, combine, parameter, policy, rule, subsidy

MONEY = '[facts.money]\ntype = "decimal"\nunit = "CNY"\nlabel = { zh = "金额", en = "money" }\n'
MADE = policy(rule("one", "p and a >= 1", "money"), facts=FACTS + MONEY)


def refused(facts: object) -> set[str]:
    with pytest.raises(Problems) as caught:
        MADE.decide(facts, DAY)  # type: ignore[arg-type]
    return {problem.code for problem in caught.value.problems}


def codes(text: str) -> set[str]:
    return {problem.code for problem in check_policy_text(text) if problem.severity == "error"}


def test_a_date_that_does_not_exist():
    """2023-02-30 is refused, in a document and in an expression."""
    assert "no-such-date" in codes(subsidy(rule("one", "p")).replace("2020-01-01", "2023-02-30"))
    assert "no-such-date" in codes(subsidy(rule("one", "t >= date('2023-02-30')")))


def test_negative_amounts():
    """Money is never negative: not as a fact, not as what a rule could come to."""
    assert refused({"money": Decimal(-1)}) == {"fact-type"}
    assert "amount-negative" in codes(
        subsidy(parameter("k", ("2020-01-01", "", "-5")), rule("one", "p", "k"))
    )


@pytest.mark.parametrize(
    "value",
    [10**15 + 1, 3 * 10**40, Decimal("1e300"), Decimal("NaN"), Decimal("Infinity"), 20000001.0, float("nan")],
)
def test_values_past_their_range(value):
    """A value past the range is refused, never cut, wrapped or made infinite; floats are refused whatever they hold."""
    assert refused({"money": value}) == {"fact-type"}


@pytest.mark.parametrize("value", [20_000_001, Decimal("3000000000.01"), Decimal("999999999999999.99")])
def test_large_values_stay_exact(value):
    """20,000,001 stays 20,000,001; three billion does not turn negative."""
    award = MADE.decide({"p": True, "a": 1, "money": value}, DAY)
    assert isinstance(award, Award)
    assert award.amount == value


def test_a_change_in_the_middle_of_a_year():
    """A change within a year is refused until the policy says which day decides, or that the year is split."""
    text = subsidy(
        parameter("k", ("2020-01-01", "2026-06-30", "5"), ("2026-07-01", "", "6")), rule("one", "p", "k")
    )
    assert codes(text) == {"mid-year-change"}
    assert codes(text.replace('kind = "subsidy"', 'kind = "subsidy"\nchanges = "day"')) == set()


def test_missing_input_is_not_zero():
    """A missing input makes the line undetermined and is named; it is never taken as nought or no."""
    award = MADE.decide({"p": True, "a": 1}, DAY)
    assert (award.amount, award.ruling.missing) == (None, ("money",))
    assert MADE.decide({"a": 1, "money": 5}, DAY).amount is None


def test_contradicting_rules():
    """Two rules that can hold at once must say how they combine."""
    assert "not-combined" in codes(subsidy(rule("one", "a > 1", "100"), rule("two", "a > 2", "200")))
    assert (
        codes(
            subsidy(
                rule("one", "a > 1", "100"), rule("two", "a > 2", "200"), combine("highest-of", "one", "two")
            )
        )
        == set()
    )
    assert codes(subsidy(rule("one", "a > 2", "100"), rule("two", "a <= 2", "200"))) == set()


def test_rules_of_different_days_do_not_contradict():
    """Rules that are never in force together need no combination."""
    early = rule("one", "p").replace("from = 2020-01-01", "from = 2020-01-01\nto = 2025-12-31")
    late = rule("two", "p").replace("from = 2020-01-01", "from = 2026-01-01")
    assert codes(subsidy(early, late)) == set()


def test_gaps_and_overlaps_of_dated_values():
    """A value that is lacking, or double, on some day is refused."""
    use = rule("one", "p", "k")
    head = 'changes = "day"'
    assert "gap" in codes(
        subsidy(parameter("k", ("2020-01-01", "2024-12-31", "5"), ("2026-01-01", "", "6")), use, head=head)
    )
    assert "overlap" in codes(
        subsidy(parameter("k", ("2020-01-01", "2026-12-31", "5"), ("2026-01-01", "", "6")), use, head=head)
    )
    assert "value-not-in-force" in codes(subsidy(parameter("k", ("2021-01-01", "", "5")), use))
    assert "value-not-in-force" in codes(subsidy(parameter("k", ("2020-01-01", "2030-12-31", "5")), use))


@pytest.mark.parametrize("facts", [{"P": True}, {"pp": True}, {"r": {"pp": True}}, {"r": {"d": 1}}])
def test_misspelt_fields(facts):
    """A fact that the policy does not know is a problem with the nearest name, never dropped."""
    assert refused(facts) == {"fact-unknown"}


@pytest.mark.parametrize(
    "facts",
    [
        {"p": "否"},
        {"p": "no"},
        {"p": 0},
        {"p": 1},
        {"a": True},
        {"a": 1.0},
        {"a": "1"},
        {"a": Decimal(1)},
        {"a": 6},
        {"a": -1},
        {"c": "w"},
        {"c": ""},
        {"c": 1},
        {"t": "2026-01-01"},
        {"t": datetime(2026, 1, 1)},
        {"t": date(1799, 12, 31)},
        {"money": True},
        {"money": "5"},
        {"money": Decimal("0.0000001")},
        {"r": True},
        {"r": "someone"},
        {"r": {"p": "yes"}},
    ],
)
def test_nothing_is_converted(facts):
    """A value of another type is refused, never coerced: “否” is not true, 10.9 is not 10, a moment is not a day."""
    assert refused(facts) == {"fact-type"}


def test_all_facts_are_judged_at_once():
    """All bad facts are told together, with masked values."""
    with pytest.raises(Problems) as caught:
        MADE.decide({"p": "SECRET", "a": 9, "x": 1, "r": {"p": 2, "y": 3}}, DAY)
    assert [problem.place.column for problem in caught.value.problems] == ["p", "a", "x", "r.p", "r.y"]
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize("on", [datetime(2026, 1, 1), "2026-01-01", None, date(1700, 1, 1), date(3000, 1, 1)])
def test_the_day_is_a_day(on):
    """The day of decision is a plain date within the calendar."""
    with pytest.raises(Problems):
        MADE.decide({"p": True}, on)


def test_division_by_zero_cannot_happen():
    """A divisor that could be zero is refused when the policy is read; there is no None, no infinity, no crash."""
    assert "zero-divisor" in codes(
        subsidy(parameter("k", ("2020-01-01", "", "5")), rule("one", "p", "k / a"))
    )
    assert codes(subsidy(parameter("k", ("2020-01-01", "", "5")), rule("one", "p", "k / max(a, 1)"))) == set()


def test_a_year_after_29_february():
    """29 February plus a year is 28 February."""
    made = policy(rule("one", "add_years(t, 1) == date('2025-02-28')"))
    assert made.judge({"t": date(2024, 2, 29)}, DAY)[0].holds is True


def test_thirds_are_exact():
    """A third of 100 three times is 100, not 99.99."""
    made = policy(parameter("k", ("2020-01-01", "", "100")), rule("one", "p", "k / 3 + k / 3 + k / 3"))
    assert str(made.decide({"p": True}, DAY).amount) == "100.00"


def test_results_cannot_be_changed():
    """What was decided cannot be changed by whoever holds it."""
    award = MADE.decide({"p": True, "a": 1, "money": 5}, DAY)
    with pytest.raises(AttributeError):
        award.amount = Decimal(10)
    with pytest.raises(AttributeError):
        MADE.parts = None
    with pytest.raises(TypeError):
        MADE.parameters["k"] = None


def test_facts_are_left_alone():
    """Deciding does not touch what it was given, and the same facts give the same bytes."""
    facts = {"p": True, "a": 1, "money": Decimal("5.5"), "r": {"p": None}}
    before = repr(facts)
    one, other = (MADE.decide(facts, DAY).to_dict() for _ in range(2))
    assert repr(facts) == before
    assert one == other


def test_a_rule_without_source_or_with_a_lapsed_one():
    """A rule cites a clause that is in force on all its days."""
    assert "missing-key" in codes(subsidy(rule("one", "p").replace('source = "notice"\n', "")))
    text = subsidy(rule("one", "p")).replace(
        'standing = "synthetic"', 'standing = "synthetic"\nuntil = 2025-12-31'
    )
    assert codes(text) == {"citation-not-in-force"}


def test_comparisons_that_bounds_decide():
    """A comparison that can never be met is refused, one that always is, is told."""
    assert "never-met" in codes(subsidy(rule("one", "a > 5")))
    found = check_policy_text(subsidy(rule("one", "a >= 0 and p")))
    assert "always-met" in {problem.code for problem in found}
    assert read_policy_text(subsidy(rule("one", "a >= 0 and p"))).rules
