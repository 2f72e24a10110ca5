"""罢免: who may ask, the member's answer, the vote and what it needs; by the procedure and through the case folder."""

# Long: the procedure, its proof, a model, and the tables in one piece.

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import huaying_governance as hg
from folders import Office, changed_pack, faults, in_part, office_at
from huaying_governance.casework import Casebook
from huaying_governance.errors import Refused
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs import loading
from huaying_governance.packs.rules.elections import ElectionRules
from huaying_governance.participation.kinship import Kinship, Relation
from huaying_governance.participation.recall import (
    Act,
    Recall,
    Standing,
    Terms,
    Vote,
    asked_by_enough,
    due_of,
    hear_until,
    least_askers,
    recall_rules,
    recall_vote,
)
from huaying_governance.participation.recall_reasons import judged
from huaying_governance.participation.recalling import RECALLS
from huaying_governance.procedure.check import Claim, World, check_machine

START = date(2026, 9, 1)
CALENDAR = hg.china_calendar()


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)


@cache
def shipped() -> ElectionRules:
    found = hg.load_pack("huaying").rules(ElectionRules)
    assert found is not None
    return found


def request(
    body: str = "residents_committee", askers: str = "voters", mode: str = "direct", **more: Any
) -> Recall:
    made = {"community": "dujiaping", "member": "m-1", "at": at(START), "statement": "文-1", **more}
    return Recall(body=body, askers=askers, mode=mode, **made)


class Hall:
    """One request in a store of its own; a hundred voters stand on the roll `L`."""

    def __init__(self, recall: Recall | None = None, **more: Any) -> None:
        self.terms = Terms(shipped().recalls, shipped().recall_votes, CALENDAR, **more)
        self.book: Casebook[Recall, Standing, Act, Terms] = Casebook(
            hg.open_store("memory:"), RECALLS, self.terms
        )
        self.book.open("Z", recall or request())

    def do(
        self, action: str, day: int = 0, actor: str = "c-1", role: str = "committee", **more: Any
    ) -> Standing:
        one = Act(action=action, at=at(START + timedelta(days=day)), actor=actor, role=role, **more)
        return self.book.act("Z", one)

    def refused(self, action: str, day: int = 0, *args: str, **more: Any) -> tuple[str, ...]:
        before = self.book.standing("Z")
        with pytest.raises(Refused) as caught:
            self.do(action, day, *args, **more)
        assert self.book.standing("Z") == before
        ruling = caught.value.ruling
        assert all(one.text.zh and one.text.en for one in ruling.remedies)
        assert len(ruling.remedies) == len(ruling.codes)
        return ruling.codes

    def until_called(self, vote_on: int = 20) -> None:
        self.do("check", 1, supporters=10, due=100)
        self.do("notify", 2, evidence="送达-1")
        self.do("defend", 3, "m-1", "member", evidence="申辩-1")
        self.do("call", 4, vote_on=START + timedelta(days=vote_on))

    def counted(
        self, agreed: int, opposed: int = 0, spoiled: int = 0, issued: int = 100, due: int = 100
    ) -> Any:
        votes = {"agreed": agreed, "opposed": opposed, "spoiled": spoiled, "issued": issued, "due": due}
        return self.do("count", 20, evidence="记录", **votes)


# Who may ask ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "askers", "share"),
    [
        ("residents_committee", "voters", (1, 10)),
        ("residents_committee", "households", (1, 10)),
        ("residents_committee", "representatives", (1, 3)),
        ("villagers_committee", "voters", (1, 5)),
        ("villagers_committee", "representatives", (1, 3)),
    ],
)
def test_who_may_ask_by_the_law(body: str, askers: str, share: tuple[int, int]) -> None:
    """Communities: a tenth of the voters or of the households' representatives, or a third of the representatives
    (Art. 20); villages: a fifth of the voters, or a third of the representatives (Art. 19): the number included, for
    every size up to 300."""
    rules = recall_rules(shipped().recalls, body, START)
    assert rules is not None
    article = {"residents_committee": "rc2025", "villagers_committee": "vc2025"}[body]
    assert rules.asking.source.id == article
    part, whole = share
    for due in range(1, 301):
        for signed in range(due + 1):
            enough = asked_by_enough(signed, due, askers, rules)
            assert enough is (signed * whole >= part * due), (signed, due)


