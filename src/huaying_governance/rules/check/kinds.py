"""What each kind of policy must add up to (分类检查): weights to their total, items of a list to one version a day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import combinations

from huaying_governance.rules.check.dates import check_basis
from huaying_governance.rules.check.spans import common, show, stretch
from huaying_governance.rules.exact import exact
from huaying_governance.rules.explain import show_number
from huaying_governance.rules.parts import Parts


def check_kinds(parts: Parts) -> None:
    """Check weights and items."""
    if parts.kind == "weights" and parts.total is not None:
        _check_weights(parts, Fraction(parts.total))
    for one, other in combinations(parts.items, 2):
        both = common(stretch(one.since, one.until), stretch(other.since, other.until))
        if one.code == other.code and both is not None:
            other.at.child("code").fault("overlap", name=one.code, first=show(both[0]), last=show(both[1]))
    for item in parts.items:
        check_basis(item.code, item.basis, item.since, item.until, item.at.child("basis"))


def _check_weights(parts: Parts, total: Fraction) -> None:
    """Weights must add up to the total on every day from the first on."""
    for day in sorted({step.since for weight in parts.weights for step in weight.steps}):
        found = sum((_weight_on(parts, number, day) for number in range(len(parts.weights))), Fraction(0))
        if found != total and parts.at is not None:
            shown = show_number(exact(found)), show_number(exact(total))
            parts.at.child("weights").fault("weights-sum", first=day, found=shown[0], total=shown[1])


def _weight_on(parts: Parts, number: int, day: date) -> Fraction:
    for step in parts.weights[number].steps:
        if step.since <= day and (step.until is None or day <= step.until):
            return Fraction(step.value) if not isinstance(step.value, str | date) else Fraction(0)
    return Fraction(0)
