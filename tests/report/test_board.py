"""The board as text: what it shows, with which denominators, in which language, and what it keeps to itself."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import write
from huaying_governance.cli import main
from huaying_governance.ledger.events import Event
from huaying_governance.report import Board, Figure, Line, Results, Section, board_of_results, write_page
from huaying_governance.report.charts import AGES, WIDTH, ageing, coverage, fitted
from huaying_governance.report.histories import LABELS
from huaying_governance.report.page import _json
from huaying_governance.text import Text
from project import ROOT

ON = date(2026, 11, 23)


def test_every_result_is_a_section_in_both_languages(results: Path, board: Path) -> None:
    """Each table of the run stands on the board, under its Chinese and its English title."""
    tables = {path.stem for path in results.glob("*.csv")}
    for page in ("index.html", "index.en.html"):
        found = set(re.findall(r'<section id="table-([\w-]+)"', (board / page).read_text("utf-8")))
        assert {name.replace("-", "_") for name in found} == tables
    assert "<h2>交办裁定</h2>" in (board / "index.html").read_text("utf-8")
    assert "<h2>screened assignments</h2>" in (board / "index.en.html").read_text("utf-8")


def test_the_same_results_give_the_same_bytes(results: Path, tmp_path: Path) -> None:
    """A board made again is the same, byte for byte."""
    once, again = (
        write_page(board_of_results(Results(results, ON), "t"), tmp_path / name).read_bytes()
        for name in ("once", "again")
    )
    assert once == again


def test_references_to_persons_are_masked_unless_told(results: Path, tmp_path: Path) -> None:
    """Persons are masked; unmasked they are shown, and so are the office's own columns never."""
    masked = board_of_results(Results(results, ON), "t")
    plain = board_of_results(Results(results, ON, masked=False), "t")
    said = [
        {cell for part in each.sections for line in part.lines() for cell in line.cells}
        for each in (masked, plain)
    ]
    persons = {row.split(",")[0] for row in (results / "awards.csv").read_text("utf-8").splitlines()[1:]}
    assert not persons & said[0]
    assert persons <= said[1]


def test_figures_have_denominators(results: Path) -> None:
    """A rate tells its parts; of nothing there is none."""
    board = board_of_results(Results(results, ON), "t")
    part = next(part for part in board.sections if part.id == "table-assignments")
    assert sum(figure.part for figure in part.figures) == part.count
    assert {figure.whole for figure in part.figures} == {part.count}
    assert Figure("x", 8, 9).say("zh") == "88.9%（8/9）"
    assert Figure("x", 8, 9).say("en") == "88.9% (8/9)"
    assert Figure("x", 0, 0).say("zh") == "无（分母为0）"


@given(st.integers(0, 500), st.integers(1, 500))
def test_rates_round_half_up(part: int, whole: int) -> None:
    """A rate has one decimal, rounded half up, whatever its size."""
    said = Figure("x", part, whole).say("en").split("%")[0]
    assert abs(float(said) - 100 * part / whole) <= 0.05 + 1e-9


def test_colours_of_entries(tmp_path: Path) -> None:
    """Late is red, near is yellow to the third day, else green; what is closed has no colour any more."""
    rows = [
        {"id": name, "kind": "livelihood", "state": state, "due": due, "overdue": overdue, "citation": ""}
        for name, state, due, overdue in [
            ("late", "in_progress", "2026-11-20", "yes"),
            ("today", "in_progress", "2026-11-23", "no"),
            ("third", "in_progress", "2026-11-26", "no"),
            ("fourth", "in_progress", "2026-11-27", "no"),
            ("closed-late", "struck_off", "", "yes"),
            ("no-due", "accepted", "", ""),
        ]
    ]
    write(tmp_path, "entries", [{**row, "lead": "", "handler": "", "closed_on": ""} for row in rows])
    held = Results(tmp_path, ON)
    spec = held.tables()[0]
    assert [line.colour for line in held.lines(spec)] == ["red", "yellow", "yellow", "green", "", "green"]
    figures = {
        each.label: (each.part, each.whole) for each in board_of_results(held, "t").sections[0].figures
    }
    assert figures == {"已办结": (1, 6), "超期": (2, 5), "挂账": (0, 6)}


HOSTILE = '</script><script>alert("x")</script>\u2028'


def test_nothing_that_an_office_writes_becomes_markup(tmp_path: Path) -> None:
    """Cells, titles and labels are text, in the table, in what opens, and in the data of the script."""
    part = Section(
        "table-x", HOSTILE, (HOSTILE,), lambda: [Line((HOSTILE,), "red", (HOSTILE,))], 1, (0,), (HOSTILE,)
    )
    page = write_page(Board(HOSTILE, HOSTILE, "zh", (part,)), tmp_path).read_text("utf-8")
    assert "<script>alert" not in page
    assert page.count("</script>") == page.count("<script")
    assert "\u2028" not in _json(HOSTILE)


