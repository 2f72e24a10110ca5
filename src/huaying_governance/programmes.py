"""四大工程: the four programmes of the article, and which concepts and policies of this library serve each."""

from __future__ import annotations

from attrs import frozen

from huaying_governance.text import Text


@frozen
class Programme:
    """工程: its id, its title, its aim, and what serves it here.

    `concepts` are modules of this package; `policies` are ids of policies and lists of the shipped pack.
    """

    id: str
    title: Text
    aim: Text
    concepts: tuple[str, ...]
    policies: tuple[str, ...]


PROGRAMMES: tuple[Programme, ...] = (
    Programme(
        "juli",
        Text("聚力工程", "Joining Forces"),
        Text("理顺治理体制机制", "clear responsibilities and a list that bars unlawful assignments"),
        ("responsibility", "conference", "stewardship"),
        ("responsibility-list",),
    ),
    Programme(
        "linghang",
        Text("领航工程", "Leading the Way"),
        Text("破解党建工作散、浮、假", "party building that reaches every corner"),
        ("party",),
        (),
    ),
    Programme(
        "anju",
        Text("安居工程", "Living in Peace"),
        Text("着力构建“熟人社区”", "a neighbourhood where people know and help each other"),
        ("ledger", "participation", "neighbourhood"),
        (
            "eligibility-residents-committee",
            "eligibility-villagers-committee",
            "hotline",
            "ledgers",
            "petition",
        ),
    ),
    Programme(
        "leye",
        Text("乐业工程", "Working with Joy"),
        Text("解决居民就业难题", "training, matching and subsidies for workers and enterprises"),
        ("employment", "subsidy"),
        ("zone-employment",),
    ),
)


def programme(id: str) -> Programme:  # noqa: A002 - the field's own word
    """Return the programme with this id; raises `KeyError` where there is none."""
    return {one.id: one for one in PROGRAMMES}[id]
