"""领航 killed anywhere: every table of the second programme, killed in the middle and run again, ends undisturbed."""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path

import pytest
from office import judged, read, results, write_csv
from test_case_repeats import check_killed, fragile, seal

from huaying_governance.flows.run_case import PARENTS
from huaying_governance.tables import INPUTS
from huaying_governance.tables.specs import party, party_work
from project import ROOT

EXAMPLE = ROOT / "examples" / "huaying"
NAMES = [spec.name for spec in (*party.INPUTS, *party_work.INPUTS)]
KEPT = 12


def small(home: Path) -> Path:
    """Write the example's tables of the programme, a few rows of each; a child only where its parent is kept."""
    folder = home / "case"
    folder.mkdir()
    shutil.copy(EXAMPLE / "case.toml", folder / "case.toml")
    parents = {spec.name: spec.parent for spec in INPUTS}
    held: dict[str, set[str]] = {}
    for name in sorted(NAMES, key=lambda name: (name in PARENTS, name)):
        with (EXAMPLE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        column, parent = parents[name], PARENTS.get(name, "")
        if column is None or parent not in held:
            rows = rows[:KEPT]
        else:
            rows = [row for row in rows if row[column] in held[parent]]
        held[name] = {row.get("id", "") for row in rows}
        write_csv(folder / f"{name}.csv", rows, " ".join(rows[0]))
    return folder


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A case folder with every table of the programme, and the results of one undisturbed run of it."""
    home = tmp_path_factory.mktemp("party")
    folder = small(home)
    judged(folder, home / "out")
    return folder, home / "out"


def test_the_example_has_every_table_of_the_programme(undisturbed: tuple[Path, Path]) -> None:
    """Every table of 领航 stands in the example with rows, and whatever is followed up lists its refusals."""
    folder, out = undisturbed
    assert all(read(folder / f"{name}.csv") for name in NAMES)
    written = {path.stem for path in out.glob("*.csv")}
    followed = {f"refused_{name}" for name in NAMES if name.endswith("_acts")}
    assert followed <= written


def test_twice_on_one_store_and_afresh(undisturbed: tuple[Path, Path], tmp_path: Path) -> None:
    """The same folder twice writes the same bytes and adds nothing to the store; a fresh store ends the same."""
    folder, out = undisturbed
    before, sealed = results(out), seal(out)
    judged(folder, tmp_path / "again", "--store", f"sqlite:///{out / 'huaying.db'}")
    assert results(tmp_path / "again") == before
    assert seal(out) == sealed
    judged(folder, tmp_path / "fresh")
    assert results(tmp_path / "fresh") == before


@pytest.mark.parametrize("seed", range(2))
def test_killed_anywhere_and_run_again(undisturbed: tuple[Path, Path], tmp_path: Path, seed: int) -> None:
    """A run killed at any call, twice on one store, and run again ends as an undisturbed run, refusals included."""
    counted = fragile(-1, undisturbed[0], tmp_path / "calls")
    calls = int(counted.stdout.rsplit("calls ", 1)[1])
    rng = random.Random(seed)
    check_killed(undisturbed, tmp_path, sorted(int(calls * rng.uniform(0.5, 0.98)) for _ in range(2)))
