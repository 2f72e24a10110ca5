"""培训需求: what visits asked for, summed up by specialty; where enough persons ask, classes are proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from huaying_governance.employment.training import TrainingRules
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.text import Text

PROPOSED = Text(
    "{n}人提出，达到{least}人，建议开班{classes}个", "{n} persons ask, at least {least}: classes {classes}"
)
TOO_FEW = Text("{n}人提出，不足{least}人", "{n} persons ask, fewer than {least}")
CALLED: Mapping[str, Text] = {
    "class-proposed": Text("建议开班", "class proposed"),
    "too-few": Text("人数不足", "too few"),
}
GATHER = Text("继续走访，或与邻近社区合办", "ask further, or join with a neighbouring community")


@frozen
class Need:
    """培训需求: one person asked for one specialty, in one community."""

    person: str
    community: str
    specialty: str


@frozen
class Demand:
    """需求汇总: how often a specialty was asked for, by how many persons, and how many classes that makes."""

    specialty: str
    asks: int
    persons: int
    classes: int
    ruling: Ruling


OUTCOMES: Mapping[str, Text] = {"proposed": CALLED["class-proposed"], "waiting": CALLED["too-few"]}


def demands(needs: Iterable[Need], rules: TrainingRules) -> tuple[Demand, ...]:
    """Return the demand for every specialty, the most wanted first; who asks twice is one person."""
    asks: dict[str, list[str]] = {}
    for need in needs:
        asks.setdefault(need.specialty, []).append(need.person)
    found = [_demand(specialty, persons, rules) for specialty, persons in asks.items()]
    return tuple(sorted(found, key=lambda one: (-one.persons, one.specialty)))


def _demand(specialty: str, persons: list[str], rules: TrainingRules) -> Demand:
    heads = len(set(persons))
    enough = heads >= rules.suggest_from
    classes = -(-heads // rules.most_places) if enough else 0
    text = (PROPOSED if enough else TOO_FEW).fill(n=heads, least=rules.suggest_from, classes=classes)
    code = "class-proposed" if enough else "too-few"
    remedies = () if enough else (Remedy(code, GATHER),)
    ruling = Ruling(
        "proposed" if enough else "waiting", (Ground(text, code, rules.citation),), remedies=remedies
    )
    return Demand(specialty, len(persons), heads, classes, ruling)
