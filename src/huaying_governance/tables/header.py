"""表头: which column of the file is which column of the table, and every problem of the first row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property
from types import MappingProxyType

from attrs import evolve, frozen

from huaying_governance.errors import Place
from huaying_governance.kernel.privacy import forbidden_header
from huaying_governance.tables.cells import Column, normal
from huaying_governance.tables.faults import Collector, problem
from huaying_governance.tables.spec import TableSpec
from huaying_governance.tables.vocabulary import header_names
from huaying_governance.text import Text, same

_SIMILAR = 0.8
_DOUBTFUL, _DOUBTFUL_CHINESE = 0.6, 0.5
"""Likeness from which it is asked whether a header is a missing column misspelt; Chinese words have few characters."""
TAB = Text("制表符", "tabs")
MEANT = Text("；表头中的“{x}”是否应为“{y}”？", "; was `{x}` meant for `{y}`?")

TITLES = 5
"""Rows that are looked at for a header below titles."""


@frozen
class Header:
    """The header, understood: for each file column its name as written, and its spec column or None."""

    written: tuple[str, ...]
    columns: tuple[Column | None, ...]

    @cached_property
    def extras(self) -> tuple[int, ...]:
        """The places of the extra columns."""
        return tuple(i for i, column in enumerate(self.columns) if column is None and self.written[i])

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """How each column found is written, by its name."""
        named = (
            (column.name, self.written[i]) for i, column in enumerate(self.columns) if column is not None
        )
        return MappingProxyType(dict(named))

    @cached_property
    def moments(self) -> tuple[int, ...]:
        """The places of the moments."""
        return tuple(
            i for i, column in enumerate(self.columns) if column is not None and column.kind == "moment"
        )

    def find(self, name: str) -> tuple[str, int]:
        """Return how a column is written and its place; its own name and -1 where the file lacks it."""
        for place, column in enumerate(self.columns):
            if column is not None and column.name == name:
                return self.written[place], place
        return name, -1


def read_header(spec: TableSpec, row: Place, cells: Sequence[str], faults: Collector) -> Header:
    """Return the header that stands in `row`; its problems go to `faults`."""
    written = [normal(cell) for cell in cells]
    while written and not written[-1]:
        written.pop()
    names = header_names()
    found: dict[str, int] = {}
    columns: list[Column | None] = []
    for place, text in enumerate(written):
        joined = _joined(spec, names, cells[place])
        if joined is not None:
            faults.add(problem("wrong-separator", evolve(row, column=text[:64]), tells={"c": joined[0]}))
            found.update(dict.fromkeys(joined[1], place))
        name = names.get(text.lower())
        known = name if name in spec.index else None
        if text and (known or text.lower()) in found:
            tells = {"name": known or text, "a": found[known or text.lower()] + 1, "b": place + 1}
            faults.add(problem("duplicate-header", evolve(row, column=text), tells=tells))
        found.setdefault(known or text.lower(), place)
        columns.append(spec.column(known) if known else None)
        if known is None and text and (why := forbidden_header(text) or spec.refuses(text)) is not None:
            faults.add(problem("forbidden-column", evolve(row, column=text), tells={"why": why}))
    strange = [text for text, column in zip(written, columns, strict=True) if column is None and text]
    absent = [column for column in spec.columns if column.name not in found]
    _note_absent(row, absent, strange, faults)
    return Header(tuple(written), tuple(columns))


def _joined(spec: TableSpec, names: Mapping[str, str], cell: str) -> tuple[Text, list[str]] | None:
    """Return what parts headers that stand in one cell, and the columns they are; None where it holds one header."""
    for mark in "，；;\t|、":
        if mark in cell:
            parts = [names.get(normal(part).lower(), "") for part in cell[:2_000].split(mark)]
            known = [part for part in parts if part in spec.index]
            if len(known) > 1:
                return TAB if mark == "\t" else Text(f"“{mark}”", f"“{mark}”"), known
    return None


def _note_absent(row: Place, absent: Sequence[Column], strange: Sequence[str], faults: Collector) -> None:
    """Note headers that look like an absent column misspelt, then the columns that must be there and are not.

    A misspelt optional column would otherwise be an extra one, and its values silently unknown.
    """
    columns = {column.name: column for column in absent}
    writings = {writing: columns[name] for writing, name in header_names().items() if name in columns}
    misspelt: set[str] = set()
    for text in strange:
        near = get_close_matches(text.lower()[:64], writings, n=1, cutoff=_SIMILAR)
        if near:
            column = writings[near[0]]
            misspelt.add(column.name)
            faults.add(problem("similar-header", evolve(row, column=text), tells=_named(column)))
    needed = [column for column in absent if column.need != "free" and column.name not in misspelt]
    meant = _meant(needed, strange)
    for column in needed:
        hint = MEANT.fill(x=meant[column.name], y=column.label) if column.name in meant else same("")
        place = evolve(row, column=column.name)
        faults.add(problem("missing-column", place, tells={**_named(column), "near": hint}))


def _meant(needed: Sequence[Column], strange: Sequence[str]) -> Mapping[str, str]:
    """Return for each needed column the unknown header that may be it misspelt; each header for one column only."""
    names = {column.name for column in needed}
    pairs = sorted(
        (
            (_likeness(text, writing), name, text)
            for writing, name in header_names().items()
            if name in names
            for text in strange
        ),
        reverse=True,
    )
    meant: dict[str, str] = {}
    for likeness, name, text in pairs:
        enough = _DOUBTFUL if text.isascii() else _DOUBTFUL_CHINESE
        if likeness >= enough and name not in meant and text not in meant.values():
            meant[name] = text
    return meant


def _likeness(text: str, writing: str) -> float:
    return SequenceMatcher(None, text.lower()[:64], writing).ratio()


def _named(column: Column) -> Mapping[str, object]:
    return {"name": column.name, "zh": column.label.zh}


def below_titles(spec: TableSpec, rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Yield rows from the header on, without the titles and the merged group headers that offices put above it.

    Only where the first row lacks a column that must be there, and one of the next few has them all: a header that
    was merged over two rows is read as one, a cell that is empty in the lower row from the one above.
    """
    held: list[tuple[int, list[str]]] = []
    for number, cells in rows:
        above = held[-1][1] if held else []
        joined = [
            cell or (above[place] if place < len(above) and _known(spec, above[place]) else "")
            for place, cell in enumerate(cells)
        ]
        if any(cell and not cell.isspace() for cell in cells):
            held.append((number, cells))
            if _complete(spec, cells if len(held) == 1 else joined):
                yield number, cells if len(held) == 1 else joined
                break
        if len(held) == TITLES:
            yield from held
            break
    else:
        yield from held
    yield from rows


def _known(spec: TableSpec, text: str) -> bool:
    return header_names().get(normal(text).lower()) in spec.index


def _complete(spec: TableSpec, cells: Sequence[str]) -> bool:
    """Whether a row names every column that must be there."""
    names = header_names()
    found = {names.get(normal(cell).lower()) for cell in cells}
    return all(column.name in found for column in spec.columns if column.need in {"cell", "column"})
