"""联席会议环节: the desks of items, meetings, circulations, resolutions, resources, as one needs the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, cast

from huaying_governance.conference import (
    CIRCULATIONS,
    ITEMS,
    MEETINGS,
    PLEDGES,
    RESOLUTIONS,
    ConferenceRules,
    Limit,
    Office,
)
from huaying_governance.conference.planning import NO_SITE, NO_SITE_CURE
from huaying_governance.conference.resolution import CURES, ungrounded, unsound
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.conference import circulations, reports, rows
from huaying_governance.flows.desk import Desk, Report, Run, community_faults, fault
from huaying_governance.flows.followed import Book, Followed, joined
from huaying_governance.flows.ruled import body, ruled
from huaying_governance.tables import Row
from huaying_governance.tables.specs import conference as specs
from huaying_governance.text import Text

UNKNOWN_CONFERENCE = Text("政策包没有这个联席会议", "the pack has no such conference")
UNKNOWN_CONFERENCE_CURE = Text("用以下之一：{k}", "use one of {k}")
NOT_A_MEMBER = Text("当日不是成员单位", "it is no member of the conference on that day")
NOT_A_MEMBER_CURE = Text("核对成员单位名单和起止日期", "check the list of members and their terms")
UNKNOWN_BODY = Text("名录中没有这个单位", "the register has no such organisation or community")
UNKNOWN_BODY_CURE = Text("写名录中的编号或名称", "write the id or name that the register has")
BEFORE_PLANNED = Text("会议日期早于计划日期", "the meeting lies before the day it was planned")
BEFORE_PLANNED_CURE = Text("核对两个日期", "check both dates")

checked = partial(ruled, ConferenceRules, "conference")
Shown = Sequence[tuple[str, Row | None]]


def office_of(run: Run) -> Office | None:
    """Return the books of a run's conferences, None where the pack has no rules of them."""
    rules, burden = run.case.pack.rules(ConferenceRules), run.case.pack.burden
    if rules is None:
        return None
    caps = burden.caps if burden is not None else ()
    limits = tuple(Limit(one.id, one.title, one.most, one.citation) for one in caps)
    return Office(run.store, rules, run.case.calendar, limits)


# What is checked before anything is judged


def _conference_fault(case: Case, row: Row) -> Iterator[Fault]:
    rules = case.pack.rules(ConferenceRules)
    if rules is not None and body(case, row["conference"]) not in rules.conferences:
        cure = UNKNOWN_CONFERENCE_CURE.fill(k=", ".join(rules.conferences))
        yield fault(row, "conference", "unknown-conference", UNKNOWN_CONFERENCE, cure)


def _bodies(case: Case, row: Row, column: str) -> Iterator[Fault]:
    """Yield a fault for a cell that names what the register does not have."""
    held = row[column]
    for name in held if isinstance(held, tuple) else (held,) if held else ():
        known = case.pack.resolve_organisation(str(name)) or case.pack.resolve_community(str(name))
        if known is None:
            yield fault(row, column, "unknown-organisation", UNKNOWN_BODY, UNKNOWN_BODY_CURE)


def _agenda_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("agenda", "agenda_acts")(case, tables)
    for row in tables.rows("agenda"):
        yield from _conference_fault(case, row)
        yield from community_faults(case, row, "concerned", cast("tuple[str, ...]", row["concerned"] or ()))
        yield from _bodies(case, row, "lead")


def _meeting_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("meetings", "meeting_acts")(case, tables)
    rules = case.pack.rules(ConferenceRules)
    for row in tables.rows("meetings"):
        yield from _conference_fault(case, row)
        if cast(date, row["meeting_day"]) < cast(date, row["meeting_planned_on"]):
            yield fault(row, "meeting_day", "before-planned", BEFORE_PLANNED, BEFORE_PLANNED_CURE)
        if rules is not None and rules.kinds[str(row["meeting_kind"])].site and not row["meeting_site"]:
            yield fault(row, "meeting_site", "no-site", NO_SITE, NO_SITE_CURE)


def _circulation_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("circulations", "circulation_acts")(case, tables)
    for row in tables.rows("circulations"):
        yield from _conference_fault(case, row)


def _resolution_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("resolutions", "resolution_acts")(case, tables)
    for row in tables.rows("resolutions"):
        yield from _bodies(case, row, "leads")
        yield from _bodies(case, row, "cooperators")
        due, measure = cast("date | None", row["due_on"]), str(row["measure"] or "")
        sides = rows.names(case, row["leads"]), rows.names(case, row["cooperators"])
        faults = [
            *ungrounded(str(row["meeting"] or ""), str(row["circulation"] or "")),
            *unsound(*sides, cast(date, row["date"]), due, measure),
        ]
        for column, code in faults:
            yield fault(row, column, code, *CURES[code])


def _pledge_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("pledges", "pledge_acts")(case, tables)
    rules = case.pack.rules(ConferenceRules)
    for row in tables.rows("pledges"):
        yield from _conference_fault(case, row)
        conference = None if rules is None else rules.conferences.get(body(case, row["conference"]))
        member, day = body(case, row["member"]), cast(date, row["date"])
        if conference is not None and conference.member(member, day) is None:
            yield fault(row, "member", "not-a-member", NOT_A_MEMBER, NOT_A_MEMBER_CURE)


