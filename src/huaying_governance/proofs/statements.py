"""声明的性质 proved: what a policy document states under `[[properties]]`, as of every day on which it must hold."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from huaying_governance.errors import MissingExtra, Problem, Problems
from huaying_governance.proofs import prove
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
from huaying_governance.rules import read_policy
from huaying_governance.rules.model import Stated
from huaying_governance.rules.policy import Policy
from huaying_governance.text import Lang, Text

if TYPE_CHECKING:
    from huaying_governance.proofs.proving import Verdict
    from huaying_governance.proofs.worlds import Case

PROVED = Text("{p}：{s} 自 {d} 成立", "{p}: {s} holds as of {d}")
REFUTED = Text("性质“{s}”在 {d} 不成立，反例：{c}", "{s} does not hold as of {d}; a case against it: {c}")
UNMET = Text("性质“{s}”在 {d} 不成立：没有这样的情形", "{s} does not hold as of {d}: there is no such case")
UNKNOWN = Text("性质“{s}”在 {d} 未能在时限内证明", "{s} was not proved as of {d} within the time given")
NEVER = Text(
    "性质“{s}”所述规则在所述日期均不在有效期内", "the rules of {s} are not in force on the days it is about"
)
OTHER_KIND = Text("“{s}”的另一政策类别不同", "the other policy of {s} is of another kind")
MEND = Text("改正规则，或改正所声明的性质", "mend the rules, or mend what is stated of them")
LONGER = Text(
    "给事实设界、缩小性质的范围，或在 Python 中给更长时限",
    "bound the facts, state less, or give more time from Python",
)
MEND_ON = Text("改写 `on`，或改指在有效期内的规则", "mend `on`, or name rules in force on it")
MEND_KIND = Text("指向同类政策", "name a policy of the same kind")


@frozen
class Proof:
    """证明: one property of a policy as of one day, and what came of asking."""

    policy: str
    stated: Stated
    on: date
    verdict: Verdict

    def say(self, lang: Lang = "zh") -> str:
        """Return one line that says that it holds, or why not."""
        if self.verdict.outcome == "proved":
            return PROVED.fill(p=self.policy, s=self.stated.label, d=self.on.isoformat()).say(lang)
        return self._wrong().say(lang)

    @property
    def problem(self) -> Problem | None:
        """Where the property stands and the case against it; None where it is proved."""
        if self.verdict.outcome == "proved":
            return None
        cure = LONGER if self.verdict.outcome == "unknown" else MEND
        return Problem(
            f"property-{self.verdict.outcome}", self._wrong(), cure, self.stated.at.child("id").span().place
        )

    def _wrong(self) -> Text:
        cases = [case for case in (self.verdict.case, self.verdict.other) if case is not None]
        message = UNKNOWN if self.verdict.outcome == "unknown" else REFUTED if cases else UNMET
        shown = " → ".join(show_case(case) for case in cases)
        return message.fill(s=self.stated.label, d=self.on.isoformat(), c=shown)


def show_case(case: Case) -> str:
    """Return a case as JSON that `policy.decide` takes again (days as text), with the spells its facts follow from."""
    spells = [{"from": each.start, "to": each.end, **each.flags} for each in case.spells]
    held = {**case.facts, **({"spells": spells} if spells else {})}
    return json.dumps(held, ensure_ascii=False, default=str)


def prove_stated(policy: Policy, milliseconds: int = 10_000) -> tuple[Proof, ...]:
    """Prove what `policy` states under `[[properties]]`, in the order written, as of every day each is about.

    A property that names no day is about every day on which the policy changes and the rules it names are in force.
    Raises `MissingExtra` without z3, and `Problems` for a property that cannot be asked.
    """
    if find_spec("z3") is None:
        raise MissingExtra("prove", "proving what a policy states")
    found: list[Proof] = []
    problems: list[Problem] = []
    for each in policy.properties:
        try:
            what = _asked(policy, each)
            for day in _days(policy, each):
                (verdict,) = prove(policy, what, on=day, milliseconds=milliseconds)
                found.append(Proof(policy.id, each, day, verdict))
        except Problems as error:
            problems.extend(error.problems)
    if problems:
        raise Problems(problems)
    return tuple(found)


def _days(policy: Policy, stated: Stated) -> tuple[date, ...]:
    """Return the days to prove a property as of. Raises `Problems` where its rules are never in force on one."""
    named = {*stated.rules, *([stated.rule] if stated.rule else [])}
    asked = policy.changes if stated.on is None else (stated.on,)
    found = tuple(day for day in asked if _in_force(policy, named, day))
    if not found:
        raise Problems([_fault("property-not-in-force", NEVER, MEND_ON, stated)])
    return found


def _in_force(policy: Policy, named: set[str], day: date) -> bool:
    rules = {ready.rule.id for ready in policy.edition(day).rules}
    return bool(rules) and named <= rules


def _asked(policy: Policy, stated: Stated) -> Property:
    """Return the property as it is asked of the solver."""
    amount = Decimal(Fraction(stated.amount * 100).numerator).scaleb(-2)
    match stated.kind:
        case "never-both":
            return NeverBoth(*stated.rules)
        case "at-most":
            return AtMost(amount, stated.rule)
        case "at-least":
            return AtLeast(amount, stated.rule)
        case "reachable":
            return Reachable(stated.rule)
        case "monotone":
            return Monotone(stated.fact, stated.rule, stated.direction)
        case "equivalent":
            return Equivalent(_other(policy, stated))
        case _:
            return Cliff(stated.fact, stated.step, amount)


def _other(policy: Policy, stated: Stated) -> Policy:
    base = policy.source_path.parent if policy.source_path is not None else Path()
    try:
        other = read_policy(base / stated.policy)
    except Problems as error:
        place = stated.at.child("policy").span().place
        raise Problems([evolve(each, place=place) for each in error.problems]) from error
    if other.kind != policy.kind:
        raise Problems([_fault("property-other-kind", OTHER_KIND, MEND_KIND, stated)])
    return other


def _fault(code: str, message: Text, cure: Text, stated: Stated) -> Problem:
    return Problem(code, message.fill(s=stated.label), cure, stated.at.child("id").span().place)
