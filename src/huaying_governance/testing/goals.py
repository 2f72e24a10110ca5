"""覆盖目标: what the cases of a policy should show, each goal with its place in the policy's text.

- every rule, and the `when` of every clock, both ways;
- every single statement deciding alone, once true and once false;
- every bound at n−1, n and n+1, the statement deciding;
- every rule on the day before it begins and on that day, on its last day and the day after, its condition met;
- every later value of a parameter, and every later clause of a rule, on the day before and on the day;
- every fact missing in a case whose answer then names it.

A goal that no case can reach is proved impossible and set apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from attrs import field, frozen

from huaying_governance.rules import Policy
from huaying_governance.rules.edition import Edition
from huaying_governance.rules.exact import MONEY, Exact
from huaying_governance.rules.model import Rule
from huaying_governance.rules.source import Span
from huaying_governance.rules.tree import (
    Compare,
    Const,
    Exists,
    Operand,
    facts_read,
    parameters_read,
    relations_stated,
    walk,
)
from huaying_governance.testing.atoms import Atom, Decision, decisions, is_ordered
from huaying_governance.text import Text

DAY = timedelta(days=1)
SIDES = {
    -1: Text("下界外（n−1）", "just below (n−1)"),
    0: Text("正好（n）", "at the bound (n)"),
    1: Text("上界外（n+1）", "just above (n+1)"),
}


@frozen(eq=False)
class Goal:
    """目标: one thing that a case should show. `span` is where it stands in the policy."""

    id: str
    kind: str
    text: Text
    span: Span | None = None
    rule: str = ""


@frozen(eq=False)
class Plan:
    """All goals of a policy, those proved impossible apart, and the decisions they speak of."""

    policy: Policy
    goals: tuple[Goal, ...]
    impossible: tuple[Goal, ...]
    decisions: tuple[Decision, ...] = field(repr=False)


def plan(policy: Policy) -> Plan:
    """Return the goals of a policy."""
    taken = tuple(decision for rule in policy.rules for decision in decisions(rule))
    goals: list[Goal] = []
    impossible: list[Goal] = []
    for decision in taken:
        editions = [policy.edition(day) for day in days_of(policy, decision.rule)]
        for goal, possible in _of_decision(decision, editions):
            (goals if possible else impossible).append(goal)
    for rule in policy.rules:
        goals.extend(_days(rule))
        goals.extend(_clauses(rule))
    goals.extend(_values(policy))
    goals.extend(_missing(policy, taken))
    return Plan(policy, tuple(goals), tuple(impossible), taken)


def days_of(policy: Policy, rule: Rule) -> list[date]:
    """Return the first day of each stretch in which a rule is in force."""
    return [day for day in policy.changes if rule.in_force(day)] or [rule.since]


def _of_decision(decision: Decision, editions: list[Edition]) -> Iterator[tuple[Goal, bool]]:
    name = decision.rule.label
    both = "effect" if decision.path.endswith("when") else "amount"
    for truth in (True, False):
        word = Text("成立", "holds") if truth else Text("不成立", "does not hold")
        text = Text(f"{name.zh}：{word.zh}", f"{name.en}: {word.en}")
        goal = Goal(f"{decision.path} = {_true(truth)}", both, text, decision.span, decision.rule.id)
        sure = all(isinstance(atom.node, Const) for atom in decision.atoms)
        yield (
            goal,
            not sure
            or decision.whole([bool(a.node.value) for a in decision.atoms if isinstance(a.node, Const)])
            is truth,
        )
    for atom in decision.atoms:
        if not atom.fixed:
            yield from _of_atom(decision, atom, editions)


def _of_atom(decision: Decision, atom: Atom, editions: list[Edition]) -> Iterator[tuple[Goal, bool]]:
    base = f"{decision.path}[{atom.number}]"
    if len(decision.atoms) > 1:
        for truth in (True, False):
            word = Text("为真", "is true") if truth else Text("为假", "is false")
            text = Text(f"“{atom.text}”{word.zh}且由它决定", f"`{atom.text}` {word.en} and decides")
            possible = any(decision.can_decide(atom.number, truth, edition) for edition in editions)
            yield Goal(f"{base} = {_true(truth)}", "decides", text, atom.span, decision.rule.id), possible
    if is_ordered(atom.node):
        for side, where in SIDES.items():
            text = Text(f"“{atom.text}”的界限：{where.zh}", f"the bound of `{atom.text}`: {where.en}")
            goal = Goal(f"{base} edge {side:+d}", "edge", text, atom.span, decision.rule.id)
            yield goal, any(_edge_possible(decision, atom, side, edition) for edition in editions)


def _true(truth: bool) -> str:
    return "true" if truth else "false"


def _edge_possible(decision: Decision, atom: Atom, side: int, edition: Edition) -> bool:
    node = atom.node
    assert isinstance(node, Compare)  # noqa: S101 - only bounds have edges
    bound = edition.compiler.constant(node.right)
    near: tuple[Compare, ...] = ()
    if isinstance(bound, int | Fraction) and not isinstance(bound, bool):
        near = (Compare("==", node.left, Const(bound + side * step_of(node), node.left.type)),)
    return any(decision.can_decide(atom.number, truth, edition, *near) for truth in (True, False))


def step_of(node: Compare) -> Exact:
    """Return the smallest step at a bound: a fen for money, a hundredth for decimals, else one."""
    kinds = {node.left.type.kind, node.right.type.kind}
    return (
        Fraction(1, 100) if "decimal" in kinds or MONEY in {node.left.type.unit, node.right.type.unit} else 1
    )


def _days(rule: Rule) -> Iterator[Goal]:
    name = rule.label
    edges = [("from", -1, rule.since), ("from", 0, rule.since)]
    if rule.until is not None:
        edges += [("to", 0, rule.until), ("to", 1, rule.until)]
    for key, shift, day in edges:
        on, said = day + shift * DAY, _EDGES[key, shift]
        text = Text(
            f"{name.zh}：{said.zh}（{on}），条件成立", f"{name.en}: {said.en} ({on}), the condition met"
        )
        yield Goal(f"rules.{rule.id}.{key} {shift:+d}", "date", text, rule.at.child(key).span(), rule.id)


_EDGES = {
    ("from", -1): Text("施行前一天", "the day before it begins"),
    ("from", 0): Text("施行首日", "its first day"),
    ("to", 0): Text("施行末日", "its last day"),
    ("to", 1): Text("失效次日", "the day after it ends"),
}


def _clauses(rule: Rule) -> Iterator[Goal]:
    for number, basis in enumerate(rule.basis):
        if (
            number
            and basis.since is not None
            and rule.in_force(basis.since)
            and rule.in_force(basis.since - DAY)
        ):
            yield from _around(
                f"rules.{rule.id}.source",
                basis.since,
                rule.label,
                rule.at.child("source").child(number).span(),
                rule.id,
            )


def _values(policy: Policy) -> Iterator[Goal]:
    for name, parameter in policy.parameters.items():
        readers = [rule for rule in policy.rules if name in reads(rule)]
        for step in parameter.steps[1:]:
            if any(rule.in_force(step.since) and rule.in_force(step.since - DAY) for rule in readers):
                yield from _around(f"parameters.{name}", step.since, parameter.label, step.at.span(), "")


def _around(path: str, day: date, label: Text, span: Span, rule: str) -> Iterator[Goal]:
    for shift in (-1, 0):
        on = day + shift * DAY
        yield Goal(
            f"{path}@{day} {shift:+d}", "date", Text(f"{label.zh}：{on}", f"{label.en}: {on}"), span, rule
        )


def reads(rule: Rule) -> frozenset[str]:
    """Return the parameters that a rule reads."""
    nodes = [rule.when, rule.amount, rule.enterprise_amount, *(clock.when for clock in rule.clocks)]
    found = {name for node in nodes if node is not None for name in parameters_read(node)}
    return frozenset(found | {clock.days for clock in rule.clocks})


def _missing(policy: Policy, taken: tuple[Decision, ...]) -> Iterator[Goal]:
    paths: dict[str, None] = {}
    amounts: list[Operand] = [
        a for rule in policy.rules for a in (rule.amount, rule.enterprise_amount) if a is not None
    ]
    for node in (*(decision.node for decision in taken), *amounts):
        for fact in facts_read(node):
            paths[fact.path] = None
        for name in relations_stated(node):
            paths[name] = None
        paths.update(dict.fromkeys(inner.relation for inner in walk(node) if isinstance(inner, Exists)))
    for path in sorted(paths, key=policy.layout.slots.__getitem__):
        span = _declared(policy, path)
        yield Goal(
            f"facts.{path} missing",
            "missing",
            Text(f"缺 {path} 时不能定", f"undetermined for want of {path}"),
            span,
        )


def _declared(policy: Policy, path: str) -> Span | None:
    relation, _, name = path.rpartition(".")
    if name in policy.relations:
        return policy.relations[name].at.span(key=True)
    found = policy.relations[relation].at if relation else policy.facts[name].at
    return found.span(key=True)
