"""选民名单: one registration each, publication, objection, decision, by their clocks; and a machine against a model."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import huaying_governance as hg
from huaying_governance.casework import Casebook
from huaying_governance.errors import Problems, Refused
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.elections import ElectionRules
from huaying_governance.participation.enrolling import REGISTRATIONS
from huaying_governance.participation.roll import (
    Act,
    Objection,
    Registration,
    Roll,
    RollAct,
    RollRules,
    RollStanding,
    Standing,
    Terms,
    decide_by,
    object_by,
    publish_by,
    rules_on,
)
from huaying_governance.participation.roll_steps import ROLLS
from huaying_governance.procedure.check import World, check_machine

POLLING = date(2026, 12, 20)
START = date(2026, 11, 2)
BODIES = ("residents_committee", "villagers_committee")
CALENDAR = hg.china_calendar()


def shipped() -> ElectionRules:
    found = hg.load_pack("huaying").rules(ElectionRules)
    assert found is not None
    return found


RULES = shipped().rolls


def at(day: date) -> datetime:
    return datetime.combine(day, time(10), SHANGHAI)


class Office:
    """Two rolls of one polling day, a community's and a village's, in a store of their own."""

    def __init__(self, judged: str = "", rules: tuple[RollRules, ...] = RULES) -> None:
        self.store = hg.open_store("memory:")
        self.judged, self.rules = judged, rules
        self.rolls: Casebook[Roll, RollStanding, RollAct, Terms] = Casebook(self.store, ROLLS, self.terms())
        self.book: Casebook[Registration, Standing, Act, Terms] = self.again()
        for name, body in zip("CV", BODIES, strict=True):
            opened = Roll(id=name, community="dujiaping", body=body, polling_day=POLLING, at=at(START))
            self.rolls.open(name, opened)

    def again(self) -> Casebook[Registration, Standing, Act, Terms]:
        return Casebook(self.store, REGISTRATIONS, self.terms())

    def _roll(self, id_: str) -> RollStanding | None:
        return self.rolls.standing(id_) if self.rolls.knows(id_) else None

    def _all(self) -> Iterator[Standing]:
        return (one for _, one in self.book.all())

    def terms(self) -> Terms:
        return Terms(
            self.rules,
            CALENDAR,
            self._roll,
            lambda person: [one for one in self._all() if one.registration.person == person],
            lambda roll: [one for one in self._all() if one.registration.roll == roll],
            lambda _: self.judged,
        )

    def apply(self, id_: str, roll: str = "C", person: str = "p-1", *, hukou: bool = True) -> None:
        self.book.open(id_, Registration(roll=roll, person=person, hukou=hukou, at=at(START)))

    def do(self, id_: str, action: str, role: str = "committee", day: date = START, **more: Any) -> Standing:
        person = self.book.standing(id_).registration.person
        actor = more.pop("actor", person if role == "voter" else "committee")
        return self.book.act(id_, Act(action=action, at=at(day), actor=actor, role=role, **more))

    def refused(self, id_: str, action: str, *args: Any, **more: Any) -> tuple[str, ...]:
        before = self.book.standing(id_)
        with pytest.raises(Refused) as caught:
            self.do(id_, action, *args, **more)
        assert self.book.standing(id_) == before
        ruling = caught.value.ruling
        assert all(one.text.zh and one.text.en for one in ruling.remedies)  # type: ignore[attr-defined]
        return ruling.codes

    def register(self, id_: str, roll: str = "C", person: str = "p-1", *, hukou: bool = True) -> None:
        self.apply(id_, roll, person, hukou=hukou)
        self.do(id_, "check", fit=True, evidence="居住证")
        if roll == "V" and not hukou:
            self.do(id_, "consent", "meeting", consent=True)
        self.do(id_, "register")

    def roll_act(self, roll: str, action: str, day: date, role: str = "committee") -> RollStanding:
        return self.rolls.act(roll, RollAct(action=action, at=at(day), actor="committee", role=role))

    def roll_refused(self, roll: str, action: str, day: date, role: str = "committee") -> tuple[str, ...]:
        with pytest.raises(Refused) as caught:
            self.roll_act(roll, action, day, role)
        return caught.value.ruling.codes


# One registration each ----------------------------------------------------------------------------------------------


def test_a_village_bars_whoever_is_registered_elsewhere() -> None:
    """Registered in the community, nobody is put on the village's roll until that registration is withdrawn."""
    office = Office()
    office.register("R1")
    office.apply("R2", "V")
    office.do("R2", "check", fit=True)
    assert office.refused("R2", "register") == ("registered-elsewhere",)
    office.do("R2", "declare", "voter")
    assert office.refused("R2", "register") == ("registered-elsewhere",)
    office.do("R1", "withdraw", "voter")
    assert office.do("R2", "register").listed


