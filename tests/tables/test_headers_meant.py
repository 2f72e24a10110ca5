"""A needed column that is missing: the header that may be it, misspelt, is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from huaying_governance.tables import INPUTS, Table, read_table

SPECS = {spec.name: spec for spec in INPUTS}


def read(folder: Path, name: str, header: str) -> Table:
    (folder / f"{name}.csv").write_text(header + "\n", "utf-8")
    table = read_table(folder, SPECS[name])
    assert table is not None
    return table


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("编号,日其,交办单位,社区,事项,标题,经费,应急令", "表头中的“日其”是否应为“日期”？"),
        ("编号,日期,交辨单价,社区,事项,标题,经费,应急令", "表头中的“交辨单价”是否应为“交办单位”？"),
        (
            "id,dates_of,assigner,community,matter,title,funding,emergency",
            "表头中的“dates_of”是否应为“日期”？",
        ),
    ],
)
def test_the_header_that_was_meant_is_named(tmp_path: Path, header: str, said: str) -> None:
    """Too far off to be surely the column misspelt, near enough to ask."""
    table = read(tmp_path, "assignments", header)
    (found,) = table.problems
    assert found.code == "missing-column"
    assert said in found.message.zh
    assert "was `" in found.message.en
    assert "改正写错的列名" in found.cure.zh


def test_one_header_is_meant_for_one_column(tmp_path: Path) -> None:
    """Of two columns that miss, only the likelier one is asked about; a header like neither is no hint."""
    table = read(tmp_path, "spells", "person,雇主,in_zone,startdate,zzz")
    assert {found.code for found in table.problems} <= {"missing-column", "similar-header"}
    asked = [found for found in table.problems if "是否应为" in found.message.zh]
    assert len(asked) <= 2
    assert not any("zzz" in found.message.zh for found in table.problems)


def test_the_written_headers_are_kept(tmp_path: Path) -> None:
    """What a table calls its columns is known by their names; extra columns and missing ones have no entry."""
    table = read(tmp_path, "persons", "人员编号,education,配偶编号,备注")
    assert {"person", "education", "spouse"} == set(table.headers)
    assert table.headers["person"] == "人员编号"


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("编号,日期，交办单位,社区,事项,标题,经费,应急令", "“，”"),
        ("编号；日期；交办单位；社区；事项；标题；经费；应急令", "“；”"),
        ("id;date;assigner;community;matter;title;funding;emergency", "“;”"),
        ("编号\t日期\t交办单位\t社区\t事项\t标题\t经费\t应急令", "制表符"),
    ],
)
def test_another_separator_is_named(tmp_path: Path, header: str, said: str) -> None:
    """A comma of full width, semicolons, tabs: one problem that names it, not a column missing for each."""
    (found,) = read(tmp_path, "assignments", header).problems
    assert found.code == "wrong-separator"
    assert said in found.message.zh
    assert "半角逗号" in found.cure.zh


def test_an_extra_header_may_hold_marks(tmp_path: Path) -> None:
    """One known word beside others is a header of the office's own."""
    header = "编号,日期,交办单位,社区,事项,标题,经费,应急令,说明；日期的来历"
    assert read(tmp_path, "assignments", header).problems == ()
