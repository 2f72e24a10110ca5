"""双报到环节: the desk of double registration: who owes it, what residents order, who takes it, what units are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import cast

from huaying_governance.flows.desk import Desk, Report, Run
from huaying_governance.flows.party.reports import ALL, OTHERS, PILOT
from huaying_governance.flows.party.whistles import checked, rules_of
from huaying_governance.flows.ruled import place, share
from huaying_governance.kernel.dates import add_months
from huaying_governance.party import reporting, service
from huaying_governance.procedure.clock import deadline
from huaying_governance.tables.specs import party as specs
from huaying_governance.tables.specs import party_work as work
from huaying_governance.text import Text

TAKEN = Text("由登记该技能的报到党员接单", "taken by members registered there with that skill")
SHORT = Text("报到党员不足，缺{n}名", "{n} short: too few members registered with that skill")
NO_SERVICE = Text("尚无确认的服务，只提示", "no confirmed service yet; a note only")
WAITS = Text("等支部下单", "waits for a branch to place it")
WAITS_BY = Text("等支部在{d}前下单", "waits for a branch to place it by {d}")


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
            placed=row["ordered_by"] is None or row["placed_by"] is not None,
        )
        for row in run.tables.rows("service_needs")
    ]
    if "service_needs" in run.tables:
        ordered = {str(row["id"]): row["ordered_on"] for row in run.tables.rows("service_needs")}
        found = service.match(needs, registered)
        yield Report(specs.MATCHES, [_match(run, one, ordered[one.need.id]) for one in found])
    if "double_registrations" in run.tables:
        yield Report(specs.FEEDBACK, _feedback(run, registered))
    if "reporting_duties" in run.tables:
        yield _coverage(run)


def _match(run: Run, one: service.Matched, ordered: object) -> list[object]:
    reason = SHORT.fill(n=one.short) if one.short else TAKEN
    if not one.need.placed:
        reason = _waits(run, ordered)
    need = one.need
    return [need.id, need.community, need.skill, need.count, one.members, one.short, reason.say(run.lang)]


def _waits(run: Run, ordered: object) -> Text:
    """支部下单: say by when the branch places what a resident has ordered."""
    days = rules_of(run.case).reporting.placing_days
    last = deadline(run.case.calendar, ordered, days, "working_days") if isinstance(ordered, date) else None
    return WAITS if last is None else WAITS_BY.fill(d=last.isoformat())


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
    Desk(
        _judge_service,
        faults=checked("double_registrations", "service_needs", "services", "reporting_duties"),
    ),
)
"""双报到 → the tables of `tables.specs.party` and `tables.specs.party_work`."""
PARENTS: Mapping[str, str] = {"services": "double_registrations"}