def test_a_community_asks_for_a_declaration() -> None:
    """Registered in the village, somebody is put on the community's roll once it is declared to vote only once."""
    office = Office()
    office.register("R1", "V")
    office.apply("R2", "C")
    office.do("R2", "check", fit=True)
    assert office.refused("R2", "register") == ("no-declaration",)
    assert office.refused("R2", "declare", "voter", actor="p-9") == ("not-the-voter",)
    office.do("R2", "declare", "voter")
    assert office.do("R2", "register").listed


@pytest.mark.parametrize(("days", "same"), [(365, True), (366, True), (367, False)])
def test_polling_days_far_apart_are_two_elections(days: int, same: bool) -> None:
    """A registration bars as long as the polling days lie within the days of the pack, the last of them included."""
    earlier = POLLING - timedelta(days=days)
    early = [evolve(one, since=date(2025, 1, 1)) for one in RULES]
    office = Office(rules=tuple(early))
    office.rolls.open("X", Roll(id="X", community="x", body=BODIES[1], polling_day=earlier, at=at(START)))
    office.register("R1", "X")
    office.apply("R2", "V")
    office.do("R2", "check", fit=True)
    if same:
        assert office.refused("R2", "register") == ("registered-elsewhere",)
    else:
        assert office.do("R2", "register").listed


@pytest.mark.parametrize("roll", ["C", "V"])
def test_nobody_stands_twice_on_one_roll(roll: str) -> None:
    """A second registration of the same person for the same roll is refused, declared or not."""
    office = Office()
    office.register("R1", roll)
    office.apply("R2", roll)
    office.do("R2", "check", fit=True)
    office.do("R2", "declare", "voter")
    assert office.refused("R2", "register") == ("on-roll",)


# Findings -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("judged", "codes"), [("ineligible", 1), ("undetermined", 1), ("eligible", 0), ("", 0)]
)
def test_the_committee_does_not_find_against_the_law(judged: str, codes: int) -> None:
    """What the library has judged by the facts cannot be found otherwise; where it has no facts, the finding holds."""
    office = Office(judged)
    office.apply("R1")
    if codes:
        assert office.refused("R1", "check", fit=True) == ("not-eligible",)
        assert office.do("R1", "check", fit=False, reason="第十六条").state == "rejected"
    else:
        assert office.do("R1", "check", fit=True).state == "checked"


def test_a_finding_needs_ground_and_evidence() -> None:
    """No finding is none; a refusal names its clause; somebody from elsewhere shows the stay."""
    office = Office()
    office.apply("R1", hukou=False)
    assert office.refused("R1", "check") == ("no-finding",)
    assert office.refused("R1", "check", fit=False) == ("no-ground",)
    assert office.refused("R1", "check", fit=True) == ("no-stay-evidence",)
    assert office.refused("R1", "check", "voter", fit=True, evidence="x") == ("wrong-role",)
    office.do("R1", "check", fit=True, evidence="居住证")
    assert office.refused("R1", "consent", "meeting", consent=True) == ("no-meeting-needed",)
    assert office.do("R1", "register").listed


def test_a_village_asks_its_meeting_about_newcomers() -> None:
    """Without the meeting's consent a newcomer is not put on a village's roll; a villager needs none."""
    office = Office()
    office.apply("R1", "V", hukou=False)
    office.do("R1", "check", fit=True, evidence="租赁合同")
    assert office.refused("R1", "register") == ("no-consent",)
    assert office.refused("R1", "consent", "meeting") == ("no-finding",)
    assert office.refused("R1", "consent", consent=True) == ("wrong-role",)
    office.do("R1", "consent", "meeting", consent=True)
    office.do("R1", "register")
    office.apply("R2", "V", "p-2", hukou=False)
    office.do("R2", "check", fit=True, evidence="租赁合同")
    assert office.do("R2", "consent", "meeting", consent=False).state == "rejected"
    office.register("R3", "V", "p-3")


