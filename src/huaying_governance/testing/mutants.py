"""变异体: small faults put into a policy one at a time, each of which its cases should find.

Comparisons and `and`/`or` swapped, conditions negated or dropped, constants and parameter values by one, amounts,
dates by a day, rules deleted, members of a combination reordered or left out, combinations and caps dropped, clocks
and settings of a timetable changed. The id of a mutant names its place and its change and stays the same.
"""

# Long: one catalogue of faults, part by part of a policy.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from attrs import evolve, field, frozen

from huaying_governance.rules import Policy
from huaying_governance.rules.exact import MONEY
from huaying_governance.rules.model import Clock, Combine, Parameter, Rule, Step
from huaying_governance.rules.resolve import Parts
from huaying_governance.rules.source import Span
from huaying_governance.rules.tree import Operand, Value, parameters_read
from huaying_governance.testing.changes import changes
from huaying_governance.testing.goals import reads
from huaying_governance.testing.spelling import literal, spell
from huaying_governance.testing.words import MUTATIONS
from huaying_governance.text import Text

DAY = timedelta(days=1)


@frozen(eq=False)
class Mutant:
    """变异体. `rules` holds changed rules (None: deleted), `parameters` changed parameters, `other` the rest."""

    id: str
    kind: str
    what: str
    span: Span | None = None
    rules: Mapping[str, Rule | None] = field(factory=dict)
    parameters: Mapping[str, Parameter] = field(factory=dict)
    other: Mapping[str, Any] = field(factory=dict)

    @property
    def text(self) -> Text:
        """What it changes, in words."""
        kind = MUTATIONS[self.kind]
        return Text(f"{kind.zh}：{self.what}", f"{kind.en}: {self.what}")

    def parts(self, of: Parts) -> Parts:
        """Return the parts of the policy with the fault in them."""
        rules = tuple(found for rule in of.rules if (found := self.rules.get(rule.id, rule)) is not None)
        return evolve(of, rules=rules, parameters={**of.parameters, **self.parameters}, **self.other)


def mutants(policy: Policy) -> Iterator[Mutant]:
    """Yield every mutant of a policy, in the order of the document."""
    yield from _parameters(policy)
    for rule in policy.rules:
        yield from _conditions(rule)
        yield from _amounts(rule)
        yield from _clocks(rule)
        yield from _dates(rule)
        yield from _effect(rule)
        yield Mutant(f"rules.{rule.id}:delete", "rule", rule.id, rule.at.span(key=True), {rule.id: None})
    for combine in policy.parts.combine:
        yield from _combination(policy.parts, combine)
    yield from _settings(policy)


def _changed(rule: Rule, **new: Any) -> Mapping[str, Rule | None]:
    return {rule.id: evolve(rule, **new)}


# Rules ----------------------------------------------------------------------------------------------------------


def _conditions(rule: Rule) -> Iterator[Mutant]:
    span = rule.at.child("when").span()
    for kind, path, new in changes(rule.when):
        what = f"{rule.when_text} → {spell(new)}"
        yield Mutant(f"rules.{rule.id}.when{path}", kind, what, span, _changed(rule, when=new))


def _amounts(rule: Rule) -> Iterator[Mutant]:
    for key in ("amount", "enterprise_amount"):
        amount: Operand | None = getattr(rule, key)
        span = rule.at.child(key).span()
        for _, path, new in changes(amount) if amount is not None else ():
            what = f"{spell(amount)} → {spell(new)}" if amount is not None else ""
            yield Mutant(f"rules.{rule.id}.{key}{path}", "amount", what, span, _changed(rule, **{key: new}))


def _clocks(rule: Rule) -> Iterator[Mutant]:
    for number, clock in enumerate(rule.clocks):
        at = rule.at.child("clocks").child(number)
        base = f"rules.{rule.id}.clocks.{clock.id}"

        def changed(new: Clock | None, number: int = number) -> Mapping[str, Rule | None]:
            clocks = list(rule.clocks)
            clocks[number : number + 1] = [] if new is None else [new]
            return _changed(rule, clocks=tuple(clocks))

        yield Mutant(f"{base}:delete", "clock", clock.id, at.span(), changed(None))
        if clock.when is not None:
            yield Mutant(
                f"{base}.when:drop", "clock", clock.when_text, at.span(), changed(evolve(clock, when=None))
            )
            for kind, path, new in changes(clock.when):
                what = f"{clock.when_text} → {spell(new)}"
                yield Mutant(f"{base}.when{path}", kind, what, at.span(), changed(evolve(clock, when=new)))


