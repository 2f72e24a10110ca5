"""选举: one vote on one roll: candidates, proxies, rounds, and what they have decided.

Values only; `electing` has the rules. Papers are kept as what they mark and how many say so: nobody's vote is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from attrs import evolve, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of
from huaying_governance.participation.kinship import NOTHING_DECLARED, KinRules, Kinship, Officials, kin_rules
from huaying_governance.participation.roll import RollStanding
from huaying_governance.participation.voting import (
    Ballot,
    Outcome,
    Tally,
    VotingMode,
    mode_of,
    outcome,
    tally,
    valid,
)


@frozen(kw_only=True)
class Election:
    """选举: how it is voted, and for how many seats of which office."""

    roll: str
    mode: str
    office: str
    seats: int
    at: datetime


@frozen(kw_only=True)
class Act:
    """选举办理: one act on an election.

    `due`: how many are entitled to vote; `issued`: papers given out; `round` and `ballots`: of a count. `holder` is
    given somebody's proxy; the voter is the actor.
    """

    action: str
    at: datetime
    actor: str
    role: str
    candidate: str = ""
    nominator: str = ""
    supporters: int | None = None
    fit: bool | None = None
    holder: str = ""
    due: int | None = None
    issued: int | None = None
    round: int = 1
    ballots: tuple[Ballot, ...] = ()
    reason: str = ""
    evidence: str = ""


@frozen
class Proxy:
    """委托: who may vote for whom."""

    voter: str
    holder: str


@frozen(kw_only=True)
class Round:
    """轮次: one day of voting: how many were entitled, papers given out, papers returned; `fresh` candidates of it."""

    day: date
    due: int
    issued: int
    first: bool
    fresh: tuple[str, ...] = ()
    proxies: tuple[Proxy, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    counted: bool = False


@frozen(kw_only=True)
class Standing:
    """选举的现状."""

    election: Election
    state: str = "planned"
    moved_at: datetime | None = None
    fresh: tuple[str, ...] = ()
    proxies: tuple[Proxy, ...] = ()
    rounds: tuple[Round, ...] = ()
    announced_on: date | None = None
    handed_over_on: date | None = None
    declined: tuple[str, ...] = ()

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        return self.moved_at or self.election.at

    def held_by(self, holder: str) -> int:
        """Return how many proxies somebody holds."""
        return sum(one.holder == holder for one in self.proxies)

    def holders(self) -> tuple[Counter[str], ...]:
        """Return how many proxies each holder had in every round, and has now."""
        days = (*(one.proxies for one in self.rounds), self.proxies)
        return tuple(Counter(one.holder for one in held) for held in days)


def _alone(_roll: str) -> Iterable[Standing]:
    return ()


@frozen
class Terms:
    """选举期限: the ways of voting, the rolls, and who stands on them (None: no registration is known).

    `on_roll` gives every election on a roll: together they make one committee. `kin` is what was declared of near
    relatives, and `avoidance` what follows from it.
    """

    modes: tuple[VotingMode, ...]
    roll: Callable[[str], RollStanding | None]
    voter: Callable[[str, str], bool | None]
    voters: Callable[[str], int | None]
    on_roll: Callable[[str], Iterable[Standing]] = _alone
    kin: Kinship = NOTHING_DECLARED
    avoidance: tuple[KinRules, ...] = ()

    def mode(self, election: Election) -> VotingMode | None:
        """Return what holds for an election on the polling day of its roll."""
        known = self.roll(election.roll)
        if known is None:
            return None
        return mode_of(self.modes, known.roll.body, election.mode, known.roll.polling_day)

    def avoids(self, roll: str) -> KinRules | None:
        """Return what holds of near relatives on the polling day of a roll."""
        known = self.roll(roll)
        return None if known is None else kin_rules(self.avoidance, known.roll.body, known.roll.polling_day)

    def results(self, standing: Standing) -> Iterable[tuple[Standing, Result]]:
        """Return this election and every one on its roll, each with what it has decided; this one may come twice."""
        for one in (standing, *self.on_roll(standing.election.roll)):
            mode = self.mode(one.election)
            if mode is not None:
                yield one, result(one, mode)

    def nominated(self, standing: Standing) -> frozenset[str]:
        """Return who was nominated in an election of this roll, for whatever round, and did not stand down."""
        return nominated((standing, *self.on_roll(standing.election.roll)))

    def officials(self) -> Officials:
        """Return which officials are concerned in the elections of a roll: they, or near relatives, were nominated."""

        def concerned(roll: str, actor: str, day: date) -> bool:
            if self.avoids(roll) is None:
                return False
            return bool(self.kin.touching(actor, nominated(self.on_roll(roll)), day))

        def clause(roll: str) -> Citation | None:
            rules = self.avoids(roll)
            return None if rules is None else rules.committee

        return Officials(concerned, clause)

    def seated(self, standing: Standing) -> frozenset[str]:
        """Return who is elected on the roll of an election and has not given up the seat."""
        return frozenset(name for one, held in self.results(standing) for name in seats_of(one, held))


@frozen(kw_only=True)
class Result:
    """选举情况: everything decided so far, and who stands in the next round."""

    elected: tuple[str, ...]
    left: int
    candidates: tuple[str, ...]
    tallies: tuple[Tally, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def valid(self) -> bool:
        """Whether the last round that was counted is valid."""
        return bool(self.outcomes) and self.outcomes[-1].valid


def result(standing: Standing, mode: VotingMode) -> Result:
    """Return what all rounds together have decided. An invalid round decides nothing and is held again."""
    elected: tuple[str, ...] = ()
    stand: tuple[str, ...] = ()
    left, tallies, outcomes = standing.election.seats, [], []
    for one in standing.rounds:
        stand = tuple(dict.fromkeys((*stand, *one.fresh)))
        if not one.counted:
            break
        counted = tally(one.ballots, left, None if one.first else frozenset(stand))
        sound = valid(one.due, one.issued, counted.returned, mode, first=one.first)
        decided = outcome(counted, left, mode, sound=sound, first=one.first)
        tallies.append(counted)
        outcomes.append(decided)
        if decided.valid:
            elected, left, stand = (*elected, *decided.elected), decided.left, decided.again
    stand = tuple(dict.fromkeys((*stand, *standing.fresh)))
    return Result(
        elected=elected, left=left, candidates=stand, tallies=tuple(tallies), outcomes=tuple(outcomes)
    )


def nominated(elections: Iterable[Standing]) -> frozenset[str]:
    """Return who was nominated in these elections, for whatever round, and did not stand down."""
    every = list(elections)
    polled = (held.fresh for one in every for held in one.rounds)
    return frozenset(name for fresh in (*(one.fresh for one in every), *polled) for name in fresh)


def seats_of(standing: Standing, told: Result) -> tuple[str, ...]:
    """Return who is elected and has not given up the seat."""
    return tuple(name for name in told.elected if name not in standing.declined)


def hand_over_by(standing: Standing, mode: VotingMode) -> date | None:
    """Return the last day of the handover: so many days after the result; None before there is one."""
    return (
        None if standing.announced_on is None else standing.announced_on + timedelta(days=mode.handover_days)
    )


def opened(election: Election) -> Standing:
    """Return how an election stands when it is called."""
    return Standing(election=election)


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how an election stands after an admitted act that ends in `state`."""
    moved, day = evolve(standing, state=state, moved_at=act.at), day_of(act.at)
    match act.action:
        case "nominate":
            return evolve(moved, fresh=(*standing.fresh, act.candidate))
        case "stand_down":
            return evolve(moved, fresh=tuple(one for one in standing.fresh if one != act.actor))
        case "give_proxy":
            return evolve(moved, proxies=(*standing.proxies, Proxy(act.actor, act.holder)))
        case "revoke_proxy":
            return evolve(moved, proxies=tuple(one for one in standing.proxies if one.voter != act.actor))
        case "poll":
            return _polled(moved, standing, act)
        case "count":
            *earlier, last = standing.rounds
            return evolve(moved, rounds=(*earlier, evolve(last, ballots=act.ballots, counted=True)))
        case "announce":
            return evolve(moved, announced_on=day if state == "announced" else None)
        case "decline":
            return evolve(moved, declined=(*standing.declined, act.actor))
        case "hand_over":
            return evolve(moved, handed_over_on=day)
        case _:
            return moved


def _polled(moved: Standing, standing: Standing, act: Act) -> Standing:
    """Return the election after a poll: the vote is the first until one was valid; proxies are for one day."""
    first = standing.state == "planned" or (standing.state == "invalid" and standing.rounds[-1].first)
    held = Round(
        day=day_of(act.at),
        due=act.due or 0,
        issued=act.issued or 0,
        first=first,
        fresh=standing.fresh,
        proxies=standing.proxies,
    )
    return evolve(moved, rounds=(*standing.rounds, held), fresh=(), proxies=())