# Clocks, by model ---------------------------------------------------------------------------------------------------


def published(day: date = date(2026, 11, 30)) -> Office:
    """A roll with two voters and one who was turned away, published on the last day that is in time."""
    office = Office()
    office.register("R1")
    office.register("R2", person="p-2", hukou=False)
    office.apply("R3", person="p-3")
    office.do("R3", "check", fit=False, reason="未满十八周岁")
    office.roll_act("C", "publish", day)
    return office


def test_twenty_days_before_the_polling_day() -> None:
    """For every polling day of two years the last day is the twentieth before it, counted one by one."""
    day = date(2026, 1, 1)
    while day < date(2028, 3, 2):
        rules = rules_on(RULES, BODIES[0], day)
        assert rules is not None
        roll = Roll(id="X", community="x", body=BODIES[0], polling_day=day, at=at(START))
        last = publish_by(roll, rules)
        assert len([n for n in range(1, 400) if last < day - timedelta(days=n - 1) <= day]) == 20
        day += timedelta(days=1)


@pytest.mark.parametrize(("days", "codes"), [(19, ("published-late",)), (20, ()), (21, ())])
def test_a_roll_published_late_is_refused(days: int, codes: tuple[str, ...]) -> None:
    """The day before, on and after the twentieth day before polling; an empty roll is never published."""
    office = Office()
    day = POLLING - timedelta(days=days)
    assert office.roll_refused("C", "publish", day) == (*codes, "empty-roll")
    office.register("R1")
    if codes:
        assert office.roll_refused("C", "publish", day) == codes
    else:
        assert office.roll_act("C", "publish", day).published_on == day


def test_every_day_of_objection_and_decision() -> None:
    """Five days, rolled over holidays, and three that are not: counted day by day for two years of publication."""
    rules = rules_on(RULES, BODIES[0], POLLING)
    assert rules is not None
    day = date(2026, 1, 1)
    while day < date(2026, 12, 20):
        last, count = day, 0
        while count < 5:
            last, count = last + timedelta(days=1), count + 1
        while not CALENDAR.is_workday(last):
            last += timedelta(days=1)
        assert object_by(day, rules, CALENDAR) == last
        assert decide_by(Objection("listed", day), rules, CALENDAR) == day + timedelta(days=3)
        day += timedelta(days=1)
    assert object_by(date(2026, 12, 28), rules, CALENDAR) is None
    assert object_by(date(2026, 12, 28), evolve(rules, objection_roll=False), CALENDAR) == date(2027, 1, 2)


@pytest.mark.parametrize("late", [0, 1])
@pytest.mark.parametrize("action", ["object", "claim"])
def test_the_last_day_of_objection(action: str, late: int) -> None:
    """Published on 30 November, Saturday 5 December rolls to Monday 7 December; the 8th is too late."""
    office = published()
    id_, last = ("R1" if action == "object" else "R3"), date(2026, 12, 7)
    if late:
        day = last + timedelta(days=1)
        assert office.refused(id_, action, "voter", day, reason="x") == ("objection-over",)
    else:
        assert office.refused(id_, action, "voter", last) == ("no-reason",)
        assert office.do(id_, action, "voter", last, reason="x").objections[0].raised_on == last


def test_after_publication_only_objection_and_claim_change_a_roll() -> None:
    """Register and withdraw are closed; before publication objection and claim are."""
    office = published()
    office.apply("R4", person="p-4")
    day = date(2026, 12, 1)
    office.do("R4", "check", day=day, fit=True)
    assert office.refused("R4", "register", day=day) == ("roll-published",)
    assert office.refused("R1", "withdraw", "voter", day) == ("roll-published",)
    other = Office()
    other.register("R1")
    assert other.refused("R1", "object", "voter", reason="x") == ("not-published",)
    other.apply("R2", person="p-2")
    assert other.refused("R2", "claim", "voter", reason="x") == ("not-published",)
    assert office.refused("R4", "claim", "voter", day, reason="x", actor="p-1") == ("not-the-voter",)
    office.do("R4", "claim", "voter", day, reason="漏登")
    assert office.do("R4", "decide", day=day, upheld=True, reason="补登").state == "registered"


