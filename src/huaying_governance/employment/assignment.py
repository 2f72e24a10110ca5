"""集中撮合: all seekers and all vacancies of a fair at once: as many placed as can be, and among those the best fits.

The assignment itself is solved by SciPy (`linear_sum_assignment`), behind the extra `matching`. Input is sorted by id
first, so that the order in which people queued changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from huaying_governance.employment.matching import (
    Asker,
    MatchRules,
    Offer,
    Pairing,
    Seeker,
    apart,
    blocked,
    measures,
    pair,
    reach,
    weighing,
)
from huaying_governance.errors import MissingExtra

BLOCKED = 0


@frozen
class Assignment:
    """撮合方案: the pairs, the seekers for whom none was left, the openings that stay free, and the sum of the fits."""

    pairs: tuple[Pairing, ...]
    unplaced: tuple[str, ...]
    free: int

    @property
    def fit(self) -> int:
        """The sum of the fits."""
        return sum(one.fit for one in self.pairs)


def fits(seekers: Sequence[Seeker], offers: Sequence[Offer], rules: MatchRules) -> list[list[int]]:
    """Return for each seeker and vacancy the fit and one, or 0 where something stands in the way."""
    reached, weighed = reach(rules), weighing(rules)
    table = []
    for seeker in seekers:
        asker, row = Asker.of(seeker, rules), []
        for offer in offers:
            far = apart(asker, offer)
            stands = blocked(asker, offer, far)
            row.append(BLOCKED if stands else weighed(measures(asker, offer, far, reached)) + 1)
        table.append(row)
    return table


def assign(seekers: Iterable[Seeker], offers: Iterable[Offer], rules: MatchRules) -> Assignment:
    """Return who goes where: first as many as possible, then the highest sum of fits; each opening once.

    Raises `MissingExtra` without the extra `matching`.
    """
    numpy, solve = _solver()
    people = sorted(seekers, key=lambda one: one.id)
    posts = sorted(offers, key=lambda one: one.id)
    if not people or not posts:
        return Assignment((), tuple(one.id for one in people), sum(one.openings for one in posts))
    seats = [place for place, one in enumerate(posts) for _ in range(min(one.openings, len(people)))]
    table = numpy.asarray(fits(people, posts, rules), dtype=numpy.int64)[:, seats]
    gain = numpy.where(table > BLOCKED, table + _bonus(len(people)), 0)
    chosen = [
        (int(seeker), seats[int(seat)])
        for seeker, seat in zip(*solve(gain, maximize=True), strict=True)
        if gain[seeker, seat] > 0
    ]
    pairs = tuple(pair(people[seeker], posts[place], rules) for seeker, place in sorted(chosen))
    placed = {one.seeker for one in pairs}
    unplaced = tuple(one.id for one in people if one.id not in placed)
    return Assignment(pairs, unplaced, sum(one.openings for one in posts) - len(pairs))


def _bonus(people: int) -> int:
    """Return what one more placement is worth: more than all fits together."""
    return 1002 * (people + 1)


def _solver() -> tuple[Any, Any]:
    try:
        import numpy as np  # noqa: PLC0415 - only who assigns needs it
        from scipy.optimize import linear_sum_assignment  # noqa: PLC0415
    except ImportError:
        raise MissingExtra("matching", "assigning all seekers of a fair at once") from None
    return np, linear_sum_assignment
