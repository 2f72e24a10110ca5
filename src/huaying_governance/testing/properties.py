"""性质: what should hold of a policy for all facts, as helpers for tests: monotone, exclusive, bounded, without cliffs.

Each draws cases by `strategies` and fails with the smallest pair that breaks the property, in words of the policy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, cast

from hypothesis import given

from huaying_governance.rules import Award, Policy
from huaying_governance.testing.policies import facts_of
from huaying_governance.testing.proposing import case_of
from huaying_governance.testing.space import Point, Space, paths_of
from huaying_governance.testing.strategies import Facts, cases, values_of


def assert_monotone(policy: Policy, fact: str, *, down: bool = False) -> None:
    """Fail if more of `fact`, all else equal, ever lowers the amount of a subsidy (`down`: ever raises it).

    `fact` is a number of the case itself, or of a relation as `spouse.stable_months`.
    """
    space = Space(policy)

    def check(facts: Facts, on: date) -> None:
        values = sorted(value for value in values_of(space, fact, on) if value is not None)
        amounts = [(value, _amount(policy, _with(facts, fact, value), on)) for value in values]
        known = [(value, amount) for value, amount in amounts if amount is not None]
        for (less, before), (more, after) in pairwise(known):
            if (after > before) if down else (after < before):
                raise AssertionError(
                    f"`{fact}` from {less} to {more} changes the amount from {before} to {after} on {on}: {facts}"
                )

    _for_all(policy, check)


def assert_never_both(policy: Policy, one: str, other: str) -> None:
    """Fail if two rules ever hold together: sought first where both might, then anywhere."""
    space = Space(policy)
    first, second = (next(rule for rule in policy.rules if rule.id == name) for name in (one, other))

    def check(facts: Facts, on: date) -> None:
        held = {each.rule for each in policy.judge(facts, on) if each.holds}
        if {one, other} <= held:
            raise AssertionError(f"`{one}` and `{other}` hold together on {on}: {facts}")

    for on in space.days():
        tests = space.test_of(first, on), space.test_of(second, on)
        start = space.met(first, on, {})
        paths = paths_of(first.when, second.when)
        point = space.near(start, lambda row, tests=tests: all(test(row) for test in tests), paths, on)  # type: ignore[misc]
        if point is not None:
            check(_facts(policy, point, on), on)
    _for_all(policy, check)


def assert_bounded(policy: Policy, most: Decimal | int) -> None:
    """Fail if an award ever comes to more than `most` yuan."""

    def check(facts: Facts, on: date) -> None:
        amount = _amount(policy, facts, on)
        if amount is not None and amount > most:
            raise AssertionError(f"{amount} is more than {most} on {on}: {facts}")

    _for_all(policy, check)


def assert_irrelevant(policy: Policy, fact: str) -> None:
    """Fail if `fact` ever changes the answer: what must not count, does not."""
    space = Space(policy)

    def check(facts: Facts, on: date) -> None:
        values = values_of(space, fact, on)
        answers = {_answer(policy, _with(facts, fact, value), on) for value in values}
        if len(answers) > 1:
            raise AssertionError(f"`{fact}` changes the answer on {on}: {facts}: {sorted(answers)}")

    _for_all(policy, check)


def assert_filling_agrees(policy: Policy) -> None:
    """Fail if a definite answer to a case with missing facts ever changes when they are filled in."""
    space = Space(policy)

    def check(facts: Facts, on: date) -> None:
        answer = _answer(policy, facts, on)
        if answer == "undetermined":
            return
        for name in policy.facts:
            if facts.get(name) is not None:
                continue
            for value in values_of(space, name, on):
                filled = _answer(policy, _with(facts, name, value), on)
                if filled != answer:
                    raise AssertionError(
                        f"{answer} becomes {filled} when `{name}` is {value} on {on}: {facts}"
                    )

    _for_all(policy, check)


def _for_all(policy: Policy, check: Callable[[Facts, date], None]) -> None:
    """Check the typical situations of every day on which the policy changes, then what hypothesis draws."""
    space = Space(policy)
    for on in space.days():
        for point in space.contexts(on):
            check(_facts(policy, point, on), on)

    @given(cases(policy))
    def run(case: tuple[Facts, date]) -> None:
        check(*case)

    run()


def _facts(policy: Policy, point: Point, on: date) -> Facts:
    return facts_of(policy.parts, case_of(policy, Space(policy).row(point, on), "", {}))


def _with(facts: Facts, path: str, value: Any) -> Facts:
    relation, _, name = path.rpartition(".")
    if not relation:
        return {**facts, path: value}
    inner = facts.get(relation)
    return {**facts, relation: {**(inner if isinstance(inner, Mapping) else {}), name: value}}


def _amount(policy: Policy, facts: Facts, on: date) -> Decimal | None:
    return cast(Award, policy.decide(facts, on)).amount


def _answer(policy: Policy, facts: Facts, on: date) -> str:
    decided = policy.decide(facts, on)
    if isinstance(decided, Award):
        return "undetermined" if decided.amount is None else str(decided.amount)
    return decided.outcome
