"""An office at its desk: case folders written by hand, `huaying` called as a user calls it, results read back.

Nothing here knows how the library works; tables are written with the plain `csv` module.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from huaying_governance.cli import main

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
COMMUNITIES = ("dujiaping", *(f"synthetic-{n}" for n in range(2, 10)))
Rows = Iterable[Mapping[str, object]]


@frozen
class Ran:
    """What a user sees of one command: exit status and both streams."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err


def huaying(*arguments: object) -> Ran:
    """Run the command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
    assert "Traceback" not in out.getvalue() + err.getvalue()
    return Ran(code, out.getvalue(), err.getvalue())


def calm(encoding: str = "utf-8") -> dict[str, str]:
    """Return an environment in which a process of its own is not measured, and speaks `encoding`."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return {**own, "PYTHONIOENCODING": encoding}


def process(*arguments: object, encoding: str = "utf-8") -> subprocess.Popen[str]:
    """Start the command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "huaying_governance", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding=encoding,
        env=calm(encoding),
    )


def write_csv(path: Path, rows: Rows, columns: str = "", encoding: str = "utf-8") -> None:
    """Write rows of named cells; what a row does not name is empty."""
    rows = list(rows)
    names = columns.split() if columns else COLUMNS[path.stem].split()
    names += sorted({name for row in rows for name in row} - set(names))
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)


def case(
    folder: Path, *, on: str = "2026-11-23", pack: str = "huaying", polling_day: str = "", **tables: Rows
) -> Path:
    """Write a case folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    polling = f"polling_day = {polling_day}\n" if polling_day else ""
    text = f'[case]\ntitle = "合成案卷"\npack = "{pack}"\non = {on}\n{polling}'
    (folder / "case.toml").write_text(text, encoding="utf-8")
    for name, rows in tables.items():
        write_csv(folder / f"{name}.csv", rows)
    return folder


def read(path: Path) -> list[dict[str, str]]:
    """Read a result table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def judged(folder: Path, out: Path, *flags: object) -> Ran:
    """Run a case that must succeed."""
    ran = huaying("run", folder, "--out", out, *flags)
    assert ran.code == 0, ran.text
    return ran


def results(out: Path) -> dict[str, bytes]:
    """Return the bytes of every result table."""
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.csv"))}


def copy(folder: Path, target: Path) -> Path:
    """Return a copy of a case folder."""
    shutil.copytree(folder, target)
    return target


def codes(cell: str) -> list[str]:
    """Return the parts of a joined cell."""
    return cell.split(";") if cell else []


def by(rows: Sequence[Mapping[str, str]], column: str) -> dict[str, Mapping[str, str]]:
    """Return rows by a column whose values are unique."""
    found = {row[column]: row for row in rows}
    assert len(found) == len(rows)
    return found
