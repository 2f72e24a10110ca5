"""投票与当选: whether a vote is valid, who is elected, and who stands again, by whole numbers only.

Votes cast are the papers returned, blank and spoiled ones included: a majority is of them. What is equal at the last
seat is decided by nobody here: those people stand again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import in_force
from huaying_governance.kernel.thresholds import Threshold
from huaying_governance.text import Text

MODES: Mapping[str, Text] = {
    "direct": Text("全体选民投票", "every voter votes"),
    "households": Text("户代表投票", "one for each household votes"),
    "representatives": Text("居民代表投票", "residents' representatives vote"),
}


@frozen(kw_only=True)
class VotingMode:
    """投票方式 of a body while it is in force: shares, proxies (0: none), supporters of a nomination."""

    body: str
    mode: str
    turnout: Threshold
    elect: Threshold
    again: Threshold
    again_turnout: bool
    again_extra: int
    proxies: int
    supporters: int
    handover_days: int
    since: date
    until: date | None
    validity: Citation
    proxy: Citation
    nomination: Citation
    handover: Citation
    tie: Citation


def mode_of(modes: Iterable[VotingMode], body: str, mode: str, day: date) -> VotingMode | None:
    """Return what holds for a way of voting on a polling day; None where the pack states nothing."""
    for one in modes:
        if (one.body, one.mode) == (body, mode) and in_force(day, one.since, one.until):
            return one
    return None


@frozen
class Ballot:
    """选票: papers that say the same: whom they mark, and how many they are. Nothing tells whose they were."""

    choices: tuple[str, ...]
    count: int


def gathered(ballots: Iterable[Ballot]) -> tuple[Ballot, ...]:
    """Return papers that say the same as one line, in an order that says nothing of who voted when."""
    counts: Counter[tuple[str, ...]] = Counter()
    for one in ballots:
        counts[tuple(sorted(set(one.choices)))] += one.count
    return tuple(Ballot(choices, count) for choices, count in sorted(counts.items()))


@frozen
class Tally:
    """计票: papers returned, those that are blank, those that mark too many, and votes by name, most first."""

    returned: int
    blank: int
    spoiled: int
    votes: tuple[tuple[str, int], ...]


def tally(ballots: Iterable[Ballot], seats: int, among: frozenset[str] | None = None) -> Tally:
    """Count papers for so many seats; in a run-off only those `among` whom it is held can be voted for."""
    returned = blank = spoiled = 0
    votes: Counter[str] = Counter()
    for one in gathered(ballots):
        returned += one.count
        if len(one.choices) > seats:
            spoiled += one.count
        elif not one.choices:
            blank += one.count
        else:
            votes.update({name: one.count for name in one.choices if among is None or name in among})
    ordered = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    return Tally(returned, blank, spoiled, tuple(ordered))


@frozen
class Outcome:
    """选举结果 of one round: valid or not, who is elected, seats left, and who stands again for them."""

    valid: bool
    elected: tuple[str, ...]
    left: int
    again: tuple[str, ...]
    tied: bool = False


def valid(due: int, issued: int, returned: int, mode: VotingMode, *, first: bool) -> bool:
    """Whether a round is valid: enough of those entitled voted, and no more papers came back than were given out."""
    if due < 1 or not returned <= issued <= due:
        return False
    return mode.turnout.met(returned, due) if first or mode.again_turnout else returned > 0


def outcome(counted: Tally, seats: int, mode: VotingMode, *, sound: bool, first: bool) -> Outcome:
    """Return what a round has decided.

    Who reaches the share of the votes cast is elected, most votes first. Those equal at the last seat are not, and
    stand again alone. Otherwise, for the seats left, those with the most votes stand again: one more than seats, or
    as many more as the pack says, and everybody equal to the last of them.
    """
    if not sound:
        return Outcome(False, (), seats, ())
    share = mode.elect if first else mode.again
    reached = [(name, count) for name, count in counted.votes if share.met(count, counted.returned)]
    if len(reached) > seats and reached[seats - 1][1] == reached[seats][1]:
        last = reached[seats][1]
        elected = tuple(name for name, count in reached if count > last)
        equal = tuple(name for name, count in reached if count == last)
        return Outcome(True, elected, seats - len(elected), equal, tied=True)
    elected = tuple(name for name, _ in reached[:seats])
    left = seats - len(elected)
    others = [(name, count) for name, count in counted.votes if name not in elected]
    return Outcome(True, elected, left, _again(others, left + mode.again_extra) if left else ())


def _again(others: list[tuple[str, int]], places: int) -> tuple[str, ...]:
    if len(others) <= places:
        return tuple(name for name, _ in others)
    least = others[places - 1][1]
    return tuple(name for name, count in others if count >= least)
