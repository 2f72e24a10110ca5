"""Bad input: exit 1, no traceback, everything named, nothing written; with --partial what is sound is done."""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from office import Ran, by, huaying, judged, read, results
from sound import sound, sound_case, spoiled, text_of

CURE = {"zh": "改法", "en": "to mend"}


def refuses(folder: Path, *says: str, hides: tuple[str, ...] = (), lang: str = "zh") -> Ran:
    """Check that a case is refused whole: exit 1, the place and the cure told, secrets not, nothing written."""
    home = folder.parent
    out, store = home / "never", home / "never.db"
    ran = huaying("run", folder, "--out", out, "--store", f"sqlite:///{store}", "--lang", lang)
    assert ran.code == 1, ran.text
    for words in says:
        assert re.search(words, ran.err), f"{words!r} is not in:\n{ran.err[:3000]}"
    for secret in hides:
        assert secret not in ran.text
    assert CURE[lang] in ran.err
    assert not out.exists()
    assert not store.exists()
    return ran


def place(table: str, row: int, column: str) -> str:
    """Return the pattern of a place: file, row as a spreadsheet counts them, column."""
    return rf"{table}\.csv:{row}:{column}\b"


CELLS = [
    ("assignments", {"funding": "-5"}, "funding"),
    ("assignments", {"funding": "五千"}, "funding"),
    ("assignments", {"funding": "nan"}, "funding"),
    ("assignments", {"funding": "1e3"}, "funding"),
    ("assignments", {"funding": "12.345"}, "funding"),
    ("assignments", {"date": "2024-02-30"}, "date"),
    ("assignments", {"date": "2026年13月9日"}, "date"),
    ("assignments", {"date": "昨天"}, "date"),
    ("assignments", {"date": ""}, "date"),
    ("assignments", {"id": ""}, "id"),
    ("assignments", {"id": "A-0"}, "id"),
    ("assignments", {"community": "无此社区"}, "community"),
    ("assignments", {"community": ""}, "community"),
    ("assignments", {"assigner": "5.11681E+17"}, "assigner"),
    ("entries", {"id": "E-0"}, "id"),
    ("entries", {"kind": "其他"}, "kind"),
    ("entries", {"kind": "accusation"}, "kind"),
    ("entries", {"kind": "检举控告"}, "kind"),
    ("entries", {"source": "petition", "category": "accusation"}, "category"),
    ("entries", {"source": "petition", "category": "检举控告"}, "category"),
    ("entries", {"source": "petition", "category": "consult"}, "category"),
    ("entries", {"source": "hotline", "category": "appeal"}, "category"),
    ("entries", {"source": "grid", "category": "help"}, "category"),
    ("entries", {"source": "fax"}, "source"),
    ("entries", {"community": "nowhere"}, "community"),
    ("entries", {"received_at": "2026-03-02T25:00"}, "received_at"),
    ("entries", {"received_at": "2026-02-30T09:00"}, "received_at"),
    ("entries", {"received_at": ""}, "received_at"),
    ("entries", {"kind": "stability"}, "petitioner"),
    ("entries", {"petitioner": "511681180001010028.0"}, "petitioner"),
    ("actions", {"action": "teleport"}, "action"),
    ("actions", {"role": "king"}, "role"),
    ("actions", {"at": "2026-03-03T09:61"}, "at"),
    ("actions", {"entry": "E-9"}, "entry"),
    ("actions", {"entry": ""}, "entry"),
    ("actions", {"days": "-3"}, "days"),
    ("actions", {"days": "三"}, "days"),
    ("actions", {"satisfied": "maybe"}, "satisfied"),
    ("persons", {"person": "W-0"}, "person"),
    ("persons", {"education": "99"}, "education"),
    ("persons", {"education": "博士后"}, "education"),
    ("persons", {"spouse": "W-1"}, "spouse"),
    ("persons", {"person": "5.11681E+17"}, "person"),
    ("spells", {"in_zone": "maybe"}, "in_zone"),
    ("spells", {"in_zone": ""}, "in_zone"),
    ("spells", {"to": "2024-12-31"}, "to"),
    ("spells", {"from": ""}, "from"),
    ("spells", {"from": "2025-02-29"}, "from"),
    ("spells", {"person": "W-9"}, "person"),
    ("residents", {"body": "parliament"}, "body"),
    ("residents", {"body": ""}, "body"),
    ("residents", {"rights": "也许"}, "rights"),
    ("residents", {"born": "1980-13-01"}, "born"),
    ("residents", {"community": "nowhere"}, "community"),
    ("admissions", {"funding": "-1"}, "funding"),
    ("admissions", {"communities": "dujiaping;nowhere"}, "communities"),
    ("admissions", {"from": "2026-12-31", "to": "2026-01-01"}, "to"),
]


