"""What all tests share: the calendar, an office's case folder, and the profiles of hypothesis.

The gate repeats itself exactly and never fails on a slow machine.

`pytest --hypothesis-profile explore` draws anew on every run, and more.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    import huaying_governance as hg
    from folders import Office

settings.register_profile(
    "ci", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "explore", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci")


@pytest.fixture(scope="session")
def calendar() -> hg.Calendar:
    """The shipped calendar."""
    from huaying_governance import china_calendar  # measured from its first line, once coverage has begun

    return china_calendar()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Run a case of these tables, twice, and return what was written; both runs write the same bytes."""
    from folders import office_at

    return office_at(tmp_path)
