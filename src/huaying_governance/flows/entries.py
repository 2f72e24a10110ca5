"""台账办理: the desk that registers entries and applies actions in the order of time, and reports how each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from typing import cast

from attrs import frozen

from huaying_governance.errors import Problems
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, advised, changed_fault, community_faults, fault
from huaying_governance.kernel.dates import SHANGHAI, day_of
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.ledger import Action, Entry, EntryView, LedgerBook
from huaying_governance.tables import Row, identities
from huaying_governance.tables.specs.core import FOLLOWED, REFUSED_ACTIONS
from huaying_governance.text import Text

ENTRIES, ACTIONS = "entries", "actions"
CLOSED = frozenset({"struck_off", "declined", "merged"})
FOLLOWING = Text("台账办理", "following up the ledgers")
UNKNOWN_ENTRY = Text("台账中没有此条目", "names no entry of the table, nor of the store")
UNKNOWN_ENTRY_CURE = Text("在 entries 中补上该条目，或改正编号", "add the entry to entries, or mend the id")


@frozen
class Step:
    """办理步骤: one row to be applied: an entry to register (`turn` 0), or an action on it (1)."""

    moment: datetime
    turn: int
    row: Row
    identity: str

    @property
    def order(self) -> tuple[datetime, int, int]:
        """What steps are applied in the order of: time, registrations first, then as the table has them."""
        return self.moment, self.turn, self.row.number


def faults(case: Case, tables: Tables) -> Iterator[Fault]:
    """Yield unknown communities."""
    for row in tables.rows(ENTRIES):
        yield from community_faults(case, row, "community", [str(row["community"])])


def against_store(run: Run) -> Iterator[Fault]:
    """Yield entries that were registered with another content, and actions on entries that nobody knows."""
    book = LedgerBook(run.store, run.case.pack, run.case.calendar)
    for row in run.tables.rows(ENTRIES):
        known = _stored(book, str(row["id"]))
        if known is not None and not _says_the_same(known, _entry(run.case, row)):
            yield changed_fault(row)
    stated = {row["id"] for row in (*run.tables.rows(ENTRIES), *run.tables.bad(ENTRIES))}
    if not run.tables.whole(ENTRIES):
        return
    for row in run.tables.rows(ACTIONS):
        if row["entry"] not in stated and _stored(book, str(row["entry"])) is None:
            yield fault(row, "entry", "unknown-entry", UNKNOWN_ENTRY, UNKNOWN_ENTRY_CURE)


def judge(run: Run) -> Iterable[Report]:
    """Register the entries and apply the actions dated up to the day of the case; report how all stand."""
    if ENTRIES not in run.tables:
        return ()
    book = LedgerBook(run.store, run.case.pack, run.case.calendar)
    shown, steps, later = _steps(run, book)
    refused: dict[int, tuple[Row, Ruling]] = {}

    def apply(step: Step) -> None:
        if step.turn == 0:
            book.register(_entry(run.case, step.row), f"entries:{step.identity}")
        elif (ruling := book.attempt(_action(step.row), f"actions:{step.identity}")) is not None:
            refused[step.row.number] = step.row, ruling

    run.committed(FOLLOWING, steps, apply)
    # Deadlines that lay beyond the calendar get their day once the notice of that year is loaded.
    book.reproject(datetime.combine(run.case.on, time.max, SHANGHAI))
    return _followed(run, book, shown, later[0]), _refused(run, refused, later[1])


def _steps(run: Run, book: LedgerBook) -> tuple[list[tuple[str, Row | None]], list[Step], tuple[int, int]]:
    """Return the entries to be shown, the steps in the order of time, and how many rows of each table are later."""
    withheld = _withheld(run.tables)
    rows = {str(row["id"]): row for row in run.tables.rows(ENTRIES) if row["id"] not in withheld}
    due = {id_: row for id_, row in rows.items() if day_of(cast(datetime, row["received_at"])) <= run.case.on}
    shown: dict[str, Row | None] = dict(due)
    first: dict[str, datetime] = {}
    steps: list[Step] = []
    later = 0
    for row, identity in identities(run.tables.rows(ACTIONS)):
        entry, at = str(row["entry"]), cast(datetime, row["at"])
        if entry in withheld:
            continue
        if day_of(at) > run.case.on or (entry in rows and entry not in due):
            later += 1
        elif entry in due or _stored(book, entry) is not None:
            shown.setdefault(entry, None)
            steps.append(Step(at, 1, row, identity))
            first[entry] = min(at, first.get(entry, at))
    for id_, row in due.items():
        received = cast(datetime, row["received_at"])
        # Registered before any of its actions, so that one dated before its receipt is refused, not unheard of.
        steps.append(Step(min(received, first.get(id_, received)), 0, row, id_))
    steps.sort(key=lambda step: step.order)
    return list(shown.items()), steps, (len(rows) - len(due), later)


def _withheld(tables: Tables) -> frozenset[str]:
    """Return the entries that wait for a mended row: their own, one of their actions, or that of a merger's target."""
    if not tables.whole(ACTIONS):
        return frozenset(str(row["id"]) for row in tables.rows(ENTRIES))
    held = {str(row["id"]) for row in tables.bad(ENTRIES)} | {
        str(row["entry"]) for row in tables.bad(ACTIONS)
    }
    mergers = [(str(row["entry"]), row["target"]) for row in tables.rows(ACTIONS) if row["target"]]
    while more := {entry for entry, target in mergers if target in held} - held:
        held |= more
    return frozenset(held)


