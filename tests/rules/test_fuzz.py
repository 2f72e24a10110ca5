"""A short run of the coverage-guided fuzzer; `python benchmarks/rules/fuzz.py TARGET` is the long one."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris has no wheel for this Python"
)
@pytest.mark.parametrize("target", ["expression", "document", "damage"])
def test_no_text_leads_to_anything_but_a_policy_or_problems(target: str) -> None:
    """Some hundred inputs found by following coverage: reading ends in a policy or in problems that can be said."""
    made = subprocess.run(
        [sys.executable, "benchmarks/rules/fuzz.py", target, "-runs=400", "-seed=1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert made.returncode == 0, made.stderr[-2000:]
    assert "Done 400 runs" in made.stderr
