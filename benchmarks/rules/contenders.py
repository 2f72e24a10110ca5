"""The zone-employment rules for each engine, from ready-made facts of one person to rule ids and amounts.

Every contender takes the same facts and gives `(degree award, couple award)` in yuan. What the others do not do (cite,
name missing facts, refuse a wrong type, know dates of effect) is not asked of them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import huaying_governance
from huaying_governance.rules import read_policy

ON = date(2026, 11, 23)
POLICY = Path(huaying_governance.__file__).parent / "packs" / "huaying" / "policies" / "zone-employment.toml"
Facts = dict[str, Any]
Decide = Callable[[Facts], object]

# One text for the engines whose expressions have a conditional, `{and}` and text in quotes.
DEGREE = "in_zone ? (education == 'postgraduate' ? 10000 : (education == 'bachelor' ? 3000 : 0)) : 0"
COUPLE = "(in_zone {0} stable_months >= 12 {0} spouse_in_zone {0} spouse_months >= 12) ? 2000 : 0"


def people(count: int, seed: int = 7) -> list[Facts]:
    """Return `count` random persons, all facts known, about half of them with a spouse."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        spouse = chance.random() < 0.5
        made.append(
            {
                "education": chance.choice(["postgraduate", "bachelor", "other"]),
                "in_zone": chance.random() < 0.8,
                "stable_months": chance.randrange(0, 40),
                "spouse": {"in_zone": chance.random() < 0.8, "stable_months": chance.randrange(0, 40)}
                if spouse
                else None,
            }
        )
    return made


def flat(facts: Facts) -> Facts:
    """Return the facts as engines without relations take them: nobody is not in the zone."""
    spouse = facts["spouse"] or {"in_zone": False, "stable_months": 0}
    own = {key: facts[key] for key in ("education", "in_zone", "stable_months")}
    return {**own, "spouse_in_zone": spouse["in_zone"], "spouse_months": spouse["stable_months"]}


def ours(facts: Facts, decide: Decide) -> tuple[int, int]:
    """Return our award in the common form."""
    found = {line.rule: int(line.amount) for line in decide(facts).lines}  # type: ignore[attr-defined]
    couple = found.pop("couple", 0)
    return sum(found.values()), couple


def huaying() -> Decide:
    policy = read_policy(POLICY)
    return lambda facts: policy.decide(facts, ON)


def huaying_explained() -> Decide:
    policy = read_policy(POLICY)
    return lambda facts: policy.decide(facts, ON).ruling  # type: ignore[union-attr]


def _zen_graph() -> str:
    content = {
        "expressions": [
            {"id": "1", "key": "degree", "value": DEGREE},
            {"id": "2", "key": "couple", "value": COUPLE.format("and")},
        ]
    }
    at = {"x": 0, "y": 0}
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": at},
        {"id": "rules", "type": "expressionNode", "name": "rules", "position": at, "content": content},
        {"id": "out", "type": "outputNode", "name": "out", "position": at},
    ]
    edges = [
        {"id": "a", "sourceId": "in", "targetId": "rules", "type": "edge"},
        {"id": "b", "sourceId": "rules", "targetId": "out", "type": "edge"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def zen(trace: bool = False) -> Decide:
    """zen-engine's fastest way to a decision: content compiled once, found by its key."""
    import zen

    content = zen.ZenDecisionContent(_zen_graph())
    engine = zen.ZenEngine({"loader": lambda _: content})
    options = {"trace": trace}
    return lambda facts: engine.evaluate("rules", facts, options)


def zen_answer(found: Any) -> tuple[int, int]:
    return int(found["result"]["degree"]), int(found["result"]["couple"])


def zen_expression() -> Decide:
    """zen-engine without decisions: two conditions as one compiled expression, no rule, no graph, no trace."""
    import zen

    expression = zen.compile_expression(f"[{DEGREE}, {COUPLE.format('and')}]")
    return expression.evaluate


def cel_rust() -> Decide:
    import cel

    degree, couple = cel.compile(DEGREE), cel.compile(COUPLE.format("&&"))
    return lambda facts: (degree.execute(facts), couple.execute(facts))


def cel_python() -> Decide:
    import celpy

    environment = celpy.Environment()
    programs = [environment.program(environment.compile(text)) for text in (DEGREE, COUPLE.format("&&"))]
    return lambda facts: tuple(program.evaluate(celpy.json_to_cel(facts)) for program in programs)


def openfisca() -> Decide:
    """OpenFisca from one situation to its result, as a web service does it."""
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity(key="person", plural="persons", label="person", is_person=True)
    system = TaxBenefitSystem([person])

    def variable(name: str, kind: type, formula: Any = None) -> None:
        body = {"value_type": kind, "entity": person, "definition_period": DateUnit.YEAR, "label": name}
        if formula is not None:
            body["formula"] = formula
        system.add_variable(type(name, (Variable,), body))

    variable("education", int)
    for name, kind in (
        ("in_zone", bool),
        ("spouse_in_zone", bool),
        ("stable_months", int),
        ("spouse_months", int),
    ):
        variable(name, kind)
    variable(
        "degree",
        int,
        lambda p, period: (
            p("in_zone", period)
            * (10000 * (p("education", period) == 2) + 3000 * (p("education", period) == 1))
        ),
    )
    variable(
        "couple",
        int,
        lambda p, period: (
            2000
            * (
                p("in_zone", period)
                * p("spouse_in_zone", period)
                * (p("stable_months", period) >= 12)
                * (p("spouse_months", period) >= 12)
            )
        ),
    )
    codes = {"postgraduate": 2, "bachelor": 1, "other": 0}

    def decide(facts: Facts) -> object:
        held = {
            name: {"2026": codes[value] if name == "education" else value} for name, value in facts.items()
        }
        simulation = SimulationBuilder().build_from_dict(system, {"persons": {"one": held}})
        return int(simulation.calculate("degree", "2026")[0]), int(simulation.calculate("couple", "2026")[0])

    return decide


def pair(found: Any) -> tuple[int, int]:
    return int(found[0]), int(found[1])