def _followed(run: Run, book: LedgerBook, shown: Sequence[tuple[str, Row | None]], later: int) -> Report:
    counts: Counter[str] = Counter()
    lines: list[list[object]] = []
    blank = [""] * len(run.tables.extras(ENTRIES))
    for id_, row in shown:
        view = book.entry(id_)
        cells = view.columns(run.case.on, run.lang)
        counts["closed" if view.state in CLOSED else "on_hold" if view.state == "on_hold" else "open"] += 1
        counts["overdue"] += cells["overdue"] == "yes"
        lines.append([*cells.values(), *(row.extras if row is not None else blank)])
    return Report(FOLLOWED, lines, run.tables.extras(ENTRIES), counts, later)


def _refused(run: Run, refused: dict[int, tuple[Row, Ruling]], later: int) -> Report:
    lines = [
        [row["entry"], row.moments[0], row["action"], ruling.codes, advised(ruling, run.lang), *row.extras]
        for _, (row, ruling) in sorted(refused.items())
    ]
    return Report(REFUSED_ACTIONS, lines, run.tables.extras(ACTIONS), {"refused_action": len(lines)}, later)


def _stored(book: LedgerBook, id: str) -> EntryView | None:  # noqa: A002 - the field's own word
    try:
        return book.entry(id)
    except Problems:
        return None


def _says_the_same(known: EntryView, entry: Entry) -> bool:
    facts = known.facts
    return (facts.kind, facts.source, facts.category, facts.community, facts.received_at) == (
        entry.kind,
        entry.source,
        entry.category,
        entry.community,
        entry.received_at,
    ) and (facts.summary, facts.petitioner) == (entry.summary, entry.petitioner)


def _entry(case: Case, row: Row) -> Entry:
    cells = row.to_dict()
    community = case.pack.resolve_community(str(cells["community"]))
    cells["community"] = community.id if community is not None else cells["community"]
    return Entry(**cells)  # type: ignore[arg-type] # the columns of the table are the fields of the entry


def _action(row: Row) -> Action:
    return Action(**row.to_dict())  # type: ignore[arg-type] # the columns of the table are the fields of the action


DESK = Desk(judge, faults=faults, against_store=against_store)
"""台账条目与办理记录 → OUT/entries.csv, OUT/refused_actions.csv."""
