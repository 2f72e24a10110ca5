"""选举环节: the desk of rolls, registrations and elections, which ask about each other.

Acts of all three are done in one order of time: whoever is registered before the roll is published stands on it.
"""

# Long: three kinds of casework with what each reads, asks and checks.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from attrs import evolve

from huaying_governance.casework import Casebook
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.facts import OwnFacts
from huaying_governance.flows.followed import Book, Followed, joined
from huaying_governance.flows.participation.election_reports import (
    election_reports,
    registration_reports,
    roll_reports,
)
from huaying_governance.flows.participation.kin import (
    UNKNOWN_ROLL,
    UNKNOWN_ROLL_CURE,
    declared,
    waiting_for_relatives,
)
from huaying_governance.flows.residents import policies_of, resident_of
from huaying_governance.flows.ruled import place, ruled
from huaying_governance.packs.rules.elections import ElectionRules
from huaying_governance.participation import (
    electing,
    election,
    enrolling,
    office,
    roll,
    roll_steps,
)
from huaying_governance.participation.eligibility import judge_resident
from huaying_governance.participation.voting import Ballot, gathered, mode_of
from huaying_governance.tables import Row
from huaying_governance.tables.specs import elections as specs
from huaying_governance.text import Text

BEFORE_ROLL = Text("早于名单的建立时间", "it is older than its roll")
BEFORE_ROLL_CURE = Text("核对时间", "check the moment")
NO_RULES = Text("政策包没有选举日适用的规则", "the pack states no rules that hold on the polling day")
NO_RULES_CURE = Text("在 elections.toml 中写明该日适用的规则", "state rules of that day in elections.toml")
NAMED = Text("选票表不得有其他列", "the table of ballots may have no other column")
NAMED_CURE = Text("删去这些列：选票不能与选民对应", "drop them: no ballot is anybody's")
CHANGED = Text(
    "这一轮选票已经计票，现在的内容不同", "this round is counted, and its ballots have changed since"
)
CHANGED_CURE = Text("恢复计票时的选票；计票后不再更改", "restore what was counted; it changes no more")
_named = ruled(ElectionRules, "elections", "rolls", "registrations", "elections")


def _text(row: Row, name: str) -> str:
    return str(row[name] or "")


# What a roll, a registration and an election may ask --------------------------------------------------------------


def _judged(run: Run) -> Callable[[roll.Registration], str]:
    """Return what the law says of somebody in the table of residents, on the polling day of the roll; else nothing."""
    case, known = run.case, office.known_roll(run.store)

    @cache
    def people() -> tuple[Mapping[str, Row], frozenset[str], OwnFacts]:
        tables = run.tables
        unsound = frozenset(str(row["person"]) for row in tables.bad("residents"))
        rows = {str(row["person"]): row for row in tables.rows("residents")}
        return rows, unsound, OwnFacts(policies_of(case), tables, "residents")

    def judged(registration: roll.Registration) -> str:
        rows, unsound, own = people()
        row, there = rows.get(registration.person), known(registration.roll)
        if registration.person in unsound:
            return "undetermined"
        if row is None or there is None:
            return ""
        resident, on = resident_of(case, row, own), there.roll
        if (resident.body, resident.facts.get("community")) != (on.body, on.community):
            return ""
        return judge_resident(policies_of(case), resident, on.polling_day).outcome

    return judged


def roll_terms(run: Run) -> Any:
    """Return what rolls and registrations are judged by; None where the pack has no rules."""
    rules = run.case.pack.rules(ElectionRules)
    if rules is None:
        return None
    officials = election_terms(run).officials()
    return office.roll_terms(run.store, rules.rolls, run.case.calendar, _judged(run), officials)


def election_terms(run: Run) -> Any:
    """Return what elections are judged by; None where the pack has no rules."""
    rules = run.case.pack.rules(ElectionRules)
    if rules is None:
        return None
    return office.election_terms(run.store, rules.modes, declared(run), rules.kinship)


def _waiting(openings: str, acts: str, parent: str) -> Callable[[Tables], frozenset[str]]:
    """Return who tells the cases that wait for a declared relation that is unsound: an answer is for ever."""
    return lambda tables: waiting_for_relatives(tables, openings, acts, parent)


# Rows -----------------------------------------------------------------------------------------------------------


def _roll(case: Case, row: Row) -> roll.Roll:
    return roll.Roll(
        id=str(row["id"]),
        community=place(case, row),
        body=str(row["body"]),
        polling_day=cast(date, row["polling_day"]),
        at=cast(datetime, row["at"]),
    )


def _roll_act(_case: Case, row: Row) -> roll.RollAct:
    return roll.RollAct(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        reason=_text(row, "reason"),
    )


def _registration(_case: Case, row: Row) -> roll.Registration:
    return roll.Registration(
        roll=str(row["voter_roll"]),
        person=str(row["person"]),
        hukou=row["local_hukou"] is True,
        at=cast(datetime, row["at"]),
        place=_text(row, "residence_place"),
        since=cast("date | None", row["living_since"]),
    )


def _registration_act(_case: Case, row: Row) -> roll.Act:
    return roll.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        fit=cast("bool | None", row["fit"]),
        consent=cast("bool | None", row["meeting_consent"]),
        upheld=cast("bool | None", row["upheld"]),
        reason=_text(row, "reason"),
        evidence=_text(row, "evidence"),
    )


def _election(_case: Case, row: Row) -> election.Election:
    return election.Election(
        roll=str(row["voter_roll"]),
        mode=str(row["voting_mode"]),
        office=_text(row, "office"),
        seats=cast(int, row["seats"]),
        at=cast(datetime, row["at"]),
    )


