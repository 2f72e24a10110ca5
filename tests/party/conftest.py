"""What the tests of 领航 share: the shipped rules, the calendar, and tables written plainly."""

from __future__ import annotations

import pytest

import huaying_governance as hg
from huaying_governance.packs.rules.party import PartyRules


@pytest.fixture(scope="session")
def rules() -> PartyRules:
    """The rules of the shipped pack."""
    found = hg.load_pack("huaying").rules(PartyRules)
    assert found is not None
    return found