def test_no_results_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without results, and one without store, is said plainly; nothing is written."""
    with pytest.raises(hg.Problems) as caught:
        board_of_results(Results(tmp_path, ON), "t")
    assert caught.value.problems[0].code == "no-results"
    assert main(["board", str(ROOT / "examples" / "huaying"), "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_every_event_has_a_label() -> None:
    """Whatever can have happened to an entry can be told."""
    assert set(get_args(Event)) == set(LABELS)


@given(st.dictionaries(st.integers(-400, 400), st.integers(1, 9)))
def test_ageing_counts_every_entry_once(days: dict[int, int]) -> None:
    """The bars of a ledger's ageing add up to its open entries."""
    picture = ageing(days, "en")
    figures = [int(text) for text in re.findall(r'font-size="12">(\d+)<', picture)]
    assert len(figures) == len(AGES)
    assert sum(figures) == sum(days.values())


def test_coverage_is_to_scale() -> None:
    """A rate of half is half as long as the whole."""
    picture = coverage(Text("覆盖", "cover"), "率", [("a", "50.0"), ("b", "100.0")], "zh")
    widths = [int(text) for text in re.findall(r'width="(\d+)" height="14"', picture)]
    assert widths[0] * 2 == widths[1]
    assert "50.0%" in picture


@given(st.text(max_size=60))
def test_a_label_stands_beside_its_bar(label: str) -> None:
    """A label is never wider than its room, and whole where it fits."""
    said = fitted(label)
    assert sum(1 if letter.isascii() else 2 for letter in said) <= WIDTH + 1
    assert said == label or said.endswith("…")


def test_rates_are_told_apart(tmp_path: Path) -> None:
    """Bars are named by the first column that tells them apart, by two of them, never by figures, or not drawn."""
    head = "assigner,channel,assigned_count,refused_count,refused_rate,unlisted_count,unfunded_count\n"

    def pictures(*rows: str) -> str:
        (tmp_path / "violation_notice.csv").write_text(head + "\n".join(rows), "utf-8")
        sections = board_of_results(Results(tmp_path, ON), "t").sections
        return "".join(picture for section in sections for picture in section.pictures)

    assert ">甲局<" in pictures("甲局,公文,2,1,50.0,1,0", "乙局,公文,2,1,50.0,1,0")
    assert ">甲局 · 公文<" in pictures(
        "甲局,公文,2,1,50.0,1,0", "甲局,电话,2,1,50.0,1,0", ",电话,2,1,50.0,1,0"
    )
    assert ">— · 电话<" in pictures("甲局,公文,2,1,50.0,1,0", "甲局,电话,2,1,50.0,1,0", ",电话,2,1,50.0,1,0")
    assert pictures("甲局,公文,2,1,50.0,1,0", "甲局,公文,2,1,50.0,1,0") == ""
    assert pictures("1,2,2,1,50.0,1,0") == ""


def test_contents_are_grouped_and_nothing_is_said(tmp_path: Path) -> None:
    """Tables on one subject stand together in the contents; an empty one says so, and has no empty columns."""
    (tmp_path / "whistles.csv").write_text(
        "id,kind,state,community,lead,bodies,copied_to,due,late,deadlines,score,repeated,citation\n", "utf-8"
    )
    page = write_page(board_of_results(Results(tmp_path, ON), "t"), tmp_path / "to").read_text("utf-8")
    assert "<summary>党建引领 (1)</summary>" in page
    assert '<p class="note">没有记录</p>' in page
    assert "<th" not in page.split("<script")[0]


def test_briefs_of_communities(board: Path) -> None:
    """Each community has a page and a workbook: its own rows only, red before yellow, masked."""
    brief = (board / "communities" / "dujiaping.html").read_text("utf-8")
    assert "A-005" in brief
    assert "A-006" not in brief
    assert brief.index("chip red") < brief.index("chip yellow")
    assert len(list((board / "communities").glob("*.html"))) == 18
    book = openpyxl.load_workbook(board / "communities" / "dujiaping.xlsx")
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert "杜家坪社区 社区治理简报" in cells


@pytest.mark.parametrize("command", ["board", "run"])
def test_workbooks_without_their_extra_write_nothing(
    results: Path, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be written to its end is not begun: the extra is asked for first, and nothing lies there."""
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    example, to = str(ROOT / "examples" / "huaying"), tmp_path / "to"
    places = ["--out", str(results), "--to", str(to)] if command == "board" else ["--out", str(to)]
    assert main([command, example, *places, "--xlsx"]) == 1
    assert not to.exists()