def test_households_do_not_ask_in_a_village() -> None:
    """The law of villages names voters and representatives: households' representatives are refused."""
    hall = Hall(request("villagers_committee", "households"))
    assert hall.refused("check", 1, supporters=90, due=100) == ("may-not-ask",)


def test_before_the_law_nothing_is_judged() -> None:
    """A request of 2025 finds no rules in the pack: refused, never guessed; a way of voting without rules likewise."""
    hall = Hall(request(at=at(date(2025, 12, 31))))
    assert hall.refused("check", 1, supporters=10, due=100) == ("no-recall-rules",)
    assert Hall(request("villagers_committee", mode="households")).refused(
        "check", 1, supporters=20, due=100
    ) == ("no-recall-rules",)
    assert judged(hall.book.standing("Z"), hall.terms).missing == ("recall-rules",)


def test_what_lacks_is_said_and_may_be_made_good() -> None:
    """Nine of a hundred, and no written reasons: not accepted, told with the number needed; made good, it is."""
    hall = Hall(request(statement=""))
    assert hall.refused("check", 1) == ("no-signatures",)
    assert hall.refused("check", 1, supporters=101, due=100) == ("no-signatures",)
    assert hall.refused("check", 1, supporters=0, due=0) == ("no-signatures",)
    one = hall.do("check", 1, supporters=9, due=100)
    ruling = judged(one, hall.terms)
    assert (one.state, ruling.codes) == ("lacking", ("too-few-askers", "no-statement"))
    assert "10人" in ruling.reason("zh")
    assert len(ruling.remedies) == 2
    rules = hall.terms.rules_of(one.recall)
    assert rules is not None
    assert least_askers(one, rules) == 10
    assert due_of(one, rules, CALENDAR) is None
    assert hall.refused("supplement", 2, "a-1", "askers") == ("nothing-new",)
    one = hall.do("supplement", 3, "a-1", "askers", statement="文-2")
    assert (one.state, one.statement, judged(one, hall.terms).codes) == ("asked", "文-2", ())
    assert due_of(one, rules, CALENDAR) == date(2026, 9, 19)
    assert hall.do("check", 4, supporters=10, due=100).state == "accepted"


def test_only_a_member_is_recalled_and_the_roll_is_counted() -> None:
    """Somebody who sits on no such committee is not recalled; voters who ask are of those on the roll, where known."""
    hall = Hall(request(roll="L"), member=lambda _recall, _day: False, voters=lambda _: 100)
    assert hall.refused("check", 1, supporters=10, due=90) == ("not-a-member", "roll-differs")
    known = Hall(request(roll="L"), member=lambda _recall, _day: True, voters=lambda _: 100)
    assert known.do("check", 1, supporters=10, due=100).state == "accepted"
    others = Hall(request(askers="representatives", roll="L"), voters=lambda _: 100)
    assert others.do("check", 1, supporters=10, due=30).state == "accepted"


# The member's answer ----------------------------------------------------------------------------------------------


