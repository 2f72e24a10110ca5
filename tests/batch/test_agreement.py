"""Every engine gives the interpreter's answers: random typed policies and rows, every cell of every line."""

from __future__ import annotations

from typing import Any

import pytest
from agreement import arrow, arrow_spells, cells, differences, expected, lines
from worlds import World, world

from huaying_governance.batch import arithmetic, assess, claims, compiler, dialect, gaps, query, stages
from huaying_governance.batch.sql import Sql, case, literal

FLAGS = ["zone", "insured"]


def on_duckdb(one: World, **options: Any) -> dict[Any, Any]:
    tables = {"persons": arrow(one.policy, one.persons), "spells": arrow_spells(one.spells, FLAGS)}
    done = assess(one.policy, tables, on=one.on, threads=1, **options)
    try:
        return lines(done.results())
    finally:
        done.close()


def compare(seeds: range) -> tuple[int, list[str]]:
    """Return how many cells were compared on DuckDB, and what differs."""
    count, wrong = 0, []
    for seed in seeds:
        one = world(seed)
        if one is not None:
            want = expected(one)
            count += cells(want)
            wrong += [f"seed {seed}: {text}" for text in differences(want, on_duckdb(one))]
    return count, wrong


@pytest.mark.parametrize("start", range(0, 24, 6))
def test_duckdb_agrees_with_the_interpreter(start: int) -> None:
    """DuckDB gives the interpreter's lines, to the fen, the missing fact and the ground key."""
    count, wrong = compare(range(start, start + 6))
    assert not wrong
    assert count > 300


def test_postgresql_agrees_with_the_interpreter() -> None:
    """PostgreSQL gives the interpreter's lines; nothing of the language is refused there."""
    import postgres
    import psycopg
    from postgres_tables import load

    with psycopg.connect(postgres.server()) as connection:
        for seed in range(1000, 1005):
            one = world(seed, size=25)
            if one is not None:
                names = load(connection, one, FLAGS)
                done = assess(one.policy, names, on=one.on, engine="postgres", connection=connection)
                assert differences(expected(one), lines(done.results())) == []
                assert done.arrow().num_rows == done.rows
                done.close()


def _wrong_gap(self: Any, day: Sql, days: int) -> Sql:
    return _later(self, day, days + (1 if days < -1 else 0))


def _wrong_months(self: Any, start: Any, end: Any) -> Any:
    return self.arithmetic.add(_months(self, start, end), arithmetic.whole(1))


def _wrong_half(self: Any, top: Any, bottom: Any) -> Any:
    return self.floor(top, bottom)


def _wrong_guard(self: Any, node: Any, test: Any) -> Any:
    return test


def _wrong_unknown(self: Any, node: Any) -> Any:
    found = _test(self, node)
    return case([(found, Sql(literal(True)))], Sql(literal(False))) if isinstance(found, Sql) else found


def _wrong_choice(self: Any, test: Any, yes: Any, no: Any, *, agree: bool) -> Any:
    return _pick(self, test, yes, no, agree=False)


def _wrong_settling(self: Any, member: Any, when: Any) -> None:
    return None


def _wrong_cap(self: Any, claim: Any, part: Any, left: Any, doubts: Any, rest: Any) -> Any:
    return _cap_one(self, claim, part, left, doubts, arithmetic.whole(0))


def _wrong_doubt(self: Any, condition: Any, amounts: Any) -> bool:
    return True


def _wrong_second(self: Any, one: Sql, other: Sql) -> Sql:
    return _before(self, other, one)


def _wrong_perhaps(flag: Sql) -> Sql:
    return flag


def _wrong_certain(self: Any) -> frozenset[str]:
    return frozenset(self.policy.facts)


_later, _before = dialect.Dialect.later, dialect.Dialect.before
_months, _test = compiler.Compiler.months, compiler.Compiler._test
_pick, _cap_one = arithmetic.Arithmetic.pick, claims.Combining._cap_one
FAULTS = {
    "gap": (dialect.Dialect, "later", _wrong_gap),
    "months": (compiler.Compiler, "months", _wrong_months),
    "rounding": (arithmetic.Arithmetic, "half_up", _wrong_half),
    "nobody": (compiler.Compiler, "_guarded", _wrong_guard),
    "unknown": (compiler.Compiler, "_test", _wrong_unknown),
    "choice": (arithmetic.Arithmetic, "pick", _wrong_choice),
    "highest": (claims.Combining, "_settle", _wrong_settling),
    "cap": (claims.Combining, "_cap_one", _wrong_cap),
    "missing": (gaps.Gaps, "_plain", _wrong_doubt),
    "second": (dialect.Dialect, "before", _wrong_second),
    "vague": (stages, "surely_or", _wrong_perhaps),
    "certain": (query.Builder, "certain", property(_wrong_certain)),
}
SHOWN_BY = {"gap": 19, "rounding": 29, "choice": 41, "cap": 2, "missing": 2}
"""The first seed whose world showed the fault, so that the suite need not look for it again."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_of_the_compiler_is_found(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The suite can fail: each wrong compiler differs from the interpreter in some world."""
    owner, name, wrong = FAULTS[fault]
    monkeypatch.setattr(owner, name, wrong)
    start = SHOWN_BY.get(fault, 0)
    for seed in range(start, start + 60):
        one = world(seed)
        if one is None:
            continue
        try:
            if differences(expected(one), on_duckdb(one)):
                return
        except Exception:
            return
    pytest.fail("no world shows the fault")
