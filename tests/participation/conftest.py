"""What the tests of participation share: the shipped rules, the calendar, a case folder."""

from __future__ import annotations

import pytest

import huaying_governance as hg
from huaying_governance.packs.rules.participation import ParticipationRules


@pytest.fixture(scope="session")
def rules() -> ParticipationRules:
    """The rules of the shipped pack."""
    found = hg.load_pack("huaying").rules(ParticipationRules)
    assert found is not None
    return found
