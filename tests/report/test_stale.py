"""A board says when it is older or newer than its case: by days and contents, never by a clock or a file's age."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import huaying_governance as hg
from huaying_governance.cli import main
from huaying_governance.tables.origin import RUN, Origin, origin_of

ON = "2026-11-23"
ROW = "id,date,assigner,community,matter,title,funding,emergency\nA1,2026-11-20,民政局,dujiaping,XZ01,,,\n"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small case with its results beside it."""
    home = tmp_path_factory.mktemp("ran")
    folder = home / "case"
    folder.mkdir()
    (folder / "case.toml").write_text(f'[case]\ntitle = "示例"\npack = "huaying"\non = {ON}\n', "utf-8")
    (folder / "assignments.csv").write_text(ROW, "utf-8")
    hg.run_case(folder, home / "out")
    return home


@pytest.fixture
def home(ran: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(ran, tmp_path / "home"))


def warning(home: Path, page: str = "index.html") -> str:
    """Make the board by the command; return what it warns of, empty where of nothing."""
    assert main(["board", str(home / "case"), "--out", str(home / "out"), "--xlsx"]) == 0
    found = re.search(
        r'<p class="warning" role="note">(.*?)</p>', (home / "out" / "board" / page).read_text("utf-8")
    )
    return "" if found is None else found[1]


def test_a_board_of_its_own_case_says_nothing(home: Path) -> None:
    """Nothing has changed: there is no warning, also where the folder was copied; running again changes nothing."""
    first = (home / "out" / RUN).read_bytes()
    assert warning(home) == ""
    hg.run_case(home / "case", home / "out")
    assert (home / "out" / RUN).read_bytes() == first


def moved(day: str) -> Callable[[Path], None]:
    """Return what sets the day of a case."""

    def change(case: Path) -> None:
        text = (case / "case.toml").read_text("utf-8")
        (case / "case.toml").write_text(text.replace(ON, day), "utf-8")

    return change


def more(case: Path) -> None:
    """Add a row to a table, and a table."""
    (case / "assignments.csv").write_text(ROW + "A2,2026-11-20,民政局,dujiaping,XZ01,,,\n", "utf-8")
    (case / "persons.csv").write_text("person,education,spouse\nP1,21,\n", "utf-8")


def gone(case: Path) -> None:
    """Take a table away."""
    (case / "assignments.csv").unlink()
    (case / "persons.csv").write_text("person,education,spouse\n", "utf-8")


def other_pack(case: Path) -> None:
    """Say something else of the case."""
    (case / "case.toml").write_text(
        (case / "case.toml").read_text("utf-8") + "polling_day = 2026-12-01\n", "utf-8"
    )


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        (
            moved("2026-11-30"),
            "看板比案卷旧：结果按2026-11-23办理，案卷的裁定日已是2026-11-30",
            "older than the case",
        ),
        (
            moved("2026-11-01"),
            "看板比案卷新：结果按2026-11-23办理，案卷的裁定日却是2026-11-01",
            "newer than the case",
        ),
        (
            more,
            "办理之后案卷有改动，看板没有反映：assignments.csv、persons.csv",
            "assignments.csv, persons.csv",
        ),
        (
            gone,
            "办理之后案卷有改动，看板没有反映：assignments.csv、persons.csv",
            "the case has changed since",
        ),
        (other_pack, "办理之后案卷有改动，看板没有反映：case.toml", "case.toml"),
    ],
)
def test_a_case_that_changed_is_told_with_what_to_do(
    home: Path, change: Callable[[Path], None], zh: str, en: str
) -> None:
    """Another day, a table that holds something else, came or went: the board, its briefs and workbooks say so."""
    change(home / "case")
    assert warning(home) == f"{zh}；请重新运行 huaying run，再生成看板"
    assert en in warning(home, "index.en.html")
    assert zh in (home / "out" / "board" / "communities" / "dujiaping.html").read_text("utf-8")
    book = openpyxl.load_workbook(home / "out" / "board" / "communities" / "dujiaping.xlsx")
    assert any(zh in str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row)


def test_the_board_is_of_the_day_of_its_results(home: Path) -> None:
    """What is near and what is late is reckoned from the day that was judged, not from a later one of the case."""
    moved("2026-11-30")(home / "case")
    warning(home)
    assert "截至 2026-11-23" in (home / "out" / "board" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "text", [None, "", "{", "[]", '{"on": "gestern", "files": {}}', '{"on": "2026-11-23"}']
)
def test_results_that_do_not_say_are_told_too(home: Path, text: str | None) -> None:
    """Results of an earlier version, or whose record was damaged: it is said that nothing is known, and what to do."""
    (home / "out" / RUN).unlink()
    if text is not None:
        (home / "out" / RUN).write_text(text, "utf-8")
    assert warning(home) == "结果没有写明是按哪一天、哪些表格办理的；请重新运行 huaying run，再生成看板"


def test_many_changed_files_are_not_all_named(home: Path) -> None:
    """Eight are named, and that there are more."""
    data = json.loads((home / "out" / RUN).read_text("utf-8"))
    data["files"] |= {f"t{n}.csv": "" for n in range(9)}
    (home / "out" / RUN).write_text(json.dumps(data), "utf-8")
    assert "t7.csv、…；" in warning(home)


def test_an_origin_survives_its_file(tmp_path: Path) -> None:
    """What is written is read again; a case compares equal to itself."""
    (tmp_path / "entries.csv").write_bytes(b"id\n" * 1000)
    one = Origin.of(tmp_path, date(2026, 11, 23))
    one.write(tmp_path)
    assert origin_of(tmp_path) == one
    assert one.differs(Origin.of(tmp_path, date(2026, 11, 24))) == ()
