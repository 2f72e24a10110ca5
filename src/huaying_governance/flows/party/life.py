"""领航环节之二: the desks of organisational life, groups and markets."""

# Long: one desk after another, each with what it reads and reports.

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, fault
from huaying_governance.flows.party.reports import ALL
from huaying_governance.flows.party.whistles import checked, rules_of
from huaying_governance.flows.ruled import place, share
from huaying_governance.party import honour, life
from huaying_governance.tables import Row
from huaying_governance.tables.specs import party as specs
from huaying_governance.tables.specs import party_work as work
from huaying_governance.text import Text

DIFFERS = Text("同一活动的日期、种类或主题前后不一", "rows of one activity differ in day, kind or subject")
DIFFERS_CURE = Text("改成一致，或另用编号", "make them alike, or use an id of its own")
NO_GROUP = Text("功能党小组表中没有这个编号", "the table of groups has no such id")
NO_GROUP_CURE = Text("先登记党小组，或改正编号", "list the group first, or mend the id")


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
    yield _life_rates(found)


def _life_rates(found: Sequence[life.Duty]) -> Report:
    """Return of each branch, and of all, how many kinds were due and how many were held."""
    lines: list[list[object]] = []
    for branch in (*sorted({one.branch for one in found}), ""):
        own = [one for one in found if branch in {"", one.branch}]
        held = [one for one in own if one.held]
        gaps = tuple(one.frequency.kind for one in own if not one.held) if branch else ()
        lines.append([branch or ALL, len(own), len(held), share(len(held), len(own)), gaps])
    return Report(work.LIFE_RATES, lines if found else [])


def _tours(run: Run, held: Sequence[life.Attendance]) -> Report:
    toured = life.toured(held, [one.id for one in run.case.pack.communities])
    rate = share(sum(times > 0 for times in toured.values()), len(toured))
    return Report(specs.TOURS, [[community, times, rate] for community, times in toured.items()])


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
    extras = run.tables.extras("party_groups")
    return (Report(specs.GROUPS_OUT, lines, extras, counts, words=honour.GROUP_STATES),)


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
    Desk(_judge_groups, faults=_group_faults),
    Desk(_judge_markets, faults=checked("market_duties")),
)
"""组织生活、党小组 → the tables of `tables.specs.party`."""
PARENTS: Mapping[str, str] = {
    "group_activities": "party_groups",
}
