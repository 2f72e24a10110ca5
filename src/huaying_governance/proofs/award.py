"""Awards in z3 (奖补编码): what each rule pays after all combinations, in whole fen.

What is proved is about cases that the policy settles: every fact is known, every amount can be computed, and no two
rules that exclude each other hold at once (`settled` says so; `NeverBoth` proves the last).
"""

from __future__ import annotations

from attrs import define, field, frozen

from huaying_governance.proofs.encode import Encoder, Symbols, Term
from huaying_governance.proofs.solver import z3
from huaying_governance.rules.edition import Edition, Ready
from huaying_governance.rules.model import Combine
from huaying_governance.rules.policy import Policy
from huaying_governance.rules.tree import Operand


@frozen(eq=False)
class Paid:
    """What one rule pays to one payee, in fen; 0 where it pays nothing."""

    rule: str
    payee: str
    holds: Term
    fen: Term


@define(eq=False)
class _Claim:
    rule: str
    payee: str
    holds: Term
    there: Term
    fen: Term
    settled: Term = field(factory=lambda: z3.BoolVal(False))


_Member = list[tuple[_Claim, Term]]


def fen(value: Term, rounding: str) -> Term:
    """Return yuan as whole fen by a named way of rounding."""
    how, _, unit = rounding.rpartition("-")
    step = 100 if unit == "yuan" else 1
    scaled = (z3.ToReal(value) if z3.is_int(value) else value) * 100 / step
    whole, half = z3.ToInt(scaled), z3.RealVal("1/2")
    rest = scaled - z3.ToReal(whole)
    more = {
        "down": z3.BoolVal(False),
        "up": rest > 0,
        "half-up": rest >= half,
        "half-even": z3.Or(rest > half, z3.And(rest == half, whole % 2 == 1)),
    }[how]
    return (whole + z3.If(more, 1, 0)) * step


@define(eq=False)
class Awards:
    """A policy as of a day over one case of symbols."""

    policy: Policy
    symbols: Symbols
    edition: Edition = field(init=False)
    encoder: Encoder = field(init=False)
    paid: tuple[Paid, ...] = field(init=False)
    settled: list[Term] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        """Encode all rules in force and their combinations."""
        self.edition = self.policy.edition(self.symbols.on)
        self.encoder = Encoder(self.symbols, self.edition.compiler.parameters)
        claims = [claim for ready in self.edition.rules for claim in self._claims(ready)]
        self._combine(claims)
        nothing = z3.IntVal(0)
        self.paid = tuple(
            Paid(each.rule, each.payee, each.holds, z3.If(_stands(each), each.fen, nothing))
            for each in claims
        )

    @property
    def ids(self) -> frozenset[str]:
        """The rules in force that state an amount."""
        return frozenset(each.rule for each in self.paid)

    def of(self, rule: str) -> Term:
        """Return what a rule pays, in fen; of all rules where it is empty."""
        found = [each.fen for each in self.paid if rule in ("", each.rule)]
        return z3.Sum([z3.IntVal(0), *found])

    def holds(self, rule: str) -> Term:
        """Return whether the condition of a rule in force holds."""
        return self.encoder.test(self.edition.by_rule[rule].rule.when)

    def _claims(self, ready: Ready) -> list[_Claim]:
        rule, found = ready.rule, []
        payee = "worker" if rule.payee == "both" else rule.payee
        for who, amount in ((payee, rule.amount), ("enterprise", rule.enterprise_amount)):
            if amount is not None:
                found.append(self._claim(rule.id, who, self.encoder.test(rule.when), amount))
        return found

    def _claim(self, rule: str, payee: str, holds: Term, amount: Operand) -> _Claim:
        if not self.encoder.has(amount):
            self.settled.append(z3.Not(holds))
            return _Claim(rule, payee, holds, z3.BoolVal(False), z3.IntVal(0))
        self.settled.append(z3.Implies(holds, self.encoder.known(amount)))
        value = fen(self.encoder.value(amount), self.policy.parts.proration.rounding)
        return _Claim(rule, payee, holds, z3.And(holds, value != 0), value)

    # Combinations

    def _combine(self, claims: list[_Claim]) -> None:
        groups: dict[str, _Member] = {}
        for claim in claims:
            groups.setdefault(claim.rule, []).append((claim, claim.there))
        for each in self.policy.parts.combine:
            members = [groups[name] for name in each.members if groups.get(name)]
            if each.kind == "highest-of":
                _highest(members)
            elif each.kind == "exclusive" and len(members) > 1:
                self.settled.append(z3.AtMost(*(_there(member) for member in members), 1))
            elif each.kind == "cap":
                self._cap(members, each)
            flat = [pair for member in members for pair in member]
            groups[each.id] = [(claim, z3.And(part, z3.Not(claim.settled))) for claim, part in flat]

    def _cap(self, members: list[_Member], by: Combine) -> None:
        nodes = [node for node in (by.limit, by.counted) if node is not None]
        there = [z3.And(part, z3.Not(claim.settled)) for member in members for claim, part in member]
        if not there or not all(self.encoder.has(node) for node in nodes):
            self.settled.append(z3.Not(z3.Or(*there)))
            return
        self.settled.append(z3.Implies(z3.Or(*there), z3.And(*(self.encoder.known(node) for node in nodes))))
        first, *more = (self.encoder.value(node) for node in nodes)
        rest = fen(first - more[0] if more else first, self.policy.parts.proration.rounding)
        left = z3.If(rest > 0, rest, z3.IntVal(0))
        claims = [claim for member in members for claim, _ in member]
        for claim, taking in zip(claims, there, strict=True):
            over = z3.And(taking, claim.fen > left)
            claim.settled = z3.Or(claim.settled, z3.And(over, left == 0))
            claim.fen = z3.If(over, left, claim.fen)
            left = left - z3.If(taking, claim.fen, 0)


def _stands(claim: _Claim) -> Term:
    return z3.And(claim.there, z3.Not(claim.settled))


def _there(member: _Member) -> Term:
    return z3.Or(*(part for _, part in member))


def _highest(members: list[_Member]) -> None:
    """Keep the highest, of equal ones the first."""
    sums = [
        z3.Sum([z3.IntVal(0), *(z3.If(part, claim.fen, 0) for claim, part in member)]) for member in members
    ]
    there = [_there(member) for member in members]
    for number, member in enumerate(members):
        beaten = z3.Or(
            *(
                z3.And(there[at], other >= sums[number] if at < number else other > sums[number])
                for at, other in enumerate(sums)
                if at != number
            )
        )
        for claim, part in member:
            claim.settled = z3.Or(claim.settled, z3.And(part, beaten))
