"""Pieces of SQL as trees (语句的部件): what a policy's tree becomes, and the layers that hold what is used twice.

A piece knows the layer from which it can be computed: 0 is the table of facts, and each layer adds columns to the one
below. What is used more than once becomes a column, so that a query grows with the policy and never doubles.
Constants stay Python values as long as they can; an unknown constant is None.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TypeAlias

from attrs import Factory, define, field, frozen
from sqlglot import exp

SMALL = 10
"""Nodes that a piece may have and still be written twice."""


@frozen(eq=False)
class Sql:
    """A piece of SQL, computable from the columns of layer `depth`."""

    tree: exp.Expr = field(repr=lambda tree: tree.sql())
    depth: int = 0
    sure: bool = field(default=Factory(lambda self: _is_constant(self.tree), takes_self=True))
    """It is never unknown, in no row."""

    def use(self) -> exp.Expr:
        """Return the tree to be put into another one: itself the first time, then copies."""
        return self.tree if self.tree.parent is None else self.tree.copy()


Truth: TypeAlias = Sql | bool | None
Words: TypeAlias = Sql | str | None
Day: TypeAlias = Sql | date | None


def _is_constant(tree: exp.Expr) -> bool:
    """Whether a tree is a constant that has a value."""
    while isinstance(tree, exp.Cast | exp.Neg):
        tree = tree.this
    return isinstance(tree, exp.Literal | exp.Boolean)


def column(name: str, depth: int = 0, table: str = "", *, sure: bool = False) -> Sql:
    """Return a column by its name."""
    return Sql(exp.column(name, table=table or None, quoted=True), depth, sure)


@cache
def _parsed(kind: str) -> exp.DataType:
    return exp.DataType.build(kind)


def type_of(kind: str) -> exp.DataType:
    """Return a type by its name."""
    return _parsed(kind).copy()


def literal(value: bool | int | str | date) -> exp.Expr:
    """Return a constant of SQL."""
    if isinstance(value, bool):
        return exp.true() if value else exp.false()
    if isinstance(value, int):
        number = exp.Literal.number(abs(value))
        return exp.Neg(this=number) if value < 0 else number
    if isinstance(value, date):
        return exp.Cast(this=exp.Literal.string(value.isoformat()), to=type_of("DATE"))
    return exp.Literal.string(value)


def null(kind: str) -> exp.Expr:
    """Return the unknown of a type."""
    return exp.Cast(this=exp.Null(), to=type_of(kind))


def piece(value: Sql | bool | str | date | None, kind: str = "BOOLEAN") -> Sql:
    """Return a piece for what may be a constant; `kind` is the type of an unknown one."""
    if isinstance(value, Sql):
        return value
    return Sql(null(kind) if value is None else literal(value))


def paren(tree: exp.Expr) -> exp.Expr:
    """Return the tree in brackets where it could be torn apart."""
    return (
        exp.Paren(this=tree)
        if isinstance(tree, exp.Binary | exp.Connector | exp.Not | exp.Neg | exp.Is)
        else tree
    )


def _deepest(parts: Iterable[Sql]) -> int:
    return max((part.depth for part in parts), default=0)


def both(*parts: Truth) -> Truth:
    """Return `and` by Kleene's tables."""
    return _junction(parts, exp.And, decisive=False)


def either(*parts: Truth) -> Truth:
    """Return `or` by Kleene's tables."""
    return _junction(parts, exp.Or, decisive=True)


def _junction(parts: tuple[Truth, ...], kind: type[exp.Connector], *, decisive: bool) -> Truth:
    if any(part is decisive for part in parts):
        return decisive
    held = [part for part in parts if not isinstance(part, bool)]
    if not held:
        return not decisive
    pieces = [piece(part) for part in held]
    if all(part is None for part in held):
        return None
    tree = paren(pieces[0].use())
    for part in pieces[1:]:
        tree = kind(this=tree, expression=paren(part.use()))
    return pieces[0] if len(pieces) == 1 else Sql(tree, _deepest(pieces), all(part.sure for part in pieces))


