"""结果看板: from the results of a run, and the store beside them, to a board.

Every table that `huaying run` wrote becomes a section. Extra columns of the office are left out while cells are
masked: nobody has said what they hold.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from attrs import field, frozen

from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.report.charts import ageing, costs, coverage, shares
from huaying_governance.report.histories import HISTORY, Histories
from huaying_governance.report.model import Board, Colour, Figure, Line, Section
from huaying_governance.report.words import FACETS, LONG, colour, shown, word
from huaying_governance.storage import Store
from huaying_governance.tables import OUTPUTS, TableSpec
from huaying_governance.text import Lang, Text

SOON = 3
"""Days ahead within which an open entry is yellow; a default, without legal force."""
MOST_RATES = 20
"""Bars of a picture of rates; the table has all."""
_CLOSED = frozenset({"struck_off", "declined", "merged"})
_SPECS: Mapping[str, TableSpec] = MappingProxyType({spec.name: spec for spec in OUTPUTS})
OVERDUE, CLOSED, HOLD = (
    Text("超期", "overdue"),
    Text("已办结", "closed"),
    Text("挂账", "on hold"),
)
EMPTY = Text("没有可显示的结果表", "there are no results to show")
EMPTY_CURE = Text("先运行 huaying run，再写明其结果文件夹", "run `huaying run` first, then name its results")


@frozen
class Results:
    """一次办理的结果: the folder that `huaying run` wrote, judged as of a day.

    Entries are told with their history where the store is given.
    """

    folder: Path
    on: date
    lang: Lang = "zh"
    masked: bool = True
    store: Store | None = field(default=None, repr=False)

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
        for row in self.rows(spec):
            cells = tuple(self.cell(spec, column, row[column]) for column in _short(spec))
            opened = tuple(self.cell(spec, column, row[column]) for column in _long(spec))
            if histories is not None:
                opened = (*opened, histories.tell(row["id"]))
            yield Line(cells, self.colour(spec, row), opened)

    def colour(self, spec: TableSpec, row: Mapping[str, str]) -> Colour:
        """Return the colour of a row; of an entry also by how near its deadline is."""
        found = colour(row)
        if spec.name == "entries" and row["state"] in _CLOSED:
            return ""
        if spec.name != "entries" or found == "red":
            return found
        near = row["due"] and date.fromisoformat(row["due"]) - self.on <= timedelta(days=SOON)
        return "yellow" if near else "green"

    def told(self, spec: TableSpec) -> bool:
        """Whether the rows of a table are told with their history."""
        return spec.name == "entries" and self.store is not None

    def cell(self, spec: TableSpec, column: str, cell: str) -> str:
        """Return a cell as people read it."""
        return shown(spec.name, column, cell, self.lang, masked=self.masked)


def board_of_results(results: Results, title: str) -> Board:
    """Return the board of one run. Raises `Problems` where the folder holds no results."""
    specs = results.tables()
    if not specs:
        raise Problems([Problem("no-results", EMPTY, EMPTY_CURE, Place(str(results.folder)))])
    counted = {spec.name: _Counted.of(results, spec) for spec in specs}
    pictures = [picture for spec in specs for picture in counted[spec.name].pictures(results)]
    sections = tuple(_section(results, spec, counted[spec.name]) for spec in specs)
    return Board(title, results.on.isoformat(), results.lang, sections, tuple(pictures))


def _section(results: Results, spec: TableSpec, counted: _Counted) -> Section:
    lang, short = results.lang, _short(spec)
    details = [spec.column(name).label.say(lang) for name in _long(spec)]
    if results.told(spec):
        details.append(HISTORY.say(lang))
    return Section(
        f"table-{spec.name.replace('_', '-')}",
        spec.title.say(lang),
        tuple(spec.column(name).label.say(lang) for name in short),
        lambda: results.lines(spec),
        counted.rows,
        tuple(place for place, name in enumerate(short) if name in FACETS),
        tuple(details),
        counted.figures(results),
    )


def _short(spec: TableSpec) -> tuple[str, ...]:
    return tuple(name for name in spec.index if name not in LONG)


def _long(spec: TableSpec) -> tuple[str, ...]:
    return tuple(name for name in spec.index if name in LONG)


def _is_rate(spec: TableSpec, name: str) -> bool:
    return spec.column(name).label.zh.endswith("率（%）")


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
        first = next(iter(spec.index))
        rated = next((name for name in spec.index if _is_rate(spec, name)), "")
        rates: list[tuple[str, str]] = []
        for row in results.rows(spec):
            rows += 1
            outcomes[row.get("outcome", "")] += 1
            states[row.get("state", "")] += 1
            overdue[row.get("overdue", "")] += 1
            if spec.name == "entries" and row["due"] and row["state"] not in _CLOSED:
                days[(date.fromisoformat(row["due"]) - results.on).days] += 1
            if spec.name == "awards" and row["amount"]:
                amounts[row["rule"]] = amounts.get(row["rule"], Decimal(0)) + Decimal(row["amount"])
            if rated and row[rated] and len(rates) < MOST_RATES:
                rates.append((results.cell(spec, first, row[first]), row[rated]))
        label = spec.column(rated).label.say(results.lang) if rated else ""
        found = (label, tuple(rates)) if rates else None
        return cls(spec, rows, outcomes, states, overdue, days, amounts, found)

    def figures(self, results: Results) -> tuple[Figure, ...]:
        """Return the rates of a table, each with its denominator."""
        lang, name = results.lang, self.spec.name
        found = [
            Figure(word(name, "outcome", code, lang), count, self.rows)
            for code, count in sorted(self.outcomes.items(), key=lambda item: -item[1])
            if code
        ]
        if name == "entries":
            closed = sum(self.states[state] for state in _CLOSED)
            with_due = self.overdue["yes"] + self.overdue["no"]
            found += [
                Figure(CLOSED.say(lang), closed, self.rows),
                Figure(OVERDUE.say(lang), self.overdue["yes"], with_due),
                Figure(HOLD.say(lang), self.states["on_hold"], self.rows),
            ]
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
                word(self.spec.name, "outcome", code, lang): n for code, n in self.outcomes.items() if code
            }
            yield shares(title, counts, lang)
        if self.rates:
            label, rates = self.rates
            yield coverage(title, label, rates, lang)
