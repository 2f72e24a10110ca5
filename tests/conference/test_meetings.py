"""会议: agenda and consultation, notice and limits, quorum, proxies, recusal, votes, decisions, minutes, carry-over."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from sessions import (
    DAY,
    FIRST,
    JC,
    MEMBERS,
    act,
    at,
    called,
    carried,
    decided,
    item,
    item_act,
    meeting,
    opened,
    ready,
    refused,
    rep,
    seated,
    voted,
)

import huaying_governance as hg
from huaying_governance.conference import (
    Category,
    ConferenceRules,
    Limit,
    MeetingTerms,
    Member,
    Office,
    broken,
    carries,
    findings,
)
from huaying_governance.conference.agenda import proposed
from huaying_governance.conference.meeting import Decision, MeetingStanding, Seat, planned
from huaying_governance.kernel.thresholds import THRESHOLDS


@pytest.mark.parametrize("present", range(10))
def test_row_1_nine_members_and_a_quorum_of_more_than_half(office: Office, present: int) -> None:
    """Row 1: of nine members five open the meeting; four do not, and the refusal says how many are needed."""
    ready(office, "A1")
    called(office, "A1")
    seated(office, *MEMBERS[:present])
    opens = act("open", "convener")
    if present >= 5:
        assert office.meetings.act("M1", opens).state == "open"
        return
    assert "no-quorum" in refused(office.meetings, "M1", opens)
    ruling = office.meetings.attempt("M1", opens, "c1")
    assert ruling is not None
    assert f"到会{present}家，不足法定的5家" in ruling.reason("zh")


@pytest.mark.parametrize("share", list(THRESHOLDS))
def test_the_quorum_and_the_majority_are_exact_for_every_size(rules: ConferenceRules, share: str) -> None:
    """T6: for every n from 1 to 500 what a conference of n needs is the least whose fraction meets its share."""
    threshold, conference = THRESHOLDS[share], rules.conferences[JC]
    of = Fraction(threshold.part, threshold.whole)
    one = conference.members[0]
    for n in range(1, 501):
        members = tuple(Member(f"o{k}", f"r{k}", f"l{k}", one.citation) for k in range(n))
        needed = evolve(conference, members=members, quorum=threshold).needed(DAY)
        meets = [
            k for k in range(n + 1) if (Fraction(k, n) > of if threshold.exceeded else Fraction(k, n) >= of)
        ]
        assert needed == (meets[0] if meets else n + 1)


@given(
    share=st.sampled_from(list(THRESHOLDS)),
    of_members=st.booleans(),
    present=st.integers(0, 9),
    votes=st.lists(st.sampled_from(["agree", "oppose", "abstain", ""]), min_size=9, max_size=9),
    recused=st.sets(st.integers(0, 8)),
)
def test_a_vote_carries_by_the_share_of_those_entitled(
    rules: ConferenceRules, share: str, of_members: bool, present: int, votes: list[str], recused: set[int]
) -> None:
    """The majority is of those present or of all members, without those recused; their votes never count."""
    category = evolve(rules.categories["major_work"], agree=THRESHOLDS[share], of_members=of_members)
    terms = _one_item(rules, category)
    standing = evolve(
        planned(meeting()),
        agenda=("A1",),
        seats=tuple(Seat(one, rep(one), proxy=False) for one in MEMBERS[:present]),
        votes=tuple(("A1", m, v) for m, v in zip(MEMBERS[:present], votes, strict=False) if v),
        recusals=tuple((MEMBERS[k], "A1") for k in recused),
    )
    base = [k for k in range(9 if of_members else present) if k not in recused]
    agreed = sum(votes[k] == "agree" for k in range(present) if k not in recused)
    threshold = THRESHOLDS[share]
    of = Fraction(threshold.part, threshold.whole)
    got = Fraction(agreed, len(base)) if base else None
    assert carries(standing, "A1", terms) == (
        got is not None and (got > of if threshold.exceeded else got >= of)
    )


def _one_item(rules: ConferenceRules, category: Category) -> MeetingTerms:
    held = evolve(rules, categories={**rules.categories, "major_work": category})
    return MeetingTerms(held, hg.china_calendar(), lambda _id: proposed(item("major_work")))


def test_a_meeting_of_nobody_knows_nothing(rules: ConferenceRules) -> None:
    """Terms without books know no item and no other meeting; what is not known carries nothing."""
    terms, standing = MeetingTerms(rules, hg.china_calendar()), planned(meeting())
    assert terms.others(standing) == ()
    assert not carries(standing, "A1", terms)


# Row 2: kinds of meeting


def test_row_2_an_on_site_meeting_without_a_site_is_not_called(office: Office) -> None:
    """Row 2: an on-site meeting without a site is found when planned, refused at its notice; other kinds need none."""
    ready(office, "A1")
    for kind in ("plenary", "special", "push", "site"):
        office.meetings.open(kind, meeting(kind, kind))
        standing = office.meetings.standing(kind)
        found = [one.code for one in findings(standing, office.meeting_terms)]
        assert found == (["no-site"] if kind == "site" else [])
    office.meetings.act("site", act("place", "secretariat", day=FIRST, item="A1"))
    assert refused(office.meetings, "site", act("notice", "secretariat", day=FIRST)) == ("no-site",)


def test_row_2_an_on_site_meeting_ends_with_a_resolution(office: Office) -> None:
    """Row 2: an on-site meeting that resolved nothing is not closed; one that did is."""
    ready(office, "A1", "A2")
    called(office, "A1", "A2", kind="site")
    seated(office, *MEMBERS)
    office.meetings.act("M1", act("open", "convener"))
    office.meetings.act("M1", act("defer", "convener", item="A1", reason="材料不足"))
    assert refused(office.meetings, "M1", act("close", "convener")) == ("items-open", "no-resolution")
    voted(office, "A2", "y")
    decided(office, "A2")
    assert office.meetings.act("M1", act("close", "convener")).state == "held"


# Row 3: consultation


@pytest.mark.parametrize("concerned", [(), ("dujiaping",), ("dujiaping", "synthetic-2")])
def test_row_3_a_major_matter_waits_for_the_communities(office: Office, concerned: tuple[str, ...]) -> None:
    """Row 3: a major matter is blocked while a community concerned was not heard, or where none is named at all."""
    ready(office, "A1", category="major_matter", communities=concerned)
    office.meetings.open("M1", meeting())
    place = act("place", "secretariat", item="A1")
    for community in concerned:
        assert refused(office.meetings, "M1", place) == ("not-consulted",)
        office.items.act("A1", item_act("consult", "community", FIRST, actor=community, evidence="E1"))
    if not concerned:
        assert refused(office.meetings, "M1", place) == ("not-consulted",)
        return
    assert office.meetings.act("M1", place).agenda == ("A1",)


def test_row_3_what_is_heard_later_does_not_count_before(office: Office) -> None:
    """Row 3: an opinion given after the placing does not mend it; other categories need none."""
    ready(office, "A1", category="major_matter", communities=("dujiaping",))
    ready(office, "A2", category="major_work", communities=("dujiaping",))
    late = DAY + timedelta(days=1)
    office.items.act("A1", item_act("consult", "community", late, actor="dujiaping", evidence="E1"))
    office.meetings.open("M1", meeting())
    assert refused(office.meetings, "M1", act("place", "secretariat", item="A1")) == ("not-consulted",)
    assert office.meetings.act("M1", act("place", "secretariat", item="A2")).agenda == ("A2",)


def test_what_is_no_business_of_the_conference(office: Office) -> None:
    """What a law reserves is not screened; who is not concerned is not heard, and nobody is heard twice."""
    office.items.open("A1", item(reserved=True, communities=("dujiaping",)))
    assert refused(office.items, "A1", item_act("screen")) == ("reserved-by-law",)
    hears = item_act("consult", "community", actor="synthetic-2")
    assert refused(office.items, "A1", hears) == ("not-concerned", "no-evidence")
    office.items.act("A1", item_act("consult", "community", actor="dujiaping", evidence="E1"))
    again = item_act("consult", "community", actor="dujiaping", evidence="E2")
    assert refused(office.items, "A1", again) == ("heard-already",)
    away = item_act("withdraw", "proposer", actor="housing")
    assert refused(office.items, "A1", away) == ("not-the-proposer", "no-reason")
    assert refused(office.items, "A1", item_act("return", "community", reason="r")) == ("wrong-role",)
    assert office.items.act("A1", item_act("return", reason="依法由政府决定")).state == "returned"
    assert refused(office.items, "A1", item_act("screen")) == ("wrong-state", "reserved-by-law")


def test_only_screened_items_of_the_conference_are_placed(office: Office) -> None:
    """An unknown item, one not screened yet or not at that moment, and one withdrawn are not placed."""
    office.items.open("A1", item())
    office.meetings.open("M1", meeting())
    assert refused(office.meetings, "M1", act("place", "secretariat", item="A9")) == ("unknown-item",)
    assert refused(office.meetings, "M1", act("place", "secretariat", item="A1")) == ("not-screened",)
    office.items.act("A1", item_act("screen", day=DAY))
    early = act("place", "secretariat", day=FIRST, item="A1")
    assert refused(office.meetings, "M1", early) == ("not-screened",)
    office.items.act("A1", item_act("withdraw", "proposer", DAY, actor="civil-affairs", reason="r"))
    assert refused(office.meetings, "M1", act("place", "secretariat", item="A1")) == ("not-screened",)


def test_an_item_stands_on_one_agenda_until_it_is_deferred(office: Office) -> None:
    """An item is on one agenda at a time; deferred it is carried over to another, decided it is not tabled again."""
    ready(office, "A1", "A2")
    opened(office, "A1", "A2")
    office.meetings.open("M2", meeting("M2", day=DAY + timedelta(days=7)))
    place = act("place", "secretariat", 9, item="A1")
    for one in ("M1", "M2"):
        assert refused(office.meetings, one, place) == ("item-taken",)
    office.meetings.act("M1", act("defer", "convener", item="A1", reason="缺材料"))
    assert office.carried_over() == (("A1", "M1"),)
    assert office.meetings.act("M2", place).agenda == ("A1",)
    assert office.carried_over() == ()
    voted(office, "A2", "y")
    decided(office, "A2")
    taken = act("place", "secretariat", 9, item="A2")
    assert refused(office.meetings, "M2", taken) == ("item-taken",)
    assert refused(office.meetings, "M1", act("defer", "convener", item="A2", reason="r")) == ("item-done",)
    office.meetings.act("M2", act("cancel", "convener", 10, reason="停电"))
    assert office.carried_over() == (("A1", "M2"),)
    assert "A1" not in office.meetings.act("M1", place).deferred


# Notice and limits


def test_notice_days_and_the_day_of_the_meeting(office: Office) -> None:
    """Notice is given the days of the pack ahead; a meeting opens on its day, and not without items."""
    ready(office, "A1")
    office.meetings.open("M1", meeting())
    assert refused(office.meetings, "M1", act("notice", "secretariat", day=FIRST)) == ("no-agenda",)
    office.meetings.act("M1", act("place", "secretariat", day=FIRST, item="A1"))
    office.meetings.act("M1", act("notice", "secretariat", day=DAY - timedelta(days=2)))
    seated(office, *MEMBERS[:5])
    assert refused(office.meetings, "M1", act("open", "convener")) == ("short-notice",)
    moved = act("postpone", "secretariat", new_day=DAY, reason="r")
    assert refused(office.meetings, "M1", moved) == ("no-day",)
    later = DAY + timedelta(days=3)
    standing = office.meetings.act("M1", act("postpone", "secretariat", new_day=later, reason="暴雨"))
    assert (standing.day, standing.seats, standing.noticed_on) == (later, (), None)
    office.meetings.act("M1", act("notice", "secretariat"))
    seated(office, *MEMBERS[:5], day=later)
    wrong = act("open", "convener", day=later + timedelta(days=1))
    assert refused(office.meetings, "M1", wrong) == ("wrong-day",)
    assert office.meetings.act("M1", act("open", "convener", day=later)).state == "open"


@pytest.mark.parametrize(("minutes", "code"), [(59, []), (60, []), (61, ["report-too-long"]), (None, [])])
def test_the_main_report_is_limited(office: Office, minutes: int | None, code: list[str]) -> None:
    """The rules on burdens allow a main report of sixty minutes, included; what is not known is not judged."""
    office.meetings.open("M1", meeting(report_minutes=minutes))
    found = findings(office.meetings.standing("M1"), office.meeting_terms)
    assert [one.code for one in found] == code
    assert all(one.citation is not None and one.citation.source.id == "burden2024" for one in found)


def test_one_comprehensive_meeting_a_year(office: Office) -> None:
    """A second comprehensive meeting of a year is over the cap when planned; cancelled ones and other years are not."""
    ready(office, "A1")
    days = {"M1": date(2026, 9, 10), "M2": date(2026, 9, 20), "M3": date(2027, 1, 5)}
    for id_, day in days.items():
        office.meetings.open(id_, meeting(id_, day=day, comprehensive=True))

    def codes(id_: str) -> list[str]:
        return [one.code for one in findings(office.meetings.standing(id_), office.meeting_terms)]

    assert [codes(id_) for id_ in days] == [[], ["over-cap"], []]
    office.meetings.act("M2", act("place", "secretariat", day=FIRST, item="A1"))
    assert refused(office.meetings, "M2", act("notice", "secretariat", day=FIRST)) == ("over-cap",)
    office.meetings.act("M1", act("cancel", "convener", day=FIRST, reason="合并"))
    assert codes("M2") == []
    assert office.meetings.act("M2", act("notice", "secretariat", 1, FIRST)).state == "noticed"


def test_the_years_plan_of_a_kind(office: Office) -> None:
    """The pack allows four on-site meetings a year: the fifth by day is over the plan, with the count."""
    for n in range(5):
        office.meetings.open(f"M{n}", meeting(f"M{n}", "site", DAY + timedelta(days=n), site="现场"))
    found = [findings(office.meetings.standing(f"M{n}"), office.meeting_terms) for n in range(5)]
    assert [[one.code for one in each] for each in found] == [[], [], [], [], ["over-plan"]]
    assert found[4][0].evidence == {"planned": 4, "most": 4}


def test_without_limits_nothing_is_limited(rules: ConferenceRules) -> None:
    """A pack without rules on burdens limits no comprehensive meeting and no report."""
    office = Office(hg.open_store("memory:"), rules, hg.china_calendar())
    for id_ in ("M1", "M2"):
        office.meetings.open(id_, meeting(id_, comprehensive=True, report_minutes=600))
        assert findings(office.meetings.standing(id_), office.meeting_terms) == ()


# Who is there


def test_proxies_and_their_limits(office: Office) -> None:
    """A proxy needs the representative's own authority; a proxy of a proxy and a second seat are refused."""
    ready(office, "A1")
    called(office, "A1")

    def proxy(member: str, who: str, by: str, id_: str = "M1") -> MeetingStanding:
        return office.meetings.act(id_, act("proxy", member=member, attending=who, granted_by=by))

    standing = proxy("finance", "P1", rep("finance"))
    assert standing.seat("finance") == Seat("finance", "P1", proxy=True)
    book, send = office.meetings, "proxy"
    chained = act(send, member="housing", attending="P2", granted_by="P1")
    assert refused(book, "M1", chained) == ("proxy-of-proxy",)
    assert refused(book, "M1", act(send, member="housing", attending="P2")) == ("no-authority",)
    foreign = act(send, member="housing", attending="P2", granted_by=rep("finance"))
    assert refused(book, "M1", foreign) == ("no-authority",)
    both = act(send, member="housing", attending="P1", granted_by=rep("housing"))
    assert refused(book, "M1", both) == ("two-seats",)
    again = act(send, member="finance", attending="P3", granted_by=rep("finance"))
    assert refused(book, "M1", again) == ("seated-already",)
    nobody = act(send, member="housing", granted_by=rep("housing"))
    assert refused(book, "M1", nobody) == ("no-person",)
    assert refused(book, "M1", act("attend", member="housing", attending="P9")) == ("not-the-representative",)
    assert "not-a-member" in refused(book, "M1", act("attend", member="education", attending="R1"))
    own = act(send, member="housing", attending=rep("housing"), granted_by=rep("housing"))
    assert refused(book, "M1", own) == ("no-authority",)


