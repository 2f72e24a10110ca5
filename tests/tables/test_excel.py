"""Workbooks: sheets as rows of text; numbers that have lost digits are told."""

from __future__ import annotations

import builtins
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from huaying_governance.errors import MissingExtra
from huaying_governance.tables import INPUTS, OUTPUTS, Table, read_table, write_table
from huaying_governance.tables import excel as excel_module

SPECS = {spec.name: spec for spec in INPUTS}
HEADER = ["person", "education", "spouse"]


def sheet(folder: Path, *rows: list[Any], title: str = "Sheet", name: str = "persons") -> Table:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(row)
    book.save(folder / f"{name}.xlsx")
    table = read_table(folder, SPECS[name])
    assert table is not None
    return table


def test_typed_cells(tmp_path: Path) -> None:
    """Dates, numbers and truth values of a workbook read as their text would."""
    header = ["person", "employer", "in_zone", "from", "to"]
    table = sheet(
        tmp_path,
        header,
        [7, 8.0, True, datetime(2026, 1, 2), "2026/2/9"],
        [None] * 5,
        ["P2", 1.5, "否", date(2026, 1, 2)],
        name="spells",
    )
    assert table.problems == ()
    assert [row.values for row in table.rows] == [
        ("7", "8", True, date(2026, 1, 2), date(2026, 2, 9)),
        ("P2", "1.5", False, date(2026, 1, 2), None),
    ]
    assert [row.number for row in table.rows] == [2, 4]


@pytest.mark.parametrize("number", [511681180001010000, 5.1168118000101e17, 10**15])
def test_long_numbers_have_lost_digits(tmp_path: Path, number: float) -> None:
    """A numeric cell of more than 15 digits is a problem: what it once was cannot be known."""
    table = sheet(tmp_path, HEADER, [number, "21", None])
    assert [(found.code, found.place.line, found.place.column) for found in table.problems] == [
        ("number-damaged", 2, "person")
    ]
    assert "511681" not in table.problems[0].say("en")


def test_formulas_stay_text(tmp_path: Path) -> None:
    """A formula is never evaluated: where a word is expected it is a problem, where text is, it is text."""
    table = sheet(tmp_path, HEADER, ["=1+1", "21", None], ["P2", "=2+19", None])
    assert [row["person"] for row in table.rows] == ["=1+1"]
    assert [found.code for found in table.problems] == ["unknown-choice"]


def test_sheet_of_the_tables_name(tmp_path: Path) -> None:
    """The sheet that bears the table's name is read, in either language; else the first."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["说明"])
    page = book.create_sheet("人员表")
    page.append(HEADER)
    page.append(["P1", 21, None])
    book.save(tmp_path / "persons.xlsx")
    table = read_table(tmp_path, SPECS["persons"])
    assert table is not None
    assert [row["person"] for row in table.rows] == ["P1"]


def test_what_is_written_holds_no_formula(tmp_path: Path) -> None:
    """Every cell that is written is text: no formula, no rounded number."""
    path = tmp_path / "awards.xlsx"
    spec = next(spec for spec in OUTPUTS if spec.name == "awards")
    write_table(path, spec, [("511681180001010028", "=1+1", "@x", "", "", "", "", "")])
    cells = list(openpyxl.load_workbook(path).worksheets[0].iter_rows())[1]
    assert [cell.value for cell in cells[:3]] == ["511681180001010028", "'=1+1", "'@x"]
    assert {cell.data_type for cell in cells[:3]} == {"s"}


def test_cell_too_long_for_a_workbook(tmp_path: Path) -> None:
    """A text that a cell would cut is refused, and nothing is written."""
    spec = OUTPUTS[0]
    with pytest.raises(ValueError, match="32767"):
        write_table(tmp_path / "a.xlsx", spec, [("x" * 32_768, *[""] * 6)])
    assert list(tmp_path.iterdir()) == []


def test_damaged_workbooks(tmp_path: Path) -> None:
    """A file that is no workbook, or a broken one, is told."""
    path = tmp_path / "persons.xlsx"
    for make in (_plain, _empty_archive, _broken_sheet, _truncated):
        make(path)
        table = read_table(tmp_path, SPECS["persons"])
        assert table is not None
        assert [found.code for found in table.problems] == ["unreadable-file"], make.__name__


def _plain(path: Path) -> None:
    path.write_bytes(b"person,education,spouse\n")


def _empty_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w"):
        pass


def _truncated(path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(path)
    path.write_bytes(path.read_bytes()[:-100])


def _broken_sheet(path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(HEADER)
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data[: len(data) // 2] if name.endswith("sheet1.xml") else data)


def test_workbook_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive is refused for its unpacked size before it is unpacked."""
    monkeypatch.setattr(excel_module, "MAX_UNPACKED", 100)
    table = sheet(tmp_path, HEADER)
    assert [found.code for found in table.problems] == ["unreadable-file"]


def test_far_cell(tmp_path: Path) -> None:
    """One cell in the last column of the last row neither hangs nor fills the memory."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(HEADER)
    page["XFD20000"] = "x"
    book.save(tmp_path / "persons.xlsx")
    table = read_table(tmp_path, SPECS["persons"])
    assert table is not None
    assert table.rows == ()


def test_extra_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra `excel`, a workbook is refused with the name of the extra."""
    sheet(tmp_path, HEADER)
    real = builtins.__import__

    def missing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("openpyxl"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingExtra, match=r"huaying-governance\[excel\]"):
        read_table(tmp_path, SPECS["persons"])


def test_openpyxl_is_not_imported_for_csv() -> None:
    """The optional library is loaded only where a workbook is met."""
    import subprocess

    code = "import sys, huaying_governance.tables; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
