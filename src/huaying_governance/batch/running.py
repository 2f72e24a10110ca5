"""Assessing tables (批量裁定): check them, compile the policy for the engine, run it, and say what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import define, evolve, field
from sqlglot import exp

from huaying_governance.batch.arithmetic import TooLarge
from huaying_governance.batch.assessment import Assessment
from huaying_governance.batch.checks import EXAMPLES, Check, checks, shape_problems
from huaying_governance.batch.eligible import Eligibility
from huaying_governance.batch.gaps import WORD
from huaying_governance.batch.lines import Lines
from huaying_governance.batch.query import Builder, Query
from huaying_governance.batch.session import Progress, Session
from huaying_governance.batch.sql import Sql, aliased, case, cast, column, known, literal
from huaying_governance.batch.stages import Stages
from huaying_governance.batch.tables import FROM, PERSON, PERSONS, SPELLS, Tables, table
from huaying_governance.errors import Place, Problem, Problems
from huaying_governance.kernel.dates import months_between
from huaying_governance.kernel.privacy import forbidden_header, mask
from huaying_governance.rules.exact import Exact, exact
from huaying_governance.rules.policy import Policy
from huaying_governance.text import Text

MEND = Text(
    "改正这些行；不会有任何行被略过或按零计算", "mend these rows; none is passed over or taken as zero"
)
TOO_LARGE = Text("数值超出该引擎可精确计算的范围", "its numbers are larger than the engine counts exactly")
OTHER_ENGINE = Text(
    "改用 duckdb 或 postgres，或为事实设定上下限", "use duckdb or postgres, or bound the facts"
)
NOT_HELD = Text("本库不得保存的列", "a column that this library must not hold")
REMOVE = Text("移除此列", "remove this column")


def run(
    policy: Policy, session: Session, on: date, out: object = None, progress: Progress | None = None
) -> Assessment:
    """Assess the tables of a session. Raises `Problems` naming every kind of fault, before anything is written."""
    batch = _Batch(policy, session, on)
    persons = batch.prepare()
    query = batch.query()
    session.define(query.functions)
    written = session.write(query.lines, out, progress)
    counts, amounts = _summary(
        session, written, ("rule", "outcome") if policy.kind == "subsidy" else ("outcome",)
    )
    return Assessment(policy, on, session, written, persons, counts, amounts)


@define(eq=False)
class _Batch:
    policy: Policy
    session: Session
    on: date
    tables: Tables = field(init=False)

    def __attrs_post_init__(self) -> None:
        names = self.session.names
        persons = self.session.columns(names[PERSONS])
        spells = self.session.columns(names[SPELLS]) if SPELLS in names else None
        self.tables = Tables(persons, spells, frozenset(), names[PERSONS], names.get(SPELLS, SPELLS))

    def builder(self, *, resolved: bool = False) -> Builder:
        """Return a builder for the tables as they are known."""
        scales = {
            name: 6 if held.scale is None or (held.kind == "text") else held.scale
            for name, held in self.tables.persons.items()
            if name in self.policy.facts and self.policy.facts[name].type.kind == "decimal"
        }
        return Builder(self.policy, self.on, self.tables, self.session.dialect, scales, resolved)

    # Faults

    def prepare(self) -> int:
        """Check the tables; return how many persons there are."""
        stages = self.builder().stages
        found = [*self._headers(), *shape_problems(stages, self.tables)]
        if found:
            raise Problems(found)
        every = checks(stages, self.tables)
        counted = [check for check in every if check.count is not None]
        searched = [check for check in every if check.count is None]
        persons, first = self._counts(counted, found)
        for check in searched:
            if check.code != "too-long" or self._may_be_long(first):
                self._search(check, found)
        if found:
            raise Problems(found)
        return persons

    def _headers(self) -> Iterator[Problem]:
        for name, columns in ((PERSONS, self.tables.persons), (SPELLS, self.tables.spells or {})):
            for header in columns:
                if forbidden_header(header) is not None:
                    yield Problem("forbidden-column", NOT_HELD, REMOVE, Place(name, None, header))

    def _counts(self, checks_: Sequence[Check], found: list[Problem]) -> tuple[int, date | None]:
        """Run all counting checks, one pass per table; note which facts are certain and which flags vague."""
        persons, first = 0, None
        for name in (PERSONS, SPELLS) if self.tables.spells is not None else (PERSONS,):
            own = [check for check in checks_ if check.table == name]
            flags = self._flags() if name == SPELLS else self._held()
            row = self.session.rows(self._pass(name, own, flags))[0]
            for check, count in zip(own, row[1:], strict=False):
                if count:
                    found.append(self._problem(check, int(count)))
            counts = dict(zip(flags, row[1 + len(own) :], strict=False))
            if name == PERSONS:
                persons = int(row[0])
                certain = frozenset(fact for fact, count in counts.items() if not count)
                self.tables = evolve(self.tables, certain=certain, level=_level(*row[-2:]))
            else:
                vague = frozenset(flag for flag, count in counts.items() if count)
                self.tables = evolve(self.tables, vague=vague)
                first = row[-1]
        return persons, first

    def _flags(self) -> list[str]:
        return list(dict.fromkeys(each.flag for each in self.builder().stages.derived))

    def _held(self) -> list[str]:
        """Return the facts that the table of persons holds itself."""
        derived = {each.fact.name for each in self.builder().stages.derived}
        return [name for name in self.policy.facts if name in self.tables.persons and name not in derived]

    def _pass(self, name: str, own: Sequence[Check], flags: Sequence[str]) -> exp.Select:
        alias = "p" if name == PERSONS else "t"
        made = exp.select(exp.alias_(exp.Count(this=exp.Star()), "n"))
        for number, check in enumerate(own):
            assert check.count is not None  # noqa: S101 - only counting checks are given
            made = made.select(exp.alias_(exp.Sum(this=check.count.use()), f"k{number}"), copy=False)
        stages = self.builder().stages
        for number, flag in enumerate(flags):
            value = stages.flag(flag) if name == SPELLS else stages.fact(flag)
            vague = case([(known(value), Sql(literal(0)))], Sql(literal(1)))
            made = made.select(exp.alias_(exp.Sum(this=vague.use()), f"v{number}"), copy=False)
        ends = self._ends(name, stages)
        for number, each in enumerate(ends):
            made = made.select(exp.alias_(each, f"e{number}"), copy=False)
        source = self.tables.persons_name if name == PERSONS else self.tables.spells_name
        return made.from_(table(source, alias), copy=False)

    def _ends(self, name: str, stages: Stages) -> list[exp.Expr]:
        """Return the least and the greatest number that is an id; or the first day of a spell."""
        if name == SPELLS:
            return [exp.Min(this=stages.spell_day(FROM).use())]
        ids = column(PERSON, table="p") if self.tables.persons[PERSON].kind == "integer" else Sql(exp.Null())
        return [exp.Min(this=ids.use()), exp.Max(this=ids.use())]

    def _may_be_long(self, first: date | None) -> bool:
        """Whether a run could be longer than its fact admits, or shorter."""
        if first is None:
            return True
        for each in self.builder().stages.derived:
            kind = each.fact.type
            if each.how == "run_months" and (
                (kind.low is not None and kind.low > 0)
                or (kind.high is not None and months_between(min(first, self.on), self.on) > kind.high)
            ):
                return True
        return False

    def _search(self, check: Check, found: list[Problem]) -> None:
        rows = self.session.rows(check.rows.copy().limit(EXAMPLES))
        if rows:
            found.append(self._problem(check, None, rows))

    def _problem(
        self, check: Check, count: int | None, rows: Sequence[tuple[Any, ...]] | None = None
    ) -> Problem:
        """Return a fault with how many rows have it and some of their ids, masked."""
        if rows is None:
            rows = self.session.rows(check.rows.copy().limit(EXAMPLES))
        ids = ", ".join(mask(str(row[0])) for row in rows)
        text = check.text
        if count is not None:
            text = Text("{t}（{n} 行）", "{t} ({n} rows)").fill(t=text, n=count)
        return Problem(check.code, text, MEND, Place(check.table, None, check.column), ids)

    # The query

    def query(self) -> Query:
        """Return the query, with the interpreter's answer where it must say what is missing."""
        try:
            writer = Lines if self.policy.kind == "subsidy" else Eligibility
            first = writer(self.builder()).query()
            if first.doubtful is None or not self._resolve(first):
                return first
            return writer(self.builder(resolved=True)).query()
        except TooLarge:
            place = Place(self.policy.id)
            raise Problems([Problem("too-large", TOO_LARGE, OTHER_ENGINE, place)]) from None

    def _resolve(self, query: Query) -> bool:
        """Let the interpreter say what is missing in the doubtful rows; return whether there are any."""
        assert query.doubtful is not None  # noqa: S101 - asked only then
        self.session.define(query.functions)
        known_masks: dict[tuple[Any, ...], tuple[int, ...]] = {}
        rows: list[tuple[Any, ...]] = []
        for person, *values, _ in self.session.stream(query.doubtful):
            facts = tuple(values)
            if facts not in known_masks:
                known_masks[facts] = self._masks(query, facts)
            rows.append((person, *known_masks[facts]))
        if rows:
            self.session.hold((PERSONS[:-1], *query.masks), rows, self.tables.persons_name)
        return bool(rows)

    def _masks(self, query: Query, values: Sequence[Any]) -> tuple[int, ...]:
        """Return what is missing for everything that the query asked for, as words of masks."""
        slots = self.policy.layout.slots
        scales = self.builder().scales
        row: list[Any] = [self.on]
        for path, value in zip(query.paths, values, strict=True):
            scale = scales.get(path.rpartition(".")[2], 0)
            # Numbers come as whole units of the last decimal, of any type that the engine counts with.
            row.append(value if isinstance(value, bool | str | date) else counted(value, scale))
        words = (max(slots.values(), default=1) - 1) // WORD + 1
        found: list[int] = []
        for number in dict.fromkeys(int(name[1:].partition(".")[0]) for name in query.masks):
            asked = query.asked[number]
            missing = asked.edition.gaps.of(asked.condition, row, *asked.amounts)
            bits = [slots[path] - 1 for path in missing]
            found.extend(sum(1 << bit % WORD for bit in bits if bit // WORD == word) for word in range(words))
        return tuple(found)


def _summary(
    session: Session, written: exp.Expr, by: tuple[str, ...]
) -> tuple[dict[tuple[str, str], int], dict[str, Decimal]]:
    """Return how many rows each rule has by outcome, and what each rule pays."""
    names = [column(name).use() for name in by]
    made = exp.select(*names, exp.alias_(exp.Count(this=exp.Star()), "n"))
    if "rule" in by:
        total = cast(Sql(exp.Sum(this=column("amount").use())), "DECIMAL(38, 2)")
        made = made.select(aliased(total, "amount"), copy=False)
    made = made.from_(written.copy(), copy=False).group_by(*(name.copy() for name in names))
    counts: dict[tuple[str, str], int] = {}
    amounts: dict[str, Decimal] = {}
    for row in session.rows(made):
        rule, outcome, count, amount = row if "rule" in by else ("", *row, None)
        counts[rule or "", outcome] = int(count)
        if amount is not None:
            amounts[rule] = amounts.get(rule, Decimal("0.00")) + Decimal(str(amount))
    return dict(sorted(counts.items())), dict(sorted(amounts.items()))


def _level(least: object, greatest: object) -> bool:
    """Whether all ids are numbers of one length: they then sort as their texts do."""
    return (
        least is not None
        and greatest is not None
        and int(str(least)) >= 0
        and len(str(least)) == len(str(greatest))
    )


def counted(value: Any, scale: int) -> Exact | None:
    """Return a number from whole units of its last decimal."""
    return None if value is None else exact(Fraction(int(value), 10**scale))