@pytest.mark.parametrize("case_", range(len(CELLS)))
def test_a_bad_cell_is_named_and_nothing_is_written(tmp_path: Path, case_: int) -> None:
    """One bad cell: its file, row and column and a cure are told; nothing is written; `check` tells the same."""
    table, cells, column = CELLS[case_]
    number = len(sound()[table]) // 2
    folder = sound_case(tmp_path / "case", **{table: spoiled(table, number, cells)})
    refuses(folder, place(table, number + 2, column), lang="en" if case_ % 4 else "zh")
    ran = huaying("check", folder)
    # A store may know the entry that no table names: a warning, which only a run can make a problem.
    assert ran.code == (0 if cells == {"entry": "E-9"} else 1)
    assert re.search(place(table, number + 2, column), ran.text)


RED = [
    "身份证号",
    "身份证号码",
    "公民身份号码",
    "id_card",
    "手机号",
    "联系电话",
    "phone",
    "mobile",
    "人脸",
    "人脸照片",
    "指纹",
    "face_id",
    "fingerprint",
    "风险等级",
    "人员风险等级",
    "risk_level",
    "person_level",
    "risk_score",
    "行动轨迹",
    "trajectory",
    "车牌号",
    "plate_number",
    "宗教信仰",
    "religion",
    "银行卡号",
    "bank_account",
]


@pytest.mark.parametrize("header", RED)
def test_a_column_that_must_not_be_held(tmp_path: Path, header: str) -> None:
    """Rows 50 and 51: a column that names what the library must not hold is refused, whatever its cells are."""
    rows = [{**row, header: "51168118000101001X"} for row in sound()["entries"]]
    refuses(
        sound_case(tmp_path / "case", entries=rows),
        rf"entries\.csv.*{re.escape(header)}",
        hides=("51168118",),
    )


def test_values_are_masked(tmp_path: Path) -> None:
    """A problem repeats no personal data: an id, a name or a phone number in a bad cell is masked."""
    rows = spoiled("persons", 1, {"education": "511681180001010028"})
    rows[2]["spouse"] = "W-2"
    entries = spoiled("entries", 1, {"petitioner": "王小明", "received_at": "13812345678"})
    folder = sound_case(tmp_path / "case", persons=rows, entries=entries)
    hides = ("511681180001010028", "13812345678", "王小明")
    refuses(folder, place("persons", 3, "education"), place("entries", 3, "received_at"), hides=hides)


def test_problems_of_all_tables_are_told_at_once(tmp_path: Path) -> None:
    """Every problem of every table is listed in one run."""
    folder = sound_case(
        tmp_path / "case",
        assignments=spoiled("assignments", 0, {"funding": "-1", "date": "x"}),
        entries=spoiled("entries", 2, {"kind": "x"}),
        spells=spoiled("spells", 1, {"to": "2000-01-01"}),
    )
    refuses(
        folder,
        place("assignments", 2, "funding"),
        place("assignments", 2, "date"),
        place("entries", 4, "kind"),
        place("spells", 3, "to"),
    )


def raw(folder: Path, name: str, content: bytes) -> Path:
    sound_case(folder)
    (folder / name).write_bytes(content)
    return folder


def spoil(old: str, new: str, table: str = "assignments") -> bytes:
    text = text_of(table, sound()[table])
    assert old in text
    return text.replace(old, new, 1).encode()


