"""领航环节: the desks of whistles and honours, and what they report."""

# Long: one desk after another, each with what it reads and reports.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.flows.case import Case
from huaying_governance.flows.desk import Desk, Report, Run
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.party.reports import (
    change_report,
    flag_report,
    honour_report,
    ledger_report,
    places_report,
    whistle_reports,
)
from huaying_governance.flows.ruled import body, place, ruled, stated
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party import flags, honour, honouring, whistle, whistling
from huaying_governance.responsibility.matters import version_on
from huaying_governance.tables import Row
from huaying_governance.tables.specs import party as specs
from huaying_governance.text import Text


def rules_of(case: Case) -> PartyRules:
    """Return the pack's rules of 领航."""
    return stated(case, PartyRules)


checked = partial(ruled, PartyRules, "party")
"""Given names of tables, their checks."""


# Whistles -----------------------------------------------------------------------------------------------------


def _whistle(case: Case, row: Row) -> whistle.Whistle:
    matter = str(row["matter"] or "")
    return whistle.Whistle(
        community=place(case, row),
        kind=str(row["kind"]),
        responder=str(row["responder"]),
        matter=matter,
        at=cast(datetime, row["at"]),
    )


def _whistle_act(case: Case, row: Row) -> whistle.Act:
    return whistle.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=body(case, row["actor"]),
        role=str(row["role"]),
        bodies=tuple(body(case, one) for one in cast("tuple[str, ...] | None", row["bodies"]) or ()),
        lead=body(case, row["lead"]),
        reason=str(row["reason"] or ""),
        basis=str(row["basis"] or ""),
        evidence=str(row["evidence"] or ""),
        days=cast("int | None", row["days"]),
        satisfied=cast("bool | None", row["satisfied"]),
        score=cast("int | None", row["score"]),
    )


def whistle_terms(run: Run) -> Any:
    """Return what whistles are judged by; None where the case has no whistles and the pack no rules."""
    rules = run.case.pack.rules(PartyRules)
    if rules is None:
        return None

    def kind_of(matter: str, community: str, day: date) -> str:
        line = version_on(run.case.pack.matters.find(matter, community), day, community)
        return line.kind if line is not None and line.in_force(day) else ""

    return whistle.Terms(rules.whistles, run.case.calendar, kind_of)


def _whistle_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    standings = [(id_, book.standing(id_), row) for id_, row in shown]
    rules = run.case.pack.rules(PartyRules)
    pilots = rules.pilots if rules is not None else {}
    yield from whistle_reports(run, whistle_terms(run), pilots, standings, later)
    yield ledger_report(run, standings)
    if rules is not None:
        stories = [flags.Story(id_, one, tuple(book.history(id_))) for id_, one, _ in standings]
        yield flag_report(run, flags.look_closer(stories, rules.flags, run.case.on), rules.flags)


WHISTLES = Followed(
    "whistles",
    "whistle_acts",
    "whistle",
    Text("社区吹哨", "following whistles"),
    specs.REFUSED_WHISTLE_ACTS,
    whistling.WHISTLES,
    _whistle,
    _whistle_act,
    whistle_terms,
    _whistle_report,
    moment="at",
    faults=checked("whistles", "whistle_acts"),
)


# Honours ------------------------------------------------------------------------------------------------------


def _honour(case: Case, row: Row) -> honour.Honour:
    return honour.Honour(
        holder=str(row["holder"]),
        kind=str(row["kind"]),
        community=place(case, row),
        trade=str(row["trade"]),
        on=cast(date, row["date"]),
        branch=str(row["branch"] or ""),
    )


def _honour_act(_case: Case, row: Row) -> honour.Act:
    return honour.Act(
        action=str(row["action"]),
        on=cast(date, row["date"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        passed=cast("bool | None", row["passed"]),
        reason=str(row["reason"] or ""),
        evidence=str(row["evidence"] or ""),
    )


def _honour_terms(run: Run) -> Any:
    rules = run.case.pack.rules(PartyRules)
    if rules is None:
        return None
    return honour.Terms(rules.honours, run.case.calendar, _applied_in(run))


def _applied_in(run: Run) -> Callable[[int], Iterator[honour.Standing]]:
    """Return who finds every honour of the store that was applied for in a year; the index is read once."""
    book: Casebook[Any, honour.Standing, Any, Any] = Casebook(run.store, honouring.HONOURS, None)

    @cache
    def index() -> Mapping[int, list[str]]:
        found: dict[int, list[str]] = {}
        for id_, one in book.all():
            found.setdefault(one.honour.on.year, []).append(id_)
        return found

    return lambda year: (book.standing(id_) for id_ in index().get(year, ()))


def _honour_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    standings = [(id_, book.standing(id_), row) for id_, row in shown]
    rules = run.case.pack.rules(PartyRules)
    held = None if rules is None else rules.honours
    changes = change_report(run, held, [one for _, one, _ in standings])
    told = (honour_report(run, held, standings, later), changes)
    if held is None or not held.caps:
        return told
    return (*told, places_report(run, held, [one for _, one in book.all()]))


HONOURS = Followed(
    "honours",
    "honour_acts",
    "honour",
    Text("评选挂牌", "following honours"),
    specs.REFUSED_HONOUR_ACTS,
    honouring.HONOURS,
    _honour,
    _honour_act,
    _honour_terms,
    _honour_report,
    at="date",
    faults=checked("honours", "honour_acts"),
)


DESKS: tuple[Desk, ...] = (
    WHISTLES.desk(),
    HONOURS.desk(),
)
"""领航 → the tables of `tables.specs.party`."""
PARENTS = {"whistle_acts": "whistles", "honour_acts": "honours"}
