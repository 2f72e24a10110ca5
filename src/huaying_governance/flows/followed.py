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


def _waits_for_nothing(tables: Tables) -> frozenset[str]:  # noqa: ARG001 - a kind whose cases stand alone
    return frozenset()


def _as_written(run: Run, row: Row, act: Any) -> Any:  # noqa: ARG001 - an act that its row says whole
    return act


@frozen
class _Waiting:
    """待办: what a run has to open and to do of one kind, and what it leaves for later."""

    kind: Followed
    book: Book
    new: Mapping[str, Any]
    shown: Mapping[str, Row | None]
    steps: tuple[tuple[datetime, Row, str], ...]
    later_openings: int
    later_acts: int


@frozen
class Followed:
    """跟办: one kind of casework as tables of a case folder.

    `openings` names the table whose rows open cases (column `id`), `acts` the one of the acts, whose column `parent`
    names the case. `moment` and `at` are the columns that say when; a day counts as its beginning. `report` is given
    the cases to be shown by id, each with the row that opened it where this folder holds it. `completed` adds to an
    act what the tables `beside` say of its case. `waits` names the cases that rest on rows of other kinds which have
    problems: they wait with them. With `found`, judging the rows of `openings` finds the cases by id, and no
    single row opens one.
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
    completed: Callable[[Run, Row, Any], Any] = field(default=_as_written)
    beside: tuple[str, ...] = ()
    waits: Callable[[Tables], frozenset[str]] = field(default=_waits_for_nothing)
    found: Callable[[Run], Mapping[str, Any]] | None = None

    def desk(self) -> Desk:
        """Return this kind as a desk of a run."""
        return joined(self)

    def book(self, run: Run) -> Book:
        """Return the casebook of this kind."""
        return Casebook(run.store, self.work, self.context(run))

    def against_store(self, run: Run) -> Iterator[Fault]:
        """Yield cases that were opened with another content, and acts on cases that nobody knows."""
        book = self.book(run)
        for row in self._rows(run.tables):
            opened = book.opening(str(row["id"]))
            if opened is not None and opened != self.opening(run.case, row):
                yield changed_fault(row)
        if not run.tables.whole(self.openings) or (self.found is not None and run.tables.bad(self.openings)):
            return
        stated: set[object] = {row["id"] for row in (*self._rows(run.tables), *self._bad(run.tables))}
        stated.update(() if self.found is None else self.found(run))
        for row in run.tables.rows(self.acts):
            if row[self.parent] not in stated and not book.knows(str(row[self.parent])):
                yield fault(row, self.parent, "unknown-case", UNKNOWN, UNKNOWN_CURE.fill(t=self.openings))

    def _rows(self, tables: Tables) -> Sequence[Row]:
        """Return the rows that open a case each."""
        return tables.rows(self.openings) if self.found is None else ()

    def _bad(self, tables: Tables) -> Sequence[Row]:
        return tables.bad(self.openings) if self.found is None else ()

    def waiting(self, run: Run) -> _Waiting | None:
        """Return what is to be opened and done by the day of the case; None where there is no such table."""
        if self.openings not in run.tables:
            return None
        book, day, held = self.book(run), run.case.on, self.withheld(run.tables)
        rows = {str(row["id"]): row for row in self._rows(run.tables) if row["id"] not in held}
        due = {id_: row for id_, row in rows.items() if day_of(moment(row, self.moment)) <= day}
        new = dict(self.found(run)) if self.found is not None else {}
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
                steps.append((at, row, identity))
        return _Waiting(self, book, new, shown, tuple(steps), len(rows) - len(due), later)

    def open_(self, book: Book, id_: str, opening: Any) -> None:
        """Open a case; one that was found before is not opened again."""
        if self.found is None or not book.knows(id_):
            book.open(id_, opening, f"{self.openings}:{id_}")

    def attempt(self, run: Run, book: Book, row: Row, identity: str) -> Ruling | None:
        """Do what a row says; return the ruling that refuses it."""
        act = self.completed(run, row, self.act(run.case, row))
        return book.attempt(str(row[self.parent]), act, f"{self.acts}:{identity}")

    def withheld(self, tables: Tables) -> frozenset[str]:
        """Return the cases that wait for a mended row: their own, one of their acts, one that they rest on."""
        children = (self.acts, *self.beside)
        if not all(tables.whole(name) for name in children):
            return frozenset(str(row["id"]) for row in self._rows(tables))
        own = {str(row["id"]) for row in self._bad(tables)}
        acted = {str(row[self.parent]) for name in children for row in tables.bad(name)}
        return frozenset(own | acted) | self.waits(tables)

    def reports(self, run: Run, waiting: _Waiting, refused: Sequence[tuple[Row, Ruling]]) -> Iterable[Report]:
        """Return the results of this kind, when everything is done."""
        told = self.report(run, waiting.book, list(waiting.shown.items()), waiting.later_openings)
        return (*told, self._refused(run, refused, waiting.later_acts))

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


def joined(*kinds: Followed) -> Desk:
    """Return kinds that ask about each other as one desk: all are opened, then all acts are done in order of time.

    Of acts at one moment those of the kind named first come first.
    """

    def faults(case: Case, tables: Tables) -> Iterator[Fault]:
        for kind in kinds:
            yield from kind.faults(case, tables)

    def against_store(run: Run) -> Iterator[Fault]:
        for kind in kinds:
            yield from kind.against_store(run)

    return Desk(lambda run: _judge(run, kinds), faults=faults, against_store=against_store)


def _judge(run: Run, kinds: Sequence[Followed]) -> Iterable[Report]:
    work = [held for kind in kinds if (held := kind.waiting(run)) is not None]
    if not work:
        return ()
    title, refused = work[0].kind.title, [list[tuple[Row, Ruling]]() for _ in work]

    def open_(item: tuple[_Waiting, str, Any]) -> None:
        held, id_, opening = item
        held.kind.open_(held.book, id_, opening)

    def act(item: tuple[datetime, int, int, Row, str]) -> None:
        _, place, _, row, identity = item
        ruling = work[place].kind.attempt(run, work[place].book, row, identity)
        if ruling is not None:
            refused[place].append((row, ruling))

    steps = [
        (at, place, row.number, row, identity)
        for place, held in enumerate(work)
        for at, row, identity in held.steps
    ]
    run.committed(title, [(held, *item) for held in work for item in held.new.items()], open_)
    run.committed(title, sorted(steps, key=lambda step: step[:3]), act)
    return [
        report
        for held, ones in zip(work, refused, strict=True)
        for report in held.kind.reports(run, held, sorted(ones, key=lambda pair: pair[0].number))
    ]