FILES: list[tuple[str, bytes]] = [
    ("assignments.csv", b""),
    ("assignments.csv", b"\n\n"),
    ("assignments.csv", spoil("A-1", "A\0-1")),
    ("assignments.csv", spoil("A-1", '"A-1')),
    ("assignments.csv", spoil("A-1", '"A"-1')),
    ("assignments.csv", spoil(",funding,", ",fundng,")),
    ("assignments.csv", spoil("id,date", "id,when")),
    ("assignments.csv", spoil("id,date", "date")),
    ("assignments.csv", spoil("matter,title", "matter,matter")),
    ("assignments.csv", spoil("A-1,2026-03-02", "A-1,,2026-03-02")),
    ("assignments.csv", b"\xff\xfe" + "id,date\n".encode("utf-16-le")),
    ("assignments.csv", b"\x81\xff\xff\xfe\x00\x80"),
    ("assignments.xlsx", b"this is no workbook"),
    ("entries.csv", b"PK\x03\x04 an xlsx that was renamed"),
    ("persons.csv", spoil("person,education", "education", "persons")),
]


@pytest.mark.parametrize(("name", "content"), FILES)
def test_a_bad_file(tmp_path: Path, name: str, content: bytes) -> None:
    """A file that is no table, or whose header is wrong: the file is named, nothing is written."""
    folder = raw(tmp_path / "case", name, content)
    if name.endswith(".xlsx"):
        (folder / f"{Path(name).stem}.csv").unlink()
    refuses(folder, re.escape(name))


@pytest.mark.parametrize(("child", "parent"), [("actions", "entries"), ("spells", "persons")])
def test_children_without_parents(tmp_path: Path, child: str, parent: str) -> None:
    """A table of children whose parents' table is absent is a problem."""
    folder = sound_case(tmp_path / "case")
    (folder / f"{parent}.csv").unlink()
    refuses(folder, rf"{child}\.csv", parent)


CASES: list[str] = [
    "",
    "[case",
    "[other]\ntitle = 'x'\n",
    "[case]\ntitle = 'x'\non = 2026-11-23\n",
    "[case]\ntitle = 'x'\npack = 'huaying'\n",
    "[case]\ntitle = 'x'\npack = 'no-such-pack'\non = 2026-11-23\n",
    "[case]\ntitle = 'x'\npack = 'huaying'\non = '2026-02-30'\n",
    "[case]\ntitle = 'x'\npack = 'huaying'\non = 5\n",
    "[case]\ntitle = 'x'\npack = 'huaying'\non = 2026-02-30\n",
    "[case]\ntitle = 'x'\npack = 7\non = 2026-11-23\n",
]


@pytest.mark.parametrize("text", CASES)
def test_a_bad_case_toml(tmp_path: Path, text: str) -> None:
    """A case.toml that cannot be understood is a problem that names it."""
    folder = sound_case(tmp_path / "case")
    (folder / "case.toml").write_text(text, "utf-8")
    refuses(folder, "case.toml|no-such-pack")


def test_no_case_at_all(tmp_path: Path) -> None:
    """A folder without case.toml, and no folder, are problems."""
    (tmp_path / "case").mkdir()
    refuses(tmp_path / "case", "case.toml")
    refuses(tmp_path / "nowhere", "nowhere")


def test_more_problems_than_anybody_reads(tmp_path: Path) -> None:
    """At most a thousand problems are listed, and the number of the rest is told."""
    rows = [{**sound()["assignments"][0], "id": f"A-{n}", "funding": "-1"} for n in range(1500)]
    ran = refuses(sound_case(tmp_path / "case", assignments=rows))
    assert len(re.findall(r"assignments\.csv:\d+:funding", ran.err)) == 1000
    assert re.search(r"\b500\b", ran.err)
    both = sound_case(
        tmp_path / "both",
        assignments=rows,
        persons=[{"person": f"W-{n}", "education": "x"} for n in range(1500)],
        spells=[],
    )
    ran = refuses(both)
    assert len(re.findall(r"\.csv:\d+:", ran.err)) == 1000
    assert re.search(r"2,?000\b", ran.err)


