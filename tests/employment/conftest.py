"""What the tests of employment share: a case folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from folders import Office, office_at


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Run a case of these tables, twice, and return what was written; both runs write the same bytes."""
    return office_at(tmp_path)
