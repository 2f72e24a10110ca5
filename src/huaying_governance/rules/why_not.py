"""Why not (为何不成立): what would have to change for a rule to hold, in the fewest changes.

Each way is a set of statements that are not met now and would all have to be; statements that are met already are
left out, and ways that contradict themselves too.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import date
from itertools import product

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.rules.compile import Row
from huaying_governance.rules.edition import Edition
from huaying_governance.rules.reason import Reasoner, fails
from huaying_governance.rules.tree import (
    All,
    AnyOf,
    Condition,
    Const,
    Either,
    Exists,
    IsTrue,
    facts_read,
)
from huaying_governance.text import Lang, Text, same

MOST_WAYS = 12
NEEDED = Text("须：{what}", "needed: {what}")
WAY = Text("做法{n}：", "way {n}: ")
HOLDS = Text("规则 {rule} 已成立", "the rule {rule} holds already")
NO_WAY = Text("规则 {rule}：没有任何事实能使其成立", "the rule {rule}: no facts could make it hold")
NOT_IN_FORCE = Text(
    "规则 {rule} 在 {day} 不施行（{since} 至 {until}）",
    "the rule {rule} is not in force on {day} ({since} to {until})",
)


@frozen
class Change:
    """One statement that would have to hold: in words, the facts it speaks of with their values now, its clause."""

    statement: Text
    facts: tuple[tuple[str, object], ...]
    citation: Citation | None = None


@frozen
class WhyNot:
    """为何不成立. `ways` are alternatives, the one with the fewest changes first; empty where there is none."""

    rule: str
    holds: bool | None
    ways: tuple[tuple[Change, ...], ...]
    note: Text = same("")

    def explain(self, lang: Lang = "zh") -> str:
        """Return the ways in words."""
        lines = [self.note.say(lang)] if self.note.say(lang) else []
        for number, way in enumerate(self.ways, 1):
            what = Text("；", "; ").say(lang).join(change.statement.say(lang) for change in way)
            lines.append(WAY.fill(n=number).say(lang) + NEEDED.fill(what=what).say(lang))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre lang='zh'>{html.escape(self.explain('zh'))}</pre>"


def not_in_force(rule: str, day: date, since: date, until: date | None) -> WhyNot:
    """Return the answer for a rule that is not in force on `day`."""
    return WhyNot(rule, False, (), NOT_IN_FORCE.fill(rule=rule, day=day, since=since, until=until or "…"))


def why_not(rule: str, when: Condition, edition: Edition, row: Row) -> WhyNot:
    """Return what would have to change for `when` to hold for the facts of `row`."""
    holds = edition.compiler.test(when)(row)
    if holds:
        return WhyNot(rule, True, (), HOLDS.fill(rule=rule))
    reasoner = Reasoner(edition.compiler.parameters)
    found = sorted((way for way in _ways(when, edition, row) if reasoner.possible(way)), key=len)
    ways = tuple(tuple(_change(part, edition, row) for part in way) for way in found[:MOST_WAYS])
    return WhyNot(rule, holds, ways, NO_WAY.fill(rule=rule) if not ways else same(""))


def _ways(node: Condition, edition: Edition, row: Row) -> list[tuple[Condition, ...]]:
    """Return the sets of statements that would make `node` hold."""
    if edition.compiler.test(node)(row):
        return [()]
    match node:
        case Const():
            return []
        case All(parts):
            return _joined([_ways(part, edition, row) for part in parts])
        case AnyOf(parts):
            return _fewest(way for part in parts for way in _ways(part, edition, row))
        case Either(test, yes, no):
            with_test = _joined([_ways(test, edition, row), _ways(yes, edition, row)])
            without = _joined([_ways(fails(test), edition, row), _ways(no, edition, row)])
            return _fewest([*with_test, *without])
        case _:
            return [(node,)]


def _joined(each: list[list[tuple[Condition, ...]]]) -> list[tuple[Condition, ...]]:
    found: list[tuple[Condition, ...]] = [()]
    for ways in each:
        merged = (tuple(dict.fromkeys((*one, *two))) for one, two in product(found, ways))
        found = _fewest(merged)
    return found


def _fewest(ways: Iterable[tuple[Condition, ...]]) -> list[tuple[Condition, ...]]:
    return sorted(dict.fromkeys(ways), key=len)[: 2 * MOST_WAYS]


def _change(node: Condition, edition: Edition, row: Row) -> Change:
    slots = edition.compiler.layout.slots
    read = [fact.path for fact in facts_read(node)]
    if isinstance(node, Exists):
        read.append(node.relation)
    elif isinstance(node, IsTrue):
        read = [node.fact.path]
    now = tuple((path, row[slots[path]]) for path in read)
    return Change(edition.explainer.say(node, row), now, edition.explainer.citation(node))