def test_with_partial_the_list_of_problems_is_bounded_too(tmp_path: Path) -> None:
    """With --partial problems.csv lists a thousand, and the summary tells of all."""
    rows = [{**sound()["assignments"][0], "id": f"A-{n}", "funding": "-1" if n else "5"} for n in range(1201)]
    ran = judged(sound_case(tmp_path / "case", assignments=rows), tmp_path / "out", "--partial")
    assert len(read(tmp_path / "out" / "problems.csv")) == 1000
    assert re.search(r"1,?200\b", ran.text)
    assert [row["id"] for row in read(tmp_path / "out" / "assignments.csv")] == ["A-0"]


# ---- --partial ------------------------------------------------------------------------------------------------------
def partial(tmp_path: Path, **changed: list[dict[str, str]]) -> Path:
    """Run the spoiled office with --partial and the sound one without; return the first's OUT."""
    judged(sound_case(tmp_path / "sound"), tmp_path / "whole")
    judged(sound_case(tmp_path / "case", **changed), tmp_path / "out", "--partial")
    return tmp_path / "out"


def kept(out: Path, table: str, column: str) -> set[str]:
    """Return whose rows a partial run wrote; each must equal the row of the sound run."""
    whole = read(out.parent / "whole" / f"{table}.csv")
    rows = read(out / f"{table}.csv")
    assert all(row in whole for row in rows)
    return {row[column] for row in rows}


def listed(out: Path) -> list[tuple[str, str, str]]:
    return [(row["table"], row["row"], row["column"]) for row in read(out / "problems.csv")]


def test_partial_does_the_good_rows(tmp_path: Path) -> None:
    """A bad row is listed and the others are done as ever."""
    out = partial(tmp_path, assignments=spoiled("assignments", 1, {"funding": "-1"}))
    assert kept(out, "assignments", "id") == {"A-0", "A-2"}
    assert listed(out) == [("assignments.csv", "3", "funding")]
    row = read(out / "problems.csv")[0]
    assert row["message"]
    assert row["cure"]


def test_partial_a_bad_spell_withholds_its_person_and_the_couple(tmp_path: Path) -> None:
    """W-0 and W-1 are a couple: a bad spell of W-1 withholds W-1, and W-0 keeps what does not rest on it."""
    out = partial(tmp_path, spells=spoiled("spells", 1, {"in_zone": "x"}))
    rows = [(row["person"], row["rule"]) for row in read(out / "awards.csv")]
    assert "W-1" not in {person for person, _ in rows}
    assert ("W-0", "couple") not in rows
    assert ("W-2", "postgraduate") in rows
    assert listed(out) == [("spells.csv", "3", "in_zone")]


def test_a_spell_from_before_all_time(tmp_path: Path) -> None:
    """Dates that no office means, in a form that is right: an answer or a problem of a row, never half a run."""
    for day in ("0001-01-01", "9999-12-31"):
        rows = spoiled("spells", 2, {"from": day})
        people = spoiled("residents", 1, {"born": day, "living_since": day})
        home = tmp_path / day
        ran = huaying("run", sound_case(home / "case", spells=rows, residents=people), "--out", home / "out")
        assert ran.code == 0 or (not (home / "out").exists() and re.search(r"\.csv:\d+", ran.err)), ran.text


def test_partial_a_bad_person_withholds_the_couple(tmp_path: Path) -> None:
    """A bad row of a person withholds the couple too: nothing is paid on half of what is known."""
    out = partial(tmp_path, persons=spoiled("persons", 1, {"education": "x"}))
    rows = [(row["person"], row["rule"]) for row in read(out / "awards.csv")]
    assert "W-1" not in {person for person, _ in rows}
    assert ("W-0", "couple") not in rows


def test_partial_a_bad_action_withholds_its_entry(tmp_path: Path) -> None:
    """No action of an entry is applied while one of them is bad; when it is mended all are."""
    out = partial(tmp_path, actions=spoiled("actions", 1, {"role": "king"}))
    assert kept(out, "entries", "id") == {"E-0", "E-2"}
    assert listed(out) == [("actions.csv", "3", "role")]
    judged(sound_case(tmp_path / "case"), out)
    assert kept(out, "entries", "id") == {"E-0", "E-1", "E-2"}
    assert results(out) == results(tmp_path / "whole")


