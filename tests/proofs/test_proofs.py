"""Proofs: what z3 says is what the interpreter says, and a case against a property is a case that can exist."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import z3
from putting_in import given
from worlds import EDGES, ONS, TEXTS, World, world

import huaying_governance as hg
from huaying_governance.kernel.money import to_fen
from huaying_governance.proofs import (
    AtLeast,
    AtMost,
    Cliff,
    Equivalent,
    Monotone,
    NeverBoth,
    Property,
    Reachable,
    prove,
)
from huaying_governance.proofs.award import Awards
from huaying_governance.proofs.encode import Symbols
from huaying_governance.proofs.worlds import spells_for
from huaying_governance.rules import Policy, derive, read_policy_text

ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return hg.load_pack("huaying").policy("zone-employment")


def changed(policy: Policy, *pairs: tuple[str, str]) -> Policy:
    assert policy.source_path is not None
    text = policy.source_path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return read_policy_text(text, name="changed", base=policy.source_path.parent)


def known_facts(one: World, rng: random.Random) -> dict[str, Any]:
    """Return facts of which none is missing; a relation is there or not."""
    facts: dict[str, Any] = {}
    row = rng.choice(one.persons)
    for name, fact in one.policy.facts.items():
        kind = fact.type.kind
        plain: Any = {
            "boolean": rng.random() < 0.5,
            "integer": 1,
            "decimal": Decimal("0.5"),
            "date": rng.choice(EDGES),
        }.get(kind)
        if kind in {"text", "choice"}:
            plain = rng.choice(fact.type.of or TEXTS)
        held = row.get(name)
        facts[name] = plain if held is None else held
        if fact.derived is not None and kind == "integer":
            facts[name] = rng.choice([0, 1, 11, 12, 13, 300])
    for name, relation in one.policy.relations.items():
        facts[name] = rng.choice([None, {fact: facts[fact] for fact in relation.facts}])
    return facts


def test_z3_means_what_the_interpreter_means() -> None:
    """Random policies over random cases: with the facts put in, z3's amounts are those that the policy decides."""
    rng, compared = random.Random(2), 0
    for seed in range(60):
        one = world(seed, size=12)
        if one is None or one.policy.parts.changes == "split":
            continue
        awards = Awards(one.policy, Symbols(one.on, {}))
        for _ in range(4):
            facts = known_facts(one, rng)
            decided: Any = one.policy.decide(facts, one.on)
            if decided.amount is None:
                continue
            values = given(awards.symbols, facts)
            for rule in {each.rule for each in awards.paid}:
                found = z3.simplify(z3.substitute(awards.of(rule), *values))
                wanted = sum(to_fen(line.amount) for line in decided.lines if line.rule == rule)
                assert found.as_long() == wanted, (seed, rule, facts)
                compared += 1
    assert compared > 150


HOLDS: list[Property] = [
    NeverBoth("postgraduate", "bachelor"),
    AtMost(Decimal(12000)),
    AtMost(Decimal(2000), "couple"),
    AtLeast(Decimal(2000)),
    Reachable("couple"),
    Monotone("stable_months"),
    Monotone("in_zone"),
    Cliff("stable_months"),
]
FAILS: list[Property] = [
    NeverBoth("postgraduate", "couple"),
    AtMost(Decimal("11999.99")),
    AtLeast(Decimal("2000.01")),
    Monotone("stable_months", direction="down"),
    Monotone("in_zone", "couple", "down"),
]


@pytest.mark.parametrize("what", HOLDS, ids=str)
def test_the_shipped_policy_keeps(what: Property, policy: Policy) -> None:
    """What holds of zone-employment is proved for all cases at once."""
    assert prove(policy, what, on=ON)[0].outcome == "proved"


@pytest.mark.parametrize("what", FAILS, ids=str)
def test_a_case_against_can_exist(what: Property, policy: Policy) -> None:
    """A refuted property comes with a case that the policy decides so, and with spells from which its facts follow."""
    (verdict,) = prove(policy, what, on=ON)
    assert verdict.outcome == "refuted"
    for case in (verdict.case, verdict.other):
        if case is not None:
            derived = derive(policy, case.spells, ON)
            assert all(case.facts[name] == value for name, value in derived.items() if name in case.facts)
            award: Any = policy.decide(case.facts, ON)
            assert award.amount is not None


