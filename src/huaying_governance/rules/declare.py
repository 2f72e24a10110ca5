"""What a policy declares (声明): sources, facts, relations and parameters, and the expressions that speak of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal, cast

from huaying_governance.errors import Problem
from huaying_governance.kernel.citation import Citation, Source, article_text
from huaying_governance.rules.at import At, unique
from huaying_governance.rules.document import Cited, Draft
from huaying_governance.rules.exact import MONEY, Exact
from huaying_governance.rules.faults import nearest, problem
from huaying_governance.rules.functions import RESERVED
from huaying_governance.rules.load import Loaded
from huaying_governance.rules.meaning import Meaning
from huaying_governance.rules.model import (
    Basis,
    Derived,
    Fact,
    Parameter,
    Relation,
    Step,
)
from huaying_governance.rules.names import Names
from huaying_governance.rules.parse import parse
from huaying_governance.rules.source import SourceText, Span
from huaying_governance.rules.tokens import SyntaxFault
from huaying_governance.rules.tree import DATE, LARGEST, Condition, Operand, Type
from huaying_governance.rules.written import Written
from huaying_governance.text import Text, same

NO_TEXT = SourceText("", "")


class Declarations:
    """Resolves what the documents of one policy declare; problems go to the report."""

    def __init__(self, loaded: Loaded, policy: Draft) -> None:
        self.loaded = loaded
        self.policy = policy
        self.sources: dict[str, Source] = {}
        self.facts: dict[str, Fact] = {}
        self.relations: dict[str, Relation] = {}
        self.parameters: dict[str, Parameter] = {}
        self.names = Names({}, {}, {})
        self.proration_reads: set[str] = set()

    # Sources and citations

    def read_sources(self) -> None:
        """Read the sources of all documents; an id is defined once."""
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
        """Read facts, relations and parameters; a name is one of them only, and no word of the language."""
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
        """Whether a name may be used; notes why not."""
        if name in RESERVED:
            at.fault("reserved-name", key=True, name=name)
            return False
        return unique(seen, name, at)

    def fact(self, name: str, draft: Draft) -> Fact:
        """Return a fact with its type and bounds."""
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
        return Fact(name, made, label_of(name, draft), draft.at, options, derived)

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
        """Note what is lacking, or too much, for a fact that follows from spells."""
        wanted = {"covers": "boolean", "run_months": "integer"}
        if draft["from"] is None:
            for key in ("derive", "where", "gap_days"):
                if draft[key]:
                    draft.at.child(key).fault("key-needs", key=True, name=key, other="from")
            return
        if not draft["derive"]:
            return
        if not draft["where"]:
            draft.at.fault("missing-key", key=True, name="where")
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
        """Return a relation; its facts must be facts of the policy."""
        for number, fact in enumerate(draft["facts"]):
            if fact not in self.facts and fact not in self.loaded.declared():
                at = draft.at.child("facts").child(number)
                at.fault("unknown-name", name=fact, hint=nearest(fact, self.facts))
        return Relation(name, label_of(name, draft), draft["facts"], draft.at)

    def parameter(self, name: str, draft: Draft) -> Parameter | None:
        """Return a parameter, or None where it has no value that can be used."""
        steps = self.steps(draft["values"])
        if not steps:
            return None
        values = [cast("int", step.value) for step in steps]
        kind: Literal["integer", "decimal"] = (
            "integer" if all(isinstance(value, int) for value in values) else "decimal"
        )
        made = Type(kind, draft["unit"], (), min(values), max(values))
        return Parameter(name, label_of(name, draft), made, steps, draft.at)

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
        """Return what a condition means, or None after noting what is wrong."""
        return cast("Condition | None", self.expression(text, at, Meaning.condition))

    def amount(self, text: str, at: At) -> Operand | None:
        """Return what an amount in yuan means, or None after noting what is wrong."""
        return cast("Operand | None", self.expression(text, at, Meaning.amount))


def label_of(name: str, draft: Draft) -> Text:
    """Return the label of a declared part: as written, in one language at least, or else its name."""
    label = draft["label"]
    return label if isinstance(label, Text) else Text(draft["zh"] or draft["en"] or name, draft["en"] or name)


def _syntax_problem(fault: SyntaxFault, at: At) -> Problem:
    return problem(fault.code, at.inside(fault.start, fault.end), **fault.values)