@pytest.mark.parametrize(("later", "allowed"), [(date(2026, 9, 30), False), (date(2026, 10, 1), True)])
def test_one_proxy_a_quarter(office: Office, later: date, allowed: bool) -> None:
    """A member may send one proxy in a quarter; the first day of the next begins anew. Another member is free."""
    ready(office, "A1", "A2")
    called(office, "A1")
    called(office, "A2", id_="M2", day=later)
    office.meetings.act("M1", act("proxy", member="finance", attending="P1", granted_by=rep("finance")))
    second = act("proxy", day=later, member="finance", attending="P1", granted_by=rep("finance"))
    if allowed:
        assert office.meetings.act("M2", second).seat("finance") is not None
    else:
        assert refused(office.meetings, "M2", second) == ("proxy-limit",)
        office.meetings.act("M1", act("cancel", "convener", reason="r"))
        assert office.meetings.act("M2", second).seat("finance") is not None
    other = act("proxy", day=later, member="housing", attending="P2", granted_by=rep("housing"))
    assert office.meetings.act("M2", other).seat("housing") is not None


def test_who_leads_an_item_is_there(office: Office) -> None:
    """A meeting does not open while a member that leads an item is absent; a deferred item needs nobody."""
    ready(office, "A1", lead="shuanghe")
    ready(office, "A2", lead="education")
    called(office, "A1", "A2")
    seated(office, *MEMBERS[:5])
    assert refused(office.meetings, "M1", act("open", "convener")) == ("lead-absent",)
    office.meetings.act("M1", act("defer", "secretariat", item="A1", reason="牵头单位请假"))
    assert office.meetings.act("M1", act("open", "convener")).state == "open"


