"""原子条件: the decisions of a policy taken apart: every condition, its single statements, and which of them decides.

A statement decides in a case if turning it over, all others as they are, turns the decision over from known to known:
masking MC/DC under Kleene's logic. An unknown neighbour therefore shows nothing about a statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from attrs import field, frozen

from huaying_governance.rules.compile import Row
from huaying_governance.rules.edition import Edition
from huaying_governance.rules.model import Rule
from huaying_governance.rules.parse import parse
from huaying_governance.rules.reason import Reasoner, fails
from huaying_governance.rules.shape import At
from huaying_governance.rules.source import Span
from huaying_governance.rules.tree import (
    All,
    AnyOf,
    Compare,
    Condition,
    Const,
    Either,
    Node,
    Operand,
    Pick,
    walk,
)
from huaying_governance.rules.written import Choice, Comparison, Junction, Negation, Written

Truth: TypeAlias = bool | None
Truths: TypeAlias = Sequence[Truth]
Whole: TypeAlias = Callable[[Truths], Truth]


@frozen(eq=False)
class Atom:
    """原子条件: one statement of a decision: its number, its words as written, where they stand."""

    number: int
    node: Condition
    text: str
    span: Span | None

    @property
    def fixed(self) -> bool:
        """Whether it is a literal, which cannot go both ways."""
        return isinstance(self.node, Const)


@frozen(eq=False)
class Decision:
    """一个判定: a condition of a rule: its `when`, the `when` of a clock, or one inside an amount."""

    rule: Rule
    path: str
    node: Condition
    atoms: tuple[Atom, ...]
    span: Span | None
    whole: Whole = field(repr=False)

    @property
    def main(self) -> bool:
        """Whether it is the condition of the rule itself."""
        return self.node is self.rule.when

    def values(self, edition: Edition, row: Row) -> list[Truth]:
        """Return what each statement comes to for a row."""
        test = edition.compiler.test
        return [test(atom.node)(row) for atom in self.atoms]

    def decides(self, number: int, values: list[Truth]) -> bool:
        """Whether the statement decides, the others being as they are."""
        held = values[number]
        values[number] = True
        if_true = self.whole(values)
        values[number] = False
        if_false = self.whole(values)
        values[number] = held
        return if_true is not None and if_false is not None and if_true is not if_false

    def can_decide(self, number: int, truth: bool, edition: Edition, *more: Condition) -> bool:
        """Whether a case may exist in which the statement has this truth and decides; False is a proof of none."""
        atom = self.atoms[number].node
        rest = _others(self.node, number)
        reasoner = Reasoner(edition.compiler.parameters)
        return reasoner.possible((*rest, atom if truth else fails(atom), *more))


def decisions(rule: Rule) -> tuple[Decision, ...]:
    """Return every condition of a rule."""
    found = [_decision(rule, f"rules.{rule.id}.when", rule.when, rule.when_text, rule.at.child("when"))]
    for number, clock in enumerate(rule.clocks):
        if clock.when is not None:
            at = rule.at.child("clocks").child(number).child("when")
            found.append(
                _decision(rule, f"rules.{rule.id}.clocks.{clock.id}.when", clock.when, clock.when_text, at)
            )
    for key, amount in (("amount", rule.amount), ("enterprise_amount", rule.enterprise_amount)):
        for number, pick in enumerate(_picks(amount)):
            path = f"rules.{rule.id}.{key}.if{number or ''}"
            found.append(_decision(rule, path, pick.condition, "", rule.at.child(key)))
    return tuple(found)


def _picks(amount: Operand | None) -> Iterator[Pick]:
    return (node for node in (walk(amount) if amount is not None else ()) if isinstance(node, Pick))


def _decision(rule: Rule, path: str, node: Condition, text: str, at: At) -> Decision:
    nodes = list(leaves(node))
    places = list(_places(parse(text))) if text else []
    if len(places) != len(nodes):
        places = [(0, len(text))] * len(nodes)
    atoms = tuple(
        Atom(number, leaf, text[start:end] or path, at.inside(start, end) if text else at.span())
        for number, (leaf, (start, end)) in enumerate(zip(nodes, places, strict=True))
    )
    return Decision(rule, path, node, atoms, at.span(), _whole(node, iter(range(len(nodes)))))


def leaves(node: Condition) -> Iterator[Condition]:
    """Yield the single statements of a condition, in the order written."""
    match node:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Either(test, yes, no):
            for part in (test, yes, no):
                yield from leaves(part)
        case _:
            yield node


def _whole(node: Condition, numbers: Iterator[int]) -> Whole:
    """Return what a condition comes to, from the truths of its statements."""
    match node:
        case All(parts):
            below = [_whole(part, numbers) for part in parts]
            return lambda values: _joined(below, values, decisive=False)
        case AnyOf(parts):
            below = [_whole(part, numbers) for part in parts]
            return lambda values: _joined(below, values, decisive=True)
        case Either(test, yes, no):
            one, two, three = (_whole(part, numbers) for part in (test, yes, no))
            return lambda values: _either(one(values), two(values), three(values))
        case _:
            number = next(numbers)
            return lambda values: values[number]


def _joined(below: list[Whole], values: Truths, *, decisive: bool) -> Truth:
    answer: Truth = not decisive
    for part in below:
        found = part(values)
        if found is decisive:
            return decisive
        if found is None:
            answer = None
    return answer


def _either(test: Truth, yes: Truth, no: Truth) -> Truth:
    if test is None:
        return yes if yes is no else None
    return yes if test else no


def _others(node: Condition, number: int) -> tuple[Condition, ...]:
    """Return what the other statements must come to for statement `number` to decide."""
    match node:
        case All(parts) | AnyOf(parts):
            rest: tuple[Condition, ...] = ()
            for part in parts:
                size = len(list(leaves(part)))
                if 0 <= number < size:
                    rest = (*_others(part, number), *rest)
                else:
                    rest = (*rest, part if isinstance(node, All) else fails(part))
                number -= size
            return rest
        case Either(test, yes, no):
            first, second = len(list(leaves(test))), len(list(leaves(yes)))
            if number < first:
                apart = AnyOf((All((yes, fails(no))), All((no, fails(yes)))))
                return (*_others(test, number), apart)
            if number < first + second:
                return (*_others(yes, number - first), test)
            return (*_others(no, number - first - second), fails(test))
        case _:
            return ()


def _places(written: Written) -> Iterator[tuple[int, int]]:
    """Yield where each single statement is written; a chain of comparisons has several."""
    match written:
        case Junction(_, parts):
            for part in parts:
                yield from _places(part)
        case Negation(operand):
            yield from _places(operand)
        case Choice(condition, yes, no):
            for part in (condition, yes, no):
                yield from _places(part)
        case Comparison(first, rest):
            before = first
            for _, after in rest:
                yield before.start, after.end
                before = after
        case _:
            yield written.start, written.end


def is_ordered(node: Node) -> bool:
    """Whether a statement compares numbers or days, so that its bound has an edge."""
    return isinstance(node, Compare) and (node.left.type.is_number or node.left.type.kind == "date")
