"""登记资格裁定: the desk that judges who may register as voter on the polling day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from huaying_governance.errors import Place, Problems
from huaying_governance.flows.answers import Answer, Answers
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Anew, Desk, Report, Run, community_faults, fault, in_both, said
from huaying_governance.flows.facts import OwnFacts, unusable
from huaying_governance.participation.eligibility import Resident, eligibility_policy, judge_resident
from huaying_governance.rules import Policy
from huaying_governance.tables import Row, identities
from huaying_governance.tables.specs.core import ELIGIBILITY
from huaying_governance.text import Lang, Text

TABLE = "residents"
JUDGING = Text("选民登记资格", "judging who may register")
NO_DAY = Text(
    "有居民表而 case.toml 没有 polling_day", "there are residents, but case.toml states no polling_day"
)
NO_DAY_CURE = Text("在 case.toml 的 [case] 写上选举日", "state the polling day in [case] of case.toml")


def faults(case: Case, tables: Tables) -> Iterator[Fault]:
    """Yield unknown communities, facts that no policy can judge by, and the missing polling day once."""
    own = OwnFacts(policies_of(case), tables, TABLE)
    unreadable = list(own.faults())
    yield from unreadable
    skipped = {found.row.number for found in unreadable}
    for number, row in enumerate(tables.rows(TABLE)):
        if number == 0 and case.polling_day is None:
            yield fault(row, "polling_day", "no-polling-day", NO_DAY, NO_DAY_CURE)
        yield from community_faults(case, row, "community", [str(row["community"])])
        if row.number not in skipped:
            yield from _unusable(case, row, own)


def _unusable(case: Case, row: Row, own: OwnFacts) -> Iterator[Fault]:
    resident = resident_of(case, row, own)
    try:
        policy = eligibility_policy(policies_of(case), resident.body)
    except Problems as error:
        yield from (
            Fault(row, evolve(found, place=Place("", row.number, "body"))) for found in error.problems
        )
    else:
        yield from unusable(policy, row, resident.facts, case.polling_day or case.on)


def judge(run: Run) -> Iterable[Report]:
    """Judge every resident by the law in force on the polling day."""
    day = run.case.polling_day
    if TABLE not in run.tables or day is None:
        return ()
    answers = Answers(run.store, TABLE)
    own = OwnFacts(policies_of(run.case), run.tables, TABLE)
    counts: Counter[str] = Counter()
    rows = list(identities(run.tables.rows(TABLE)))

    def asked(item: tuple[Row, str]) -> str:
        return f"{item[1]}{own.mark(item[0])}@{day.isoformat()}"

    def judge(item: tuple[Row, str]) -> None:
        row, question = item[0], asked(item)
        known = answers.recall(question)
        if known is None:
            known = Answer(row.fingerprint, _cells(run, row, own))
            answers.keep(question, known)
        counts[str(known.cells["outcome"])] += 1

    run.committed(JUDGING, rows, judge)

    def lines() -> Iterator[list[object]]:
        for item in rows:
            known = answers.recall(asked(item))
            assert known is not None  # noqa: S101 - every row has just been answered
            yield _told(item[0], known.cells, run.lang)

    return (Report(ELIGIBILITY, Anew(lines, counts.total()), run.tables.extras(TABLE), counts),)


def _told(row: Row, cells: Mapping[str, object], lang: Lang) -> list[object]:
    return [
        row["person"],
        cells["outcome"],
        cells["codes"],
        cells["missing"],
        said(cells, "reason", lang),
        said(cells, "citation", lang),
        *row.extras,
    ]


def policies_of(case: Case) -> list[Policy]:
    """Return the policies of a pack that say who may register."""
    return [policy for policy in case.pack.policies if policy.kind == "eligibility"]


def resident_of(case: Case, row: Row, own: OwnFacts) -> Resident:
    """Return a resident with the facts that its row states."""
    facts = {**own.of(row), **{name: value for name, value in row.to_dict().items() if value is not None}}
    for name in ("community", "hukou_community"):
        known = case.pack.resolve_community(str(facts[name])) if name in facts else None
        if known is not None:
            facts[name] = known.id
    return Resident(str(facts.pop("person")), str(facts.pop("body")), facts)


def _cells(run: Run, row: Row, own: OwnFacts) -> dict[str, object]:
    day = run.case.polling_day
    assert day is not None  # noqa: S101 - the desk judges only with a polling day
    ruling = judge_resident(policies_of(run.case), resident_of(run.case, row, own), day)
    return {
        "outcome": ruling.outcome,
        "codes": [code for code in ruling.codes if not code.startswith("missing:")],
        "missing": list(ruling.missing),
        **in_both(ruling),
    }


DESK = Desk(judge, faults=faults)
"""居民 → OUT/eligibility.csv."""
