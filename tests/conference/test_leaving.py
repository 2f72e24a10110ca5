"""离会: who leaves a meeting no longer counts; nothing is decided without a quorum, and how to put it right is said."""

from __future__ import annotations

import pytest
from sessions import DAY, MEMBERS, act, called, carried, decided, opened, ready, refused, rep, seated, voted

from huaying_governance.conference import Office
from huaying_governance.errors import Refused


def leaves(office: Office, *members: str, minute: int = 5) -> None:
    for one in members:
        office.meetings.act("M1", act("leave", minute=minute, member=one))


def decides(item: str = "A1", outcome: str = "carried", minute: int = 9, **more: object) -> object:
    return act("decide", "convener", minute, item=item, outcome=outcome, **more)


def test_a_resolution_needs_the_quorum_when_it_is_taken(office: Office) -> None:
    """Row 1: five of nine open it; one leaves: the next resolution is refused, one taken before stands."""
    ready(office, "A1", "A2")
    opened(office, "A1", "A2", present=5)
    voted(office, "A1", "yyyyy")
    decided(office, "A1")
    leaves(office, MEMBERS[4])
    for member in MEMBERS[:4]:
        office.meetings.act("M1", act("vote", minute=6, member=member, item="A2", vote="agree"))
    assert refused(office.meetings, "M1", decides("A2")) == ("quorum-lost",)
    assert office.meetings.standing("M1").decision("A1") is not None
    with pytest.raises(Refused) as caught:
        office.meetings.act("M1", decides("A2"))
    ruling = caught.value.ruling
    assert "在会4家，不足法定的5家" in ruling.reason("zh")
    assert "4 members are still there, and 5 are needed" in ruling.reason("en")
    assert "返回签到" in ruling.remedies[0].text.zh
    office.meetings.act("M1", act("attend", minute=7, member=MEMBERS[4], attending=rep(MEMBERS[4])))
    standing = office.meetings.act("M1", decides("A2"))
    made = standing.decision("A2")
    assert made is not None
    assert (made.present, made.agreed) == (5, 4)
    assert (standing.came, standing.left) == (MEMBERS[:5], ())


@pytest.mark.parametrize("outcome", ["carried", "rejected", "convener"])
def test_no_outcome_without_a_quorum(office: Office, outcome: str) -> None:
    """Neither carried nor rejected nor decided by the convener: without a quorum only putting off is left."""
    ready(office, "A1")
    opened(office, "A1", present=5)
    leaves(office, MEMBERS[0])
    assert "quorum-lost" in refused(office.meetings, "M1", decides(outcome=outcome, reason="r"))
    office.meetings.act("M1", act("defer", "convener", 10, item="A1", reason="r"))
    assert office.meetings.act("M1", act("close", "convener", 11)).state == "held"


def test_a_proxy_may_take_the_place_of_who_left(office: Office) -> None:
    """A proxy with authority restores the quorum; the member counts once, as there in person."""
    ready(office, "A1")
    opened(office, "A1", present=5)
    leaves(office, MEMBERS[4])
    sent = act("proxy", minute=6, member=MEMBERS[4], attending="P1", granted_by=rep(MEMBERS[4]))
    standing = office.meetings.act("M1", sent)
    assert (len(standing.present), standing.came, standing.by_proxy) == (5, MEMBERS[:5], ())
    office.meetings.act("M1", act("vote", minute=7, member=MEMBERS[4], item="A1", vote="agree"))
    assert office.meetings.act("M1", decides()).decision("A1") is not None


def test_who_left_does_not_vote_and_does_not_leave_again(office: Office) -> None:
    """Without a seat there is no vote; a member that never came, or has left, cannot leave, nor be excused after it."""
    ready(office, "A1")
    opened(office, "A1", present=6)
    leaves(office, MEMBERS[0])
    cast = act("vote", minute=6, member=MEMBERS[0], item="A1", vote="agree")
    assert refused(office.meetings, "M1", cast) == ("not-present",)
    for one in (MEMBERS[0], MEMBERS[8]):
        assert refused(office.meetings, "M1", act("leave", minute=6, member=one)) == ("not-present",)
    excused = act("absent", minute=6, member=MEMBERS[0], reason="r")
    assert refused(office.meetings, "M1", excused) == ("seated-already",)
    assert refused(office.meetings, "M1", act("leave", minute=6, member="nobody")) == (
        *("not-a-member", "not-present"),
    )


def test_a_vote_that_was_cast_stands(office: Office) -> None:
    """Who opposed and then left still opposes: nobody makes a consensus by going, and the dissent is kept."""
    ready(office, "A1")
    opened(office, "A1", present=6)
    voted(office, "A1", "yyyyyn")
    leaves(office, MEMBERS[5])
    assert refused(office.meetings, "M1", decides()) == ("miscounted",)
    made = office.meetings.act("M1", decides(outcome="convener", reason="r")).decision("A1")
    assert made is not None
    assert (made.dissent, made.present) == ((MEMBERS[5],), 5)


def test_of_those_present_are_those_there_and_those_that_voted(office: Office) -> None:
    """Four of the eight present are not two thirds; when two have left without a vote, four of six are."""
    ready(office, "A1", category="major_resource")
    opened(office, "A1", present=8)
    voted(office, "A1", "yyyy...n")
    assert refused(office.meetings, "M1", decides(minute=4)) == ("miscounted",)
    leaves(office, MEMBERS[4], MEMBERS[5])
    made = office.meetings.act("M1", decides()).decision("A1")
    assert made is not None
    assert (made.agreed, made.present) == (4, 6)


def test_an_item_is_not_decided_when_its_lead_has_left(office: Office) -> None:
    """The member that leads an item must be there when it is decided, also for an item placed during the meeting."""
    ready(office, "A1", lead=MEMBERS[0])
    ready(office, "A2", lead=MEMBERS[8])
    opened(office, "A1", present=6)
    voted(office, "A1", "yyyyyy")
    leaves(office, MEMBERS[0])
    assert refused(office.meetings, "M1", decides()) == ("lead-absent",)
    office.meetings.act("M1", act("place", "secretariat", 6, item="A2"))
    office.meetings.act("M1", act("vote", minute=6, item="A2", member=MEMBERS[1], vote="agree"))
    assert refused(office.meetings, "M1", decides("A2")) == ("lead-absent",)


def test_who_leaves_before_the_opening_was_not_there(office: Office) -> None:
    """A seat given up before the meeting opens does not open it, and is not told as attendance."""
    ready(office, "A1")
    called(office, "A1")
    seated(office, *MEMBERS[:5])
    office.meetings.act("M1", act("leave", member=MEMBERS[0]))
    assert refused(office.meetings, "M1", act("open", "convener")) == ("no-quorum",)
    assert office.meetings.standing("M1").came == MEMBERS[1:5]
    office.meetings.act("M1", act("absent", member=MEMBERS[0], reason="r"))


def test_nobody_leaves_a_meeting_that_is_over(office: Office) -> None:
    """Leaving is an act of a meeting that is called or in session."""
    carried(office)
    gone = act("leave", minute=30, member=MEMBERS[0], day=DAY)
    assert refused(office.meetings, "M1", gone) == ("wrong-state",)
