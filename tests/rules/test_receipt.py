"""Receipts of single answers: the same case gives the same receipt, and what changed is named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import huaying_governance as hg
from huaying_governance.rules import Receipt, receipt_of
from huaying_governance.rules.receipt import digest_of, told

ON = date(2026, 11, 23)
FACTS = {"education": "bachelor", "in_zone": True, "stable_months": 14, "spouse": None}


def test_a_receipt_names_policy_input_engine_and_result():
    """The receipt of an award holds the version of the policy, and digests of its input and of its result."""
    policy = hg.load_pack("huaying").policy("zone-employment")
    receipt = receipt_of(policy, FACTS, ON)
    assert (receipt.policy, receipt.version, receipt.on) == (policy.id, policy.version, ON)
    assert receipt.engine == "interpreter"
    assert receipt == receipt_of(policy, dict(reversed(FACTS.items())), ON)
    assert Receipt.of_dict(receipt.to_dict()) == receipt


@pytest.mark.parametrize(
    ("facts", "changes", "differ"),
    [
        ({"stable_months": 15}, {}, ("inputs",)),
        ({"education": "postgraduate"}, {}, ("inputs", "result")),
        ({}, {"parameters.bachelor_award": "3600"}, ("version", "result")),
        ({}, {"parameters.couple_award": "2500"}, ("version",)),
    ],
)
def test_what_differs_is_named(facts, changes, differ):
    """Other facts show as another input, a reform as another version; the result only where it is another."""
    policy = hg.load_pack("huaying").policy("zone-employment")
    one = receipt_of(policy, FACTS, ON)
    other = receipt_of(policy.reform(changes) if changes else policy, {**FACTS, **facts}, ON)
    assert one.differences(other) == differ
    assert told(one.differences(one)).en == "the same"
    assert told(differ).zh.startswith("不一致：")


def test_missing_is_missing_however_it_is_written_but_no_spouse_is_a_fact():
    """None and absent are one for a fact; for a relation None says that there is none, absent that it is unknown."""
    policy = hg.load_pack("huaying").policy("zone-employment")
    absent = {name: value for name, value in FACTS.items() if name != "education"}
    assert receipt_of(policy, absent, ON) == receipt_of(policy, {**FACTS, "education": None}, ON)
    unknown = {name: value for name, value in FACTS.items() if name != "spouse"}
    assert receipt_of(policy, unknown, ON).differences(receipt_of(policy, FACTS, ON)) == ("inputs", "result")


def test_a_ruling_of_eligibility_has_a_receipt_too():
    """An eligibility policy's answer is its outcome, its codes and what is missing."""
    policy = hg.load_pack("huaying").policy("eligibility-villagers-committee")
    facts = {"born": date(1980, 1, 1), "hukou_community": "a", "community": "a", "rights": True}
    one, other = (
        receipt_of(policy, {**facts, "registered_elsewhere": held}, date(2026, 3, 1))
        for held in (False, True)
    )
    assert one.differences(other) == ("inputs", "result")


def test_digests_go_by_value():
    """1.0 and 1 are one amount; a day is its date; keys may stand in any order."""
    assert digest_of({"a": Decimal("1.0"), "b": ON}) == digest_of({"b": "2026-11-23", "a": Decimal(1)})
    assert digest_of([Decimal(100)]) == digest_of([Decimal("1E2")])


@pytest.mark.parametrize("data", [{}, {"policy": "a"}])
def test_what_is_no_receipt_is_not_read_as_one(data):
    """A missing key is an error."""
    with pytest.raises(KeyError):
        Receipt.of_dict(data)