def test_partial_a_bad_entry_takes_its_actions_along(tmp_path: Path) -> None:
    """The actions of a bad entry are not applied, and are no further problem."""
    out = partial(tmp_path, entries=spoiled("entries", 0, {"kind": "x"}))
    assert kept(out, "entries", "id") == {"E-1", "E-2"}
    assert listed(out) == [("entries.csv", "2", "kind")]


@pytest.mark.parametrize("table", ["assignments", "entries", "actions", "persons", "spells", "residents"])
def test_partial_mended_ends_as_if_it_had_been_sound(tmp_path: Path, table: str) -> None:
    """After the bad rows are mended, a further run ends as one run of the sound office."""
    spoil = {
        "assignments": "date",
        "entries": "received_at",
        "actions": "at",
        "persons": "education",
        "spells": "from",
    }
    column = spoil.get(table, "born")
    out = partial(tmp_path, **{table: spoiled(table, 1, {column: "x"})})
    judged(sound_case(tmp_path / "case"), out)
    assert results(out) == results(tmp_path / "whole")
    assert not (out / "problems.csv").exists()


def test_partial_a_bad_admission_withholds_what_waits_for_it(tmp_path: Path) -> None:
    """What only an admission could permit is not refused for good while the admission has a problem."""
    rows = sound()["assignments"]
    rows[1]["matter"] = "N1"
    folder = sound_case(tmp_path / "sound", assignments=rows)
    judged(folder, tmp_path / "whole")
    bad = spoiled("admissions", 0, {"funding": "x"})
    judged(sound_case(tmp_path / "case", assignments=rows, admissions=bad), tmp_path / "out", "--partial")
    assert kept(tmp_path / "out", "assignments", "id") == {"A-0", "A-2"}
    judged(sound_case(tmp_path / "case", assignments=rows), tmp_path / "out")
    assert results(tmp_path / "out") == results(tmp_path / "whole")


def test_partial_duplicates_are_all_set_aside_or_the_first_kept(tmp_path: Path) -> None:
    """Of two rows with one id the second at least is listed, and the others are done."""
    out = partial(tmp_path, assignments=spoiled("assignments", 1, {"id": "A-0"}))
    assert "A-2" in kept(out, "assignments", "id")
    assert ("assignments.csv", "3", "id") in listed(out)


