"""What the tests of boards share: the example's results and boards."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

import huaying_governance as hg
from huaying_governance.cli import main
from huaying_governance.kernel.bodies import Community
from huaying_governance.report import write_board
from project import ROOT


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the example case."""
    out = tmp_path_factory.mktemp("results")
    hg.run_case(ROOT / "examples" / "huaying", out)
    return out


@pytest.fixture(scope="session")
def small_board(results: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A board of every eighth table: axe looks at each element, and the whole board is long."""
    part, to = tmp_path_factory.mktemp("part"), tmp_path_factory.mktemp("small")
    tables = sorted(results.glob("*.csv"))
    for path in {results / "assignments.csv", results / "entries.csv", *tables[::8]}:
        shutil.copy(path, part)
    write_board(
        part, to, title="示例", on=date(2026, 11, 23), communities=[Community("dujiaping", "杜家坪社区")]
    )
    return to


@pytest.fixture(scope="session")
def board(results: Path) -> Path:
    """The board of the example case, made by the command."""
    assert main(["board", str(ROOT / "examples" / "huaying"), "--out", str(results), "--xlsx"]) == 0
    return results / "board"
