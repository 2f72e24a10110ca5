"""The fixed stages (固定步骤): spells merged into runs, persons joined to their runs, persons joined to relations.

`rules.spells` gives the one meaning of runs, and a relation means what it means for a case folder: it is matched by
value, it holds where each names the other, an id that the table lacks is a missing fact, an empty one means there is
none. Everything else of a query is generated from the policy; these are templates.
"""

# Long: the fixed stages of a query, in their order.

from __future__ import annotations

from datetime import date

from attrs import frozen
from sqlglot import exp

from huaying_governance.batch.columns import read
from huaying_governance.batch.compiler import Compiler
from huaying_governance.batch.dialect import Dialect
from huaying_governance.batch.sql import (
    Sql,
    Truth,
    aliased,
    binary,
    both,
    case,
    cast,
    column,
    either,
    known,
    literal,
    null,
    piece,
    surely,
    unknown,
)
from huaying_governance.batch.tables import (
    COUPLE,
    FOREVER,
    FOUND,
    FROM,
    PEOPLE,
    PERSON,
    SECOND,
    SPELL_DAY,
    SPOUSE,
    TO,
    Tables,
    reading,
    table,
)
from huaying_governance.rules.model import Fact
from huaying_governance.rules.policy import Policy
from huaying_governance.rules.tree import BOOLEAN

LONGEST = 200_000
"""Days: no gap is longer, because no two days of the calendar are further apart."""


@frozen
class Derivation:
    """A fact that follows from spells: which flag counts, and the longest gap in days."""

    fact: Fact
    flag: str
    how: str
    gap: int


def derivations(policy: Policy, on: date) -> tuple[Derivation, ...]:
    """Return how facts follow from spells as of a day."""
    found: list[Derivation] = []
    for fact in policy.facts.values():
        if fact.derived is not None:
            step = policy.parameters[fact.derived.gap_days].on(on) if fact.derived.gap_days else None
            days = int(step.value) if step is not None and not isinstance(step.value, str | date) else 0
            found.append(Derivation(fact, fact.derived.where, fact.derived.how, min(days, LONGEST)))
    return tuple(found)


