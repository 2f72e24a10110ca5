"""评议取数: what whistles, the ledger and the refused assignments of a year say of each department.

Counted is what the store knows, from the first of January of the case's year up to its day. A department that nobody
called and that leads nothing has no figure of it: nothing is made up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time

from huaying_governance.casework import Casebook
from huaying_governance.flows import violations
from huaying_governance.flows.desk import Run
from huaying_governance.flows.party.whistles import whistle_terms
from huaying_governance.flows.ruled import body
from huaying_governance.kernel.dates import SHANGHAI, day_of
from huaying_governance.ledger import EntryView, LedgerBook
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party import indicators, whistle, whistling

SETTLED = frozenset({"verified", "struck_off"})
GONE = frozenset({"declined", "merged"})
Figures = dict[tuple[str, str], indicators.Figure]


def figures(run: Run, departments: Sequence[str], rules: PartyRules) -> Figures:
    """Return every measure of these departments that something was counted for."""
    found: Figures = {}
    _whistles(run, departments, found)
    _entries(run, departments, found)
    _assignments(run, departments, rules, found)
    return found


def _counted(found: Figures, department: str, measure: str, of: Collection[object]) -> None:
    """Count how many of these are true; what is not known is not counted."""
    known = [one for one in of if one is not None]
    if known:
        found[department, measure] = indicators.Figure(sum(map(bool, known)), len(known))


def _within(run: Run, day: date) -> bool:
    return date(run.case.on.year, 1, 1) <= day <= run.case.on


def _whistles(run: Run, departments: Iterable[str], found: Figures) -> None:
    book: Casebook[whistle.Whistle, whistle.Standing, whistle.Act, whistle.Terms] = Casebook(
        run.store, whistling.WHISTLES, whistle_terms(run)
    )
    terms = whistle_terms(run)
    now = datetime.combine(run.case.on, time(23, 59, 59), SHANGHAI)
    sent = [one for _, one in book.all() if one.sent_at is not None and _within(run, day_of(one.sent_at))]
    for department in departments:
        called = [one for one in sent if department in one.bodies]
        leads = [one for one in called if one.lead == department]
        answered = [bool({"acknowledge", "arrive"} & one.done.keys()) for one in called]
        _counted(found, department, "whistle-answered", answered)
        _counted(found, department, "whistle-in-time", [_arrived(one, terms, now) for one in called])
        _counted(found, department, "whistle-settled", [one.satisfied for one in leads])
        scores = [one.score for one in leads if one.score is not None]
        if scores:
            figure = indicators.Figure(sum(scores), 5 * len(scores))
            found[department, "whistle-score"] = figure


def _arrived(one: whistle.Standing, terms: whistle.Terms, now: datetime) -> bool | None:
    """Return whether somebody came in time; None where no clock runs for it, or it is not due yet."""
    for clock in whistle.deadlines(one, terms):
        if clock.step == "arrive" and clock.due is not None and (clock.done is not None or now > clock.due):
            return not clock.late(now)
    return None


def _ledger(run: Run) -> Iterator[EntryView]:
    return LedgerBook(run.store, run.case.pack, run.case.calendar).find({})


def _entries(run: Run, departments: Iterable[str], found: Figures) -> None:
    held: dict[str, list[EntryView]] = {}
    for one in _ledger(run):
        if one.live.lead and one.state not in GONE and _within(run, day_of(one.facts.received_at)):
            held.setdefault(body(run.case, one.live.lead), []).append(one)
    for department in departments:
        own = held.get(department, [])
        late = [one.is_overdue(run.case.on) for one in own]
        _counted(found, department, "ledger-in-time", [None if one is None else not one for one in late])
        _counted(found, department, "ledger-settled", [one.state in SETTLED for one in own])


def _assignments(run: Run, departments: Sequence[str], rules: PartyRules, found: Figures) -> None:
    """Count the refused assignments of the store; shares are of the assignments that this case holds."""
    violations.declare(run.store)
    refused: dict[str, set[str]] = {name: set() for name in departments}
    for one in violations.Register(run).of(departments):
        if _within(run, one.on):
            refused[one.assigner].add(one.assignment)
    asked: dict[str, list[str]] = {}
    for row in run.tables.rows("assignments"):
        if row["assigner"] and _within(run, _day(row["date"])):
            asked.setdefault(body(run.case, row["assigner"]), []).append(str(row["id"]))
    for department in departments:
        own = asked.get(department, [])
        _counted(found, department, "list-kept", [id_ not in refused[department] for id_ in own])
        if own or refused[department]:
            events = len(refused[department])
            figure = indicators.deducted(events, rules.appraisal.deduction)
            found[department, "unlawful-assignments"] = figure


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.max


def conflicts(run: Run) -> Mapping[tuple[str, str], bool]:
    """回避: return who has an open entry in the ledger that a department leads: they do not rate it."""
    return {
        (one.facts.petitioner, body(run.case, one.live.lead)): True
        for one in _ledger(run)
        if one.facts.petitioner and one.live.lead and one.closed_on is None
    }
