"""A policy as it stands between two changes (版本时段): the rules in force, compiled with the values in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import field, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ground
from huaying_governance.rules.compile import Compiler, Read, Row, Test
from huaying_governance.rules.exact import Exact
from huaying_governance.rules.explain import Explainer
from huaying_governance.rules.layout import Layout
from huaying_governance.rules.missing import Gaps
from huaying_governance.rules.model import Rule, Step
from huaying_governance.rules.reason import fails
from huaying_governance.rules.rounding import ROUNDINGS
from huaying_governance.rules.tree import (
    TRUE,
    Condition,
    Const,
    Operand,
    Param,
    conjunction,
    disjunction,
    facts_read,
    parameters_read,
)

if TYPE_CHECKING:
    from huaying_governance.rules.award import Claim
    from huaying_governance.rules.parts import Parts

Fen = Callable[[Row], "int | None"]


@frozen(eq=False)
class Ready:
    """A rule in force, compiled. `fen` and `enterprise_fen` give the amounts, rounded; None: unset or not paid."""

    rule: Rule
    citation: Citation
    test: Test
    fen: Fen | None = None
    enterprise_fen: Fen | None = None
    most: int | None = None
    enterprise_most: int | None = None
    slots: tuple[int, ...] = ()
    grounds: dict[tuple[object, ...], Ground] = field(factory=dict, repr=False)


Plan = tuple["Decimal | None", "tuple[Claim, ...]", "tuple[Claim, ...]"]
"""The sum, the claims that stand and all claims, for one pattern of rules that hold (where amounts are constant)."""


@frozen(eq=False)
class Edition:
    """All that is needed to decide cases of the days from `since` to `until`, the day before the next change."""

    since: date
    until: date | None
    rules: tuple[Ready, ...]
    steps: Mapping[str, Step] = field(repr=False)
    compiler: Compiler = field(repr=False)
    explainer: Explainer = field(repr=False)
    gaps: Gaps = field(repr=False)
    whole: Condition = TRUE
    tests: tuple[Test, ...] = ()
    constant: bool = False
    plans: dict[tuple[bool | None, ...], Plan] = field(factory=dict, repr=False)
    by_rule: Mapping[str, Ready] = field(factory=dict, repr=False)
    limits: Mapping[str, tuple[Read, Read | None]] = field(factory=dict, repr=False)


def build(parts: Parts, layout: Layout, day: date, until: date | None) -> Edition:
    """Return the edition of `parts` that holds from `day` to `until`."""
    steps: dict[str, Step] = {}
    for name, parameter in parts.parameters.items():
        step = parameter.on(day)
        if step is not None:
            steps[name] = step
    compiler = Compiler(layout, {name: step.value for name, step in steps.items()})
    explainer = Explainer(compiler, parts.facts, parts.relations, parts.parameters, steps)
    rounding = ROUNDINGS[parts.proration.rounding]
    ready = tuple(_ready(rule, compiler, rounding, day) for rule in parts.rules if rule.in_force(day))
    limits = {
        each.id: (
            compiler.read(each.limit),
            compiler.read(each.counted) if each.counted is not None else None,
        )
        for each in parts.combine
        if each.limit is not None
    }
    whole = eligible_when(tuple(each.rule for each in ready)) if parts.kind == "eligibility" else TRUE
    paying = tuple(each for each in ready if each.fen is not None or each.enterprise_fen is not None)
    amounts = [node for each in paying for node in (each.rule.amount, each.rule.enterprise_amount)]
    amounts.extend(node for each in parts.combine for node in (each.limit, each.counted))
    constant = not any(facts_read(node) for node in amounts if node is not None)
    tests = tuple(each.test for each in paying)
    by_rule = {each.rule.id: each for each in ready}
    gaps = Gaps(compiler)
    return Edition(
        day,
        until,
        ready,
        steps,
        compiler,
        explainer,
        gaps,
        whole,
        tests,
        constant,
        by_rule=by_rule,
        limits=limits,
    )


def eligible_when(rules: tuple[Rule, ...]) -> Condition:
    """Return the one condition of being eligible: all that is required, nothing that bars, and any route.

    Its missing facts are those of the whole answer, not of its rules one by one.
    """
    parts: list[Condition] = []
    for rule in rules:
        if rule.effect == "require":
            parts.append(rule.when)
        elif rule.effect == "bar":
            parts.append(fails(rule.when))
    routes = tuple(rule.when for rule in rules if rule.effect == "route")
    if routes:
        parts.append(disjunction(routes))
    return conjunction(tuple(parts)) if parts else TRUE


def _ready(rule: Rule, compiler: Compiler, rounding: Callable[[Exact], int], day: date) -> Ready:
    return Ready(
        rule,
        rule.citation_on(day),
        compiler.test(rule.when),
        _fen(rule.amount, compiler, rounding),
        _fen(rule.enterprise_amount, compiler, rounding),
        _most(rule.amount, rounding),
        _most(rule.enterprise_amount, rounding),
        compiler.layout.read_by(*(node for node in (rule.when, rule.amount, rule.enterprise_amount) if node)),
    )


def _fen(amount: Operand | None, compiler: Compiler, rounding: Callable[[Exact], int]) -> Fen | None:
    if amount is None:
        return None
    read = compiler.read(amount)
    if not facts_read(amount) and all(name in compiler.parameters for name in parameters_read(amount)):
        constant = read([None] * compiler.layout.size)
        if constant is not None and isinstance(amount, Const | Param):
            held = rounding(constant)
            return lambda _: held

    def run(row: Row) -> int | None:
        value = read(row)
        return None if value is None else rounding(value)

    return run


def _most(amount: Operand | None, rounding: Callable[[Exact], int]) -> int | None:
    """Return a bound of an amount over all cases, in fen."""
    if amount is None or not isinstance(amount.type.high, int | Fraction):
        return None
    return rounding(amount.type.high)