def test_the_member_is_heard_before_the_vote() -> None:
    """Told in writing; no vote is called before the member has answered, has waived it, or the days are over: on the
    fifth day it is too early, on the sixth it may be."""
    hall = Hall()
    hall.do("check", 1, supporters=10, due=100)
    assert hall.refused("notify", 2) == ("no-evidence",)
    one = hall.do("notify", 2, evidence="送达-1")
    rules = hall.terms.rules_of(one.recall)
    assert rules is not None
    assert hear_until(one, rules, CALENDAR) == START + timedelta(days=7)
    later = START + timedelta(days=30)
    assert hall.refused("call", 7, vote_on=later) == ("not-heard",)
    assert hall.refused("defend", 3, "m-2", "member", evidence="x") == ("not-the-member",)
    assert hall.refused("defend", 3, "m-1", "member") == ("no-evidence",)
    assert hall.do("call", 8, vote_on=later).state == "called"
    assert "没有申辩" in judged(hall.book.standing("Z"), hall.terms).reason("zh")
    heard = hall.do("defend", 9, "m-1", "member", evidence="申辩-1")
    assert (heard.state, heard.heard) == ("called", "defend")
    assert hall.refused("defend", 31, "m-1", "member", evidence="x") == ("too-late",)


@pytest.mark.parametrize(("action", "more"), [("defend", {"evidence": "申辩-1"}), ("waive", {})])
def test_who_has_answered_or_waived_need_not_be_waited_for(action: str, more: dict[str, str]) -> None:
    """After the answer, or its waiver, a vote may be called the same day, at least five days ahead (default)."""
    hall = Hall()
    hall.do("check", 1, supporters=10, due=100)
    hall.do("notify", 2, evidence="送达-1")
    hall.do(action, 2, "m-1", "member", **more)
    assert hall.refused("call", 2, vote_on=START + timedelta(days=6)) == ("no-vote-day",)
    assert hall.refused("call", 2) == ("no-vote-day",)
    assert hall.do("call", 2, vote_on=START + timedelta(days=7)).state == "called"
    assert hall.refused("call", 3, vote_on=START + timedelta(days=9)) == ("no-reason",)
    assert hall.do("call", 3, vote_on=START + timedelta(days=9), reason="暴雨").vote_on == date(2026, 9, 10)


def test_beyond_the_calendar_the_days_are_not_over() -> None:
    """Natural days need no notice of holidays: the last day is known in any year."""
    hall = Hall(request(at=at(date(2030, 1, 1))))
    days = (date(2030, 1, 1) - START).days
    hall.do("check", days, supporters=10, due=100)
    hall.do("notify", days, evidence="x")
    assert hall.do("call", days + 6, vote_on=date(2030, 1, 20)).state == "called"


def test_neither_the_member_nor_a_relative_runs_it() -> None:
    """回避: the member has no hand in the own recall, nor has a declared near relative while the relation holds."""
    kin = Kinship((Relation(person="c-2", relative="m-1", since=START, until=START + timedelta(days=5)),))
    hall = Hall(kin=kin)
    assert hall.refused("check", 1, "m-1", supporters=10, due=100) == ("own-recall",)
    assert hall.refused("check", 1, "c-2", supporters=10, due=100) == ("relative-recall",)
    assert hall.do("check", 6, "c-2", supporters=10, due=100).state == "accepted"


# The vote ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("papers", "state", "codes"),
    [
        ((51, 0, 0), "recalled", ()),
        ((50, 0, 0), "kept", ("too-few-voted",)),
        ((26, 25, 0), "recalled", ()),
        ((26, 24, 2), "kept", ("not-carried",)),
        ((27, 24, 1), "recalled", ()),
        ((0, 51, 0), "kept", ("not-carried",)),
        ((0, 0, 0), "kept", ("too-few-voted",)),
    ],
)
def test_recalled_by_more_than_half_where_more_than_half_vote(
    papers: tuple[int, int, int], state: str, codes: tuple[str, ...]
) -> None:
    """More than half of those entitled vote, and more than half of the votes cast, blank and spoiled ones included,
    agree: at the bounds. A vote of too few keeps the member."""
    hall = Hall()
    hall.until_called()
    assert hall.counted(*papers).state == "counted"
    one = hall.do("announce", 20)
    ruling = judged(one, hall.terms)
    assert (one.state, ruling.outcome, ruling.codes) == (state, state, codes)
    assert ruling.basis("zh")
    assert ruling.basis("en")


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_the_vote_equals_counting(due: int, agreed: int, opposed: int, spoiled: int) -> None:
    """For every way of voting: recalled if and only if the papers agree, enough voted and enough of the cast agree."""
    returned = agreed + opposed + spoiled
    vote = Vote(due=due, issued=due, agreed=agreed, opposed=opposed, spoiled=spoiled)
    for body, mode in [
        ("residents_committee", "direct"),
        ("residents_committee", "households"),
        ("residents_committee", "representatives"),
        ("villagers_committee", "direct"),
    ]:
        rules = recall_vote(shipped().recall_votes, body, mode, START)
        assert rules is not None
        enough = 3 * returned > 2 * due if mode == "representatives" else 2 * returned > due
        assert vote.carries(rules) is (returned <= due and enough and 2 * agreed > returned)


