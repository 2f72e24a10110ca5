"""From drafts to a policy (成文): rules, combinations and the rest, over what is declared; problems collected."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from huaying_governance.rules.at import unique
from huaying_governance.rules.declare import Declarations
from huaying_governance.rules.document import Draft
from huaying_governance.rules.faults import nearest
from huaying_governance.rules.load import Loaded
from huaying_governance.rules.meaning import Meaning
from huaying_governance.rules.model import (
    Clock,
    Combine,
    Extension,
    Item,
    Proration,
    Rule,
    TimetableDefaults,
    Weight,
    WindowDraft,
)
from huaying_governance.rules.names import Names
from huaying_governance.rules.parts import Parts
from huaying_governance.rules.properties import stated
from huaying_governance.rules.shape import At
from huaying_governance.rules.tree import (
    Apply,
    Arith,
    Const,
    Exists,
    Operand,
    Type,
    conjunction,
    facts_read,
    parameters_read,
    relations_stated,
)
from huaying_governance.text import Text, same


def resolve(loaded: Loaded) -> Parts | None:
    """Return the parts of a loaded document; None where it could not be read. Problems go to its report."""
    if loaded.policy is None:
        return None
    return _Resolver(loaded, loaded.policy).parts()


class _Resolver(Declarations):
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
            self.title(head),
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
            stated(self, held.get("properties", ())),
            self.loaded.gathered,
            self.policy.at,
        )

    # Rules

    def title(self, head: dict[str, Any]) -> Text:
        """Return the title, by either of its names."""
        found = head["titles"] or head["title"]
        if found is None:
            self.policy.at.child("policy").fault("missing-key", name="titles")
        return found or same(head["id"])

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


__all__ = ["Parts", "resolve"]
