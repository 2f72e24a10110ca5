"""评议人配额: how many of each kind of rater must have rated a department, and how large a share one kind may have."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.party.appraisal import Rating

KINDS = ("street", "community", "delegate", "firm", "resident")
"""街道中层干部, 社区干部, 两代表一委员, 企业, 居民."""


@frozen
class Quota:
    """配额: the fewest raters of a kind, and the most of a hundred that it may be of all raters."""

    kind: str
    least: int
    most: int
    citation: Citation


@frozen
class Balance:
    """配额核对 of one department: the kinds that are too few, and those that are too many."""

    department: str
    few: tuple[str, ...]
    many: tuple[str, ...]

    @property
    def met(self) -> bool:
        """Whether every quota is met."""
        return not self.few and not self.many


def balances(ratings: Iterable[Rating], quotas: Iterable[Quota]) -> tuple[Balance, ...]:
    """Return how the raters of each department's survey are made up; a rater who does not count, counts nowhere."""
    kinds: dict[str, dict[str, str]] = {}
    for one in ratings:
        if one.group == "survey" and not one.dispute:
            kinds.setdefault(one.department, {})[one.rater] = one.kind
    found, held = [], tuple(quotas)
    for department, raters in sorted(kinds.items()):
        counts = {one.kind: sum(kind == one.kind for kind in raters.values()) for one in held}
        few = tuple(one.kind for one in held if counts[one.kind] < one.least)
        many = tuple(one.kind for one in held if counts[one.kind] * 100 > one.most * len(raters))
        found.append(Balance(department, few, many))
    return tuple(found)
