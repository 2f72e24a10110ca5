"""大党委环节: the desks of resident units, agreements, plans of activities and the committee itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from huaying_governance.flows.case import Case
from huaying_governance.flows.desk import Desk, Report, Run, advised
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.party.reports import ALL, OTHERS, PILOT
from huaying_governance.flows.party.resources import Shown, projects_of, rights_of, seats_of
from huaying_governance.flows.party.whistles import checked, rules_of
from huaying_governance.flows.ruled import filled, labels, place, share
from huaying_governance.kernel.dates import add_months
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party import committee, composition, planning, project
from huaying_governance.tables import Row
from huaying_governance.tables.specs import party as specs
from huaying_governance.tables.specs import party_work as work
from huaying_governance.text import Text


def _judge_units(run: Run) -> Iterable[Report]:
    rows = run.tables.rows("resident_units")
    if not rows:
        return ()
    units = [
        committee.ResidentUnit(
            name=str(row["unit"]),
            community=place(run.case, row),
            joined=cast("date | None", row["joined_on"]),
        )
        for row in rows
    ]
    pilots = rules_of(run.case).pilots
    lines: list[list[object]] = []
    for scope, held in (
        (ALL, units),
        (PILOT, [unit for unit in units if unit.community in pilots]),
        (OTHERS, [unit for unit in units if unit.community not in pilots]),
    ):
        joined, of, missing = committee.coverage(held, run.case.on)
        if of:
            lines.append([scope, joined, of, share(joined, of), missing])
    return (Report(specs.COVERAGE, lines),)


def _plan(case: Case, row: Row) -> planning.Plan:
    return filled(
        planning.Plan, row, community=place(case, row), on=row["date"], day=row["planned_on"],
        branches=row["branches"] or (),
    )  # fmt: skip


def _plan_act(_case: Case, row: Row) -> planning.Act:
    return filled(planning.Act, row, at="date", day=row["planned_on"], came=row["present_count"])


def _plan_terms(run: Run) -> Any:
    rules = run.case.pack.rules(PartyRules)
    return None if rules is None else planning.Terms(rights_of(run), rules.plans)


def _plan_report(run: Run, book: Book, shown: Shown, later: int) -> Iterable[Report]:
    lines: list[list[object]] = []
    counts: Counter[str] = Counter()
    for id_, row in shown:
        one = cast(planning.Standing, book.standing(id_))
        asked = one.plan
        counts[one.state] += 1
        first = [id_, asked.kind, asked.topic, asked.community, asked.branches, one.day, one.state]
        lines.append([*first, one.overdue(run.case.on), one.came, *(row.extras if row is not None else ())])
    extras, words = run.tables.extras("activity_plans"), labels(planning.PLANS)
    return (Report(work.PLANS_OUT, lines, extras, counts, later, words=words),)


PLANS = Followed(
    "activity_plans",
    "plan_acts",
    "plan",
    Text("活动统筹", "following plans of activities"),
    work.REFUSED_PLAN_ACTS,
    planning.PLANS,
    _plan,
    _plan_act,
    _plan_terms,
    _plan_report,
    at="date",
    faults=checked("activity_plans"),
)


def _judge_committees(run: Run) -> Iterable[Report]:
    if "committee_members" not in run.tables:
        return ()
    seats, on = seats_of(run), run.case.on
    if not seats:
        return (Report(work.COMMITTEES, []), Report(work.SEATS_OUT, []))
    rules = rules_of(run.case).committee
    meetings = [
        composition.Meeting(
            community=place(run.case, row),
            on=cast(date, row["date"]),
            announced=cast("date | None", row["announced_on"]),
            due=cast("int | None", row["due_count"]) or 0,
            came=cast("int | None", row["present_count"]) or 0,
        )
        for row in run.tables.rows("committee_meetings")
    ]
    lines: list[list[object]] = []
    counts: Counter[str] = Counter()
    for community in sorted({one.community for one in seats}):
        made = composition.compose(community, seats, meetings, rules, on)
        counts.update(made.ruling.codes)
        told = [made.ruling.codes, advised(made.ruling, run.lang), rules.citation.say(run.lang)]
        first = [community, made.full_time, made.part_time, made.last_meeting, made.next_due]
        lines.append([*first, *told])
    words = {code: text for code, (text, _) in composition.FINDINGS.items()}
    return (Report(work.COMMITTEES, lines, counts=counts, words=words), _seat_report(run, seats, rules))


def _seat_report(run: Run, seats: Sequence[composition.Seat], rules: composition.CommitteeRules) -> Report:
    on = run.case.on
    claims = project.claimed(projects_of(run), lambda day: day <= on < add_months(day, 12))
    lines: list[list[object]] = []
    for one in (seat for seat in seats if seat.since <= on):
        number = claims.get((one.member, one.community), 0)
        ruling = composition.serve(one, number, rules, on)
        told = [ruling.codes, advised(ruling, run.lang), rules.duties.say(run.lang)]
        end = composition.term_end(one, rules)
        lines.append([one.member, one.unit, one.kind, one.community, end, number, *told])
    return Report(work.SEATS_OUT, lines, later=sum(seat.since > on for seat in seats))


DESKS: tuple[Desk, ...] = (
    Desk(_judge_units, faults=checked("resident_units")),
    PLANS.desk(),
    Desk(_judge_committees, faults=checked("committee_members", "committee_meetings")),
)
"""大党委 → the tables of `tables.specs.party` and `tables.specs.party_work`."""
PARENTS: Mapping[str, str] = {"plan_acts": "activity_plans", "committee_meetings": "committee_members"}
