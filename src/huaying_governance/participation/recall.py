"""罢免: a request to recall a member of a committee: who asks, what the member says, how it is voted, by when.

Values only; `recalling` has the rules. The reasons are a document of those who ask, and the defence one of the member:
here stand their numbers, never what they say. What was voted is four whole numbers; nobody's vote is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

from attrs import evolve, field, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import day_of, in_force
from huaying_governance.kernel.thresholds import Threshold
from huaying_governance.kernel.workdays import Calendar
from huaying_governance.participation.kinship import NOTHING_DECLARED, Kinship
from huaying_governance.procedure.clock import deadline
from huaying_governance.text import Text

ASKERS: Mapping[str, Text] = {
    "voters": Text("选民", "voters"),
    "households": Text("户代表", "one for each household"),
    "representatives": Text("居民代表或村民代表", "representatives of the residents"),
}


@frozen(kw_only=True)
class RecallRules:
    """罢免规则 of a body while they are in force: who may ask, by which share of them, and days of the steps.

    `asks`: askers → share; whoever is not in it may not ask. `check_days`: from the request to its check;
    `defence_days`: what the member has from the notice on before a vote may be called; `notice_days`: between the call
    and the vote; `vote_days`: from acceptance to the vote.
    """

    body: str
    asks: Mapping[str, Threshold] = field(hash=False)
    check_days: int
    defence_days: int
    notice_days: int
    vote_days: int
    since: date
    until: date | None
    asking: Citation
    stating: Citation
    hearing: Citation
    clocks: Citation
    avoidance: Citation


@frozen(kw_only=True)
class RecallVote:
    """罢免投票 of a body in one way of voting: how many must vote, and how many of the votes cast recall."""

    body: str
    mode: str
    turnout: Threshold
    carry: Threshold
    since: date
    until: date | None
    voting: Citation


@frozen(kw_only=True)
class Recall:
    """罢免要求 against one member. `askers` and `mode` are words; `statement` the number of the written reasons."""

    community: str
    body: str
    member: str
    askers: str
    mode: str
    at: datetime
    statement: str = ""
    roll: str = ""


@frozen(kw_only=True)
class Act:
    """罢免办理: one act on a request.

    `supporters` of `due` have signed; of the vote, `due` are entitled, `issued` the papers given out, and `agreed`,
    `opposed`, `spoiled` (blank ones too) those returned.
    """

    action: str
    at: datetime
    actor: str
    role: str
    supporters: int | None = None
    due: int | None = None
    vote_on: date | None = None
    issued: int | None = None
    agreed: int | None = None
    opposed: int | None = None
    spoiled: int | None = None
    statement: str = ""
    reason: str = ""
    evidence: str = ""

    @property
    def returned(self) -> int | None:
        """Papers returned, whatever they say; None while a number of them is missing."""
        counted = (self.agreed, self.opposed, self.spoiled)
        return None if None in counted else sum(one for one in counted if one is not None)


@frozen(kw_only=True)
class Vote:
    """投票结果: who was entitled, papers given out, and what the papers returned say."""

    due: int
    issued: int
    agreed: int
    opposed: int
    spoiled: int

    @property
    def returned(self) -> int:
        """Votes cast: the papers returned, spoiled and blank ones included."""
        return self.agreed + self.opposed + self.spoiled

    @property
    def sound(self) -> bool:
        """Whether no more papers came back than were given out, nor more were given out than people are entitled."""
        return self.due > 0 and self.returned <= self.issued <= self.due

    def enough(self, rules: RecallVote) -> bool:
        """Whether enough of those entitled voted."""
        return self.sound and rules.turnout.met(self.returned, self.due)

    def carries(self, rules: RecallVote) -> bool:
        """Whether the member is recalled: enough voted, and enough of the votes cast agree."""
        return self.enough(rules) and self.returned > 0 and rules.carry.met(self.agreed, self.returned)


@frozen(kw_only=True)
class Standing:
    """罢免的现状."""

    recall: Recall
    state: str = "asked"
    moved_at: datetime | None = None
    statement: str = ""
    supporters: int | None = None
    due: int | None = None
    asked_on: date | None = None
    accepted_on: date | None = None
    notified_on: date | None = None
    heard: str = ""
    vote_on: date | None = None
    vote: Vote | None = None
    ended_on: date | None = None

    @property
    def last_at(self) -> datetime:
        """The moment of the last admitted act."""
        return self.moved_at or self.recall.at


def _nobody_known(_recall: Recall, _day: date) -> bool | None:
    return None


def _no_roll(_roll: str) -> int | None:
    return None


@frozen
class Terms:
    """罢免期限: the rules, the calendar, who sits on the committee, how many stand on a roll, who is related.

    `member` and `voters` return None for what nobody knows: no request is refused for it.
    """

    rules: tuple[RecallRules, ...]
    votes: tuple[RecallVote, ...]
    calendar: Calendar
    member: Callable[[Recall, date], bool | None] = _nobody_known
    voters: Callable[[str], int | None] = _no_roll
    kin: Kinship = NOTHING_DECLARED

    def rules_of(self, recall: Recall) -> RecallRules | None:
        """Return what holds on the day of the request."""
        return recall_rules(self.rules, recall.body, day_of(recall.at))

    def vote_of(self, recall: Recall) -> RecallVote | None:
        """Return how it is voted on, by what holds on the day of the request."""
        return recall_vote(self.votes, recall.body, recall.mode, day_of(recall.at))

    def ruled(self, recall: Recall) -> bool:
        """Whether the pack states what a request is judged and voted on by."""
        return self.rules_of(recall) is not None and self.vote_of(recall) is not None


def recall_rules(rules: Iterable[RecallRules], body: str, day: date) -> RecallRules | None:
    """Return what holds for a body on a day; None where the pack states nothing."""
    return next((one for one in rules if one.body == body and in_force(day, one.since, one.until)), None)


def recall_vote(votes: Iterable[RecallVote], body: str, mode: str, day: date) -> RecallVote | None:
    """Return what holds for a way of voting on a day; None where the pack states nothing."""
    for one in votes:
        if (one.body, one.mode) == (body, mode) and in_force(day, one.since, one.until):
            return one
    return None


def opened(recall: Recall) -> Standing:
    """Return how a request stands when it is handed in."""
    return Standing(recall=recall, statement=recall.statement, asked_on=day_of(recall.at))


def after(standing: Standing, act: Act, state: str) -> Standing:
    """Return how a request stands after an admitted act that ends in `state`."""
    moved, day = evolve(standing, state=state, moved_at=act.at), day_of(act.at)
    match act.action:
        case "check":
            accepted = day if state == "accepted" else None
            return evolve(moved, supporters=act.supporters, due=act.due, accepted_on=accepted)
        case "supplement":
            statement = act.statement.strip() or standing.statement
            return evolve(moved, statement=statement, asked_on=day, supporters=None, due=None)
        case "notify":
            return evolve(moved, notified_on=day)
        case "defend" | "waive":
            return evolve(moved, heard=act.action)
        case "call":
            return evolve(moved, vote_on=act.vote_on, vote=None)
        case "count":
            return evolve(moved, vote=_counted(act))
        case "announce" | "withdraw" | "resign":
            return evolve(moved, ended_on=day)
        case _:
            return moved


def _counted(act: Act) -> Vote:
    """Return the vote that an admitted count tells; the guards have asked for every number."""
    return Vote(
        due=act.due or 0,
        issued=act.issued or 0,
        agreed=act.agreed or 0,
        opposed=act.opposed or 0,
        spoiled=act.spoiled or 0,
    )


def asked_by_enough(supporters: int | None, due: int | None, askers: str, rules: RecallRules) -> bool | None:
    """Whether enough have signed; None where a number is missing, or these may not ask."""
    share = rules.asks.get(askers)
    if share is None or supporters is None or due is None or not 0 <= supporters <= due or due < 1:
        return None
    return share.met(supporters, due)


def least_askers(standing: Standing, rules: RecallRules) -> int | None:
    """Return how many must sign; None while it is not known of how many."""
    share = rules.asks.get(standing.recall.askers)
    return None if share is None or not standing.due else share(standing.due)


def hear_until(standing: Standing, rules: RecallRules, calendar: Calendar) -> date | None:
    """Return the last day the member has before a vote may be called; None before the notice."""
    if standing.notified_on is None:
        return None
    return deadline(calendar, standing.notified_on, rules.defence_days, "natural_days")


def due_of(standing: Standing, rules: RecallRules, calendar: Calendar) -> date | None:
    """Return the day by which the next step is due; None where nothing waits for whoever runs the recall."""
    match standing.state:
        case "asked" if standing.asked_on is not None:
            return deadline(calendar, standing.asked_on, rules.check_days, "natural_days")
        case "accepted" | "notified" | "heard" | "called" | "invalid" if standing.accepted_on is not None:
            return standing.accepted_on + timedelta(days=rules.vote_days)
        case "counted":
            return standing.vote_on
        case _:
            return None