def test_absence_is_entered_once_with_its_reason(office: Office) -> None:
    """An absence has a reason, and who is excused is not seated."""
    ready(office, "A1")
    called(office, "A1")
    assert refused(office.meetings, "M1", act("absent", member="finance")) == ("no-reason",)
    office.meetings.act("M1", act("absent", member="finance", reason="出差"))
    comes = act("attend", member="finance", attending=rep("finance"))
    assert refused(office.meetings, "M1", comes) == ("seated-already",)


# Votes and decisions


def test_votes_that_do_not_count(office: Office) -> None:
    """Refused: the vote of a recused member, a second, an absent member's, one that says nothing."""
    ready(office, "A1", "A2")
    opened(office, "A1", "A2", present=6)
    book = office.meetings

    def vote(member: str = "finance", about: str = "A1", what: str = "agree") -> tuple[str, ...]:
        return refused(book, "M1", act("vote", member=member, item=about, vote=what))

    book.act("M1", act("recuse", member="finance", item="A1", reason="利害关系"))
    assert vote() == ("recused",)
    book.act("M1", act("vote", member="finance", item="A2", vote="agree"))
    assert vote(about="A2") == ("double-vote",)
    assert vote(about="A2", what="oppose") == ("double-vote",)
    assert vote("shuanghe") == ("not-present",)
    assert vote("education") == ("not-a-member", "not-present")
    assert vote("civil-affairs", "A9") == ("not-on-agenda",)
    assert vote("civil-affairs", what="") == ("no-vote",)
    assert refused(book, "M1", act("recuse", member="finance", item="A1", reason="r")) == ("recused",)


