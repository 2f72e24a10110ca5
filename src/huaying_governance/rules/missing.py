"""Which facts are missing (缺什么): those that could still change an answer that is unknown, and no others."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from huaying_governance.rules.compile import Compiler, Row
from huaying_governance.rules.tree import (
    All,
    AnyOf,
    Condition,
    Either,
    Exists,
    FactRef,
    Node,
    Pick,
    children,
)


@frozen
class Gaps:
    """Finds the missing facts of an unknown answer."""

    compiler: Compiler

    def of(self, condition: Condition, row: Row) -> frozenset[str]:
        """Return the paths that keep `condition` unknown; empty where it is known."""
        if self.compiler.test(condition)(row) is not None:
            return frozenset()
        match condition:
            case All(parts) | AnyOf(parts):
                return frozenset().union(*(self.of(part, row) for part in parts))
            case Either(test, yes, no):
                return self.of(test, row) | self.of(yes, row) | self.of(no, row)
            case Exists(relation):
                return frozenset({relation})
            case _:
                return self.unread(condition, row)

    def unread(self, node: Node, row: Row) -> frozenset[str]:
        """Return the facts that a value lacks."""
        slots = self.compiler.layout.slots
        if isinstance(node, FactRef):
            if row[slots[node.path]] is not None:
                return frozenset()
            unknown = node.relation and row[slots[node.relation]] is None
            return frozenset({node.relation if unknown else node.path})
        if isinstance(node, Pick):
            known = self.compiler.test(node.condition)(row)
            chosen = (node.yes,) if known else (node.no,) if known is False else (node.yes, node.no)
            inner = frozenset().union(*(self.unread(part, row) for part in chosen))
            return inner | self.of(node.condition, row)
        return frozenset().union(*(self.unread(part, row) for part in children(node)))


def ordered(found: frozenset[str], slots: Mapping[str, int]) -> tuple[str, ...]:
    """Return `found` in order of declaration."""
    return tuple(sorted(found, key=slots.__getitem__)) if found else ()
