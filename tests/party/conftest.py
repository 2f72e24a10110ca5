"""What the tests of 领航 share: the shipped rules, the calendar, and tables written plainly."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

import huaying_governance as hg
from huaying_governance.packs.party_rules import PartyRules

Rows = Sequence[Mapping[str, object]]
Office = Callable[..., dict[str, list[dict[str, str]]]]


@pytest.fixture(scope="session")
def rules() -> PartyRules:
    """The rules of the shipped pack."""
    found = hg.load_pack("huaying").rules(PartyRules)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def calendar() -> hg.Calendar:
    """The shipped calendar."""
    return hg.china_calendar()


def write(folder: Path, name: str, rows: Rows) -> None:
    """Write a table as an office would."""
    headers = list(dict.fromkeys(key for row in rows for key in row))
    with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, headers)
        writer.writeheader()
        writer.writerows(rows)


def results(out: Path) -> dict[str, list[dict[str, str]]]:
    """Return every table written."""
    return {
        path.stem: list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
        for path in sorted(out.glob("*.csv"))
    }


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Run a case of these tables, twice, and return what was written; both runs write the same bytes."""

    def run(on: str = "2026-11-23", lang: hg.Lang = "zh", **tables: Rows) -> dict[str, list[dict[str, str]]]:
        folder, out = tmp_path / "case", tmp_path / "out"
        folder.mkdir(exist_ok=True)
        (folder / "case.toml").write_text(
            f'[case]\ntitle = "示例（合成数据）"\npack = "huaying"\non = {on}\n', "utf-8"
        )
        for name, rows in tables.items():
            write(folder, name, rows)
        hg.run_case(folder, out, lang=lang)
        first = {path.name: path.read_bytes() for path in out.glob("*.csv")}
        hg.run_case(folder, out, lang=lang)
        assert first == {path.name: path.read_bytes() for path in out.glob("*.csv")}
        return results(out)

    return run
