"""罢免环节: the desk of requests to recall a member of a committee."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, cast

from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, advised, fault
from huaying_governance.flows.followed import Book, Followed
from huaying_governance.flows.participation.kin import (
    declared,
    of_committee,
    recalled_of,
    state_of,
    waiting_for_relatives,
)
from huaying_governance.flows.ruled import labels, place, ruled, share
from huaying_governance.kernel.dates import day_of
from huaying_governance.packs.rules.elections import ElectionRules
from huaying_governance.participation import office, recall, recalling
from huaying_governance.participation.recall_reasons import judged
from huaying_governance.tables import Row
from huaying_governance.tables.specs import recalls as specs
from huaying_governance.text import Text

NO_RULES = Text(
    "政策包没有提出之日适用的罢免规则，或没有这种投票方式",
    "the pack states no rules of recall for that day, or none for this way of voting",
)
NO_RULES_CURE = Text(
    "在 elections.toml 中写明 recall 和 recall_vote", "state `recall` and `recall_vote` in elections.toml"
)
_named = ruled(ElectionRules, "elections", "recalls")


def _text(row: Row, name: str) -> str:
    return str(row[name] or "")


def _sits(run: Run, asked: recall.Recall, day: date) -> bool | None:
    """Whether somebody is a member on a day; None where the folder tells nothing of that committee."""
    rows = of_committee(run, asked.community, asked.body)
    if not rows:
        return None
    recalled = recalled_of(run, asked.community, asked.body)
    return any(row["person"] == asked.member and state_of(row, recalled, day)[0] == "sitting" for row in rows)


def recall_terms(run: Run) -> Any:
    """Return what requests to recall are judged by; None where the pack has no rules."""
    rules = run.case.pack.rules(ElectionRules)
    if rules is None:
        return None
    voters = office.election_terms(run.store, ()).voters
    return recall.Terms(
        rules.recalls, rules.recall_votes, run.case.calendar, partial(_sits, run), voters, declared(run)
    )


# Rows -----------------------------------------------------------------------------------------------------------


def _recall(case: Case, row: Row) -> recall.Recall:
    return recall.Recall(
        community=place(case, row),
        body=str(row["body"]),
        member=str(row["recalled_member"]),
        askers=str(row["askers"]),
        mode=str(row["voting_mode"]),
        at=cast(datetime, row["at"]),
        statement=_text(row, "statement"),
        roll=_text(row, "voter_roll"),
    )


def _act(_case: Case, row: Row) -> recall.Act:
    def count(name: str) -> int | None:
        return cast("int | None", row[name])

    return recall.Act(
        action=str(row["action"]),
        at=cast(datetime, row["at"]),
        actor=str(row["actor"]),
        role=str(row["role"]),
        supporters=count("supporters"),
        due=count("due_count"),
        vote_on=cast("date | None", row["vote_on"]),
        issued=count("issued"),
        agreed=count("agreed_count"),
        opposed=count("opposed_count"),
        spoiled=count("spoiled"),
        statement=_text(row, "statement"),
        reason=_text(row, "reason"),
        evidence=_text(row, "evidence"),
    )


def _faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from _named(case, tables)
    rules = case.pack.rules(ElectionRules)
    if rules is None:
        return
    for row in tables.rows("recalls"):
        body, day = str(row["body"]), day_of(cast(datetime, row["at"]))
        if recall.recall_rules(rules.recalls, body, day) is None:
            yield fault(row, "at", "no-recall-rules", NO_RULES, NO_RULES_CURE)
        elif recall.recall_vote(rules.recall_votes, body, str(row["voting_mode"]), day) is None:
            yield fault(row, "voting_mode", "no-recall-rules", NO_RULES, NO_RULES_CURE)


def _rests_on(tables: Tables) -> frozenset[str]:
    """Return every request where a row of members or relatives is unsound: an answer is for ever, and waits for it."""
    return waiting_for_relatives(tables, "recalls", "recall_acts", "recall", "elected_members")


# What is told -----------------------------------------------------------------------------------------------------


def _report(run: Run, book: Book, shown: Sequence[tuple[str, Row | None]], later: int) -> Iterable[Report]:
    """Return every request as it stands: who asked, whether the member was heard, what was voted, and why."""
    terms = recall_terms(run)
    held = [(id_, book.standing(id_), row) for id_, row in shown]
    lines = [[*_line(run, terms, id_, one), *(row.extras if row else ())] for id_, one, row in held]
    counts = Counter(one.state for _, one, _ in held)
    words, extras = labels(recalling.RECALLS), run.tables.extras("recalls")
    return (Report(specs.RECALLS_OUT, lines, extras, counts, later, words=words),)


def _line(run: Run, terms: recall.Terms, id_: str, one: recall.Standing) -> list[object]:
    rules, asked, vote = terms.rules_of(one.recall), one.recall, one.vote
    ruling = judged(one, terms)
    least = until = due = overdue = None
    cited = [ruling.basis(run.lang)]
    if rules is not None:
        least = recall.least_askers(one, rules)
        until = recall.hear_until(one, rules, terms.calendar)
        due = recall.due_of(one, rules, terms.calendar)
        overdue = None if due is None else run.case.on > due
        cited += [rules.clocks.say(run.lang)] if due is not None else []
    voted = [None, None, ""] if vote is None else [vote.due, vote.returned, share(vote.returned, vote.due)]
    papers: list[object] = [None, None, None, ""]
    if vote is not None:
        papers = [vote.agreed, vote.opposed, vote.spoiled, share(vote.agreed, vote.returned)]
    first = [id_, asked.community, asked.body, one.state, asked.askers, one.supporters, one.due, least]
    told = [*voted, *papers, ruling.codes, advised(ruling, run.lang), due, overdue]
    return [*first, one.heard, until, one.vote_on, *told, ";".join(filter(None, cited))]


RECALLS = Followed(
    "recalls",
    "recall_acts",
    "recall",
    Text("罢免", "following requests to recall"),
    specs.REFUSED_RECALL_ACTS,
    recalling.RECALLS,
    _recall,
    _act,
    recall_terms,
    _report,
    moment="at",
    faults=_faults,
    waits=_rests_on,
)


DESKS: tuple[Desk, ...] = (RECALLS.desk(),)
"""罢免 → the tables of `tables.specs.recalls`."""
PARENTS = {"recall_acts": "recalls"}
