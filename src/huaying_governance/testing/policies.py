"""政策的检验: subsidies, eligibility and timetables as subjects of cases, and what they answer to a row of facts."""

# Long: subsidies and eligibility side by side, as subjects and as answers.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, cast

from attrs import evolve, field, frozen

from huaying_governance.errors import Problem
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import OUTCOMES, Ruling
from huaying_governance.rules import Award, Line, Policy, derive, subsidy
from huaying_governance.rules.compile import Row
from huaying_governance.rules.edition import Edition, Ready
from huaying_governance.rules.eligible import decide_eligibility
from huaying_governance.rules.resolve import Parts
from huaying_governance.testing.case import UNDETERMINED, Answer, Case, Judged, Values
from huaying_governance.testing.faults import near, problem
from huaying_governance.testing.subject import clauses, clauses_of
from huaying_governance.testing.values import (
    Aspect,
    Field,
    lines,
    names,
    of_fact,
    presence,
    sequence,
    word,
    yuan_or_open,
)
from huaying_governance.text import Text

EditionOf = Callable[[date], Edition]
_OUTCOMES = {
    "subsidy": ("payable", "not_payable", "undetermined"),
    "eligibility": ("eligible", "ineligible", "undetermined"),
}
RULES = Aspect("rules", Text("应有规则", "rules"), names)
CLAUSE = Aspect("clause", Text("应有依据", "clause"), clauses)
MISSING = Aspect("missing", Text("应缺事实", "missing"), names)
CODES = Aspect("codes", Text("应有代码", "codes"), sequence)


def outcome(*known: str) -> Aspect:
    """Return the aspect of the outcome, with the words it may be."""
    choices = {name: OUTCOMES[name] for name in known}
    return Aspect("outcome", Text("应有结论", "outcome"), word(choices), choices)


def inputs_of(policy: Policy) -> dict[str, Field]:
    """Return what a case may give to a policy: its facts, and those of related persons as `spouse.in_zone`."""
    found = {
        name: Field(name, fact.label, of_fact(fact), fact.options) for name, fact in policy.facts.items()
    }
    for name, relation in policy.relations.items():
        found[name] = Field(name, relation.label, presence)
        for inner in relation.facts:
            fact = policy.facts[inner]
            label = Text(f"{relation.label.zh}的{fact.label.zh}", f"{relation.label.en}: {fact.label.en}")
            found[f"{name}.{inner}"] = Field(f"{name}.{inner}", label, of_fact(fact), fact.options)
    return found


def facts_of(parts: Parts, case: Case) -> dict[str, object]:
    """Return the facts of a case as a policy takes them: relations as mappings, spells turned into facts."""
    found: dict[str, object] = {}
    related: dict[str, dict[str, object]] = {}
    for path, value in case.given.items():
        relation, _, name = path.rpartition(".")
        if relation:
            related.setdefault(relation, {})[name] = value
        elif path in parts.relations:
            if value:
                related.setdefault(path, {})
            else:
                found[path] = None
        else:
            found[path] = value
    for of, spells in case.spells.items():
        # `derive` reads only the facts and the parameters, which the parts have.
        known = derive(cast(Policy, parts), spells, case.on)
        if of:
            inner = {name: known[name] for name in parts.relations[of].facts if name in known}
            related.setdefault(of, {}).update(inner)
        else:
            found.update(known)
    return {**found, **related}


@frozen(eq=False)
class SubsidyAnswer:
    """What a subsidy policy says to one row."""

    parts: Parts
    edition: Edition
    row: Row
    award: Award

    @staticmethod
    def of(parts: Parts, edition_of: EditionOf, row: Row) -> SubsidyAnswer:
        """Decide a row."""
        return SubsidyAnswer(parts, edition_of(row[0]), row, subsidy.decide(parts, edition_of, row))

    def get(self, aspect: str) -> object:
        """Return one aspect; the grounds are made only for codes."""
        award = self.award
        match aspect:
            case "outcome":
                if any(line.outcome == UNDETERMINED for line in award.lines):
                    return UNDETERMINED
                return "payable" if award.lines else "not_payable"
            case "amount":
                return UNDETERMINED if award.amount is None else award.amount
            case "rules":
                return tuple(sorted({line.rule for line in award.lines}))
            case "lines":
                return tuple(
                    sorted(
                        (line.rule, UNDETERMINED if line.amount is None else line.amount)
                        for line in award.lines
                    )
                )
            case "missing":
                return tuple(sorted({name for line in award.lines for name in line.missing}))
            case "clause":
                return clauses_of(self._citation(line) for line in award.lines)
            case _:
                return award.ruling.codes

    def _citation(self, line: Line) -> Citation | None:
        """Return the clause of a line; grounds are made only for a rule that is no longer in force on the day."""
        own = (ready.citation for ready in self.edition.rules if ready.rule.id == line.rule)
        return next(own, None) or line.ground.citation

    def judged(self) -> tuple[Judged, ...]:
        """Return how every rule in force judges the row, with what each pays."""
        paid = {line.rule: line for line in self.award.lines}
        found = []
        for each in judge_rules(self.edition, self.row):
            line = paid.get(each.rule)
            tail = "" if line is None else f" → {line.amount if line.amount is not None else '?'}"
            found.append(evolve(each, text=Text(each.text.zh + tail, each.text.en + tail)))
        return tuple(found)


def judge_rules(edition: Edition, row: Row) -> Iterator[Judged]:
    """Yield how each rule in force judges a row, with its conditions line by line."""
    for ready in edition.rules:
        ground = edition.explainer.condition(ready.rule.when, row)
        told = zip(ground.lines("zh"), ground.lines("en"), strict=True)
        yield Judged(
            ready.rule.id,
            ready.rule.label,
            ready.test(row),
            ready.citation,
            tuple(Text(zh, en) for zh, en in told),
        )


