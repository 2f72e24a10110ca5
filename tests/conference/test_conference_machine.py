"""A conference under random acts, against a model that is told apart from it: who may do what, what the votes yield."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sessions import DAY, FIRST, MEMBERS, act, follow, meeting, ready, rep, resolved

import huaying_governance as hg
from huaying_governance.conference import ConferenceRules, Office, broken, colour
from huaying_governance.errors import Refused

ITEMS = {"A1": "routine", "A2": "major_work", "A3": "major_resource"}
OTHER = DAY + timedelta(days=2)
DAYS = {"M1": DAY, "M2": OTHER}
meetings = st.sampled_from(sorted(DAYS))
members = st.sampled_from(MEMBERS[:6])
items = st.sampled_from(sorted(ITEMS))


class Conference(RuleBasedStateMachine):
    """Two meetings of one quarter and three items; the model is plain sets and fractions."""

    @initialize()
    def begin(self) -> None:
        found = hg.load_pack("huaying").rules(ConferenceRules)
        assert found is not None
        self.office = Office(hg.open_store("memory:"), found, hg.china_calendar())
        for id_, category in ITEMS.items():
            ready(self.office, id_, category=category)
        for id_, day in DAYS.items():
            self.office.meetings.open(id_, meeting(id_, day=day))
        self.state = dict.fromkeys(DAYS, "planned")
        self.agenda: dict[str, set[str]] = {id_: set() for id_ in DAYS}
        self.deferred: dict[str, set[str]] = {id_: set() for id_ in DAYS}
        self.seats: dict[str, dict[str, str]] = {id_: {} for id_ in DAYS}
        self.out: dict[str, set[tuple[str, str]]] = {id_: set() for id_ in DAYS}
        self.gone: dict[str, set[str]] = {id_: set() for id_ in DAYS}
        self.votes: dict[str, dict[tuple[str, str], str]] = {id_: {} for id_ in DAYS}
        self.made: dict[str, tuple[str, str]] = {}
        self.versions: dict[str, int] = dict.fromkeys(DAYS, 0)
        self.resolved: dict[str, str] = {}
        self.proxies: set[tuple[str, str]] = set()
        self.clock = 0

    def does(
        self, id_: str, action: str, role: str, allowed: bool, day: date | None = None, **more: object
    ) -> bool:
        """Try an act on a meeting: it must be taken exactly where the model allows it; a refusal changes nothing."""
        self.clock += 1
        one = act(action, role, self.clock, day or DAYS[id_], **more)
        return self.tried(self.office.meetings, id_, one, allowed)

    def tried(self, book: Any, id_: str, one: Any, allowed: bool) -> bool:
        before = book.standing(id_)
        try:
            book.act(id_, one)
            taken = True
        except Refused:
            taken = False
        assert taken == allowed, one
        assert taken or book.standing(id_) == before
        return taken

    def open_items(self, id_: str) -> set[str]:
        decided = {item for item, (at, _) in self.made.items() if at == id_}
        return self.agenda[id_] - self.deferred[id_] - decided

    @rule(id_=meetings, item=items)
    def place(self, id_: str, item: str) -> None:
        taken = item in self.made or any(item in self.open_items(one) for one in DAYS)
        early = self.state[id_] in {"planned", "noticed", "open"}
        if self.does(id_, "place", "secretariat", early and not taken, self.early(id_), item=item):
            self.agenda[id_].add(item)
            self.deferred[id_].discard(item)

    def early(self, id_: str) -> date:
        return FIRST if self.state[id_] == "planned" else DAYS[id_]

    @rule(id_=meetings)
    def notice(self, id_: str) -> None:
        allowed = self.state[id_] == "planned" and bool(self.agenda[id_])
        if self.does(id_, "notice", "secretariat", allowed, self.early(id_)):
            self.state[id_] = "noticed"

    @rule(id_=meetings, member=members)
    def attend(self, id_: str, member: str) -> None:
        allowed = self.state[id_] in {"noticed", "open"} and member not in self.seats[id_]
        if self.does(id_, "attend", "member", allowed, member=member, attending=rep(member)):
            self.seats[id_][member] = rep(member)
            self.gone[id_].discard(member)

    @rule(id_=meetings, member=members)
    def leave(self, id_: str, member: str) -> None:
        allowed = self.state[id_] in {"noticed", "open"} and member in self.seats[id_]
        if self.does(id_, "leave", "member", allowed, member=member):
            if self.state[id_] == "open":
                self.gone[id_].add(member)
                self.proxies |= {(id_, member)} if self.seats[id_][member] == f"P-{member}" else set()
            del self.seats[id_][member]

    @rule(id_=meetings, member=members, grants=st.sampled_from(["own", "proxy", "none"]))
    def proxy(self, id_: str, member: str, grants: str) -> None:
        person = f"P-{member}"
        by = {"own": rep(member), "proxy": f"P-{MEMBERS[0]}", "none": ""}[grants]
        other = next(one for one in DAYS if one != id_)
        spent = self.seats[other].get(member) == person or (other, member) in self.proxies
        coming = self.state[id_] in {"noticed", "open"} and member not in self.seats[id_]
        allowed = coming and grants == "own" and not spent
        if self.does(id_, "proxy", "member", allowed, member=member, attending=person, granted_by=by):
            self.seats[id_][member] = person
            self.gone[id_].discard(member)

    @rule(id_=meetings)
    def open(self, id_: str) -> None:
        allowed = self.state[id_] == "noticed" and len(self.seats[id_]) >= 5
        if self.does(id_, "open", "convener", allowed):
            self.state[id_] = "open"

    @rule(id_=meetings)
    def gather(self, id_: str) -> None:
        """Bring a meeting to its opening, as far as it goes, so that votes are not rare."""
        for item in ITEMS:
            self.place(id_, item)
        self.notice(id_)
        for member in MEMBERS[1:6]:
            self.attend(id_, member)
        self.open(id_)
        self.all_vote(id_, "A1", "agree")

    @rule(id_=meetings, item=items, vote=st.sampled_from(["agree", "oppose"]))
    def all_vote(self, id_: str, item: str, vote: str) -> None:
        """Let all vote alike, so that items are carried."""
        for member in MEMBERS[:6]:
            self.vote(id_, item, member, vote)
        if vote == "agree":
            self.settle(id_, item)

    @rule(id_=meetings, item=items, member=members)
    def recuse(self, id_: str, item: str, member: str) -> None:
        coming = self.state[id_] in {"noticed", "open"}
        allowed = coming and item in self.open_items(id_) and (item, member) not in self.out[id_]
        if self.does(id_, "recuse", "member", allowed, item=item, member=member, reason="r"):
            self.out[id_].add((item, member))

    @rule(
        id_=meetings,
        item=items,
        member=members,
        vote=st.sampled_from(["agree", "agree", "oppose", "abstain"]),
    )
    def vote(self, id_: str, item: str, member: str, vote: str) -> None:
        allowed = (
            self.state[id_] == "open"
            and item in self.open_items(id_)
            and member in self.seats[id_]
            and (item, member) not in self.out[id_]
            and (item, member) not in self.votes[id_]
        )
        if self.does(id_, "vote", "member", allowed, item=item, member=member, vote=vote):
            self.votes[id_][item, member] = vote

    def carries(self, id_: str, item: str) -> bool:
        cast = [
            v for (about, m), v in self.votes[id_].items() if about == item and (item, m) not in self.out[id_]
        ]
        agreed = cast.count("agree")
        if ITEMS[item] == "routine":
            return agreed > 0 and "oppose" not in cast
        voted = {m for about, m in self.votes[id_] if about == item} & self.gone[id_]
        base = MEMBERS if ITEMS[item] == "major_work" else (*self.seats[id_], *voted)
        entitled = [member for member in base if (item, member) not in self.out[id_]]
        if not entitled:
            return False
        share = Fraction(agreed, len(entitled))
        return share > Fraction(1, 2) if ITEMS[item] == "major_work" else share >= Fraction(2, 3)

    @rule(id_=meetings, item=items, outcome=st.sampled_from(["carried", "rejected", "convener"]))
    def decide(self, id_: str, item: str, outcome: str) -> None:
        allowed = self.state[id_] == "open" and item in self.open_items(id_)
        if allowed:
            allowed = len(self.seats[id_]) >= 5
        if allowed:
            yields = self.carries(id_, item)
            over = ITEMS[item] == "routine" and not yields
            allowed = over if outcome == "convener" else yields == (outcome == "carried")
        if self.does(id_, "decide", "convener", allowed, item=item, outcome=outcome, reason="r"):
            self.made[item] = (id_, outcome)

    @rule(id_=meetings, item=items)
    def settle(self, id_: str, item: str) -> None:
        """Enter the outcome that the votes yield."""
        self.decide(id_, item, "carried" if self.carries(id_, item) else "rejected")
        self.resolve(item, id_)

    @rule(id_=meetings, item=items)
    def defer(self, id_: str, item: str) -> None:
        begun = self.state[id_] in {"planned", "noticed", "open"}
        if self.does(
            id_,
            "defer",
            "convener",
            begun and item in self.open_items(id_),
            self.early(id_),
            item=item,
            reason="r",
        ):
            self.deferred[id_].add(item)

    @rule(id_=meetings)
    def close(self, id_: str) -> None:
        if self.does(id_, "close", "convener", self.state[id_] == "open" and not self.open_items(id_)):
            self.state[id_] = "held"

    @rule(id_=meetings, ahead=st.integers(0, 2))
    def minute(self, id_: str, ahead: int) -> None:
        version = self.versions[id_] + ahead
        allowed = self.state[id_] in {"held", "minuted", "confirmed"} and ahead == 1
        if self.does(id_, "minute", "secretariat", allowed, version=version, text="纪要", reason="r"):
            self.versions[id_], self.state[id_] = version, "minuted"

    @rule(id_=meetings, behind=st.integers(0, 1), who=st.sampled_from(["S1", "C1"]))
    def confirm(self, id_: str, behind: int, who: str) -> None:
        allowed = self.state[id_] == "minuted" and behind == 0 and who == "C1"
        version = max(0, self.versions[id_] - behind)
        if self.does(id_, "confirm", "convener", allowed, version=version, actor=who):
            self.state[id_] = "confirmed"

    @rule(item=items, id_=meetings)
    def resolve(self, item: str, id_: str) -> None:
        name = f"Z-{item}-{id_}"
        self.office.resolutions.open(name, resolved(item=item, meeting=id_))
        made = self.made.get(item)
        allowed = made is not None and made[0] == id_ and made[1] != "rejected" and name not in self.resolved
        if self.tried(self.office.resolutions, name, follow("assign", "secretariat", 5), allowed):
            self.resolved[name] = "assigned"

    @precondition(lambda self: self.resolved)
    @rule(data=st.data(), done=st.booleans(), who=st.sampled_from(["housing", "finance"]))
    def follow_up(self, data: st.DataObject, done: bool, who: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.resolved)))
        state, book = self.resolved[name], self.office.resolutions
        claims = follow("claim", "lead", 6, actor=who, evidence="E")
        if self.tried(book, name, claims, state in {"assigned", "in_progress"} and who == "housing"):
            self.resolved[name] = "claimed"
        checks = follow("verify", "verifier", 7, actor=who, satisfied=done, evidence="E")
        if self.tried(book, name, checks, self.resolved[name] == "claimed" and who != "housing"):
            self.resolved[name] = "verified" if done else "in_progress"
            back = follow("progress", "lead", 5, evidence="E")
            self.tried(book, name, back, allowed=False)

    @invariant()
    def stands_as_the_model_says(self) -> None:
        for id_ in DAYS:
            one = self.office.meetings.standing(id_)
            assert one.state == self.state[id_]
            assert set(one.open_items()) == self.open_items(id_)
            assert {seat.member: seat.person for seat in one.present} == self.seats[id_]
            assert set(one.left) == self.gone[id_]
            assert {(item, m): v for item, m, v in one.votes} == self.votes[id_]
            assert broken(id_, one.minutes) is None
            assert len(one.minutes) == self.versions[id_]
        for name, state in self.resolved.items():
            standing = self.office.resolutions.standing(name)
            assert standing.state == state
            assert colour(standing, standing.due, self.office.rules) != "red"

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every item that a meeting put off waits for another, or stands on an agenda, or is decided."""
        waiting = {item for item, _ in self.office.carried_over()}
        put_off = {item for id_ in DAYS for item in self.deferred[id_]}
        standing = {item for id_ in DAYS for item in self.open_items(id_)} | set(self.made)
        assert put_off <= waiting | standing
        assert not waiting & standing

    def teardown(self) -> None:
        if hasattr(self, "office"):
            hg.verify(self.office.store)
            for kind, id_ in self.office.trace().nodes:
                for (other, name), steps in self.office.trace().results(kind, id_):
                    assert ((kind, id_), steps) in self.office.trace().origins(other, name)


TestConference = Conference.TestCase
TestConference.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
