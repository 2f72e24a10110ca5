"""结果看板: from the results of a run, and the store beside them, to a board.

Every table that `huaying run` wrote becomes a section. Extra columns of the office are left out while cells are
masked: nobody has said what they hold.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from attrs import field, frozen

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.report.charts import ageing, costs, coverage, shares
from huaying_governance.report.histories import HISTORY, Histories
from huaying_governance.report.model import Board, Colour, Figure, Line, Section
from huaying_governance.report.naming import Names
from huaying_governance.report.vocabulary import CLOSED, plain
from huaying_governance.report.words import FACETS, LONG, NO_NAMES, colour, reader
from huaying_governance.storage import Store
from huaying_governance.tables import OUTPUTS, TableSpec
from huaying_governance.tables.specs import group_of
from huaying_governance.text import Lang, Text

SOON = 3
"""Days ahead within which an open entry is yellow; a default, without legal force."""
MOST_RATES = 20
"""Bars of a picture of rates; the table has all."""
_SPECS: Mapping[str, TableSpec] = MappingProxyType({spec.name: spec for spec in OUTPUTS})
OVERDUE, ENDED, HOLD = (
    Text("超期", "overdue"),
    Text("已办结", "closed"),
    Text("挂账", "on hold"),
)
EMPTY = Text("没有可显示的结果表", "there are no results to show")
EMPTY_CURE = Text("先运行 huaying run，再写明其结果文件夹", "run `huaying run` first, then name its results")


@frozen
class Results:
    """一次办理的结果: the folder that `huaying run` wrote, judged as of a day.

    Entries are told with their history where the store is given; `names` is what a place calls its own (`names_of`),
    `warning` what a reader must know of them all: that the case has changed since.
    """

    folder: Path
    on: date
    lang: Lang = "zh"
    masked: bool = True
    store: Store | None = field(default=None, repr=False)
    names: Names = field(default=NO_NAMES, repr=False)
    warning: Text | None = None
    _readers: dict[tuple[str, str], Callable[[str], str]] = field(
        factory=dict, init=False, repr=False, eq=False
    )

    def tables(self) -> tuple[TableSpec, ...]:
        """Return the specs of the tables that are there, in the order of the documentation."""
        return tuple(spec for spec in OUTPUTS if (self.folder / f"{spec.name}.csv").is_file())

    def rows(self, spec: TableSpec) -> Iterator[Mapping[str, str]]:
        """Yield the rows of a table by plain header, its own columns only."""
        names = {column.name for column in spec.columns}
        with (self.folder / f"{spec.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield {name: cell or "" for name, cell in row.items() if name in names}

    def lines(self, spec: TableSpec) -> Iterator[Line]:
        """Yield the rows of a table as the board shows them."""
        told = self.store if spec.name == "entries" else None
        histories = None if told is None else Histories(told, self.lang, masked=self.masked)
        short, long = (
            [(name, self._reader(spec, name)) for name in names] for names in (_short(spec), _long(spec))
        )
        for row in self.rows(spec):
            cells = tuple([read(row[name]) for name, read in short])
            opened = tuple([read(row[name]) for name, read in long])
            if histories is not None:
                opened = (*opened, histories.tell(row["id"]))
            yield Line(cells, self.colour(spec, row), opened)

    def colour(self, spec: TableSpec, row: Mapping[str, str]) -> Colour:
        """Return the colour of a row; of what is open also by how near its deadline is."""
        found = colour(spec.name, row)
        if found == "red" or row.get("outcome") or row.get("state") in CLOSED.get(spec.name, ()):
            return found
        due = _day(row.get("due", ""))
        if due is not None and due - self.on <= timedelta(days=SOON):
            return "yellow"
        return found or ("green" if spec.name == "entries" else "")

    def told(self, spec: TableSpec) -> bool:
        """Whether the rows of a table are told with their history."""
        return spec.name == "entries" and self.store is not None

    def cell(self, spec: TableSpec, column: str, cell: str) -> str:
        """Return a cell as people read it."""
        return self._reader(spec, column)(cell)

    def _reader(self, spec: TableSpec, column: str) -> Callable[[str], str]:
        place = spec.name, column
        if place not in self._readers:
            self._readers[place] = reader(spec.name, column, self.lang, self.names, masked=self.masked)
        return self._readers[place]


def board_of_results(results: Results, title: str) -> Board:
    """Return the board of one run. Raises `Problems` where the folder holds no results."""
    specs = results.tables()
    if not specs:
        raise Problems([Problem("no-results", EMPTY, EMPTY_CURE, Place(str(results.folder)))])
    counted = {spec.name: _Counted.of(results, spec) for spec in specs}
    sections = tuple(_section(results, spec, counted[spec.name]) for spec in specs)
    told = "" if results.warning is None else results.warning.say(results.lang)
    return Board(title, results.on.isoformat(), results.lang, sections, told)


def _section(results: Results, spec: TableSpec, counted: _Counted) -> Section:
    lang, short = results.lang, _short(spec)
    details = [_label(spec, name, lang) for name in _long(spec)]
    if results.told(spec):
        details.append(HISTORY.say(lang))
    return Section(
        f"table-{spec.name.replace('_', '-')}",
        spec.title.say(lang),
        tuple(_label(spec, name, lang) for name in short),
        lambda: results.lines(spec),
        counted.rows,
        tuple(place for place, name in enumerate(short) if name in FACETS),
        tuple(details),
        counted.figures(results),
        coloured=counted.coloured,
        group=group_of(spec).say(lang),
        pictures=tuple(counted.pictures(results)),
    )


def _label(spec: TableSpec, name: str, lang: Lang) -> str:
    """Return a header in words: in English its plain name is."""
    said = spec.column(name).label.say(lang)
    return plain(said) if lang == "en" else said


def _day(cell: str) -> date | None:
    """Return the day that a deadline names; None where it names none."""
    with suppress(ValueError):
        return date.fromisoformat(cell[:10])
    return None


def _short(spec: TableSpec) -> tuple[str, ...]:
    return tuple(name for name in spec.index if name not in LONG)


def _long(spec: TableSpec) -> tuple[str, ...]:
    return tuple(name for name in spec.index if name in LONG)


def _is_rate(spec: TableSpec, name: str) -> bool:
    return spec.column(name).label.zh.endswith("率（%）")


def _told_apart(rates: Sequence[tuple[tuple[str, ...], str]]) -> tuple[tuple[str, str], ...]:
    """Return rates by the first column that tells them apart, or the first two side by side that do; else none."""
    columns = [
        names
        for names in zip(*(names for names, _ in rates), strict=True)
        if not all(name.replace(".", "").isdigit() for name in names)
    ]
    pairs = [
        tuple(f"{a or '—'} · {b or '—'}" for a, b in zip(*two, strict=True)) for two in pairwise(columns)
    ]
    for names in (*columns, *pairs):
        if len(set(names)) == len(rates):
            return tuple(zip(names, (rate for _, rate in rates), strict=True))
    return ()


@frozen
class _Counted:
    """What one pass over a table counts."""

    spec: TableSpec
    rows: int
    outcomes: Counter[str]
    states: Counter[str]
    overdue: Counter[str]
    days: Counter[int]
    amounts: Mapping[str, Decimal]
    coloured: bool
    rates: tuple[str, tuple[tuple[str, str], ...]] | None

    @classmethod
    def of(cls, results: Results, spec: TableSpec) -> _Counted:
        rows, outcomes, states, overdue, days = (
            0,
            Counter[str](),
            Counter[str](),
            Counter[str](),
            Counter[int](),
        )
        amounts: dict[str, Decimal] = {}
        coloured = False
        rated = next((name for name in spec.index if _is_rate(spec, name)), "")
        rates: list[tuple[tuple[str, ...], str]] = []
        before = tuple(spec.index)[: spec.index[rated]] if rated else ()
        for row in results.rows(spec):
            rows += 1
            coloured = coloured or bool(results.colour(spec, row))
            outcomes[row.get("outcome", "")] += 1
            states[row.get("state", "")] += 1
            overdue[row.get("overdue", "")] += 1
            due = _day(row["due"]) if spec.name == "entries" else None
            if due is not None and row["state"] not in CLOSED["entries"]:
                days[(due - results.on).days] += 1
            if spec.name == "awards" and row["amount"]:
                rule = results.cell(spec, "rule", row["rule"])
                amounts[rule] = amounts.get(rule, Decimal(0)) + Decimal(row["amount"])
            if rated and row[rated] and len(rates) < MOST_RATES:
                rates.append((tuple(results.cell(spec, name, row[name]) for name in before), row[rated]))
        label = _label(spec, rated, results.lang) if rated else ""
        named = _told_apart(rates)
        found = (label, named) if named else None
        return cls(spec, rows, outcomes, states, overdue, days, amounts, coloured, found)

    def figures(self, results: Results) -> tuple[Figure, ...]:
        """Return the rates of a table, each with its denominator."""
        lang, name = results.lang, self.spec.name
        found = [
            Figure(results.cell(self.spec, "outcome", code), count, self.rows)
            for code, count in sorted(self.outcomes.items(), key=lambda item: -item[1])
            if code
        ]
        if name in CLOSED and "state" in self.spec.index:
            closed = sum(self.states[state] for state in CLOSED[name])
            found.append(Figure(ENDED.say(lang), closed, self.rows))
            if "overdue" in self.spec.index:
                with_due = self.overdue["yes"] + self.overdue["no"]
                found.append(Figure(OVERDUE.say(lang), self.overdue["yes"], with_due))
        if name == "entries":
            found.append(Figure(HOLD.say(lang), self.states["on_hold"], self.rows))
        return tuple(found)

    def pictures(self, results: Results) -> Iterator[str]:
        """Yield what a table says at a glance."""
        lang, title = results.lang, self.spec.title
        if self.days:
            yield ageing(self.days, lang)
        if self.amounts:
            yield costs(self.amounts, lang)
        if "outcome" in self.spec.index and self.rows:
            counts = {
                results.cell(self.spec, "outcome", code): n for code, n in self.outcomes.items() if code
            }
            yield shares(title, counts, lang)
        if self.rates:
            label, rates = self.rates
            yield coverage(title, label, rates, lang)