@pytest.mark.parametrize(("upheld", "state"), [(True, "removed"), (False, "registered")])
def test_an_objection_is_decided_and_told(upheld: bool, state: str) -> None:
    """Upheld, the entry goes; not upheld, it stays; meanwhile it stands. A late decision is still a decision."""
    office = published()
    office.do("R2", "object", "voter", date(2026, 12, 1), reason="不常住", actor="p-1")
    assert office.book.standing("R2").listed
    day = date(2026, 12, 6)
    assert office.refused("R2", "decide", day=day) == ("no-finding", "no-reason")
    one = office.do("R2", "decide", day=day, upheld=upheld, reason="核实")
    assert (one.state, one.objections[0].decided_on) == (state, day)


def test_a_claim_cannot_pass_what_a_registration_could_not() -> None:
    """Whoever claims an entry meets the same conditions: evidence, consent, one registration, the law."""
    office = Office()
    office.register("R0", "C")
    office.register("R9", "V", "p-9")
    office.apply("R1", "V", hukou=False)
    office.roll_act("V", "publish", date(2026, 11, 20))
    day = date(2026, 11, 23)
    office.do("R1", "claim", "voter", day, reason="漏登")
    told = office.refused("R1", "decide", day=day, upheld=True, reason="x")
    assert told == ("no-stay-evidence", "no-consent", "registered-elsewhere")
    office.do("R1", "consent", "meeting", day, consent=True)
    office.judged = "ineligible"
    told = office.refused("R1", "decide", day=day, upheld=True, reason="x", evidence="租赁合同")
    assert told == ("not-eligible", "registered-elsewhere")
    assert office.do("R1", "decide", day=day, upheld=False, reason="x").state == "rejected"


def test_a_roll_closes_when_all_is_decided() -> None:
    """Not within the days of objection, not with an objection undecided; closed, it takes no more."""
    office = published()
    office.do("R1", "object", "voter", date(2026, 12, 1), reason="x", actor="p-2")
    assert office.roll_refused("C", "close", date(2026, 12, 7)) == ("objections-running", "undecided")
    assert office.roll_refused("C", "close", date(2026, 12, 8)) == ("undecided",)
    office.do("R1", "decide", day=date(2026, 12, 3), upheld=False, reason="x")
    office.roll_act("C", "close", date(2026, 12, 8))
    told = office.refused("R1", "object", "voter", date(2026, 12, 8), reason="x")
    assert told == ("objection-over", "roll-closed")


def test_a_roll_without_rules_is_told() -> None:
    """A polling day before the law that the pack states, and a roll that nobody knows: refused, never guessed."""
    office = Office()
    old = Roll(id="O", community="x", body=BODIES[0], polling_day=date(2025, 12, 31), at=at(START))
    office.rolls.open("O", old)
    assert office.roll_refused("O", "publish", START) == ("no-roll-rules",)
    for roll in ("O", "nowhere"):
        office.apply(f"R-{roll}", roll)
        assert office.refused(f"R-{roll}", "check", fit=True) == ("no-roll-rules",)


def test_an_unknown_action_is_a_problem() -> None:
    """An action that is none of the table's is bad input, with those that are."""
    office = Office()
    office.apply("R1")
    with pytest.raises(Problems) as caught:
        office.do("R1", "erase")
    assert "withdraw" in caught.value.problems[0].cure.en


# By machine ---------------------------------------------------------------------------------------------------------

PEOPLE = ("p-1", "p-2")
ENTRIES = {
    "R1": ("C", "p-1", True),
    "R2": ("V", "p-1", False),
    "R3": ("C", "p-2", False),
    "R4": ("C", "p-1", True),
    "R5": ("V", "p-2", True),
}
ROLES = {"voter", "committee", "meeting"}


