"""异常信号: what about a roll should be looked at: a place and a count, never a person, never a list.

A signal accuses nobody. It says where to look, and above which number this library says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.participation.election import Standing as ElectionStanding
from huaying_governance.participation.roll import Roll, Standing
from huaying_governance.text import Text

SIGNALS: Mapping[str, Text] = {
    "crowded": Text("同一地点登记过多", "many registrations at one place"),
    "clustered": Text("截止日前集中迁入", "many came just before the cut-off"),
    "double": Text("两地登记", "registered on two rolls"),
    "proxies": Text("集中接受委托", "many holders at the limit of proxies"),
}


@frozen(kw_only=True)
class SignalRules:
    """信号规则 of a pack: from which count a signal is told, and the days before the cut-off."""

    per_place: int
    cluster_days: int
    cluster_count: int
    cutoff_days: Mapping[str, int]
    double_count: int
    holder_count: int
    source: Citation


@frozen
class Signal:
    """信号: what, where, how many, and the count from which it is told."""

    kind: str
    community: str
    place: str
    count: int
    least: int


def cutoff(roll: Roll, rules: SignalRules) -> date:
    """Return the last day on which somebody could have come and still register, by the body's usual term."""
    return roll.polling_day - timedelta(days=rules.cutoff_days[roll.body])


def signals_of(
    roll: Roll,
    held: Iterable[Standing],
    doubles: int,
    elections: Iterable[tuple[ElectionStanding, int]],
    rules: SignalRules,
) -> tuple[Signal, ...]:
    """Return what should be looked at on a roll.

    `doubles` is how many of its people stand on another roll too; with each election comes the limit of its proxies.
    """
    standing = [one.registration for one in held if one.listed]
    last = cutoff(roll, rules)
    places = Counter(one.place for one in standing if one.place)
    came = sum(
        last - timedelta(days=rules.cluster_days) <= one.since <= last
        for one in standing
        if one.since is not None and not one.hukou
    )
    full = sum(
        count >= limit
        for one, limit in elections
        if limit
        for held_by in one.holders()
        for count in held_by.values()
    )
    found = [("crowded", place, count, rules.per_place) for place, count in sorted(places.items())]
    found += [
        ("clustered", "", came, rules.cluster_count),
        ("double", "", doubles, rules.double_count),
        ("proxies", "", full, rules.holder_count),
    ]
    return tuple(
        Signal(kind, roll.community, place, count, least)
        for kind, place, count, least in found
        if count >= least
    )
