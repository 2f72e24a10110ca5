"""读表: a table of a case folder, from CSV or Excel, with every problem of it.

First the file, then its header, then its rows: a problem of one stops the next, so that nobody is told about a
thousand rows because one header is wrong. Rows stream; what stays in memory is their values.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import define, field

from huaying_governance.errors import Place, system_reason
from huaying_governance.kernel.privacy import mask
from huaying_governance.tables import excel
from huaying_governance.tables.cells import (
    DAMAGED_MARK,
    Column,
    Fault,
    damaged,
    normal,
    parse_cell,
)
from huaying_governance.tables.faults import Collector, problem
from huaying_governance.tables.header import Header, below_titles, read_header
from huaying_governance.tables.spec import TableSpec
from huaying_governance.tables.table import Row, Table
from huaying_governance.tables.watching import Seen, watched

_MEMO = 20_000
"""Writings of a column whose values are remembered."""


class Unreadable(Exception):
    """The file cannot be read as a table: code, row, and what the message tells. Never leaves this package."""

    def __init__(self, code: str, row: int | None = None, **tells: object) -> None:
        super().__init__(code)
        self.code, self.row, self.tells = code, row, tells


def read_table(folder: Path | str, spec: TableSpec, seen: Seen | None = None) -> Table | None:
    """Return the table `NAME.csv` or `NAME.xlsx` of `folder`; None where there is neither.

    Nothing raises for what is in the file: its problems come back with the table. `MissingExtra` is raised where an
    Excel file is met and the extra `excel` is not installed. `seen` is told how far a long table has been read.
    """
    found = [path for end in (".csv", ".xlsx") if (path := Path(folder) / f"{spec.name}{end}").exists()]
    if not found:
        return None
    if len(found) == 2:
        faults = Collector()
        tells = {"a": found[0].name, "b": found[1].name}
        faults.add(problem("two-files", Place(found[0].name), tells=tells))
        return _broken(spec, found[0].name, faults)
    return read_file(found[0], spec, seen=seen)


def read_file(path: Path | str, spec: TableSpec, name: str = "", *, seen: Seen | None = None) -> Table:
    """Return the table that one CSV or Excel file holds; `name` is how its problems call the file."""
    source = Path(path)
    rows = excel.cells(source, spec, seen) if source.suffix.lower() == ".xlsx" else _csv_rows(source, seen)
    # A sheet is a rectangle: cells that were never filled in are empty, not missing.
    return read_rows(rows, spec, name or source.name, rectangle=source.suffix.lower() == ".xlsx")


def read_rows(
    rows: Iterator[tuple[int, list[str]]], spec: TableSpec, name: str, *, rectangle: bool = False
) -> Table:
    """Return the table of numbered rows of text; the header is the first that is not blank, or stands below a title.

    In a `rectangle` a row that ends early is empty from there on; elsewhere it is a problem.
    """
    reader = _Reader(spec, name, rectangle)
    try:
        return reader.read(rows)
    except Unreadable as fault:
        reader.fail(fault)
    except excel.BadWorkbook as fault:
        reader.fail(Unreadable("unreadable-file", why=fault.why))
    except OSError as fault:
        reader.fail(Unreadable("unreadable-file", why=system_reason(fault)))
    return _broken(spec, reader.file, reader.faults)


def _broken(spec: TableSpec, file: str, faults: Collector) -> Table:
    return Table(spec, file, (), problems=tuple(faults.problems), problem_count=faults.count, whole=False)


def _surveyed(path: Path) -> tuple[str, int]:
    """Return the encoding that reads the whole file, and its lines: UTF-8 (with or without mark), else GB18030."""
    with path.open("rb") as file:
        mark = file.read(3)
    if mark[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        raise Unreadable("bad-encoding")
    for encoding in ("utf-8-sig",) if mark == codecs.BOM_UTF8 else ("utf-8-sig", "gb18030"):
        try:
            lines = 0
            with path.open(encoding=encoding, newline="") as text:
                while chunk := text.read(1 << 20):
                    if "\0" in chunk:
                        raise Unreadable("nul-byte")
                    lines += chunk.count("\n")
        except UnicodeDecodeError:
            continue
        return encoding, lines
    raise Unreadable("bad-encoding")


def _csv_rows(path: Path, seen: Seen | None) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each row, as a spreadsheet counts rows."""
    encoding, lines = _surveyed(path)
    with path.open(encoding=encoding, newline="") as file:
        number = 0
        try:
            for cells in watched(csv.reader(file, strict=True), lines, seen):
                number += 1
                yield number, cells
        except csv.Error as fault:
            raise Unreadable("bad-quotes", number + 1, why=str(fault)) from None


