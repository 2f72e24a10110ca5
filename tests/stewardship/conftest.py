"""What the tests of 包联, 权责, 规划 and 村改居 share: the shipped rules, the calendar, and tables written plainly."""

from __future__ import annotations

from pathlib import Path

import pytest

import huaying_governance as hg
from folders import Office, office_at
from huaying_governance.packs.stewardship_rules import StewardshipRules


@pytest.fixture(scope="session")
def rules() -> StewardshipRules:
    """The rules of the shipped pack."""
    found = hg.load_pack("huaying").rules(StewardshipRules)
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
