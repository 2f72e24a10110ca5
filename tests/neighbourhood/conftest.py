"""What the tests of the neighbourhood share: the shipped rules, the calendar, a case folder."""

from __future__ import annotations

import pytest

import huaying_governance as hg
from huaying_governance.packs.rules.neighbourhood import NeighbourhoodRules


@pytest.fixture(scope="session")
def rules() -> NeighbourhoodRules:
    """The rules of the shipped pack."""
    found = hg.load_pack("huaying").rules(NeighbourhoodRules)
    assert found is not None
    return found