@frozen(eq=False, slots=False)
class EligibilityAnswer:
    """What an eligibility policy says to one row."""

    edition: Edition
    row: Row

    @cached_property
    def ruling(self) -> Ruling:
        """The ruling with all grounds."""
        return decide_eligibility(self.edition, self.row)

    def get(self, aspect: str) -> object:
        """Return one aspect; grounds are made only where they are asked for."""
        match aspect:
            case "outcome":
                return self._outcome()
            case "rules":
                return tuple(sorted(ready.rule.id for ready in self._carriers()))
            case "clause":
                return clauses_of(ready.citation for ready in self._carriers())
            case "missing":
                edition = self.edition
                if not edition.rules or edition.compiler.test(edition.whole)(self.row) is not None:
                    return ()
                return tuple(sorted(edition.gaps.of(edition.whole, self.row)))
            case _:
                return self.ruling.codes

    def _outcome(self) -> str:
        if not self.edition.rules:
            return UNDETERMINED
        answer = self.edition.compiler.test(self.edition.whole)(self.row)
        return UNDETERMINED if answer is None else "eligible" if answer else "ineligible"

    def _carriers(self) -> list[Ready]:
        """Return the rules that carry the answer.

        Eligible: the routes that are open. Ineligible: what is required and fails, what bars, and the routes where
        all of them fail. Undetermined: what is unknown.
        """
        outcome = self._outcome()
        judged = [
            (ready, ready.test(self.row)) for ready in self.edition.rules if ready.rule.effect != "note"
        ]
        if outcome == UNDETERMINED:
            return [ready for ready, holds in judged if holds is None]
        if outcome == "eligible":
            return [ready for ready, holds in judged if holds and ready.rule.effect == "route"]
        routes = [(ready, holds) for ready, holds in judged if ready.rule.effect == "route"]
        shut = all(holds is False for _, holds in routes)
        return [
            ready
            for ready, holds in judged
            if (ready.rule.effect == "require" and holds is False)
            or (ready.rule.effect == "bar" and holds)
            or (ready.rule.effect == "route" and shut)
        ]

    def judged(self) -> tuple[Judged, ...]:
        """Return how every rule in force judges the row."""
        return tuple(judge_rules(self.edition, self.row))


@frozen(eq=False, slots=False)
class PolicySubject:
    """A subsidy or an eligibility policy as a subject of cases."""

    policy: Policy
    inputs: Mapping[str, Field] = field(init=False)
    aspects: Mapping[str, Aspect] = field(init=False)

    def __attrs_post_init__(self) -> None:
        kind = self.policy.kind
        found = [outcome(*_OUTCOMES[kind])]
        if kind == "subsidy":
            found.append(Aspect("amount", Text("应得金额", "amount"), yuan_or_open))
            found.append(Aspect("lines", Text("各条金额", "amounts by rule"), lines))
        found += [RULES, CLAUSE, MISSING, CODES]
        object.__setattr__(self, "inputs", inputs_of(self.policy))
        object.__setattr__(self, "aspects", {aspect.name: aspect for aspect in found})

    @property
    def id(self) -> str:
        """The policy's id."""
        return self.policy.id

    @property
    def title(self) -> Text:
        """The policy's title."""
        return self.policy.titles

    @property
    def version(self) -> str:
        """The policy's version."""
        return self.policy.version

    def problems(self, case: Case) -> Iterable[Problem]:
        """Yield names that the policy does not have."""
        yield from named_wrongly(self.policy, case, self.inputs)

    def row(self, case: Case, parts: Parts | None = None) -> Row:
        """Return the case as a row of facts."""
        return self.policy.reader.row(facts_of(parts or self.policy.parts, case), case.on)

    def answer(self, case: Case) -> Answer:
        """Decide the case."""
        return answer_of(self.policy.parts, self.policy.edition, self.row(case))


def answer_of(parts: Parts, edition_of: EditionOf, row: Row) -> SubsidyAnswer | EligibilityAnswer:
    """Return what the parts of a policy say to a row."""
    if parts.kind == "subsidy":
        return SubsidyAnswer.of(parts, edition_of, row)
    return EligibilityAnswer(edition_of(row[0]), row)


def named_wrongly(policy: Policy, case: Case, inputs: Mapping[str, Field]) -> Iterator[Problem]:
    """Yield rules, sources and missing facts that a case expects and the policy does not have."""
    expected = case.expected
    rules = {rule.id for rule in policy.rules}
    wanted = [name for name in _names(expected, "rules") if name not in rules]
    wanted += [name for name, _ in cast(Any, expected.get("lines", ())) if name not in rules]
    for name in wanted:
        yield _unknown("unknown-rule", case, name, sorted(rules))
    sources = set(policy.parts.sources)
    for clause in _names(expected, "clause"):
        if clause.partition(" ")[0] not in sources:
            yield _unknown("unknown-source", case, clause.partition(" ")[0], sorted(sources))
    for name in _names(expected, "missing"):
        if name not in inputs and name != "timetable":
            yield _unknown("unknown-missing", case, name, list(inputs))
    for relation in policy.relations:
        if case.given.get(relation) is False and any(path.startswith(f"{relation}.") for path in case.given):
            yield problem("none-and-facts", case.place, label=policy.relations[relation].label)


def _names(expected: Values, aspect: str) -> tuple[str, ...]:
    return cast("tuple[str, ...]", expected.get(aspect, ()))


def _unknown(code: str, case: Case, name: str, known: list[str]) -> Problem:
    shown = ", ".join(known[:20]) + (" …" if len(known) > 20 else "")
    return problem(code, case.place, name=name[:80], near=near(name, known), known=shown)