def test_a_vote_on_its_day_with_every_number() -> None:
    """Counted on the day that was called, with every number and the minutes; of as many as stand on the roll."""
    hall = Hall(request(roll="L"), voters=lambda _: 100)
    hall.until_called()
    assert hall.refused("count", 19) == ("not-vote-day", "no-counts", "no-evidence")
    votes = {"agreed": 60, "opposed": 0, "spoiled": 0, "issued": 99, "due": 99, "evidence": "x"}
    assert hall.refused("count", 20, **votes) == ("roll-differs",)
    assert hall.refused("count", 20, **{**votes, "due": 100, "spoiled": None}) == ("no-counts",)
    one = hall.do("count", 20, **{**votes, "due": 100})
    rules = hall.terms.rules_of(one.recall)
    assert rules is not None
    assert (one.state, due_of(one, rules, CALENDAR)) == ("counted", START + timedelta(days=20))


def test_more_papers_than_were_given_out_make_the_vote_void() -> None:
    """Void, nothing is decided, and another day is called."""
    hall = Hall()
    hall.until_called()
    one = hall.counted(61, 0, 0, issued=60)
    assert (one.state, judged(one, hall.terms).codes) == ("invalid", ("too-many-papers",))
    assert hall.do("call", 21, vote_on=START + timedelta(days=30)).vote is None


def test_the_vote_is_due_sixty_days_after_acceptance() -> None:
    """From acceptance to the vote: one clock, whatever was done since; when it is over, none."""
    hall = Hall()
    one = hall.book.standing("Z")
    rules = hall.terms.rules_of(one.recall)
    assert rules is not None
    assert due_of(one, rules, CALENDAR) == START + timedelta(days=15)
    hall.until_called()
    assert due_of(hall.book.standing("Z"), rules, CALENDAR) == START + timedelta(days=61)
    hall.do("resign", 6, "m-1", "member", evidence="辞职-1")
    one = hall.book.standing("Z")
    assert (one.state, one.ended_on, due_of(one, rules, CALENDAR)) == ("ended", date(2026, 9, 7), None)
    other = Hall()
    assert other.refused("withdraw", 1, "a-1", "askers") == ("no-reason",)
    assert other.do("withdraw", 1, "a-1", "askers", reason="已和解").state == "withdrawn"


# Everything that can happen -----------------------------------------------------------------------------------------


