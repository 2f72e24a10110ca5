"""领航环节: the desks of whistles, honours, members and posts, and what they report."""

# Long: one desk after another, each with what it reads and reports.

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, cast

from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, advised, fault
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.party_reports import honour_report, whistle_reports
from huaying_governance.flows.ruled import place, ruled, stated
from huaying_governance.packs.party_rules import PartyRules
from huaying_governance.party import honour, honouring, members, posts, whistle, whistling
from huaying_governance.responsibility.matters import version_on
from huaying_governance.tables import Row
from huaying_governance.tables import specs_party as specs
from huaying_governance.text import Text

TWICE = Text("同一支部中同一编号出现两次", "one reference stands twice in one branch")
TWICE_CURE = Text("留一行", "keep one row")


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


def body(case: Case, name: object) -> str:
    """Return the id of an organisation or community that a cell names; its own words where none is known."""
    text = str(name or "")
    known = case.pack.resolve_organisation(text) or case.pack.resolve_community(text) if text else None
    return known.id if known is not None else text


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
    return whistle_reports(run, whistle_terms(run), pilots, standings, later)


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
    return None if rules is None else honour.Terms(rules.honours, run.case.calendar)


def _honour_report(
    run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int
) -> Iterable[Report]:
    standings = [(id_, book.standing(id_), row) for id_, row in shown]
    rules = run.case.pack.rules(PartyRules)
    return (honour_report(run, None if rules is None else rules.honours, standings, later),)


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


# What is reckoned anew from the tables of each run -------------------------------------------------------------


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
    if "members" not in run.tables:
        return ()
    held = [(row, _member(run.case, row)) for row in run.tables.rows("members")]
    if not held:
        return (Report(specs.MEMBERS_OUT, [], run.tables.extras("members")), Report(specs.BRANCHES, []))
    rules, roster = rules_of(run.case).branches, [member for _, member in held]
    lines: list[list[object]] = []
    counts: Counter[str] = Counter(heads=members.heads(roster))
    homes = members.formal_homes(roster)
    for row, member in held:
        ruling = members.find_member(member, homes, rules, run.case.on)
        counts.update(ruling.codes)
        told = (ruling.codes, advised(ruling, run.lang), ruling.basis(run.lang))
        lines.append([member.person, member.branch, member.community, *told, *row.extras])
    made = [(branch, branch.ruling(rules)) for branch in members.branches(roster)]
    proposed = [
        [one.name, one.size, one.full, ruling.codes, advised(ruling, run.lang), ruling.basis(run.lang)]
        for one, ruling in made
    ]
    proposals = Counter(code for _, ruling in made for code in ruling.codes)
    return (
        Report(specs.MEMBERS_OUT, lines, run.tables.extras("members"), counts),
        Report(specs.BRANCHES, proposed, counts={"branches": len(made), **proposals}),
    )


def _judge_posts(run: Run) -> Iterable[Report]:
    if "post_duties" not in run.tables:
        return ()
    lines: list[list[object]] = []
    counts: Counter[str] = Counter()
    for row in run.tables.rows("post_duties"):
        cells = {**row.to_dict(), "community": place(run.case, row), "exempt": row["exempt"] is True}
        scored = posts.score(posts.Duty(**cast(Mapping[str, Any], cells)), rules_of(run.case).posts)
        ruling = scored.ruling
        counts.update(ruling.codes or (ruling.outcome,))
        first = [cells[name] for name in ("post", "person", "community", "quarter")]
        told = [ruling.codes, ruling.missing, advised(ruling, run.lang), ruling.basis(run.lang)]
        lines.append([*first, scored.points, *told, *row.extras])
    return (Report(specs.POST_SCORES, lines, run.tables.extras("post_duties"), counts),)


DESKS: tuple[Desk, ...] = (
    WHISTLES.desk(),
    Desk(_judge_members, faults=_member_faults),
    HONOURS.desk(),
    Desk(_judge_posts, faults=checked("post_duties")),
)
"""领航 → the tables of `tables.specs_party`."""
PARENTS = {"whistle_acts": "whistles", "honour_acts": "honours"}
