"""How the facts of one case are laid out in a row (事实行)."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from huaying_governance.rules.tree import Exists, FactRef, Node, OnDay, walk


@frozen
class Layout:
    """Where a row holds what: the day first, then facts and relations by path."""

    slots: Mapping[str, int]

    @property
    def size(self) -> int:
        """How many places a row has."""
        return len(self.slots) + 1

    def read_by(self, *nodes: Node) -> tuple[int, ...]:
        """Return the places of a row that `nodes` read, each once."""
        found: dict[int, None] = {}
        for node in (inner for each in nodes for inner in walk(each)):
            match node:
                case FactRef(relation, _):
                    found[self.slots[node.path]] = None
                    if relation:
                        found[self.slots[relation]] = None
                case Exists(relation):
                    found[self.slots[relation]] = None
                case OnDay():
                    found[0] = None
                case _:
                    pass
        return tuple(sorted(found))


def layout(facts: tuple[str, ...], relations: Mapping[str, tuple[str, ...]]) -> Layout:
    """Return the layout of a policy: facts in order, each relation followed by its facts."""
    paths = list(facts)
    for name, inner in relations.items():
        paths.append(name)
        paths.extend(f"{name}.{fact}" for fact in inner)
    return Layout({path: number for number, path in enumerate(paths, 1)})