def commands(standing: Standing) -> Iterator[Act]:
    """Every act by every role and three persons, with a few values of everything it may say."""
    ways: dict[str, Iterable[dict[str, Any]]] = {
        "check": [{"supporters": s, "due": d} for s, d in [(None, None), (9, 100), (10, 100), (10, 99)]],
        "supplement": [{}, {"statement": "文-2"}],
        "notify": [{}, {"evidence": "x"}],
        "defend": [{}, {"evidence": "x"}],
        "call": [
            {"vote_on": on, "reason": why}
            for on in (None, START + timedelta(days=20), START + timedelta(days=31))
            for why in ("", "x")
        ],
        "count": [
            {"agreed": a, "opposed": 0, "spoiled": 0, "issued": i, "due": 100, "evidence": "x"}
            for a, i in [(60, 100), (40, 100), (60, 50), (60, None)]
        ]
        + [{"agreed": 60, "opposed": 0, "spoiled": 0, "issued": 90, "due": 90}],
        "withdraw": [{}, {"reason": "x"}],
        "resign": [{}, {"evidence": "x"}],
    }
    for action, actor, role in itertools.product(
        RECALLS.procedure.actions, ("m-1", "c-1", "k-1"), RECALLS.procedure.roles
    ):
        if role == "askers" and actor != "c-1":
            continue
        for moment, more in itertools.product(moments(standing), ways.get(action, [{}])):
            yield Act(action=action, at=moment, actor=actor, role=role, **more)


def moments(standing: Standing) -> Iterator[datetime]:
    """Yield the day before the last act, and days that matter: when the answer's days are over, and the vote."""
    yield standing.last_at - timedelta(days=1)
    for day in (START, START + timedelta(days=6), START + timedelta(days=20), START + timedelta(days=26)):
        if at(day) >= standing.last_at:
            yield at(day)


def seen(one: Standing) -> object:
    """What two requests have in common where one stands for the other."""
    days = (one.last_at.date() - START).days
    told = (one.recall, one.state, one.statement, one.supporters, one.heard)
    return (*told, one.vote_on, one.vote, one.notified_on, days)


def told_before(_memory: Any, one: Standing) -> bool:
    return one.state not in {"called", "counted", "recalled"} or one.notified_on is not None


def by_a_vote(_memory: Any, one: Standing) -> bool:
    vote = one.vote
    if one.state != "recalled":
        return True
    return vote is not None and 2 * vote.agreed > vote.returned and 2 * vote.returned > vote.due


def had_time(_memory: Any, one: Standing) -> bool:
    if one.vote_on is None or one.heard:
        return True
    return one.notified_on is not None and one.vote_on > one.notified_on + timedelta(days=5)


def unbiased(memory: Any, _one: Standing) -> bool:
    return not memory


def biased(memory: Any, _before: Standing, one: Act, _after: Standing) -> Any:
    return memory or (one.role == "committee" and one.actor != "c-1")


STARTS = (
    Standing(recall=request(statement="", roll="L"), asked_on=START),
    Standing(recall=request("villagers_committee", "households"), statement="文-1", asked_on=START),
    Standing(recall=request("villagers_committee", mode="households"), statement="文-1", asked_on=START),
    Standing(recall=request(community="gone"), statement="文-1", asked_on=START),
    Standing(recall=request(community="leaves"), statement="文-1", asked_on=START),
)


def sits(recall: Recall, day: date) -> bool:
    """One has left before, one leaves after twelve days, the others stay."""
    return recall.community != "gone" and (recall.community != "leaves" or day < START + timedelta(days=12))


def test_everything_that_can_happen() -> None:
    """Proof: no vote before the member was told and had the time; nobody recalled without a vote of enough; the member
    and a relative never act for the committee; what has ended moves no more; each guard is seen to hold and to fail."""
    terms = Terms(
        shipped().recalls,
        shipped().recall_votes,
        CALENDAR,
        member=sits,
        voters=lambda _: 100,
        kin=Kinship((Relation(person="k-1", relative="m-1", since=START),)),
    )

    def move(standing: Standing, one: Act, context: Terms) -> Standing:
        step = RECALLS.procedure.step(standing.state, one.action)
        assert step is not None
        return RECALLS.after(standing, one, step.target(standing, one, context))

    claims = [
        Claim[Standing, Act]("told before any vote", False, biased, told_before),
        Claim[Standing, Act]("recalled by a vote", False, biased, by_a_vote),
        Claim[Standing, Act]("had time to answer", False, biased, had_time),
        Claim[Standing, Act]("nobody biased acts", False, biased, unbiased),
    ]
    world = World(RECALLS.procedure, STARTS, commands, lambda _s, _c: terms, move, seen)
    proof = check_machine(world, claims)
    assert proof.holds, proof.failures
    unseen = {cell for cell in proof.unseen(RECALLS.procedure) if cell[2:] != ("no-recall-rules", False)}
    assert not unseen, sorted(unseen)


