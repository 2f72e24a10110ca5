"""The whole query (查询): from the tables of a case to one row per person and rule, for any engine.

    people    persons joined to their runs of spells         held once, because relations read it again
    base      people joined to their relations               one row per person: what the policy reads
    layers    columns for what is used more than once        generated
    judged    the state of each claim, in few packed columns held once, because every rule's lines read it
    lines     one branch per claim, and one for who gets nothing
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Literal, TypeAlias, cast as as_type

from attrs import define, field, frozen
from sqlglot import exp

from huaying_governance.batch.arithmetic import Number, TooLarge, Whole, whole
from huaying_governance.batch.claims import Claim
from huaying_governance.batch.compiler import Compiler
from huaying_governance.batch.dialect import Dialect
from huaying_governance.batch.gaps import Gaps, Mask
from huaying_governance.batch.sql import (
    Sql,
    Truth,
    aliased,
    both,
    case,
    cast,
    column,
    either,
    known,
    literal,
    null,
    opposite,
    perhaps,
    piece,
    surely,
    unknown,
)
from huaying_governance.batch.stages import PEOPLE, PERSON, Stages, Tables
from huaying_governance.rules.compile import Row
from huaying_governance.rules.edition import Edition, Ready
from huaying_governance.rules.policy import Policy
from huaying_governance.rules.ranges import exact
from huaying_governance.rules.rounding import ROUNDINGS
from huaying_governance.rules.tree import TRUE, Condition, Node, Operand

JUDGED = "judged"
LARGE = 10**37
Result: TypeAlias = Literal["BOOLEAN", "INT128"]
Asked: TypeAlias = tuple[Condition, tuple[Operand, ...]]
"""A condition, and the amounts that are paid where it holds: what something can be missing for."""


@frozen(eq=False)
class Function:
    """What the engine asks of the interpreter, where a number is too large for it: a value from some facts."""

    name: str
    kinds: tuple[str, ...]
    result: Result
    call: Callable[..., Any]


@frozen(eq=False)
class Query:
    """A policy as of a day as a query.

    `doubtful` yields the rows whose missing facts the interpreter must find, by the columns `c0`, `c1`… for `paths`;
    what it finds for `asked` goes to the columns `masks` of a table `found`.
    """

    lines: exp.Expression
    doubtful: exp.Expression | None
    asked: tuple[Asked, ...]
    paths: tuple[str, ...]
    masks: tuple[str, ...]
    functions: tuple[Function, ...] = ()


@define(eq=False)
class Builder:
    """Builds what every query needs: claims, limits, missing facts, and the stages below them."""

    policy: Policy
    on: date
    tables: Tables
    dialect: Dialect
    scales: Mapping[str, int]
    resolved: bool = False
    functions: list[Function] = field(factory=list, init=False)
    asked: list[Asked] = field(factory=list, init=False)
    doubts: list[Truth] = field(factory=list, init=False)
    edition: Edition = field(init=False)
    compiler: Compiler = field(init=False)
    stages: Stages = field(init=False)
    gaps: Gaps = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Make the compiler of the edition of the policy."""
        self.edition = self.policy.edition(self.on)
        exactly = self._exact_test if self.dialect.name == "duckdb" else None
        parameters = self.edition.compiler.parameters
        self.compiler = Compiler(self.dialect, parameters, self.on, self.scales, exactly)
        self.stages = Stages(self.policy, self.on, self.tables, self.dialect, self.compiler)
        self.gaps = Gaps(self.compiler, self.policy.layout.slots)

    # Numbers beyond the engine

    def _exact_test(self, node: Condition) -> Sql:
        return self._exact((node,), "BOOLEAN", self.edition.compiler.test(node))

    def _exact(self, nodes: Sequence[Node], result: Result, run: Callable[[Row], Any]) -> Sql:
        """Return a call of the interpreter; only DuckDB can make one."""
        if self.dialect.name != "duckdb":
            raise TooLarge
        paths = self.gaps.read_by(*nodes)
        name = f"hg_exact_{len(self.functions) + 1}"
        self.functions.append(Function(name, tuple(map(self._kind, paths)), result, self._caller(paths, run)))
        call = exp.Anonymous(this=name, expressions=[column(path).use() for path in paths])
        return self.compiler.layers.hold(cast(Sql(call), result))

    def _caller(self, paths: Sequence[str], run: Callable[[Row], Any]) -> Callable[..., Any]:
        """Return what computes a value from the columns of some facts, as a row of the interpreter."""
        slots = self.policy.layout.slots
        places = [(slots[path], self.scales.get(path.rpartition(".")[2], 0)) for path in paths]
        empty = [self.on, *([None] * len(slots))]

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
        return {"boolean": "BOOLEAN", "date": "DATE", "text": "VARCHAR", "choice": "VARCHAR"}.get(kind, "HUGEINT")

    # Claims

    def truth(self, test: Truth) -> Truth:
        """Return a condition that may be used many times."""
        return self.compiler.layers.share(test) if isinstance(test, Sql) else test

    def holds(self, ready: Ready) -> Truth:
        """Return whether a rule's condition holds."""
        test = self.compiler.test(ready.rule.when)
        return self.compiler.layers.hold(test) if isinstance(test, Sql) else test

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
        has = has_value(fen)
        counting = self.compiler.arithmetic
        bound = Whole(Sql(null("BIGINT")), 0, fen.high) if most is None else whole(most)
        top = fen if has is True else counting.shared(counting.choose([(has, fen), (True, bound)]))
        there = perhaps(holds)
        sure = self.truth(both(surely(holds), has))
        mask = self.missing(both(there, opposite(sure)), ready.rule.when, amount)
        return Claim(ready.rule, payee, there, sure, fen, top, mask)

    def _fen(self, amount: Operand, read: Callable[[Row], int | None]) -> Whole:
        """Return an amount in fen; null where it is unknown."""
        try:
            held = self.compiler.value(amount)
            if not isinstance(held, Number):
                return Whole(Sql(null("BIGINT")), 0, 0)
            counting = self.compiler.arithmetic
            return counting.shared(counting.fen(held, self.policy.parts.proration.rounding))
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
            return counting.shared(counting.fen(rest, rounding))
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
        number = len(self.asked)
        self.asked.append((condition, amounts))
        self.doubts.append(self.truth(both(when, gap.doubt)))
        words: list[Sql] = []
        for word, local in enumerate(gap.mask):
            value = local
            if self.resolved and self.doubts[-1] is not False:
                found = column(f"g{number}.{word}")
                value = case([(known(found), found)], local)
            words.append(self.compiler.layers.share(case([(when, value)], cast(Sql(literal(0)), "BIGINT"))))
        return tuple(words)

    # The whole

    def query(self, judged: list[tuple[str, Sql]], branches: list[exp.Select]) -> Query:
        """Return the query of `branches`, which read the columns `judged` of every person."""
        words = range(self.gaps.words)
        doubted = [number for number, doubt in enumerate(self.doubts) if doubt is not False]
        masks = tuple(f"g{number}.{word}" for number in doubted for word in words)
        lines = exp.union(*branches, distinct=False, copy=False) if len(branches) > 1 else branches[0]
        lines = self._with(lines, PEOPLE, self.stages.people())
        lines = self._with(lines, JUDGED, self._layered(judged, masks))
        paths = tuple(self.policy.layout.slots)
        doubtful = self._doubtful(paths) if masks and not self.resolved else None
        return Query(lines, doubtful, tuple(self.asked), paths, masks, tuple(self.functions))

    def _with(self, of: exp.Expression, name: str, held: exp.Select) -> exp.Expression:
        # Spark has no word for holding a part of a query.
        materialized = None if self.dialect.name == "spark" else True
        query = as_type("exp.Query", of)
        return query.with_(name, as_=held, materialized=materialized, copy=False)

    def _doubtful(self, paths: tuple[str, ...]) -> exp.Expression:
        """Return the rows whose missing facts stand in several unknown statements."""
        doubt = piece(either(*self.doubts))
        columns = [(f"c{number}", column(path)) for number, path in enumerate(paths)]
        found = self._layered([*columns, ("doubt", doubt)], ())
        outer = exp.select(exp.Star()).from_(found.subquery("d"), copy=False)
        return self._with(outer.where(column("doubt").use(), copy=False), PEOPLE, self.stages.people())

    def _layered(self, values: list[tuple[str, Sql]], masks: tuple[str, ...]) -> exp.Select:
        """Return `values` of every person, selected from the layers over the base."""
        below = self.stages.base(masks if self.resolved else ())
        for number, layer in enumerate(self.compiler.layers.columns):
            below = self._over(below, number).select(exp.Star(), copy=False)
            for name, tree in layer:
                below = below.select(exp.alias_(tree.copy(), name, quoted=True), copy=False)
        top = self._over(below, len(self.compiler.layers.columns))
        return top.select(column(PERSON).use(), *(aliased(value, name) for name, value in values), copy=False)

    def _over(self, below: exp.Select, number: int) -> exp.Select:
        if self.dialect.name == "postgres":
            # Without this fence the planner would write every column out again wherever it is used.
            below = below.offset(0, copy=False)
        return exp.select().from_(below.subquery(f"l{number}"), copy=False)


def has_value(of: Whole) -> Truth:
    """Return whether a number has a value."""
    return True if of.sql is None else opposite(unknown(of.sql))
