"""Writing tables: what is written reads back as it was, and no spreadsheet takes text for a formula."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huaying_governance.tables import (
    INPUTS,
    OUTPUTS,
    guarded,
    identities,
    normal,
    read_table,
    show,
    write_table,
)
from huaying_governance.tables.vocabulary import CONCEPTS, HEADERS, header_label

SPECS = {spec.name: spec for spec in INPUTS}
OUT = {spec.name: spec for spec in OUTPUTS}


@given(st.text(max_size=30))
def test_guard_and_normal_are_inverse(text: str) -> None:
    """A normalised text, guarded on the way out, is itself again on the way in."""
    plain = normal(text)
    while normal(plain) != plain:
        plain = normal(plain)
    assert normal(guarded(plain)) == plain


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@a", "'=x", "\tx", "\rx"])
def test_formulas_are_guarded(text: str) -> None:
    """What a spreadsheet would run begins with an apostrophe in what is written."""
    assert guarded(text) == "'" + text


def test_values_as_tables_hold_them() -> None:
    """Amounts have two decimals, days are ISO, yes and no are words, lists are joined by `;`, None is empty."""
    values = [Decimal(2000), date(2026, 1, 2), True, False, ("a", "b"), None, 7, frozenset({"b", "a"})]
    assert [show(value) for value in values] == ["2000.00", "2026-01-02", "yes", "no", "a;b", "", "7", "a;b"]


REF = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8).map(normal)
ROW = st.tuples(
    REF,
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.none() | REF,
    REF,
    st.none() | REF,
    st.none() | st.text(max_size=20).map(normal).map(lambda text: text or None),
    st.none() | st.decimals(0, 10**9, places=2),
    st.none() | REF,
)


def _stable(values: tuple[object, ...]) -> bool:
    """Texts that NFKC settles in one step and that hold no NUL; a damaged-looking number is not for a round trip."""
    texts = [value for value in values if isinstance(value, str)]
    return all(text and normal(text) == text and text.isprintable() and "+" not in text for text in texts)


@pytest.mark.parametrize("end", ["csv", "xlsx"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(ROW.filter(_stable), max_size=4, unique_by=lambda row: row[0]),
    extra=REF.filter(lambda t: t.isprintable()),
)
def test_export_is_import(tmp_path: Path, end: str, rows: list[tuple[object, ...]], extra: str) -> None:
    """A table that is written and read again is the same table, extra columns included."""
    spec = SPECS["assignments"]
    write_table(
        tmp_path / f"assignments.{end}", spec, [(*row, extra) for row in rows], extra_headers=["备注"]
    )
    table = read_table(tmp_path, spec)
    assert table is not None
    assert not [found for found in table.problems if found.code != "number-damaged"]
    if not table.problems:
        assert [row.values for row in table.rows] == rows
        assert all(row.extras == (normal(extra),) for row in table.rows)


def test_plain_bytes(tmp_path: Path) -> None:
    """CSV is UTF-8 without a mark, with plain newlines, and as readable as its neighbours."""
    path = tmp_path / "awards.csv"
    write_table(path, OUT["awards"], [("P1", "p", "r", Decimal(2000), "payable", "", "理由", "=依据")])
    assert path.read_bytes().decode() == (
        "person,policy,rule,amount,outcome,missing,reason,citation\nP1,p,r,2000.00,payable,,理由,'=依据\n"
    )
    assert path.stat().st_mode & 0o777 == 0o644


def test_chinese_headers_are_read_again(tmp_path: Path) -> None:
    """Chinese labels may be asked for, and are headers that reading knows."""
    for spec in INPUTS:
        write_table(tmp_path / f"{spec.name}.csv", spec, [], labels="zh")
        table = read_table(tmp_path, spec)
        assert table is not None
        assert table.problems == ()


def test_whole_or_not_at_all(tmp_path: Path) -> None:
    """When writing fails half-way, the old file stays and nothing else is left behind."""
    path = tmp_path / "awards.csv"
    path.write_text("old")
    with pytest.raises(ValueError, match="3 cells, its header 8"):
        write_table(path, OUT["awards"], [("a",) * 8, ("a",) * 3])
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_identity_of_rows(tmp_path: Path) -> None:
    """A row is its id; without one, the hash of its content and its ordinal among equal rows."""
    (tmp_path / "spells.csv").write_text(
        "person,employer,in_zone,from,to\nP1,E,yes,2026-01-01,\nP1,E,是,2026/1/1,\nP1,E,no,2026-01-01,\n"
    )
    table = read_table(tmp_path, SPECS["spells"])
    assert table is not None
    names = [identity for _, identity in identities(table.rows)]
    assert [name[-2:] for name in names] == ["-1", "-2", "-1"]
    assert names[0][:-2] == names[1][:-2] != names[2][:-2]
    (tmp_path / "persons.csv").write_text("person,education,spouse\nP1,21,\n")
    (tmp_path / "assignments.csv").write_text("id,date,assigner,community,matter\nA1,2026-01-01,,c,\n")
    assignments = read_table(tmp_path, SPECS["assignments"])
    assert assignments is not None
    assert [identity for _, identity in identities(assignments.rows)] == ["A1"]


def test_one_dictionary_of_headers() -> None:
    """No label names two headers, and every column of every table has a label."""
    names = Counter(name for concept in CONCEPTS for name in concept.HEADERS)
    assert [name for name, times in names.items() if times > 1] == []
    labels = Counter(label for words in HEADERS.values() for label in words)
    assert [label for label, count in labels.items() if count > 1] == []
    for spec in (*INPUTS, *OUTPUTS):
        assert all(header_label(column.name).zh for column in spec.columns)


def test_csv_module_reads_what_is_written(tmp_path: Path) -> None:
    """Commas, quotes and line breaks survive."""
    path = tmp_path / "problems.csv"
    write_table(path, OUT["problems"], [('a,"b"\nc', "1", "", "", "", "", "")])
    assert next(iter(list(csv.reader(io.StringIO(path.read_text())))[1:]))[0] == 'a,"b"\nc'
