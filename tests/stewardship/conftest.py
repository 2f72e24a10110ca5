"""What the tests of 包联, 权责, 规划 and 村改居 share: the shipped rules, the calendar, and tables written plainly."""

from __future__ import annotations

import pytest

import huaying_governance as hg
from huaying_governance.packs.rules.stewardship import StewardshipRules


@pytest.fixture(scope="session")
def rules() -> StewardshipRules:
    """The rules of the shipped pack."""
    found = hg.load_pack("huaying").rules(StewardshipRules)
    assert found is not None
    return found
