"""Columns of places: exact decimal degrees, and headers that one table refuses."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from huaying_governance.kernel.geo import Degrees, Point
from huaying_governance.tables import Column, Table, TableSpec, read_table
from huaying_governance.tables.cells import show
from huaying_governance.tables.spec import place, point_of
from huaying_governance.text import Text

SPEC = TableSpec(
    "spots",
    Text("点位", "spots"),
    (Column("id", "ref", "cell"), *place("column")),
    key="id",
    refuses=lambda header: Text("不记图像", "no images") if "图" in header else None,
)


def spots(folder: Path, rows: str, header: str = "编号,经度,纬度") -> Table:
    (folder / "spots.csv").write_text(f"{header}\n{rows}", "utf-8")
    table = read_table(folder, SPEC)
    assert table is not None
    return table


def test_coordinates_are_read_exactly(tmp_path: Path) -> None:
    """Every digit is kept, full width is normalised, and what is shown reads the same again."""
    table = spots(tmp_path, "a,106.78190012,３０．３８７\nb,,30.1\n")
    assert table.problems == ()
    first, second = table.rows
    assert first["longitude"] == Degrees(Decimal("106.78190012"))
    assert show(first["longitude"]) == "106.78190012"
    assert point_of(first.to_dict()) == Point(Decimal("106.78190012"), Decimal("30.387"))
    assert point_of(second.to_dict()) is None


def test_rows_that_differ_in_a_late_digit_are_not_the_same(tmp_path: Path) -> None:
    """What names a row takes every digit of a coordinate."""
    one, other = spots(tmp_path, "a,106.7819001,30.1\na1,106.7819002,30.1\n").rows
    same = spots(tmp_path, "a,106.78190010,30.100\n").rows[0]
    assert one.fingerprint != other.fingerprint
    assert one.values[1] != other.values[1]
    assert same.fingerprint == one.fingerprint


@pytest.mark.parametrize("cells", ["30.387,106.7819", "106.7819,abc", "106°46′,30.1", "1e2,30"])
def test_a_wrong_coordinate_is_a_problem_of_its_cell(tmp_path: Path, cells: str) -> None:
    """Swapped, not a number, minutes and seconds: told with the cell and the cure, without a copy of the value."""
    table = spots(tmp_path, f"a,{cells}\n")
    assert {found.code for found in table.problems} == {"bad-degrees"}
    assert all("颠倒" in found.cure.zh for found in table.problems)
    assert table.rows == ()


def test_numbers_of_a_workbook_are_read(tmp_path: Path) -> None:
    """A spreadsheet holds coordinates as numbers: they read as they are shown there."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["编号", "经度", "纬度"], ["a", 106.7819, 30], ["b", 106.781900123, 30.387]):
        page.append(row)
    book.save(tmp_path / "spots.xlsx")
    table = read_table(tmp_path, SPEC)
    assert table is not None
    assert table.problems == ()
    assert [str(row["longitude"]) for row in table.rows] == ["106.7819", "106.781900123"]
    assert str(table.rows[0]["latitude"]) == "30"


def test_a_table_refuses_headers_of_its_own(tmp_path: Path) -> None:
    """Beyond what the library never holds, a table names what it does not hold, and why."""
    table = spots(tmp_path, "a,106.1,30.1,x\n", "编号,经度,纬度,现场图")
    assert [found.code for found in table.problems] == ["forbidden-column"]
    assert "不记图像" in table.problems[0].message.zh
