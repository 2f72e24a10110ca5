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
from huaying_governance.flows.desk import Desk, Report, Run, fault, said
from huaying_governance.flows.facts import OwnFacts, unusable
from huaying_governance.rules import Line, Policy, Receipt, Spell, derive
from huaying_governance.rules.receipt import ENGINE, digest_of
from huaying_governance.subsidy.people import Person, PersonAward, Register, assess
from huaying_governance.tables import Row, show
from huaying_governance.tables.specs.core import AWARDS
from huaying_governance.text import LANGS, Text

PERSONS, SPELLS = "persons", "spells"
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
    for person in _register(tables, rows, own).persons.values():
        for policy in policies:
            facts = {**person.facts, **derive(policy, person.spells, case.on)}
            yield from unusable(policy, rows[person.id], facts, case.on)


def judge(run: Run) -> Iterable[Report]:
    """Assess every person whose rows are sound, under every subsidy policy of the pack."""
    if PERSONS not in run.tables:
        return ()
    rows = {str(row["person"]): row for row in run.tables.rows(PERSONS)}
    policies = _subsidies(run.case)
    register = _register(run.tables, rows, OwnFacts(policies, run.tables, PERSONS))
    receipts: list[Cells] = []
    told = [line for policy in policies for line in _told(run, policy, register, receipts)]
    lines = [
        [
            person,
            policy,
            cells["rule"],
            cells["amount"],
            cells["outcome"],
            cells["missing"],
            said(cells, "reason", run.lang),
            said(cells, "citation", run.lang),
            *rows[person].extras,
        ]
        for person, policy, cells in told
    ]
    counts = Counter(str(cells["outcome"]) for _, _, cells in told)
    warnings = tuple(_unset(policies))
    extras = run.tables.extras(PERSONS)
    return (Report(AWARDS, lines, extras, counts, warnings=warnings, receipts=tuple(receipts)),)


def receipts(case: Case, tables: Tables, policy: Policy, on: date) -> Iterator[tuple[str, Receipt]]:
    """Judge every sound person anew under `policy` as of `on`, keep nothing, and yield what the receipts would be."""
    rows = {str(row["person"]): row for row in tables.rows(PERSONS)} if PERSONS in tables else {}
    register = _register(tables, rows, OwnFacts(_subsidies(case), tables, PERSONS))
    for award in assess(policy, register, on):
        _, content = _identity(policy, register, award.person, on)
        yield award.person, receipt_of_lines(policy, on, content, _cells(award))


def receipt_of_lines(policy: Policy, on: date, content: str, lines: Iterable[Cells]) -> Receipt:
    """Return the receipt of an answer: `content` is the digest of the rows it rests on."""
    result = digest_of([[each[name] for name in ("rule", "amount", "outcome", "missing")] for each in lines])
    return Receipt(policy.id, policy.version, on, ENGINE, content, result)


def _subsidies(case: Case) -> list[Policy]:
    return [policy for policy in case.pack.policies if policy.kind == "subsidy"]


def _told(
    run: Run, policy: Policy, register: Register, receipts: list[Cells]
) -> list[tuple[str, str, Cells]]:
    """Return every line of every person's stored answer under a policy; who has none yet is assessed and answered."""
    answers = Answers(run.store, "awards")
    told: list[tuple[str, str, Cells]] = []

    def tell(award: PersonAward) -> None:
        identity, content = _identity(policy, register, award.person, run.case.on)
        known = answers.recall(identity)
        if known is None:
            lines = _cells(award)
            receipt = receipt_of_lines(policy, run.case.on, content, lines)
            known = Answer(content, {"lines": lines, "receipt": receipt.to_dict()})
            answers.keep(identity, known)
        if "receipt" in known.cells:  # answers of earlier versions have none
            kept = cast(Mapping[str, object], known.cells["receipt"])
            receipts.append({"person": award.person, **kept})
        told.extend((award.person, policy.id, cells) for cells in cast(list[Cells], known.cells["lines"]))

    run.committed(ASSESSING, list(assess(policy, register, run.case.on)), tell)
    return told


def _register(tables: Tables, rows: Mapping[str, Row], own: OwnFacts) -> Register:
    """Return the persons to be judged; those with a problem in their own rows or spells are withheld."""
    spells: dict[str, list[Spell]] = {}
    for row in tables.rows(SPELLS):
        spell = Spell(
            cast(date, row["from"]), cast(date | None, row["to"]), {"in_zone": cast(bool, row["in_zone"])}
        )
        spells.setdefault(str(row["person"]), []).append(spell)
    withheld = {str(row["person"]) for name in (PERSONS, SPELLS) for row in tables.bad(name)}
    if not tables.whole(SPELLS):
        withheld |= set(rows)
    persons = {
        id_: Person(
            id_,
            {**own.of(row), **{name: value for name, value in row.to_dict().items() if value is not None}},
            cast(str | None, row["spouse"]),
            tuple(spells.get(id_, ())),
        )
        for id_, row in rows.items()
        if id_ not in withheld
    }
    return Register(persons, frozenset(withheld))


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
