"""What is wrong with the tables (数据检查): every kind of fault, with how many rows and who, before anything is judged.

A person twice, a spell of nobody, a value out of bounds, a spell that ends before it begins, a person related to
itself: none of them is passed over, and none becomes a zero. An id that names nobody as a spouse is no fault: that is
a missing fact.
"""

from __future__ import annotations

from attrs import frozen
from sqlglot import exp

from huaying_governance.batch.columns import fits, read, unfit
from huaying_governance.batch.sql import (
    Sql,
    Truth,
    aliased,
    binary,
    both,
    case,
    column,
    either,
    known,
    literal,
    piece,
    surely,
    unknown,
)
from huaying_governance.batch.stages import Stages
from huaying_governance.batch.tables import (
    FROM,
    PERSON,
    PERSONS,
    SPELL_DAY,
    SPELLS,
    TO,
    Tables,
    reading,
    table,
)
from huaying_governance.errors import Place, Problem
from huaying_governance.rules.tree import BOOLEAN
from huaying_governance.text import Text, same

EXAMPLES = 3
SOMEBODY = "hg_somebody"
NO_ID = Text("标识为空", "the id is empty")
TWICE = Text("标识重复", "the id stands twice")
NOBODY = Text("人员表中没有此人", "names nobody in the table of persons")
ITSELF = Text("与本人建立关系", "names itself")
OUTSIDE = Text("数值无法读取，或超出范围", "a value cannot be read, or is out of bounds")
NO_START = Text("缺少起始日期", "has no first day")
CROSSED = Text("结束早于开始", "ends before it begins")
TOO_LONG = Text("由就业时段推得的数值超出范围", "what follows from the spells is out of bounds")
MEND = Text("改正这些行", "mend these rows")
ADD = Text("增加此列", "add this column")
ID_TYPE = Text("标识列应为文本或整数，且各表一致", "ids are text or integers, of one type in all tables")
NO_COLUMN = Text("缺少列", "the column is missing")


@frozen(eq=False)
class Check:
    """One kind of fault: `rows` selects the ids of the rows that have it, `count` counts them within one pass."""

    table: str
    column: str
    code: str
    text: Text
    rows: exp.Select
    count: Sql | None = None


def shape_problems(stages: Stages, tables: Tables) -> list[Problem]:
    """Return what is wrong with the columns themselves: missing, or of a type that cannot be read."""
    found: list[Problem] = []
    derived = {each.fact.name for each in stages.derived}
    for name, fact in stages.policy.facts.items():
        held = tables.persons.get(name)
        if held is not None and name not in derived and not fits(held, fact.type, stages.dialect):
            found.append(unfit(PERSONS, held, fact))
    found.extend(_ids(stages, tables))
    if tables.spells is not None:
        wanted = {FROM: SPELL_DAY, TO: SPELL_DAY} | {each.flag: BOOLEAN for each in stages.derived}
        for name, kind in wanted.items():
            held = tables.spells.get(name)
            if held is None:
                found.append(Problem("column-missing", NO_COLUMN, ADD, Place(SPELLS, None, name)))
            elif not fits(held, kind, stages.dialect):
                text = Text("列类型为 {t}", "the column has the type {t}").fill(t=same(held.written))
                cure = (
                    Text("改为日期类型", "make it a date")
                    if kind is SPELL_DAY
                    else Text("改为布尔类型", "make it boolean")
                )
                found.append(Problem("column-type", text, cure, Place(SPELLS, None, name)))
    return found


def _ids(stages: Stages, tables: Tables) -> list[Problem]:
    found: list[Problem] = []
    places = [(PERSONS, PERSON), *((PERSONS, name) for name in stages.relations)]
    if tables.spells is not None:
        places.append((SPELLS, PERSON))
    kinds = []
    for where, name in places:
        held = (tables.persons if where == PERSONS else tables.spells or {}).get(name)
        if held is None:
            found.append(Problem("column-missing", NO_COLUMN, ADD, Place(where, None, name)))
        else:
            kinds.append((where, name, held.kind))
    for where, name, kind in kinds:
        if kind not in {"text", "integer"} or kind != kinds[0][2]:
            found.append(Problem("id-type", ID_TYPE, MEND, Place(where, None, name)))
    return found


def checks(stages: Stages, tables: Tables) -> list[Check]:
    """Return every check of the rows."""
    found = [*_persons(stages, tables)]
    if tables.spells is not None:
        found.extend(_spells(stages, tables))
    return found


