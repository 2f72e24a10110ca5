"""Which names an expression may use (名称)."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from huaying_governance.rules.functions import ON
from huaying_governance.rules.tree import Type


@frozen
class Names:
    """What an expression may speak of. Names that are `faulty` are declared, but wrongly, and noted already."""

    facts: Mapping[str, Type]
    relations: Mapping[str, tuple[str, ...]]
    parameters: Mapping[str, Type]
    faulty: frozenset[str] = frozenset()

    def all(self) -> tuple[str, ...]:
        """All names that can stand alone."""
        return (*self.facts, *self.parameters, *self.relations, ON)
