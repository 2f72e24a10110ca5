"""Columns of tables (列): of what type each is, and how it is read as a fact: strictly, or not at all.

A column whose type cannot hold its fact (a float for an amount, a moment for a day) is refused before anything runs.
Where every column is text, as in CSV, each value is read strictly; one that cannot be read is a problem of its row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import frozen
from sqlglot import exp

from huaying_governance.batch.arithmetic import LONG
from huaying_governance.batch.dialect import Dialect
from huaying_governance.batch.sql import (
    Sql,
    Truth,
    binary,
    both,
    case,
    cast,
    either,
    known,
    literal,
    opposite,
    unknown,
)
from huaying_governance.errors import Place, Problem
from huaying_governance.rules.exact import FIRST_YEAR, LAST_YEAR, Exact
from huaying_governance.rules.facts import MAX_TEXT
from huaying_governance.rules.model import Fact
from huaying_governance.rules.tree import LARGEST, Type
from huaying_governance.text import Text, same

Kind: TypeAlias = Literal["boolean", "integer", "decimal", "text", "date", "other"]
YES, NO = ("yes", "true", "是"), ("no", "false", "否")
_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"bool(ean)?", "boolean"),
    (r"(u?(tiny|small|big|huge)?int(eger)?|int[248]|u?hugeint|byte|short|long)", "integer"),
    (r"(decimal|numeric)(\((\d+), ?(\d+)\))?", "decimal"),
    (r"(text|string|varchar|character varying|enum)(\(.*\))?", "text"),
    (r"date", "date"),
)
DIGITS = 6


@frozen
class Column:
    """A column: its name, its kind, and its decimals (None: as many as each value has)."""

    name: str
    kind: Kind
    scale: int | None = 0
    written: str = ""


def column_of(name: str, written: str) -> Column:
    """Return a column by the type that an engine writes."""
    text = written.strip().lower()
    for pattern, kind in _KINDS:
        found = re.fullmatch(pattern, text)
        if found is None:
            continue
        if kind == "decimal":
            places = found.group(4)
            scale = int(places) if places is not None else None
            return Column(name, "integer" if scale == 0 else "decimal", scale, written)
        return Column(name, kind, 0, written)
    return Column(name, "other", 0, written)


@frozen(eq=False)
class Reading:
    """How a column is read: the value, and when a value cannot be used (never unknown)."""

    value: Sql
    bad: Truth
    scale: int = 0


def fits(column: Column, kind: Type, dialect: Dialect) -> bool:
    """Whether a column can hold values of a type."""
    wanted = {"choice": "text"}.get(kind.kind, kind.kind)
    if column.kind == wanted or (wanted == "decimal" and column.kind == "integer"):
        return column.scale is None or column.scale <= DIGITS
    return column.kind == "text" and dialect.name == "duckdb"


def unfit(table: str, column: Column, fact: Fact) -> Problem:
    """Return the problem of a column that cannot hold its fact."""
    kinds = {
        "boolean": Text("布尔", "boolean"),
        "integer": Text("整数", "integer"),
        "decimal": Text("十进制数（至多六位小数）", "a decimal of at most six places"),
        "text": Text("文本", "text"),
        "choice": Text("文本", "text"),
        "date": Text("日期", "date"),
    }
    return Problem(
        "column-type",
        Text("{f}的列类型为 {t}", "the column of {f} has the type {t}").fill(
            f=fact.label, t=same(column.written)
        ),
        Text("改为{k}类型", "make it {k}").fill(k=kinds[fact.type.kind]),
        Place(table, None, column.name),
    )


def read(given: Sql, column: Column, kind: Type, dialect: Dialect) -> Reading:
    """Return how a column that fits is read as a value of a type."""
    if kind.kind in {"text", "choice"}:
        return _text(given, column, kind)
    if column.kind == "text":
        return _written(given, kind, dialect)
    if kind.kind == "boolean":
        return Reading(given, False)
    if kind.kind == "date":
        return Reading(given, _outside(given, *_days(kind)))
    return _number(given, kind, column.scale, dialect)


def _text(given: Sql, column: Column, kind: Type) -> Reading:
    value = cast(given, "TEXT") if column.written.lower().startswith("enum") else given
    if kind.kind == "choice":
        options = [literal(option) for option in kind.of]
        inside: Truth = Sql(exp.In(this=value.use(), expressions=options), value.depth)
        return Reading(value, both(known(value), opposite(_sure(inside))))
    length = Sql(exp.Length(this=value.use()), value.depth)
    outside = either(binary(exp.LT, length, Sql(literal(1))), binary(exp.GT, length, Sql(literal(MAX_TEXT))))
    return Reading(value, _sure(outside))


def _sure(test: Truth) -> Truth:
    return (
        Sql(exp.Coalesce(this=test.use(), expressions=[exp.false()]), test.depth)
        if isinstance(test, Sql)
        else test
    )


def _outside(value: Sql, low: Sql, high: Sql) -> Truth:
    return _sure(either(binary(exp.LT, value, low), binary(exp.GT, value, high)))


def _days(kind: Type) -> tuple[Sql, Sql]:
    """Return the first and the last day that a date can be."""
    first, last = int(kind.low or FIRST_YEAR), int(kind.high or LAST_YEAR)
    return Sql(literal(date(first, 1, 1))), Sql(literal(date(last, 12, 31)))


def _number(given: Sql, kind: Type, scale: int | None, dialect: Dialect) -> Reading:
    places = DIGITS if scale is None else scale
    low: Exact = -LARGEST if kind.low is None else kind.low
    high: Exact = LARGEST if kind.high is None else kind.high
    bad = _outside(given, _decimal(low), _decimal(high))
    value, size = given, 10**places
    if places:
        value = binary(exp.Mul, given, Sql(literal(size)))
    if scale is None:
        whole = Sql(exp.Anonymous(this="trunc", expressions=[value.use()]), value.depth)
        bad = either(bad, _sure(binary(exp.NEQ, value, whole)))
    wide = (high * size > LONG) or (low * size < -LONG)
    return Reading(cast(value, dialect.wide if wide else "BIGINT"), bad, places)


def _decimal(value: Exact) -> Sql:
    """Return a bound as a decimal; bounds are written with at most six places."""
    places = Decimal(value.numerator * 10**DIGITS // value.denominator).scaleb(-DIGITS)
    return cast(Sql(literal(f"{places:f}")), "DECIMAL(38, 6)")


def _written(given: Sql, kind: Type, dialect: Dialect) -> Reading:
    """Read text that writes a value."""
    if kind.kind == "boolean":
        lower = Sql(exp.Lower(this=given.use()), given.depth)
        branches = [
            (Sql(exp.In(this=lower.use(), expressions=[literal(word) for word in words]), given.depth), truth)
            for words, truth in ((YES, exp.true()), (NO, exp.false()))
        ]
        value = case([(test, Sql(truth)) for test, truth in branches], Sql(exp.cast(exp.Null(), "BOOLEAN")))
        return Reading(value, both(known(given), unknown(value)))
    if kind.kind == "date":
        return _tried(
            given,
            r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
            "DATE",
            lambda value: Reading(value, _outside(value, *_days(kind))),
        )
    places = "" if kind.kind == "integer" else r"(\.[0-9]{1,6})?"
    scale = 0 if kind.kind == "integer" else DIGITS
    return _tried(
        given,
        rf"-?[0-9]{{1,16}}{places}",
        "DECIMAL(38, 6)",
        lambda value: _number(value, kind, scale, dialect),
    )


def _tried(given: Sql, shape: str, kind: str, then: Callable[[Sql], Reading]) -> Reading:
    """Read text of one shape as a type; anything else is bad."""
    matches = Sql(
        exp.Anonymous(this="regexp_full_match", expressions=[given.use(), literal(shape)]), given.depth
    )
    tried = Sql(exp.TryCast(this=given.use(), to=exp.DataType.build(kind)), given.depth)
    value = case([(matches, tried)], Sql(exp.cast(exp.Null(), kind)))
    inner = then(value)
    return Reading(inner.value, either(both(known(given), unknown(value)), inner.bad), inner.scale)


Columns: TypeAlias = Mapping[str, Column]
