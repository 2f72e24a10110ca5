"""政策覆盖: which goals the passing cases of a policy reach; measured on the policy's own conditions, not on Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from attrs import define, field, frozen

from huaying_governance.rules import Policy
from huaying_governance.rules.compile import Row
from huaying_governance.rules.edition import Edition
from huaying_governance.rules.model import Rule
from huaying_governance.rules.tree import Compare, parameters_read
from huaying_governance.testing.atoms import Decision, is_ordered
from huaying_governance.testing.case import Answer, Case, Result
from huaying_governance.testing.goals import DAY, Goal, Plan, plan, reads, step_of
from huaying_governance.testing.policies import facts_of
from huaying_governance.text import Text


@frozen(eq=False)
class Coverage:
    """覆盖结果: the goals, and for each one reached the case that first did.

    `reached` are goals of confirmed cases. A case that is pending says what the policy answers today, not what the law
    says: what only such cases reach is `waiting`, and still open.
    """

    id: str
    title: Text
    goals: tuple[Goal, ...]
    reached: Mapping[str, str]
    impossible: tuple[Goal, ...] = ()
    policy: Policy | None = None
    waiting: Mapping[str, str] = MappingProxyType({})

    @property
    def open(self) -> tuple[Goal, ...]:
        """The goals that no passing case reaches that somebody has confirmed."""
        return tuple(goal for goal in self.goals if goal.id not in self.reached)

    @property
    def bare(self) -> tuple[Goal, ...]:
        """The open goals that no case reaches, not even a pending one."""
        return tuple(goal for goal in self.open if goal.id not in self.waiting)

    @property
    def fraction(self) -> Fraction:
        """How much is reached; 1 where there is nothing to reach."""
        return Fraction(len(self.goals) - len(self.open), len(self.goals)) if self.goals else Fraction(1)

    @property
    def percent(self) -> str:
        """The share in per cent, rounded down: 100 % is all."""
        return f"{int(self.fraction * 1000) / 10:.1f}%"

    def to_dict(self) -> dict[str, object]:
        """Return stable JSON data."""
        return {
            "id": self.id,
            "title": self.title.to_dict(),
            "goals": len(self.goals),
            "reached": len(self.goals) - len(self.open),
            "percent": self.percent,
            "open": [{"id": goal.id, "kind": goal.kind, "text": goal.text.to_dict()} for goal in self.open],
            "waiting": {goal.id: self.waiting[goal.id] for goal in self.open if goal.id in self.waiting},
            "impossible": [{"id": goal.id, "text": goal.text.to_dict()} for goal in self.impossible],
            "by": {goal.id: self.reached[goal.id] for goal in self.goals if goal.id in self.reached},
        }


@define(eq=False)
class Watcher:
    """Sees which goals of a policy one row reaches."""

    plan: Plan
    steps: tuple[tuple[str, date, tuple[str, ...]], ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        policy = self.plan.policy
        found = []
        for name, parameter in policy.parameters.items():
            readers = tuple(rule.id for rule in policy.rules if name in reads(rule))
            found += [(f"parameters.{name}", step.since, readers) for step in parameter.steps[1:]]
        for rule in policy.rules:
            later = [basis.since for basis in rule.basis[1:] if basis.since is not None]
            found += [(f"rules.{rule.id}.source", day, (rule.id,)) for day in later]
        self.steps = tuple(found)

    def seen(self, row: Row, missing: Iterable[str]) -> Iterator[str]:
        """Yield the ids of the goals that a row reaches; `missing` are the facts that the answer names."""
        policy = self.plan.policy
        on: date = row[0]
        edition = policy.edition(on)
        in_force = {ready.rule.id for ready in edition.rules}
        named = set(missing)
        for decision in self.plan.decisions:
            if decision.rule.id in in_force:
                yield from self._decision(decision, edition, row)
                named |= self._quiet(decision, edition, row)
            if decision.main:
                yield from self._days(decision, row)
        for path, day, readers in self.steps:
            if on in (day, day - DAY) and not in_force.isdisjoint(readers) and self._matters(path, day, row):
                yield f"{path}@{day} {(on - day).days:+d}"
        yield from (f"facts.{path} missing" for path in named)

    def _decision(self, decision: Decision, edition: Edition, row: Row) -> Iterator[str]:
        if not decision.main and not edition.compiler.test(decision.rule.when)(row):
            return
        values = decision.values(edition, row)
        whole = decision.whole(values)
        if whole is not None:
            yield f"{decision.path} = {'true' if whole else 'false'}"
        for atom in decision.atoms:
            truth = values[atom.number]
            if truth is None or not decision.decides(atom.number, values):
                continue
            yield f"{decision.path}[{atom.number}] = {'true' if truth else 'false'}"
            if is_ordered(atom.node):
                side = side_of(atom.node, edition, row)
                if side is not None:
                    yield f"{decision.path}[{atom.number}] edge {side:+d}"

    def _days(self, decision: Decision, row: Row) -> Iterator[str]:
        """Yield the edges of a rule's days on which its condition is met, in force or not."""
        rule, on = decision.rule, row[0]
        edges = [("from", -1, rule.since - DAY, rule.since), ("from", 0, rule.since, rule.since)]
        if rule.until is not None:
            edges += [("to", 0, rule.until, rule.until), ("to", 1, rule.until + DAY, rule.until)]
        for key, shift, day, inside in edges:
            if on == day and self.plan.policy.edition(inside).compiler.test(rule.when)(row):
                yield f"rules.{rule.id}.{key} {shift:+d}"

    def _matters(self, path: str, day: date, row: Row) -> bool:
        """Whether it makes a difference to a row on which side of a border between two values it is judged."""
        policy = self.plan.policy
        parameter = policy.parameters.get(path.removeprefix("parameters."))
        before, after = (
            (parameter.on(day - DAY), parameter.on(day)) if parameter is not None else (None, None)
        )
        if parameter is None or before is None or after is None or before.value == after.value:
            return True  # a new clause alone, or the same value: nothing else could show it
        return any(self._turns(rule, parameter.name, day, row) for rule in policy.rules)

    def _turns(self, rule: Rule, name: str, day: date, row: Row) -> bool:
        if name not in reads(rule):
            return False
        old, new = (self.plan.policy.edition(each).compiler.test(rule.when)(row) for each in (day - DAY, day))
        return old is not new or (new is True and name not in parameters_read(rule.when))

    def _quiet(self, decision: Decision, edition: Edition, row: Row) -> frozenset[str]:
        """Return the facts missing to a rule that decides no outcome: a note, or one whose amount is not stated."""
        rule = decision.rule
        silent = rule.effect == "note" or (self.plan.policy.kind == "subsidy" and rule.amount is None)
        if not silent or edition.compiler.test(rule.when)(row) is not None:
            return frozenset()
        return edition.gaps.of(rule.when, row)


