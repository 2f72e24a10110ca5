"""What the tests of the neighbourhood share: the shipped rules, the calendar, a case folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import huaying_governance as hg
from folders import Office, office_at
from huaying_governance.packs.neighbourhood_rules import NeighbourhoodRules


@pytest.fixture(scope="session")
def rules() -> NeighbourhoodRules:
    """The rules of the shipped pack."""
    found = hg.load_pack("huaying").rules(NeighbourhoodRules)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def calendar() -> hg.Calendar:
    """The shipped calendar."""
    return hg.china_calendar()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Run a case of these tables, twice, and return what was written; both runs write the same bytes."""
    return office_at(tmp_path)
