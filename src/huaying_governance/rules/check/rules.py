"""Rules beside each other (规则): what can never apply, what can hold at once, and what amounts can come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from huaying_governance.kernel.money import MAX_FEN
from huaying_governance.rules.check.spans import common, stretch
from huaying_governance.rules.explain import show_number
from huaying_governance.rules.model import Rule
from huaying_governance.rules.parts import Parts
from huaying_governance.rules.policy import change_days
from huaying_governance.rules.reason import Reasoner
from huaying_governance.rules.tree import Operand, Value


def check_rules(parts: Parts) -> None:
    """Check the rules of a policy, alone and in pairs."""
    for rule in parts.rules:
        if not any(reasoner.possible((rule.when,)) for reasoner in _reasoners(parts, rule, rule)):
            rule.at.child("when").fault("never-applies", name=rule.id)
        _check_amount(rule, rule.amount, "amount")
        _check_amount(rule, rule.enterprise_amount, "enterprise_amount")
    if parts.kind == "subsidy":
        _check_combinations(parts)
        _check_changes(parts)
    if parts.kind == "timetable":
        for one, other in combinations(parts.rules, 2):
            if _collide(parts, one, other):
                other.at.child("when").fault("two-timetables", name=other.id, other=one.id)


def _check_amount(rule: Rule, amount: Operand | None, key: str) -> None:
    if amount is None:
        return
    low, high = amount.type.low, amount.type.high
    at = rule.at.child(key)
    if low is None or low < 0:
        at.fault("amount-negative", low="−∞" if low is None else show_number(low))
    if high is None or high * 100 > MAX_FEN:
        at.fault("amount-too-large")


def _check_combinations(parts: Parts) -> None:
    """Rules that can hold at once for one payee must say how they combine."""
    for each in parts.combine:
        if each.kind in {"highest-of", "exclusive"} and len(set(each.members)) < 2:
            each.at.child("rules").fault("combine-too-few")
    together = [_members(parts, each.id) for each in parts.combine]
    exclusive = [_members(parts, each.id) for each in parts.combine if each.kind == "exclusive"]
    paying = [rule for rule in parts.rules if rule.amount is not None or rule.enterprise_amount is not None]
    for one, other in combinations(paying, 2):
        if not _payees(one) & _payees(other):
            continue
        pair = {one.id, other.id}
        stated = any(pair <= members for members in together)
        if not stated and _collide(parts, one, other):
            other.at.child("id").fault("not-combined", name=other.id, other=one.id)
        elif any(pair <= members for members in exclusive) and _collide(parts, one, other):
            other.at.child("when").fault("may-conflict", name=other.id, other=one.id)


def _payees(rule: Rule) -> set[str]:
    return {"worker", "enterprise"} if rule.payee == "both" else {rule.payee}


def _members(parts: Parts, name: str) -> set[str]:
    """Return the rules that a combination comes down to."""
    inner = {each.id: each.members for each in parts.combine}
    found: set[str] = set()
    todo, seen = [name], set[str]()
    while todo:
        top = todo.pop()
        if top in inner and top not in seen:
            seen.add(top)
            todo.extend(inner[top])
        else:
            found.add(top)
    return found


def _collide(parts: Parts, one: Rule, other: Rule) -> bool:
    """Whether two rules may hold at once on some day."""
    return any(reasoner.possible((one.when, other.when)) for reasoner in _reasoners(parts, one, other))


def _reasoners(parts: Parts, one: Rule, other: Rule) -> Iterator[Reasoner]:
    """Yield a reasoner for every stretch of days on which both rules are in force."""
    both = common(stretch(one.since, one.until), stretch(other.since, other.until))
    if both is None:
        return
    days = [both[0], *(day for day in change_days(parts) if both[0] < day <= both[1])]
    seen: set[tuple[tuple[str, Value], ...]] = set()
    for day in days:
        values = values_on(parts, day)
        key = tuple(values.items())
        if key not in seen:
            seen.add(key)
            yield Reasoner(values)


def values_on(parts: Parts, day: date) -> Mapping[str, Value]:
    """Return the values of the parameters in force on `day`."""
    steps = {name: parameter.on(day) for name, parameter in parts.parameters.items()}
    return {name: step.value for name, step in steps.items() if step is not None}


def _check_changes(parts: Parts) -> None:
    """A change within the year needs a word on which day decides a yearly amount."""
    within = [day for day in change_days(parts) if (day.month, day.day) != (1, 1)]
    if within and parts.changes is None and parts.at is not None:
        days = ", ".join(day.isoformat() for day in within[:3])
        parts.at.child("policy").fault("mid-year-change", days=days)
