"""重复享受: two awards for one purpose, and one person under two references; what was looked into is remembered.

Which policies serve one purpose is data (`Purpose`). 就高不重复: of a person's awards for one purpose the highest is
kept. Whether two references are one person cannot be known here: pairs are shown as rows to be looked into, and a pair
that was found to be two persons is not shown again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import frozen

from huaying_governance.text import Text

Pair = frozenset[str]


@frozen
class Granted:
    """一笔奖补: what one person gets by one rule of one policy, in fen; `row` is where it stands."""

    person: str
    policy: str
    rule: str
    fen: int
    row: int = 0


@frozen
class Purpose:
    """同类政策: policies that serve one purpose; of them a person is paid the highest only."""

    id: str
    label: Text
    policies: frozenset[str]


@frozen
class Overlap:
    """重复享受: a person's awards for one purpose: the one that is kept, those that are not paid besides."""

    purpose: Purpose
    person: str
    kept: Granted
    dropped: tuple[Granted, ...]

    @property
    def saved(self) -> int:
        """What is not paid twice, in fen."""
        return sum(each.fen for each in self.dropped)


def overlaps(granted: Iterable[Granted], purposes: Iterable[Purpose]) -> Iterator[Overlap]:
    """Yield every person who draws for one purpose under several policies, by purpose and person.

    Within one policy its own combinations have decided; only awards of different policies overlap. Of equal policies
    the one whose id sorts first is kept.
    """
    held = tuple(granted)
    for purpose in purposes:
        by_person: dict[str, dict[str, list[Granted]]] = {}
        for each in held:
            if each.policy in purpose.policies:
                by_person.setdefault(each.person, {}).setdefault(each.policy, []).append(each)
        for person in sorted(by_person):
            yield from _of_person(purpose, person, by_person[person])


def _of_person(purpose: Purpose, person: str, policies: Mapping[str, list[Granted]]) -> Iterator[Overlap]:
    if len(policies) < 2:
        return
    ranked = sorted(policies, key=lambda policy: (-sum(each.fen for each in policies[policy]), policy))
    dropped = tuple(each for policy in ranked[1:] for each in policies[policy])
    for kept in policies[ranked[0]][:1]:
        yield Overlap(purpose, person, kept, dropped)


def suspected(
    keys: Mapping[str, Collection[str]], cleared: Collection[Pair] = frozenset()
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield pairs of references that share a key (an account token, a contract number), with the keys they share.

    `keys` gives each reference its opaque keys, never a number of a document or an account itself. `cleared` are the
    pairs that were looked into and found to be two persons: they are not shown again.
    """
    holders: dict[str, list[str]] = {}
    for reference in sorted(keys):
        for key in keys[reference]:
            holders.setdefault(key, []).append(reference)
    shared: dict[tuple[str, str], list[str]] = {}
    for key, references in holders.items():
        for place, one in enumerate(references):
            for other in references[place + 1 :]:
                shared.setdefault((one, other), []).append(key)
    for (one, other), common in sorted(shared.items()):
        if frozenset((one, other)) not in cleared:
            yield one, other, tuple(sorted(common))
