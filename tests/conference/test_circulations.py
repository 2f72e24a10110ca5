"""传签: an urgent item is signed by all in time and confirmed by the next meeting, else it lapses."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from sessions import DAY, FIRST, JC, MEMBERS, act, called, item, item_act, ready, refused, rep, resolved
from signing import LAST, SENT, became, circulation, follows, held, sent, settled, sign, signed, step

import huaying_governance as hg
from huaying_governance.conference import (
    CIRCULATIONS,
    Circulating,
    CirculationTerms,
    ConferenceRules,
    Office,
    fate,
)
from huaying_governance.conference.circulation import drafted
from huaying_governance.kernel.thresholds import THRESHOLDS

STATES = ("drafted", "circulating", "settled", "failed", "withdrawn")
TABLE = {
    ("drafted", "circulate"): ("circulating", {"secretariat"}),
    ("circulating", "sign"): ("circulating", {"member"}),
    ("circulating", "settle"): ("settled", {"convener"}),
    ("circulating", "fail"): ("failed", {"secretariat", "convener"}),
    ("drafted", "withdraw"): ("withdrawn", {"convener"}),
    ("circulating", "withdraw"): ("withdrawn", {"convener"}),
}
"""Written anew: from a state by an action to a state, and who may."""


def of(rules: ConferenceRules, **more: object) -> Office:
    """Return an office whose rules of circulation differ."""
    held_ = evolve(rules, circulating=evolve(rules.circulating, **more))
    return Office(hg.open_store("memory:"), held_, hg.china_calendar())


def brought(office: Office, state: str) -> None:
    """Bring the circulation S1 of the item A1 to a state."""
    ready(office, "A1")
    office.circulations.open("S1", circulation())
    if state == "withdrawn":
        office.circulations.act("S1", step("withdraw", "convener", reason="r"))
    if state in {"circulating", "settled", "failed"}:
        office.circulations.act("S1", step("circulate"))
    if state == "settled":
        signed(office)
        office.circulations.act("S1", step("settle", "convener"))
    if state == "failed":
        office.circulations.act("S1", sign(MEMBERS[0], agreed=False))
        office.circulations.act("S1", step("fail"))
    assert office.circulations.standing("S1").state == state


@pytest.mark.parametrize("state", STATES)
def test_every_move_of_every_role_in_every_state(rules: ConferenceRules, state: str) -> None:
    """All states, actions and roles: a move is open exactly where the table written anew has it."""
    for action, role in product(CIRCULATIONS.procedure.actions, CIRCULATIONS.procedure.roles):
        office = Office(hg.open_store("memory:"), rules, hg.china_calendar())
        brought(office, state)
        if state == "circulating" and action == "settle":
            signed(office)
        if state == "circulating" and action == "fail":
            office.circulations.act("S1", sign(MEMBERS[1], agreed=False))
        one = step(action, role, reason="r", actor=rep(MEMBERS[0]), member=MEMBERS[0], agreed=True)
        to, roles = TABLE.get((state, action), ("", set()))
        if role in roles:
            assert office.circulations.act("S1", one).state == to
            continue
        codes = refused(office.circulations, "S1", one)
        assert ("wrong-state" in codes) == (not to)
        assert ("wrong-role" in codes) == (
            role not in {each for (_, known), (_, r) in TABLE.items() if known == action for each in r}
        )


def test_all_members_sign_within_three_working_days(office: Office) -> None:
    """Library default: three working days, all members; the last day is in time, the day after is not."""
    ready(office, "A1")
    sent(office)
    standing = office.circulations.standing("S1")
    assert office.circulation_terms.due(standing) == LAST
    signed(office, MEMBERS[:8], day=LAST)
    settle = step("settle", "convener", LAST)
    assert refused(office.circulations, "S1", settle) == ("unsigned",)
    late = sign(MEMBERS[8], LAST + timedelta(days=1))
    assert refused(office.circulations, "S1", late) == ("sign-late",)
    signed(office, MEMBERS[8:], day=LAST)
    made = office.circulations.act("S1", settle)
    assert [(one.member, one.person) for one in made.signatures] == [(one, rep(one)) for one in MEMBERS]
    assert (made.state, made.agreed, made.objected) == ("settled", MEMBERS, ())


def test_a_refusal_says_what_is_wanted_in_both_languages(office: Office) -> None:
    """How many agree and must, the last day, and where to go instead are said."""
    ready(office, "A1")
    sent(office)
    ruling = office.circulations.attempt("S1", step("settle", "convener"), "c1")
    assert ruling is not None
    assert "同意0家，不足规定的9家" in ruling.reason("zh")
    assert "0 members agree, and 9 must" in ruling.reason("en")
    late = office.circulations.attempt("S1", sign(MEMBERS[0], LAST + timedelta(days=1)), "c2")
    assert late is not None
    assert "2026-09-10" in late.reason("en")
    assert late.grounds[0].citation == office.rules.circulating.citation
    assert late.grounds[0].citation.source.standing == "default"


def test_who_may_sign(office: Office) -> None:
    """The representative of a member signs, once, and says whether it agrees; an objection has its reason."""
    ready(office, "A1")
    sent(office)
    first = MEMBERS[0]
    for one, codes in (
        (sign(first, actor="R2"), ("not-the-representative",)),
        (sign(first, member="nobody"), ("not-a-member",)),
        (sign(first, agreed=None), ("no-opinion",)),
        (sign(first, agreed=False, reason=" "), ("no-opinion",)),
    ):
        assert refused(office.circulations, "S1", one) == codes
    office.circulations.act("S1", sign(first))
    assert refused(office.circulations, "S1", sign(first, agreed=False)) == ("signed-already",)


def test_the_members_of_the_day_it_was_sent_round_are_asked(rules: ConferenceRules) -> None:
    """Who joins later is not asked; who was a member on the day is, though it leaves the day after."""
    conference = rules.conferences[JC]
    members = list(conference.members)
    members[0] = evolve(members[0], until=SENT)
    members[1] = evolve(members[1], since=SENT + timedelta(days=1))
    made = evolve(rules, conferences={JC: evolve(conference, members=tuple(members))})
    office = Office(hg.open_store("memory:"), made, hg.china_calendar())
    ready(office, "A1")
    sent(office)
    assert refused(office.circulations, "S1", sign(MEMBERS[1], LAST)) == ("not-a-member",)
    signed(office, [one for one in MEMBERS if one != MEMBERS[1]], day=LAST)
    assert office.circulations.act("S1", step("settle", "convener", LAST)).state == "settled"


def test_what_is_not_sent_round(office: Office) -> None:
    """Reserved matters, major matters that need consultation, unscreened and unknown items, and no urgency."""
    office.items.open("A1", item(reserved=True))
    ready(office, "A2", category="major_matter", communities=("dujiaping",))
    office.items.act("A2", item_act("consult", "community", actor="dujiaping", evidence="E"))
    office.items.open("A3", item())
    ready(office, "A4")
    ready(office, "A5", category="major_work")
    for id_, about, urgency, codes in (
        ("S1", "A1", "r", ("not-screened", "reserved-by-law")),
        ("S2", "A2", "r", ("needs-meeting",)),
        ("S3", "A3", "r", ("not-screened",)),
        ("S4", "A9", "r", ("unknown-item",)),
        ("S5", "A4", " ", ("not-urgent",)),
    ):
        office.circulations.open(id_, circulation(id_, about, urgency))
        assert refused(office.circulations, id_, step("circulate")) == codes
    sent(office, "A5", "S6")


def test_a_pack_may_bar_a_category(rules: ConferenceRules) -> None:
    """A category that the pack does not let circulate goes to a meeting, consultation or not."""
    barred = evolve(rules.categories["routine"], circulate=False)
    made = evolve(rules, categories={**rules.categories, "routine": barred})
    office = Office(hg.open_store("memory:"), made, hg.china_calendar())
    ready(office, "A1")
    office.circulations.open("S1", circulation())
    assert refused(office.circulations, "S1", step("circulate")) == ("needs-meeting",)


def test_an_item_is_in_one_place(office: Office) -> None:
    """What is on an agenda or decided is not sent round; what is being signed is not placed, nor sent round again."""
    ready(office, "A1", "A2", "A3")
    called(office, "A1", day=DAY)
    office.circulations.open("S1", circulation())
    assert refused(office.circulations, "S1", step("circulate", day=DAY)) == ("item-taken",)
    sent(office, "A2", "S2", day=DAY)
    office.circulations.open("S3", circulation("S3", "A2"))
    assert refused(office.circulations, "S3", step("circulate", day=DAY)) == ("item-taken",)
    place = act("place", "secretariat", 5, item="A2")
    assert refused(office.meetings, "M1", place) == ("item-taken",)
    office.circulations.act("S2", step("withdraw", "convener", DAY, 1, reason="r"))
    assert "A2" in office.meetings.act("M1", place).agenda
    held(office, "M2", DAY + timedelta(days=1), takes="A3")
    office.circulations.open("S4", circulation("S4", "A3"))
    assert refused(office.circulations, "S4", step("circulate", day=DAY + timedelta(days=2))) == (
        "item-taken",
    )


def test_one_objection_ends_what_all_must_agree_to(office: Office) -> None:
    """Where all must agree one objection is enough to end it at once; before that there is time, and it stays open."""
    ready(office, "A1")
    sent(office)
    signed(office, MEMBERS[:3])
    assert refused(office.circulations, "S1", step("fail")) == ("still-open",)
    office.circulations.act("S1", sign(MEMBERS[3], agreed=False))
    assert office.circulations.act("S1", step("fail")).state == "failed"
    sent(office, id_="S2")


def test_what_was_not_signed_in_time_is_ended(office: Office) -> None:
    """After the last day it is ended where too few agreed; where enough did, it is settled and not ended."""
    ready(office, "A1", "A2")
    after = LAST + timedelta(days=1)
    sent(office)
    assert refused(office.circulations, "S1", step("fail", day=LAST)) == ("still-open",)
    assert office.circulations.act("S1", step("fail", day=after)).state == "failed"
    sent(office, "A2", "S2")
    signed(office, id_="S2")
    assert refused(office.circulations, "S2", step("fail", day=after)) == ("still-open",)
    assert office.circulations.act("S2", step("settle", "convener", after)).state == "settled"


@given(
    share=st.sampled_from(list(THRESHOLDS)),
    said=st.lists(st.sampled_from([True, False, None]), min_size=9, max_size=9),
)
def test_the_share_that_the_pack_states(rules: ConferenceRules, share: str, said: list[bool | None]) -> None:
    """Settled exactly where so many of all members agree; ended before time exactly where that is out of reach."""
    office = of(rules, agree=THRESHOLDS[share])
    ready(office, "A1")
    sent(office)
    for member, agreed in zip(MEMBERS, said, strict=True):
        if agreed is not None:
            office.circulations.act("S1", sign(member, agreed=agreed))
    threshold = THRESHOLDS[share]
    enough = [k for k in range(10) if threshold.met(k, 9)]
    agrees, open_ = said.count(True), said.count(None)
    ends, settles = step("fail"), step("settle", "convener")
    ended = office.circulations.attempt("S1", ends, "c1")
    assert (ended is None) == (agrees + open_ < enough[0])
    if ended is not None:
        assert (office.circulations.attempt("S1", settles, "c2") is None) == (agrees in enough)


def test_beyond_the_calendar_nobody_signs(office: Office) -> None:
    """Where the calendar does not reach the last day, signing is refused until the notice is loaded, not guessed."""
    far = date(2031, 3, 3)
    ready(office, "A1")
    sent(office, day=far)
    assert office.circulation_terms.due(office.circulations.standing("S1")) is None
    assert refused(office.circulations, "S1", sign(MEMBERS[0], far)) == ("no-calendar",)
    assert refused(office.circulations, "S1", step("fail", day=far)) == ("still-open",)


# The next meeting


@pytest.mark.parametrize(
    ("takes", "outcome", "expected"),
    [
        ("A1", "carried", "confirmed"),
        ("A1", "deferred", "lapsed"),
        ("", "", "lapsed"),
    ],
)
def test_the_next_meeting_confirms_or_it_lapses(
    office: Office, takes: str, outcome: str, expected: str
) -> None:
    """Carried at the next meeting it is confirmed; put off or not taken up, it lapses, for good."""
    ready(office, "A1")
    settled(office)
    assert became(office) == ("awaiting", "")
    held(office, "M1", DAY, takes=takes, outcome=outcome)
    assert became(office) == (expected, "M1")
    if expected == "lapsed":
        held(office, "M2", DAY + timedelta(days=1), takes="A1")
        assert became(office) == ("lapsed", "M1")
        office.circulations.open("S2", circulation("S2"))
        assert "item-taken" in refused(
            office.circulations, "S2", step("circulate", day=DAY + timedelta(days=2))
        )


def test_a_rejection_lets_it_lapse(office: Office) -> None:
    """A vote that does not carry at the next meeting ends what was settled."""
    ready(office, "A1", category="major_work")
    settled(office)
    held(office, "M1", DAY, takes="A1", outcome="rejected")
    assert became(office) == ("lapsed", "M1")


def test_only_meetings_that_were_held_afterwards_count(office: Office) -> None:
    """A meeting before, on the same day, still planned or cancelled lets nothing lapse; one in session does not yet."""
    ready(office, "A1", "A2", "A3")
    held(office, "M0", SENT - timedelta(days=1))
    settled(office)
    assert became(office) == ("awaiting", "")
    called(office, "A2", id_="M1", day=DAY)
    assert became(office) == ("awaiting", "")
    office.meetings.act("M1", act("cancel", "convener", reason="r"))
    assert became(office) == ("awaiting", "")
    held(office, "M2", DAY, takes="A1")
    assert became(office) == ("confirmed", "M2")


def test_a_meeting_of_the_same_day_confirms_and_lets_nothing_lapse(office: Office) -> None:
    """On the day itself a meeting that carries the item confirms it; one that does not take it up changes nothing."""
    ready(office, "A1", "A2")
    settled(office, day=DAY)
    held(office, "M1", DAY)
    assert became(office) == ("awaiting", "")
    held(office, "M2", DAY, takes="A1")
    assert became(office) == ("confirmed", "M2")


def test_which_kinds_of_meeting_are_the_next_one(rules: ConferenceRules) -> None:
    """A kind that the pack does not name lets nothing lapse; if it carries the item it confirms it all the same."""
    office = of(rules, confirming=frozenset({"plenary"}))
    ready(office, "A1")
    settled(office)
    held(office, "M1", DAY, kind="site")
    assert became(office) == ("awaiting", "")
    held(office, "M2", DAY + timedelta(days=1), kind="push", takes="A1")
    assert became(office) == ("confirmed", "M2")


@given(
    days=st.lists(st.tuples(st.integers(-3, 6), st.sampled_from(["", "carried", "rejected"])), max_size=5),
)
def test_the_fate_follows_a_plain_model(rules: ConferenceRules, days: list[tuple[int, str]]) -> None:
    """Of the meetings after the settlement the first decides: an independent telling over days and outcomes."""
    office = Office(hg.open_store("memory:"), rules, hg.china_calendar())
    ready(office, "A1", category="major_work")
    decided_ = False
    told: tuple[str, str] = ("awaiting", "")
    base = date(2026, 9, 14)
    settled(office, day=base)
    for place, (after, outcome) in enumerate(sorted(days, key=lambda one: one[0])):
        takes = bool(outcome) and after > 0 and not decided_
        name, day = f"M{place}", base + timedelta(days=after)
        if after <= 0:
            continue
        held(office, name, day, takes="A1" if takes else "", outcome=outcome)
        decided_ = decided_ or takes
        if told[0] == "awaiting":
            told = ("confirmed" if takes and outcome == "carried" else "lapsed", name)
    assert became(office) == told


def test_before_it_is_settled_it_has_no_fate(office: Office, rules: ConferenceRules) -> None:
    """What is drafted, being signed or not agreed has no fate; terms without books ask nobody."""
    ready(office, "A1")
    sent(office)
    assert became(office) == ("", "")
    terms = CirculationTerms(rules, hg.china_calendar())
    standing = drafted(circulation())
    assert (terms.item("A1"), list(terms.meetings(JC)), list(terms.circulations("A1"))) == (None, [], [])
    assert fate(evolve(standing, settled_at=standing.last_at), terms) == ("awaiting", "")
    assert terms.due(standing) is None


# What rests on it


def resolves(office: Office, id_: str = "Z1", circulation_: str = "S1", about: str = "A1") -> None:
    made = resolved(item=about, meeting="", circulation=circulation_, on=SENT)
    office.resolutions.open(id_, made)


def test_a_resolution_follows_a_circulation(office: Office) -> None:
    """What was settled is carried out at once, and traced back to item and circulation; levels are the conference's."""
    ready(office, "A1", reference_kind="entry", references=("T1",))
    sent(office)
    resolves(office)
    assigns = follows("assign", "secretariat", SENT)
    assert refused(office.resolutions, "Z1", assigns) == ("not-carried",)
    signed(office)
    office.circulations.act("S1", step("settle", "convener"))
    office.resolutions.act("Z1", assigns)
    trace = office.trace()
    assert trace.origins("resolution", "Z1") == (
        (("circulation", "S1"), 1),
        (("item", "A1"), 1),
        (("entry", "T1"), 2),
    )
    assert (("resolution", "Z1"), 2) in trace.results("item", "A1") or (
        ("resolution", "Z1"),
        1,
    ) in trace.results("item", "A1")
    late = follows("escalate", "convener", date(2026, 10, 30), reason="r")
    assert office.resolutions.act("Z1", late).level == 1


