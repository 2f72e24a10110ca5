"""Tables as offices have them: below titles and merged headers, as frames in memory, written and read back."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import polars
import pyarrow
import pytest

import huaying_governance as hg
from huaying_governance.cli import main
from huaying_governance.tables import INPUTS, read_file, read_frame, read_table, write_table
from project import ROOT

SPECS = {spec.name: spec for spec in INPUTS}
EXAMPLE = ROOT / "examples" / "huaying"
PERSONS = SPECS["persons"]
HEADER, ROW = ["人员编号", "学历", "配偶"], ["P1", "本科", ""]


def book(path: Path, *rows: list[object], merged: str = "") -> Path:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in rows:
        page.append(row)
    if merged:
        page.merge_cells(merged)
    made.save(path)
    return path


def persons(table: Any) -> list[object]:
    assert table.problems == ()
    return [row["person"] for row in table.rows]


def test_a_title_above_the_header_is_passed_over(tmp_path: Path) -> None:
    """A merged title, a line of notes: the header is the first row that names what must be there."""
    path = book(tmp_path / "persons.xlsx", ["某市人员表"], ["填报单位：某局"], HEADER, ROW, merged="A1:C1")
    table = read_file(path, PERSONS)
    assert persons(table) == ["P1"]
    assert table.rows[0].number == 4
    text = "某市人员表,,\n人员编号,学历,配偶\nP1,本科,\n"
    (tmp_path / "p.csv").write_text(text, "utf-8")
    assert persons(read_file(tmp_path / "p.csv", PERSONS)) == ["P1"]


def test_a_header_merged_over_two_rows_is_one(tmp_path: Path) -> None:
    """A column that is merged downwards has its name above; groups that are merged across are no columns."""
    path = book(
        tmp_path / "persons.xlsx", ["人员编号", "情况", None], [None, "学历", "配偶"], ROW, merged="B1:C1"
    )
    assert persons(read_file(path, PERSONS)) == ["P1"]


def test_a_header_that_lacks_a_column_is_still_told(tmp_path: Path) -> None:
    """Where no row is a whole header, the first is taken for it, as it was written, and what it lacks is told."""
    (tmp_path / "p.csv").write_text("人员编号,备注\nP1,x\nP2,y\n", "utf-8")
    table = read_file(tmp_path / "p.csv", PERSONS)
    assert not table.rows
    assert {(one.place.line, one.code) for one in table.problems} == {(1, "missing-column")}


def frames(columns: dict[str, list[object]]) -> list[object]:
    return [pandas.DataFrame(columns), polars.DataFrame(columns), pyarrow.table(columns)]


def test_frames_are_read_as_files_are() -> None:
    """Of pandas, Polars and Arrow: the same rows, nulls as empty cells, days as days, problems by row."""
    columns: dict[str, list[object]] = {
        "person": ["P1", "P2"],
        "employer": ["E1", None],
        "in_zone": [True, False],
        "from": [date(2026, 1, 1), date(2026, 2, 28)],
        "to": [None, date(2026, 3, 1)],
    }
    for frame in frames(columns):
        table = read_frame(frame, SPECS["spells"])
        assert [row.to_dict() for row in table.rows] == [
            {"person": "P1", "employer": "E1", "in_zone": True, "from": date(2026, 1, 1), "to": None},
            {
                "person": "P2",
                "employer": None,
                "in_zone": False,
                "from": date(2026, 2, 28),
                "to": date(2026, 3, 1),
            },
        ] or [row["to"] for row in table.rows] == [None, date(2026, 3, 1)]
    for frame in frames({**columns, "to": [date(2025, 1, 1), None]}):
        table = read_frame(frame, SPECS["spells"], "在职")
        assert [(one.place.file, one.place.line, one.code) for one in table.problems] == [
            ("在职", 2, "to-before-from")
        ]


def test_unknown_numbers_and_moments_of_frames_are_empty() -> None:
    """NaN, NaT and NA are what a frame calls unknown; whole numbers stay whole."""
    frame = pandas.DataFrame(
        {
            "id": ["A1", "A2"],
            "date": [pandas.Timestamp("2026-03-02"), pandas.Timestamp("2026-03-03")],
            "assigner": ["民政局", "民政局"],
            "community": ["dujiaping", "dujiaping"],
            "matter": ["XZ02", "XZ02"],
            "funding": [float("nan"), 100.0],
        }
    )
    table = read_frame(frame, SPECS["assignments"])
    assert table.problems == ()
    assert [str(row["funding"]) for row in table.rows] == ["None", "100.00"] or [
        row["funding"] for row in table.rows
    ] == [None, 100]


def test_a_case_takes_frames(tmp_path: Path) -> None:
    """A frame goes before the folder's file of that name; a name that no table has, and no frame, are told."""
    (tmp_path / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    frame = polars.DataFrame(
        {
            "id": ["A1"],
            "date": ["2026-03-02"],
            "assigner": ["住建局"],
            "community": ["dujiaping"],
            "matter": ["代收物业费"],
        }
    )
    hg.run_case(tmp_path, tmp_path / "out", frames={"assignments": frame})
    assert "A1,refused" in (tmp_path / "out" / "assignments.csv").read_text("utf-8")
    for wrong in ({"assignment": frame}, {"assignments": [1, 2]}):
        with pytest.raises(hg.Problems) as caught:
            hg.run_case(tmp_path, tmp_path / "out", frames=wrong)
        assert {one.code for one in caught.value.problems} <= {"no-table", "no-frame"}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("labels", ["zh", "en"])
def test_what_is_written_is_read_again(tmp_path: Path, ending: str, labels: hg.Lang) -> None:
    """Export equals import: every table of the example, in either header language, as CSV and as a workbook."""
    seen = 0
    for spec in INPUTS:
        table = read_table(EXAMPLE, spec)
        if table is None:
            continue
        path = tmp_path / f"{spec.name}.{ending}"
        rows = [[*row.values, *row.extras] for row in table.rows]
        write_table(path, spec, rows, extra_headers=table.extra_headers, labels=labels)
        again = read_file(path, spec)
        assert again.problems == (), spec.name
        assert [row.values for row in again.rows] == [row.values for row in table.rows], spec.name
        assert [row.extras for row in again.rows] == [row.extras for row in table.rows], spec.name
        seen += 1
    assert seen > 20


def test_the_import_report_has_three_levels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """File, header, rows: what can be read, what is kept besides, how many rows are at fault and why."""
    (tmp_path / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-23\n', "utf-8")
    (tmp_path / "persons.csv").write_text("人员编号,学历,配偶,备注\nP1,本科,,\nP2,99,P2,\n", "utf-8")
    (tmp_path / "spells.csv").write_bytes(b"\xff\xfe\x00")
    assert main(["check", str(tmp_path), "--report"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:6] == [
        "persons.csv（人员表）",
        "  文件可读",
        "  表头 3 列；另存 备注",
        "  行 2，可用 1，有问题 1；问题 2：own-spouse 1, unknown-choice 1",
        "spells.csv（就业时段表）",
        "  文件或表头有问题，未读行：bad-encoding 1",
    ]
    assert main(["check", str(EXAMPLE), "--report", "--lang", "en"]) == 0
    assert "rows 15, sound 15, at fault 0; problems 0: none" in capsys.readouterr().out


def packed(path: Path, name: str, size: int) -> Path:
    """Write a workbook one part of which unpacks to `size` bytes of nothing."""
    honest = io.BytesIO()
    book_ = openpyxl.Workbook()
    book_.save(honest)
    with zipfile.ZipFile(honest) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            if part.filename != name:
                target.writestr(part, source.read(part))
        with target.open(name, "w", force_zip64=True) as out:
            for _ in range(size // 2**20):
                out.write(b" " * 2**20)
    return path


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path, name: str) -> None:
    """A small file that would unpack to very much is refused by what its own list says."""
    table = read_file(packed(tmp_path / "persons.xlsx", name, 300 * 2**20), PERSONS)
    assert [one.code for one in table.problems] == ["unreadable-file"]


def test_a_sparse_sheet_is_read(tmp_path: Path) -> None:
    """A lone cell far below is a row like another; the empty ones between cost nothing that stays."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.append(HEADER)
    page.cell(200_000, 1, "P9")
    page.cell(200_000, 2, "本科")
    made.save(tmp_path / "persons.xlsx")
    table = read_file(tmp_path / "persons.xlsx", PERSONS)
    assert [(row.number, row["person"]) for row in table.rows] == [(200_000, "P9")]


def test_results_as_workbooks(tmp_path: Path) -> None:
    """`run --xlsx` writes every result as a workbook beside its CSV, headers in the language of the run, same cells."""
    assert main(["run", str(EXAMPLE), "--out", str(tmp_path / "out"), "--xlsx"]) == 0
    tables = sorted((tmp_path / "out").glob("*.csv"))
    assert len(tables) > 100
    assert {path.stem for path in tables} == {path.stem for path in (tmp_path / "out").glob("*.xlsx")}
    page = openpyxl.load_workbook(tmp_path / "out" / "assignments.xlsx").worksheets[0]
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][:2] == ("编号", "结论")
    text = (tmp_path / "out" / "assignments.csv").read_text("utf-8").splitlines()
    assert len(rows) == len(text)
    assert [row[0] for row in rows[1:]] == [line.split(",")[0] for line in text[1:]]
