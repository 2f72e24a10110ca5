"""选民登记资格: whether a resident, with or without local hukou, may register as voter on a polling day.

The law is data: one eligibility policy per elected body, with dated rules. Routes are joined by Kleene's “or”, so a
missing fact matters only where no known route already decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

from attrs import frozen

from huaying_governance.errors import Problem, Problems
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.rules import Policy
from huaying_governance.rules.eligible import NO_ROUTE
from huaying_governance.text import Text

BODIES: dict[str, Text] = {
    "residents_committee": Text("居民委员会", "residents' committee"),
    "villagers_committee": Text("村民委员会", "villagers' committee"),
}

CALLED: dict[str, Text] = {
    "under-age": Text("未满法定年龄", "under age"),
    "no-political-rights": Text("不享有政治权利", "no political rights"),
    "registered-elsewhere": Text("已在他处登记", "registered elsewhere"),
    "declare-registration": Text("须声明不重复登记", "to declare not to register twice"),
    NO_ROUTE: Text("没有登记途径", "no way to register"),
}
"""What the codes of the shipped policies are called; one of a place's own reads as its rule."""


@frozen
class Resident:
    """居民: a reference, the body it would vote for, and the facts its row states (empty ones left out)."""

    person: str
    body: str
    facts: Mapping[str, object]


def eligibility_policy(policies: Iterable[Policy], body: str) -> Policy:
    """Return the policy that says who may vote for `body`. Raises `Problems` where the pack has none."""
    for policy in policies:
        if policy.kind == "eligibility" and policy.subject == body:
            return policy
    name = BODIES.get(body, Text(body, body))
    raise Problems(
        [
            Problem(
                "no-policy",
                Text("政策包中没有{b}选民资格政策", "the pack has no eligibility policy for the {b}").fill(
                    b=name
                ),
                Text(
                    '在 policies/ 中增加 kind = "eligibility"、subject = "{b}" 的政策',
                    'add a policy of kind "eligibility" with subject = "{b}" under policies/',
                ).fill(b=body),
            )
        ]
    )


def judge_resident(policies: Iterable[Policy], resident: Resident, polling_day: date) -> Ruling:
    """Return whether `resident` may register as voter: `eligible`, `ineligible` or `undetermined`.

    Judged by the law in force on `polling_day`, which is also the day that age and periods are counted to.
    """
    policy = eligibility_policy(policies, resident.body)
    facts = {name: value for name, value in resident.facts.items() if name in policy.facts}
    return cast(Ruling, policy.decide(facts, polling_day))
