"""党员环节: the desks of members and branches, of who floats and is out of touch, and of double registration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, advised, fault
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.party import checked, rules_of
from huaying_governance.flows.party_reports import ALL, OTHERS, PILOT, labels
from huaying_governance.flows.ruled import filled, place, share
from huaying_governance.kernel.dates import add_months
from huaying_governance.packs.party_rules import PartyRules
from huaying_governance.party import floating, members, reporting, service
from huaying_governance.tables import Row
from huaying_governance.tables import specs_party as specs
from huaying_governance.tables import specs_party_work as work
from huaying_governance.text import Text

TWICE = Text("同一支部中同一编号出现两次", "one reference stands twice in one branch")
TWICE_CURE = Text("留一行", "keep one row")
TAKEN = Text("由登记该技能的报到党员接单", "taken by members registered there with that skill")
SHORT = Text("报到党员不足，缺{n}名", "{n} short: too few members registered with that skill")
NO_SERVICE = Text("尚无确认的服务，只提示", "no confirmed service yet; a note only")
FLOATS = frozenset({"floating", "transfer-due", "lost-contact"})
GONE = frozenset({"returned", "transferred", "removed"})


# Members and branches -------------------------------------------------------------------------------------------


def _member(case: Case, row: Row) -> members.Member:
    cells = row.to_dict()
    cells["community"] = place(case, row)
    return members.Member(**cast(Mapping[str, Any], cells))


def _member_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("members")(case, tables)
    seen: set[tuple[object, object]] = set()
    for row in tables.rows("members"):
        key = row["person"], row["branch"]
        if key in seen:
            yield fault(row, "person", "duplicate-member", TWICE, TWICE_CURE)
        seen.add(key)


def _judge_members(run: Run) -> Iterable[Report]:
    """Judge the roster; the register of floating members joins what the roster and the moves say."""
    listed: list[list[object]] = []
    if "members" in run.tables:
        yield from _roster(run, listed)
    if "members" in run.tables or "member_moves" in run.tables:
        moves = _moves(run)
        known = {str(line[0]) for line in listed}
        listed.extend(line for person, line in sorted(moves.items()) if person not in known)
        for line in listed:
            if line[3] == "" and str(line[0]) in moves:
                line[3:6] = moves[str(line[0])][3:6]
        yield Report(work.FLOATING, sorted(listed, key=lambda line: (str(line[0]), str(line[1]))))


def _roster(run: Run, listed: list[list[object]]) -> Iterator[Report]:
    held = [(row, _member(run.case, row)) for row in run.tables.rows("members")]
    if not held:
        yield Report(specs.MEMBERS_OUT, [], run.tables.extras("members"))
        yield Report(specs.BRANCHES, [])
        return
    rules, roster = rules_of(run.case).branches, [member for _, member in held]
    lines: list[list[object]] = []
    counts: Counter[str] = Counter(heads=members.heads(roster))
    homes = members.formal_homes(roster)
    for row, member in held:
        ruling = members.find_member(member, homes, rules, run.case.on)
        counts.update(ruling.codes)
        told = (ruling.codes, advised(ruling, run.lang), ruling.basis(run.lang))
        lines.append([member.person, member.branch, member.community, *told, *row.extras])
        if member.formal and FLOATS & set(ruling.codes):
            first = [member.person, member.branch, member.community, "", "", member.last_contact]
            listed.append([*first, ruling.codes, ruling.basis(run.lang)])
    yield Report(specs.MEMBERS_OUT, lines, run.tables.extras("members"), counts)
    yield _branches(run, roster, rules)


def _branches(run: Run, roster: Sequence[members.Member], rules: members.BranchRules) -> Report:
    made = [(branch, branch.ruling(rules)) for branch in members.branches(roster)]
    proposed = [
        [one.name, one.size, one.full, ruling.codes, advised(ruling, run.lang), ruling.basis(run.lang)]
        for one, ruling in made
    ]
    proposals = Counter(code for _, ruling in made for code in ruling.codes)
    return Report(specs.BRANCHES, proposed, counts={"branches": len(made), **proposals})


# Moves of members -----------------------------------------------------------------------------------------------


def _moves(run: Run) -> dict[str, list[object]]:
    """Return the members on the move whom the store knows, by reference, as the register shows them."""
    rules = run.case.pack.rules(PartyRules)
    if rules is None:
        return {}
    book: Book = Casebook(run.store, floating.MOVES, rules.floating)
    basis = rules.floating.citation.say(run.lang)
    return {
        one.move.person: [one.move.person, one.move.branch, one.move.community, one.state, one.host,
                          one.contact, (), basis]
        for _, one in book.all()
        if one.state not in GONE and one.move.on <= run.case.on
    }  # fmt: skip


def _move_terms(run: Run) -> Any:
    rules = run.case.pack.rules(PartyRules)
    return None if rules is None else rules.floating


def _move_act(_case: Case, row: Row) -> floating.Act:
    return filled(floating.Act, row, at="date", branch=row["placed_branch"] or "")


def _move_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    rules, on = _move_terms(run), run.case.on
    lines: list[list[object]] = []
    counts: Counter[str] = Counter()
    for id_, row in shown:
        one = cast(floating.Standing, book.standing(id_))
        counts[one.state] += 1
        lost = None if one.state in GONE | {"lost", "stopped"} else floating.lost_from(one, rules)
        first = [id_, one.move.person, one.move.branch, one.move.community, one.state, one.host]
        told = [one.contact, lost, floating.transfer_due(one, rules, on), rules.citation.say(run.lang)]
        lines.append([*first, *told, *(row.extras if row is not None else ())])
    extras, words = run.tables.extras("member_moves"), labels(floating.MOVES)
    return (Report(work.MOVES_OUT, lines, extras, counts, later, words=words),)


MOVES = Followed(
    "member_moves",
    "move_acts",
    "move",
    Text("党员流动", "following moves of members"),
    work.REFUSED_MOVE_ACTS,
    floating.MOVES,
    lambda case, row: filled(floating.Move, row, community=place(case, row), on=row["date"]),
    _move_act,
    _move_terms,
    _move_report,
    at="date",
    faults=checked("member_moves"),
)


# Double registration --------------------------------------------------------------------------------------------


def _judge_service(run: Run) -> Iterable[Report]:
    registered = [
        service.Registration(
            person=str(row["person"]),
            unit=str(row["unit"]),
            community=place(run.case, row),
            skills=cast("tuple[str, ...] | None", row["skills"]) or (),
            takes=1 if row["takes"] is None else cast(int, row["takes"]),
        )
        for row in run.tables.rows("double_registrations")
    ]
    needs = [
        service.Need(
            id=str(row["id"]),
            community=place(run.case, row),
            skill=str(row["skill"]),
            count=cast(int, row["count"]),
        )
        for row in run.tables.rows("service_needs")
    ]
    if "service_needs" in run.tables:
        yield Report(specs.MATCHES, [_match(run, one) for one in service.match(needs, registered)])
    if "double_registrations" in run.tables:
        yield Report(specs.FEEDBACK, _feedback(run, registered))
    if "reporting_duties" in run.tables:
        yield _coverage(run)


def _match(run: Run, one: service.Matched) -> list[object]:
    reason = SHORT.fill(n=one.short) if one.short else TAKEN
    need = one.need
    return [need.id, need.community, need.skill, need.count, one.members, one.short, reason.say(run.lang)]


def _feedback(run: Run, registered: Sequence[service.Registration]) -> list[list[object]]:
    done = _services(run)
    return [
        [
            one.unit,
            one.members,
            one.communities,
            one.services,
            one.hours,
            "" if one.services else NO_SERVICE.say(run.lang),
        ]
        for one in service.feedback(registered, done)
    ]


def _services(run: Run, since: date | None = None) -> list[service.Service]:
    return [
        service.Service(
            id=str(row["id"]),
            person=str(row["person"]),
            community=place(run.case, row),
            hours=cast(int, row["hours"]),
            confirmed_by=str(row["confirmed_by"] or ""),
        )
        for row in run.tables.rows("services")
        if (since or date.min) <= cast(date, row["date"]) <= run.case.on
    ]


def _duties(run: Run) -> list[reporting.Duty]:
    """Return who owes a registration; one made by the other table counts too."""
    made = {
        (str(row["person"]), place(run.case, row)): cast("date | None", row["registered_on"])
        for row in run.tables.rows("double_registrations")
    }
    found = []
    for row in run.tables.rows("reporting_duties"):
        who, community = str(row["reporter"]), place(run.case, row)
        day = cast("date | None", row["registered_on"] or made.get((who, community)))
        found.append(
            reporting.Duty(
                kind=str(row["kind"]),
                who=who,
                unit=str(row["unit"]),
                community=community,
                since=cast(date, row["from"]),
                registered=day is not None or (who, community) in made,
                registered_on=day,
                excused=row["excused"] is True,
            )
        )
    return found


def _coverage(run: Run) -> Report:
    duties = _duties(run)
    if not duties:
        return Report(work.DOUBLE_COVERAGE, [])
    rules, on = rules_of(run.case), run.case.on
    year = service.confirmed(_services(run, add_months(on, -12))).values()
    times = Counter(one.person for one in year)
    pilots = rules.pilots
    lines: list[list[object]] = []
    for scope, held in (
        (ALL, duties),
        (PILOT, [one for one in duties if one.community in pilots]),
        (OTHERS, [one for one in duties if one.community not in pilots]),
    ):
        for kind in reporting.KINDS:
            own = [one for one in held if one.kind == kind]
            found = reporting.cover(own, rules.reporting, run.case.calendar, on)
            if own:
                served = sum(times[who] >= rules.reporting.services for who in {one.who for one in own})
                lines.append(_covered(run, (scope, kind), found, served if kind == "member" else None))
    later = sum(one.since > on for one in duties)
    return Report(work.DOUBLE_COVERAGE, lines, later=later)


def _covered(run: Run, first: tuple[str, str], found: reporting.Coverage, served: int | None) -> list[object]:
    rate, in_time = (share(part, found.owing) for part in (found.registered, found.in_time))
    told = [found.owing, found.registered, rate, found.in_time, in_time, found.excused]
    basis = rules_of(run.case).reporting.citation.say(run.lang)
    return [*first, *told, found.missing, served, basis]


DESKS: tuple[Desk, ...] = (
    MOVES.desk(),
    Desk(_judge_members, faults=_member_faults),
    Desk(
        _judge_service,
        faults=checked("double_registrations", "service_needs", "services", "reporting_duties"),
    ),
)
"""党员、流动、双报到 → the tables of `tables.specs_party` and `tables.specs_party_work`."""
PARENTS: Mapping[str, str] = {"services": "double_registrations", "move_acts": "member_moves"}
