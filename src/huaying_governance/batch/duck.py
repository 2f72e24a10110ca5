"""DuckDB, embedded (嵌入式引擎): Parquet, CSV and Arrow in and out, larger than memory."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
from attrs import define, field
from sqlglot import exp

from huaying_governance.batch.columns import Column, column_of
from huaying_governance.batch.dialect import DIALECTS, Dialect
from huaying_governance.batch.eras import Function
from huaying_governance.batch.session import Progress
from huaying_governance.batch.tables import FOUND, PERSON, table
from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.text import Text

RESULTS = "results"
POLL = 0.2
NO_SOURCE = Text(
    "数据来源应为 .parquet 或 .csv 文件，或 Arrow 表", "a table is a .parquet or .csv file, or an Arrow table"
)
GIVE = Text("给出这样的来源", "give such a source")


@define(eq=False)
class DuckSession:
    """An embedded DuckDB with the tables of one case."""

    sources: Mapping[str, object]
    memory: str | None = None
    threads: int | None = None
    scratch: str | None = None
    dialect: Dialect = field(default=DIALECTS["duckdb"], init=False)
    connection: Any = field(init=False)
    names: Mapping[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Open the engine and name the sources."""
        settings: dict[str, Any] = {"preserve_insertion_order": False}
        if self.memory is not None:
            settings["memory_limit"] = self.memory
        if self.threads is not None:
            settings["threads"] = self.threads
        if self.scratch is not None:
            settings["temp_directory"] = self.scratch
        self.connection = duckdb.connect(config=settings)
        self.names = {name: name for name in self.sources}
        for name, source in self.sources.items():
            self._open(name, source)

    @property
    def version(self) -> str:
        """The engine and its version."""
        return f"duckdb {duckdb.__version__}"

    def _open(self, name: str, source: object) -> None:
        if not isinstance(source, str | Path):
            self.connection.register(name, source)
            return
        suffix = Path(source).suffix.lower()
        if suffix not in {".parquet", ".csv"}:
            raise Problems([Problem("source", NO_SOURCE, GIVE, Place(name))])
        reader = "read_parquet" if suffix == ".parquet" else "read_csv"
        arguments: list[exp.Expr] = [exp.Literal.string(str(source))]
        if suffix == ".csv":
            # All as text: values are read strictly, by the types of the policy's facts.
            arguments.extend(
                exp.PropertyEQ(this=exp.to_identifier(option), expression=exp.true())
                for option in ("header", "all_varchar")
            )
        read = exp.Anonymous(this=reader, expressions=arguments)
        view = exp.Create(
            this=table(name, ""),
            kind="VIEW",
            expression=exp.select(exp.Star()).from_(exp.Table(this=read)),
            properties=exp.Properties(expressions=[exp.TemporaryProperty()]),
        )
        self._run(self.dialect.render(view))

    def _run(self, text: str) -> Any:
        return self.connection.execute(text)

    def columns(self, name: str) -> dict[str, Column]:
        """Return the columns of a table."""
        held = self._run(f'DESCRIBE "{name}"').fetchall()
        return {row[0]: column_of(row[0], row[1]) for row in held}

    def rows(self, tree: exp.Expr) -> list[tuple[Any, ...]]:
        """Return the rows of a query whose answer is small."""
        found: list[tuple[Any, ...]] = self._run(self.dialect.render(tree)).fetchall()
        return found

    def stream(self, tree: exp.Expr) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query."""
        self._run(self.dialect.render(tree))
        while chunk := self.connection.fetchmany(10_000):
            yield from chunk

    def hold(self, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], like: str) -> None:
        """Keep rows of whole numbers as the table `found`."""
        kinds = ", ".join(f'"{name}" BIGINT' for name in columns[1:])
        written = self.columns(like)[PERSON].written
        self._run(f'CREATE TEMP TABLE "{FOUND}" ("{PERSON}" {written}, {kinds})')
        marks = ", ".join("?" for _ in columns)
        self.connection.executemany(f'INSERT INTO "{FOUND}" VALUES ({marks})', list(rows))  # noqa: S608 - our name

    def define(self, functions: Sequence[Function]) -> None:
        """Make functions of the interpreter known to the engine."""
        for function in functions:
            self.connection.create_function(
                function.name,
                function.call,
                list(function.kinds),
                {"BOOLEAN": "BOOLEAN", "INT128": "HUGEINT"}[function.result],
                null_handling="special",
            )

    def write(self, tree: exp.Expr, out: object, progress: Progress | None) -> exp.Expr:
        """Write the lines to a file, or keep them as a table."""
        query = self.dialect.render(tree)
        if out is None:
            self._watch(f'CREATE TEMP TABLE "{RESULTS}" AS {query}', progress)
            return table(RESULTS, "o")
        path = Path(str(out))
        kind = {".parquet": "PARQUET", ".csv": "CSV"}.get(path.suffix.lower())
        if kind is None:
            raise Problems([Problem("source", NO_SOURCE, GIVE, Place("out"))])
        target = exp.Literal.string(str(path)).sql(dialect="duckdb")
        options = "FORMAT PARQUET" if kind == "PARQUET" else "FORMAT CSV, HEADER"
        self._watch(f"COPY ({query}) TO {target} ({options})", progress)
        reader = exp.Anonymous(
            this="read_parquet" if kind == "PARQUET" else "read_csv",
            expressions=[exp.Literal.string(str(path))],
        )
        return exp.Table(this=reader, alias=exp.TableAlias(this=exp.to_identifier("o", quoted=True)))

    def _watch(self, text: str, progress: Progress | None) -> None:
        """Run a statement, telling how far it is."""
        if progress is None:
            self._run(text)
            return
        failed: list[BaseException] = []
        worker = threading.Thread(target=_guarded(lambda: self._run(text), failed))
        worker.start()
        while worker.is_alive():
            worker.join(POLL)
            share = self.connection.query_progress()
            if 0 <= share < 100:
                progress(share / 100)
        if failed:
            raise failed[0]
        progress(1.0)

    def arrow(self, tree: exp.Expr) -> Any:
        """Return the rows of a query as an Arrow table."""
        return self.connection.sql(self.dialect.render(tree)).to_arrow_table()

    def fingerprint(self, name: str) -> str | None:
        """Return the sha256 of a table's file; None where it is no single file."""
        source = self.sources.get(name)
        if not isinstance(source, str | Path) or not Path(source).is_file():
            return None
        with Path(source).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def close(self) -> None:
        """Close the engine."""
        self.connection.close()


def _guarded(run: Callable[[], object], failed: list[BaseException]) -> Callable[[], None]:
    def guarded() -> None:
        try:
            run()
        except BaseException as error:
            failed.append(error)

    return guarded