# ---- unusual, and fine ----------------------------------------------------------------------------------------------
CHINESE = {
    "id": "编号",
    "date": "日期",
    "assigner": "交办单位",
    "community": "社区",
    "matter": "事项",
    "title": "标题",
    "funding": "经费",
    "emergency": "应急令",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_unusual_writing_is_read(tmp_path: Path, encoding: str, end: str) -> None:
    """GB18030, a byte order mark, Chinese headers, 2026年3月2日, full-width digits and outer spaces are understood."""
    judged(sound_case(tmp_path / "sound"), tmp_path / "whole")
    rows = sound()["assignments"]
    for row, day in zip(rows, ["2026年3月2日", "２０２６/3/2", " 2026-03-02 "], strict=True):
        row |= {"date": day, "funding": "２００００", "assigner": " 民政局　"}
    text = text_of("assignments", rows)
    for name, label in CHINESE.items():
        text = re.sub(rf"(?<![^,\n]){name}(?=,|\n)", label, text, count=1)
    folder = sound_case(tmp_path / "case")
    (folder / "assignments.csv").write_bytes(text.replace("\n", end).encode(encoding))
    judged(folder, tmp_path / "out")
    assert results(tmp_path / "out") == results(tmp_path / "whole")


def workbook(path: Path, rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)


def test_tables_from_excel(tmp_path: Path) -> None:
    """A workbook is read as CSV is, with real dates and numbers in its cells; the results are the same."""
    judged(sound_case(tmp_path / "sound"), tmp_path / "whole")
    folder = sound_case(tmp_path / "case")
    for table in ("assignments", "persons", "spells"):
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            lines: list[list[object]] = [list(row) for row in csv.reader(file)]
        for line in lines[1:]:
            for place_, cell in enumerate(line):
                if cell == "2026-03-02":
                    line[place_] = datetime(2026, 3, 2)
                elif cell == "2025-01-01":
                    line[place_] = date(2025, 1, 1)
                elif cell in {"20000", "21", "14"}:
                    line[place_] = int(str(cell))
        (folder / f"{table}.csv").unlink()
        workbook(folder / f"{table}.xlsx", lines)
    judged(folder, tmp_path / "out")
    assert results(tmp_path / "out") == results(tmp_path / "whole")


@pytest.mark.parametrize("cell", [511681180001010028, 5.11681180001010e17])
def test_a_long_number_in_excel_is_damaged(tmp_path: Path, cell: object) -> None:
    """An 18-digit reference kept as a number has lost digits: a problem, the value masked."""
    folder = sound_case(tmp_path / "case")
    (folder / "persons.csv").unlink()
    (folder / "spells.csv").unlink()
    workbook(folder / "persons.xlsx", [["person", "education", "spouse"], [cell, "21", ""]])
    refuses(folder, r"persons\.xlsx:2:person", hides=("511681180001010028", "51168118000101"))


def test_a_red_line_column_in_excel(tmp_path: Path) -> None:
    """A workbook is held to the same red lines."""
    folder = sound_case(tmp_path / "case")
    (folder / "persons.csv").unlink()
    workbook(
        folder / "persons.xlsx",
        [["person", "education", "spouse", "手机号"], ["W-0", "21", "", "13812345678"]],
    )
    refuses(folder, r"persons\.xlsx.*手机号", hides=("13812345678",))


FORMULAS = ["=1+1", "+86", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_text_and_is_neutralised(tmp_path: Path, text: str) -> None:
    """A cell that begins like a formula is text on the way in, and cannot run in what is written."""
    rows = spoiled("entries", 0, {"id": "E-f", "备注": text})
    rows[1]["备注"] = "平常"
    folder = sound_case(tmp_path / "case", entries=rows, actions=[])
    judged(folder, tmp_path / "out")
    got = by(read(tmp_path / "out" / "entries.csv"), "id")
    assert not got["E-f"]["备注"].startswith(("=", "+", "-", "@", "\t"))
    assert text.strip() in got["E-f"]["备注"]
    assert got["E-1"]["备注"] == "平常"


def test_an_extra_column_never_hides_the_ruling(tmp_path: Path) -> None:
    """A column of the office's own that is called like a result stands beside it, under another name."""
    rows = [{**row, "outcome": "办公室的看法", "reason": "另见"} for row in sound()["assignments"]]
    judged(sound_case(tmp_path / "case", assignments=rows), tmp_path / "out")
    header = (tmp_path / "out" / "assignments.csv").read_text("utf-8").splitlines()[0].split(",")
    assert len(set(header)) == len(header)
    for row in read(tmp_path / "out" / "assignments.csv"):
        assert row["outcome"] == "permitted"
        assert "办公室的看法" in row.values()


def test_extra_columns_are_written_back(tmp_path: Path) -> None:
    """A column that the table does not know is kept, in the order of the file."""
    rows = [
        {**row, "channel": f"微信群{n}", "经办科室": "办公室"} for n, row in enumerate(sound()["assignments"])
    ]
    judged(sound_case(tmp_path / "case", assignments=rows), tmp_path / "out")
    got = read(tmp_path / "out" / "assignments.csv")
    assert [(row["channel"], row["经办科室"]) for row in got] == [(f"微信群{n}", "办公室") for n in range(3)]


# ---- usage and doors ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["run"],
        ["run", "folder"],
        ["dance"],
        ["verify"],
        ["check"],
        ["run", "folder", "--out", "x", "--lang", "fr"],
        ["run", "folder", "--out", "x", "--what"],
    ],
)
def test_wrong_usage_is_two(arguments: list[str]) -> None:
    """Wrong usage exits 2 and says how it is meant."""
    ran = huaying(*arguments)
    assert ran.code == 2
    assert "usage" in ran.err


@pytest.mark.parametrize("url", ["ftp://x/y", "mysql://u:secret@h/d", "sqlite:///"])
def test_a_store_that_cannot_be(tmp_path: Path, url: str) -> None:
    """A store that cannot be opened is told without a traceback."""
    assert huaying("run", sound_case(tmp_path / "case"), "--out", tmp_path / "out", "--store", url).code in {
        1,
        2,
    }
    ran = huaying("verify", url)
    assert ran.code in {1, 2}
    assert "secret" not in ran.text