class Recalls(RuleBasedStateMachine):
    """Any acts in any order: the same answer twice, replay ends as the book stands, an end is an end."""

    @initialize(
        body=st.sampled_from(["residents_committee", "villagers_committee"]),
        askers=st.sampled_from(["voters", "households", "representatives"]),
    )
    def begin(self, body: str, askers: str) -> None:
        self.hall, self.day, self.number = Hall(request(body, askers)), START, 0
        self.ended: Standing | None = None

    @rule(
        action=st.sampled_from(sorted(RECALLS.procedure.actions)),
        actor=st.sampled_from(["c-1", "c-1", "m-1", "a-1"]),
        days=st.sampled_from([0, 0, 1, 6]),
        signed=st.sampled_from([5, 10, 20, 34, 100]),
        papers=st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 10)),
    )
    def act(self, action: str, actor: str, days: int, signed: int, papers: tuple[int, int, int]) -> None:
        self.day += timedelta(days=days)
        self.number += 1
        now = self.hall.book.standing("Z")
        if action == "count" and now.vote_on is not None:
            self.day = max(self.day, now.vote_on)
        role = {
            "supplement": "askers", "withdraw": "askers", "defend": "member", "waive": "member", "resign": "member",
        }.get(action, "committee")  # fmt: skip
        one = Act(
            action=action, at=at(self.day), actor=actor, role=role, supporters=signed, due=100,
            vote_on=self.day + timedelta(days=5), issued=100, agreed=papers[0], opposed=papers[1], spoiled=papers[2],
            statement="文-2", reason="x", evidence="x",
        )  # fmt: skip
        first = self.hall.book.attempt("Z", one, f"c{self.number}")
        again = self.hall.book.attempt("Z", one, f"c{self.number}")
        assert (first is None) == (again is None)

    @invariant()
    def promises(self) -> None:
        if not hasattr(self, "hall"):
            return
        now = self.hall.book.standing("Z")
        if self.ended is not None:
            assert now == self.ended
        if RECALLS.procedure.state(now.state).final:
            self.ended = now
        ruling = judged(now, self.hall.terms)
        assert ruling.outcome in {now.state, "undetermined"}
        if now.state in {"accepted", "notified", "heard", "called", "counted", "recalled", "kept"}:
            rules = self.hall.terms.rules_of(now.recall)
            assert rules is not None
            assert asked_by_enough(now.supporters, now.due, now.recall.askers, rules) is True
        if now.state == "recalled":
            assert not ruling.codes
        if now.state == "kept":
            assert set(ruling.codes) & {"too-few-voted", "not-carried"}
        assert Casebook(self.hall.book._store, RECALLS, self.hall.terms).standing("Z") == now


TestRecalls = Recalls.TestCase
TestRecalls.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


# Through the case folder ------------------------------------------------------------------------------------------

RECALL = {
    "id": "Z1",
    "community": "杜家坪社区",
    "body": "居委会",
    "recalled_member": "m-1",
    "askers": "选民",
    "voting_mode": "直接选举",
    "at": "2026-09-01T09:00",
    "statement": "文-1",
    "voter_roll": "",
}
NAMES = (
    *("supporters", "due_count", "vote_on", "issued", "agreed_count", "opposed_count", "spoiled"),
    *("statement", "reason", "evidence"),
)


def did(action: str, day: str, role: str = "主持机构", actor: str = "c-1", **more: str) -> dict[str, str]:
    made = {"recall": "Z1", "at": f"{day}T10:00", "action": action, "actor": actor, "role": role}
    return {**made, **dict.fromkeys(NAMES, ""), **more}


