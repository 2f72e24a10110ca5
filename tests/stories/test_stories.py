"""Stories: situations of an office as data. Each TOML file is one, told in runs on one store.

A run gives tables as CSV text (columns it leaves out are empty) and, under `expect`, result tables as CSV text: those
columns and all rows, in any order. `code` is the exit status, 0 where it is not said; `says` are words it must print.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from huaying_governance.cli import main

STORIES = sorted(Path(__file__).parent.glob("*.toml"))
COLUMNS = {
    "assignments": "id date assigner community matter title funding emergency",
    "admissions": "id matter title assigner communities from to funding decided_by",
    "entries": "id kind source category community received_at summary petitioner",
    "actions": "entry at action actor role lead handler reason days evidence satisfied target",
    "persons": "person education spouse",
    "spells": "person employer in_zone from to",
    "residents": "person born hukou_community community body living_since worker_since confirmed applied "
    "meeting_consent registered_elsewhere rights",
}
SETTINGS = {"on", "polling_day", "expect", "code", "says", "flags"}


def rows(text: str) -> list[dict[str, str]]:
    """Return CSV text as rows, spaces around cells dropped."""
    lines = [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text.strip()))]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def write(folder: Path, run: Mapping[str, object]) -> None:
    """Write the case folder of one run."""
    folder.mkdir()
    days = "".join(f"{name} = {run[name]}\n" for name in ("on", "polling_day") if name in run)
    (folder / "case.toml").write_text(f'[case]\ntitle = "故事"\npack = "huaying"\n{days}', "utf-8")
    for name in run.keys() - SETTINGS:
        told = rows(str(run[name]))
        names = COLUMNS[name].split()
        assert all(row.keys() <= set(names) for row in told), f"a column of {name} is misspelt"
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, restval="")
            writer.writeheader()
            writer.writerows(told)


def found(path: Path, names: list[str]) -> list[tuple[str, ...]]:
    """Return the named columns of a result table, sorted."""
    with path.open(encoding="utf-8", newline="") as file:
        return sorted(tuple(row[name] for name in names) for row in csv.DictReader(file))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rows 20, 21, 22, 44, 49, 51, 52, 53, 78, 79, 80: every story ends as it is told."""
    story = tomllib.loads(path.read_text("utf-8"))
    assert story["title"]
    for number, run in enumerate(story["run"]):
        write(tmp_path / str(number), run)
        store = f"sqlite:///{tmp_path / 'story.db'}"
        code = main(
            [
                "run",
                str(tmp_path / str(number)),
                "--out",
                str(tmp_path / "out"),
                "--store",
                store,
                *run.get("flags", []),
            ]
        )
        said = "".join(capsys.readouterr())
        assert code == run.get("code", 0), said
        for words in run.get("says", ()):
            assert words in said
        for table, text in run.get("expect", {}).items():
            names = text.strip().splitlines()[0].replace(" ", "").split(",")
            expected = sorted(tuple(row.values()) for row in rows(text))
            assert found(tmp_path / "out" / f"{table}.csv", names) == expected, f"run {number + 1}, {table}"