def test_a_store_where_there_is_no_folder(tmp_path: Path) -> None:
    """What is wrong with a store is said in the language that was asked for."""
    url = f"sqlite:///{tmp_path / 'no' / 'such' / 'x.db'}"
    for command in (
        ["run", sound_case(tmp_path / "case"), "--out", tmp_path / "out", "--store", url],
        ["verify", url],
    ):
        for lang, words in (("zh", r"[\u4e00-\u9fff]"), ("en", "[a-z]{3}")):
            ran = huaying(*command, "--lang", lang)
            assert ran.code == 1
            assert re.search(words, ran.err.replace(str(tmp_path), ""))
            assert lang == "zh" or not re.search(r"[\u4e00-\u9fff]", ran.err)


def spoil_database(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        for trigger in connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            connection.execute(f'drop trigger "{trigger[0]}"')
        connection.execute(statement)
    connection.close()


def tables_of(path: Path) -> dict[str, list[tuple[str, str]]]:
    connection = sqlite3.connect(path)
    names = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
    found = {
        name: [(row[1], row[2]) for row in connection.execute(f'pragma table_info("{name}")')]
        for name in names
    }
    connection.close()
    return found


def events_table(path: Path) -> str:
    return next(
        name for name, columns in tables_of(path).items() if {"stream", "version"} <= {c for c, _ in columns}
    )


def swap(column: str) -> Callable[[str], str]:
    return lambda table: (
        f"update {table} set {column} = (select {column} from {table} order by rowid desc limit 1) "
        f"where rowid = (select rowid from {table} order by rowid limit 1 offset 2)"
    )


TAMPERING: dict[str, Callable[[str], str]] = {
    "payload": swap("payload"),
    "hash": swap("hash"),
    "delete": lambda table: (
        f"delete from {table} where version = 1 and stream in "
        f"(select stream from {table} where version = 2 limit 1)"
    ),
    "type": lambda table: f"update {table} set type = type || 'x' where rowid = 3",
    "command": lambda table: f"update {table} set command = command || 'x' where command is not null",
    "version": lambda table: f"update {table} set version = version + 5 where rowid = 3",
    "stream": lambda table: f"update {table} set stream = stream || 'x' where rowid = 3",
}


@pytest.mark.parametrize("how", sorted(TAMPERING))
def test_verify_names_a_broken_place(tmp_path: Path, how: str) -> None:
    """`huaying verify` says that a store is whole, and names the stream of the first event that was tampered with."""
    judged(sound_case(tmp_path / "case"), tmp_path / "out")
    store = tmp_path / "out" / "huaying.db"
    assert huaying("verify", f"sqlite:///{store}").code == 0
    table = events_table(store)
    spoil_database(store, TAMPERING[how](table))
    for lang in ("zh", "en"):
        ran = huaying("verify", f"sqlite:///{store}", "--lang", lang)
        assert ran.code == 1, ran.text
        assert re.search(r"`\w+[:/@-]\S+`", ran.err), ran.err


def test_verify_makes_no_file(tmp_path: Path) -> None:
    """Verifying a store that is not there exits 1 and makes none."""
    ran = huaying("verify", f"sqlite:///{tmp_path / 'nothing.db'}")
    assert ran.code == 1
    assert ran.err
    assert not list(tmp_path.iterdir())


def test_verify_a_file_that_is_no_store(tmp_path: Path) -> None:
    """A file that is no database, and a database that is no store, are told and left as they are."""
    text = tmp_path / "text.db"
    text.write_text("hello" * 1000, "utf-8")
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("create table t (x)")
    connection.commit()
    connection.close()
    before = other.read_bytes()
    for path in (text, other):
        assert huaying("verify", f"sqlite:///{path}").code == 1
        assert (
            huaying(
                "run", sound_case(tmp_path / "case"), "--out", tmp_path / "o", "--store", f"sqlite:///{path}"
            ).code
            == 1
        )
    assert other.read_bytes() == before
