"""近亲属回避环节: near relatives as declared, and what follows for members of committees and officials of elections.

Relations are read from the table of the folder and are never written to the store: what rests on them is kept as an
answer, without saying who is related to whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, cast

from huaying_governance.casework import Casebook
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Desk, Report, Run, advised, fault
from huaying_governance.flows.ruled import place, ruled
from huaying_governance.kernel.dates import in_force
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.packs.rules.elections import ElectionRules
from huaying_governance.participation import kinship, office, recall, recalling
from huaying_governance.tables import Row
from huaying_governance.tables.specs import recalls as specs
from huaying_governance.text import Text

NO_RULES = Text(
    "政策包没有该日适用的近亲属回避规则", "the pack states no rules of near relatives for that day"
)
NO_RULES_CURE = Text("在 elections.toml 中写明 kinship", "state `kinship` in elections.toml")
UNKNOWN_ROLL = Text(
    "表中和存储中都没有此名单，或名单行有问题", "names no sound roll of the table, nor of the store"
)
UNKNOWN_ROLL_CURE = Text("在 rolls 中补上或改正", "add it to rolls, or mend its row")
ONESELF = Text("近亲属是本人", "somebody is declared a relative of oneself")
ONESELF_CURE = Text("改正编号；没有近亲属的留空", "mend the reference; leave it empty where there is none")
_named = ruled(ElectionRules, "elections", "elected_members", "election_officials", "near_relatives")


# Who is related, who sits -----------------------------------------------------------------------------------------


def declared(run: Run) -> kinship.Kinship:
    """Return the near relatives as the folder declares them."""
    return kinship.Kinship(
        tuple(
            kinship.Relation(
                person=str(row["person"]),
                relative=str(row["relative"] or ""),
                since=cast(date, row["from"]),
                until=cast("date | None", row["to"]),
            )
            for row in run.tables.rows("near_relatives")
        )
    )


def waiting_for_relatives(
    tables: Tables, openings: str, acts: str, parent: str, *others: str
) -> frozenset[str]:
    """Return every case of a kind, where a row of declared relations, or of one of the other tables, is unsound."""
    asked = ("near_relatives", *others)
    if all(tables.whole(name) and not tables.bad(name) for name in asked):
        return frozenset()
    stated = {str(row["id"]) for row in tables.rows(openings)}
    return frozenset(stated | {str(row[parent]) for row in tables.rows(acts)})


def of_committee(run: Run, community: str, body: str) -> list[Row]:
    """Return the members of one committee as the folder lists them, those who left too."""
    return [
        row
        for row in run.tables.rows("elected_members")
        if (place(run.case, row), row["body"]) == (community, body)
    ]


def recalled_of(run: Run, community: str, body: str) -> Mapping[str, date]:
    """Return who was recalled of a committee, by the store, and when; the last time where it was twice."""
    book: Casebook[Any, recall.Standing, Any, Any] = Casebook(run.store, recalling.RECALLS, None)
    held = (one for _, one in book.all() if one.state == "recalled" and one.ended_on is not None)
    own = [one for one in held if (one.recall.community, one.recall.body) == (community, body)]
    return {one.recall.member: cast(date, one.ended_on) for one in sorted(own, key=lambda each: each.last_at)}


def state_of(row: Row, recalled: Mapping[str, date], day: date) -> tuple[str, date | None]:
    """Return how a member stands on a day, and when the member left."""
    since, until = cast(date, row["from"]), cast("date | None", row["to"])
    out = recalled.get(str(row["person"]))
    if out is not None and since <= out <= day:
        return "recalled", out
    if until is not None and until < day:
        return "ended", until
    return ("upcoming" if day < since else "sitting"), None


def _faults(case: Case, tables: Tables) -> Iterator[Fault]:
    yield from _named(case, tables)
    for row in tables.rows("near_relatives"):
        if row["relative"] == row["person"]:
            yield fault(row, "relative", "own-relative", ONESELF, ONESELF_CURE)
    rules = case.pack.rules(ElectionRules)
    stated = () if rules is None else rules.kinship
    for row in tables.rows("elected_members") if rules is not None else ():
        if kinship.kin_rules(stated, str(row["body"]), case.on) is None:
            yield fault(row, "body", "no-kinship-rules", NO_RULES, NO_RULES_CURE)


def _unknown_rolls(run: Run) -> Iterator[Fault]:
    """Yield officials of a roll that neither the folder nor the store knows."""
    stated = {row["id"] for row in (*run.tables.rows("rolls"), *run.tables.bad("rolls"))}
    known = office.known_roll(run.store)
    for row in run.tables.rows("election_officials"):
        if row["voter_roll"] not in stated and known(str(row["voter_roll"])) is None:
            yield fault(row, "voter_roll", "unknown-roll", UNKNOWN_ROLL, UNKNOWN_ROLL_CURE)


# What is told -----------------------------------------------------------------------------------------------------


def _told(run: Run, ruling: Ruling | None) -> list[object]:
    """Return outcome, codes, what is missing, reason and clause as cells; empty where there is nothing to judge."""
    if ruling is None:
        return ["", (), (), "", ""]
    return [ruling.outcome, ruling.codes, ruling.missing, advised(ruling, run.lang), ruling.basis(run.lang)]


def _judge_members(run: Run) -> Iterable[Report]:
    """Tell of every member whether a near relative sits on the same committee."""
    if "elected_members" not in run.tables:
        return ()
    rules, kin, on = run.case.pack.rules(ElectionRules), declared(run), run.case.on
    assert rules is not None or not run.tables.rows("elected_members")  # noqa: S101 - the checks have asked
    lines, counts = [], Counter[str]()
    for row in run.tables.rows("elected_members"):
        community, body = place(run.case, row), str(row["body"])
        recalled = recalled_of(run, community, body)
        state, left = state_of(row, recalled, on)
        others = [
            str(one["person"])
            for one in of_committee(run, community, body)
            if one["person"] != row["person"] and state_of(one, recalled, on)[0] == "sitting"
        ]
        held = kinship.kin_rules(rules.kinship, body, on) if rules is not None else None
        ruling = None
        if state == "sitting" and held is not None:
            ruling = kinship.judge_member(str(row["person"]), others, kin, held, on)
        counts[state] += 1
        lines.append([row["id"], community, body, state, left, *_told(run, ruling), *row.extras])
    return (
        Report(
            specs.MEMBERS_OUT, lines, run.tables.extras("elected_members"), counts, words=kinship.STANDINGS
        ),
    )


def _judge_officials(run: Run) -> Iterable[Report]:
    """Tell of every member of an election committee whether he must leave it; of those who stand, who is related."""
    rules = run.case.pack.rules(ElectionRules)
    if rules is None or ("election_officials" not in run.tables and "near_relatives" not in run.tables):
        return ()
    terms = office.election_terms(run.store, rules.modes, declared(run), rules.kinship)
    reports = []
    if "election_officials" in run.tables:
        held = [(row, _official(run, terms, row)) for row in run.tables.rows("election_officials")]
        lines = [[*line, *row.extras] for row, line in held]
        counts = Counter(str(line[2]) for _, line in held)
        extras = run.tables.extras("election_officials")
        reports.append(Report(specs.OFFICIALS_OUT, lines, extras, counts, words=kinship.STANDINGS))
    if "near_relatives" in run.tables and "elections" in run.tables:
        rolls = dict.fromkeys(str(row["voter_roll"]) for row in run.tables.rows("elections"))
        reports.append(Report(specs.PAIRS, [line for roll in rolls for line in _pairs(run, terms, roll)]))
    return reports


def _official(run: Run, terms: Any, row: Row) -> list[object]:
    roll, on = str(row["voter_roll"]), run.case.on
    since, until = cast(date, row["from"]), cast("date | None", row["to"])
    state = "upcoming" if on < since else "serving" if in_force(on, since, until) else "left"
    held, first = terms.avoids(roll), next(iter(terms.on_roll(roll)), None)
    ruling = None
    if state == "serving" and held is not None:
        nominated = terms.nominated(first) if first is not None else ()
        ruling = kinship.judge_official(str(row["person"]), nominated, terms.kin, held, on)
    return [row["id"], roll, state, *_told(run, ruling)]


def _pairs(run: Run, terms: Any, roll: str) -> Iterable[list[object]]:
    """Yield each pair of near relatives who stand or are elected, and whoever of them has declared nothing."""
    first, held, on = next(iter(terms.on_roll(roll)), None), terms.avoids(roll), run.case.on
    if first is None or held is None:
        return
    seated, stand = terms.seated(first), terms.nominated(first)
    elected = set(terms.kin.pairs(seated, on))
    for pair in terms.kin.pairs(stand, on):
        stage = "elected" if pair in elected else "standing"
        yield [roll, stage, *pair, *_told(run, kinship.judge_pair(stage, held))]
    for person in sorted(stand):
        ruling = kinship.judge_declared(person, terms.kin, held, on)
        if ruling is not None:
            yield [roll, "elected" if person in seated else "standing", person, None, *_told(run, ruling)]


DESKS: tuple[Desk, ...] = (
    Desk(_judge_members, faults=_faults),
    Desk(_judge_officials, against_store=_unknown_rolls),
)
"""近亲属回避 → the tables of `tables.specs.recalls`."""
PARENTS: Mapping[str, str] = {}
