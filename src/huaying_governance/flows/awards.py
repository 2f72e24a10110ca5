"""奖补裁定: the desk that applies every subsidy policy of the pack to persons, their spells and their spouses."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import cast

from huaying_governance.errors import Problem
from huaying_governance.flows.answers import Answer, Answers
from huaying_governance.flows.case import Case, Fault, Tables
from huaying_governance.flows.desk import Anew, Desk, Report, Run, fault, said
from huaying_governance.flows.facts import OwnFacts, unusable
from huaying_governance.flows.persons import PERSONS, SPELLS, register_of
from huaying_governance.rules import Line, Policy, Receipt, derive
from huaying_governance.rules.receipt import ENGINE, digest_of
from huaying_governance.subsidy.people import Person, PersonAward, Register, assess
from huaying_governance.tables import show
from huaying_governance.tables.specs.core import AWARDS
from huaying_governance.text import LANGS, Lang, Text

ASSESSING = Text("奖补裁定", "assessing awards")
UNKNOWN_PERSON = Text("人员表中没有此人", "names nobody in the table of persons")
UNKNOWN_PERSON_CURE = Text(
    "在 persons 中补上此人，或改正标识", "add the person to persons, or mend the reference"
)
NOT_PAYABLE = Text("没有应发放或待定的奖补项目", "no rule pays, and none could")
UNSET = Text(
    "政策 {p} 的“{r}”：来源没有写明金额，所以不发放",
    "{r} of policy {p}: no source states its amount, so that it pays nothing",
)
UNSET_LATER = Text(
    "不是填写错误，不必改动；将来有了依据，在政策文件中写上金额即可",
    "nothing is wrong, and there is nothing to do; once a source states the amount, write it in the policy",
)
Cells = Mapping[str, object]


def faults(case: Case, tables: Tables) -> Iterator[Fault]:
    """Yield spells of persons that the table does not know, and facts that no policy can judge by."""
    policies = _subsidies(case)
    own = OwnFacts(policies, tables, PERSONS)
    unreadable = list(own.faults())
    yield from unreadable
    if not tables.whole(PERSONS) or PERSONS not in tables:
        return
    known = {row["person"] for row in (*tables.rows(PERSONS), *tables.bad(PERSONS))}
    for row in tables.rows(SPELLS):
        if row["person"] not in known:
            yield fault(row, "person", "unknown-person", UNKNOWN_PERSON, UNKNOWN_PERSON_CURE)
    skipped = {found.row.number for found in unreadable}
    rows = {str(row["person"]): row for row in tables.rows(PERSONS) if row.number not in skipped}
    for person in register_of(tables, rows, own).persons.values():
        for policy in policies:
            facts = {**person.facts, **derive(policy, person.spells, case.on)}
            yield from unusable(policy, rows[person.id], facts, case.on)


def judge(run: Run) -> Iterable[Report]:
    """Assess every person whose rows are sound, under every subsidy policy of the pack."""
    if PERSONS not in run.tables:
        return ()
    rows = {str(row["person"]): row for row in run.tables.rows(PERSONS)}
    policies = _subsidies(run.case)
    register = register_of(run.tables, rows, OwnFacts(policies, run.tables, PERSONS))
    counts: Counter[str] = Counter()
    for policy in policies:
        _answer(run, policy, register, counts)

    def kept() -> Iterator[tuple[str, Policy, Cells]]:
        return ((one, policy, cells) for policy in policies for one, cells in _kept(run, policy, register))

    def lines() -> Iterator[list[object]]:
        for person, policy, cells in kept():
            for line in cast(Iterable[Cells], cells["lines"]):
                yield [*_told(person, policy, line, run.lang), *rows[person].extras]

    return (
        Report(
            AWARDS,
            Anew(lines, counts.total()),
            run.tables.extras(PERSONS),
            counts,
            warnings=tuple(_unset(policies)),
            receipts=_receipts(kept()),
        ),
    )


def receipts(case: Case, tables: Tables, policy: Policy, on: date) -> Iterator[tuple[str, Receipt]]:
    """Judge every sound person anew under `policy` as of `on`, keep nothing, and yield what the receipts would be."""
    rows = {str(row["person"]): row for row in tables.rows(PERSONS)} if PERSONS in tables else {}
    register = register_of(tables, rows, OwnFacts(_subsidies(case), tables, PERSONS))
    for award in assess(policy, register, on):
        _, content = _identity(policy, register, award.person, on)
        yield award.person, receipt_of_lines(policy, on, content, _cells(award))


def receipt_of_lines(policy: Policy, on: date, content: str, lines: Iterable[Cells]) -> Receipt:
    """Return the receipt of an answer: `content` is the digest of the rows it rests on."""
    result = digest_of([[each[name] for name in ("rule", "amount", "outcome", "missing")] for each in lines])
    return Receipt(policy.id, policy.version, on, ENGINE, content, result)


def _subsidies(case: Case) -> list[Policy]:
    return [policy for policy in case.pack.policies if policy.kind == "subsidy"]


def _answer(run: Run, policy: Policy, register: Register, counts: Counter[str]) -> None:
    """Assess under a policy every person who has no answer yet, and count the lines of all."""
    answers = Answers(run.store, "awards")

    def answer(award: PersonAward) -> None:
        identity, content = _identity(policy, register, award.person, run.case.on)
        known = answers.recall(identity)
        if known is None:
            lines = _cells(award)
            receipt = receipt_of_lines(policy, run.case.on, content, lines)
            known = Answer(content, {"lines": lines, "receipt": receipt.to_dict()})
            answers.keep(identity, known)
        counts.update(str(line["outcome"]) for line in cast(Iterable[Cells], known.cells["lines"]))

    every = Anew(lambda: assess(policy, register, run.case.on), len(register.persons))
    run.committed(ASSESSING, every, answer)


def _kept(run: Run, policy: Policy, register: Register) -> Iterator[tuple[str, Cells]]:
    """Yield what every person was answered under a policy."""
    answers = Answers(run.store, "awards")
    for person in register.persons:
        known = answers.recall(_identity(policy, register, person, run.case.on)[0])
        if known is not None:
            yield person, known.cells


def _receipts(kept: Iterable[tuple[str, Policy, Cells]]) -> Iterator[Cells]:
    for person, _, cells in kept:
        if "receipt" in cells:  # answers of earlier versions have none
            yield {"person": person, **cast(Cells, cells["receipt"])}


def _told(person: str, policy: Policy, line: Cells, lang: Lang) -> list[object]:
    return [
        *(person, policy.id, line["rule"], line["amount"], line["outcome"], line["missing"]),
        said(line, "reason", lang),
        said(line, "citation", lang),
    ]


def _identity(policy: Policy, register: Register, person: str, on: date) -> tuple[str, str]:
    """Return what names the question, and the hash of all that its answer rests on: the person's rows and spouse's."""
    one = register.persons[person]
    partner = register.partner(one)
    spouse = _said(partner) if partner is not None else [register.knows(one), one.spouse in register.withheld]
    content = json.dumps([_said(one), spouse], ensure_ascii=False, default=show)
    digest = hashlib.sha256(content.encode()).hexdigest()
    return f"{policy.id}@{on.isoformat()}:{digest}", digest


def _said(person: Person) -> list[object]:
    spells = sorted([show(s.start), show(s.end), show(s.flags["in_zone"])] for s in person.spells)
    return [person.id, sorted((name, show(value)) for name, value in person.facts.items()), spells]


def _cells(award: PersonAward) -> list[dict[str, object]]:
    """Return the lines of an award as they are stored; one empty line where nothing pays and nothing is open."""
    found = [_line(line) for line in award.lines]
    if not found and not award.withheld:
        why = award.notes or (NOT_PAYABLE,)
        reason = {lang: Text("；", "; ").say(lang).join(text.say(lang) for text in why) for lang in LANGS}
        found.append({"rule": "", "amount": "", "outcome": "not_payable", "missing": [], "reason": reason})
        found[0]["citation"] = {lang: award.award.ruling.basis(lang) for lang in LANGS}
    return found


def _line(line: Line) -> dict[str, object]:
    ground = line.ground
    return {
        "rule": line.rule,
        "amount": show(line.amount),
        "outcome": line.outcome,
        "missing": list(line.missing),
        "reason": ground.text.to_dict(),
        "citation": {
            lang: ground.citation.say(lang) if ground.citation is not None else "" for lang in LANGS
        },
    }


def _unset(policies: Iterable[Policy]) -> Iterator[Problem]:
    """Yield a note for every rule whose amount no source states: it pays nothing."""
    for policy in policies:
        for rule in policy.rules:
            if rule.amount is None:
                yield Problem(
                    "amount-unset",
                    UNSET.fill(p=policy.id, r=rule.label),
                    UNSET_LATER,
                    severity="note",
                )


DESK = Desk(judge, faults=faults)
"""人员与就业时段 → OUT/awards.csv."""