def test_what_rests_on_a_lapsed_circulation_is_withdrawn(office: Office) -> None:
    """When it has lapsed nothing more is done on it: the work is refused, and it is withdrawn with a reason."""
    ready(office, "A1")
    settled(office)
    resolves(office)
    office.resolutions.act("Z1", follows("assign", "secretariat", SENT))
    office.resolutions.act("Z1", follows("progress", "lead", SENT, evidence="E"))
    early = follows("withdraw", "convener", SENT, reason="r")
    assert refused(office.resolutions, "Z1", early) == ("in-force",)
    held(office, "M1", DAY)
    after = DAY + timedelta(days=1)
    for one in (
        follows("progress", "lead", after, evidence="E"),
        follows("claim", "lead", after, evidence="E"),
        follows("extend", "convener", after, days=3, reason="r"),
    ):
        assert refused(office.resolutions, "Z1", one) == ("lapsed",)
    assert "lapsed" in refused(office.resolutions, "Z1", follows("escalate", "convener", after, reason="r"))
    resolves(office, "Z2")
    assert refused(office.resolutions, "Z2", follows("assign", "secretariat", after)) == ("not-carried",)
    assert (
        office.resolutions.act("Z1", follows("withdraw", "convener", after, reason="r")).state == "withdrawn"
    )


