"""政策模拟: what a policy costs on a population, before and after a reform, by group, and in the years ahead.

A population is whatever yields the lines that a policy grants to it on a day: a register judged by the interpreter
(`over_register`), or tables judged on an engine (`over_tables`). A year ahead is the population as its table has it:
open spells go on, nobody comes or leaves, and the policy's dated parameters and rules are those of that day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from attrs import field, frozen

from huaying_governance.batch import assess as assess_tables
from huaying_governance.kernel.money import from_fen, to_fen
from huaying_governance.rules import Policy
from huaying_governance.subsidy.people import Register, assess
from huaying_governance.text import Lang, Text

if TYPE_CHECKING:
    from huaying_governance.batch.assessment import Result

Granted = tuple[str, str, "int | None"]
"""One line: the person, the rule, the fen; None where a missing fact leaves it undetermined."""
Population = Callable[[Policy, date], Iterable[Granted]]
"""Yields what a policy grants on a day."""
COST = Text(
    "{d}：{p} 人共 {y} 元，{o} 人待核实", "{d}: {p} persons, {y} yuan in all, {o} persons undetermined"
)
CHANGE = Text(
    "{b} → {a} 元；{g} 人增加，{l} 人减少，{s} 人不变，{o} 人待核实",
    "{b} → {a} yuan; {g} persons gain, {l} lose, {s} unchanged, {o} undetermined",
)


@frozen
class GroupCost:
    """分组金额: what one group is paid: how many persons, how many fen, and of how many persons a line is open."""

    group: str
    persons: int = 0
    fen: int = 0
    open: int = 0


@frozen
class Cost:
    """政策成本 of one policy as of a day: by group and by rule. What is undetermined is counted, never as zero."""

    policy: str
    version: str
    on: date
    groups: tuple[GroupCost, ...]
    rules: Mapping[str, int]

    @property
    def fen(self) -> int:
        """What is paid in all, in fen."""
        return sum(each.fen for each in self.groups)

    @property
    def persons(self) -> int:
        """How many persons are paid something."""
        return sum(each.persons for each in self.groups)

    @property
    def open(self) -> int:
        """Of how many persons a line is undetermined."""
        return sum(each.open for each in self.groups)

    def say(self, lang: Lang = "zh") -> str:
        """Return the cost in one line."""
        filled = COST.fill(d=self.on.isoformat(), p=self.persons, y=from_fen(self.fen), o=self.open)
        return filled.say(lang)


@frozen
class GroupChange:
    """分组变化: one group before and after a reform, in fen; who gains, who loses, of whom it cannot be said."""

    group: str
    before: int = 0
    after: int = 0
    gain: int = 0
    lose: int = 0
    same: int = 0
    open: int = 0


@frozen
class Change:
    """改革前后 of one population: its cost under both policies, and how many persons gain and lose, by group."""

    before: Cost
    after: Cost
    groups: tuple[GroupChange, ...]

    def count(self, what: str) -> int:
        """Return how many persons `gain`, `lose`, stay the `same` or are `open`."""
        return sum(getattr(each, what) for each in self.groups)

    def say(self, lang: Lang = "zh") -> str:
        """Return the change in one line."""
        counts = {name[0]: self.count(name) for name in ("gain", "lose", "same", "open")}
        return CHANGE.fill(b=from_fen(self.before.fen), a=from_fen(self.after.fen), **counts).say(lang)


@frozen
class _Tally:
    """The lines of one simulation, added up by person."""

    sums: dict[str, int] = field(factory=dict)
    open: set[str] = field(factory=set)
    rules: dict[str, int] = field(factory=dict)


def over_register(register: Register) -> Population:
    """Return a register as a population: judged by the interpreter, person by person."""

    def granted(policy: Policy, on: date) -> Iterator[Granted]:
        for award in assess(policy, register, on):
            for line in award.lines:
                yield award.person, line.rule, None if line.amount is None else to_fen(line.amount)

    return granted


def over_tables(tables: Mapping[str, object], **options: Any) -> Population:
    """Return tables as a population: judged by `hg.assess`, which takes these `tables` and `options`."""

    def granted(policy: Policy, on: date) -> Iterator[Granted]:
        done = assess_tables(policy, tables, on=on, **options)
        try:
            for each in cast("Iterator[Result]", done.results()):
                if each.rule:
                    yield str(each.person), each.rule, None if each.amount is None else to_fen(each.amount)
        finally:
            done.close()

    return granted


def cost(policy: Policy, population: Population, on: date, groups: Mapping[str, str] | None = None) -> Cost:
    """Return what `policy` costs as of `on`; `groups` says the group of each person, else it is empty."""
    return _cost(policy, on, _tally(policy, population, on), groups or {})


def change(
    before: Policy, after: Policy, population: Population, on: date, groups: Mapping[str, str] | None = None
) -> Change:
    """Return how the same population fares under two policies, say a policy and its `reform`, as of `on`.

    Persons whom neither pays anything are in neither count. A person with an open line under either is `open`.
    """
    held = groups or {}
    one, two = _tally(before, population, on), _tally(after, population, on)
    counts: dict[str, dict[str, int]] = {}
    for person in sorted({*one.sums, *two.sums, *one.open, *two.open}):
        was, now = one.sums.get(person, 0), two.sums.get(person, 0)
        group = counts.setdefault(held.get(person, ""), {})
        unsure = person in one.open or person in two.open
        how = "open" if unsure else "gain" if now > was else "lose" if now < was else "same"
        for name, more in (("before", was), ("after", now), (how, 1)):
            group[name] = group.get(name, 0) + more
    found = tuple(GroupChange(group, **counts[group]) for group in sorted(counts))
    return Change(_cost(before, on, one, held), _cost(after, on, two, held), found)


def outlook(
    policy: Policy,
    population: Population,
    days: Iterable[date],
    groups: Mapping[str, str] | None = None,
) -> tuple[Cost, ...]:
    """Return what `policy` costs as of each of `days`, by the parameters and rules in force then."""
    return tuple(cost(policy, population, day, groups) for day in days)


def _tally(policy: Policy, population: Population, on: date) -> _Tally:
    found = _Tally()
    for person, rule, fen in population(policy, on):
        if fen is None:
            found.open.add(person)
            continue
        found.sums[person] = found.sums.get(person, 0) + fen
        found.rules[rule] = found.rules.get(rule, 0) + fen
    return found


def _cost(policy: Policy, on: date, tally: _Tally, groups: Mapping[str, str]) -> Cost:
    counts: dict[str, list[int]] = {}
    for person in {*tally.sums, *tally.open}:
        held = counts.setdefault(groups.get(person, ""), [0, 0, 0])
        held[0] += person in tally.sums
        held[1] += tally.sums.get(person, 0)
        held[2] += person in tally.open
    by_group = tuple(GroupCost(group, *counts[group]) for group in sorted(counts))
    return Cost(policy.id, policy.version, on, by_group, dict(sorted(tally.rules.items())))
