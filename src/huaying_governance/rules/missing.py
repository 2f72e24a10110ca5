"""Which facts are missing (缺什么): exactly those that could still change an answer that is unknown.

A fact belongs here when there is a way to fill in the other missing facts that leaves the answer unknown without it.
Where every missing fact stands in one statement only, that is every fact of an unknown statement. Where one stands in
several (`a or (a and b)` never needs `b`), the other statements are tried true and false, as far as they can be so
together. The search is bounded; a fact that it could not rule out within the bound is listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from attrs import field, frozen

from huaying_governance.rules.compile import Compiler, Row
from huaying_governance.rules.reason import Reasoner, Store, fails
from huaying_governance.rules.tree import (
    All,
    AnyOf,
    Condition,
    Either,
    Exists,
    FactRef,
    Node,
    Operand,
    Pick,
    children,
)

BUDGET = 3_000
"""Partial fillings tried for one fact."""


@frozen
class _Known:
    """The statement that a value is there at all: for amounts."""

    path: str


@frozen(eq=False)
class _Leaf:
    """An unknown statement, and the missing facts it reads."""

    statement: Condition | _Known
    facts: frozenset[str]


@frozen(eq=False)
class _Branch:
    """`all`, `any` or `if` of what is below, or that it is `known`; what is known already is a plain truth."""

    how: str
    parts: tuple[_Tree, ...]


_Tree: TypeAlias = "_Leaf | _Branch | bool"
_Assigned: TypeAlias = dict[int, bool | None]


@frozen
class Gaps:
    """Finds the missing facts of an unknown answer."""

    compiler: Compiler

    def of(self, condition: Condition, row: Row, *amounts: Operand) -> frozenset[str]:
        """Return the paths that could still change whether `condition` holds, or an amount where it may hold."""
        tree = self._tree(condition, row)
        if tree is False:
            return frozenset()
        valued = (tree, *(self._valued(amount, row) for amount in amounts))
        whole: _Tree = _Branch("all", tuple(part for part in valued if part is not True))
        leaves = list(_leaves(whole))
        counted = Counter(path for leaf in leaves for path in leaf.facts)
        found = frozenset(counted)
        if all(times == 1 for times in counted.values()):
            return found
        reasoner = Reasoner({}, lambda node: self.compiler.read(node)(row))
        needed = frozenset(path for path in found if _Search(whole, leaves, path, reasoner).needed())
        return needed or found

    def _tree(self, node: Condition, row: Row) -> _Tree:
        """Return what is unknown of a condition."""
        known = self.compiler.test(node)(row)
        if known is not None:
            return known
        match node:
            case All(parts) | AnyOf(parts):
                below = tuple(self._tree(part, row) for part in parts)
                return _Branch("all" if isinstance(node, All) else "any", below)
            case Either(test, yes, no):
                tests = self._tree(test, row)
                if isinstance(tests, bool):
                    return self._tree(yes if tests else no, row)
                return _Branch("if", (tests, self._tree(yes, row), self._tree(no, row)))
            case Exists(relation):
                return _Leaf(node, frozenset({relation}))
            case _:
                return _Leaf(node, self._lacking(node, row))

    def _valued(self, node: Node, row: Row) -> _Tree:
        """Return what is unknown of whether a value can be known."""
        if isinstance(node, FactRef):
            lacking = self._lacking(node, row)
            return _Leaf(_Known(node.path), lacking) if lacking else True
        if isinstance(node, Pick):
            test = self._tree(node.condition, row)
            if isinstance(test, bool):
                return self._valued(node.yes if test else node.no, row)
            if self.compiler.read(node)(row) is not None:
                return True
            # The test itself must be known before the value is.
            sides = _Branch("if", (test, self._valued(node.yes, row), self._valued(node.no, row)))
            return _Branch("all", (_Branch("known", (test,)), sides))
        below = tuple(self._valued(part, row) for part in children(node))
        left = tuple(part for part in below if part is not True)
        return _Branch("all", left) if left else True

    def _lacking(self, node: Node, row: Row) -> frozenset[str]:
        slots = self.compiler.layout.slots
        if isinstance(node, FactRef):
            if row[slots[node.path]] is not None:
                return frozenset()
            unknown = node.relation and row[slots[node.relation]] is None
            return frozenset({node.relation if unknown else node.path})
        found = frozenset[str]().union(*(self._lacking(part, row) for part in children(node)))
        if isinstance(node, Pick):
            for inner in _leaves(self._tree(node.condition, row)):
                found |= inner.facts
        return found


def _leaves(tree: _Tree) -> Iterator[_Leaf]:
    if isinstance(tree, _Leaf):
        yield tree
    elif isinstance(tree, _Branch):
        for part in tree.parts:
            yield from _leaves(part)


def _value(tree: _Tree, assigned: _Assigned) -> bool | None:
    """Return what a tree comes to by Kleene's tables, with some leaves assigned."""
    if isinstance(tree, bool):
        return tree
    if isinstance(tree, _Leaf):
        return assigned.get(id(tree))
    values = [_value(part, assigned) for part in tree.parts]
    if tree.how == "known":
        return None if values[0] is None else True
    if tree.how == "if":
        test, yes, no = values
        if test is None:
            return yes if yes is no else None
        return yes if test else no
    decisive = tree.how == "any"
    if decisive in values:
        return decisive
    return None if None in values else not decisive


@frozen(eq=False)
class _Search:
    """Looks for a filling of the other facts that leaves the answer unknown without `path`."""

    tree: _Tree
    leaves: list[_Leaf]
    path: str
    reasoner: Reasoner
    budget: list[int] = field(factory=lambda: [BUDGET])

    def needed(self) -> bool:
        """Whether there is one, or the search came to its bound."""
        others = [leaf for leaf in self.leaves if self.path not in leaf.facts]
        return self._try(others, {}, {})

    def _try(self, others: list[_Leaf], assigned: _Assigned, store: Store) -> bool:
        self.budget[0] -= 1
        if self.budget[0] < 0:
            return True
        if _value(self.tree, assigned) is not None:
            return False
        if not others:
            return True
        first, *rest = others
        for truth in (True, False):
            for narrowed in self._narrowed(first.statement, truth, store):
                if self._try(rest, {**assigned, id(first): truth}, narrowed):
                    return True
        return False

    def _narrowed(self, statement: Condition | _Known, truth: bool, store: Store) -> Iterator[Store]:
        """Yield the stores in which a statement is true, or is not."""
        if isinstance(statement, _Known):
            if truth:
                yield store
            return
        wanted = statement if truth else fails(statement)
        for part in wanted.parts if isinstance(wanted, AnyOf) else (wanted,):
            narrowed = self.reasoner.narrow(store, part)
            if narrowed is not None:
                yield narrowed


def ordered(found: frozenset[str], slots: Mapping[str, int]) -> tuple[str, ...]:
    """Return `found` in order of declaration."""
    return tuple(sorted(found, key=slots.__getitem__)) if found else ()
