"""PostgreSQL (关系数据库引擎): the same query where the tables live; results go to a new table, a CSV file, or stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg
from attrs import define, field
from psycopg import sql
from sqlglot import exp

from huaying_governance.batch.columns import Column, column_of
from huaying_governance.batch.dialect import DIALECTS, Dialect
from huaying_governance.batch.eras import Function
from huaying_governance.batch.session import Progress
from huaying_governance.batch.tables import FOUND, PERSON, table
from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.text import Text

RESULTS = "hg_results"
NO_TABLE = Text("没有这个表", "there is no such table")
NAME_IT = Text("给出连接中可见的表名", "give the name of a table that the connection sees")


@define(eq=False)
class PostgresSession:
    """Tables of a PostgreSQL database, over one connection: given, or opened from an address."""

    sources: Mapping[str, object]
    given: object
    dialect: Dialect = field(default=DIALECTS["postgres"], init=False)
    connection: Any = field(init=False)
    names: Mapping[str, str] = field(init=False)
    _written: str = field(default="", init=False)

    def __attrs_post_init__(self) -> None:
        """Connect, unless a connection was given."""
        own = isinstance(self.given, str)
        self.connection = psycopg.connect(str(self.given)) if own else self.given
        self.names = {name: str(source) for name, source in self.sources.items()}

    @property
    def version(self) -> str:
        """The engine and its version."""
        return f"postgresql {self.connection.info.parameter_status('server_version').split()[0]}"

    def _execute(self, text: str) -> Any:
        # Without arguments psycopg leaves `%` alone.
        return self.connection.execute(text.encode())

    def columns(self, name: str) -> dict[str, Column]:
        """Return the columns of a table."""
        found = self._execute(self.dialect.render(exp.select(exp.Star()).from_(table(name, "t")).limit(0)))
        kinds = {}
        for column in found.description or ():
            written = str(column.type_display)
            kinds[column.name] = column_of(
                column.name, {"bpchar": "text", "varchar": "text"}.get(written, written)
            )
        if not kinds:
            raise Problems([Problem("source", NO_TABLE, NAME_IT, Place(name))])
        return kinds

    def rows(self, tree: exp.Expr) -> list[tuple[Any, ...]]:
        """Return the rows of a query whose answer is small."""
        found: list[tuple[Any, ...]] = self._execute(self.dialect.render(tree)).fetchall()
        return found

    def stream(self, tree: exp.Expr) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query."""
        with self.connection.cursor(name="hg_stream") as cursor:
            cursor.itersize = 10_000
            yield from cursor.execute(self.dialect.render(tree).encode())

    def arrow(self, tree: exp.Expr) -> Any:
        """Return the rows of a query as an Arrow table."""
        import pyarrow  # noqa: PLC0415 - needed only here

        found = self._execute(self.dialect.render(tree))
        names = [each.name for each in found.description or ()]
        columns = zip(*found.fetchall(), strict=True) if found.rowcount else ([] for _ in names)
        return pyarrow.table(dict(zip(names, map(list, columns), strict=True)))

    def hold(self, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], like: str) -> None:
        """Keep rows of whole numbers as the table `found`."""
        kinds = [sql.SQL("{} BIGINT").format(sql.Identifier(name)) for name in columns[1:]]
        of_person = sql.SQL("bigint" if self.columns(like)[PERSON].kind == "integer" else "text")
        parts = sql.SQL(", ").join([sql.SQL("{} {}").format(sql.Identifier(PERSON), of_person), *kinds])
        self.connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(FOUND)))
        self.connection.execute(sql.SQL("CREATE TEMP TABLE {} ({})").format(sql.Identifier(FOUND), parts))
        with (
            self.connection.cursor() as cursor,
            cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(FOUND))) as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def define(self, functions: Sequence[Function]) -> None:
        """Nothing: numbers have no bound here."""

    def write(self, tree: exp.Expr, out: object, progress: Progress | None) -> exp.Expr:
        """Write the lines to a new table, or to a CSV file from a temporary one."""
        path = out if isinstance(out, Path) or str(out).lower().endswith(".csv") else None
        name = RESULTS if out is None or path is not None else str(out)
        temporary = out is None or path is not None
        if temporary:
            self.connection.execute(sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(sql.Identifier(name)))
        made = exp.Create(this=table(name, ""), kind="TABLE", expression=tree)
        if temporary:
            made.set("properties", exp.Properties(expressions=[exp.TemporaryProperty()]))
        self._execute(self.dialect.render(made))
        if path is not None:
            self._copy(name, Path(str(path)))
        elif not temporary:
            self.connection.commit()
        if progress is not None:
            progress(1.0)
        return table(name, "o")

    def _copy(self, name: str, path: Path) -> None:
        text = sql.SQL("COPY {} TO STDOUT (FORMAT CSV, HEADER)").format(sql.Identifier(name))
        with path.open("wb") as file, self.connection.cursor() as cursor, cursor.copy(text) as copy:
            for block in copy:
                file.write(block)

    def fingerprint(self, name: str) -> str | None:  # noqa: ARG002 - the engine's door has it
        """None: a table is no file."""
        return None

    def close(self) -> None:
        """Close the connection where this session opened it; undo what is temporary otherwise."""
        if isinstance(self.given, str):
            self.connection.close()
        else:
            self.connection.rollback()
