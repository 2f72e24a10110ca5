"""Stretches of a year with the same policy (时段): what each rule pays in one of them, and what is missing for that.

Most batches have one: the policy as it stands on the day. A policy that says `changes = "split"` has one for each
stretch of the year between two changes, and pays each by its days.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from attrs import define, field, frozen
from sqlglot import exp

from huaying_governance.batch.arithmetic import Number, TooLarge, Whole, whole
from huaying_governance.batch.claims import Claim
from huaying_governance.batch.compiler import Compiler
from huaying_governance.batch.gaps import Gaps, Mask
from huaying_governance.batch.rounding import to_fen
from huaying_governance.batch.sql import (
    Sql,
    Truth,
    both,
    case,
    cast,
    column,
    known,
    literal,
    null,
    opposite,
    perhaps,
    surely,
    unknown,
)
from huaying_governance.rules.compile import Row
from huaying_governance.rules.edition import Edition, Ready
from huaying_governance.rules.exact import exact
from huaying_governance.rules.policy import Policy
from huaying_governance.rules.rounding import ROUNDINGS
from huaying_governance.rules.tree import TRUE, Condition, Node, Operand

LARGE = 10**37
Result: TypeAlias = Literal["BOOLEAN", "INT128"]


@frozen(eq=False)
class Asked:
    """What something can be missing for: a condition, and the amounts that are paid where it holds."""

    edition: Edition
    condition: Condition
    amounts: tuple[Operand, ...]


@frozen(eq=False)
class Function:
    """What the engine asks of the interpreter, where a number is too large for it: a value from some facts."""

    name: str
    kinds: tuple[str, ...]
    result: Result
    call: Callable[..., Any]


@define(eq=False)
class Notes:
    """What all stretches of one query note down: functions of the interpreter, and what is missing for what."""

    policy: Policy
    on: date
    scales: Mapping[str, int]
    resolved: bool
    functions: list[Function] = field(factory=list)
    asked: list[Asked] = field(factory=list)
    doubts: list[Truth] = field(factory=list)


@define(eq=False)
class Era:
    """One stretch of days, and the compiler with the values in force then."""

    notes: Notes
    edition: Edition
    compiler: Compiler
    gaps: Gaps
    days: int = 1

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.notes.policy

    # Numbers beyond the engine

    def exact_test(self, node: Condition) -> Sql:
        """Return a condition as the interpreter finds it."""
        return self._exact((node,), "BOOLEAN", self.edition.compiler.test(node))

    def _exact(self, nodes: Sequence[Node], result: Result, run: Callable[[Row], Any]) -> Sql:
        """Return a call of the interpreter; only DuckDB can make one."""
        if self.compiler.dialect.name != "duckdb":
            raise TooLarge
        paths = self.gaps.read_by(*nodes)
        name = f"hg_exact_{len(self.notes.functions) + 1}"
        self.notes.functions.append(
            Function(name, tuple(map(self._kind, paths)), result, self._caller(paths, run))
        )
        call = exp.Anonymous(this=name, expressions=[column(path).use() for path in paths])
        return self.compiler.layers.hold(cast(Sql(call), result))

    def _caller(self, paths: Sequence[str], run: Callable[[Row], Any]) -> Callable[..., Any]:
        """Return what computes a value from the columns of some facts, as a row of the interpreter."""
        slots = self.policy.layout.slots
        places = [(slots[path], self.notes.scales.get(path.rpartition(".")[2], 0)) for path in paths]
        empty = [self.notes.on, *([None] * len(slots))]

        def call(*values: Any) -> Any:
            row: Row = list(empty)
            for (place, scale), value in zip(places, values, strict=True):
                row[place] = exact(Fraction(value, 10**scale)) if scale and value is not None else value
            return run(row)

        return call

    def _kind(self, path: str) -> str:
        if path in self.policy.relations:
            return "BOOLEAN"
        kind = self.policy.facts[path.rpartition(".")[2]].type.kind
        return {"boolean": "BOOLEAN", "date": "DATE", "text": "VARCHAR", "choice": "VARCHAR"}.get(
            kind, "HUGEINT"
        )

    # Claims

    def truth(self, test: Truth) -> Truth:
        """Return a condition that may be used many times."""
        return self.compiler.layers.share(test) if isinstance(test, Sql) else test

    def hold(self, test: Truth) -> Truth:
        """Return a condition that is used many times, as a column of its own."""
        return self.compiler.layers.hold(test) if isinstance(test, Sql) else test

    def holds(self, ready: Ready) -> Truth:
        """Return whether a rule's condition holds."""
        return self.hold(self.compiler.test(ready.rule.when))

    def claims(self) -> list[Claim]:
        """Return the claims of all rules in force, in the order of the policy."""
        found: list[Claim] = []
        for ready in self.edition.rules:
            rule = ready.rule
            if ready.fen is not None and rule.amount is not None:
                payee = "worker" if rule.payee == "both" else rule.payee
                found.append(self._claim(ready, payee, rule.amount, ready.most, ready.fen))
            if ready.enterprise_fen is not None and rule.enterprise_amount is not None:
                most = ready.enterprise_most
                found.append(
                    self._claim(ready, "enterprise", rule.enterprise_amount, most, ready.enterprise_fen)
                )
        return [claim for claim in found if claim.there is not False]

    def _claim(
        self, ready: Ready, payee: str, amount: Operand, most: int | None, read: Callable[[Row], int | None]
    ) -> Claim:
        holds = self.holds(ready)
        fen = self._fen(amount, read)
        counting = self.compiler.arithmetic
        has = has_value(fen)
        bound = Whole(Sql(null("BIGINT")), 0, fen.high) if most is None else whole(most)
        top = fen if has is True else counting.shared(counting.choose([(has, fen), (True, bound)]))
        # An amount of nothing is no claim.
        there = self.hold(both(perhaps(holds), perhaps(counting.compare("!=", fen, whole(0)))))
        sure = self.hold(both(surely(holds), has))
        mask = self.missing(both(there, opposite(sure)), ready.rule.when, amount)
        return Claim(ready.rule, payee, there, sure, fen, top, mask)

    def _fen(self, amount: Operand, read: Callable[[Row], int | None]) -> Whole:
        """Return an amount in fen; null where it is unknown."""
        try:
            held = self.compiler.value(amount)
            if not isinstance(held, Number):
                return Whole(Sql(null("BIGINT")), 0, 0)
            counting = self.compiler.arithmetic
            return counting.shared(to_fen(counting, held, self.policy.parts.proration.rounding))
        except TooLarge:
            return Whole(self._exact((amount,), "INT128", read), 0, LARGE, wide=True)

    def limit(self, name: str) -> tuple[Whole, Mask]:
        """Return what is left under a cap: its limit less what already counts, never below nothing."""
        cap = next(each for each in self.policy.parts.combine if each.id == name)
        nodes = tuple(node for node in (cap.limit, cap.counted) if node is not None)
        left = self._left(nodes)
        return left, self.missing(self.truth(opposite(has_value(left))), TRUE, *nodes)

    def _left(self, nodes: tuple[Operand, ...]) -> Whole:
        counting = self.compiler.arithmetic
        fen = self._rest(nodes)
        if fen.sql is None:
            return whole(max(0, fen.low))
        above = counting.compare(">", fen, whole(0))
        rest = Whole(fen.sql, 0, max(0, fen.high), fen.wide)
        return counting.shared(counting.choose([(above, rest), (opposite(above), whole(0))]))

    def _rest(self, nodes: tuple[Operand, ...]) -> Whole:
        """Return the first amount less the second, in fen."""
        counting = self.compiler.arithmetic
        rounding = self.policy.parts.proration.rounding
        try:
            held = [self.compiler.value(node) for node in nodes]
            numbers = [each for each in held if isinstance(each, Number)]
            if len(numbers) < len(held):
                return Whole(Sql(null("BIGINT")), 0, 0)
            rest = numbers[0] if len(numbers) == 1 else counting.arith("-", *numbers)
            return counting.shared(to_fen(counting, rest, rounding))
        except TooLarge:
            reads = [self.edition.compiler.read(node) for node in nodes]

            def run(row: Row) -> int | None:
                values = [read(row) for read in reads]
                return None if None in values else ROUNDINGS[rounding](values[0] - sum(values[1:]))

            return Whole(self._exact(nodes, "INT128", run), -LARGE, LARGE, wide=True)

    # Missing facts

    def missing(self, when: Truth, condition: Condition, *amounts: Operand) -> Mask:
        """Return the mask of what is missing where `when`; nothing elsewhere."""
        gap = self.gaps.of(condition, *amounts)
        number = len(self.notes.asked)
        self.notes.asked.append(Asked(self.edition, condition, amounts))
        self.notes.doubts.append(self.truth(both(when, gap.doubt)))
        words: list[Sql] = []
        for word, local in enumerate(gap.mask):
            value = local
            if self.notes.resolved and self.notes.doubts[-1] is not False:
                found = column(f"g{number}.{word}")
                value = case([(known(found), found)], local)
            words.append(self.compiler.layers.share(case([(when, value)], cast(Sql(literal(0)), "BIGINT"))))
        return tuple(words)


def has_value(of: Whole) -> Truth:
    """Return whether a number has a value."""
    return True if of.sql is None else opposite(unknown(of.sql))
