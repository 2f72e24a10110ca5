"""拟补用例: the case that would reach an open goal or kill a surviving mutant, written so that it can be appended.

What such a case expects is what the policy says today: it is marked 待确认 until somebody has checked it against the
text that the policy rests on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from huaying_governance.errors import Place
from huaying_governance.rules import Policy
from huaying_governance.rules.compile import Row, Test
from huaying_governance.rules.edition import Edition
from huaying_governance.rules.model import Rule
from huaying_governance.testing.atoms import Decision
from huaying_governance.testing.case import Answer, Case, Values
from huaying_governance.testing.coverage import Coverage, Watcher, missing_of, side_of
from huaying_governance.testing.goals import Goal, Plan
from huaying_governance.testing.space import Point, Space, paths_of
from huaying_governance.testing.subject import Subject
from huaying_governance.text import Text


@frozen(eq=False)
class Proposal:
    """拟补用例: the case, and what it is for."""

    case: Case
    why: Text
    aims: tuple[str, ...] = ()

    @property
    def toml(self) -> str:
        """The case as it is appended to a `.cases.toml` file."""
        return written(self.case, self.why.zh)


def for_goals(
    subject: Subject, plan: Plan, coverage: Coverage, taken: Iterable[str] = ()
) -> tuple[Proposal, ...]:
    """Return cases for the goals of a policy that no case reaches, as far as a bounded search finds them."""
    space = Space(plan.policy)
    watcher = Watcher(plan)
    open_: dict[str, Goal] = {goal.id: goal for goal in coverage.bare}
    names = set(taken)
    found: list[Proposal] = []
    for aim in coverage.bare:
        for on, point in _aimed(space, plan, aim) if aim.id in open_ else ():
            row = space.row(point, on)
            case = case_of(plan.policy, row, "", {})
            hit = [goal for goal in watcher.seen(row, missing_of(subject.answer(case))) if goal in open_]
            if aim.id not in hit:
                continue
            goals = [open_.pop(goal) for goal in dict.fromkeys([aim.id, *hit])]
            why = Text("；".join(goal.text.zh for goal in goals), "; ".join(goal.text.en for goal in goals))
            name = free_name(f"{goals[0].text.zh} {on}", names)
            made = expecting(subject, plan.policy, case, name)
            found.append(Proposal(made, why, tuple(goal.id for goal in goals)))
            break
    return tuple(found)


Situations = Iterator[tuple[date, Point]]


def _aimed(space: Space, plan: Plan, goal: Goal) -> Situations:
    """Yield situations that may reach a goal, the likeliest first."""
    path, _, rest = goal.id.partition(" ")
    if goal.kind in {"effect", "amount", "decides", "edge"}:
        name, _, number = path.removesuffix("]").partition("[")
        decision = next(each for each in plan.decisions if each.path == name)
        side = int(rest.removeprefix("edge ")) if goal.kind == "edge" else None
        yield from _deciding(space, decision, int(number) if number else None, rest == "= true", side)
    elif goal.kind == "date":
        yield from _dated(space, plan.policy, path, rest)
    else:
        yield from _lacking(space, plan, path.removeprefix("facts."))


def _deciding(
    space: Space, decision: Decision, number: int | None, truth: bool, side: int | None
) -> Situations:
    rule = decision.rule
    for on in days_in_force(space, rule):
        edition = space.policy.edition(on)
        main = edition.compiler.test(rule.when)

        def test(row: Row, edition: Edition = edition, main: Test = main) -> bool:
            if not decision.main and not main(row):
                return False
            values = decision.values(edition, row)
            if number is None:
                return decision.whole(values) is truth
            if side is not None:
                return (
                    values[number] is not None
                    and decision.decides(number, values)
                    and side_of(decision.atoms[number].node, edition, row) == side
                )
            return values[number] is truth and decision.decides(number, values)

        start = space.met(rule, on, {})
        point = space.near(start, test, paths_of(rule.when, decision.node), on)
        if point is not None:
            yield on, space.around(on, point)
            yield on, point


def days_in_force(space: Space, rule: Rule) -> list[date]:
    """Return days on which a rule is in force, ordinary ones before the days of changes."""
    days = [day for day in space.days() if rule.in_force(day)]
    changes = set(space.policy.changes)
    return sorted(days, key=lambda day: (day in changes, -day.toordinal())) or [rule.since]


def _dated(space: Space, policy: Policy, path: str, rest: str) -> Situations:
    name, _, day = path.partition("@")
    shift = timedelta(days=int(rest))
    if day:
        on = date.fromisoformat(day) + shift
        for rule in policy.rules:
            point = _turning(space, rule, date.fromisoformat(day), on)
            if point is not None:
                yield on, space.around(on, point)
                yield on, point
        for point in space.contexts(on):
            yield on, point
        return
    _, rule_id, key = name.split(".")
    rule = next(each for each in policy.rules if each.id == rule_id)
    on = ((rule.until or rule.since) if key == "to" else rule.since) + shift
    point = space.met(rule, on, {})
    yield on, space.around(on, point)
    yield on, point


def _turning(space: Space, rule: Rule, day: date, on: date) -> Point | None:
    """Return a situation that a rule judges otherwise on a day than on the day before."""
    old, new = (
        space.policy.edition(each).compiler.test(rule.when) for each in (day - timedelta(days=1), day)
    )
    start = space.met(rule, on, {})
    return space.near(start, lambda row: old(row) is not new(row), paths_of(rule.when), on)


def _lacking(space: Space, plan: Plan, path: str) -> Situations:
    """Yield situations that lack a fact, in which statements that read it would decide."""
    for decision in plan.decisions:
        if path not in (paths := paths_of(decision.rule.when, decision.node)):
            continue
        for on in days_in_force(space, decision.rule):
            edition = space.policy.edition(on)
            test = edition.compiler.test(decision.node)
            fixed: Point = {path: None}
            known = tuple(space.policy.layout.slots[name] for name in paths if name != path)
            # Of the others known, so that this one alone is what is missing.
            point = space.find(_unknown(test, known), paths, on, fixed) or space.find(
                _unknown(test), paths, on, fixed
            )
            if point is not None:
                yield on, space.around(on, point)
                yield on, point


def _unknown(test: Callable[[Row], bool | None], known: tuple[int, ...] = ()) -> Callable[[Row], bool]:
    """Return whether a row leaves a condition unknown, with these other facts known."""
    return lambda row: test(row) is None and all(row[slot] is not None for slot in known)


def case_of(policy: Policy, row: Row, name: str, expected: Values) -> Case:
    """Return a row of facts as a case."""
    given: dict[str, Any] = {}
    for path, slot in policy.layout.slots.items():
        value = row[slot]
        if value is None or (path in policy.relations and value is True and _has_facts(policy, row, path)):
            continue
        given[path] = (
            value
            if not isinstance(value, Fraction)
            else Decimal(value.numerator) / Decimal(value.denominator)
        )
    return Case(name, Place(), row[0], given, expected, pending=True)


def _has_facts(policy: Policy, row: Row, relation: str) -> bool:
    slots = policy.layout.slots
    return any(row[slots[f"{relation}.{name}"]] is not None for name in policy.relations[relation].facts)


def expecting(subject: Subject, policy: Policy, case: Case, name: str) -> Case:
    """Return the case with what the subject says of it today as its expectation."""
    answer = subject.answer(case)
    expected = {aspect: value for aspect in aspects_of(policy) if (value := answer.get(aspect)) is not None}
    return Case(name, Place(), case.on, case.given, expected, case.events, pending=True)


def aspects_of(policy: Policy) -> tuple[str, ...]:
    """Return the aspects that a proposed case states, which together leave nothing open."""
    match policy.kind:
        case "subsidy":
            return ("outcome", "amount", "lines", "clause", "missing", "codes")
        case "eligibility":
            return ("outcome", "rules", "clause", "missing", "codes")
        case _:
            clocks = dict.fromkeys(clock.id for rule in policy.rules for clock in rule.clocks)
            return ("outcome", "rules", "clause", "missing", *(f"due.{name}" for name in clocks))


def says(answer: Answer, aspects: Iterable[str]) -> tuple[object, ...]:
    """Return several aspects of an answer."""
    return tuple(answer.get(aspect) for aspect in aspects)


def free_name(name: str, taken: set[str]) -> str:
    """Return `name`, numbered where it is taken, and take it."""
    plain = " ".join(re.sub(r"[“”`\"\\\[\]]", "", name).split())[:70].strip()
    number, found = 1, plain
    while found in taken:
        number += 1
        found = f"{plain}（{number}）"
    taken.add(found)
    return found


# Writing --------------------------------------------------------------------------------------------------------


def written(case: Case, note: str = "") -> str:
    """Return a case as a `[[case]]` of a case file."""
    lines = ["[[case]]", f"name = {_text(case.name)}", f"on = {case.on.isoformat()}"]
    if case.pending:
        lines += ["pending = true", f"note = {_text('待确认：' + note)}"]
    lines.append(f"facts = {_table(_nested(case.given))}")
    if case.events:
        lines.append(f"events = {_table(case.events)}")
    lines.append(f"expect = {_table(_nested(case.expected))}")
    return "\n".join(lines) + "\n"


def _nested(values: Values) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for path, value in values.items():
        head, _, rest = path.partition(".")
        if rest:
            inner = found.get(head)
            found[head] = {**(inner if isinstance(inner, dict) else {}), rest: value}
        elif path not in found:
            found[path] = value
    return found


def _table(values: Mapping[str, Any]) -> str:
    return (
        "{ " + ", ".join(f"{key} = {toml_value(value)}" for key, value in values.items()) + " }"
        if values
        else "{}"
    )


def toml_value(value: object) -> str:
    """Return a value as TOML writes it; clauses as `source#article`."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case tuple() if value and isinstance(value[0], tuple):
            return _table({str(key): each for key, each in value})
        case tuple():
            return "[" + ", ".join(_text(_clause(str(each))) for each in value) + "]"
        case Mapping():
            return _table(value)
        case _:
            return _text(str(value))


def _clause(text: str) -> str:
    source, gap, article = text.partition(" ")
    found = re.fullmatch(r"第(.+)条", article)
    return f"{source}#{found[1] if found else article}" if gap else text


def _text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
