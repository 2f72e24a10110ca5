"""What all tests share: the calendar, an office's case folder, a real browser, and the profiles of hypothesis.

The gate repeats itself exactly and never fails on a slow machine.

`pytest --hypothesis-profile explore` draws anew on every run, and more.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

    import huaying_governance as hg
    from folders import Office

DRIVER = shutil.which("chromedriver")
CHROME = shutil.which("chromium") or shutil.which("google-chrome")
SWITCHES = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking")

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


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A headless Chromium with a profile of its own, whose console can be read."""
    if DRIVER is None or CHROME is None:
        pytest.skip("no Chromium with its driver here: .ci/run installs them where it may")
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = CHROME
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.set_script_timeout(600)
    yield driver
    driver.quit()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Run a case of these tables, twice, and return what was written; both runs write the same bytes."""
    from folders import office_at

    return office_at(tmp_path)