def side_of(node: object, edition: Edition, row: Row) -> int | None:
    """Return -1, 0 or 1 where a row lies a step below a bound, at it, or a step above; else None."""
    assert isinstance(node, Compare)  # noqa: S101 - only bounds have edges
    left, right = edition.compiler.read(node.left)(row), edition.compiler.read(node.right)(row)
    if left is None or right is None:
        return None
    apart = (left - right).days if isinstance(left, date) else Fraction(left - right) / step_of(node)
    return int(apart) if apart in (-1, 0, 1) else None


def measure(policy: Policy, results: Iterable[Result], plan_of: Plan | None = None) -> Coverage:
    """Return what the passing cases of a policy reach. A case that fails shows nothing, a pending one waits."""
    made = plan_of or plan(policy)
    watcher = Watcher(made)
    reached, waiting = dict[str, str](), dict[str, str]()
    for result in results:
        if result.passed and result.answer is not None:
            into = waiting if result.case.pending else reached
            for goal in watcher.seen(row_of(policy, result.case), missing_of(result.answer)):
                into.setdefault(goal, result.case.name)
    return Coverage(policy.id, policy.titles, made.goals, reached, made.impossible, policy, waiting)


def row_of(policy: Policy, case: Case) -> Row:
    """Return a case as a row of facts."""
    return policy.reader.row(facts_of(policy.parts, case), case.on)


def missing_of(answer: Answer) -> tuple[str, ...]:
    """Return the facts that an answer says are missing."""
    found = answer.get("missing")
    return found if isinstance(found, tuple) else ()
