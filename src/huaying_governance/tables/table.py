"""表: the rows of one table, read; and what names a row from run to run."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from attrs import frozen

from huaying_governance.errors import Problem
from huaying_governance.tables.cells import show
from huaying_governance.tables.spec import TableSpec


@frozen
class Row:
    """行: its number in the file (the header is row 1), its values in the order of the spec, its extra cells.

    `moments` holds the moments as they were written: results repeat them word for word, so that a script finds its
    own rows again.
    """

    spec: TableSpec
    number: int
    values: tuple[object, ...]
    extras: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> object:
        return self.values[self.spec.index[name]]

    def to_dict(self) -> dict[str, object]:
        """Return the values by column name."""
        return dict(zip(self.spec.index, self.values, strict=True))

    @property
    def fingerprint(self) -> str:
        """sha256 of the normalised declared columns; extra columns do not count."""
        cells = json.dumps([show(value) for value in self.values], ensure_ascii=False)
        return hashlib.sha256(f"{self.spec.name}\n{cells}".encode()).hexdigest()


@frozen
class Table:
    """一张表. `rows` are sound; `bad` are rows with a problem, their faulty cells None.

    `problems` holds the first thousand, `problem_count` counts all. `whole` is false where the file or its header has
    a problem: then there are no rows, and nothing can be said of any. `headers` has for each column found how the
    file heads it: what is told of a cell names the header that its reader sees.
    """

    spec: TableSpec
    file: str
    rows: tuple[Row, ...]
    bad: tuple[Row, ...] = ()
    extra_headers: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    whole: bool = True
    headers: Mapping[str, str] = MappingProxyType({})


def identities(rows: Iterable[Row]) -> Iterator[tuple[Row, str]]:
    """Yield each row with its identity: its `id`, else its fingerprint and its ordinal among equal rows (from 1)."""
    seen: Counter[str] = Counter()
    for row in rows:
        if "id" in row.spec.index:
            yield row, str(row["id"])
            continue
        print_ = row.fingerprint
        seen[print_] += 1
        yield row, f"{print_}-{seen[print_]}"
