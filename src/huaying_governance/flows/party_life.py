"""领航环节之二: the desks of organisational life, double registration, groups and markets."""

# Long: one desk after another, each with what it reads and reports.

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.party import checked, rules_of
from huaying_governance.flows.ruled import place, share
from huaying_governance.party import honour, life, service
from huaying_governance.tables import Row
from huaying_governance.tables import specs_party as specs
from huaying_governance.text import Text

DIFFERS = Text("同一活动的日期、种类或主题前后不一", "rows of one activity differ in day, kind or subject")
DIFFERS_CURE = Text("改成一致，或另用编号", "make them alike, or use an id of its own")
NO_GROUP = Text("功能党小组表中没有这个编号", "the table of groups has no such id")
NO_GROUP_CURE = Text("先登记党小组，或改正编号", "list the group first, or mend the id")
TAKEN = Text("由登记该技能的报到党员接单", "taken by members registered there with that skill")
SHORT = Text("报到党员不足，缺{n}名", "{n} short: too few members registered with that skill")
NO_SERVICE = Text("尚无确认的服务，只提示", "no confirmed service yet; a note only")


# Organisational life --------------------------------------------------------------------------------------------


def _attendance(case: Case, row: Row) -> life.Attendance:
    return life.Attendance(
        activity=str(row["activity"]),
        on=cast(date, row["date"]),
        kind=str(row["kind"]),
        topic=str(row["topic"]),
        community=place(case, row),
        branch=str(row["branch"]),
        host=str(row["host_branch"]),
        person=str(row["person"]),
        attended=row["attended"] is True,
        agreed=cast("bool | None", row["agreed"]),
    )


def _life_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("attendance")(case, tables)
    first: dict[object, tuple[object, ...]] = {}
    for row in tables.rows("attendance"):
        told = (row["date"], row["kind"], row["topic"])
        if first.setdefault(row["activity"], told) != told:
            yield fault(row, "activity", "activity-differs", DIFFERS, DIFFERS_CURE)


def _judge_life(run: Run) -> Iterable[Report]:
    rows = run.tables.rows("attendance")
    if not rows:
        return ()
    every = [_attendance(run.case, row) for row in rows]
    held = [one for one in every if one.on <= run.case.on]
    heads = life.heads_by_topic(held)
    lines: list[list[object]] = []
    for one in life.activities(held):
        first = [one.id, one.on, one.kind, one.topic, one.due, one.came, one.agreed]
        lines.append([*first, one.quorate, one.carried, one.branches, heads.get(one.topic, 0)])
    later = len(every) - len(held)
    return (Report(specs.ACTIVITIES, lines, later=later), *_duties(run, held), _tours(run, held))


def _duties(run: Run, held: Sequence[life.Attendance]) -> Iterator[Report]:
    found = life.duties(held, rules_of(run.case).life, run.case.on)
    lines: list[list[object]] = []
    for one in found:
        own = [other for other in found if other.branch == one.branch]
        rate = share(sum(other.held for other in own), len(own))
        basis = one.frequency.citation.say(run.lang)
        lines.append([one.branch, one.frequency.kind, one.last, one.held, rate, basis])
    yield Report(specs.LIFE, lines, counts={"gaps": sum(not one.held for one in found)})


def _tours(run: Run, held: Sequence[life.Attendance]) -> Report:
    toured = life.toured(held, [one.id for one in run.case.pack.communities])
    rate = share(sum(times > 0 for times in toured.values()), len(toured))
    return Report(specs.TOURS, [[community, times, rate] for community, times in toured.items()])


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


def _match(run: Run, one: service.Matched) -> list[object]:
    reason = SHORT.fill(n=one.short) if one.short else TAKEN
    need = one.need
    return [need.id, need.community, need.skill, need.count, one.members, one.short, reason.say(run.lang)]


def _feedback(run: Run, registered: Sequence[service.Registration]) -> list[list[object]]:
    done = [
        service.Service(
            id=str(row["id"]),
            person=str(row["person"]),
            community=place(run.case, row),
            hours=cast(int, row["hours"]),
            confirmed_by=str(row["confirmed_by"] or ""),
        )
        for row in run.tables.rows("services")
        if cast(date, row["date"]) <= run.case.on
    ]
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


# Groups and markets ---------------------------------------------------------------------------------------------


def _judge_groups(run: Run) -> Iterable[Report]:
    rows = run.tables.rows("party_groups")
    if not rows:
        return ()
    rules = rules_of(run.case).honours
    active: dict[str, list[date]] = {}
    for row in run.tables.rows("group_activities"):
        active.setdefault(str(row["party_group"]), []).append(cast(date, row["date"]))
    lines: list[list[object]] = []
    for row in rows:
        days = tuple(day for day in active.get(str(row["id"]), ()) if day <= run.case.on)
        one = honour.Group(
            id=str(row["id"]),
            scope=str(row["purpose"]),
            since=cast(date, row["from"]),
            until=cast("date | None", row["to"]),
            active=days,
        )
        state = honour.group_state(one, rules, run.case.on)
        told = [state, max(days, default=None), len(days), rules.citation.say(run.lang)]
        lines.append([one.id, one.scope, *told, *row.extras])
    counts = Counter(str(line[2]) for line in lines)
    return (Report(specs.GROUPS_OUT, lines, run.tables.extras("party_groups"), counts),)


def _group_faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from checked("party_groups")(case, tables)
    known = {row["id"] for row in (*tables.rows("party_groups"), *tables.bad("party_groups"))}
    for row in tables.rows("group_activities"):
        if row["party_group"] not in known:
            yield fault(row, "party_group", "unknown-group", NO_GROUP, NO_GROUP_CURE)


def _judge_markets(run: Run) -> Iterable[Report]:
    rows = run.tables.rows("market_duties")
    if not rows:
        return ()
    on, duties = run.case.on, [(str(row["market"]), cast(date, row["date"])) for row in rows]
    markets = tuple(dict.fromkeys((*rules_of(run.case).markets, *(market for market, _ in duties))))
    without = honour.markets_without_roster(markets, duties, on)
    lines: list[list[object]] = []
    for market in markets:
        days = [day for where, day in duties if where == market and day <= on]
        lines.append([market, days.count(on), market not in without, max(days, default=None)])
    return (Report(specs.ROSTERS, lines, counts={"without_roster": len(without)}),)


DESKS: tuple[Desk, ...] = (
    Desk(_judge_life, faults=_life_faults),
    Desk(_judge_service, faults=checked("double_registrations", "service_needs", "services")),
    Desk(_judge_groups, faults=_group_faults),
    Desk(_judge_markets, faults=checked("market_duties")),
)
"""组织生活、双报到、党小组 → the tables of `tables.specs_party`."""
PARENTS: Mapping[str, str] = {
    "services": "double_registrations",
    "group_activities": "party_groups",
}
