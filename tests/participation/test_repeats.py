"""Repeats of the example's own tables: killed anywhere, run month by month, rows in another order, in English."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from office import results
from test_case_repeats import fragile, process, seal

import huaying_governance as hg
from huaying_governance.tables.specs import elections, participation
from project import ROOT

NAMES = [spec.name for spec in (*participation.INPUTS, *elections.INPUTS)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The example's tables of participation, every one of them, and the results of one undisturbed run."""
    home = tmp_path_factory.mktemp("undisturbed")
    folder = home / "case"
    folder.mkdir()
    for name in ("case.toml", *(f"{table}.csv" for table in NAMES)):
        shutil.copy(ROOT / "examples" / "huaying" / name, folder / name)
    hg.run_case(folder, home / "out")
    return folder, home / "out"


def test_the_same_folder_twice_changes_nothing(undisturbed: tuple[Path, Path]) -> None:
    """A second run writes the same bytes and adds nothing to the store."""
    folder, out = undisturbed
    before, sealed = results(out), seal(out)
    hg.run_case(folder, out)
    assert (results(out), seal(out)) == (before, sealed)


def test_killed_anywhere_and_run_again(undisturbed: tuple[Path, Path], tmp_path: Path) -> None:
    """A run killed at any call, several times on one store, ends as an undisturbed run, refusals included."""
    folder, reference = undisturbed
    whole = fragile(-1, folder, tmp_path / "counted")
    assert whole.returncode == 0, whole.stderr
    calls = int(whole.stdout.rsplit("calls ", 1)[1])
    out, rng = tmp_path / "out", random.Random(10)
    for limit in sorted(int(calls * rng.uniform(0.25, 0.9)) for _ in range(4)):
        assert fragile(limit, folder, out).returncode in {-9, 0}
    ran = process("run", folder, "--out", out)
    text = "".join(ran.communicate())
    assert ran.returncode == 0, text
    assert results(out) == results(reference)
    assert seal(out) == seal(reference)


def test_month_by_month(undisturbed: tuple[Path, Path], tmp_path: Path) -> None:
    """Run at the end of every month on one store: in the end the results of one run at the last day."""
    folder, reference = undisturbed
    case = tmp_path / "case"
    shutil.copytree(folder, case)
    last = (folder / "case.toml").read_text("utf-8")
    for on in ("2026-09-30", "2026-10-09", "2026-10-31"):
        (case / "case.toml").write_text(last.replace("on = 2026-11-23", f"on = {on}"), "utf-8")
        hg.run_case(case, tmp_path / "out")
    (case / "case.toml").write_text(last, "utf-8")
    hg.run_case(case, tmp_path / "out")
    assert results(tmp_path / "out") == results(reference)


def test_every_report_in_english(undisturbed: tuple[Path, Path], tmp_path: Path) -> None:
    """The same store told in English: the same rows, and no Chinese in a reason."""
    folder, reference = undisturbed
    hg.run_case(folder, tmp_path / "out", store=f"sqlite:///{reference / 'huaying.db'}", lang="en")
    told = results(tmp_path / "out")
    assert {name: raw.count(b"\n") for name, raw in told.items()} == {
        name: raw.count(b"\n") for name, raw in results(reference).items()
    }
    assert b"registered elsewhere" in told["refused_registration_acts.csv"]
