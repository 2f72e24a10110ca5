"""The pytest plugin's front door: what pytest loads at its start, so that `*.cases.toml` and `*.cases.csv` are tests.

It stands outside the package and imports nothing of it until a case file is met. pytest loads plugins before it begins
to measure coverage; a plugin inside the package would have the whole package's import go unmeasured.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

ENDINGS = (".cases.toml", ".cases.csv")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of policy tests."""
    group = parser.getgroup("policy", "政策检验 / policy tests")
    group.addoption(
        "--policy-lang", choices=("zh", "en"), default="zh", help="语言 / language of failures (zh)"
    )
    group.addoption("--policy-coverage", action="store_true", help="政策覆盖 / coverage of the policy")
    group.addoption(
        "--policy-fail-under",
        type=float,
        metavar="N",
        help="政策覆盖低于百分之N即不通过 / fail when policy coverage is under N %%",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect case files."""
    if not file_path.name.lower().endswith(ENDINGS):
        return None
    from huaying_governance.testing.plugin import collect  # noqa: PLC0415 - nothing of the package before it is needed

    return collect(file_path, parent)