def _persons(stages: Stages, tables: Tables) -> list[Check]:
    source = table(tables.persons_name, "p")
    person = column(PERSON, table="p")
    found = [_simple(PERSONS, PERSON, "no-id", NO_ID, _empty(person, tables, PERSONS), source, person)]
    found.append(Check(PERSONS, PERSON, "twice", TWICE, _twice(source, person)))
    derived = {each.fact.name for each in stages.derived}
    for name, fact in stages.policy.facts.items():
        if name in tables.persons and name not in derived:
            bad = reading(tables.persons, name, fact, stages.dialect).bad
            if bad is not False:
                found.append(_simple(PERSONS, name, "value", OUTSIDE, bad, source, person))
    for name in stages.relations:
        itself = surely(binary(exp.EQ, column(name, table="p"), person))
        found.append(_simple(PERSONS, name, "itself", ITSELF, itself, source, person))
    return found


def _empty(of: Sql, tables: Tables, where: str) -> Truth:
    held = (tables.persons if where == PERSONS else tables.spells or {})[PERSON]
    return either(unknown(of), surely(binary(exp.EQ, of, Sql(literal("")))) if held.kind == "text" else False)


def _simple(where: str, name: str, code: str, text: Text, bad: Truth, source: exp.Expr, person: Sql) -> Check:
    test = bad if isinstance(bad, Sql) else Sql(literal(bool(bad)))
    rows = exp.select(person.use()).from_(source.copy(), copy=False).where(test.use(), copy=False)
    return Check(where, name, code, text, rows, case([(test, Sql(literal(1)))], Sql(literal(0))))


def _twice(source: exp.Expr, person: Sql) -> exp.Select:
    many = exp.GT(this=exp.Count(this=exp.Star()), expression=exp.Literal.number(1))
    rows = exp.select(person.use()).from_(source.copy(), copy=False)
    return rows.group_by(person.use(), copy=False).having(many, copy=False)


def _spells(stages: Stages, tables: Tables) -> list[Check]:
    source = table(tables.spells_name, "t")
    person = column(PERSON, table="t")
    held = tables.spells or {}
    start, end = (read(column(name, table="t"), held[name], SPELL_DAY, stages.dialect) for name in (FROM, TO))
    found = [
        _simple(SPELLS, PERSON, "no-id", NO_ID, _empty(person, tables, SPELLS), source, person),
        _simple(SPELLS, FROM, "no-start", NO_START, unknown(column(FROM, table="t")), source, person),
        _simple(SPELLS, FROM, "value", OUTSIDE, start.bad, source, person),
        _simple(
            SPELLS, TO, "crossed", CROSSED, surely(binary(exp.LT, end.value, start.value)), source, person
        ),
    ]
    if end.bad is not False:
        found.append(_simple(SPELLS, TO, "value", OUTSIDE, end.bad, source, person))
    for flag in dict.fromkeys(each.flag for each in stages.derived):
        bad = read(column(flag, table="t"), held[flag], BOOLEAN, stages.dialect).bad
        if bad is not False:
            found.append(_simple(SPELLS, flag, "value", OUTSIDE, bad, source, person))
    found.append(Check(SPELLS, PERSON, "unknown-person", NOBODY, _nobody(tables)))
    found.extend(_too_long(stages))
    return found


def _nobody(tables: Tables) -> exp.Select:
    """Select the ids of spells that the table of persons lacks."""
    person, other = column(PERSON, table="t"), column(SOMEBODY, table="p")
    # Only the ids are looked into: another column of the office's could be taken for the table outside.
    ids = exp.select(aliased(column(PERSON, table="i"), SOMEBODY)).from_(
        table(tables.persons_name, "i"), copy=False
    )
    somebody = exp.select(exp.Literal.number(1)).from_(ids.subquery("p", copy=False), copy=False)
    somebody = somebody.where(binary(exp.EQ, other, person).use(), copy=False)
    nobody = Sql(exp.Not(this=exp.Exists(this=somebody)))
    rows = exp.select(person.use()).from_(table(tables.spells_name, "t"), copy=False)
    return rows.where(piece(both(known(person), nobody)).use(), copy=False)


def _too_long(stages: Stages) -> list[Check]:
    """Return the checks of derived numbers, against the bounds of their facts."""
    found: list[Check] = []
    for each in stages.derived:
        if each.how != "run_months":
            continue
        value = column(each.fact.name, table="r")
        bounds: list[Truth] = []
        if each.fact.type.low is not None and each.fact.type.low > 0:
            bounds.append(binary(exp.LT, value, Sql(literal(int(each.fact.type.low)))))
        if each.fact.type.high is not None:
            bounds.append(binary(exp.GT, value, Sql(literal(int(each.fact.type.high)))))
        if bounds:
            test = either(*bounds)
            rows = exp.select(column(PERSON, table="r").use()).from_(
                stages.runs().subquery("r", copy=False), copy=False
            )
            where = test.use() if isinstance(test, Sql) else literal(bool(test))
            found.append(Check(SPELLS, FROM, "too-long", TOO_LONG, rows.where(where, copy=False)))
    return found
