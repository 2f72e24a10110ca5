"""跟办环节: the desk of anything that a casebook follows up: one table opens cases, another holds the acts on them.

Acts are applied in the order of time; what the procedure refuses is kept as the act's answer and listed, and changes
nothing. A row with a problem withholds its whole case until it is mended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, cast

from attrs import field, frozen

from huaying_governance.casework import Casebook, Casework
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, advised, changed_fault, fault
from huaying_governance.kernel.dates import SHANGHAI, day_of
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.tables import Row, TableSpec, identities
from huaying_governance.text import Text

UNKNOWN = Text("表中和存储中都没有此编号", "names no case of the table, nor of the store")
UNKNOWN_CURE = Text("在 {t} 中补上，或改正编号", "add it to {t}, or mend the id")

Book = Casebook[Any, Any, Any, Any]
Reporter = Callable[[Run, Book, Sequence[tuple[str, Row | None]], int], Iterable[Report]]
"""Given the run, the book, the cases to show, and how many openings are dated later."""


def _no_faults(case: Case, tables: Tables) -> Iterator[Fault]:  # noqa: ARG001 - a kind without such checks
    return iter(())


@frozen
class Followed:
    """跟办: one kind of casework as tables of a case folder.

    `openings` names the table whose rows open cases (column `id`), `acts` the one of the acts, whose column `parent`
    names the case. `moment` and `at` are the columns that say when; a day counts as its beginning. `report` is given
    the cases to be shown by id, each with the row that opened it where this folder holds it. With `found`, judging the
    rows of `openings` finds the cases by id, and no single row opens one.
    """

    openings: str
    acts: str
    parent: str
    title: Text
    refused: TableSpec
    work: Casework[Any, Any, Any, Any]
    opening: Callable[[Case, Row], Any]
    act: Callable[[Case, Row], Any]
    context: Callable[[Run], Any]
    report: Reporter
    moment: str = "date"
    at: str = "at"
    faults: Callable[[Case, Tables], Iterator[Fault]] = field(default=_no_faults)
    found: Callable[[Run], Mapping[str, Any]] | None = None

    def desk(self) -> Desk:
        """Return this kind as a desk of a run."""
        return Desk(self._judge, faults=self.faults, against_store=self._against_store)

    def _book(self, run: Run) -> Book:
        return Casebook(run.store, self.work, self.context(run))

    def _against_store(self, run: Run) -> Iterator[Fault]:
        """Yield cases that were opened with another content, and acts on cases that nobody knows."""
        book = self._book(run)
        if not run.tables.whole(self.openings):
            return
        stated: set[object]
        if self.found is not None:
            stated = set(self.found(run))
            if run.tables.bad(self.openings):
                return
        else:
            yield from self._changed(run, book)
            stated = {row["id"] for row in (*run.tables.rows(self.openings), *run.tables.bad(self.openings))}
        for row in run.tables.rows(self.acts):
            if row[self.parent] not in stated and not book.knows(str(row[self.parent])):
                yield fault(row, self.parent, "unknown-case", UNKNOWN, UNKNOWN_CURE.fill(t=self.openings))

    def _changed(self, run: Run, book: Book) -> Iterator[Fault]:
        for row in run.tables.rows(self.openings):
            opened = book.opening(str(row["id"]))
            if opened is not None and opened != self.opening(run.case, row):
                yield changed_fault(row)

    def _judge(self, run: Run) -> Iterable[Report]:
        if self.openings not in run.tables:
            return ()
        book, day, held = self._book(run), run.case.on, self._withheld(run.tables)
        new = {} if self.found is None else dict(self.found(run))
        opening = run.tables.rows(self.openings) if self.found is None else ()
        rows = {str(row["id"]): row for row in opening if row["id"] not in held}
        due = {id_: row for id_, row in rows.items() if day_of(moment(row, self.moment)) <= day}
        new.update({id_: self.opening(run.case, row) for id_, row in due.items()})
        shown: dict[str, Row | None] = {**dict.fromkeys(new), **due}
        steps, later = [], 0
        for row, identity in identities(run.tables.rows(self.acts)):
            id_, at = str(row[self.parent]), moment(row, self.at)
            if id_ in held:
                continue
            if day_of(at) > day or (id_ in rows and id_ not in due):
                later += 1
            elif id_ in new or book.knows(id_):
                shown.setdefault(id_, None)
                steps.append((at, row.number, row, identity))
        refused = self._apply(run, book, new, [(row, name) for *_, row, name in sorted(steps, key=_order)])
        reports = self.report(run, book, list(shown.items()), len(rows) - len(due))
        return (*reports, self._refused(run, refused, later))

    def _apply(
        self,
        run: Run,
        book: Book,
        new: Mapping[str, Any],
        steps: Sequence[tuple[Row, str]],
    ) -> list[tuple[Row, Ruling]]:
        refused: list[tuple[Row, Ruling]] = []

        def open_(item: tuple[str, Any]) -> None:
            if self.found is None or not book.knows(item[0]):
                book.open(item[0], item[1], f"{self.openings}:{item[0]}")

        def act(item: tuple[Row, str]) -> None:
            row, identity = item
            ruling = book.attempt(str(row[self.parent]), self.act(run.case, row), f"{self.acts}:{identity}")
            if ruling is not None:
                refused.append((row, ruling))

        run.committed(self.title, list(new.items()), open_)
        run.committed(self.title, steps, act)
        return sorted(refused, key=lambda pair: pair[0].number)

    def _withheld(self, tables: Tables) -> frozenset[str]:
        """Return the cases that wait for a mended row: their own, or one of their acts."""
        named = self.found is None
        if not tables.whole(self.acts):
            return frozenset(str(row["id"]) for row in tables.rows(self.openings) if named)
        own = {str(row["id"]) for row in tables.bad(self.openings) if named}
        return frozenset(own | {str(row[self.parent]) for row in tables.bad(self.acts)})

    def _refused(self, run: Run, refused: Sequence[tuple[Row, Ruling]], later: int) -> Report:
        lines = [
            [
                row[self.parent],
                written(row, self.at),
                row["action"],
                ruling.codes,
                advised(ruling, run.lang),
                *row.extras,
            ]
            for row, ruling in refused
        ]
        counts = {"refused_action": len(lines)}
        return Report(self.refused, lines, run.tables.extras(self.acts), counts, later)


def moment(row: Row, column: str) -> datetime:
    """Return the moment that a cell states, in Shanghai; a day counts as its beginning."""
    value = row[column]
    return value if isinstance(value, datetime) else datetime.combine(cast(date, value), time.min, SHANGHAI)


def written(row: Row, column: str) -> object:
    """Return a cell that says when, word for word where it is a moment."""
    return row.moments[0] if row.moments and isinstance(row[column], datetime) else row[column]


def _order(step: tuple[datetime, int, Row, str]) -> tuple[datetime, int]:
    return step[0], step[1]


def _why(ruling: Ruling, run: Run) -> tuple[object, object]:
    return ruling.codes, advised(ruling, run.lang)
