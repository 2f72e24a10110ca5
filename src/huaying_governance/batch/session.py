"""What a batch asks of an engine (引擎接口): columns, rows, a small table to join, and the lines written out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from sqlglot import exp

from huaying_governance.batch.columns import Column
from huaying_governance.batch.dialect import Dialect
from huaying_governance.batch.eras import Function

Progress = Callable[[float], None]
"""Is called now and then with the share that is done, from 0 to 1."""


class Session(Protocol):
    """An open engine with the tables of one case."""

    @property
    def dialect(self) -> Dialect:
        """How the engine says things."""
        ...

    @property
    def version(self) -> str:
        """The engine and its version."""
        ...

    @property
    def names(self) -> Mapping[str, str]:
        """The names of the tables `persons` and `spells` in the engine; `spells` may be absent."""
        ...

    def columns(self, name: str) -> dict[str, Column]:
        """Return the columns of a table."""
        ...

    def rows(self, tree: exp.Expr) -> list[tuple[Any, ...]]:
        """Return the rows of a query whose answer is small."""
        ...

    def stream(self, tree: exp.Expr) -> Iterable[tuple[Any, ...]]:
        """Yield the rows of a query."""
        ...

    def arrow(self, tree: exp.Expr) -> Any:
        """Return the rows of a query as an Arrow table."""
        ...

    def hold(self, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], like: str) -> None:
        """Keep rows of whole numbers as the table `found`; the first column has the type of `person` in `like`."""
        ...

    def define(self, functions: Sequence[Function]) -> None:
        """Make functions of the interpreter known to the engine."""
        ...

    def write(self, tree: exp.Expr, out: object, progress: Progress | None) -> exp.Expr:
        """Write the lines to `out`, or keep them; return how the engine names what was written."""
        ...

    def fingerprint(self, name: str) -> str | None:
        """Return a digest of the bytes of a table's file; None where it is no file."""
        ...

    def close(self) -> None:
        """Give back what the session holds."""
        ...
