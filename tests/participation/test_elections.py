"""选举: nominations, proxies, rounds and results by their procedure, and through the case folder."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import huaying_governance as hg
from folders import Office, faults, office_at, results, write
from huaying_governance.casework import Casebook
from huaying_governance.errors import Refused
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.elections import ElectionRules
from huaying_governance.participation.electing import ELECTIONS
from huaying_governance.participation.election import (
    Act,
    Election,
    Proxy,
    Standing,
    Terms,
    hand_over_by,
    result,
)
from huaying_governance.participation.roll import Registration, Roll, RollStanding
from huaying_governance.participation.roll import Standing as Registered
from huaying_governance.participation.signals import signals_of
from huaying_governance.participation.voting import Ballot, gathered

POLLING = date(2026, 12, 20)
START = date(2026, 12, 1)
VOTERS = frozenset(f"p-{n}" for n in range(12))


def at(day: date) -> datetime:
    return datetime.combine(day, time(10), SHANGHAI)


@cache
def shipped() -> ElectionRules:
    found = hg.load_pack("huaying").rules(ElectionRules)
    assert found is not None
    return found


class Hall:
    """One election in a store of its own; twelve people stand on a closed roll."""

    def __init__(self, mode: str = "direct", seats: int = 1, state: str = "closed") -> None:
        body = "residents_committee"
        opened = Roll(id="C", community="dujiaping", body=body, polling_day=POLLING, at=at(START))
        self.roll: RollStanding | None = RollStanding(roll=opened, state=state)
        self.known = True
        terms = Terms(
            shipped().modes,
            lambda _: self.roll,
            lambda _, person: person in VOTERS if self.known else None,
            lambda _: len(VOTERS) if self.known else None,
        )
        self.terms = terms
        self.store = hg.open_store("memory:")
        self.book: Casebook[Election, Standing, Act, Terms] = Casebook(self.store, ELECTIONS, terms)
        self.book.open("E", Election(roll="C", mode=mode, office="主任", seats=seats, at=at(START)))

    def do(
        self, action: str, actor: str = "c-1", role: str = "committee", day: date = START, **more: Any
    ) -> Standing:
        return self.book.act("E", Act(action=action, at=at(day), actor=actor, role=role, **more))

    def refused(self, action: str, *args: Any, **more: Any) -> tuple[str, ...]:
        before = self.book.standing("E")
        with pytest.raises(Refused) as caught:
            self.do(action, *args, **more)
        assert self.book.standing("E") == before
        return caught.value.ruling.codes

    def nominate(self, *names: str, day: date = START) -> None:
        for name in names:
            self.do("nominate", day=day, candidate=name, nominator="branch", fit=True)

    def vote(self, papers: dict[str, int], day: date = POLLING, number: int = 1, due: int = 12) -> Standing:
        ballots = gathered(Ballot(tuple(marks.split()), count) for marks, count in papers.items())
        self.do("poll", day=day, due=due, issued=due)
        return self.do("count", day=day, round=number, ballots=ballots, evidence="计票记录")

    def proxy(self, voter: str, holder: str, **more: Any) -> Standing:
        return self.do(
            "give_proxy", voter, "voter", holder=holder, evidence=more.pop("evidence", "委托书"), **more
        )

    @property
    def told(self) -> Any:
        one = self.book.standing("E")
        mode = self.terms.mode(one.election)
        assert mode is not None
        return result(one, mode)


# Nomination and proxies -----------------------------------------------------------------------------------------


def test_who_is_nominated() -> None:
    """By the Party organisation, or by ten voters together; found fit; a voter; once."""
    hall = Hall()
    for more, codes in [
        ({}, ("bad-nomination", "not-fit", "named-already")),
        ({"candidate": "p-1"}, ("bad-nomination", "not-fit")),
        ({"candidate": "p-1", "nominator": "voters", "supporters": 9, "fit": True}, ("bad-nomination",)),
        ({"candidate": "p-1", "nominator": "voters", "fit": True}, ("bad-nomination",)),
        ({"candidate": "p-1", "nominator": "branch", "fit": False}, ("not-fit",)),
        ({"candidate": "z-1", "nominator": "branch", "fit": True}, ("not-a-voter",)),
    ]:
        assert hall.refused("nominate", **more) == codes
    hall.do("nominate", candidate="p-1", nominator="voters", supporters=10, fit=True)
    again = {"candidate": "p-1", "nominator": "branch", "fit": True}
    assert hall.refused("nominate", **again) == ("named-already",)
    assert hall.refused("stand_down", "p-2", "candidate") == ("not-standing",)
    hall.do("stand_down", "p-1", "candidate")
    hall.do("nominate", **again)
    hall.known = False
    hall.nominate("z-1")


def test_three_proxies_and_not_a_fourth() -> None:
    """Written, three for a holder and not a fourth, revoked and given anew; nobody gives twice or to himself."""
    hall = Hall()
    assert hall.refused("give_proxy", "p-1", "voter", evidence="x") == ("no-holder",)
    assert hall.refused("give_proxy", "p-1", "voter", holder="p-1", evidence="x") == ("no-holder",)
    assert hall.refused("give_proxy", "p-1", "voter", holder="p-2") == ("no-evidence",)
    assert hall.refused("give_proxy", "z-1", "voter", holder="p-2", evidence="x") == ("not-on-roll",)
    assert hall.refused("give_proxy", "p-1", "voter", holder="z-2", evidence="x") == ("not-on-roll",)
    for n in (1, 2, 3):
        hall.proxy(f"p-{n}", "p-0")
    assert hall.refused("give_proxy", "p-4", "voter", holder="p-0", evidence="x") == ("proxy-limit",)
    assert hall.refused("give_proxy", "p-1", "voter", holder="p-5", evidence="x") == ("given-already",)
    assert hall.refused("revoke_proxy", "p-4", "voter") == ("not-given",)
    hall.do("revoke_proxy", "p-1", "voter")
    assert hall.proxy("p-4", "p-0").held_by("p-0") == 3


def test_no_candidate_holds_a_proxy() -> None:
    """Neither is a proxy given to a candidate, nor is a holder nominated."""
    hall = Hall()
    hall.nominate("p-1")
    assert hall.refused("give_proxy", "p-2", "voter", holder="p-1", evidence="x") == ("candidate-holds",)
    hall.proxy("p-2", "p-3")
    named = {"candidate": "p-3", "nominator": "branch", "fit": True}
    assert hall.refused("nominate", **named) == ("holds-proxies",)
    hall.do("revoke_proxy", "p-2", "voter")
    hall.do("nominate", **named)


def test_representatives_vote_in_person() -> None:
    """Where representatives vote there are no proxies; where households vote there are."""
    assert Hall("representatives").refused("give_proxy", "p-2", "voter", holder="p-3", evidence="x") == (
        "no-proxies",
    )
    Hall("households").proxy("p-2", "p-3")


# Rounds ---------------------------------------------------------------------------------------------------------


def test_a_vote_needs_a_closed_roll_the_day_and_a_choice() -> None:
    """The roll closed, the polling day, more candidates than seats, as many entitled as stand on the roll."""
    hall = Hall(seats=2, state="published")
    told = hall.refused("poll", day=POLLING - timedelta(days=1))
    assert told == ("roll-not-closed", "not-polling-day", "too-few-candidates", "no-counts")
    hall = Hall(seats=2)
    hall.nominate("p-1", "p-2")
    assert hall.refused("poll", day=POLLING, due=12, issued=12) == ("too-few-candidates",)
    hall.nominate("p-3")
    assert hall.refused("poll", day=POLLING, due=12, issued=13) == ("no-counts",)
    assert hall.refused("poll", day=POLLING, due=11, issued=11) == ("roll-differs",)
    for day in (POLLING - timedelta(days=1), POLLING + timedelta(days=1)):
        assert hall.refused("poll", day=day, due=12, issued=12) == ("not-polling-day",)
    assert hall.do("poll", day=POLLING, due=12, issued=12).state == "polled"


def test_households_are_not_compared_with_the_roll() -> None:
    """Those entitled are households there, so their number need not be that of the voters."""
    hall = Hall("households")
    hall.nominate("p-1", "p-2")
    assert hall.do("poll", day=POLLING, due=5, issued=5).state == "polled"


def test_counted_and_told_on_the_day() -> None:
    """Papers are counted on the day of the vote, with the minutes; the result is told on that day."""
    hall = Hall()
    hall.nominate("p-1", "p-2")
    hall.do("poll", day=POLLING, due=12, issued=12)
    late = POLLING + timedelta(days=1)
    assert hall.refused("count", day=late, round=2) == (
        "not-same-day",
        "wrong-round",
        "no-ballots",
        "no-evidence",
    )
    hall.do("count", day=POLLING, ballots=(Ballot(("p-1",), 7),), evidence="x")
    assert hall.refused("announce", day=late) == ("not-same-day",)
    assert hall.do("announce", day=POLLING).state == "announced"
    assert hall.told.elected == ("p-1",)


def test_an_invalid_vote_is_held_again() -> None:
    """Six of twelve are not more than half: nothing is decided, and the same people stand another day."""
    hall = Hall()
    hall.nominate("p-1", "p-2")
    assert hall.vote({"p-1": 6}).state == "invalid"
    assert (hall.told.elected, hall.told.candidates) == ((), ("p-1", "p-2"))
    assert hall.refused("poll", day=POLLING, due=12, issued=12) == ("not-polling-day",)
    hall.nominate("p-3", day=POLLING)
    assert hall.vote({"p-3": 7}, POLLING + timedelta(days=7), 2).state == "counted"
    hall.do("announce", day=POLLING + timedelta(days=7))
    assert hall.told.elected == ("p-3",)


def test_more_papers_than_were_given_out_make_a_vote_invalid() -> None:
    """Twelve papers out and thirteen back decide nothing."""
    hall = Hall()
    hall.nominate("p-1", "p-2")
    assert hall.vote({"p-1": 13}).state == "invalid"


def test_a_run_off_among_those_with_the_most_votes() -> None:
    """Two seats: one is elected by more than half; for the other the next two stand, and a third is enough."""
    hall = Hall(seats=2)
    hall.nominate("p-1", "p-2", "p-3", "p-4")
    hall.vote({"p-1 p-2": 6, "p-1 p-3": 5, "p-1 p-4": 1})
    assert hall.do("announce", day=POLLING).state == "runoff"
    assert (hall.told.elected, hall.told.left, hall.told.candidates) == (("p-1",), 1, ("p-2", "p-3"))
    named = {"candidate": "p-1", "nominator": "branch", "fit": True}
    assert hall.refused("nominate", day=POLLING, **named) == ("named-already",)
    later = POLLING + timedelta(days=10)
    hall.vote({"p-3": 4, "p-2": 3, "p-4": 5}, later, 2)
    assert hall.do("announce", day=later).state == "announced"
    assert (hall.told.elected, hall.told.left) == (("p-1", "p-3"), 0)


def test_equal_votes_stand_again_alone() -> None:
    """Six to six for one seat: neither has more than half, and both stand again, with the third left behind."""
    hall = Hall()
    hall.nominate("p-1", "p-2", "p-3")
    hall.vote({"p-1": 6, "p-2": 6})
    hall.do("announce", day=POLLING)
    assert hall.told.candidates == ("p-1", "p-2")
    later = POLLING + timedelta(days=3)
    hall.vote({"p-1": 6, "p-2": 6}, later, 2)
    hall.do("announce", day=later)
    assert (hall.told.outcomes[-1].tied, hall.told.candidates) == (True, ("p-1", "p-2"))


def test_the_handover() -> None:
    """Ten days after the result, with the record of what was handed over."""
    hall = Hall()
    hall.nominate("p-1", "p-2")
    hall.vote({"p-1": 7})
    mode = hall.terms.mode(hall.book.standing("E").election)
    assert mode is not None
    assert hand_over_by(hall.book.standing("E"), mode) is None
    one = hall.do("announce", day=POLLING)
    assert hand_over_by(one, mode) == date(2026, 12, 30)
    assert hall.refused("hand_over", day=POLLING) == ("no-evidence",)
    assert hall.do("hand_over", day=date(2026, 12, 28), evidence="清单").handed_over_on == date(2026, 12, 28)


def test_without_rules_nothing_is_held() -> None:
    """A roll that nobody knows, or a polling day before the law: refused, never guessed."""
    hall = Hall()
    assert hall.roll is not None
    hall.roll = evolve(hall.roll, roll=evolve(hall.roll.roll, polling_day=date(2025, 12, 31)))
    assert hall.refused("nominate", candidate="p-1", nominator="branch", fit=True) == ("no-voting-rules",)
    hall.roll = None
    assert hall.refused("poll", day=POLLING) == ("no-voting-rules",)


class Elections(RuleBasedStateMachine):
    """Any acts in any order: no holder beyond the limit, no candidate a holder, never more elected than seats."""

    @initialize(seats=st.integers(1, 3))
    def begin(self, seats: int) -> None:
        self.hall, self.day, self.seats, self.number = Hall(seats=seats), START, seats, 0

    @rule(
        action=st.sampled_from(sorted(ELECTIONS.procedure.actions)),
        actor=st.sampled_from(["p-0", "p-1", "p-2", "p-3", "p-4", "p-5"]),
        other=st.sampled_from(["p-0", "p-1", "p-2", "z-9"]),
        days=st.sampled_from([0, 0, 0, 1, 19]),
        papers=st.lists(
            st.tuples(st.sampled_from(["p-0", "p-1", "p-1 p-2", ""]), st.integers(1, 6)), max_size=4
        ),
    )
    def act(self, action: str, actor: str, other: str, days: int, papers: list[tuple[str, int]]) -> None:
        self.day += timedelta(days=days)
        self.number += 1
        now = self.hall.book.standing("E")
        role = {"give_proxy": "voter", "revoke_proxy": "voter", "stand_down": "candidate"}.get(
            action, "committee"
        )
        one = Act(
            action=action, at=at(self.day), actor=actor, role=role, candidate=other, nominator="branch", fit=True,
            holder=other, due=12, issued=12, round=len(now.rounds), evidence="x",
            ballots=gathered(Ballot(tuple(marks.split()), count) for marks, count in papers),
        )  # fmt: skip
        self.hall.book.attempt("E", one, f"c{self.number}")

    @rule()
    def polling_day(self) -> None:
        """Two candidates more, and the day."""
        for name in ("p-6", "p-7", "p-8", "p-9"):
            one = Act(
                action="nominate", at=at(self.day), actor="c", role="committee", candidate=name, nominator="branch",
                fit=True,
            )  # fmt: skip
            self.number += 1
            self.hall.book.attempt("E", one, f"c{self.number}")
        self.day = max(self.day, POLLING)

    @invariant()
    def promises(self) -> None:
        if not hasattr(self, "hall"):
            return
        now, told = self.hall.book.standing("E"), self.hall.told
        assert all(count <= 3 for held in now.holders() for count in held.values())
        assert not {one.holder for one in now.proxies} & set(told.candidates)
        assert len(told.elected) + told.left == self.seats
        assert len(set(told.elected)) == len(told.elected)
        assert not set(told.elected) & set(told.candidates)
        assert (now.state in {"announced", "handed_over"}) <= (told.left == 0)
        assert Casebook(self.hall.store, ELECTIONS, self.hall.terms).standing("E") == now


TestElections = Elections.TestCase
TestElections.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)


# Through the case folder ------------------------------------------------------------------------------------------

ROLL = {
    "id": "L1",
    "community": "杜家坪社区",
    "body": "居委会",
    "polling_day": "2026-11-20",
    "at": "2026-10-01T09:00",
}
VILLAGE = {**ROLL, "id": "L2", "community": "synthetic-2", "body": "村委会"}


def registered(n: int, roll: str = "L1", *, local: bool = True, person: str = "") -> dict[str, str]:
    return {
        "id": f"{roll}-{n}",
        "voter_roll": roll,
        "person": person or f"{roll.lower()}-{n}",
        "local_hukou": "是" if local else "否",
        "at": "2026-10-02T09:00",
        "residence_place": f"b-{n % 2}",
        "living_since": "2026-05-01",
    }


def did(
    registration: str, action: str, day: str, role: str, actor: str = "c-1", **more: str
) -> dict[str, str]:
    blank = dict.fromkeys(("fit", "meeting_consent", "upheld", "reason", "evidence"), "")
    made = {
        "registration": registration,
        "at": f"{day}T10:00",
        "action": action,
        "actor": actor,
        "role": role,
    }
    return {**made, **blank, **more}


def entered(row: dict[str, str]) -> list[dict[str, str]]:
    steps = [did(row["id"], "核对资格", "2026-10-03", "选举委员会", fit="是", evidence="居住证")]
    if row["voter_roll"] == "L2" and row["local_hukou"] == "否":
        steps.append(did(row["id"], "会议决定", "2026-10-04", "村民会议", meeting_consent="是"))
    return [*steps, did(row["id"], "登记", "2026-10-05", "选举委员会")]


def roll_act(action: str, day: str, roll: str = "L1") -> dict[str, str]:
    made = {"voter_roll": roll, "at": f"{day}T10:00", "action": action, "actor": "c-1", "role": "选举委员会"}
    return {**made, "reason": ""}


def held(action: str, day: str, actor: str = "c-1", role: str = "选举委员会", **more: str) -> dict[str, str]:
    names = "candidate nominator supporters fit proxy_holder due_count issued ballot_round reason evidence"
    made = {"election": "E1", "at": f"{day}T10:00", "action": action, "actor": actor, "role": role}
    return {**made, **dict.fromkeys(names.split(), ""), **more}


ELECTION = {
    "id": "E1",
    "voter_roll": "L1",
    "voting_mode": "直接选举",
    "office": "主任",
    "seats": "1",
    "at": "2026-10-02T09:00",
}
PEOPLE = [registered(n, local=n > 3) for n in range(10)]
VILLAGERS = [registered(1, "L2"), registered(2, "L2", local=False), registered(3, "L2", person="l1-9")]
OBJECTION = did("L1-0", "提出异议", "2026-10-25", "选民", "l1-5", reason="不常住")
DECISION = did("L1-0", "作出决定", "2026-10-29", "选举委员会", upheld="是", reason="核实")
VOTE = [
    held("提名", "2026-10-10", candidate="l1-1", nominator="党组织", fit="是"),
    held("提名", "2026-10-11", candidate="l1-4", nominator="选民联名", supporters="10", fit="是"),
    *(
        held("委托投票", "2026-11-0" + n, f"l1-{n}", "选民", proxy_holder="l1-9", evidence="书面")
        for n in "5678"
    ),
    held("投票", "2026-11-20", due_count="9", issued="9"),
    held("计票", "2026-11-20", ballot_round="1", evidence="记录"),
    held("公布结果", "2026-11-20"),
]


def paper(box: str, choices: str, count: str = "", number: str = "1") -> dict[str, str]:
    return {"election": "E1", "ballot_round": number, "box": box, "choices": choices, "papers": count}


PAPERS = [
    paper("x-1", "l1-1", "4"),
    paper("x-2", "l1-1"),
    paper("x-2", "l1-4", "2"),
    paper("x-2", "l1-1;l1-4"),
]
TABLES = {
    "rolls": [ROLL, VILLAGE],
    "roll_acts": [
        roll_act("公布", "2026-10-20"),
        roll_act("确定", "2026-11-01"),
        roll_act("公布", "2026-10-31", "L2"),
    ],
    "registrations": [*PEOPLE, *VILLAGERS],
    "registration_acts": [
        *(step for row in (*PEOPLE, *VILLAGERS) for step in entered(row)),
        OBJECTION,
        DECISION,
    ],
    "elections": [ELECTION],
    "election_acts": VOTE,
    "ballots": PAPERS,
}


def test_row_44_a_case_folder_follows_an_election(office: Office) -> None:
    """Row 44: registered, published, objected, voted: every figure stands beside what it is a share of."""
    out = office(**TABLES)
    one, village = out["voter_statistics"]
    assert (one["applications"], one["registered"], one["registered_rate"]) == ("10", "9", "90.0")
    assert (one["local_voters"], one["other_voters"], one["other_voters_rate"]) == ("6", "3", "33.3")
    assert (one["objections"], one["decided_objections"], one["upheld_rate"]) == ("1", "1", "100.0")
    assert (one["in_time"], one["in_time_rate"]) == ("0", "0.0")
    assert (one["entitled"], one["voted"], one["turnout_rate"]) == ("9", "8", "88.9")
    assert (one["elected_count"], one["other_elected"], one["other_elected_rate"]) == ("1", "1", "100.0")
    assert (village["registered"], village["applications"]) == ("2", "3")
    assert (village["voted"], village["turnout_rate"], village["upheld_rate"]) == ("0", "", "")
    assert [
        (row["voter_roll"], row["state"]) for row in out["registrations"] if row["state"] != "registered"
    ] == [
        ("L1", "removed"),
        ("L2", "checked"),
    ]
    assert [row["codes"] for row in out["refused_registration_acts"]] == ["registered-elsewhere"]
    assert [row["codes"] for row in out["refused_roll_acts"]] == []
    objection = out["roll_objections"][0]
    assert (objection["due"], objection["decided_on"], objection["late"]) == (
        "2026-10-28",
        "2026-10-29",
        "yes",
    )


def test_the_result_of_an_election(office: Office) -> None:
    """Votes are shares of the papers returned, spoiled ones among them; the fourth proxy was refused."""
    out = office("2026-11-30", **TABLES)
    told = out["elections"][0]
    assert (told["state"], told["elected_count"], told["seats_left"]) == ("announced", "1", "0")
    assert (told["voted"], told["spoiled"], told["blank"]) == ("8", "1", "0")
    assert (told["due"], told["overdue"], told["proxies_given"]) == ("2026-11-30", "no", "3")
    assert [row["codes"] for row in out["refused_election_acts"]] == ["proxy-limit"]
    votes = [(row["candidate"], row["votes"], row["votes_cast"], row["vote_rate"], row["is_elected"])
             for row in out["election_votes"]]  # fmt: skip
    assert votes == [("l1-1", "5", "8", "62.5", "yes"), ("l1-4", "2", "8", "25.0", "no")]
    assert office("2026-12-01", **TABLES)["elections"][0]["overdue"] == "yes"


def test_acts_are_done_in_one_order_of_time(office: Office) -> None:
    """Whoever is registered before the publication stands on the roll, whichever table was read first; after, not."""
    late = registered(90)
    more = [*TABLES["registrations"], late]
    steps = [*TABLES["registration_acts"], *entered(late)]
    steps[-1] = {**steps[-1], "at": "2026-10-20T11:00"}
    out = office(**{**TABLES, "registrations": more, "registration_acts": steps})
    assert out["rolls"][0]["listed_voters"] == "9"
    assert "roll-published" in [row["codes"] for row in out["refused_registration_acts"]]


def test_the_result_of_months_is_that_of_one_run(tmp_path: Path) -> None:
    """Run month by month on one store, or at once at the end: the same results."""
    (tmp_path / "a").mkdir()
    at_once = office_at(tmp_path / "a")("2026-11-30", **TABLES)
    folder, out = tmp_path / "case", tmp_path / "out"
    folder.mkdir()
    for name, rows in TABLES.items():
        write(folder, name, rows)
    for on in ("2026-10-04", "2026-10-20", "2026-11-05", "2026-11-30"):
        (folder / "case.toml").write_text(f'[case]\ntitle = "t"\npack = "huaying"\non = {on}\n', "utf-8")
        hg.run_case(folder, out)
    assert results(out) == at_once


@pytest.mark.parametrize(
    ("since", "code"), [("2026-05-21", ""), ("2026-05-22", "not-eligible"), ("", "not-eligible")]
)
def test_the_law_is_asked_where_the_facts_are_known(tmp_path: Path, since: str, code: str) -> None:
    """Lived here 183 days on the polling day, somebody is registered; a day less, or not known, refuses it."""
    row = registered(1, local=False)
    facts = {
        "person": row["person"], "born": "1990-01-01", "hukou_community": "elsewhere", "community": "dujiaping",
        "body": "residents_committee", "living_since": since, "worker_since": "2026-11-01", "confirmed": "no",
        "applied": "yes", "meeting_consent": "", "registered_elsewhere": "", "rights": "yes",
    }  # fmt: skip
    tables = {
        "rolls": [ROLL],
        "registrations": [row],
        "registration_acts": entered(row),
        "residents": [facts],
    }
    folder = tmp_path / "case"
    folder.mkdir()
    head = '[case]\ntitle = "t"\npack = "huaying"\non = 2026-10-20\npolling_day = 2026-11-20\n'
    (folder / "case.toml").write_text(head, "utf-8")
    for name, rows in tables.items():
        write(folder, name, rows)
    hg.run_case(folder, tmp_path / "out")
    out = results(tmp_path / "out")
    assert [one["codes"] for one in out["refused_registration_acts"]] == (
        [code, "wrong-state"] if code else []
    )
    assert out["registrations"][0]["on_roll"] == ("no" if code else "yes")


def test_signals_are_places_and_counts(office: Office) -> None:
    """Twenty at one place, twenty who came just before the cut-off: told as counts; no person stands in the result."""
    people = [registered(n, local=n >= 45) for n in range(50)]
    tables = {
        "rolls": [ROLL, VILLAGE],
        "registrations": [*people, registered(1, "L2", person="l1-49")],
        "registration_acts": [step for row in people for step in entered(row)],
    }
    village = entered(registered(1, "L2", person="l1-49"))
    for row in tables["registrations"]:
        row["living_since"] = "2026-05-10"
    steps = [{**step, "at": "2026-10-02T09:30"} for step in village]
    out = office(**{**tables, "registration_acts": [*steps, *tables["registration_acts"]]})
    told = [
        (row["signal"], row["residence_place"], row["signal_count"]) for row in out["registration_signals"]
    ]
    assert told == [("crowded", "b-0", "25"), ("crowded", "b-1", "24"), ("clustered", "", "45")]
    assert "l1-" not in str(out["registration_signals"])
    assert [row["codes"] for row in out["refused_registration_acts"]] == ["no-declaration"]


def test_double_registration_is_a_count(office: Office, tmp_path: Path) -> None:
    """Declared, somebody stands on a community's roll and on a village's: a count of one on both, and a code."""
    both = [registered(1), registered(1, "L2", person="l1-1")]
    steps = [{**step, "at": "2026-10-02T09:30"} for step in entered(both[1])]
    steps += [did("L1-1", "声明", "2026-10-02", "选民", "l1-1"), *entered(both[0])]
    out = office(rolls=[ROLL, VILLAGE], registrations=both, registration_acts=steps)
    assert [
        (row["voter_roll"], row["signal"], row["signal_count"]) for row in out["registration_signals"]
    ] == [
        ("L1", "double", "1"),
        ("L2", "double", "1"),
    ]
    assert {row["codes"] for row in out["registrations"]} == {"declare-registration"}


# Bad input ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "changed", "code"),
    [
        ("rolls", {"community": "nowhere"}, "unknown-community"),
        ("rolls", {"body": "council"}, "unknown-choice"),
        ("rolls", {"polling_day": "2025-12-31"}, "no-roll-rules"),
        ("rolls", {"polling_day": "soon"}, "bad-date"),
        ("registrations", {"person": "张三"}, "not-a-reference"),
        ("registrations", {"local_hukou": ""}, "empty-cell"),
        ("registrations", {"voter_roll": "L9"}, "unknown-roll"),
        ("registrations", {"at": "2026-09-30T09:00"}, "before-roll"),
        ("registration_acts", {"action": "erase"}, "unknown-choice"),
        ("registration_acts", {"registration": "R9"}, "unknown-case"),
        ("elections", {"seats": "0"}, "bad-count"),
        ("elections", {"voter_roll": "L2"}, "no-voting-rules"),
        ("elections", {"voter_roll": "L9"}, "unknown-roll"),
        ("election_acts", {"proxy_holder": "李四"}, "not-a-reference"),
        ("ballots", {"choices": "张三"}, "not-a-reference"),
        ("ballots", {"papers": "0"}, "bad-count"),
        ("ballots", {"voter": "l1-1"}, "secret-ballot"),
    ],
)
def test_wrong_rows_are_problems(tmp_path: Path, table: str, changed: dict[str, str], code: str) -> None:
    """A wrong cell is a problem with place and cure; nothing is written, and no name is repeated."""
    tables = {name: [dict(row) for row in rows] for name, rows in TABLES.items()}
    if code == "no-voting-rules":
        tables["elections"][0]["voting_mode"] = "户代表"
    tables[table][0] |= changed
    found = faults(tmp_path, **tables)
    assert code in {one.code for one in found}
    assert not any("张三" in one.say("zh") or "李四" in one.say("zh") for one in found)


def test_ballots_that_were_counted_do_not_change(office: Office) -> None:
    """After the count other papers are a problem; the same papers, or none at all, are not."""
    office(**TABLES)
    with pytest.raises(hg.Problems) as caught:
        office(**{**TABLES, "ballots": [*PAPERS, paper("x-3", "l1-4", "5")]})
    assert [one.code for one in caught.value.problems] == ["ballots-changed"]
    office(**{**TABLES, "ballots": [*PAPERS[:1], *PAPERS[2:], PAPERS[1]]})


def test_with_partial_a_bad_ballot_withholds_its_election(tmp_path: Path) -> None:
    """Counted without one paper an election could be decided otherwise: it waits until the row is mended."""
    folder, out = tmp_path / "case", tmp_path / "out"
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-30\n', "utf-8")
    for name, rows in {**TABLES, "ballots": [*PAPERS, paper("x-3", "张三")]}.items():
        write(folder, name, rows)
    hg.run_case(folder, out, partial=True)
    assert results(out)["elections"] == []
    write(folder, "ballots", PAPERS)
    hg.run_case(folder, out)
    assert results(out)["elections"][0]["state"] == "announced"


def test_with_partial_a_bad_roll_withholds_its_registrations(tmp_path: Path) -> None:
    """Nothing is answered by a roll that is not sound: mended, the results are those of an undisturbed run."""
    (tmp_path / "a").mkdir()
    own = [row for row in TABLES["registrations"] if row["id"] != "L2-3"]
    tables = {**TABLES, "registrations": own}
    tables["registration_acts"] = [
        row for row in TABLES["registration_acts"] if row["registration"] != "L2-3"
    ]
    undisturbed = office_at(tmp_path / "a")("2026-11-30", **tables)
    folder, out = tmp_path / "case", tmp_path / "out"
    folder.mkdir()
    (folder / "case.toml").write_text('[case]\ntitle = "t"\npack = "huaying"\non = 2026-11-30\n', "utf-8")
    for name, rows in {**tables, "rolls": [{**ROLL, "polling_day": "soon"}, VILLAGE]}.items():
        write(folder, name, rows)
    hg.run_case(folder, out, partial=True)
    told = results(out)
    assert {row["voter_roll"] for row in told["registrations"]} == {"L2"}
    assert {row["code"] for row in told["problems"]} == {"bad-date", "unknown-roll"}
    write(folder, "rolls", tables["rolls"])
    hg.run_case(folder, out)
    assert results(out) == undisturbed


PLACES = st.sampled_from(["", "b-1", "b-2"])
CAME = st.none() | st.dates(date(2026, 4, 1), date(2026, 7, 31))
ENTERED = st.tuples(
    st.booleans(), PLACES, CAME, st.sampled_from(["registered", "objected", "removed", "applied"])
)


@given(
    st.lists(ENTERED, max_size=60),
    st.integers(0, 3),
    st.lists(st.integers(0, 4), max_size=8),
    st.integers(1, 6),
)
def test_signals_equal_counting(
    entries: list[tuple[bool, str, date | None, str]], doubles: int, holders: list[int], least: int
) -> None:
    """A signal is told from its count on and not below; it counts who stands on the roll, and names nobody."""
    rules = evolve(
        shipped().signals,
        per_place=least,
        cluster_count=least,
        double_count=least,
        holder_count=least,
        cluster_days=30,
    )
    roll = Roll(id="C", community="dujiaping", body="residents_committee", polling_day=POLLING, at=at(START))
    held = [
        Registered(
            registration=Registration(
                roll="C", person=f"p-{n}", hukou=hukou, at=at(START), place=where, since=since
            ),
            state=state,
        )
        for n, (hukou, where, since, state) in enumerate(entries)
    ]
    proxies = tuple(Proxy(f"v-{n}-{m}", f"h-{n}") for n, count in enumerate(holders) for m in range(count))
    election = Election(roll="C", mode="direct", office="", seats=1, at=at(START))
    told = signals_of(roll, held, doubles, [(Standing(election=election, proxies=proxies), 3)], rules)
    standing = [one for one in entries if one[3] in {"registered", "objected"}]
    last = POLLING - timedelta(days=183)
    counts = {
        ("crowded", "b-1"): sum(one[1] == "b-1" for one in standing),
        ("crowded", "b-2"): sum(one[1] == "b-2" for one in standing),
        ("clustered", ""): sum(
            not one[0] and one[2] is not None and 0 <= (last - one[2]).days <= 30 for one in standing
        ),
        ("double", ""): doubles,
        ("proxies", ""): sum(count >= 3 for count in holders),
    }
    assert {(one.kind, one.place): one.count for one in told} == {
        key: count for key, count in counts.items() if count >= least
    }
    assert "p-" not in str(told)
