"""Spark SQL on an existing cluster (分布式引擎), through Spark Connect: tables by name, a new table out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyspark  # pyright: ignore[reportMissingImports]
from attrs import define, field
from sqlglot import exp

from huaying_governance.batch.columns import Column, column_of
from huaying_governance.batch.dialect import DIALECTS, Dialect
from huaying_governance.batch.eras import Function
from huaying_governance.batch.session import Progress
from huaying_governance.batch.tables import FOUND, PERSON, table

RESULTS = "hg_results"
SETTINGS = {
    # Layers keep what is used twice apart; putting them together again would write it out wherever it is used.
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.CollapseProject",
    # The constraints of many columns made of each other are too many to be followed up.
    "spark.sql.constraintPropagation.enabled": "false",
    # Each layer takes a round of the analyser; a hundred rounds are too few for a large policy.
    "spark.sql.analyzer.maxIterations": "10000",
    "spark.sql.optimizer.maxIterations": "1000",
}


@define(eq=False)
class SparkSession:
    """Tables of a Spark cluster, over a given session or one opened from an address (`sc://host:15002`)."""

    sources: Mapping[str, object]
    given: object
    dialect: Dialect = field(default=DIALECTS["spark"], init=False)
    session: Any = field(init=False)
    names: Mapping[str, str] = field(init=False)
    _before: Mapping[str, str | None] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        """Connect, unless a session was given."""
        self.session = self._connect(self.given) if isinstance(self.given, str) else self.given
        self.names = {name: str(source) for name, source in self.sources.items()}
        self._before = {name: self.session.conf.get(name, None) for name in SETTINGS}
        for name, value in SETTINGS.items():
            self.session.conf.set(name, value)

    @staticmethod
    def _connect(address: str) -> Any:
        from pyspark.sql.connect.session import (  # noqa: PLC0415  # pyright: ignore[reportMissingImports]
            SparkSession as Connect,
        )

        return Connect.builder.remote(address).getOrCreate()

    @property
    def version(self) -> str:
        """The engine and its version."""
        return f"spark {self.session.version} (client {pyspark.__version__})"

    def _run(self, tree: exp.Expr) -> Any:
        """Return the frame of a query; the parts that it holds are computed once, one after the other.

        Spark would write each of them out wherever it is used, and take as long to plan as that grows.
        """
        parts = tree.args.get("with_")
        if parts is None:
            return self.session.sql(self.dialect.render(tree))
        for part in parts.expressions:
            held = self._run(part.this).localCheckpoint(eager=True)
            held.createOrReplaceTempView(part.alias)
        bare = tree.copy()
        bare.set("with_", None)
        return self.session.sql(self.dialect.render(bare))

    def columns(self, name: str) -> dict[str, Column]:
        """Return the columns of a table."""
        fields = self.session.table(name).schema.fields
        return {each.name: column_of(each.name, each.dataType.simpleString()) for each in fields}

    def rows(self, tree: exp.Expr) -> list[tuple[Any, ...]]:
        """Return the rows of a query whose answer is small."""
        return [tuple(row) for row in self._run(tree).collect()]

    def stream(self, tree: exp.Expr) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query."""
        for row in self._run(tree).toLocalIterator():
            yield tuple(row)

    def arrow(self, tree: exp.Expr) -> Any:
        """Return the rows of a query as an Arrow table."""
        return self._run(tree).toArrow()

    def hold(self, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], like: str) -> None:
        """Keep rows of whole numbers as the table `found`."""
        kinds = ", ".join(
            [
                f"`{PERSON}` {self.columns(like)[PERSON].written}",
                *(f"`{name}` BIGINT" for name in columns[1:]),
            ]
        )
        self.session.createDataFrame(list(rows), kinds).createOrReplaceTempView(FOUND)

    def define(self, functions: Sequence[Function]) -> None:
        """Nothing: what is too large is refused before it runs."""

    def write(self, tree: exp.Expr, out: object, progress: Progress | None) -> exp.Expr:
        """Write the lines to a new table or a folder of Parquet files; or keep them as a view, run when it is read."""
        frame = self._run(tree)
        if out is None:
            frame.createOrReplaceTempView(RESULTS)
            name = RESULTS
        elif str(out).endswith(".parquet"):
            frame.write.parquet(str(out))
            name = RESULTS
            self.session.read.parquet(str(out)).createOrReplaceTempView(RESULTS)
        else:
            name = str(out)
            frame.write.saveAsTable(name)
        if progress is not None:
            progress(1.0)
        return table(name, "o")

    def fingerprint(self, name: str) -> str | None:  # noqa: ARG002 - the engine's door has it
        """None: a table is no file."""
        return None

    def close(self) -> None:
        """Give the session back to its owner with the settings that it had."""
        for name, value in self._before.items():
            if value is None:
                self.session.conf.unset(name)
            else:
                self.session.conf.set(name, value)
