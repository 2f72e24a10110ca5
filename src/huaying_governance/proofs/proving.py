"""Proving (证明): each property is a question whether a case against it exists; z3 answers for all at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from attrs import define, field, frozen

from huaying_governance.kernel.money import from_fen, to_fen
from huaying_governance.proofs.award import Awards
from huaying_governance.proofs.eligible import Eligibility
from huaying_governance.proofs.encode import Day, Symbols, Term
from huaying_governance.proofs.properties import (
    AtLeast,
    AtMost,
    Cliff,
    Equivalent,
    Monotone,
    NeverBoth,
    Property,
    Reachable,
)
from huaying_governance.proofs.solver import z3
from huaying_governance.proofs.worlds import Case, case_of, consistent
from huaying_governance.rules.policy import Policy
from huaying_governance.rules.tree import Type

Answers: TypeAlias = Awards | Eligibility
Outcome: TypeAlias = Literal["proved", "refuted", "unknown"]
TRIES = 20
"""Models looked at for one that spells can be found for."""


@frozen
class Verdict:
    """证明结果: whether a property holds in every case, else a case against it.

    For `Reachable`, `case` is the case that proves it. Where two cases are compared, `other` is the second. `amount` is
    the largest loss of a cliff, in yuan. `unknown` says that the time given was too short.
    """

    property: Property
    outcome: Outcome
    case: Case | None = None
    other: Case | None = None
    amount: Decimal | None = None


@define(eq=False)
class Prover:
    """Asks about one policy as of one day."""

    policy: Policy
    on: date
    milliseconds: int
    words: dict[str, int] = field(factory=dict)

    def awards(self, mark: str = "", policy: Policy | None = None, symbols: Symbols | None = None) -> Answers:
        """Return the awards of one case, or whether it is eligible."""
        held = symbols if symbols is not None else Symbols(self.on, self.words, mark)
        asked = policy if policy is not None else self.policy
        return Awards(asked, held) if asked.kind == "subsidy" else Eligibility(asked, held)

    def prove(self, what: Property) -> Verdict:
        """Return whether a property holds."""
        match what:
            case NeverBoth(one, other):
                awards = self.awards()
                return self._never(
                    what, awards, z3.And(awards.holds(one), awards.holds(other)), any_case=True
                )
            case AtMost(amount, rule):
                awards = self.awards()
                return self._never(what, awards, awards.of(rule) > to_fen(amount))
            case AtLeast(amount, rule):
                awards = self.awards()
                paid = awards.of(rule)
                return self._never(what, awards, z3.And(paid > 0, paid < to_fen(amount)))
            case Reachable(rule):
                return self._reachable(what, rule)
            case Monotone():
                return self._monotone(what)
            case Equivalent(other_policy):
                return self._equivalent(what, other_policy)
            case Cliff():
                return self._cliff(what)

    # Questions

    def _solver(self, *held: Answers, any_case: bool = False) -> Any:
        solver = z3.Solver()
        solver.set("timeout", self.milliseconds)
        for awards in held:
            solver.add(*consistent(awards.policy, awards.symbols))
            if not any_case:
                solver.add(*awards.settled)
        return solver

    def _never(self, what: Property, awards: Answers, against: Term, *, any_case: bool = False) -> Verdict:
        solver = self._solver(awards, any_case=any_case)
        solver.add(against)
        answer, found = self._ask(solver, awards)
        return _verdict(what, _outcome(answer), found)

    def _reachable(self, what: Property, rule: str) -> Verdict:
        awards = self.awards()
        solver = self._solver(awards)
        solver.add(awards.of(rule) > 0)
        answer, found = self._ask(solver, awards)
        outcome = _outcome(answer)
        turned: dict[Outcome, Outcome] = {"refuted": "proved", "proved": "refuted", "unknown": "unknown"}
        return _verdict(what, turned[outcome], found)

    def _monotone(self, what: Monotone) -> Verdict:
        one, two, step = self._neighbours(what.fact, None)
        less, more = (one, two) if what.direction == "up" else (two, one)
        solver = self._solver(one, two)
        solver.add(step, more.of(what.rule) < less.of(what.rule))
        answer, found = self._ask(solver, one, two)
        return _verdict(what, _outcome(answer), found)

    def _equivalent(self, what: Equivalent, other: Policy) -> Verdict:
        one = self.awards()
        two = self.awards(policy=other, symbols=one.symbols)
        pairs = [(one.of(rule), two.of(rule)) for rule in ("", *sorted(one.ids & two.ids))]
        solver = self._solver(one, two)
        solver.add(z3.Or(*(a != b for a, b in pairs)))
        answer, found = self._ask(solver, one)
        return _verdict(what, _outcome(answer), found)

    def _cliff(self, what: Cliff) -> Verdict:
        """Find the largest loss by halving the range in which it can lie."""
        one, two, step = self._neighbours(what.fact, what.step)
        solver = self._solver(one, two)
        loss = one.of("") - two.of("")
        solver.add(step, loss > to_fen(what.most))
        answer, found = self._ask(solver, one, two)
        if answer != z3.sat:
            return Verdict(what, _outcome(answer), amount=what.most if answer == z3.unsat else None)
        while True:
            lost = solver.model().eval(loss, model_completion=True).as_long()
            solver.add(loss > lost)
            answer, better = self._ask(solver, one, two)
            if answer != z3.sat:
                break
            found = better
        return _verdict(what, "refuted", found, from_fen(lost))

    def _neighbours(self, fact: str, step: int | None) -> tuple[Answers, Answers, Term]:
        """Return two cases that differ in one fact only, and the condition that says so."""
        one, two = self.awards(), self.awards("'")
        kind = _kind(self.policy, fact)
        for each in (one, two):
            each.symbols.fact(fact, kind)  # one that no rule in force reads changes nothing
        conditions: list[Term] = []
        for path, held in one.symbols.facts.items():
            if path != fact:
                conditions.append(_same(held, two.symbols.facts[path]))
        conditions.extend(there == two.symbols.exists[name] for name, there in one.symbols.exists.items())
        first, second = one.symbols.facts[fact], two.symbols.facts[fact]
        if z3.is_bool(first):
            conditions += [z3.Not(first), second]
        elif isinstance(first, Day):
            conditions.append(second.ordinal == first.ordinal + step if step else second.order > first.order)
        else:
            conditions.append(second == first + step if step else second > first)
        return one, two, z3.And(*conditions)

    # Answers

    def _ask(self, solver: Any, *held: Answers) -> tuple[Any, list[Case]]:
        """Return the answer, and for a case against it that case: a world that can exist, as small as it is easy."""
        for _ in range(TRIES):
            answer = solver.check()
            if answer != z3.sat:
                return answer, []
            model = self._smaller(solver, held[0])
            cases = [case_of(awards.policy, awards.symbols, model) for awards in held]
            whole = [case for case in cases if case is not None]
            if len(whole) == len(cases):
                return answer, whole
            solver.add(z3.Or(*(_differs(model, awards.symbols) for awards in held)))
        return z3.unknown, []

    def _smaller(self, solver: Any, awards: Answers) -> Any:
        """Return a model in which one fact after the other is as plain as can be: no, none, zero."""
        model = solver.model()
        solver.push()
        for there in awards.symbols.exists.values():
            model = _prefer(solver, z3.Not(there), model)
        for path, kind in awards.symbols.kinds.items():
            held = awards.symbols.facts[path]
            if kind.kind == "boolean":
                model = _prefer(solver, z3.Not(held), model)
            elif kind.is_number:
                model = _prefer(solver, held == (kind.low if isinstance(kind.low, int) else 0), model)
        solver.pop()
        solver.check()
        return model


def _kind(policy: Policy, path: str) -> Type:
    """Return the type of a fact, or (`RELATION.FACT`) of one of another person. Raises `KeyError` without one."""
    relation, _, name = path.rpartition(".")
    if relation and name not in policy.relations[relation].facts:
        raise KeyError(path)
    return policy.facts[name].type


def _verdict(what: Property, outcome: Outcome, cases: list[Case], amount: Decimal | None = None) -> Verdict:
    first, second = [*cases, None, None][:2]
    return Verdict(what, outcome, first, second, amount)


def _prefer(solver: Any, wish: Term, model: Any) -> Any:
    solver.push()
    solver.add(wish)
    if solver.check() == z3.sat:
        found = solver.model()
        solver.pop()
        solver.add(wish)
        return found
    solver.pop()
    return model


def _outcome(answer: Any) -> Outcome:
    if answer == z3.unsat:
        return "proved"
    return "refuted" if answer == z3.sat else "unknown"


def _same(one: Any, two: Any) -> Term:
    if isinstance(one, Day):
        return z3.And(one.year == two.year, one.month == two.month, one.day == two.day)
    return one == two


def _differs(model: Any, symbols: Symbols) -> Term:
    return z3.Or(
        *(
            held != model.eval(held, model_completion=True)
            for held in symbols.facts.values()
            if not isinstance(held, Day)
        )
    )
