"""The compiled evaluator agrees with an independent naive model on random policies and facts."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from huaying_governance.errors import Problems
from huaying_governance.rules import Award, Policy, check_policy_text, read_policy_text
from huaying_governance.rules.parse import parse

from .help import DAY, parameter, rule, subsidy
from .naive import NOBODY, Naive
from .strategies import FILLINGS, conditions, facts, numbers, single_conditions

PARAMETERS = {"k": Fraction(2), "yuan": Fraction(1)}
RELATIONS = frozenset({"r"})
K = parameter("k", ("2020-01-01", "", "2"), unit="months").replace('unit = "months"\n', "")
YUAN = parameter("yuan", ("2020-01-01", "", "1"))
# A random expression may be refused for good reasons; these say that it cannot be judged by its values.
REFUSED = {
    "never-met",
    "zero-divisor",
    "unbounded-shift",
    "never-applies",
    "amount-too-large",
    "amount-negative",
}


def _policy(*parts: str) -> Policy:
    text = subsidy(K, YUAN, *parts)
    errors = [problem for problem in check_policy_text(text) if problem.severity == "error"]
    assert {problem.code for problem in errors} <= REFUSED, Problems(errors)
    assume(not errors)
    return read_policy_text(text)


def _naive(given: Mapping[str, Any]) -> Naive:
    return Naive(given, PARAMETERS, RELATIONS, DAY)


def _check_condition(condition: str, given: Mapping[str, Any]) -> None:
    found = _policy(rule("one", condition)).judge(given, DAY)
    assert found[0].holds == _naive(given).holds(parse(condition))


@settings(max_examples=120)
@given(conditions, st.lists(facts, min_size=3, max_size=6))
def test_conditions_agree(condition, cases):
    """Kleene's answer of every condition is that of the naive model, missing facts and relations included."""
    for case in cases:
        _check_condition(condition, case)


@pytest.mark.long
@settings(max_examples=20_000)
@given(conditions, st.lists(facts, min_size=3, max_size=6))
def test_conditions_agree_at_length(condition, cases):
    """The same, on many more."""
    for case in cases:
        _check_condition(condition, case)


def _check_amount(condition: str, amount: str, given: Mapping[str, Any]) -> None:
    text = f"max(yuan * {amount}, 0)"
    award = _policy(rule("one", condition, text)).decide(given, DAY)
    assert isinstance(award, Award)
    naive = _naive(given)
    holds, value = naive.holds(parse(condition)), naive.value(parse(text))
    if holds is False or value is NOBODY or value == 0:
        assert str(award.amount) == "0.00"
    elif holds is None or value is None:
        assert award.amount is None
    else:
        assert award.amount is not None
        fen = (value * 100 + Fraction(1, 2)) // 1
        assert Fraction(award.amount) * 100 == fen
        assert str(award.amount).partition(".")[2] == f"{fen % 100:02d}"


@given(conditions, numbers, st.lists(facts, min_size=3, max_size=6))
def test_amounts_agree(condition, amount, cases):
    """Amounts are exact, rounded half-up to the fen only at the end."""
    assume("r." not in amount or "if" not in amount)
    for case in cases:
        _check_amount(condition, amount, case)


def _brute(condition: str, given: Mapping[str, Any]) -> set[str]:
    """Return the missing facts without which some filling of all others leaves the answer unknown."""
    tree = parse(condition)
    holes = [name for name in ("a", "b", "c", "p", "q") if given.get(name) is None and name in condition]
    if "r" in condition.replace("or", ""):
        held = given.get("r", ...)
        if held is ...:
            holes.append("r")
        elif isinstance(held, Mapping):
            holes.extend(
                f"r.{name}" for name in ("p", "a") if held.get(name) is None and f"r.{name}" in condition
            )
    found = set()
    for hole in holes:
        others = [name for name in holes if name != hole]
        for values in product(*(FILLINGS[name] for name in others)):
            case = {name: value for name, value in given.items() if name != "r"}
            if "r" in given:
                case["r"] = dict(given["r"]) if given["r"] is not None else None
            for name, value in zip(others, values, strict=True):
                if name.startswith("r."):
                    case["r"][name[2:]] = value
                else:
                    case[name] = value
            if _naive(case).holds(tree) is None:
                found.add(hole)
                break
    return found


def _check_missing(condition: str, given: Mapping[str, Any]) -> None:
    found = _policy(rule("one", condition)).judge(given, DAY)[0]
    if found.holds is not None:
        assert found.missing == ()
        return
    wanted = _brute(condition, given)
    if wanted:
        assert set(found.missing) == wanted
    assert found.missing


@settings(max_examples=200)
@given(single_conditions, facts)
def test_missing_is_exact(condition, case):
    """The missing facts are exactly those that some filling of the others leaves decisive: no more, no fewer."""
    _check_missing(condition, case)


@pytest.mark.long
@settings(max_examples=5_000)
@given(single_conditions, facts)
def test_missing_is_exact_at_length(condition, case):
    """The same, on many more."""
    _check_missing(condition, case)


@given(conditions, facts, st.data())
def test_more_facts_never_change_a_known_answer(condition, case, data):
    """What is known stays as it is when a missing fact is supplied: an undetermined line never was a silent no."""
    policy = _policy(rule("one", condition))
    before = policy.judge(case, DAY)[0]
    more = data.draw(facts)
    after = policy.judge(
        {**more, **{key: value for key, value in case.items() if value is not None or key == "r"}}, DAY
    )[0]
    if before.holds is not None and (case.get("r") is None or "r" not in case or more.get("r") is None):
        assert after.holds == before.holds


@given(conditions, facts)
def test_explanations_never_fail(condition, case):
    """Every judgement can be explained in both languages, and what would have to change be told."""
    policy = _policy(rule("one", condition))
    award = policy.decide(case, DAY)
    assert isinstance(award, Award)
    assert award.explain("zh")
    assert award.explain("en")
    assert award.to_dict() == award.to_dict()
    assert policy.judge(case, DAY)[0].ground.parts
    assert policy.why_not("one", case, DAY).explain("zh")