# What each is judged by, and what it waits for


def _rules(run: Run) -> Any:
    return run.case.pack.rules(ConferenceRules)


def _meeting_terms(run: Run) -> Any:
    office = office_of(run)
    return None if office is None else office.meeting_terms


def _circulation_terms(run: Run) -> Any:
    office = office_of(run)
    return None if office is None else office.circulation_terms


def _resolution_terms(run: Run) -> Any:
    office = office_of(run)
    return None if office is None else office.resolution_terms


def _waiting_meetings(tables: Tables) -> frozenset[str]:
    """Return the meetings on whose agenda is an item that waits for a mended row."""
    waiting = AGENDA.withheld(tables)
    acts = (*tables.rows("meeting_acts"), *tables.bad("meeting_acts"))
    return frozenset(str(row["meeting"]) for row in acts if row["item"] in waiting)


def _waiting_circulations(tables: Tables) -> frozenset[str]:
    """Return the circulations of an item that waits for a mended row."""
    waiting = AGENDA.withheld(tables)
    return frozenset(str(row["id"]) for row in tables.rows("circulations") if row["item"] in waiting)


def _waiting_resolutions(tables: Tables) -> frozenset[str]:
    """Return the resolutions of a meeting or of a circulation that waits."""
    met, signed = CONVENED.withheld(tables), SIGNED.withheld(tables)
    held = tables.rows("resolutions")
    return frozenset(str(row["id"]) for row in held if row["meeting"] in met or row["circulation"] in signed)


def _agenda_report(run: Run, _book: Book, shown: Shown, later: int) -> Iterable[Report]:
    office = office_of(run)
    return () if office is None else reports.agenda(run, office, shown, later)


def _meeting_report(run: Run, _book: Book, shown: Shown, later: int) -> Iterable[Report]:
    office = office_of(run)
    return () if office is None else reports.meetings(run, office, shown, later)


def _circulation_report(run: Run, _book: Book, shown: Shown, later: int) -> Iterable[Report]:
    office = office_of(run)
    return () if office is None else circulations.circulations(run, office, shown, later)


def _resolution_report(run: Run, _book: Book, shown: Shown, later: int) -> Iterable[Report]:
    office = office_of(run)
    return () if office is None else reports.resolutions(run, office, shown, later)


def _pledge_report(run: Run, _book: Book, shown: Shown, later: int) -> Iterable[Report]:
    office = office_of(run)
    return () if office is None else reports.pledges(run, office, shown, later)


AGENDA = Followed(
    "agenda",
    "agenda_acts",
    "item",
    Text("议题办理", "items of the agenda"),
    specs.REFUSED_AGENDA,
    ITEMS,
    rows.item,
    rows.item_act,
    _rules,
    _agenda_report,
    faults=_agenda_faults,
)
CONVENED = Followed(
    "meetings",
    "meeting_acts",
    "meeting",
    Text("会务办理", "meetings"),
    specs.REFUSED_MEETING,
    MEETINGS,
    rows.meeting,
    rows.meeting_act,
    _meeting_terms,
    _meeting_report,
    moment="meeting_planned_on",
    faults=_meeting_faults,
    waits=_waiting_meetings,
)
SIGNED = Followed(
    "circulations",
    "circulation_acts",
    "circulation",
    Text("传签办理", "circulations"),
    specs.REFUSED_CIRCULATION,
    CIRCULATIONS,
    rows.circulation,
    rows.circulation_act,
    _circulation_terms,
    _circulation_report,
    faults=_circulation_faults,
    waits=_waiting_circulations,
)
RESOLVED = Followed(
    "resolutions",
    "resolution_acts",
    "resolution_ref",
    Text("议定事项督办", "following resolutions"),
    specs.REFUSED_RESOLUTION,
    RESOLUTIONS,
    rows.resolution,
    rows.resolution_act,
    _resolution_terms,
    _resolution_report,
    faults=_resolution_faults,
    waits=_waiting_resolutions,
)
SHARED = Followed(
    "pledges",
    "pledge_acts",
    "pledge",
    Text("资源共享", "shared resources"),
    specs.REFUSED_PLEDGE,
    PLEDGES,
    rows.pledge,
    rows.draw,
    _rules,
    _pledge_report,
    faults=_pledge_faults,
)
PARENTS = {
    "agenda_acts": "agenda",
    "meeting_acts": "meetings",
    "circulation_acts": "circulations",
    "resolution_acts": "resolutions",
    "pledge_acts": "pledges",
}


def _traced(run: Run) -> Iterable[Report]:
    """Return what came from what, where the case has a table of conferences."""
    office = office_of(run)
    if office is None or not any(name in run.tables for name in PARENTS.values()):
        return ()
    return (reports.traces(office),)


DESKS: tuple[Desk, ...] = (joined(AGENDA, CONVENED, SIGNED, RESOLVED, SHARED), Desk(_traced))
"""联席会议 → the tables of `tables.specs.conference`."""