def codes_of(ruling: hg.Ruling | None) -> tuple[str, ...] | None:
    return None if ruling is None else ruling.codes


class Model:
    """The rules told again, plainly: sets of names, and days counted one by one."""

    def __init__(self) -> None:
        self.state = dict.fromkeys(ENTRIES, "applied")
        self.consented: set[str] = set()
        self.declared: set[str] = set()
        self.published: dict[str, date] = {}
        self.closed: set[str] = set()

    def on(self, roll: str) -> set[str]:
        return {
            id_
            for id_ in ENTRIES
            if ENTRIES[id_][0] == roll and self.state[id_] in {"registered", "objected"}
        }

    def enters(self, id_: str) -> bool:
        """Whether nothing that the law says of one registration each stands against an entry."""
        roll, person, hukou = ENTRIES[id_]
        mine = {other for other in self.on("C") | self.on("V") if ENTRIES[other][1] == person}
        if any(ENTRIES[other][0] == roll for other in mine):
            return False
        if roll == "V" and not hukou and id_ not in self.consented:
            return False
        return not mine or (roll == "C" and id_ in self.declared)

    def open_until(self, roll: str) -> date:
        last = self.published[roll] + timedelta(days=5)
        while not CALENDAR.is_workday(last):
            last += timedelta(days=1)
        return last

    def step(
        self, id_: str, action: str, role: str, day: date, *, own: bool, yes: bool | None, word: bool
    ) -> bool:
        """Do what is admitted; return whether it was."""
        (roll, _, hukou), state = ENTRIES[id_], self.state[id_]
        told = roll in self.published
        to = None
        match action:
            case "check" if role == "committee" and state == "applied" and yes is not None:
                if yes and (hukou or word):
                    to = "checked"
                elif not yes and word:
                    to = "rejected"
            case "consent" if role == "meeting" and roll == "V" and not hukou and yes is not None:
                if state == "checked":
                    to = "consented" if yes else "rejected"
                elif state == "claimed":
                    to = state
                if to is not None:
                    (self.consented.add if yes else self.consented.discard)(id_)
            case "declare" if (
                role == "voter" and own and state in {"applied", "checked", "consented", "claimed"}
            ):
                to = state
                self.declared.add(id_)
            case "register" if role == "committee" and state in {"checked", "consented"} and not told:
                to = "registered" if self.enters(id_) else None
            case "withdraw" if role == "voter" and own and not told:
                to = "withdrawn" if state in {"applied", "checked", "consented", "registered"} else None
            case "object" | "claim" if role == "voter" and told and word and roll not in self.closed:
                if day <= self.open_until(roll):
                    if action == "object":
                        to = "objected" if state == "registered" else None
                    elif own and state in {"applied", "checked", "consented", "rejected"}:
                        to = "claimed"
            case "decide" if role == "committee" and yes is not None and word:
                if state == "objected":
                    to = "removed" if yes else "registered"
                elif state == "claimed":
                    to = "rejected" if not yes else "registered" if self.enters(id_) else None
        if to is None:
            return False
        self.state[id_] = to
        return True

    def roll_step(self, roll: str, action: str, day: date) -> bool:
        if action == "publish" and roll not in self.published and self.on(roll):
            if (POLLING - day).days >= 20:
                self.published[roll] = day
                return True
            return False
        if action == "close" and roll in self.published and roll not in self.closed:
            waits = any(
                ENTRIES[id_][0] == roll and self.state[id_] in {"objected", "claimed"} for id_ in ENTRIES
            )
            if day > self.open_until(roll) and not waits:
                self.closed.add(roll)
                return True
        return False


