"""Dated values and clauses (时效): no gap, no overlap, and every clause in force on the days it is cited for."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from huaying_governance.rules.check.spans import common, gaps, show, stretch
from huaying_governance.rules.model import Basis, Rule, Step
from huaying_governance.rules.parts import Parts
from huaying_governance.rules.shape import At
from huaying_governance.rules.tree import Node, parameters_read


def check_dates(parts: Parts) -> None:
    """Check the dates of parameters, weights, rules and their citations."""
    for parameter in parts.parameters.values():
        check_steps(parameter.name, parameter.steps)
    for weight in parts.weights:
        check_steps(weight.id, weight.steps)
    for rule in parts.rules:
        check_basis(rule.id, rule.basis, rule.since, rule.until, rule.at.child("source"))
        _check_values(parts, rule)


def check_steps(name: str, steps: tuple[Step, ...]) -> None:
    """Check that the versions of a value follow each other, and that each may cite its source."""
    for one, two in pairwise(steps):
        first, second = stretch(one.since, one.until), stretch(two.since, two.until)
        both = common(first, second)
        if both is not None:
            two.at.fault("overlap", name=name, first=show(both[0]), last=show(both[1]))
        for since, until in gaps((first,), (first[0], second[0])):
            if until >= second[0] and since < second[0]:
                last = date.fromordinal(second[0].toordinal() - 1)
                two.at.fault("gap", name=name, first=show(since), last=show(last))
    for step in steps:
        basis = (Basis(None, None, step.citation),)
        check_basis(name, basis, step.since, step.until, step.at.child("source"))


def check_basis(name: str, basis: tuple[Basis, ...], since: date, until: date | None, at: At) -> None:
    """Check that a clause in force stands behind every day from `since` to `until`, and only one."""
    whole = stretch(since, until)
    covered = []
    for each in basis:
        source = each.citation.source
        both = common(stretch(each.since, each.until), stretch(source.since, source.until))
        if both is not None:
            covered.append(both)
    for first, last in gaps(covered, whole):
        at.fault("citation-not-in-force", name=name, first=show(first), last=show(last))
    for number, one in enumerate(basis):
        for two in basis[number + 1 :]:
            both = common(stretch(one.since, one.until), stretch(two.since, two.until))
            if both is not None:
                at.fault("overlap", name=name, first=show(both[0]), last=show(both[1]))


def _check_values(parts: Parts, rule: Rule) -> None:
    """Check that every parameter a rule needs has a value on all days of the rule."""
    nodes: list[tuple[Node | None, str]] = [
        (rule.when, "when"),
        (rule.amount, "amount"),
        (rule.enterprise_amount, "enterprise_amount"),
        *((clock.when, "clocks") for clock in rule.clocks),
    ]
    needed = {name: key for node, key in nodes if node is not None for name in parameters_read(node)}
    needed.update({clock.days: "clocks" for clock in rule.clocks})
    defaults = parts.defaults
    if defaults is not None and defaults.extension.at_most in parts.parameters:
        needed.setdefault(defaults.extension.at_most, "id")
    for name, key in needed.items():
        steps = [stretch(step.since, step.until) for step in parts.parameters[name].steps]
        for first, last in gaps(steps, stretch(rule.since, rule.until)):
            inner = any(step[0] > last for step in steps) and any(step[1] < first for step in steps)
            if not inner:
                rule.at.child(key).fault("value-not-in-force", name=name, first=show(first), last=show(last))
