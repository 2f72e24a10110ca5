"""The zone-employment rules written by hand for other engines: what the library is measured against.

Each takes the folder of the tables and the path of the result, and gives the library's seven columns: person, rule,
payee, amount, outcome, missing, ground.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

ON = date(2026, 11, 23)
COLUMNS = ("person", "rule", "payee", "amount", "outcome", "missing", "ground")

DUCKDB = """
COPY (
WITH s AS (
  SELECT person, "from", coalesce("to", DATE '9999-12-31') AS "to",
         max(coalesce("to", DATE '9999-12-31')) OVER (PARTITION BY person ORDER BY "from"
             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
  FROM read_parquet('{folder}/spells.parquet') WHERE in_zone AND "from" <= DATE '2026-12-24'),
g AS (
  SELECT person,
         max("from") FILTER (WHERE "from" <= DATE '2026-11-23' AND (before IS NULL OR "from" - 31 > before)) AS start,
         max("to") FILTER (WHERE "from" <= DATE '2026-11-23') AS last,
         min("from") FILTER (WHERE "from" > DATE '2026-11-23') AS next
  FROM s GROUP BY person),
p AS MATERIALIZED (
  SELECT p.person, p.education, p.spouse, coalesce(g.last >= DATE '2026-11-23', false) AS in_zone,
         CASE WHEN g.last >= DATE '2026-11-23' OR g.next - 31 <= g.last THEN
           (2026 - year(start)) * 12 + 11 - month(start) - CASE WHEN 23 < day(start) THEN 1 ELSE 0 END
         ELSE 0 END >= 12 AS stable
  FROM read_parquet('{folder}/persons.parquet') p LEFT JOIN g ON g.person = p.person),
j AS MATERIALIZED (
  SELECT p.person, p.in_zone, p.education,
         CASE WHEN NOT (p.in_zone AND p.stable) OR p.spouse IS NULL THEN 0
              WHEN q.person IS NULL THEN 2
              WHEN q.spouse = p.person AND q.in_zone AND q.stable THEN CASE WHEN p.person < q.person THEN 1 ELSE 3 END
              ELSE 0 END AS couple
  FROM p LEFT JOIN p q ON q.person = p.spouse)
SELECT person, 'postgraduate' AS rule, 'worker' AS payee, CAST(10000 AS DECIMAL(18, 2)) AS amount,
       'payable' AS outcome, '' AS missing, '4' AS ground
FROM j WHERE in_zone AND education = 'postgraduate'
UNION ALL SELECT person, 'bachelor', 'worker', 3000, 'payable', '', '4' FROM j WHERE in_zone AND education = 'bachelor'
UNION ALL SELECT person, 'postgraduate', 'worker', NULL, 'undetermined', 'education', '7'
FROM j WHERE in_zone AND education IS NULL
UNION ALL SELECT person, 'bachelor', 'worker', NULL, 'undetermined', 'education', '7'
FROM j WHERE in_zone AND education IS NULL
UNION ALL SELECT person, 'couple', 'worker', CASE WHEN couple = 1 THEN 2000 END,
                 CASE WHEN couple = 1 THEN 'payable' ELSE 'undetermined' END,
                 CASE WHEN couple = 1 THEN '' ELSE 'spouse' END,
                 CASE WHEN couple = 1 THEN '40' ELSE '76' END FROM j WHERE couple IN (1, 2)
UNION ALL SELECT person, '', '', NULL, 'not_payable', '',
                 CASE WHEN couple = 3 THEN '224' WHEN in_zone THEN '192' ELSE '0' END FROM j
WHERE couple IN (0, 3) AND NOT (in_zone AND coalesce(education <> 'other', true))
) TO '{out}' (FORMAT PARQUET)
"""
CHECKS = (
    "SELECT person FROM read_parquet('{folder}/persons.parquet') GROUP BY person HAVING count(*) > 1 LIMIT 3",
    """SELECT t.person FROM read_parquet('{folder}/spells.parquet') t
    WHERE NOT EXISTS (SELECT 1 FROM read_parquet('{folder}/persons.parquet') p WHERE p.person = t.person) LIMIT 3""",
    """SELECT count(*), count(*) FILTER (WHERE person IS NULL), count(*) FILTER (WHERE person = spouse),
    count(*) FILTER (WHERE education NOT IN ('postgraduate', 'bachelor', 'other'))
    FROM read_parquet('{folder}/persons.parquet')""",
    """SELECT count(*), count(*) FILTER (WHERE person IS NULL), count(*) FILTER (WHERE "from" IS NULL),
    count(*) FILTER (WHERE "to" < "from"), count(*) FILTER (WHERE in_zone IS NULL), min("from")
    FROM read_parquet('{folder}/spells.parquet')""",
)


def duckdb(
    folder: Path, out: Path, *, checked: bool = True, memory: str = "1000MB", threads: int = 2
) -> None:
    """DuckDB SQL by hand, one-window merge; with the same checks of the tables, or without."""
    import duckdb as engine

    settings = {"preserve_insertion_order": False, "memory_limit": memory, "threads": threads}
    with engine.connect(config=settings) as connection:
        for text in CHECKS if checked else ():
            connection.execute(text.format(folder=folder)).fetchall()
        connection.execute(DUCKDB.format(folder=folder, out=out))


def duckdb_unchecked(folder: Path, out: Path) -> None:
    """The same without any check: a person twice or a spell of nobody would go unseen."""
    duckdb(folder, out, checked=False)


def polars(folder: Path, out: Path) -> None:
    """Polars in its natural form: sort within persons, running maximum, group."""
    import polars as pl

    far = date(9999, 12, 31)
    spells = (
        pl.scan_parquet(folder / "spells.parquet")
        .filter(pl.col("in_zone") & (pl.col("from") <= date(2026, 12, 24)))
        .with_columns(pl.col("to").fill_null(far))
        .sort("person", "from")
        .with_columns(pl.col("to").cum_max().over("person").shift(1).over("person").alias("before"))
    )
    came = pl.col("from") <= ON
    breaks = pl.col("before").is_null() | ((pl.col("from") - pl.col("before")).dt.total_days() > 31)
    runs = spells.group_by("person").agg(
        pl.col("from").filter(came & breaks).max().alias("start"),
        pl.col("to").filter(came).max().alias("last"),
        pl.col("from").filter(~came).min().alias("next"),
    )
    start = pl.col("start")
    months = (2026 - start.dt.year()) * 12 + 11 - start.dt.month() - (start.dt.day() > 23).cast(pl.Int32)
    joined = (pl.col("next") - pl.col("last")).dt.total_days() <= 31
    on_it = (pl.col("last") >= ON) | joined.fill_null(value=False)
    people = (
        pl.scan_parquet(folder / "persons.parquet")
        .join(runs, on="person", how="left")
        .select(
            "person",
            "education",
            "spouse",
            (pl.col("last") >= ON).fill_null(value=False).alias("in_zone"),
            (on_it & (months >= 12)).fill_null(value=False).alias("stable"),
        )
    )
    _lines_of_polars(people.collect()).write_parquet(out)


def _lines_of_polars(people):
    import polars as pl

    other = people.select(
        pl.col("person").alias("spouse"),
        pl.col("spouse").alias("back"),
        (pl.col("in_zone") & pl.col("stable")).alias("both"),
        pl.lit(value=True).alias("there"),
    )
    judged = people.join(other, on="spouse", how="left", maintain_order="none")
    own = pl.col("in_zone") & pl.col("stable") & pl.col("spouse").is_not_null()
    couple = (
        pl.when(~own)
        .then(0)
        .when(pl.col("there").is_null())
        .then(2)
        .when((pl.col("back") == pl.col("person")) & pl.col("both"))
        .then(pl.when(pl.col("person") < pl.col("spouse")).then(1).otherwise(3))
        .otherwise(0)
    )
    judged = judged.select("person", "in_zone", "education", couple.alias("couple"))

    def lines(test, rule, amount, outcome, missing, ground):
        amounts = pl.lit(amount, pl.Decimal(18, 2)) if amount is not None else pl.lit(None, pl.Decimal(18, 2))
        return judged.filter(test).select(
            "person",
            pl.lit(rule).alias("rule"),
            pl.lit("worker" if rule else "").alias("payee"),
            amounts.alias("amount"),
            pl.lit(outcome).alias("outcome"),
            pl.lit(missing).alias("missing"),
            (pl.lit(ground) if isinstance(ground, str) else ground).alias("ground"),
        )

    zone, degree = pl.col("in_zone"), pl.col("education")
    why = (
        pl.when(pl.col("couple") == 3)
        .then(pl.lit("224"))
        .when(zone)
        .then(pl.lit("192"))
        .otherwise(pl.lit("0"))
    )
    nothing = pl.col("couple").is_in([0, 3]) & ~(zone & (degree.is_null() | (degree != "other")))
    return pl.concat(
        [
            lines(zone & (degree == "postgraduate"), "postgraduate", 10000, "payable", "", "4"),
            lines(zone & (degree == "bachelor"), "bachelor", 3000, "payable", "", "4"),
            lines(zone & degree.is_null(), "postgraduate", None, "undetermined", "education", "7"),
            lines(zone & degree.is_null(), "bachelor", None, "undetermined", "education", "7"),
            lines(pl.col("couple") == 1, "couple", 2000, "payable", "", "40"),
            lines(pl.col("couple") == 2, "couple", None, "undetermined", "spouse", "76"),
            lines(nothing, "", None, "not_payable", "", why),
        ]
    )


def numpy(folder: Path, out: Path) -> None:
    """NumPy by hand, with pyarrow for the files: sorted ids, one lexical sort of the spells, segments by person."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    persons = pq.read_table(folder / "persons.parquet")
    ids = persons["person"].to_numpy()
    order = np.argsort(ids, kind="stable")
    known = ids[order]
    spells = pq.read_table(folder / "spells.parquet")
    on, far = np.datetime64(ON, "D").astype("int32"), np.int32(2_932_896)
    start = spells["from"].to_numpy().astype("datetime64[D]").astype("int32")
    keep = spells["in_zone"].to_numpy(zero_copy_only=False) & (start <= on + 31)
    to = spells["to"].cast(pa.int32()).fill_null(far).to_numpy()[keep]
    row = np.searchsorted(known, spells["person"].to_numpy()[keep])
    start = start[keep]
    sort = np.lexsort((start, row))
    row, start, to = row[sort], start[sort], to[sort]
    first = np.r_[True, row[1:] != row[:-1]] if len(row) else np.zeros(0, bool)
    # A running maximum within persons: the row number lifts each person's days above all earlier ones.
    lift = row.astype("int64") << 32
    running = np.maximum.accumulate(lift + to) - lift
    before = np.r_[np.int64(-1), running[:-1]]
    came = start <= on
    breaks = came & (first | (start - 31 > before))
    n = len(ids)
    run, last, after = np.full(n, -1, "int32"), np.full(n, -1, "int32"), np.full(n, far, "int32")
    run[row[breaks]] = start[breaks]  # in order of start: the last one stays
    np.maximum.at(last, row[came], to[came])
    np.minimum.at(after, row[~came], start[~came])
    in_zone = last >= on
    day = run.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    months = (np.datetime64("2026-11", "M") - month).astype("int32") - (
        (day - month).astype("int32") + 1 > 23
    )
    stable = (in_zone | ((last >= 0) & (after - 31 <= last))) & (months >= 12)
    _lines_of_numpy(persons, order, known, in_zone, stable, out)


def _lines_of_numpy(persons, order, known, in_zone, stable, out):
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    spouse = persons["spouse"].fill_null(-1).to_numpy()[order]
    place = np.minimum(np.searchsorted(known, spouse), len(known) - 1)
    there = known[place] == spouse
    own = in_zone & stable & (spouse >= 0)
    mutual = own & there & (spouse[place] == known) & in_zone[place] & stable[place]
    first = known < spouse
    words = persons["education"].fill_null("?")
    degree = {
        word: pc.equal(words, word).to_numpy(zero_copy_only=False)[order]
        for word in ("postgraduate", "bachelor", "?")
    }
    couple, lost = mutual & first, own & ~there
    why = np.where(mutual & ~first, "224", np.where(in_zone, "192", "0"))
    some = in_zone & (degree["postgraduate"] | degree["bachelor"] | degree["?"])
    money = pa.decimal128(18, 2)
    parts = []
    for test, rule, amount, outcome, missing, ground in (
        (in_zone & degree["postgraduate"], "postgraduate", 10000, "payable", "", "4"),
        (in_zone & degree["bachelor"], "bachelor", 3000, "payable", "", "4"),
        (in_zone & degree["?"], "postgraduate", None, "undetermined", "education", "7"),
        (in_zone & degree["?"], "bachelor", None, "undetermined", "education", "7"),
        (couple, "couple", 2000, "payable", "", "40"),
        (lost, "couple", None, "undetermined", "spouse", "76"),
        (~some & ~couple & ~lost, "", None, "not_payable", "", why),
    ):
        who = known[test]

        def same(value, kind, who=who):
            return pa.repeat(pa.scalar(value, kind), len(who))

        columns = [
            pa.array(who),
            same(rule, pa.string()),
            same("worker" if rule else "", pa.string()),
            same(amount, money),
            same(outcome, pa.string()),
            same(missing, pa.string()),
            same(ground, pa.string()) if isinstance(ground, str) else pa.array(ground[test]),
        ]
        parts.append(pa.table(columns, names=list(COLUMNS)))
    pq.write_table(pa.concat_tables(parts), out)
