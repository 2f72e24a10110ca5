"""变异政策: a policy with one fault in it, compiled no further than a case needs, so that thousands fit in a second."""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import define, evolve, field

from huaying_governance.rules import Policy
from huaying_governance.rules.compile import Compiler
from huaying_governance.rules.edition import Edition, Ready, build, eligible_when
from huaying_governance.rules.explain import Explainer
from huaying_governance.rules.missing import Gaps
from huaying_governance.rules.model import Rule, Step
from huaying_governance.rules.policy import change_days
from huaying_governance.rules.resolve import Parts
from huaying_governance.testing.goals import reads
from huaying_governance.testing.mutants import Mutant


@define(eq=False)
class Variant:
    """A policy with a mutant in it. Editions that the fault does not touch are the policy's own."""

    policy: Policy
    mutant: Mutant
    touched: frozenset[str] = field(init=False)
    moves: bool = field(init=False)
    _parts: Parts | None = None
    _editions: dict[Any, Edition] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        changed = self.mutant.parameters
        readers = {
            rule.id for rule in self.policy.rules if changed and not changed.keys().isdisjoint(reads(rule))
        }
        self.touched = frozenset(self.mutant.rules) | readers
        self.moves = self.mutant.kind == "date"

    @property
    def parts(self) -> Parts:
        """The parts with the fault in them; those of the policy itself serve while only rules or values change."""
        if not self.mutant.other:
            return self.policy.parts
        return self.whole

    @property
    def whole(self) -> Parts:
        """The parts with the fault in them, all of them."""
        if self._parts is None:
            self._parts = self.mutant.parts(self.policy.parts)
        return self._parts

    def edition(self, day: date) -> Edition:
        """Return the policy with the fault, as it stands on `day`."""
        base = self.policy.edition(day)
        key = day if self.moves else id(base)
        found = self._editions.get(key)
        if found is None:
            rules = tuple(self._rule(rule) for rule in self.policy.rules)
            there = tuple(rule for rule in rules if rule is not None and rule.in_force(day))
            steps = {name: parameter.on(day) for name, parameter in self.mutant.parameters.items()}
            found = self._editions[key] = self._edition(base, day, there, steps)
        return found

    def _rule(self, rule: Rule) -> Rule | None:
        return self.mutant.rules.get(rule.id, rule)

    def _edition(
        self, base: Edition, day: date, there: tuple[Rule, ...], steps: dict[str, Step | None]
    ) -> Edition:
        own = {ready.rule.id: ready for ready in base.rules}
        if not self._differs(base, there, steps, day):
            return base
        if self.mutant.other or self.mutant.parameters:
            part = evolve(
                self.whole, rules=tuple(r for r in there if r.id in self.touched or r.id not in own)
            )
            small = build(part, self.policy.layout, day, base.until)
        else:
            small = self._cheap(base, own, there, day)
        new = {ready.rule.id: ready for ready in small.rules}
        return assembled(
            small, tuple(new.get(rule.id) or own[rule.id] for rule in there), self.policy.kind, base
        )

    def _differs(
        self,
        base: Edition,
        there: tuple[Rule, ...],
        steps: dict[str, Step | None],
        day: date,
    ) -> bool:
        """Whether the edition is another than the policy's own on that day."""
        if self.mutant.other:
            return True
        if any(base.steps.get(name) is not step for name, step in steps.items()):
            return True
        same = len(there) == len(base.rules) and all(
            rule is ready.rule or (rule.when is ready.rule.when and _alike(rule, ready, day))
            for rule, ready in zip(there, base.rules, strict=True)
        )
        return not same

    def _cheap(self, base: Edition, own: dict[str, Ready], there: tuple[Rule, ...], day: date) -> Edition:
        """Return an edition of the changed rules alone, compiled with the values of `base`."""
        compiler = Compiler(self.policy.layout, base.compiler.parameters)
        ready: list[Ready] = []
        for rule in there:
            if rule.id not in self.touched:
                continue
            held = own.get(rule.id)
            if held is None or held.rule.amount is not rule.amount:
                part = evolve(self.policy.parts, rules=(rule,))
                ready.append(build(part, self.policy.layout, day, base.until).rules[0])
            else:
                test, citation = compiler.test(rule.when), rule.citation_on(day)
                ready.append(evolve(held, rule=rule, citation=citation, test=test, grounds={}))
        old = base.explainer
        explainer = Explainer(compiler, old.facts, old.relations, old.parameters, old.steps)
        return evolve(base, rules=tuple(ready), compiler=compiler, explainer=explainer, gaps=Gaps(compiler))

    def as_policy(self) -> Policy:
        """Return the whole as a policy of its own; for timetables, which are chosen among policies."""
        made = Policy(self.whole, self.policy.source_path)
        made.__dict__.update(
            layout=self.policy.layout, reader=self.policy.reader, changes=change_days(self.whole)
        )
        return made


def assembled(small: Edition, ready: tuple[Ready, ...], kind: str, base: Edition) -> Edition:
    """Return `small` with these rules: the one place that knows what an edition keeps of its rules besides them."""
    paying = (each for each in ready if each.fen is not None or each.enterprise_fen is not None)
    return evolve(
        small,
        rules=ready,
        whole=eligible_when(tuple(each.rule for each in ready)) if kind == "eligibility" else base.whole,
        tests=tuple(each.test for each in paying),
        constant=small.constant and base.constant,
        plans={},
        by_rule={each.rule.id: each for each in ready},
    )


def _alike(rule: Rule, ready: Ready, day: date) -> bool:
    """Whether a changed rule, its condition the same, also pays, works and is cited the same on a day."""
    old = ready.rule
    return (
        rule.amount is old.amount
        and rule.enterprise_amount is old.enterprise_amount
        and rule.effect == old.effect
        and rule.clocks is old.clocks
        and rule.citation_on(day) is ready.citation
    )


def only_condition(variant: Variant) -> Rule | None:
    """Return the changed rule where nothing but its condition is changed, else None."""
    mutant = variant.mutant
    if mutant.parameters or mutant.other or len(mutant.rules) != 1:
        return None
    ((name, new),) = mutant.rules.items()
    old = next(rule for rule in variant.policy.rules if rule.id == name)
    if new is None or new.when is old.when:
        return None
    return new