@frozen(eq=False)
class Stages:
    """Builds the fixed stages of one query."""

    policy: Policy
    on: date
    tables: Tables
    dialect: Dialect
    compiler: Compiler

    @property
    def derived(self) -> tuple[Derivation, ...]:
        """The facts that are derived here: none where there is no table of spells."""
        return derivations(self.policy, self.on) if self.tables.spells is not None else ()

    # Spells

    def runs(self) -> exp.Select:
        """Return one row per person with spells, with the derived facts."""
        groups: dict[str, Sql] = {}
        outer = exp.select(aliased(column(PERSON, table="g"), PERSON))
        for each in self.derived:
            value = self._derive(each, self._counts(each.flag), "a", groups)
            if each.flag in self.tables.vague:
                most = self._derive(each, surely_or(column(f"f{each.flag}", table="s")), "b", groups)
                value = case(
                    [(binary(exp.EQ, value, most), value)],
                    Sql(null("BOOLEAN" if each.how == "covers" else "BIGINT")),
                )
            outer = outer.select(aliased(value, each.fact.name), copy=False)
        person = column(PERSON, table="s")
        grouped = exp.select(aliased(person, PERSON), *(aliased(of, name) for name, of in groups.items()))
        grouped = grouped.from_(self._spells().subquery("s", copy=False), copy=False).group_by(
            person.use(), copy=False
        )
        return outer.from_(grouped.subquery("g", copy=False), copy=False)

    @property
    def _flags(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.flag for each in self.derived))

    @property
    def _sole(self) -> bool:
        """Whether the spells are those of one flag, each known to have it: then nobody need ask again."""
        return len(self._flags) == 1 and not self.tables.vague

    def _counts(self, flag: str, of: str = "s") -> Truth:
        """Return whether a spell that was let through counts for a flag."""
        return True if self._sole else column(f"f{flag}", table=of)

    def _spells(self) -> exp.Select:
        """Return the spells that can matter, each with the latest end of those before it."""
        day = self.spell_day
        inner = exp.select(aliased(column(PERSON, table="t"), PERSON), aliased(day(FROM), "start"))
        ends = case([(known(column(TO, table="t")), day(TO))], piece(FOREVER))
        inner = inner.select(aliased(ends, "end"), copy=False)
        outer = exp.select(*(column(name, table="u").use() for name in (PERSON, "start", "end")))
        counts: list[Truth] = []
        for flag in self._flags:
            value = self.flag(flag)
            counts.append(surely_or(value) if flag in self.tables.vague else value)
            if not self._sole:
                inner = inner.select(aliased(value, f"f{flag}"), copy=False)
                outer = outer.select(column(f"f{flag}", table="u").use(), copy=False)
        widest = max((each.gap for each in self.derived), default=0)
        soon = binary(exp.LTE, day(FROM), piece(_later(self.on, widest + 1)))
        inner = inner.from_(table(self.tables.spells_name, "t"), copy=False).where(
            piece(both(soon, either(*counts))).use(), copy=False
        )
        for flag in dict.fromkeys(each.flag for each in self.derived if each.how == "run_months"):
            outer = outer.select(aliased(self._latest(self._counts(flag, "u")), f"{flag}a"), copy=False)
            if flag in self.tables.vague:
                maybe = surely_or(column(f"f{flag}", table="u"))
                outer = outer.select(aliased(self._latest(maybe), f"{flag}b"), copy=False)
        return outer.from_(inner.subquery("u", copy=False), copy=False)

    def spell_day(self, name: str) -> Sql:
        """Return a day of a spell."""
        return read(column(name, table="t"), (self.tables.spells or {})[name], SPELL_DAY, self.dialect).value

    def flag(self, name: str) -> Sql:
        """Return a flag of a spell."""
        return read(column(name, table="t"), (self.tables.spells or {})[name], BOOLEAN, self.dialect).value

    def fact(self, name: str) -> Sql:
        """Return a fact of a person, as the table of persons holds it."""
        return reading(self.tables.persons, name, self.policy.facts[name], self.dialect).value

    def _latest(self, counts: Truth) -> Sql:
        """Return the latest end of the counting spells that start before, by one window."""
        end = column("end", table="u")
        ends = end if counts is True else case([(counts, end)], Sql(null("DATE")))
        window = exp.Window(
            this=exp.Max(this=ends.use()),
            partition_by=[column(PERSON, table="u").use()],
            order=exp.Order(
                expressions=[exp.Ordered(this=column("start", table="u").use(), nulls_first=False)]
            ),
            spec=exp.WindowSpec(
                kind="ROWS",
                start="UNBOUNDED",
                start_side="PRECEDING",
                end=exp.Literal.number(1),
                end_side="PRECEDING",
            ),
        )
        return Sql(window)

    def _derive(self, each: Derivation, counts: Truth, variant: str, groups: dict[str, Sql]) -> Sql:
        """Return a derived fact from what its spells come to, person by person, and add that to the groups."""
        start, end = column("start", table="s"), column("end", table="s")

        def group(name: str, of: exp.Expr, where: Truth) -> Sql:
            groups[name] = Sql(exp.Filter(this=of, expression=exp.Where(this=piece(where).use())))
            return column(name, table="g")

        come = both(counts, binary(exp.LTE, start, piece(self.on)))
        last = group(f"e{each.flag}{variant}", exp.Max(this=end.use()), come)
        reaches = binary(exp.GTE, last, piece(self.on))
        if each.how == "covers":
            return piece(surely(reaches))
        before = column(f"{each.flag}{variant}", table="s")
        breaks = either(unknown(before), binary(exp.GT, self.dialect.later(start, -(each.gap + 1)), before))
        begun = group(f"s{each.gap}{each.flag}{variant}", exp.Max(this=start.use()), both(come, breaks))
        later = both(counts, binary(exp.GT, start, piece(self.on)))
        after = group(f"n{each.flag}{variant}", exp.Min(this=start.use()), later)
        joined = surely(binary(exp.LTE, self.dialect.later(after, -(each.gap + 1)), last))
        months = self.compiler.months(begun, self.on).piece()
        return case([(both(known(begun), either(reaches, joined)), months)], cast(Sql(literal(0)), "BIGINT"))

    # Persons

    def people(self) -> exp.Select:
        """Return one row per person: the facts by name, and the ids of relations."""
        made = exp.select(aliased(column(PERSON, table="p"), PERSON))
        derived = {each.fact.name for each in self.derived}
        for name, fact in self.policy.facts.items():
            if name in derived:
                absent = Sql(exp.false()) if fact.type.kind == "boolean" else Sql(literal(0))
                value = case([(unknown(column(PERSON, table="r")), absent)], column(name, table="r"))
                if fact.type.kind != "boolean":
                    value = cast(value, _narrow(fact))
            else:
                value = reading(self.tables.persons, name, fact, self.dialect).value
            made = made.select(aliased(value, name), copy=False)
        for name in self.relations:
            made = made.select(aliased(column(name, table="p"), f"{name}#"), copy=False)
        made = made.from_(table(self.tables.persons_name, "p"), copy=False)
        if derived:
            same = binary(exp.EQ, column(PERSON, table="r"), column(PERSON, table="p"))
            made = made.join(
                self.runs().subquery("r", copy=False), on=same.use(), join_type="left", copy=False
            )
        return made

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations whose ids the table of persons holds."""
        names = dict.fromkeys(self.policy.relations)
        if any(rule.unit == COUPLE for rule in self.policy.rules):
            names[SPOUSE] = None
        return tuple(name for name in names if name in self.tables.persons)

    def base(self, masks: tuple[str, ...] = ()) -> exp.Select:
        """Return one row per person with everything that conditions and amounts read.

        `masks` are the columns of missing facts that the interpreter found for some persons.
        """
        made = exp.select(aliased(column(PERSON, table="p"), PERSON))
        for name in self.policy.facts:
            made = made.select(aliased(self._held(name, "p"), name), copy=False)
        for number, name in enumerate(self.relations):
            made = self._related(made, name, f"q{number}")
        for name, relation in self.policy.relations.items():
            if name not in self.relations:
                made = made.select(aliased(Sql(null("BOOLEAN")), name), copy=False)
                for fact in relation.facts:
                    made = made.select(aliased(self._nothing(fact), f"{name}.{fact}"), copy=False)
        for name in masks:
            made = made.select(aliased(column(name, table="m"), name), copy=False)
        made = made.from_(table(PEOPLE, "p"), copy=False)
        if masks:
            same = binary(exp.EQ, column(PERSON, table="m"), column(PERSON, table="p"))
            made = made.join(table(FOUND, "m"), on=same.use(), join_type="left", copy=False)
        for number, name in enumerate(self.relations):
            same = binary(exp.EQ, column(PERSON, table=f"q{number}"), column(f"{name}#", table="p"))
            made = made.join(table(PEOPLE, f"q{number}"), on=same.use(), join_type="left", copy=False)
        return made

    def _held(self, fact: str, person: str) -> Sql:
        """Return a fact of a person as it is judged: months are held narrow and counted wide."""
        value = column(fact, table=person)
        months = any(each.fact.name == fact and each.how == "run_months" for each in self.derived)
        return cast(value, "BIGINT") if months else value

    def _nothing(self, fact: str) -> Sql:
        return reading({}, fact, self.policy.facts[fact], self.dialect).value

    def _related(self, made: exp.Select, name: str, other: str) -> exp.Select:
        """Add whether the related person exists, its facts, and which of the two is the second."""
        mutual = surely(binary(exp.EQ, column(f"{name}#", table=other), column(PERSON, table="p")))
        exists = case(
            [
                (unknown(column(f"{name}#", table="p")), Sql(exp.false())),
                (unknown(column(PERSON, table=other)), Sql(null("BOOLEAN"))),
            ],
            piece(mutual),
        )
        if name in self.policy.relations:
            made = made.select(aliased(exists, name), copy=False)
            for fact in self.policy.relations[name].facts:
                value = case([(mutual, self._held(fact, other))])
                made = made.select(aliased(value, f"{name}.{fact}"), copy=False)
        if name == SPOUSE:
            second = case([(mutual, self._first(other))], Sql(exp.false()))
            made = made.select(aliased(second, SECOND), copy=False)
        return made

    def _first(self, other: str) -> Sql:
        """Return whether the id of another sorts before the own one by code point."""
        one, two = (column(PERSON, table=side) for side in (other, "p"))
        if self.tables.level:
            return binary(exp.LT, one, two)
        return self.dialect.before(cast(one, "TEXT"), cast(two, "TEXT"))


def surely_or(flag: Sql) -> Sql:
    """Return whether a flag is true or unknown."""
    return Sql(exp.Coalesce(this=flag.use(), expressions=[exp.true()]), flag.depth)


def _narrow(fact: Fact) -> str:
    """Return the type that holds a fact's months while all persons are held; its bounds have been checked."""
    high = fact.type.high
    return "SMALLINT" if high is not None and high < 2**15 else "INT"


def _later(day: date, days: int) -> date:
    return date.fromordinal(min(day.toordinal() + days, FOREVER.toordinal()))