def test_a_member_that_recuses_itself_after_voting_does_not_count(office: Office) -> None:
    """A vote cast before the recusal is struck from the count."""
    ready(office, "A1")
    opened(office, "A1")
    voted(office, "A1", "n")
    office.meetings.act("M1", act("recuse", member=MEMBERS[0], item="A1", reason="利害关系"))
    voted(office, "A1", ".y")
    decided(office, "A1")
    made = office.meetings.standing("M1").decision("A1")
    assert made == Decision("A1", "carried", at(DAY), 1, 0, (), (MEMBERS[0],), 9)


@pytest.mark.parametrize(
    ("votes", "carried_"),
    [("yyyyy....", True), ("yyyy.....", False), ("yyyynnnnn", False), ("yyyyynnnn", True)],
)
def test_a_majority_of_all_members(office: Office, votes: str, carried_: bool) -> None:
    """重大工作 is carried by more than half of all nine; the other outcome is not taken, nor the convener's."""
    ready(office, "A1", category="major_work")
    opened(office, "A1")
    voted(office, "A1", votes)
    right, wrong = ("carried", "rejected") if carried_ else ("rejected", "carried")
    assert refused(office.meetings, "M1", act("decide", "convener", item="A1", outcome=wrong)) == (
        "miscounted",
    )
    over = act("decide", "convener", item="A1", outcome="convener", reason="r")
    assert refused(office.meetings, "M1", over) == ("convener-cannot",)
    assert refused(office.meetings, "M1", act("decide", "convener", item="A1")) == ("no-outcome",)
    decided(office, "A1", right)
    made = office.meetings.standing("M1").decision("A1")
    assert made is not None
    assert made.carried == carried_
    assert refused(office.meetings, "M1", act("decide", "convener", item="A1", outcome=right)) == (
        "item-done",
    )


