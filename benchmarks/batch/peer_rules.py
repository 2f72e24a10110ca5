"""The zone-employment rules in OpenFisca or PolicyEngine-core, from a Parquet file with months ready-made to another.

    python peer_rules.py openfisca|policyengine READY.parquet OUT.parquet

Run by `bench_peers.py` with an interpreter that has the package. Both share one shape: persons, couples as a group
entity, a variable for each rule. What they do not do is favourable to them: no spells, no missing facts, no grounds.
"""

from __future__ import annotations

import importlib
import sys
import time

from taken import taken

PERIOD = "2026-11"


def system(package: str):
    """Return the rules as a system of the package."""
    entities = importlib.import_module(f"{package}.entities")
    periods = importlib.import_module(f"{package}.periods")
    systems = importlib.import_module(f"{package}.taxbenefitsystems")
    base = importlib.import_module(f"{package}.variables").Variable
    month = getattr(periods, "MONTH", None) or periods.DateUnit.MONTH
    person = entities.build_entity("person", "persons", "person", is_person=True)
    roles = [{"key": "member", "plural": "members", "label": "member"}]
    couple = entities.build_entity("couple", "couples", "couple", roles=roles)

    def variable(name: str, kind: type, entity, formula=None):
        held = {"value_type": kind, "entity": entity, "definition_period": month, "label": name}
        return type(name, (base,), {**held, **({"formula": formula} if formula else {})})

    def postgraduate(persons, period):
        return (persons("in_zone", period) & (persons("education", period) == 1)) * 10_000

    def bachelor(persons, period):
        return (persons("in_zone", period) & (persons("education", period) == 2)) * 3_000

    def stable(persons, period):
        return persons("in_zone", period) & (persons("stable_months", period) >= 12)

    def couple_award(couples, period):
        return (couples.sum(couples.members("stable", period)) == 2) * 2_000

    made = systems.TaxBenefitSystem([person, couple])
    made.add_variables(
        variable("in_zone", bool, person),
        variable("education", int, person),
        variable("stable_months", int, person),
        variable("postgraduate", float, person, postgraduate),
        variable("bachelor", float, person, bachelor),
        variable("stable", bool, person, stable),
        variable("couple_award", float, couple, couple_award),
    )
    return made


def run(package: str, source: str, out: str) -> None:
    """Read, pair, calculate, write."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(source)
    ids = table["person"].to_numpy()
    spouse = table["spouse"].fill_null(-1).to_numpy()
    education = np.zeros(len(ids), dtype="int32")
    words = table["education"].combine_chunks().dictionary_encode()
    for code, word in ((1, "postgraduate"), (2, "bachelor")):
        education[words.indices.to_numpy() == words.dictionary.index(word).as_py()] = code
    order = np.argsort(ids)
    at = np.minimum(np.searchsorted(ids, spouse, sorter=order), len(ids) - 1)
    place = order[at]
    mutual = (ids[place] == spouse) & (spouse[place] == ids)
    first = ~mutual | (ids < spouse)
    group = np.cumsum(first) - 1
    group = np.where(first, group, group[place])

    simulations = importlib.import_module(f"{package}.simulations")
    builder = getattr(simulations, "SimulationBuilder", None)
    if builder is None:
        builder = importlib.import_module(f"{package}.simulations.simulation_builder").SimulationBuilder
    builder, rules = builder(), system(package)
    builder.create_entities(rules)
    builder.declare_person_entity("person", np.arange(len(ids)))
    couples = builder.declare_entity("couple", np.arange(int(first.sum())))
    builder.join_with_persons(couples, group, roles=["member"] * len(ids))
    simulation = builder.build(rules)
    simulation.set_input("in_zone", PERIOD, table["in_zone"].to_numpy())
    simulation.set_input("education", PERIOD, education)
    simulation.set_input("stable_months", PERIOD, table["stable_months"].to_numpy())
    paid = {name: simulation.calculate(name, PERIOD) for name in ("postgraduate", "bachelor")}
    paid["couple"] = np.where(first, np.asarray(simulation.calculate("couple_award", PERIOD))[group], 0)

    parts, some = [], np.zeros(len(ids), dtype=bool)
    for rule, amounts in paid.items():
        held = np.asarray(amounts)
        some |= held > 0
        parts.append((ids[held > 0], rule, held[held > 0].astype("int64"), "payable"))
    parts.append((ids[~some], "", None, "not_payable"))
    columns = []
    for who, rule, amounts, outcome in parts:
        kind, wide = pa.decimal128(18, 2), pa.decimal128(21, 2)
        amount = pa.nulls(len(who), kind) if amounts is None else pa.array(amounts).cast(wide).cast(kind)
        texts = [pa.repeat(pa.scalar(text, pa.string()), len(who)) for text in (rule, outcome)]
        columns.append(
            pa.table([pa.array(who), texts[0], amount, texts[1]], ["person", "rule", "amount", "outcome"])
        )
    pq.write_table(pa.concat_tables(columns), out)


if __name__ == "__main__":
    began = time.perf_counter()
    run({"openfisca": "openfisca_core", "policyengine": "policyengine_core"}[sys.argv[1]], *sys.argv[2:])
    print(taken(began))
