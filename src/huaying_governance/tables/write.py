r"""写表: results as CSV or Excel, whole or not at all.

CSV is UTF-8 without a mark and with `\n`, so that every program reads the first header as it is; text that a
spreadsheet would take for a formula gets an apostrophe, which reading takes away again.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from huaying_governance.tables import excel
from huaying_governance.tables.cells import guarded, show
from huaying_governance.tables.spec import TableSpec
from huaying_governance.text import Lang


def write_table(
    path: Path | str,
    spec: TableSpec,
    rows: Iterable[Sequence[object]],
    *,
    extra_headers: Sequence[str] = (),
    labels: Lang = "en",
) -> None:
    """Write `rows` (values in the order of the spec, then the extra cells) to `path`, `.csv` or `.xlsx`.

    The file appears whole under its name or not at all. `labels` chooses plain or Chinese headers; scripts rely on
    the plain ones.
    """
    target = Path(path)
    lines = _lines(spec, rows, extra_headers, labels)
    # One name for every attempt: what a killed writer left is taken up by the next, never lies about.
    temporary = target.with_name(f".{target.name}.part")
    try:
        if target.suffix.lower() == ".xlsx":
            excel.write(temporary, spec.title.say("zh"), lines)
        else:
            with temporary.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(lines)
                file.flush()
                os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _lines(
    spec: TableSpec, rows: Iterable[Sequence[object]], extras: Sequence[str], labels: Lang
) -> Iterator[list[str]]:
    width = len(spec.columns) + len(extras)
    yield [guarded(text) for text in (*(column.label.say(labels) for column in spec.columns), *extras)]
    for row in rows:
        if len(row) != width:
            raise ValueError(f"a row of `{spec.name}` has {len(row)} cells, its header {width}")
        yield [guarded(show(value)) for value in row]
