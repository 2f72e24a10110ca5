"""Numbers beyond an engine: DuckDB asks the interpreter; Spark refuses them by name before anything runs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from agreement import arrow, differences, expected, lines
from sqlglot import exp
from worlds import HEAD, World, world

import huaying_governance as hg
from huaying_governance.batch.columns import Column
from huaying_governance.batch.dialect import DIALECTS, Dialect
from huaying_governance.batch.running import run
from huaying_governance.batch.tables import table
from huaying_governance.rules import read_policy_text

ON = date(2026, 11, 23)
RULE = """
[[rules]]
id = "r"
label = {{ zh = "规则", en = "rule" }}
from = 1800-01-01
payee = "worker"
when = "{when}"
amount = "{amount}"
source = "s"
"""


class Cluster:
    """Stands for a Spark session whose tables have no faults; it keeps what it was asked to run."""

    dialect: Dialect = DIALECTS["spark"]
    version = "spark, none"

    def __init__(self) -> None:
        self.names = {"persons": "persons"}
        self.ran: list[str] = []

    def columns(self, name: str) -> dict[str, Column]:
        kinds = {"person": "bigint", "big": "bigint", "a": "int", "spouse": "bigint", "twin": "bigint"}
        return {each: Column(each, "integer", 0, kind) for each, kind in kinds.items()}

    def rows(self, tree: exp.Expr) -> list[tuple[Any, ...]]:
        text = self.dialect.render(tree)
        if "`rule`" in text:
            return []
        return [] if "LIMIT" in text else [(0,) * (len(tree.expressions) - 2) + (1, 20)]

    def define(self, functions: object) -> None:
        assert not functions

    def write(self, tree: exp.Expr, out: object, progress: object) -> exp.Expr:
        self.ran.append(self.dialect.render(tree))
        return table("kept", "o")


def policy(when: str, amount: str = "base") -> hg.Policy:
    head = HEAD.format(changes="day", kind="none", rounding="half-up-fen", gap=30, rate="0.1", base=1, term=1)
    return read_policy_text(head + RULE.format(when=when, amount=amount), name="of one rule")


@pytest.mark.parametrize(
    ("when", "refused"), [("big * big * 3 > 5", False), ("big * big * big > 5", True), ("a * 10 > 5", False)]
)
def test_numbers_beyond_spark_are_refused_by_name_before_anything_runs(when: str, refused: bool) -> None:
    """10^15 cubed is more than 38 digits: `too-large` names the policy and the engines that can; 10^30 is counted."""
    cluster = Cluster()
    session: Any = cluster
    if refused:
        with pytest.raises(hg.Problems) as caught:
            run(policy(when), session, ON)
        (problem,) = caught.value.problems
        assert (problem.code, problem.place.file) == ("too-large", "random")
        assert "duckdb" in problem.cure.en
    else:
        run(policy(when), session, ON)
    assert bool(cluster.ran) is not refused


@pytest.mark.parametrize(
    ("when", "amount"),
    [
        ("big * big * big * big > 5 or p", "base"),
        ("big * big * big * big < big * big * big * 7 and q", "base * 2"),
        ("a > 11", "base * min(max(huge * huge * huge * huge, 0), 2)"),
    ],
)
def test_numbers_beyond_duckdb_are_asked_of_the_interpreter(when: str, amount: str) -> None:
    """Beyond 2^126 DuckDB has no type: the interpreter says each row, and every cell is its own."""
    worlds = (one for one in map(world, range(40)) if one is not None)
    like = next(
        one for one in worlds if all(any(row[n] is None for row in one.persons) for n in ("big", "huge"))
    )
    held = World(0, "", policy(when, amount), ON, like.persons, [])
    done = hg.assess(held.policy, {"persons": arrow(held.policy, held.persons)}, on=ON)
    assert differences(expected(held), lines(done.results())) == []
    assert {"undetermined", "not_payable"} <= {outcome for _, outcome in done.counts}
    done.close()
