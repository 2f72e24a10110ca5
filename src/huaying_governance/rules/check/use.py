"""What nobody uses (未用): parameters, facts and relations of the policy document itself that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from huaying_governance.rules.parts import Parts
from huaying_governance.rules.tree import Exists, Node, facts_read, parameters_read, walk


def nodes(parts: Parts) -> Iterator[Node]:
    """Yield every expression of a policy, as meant."""
    for rule in parts.rules:
        yield rule.when
        if rule.amount is not None:
            yield rule.amount
        if rule.enterprise_amount is not None:
            yield rule.enterprise_amount
        yield from (clock.when for clock in rule.clocks if clock.when is not None)
    for each in parts.combine:
        yield from (node for node in (each.limit, each.counted) if node is not None)


def check_use(parts: Parts) -> None:
    """Warn of what the document declares and nothing reads; shared documents may declare more than one policy needs."""
    every = list(nodes(parts))
    read = [fact for node in every for fact in facts_read(node)]
    facts = {fact.name for fact in read} | parts.proration_reads
    relations = {fact.relation for fact in read}
    relations |= {inner.relation for node in every for inner in walk(node) if isinstance(inner, Exists)}
    parameters = {name for node in every for name in parameters_read(node)} | parts.proration_reads
    parameters |= {clock.days for rule in parts.rules for clock in rule.clocks}
    parameters |= {fact.derived.gap_days for fact in parts.facts.values() if fact.derived is not None}
    if parts.defaults is not None:
        parameters.add(parts.defaults.extension.at_most)
    own = parts.at.source if parts.at is not None else None
    for code, used, declared in (
        ("unused-fact", facts, parts.facts.values()),
        ("unused-relation", relations, parts.relations.values()),
        ("unused-parameter", parameters, parts.parameters.values()),
    ):
        for each in declared:
            if each.name not in used and each.at.source is own:
                each.at.fault(code, key=True, name=each.name)