def _dates(rule: Rule) -> Iterator[Mutant]:
    days = (("from", "since", rule.since), ("to", "until", rule.until))
    for key, attribute, day in days:
        if day is None:
            continue
        span = rule.at.child(key).span()
        for shift in (-DAY, DAY):
            moved = day + shift
            new = _changed(rule, **{attribute: moved})
            if rule.until is None or rule.since != rule.until or (key == "from") == (shift < DAY):
                what = f"{day} → {moved}"
                yield Mutant(f"rules.{rule.id}.{key}:{shift.days:+d}d", "date", what, span, new)
    for number, (before, after) in enumerate(pairwise(rule.basis)):
        for shift in (-DAY, DAY):
            if before.until is not None and after.since is not None and rule.in_force(after.since):
                yield _border(rule, number, before.until + shift, after.since + shift)


def _border(rule: Rule, number: int, until: date, since: date) -> Mutant:
    """Return the mutant that moves the border between two clauses of a rule."""
    before, after = rule.basis[number], rule.basis[number + 1]
    basis = list(rule.basis)
    basis[number : number + 2] = [evolve(before, until=until), evolve(after, since=since)]
    what, moved = (
        f"{after.since} → {since}",
        "-1d" if after.since is not None and since < after.since else "+1d",
    )
    new = _changed(rule, basis=tuple(basis))
    return Mutant(
        f"rules.{rule.id}.source.{number}:{moved}", "date", what, rule.at.child("source").span(), new
    )


_EFFECTS = {"require": "route", "route": "require", "bar": "note", "note": "bar"}


def _effect(rule: Rule) -> Iterator[Mutant]:
    if rule.at.child("effect").path in rule.at.scan.spots:
        effect: Any = _EFFECTS[rule.effect]
        span = rule.at.child("effect").span()
        what = f"{rule.effect} → {effect}"
        yield Mutant(
            f"rules.{rule.id}.effect:{effect}",
            "effect",
            what,
            span,
            _changed(rule, effect=effect),
        )


# Parameters -----------------------------------------------------------------------------------------------------


def _parameters(policy: Policy) -> Iterator[Mutant]:
    limits = {policy.parts.defaults.extension.at_most} if policy.parts.defaults is not None else set[str]()
    limits.update(name for each in policy.parts.combine for name in limit_reads(each))
    for name, parameter in policy.parameters.items():
        if name not in limits and not any(is_read(policy, name, rule.since) for rule in policy.rules):
            continue  # nothing reads it
        for number, step in enumerate(parameter.steps):
            for label, value in _near(step.value):
                steps = _with(parameter, number, evolve(step, value=value))
                what = f"{literal(step.value)} → {literal(value)}"
                kind = "amount" if parameter.type.unit == MONEY else "value"
                yield _valued(f"parameters.{name}.{number}:{label}", kind, what, step, name, steps)
            yield from _step_dates(policy, name, parameter, number, step)


def is_read(policy: Policy, name: str, day: date) -> bool:
    """Whether a rule in force on a day reads a parameter, itself or through a fact that is derived by it."""
    derives = any(
        fact.derived is not None and fact.derived.gap_days == name for fact in policy.facts.values()
    )
    return any(rule.in_force(day) and (derives or name in reads(rule)) for rule in policy.rules)


def limit_reads(combine: Combine) -> frozenset[str]:
    """Return the parameters that a cap reads."""
    nodes = (node for node in (combine.limit, combine.counted) if node is not None)
    return frozenset(name for node in nodes for name in parameters_read(node))


def _valued(id_: str, kind: str, what: str, step: Step, name: str, parameter: Parameter) -> Mutant:
    return Mutant(id_, kind, what, step.at.span(), {}, {name: parameter})


def _near(value: Value) -> Iterator[tuple[str, Value]]:
    if isinstance(value, bool):
        yield "not", not value
    elif isinstance(value, int | Fraction):
        yield "+1", value + 1
        if value >= 1:
            yield "-1", value - 1
    elif isinstance(value, date):
        yield "+1d", value + DAY
        yield "-1d", value - DAY


def _with(parameter: Parameter, number: int, *steps: Step) -> Parameter:
    held = list(parameter.steps)
    held[number : number + len(steps)] = steps
    return evolve(parameter, steps=tuple(held))