def test_a_cliff_is_found_with_its_size(policy: Policy) -> None:
    """A rule that stops after two years costs its whole amount for one more month: the largest loss is named."""
    stops = changed(
        policy,
        (
            "when = \"in_zone and education == 'bachelor'\"",
            "when = \"in_zone and education == 'bachelor' and stable_months < 24\"",
        ),
    )
    (verdict,) = prove(stops, Cliff("stable_months"), on=ON)
    assert (verdict.outcome, verdict.amount) == ("refuted", Decimal("3000.00"))
    assert verdict.case is not None
    assert verdict.other is not None
    assert (verdict.case.facts["stable_months"], verdict.other.facts["stable_months"]) == (23, 24)
    assert prove(stops, Cliff("stable_months", most=Decimal(3000)), on=ON)[0].outcome == "proved"
    assert prove(stops, Monotone("stable_months"), on=ON)[0].outcome == "refuted"


def test_equivalent_policies(policy: Policy) -> None:
    """Another way to say the same is proved the same; another term is not, and the case shows it."""
    said = changed(
        policy,
        ("in_zone and stable_months >= stable_term", "not (not in_zone or stable_months < stable_term)"),
    )
    assert prove(policy, Equivalent(said), on=ON)[0].outcome == "proved"
    longer = changed(policy, ("value = 12,", "value = 13,"))
    (verdict,) = prove(policy, Equivalent(longer), on=ON)
    assert verdict.outcome == "refuted"
    assert verdict.case is not None
    assert policy.decide(verdict.case.facts, ON).amount != longer.decide(verdict.case.facts, ON).amount  # type: ignore[union-attr]


def test_proration_is_proved_too(policy: Policy) -> None:
    """By months: never more than the whole, monotone, and the smallest part is one month of the couple's award."""
    reform = changed(policy, ('kind = "none"', 'kind = "months"'))
    asked = (
        AtMost(Decimal(12000)),
        Monotone("stable_months"),
        AtLeast(Decimal("250.00")),
        AtLeast(Decimal("250.01")),
    )
    assert [v.outcome for v in prove(reform, *asked, on=ON)] == ["proved", "proved", "proved", "refuted"]


def test_what_any_policy_is_asked(policy: Policy) -> None:
    """Without properties: every paying rule can pay; a rule that cannot is refuted."""
    assert [v.outcome for v in prove(policy, on=ON)] == ["proved"] * 3
    with pytest.raises(KeyError):
        prove(policy, NeverBoth("postgraduate", "nothing"), on=ON)
    with pytest.raises(TypeError):
        prove(hg.load_pack("huaying").policy("hotline"), on=ON)


def test_a_year_in_stretches_is_refused_by_name(policy: Policy) -> None:
    """A policy that pays a year in stretches has no one day to be proved on; in a year without a change it has."""
    old = "values = [{ from = 2021-01-01, value = 12, source = "
    half = "{ from = 2021-01-01, to = 2025-06-30, value = 6, source = 'article' }"
    new = f"values = [{half}, {{ from = 2025-07-01, value = 12, source = "
    split = changed(policy, ('kind = "subsidy"', 'kind = "subsidy"\nchanges = "split"'), (old, new))
    with pytest.raises(hg.Problems, match="stretches"):
        prove(split, on=date(2025, 11, 23))
    assert prove(split, Reachable("couple"), on=ON)[0].outcome == "proved"


@pytest.mark.parametrize("on", ONS)
@pytest.mark.parametrize(("gap", "months"), [(30, 0), (30, 1), (30, 12), (30, 13), (0, 5)])
@pytest.mark.parametrize("covered", [True, False])
def test_spells_for_facts(policy: Policy, on: date, gap: int, months: int, covered: bool) -> None:
    """Derived facts that can exist have spells; a run on a day that nothing covers needs a tolerated gap."""
    own = changed(policy, ("value = 30,", f"value = {gap},"))
    spells = spells_for(own, {"in_zone": covered, "stable_months": months}, on)
    if not covered and months and not gap:
        assert spells is None
    else:
        assert spells is not None
        assert derive(own, spells, on) == {"in_zone": covered, "stable_months": months}


def test_a_missing_extra_is_named(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without z3 the extra is named."""
    monkeypatch.setattr("huaying_governance.proofs.find_spec", lambda name: None)
    with pytest.raises(hg.MissingExtra, match=r"\[prove\]"):
        prove(policy, on=ON)
