"""Shares as the law words them, against fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest

from huaying_governance.kernel import thresholds
from huaying_governance.kernel.thresholds import (
    COMPARATORS,
    Threshold,
    majority,
    more_than_two_thirds,
    two_thirds_or_more,
)

ALL = [value for value in vars(thresholds).values() if isinstance(value, Threshold)]


@pytest.mark.parametrize("threshold", ALL, ids=lambda threshold: threshold.title.en)
def test_every_share_of_1_to_500(threshold: Threshold) -> None:
    """For every n up to 500 the count needed is the smallest whose fraction meets the share; `met` says the same."""
    share = Fraction(threshold.part, threshold.whole)
    for n in range(1, 501):
        meets = [
            Fraction(k, n) > share if threshold.exceeded else Fraction(k, n) >= share for k in range(n + 1)
        ]
        needed = threshold(n)
        assert meets == [k >= needed for k in range(n + 1)], n
        for count in {0, min(needed, n) - 1, min(needed, n), n} - {-1}:
            assert threshold.met(count, n) == meets[count], (count, n)


@pytest.mark.parametrize(
    ("n", "half", "two_thirds", "above"),
    [(9, 5, 6, 7), (10, 6, 7, 7), (45, 23, 30, 31), (60, 31, 40, 41), (101, 51, 68, 68)],
)
def test_the_three_that_are_confused(n: int, half: int, two_thirds: int, above: int) -> None:
    """过半数, 三分之二以上 and 超过三分之二 of the domain's table T6."""
    assert (majority(n), two_thirds_or_more(n), more_than_two_thirds(n)) == (half, two_thirds, above)


def test_there_is_no_share_of_nobody() -> None:
    """A share of nobody, and more votes than voters, are errors and no result."""
    with pytest.raises(ValueError, match="one or more"):
        majority(0)
    for count in (-1, 10):
        with pytest.raises(ValueError, match="between none and all"):
            majority.met(count, 9)


def test_comparators_are_cited() -> None:
    """The rule of inclusion is cited with its words."""
    assert "1259" in COMPARATORS.say("en")
    assert "包括本数" in COMPARATORS.quote