def _step_dates(policy: Policy, name: str, parameter: Parameter, number: int, step: Step) -> Iterator[Mutant]:
    """Yield the beginning of a value moved by a day, together with the end of the value before it."""
    before = parameter.steps[number - 1] if number else None
    for shift in (-DAY, DAY):
        moved = evolve(step, since=step.since + shift)
        if moved.until is not None and moved.since > moved.until:
            continue
        if not number and not is_read(policy, name, min(step.since, moved.since)):
            continue  # no rule in force reads it on the one day that differs
        if before is not None and before.until == step.since - DAY:
            mutated = _with(parameter, number - 1, evolve(before, until=step.since - DAY + shift), moved)
        elif before is None:
            mutated = _with(parameter, number, moved)
        else:
            continue
        what = f"{step.since} → {moved.since}"
        yield _valued(f"parameters.{name}.{number}.from:{shift.days:+d}d", "date", what, step, name, mutated)
    if step.until is not None and number == len(parameter.steps) - 1:
        for shift in (-DAY, DAY):
            mutated = _with(parameter, number, evolve(step, until=step.until + shift))
            what = f"{step.until} → {step.until + shift}"
            yield _valued(
                f"parameters.{name}.{number}.to:{shift.days:+d}d", "date", what, step, name, mutated
            )


# Combinations and settings --------------------------------------------------------------------------------------


def _combination(parts: Parts, combine: Combine) -> Iterator[Mutant]:
    span = combine.at.span(key=True)
    base = f"combine.{combine.id}"

    def put(*new: Combine) -> Mapping[str, Any]:
        return {
            "combine": tuple(each for held in parts.combine for each in (new if held is combine else (held,)))
        }

    if combine.kind == "sum":
        return  # a sum changes no amount: it only says that awards stack
    what = f"{combine.kind}({', '.join(combine.members)})"
    yield Mutant(f"{base}:drop", "combine", what, span, other=put(evolve(combine, kind="sum", limit=None)))
    if combine.limit is not None:
        for _, path, new in changes(combine.limit):
            shown = f"{spell(combine.limit)} → {spell(new)}"
            yield Mutant(f"{base}.limit{path}", "cap", shown, span, other=put(evolve(combine, limit=new)))
    for number in range(len(combine.members)):
        rest = combine.members[:number] + combine.members[number + 1 :]
        yield Mutant(
            f"{base}.members.{number}:drop",
            "combine",
            combine.members[number],
            span,
            other=put(evolve(combine, members=rest)),
        )
        if combine.kind in {"highest-of", "cap"} and number + 1 < len(combine.members):
            order = list(combine.members)
            order[number], order[number + 1] = order[number + 1], order[number]
            shown = f"{', '.join(combine.members)} → {', '.join(order)}"
            yield Mutant(
                f"{base}.members.{number}:swap",
                "order",
                shown,
                span,
                other=put(evolve(combine, members=tuple(order))),
            )


_UNITS: Mapping[str, Any] = {"working_days": "natural_days", "natural_days": "working_days"}


def _settings(policy: Policy) -> Iterator[Mutant]:
    defaults = policy.parts.defaults
    if defaults is None:
        return

    def made(name: str, what: str, **new: Any) -> Mutant:
        return Mutant(f"defaults.{name}", "setting", what, None, other={"defaults": evolve(defaults, **new)})

    stops, extension = defaults.hold_stops, defaults.extension
    yield made("hold_stops:not", f"{literal(stops)} → {literal(not stops)}", hold_stops=not stops)
    for shift in (-1, 1):
        times = extension.times + shift
        if times >= 0:
            yield made(
                f"extensions:{shift:+d}",
                f"{extension.times} → {times}",
                extension=evolve(extension, times=times),
            )
    for name, window in defaults.windows.items():
        for shift in (-1, 1):
            moved = evolve(window, days=window.days + shift)
            yield made(
                f"windows.{name}:{shift:+d}",
                f"{window.days} → {moved.days}",
                windows={**defaults.windows, name: moved},
            )
        turned = evolve(window, unit=_UNITS[window.unit])
        yield made(
            f"windows.{name}:unit",
            f"{window.unit} → {turned.unit}",
            windows={**defaults.windows, name: turned},
        )
    for name, parameter in policy.parameters.items():
        unit = parameter.type.unit or ""
        if unit in _UNITS and any(clock.days == name for rule in policy.rules for clock in rule.clocks):
            turned_parameter = evolve(parameter, type=evolve(parameter.type, unit=_UNITS[unit]))
            yield Mutant(
                f"parameters.{name}:unit",
                "clock",
                f"{unit} → {_UNITS[unit]}",
                parameter.at.span(key=True),
                {},
                {name: turned_parameter},
            )
