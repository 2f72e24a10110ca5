"""成员起止日期: who sits in a conference on a day, and what is asked of the members of a meeting's day only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from sessions import (
    DAY,
    JC,
    MEMBERS,
    act,
    called,
    decided,
    item,
    meeting,
    opened,
    ready,
    refused,
    rep,
    seated,
    voted,
)

import huaying_governance as hg
from huaying_governance.conference import ConferenceRules, Member, Office
from huaying_governance.conference.rules import Conference

BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
ends = st.none() | st.integers(0, 12).map(lambda k: date(2026, 9, 1) + timedelta(days=k))


def dated(rules: ConferenceRules, **terms: tuple[date | None, date | None]) -> ConferenceRules:
    """Return rules in which some members, named with `_` for `-`, sit from a day to a day."""
    conference = rules.conferences[JC]
    members = []
    for one in conference.members:
        since, until = terms.get(one.organisation.replace("-", "_"), (None, None))
        members.append(evolve(one, since=since, until=until))
    return with_members(rules, conference, members)


def with_members(rules: ConferenceRules, conference: Conference, members: list[Member]) -> ConferenceRules:
    return evolve(rules, conferences={JC: evolve(conference, members=tuple(members))})


def of(rules: ConferenceRules) -> Office:
    return Office(hg.open_store("memory:"), rules, hg.china_calendar())


@given(st.lists(st.tuples(ends, ends), min_size=1, max_size=9), st.integers(-1, 13))
def test_who_sits_on_a_day(
    rules: ConferenceRules, terms: list[tuple[date | None, date | None]], k: int
) -> None:
    """Both days are included; a missing end is open; the quorum is the share of those of the day, one at least."""
    day, conference = date(2026, 9, 1) + timedelta(days=k), rules.conferences[JC]
    members = tuple(
        evolve(one, since=since, until=until)
        for one, (since, until) in zip(conference.members, terms, strict=False)
    )
    made = evolve(conference, members=members)
    sit = [
        one.organisation
        for one, (since, until) in zip(members, terms, strict=False)
        if (since or date.min) <= day <= (until or date.max)
    ]
    assert [one.organisation for one in made.members_on(day)] == sit
    assert made.needed(day) == max(1, len(sit)) // 2 + 1
    for one in members:
        assert (made.member(one.organisation, day) is not None) == (one.organisation in sit)


@given(ends, ends, ends, ends)
def test_two_terms_overlap_where_they_share_a_day(
    rules: ConferenceRules, a: date | None, b: date | None, c: date | None, d: date | None
) -> None:
    """Two terms meet exactly where some day lies in both; neither may end before it begins."""
    one = rules.conferences[JC].members[0]
    first, second = evolve(one, since=a, until=b), evolve(one, since=c, until=d)
    days = [date(2026, 8, 20) + timedelta(days=k) for k in range(40)]
    if all(any(term.on(day) for day in days) for term in (first, second)):
        assert first.meets(second) == any(first.on(day) and second.on(day) for day in days)
        assert first.meets(second) == second.meets(first)
    assert first.meets(first) == any(first.on(day) for day in days)


@pytest.mark.parametrize(("until", "needed"), [(DAY, 5), (BEFORE, 4)])
def test_the_quorum_is_of_the_members_of_the_meetings_day(
    rules: ConferenceRules, until: date, needed: int
) -> None:
    """Row 1: two members leave on the day of the meeting: nine count, five are needed; the day before: seven, four."""
    office = of(dated(rules, shuanghe=(None, until), urban_management=(None, until)))
    ready(office, "A1")
    called(office, "A1")
    seated(office, *MEMBERS[: needed - 1])
    assert "no-quorum" in refused(office.meetings, "M1", act("open", "convener"))
    seated(office, MEMBERS[needed - 1])
    assert office.meetings.act("M1", act("open", "convener")).state == "open"


@pytest.mark.parametrize(
    ("since", "until", "codes"),
    [
        (DAY, None, ()),
        (None, DAY, ()),
        (AFTER, None, ("not-a-member",)),
        (None, BEFORE, ("not-a-member",)),
    ],
)
def test_only_members_of_the_day_attend(
    rules: ConferenceRules, since: date | None, until: date | None, codes: tuple[str, ...]
) -> None:
    """An organisation attends from the day it joins to the day it leaves, both included."""
    office = of(dated(rules, finance=(since, until)))
    ready(office, "A1")
    called(office, "A1")
    attends = act("attend", member="finance", attending=rep("finance"))
    if codes:
        assert refused(office.meetings, "M1", attends) == codes
        excused = act("absent", member="finance", reason="r")
        assert refused(office.meetings, "M1", excused) == codes
    else:
        assert office.meetings.act("M1", attends).came == ("finance",)


def test_a_meeting_put_off_is_asked_of_its_new_day(rules: ConferenceRules) -> None:
    """A meeting put off beyond the day on which a member leaves counts without it."""
    office = of(dated(rules, finance=(None, DAY)))
    ready(office, "A1")
    called(office, "A1")
    seated(office, "finance")
    office.meetings.act("M1", act("postpone", "convener", new_day=AFTER, reason="r"))
    office.meetings.act("M1", act("notice", "secretariat", 1))
    late = act("attend", day=AFTER, member="finance", attending=rep("finance"))
    assert refused(office.meetings, "M1", late) == ("not-a-member",)
    assert office.meeting_terms.needed(office.meetings.standing("M1")) == 5


def test_a_lead_that_has_left_the_conference_need_not_be_there(rules: ConferenceRules) -> None:
    """The members of the day that lead an item must be there; one that left the conference before is asked no more."""
    office = of(dated(rules, shuanghe=(None, BEFORE)))
    ready(office, "A1", lead="shuanghe")
    opened(office, "A1", present=5)
    assert office.meetings.standing("M1").state == "open"
    here = of(rules)
    ready(here, "A1", lead="shuanghe")
    called(here, "A1")
    seated(here, *MEMBERS[:5])
    assert refused(here.meetings, "M1", act("open", "convener")) == ("lead-absent",)


def test_a_majority_of_all_members_is_of_those_of_the_day(rules: ConferenceRules) -> None:
    """Of nine members four do not carry; of the seven that are left they do."""
    for until, outcome in ((DAY, "rejected"), (BEFORE, "carried")):
        office = of(dated(rules, shuanghe=(None, until), urban_management=(None, until)))
        ready(office, "A1", category="major_work")
        opened(office, "A1", present=5)
        voted(office, "A1", "yyyy")
        decided(office, "A1", outcome)
        assert office.meetings.standing("M1").decisions[0].outcome == outcome


def test_another_representative_from_a_day_on(rules: ConferenceRules) -> None:
    """An organisation that is stated twice, one term after the other, is represented by who is named for the day."""
    conference = rules.conferences[JC]
    first, *others = conference.members
    terms = [evolve(first, until=BEFORE), evolve(first, since=DAY, representative="R99"), *others]
    office = of(with_members(rules, conference, terms))
    ready(office, "A1")
    called(office, "A1")
    old = act("attend", member=MEMBERS[0], attending="R1")
    assert refused(office.meetings, "M1", old) == ("not-the-representative",)
    assert office.meetings.act("M1", act("attend", member=MEMBERS[0], attending="R99")).came == MEMBERS[:1]
    assert office.meeting_terms.needed(office.meetings.standing("M1")) == 5


def test_nobody_is_no_quorum(rules: ConferenceRules) -> None:
    """A conference without a member on the day cannot meet: one would have to be there, and none can come."""
    gone = {one.organisation.replace("-", "_"): (None, BEFORE) for one in rules.conferences[JC].members}
    office = of(dated(rules, **gone))
    office.items.open("A1", item())
    office.meetings.open("M1", meeting())
    assert office.meeting_terms.needed(office.meetings.standing("M1")) == 1
