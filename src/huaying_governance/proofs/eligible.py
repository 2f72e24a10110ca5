"""Eligibility in z3 (资格编码): who is eligible, and by which route, where every fact is known."""

from __future__ import annotations

from attrs import define, field

from huaying_governance.proofs.encode import Encoder, Symbols, Term
from huaying_governance.proofs.solver import z3
from huaying_governance.rules.edition import Edition
from huaying_governance.rules.policy import Policy


@define(eq=False)
class Eligibility:
    """An eligibility policy as of a day over one case of symbols; it answers as `Awards` does, in ones and zeros."""

    policy: Policy
    symbols: Symbols
    edition: Edition = field(init=False)
    encoder: Encoder = field(init=False)
    eligible: Term = field(init=False)
    settled: list[Term] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        """Encode all rules in force and what they come to."""
        self.edition = self.policy.edition(self.symbols.on)
        self.encoder = Encoder(self.symbols, self.edition.compiler.parameters)
        self.eligible = self.encoder.test(self.edition.whole)

    @property
    def ids(self) -> frozenset[str]:
        """The rules in force."""
        return frozenset(self.edition.by_rule)

    def of(self, rule: str) -> Term:
        """Return 1 for a case that is eligible by the rule (a bar: barred by it), or (empty) at all; else 0."""
        if not rule:
            return z3.If(self.eligible, 1, 0)
        held = self.holds(rule)
        bars = self.edition.by_rule[rule].rule.effect == "bar"
        return z3.If(held if bars else z3.And(held, self.eligible), 1, 0)

    def holds(self, rule: str) -> Term:
        """Return whether the condition of a rule in force holds."""
        return self.encoder.test(self.edition.by_rule[rule].rule.when)
