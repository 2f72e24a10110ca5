"""Proofs about a policy (政策证明): of all cases at once, with z3; a case against it where a property does not hold.

General layout: `encode` (conditions and values), `award` (claims and combinations), `eligible` (who is eligible),
`worlds` (cases that can exist), `properties`, `proving`, `statements` (what a policy document states of itself).
Everything is as of one day, with the values in force then, and about cases in which every fact is known.
That z3 means what the interpreter means is tested on random cases.
"""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec
from itertools import combinations
from typing import TYPE_CHECKING

from huaying_governance.errors import MissingExtra, Place, Problem, Problems
from huaying_governance.proofs.properties import (
    AtLeast,
    AtMost,
    Cliff,
    Equivalent,
    Monotone,
    NeverBoth,
    Property,
    Reachable,
)
from huaying_governance.rules.policy import Policy
from huaying_governance.rules.subsidy import stretches
from huaying_governance.text import Text

if TYPE_CHECKING:
    from huaying_governance.proofs.proving import Verdict

SPLIT = Text(
    "政策在该年内分段计算，不能按一日证明", "the policy pays this year in stretches; no one day stands for it"
)
OTHER_DAY = Text(
    "换用无变化的年份，或将各段写成单独的政策", "take a year without a change, or each stretch by itself"
)

__all__ = [
    "AtLeast",
    "AtMost",
    "Cliff",
    "Equivalent",
    "Monotone",
    "NeverBoth",
    "Property",
    "Reachable",
    "prove",
]


def prove(policy: Policy, *properties: Property, on: date, milliseconds: int = 10_000) -> tuple[Verdict, ...]:
    """Return for each property whether it holds in every case as of `on`, else a smallest case against it.

    Without `properties`: every rule that pays can pay, and no two rules that exclude each other ever hold together.
    `milliseconds` bounds each question; one that takes longer is `unknown`. Raises `MissingExtra` without z3,
    `KeyError` for a rule or a fact that the policy does not have, `TypeError` for a policy that decides no cases or for
    amounts of one that pays nothing, and `Problems` where the policy pays the year of `on` in stretches.
    """
    if find_spec("z3") is None:
        raise MissingExtra("prove", "proving properties of a policy")
    amounts = any(isinstance(each, AtMost | AtLeast | Cliff) for each in properties)
    if policy.kind != "subsidy" and (policy.kind != "eligibility" or amounts):
        raise TypeError(f"this is not proved of a policy of kind `{policy.kind}`")
    if policy.parts.changes == "split" and len(stretches(on, policy.edition)) > 1:
        raise Problems([Problem("split-year", SPLIT, OTHER_DAY, Place(policy.id))])
    from huaying_governance.proofs.proving import Prover  # noqa: PLC0415 - loads z3

    asked = properties or stated(policy, on)
    return tuple(Prover(policy, on, milliseconds).prove(each) for each in asked)


def stated(policy: Policy, on: date) -> tuple[Property, ...]:
    """Return what any policy is asked: paying rules are reachable, exclusive ones never meet; routes are open."""
    rules = [ready.rule for ready in policy.edition(on).rules]
    if policy.kind == "eligibility":
        return tuple(Reachable(rule.id) for rule in rules if rule.effect == "route")
    paying = [rule.id for rule in rules if rule.amount is not None or rule.enterprise_amount is not None]
    found: list[Property] = [Reachable(rule) for rule in paying]
    for each in policy.parts.combine:
        if each.kind == "exclusive":
            members = [name for name in each.members if name in paying]
            found.extend(NeverBoth(one, other) for one, other in combinations(members, 2))
    return tuple(found)