@pytest.mark.parametrize(
    ("present", "agreed", "carried_"), [(9, 6, True), (9, 5, False), (6, 4, True), (7, 4, False)]
)
def test_two_thirds_of_those_present(office: Office, present: int, agreed: int, carried_: bool) -> None:
    """重大资源 is carried by two thirds of those present, the share itself included."""
    ready(office, "A1", category="major_resource")
    opened(office, "A1", present=present)
    voted(office, "A1", "y" * agreed)
    assert carries(office.meetings.standing("M1"), "A1", office.meeting_terms) == carried_


def test_without_consensus_the_convener_decides_and_the_dissent_is_kept(office: Office) -> None:
    """By consensus nobody opposes; else the convener decides with a reason, and who opposed is kept."""
    ready(office, "A1", "A2")
    opened(office, "A1", "A2")
    voted(office, "A1", "yn-")
    bare = act("decide", "convener", item="A1", outcome="convener")
    assert refused(office.meetings, "M1", bare) == ("convener-cannot",)
    assert refused(office.meetings, "M1", act("decide", "convener", item="A1", outcome="carried")) == (
        "miscounted",
    )
    decided(office, "A1", "convener")
    made = office.meetings.standing("M1").decision("A1")
    assert made is not None
    assert (made.dissent, made.abstained, made.carried) == ((MEMBERS[1],), 1, True)
    voted(office, "A2", "y-")
    easy = act("decide", "convener", item="A2", outcome="convener", reason="r")
    assert refused(office.meetings, "M1", easy) == ("convener-cannot",)
    decided(office, "A2")


