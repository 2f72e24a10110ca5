"""KERNEL 4, batch (批量裁定): a checked policy over tables, on an engine, with the answers of the interpreter.

General layout, in the direction of travel:

    sql, dialect          pieces of SQL as trees; what engines say differently
    arithmetic            exact whole numbers and fractions, with bounds
    compiler, gaps        conditions and values; what is missing
    columns, stages       how tables are read; spells, persons, relations
    claims, packing       combinations; few columns for many states
    query, eras           the whole query; stretches of a year in which the policy changes
    lines, eligible       what it says of each person
    checks                what is wrong with the tables
    session, duck, postgres, spark    the engines
    receipt, running      what came of it
    reference             the interpreter over the same tables

The interpreter is the reference: every engine gives its answers, row by row. Nothing of the policy language is
refused on DuckDB and PostgreSQL; on Spark, what is larger than its numbers is refused by name before anything runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal

from huaying_governance.errors import MissingExtra
from huaying_governance.rules.policy import Policy
from huaying_governance.text import Text

if TYPE_CHECKING:
    from huaying_governance.batch.assessment import Assessment
    from huaying_governance.batch.receipt import Receipt
    from huaying_governance.batch.session import Progress, Session

Engine = Literal["duckdb", "postgres", "spark"]
_NEEDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "duckdb": ("batch", ("duckdb", "sqlglot")),
    "postgres": ("batch,postgres", ("psycopg", "sqlglot")),
    "spark": ("spark", ("pyspark", "sqlglot")),
}
__all__ = ["assess", "replay"]


def assess(
    policy: Policy,
    tables: Mapping[str, object],
    *,
    on: date,
    engine: Engine = "duckdb",
    out: object = None,
    connection: object = None,
    progress: Progress | None = None,
    memory: str | None = None,
    threads: int | None = None,
    scratch: str | None = None,
) -> Assessment:
    """Assess every person of `tables` as of `on`: the same answers as `policy.decide`, row by row.

    A subsidy yields a row per person and rule, an eligibility policy a row per person.

    `tables` has `persons` (`person`, a column per fact, a column of ids per relation) and, unless the persons hold the
    derived facts themselves, `spells` (`person`, `from`, `to`, a column per flag). On `duckdb` a table is a path of a
    Parquet or CSV file (patterns with `*` too) or an Arrow table; on `postgres` and `spark` the name of a table of
    the `connection` (a psycopg connection or its address; a Spark session or its address).

    `out` is a path (`.parquet`, `.csv`) or, on `postgres` and `spark`, the name of a new table; None keeps the rows in
    the engine. `memory` and `threads` bound DuckDB, which spills to the folder `scratch`. `progress` is called with the
    share that is done.

    Raises `Problems` with every kind of fault of the tables, before anything is written, and `MissingExtra`.
    """
    if policy.kind not in {"subsidy", "eligibility"}:
        raise TypeError(f"a policy of kind `{policy.kind}` decides no cases")
    session = _session(tables, engine, connection, memory, threads, scratch)
    from huaying_governance.batch.running import run  # noqa: PLC0415 - loads SQLGlot

    return run(policy, session, on, out, progress)


def replay(receipt: Receipt, policy: Policy, tables: Mapping[str, object], **options: Any) -> Text:
    """Run the batch of a receipt again and say that it came out the same, or what differs."""
    again = assess(policy, tables, on=receipt.on, **options)
    try:
        return receipt.compare(again.receipt())
    finally:
        again.close()


def _session(
    tables: Mapping[str, object],
    engine: str,
    connection: object,
    memory: str | None,
    threads: int | None,
    scratch: str | None,
) -> Session:
    extra, modules = _NEEDS[engine]
    if any(find_spec(module) is None for module in modules):
        raise MissingExtra(extra, f"assessing tables on {engine}")
    if engine == "postgres":
        from huaying_governance.batch.postgres import PostgresSession  # noqa: PLC0415

        return PostgresSession(tables, connection)
    if engine == "spark":
        from huaying_governance.batch.spark import SparkSession  # noqa: PLC0415

        return SparkSession(tables, connection)
    from huaying_governance.batch.duck import DuckSession  # noqa: PLC0415

    return DuckSession(tables, memory, threads, scratch)
