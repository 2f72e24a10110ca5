"""投票与当选: validity, majorities, run-off, against an oracle of fractions that knows nothing of the code."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from huaying_governance.packs.rules.elections import ElectionRules
from huaying_governance.participation.voting import (
    Ballot,
    Tally,
    VotingMode,
    gathered,
    mode_of,
    outcome,
    tally,
    valid,
)

DAY = date(2026, 12, 20)
HALF, THIRD, TWO_THIRDS = Fraction(1, 2), Fraction(1, 3), Fraction(2, 3)
WAYS = [
    ("residents_committee", "direct"),
    ("residents_committee", "households"),
    ("residents_committee", "representatives"),
    ("villagers_committee", "direct"),
]


@pytest.fixture(scope="module")
def rules() -> ElectionRules:
    found = hg.load_pack("huaying").rules(ElectionRules)
    assert found is not None
    return found


def way(rules: ElectionRules, body: str, mode: str, day: date = DAY) -> VotingMode:
    found = mode_of(rules.modes, body, mode, day)
    assert found is not None
    return found


# The law, in fractions --------------------------------------------------------------------------------------------


def law_valid(due: int, issued: int, returned: int, mode: str) -> bool:
    """超过 is more than, 过半数 is more than half; more papers than were given out make a vote invalid."""
    share = Fraction(returned, due)
    return returned <= issued <= due and (share > TWO_THIRDS if mode == "representatives" else share > HALF)


def law_round(votes: Mapping[str, int], returned: int, seats: int, extra: int, *, first: bool) -> object:
    """Who is elected, and who stands again, each said of one person at a time."""

    def reaches(name: str) -> bool:
        share = Fraction(votes[name], returned)
        return share > HALF if first else share >= THIRD

    reached = {name for name in votes if reaches(name)}
    elected = {name for name in reached if sum(votes[other] >= votes[name] for other in reached) <= seats}
    left = seats - len(elected)
    if left == 0:
        return elected, set()
    others = set(votes) - elected
    if reached - elected:
        most = max(votes[name] for name in reached - elected)
        return elected, {name for name in reached - elected if votes[name] == most}
    return elected, {
        name for name in others if sum(votes[one] > votes[name] for one in others) < left + extra
    }


def counted(votes: Mapping[str, int], returned: int) -> Tally:
    ordered = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    return Tally(returned, 0, 0, tuple(ordered))


@pytest.mark.parametrize(("body", "mode"), WAYS)
def test_validity_equals_the_oracle_everywhere(rules: ElectionRules, body: str, mode: str) -> None:
    """Every number entitled up to 31, of papers given out and of papers returned: valid exactly as by fractions."""
    one = way(rules, body, mode)
    for due in range(1, 32):
        for issued, returned in itertools.product(range(due + 2), repeat=2):
            expected = law_valid(due, issued, returned, mode)
            assert valid(due, issued, returned, one, first=True) == expected
    assert not valid(0, 0, 0, one, first=True)


@pytest.mark.parametrize(
    ("mode", "due", "returned", "holds"),
    [
        ("direct", 100, 50, False),
        ("direct", 100, 51, True),
        ("households", 101, 50, False),
        ("households", 101, 51, True),
        ("representatives", 30, 20, False),
        ("representatives", 30, 21, True),
        ("representatives", 31, 21, True),
    ],
)
def test_the_day_of_two_thirds(rules: ElectionRules, mode: str, due: int, returned: int, holds: bool) -> None:
    """Exactly half, and exactly two thirds of the representatives, are not enough; one more is."""
    assert valid(due, due, returned, way(rules, "residents_committee", mode), first=True) is holds


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("seats", [1, 2, 3])
def test_every_small_election_equals_the_oracle(rules: ElectionRules, seats: int, first: bool) -> None:
    """Four people, nought to six votes each, up to seven papers: elected and standing again as by fractions."""
    mode = way(rules, "residents_committee", "direct")
    for returned in range(1, 8):
        for held in itertools.product(range(min(returned, 6) + 1), repeat=4):
            votes = dict(zip("abcd", held, strict=True))
            told = outcome(counted(votes, returned), seats, mode, sound=True, first=first)
            elected, again = law_round(votes, returned, seats, mode.again_extra, first=first)
            assert (set(told.elected), set(told.again)) == (elected, again), (votes, returned)
            assert told.left == seats - len(told.elected)
            assert len(told.elected) <= seats


@given(
    st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 4_000), min_size=1),
    st.integers(0, 3_000),
    st.integers(1, 7),
    st.integers(0, 3),
    st.booleans(),
)
def test_large_elections_equal_the_oracle(
    rules: ElectionRules, votes: dict[str, int], more: int, seats: int, extra: int, first: bool
) -> None:
    """The same for thousands of votes, any number of seats and of people who stand again."""
    mode = evolve(way(rules, "villagers_committee", "direct"), again_extra=extra)
    returned = max(votes.values()) + more or 1
    told = outcome(counted(votes, returned), seats, mode, sound=True, first=first)
    assert (set(told.elected), set(told.again)) == law_round(votes, returned, seats, extra, first=first)


def test_equal_at_the_last_seat_nobody_is_elected_to_it(rules: ElectionRules) -> None:
    """Two equal for one seat stand again alone; two equal for two seats are both elected."""
    mode = way(rules, "residents_committee", "direct")
    held = counted({"a": 60, "b": 60, "c": 10}, 100)
    told = outcome(held, 1, mode, sound=True, first=True)
    assert (told.elected, told.again, told.tied) == ((), ("a", "b"), True)
    assert outcome(held, 2, mode, sound=True, first=True).elected == ("a", "b")
    assert outcome(held, 2, mode, sound=False, first=True).elected == ()


@pytest.mark.parametrize(("votes", "elected"), [(33, ()), (34, ("a",))])
def test_a_third_is_enough_in_a_run_off(rules: ElectionRules, votes: int, elected: tuple[str, ...]) -> None:
    """三分之一以上 of 100 papers are 34; of 99 they are 33, which is exactly a third."""
    mode = way(rules, "residents_committee", "direct")
    assert outcome(counted({"a": votes}, 100), 1, mode, sound=True, first=False).elected == elected
    assert outcome(counted({"a": 33}, 99), 1, mode, sound=True, first=False).elected == ("a",)


def test_a_run_off_may_do_without_the_turnout(rules: ElectionRules) -> None:
    """Whether a run-off needs the turnout is a switch of the pack; some paper must have come back all the same."""
    mode = way(rules, "residents_committee", "direct")
    assert not valid(100, 100, 40, mode, first=False)
    free = evolve(mode, again_turnout=False)
    assert valid(100, 100, 40, free, first=False)
    assert not valid(100, 100, 0, free, first=False)
    assert not valid(100, 100, 40, free, first=True)


# Papers ----------------------------------------------------------------------------------------------------------

PAPERS = st.lists(
    st.tuples(st.lists(st.sampled_from("abcd"), max_size=4), st.integers(1, 30)).map(
        lambda one: Ballot(tuple(one[0]), one[1])
    ),
    max_size=20,
)


@given(PAPERS, st.integers(1, 3))
def test_every_paper_is_counted_once(papers: list[Ballot], seats: int) -> None:
    """Each paper is blank, spoiled or good; a good one gives each person it marks one vote, marked twice or not."""
    told = tally(papers, seats)
    spread = [set(one.choices) for one in papers for _ in range(one.count)]
    good = [marks for marks in spread if 0 < len(marks) <= seats]
    assert told.returned == len(spread)
    assert told.blank == sum(not marks for marks in spread)
    assert told.spoiled == sum(len(marks) > seats for marks in spread)
    assert dict(told.votes) == {name: n for name in "abcd" if (n := sum(name in marks for marks in good))}
    assert [n for _, n in told.votes] == sorted((n for _, n in told.votes), reverse=True)


@given(PAPERS, st.randoms(use_true_random=False))
def test_the_order_of_papers_says_nothing(papers: list[Ballot], chance: object) -> None:
    """Gathered papers are the same whatever order they were imported in, so that no order betrays a voter."""
    mixed = list(papers)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert gathered(mixed) == gathered(papers)
    assert tally(gathered(mixed), 2) == tally(papers, 2)


def test_in_a_run_off_only_those_who_stand_are_voted_for() -> None:
    """A vote for somebody else is none, and the paper still counts among the votes cast."""
    told = tally([Ballot(("a",), 5), Ballot(("z",), 3)], 1, frozenset("ab"))
    assert (told.returned, told.votes) == (8, (("a", 5),))


# The law in force -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("body", "mode"), WAYS)
def test_the_new_law_holds_from_its_first_day(rules: ElectionRules, body: str, mode: str) -> None:
    """The day before 2026-01-01 the pack states nothing and nothing is guessed; on the day and after, it does."""
    assert mode_of(rules.modes, body, mode, date(2025, 12, 31)) is None
    assert mode_of(rules.modes, body, mode, date(2026, 1, 1)) is not None
    assert mode_of(rules.modes, body, mode, date(2026, 1, 2)) is not None


def test_a_village_votes_directly_only(rules: ElectionRules) -> None:
    """No rules admit households or representatives of a village as voters."""
    for mode in ("households", "representatives"):
        assert mode_of(rules.modes, "villagers_committee", mode, DAY) is None
