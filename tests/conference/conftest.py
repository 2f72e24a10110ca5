"""What the tests of conferences share: the shipped rules, an office over a store in memory, a case folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import huaying_governance as hg
from folders import Office as CaseOffice
from folders import office_at
from huaying_governance.conference import ConferenceRules, Limit, Office


@pytest.fixture(scope="session")
def rules() -> ConferenceRules:
    """The rules of the shipped pack."""
    found = hg.load_pack("huaying").rules(ConferenceRules)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def limits() -> tuple[Limit, ...]:
    """The limits on meetings that the shipped pack states."""
    burden = hg.load_pack("huaying").burden
    assert burden is not None
    return tuple(Limit(one.id, one.title, one.most, one.citation) for one in burden.caps)


@pytest.fixture
def office(rules: ConferenceRules, limits: tuple[Limit, ...]) -> Office:
    """The books of a conference over an empty store."""
    return Office(hg.open_store("memory:"), rules, hg.china_calendar(), limits)


@pytest.fixture
def case(tmp_path: Path) -> CaseOffice:
    """Run a case of these tables, twice, and return what was written; both runs write the same bytes."""
    return office_at(tmp_path)
