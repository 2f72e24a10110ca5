"""What engines say differently (方言): every difference between them that SQLGlot does not settle, in one place.

Each was met in the agreement suite: a quotient that is a float, a date that becomes a timestamp, an order of text
that follows the locale, a type that is called or sized otherwise.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen
from sqlglot import ErrorLevel, exp

from huaying_governance.batch.sql import Sql, binary, cast, paren

Engine: TypeAlias = Literal["duckdb", "postgres", "spark"]


@frozen
class Dialect:
    """How one engine says what a policy needs. `largest` is the largest whole number that it counts exactly."""

    name: Engine
    wide: str
    largest: int | None
    text: str = "TEXT"

    def render(self, tree: exp.Expr) -> str:
        """Return the text of a whole statement; raises where the engine cannot say it."""
        return tree.sql(dialect=self.name, identify=True, unsupported_level=ErrorLevel.RAISE)

    def quotient(self, of: Sql, by: Sql, *, wide: bool) -> Sql:
        """Return the whole quotient of two numbers that are not negative."""
        if self.name == "postgres" and not wide:
            # `/` between bigints is whole there; `DIV` would go through numeric.
            tree: exp.Expr = exp.Anonymous(this="div", expressions=[of.use(), by.use()])
            return cast(Sql(tree, max(of.depth, by.depth)), "BIGINT")
        if self.name == "postgres":
            return Sql(exp.Anonymous(this="div", expressions=[of.use(), by.use()]), max(of.depth, by.depth))
        if self.name == "spark" and wide:
            # The whole quotient of decimals is a bigint there; so: divide what divides without a rest.
            rest = exp.Mod(this=paren(of.use()), expression=paren(by.use()))
            even = exp.Paren(this=exp.Sub(this=paren(of.use()), expression=paren(rest)))
            tree = exp.Anonymous(this="round", expressions=[_slash(even, by.use()), exp.Literal.number(0)])
            return cast(Sql(tree, max(of.depth, by.depth)), self.wide)
        return binary(exp.IntDiv, of, by)

    def days(self, start: Sql, end: Sql) -> Sql:
        """Return the days from one day to another."""
        depth = max(start.depth, end.depth)
        if self.name == "spark":
            return cast(
                Sql(exp.Anonymous(this="datediff", expressions=[end.use(), start.use()]), depth), "BIGINT"
            )
        return cast(
            Sql(exp.Paren(this=exp.Sub(this=paren(end.use()), expression=paren(start.use()))), depth),
            "BIGINT",
        )

    def later(self, day: Sql, days: int) -> Sql:
        """Return the day some days later (or earlier)."""
        number = exp.Literal.number(abs(days))
        if self.name == "spark":
            shift: exp.Expr = exp.Neg(this=number) if days < 0 else number
            return Sql(exp.Anonymous(this="date_add", expressions=[day.use(), shift]), day.depth)
        kind = exp.Sub if days < 0 else exp.Add
        return cast(Sql(kind(this=paren(day.use()), expression=exp.cast(number, "INT")), day.depth), "DATE")

    def months_later(self, day: Sql, months: Sql) -> Sql:
        """Return the same day of the month some months later, or that month's last day where it lacks it."""
        count = cast(months, "INT")
        depth = max(day.depth, months.depth)
        if self.name == "spark":
            return Sql(exp.Anonymous(this="add_months", expressions=[day.use(), count.use()]), depth)
        if self.name == "postgres":
            span: exp.Expr = exp.Anonymous(
                this="make_interval", expressions=[exp.Kwarg(this=exp.var("months"), expression=count.use())]
            )
        else:
            span = exp.Anonymous(this="to_months", expressions=[count.use()])
        return cast(Sql(exp.Add(this=paren(day.use()), expression=span), depth), "DATE")

    def part(self, unit: Literal["YEAR", "MONTH", "DAY"], day: Sql) -> Sql:
        """Return the year, the month or the day of the month."""
        return cast(Sql(exp.Extract(this=exp.var(unit), expression=day.use()), day.depth), "BIGINT")

    def before(self, one: Sql, other: Sql) -> Sql:
        """Return whether one text sorts before another by code point."""
        if self.name != "postgres":
            return binary(exp.LT, one, other)
        bytewise = exp.Collate(this=paren(one.use()), expression=exp.column("C", quoted=True))
        return Sql(exp.LT(this=bytewise, expression=paren(other.use())), max(one.depth, other.depth))

    def fingerprint(self, of: Sql, part: Literal[0, 1]) -> Sql:
        """Return 60 bits of the md5 of a text as a whole number: the first, or the second."""
        digest = exp.MD5(this=of.use())
        digits = exp.Substring(
            this=digest, start=exp.Literal.number(1 + 15 * part), length=exp.Literal.number(15)
        )
        if self.name == "spark":
            tree: exp.Expr = exp.Anonymous(
                this="conv", expressions=[digits, exp.Literal.number(16), exp.Literal.number(10)]
            )
            return cast(Sql(tree, of.depth), "BIGINT")
        if self.name == "postgres":
            marked = exp.DPipe(this=exp.Literal.string("x"), expression=digits)
            return cast(Sql(exp.cast(exp.Paren(this=marked), "BIT(60)"), of.depth), "BIGINT")
        marked = exp.DPipe(this=exp.Literal.string("0x"), expression=digits)
        return cast(Sql(exp.Paren(this=marked), of.depth), "BIGINT")


def _slash(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return exp.Div(this=left, expression=right, typed=True, safe=False)


DIALECTS: dict[Engine, Dialect] = {
    "duckdb": Dialect("duckdb", "INT128", 2**126),
    "postgres": Dialect("postgres", "DECIMAL", None),
    "spark": Dialect("spark", "DECIMAL(38, 0)", 10**37),
}