PAPERS = {
    "due_count": "100",
    "issued": "80",
    "agreed_count": "45",
    "opposed_count": "20",
    "spoiled": "5",
    "evidence": "记录",
}
STEPS = [
    did("核对", "2026-09-02", supporters="12", due_count="100"),
    did("告知本人", "2026-09-03", evidence="送达-1"),
    did("公布投票日", "2026-09-04", vote_on="2026-09-20"),
    did("申辩", "2026-09-05", "本人", "m-1", evidence="申辩-1"),
    did("公布投票日", "2026-09-06", vote_on="2026-09-20"),
    did("计票", "2026-09-20", **PAPERS),
    did("公布结果", "2026-09-20"),
]  # fmt: skip
MEMBER = {
    "id": "M1",
    "community": "dujiaping",
    "body": "居委会",
    "person": "m-1",
    "from": "2026-01-10",
    "to": "",
}
TABLES: dict[str, list[dict[str, str]]] = {
    "recalls": [RECALL],
    "recall_acts": STEPS,
    "elected_members": [MEMBER, {**MEMBER, "id": "M2", "person": "m-2"}],
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_case_folder_follows_a_recall(office: Office, lang: hg.Lang) -> None:
    """From the request to the result: who signed, when the answer was due, what was voted, by which clause; a vote
    called before the member could answer is refused; the member is shown as recalled. Nobody is named."""
    out = office(lang=lang, **TABLES)
    (told,) = out["recalls"]
    assert (told["state"], told["supporters"], told["signers_least"]) == ("recalled", "12", "10")
    assert (told["answered"], told["hear_until"], told["vote_on"]) == ("defend", "2026-09-08", "2026-09-20")
    assert (told["voted"], told["turnout_rate"], told["agreed_rate"]) == ("70", "70.0", "64.3")
    assert (told["codes"], told["due"]) == ("", "")
    law = {"zh": "第20条", "en": "20"}[lang]
    assert law in told["citation"]
    assert {"zh": "本库默认值", "en": "library default"}[lang] in told["citation"]
    (refused,) = out["refused_recall_acts"]
    assert (refused["action"], refused["codes"]) == ("call", "not-heard")
    assert {"zh": "可以：", "en": "Remedy: "}[lang] in refused["reason"]
    members = {row["id"]: row for row in out["elected_members"]}
    assert (members["M1"]["state"], members["M1"]["left_on"]) == ("recalled", "2026-09-20")
    assert members["M2"]["state"] == "sitting"
    assert "m-1" not in str(out["recalls"]) + str(out["refused_recall_acts"])


def test_a_member_who_was_recalled_is_not_recalled_again(tmp_path: Path) -> None:
    """By the store: the second request against the same member is refused at its check."""
    run = office_at(tmp_path)
    again = {**RECALL, "id": "Z2", "at": "2026-10-01T09:00"}
    second = {**did("核对", "2026-10-02", supporters="12", due_count="100"), "recall": "Z2"}
    out = run(**{**TABLES, "recalls": [RECALL, again], "recall_acts": [*STEPS, second]})
    told = {row["recall"]: row for row in out["refused_recall_acts"]}
    assert told["Z2"]["codes"] == "not-a-member"
    assert {row["id"]: row["state"] for row in out["recalls"]} == {"Z1": "recalled", "Z2": "asked"}
    assert {row["id"]: row["overdue"] for row in out["recalls"]} == {"Z1": "", "Z2": "yes"}


def test_too_few_ask_and_the_reason_says_what_is_needed(office: Office) -> None:
    """Nine of a hundred: to be made good, with the number needed and what can be done."""
    out = office(recalls=[RECALL], recall_acts=[did("核对", "2026-09-02", supporters="9", due_count="100")])
    (told,) = out["recalls"]
    assert (told["state"], told["codes"], told["signers_least"]) == ("lacking", "too-few-askers", "10")
    assert "即10人" in told["reason"]
    assert "补足联名人数" in told["reason"]


@pytest.mark.parametrize(
    ("table", "changed", "code"),
    [
        ("recalls", {"community": "nowhere"}, "unknown-community"),
        ("recalls", {"body": "council"}, "unknown-choice"),
        ("recalls", {"askers": "everybody"}, "unknown-choice"),
        ("recalls", {"recalled_member": "张三"}, "not-a-reference"),
        ("recalls", {"at": "2025-12-31T09:00"}, "no-recall-rules"),
        ("recalls", {"body": "村委会", "voting_mode": "户代表"}, "no-recall-rules"),
        ("recalls", {"at": "soon"}, "bad-moment"),
        ("recall_acts", {"action": "erase"}, "unknown-choice"),
        ("recall_acts", {"recall": "Z9"}, "unknown-case"),
        ("recall_acts", {"agreed_count": "some"}, "bad-count"),
        ("elected_members", {"to": "2026-01-09"}, "to-before-from"),
        ("elected_members", {"person": ""}, "empty-cell"),
    ],
)
def test_wrong_rows_are_problems(tmp_path: Path, table: str, changed: dict[str, str], code: str) -> None:
    """A wrong cell is a problem with place and cure; nothing is written, and no name is repeated."""
    tables = {name: [dict(row) for row in rows] for name, rows in TABLES.items()}
    tables[table][0] |= changed
    found = faults(tmp_path, **tables)
    assert code in {one.code for one in found}
    assert not any("张三" in one.say("zh") for one in found)


def test_with_partial_a_bad_member_withholds_the_requests(tmp_path: Path) -> None:
    """A request is answered for ever, so it waits until the table of members is sound; then all is as undisturbed."""
    (tmp_path / "a").mkdir()
    undisturbed = office_at(tmp_path / "a")(**TABLES)
    (tmp_path / "b").mkdir()
    bad = [{**MEMBER, "from": "soon"}]
    first, mended = in_part(tmp_path / "b", "2026-11-23", TABLES, elected_members=bad)
    assert first["recalls"] == []
    assert mended == undisturbed


VOTE = 'from = 2026-01-01\nturnout = "majority"\ncarry'


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('voters = "one_tenth"', 'voters = "some"', "not-one-of"),
        ("check_days = 15", "check_days = 0", "out-of-range"),
        ("defence_days = 5", "defence_day = 5", "unknown-key"),
        ('asking_source = "rc2025#20"', 'asking_source = "nowhere"', "unknown-source"),
        (f'mode = "households"\n{VOTE}', f'mode = "direct"\n{VOTE}', "overlapping-rules"),
        ('members_source = "rc2025#8"', 'member_source = "rc2025#8"', "unknown-key"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_told_with_its_place(tmp_path: Path, old: str, new: str, code: str) -> None:
    """A share that is none, no days, an unknown source, two rules on one day: with file and cure."""
    found = loading.check_pack(changed_pack(tmp_path / "place", "elections.toml", (old, new)))
    told = next(one for one in found if one.code == code)
    assert "elections.toml" in told.place.file
    assert told.cure.zh
    assert told.cure.en


def test_a_place_may_state_other_shares_and_days(tmp_path: Path) -> None:
    """A local rule asks for a fifth and gives ten days: the same request lacks signatures there."""
    (tmp_path / "case").mkdir()
    changed_pack(
        tmp_path / "case" / "place",
        "elections.toml",
        ('voters = "one_tenth"', 'voters = "one_fifth"'),
        ("defence_days = 5", "defence_days = 10"),
    )
    out = office_at(tmp_path)(pack="place", recalls=[RECALL], recall_acts=STEPS[:2])
    (told,) = out["recalls"]
    assert (told["state"], told["signers_least"]) == ("lacking", "20")
    assert out["refused_recall_acts"][0]["codes"] == "wrong-state"
