"""The whole query (查询): from the tables of a case to one row per person and rule, for any engine.

people    persons joined to their runs of spells         held once, because relations read it again
base      people joined to their relations               one row per person: what the policy reads
layers    columns for what is used more than once        generated
judged    the state of each claim, in few packed columns held once, because every rule's lines read it
lines     one branch per claim, and one for who gets nothing
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast as as_type

from attrs import define, field, frozen
from sqlglot import exp

from huaying_governance.batch.compiler import Compiler
from huaying_governance.batch.dialect import Dialect
from huaying_governance.batch.eras import Asked, Era, Function, Notes
from huaying_governance.batch.gaps import Gaps
from huaying_governance.batch.sql import Layers, Sql, Truth, aliased, column, either, piece
from huaying_governance.batch.stages import Stages, derivations
from huaying_governance.batch.tables import DOUBTED, JUDGED, PEOPLE, PERSON, Tables, table
from huaying_governance.rules.edition import Edition
from huaying_governance.rules.policy import Policy
from huaying_governance.rules.subsidy import stretches


@frozen(eq=False)
class Query:
    """A policy as of a day as a query.

    `doubtful` yields the rows whose missing facts the interpreter must find, by the columns `c0`, `c1`… for `paths`;
    what it finds for `asked` goes to the columns `masks` of a table `hg_found`.
    """

    lines: exp.Expr
    doubtful: exp.Expr | None
    asked: tuple[Asked, ...]
    paths: tuple[str, ...]
    masks: tuple[str, ...]
    functions: tuple[Function, ...] = ()


@define(eq=False)
class Builder:
    """Builds what every query needs: the stretches of days, the stages below them, the layers above."""

    policy: Policy
    on: date
    tables: Tables
    dialect: Dialect
    scales: Mapping[str, int]
    resolved: bool = False
    layers: Layers = field(factory=Layers, init=False)
    notes: Notes = field(init=False)
    eras: tuple[Era, ...] = field(init=False)
    stages: Stages = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Make the compilers of the stretches of days."""
        self.notes = Notes(self.policy, self.on, self.scales, self.resolved)
        parts = self.policy.parts
        held = stretches(self.on, self.policy.edition) if parts.changes == "split" else []
        if len(held) > 1:
            self.eras = tuple(self._era(edition, (last - first).days + 1) for first, last, edition in held)
        else:
            self.eras = (self._era(self.policy.edition(self.on), 1),)
        self.stages = Stages(self.policy, self.on, self.tables, self.dialect, self.eras[0].compiler)

    @property
    def certain(self) -> frozenset[str]:
        """The facts that no row lacks: by what was counted, and those that follow from spells without a vague flag."""
        derived = derivations(self.policy, self.on) if self.tables.spells is not None else ()
        follow = {each.fact.name for each in derived if each.flag not in self.tables.vague}
        return self.tables.certain | follow

    def _era(self, edition: Edition, days: int) -> Era:
        parameters = edition.compiler.parameters
        compiler = Compiler(self.dialect, parameters, self.on, self.scales, self.layers, self.certain)
        era = Era(self.notes, edition, compiler, Gaps(compiler, self.policy.layout.slots), days)
        if self.dialect.name == "duckdb":
            compiler.exactly = era.exact_test
        return era

    def truth(self, test: Truth) -> Truth:
        """Return a condition that may be used many times."""
        return self.layers.share(test) if isinstance(test, Sql) else test

    # The whole

    def query(self, judged: list[tuple[str, Sql]], branches: list[exp.Select]) -> Query:
        """Return the query of `branches`, which read the columns `judged` of every person."""
        words = range(self.eras[0].gaps.words)
        doubted = [number for number, doubt in enumerate(self.notes.doubts) if doubt is not False]
        masks = tuple(f"g{number}.{word}" for number in doubted for word in words)
        lines: exp.Expr = (
            exp.union(*branches, distinct=False, copy=False) if len(branches) > 1 else branches[0]
        )
        lines = self._with(lines, PEOPLE, self.stages.people())
        lines = self._with(lines, JUDGED, self._layered(judged, masks))
        paths = tuple(self.policy.layout.slots)
        doubtful = self._doubtful(paths) if masks and not self.resolved else None
        return Query(lines, doubtful, tuple(self.notes.asked), paths, masks, tuple(self.notes.functions))

    def _with(self, of: exp.Expr, name: str, held: exp.Select) -> exp.Expr:
        # Spark has no word for holding a part of a query.
        materialized = None if self.dialect.name == "spark" else True
        query = as_type("exp.Query", of)
        made: exp.Expr = query.with_(name, as_=held, materialized=materialized, copy=False)
        return made

    def _doubtful(self, paths: tuple[str, ...]) -> exp.Expr:
        """Return the rows whose missing facts stand in several unknown statements."""
        doubt = piece(either(*self.notes.doubts))
        columns = [(f"c{number}", column(path)) for number, path in enumerate(paths)]
        outer = exp.select(exp.Star()).from_(table(DOUBTED, "d"), copy=False)
        outer = outer.where(column("doubt").use(), copy=False)
        held = self._with(outer, PEOPLE, self.stages.people())
        return self._with(held, DOUBTED, self._layered([*columns, ("doubt", doubt)], ()))

    def _layered(self, values: list[tuple[str, Sql]], masks: tuple[str, ...]) -> exp.Select:
        """Return `values` of every person, selected from the layers over the base."""
        below = self.stages.base(masks if self.resolved else ())
        for number, layer in enumerate(self.layers.columns):
            below = self._over(below, number).select(exp.Star(), copy=False)
            for name, tree in layer:
                below = below.select(aliased(Sql(tree.copy()), name), copy=False)
        top = self._over(below, len(self.layers.columns))
        return top.select(column(PERSON).use(), *(aliased(value, name) for name, value in values), copy=False)

    def _over(self, below: exp.Select, number: int) -> exp.Select:
        if self.dialect.name == "postgres":
            # Without this fence the planner would write every column out again wherever it is used.
            below = below.offset(0, copy=False)
        return exp.select().from_(below.subquery(f"l{number}", copy=False), copy=False)
