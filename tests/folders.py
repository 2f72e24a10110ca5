"""Case folders of a test: tables written plainly, run twice, and read back."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

import huaying_governance as hg
from huaying_governance.packs import shipped_packs
from huaying_governance.tables import INPUTS
from wording import wordless

Rows = Sequence[Mapping[str, object]]
Tables = dict[str, list[dict[str, str]]]
Office = Callable[..., Tables]


def write(folder: Path, name: str, rows: Rows) -> None:
    """Write a table as an office would; one without rows has its header."""
    spec = next((spec for spec in INPUTS if spec.name == name), None)
    empty = [column.name for column in spec.columns] if spec is not None and not rows else []
    headers = list(dict.fromkeys(key for row in rows for key in row)) or empty
    with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, headers)
        writer.writeheader()
        writer.writerows(rows)


def results(out: Path) -> Tables:
    """Return every table written."""
    return {
        path.stem: list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
        for path in sorted(out.glob("*.csv"))
    }


def office_at(home: Path) -> Office:
    """Return what runs a case of these tables, twice: both runs write the same bytes, and every code has words."""

    def run(on: str = "2026-11-23", lang: hg.Lang = "zh", pack: str = "huaying", **tables: Rows) -> Tables:
        folder, out = home / "case", home / "out"
        folder.mkdir(exist_ok=True)
        (folder / "case.toml").write_text(
            f'[case]\ntitle = "示例（合成数据）"\npack = "{pack}"\non = {on}\n', "utf-8"
        )
        for name, rows in tables.items():
            write(folder, name, rows)
        hg.run_case(folder, out, lang=lang)
        first = {path.name: path.read_bytes() for path in out.glob("*.csv")}
        hg.run_case(folder, out, lang=lang)
        assert first == {path.name: path.read_bytes() for path in out.glob("*.csv")}
        # Texts of an English run read like codes.
        named = pack if pack in shipped_packs() else str(folder / pack)
        raw = wordless(out, named) if lang == "zh" else []
        assert not raw, f"no words in report/stated.py: {raw}"
        return results(out)

    return run


def faults(home: Path, on: str = "2026-11-23", **tables: Rows) -> list[hg.Problem]:
    """Return the problems of a case of these tables; nothing may have been written."""
    folder, out = home / "case", home / "out"
    folder.mkdir(exist_ok=True)
    (folder / "case.toml").write_text(f'[case]\ntitle = "t"\npack = "huaying"\non = {on}\n', "utf-8")
    for name, rows in tables.items():
        write(folder, name, rows)
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(folder, out)
    assert not out.exists()
    found = list(caught.value.problems)
    assert all(one.cure.zh and one.cure.en and one.place.file for one in found)
    return found


def changed_pack(folder: Path, file: str, *changes: tuple[str, str]) -> Path:
    """Return a copy of the shipped pack in `folder`, with words of one of its files changed, each once."""
    shutil.copytree(Path(hg.__file__).parent / "packs" / "huaying", folder)
    text = (folder / file).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / file).write_text(text, "utf-8")
    return folder


def told_without(home: Path, file: str, tables: Mapping[str, str]) -> list[str]:
    """Return the codes of these tables in a case whose pack lacks a file; without tables, and in part, it runs."""
    case = home / "case"
    case.mkdir()
    (changed_pack(case / "place", file) / file).unlink()
    (case / "case.toml").write_text('[case]\ntitle = "t"\npack = "place"\non = 2026-11-23\n', "utf-8")
    hg.run_case(case, home / "empty")
    for name, text in tables.items():
        (case / f"{name}.csv").write_text(text, "utf-8")
    with pytest.raises(hg.Problems) as caught:
        hg.run_case(case, home / "out")
    hg.run_case(case, home / "partial", partial=True)
    assert (home / "partial" / "problems.csv").exists()
    return [one.code for one in caught.value.problems]


def in_part(home: Path, on: str, tables: Mapping[str, Rows], **unsound: Rows) -> tuple[Tables, Tables]:
    """Return the results of a case run in part, with some tables unsound, and of the same case mended."""
    folder, out = home / "case", home / "out"
    folder.mkdir()
    (folder / "case.toml").write_text(f'[case]\ntitle = "t"\npack = "huaying"\non = {on}\n', "utf-8")
    for name, rows in {**tables, **unsound}.items():
        write(folder, name, rows)
    hg.run_case(folder, out, partial=True)
    first = results(out)
    for name in unsound:
        write(folder, name, tables[name])
    hg.run_case(folder, out)
    return first, results(out)
