"""From drafts to a policy (成文): names, citations, dated values and expressions are resolved, problems collected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, cast

from attrs import evolve, field, frozen

from huaying_governance.errors import Problem
from huaying_governance.kernel.citation import Citation, Source
from huaying_governance.rules.document import Cited, Draft
from huaying_governance.rules.faults import nearest, problem
from huaying_governance.rules.load import Gathered, Loaded
from huaying_governance.rules.meaning import RESERVED, Meaning, Names
from huaying_governance.rules.model import (
    Basis,
    Clock,
    Combine,
    Derived,
    Extension,
    Fact,
    Item,
    Parameter,
    Proration,
    Relation,
    Rule,
    Step,
    TimetableDefaults,
    Weight,
    WindowDraft,
    readonly,
)
from huaying_governance.rules.parse import parse
from huaying_governance.rules.shape import At
from huaying_governance.rules.source import SourceText, Span
from huaying_governance.rules.tokens import SyntaxFault
from huaying_governance.rules.tree import (
    DATE,
    LARGEST,
    MONEY,
    Apply,
    Arith,
    Condition,
    Const,
    Exact,
    Exists,
    Operand,
    Type,
    conjunction,
    facts_read,
    parameters_read,
    relations_stated,
)
from huaying_governance.rules.written import Written
from huaying_governance.text import Text, same

NO_TEXT = SourceText("", "")


@frozen
class Parts:
    """Everything a policy document says, resolved."""

    id: str
    kind: str
    titles: Text
    programme: str
    region: str
    subject: str
    changes: str | None
    sources: Mapping[str, Source] = field(converter=readonly)
    facts: Mapping[str, Fact] = field(converter=readonly)
    relations: Mapping[str, Relation] = field(converter=readonly)
    parameters: Mapping[str, Parameter] = field(converter=readonly)
    rules: tuple[Rule, ...] = ()
    combine: tuple[Combine, ...] = ()
    proration: Proration = field(factory=Proration)
    defaults: TimetableDefaults | None = None
    weights: tuple[Weight, ...] = ()
    total: Exact | None = None
    items: tuple[Item, ...] = ()
    proration_reads: frozenset[str] = frozenset()
    gathered: Gathered | None = field(default=None, eq=False, repr=False)
    at: At | None = field(default=None, eq=False, repr=False)


def resolve(loaded: Loaded) -> Parts | None:
    """Return the parts of a loaded document; None where it could not be read. Problems go to its report."""
    if loaded.policy is None:
        return None
    return _Resolver(loaded, loaded.policy).parts()


def unique(seen: dict[str, At], name: str, at: At) -> bool:
    """Whether `name` is new; otherwise note that it is defined twice."""
    first = seen.get(name)
    if first is None:
        seen[name] = at
        return True
    at.fault("duplicate", key=True, name=name, first=first.span(key=True).place)
    return False


class _Resolver:
    def __init__(self, loaded: Loaded, policy: Draft) -> None:
        self.loaded = loaded
        self.policy = policy
        self.sources: dict[str, Source] = {}
        self.facts: dict[str, Fact] = {}
        self.relations: dict[str, Relation] = {}
        self.parameters: dict[str, Parameter] = {}
        self.names = Names({}, {}, {})
        self.proration_reads: set[str] = set()

    def parts(self) -> Parts:
        self.read_sources()
        self.read_names()
        self.names = Names(
            {name: fact.type for name, fact in self.facts.items()},
            {name: relation.facts for name, relation in self.relations.items()},
            {name: parameter.type for name, parameter in self.parameters.items()},
            self.loaded.declared() - {*self.facts, *self.relations, *self.parameters},
        )
        head, held = self.policy["policy"], self.policy.held
        proration = self.proration(held.get("proration"))
        return Parts(
            head["id"],
            head["kind"],
            head["titles"],
            head["programme"],
            head["region"],
            head["subject"],
            head["changes"],
            self.sources,
            self.facts,
            self.relations,
            self.parameters,
            self.rules(held.get("rules", ()), proration),
            self.combinations(held.get("combine", ())),
            proration,
            self.defaults(held.get("defaults")),
            self.weights(held.get("weights", ())),
            held.get("total"),
            self.items(held.get("items", ())),
            frozenset(self.proration_reads),
            self.loaded.gathered,
            self.policy.at,
        )

    # Sources and citations

    def read_sources(self) -> None:
        seen: dict[str, At] = {}
        for source, at in self.loaded.sources():
            if unique(seen, source.id, at.child("id")):
                self.sources[source.id] = source

    def basis(self, cited: tuple[Cited, ...]) -> tuple[Basis, ...]:
        """Return the citations that exist; the others are problems."""
        found: list[Basis] = []
        for each in cited:
            name, _, article = each.reference.partition("#")
            source = self.sources.get(name)
            if source is None:
                each.at.fault("unknown-source", name=name, hint=nearest(name, self.sources))
                continue
            found.append(Basis(each.since, each.until, Citation(source, article_text(article))))
        return tuple(found)

    # Facts, relations, parameters

    def read_names(self) -> None:
        seen: dict[str, At] = {}
        for name, draft, at in self.loaded.entries("facts"):
            if self.is_free(seen, name, at):
                self.facts[name] = self.fact(name, draft)
        for name, draft, at in self.loaded.entries("relations"):
            if self.is_free(seen, name, at):
                self.relations[name] = self.relation(name, draft)
        for name, draft, at in self.loaded.entries("parameters"):
            if self.is_free(seen, name, at):
                parameter = self.parameter(name, draft)
                if parameter is not None:
                    self.parameters[name] = parameter

    def is_free(self, seen: dict[str, At], name: str, at: At) -> bool:
        if name in RESERVED:
            at.fault("reserved-name", key=True, name=name)
            return False
        return unique(seen, name, at)

    def fact(self, name: str, draft: Draft) -> Fact:
        kind = draft["type"]
        options = dict(draft["of"] or ())
        self.fact_keys(draft, kind, options)
        if kind == "choice":
            made = Type("choice", "", tuple(options))
        elif kind in {"integer", "decimal"}:
            made = Type(kind, draft["unit"], (), *self.bounds(draft))
        else:
            made = DATE if kind == "date" else Type(kind)
        derived = None
        if draft["from"] and draft["derive"] and draft["where"]:
            derived = Derived(draft["derive"], draft["where"], draft["gap_days"] or "")
        return Fact(name, made, draft["label"], draft.at, options, derived)

    def bounds(self, draft: Draft) -> tuple[Exact, Exact]:
        """Return the least and greatest value: money is never negative unless it is said, nothing is endless."""
        low = draft["min"] if draft["min"] is not None else 0 if draft["unit"] == MONEY else -LARGEST
        high = draft["max"] if draft["max"] is not None else LARGEST
        return (low, high) if low <= high else (-LARGEST, LARGEST)

    def fact_keys(self, draft: Draft, kind: str, options: dict[str, Text]) -> None:
        """Note keys that do not go with the type of a fact, and those that are lacking."""
        at = draft.at
        if kind == "choice" and not options:
            at.fault("missing-key", key=True, name="of")
        if len(options) < len(draft["of"] or ()):
            at.child("of").fault("duplicate", name="of", first=at.child("of").span().place)
        allowed = (
            {"of"}
            if kind == "choice"
            else {"min", "max", "unit"}
            if kind in {"integer", "decimal"}
            else set()
        )
        for key in ("of", "min", "max", "unit"):
            if draft[key] and key not in allowed:
                at.child(key).fault("key-not-for-type", key=True, name=key, kind=kind)
        low, high = draft["min"], draft["max"]
        if low is not None and high is not None and low > high:
            at.child("min").fault("bounds-crossed", low=low, high=high)
        if kind == "integer":
            for key in ("min", "max"):
                if draft[key] is not None and not isinstance(draft[key], int):
                    at.child(key).fault("wrong-type", expected=Text("整数", "an integer"))
        self.derived_keys(draft, kind)

    def derived_keys(self, draft: Draft, kind: str) -> None:
        wanted = {"covers": "boolean", "run_months": "integer"}
        if draft["from"] is None:
            for key in ("derive", "where", "gap_days"):
                if draft[key]:
                    draft.at.child(key).fault("key-needs", key=True, name=key, other="from")
            return
        for key in ("derive", "where"):
            if not draft[key]:
                draft.at.fault("missing-key", key=True, name=key)
        if draft["derive"] and kind != wanted[draft["derive"]]:
            draft.at.child("type").fault(
                "not-one-of", allowed=wanted[draft["derive"]], hint=same(wanted[draft["derive"]])
            )
        if draft["derive"] == "run_months" and not draft["gap_days"]:
            draft.at.fault("missing-key", key=True, name="gap_days")
        if draft["gap_days"] and all(
            draft["gap_days"] != name for name, _, _ in self.loaded.entries("parameters")
        ):
            names = [name for name, _, _ in self.loaded.entries("parameters")]
            draft.at.child("gap_days").fault(
                "unknown-parameter", name=draft["gap_days"], hint=nearest(draft["gap_days"], names)
            )

    def relation(self, name: str, draft: Draft) -> Relation:
        for number, fact in enumerate(draft["facts"]):
            if fact not in self.facts and fact not in self.loaded.declared():
                at = draft.at.child("facts").child(number)
                at.fault("unknown-name", name=fact, hint=nearest(fact, self.facts))
        return Relation(name, draft["label"], draft["facts"], draft.at)

    def parameter(self, name: str, draft: Draft) -> Parameter | None:
        steps = self.steps(draft["values"])
        if not steps:
            return None
        values = [cast("int", step.value) for step in steps]
        kind: Literal["integer", "decimal"] = (
            "integer" if all(isinstance(value, int) for value in values) else "decimal"
        )
        made = Type(kind, draft["unit"], (), min(values), max(values))
        return Parameter(name, draft["label"], made, steps, draft.at)

    def steps(self, drafts: tuple[Draft, ...]) -> tuple[Step, ...]:
        """Return the versions in order of date; one that cites a dated list is as many versions."""
        steps: list[Step] = []
        for draft in drafts:
            last = self.until(draft)
            for each in self.basis(draft["source"]):
                since, until = each.since or draft["from"], each.until or last
                steps.append(Step(since, until, draft["value"], each.citation, draft.at))
        return tuple(sorted(steps, key=lambda step: step.since))

    def until(self, draft: Draft) -> date | None:
        """Return the last day of a dated part; None where it is open, or wrong."""
        last: date | None = draft["to"]
        if last is not None and last < draft["from"]:
            draft.at.child("to").fault("dates-crossed", first=draft["from"], last=last)
            return None
        return last

    # Expressions

    def expression(self, text: str, at: At, build: Callable[[Meaning, Written], Any]) -> Any:
        """Parse and type one expression; None after noting what is wrong with it."""
        try:
            written = parse(text)
        except SyntaxFault as fault:
            at.report.add(_syntax_problem(fault, at))
            return None
        meaning = Meaning(self.names, at.inside)
        meant = build(meaning, written)
        for each in meaning.problems:
            at.report.add(each)
        return meant

    def silent(self, text: str) -> Operand | None:
        """Return what a number means whose problems have been noted already."""
        try:
            return Meaning(self.names, lambda start, end: Span(NO_TEXT, start, end)).number(parse(text))
        except SyntaxFault:
            return None

    def condition(self, text: str, at: At) -> Condition | None:
        return cast("Condition | None", self.expression(text, at, Meaning.condition))

    def amount(self, text: str, at: At) -> Operand | None:
        return cast("Operand | None", self.expression(text, at, Meaning.amount))

    # Rules

    def rules(self, drafts: tuple[Draft, ...], proration: Proration) -> tuple[Rule, ...]:
        seen: dict[str, At] = {}
        made = [
            self.rule(draft, proration) for draft in drafts if unique(seen, draft["id"], draft.at.child("id"))
        ]
        return tuple(rule for rule in made if rule is not None)

    def rule(self, draft: Draft, proration: Proration) -> Rule | None:
        held, at = draft.held, draft.at
        when = self.condition(draft["when"], at.child("when"))
        basis = self.basis(draft["source"])
        amount, enterprise = self.amounts(draft, proration)
        clocks = tuple(clock for clock in map(self.clock, held.get("clocks", ())) if clock is not None)
        if when is None or not basis:
            return None
        # An amount that speaks of somebody needs somebody to be there.
        spoken = [
            name for node in (amount, enterprise) if node is not None for name in relations_stated(node)
        ]
        if spoken:
            when = conjunction((when, *(Exists(name) for name in dict.fromkeys(spoken))))
        return Rule(
            draft["id"],
            draft["label"] or same(draft["id"]),
            draft["from"],
            self.until(draft),
            basis,
            when,
            draft["when"],
            at,
            amount,
            held.get("amount", ""),
            enterprise,
            held.get("enterprise_amount") or "",
            held.get("payee", "worker"),
            held.get("unit", "person"),
            held.get("effect", "require"),
            held.get("code", ""),
            clocks,
        )

    def amounts(self, draft: Draft, proration: Proration) -> tuple[Operand | None, Operand | None]:
        """Return what the worker (or sole payee) and the enterprise are paid, prorated; None: unset."""
        held = draft.held
        found: list[Operand | None] = []
        for key in ("amount", "enterprise_amount"):
            text = held.get(key)
            if not text or text == "unset":
                found.append(None)
                continue
            amount = self.amount(text, draft.at.child(key))
            if amount is not None and held.get("prorate", True):
                amount = self.prorated(amount, proration)
            found.append(amount)
        both = held.get("payee") == "both"
        if both and not held.get("enterprise_amount"):
            draft.at.fault("missing-key", key=True, name="enterprise_amount")
        if not both and held.get("enterprise_amount"):
            draft.at.child("enterprise_amount").fault(
                "key-needs", key=True, name="enterprise_amount", other='payee = "both"'
            )
        return found[0], found[1]

    def prorated(self, amount: Operand, proration: Proration) -> Operand:
        """Return `amount` times the part of the year that counts: never more than the whole."""
        if proration.kind == "none" or self.policy.held.get("proration") is None:
            return amount
        text = proration.counts.get(proration.kind, "")
        count = self.silent(text)
        if count is None:
            return amount
        whole = Const(
            12 if proration.kind == "months" else proration.year_days, evolve(count.type, kind="integer")
        )
        cut = Apply("max", (Const(0, whole.type), Apply("min", (count, whole), count.type)), count.type)
        part = Arith("/", cut, whole, Type("decimal", "", (), 0, 1))
        return Arith("*", amount, part, evolve(amount.type, kind="decimal"))

    def proration(self, draft: Draft | None) -> Proration:
        if draft is None:
            return Proration()
        counts = {key: draft[key] for key in ("months", "days") if draft[key]}
        if draft["kind"] != "none" and draft["kind"] not in counts:
            draft.at.fault("missing-key", key=True, name=draft["kind"])
        for key, text in counts.items():
            # Read here also where it is only a reform's, so that its problems show now.
            node = self.expression(text, draft.at.child(key), Meaning.number)
            if node is not None:
                self.proration_reads.update(fact.name for fact in facts_read(node))
                self.proration_reads.update(parameters_read(node))
        return Proration(
            draft["kind"], counts, draft["year_days"], draft["rounding"], self.basis(draft["source"])
        )

    def clock(self, draft: Draft) -> Clock | None:
        if draft["days"] not in self.parameters:
            at = draft.at.child("days")
            at.fault("unknown-parameter", name=draft["days"], hint=nearest(draft["days"], self.parameters))
            return None
        if self.parameters[draft["days"]].type.unit not in {"working_days", "natural_days"}:
            unit = self.parameters[draft["days"]].type.unit or "1"
            draft.at.child("days").fault("unit-mismatch", left=unit, right="working_days / natural_days")
        when = self.condition(draft["when"], draft.at.child("when")) if draft["when"] else None
        return Clock(draft["id"], draft["start"], draft["until"], draft["days"], when, draft["when"] or "")

    # Combinations, timetables, weights, lists

    def combinations(self, drafts: tuple[Draft, ...]) -> tuple[Combine, ...]:
        rules = {draft["id"] for draft in self.policy.held.get("rules", ())}
        seen: dict[str, At] = {}
        made: list[Combine] = []
        for number, draft in enumerate(drafts):
            known = rules | set(seen)
            for place, member in enumerate(draft["rules"]):
                if member not in known:
                    at = draft.at.child("rules").child(place)
                    at.fault("unknown-rule", name=member, hint=nearest(member, known))
            name = draft["id"] or f"combine-{number + 1}"
            if name in rules:
                draft.at.child("id").fault("duplicate", name=name, first=same(name))
            elif unique(seen, name, draft.at.child("id")):
                made.append(self.combination(name, draft))
        return tuple(made)

    def combination(self, name: str, draft: Draft) -> Combine:
        limit = self.amount(draft["limit"], draft.at.child("limit")) if draft["limit"] else None
        counted = self.amount(draft["counted"], draft.at.child("counted")) if draft["counted"] else None
        cap = draft["kind"] == "cap"
        if cap and not draft["limit"]:
            draft.at.fault("missing-key", key=True, name="limit")
        if cap and draft["per"] in {"household", "period"} and not draft["counted"]:
            draft.at.fault("missing-key", key=True, name="counted")
        for key in ("limit", "counted"):
            if draft[key] and not cap:
                draft.at.child(key).fault("key-needs", key=True, name=key, other='kind = "cap"')
        return Combine(
            name,
            draft["kind"],
            draft["label"],
            draft["rules"],
            self.basis(draft["source"]),
            draft.at,
            draft["per"],
            limit,
            draft["limit"] or "",
            counted,
            draft["counted"] or "",
        )

    def defaults(self, draft: Draft | None) -> TimetableDefaults | None:
        if draft is None:
            return None
        extension = draft["extensions"]
        most = extension["at_most"]
        if most != "original" and most not in self.parameters:
            names = ("original", *self.parameters)
            extension.at.child("at_most").fault("unknown-parameter", name=most, hint=nearest(most, names))
        windows = {
            key: WindowDraft(window["days"], window["unit"], self.basis(window["source"]))
            for key, window in draft["windows"].held.items()
        }
        return TimetableDefaults(
            draft["hold_stops"], Extension(extension["times"], most, self.basis(extension["source"])), windows
        )

    def weights(self, drafts: tuple[Draft, ...]) -> tuple[Weight, ...]:
        seen: dict[str, At] = {}
        return tuple(
            Weight(draft["id"], draft["label"], self.steps(draft["values"]))
            for draft in drafts
            if unique(seen, draft["id"], draft.at.child("id"))
        )

    def items(self, drafts: tuple[Draft, ...]) -> tuple[Item, ...]:
        made: list[Item] = []
        for draft in drafts:
            last = self.until(draft)
            columns = ("kind", "role", "assigners", "communities", "funding", "forms")
            held = {key: draft[key] for key in columns}
            basis = self.basis(draft["basis"])
            made.append(Item(draft["code"], draft["name"], draft["from"], last, basis, held, draft.at))
        return tuple(made)


def article_text(article: str) -> Text:
    """Return `第34条` / `Art. 34` for a number; anything else reads as it is written."""
    if article.isdecimal():
        return Text(f"第{article}条", f"Art. {article}")
    return same(article)


def _syntax_problem(fault: SyntaxFault, at: At) -> Problem:
    return problem(fault.code, at.inside(fault.start, fault.end), **fault.values)