def _election_act(_case: Case, row: Row) -> election.Act:
    return election.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        candidate=_text(row, "candidate"),
        nominator=_text(row, "nominator"),
        supporters=cast("int | None", row["supporters"]),
        fit=cast("bool | None", row["fit"]),
        holder=_text(row, "proxy_holder"),
        due=cast("int | None", row["due_count"]),
        issued=cast("int | None", row["issued"]),
        round=cast("int | None", row["ballot_round"]) or 1,
        reason=_text(row, "reason"),
        evidence=_text(row, "evidence"),
    )


def _ballots(tables: Tables, id_: str, number: int) -> tuple[Ballot, ...]:
    """Return the papers of a round, those of all boxes together."""
    held = (row for row in tables.rows("ballots") if (row["election"], row["ballot_round"]) == (id_, number))
    return gathered(
        Ballot(cast("tuple[str, ...]", row["choices"]), cast("int | None", row["papers"]) or 1)
        for row in held
    )


def _with_ballots(run: Run, row: Row, act: election.Act) -> election.Act:
    if act.action != "count":
        return act
    return evolve(act, ballots=_ballots(run.tables, str(row["election"]), act.round))


# Checks ---------------------------------------------------------------------------------------------------------


def _roll_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from _named(case, tables)
    rules = case.pack.rules(ElectionRules)
    if rules is None:
        return
    for row in tables.rows("rolls"):
        if roll.rules_on(rules.rolls, str(row["body"]), cast(date, row["polling_day"])) is None:
            yield fault(row, "polling_day", "no-roll-rules", NO_RULES, NO_RULES_CURE)
    rolls = {str(row["id"]): row for row in tables.rows("rolls")}
    for row in (*tables.rows("registrations"), *tables.rows("elections")):
        own = rolls.get(str(row["voter_roll"]))
        if own is not None and cast(datetime, row["at"]) < cast(datetime, own["at"]):
            yield fault(row, "at", "before-roll", BEFORE_ROLL, BEFORE_ROLL_CURE)
    for row in tables.rows("elections"):
        own = rolls.get(str(row["voter_roll"]))
        if own is not None:
            day = cast(date, own["polling_day"])
            if mode_of(rules.modes, str(own["body"]), str(row["voting_mode"]), day) is None:
                yield fault(row, "voting_mode", "no-voting-rules", NO_RULES, NO_RULES_CURE)
    if tables.extras("ballots"):
        yield from (fault(row, "box", "secret-ballot", NAMED, NAMED_CURE) for row in tables.rows("ballots"))


def _against_store(run: Run) -> Iterator[Fault]:
    yield from _DESK.against_store(run)
    stated = {str(row["id"]) for row in run.tables.rows("rolls")}
    known = office.known_roll(run.store)
    for table in ("registrations", "elections"):
        for row in run.tables.rows(table):
            if row["voter_roll"] not in stated and known(str(row["voter_roll"])) is None:
                yield fault(row, "voter_roll", "unknown-roll", UNKNOWN_ROLL, UNKNOWN_ROLL_CURE)
    yield from _changed_ballots(run)


def _changed_ballots(run: Run) -> Iterator[Fault]:
    """Yield the first paper of every round that was counted with other papers."""
    book = Casebook(run.store, electing.ELECTIONS, cast(election.Terms, None))
    first: dict[tuple[str, int], Row] = {}
    for row in run.tables.rows("ballots"):
        first.setdefault((str(row["election"]), cast(int, row["ballot_round"])), row)
    for (id_, number), row in first.items():
        rounds = book.standing(id_).rounds if book.knows(id_) else ()
        counted = number <= len(rounds) and rounds[number - 1].counted
        if counted and rounds[number - 1].ballots != _ballots(run.tables, id_, number):
            yield fault(row, "choices", "ballots-changed", CHANGED, CHANGED_CURE)


# Desks ----------------------------------------------------------------------------------------------------------


def _registration_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    return registration_reports(run, roll_terms(run), book, shown, later)


def _roll_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    return roll_reports(run, roll_terms(run), election_terms(run), book, shown, later)


def _election_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    return election_reports(run, election_terms(run), book, shown, later)


_REGISTRATIONS = Followed(
    "registrations",
    "registration_acts",
    "registration",
    Text("选举", "following rolls and elections"),
    specs.REFUSED_REGISTRATION_ACTS,
    enrolling.REGISTRATIONS,
    _registration,
    _registration_act,
    roll_terms,
    _registration_report,
    moment="at",
    waits=_waiting("registrations", "registration_acts", "registration"),
)
_ROLLS = Followed(
    "rolls",
    "roll_acts",
    "voter_roll",
    Text("选举", "following rolls and elections"),
    specs.REFUSED_ROLL_ACTS,
    roll_steps.ROLLS,
    _roll,
    _roll_act,
    roll_terms,
    _roll_report,
    moment="at",
    faults=_roll_faults,
    waits=_waiting("rolls", "roll_acts", "voter_roll"),
)
_ELECTIONS = Followed(
    "elections",
    "election_acts",
    "election",
    Text("选举", "following rolls and elections"),
    specs.REFUSED_ELECTION_ACTS,
    electing.ELECTIONS,
    _election,
    _election_act,
    election_terms,
    _election_report,
    moment="at",
    completed=_with_ballots,
    beside=("ballots",),
    waits=_waiting("elections", "election_acts", "election"),
)
_DESK = joined(_REGISTRATIONS, _ROLLS, _ELECTIONS)


DESKS: tuple[Desk, ...] = (evolve(_DESK, against_store=_against_store),)
"""选举 → the tables of `tables.specs.elections`."""
PARENTS = {
    "roll_acts": "rolls",
    "registration_acts": "registrations",
    "election_acts": "elections",
    "ballots": "elections",
}