def test_a_resolution_of_another_item_does_not_follow(office: Office) -> None:
    """A circulation carries its own item only, and an unknown one carries nothing."""
    ready(office, "A1", "A2")
    settled(office)
    resolves(office, "Z1", about="A2")
    resolves(office, "Z2", "S9")
    for id_ in ("Z1", "Z2"):
        assert refused(office.resolutions, id_, follows("assign", "secretariat", SENT)) == ("not-carried",)


@pytest.mark.parametrize(
    ("grounds", "code"),
    [({"meeting": ""}, "no-meeting"), ({"meeting": "M1", "circulation": "S1"}, "two-grounds")],
)
def test_a_resolution_rests_on_one_thing(grounds: dict[str, object], code: str) -> None:
    """A meeting or a circulation, and not both."""
    with pytest.raises(hg.Problems) as caught:
        resolved(**grounds)
    assert [one.code for one in caught.value.problems] == [code]


def test_what_became_of_items(office: Office) -> None:
    """Items by what became of their circulation; one that was not agreed stands as before."""
    ready(office, "A1", "A2", "A3", "A4")
    settled(office)
    sent(office, "A2", "S2")
    sent(office, "A3", "S3")
    office.circulations.act("S3", step("withdraw", "convener", reason="r"))
    office.circulations.open("S4", circulation("S4", "A4"))
    assert office.circulated() == {"A1": "awaiting", "A2": "circulating"}


def test_the_shipped_rules_are_defaults_and_say_so(rules: ConferenceRules) -> None:
    """Three working days, all members, any kind of meeting: defaults of this library, labelled so."""
    made = rules.circulating
    assert isinstance(made, Circulating)
    assert (made.days, made.agree, made.confirming) == (3, THRESHOLDS["all"], frozenset(rules.kinds))
    assert made.citation.source.standing == "default"
    assert [name for name, one in rules.categories.items() if not one.urgent] == ["major_matter"]
    assert FIRST < SENT