# Minutes


def test_minutes_have_versions_that_are_chained(office: Office) -> None:
    """Each version follows the last with its reason, another confirms it, and none can be rewritten."""
    carried(office)
    book = office.meetings

    def minute(version: int | None, text: str = "纪要", reason: str = "", actor: str = "S1") -> object:
        return act("minute", "secretariat", 5, version=version, text=text, reason=reason, actor=actor)

    assert refused(book, "M1", minute(2)) == ("wrong-version",)
    assert refused(book, "M1", minute(None, " ")) == ("wrong-version", "no-text")
    book.act("M1", minute(1))  # type: ignore[arg-type]
    confirm = act("confirm", "convener", 6, version=1)
    assert refused(book, "M1", confirm) == ("own-minutes",)
    assert refused(book, "M1", minute(2)) == ("unexplained",)
    book.act("M1", minute(2, "纪要（二）", "更正"))  # type: ignore[arg-type]
    assert refused(book, "M1", act("confirm", "convener", 6, version=1, actor="C1")) == ("stale-version",)
    standing = book.act("M1", act("confirm", "convener", 6, version=2, actor="C1"))
    assert (standing.state, standing.confirmed_on) == ("confirmed", DAY)
    standing = book.act("M1", act("minute", "secretariat", 7, version=3, text="三", reason="补正"))
    assert (standing.state, standing.confirmed_on, len(standing.minutes)) == ("minuted", None, 3)
    hg.verify(office.store)
    versions = standing.minutes
    assert broken("M1", versions) is None
    for place, forged in enumerate(versions):
        changed = (*versions[:place], evolve(forged, text="改写"), *versions[place + 1 :])
        assert broken("M1", changed) == place + 1
    assert broken("M1", versions[1:]) == 1
    assert broken("M2", versions) == 1


def test_acts_come_in_order_and_in_their_roles(office: Office) -> None:
    """An older act, another role and another state are refused alike, all reasons at once."""
    ready(office, "A1")
    opened(office, "A1")
    old = act("close", "member", day=FIRST)
    assert refused(office.meetings, "M1", old) == ("wrong-role", "out-of-order", "items-open")
    assert "wrong-state" in refused(office.meetings, "M1", act("confirm", "convener", version=1))


def test_every_limit_is_cited(limits: tuple[Limit, ...]) -> None:
    """The shipped limits on meetings rest on the provisions on burdens."""
    assert {one.id for one in limits} >= {"comprehensive-meetings", "main-report-minutes"}
    assert all(one.citation.source.id == "burden2024" for one in limits)
