"""Strategies and properties: what is drawn is valid and seeks the edges; what does not hold is found."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from policy_sample import HEAD, RULES

from huaying_governance.errors import Refused
from huaying_governance.kernel.workdays import china_calendar
from huaying_governance.ledger import LedgerBook
from huaying_governance.packs import load_pack
from huaying_governance.rules import derive, read_policy_text
from huaying_governance.storage import open_store
from huaying_governance.testing.properties import (
    assert_bounded,
    assert_filling_agrees,
    assert_irrelevant,
    assert_monotone,
    assert_never_both,
)
from huaying_governance.testing.strategies import assignments, cases, histories, spells

PACK = load_pack("huaying")
ZONE = PACK.policy("zone-employment")
HEATING = read_policy_text(HEAD + RULES)
CALENDAR = china_calendar()


@pytest.mark.parametrize(
    "policy", [p for p in PACK.policies if p.kind in {"subsidy", "eligibility"}], ids=lambda p: p.id
)
def test_cases_are_valid(policy: object) -> None:
    """Whatever is drawn can be decided, with facts left out or not."""

    @given(st.one_of(cases(policy), cases(policy, missing=False)))  # type: ignore[arg-type]
    def run(case: tuple[dict[str, object], date]) -> None:
        policy.decide(*case)  # type: ignore[attr-defined]

    run()


def test_cases_seek_the_edges() -> None:
    """Bounds, their neighbours, absent spouses, missing facts and the days of change are all drawn."""
    seen: set[str] = set()

    @given(cases(ZONE))
    @settings(max_examples=400)
    def run(case: tuple[dict[str, object], date]) -> None:
        facts, on = case
        seen.update(f"{name}={value}" for name, value in facts.items() if name != "spouse")
        seen.update({"nobody"} if facts.get("spouse", 0) is None else set())
        seen.update({f"no {name}" for name in ZONE.facts if name not in facts} | {str(on)})

    run()
    assert {
        "stable_months=11", "stable_months=12", "stable_months=13", "nobody", "no education",
        "2021-01-01", "2020-12-31",
    } <= seen  # fmt: skip

    @given(cases(ZONE, missing=False))
    def full(case: tuple[dict[str, object], date]) -> None:
        assert set(case[0]) == {*ZONE.facts, "spouse"}

    full()


@given(spells(date(2026, 3, 2)))
def test_spells_can_be_derived(drawn: tuple[object, ...]) -> None:
    """Spells give the facts that the policy derives."""
    facts = derive(ZONE, drawn, date(2026, 3, 2))  # type: ignore[arg-type]
    assert set(facts) == {"in_zone", "stable_months"}


@given(assignments(PACK))
def test_assignments_can_be_screened(drawn: object) -> None:
    """Every assignment drawn is answered."""
    assert PACK.screen(drawn).outcome  # type: ignore[arg-type]


def test_histories_can_be_followed() -> None:
    """Every history drawn is applied or refused, and some get far."""
    seen: set[str] = set()

    @given(histories(PACK))
    def run(drawn: tuple[object, tuple[object, ...]]) -> None:
        entry, actions = drawn
        with open_store("memory:") as store:
            book = LedgerBook(store, PACK, CALENDAR)
            book.register(entry)  # type: ignore[arg-type]
            for action in actions:
                try:
                    seen.add(book.act(action).state)  # type: ignore[arg-type]
                except Refused:
                    seen.add("refused")

    run()
    assert {"accepted", "refused"} <= seen


def test_what_holds() -> None:
    """Properties of the shipped policy that its text promises."""
    assert_never_both(ZONE, "postgraduate", "bachelor")
    assert_monotone(ZONE, "stable_months")
    assert_bounded(ZONE, 12_000)
    assert_filling_agrees(ZONE)
    assert_monotone(HEATING, "age")
    assert_monotone(HEATING, "income", down=True)
    assert_irrelevant(PACK.policy("eligibility-residents-committee"), "registered_elsewhere")


def test_what_does_not_hold_is_found() -> None:
    """Each helper fails where its property does, and says for which facts."""
    with pytest.raises(AssertionError, match="hold together"):
        assert_never_both(HEATING, "aged", "poor")
    with pytest.raises(AssertionError, match="changes the amount"):
        assert_monotone(HEATING, "income")
    with pytest.raises(AssertionError, match="is more than 300"):
        assert_bounded(HEATING, 300)
    with pytest.raises(AssertionError, match="`alone` changes the answer"):
        assert_irrelevant(HEATING, "alone")
