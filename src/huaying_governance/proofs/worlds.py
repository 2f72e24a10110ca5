"""Cases that can exist (可能的情形): facts from a model of z3, with the spells that they follow from.

A fact derived from spells is no free number: who has worked three months in a run that may not break cannot have none
in one that may. So a counterexample comes with spells, and what follows from them is checked by `rules.spells`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from attrs import frozen

from huaying_governance.kernel.dates import add_months
from huaying_governance.proofs.encode import DECIMALS, Day, Symbols, Term
from huaying_governance.proofs.solver import z3
from huaying_governance.rules.model import Derived, Fact
from huaying_governance.rules.policy import Policy
from huaying_governance.rules.spells import Spell, derive

FIRST_YEAR = 1
DAY = timedelta(days=1)


@frozen
class Case:
    """情形: facts ready for `policy.decide`, and the person's own spells from which the derived ones follow."""

    facts: Mapping[str, Any]
    spells: tuple[Spell, ...] = ()


def consistent(policy: Policy, symbols: Symbols) -> list[Term]:
    """Return what holds of the derived facts of one person: they follow from spells that can exist."""
    found: list[Term] = list(symbols.bounds)
    for relation in ("", *policy.relations):
        names = policy.relations[relation].facts if relation else tuple(policy.facts)
        derived = [policy.facts[name] for name in names if policy.facts[name].derived is not None]
        found.extend(_consistent(policy, symbols, f"{relation}." if relation else "", derived))
    return found


def _consistent(policy: Policy, symbols: Symbols, prefix: str, derived: list[Fact]) -> list[Term]:
    found: list[Term] = []
    longest = (symbols.on.year - FIRST_YEAR) * 12
    months: dict[str, list[tuple[int, Term]]] = {}
    covers: dict[str, Term] = {}
    for fact in derived:
        path = f"{prefix}{fact.name}"
        if path not in symbols.facts or fact.derived is None:
            continue
        if fact.derived.how == "covers":
            covers[fact.derived.where] = symbols.facts[path]
        else:
            held = symbols.facts[path]
            found += [held >= 0, held <= longest]
            months.setdefault(fact.derived.where, []).append((gap_of(policy, fact.derived, symbols.on), held))
    for flag, runs in months.items():
        runs.sort(key=lambda run: run[0])
        found.extend(one[1] <= other[1] for one, other in pairwise(runs))
        found.extend(a[1] == b[1] for a, b in pairwise(runs) if a[0] == b[0])
        if flag in covers:
            # On a day that no spell covers, only a tolerated gap keeps a run alive.
            found.extend(z3.Implies(z3.Not(covers[flag]), run == 0) for gap, run in runs if gap < 1)
    return found


def gap_of(policy: Policy, how: Derived, on: date) -> int:
    """Return the longest gap that does not break a run."""
    step = policy.parameters[how.gap_days].on(on) if how.gap_days else None
    return int(step.value) if step is not None and isinstance(step.value, int) else 0


def case_of(policy: Policy, symbols: Symbols, model: Any) -> Case | None:
    """Return the case of a model; None where no spells could be found from which its facts follow."""
    words = {number: word for word, number in symbols.words.items()}
    facts: dict[str, Any] = {}
    for path, kind in symbols.kinds.items():
        relation, _, name = path.rpartition(".")
        value = _read(model, symbols.facts[path], kind.kind, words)
        if not relation:
            facts[name] = value
        elif z3.is_true(model.eval(symbols.exists[relation], model_completion=True)):
            facts.setdefault(relation, {})[name] = value
    for relation, there in symbols.exists.items():
        if not z3.is_true(model.eval(there, model_completion=True)):
            facts[relation] = None
        else:
            facts.setdefault(relation, {})
    spells = spells_for(policy, facts, symbols.on)
    return None if spells is None else Case(facts, spells)


def spells_for(policy: Policy, facts: Mapping[str, Any], on: date) -> tuple[Spell, ...] | None:
    """Return spells from which the derived facts among `facts` follow; None where none were found."""
    wanted = {
        name: facts[name] for name, fact in policy.facts.items() if fact.derived is not None and name in facts
    }
    flags = {fact.derived.where for fact in policy.facts.values() if fact.derived is not None}
    spells = tuple(spell for flag in sorted(flags) for spell in _spells(policy, wanted, flag, flags, on))
    found = derive(policy, spells, on)
    return spells if all(found[name] == value for name, value in wanted.items()) else None


def _spells(policy: Policy, wanted: Mapping[str, Any], flag: str, flags: set[str], on: date) -> list[Spell]:
    """Return spells of one flag: back from the day, broken by just the gap that ends the shorter runs."""
    held = {name: policy.facts[name].derived for name in wanted}
    marks = {each: each == flag for each in flags}
    covered = [
        wanted[name] for name, how in held.items() if how and how.where == flag and how.how == "covers"
    ]
    runs = sorted(
        (gap_of(policy, how, on), wanted[name])
        for name, how in held.items()
        if how and how.where == flag and how.how == "run_months"
    )
    at_work = covered[0] if covered else bool(runs and runs[0][1])
    months = [(gap, count) for gap, count in runs if count]
    if not months:
        return [Spell(on, on, marks)] if at_work else []
    found: list[Spell] = []
    last = on
    if not at_work:
        found.append(Spell(on + DAY, on + DAY, marks))
        last = on - DAY
    for number, (gap, count) in enumerate(months):
        start = add_months(on, -count)
        if start > last:
            continue
        found.append(Spell(start, last, marks))
        # The next longer run goes on behind a gap that ends this one.
        last = start - DAY * (gap + 2)
        if number + 1 < len(months) and months[number + 1][1] == count:
            break
    return found


def _read(model: Any, held: Any, kind: str, words: Mapping[int, str]) -> Any:
    if isinstance(held, Day):
        parts = (
            model.eval(part, model_completion=True).as_long() for part in (held.year, held.month, held.day)
        )
        return date(*parts)
    value = model.eval(held, model_completion=True)
    if kind == "boolean":
        return z3.is_true(value)
    if kind in {"text", "choice"}:
        return words.get(value.as_long(), f"other-{value.as_long()}")
    if kind == "integer":
        return value.as_long()
    number = value.as_fraction()
    return Decimal(number.numerator * DECIMALS // number.denominator).scaleb(-6).normalize() + 0