@define
class _Reader:
    """One reading of one table: the state that the three steps share."""

    spec: TableSpec
    file: str
    rectangle: bool = False
    faults: Collector = field(factory=Collector)
    rows: list[Row] = field(factory=list)
    bad: list[Row] = field(factory=list)
    first: dict[object, int] = field(factory=dict)
    twice: set[object] = field(factory=set)
    memo: dict[str, dict[str, object]] = field(factory=dict)

    def fail(self, fault: Unreadable) -> None:
        """Note a problem of the file; what was found in its rows before is not told, for it cannot be trusted."""
        self.faults = Collector()
        self.faults.add(problem(fault.code, Place(self.file, fault.row), tells=fault.tells))

    def read(self, rows: Iterator[tuple[int, list[str]]]) -> Table:
        """Return the table of these rows, the first non-blank of which is the header."""
        header: Header | None = None
        for number, cells in below_titles(self.spec, rows):
            if not any(cell and not cell.isspace() for cell in cells):
                continue
            if header is None:
                header = read_header(self.spec, Place(self.file, number), cells, self.faults)
                if self.faults.count:
                    return _broken(self.spec, self.file, self.faults)
            else:
                self._row(number, cells, header)
        if header is None:
            raise Unreadable("empty-file")
        return self._table(header)

    def _table(self, header: Header) -> Table:
        if self.twice:
            key = self.spec.key or ""
            self.bad.extend(row for row in self.rows if row[key] in self.twice)
            self.bad.sort(key=lambda row: row.number)
            self.rows = [row for row in self.rows if row[key] not in self.twice]
        return Table(
            self.spec,
            self.file,
            tuple(self.rows),
            tuple(self.bad),
            tuple(header.written[i] for i in header.extras),
            tuple(self.faults.problems),
            self.faults.count,
            headers=header.headers,
        )

    # The rows

    def _row(self, number: int, cells: Sequence[str], header: Header) -> None:
        width = len(header.written)
        if self.rectangle:
            cells = [*cells, *[""] * (width - len(cells))]
        beyond = [place for place in range(width, len(cells)) if cells[place].strip()]
        if beyond or len(cells) < width:
            tells = {"cells": len(cells), "columns": width}
            self.faults.add(problem("ragged-row", Place(self.file, number), tells=tells))
            self.bad.append(self._torn(number, cells, header))
            return
        before = self.faults.count
        values: list[object] = [() if column.kind == "list" else None for column in self.spec.columns]
        readable: dict[str, object] = {}
        for place, column in enumerate(header.columns):
            if column is None:
                self._extra(number, header.written[place], cells[place], place)
                continue
            try:
                value = self._value(cells[place], column)
            except Fault as found:
                self._note(number, header.written[place], cells[place], found)
            else:
                readable[column.name] = values[self.spec.index[column.name]] = value
        for name, fault in self.spec.check(readable):
            written = header.find(name)
            self._note(number, written[0], cells[written[1]] if written[1] >= 0 else "", fault)
        moments = tuple(normal(cells[i]) for i in header.moments)
        row = Row(self.spec, number, tuple(values), tuple(normal(cells[i]) for i in header.extras), moments)
        self._duplicate(row, header)
        (self.rows if self.faults.count == before else self.bad).append(row)

    def _value(self, raw: str, column: Column) -> object:
        # What repeats is read once, and held once by all rows; what names a row never repeats.
        known = self.memo.setdefault(column.name, {})
        if raw in known:
            return known[raw]
        value = parse_cell(normal(raw), column)
        if len(known) < _MEMO and column.name != self.spec.key:
            known[raw] = value
        return value

    def _torn(self, number: int, cells: Sequence[str], header: Header) -> Row:
        """Return what can be read of a ragged row: its key and parent, so that they can be withheld."""
        values: list[object] = [() if column.kind == "list" else None for column in self.spec.columns]
        for place, column in enumerate(header.columns[: len(cells)]):
            if column is not None and column.name in {self.spec.key, self.spec.parent}:
                values[self.spec.index[column.name]] = normal(cells[place]) or None
        return Row(self.spec, number, tuple(values), tuple("" for _ in header.extras))

    def _extra(self, number: int, written: str, raw: str, place: int) -> None:
        text = normal(raw)
        if not written and text:
            self.faults.add(
                problem("empty-header", Place(self.file, number, place + 1), tells={"a": place + 1})
            )
        elif damaged(text):
            self._note(number, written, raw, Fault("number-damaged"))

    def _duplicate(self, row: Row, header: Header) -> None:
        key = row[self.spec.key] if self.spec.key else None
        if key is None:
            return
        first = self.first.setdefault(key, row.number)
        if first != row.number:
            self.twice.add(key)
            written = header.find(self.spec.key or "")[0]
            self._note(row.number, written, str(key), Fault("duplicate-id", first=first))

    def _note(self, number: int, written: str, raw: str, fault: Fault) -> None:
        value = mask(normal(raw).removeprefix(DAMAGED_MARK)) if raw else ""
        self.faults.add(problem(fault.code, Place(self.file, number, written), value, fault.tells))
