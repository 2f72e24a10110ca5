"""Missing facts in SQL (缺什么): as masks of bits, one for each fact and relation in order of declaration.

`rules.missing` says what is missing. Where each missing fact stands in one unknown statement only, that is simply
every fact that an unknown statement lacks, and SQL says it. Where one stands in several, the interpreter searches;
such rows are told apart here (`doubt`) and given to it, unless it is proved for all rows beforehand that the search
would find every one of them needed: a plain conjunction of statements about different terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen
from sqlglot import exp

from huaying_governance.batch.arithmetic import TooLarge
from huaying_governance.batch.compiler import Compiler
from huaying_governance.batch.sql import (
    Sql,
    Truth,
    binary,
    both,
    case,
    either,
    literal,
    opposite,
    unknown,
)
from huaying_governance.rules.reason import Reasoner
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
    facts_read,
    walk,
)

WORD = 60
"""Bits of one word of a mask."""
Mask = tuple[Sql, ...]
Lacking = dict[str, list[Truth]]


@frozen
class Gap:
    """What is missing where an answer is unknown: the mask, and for which rows the interpreter must say it."""

    mask: Mask
    doubt: Truth
    reads: tuple[str, ...]


@frozen(eq=False)
class Gaps:
    """Compiles missing facts; `slots` numbers the facts and relations from 1."""

    compiler: Compiler
    slots: Mapping[str, int]

    @property
    def words(self) -> int:
        """How many words a mask has."""
        return (max(self.slots.values(), default=1) - 1) // WORD + 1

    def of(self, condition: Condition, *amounts: Operand) -> Gap:
        """Return what is missing for a condition to be known, and the amounts where it may hold."""
        leaves = list(self._unknown(condition, True))
        for amount in amounts:
            leaves.extend(self._unvalued(amount, True))
        paths: dict[str, list[Truth]] = {}
        for leaf in leaves:
            for path, reasons in leaf.items():
                paths.setdefault(path, []).append(either(*reasons))
        found = {path: either(*reasons) for path, reasons in paths.items()}
        doubt = False if self._plain(condition, amounts) else either(*(_several(r) for r in paths.values()))
        return Gap(self._mask(found), doubt, self.read_by(condition, *amounts))

    def read_by(self, *nodes: Node) -> tuple[str, ...]:
        """Return the facts and relations that nodes read, in order of declaration."""
        found = {fact.path for node in nodes for fact in facts_read(node)}
        found |= {fact.relation for node in nodes for fact in facts_read(node) if fact.relation}
        found |= {each.relation for node in nodes for each in walk(node) if isinstance(each, Exists)}
        return tuple(sorted(found, key=self.slots.__getitem__))

    def _mask(self, found: Mapping[str, Truth]) -> Mask:
        words: list[Sql] = []
        for word in range(self.words):
            bits = [
                case([(test, Sql(literal(1 << (self.slots[path] - 1) % WORD)))], Sql(literal(0)))
                for path, test in found.items()
                if (self.slots[path] - 1) // WORD == word and test is not False
            ]
            total = Sql(exp.cast(literal(0), "BIGINT"))
            for bit in bits:
                total = binary(exp.Add, total, bit)
            words.append(total)
        return tuple(words)

    def _unknown(self, node: Condition, when: Truth) -> Iterator[Lacking]:
        """Yield the unknown statements of a condition, each by what it lacks."""
        lost = both(when, unknown(self.compiler.test(node)))
        if lost is False:
            return
        match node:
            case All(parts) | AnyOf(parts):
                for part in parts:
                    yield from self._unknown(part, self._shared(lost))
            case Either(test, yes, no):
                lost = self._shared(lost)
                tested = self.compiler.test(test)
                yield from self._unknown(test, lost)
                yield from self._unknown(yes, both(lost, _not_false(tested)))
                yield from self._unknown(no, both(lost, _not_true(tested)))
            case Exists(relation):
                yield {relation: [lost]}
            case _:
                yield self._lacking(node, lost)
                if any(isinstance(inner, Pick) for inner in walk(node)):
                    yield self._lacking(node, lost)

    def _shared(self, test: Truth) -> Truth:
        return self.compiler.layers.share(test) if isinstance(test, Sql) else test

    def _unvalued(self, node: Node, when: Truth) -> Iterator[Lacking]:
        """Yield what keeps a value unknown, fact by fact."""
        if isinstance(node, FactRef):
            yield self._lacking(node, when)
        elif isinstance(node, Pick):
            # What a choice lacks depends on its test: the interpreter says it, so it stands in two places.
            lost = both(when, self._lost(node))
            yield self._lacking(node, lost)
            yield self._lacking(node, lost)
        else:
            for part in children(node):
                yield from self._unvalued(part, when)

    def _lost(self, node: Operand) -> Truth:
        try:
            return self.compiler.unknown(self.compiler.value(node))
        except TooLarge:
            return True

    def _lacking(self, node: Node, when: Truth) -> Lacking:
        """Return the facts that a statement or a value reads and that are missing, each with its condition."""
        found: Lacking = {}
        for fact in facts_read(node):
            absent = both(when, unknown(self.compiler.column(fact.path)))
            if fact.relation:
                nobody = unknown(self.compiler.column(fact.relation))
                found.setdefault(fact.relation, []).append(both(absent, nobody))
                absent = both(absent, opposite(nobody))
            found.setdefault(fact.path, []).append(absent)
        for inner in walk(node):
            if isinstance(inner, Exists):
                found.setdefault(inner.relation, []).append(
                    both(when, unknown(self.compiler.column(inner.relation)))
                )
        return found

    def _plain(self, condition: Condition, amounts: tuple[Operand, ...]) -> bool:
        """Whether all that is missing is needed in every row: nothing is chosen, and no term is spoken of twice."""
        parts = condition.parts if isinstance(condition, All) else (condition,)
        if any(
            isinstance(inner, Pick | AnyOf | All | Either)
            for node in (*parts, *amounts)
            for inner in walk(node)
        ):
            return False
        reasoner = Reasoner(self.compiler.parameters)
        terms: set[object] = set()
        for part in parts:
            read = facts_read(part)
            if len(read) != 1 or reasoner.narrow({}, part) is None:
                return False
            if read[0] in terms or isinstance(part, Exists):
                return False
            terms.add(read[0])
        return True


def _not_false(test: Truth) -> Truth:
    return either(test, unknown(test))


def _not_true(test: Truth) -> Truth:
    return either(opposite(test), unknown(test))


def _several(reasons: list[Truth]) -> Truth:
    """Return whether more than one of some conditions is true; none of them is unknown."""
    if len(reasons) < 2:
        return False
    total: Sql = Sql(literal(0))
    for reason in reasons:
        total = binary(exp.Add, total, case([(reason, Sql(literal(1)))], Sql(literal(0))))
    return binary(exp.GT, total, Sql(literal(1)))
