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
from huaying_governance.flows.party.whistles import checked, rules_of
from huaying_governance.flows.ruled import filled, labels, place
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party import floating, members
from huaying_governance.party.wording import CALLED
from huaying_governance.tables import Row
from huaying_governance.tables.specs import party as specs
from huaying_governance.tables.specs import party_work as work
from huaying_governance.text import Text

TWICE = Text("同一支部中同一编号出现两次", "one reference stands twice in one branch")
TWICE_CURE = Text("留一行", "keep one row")
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
    yield Report(specs.MEMBERS_OUT, lines, run.tables.extras("members"), counts, words=CALLED)
    yield _branches(run, roster, rules)


def _branches(run: Run, roster: Sequence[members.Member], rules: members.BranchRules) -> Report:
    made = [(branch, branch.ruling(rules)) for branch in members.branches(roster)]
    proposed = [
        [one.name, one.size, one.full, ruling.codes, advised(ruling, run.lang), ruling.basis(run.lang)]
        for one, ruling in made
    ]
    proposals = Counter(code for _, ruling in made for code in ruling.codes)
    return Report(specs.BRANCHES, proposed, counts={"branches": len(made), **proposals}, words=CALLED)


def _judge_pledges(run: Run) -> Iterable[Report]:
    rows = run.tables.rows("party_pledges")
    if not rows:
        return ()
    rules, on = rules_of(run.case).branches, run.case.on
    lines: list[list[object]] = []
    counts: Counter[str] = Counter()
    for row in rows:
        due, done = (cast("date | None", row[name]) for name in ("pledge_due", "pledge_done"))
        one = members.Pledge(person=str(row["person"]), kind=str(row["kind"]), due=due, done=done)
        ruling, state = members.find_pledge(one, rules, on), members.pledge_state(one, on)
        counts.update([state, *ruling.codes])
        told = [state, ruling.codes, advised(ruling, run.lang), rules.pledges.say(run.lang)]
        lines.append([one.person, one.kind, place(run.case, row), due, done, *told, *row.extras])
    extras = run.tables.extras("party_pledges")
    return (Report(work.PLEDGES_OUT, lines, extras, counts, words={**members.PLEDGE_STATES, **CALLED}),)


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


DESKS: tuple[Desk, ...] = (
    MOVES.desk(),
    Desk(_judge_members, faults=_member_faults),
    Desk(_judge_pledges, faults=checked("party_pledges")),
)
"""党员、流动 → the tables of `tables.specs.party` and `tables.specs.party_work`."""
PARENTS: Mapping[str, str] = {"move_acts": "member_moves"}
