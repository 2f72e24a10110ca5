"""Reading tables: unusual input works, bad input is told by file, row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huaying_governance.tables import INPUTS, LISTED, Table, TableSpec, read_table

SPECS: dict[str, TableSpec] = {spec.name: spec for spec in INPUTS}
Reader = Callable[[str, str | bytes], Table]

ASSIGNMENTS = "id,date,assigner,community,matter,title,funding,emergency\n"
ENTRIES = "id,kind,source,category,community,received_at,summary,petitioner\n"
ACTIONS = "entry,at,action,actor,role,lead,handler,reason,days,evidence,satisfied,target\n"
PERSONS = "person,education,spouse\n"
SPELLS = "person,employer,in_zone,from,to\n"


def codes(table: Table) -> list[str]:
    return [found.code for found in table.problems]


def test_plain_row(read: Reader) -> None:
    """A row in plain headers becomes values of the right types."""
    table = read("assignments", ASSIGNMENTS + "A1,2026-03-02,民政局,dujiaping,XZ02,题目,100.5,\n")
    assert table.whole
    assert table.rows[0].to_dict() == {
        "id": "A1",
        "date": date(2026, 3, 2),
        "assigner": "民政局",
        "community": "dujiaping",
        "matter": "XZ02",
        "title": "题目",
        "funding": Decimal("100.50"),
        "emergency": None,
    }
    assert table.rows[0].number == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("day", ["2026-02-09", "2026年2月9日", "2026/2/9", "２０２６－０２－０９"])
def test_unusual_input_works(read: Reader, encoding: str, day: str) -> None:
    """Encodings, Chinese headers in any order, mixed with plain ones, and ways to write a day do not matter."""
    header = "应急令,标题,编号,date,交办单位,所属社区,事项,经费（元）\n"
    text = header + f",关于“重阳”的通知,A1,{day},民政局,杜家坪社区,XZ02,10\n"
    table = read("assignments", text.encode(encoding))
    assert table.problems == ()
    assert table.rows[0]["date"] == date(2026, 2, 9)
    assert table.rows[0]["funding"] == Decimal(10)


def test_cells_are_normalised(read: Reader) -> None:
    """NFKC, outer spaces, and the upper-case X of an identifier."""
    table = read("persons", PERSONS + "\u300051168118000101001x ,２１,　Ｐ２\n")
    assert table.rows[0].values == ("51168118000101001X", "bachelor", "P2")


def test_crlf_blank_rows_and_row_numbers(read: Reader) -> None:
    """Blank rows are skipped and still counted, so that a row number is the one that a spreadsheet shows."""
    table = read("persons", "\r\n" + PERSONS.replace("\n", "\r\n") + "\r\n,,\r\nP1,21,\r\n \r\nP2,17,P1\r\n")
    assert [(row.number, row["education"]) for row in table.rows] == [(5, "bachelor"), (7, "other")]


def test_quoted_newlines_count_as_one_row(read: Reader) -> None:
    """A cell with line breaks is one row."""
    table = read("assignments", ASSIGNMENTS + 'A1,2026-03-02,,x,,"一\n二",,\nA2,bad,,x,,,,\n')
    assert table.rows[0]["title"] == "一\n二"
    assert table.problems[0].place.line == 3


def test_extra_columns_are_kept(read: Reader) -> None:
    """Extra columns come back with their row, in order; they do not count for what a row is."""
    one = read("persons", "备注,person,education,spouse,批次\n好,P1,21,,7\n")
    assert one.extra_headers == ("备注", "批次")
    assert one.rows[0].extras == ("好", "7")
    other = read("persons", PERSONS + "P1,本科,\n")
    assert one.rows[0].fingerprint == other.rows[0].fingerprint


def test_optional_columns_may_be_left_out(read: Reader) -> None:
    """A free column that is not there is an unknown value."""
    table = read("assignments", "id,date,assigner,community,matter\nA1,2026-03-02,民政局,dujiaping,XZ02\n")
    assert table.problems == ()
    assert table.rows[0]["funding"] is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("hardship", "hardship"),
        ("困难群众", "hardship"),
        ("民生诉求", "livelihood"),
        ("社会稳定", "stability"),
        ("Stability", "stability"),
    ],
)
def test_choices_in_both_languages(read: Reader, written: str, value: str) -> None:
    """A choice is its code or a Chinese label of it."""
    table = read("entries", ENTRIES + f"E1,{written},visit,,d,2026-01-01T10:00,,\n")
    assert table.rows[0]["kind"] == value


def test_moments_are_of_shanghai(read: Reader) -> None:
    """A local time is one of Shanghai; an offset is honoured."""
    table = read(
        "entries",
        ENTRIES + "E1,hardship,visit,,d,2026-01-01T10:00,,\nE2,hardship,visit,,d,2026-01-01T16:30Z,,\n",
    )
    first, second = (row["received_at"] for row in table.rows)
    assert isinstance(first, datetime)
    assert isinstance(second, datetime)
    assert (first.isoformat(), second.isoformat()) == (
        "2026-01-01T10:00:00+08:00",
        "2026-01-02T00:30:00+08:00",
    )


def test_lists(read: Reader) -> None:
    """A list is parted by `;` or `、`, in either width, without repeats."""
    header = "id,matter,title,assigner,communities,from,to,funding,decided_by\n"
    table = read("admissions", header + "R1,M,,,a；b、 c;a,,,,联席会议\n")
    assert table.rows[0]["communities"] == ("a", "b", "c")


def test_formula_text_is_text(read: Reader) -> None:
    """What begins like a formula is text on the way in; an apostrophe that guards it is dropped, others stay."""
    table = read("assignments", ASSIGNMENTS + "=1+1,2026-03-02,@a,'-x,'abc,'''=y,,\n")
    assert table.rows[0].values[:6] == ("=1+1", date(2026, 3, 2), "@a", "-x", "'abc", "''=y")


FILE_FAULTS = [
    (b"", "empty-file"),
    (b"\n\n , \n", "empty-file"),
    (b"\xff\xfei\x00d\x00", "bad-encoding"),
    (b"\xef\xbb\xbfid\xff\xff", "bad-encoding"),
    (bytes(range(128, 256)), "bad-encoding"),
    (b"person,education,spouse\nP\x00,21,\n", "nul-byte"),
    (b'person,education,spouse\nP1,"21,\nP2,21,\n', "bad-quotes"),
    (b'person,education,spouse\nP1,"2"1,\n', "bad-quotes"),
    (b"person,education,spouse\nP1," + b"x" * 200_000 + b",\n", "bad-quotes"),
]


@pytest.mark.parametrize(("content", "code"), FILE_FAULTS)
def test_file_faults(read: Reader, content: bytes, code: str) -> None:
    """A file that is no table is told as such, once, and none of its rows is used."""
    table = read("persons", content)
    assert (codes(table), table.rows, table.whole) == ([code], (), False)


def test_row_of_an_unbalanced_quote(read: Reader) -> None:
    """An unbalanced quote is told with the row in which it opens."""
    table = read("persons", PERSONS + 'P1,bad,\n"P2,21,\nP3,21,\n')
    assert [str(found.place) for found in table.problems] == ["persons.csv:3"]


def test_no_table(tmp_path: Path) -> None:
    """An absent table is None: not judged."""
    assert read_table(tmp_path, SPECS["persons"]) is None


def test_two_files_for_one_table(tmp_path: Path) -> None:
    """A table both as CSV and as workbook is a problem: which of them counts is not ours to choose."""
    for end in ("csv", "xlsx"):
        (tmp_path / f"persons.{end}").write_bytes(b"")
    table = read_table(tmp_path, SPECS["persons"])
    assert table is not None
    assert codes(table) == ["two-files"]


def test_folder_named_as_a_table(tmp_path: Path) -> None:
    """A folder is not a file, whatever its name."""
    (tmp_path / "persons.csv").mkdir()
    (tmp_path / "spells.xlsx").mkdir()
    for name in ("persons", "spells"):
        table = read_table(tmp_path, SPECS[name])
        assert table is not None
        assert codes(table) == ["unreadable-file"]


HEADER_FAULTS = [
    ("person,education", ["missing-column"], "spouse"),
    ("person,education,spouse,person", ["duplicate-header"], "person"),
    ("person,人员编号,education,spouse", ["duplicate-header"], "人员编号"),
    ("person,education,spouse,note,note", ["duplicate-header"], "note"),
    ("person,educaton,spouse", ["similar-header"], "educaton"),
    ("person,education,spouse,身份证号", ["forbidden-column"], "身份证号"),
    ("person,education,spouse,phone", ["forbidden-column"], "phone"),
    ("person,education,spouse,风险等级", ["forbidden-column"], "风险等级"),
]


@pytest.mark.parametrize(("header", "expected", "column"), HEADER_FAULTS)
def test_header_faults(read: Reader, header: str, expected: list[str], column: str) -> None:
    """A wrong header stops the rows of its table: only the header is told."""
    table = read("persons", header + "\nbad,rows,here,2026-02-30,,\n")
    assert codes(table) == expected
    assert (table.problems[0].place.line, table.problems[0].place.column) == (1, column)
    assert (table.rows, table.whole) == ((), False)


def test_every_header_fault_is_told(read: Reader) -> None:
    """All problems of a header are told at once."""
    table = read("persons", "person,person,phone\n")
    assert codes(table) == ["duplicate-header", "forbidden-column", "missing-column", "missing-column"]


def test_column_without_header(read: Reader) -> None:
    """Cells under no header are a problem; an empty column between others is not."""
    assert codes(read("persons", "person,,education,spouse\nP1,x,21,\n")) == ["empty-header"]
    assert read("persons", "person,,education,spouse,,\nP1,,21,,,\n").problems == ()


ROW_FAULTS = [
    ("assignments", ASSIGNMENTS, "A1,2024-02-30,,c,,,,", "bad-date", "date"),
    ("assignments", ASSIGNMENTS, "A1,,,c,,,,", "empty-cell", "date"),
    ("assignments", ASSIGNMENTS, "A1,2026-03-02,,c,,,-5,", "negative-amount", "funding"),
    ("assignments", ASSIGNMENTS, "A1,2026-03-02,,c,,,5.001,", "bad-amount", "funding"),
    ("assignments", ASSIGNMENTS, "A1,2026-03-02,,c,,,1万,", "bad-amount", "funding"),
    ("assignments", ASSIGNMENTS, "5.11681E+17,2026-03-02,,c,,,,", "number-damaged", "id"),
    ("assignments", ASSIGNMENTS, f"{'x' * 201},2026-03-02,,c,,,,", "text-too-long", "id"),
    ("assignments", ASSIGNMENTS, f"A1,2026-03-02,,c,,{'x' * 32_768},,", "text-too-long", "title"),
    ("assignments", ASSIGNMENTS, "A\u200b1,2026-03-02,,c,,,,", "control-character", "id"),
    ("assignments", ASSIGNMENTS, "A1,2026-03-02,,c", "ragged-row", None),
    ("assignments", ASSIGNMENTS, "A1,2026-03-02,,c,,,,,x", "ragged-row", None),
    ("persons", PERSONS, "511681180001010000.0,21,", "number-damaged", "person"),
    ("persons", PERSONS, "P1,99,", "unknown-choice", "education"),
    ("persons", PERSONS, "P1,21,P1", "own-spouse", "spouse"),
    ("spells", SPELLS, "P1,E,maybe,2026-01-02,", "bad-yes-no", "in_zone"),
    ("spells", SPELLS, "P1,E,,2026-01-02,", "empty-cell", "in_zone"),
    ("spells", SPELLS, "P1,E,yes,2026-01-02,2026-01-01", "to-before-from", "to"),
    ("entries", ENTRIES, "E1,accusation,visit,,d,2026-01-01,,", "accusation", "kind"),
    ("entries", ENTRIES, "E1,hardship,petition,检举控告,d,2026-01-01,,", "accusation", "category"),
    ("entries", ENTRIES, "E1,hardship,petition,help,d,2026-01-01,,", "category-not-for-source", "category"),
    ("entries", ENTRIES, "E1,hardship,visit,help,d,2026-01-01,,", "category-not-for-source", "category"),
    ("entries", ENTRIES, "E1,stability,visit,,d,2026-01-01,,P1", "petitioner-on-stability", "petitioner"),
    ("entries", ENTRIES, "E1,hardship,visit,,d,2026-01-01,,张三", "not-a-reference", "petitioner"),
    ("entries", ENTRIES, "E1,hardship,visit,,d,noon,,", "bad-moment", "received_at"),
    ("entries", ENTRIES, "E1,hardship,visits,,d,2026-01-01,,", "unknown-choice", "source"),
    ("actions", ACTIONS, "E1,2026-01-01,schedule,a,handler,,,,,,,", "empty-cell", "days"),
    ("actions", ACTIONS, "E1,2026-01-01,extend,a,leader,,,r,,,,", "empty-cell", "days"),
    ("actions", ACTIONS, "E1,2026-01-01,extend,a,leader,,,r,0,,,", "bad-count", "days"),
    ("actions", ACTIONS, "E1,2026-01-01,extend,a,leader,,,r,1.5,,,", "bad-count", "days"),
    ("actions", ACTIONS, "E1,2026-01-01,verify,a,leader,,,,,,,", "empty-cell", "satisfied"),
    ("actions", ACTIONS, "E1,2026-01-01,accept,a,boss,,,,,,,", "unknown-choice", "role"),
    ("admissions", "id,matter,title,decided_by\n", "R1,,,x", "empty-cell", "matter"),
]


@pytest.mark.parametrize(("name", "header", "row", "code", "column"), ROW_FAULTS)
def test_row_faults(read: Reader, name: str, header: str, row: str, code: str, column: str | None) -> None:
    """Each fault of a row is told with file, row and column, its value masked, and it makes the row bad."""
    table = read(name, header + row + "\n")
    assert [
        (found.code, str(found.place.file), found.place.line, found.place.column) for found in table.problems
    ] == [(code, f"{name}.csv", 2, column)]
    found = table.problems[0]
    assert (len(table.rows), len(table.bad), table.whole) == (0, 1, True)
    assert found.cure.zh
    assert found.cure.en
    for word in ("511681180001010000", "张三", "2024-02-30"):
        assert word not in found.say("zh") + found.say("en")


def test_wrong_choice_names_the_nearest(read: Reader) -> None:
    """An unknown word is answered with the nearest right one."""
    table = read("actions", ACTIONS + "E1,2026-01-01,verifi,a,verifier,,,,,,yes,\n")
    assert "`verify`" in table.problems[0].message.en


def test_all_faults_of_all_rows(read: Reader) -> None:
    """One bad row never hides the next, nor one bad cell the other."""
    table = read("assignments", ASSIGNMENTS + ",bad,,,,,-1,\nA2,2026-01-01,,c,,,,\nA3,2026-13-01,,c,,,,\n")
    assert codes(table) == ["empty-cell", "bad-date", "empty-cell", "negative-amount", "bad-date"]
    assert [row["id"] for row in table.rows] == ["A2"]


def test_duplicate_ids_withhold_every_row_of_theirs(read: Reader) -> None:
    """Of rows with one id nobody knows which is right: all are bad, the later ones are told."""
    table = read("persons", PERSONS + "P1,21,\nP2,21,\nP1,11,\nP1,11,\n")
    assert [(found.code, found.place.line) for found in table.problems] == [
        ("duplicate-id", 4),
        ("duplicate-id", 5),
    ]
    assert [row.number for row in table.bad] == [2, 4, 5]
    assert [row["person"] for row in table.rows] == ["P2"]


def test_bad_rows_still_tell_their_parent(read: Reader) -> None:
    """A bad child names its parent where it can, so that the parent can be withheld."""
    table = read("spells", SPELLS + "P1,E,maybe,2026-01-02,\nP2,E\n")
    assert [row["person"] for row in table.bad] == ["P1", "P2"]


def test_problems_are_capped_and_counted(read: Reader) -> None:
    """Reading keeps a thousand problems and counts the rest."""
    table = read("persons", PERSONS + "".join(f"P{i},99,\n" for i in range(LISTED + 50)))
    assert (len(table.problems), table.problem_count, len(table.bad)) == (LISTED, LISTED + 50, LISTED + 50)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300), name=st.sampled_from(sorted(SPECS)))
def test_no_bytes_raise(tmp_path: Path, content: bytes, name: str) -> None:
    """Whatever the bytes, reading returns a table or tells problems."""
    for end in ("csv", "xlsx"):
        path = tmp_path / f"{name}.{end}"
        path.write_bytes(content)
        table = read_table(tmp_path, SPECS[name])
        assert table is not None
        assert table.whole or table.problems
        path.unlink()


CELL = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELL, min_size=12, max_size=12), max_size=6), name=st.sampled_from(sorted(SPECS))
)
def test_any_cells_are_answered_row_by_row(tmp_path: Path, rows: list[list[str]], name: str) -> None:
    """Every row that is not blank is either sound or bad; nothing is lost and nothing raises."""
    spec = SPECS[name]
    width = len(spec.columns)
    out = io.StringIO()
    csv.writer(out).writerows([[column.name for column in spec.columns], *(row[:width] for row in rows)])
    (tmp_path / f"{name}.csv").write_text(out.getvalue(), "utf-8", newline="")
    table = read_table(tmp_path, spec)
    assert table is not None
    given_rows = sum(any(cell and not cell.isspace() for cell in row[:width]) for row in rows)
    if table.whole:
        assert len(table.rows) + len(table.bad) == given_rows
        assert bool(table.bad) == bool(table.problem_count)
