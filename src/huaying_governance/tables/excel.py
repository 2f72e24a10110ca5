"""Excel 表格: the one module that knows openpyxl (extra `excel`); a workbook's sheet as rows of text.

Only the first sheet is read, or the one that bears the table's name. Formulas are never evaluated: they arrive as
their text. A number of more than 15 digits has lost digits before we see it; it is marked, never trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from huaying_governance.errors import MissingExtra
from huaying_governance.tables.cells import DAMAGED_MARK, MAX_TEXT
from huaying_governance.tables.spec import TableSpec
from huaying_governance.tables.watching import Seen, watched
from huaying_governance.text import Text

EXACT = 10**15
MAX_UNPACKED = 2 * 1024**3
MAX_WORDS, SMALL, MOST_TIMES = 256 * 1024**2, 64 * 1024**2, 250
"""Bytes of the texts that a workbook's cells share, which are held at once; and how many times its size a larger one
may unpack to: an honest sheet of a million rows stays far below."""
MAX_COLUMNS = 1_000


class BadWorkbook(Exception):
    """The workbook cannot be read; `why` says so. Never leaves this package."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def _openpyxl() -> Any:
    try:
        import openpyxl  # noqa: PLC0415 - optional, imported only where a workbook is met
    except ImportError:
        raise MissingExtra("excel", "reading or writing .xlsx") from None
    return openpyxl


def require() -> None:
    """Raise `MissingExtra` where workbooks cannot be written, before anything is done."""
    _openpyxl()


def cells(path: Path, spec: TableSpec, seen: Seen | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells, as text, of each row of the table's sheet."""
    openpyxl = _openpyxl()
    _guard(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    except Exception as fault:  # whatever a damaged archive makes the reader raise
        raise BadWorkbook(_not_a_workbook(fault)) from None
    try:
        sheet = _sheet(book, spec)
        yield from watched(_rows(sheet), sheet.max_row or 0, seen)
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    rows = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
    number = 0
    while True:
        number += 1
        try:
            values = next(rows)
        except StopIteration:
            return
        except Exception as fault:
            raise BadWorkbook(_not_a_workbook(fault)) from None
        # A sparse sheet is mostly rows of nothing: they are told apart before any cell is looked at, and a row is
        # looked at no further than its last cell, for it comes as wide as a row may be.
        held = len(values) - values.count(None)
        if not held:
            continue
        texts: list[str] = []
        for value in values:
            texts.append(as_text(value))
            held -= value is not None
            if not held:
                break
        while texts and not texts[-1]:
            texts.pop()
        yield number, texts


def _guard(path: Path) -> None:
    import zipfile  # noqa: PLC0415 - as openpyxl: only where a workbook is met

    if path.is_dir():
        raise BadWorkbook(Text("是文件夹", "it is a folder"))
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            packed = sum(part.compress_size for part in parts)
            words = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    except zipfile.BadZipFile:
        raise BadWorkbook(Text("不是 .xlsx 工作簿", "it is not an .xlsx workbook")) from None
    if size > MAX_UNPACKED or words > MAX_WORDS or (size > SMALL and size > MOST_TIMES * packed):
        raise BadWorkbook(Text("展开后过大", "it unpacks to too much"))


def _not_a_workbook(fault: Exception) -> Text:
    kind = type(fault).__name__
    return Text("工作簿已损坏（{k}）", "the workbook is damaged ({k})").fill(k=kind)


def _sheet(book: Any, spec: TableSpec) -> Any:
    names = {spec.name, spec.title.zh, spec.title.en}
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
    if not sheets:
        raise BadWorkbook(Text("没有工作表", "it has no sheet"))
    return next((sheet for sheet in sheets if sheet.title in names), sheets[0])


def as_text(value: object) -> str:
    """Return a cell's value as the text that a CSV would hold."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value) if abs(value) < EXACT else f"{DAMAGED_MARK}{value}"
        case float():
            if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - not a number
                return str(value)
            if abs(value) >= EXACT:
                return f"{DAMAGED_MARK}{value:.0f}"
            return str(int(value)) if value == int(value) else repr(value)
        case datetime():
            plain = value.time() == time() and value.tzinfo is None
            return value.date().isoformat() if plain else value.isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def write(path: Path, title: str, rows: Iterable[Sequence[str]]) -> None:
    """Write rows of text as one sheet; every cell is text, so that nothing becomes a formula or a rounded number.

    Raises `ValueError` for text that a cell cannot hold.
    """
    openpyxl = _openpyxl()
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    try:
        for row in rows:
            sheet.append([_text_cell(WriteOnlyCell(sheet, text)) for text in map(_fitting, row)])
    except BaseException:
        sheet.close()  # else its writer is torn down half-way, with a warning
        raise
    book.save(path)


def _fitting(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise ValueError(f"a cell of a workbook holds at most {MAX_TEXT} characters")
    return text


def _text_cell(cell: Any) -> Any:
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
