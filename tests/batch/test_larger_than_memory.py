"""A batch that does not fit into the memory it may use: the engine spills to its folder, the answers stay the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

import huaying_governance as hg
from huaying_governance.batch import assess

ON = date(2026, 11, 23)
PERSONS = 150_000


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Persons in couples, with two spells each, as Parquet."""
    folder = tmp_path_factory.mktemp("tables")
    made = {
        "persons": f"""SELECT i AS person, ['postgraduate', 'bachelor', 'other'][i % 3 + 1] AS education,
            CASE WHEN i % 2 = 0 THEN i + 1 ELSE i - 1 END AS spouse FROM range({PERSONS}) t(i)""",
        "spells": f"""SELECT i // 2 AS person, i % 5 <> 0 AS in_zone, day AS "from", day + (i * 31 % 900)::INT AS "to"
            FROM (SELECT i, DATE '{ON}' - (i * 7919 % 1500)::INT AS day FROM range({2 * PERSONS}) t(i))""",
    }
    for name, query in made.items():
        duckdb.sql(f"COPY ({query}) TO '{folder / name}.parquet'")
    return {name: folder / f"{name}.parquet" for name in made}


def test_a_batch_larger_than_its_memory_gives_the_same(tables: dict[str, Path], tmp_path: Path) -> None:
    """With a hundredth of the memory every row comes out the same, by the digest of the result."""
    policy = hg.load_pack("huaying").policy("zone-employment")
    found = []
    for memory in ("3GB", "30MB"):
        scratch = tmp_path / memory
        done = assess(
            policy,
            tables,
            on=ON,
            out=tmp_path / f"{memory}.parquet",
            memory=memory,
            threads=1,
            scratch=str(scratch),
        )
        found.append((done.counts, done.amounts, done.receipt().result))
        assert scratch.exists() is (memory == "30MB"), "the engine spilled where it had to, and only there"
        done.close()
    assert found[0] == found[1]
    assert sum(found[0][0].values()) >= PERSONS
