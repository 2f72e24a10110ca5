"""选举报表: how rolls, registrations and elections are told: counts with what they are shares of, no voter by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from huaying_governance.casework import Casebook
from huaying_governance.flows.desk import Report, Run
from huaying_governance.flows.followed import Book
from huaying_governance.flows.participation.reports import BEYOND
from huaying_governance.flows.ruled import labels, share, stated
from huaying_governance.packs.rules.elections import ElectionRules
from huaying_governance.participation import electing, election, enrolling, roll, roll_steps
from huaying_governance.participation.signals import signals_of
from huaying_governance.participation.voting import VotingMode
from huaying_governance.tables import Row
from huaying_governance.tables.specs import elections as specs

Shown = Sequence[tuple[str, Row | None]]


def _extras(row: Row | None) -> Sequence[object]:
    return row.extras if row is not None else ()


# Registrations ----------------------------------------------------------------------------------------------------


def registration_reports(
    run: Run, terms: roll.Terms, book: Book, shown: Shown, later: int
) -> Iterable[Report]:
    """Return every registration as it stands, and every objection with the clock of its decision."""
    held: list[tuple[str, roll.Standing, Row | None]] = [(id_, book.standing(id_), row) for id_, row in shown]
    lines = [[*_registration(run, terms, id_, one), *_extras(row)] for id_, one, row in held]
    objections = [line for id_, one, _ in held for line in _objections(run, terms, id_, one)]
    counts = Counter(one.state for _, one, _ in held)
    return (
        Report(
            specs.REGISTRATIONS_OUT,
            lines,
            run.tables.extras("registrations"),
            counts,
            later,
            words=labels(enrolling.REGISTRATIONS),
        ),
        Report(specs.OBJECTIONS, objections),
    )


def _registration(run: Run, terms: roll.Terms, id_: str, one: roll.Standing) -> list[object]:
    rules = terms.rules_of(one.registration.roll)
    codes = [roll.ELSEWHERE] if one.listed and roll.active_elsewhere(one, terms) else []
    waits = one.objections[-1] if one.state in {"objected", "claimed"} else None
    due = roll.decide_by(waits, rules, terms.calendar) if waits is not None and rules is not None else None
    cited = [] if rules is None else [rules.admission, *([rules.decision] if waits is not None else [])]
    overdue = None if due is None else run.case.on > due
    told = [*(citation.say(run.lang) for citation in cited), *([BEYOND] if waits and due is None else [])]
    return [id_, one.registration.roll, one.state, one.listed, codes, due, overdue, ";".join(told)]


def _objections(run: Run, terms: roll.Terms, id_: str, one: roll.Standing) -> Iterable[list[object]]:
    rules = terms.rules_of(one.registration.roll)
    if rules is None:
        return
    for raised in one.objections:
        due = roll.decide_by(raised, rules, terms.calendar)
        late = None if due is None else (raised.decided_on or run.case.on) > due
        told = rules.decision.say(run.lang)
        first = [id_, one.registration.roll, raised.kind, raised.raised_on, due]
        yield [*first, raised.decided_on, raised.upheld, late, told]


# Rolls ------------------------------------------------------------------------------------------------------------


def roll_reports(
    run: Run, terms: roll.Terms, asked: election.Terms, book: Book, shown: Shown, later: int
) -> Iterable[Report]:
    """Return every roll as it stands, its statistics, and what about it should be looked at."""
    votes: Casebook[Any, election.Standing, Any, Any] = Casebook(run.store, electing.ELECTIONS, asked)
    by_roll: dict[str, list[election.Standing]] = {}
    for _, vote in votes.all() if shown else ():
        by_roll.setdefault(vote.election.roll, []).append(vote)
    lines, statistics, found, counts = [], [], [], Counter[str]()
    for id_, row in shown:
        one: roll.RollStanding = book.standing(id_)
        held = list(terms.of_roll(id_))
        counts[one.state] += 1
        lines.append([*_roll(run, terms, one, held), *_extras(row)])
        statistics.append(_statistics(terms, asked, one, held, by_roll.get(id_, [])))
        found += _signals(run, terms, asked, one, held, by_roll.get(id_, []))
    return (
        Report(
            specs.ROLLS_OUT, lines, run.tables.extras("rolls"), counts, later, words=labels(roll_steps.ROLLS)
        ),
        Report(specs.STATISTICS, statistics),
        Report(specs.SIGNALS, found),
    )


def _roll(run: Run, terms: roll.Terms, one: roll.RollStanding, held: Sequence[roll.Standing]) -> list[object]:
    rules = roll.rules_on(terms.rules, one.roll.body, one.roll.polling_day)
    last = first = None
    cited = ""
    if rules is not None:
        first = roll.publish_by(one.roll, rules)
        cited = rules.publication.say(run.lang)
        if one.published_on is not None:
            last = roll.object_by(one.published_on, rules, terms.calendar)
            cited += "" if last is not None else f";{BEYOND}"
    listed = sum(each.listed for each in held)
    waits = sum(each.state in {"objected", "claimed"} for each in held)
    told = [one.roll.id, one.roll.community, one.roll.body, one.roll.polling_day, one.state]
    return [*told, first, one.published_on, last, listed, waits, cited]


def _in_time(objection: roll.Objection, rules: roll.RollRules, terms: roll.Terms) -> bool:
    due = roll.decide_by(objection, rules, terms.calendar)
    return due is not None and objection.decided_on is not None and objection.decided_on <= due


def _statistics(
    terms: roll.Terms,
    asked: election.Terms,
    one: roll.RollStanding,
    held: Sequence[roll.Standing],
    votes: Sequence[election.Standing],
) -> list[object]:
    """Return one roll in figures: each share beside what it is a share of; a share of nothing is empty."""
    rules = roll.rules_on(terms.rules, one.roll.body, one.roll.polling_day)
    listed = [each for each in held if each.listed]
    others = sum(not each.registration.hukou for each in listed)
    raised = [objection for each in held for objection in each.objections]
    decided = [objection for objection in raised if objection.decided_on is not None]
    upheld = sum(objection.upheld is True for objection in decided)
    timely = sum(_in_time(objection, rules, terms) for objection in decided) if rules is not None else 0
    entitled, voted = _turnout(votes)
    elected = _elected(asked, votes)
    newcomers = {each.registration.person for each in listed if not each.registration.hukou}
    from_elsewhere = len(elected & newcomers)
    first = [one.roll.id, one.roll.community, one.roll.body, one.roll.polling_day]
    return [
        *(*first, len(held), len(listed), share(len(listed), len(held))),
        *(len(listed) - others, others, share(others, len(listed))),
        *(
            len(raised),
            len(decided),
            upheld,
            share(upheld, len(decided)),
            timely,
            share(timely, len(decided)),
        ),
        *(entitled, voted, share(voted, entitled)),
        *(len(elected), from_elsewhere, share(from_elsewhere, len(elected))),
    ]


def _turnout(votes: Iterable[election.Standing]) -> tuple[int, int]:
    """Return how many were entitled and how many voted in the first counted round of every election."""
    rounds = [next((held for held in one.rounds if held.counted), None) for one in votes]
    first = [held for held in rounds if held is not None]
    return sum(held.due for held in first), sum(paper.count for held in first for paper in held.ballots)


def _elected(asked: election.Terms, votes: Iterable[election.Standing]) -> set[str]:
    modes = [(one, asked.mode(one.election)) for one in votes]
    told = ((one, election.result(one, mode)) for one, mode in modes if mode is not None)
    return {name for one, held in told for name in election.seats_of(one, held)}


def _signals(
    run: Run,
    terms: roll.Terms,
    asked: election.Terms,
    one: roll.RollStanding,
    held: Sequence[roll.Standing],
    votes: Sequence[election.Standing],
) -> list[list[object]]:
    rules = stated(run.case, ElectionRules).signals
    doubles = sum(each.listed and bool(roll.active_elsewhere(each, terms)) for each in held)
    limits = [(each, mode.proxies) for each in votes if (mode := asked.mode(each.election)) is not None]
    return [
        [
            one.roll.id,
            found.kind,
            found.community,
            found.place,
            found.count,
            found.least,
            rules.source.say(run.lang),
        ]
        for found in signals_of(one.roll, held, doubles, limits, rules)
    ]


# Elections --------------------------------------------------------------------------------------------------------


def election_reports(
    run: Run, terms: election.Terms, book: Book, shown: Shown, later: int
) -> Iterable[Report]:
    """Return every election as it stands, and the votes of every round that was counted."""
    held: list[tuple[str, election.Standing, Row | None]] = [
        (id_, book.standing(id_), row) for id_, row in shown
    ]
    lines: list[list[object]] = []
    votes: list[list[object]] = []
    for id_, one, row in held:
        mode = terms.mode(one.election)
        if mode is not None:
            told = election.result(one, mode)
            lines.append([*_election(run, id_, one, told, mode), *_extras(row)])
            votes += _votes(id_, told)
    counts = Counter(one.state for _, one, _ in held)
    return (
        Report(
            specs.ELECTIONS_OUT,
            lines,
            run.tables.extras("elections"),
            counts,
            later,
            words=labels(electing.ELECTIONS),
        ),
        Report(specs.VOTES, votes),
    )


def _election(
    run: Run, id_: str, one: election.Standing, told: election.Result, mode: VotingMode
) -> list[object]:
    last = next((held for held in reversed(one.rounds) if held.counted), None)
    counted = told.tallies[-1] if told.tallies else None
    due = election.hand_over_by(one, mode) if one.state == "announced" else None
    overdue = None if due is None else run.case.on > due
    cited = [mode.validity, *([mode.handover] if due is not None else [])]
    cited += [mode.tie] if told.outcomes and told.outcomes[-1].tied else []
    entitled, voted = (None, None) if last is None or counted is None else (last.due, counted.returned)
    figures: list[object] = [entitled, voted, share(voted or 0, entitled or 0)]
    figures += [None, None] if counted is None else [counted.spoiled, counted.blank]
    seats = election.seats_of(one, told)
    standing = len(told.candidates) if one.state == "runoff" else None
    given = len(one.proxies) + sum(len(held.proxies) for held in one.rounds)
    first = [id_, one.election.roll, one.election.mode, one.election.office, one.state, one.election.seats]
    citation = ";".join(citation.say(run.lang) for citation in cited)
    return [
        *first,
        len(one.rounds),
        *figures,
        len(seats),
        told.left + len(told.elected) - len(seats),
        standing,
        given,
        due,
        overdue,
        citation,
    ]


def _votes(id_: str, told: election.Result) -> Iterable[list[object]]:
    for number, (counted, decided) in enumerate(zip(told.tallies, told.outcomes, strict=True), start=1):
        for name, count in counted.votes:
            rate = share(count, counted.returned)
            yield [id_, number, name, count, counted.returned, rate, name in decided.elected]