class Rolls(RuleBasedStateMachine):
    """Any acts on two rolls in any order: what is admitted is what the model admits, and replay ends the same."""

    @initialize()
    def begin(self) -> None:
        self.office, self.model = Office(), Model()
        self.day, self.number = START, 0
        for id_, (roll, person, hukou) in ENTRIES.items():
            self.office.apply(id_, roll, person, hukou=hukou)

    def pass_time(self, days: int) -> None:
        self.day = min(self.day + timedelta(days=days), date(2026, 12, 25))
        self.number += 1

    @rule(
        id_=st.sampled_from(sorted(ENTRIES)),
        action=st.sampled_from(sorted(REGISTRATIONS.procedure.actions)),
        role=st.sampled_from(sorted(ROLES)),
        own=st.booleans(),
        days=st.integers(0, 3),
        yes=st.sampled_from([True, True, False, None]),
        word=st.booleans(),
    )
    def act(
        self, id_: str, action: str, role: str, own: bool, days: int, yes: bool | None, word: bool
    ) -> None:
        self.pass_time(days)
        book, told = self.office.book, "x" if word else ""
        before = book.standing(id_)
        actor = ENTRIES[id_][1] if own else "somebody"
        more = {"fit": yes, "consent": yes, "upheld": yes}
        one = Act(action=action, at=at(self.day), actor=actor, role=role, reason=told, evidence=told, **more)
        expected = self.model.step(id_, action, role, self.day, own=own, yes=yes, word=word)
        ruling = book.attempt(id_, one, f"c{self.number}")
        after = book.standing(id_)
        assert (ruling is None) == expected, (one, ruling)
        assert ruling is None or after == before
        again = book.attempt(id_, one, f"c{self.number}")
        assert codes_of(again) == codes_of(ruling)
        assert book.standing(id_) == after

    @rule(
        id_=st.sampled_from(sorted(ENTRIES)),
        data=st.sampled_from(["check", "consent", "declare", "register"]),
    )
    def usual(self, id_: str, data: str) -> None:
        """The acts of an ordinary registration, drawn often enough that rolls fill."""
        role = {"consent": "meeting", "declare": "voter"}.get(data, "committee")
        self.act(id_, data, role, True, 0, True, True)

    @rule(roll=st.sampled_from("CV"), action=st.sampled_from(["publish", "close"]), days=st.integers(0, 9))
    def roll_act(self, roll: str, action: str, days: int) -> None:
        self.pass_time(days)
        one = RollAct(action=action, at=at(self.day), actor="committee", role="committee")
        expected = self.model.roll_step(roll, action, self.day)
        ruling = self.office.rolls.attempt(roll, one, f"r{self.number}")
        assert (ruling is None) == expected, (one, ruling)

    @invariant()
    def promises(self) -> None:
        if not hasattr(self, "office"):
            return
        standings = dict(self.office.again().all())
        assert {id_: one.state for id_, one in standings.items()} == self.model.state
        for roll in "CV":
            people = [
                one.registration.person
                for one in standings.values()
                if one.listed and one.registration.roll == roll
            ]
            assert len(people) == len(set(people))
        assert all(
            one.consented
            for one in standings.values()
            if one.listed and not one.registration.hukou and one.registration.roll == "V"
        )


TestRolls = Rolls.TestCase
TestRolls.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)


def test_the_table_of_registrations_is_proved() -> None:
    """Over everything that can happen to one registration the machine goes where the table says."""
    office = Office()
    office.register("R1", person="p-2")
    office.roll_act("C", "publish", START)

    def commands(_: Standing) -> list[Act]:
        return [
            Act(
                action=action,
                at=at(START),
                actor=actor,
                role=role,
                fit=yes,
                consent=yes,
                upheld=yes,
                reason=word,
                evidence=word,
            )
            for action in REGISTRATIONS.procedure.actions
            for actor, role in (("p-1", "voter"), ("x", "voter"), ("c", "committee"), ("m", "meeting"))
            for yes in (True, False)
            for word in ("", "x")
        ]

    def move(standing: Standing, one: Act, context: Terms) -> Standing:
        step = REGISTRATIONS.procedure.step(standing.state, one.action)
        assert step is not None
        return REGISTRATIONS.after(standing, one, step.target(standing, one, context))

    def same(one: Standing) -> object:
        return one.state, one.consented, one.declared, bool(one.objections)

    starts = tuple(
        Standing(registration=Registration(roll=roll, person="p-1", hukou=hukou, at=at(START)))
        for roll in "CV"
        for hukou in (True, False)
    )
    world = World(REGISTRATIONS.procedure, starts, commands, lambda _s, _c: office.terms(), move, same)
    assert check_machine(world).holds
