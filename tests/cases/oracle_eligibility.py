"""An independent reading of "residents → eligibility.csv": the rule over known facts, and brute force over the rest.

`missing` needs no logic of three values: every way of filling the empty cells is tried; a fact is missing if filling
it one way or another changes the answer while all other empty cells are filled alike.
"""

from __future__ import annotations

import itertools
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

FACTS = (
    "born",
    "hukou_community",
    "living_since",
    "worker_since",
    "confirmed",
    "applied",
    "meeting_consent",
    "registered_elsewhere",
    "rights",
)
NEW_LAW = date(2026, 1, 1)
FAR_PAST = date(1900, 3, 1)
Facts = Mapping[str, object]


def birthday(born: date, years: int) -> date:
    """Return the day on which somebody turns `years`; born on 29 February: on 28 February."""
    year = born.year + years
    return date(year, born.month, min(born.day, monthrange(year, born.month)[1]))


def months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def eligible(facts: Facts, community: str, body: str, day: date) -> bool:
    """The rule, where nothing is missing."""
    if day < birthday(_date(facts["born"]), 18) or not facts["rights"]:
        return False
    here = facts["hukou_community"] == community
    living, working = _date(facts["living_since"]), _date(facts["worker_since"])
    if body == "villagers_committee":
        if facts["registered_elsewhere"]:
            return False
        a_year = birthday(living, 1) <= day or (day >= NEW_LAW and birthday(working, 1) <= day)
        return here or bool(a_year and facts["applied"] and facts["meeting_consent"])
    if day < NEW_LAW:
        return living <= day and bool(here or facts["applied"])
    settled = day - living >= timedelta(days=183)
    worker = months_later(working, 6) <= day and facts["confirmed"]
    return here or bool(facts["applied"] and (settled or worker))


def answer(facts: Facts, community: str, body: str, day: date) -> tuple[str, frozenset[str]]:
    """Return the outcome, and the facts that could still change it."""
    unknown = [name for name in FACTS if facts[name] is None]
    domains = [_domain(name, community, day) for name in unknown]
    told: dict[tuple[object, ...], bool] = {}
    for filling in itertools.product(*domains):
        told[filling] = eligible({**facts, **dict(zip(unknown, filling, strict=True))}, community, body, day)
    if len(set(told.values())) == 1:
        return ("eligible" if told.popitem()[1] else "ineligible"), frozenset()
    missing = set()
    for place, name in enumerate(unknown):
        for filling, said in told.items():
            others = [(*filling[:place], value, *filling[place + 1 :]) for value in domains[place]]
            if any(told[other] != said for other in others):
                missing.add(name)
                break
    return "undetermined", frozenset(missing)


def _domain(name: str, community: str, day: date) -> tuple[object, ...]:
    if name == "hukou_community":
        return (community, "elsewhere")
    if name in {"born", "living_since", "worker_since"}:
        return (FAR_PAST, day, day + timedelta(days=1))
    return (True, False)


def _date(value: object) -> date:
    assert isinstance(value, date)
    return value
