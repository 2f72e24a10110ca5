"""数据框: tables that stand in memory already: of pandas, Polars or Arrow, read as strictly as files.

None of these libraries is needed here: a frame is known by what it can do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.tables.excel import as_text
from huaying_governance.tables.read import read_rows
from huaying_governance.tables.spec import TableSpec
from huaying_governance.tables.table import Table
from huaying_governance.text import Text

NO_FRAME = Text("不是可识别的数据框", "is no frame that can be read")
NO_FRAME_CURE = Text(
    "传入 pandas、Polars 的 DataFrame 或 Arrow 的 Table",
    "pass a DataFrame of pandas or Polars, or a Table of Arrow",
)


def read_frame(frame: object, spec: TableSpec, name: str = "") -> Table:
    """Return the table that a frame holds; `name` is how its problems call it. Raises `Problems` for no frame.

    Rows are counted as in a file: the header is row 1. What is null, or not a number, is an empty cell.
    """
    called = name or spec.name
    found = _rows(frame)
    if found is None:
        raise Problems([Problem("no-frame", NO_FRAME, NO_FRAME_CURE, Place(called))])
    return read_rows(found, spec, called)


def _rows(frame: Any) -> Iterator[tuple[int, list[str]]] | None:
    if hasattr(frame, "iter_rows") and hasattr(frame, "columns"):
        return _numbered(list(frame.columns), frame.iter_rows())
    if hasattr(frame, "itertuples"):
        return _numbered(list(frame.columns), frame.itertuples(index=False, name=None))
    if hasattr(frame, "to_batches") and hasattr(frame, "column_names"):
        parts = (batch.to_pydict().values() for batch in frame.to_batches())
        return _numbered(list(frame.column_names), (row for part in parts for row in zip(*part, strict=True)))
    return None


def _numbered(header: list[Any], rows: Iterator[Any]) -> Iterator[tuple[int, list[str]]]:
    yield 1, [str(name) for name in header]
    for number, row in enumerate(rows, 2):
        yield number, [_cell(value) for value in row]


def _cell(value: object) -> str:
    # What is unequal to itself is not a number, or no moment: a frame's way to say that nothing is known.
    unknown = value is None or type(value).__name__ == "NAType" or value != value  # noqa: PLR0124
    return "" if unknown else as_text(_plain(value))


def _plain(value: Any) -> object:
    """Return a number of a frame's own type, and a moment of pandas, as Python's."""
    if hasattr(value, "to_pydatetime"):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value