def opposite(of: Truth) -> Truth:
    """Return `not`; the unknown stays unknown."""
    if not isinstance(of, Sql):
        return None if of is None else not of
    return Sql(exp.Not(this=paren(of.use())), of.depth, of.sure)


def unknown(of: Sql | bool | str | date | int | None) -> Truth:
    """Return whether a piece has no value: never unknown itself."""
    if not isinstance(of, Sql):
        return of is None
    if of.sure:
        return False
    return Sql(exp.Is(this=paren(of.use()), expression=exp.Null()), of.depth, sure=True)


def known(of: Sql | bool | str | date | int | None) -> Truth:
    """Return whether a piece has a value."""
    return opposite(unknown(of))


def surely(of: Truth) -> Truth:
    """Return whether a condition is true: false where it is unknown."""
    if not isinstance(of, Sql):
        return of is True
    return _settled(of, exp.false())


def perhaps(of: Truth) -> Truth:
    """Return whether a condition is true or unknown."""
    if not isinstance(of, Sql):
        return of is not False
    return _settled(of, exp.true())


def _settled(of: Sql, otherwise: exp.Expr) -> Sql:
    """Return a condition with a constant in place of the unknown."""
    if of.sure:
        return of
    return Sql(exp.Coalesce(this=of.use(), expressions=[otherwise]), of.depth, sure=True)


def case(branches: Iterable[tuple[Truth, Sql]], default: Sql | None = None) -> Sql:
    """Return the first value whose condition is true, else `default`, else the unknown."""
    ifs: list[exp.Expr] = []
    used: list[Sql] = []
    sure = True
    for test, value in branches:
        if test is False or test is None:
            continue
        if test is True:
            default = value
            break
        ifs.append(exp.If(this=test.use(), true=value.use()))
        used += [test, value]
        sure = sure and value.sure
    if default is None:
        default = Sql(exp.Null())
    if not ifs:
        return default
    return Sql(exp.Case(ifs=ifs, default=default.use()), _deepest([*used, default]), sure and default.sure)


def binary(kind: type[exp.Binary], left: Sql, right: Sql) -> Sql:
    """Return an operation on two pieces."""
    tree = kind(this=paren(left.use()), expression=paren(right.use()))
    sure = left.sure and right.sure and not issubclass(kind, exp.Div | exp.IntDiv | exp.Mod)
    return Sql(tree, max(left.depth, right.depth), sure)


def cast(of: Sql, kind: str) -> Sql:
    """Return a piece as another type."""
    return Sql(exp.Cast(this=of.use(), to=type_of(kind)), of.depth, of.sure)


def aliased(of: Sql, name: str) -> exp.Expr:
    """Return a piece under a name."""
    return exp.Alias(this=of.use(), alias=exp.to_identifier(name, quoted=True))


def size(tree: exp.Expr) -> int:
    """Return how many nodes a tree has, counted as far as it matters."""
    count = 0
    for _ in tree.walk():
        count += 1
        if count > SMALL:
            break
    return count


@define(eq=False)
class Layers:
    """The columns added layer by layer, in the order in which they can be computed."""

    columns: list[list[tuple[str, exp.Expr]]] = field(factory=list)
    _known: dict[str, Sql] = field(factory=dict)

    def share(self, of: Sql) -> Sql:
        """Return a piece that may be used many times: itself where it is small, else a column that holds it."""
        return of if size(of.tree) <= SMALL else self.hold(of)

    def hold(self, of: Sql) -> Sql:
        """Return the column that holds a piece, one layer up; the same tree is held once."""
        if isinstance(of.tree, exp.Column):
            return of
        key = f"{of.depth}:{of.tree.sql()}"
        found = self._known.get(key)
        if found is None:
            while len(self.columns) <= of.depth:
                self.columns.append([])
            number = sum(len(layer) for layer in self.columns)
            name = f"#{number + 1}"
            self.columns[of.depth].append((name, of.use()))
            found = self._known[key] = column(name, of.depth + 1, sure=of.sure)
        return found
