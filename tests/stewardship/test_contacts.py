"""包联: completeness, one leader on any day, gaps at a transfer, visits and what they opened."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from folders import Office, faults
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.stewardship import Contact, Visit, completeness, register
from huaying_governance.stewardship.contacts import Record, doubled, gaps, short_months

ON = date(2026, 11, 23)
NINE = ["dujiaping", *(f"synthetic-{number}" for number in range(2, 10))]


def leader(
    community: str = "dujiaping",
    body: str = "副市长",
    since: str = "2026-01-01",
    until: str | None = None,
    *,
    acting: bool = False,
) -> Contact:
    end = None if until is None else date.fromisoformat(until)
    return Contact(
        community=community,
        kind="leader",
        body=body,
        since=date.fromisoformat(since),
        until=end,
        acting=acting,
    )


def department(community: str = "dujiaping", body: str = "civil-affairs") -> Contact:
    return Contact(community=community, kind="department", body=body, since=date(2026, 1, 1))


def record(rules: StewardshipRules, calendar: hg.Calendar, *contacts: Contact, visits: object = ()) -> Record:
    held = list(visits)  # type: ignore[call-overload]
    return register(["dujiaping"], contacts, held, rules.contacts, calendar, ON, ["E1"])[0]


@pytest.mark.parametrize(("count", "share"), [(9, "100.0"), (8, "88.9"), (1, "11.1"), (0, "0.0")])
def test_row_7_completeness_names_what_is_missing(
    rules: StewardshipRules, calendar: hg.Calendar, count: int, share: str
) -> None:
    """Row 7: eight of nine assigned are 88.9 % complete, and the ninth is named; so for any number."""
    done = NINE[:count]
    contacts = [
        one for community in done for one in (leader(community, f"L-{community}"), department(community))
    ]
    found = completeness(register(NINE, contacts, [], rules.contacts, calendar, ON))
    assert (found.complete, found.of, found.missing) == (count, 9, tuple(NINE[count:]))
    from huaying_governance.flows.ruled import share as percent

    assert percent(found.complete, found.of) == share


def test_row_7_in_a_case_folder(office: Office) -> None:
    """Row 7: the report of a case gives 88.9 and names the community without a department."""
    rows = [
        {"community": one, "contact_kind": kind, "contact": body, "from": "2026-11-01"}
        for one in NINE
        for kind, body in (("联系领导", f"示例领导-{one}"), ("联系部门", "民政局"))
        if (one, kind) != ("synthetic-9", "联系部门")
    ]
    out = office(contacts=rows)
    assert out["contact_completeness"] == [
        {"met": "8", "total": "9", "covered": "88.9", "not_complete": "synthetic-9"}
    ]
    last = out["contacts"][-1]
    assert last["codes"] == "no-department"
    assert len(out["contacts"]) == 9


@pytest.mark.parametrize(
    ("contacts", "codes"),
    [
        ([], ("no-leader", "no-department")),
        ([leader(since="2026-11-01")], ("no-department",)),
        ([department()], ("no-leader",)),
        ([leader(since="2026-11-01"), department()], ()),
        (
            [leader(since="2026-11-01"), leader(body="常委", since="2026-11-01"), department()],
            ("two-leaders",),
        ),
        (
            [leader(since="2026-11-01"), leader(since="2026-11-23", body="常委"), department()],
            ("two-leaders",),
        ),
        ([leader(since="2026-11-01"), leader(since="2026-11-24", body="常委"), department()], ()),
        (
            [
                leader(since="2026-11-01", until="2026-11-22"),
                leader(since="2026-11-23", body="常委"),
                department(),
            ],
            (),
        ),
        (
            [
                leader(since="2026-11-01", until="2026-11-20"),
                leader(since="2026-11-20", body="常委"),
                department(),
            ],
            ("two-leaders",),
        ),
        ([leader(since="2026-11-01", until="2026-11-20", acting=True), department()], ("no-leader",)),
        ([leader(since="2026-11-01", acting=True), department()], ()),
    ],
)
def test_exactly_one_leader_on_any_day(
    rules: StewardshipRules, calendar: hg.Calendar, contacts: list[Contact], codes: tuple[str, ...]
) -> None:
    """One leader and a department on the day, and never two leaders on any day before it."""
    assert record(rules, calendar, *contacts).ruling.codes == codes


@pytest.mark.parametrize(
    ("successor", "days", "codes"),
    [
        ("2026-11-02", 0, ()),
        ("2026-11-16", 10, ()),
        ("2026-11-17", 11, ("gap-too-long",)),
    ],
)
def test_a_transfer_may_take_ten_working_days(
    rules: StewardshipRules, calendar: hg.Calendar, successor: str, days: int, codes: tuple[str, ...]
) -> None:
    """The vacancy is counted in working days, the last one allowed is in time, the next one is not."""
    held = [
        leader(since="2026-10-31", until="2026-11-01"),
        leader(body="常委", since=successor),
        department(),
    ]
    one = record(rules, calendar, *held)
    assert [gap.days for gap in one.gaps] == ([days] if days else [])
    assert one.ruling.codes == codes


def test_an_open_vacancy_is_logged_and_a_deputy_acts(rules: StewardshipRules, calendar: hg.Calendar) -> None:
    """A vacancy that lasts is a gap up to the day; a deputy makes the community complete and ends no gap."""
    gone = leader(since="2026-11-01", until="2026-11-12")
    empty = record(rules, calendar, gone, department())
    assert not empty.complete
    assert empty.ruling.codes == ("no-leader",)
    acted = record(rules, calendar, gone, leader(body="副职", since="2026-11-13", acting=True), department())
    assert acted.complete
    assert acted.acting == ("副职",)
    assert [(gap.since, gap.until, gap.acting) for gap in acted.gaps] == [(date(2026, 11, 13), ON, True)]
    beyond = gaps([leader(since="1999-01-01", until="1999-06-30")], [], date(1999, 8, 1), calendar)
    assert [gap.days for gap in beyond] == [None]


def test_a_leader_has_only_so_many_communities(rules: StewardshipRules, calendar: hg.Calendar) -> None:
    """Three communities for one leader are the most by the default; a fourth is found in each of them."""
    most = rules.contacts.most_communities
    for count in (most, most + 1):
        held = [
            one for place in NINE[:count] for one in (leader(place, since="2026-11-01"), department(place))
        ]
        found = register(NINE[:count], held, [], rules.contacts, calendar, ON)
        expected = ("too-many-communities",) if count > most else ()
        assert {one.ruling.codes for one in found} == {expected}


def test_visits_and_what_they_opened(rules: StewardshipRules, calendar: hg.Calendar) -> None:
    """A month without a visit, a visit without a record and an entry that no ledger has are each found."""
    contacts = (leader(since="2026-08-15"), department())
    visits = [
        Visit(community="dujiaping", on=date(2026, 9, 1), visitor="副市长", issues=2, opened=("E1", "E9")),
        Visit(community="dujiaping", on=date(2026, 12, 1), visitor="副市长", issues=5),
    ]
    one = record(rules, calendar, *contacts, visits=visits)
    assert one.ruling.codes == ("visit-missing", "visit-without-evidence", "unknown-entry")
    assert (one.visits, one.issues, one.opened) == (1, 2, ("E1", "E9"))
    assert "2026-10" in one.ruling.explain("zh")
    assert "E9" in one.ruling.explain("en")


def test_whole_months_are_due() -> None:
    """The month a leader begins in counts only from its first day, the running month not yet."""
    assert short_months([], date(2026, 11, 1), ON, 1) == ()
    assert short_months([], date(2026, 10, 1), ON, 1) == ("2026-10",)
    assert short_months([], date(2026, 10, 2), ON, 1) == ()
    assert short_months([], date(2025, 11, 30), date(2026, 2, 1), 1) == ("2025-12", "2026-01")
    assert short_months([], date(2025, 1, 1), ON, 0) == ()


@st.composite
def spans(draw: st.DrawFn) -> list[Contact]:
    held = []
    for number in range(draw(st.integers(0, 5))):
        start = date(2026, 3, 1) + timedelta(days=draw(st.integers(0, 60)))
        length = draw(st.none() | st.integers(0, 40))
        end = None if length is None else (start + timedelta(days=length)).isoformat()
        held.append(leader(body=f"L{number}", since=start.isoformat(), until=end))
    return held


@given(spans(), st.integers(0, 120))
def test_gaps_and_doubles_equal_a_day_by_day_count(held: list[Contact], ahead: int) -> None:
    """Going through every day gives the same vacancies and the same first day with two leaders."""
    on = date(2026, 3, 1) + timedelta(days=ahead)
    begun = [one.since for one in held if one.since <= on]
    days = [] if not begun else [min(begun) + timedelta(days=n) for n in range((on - min(begun)).days + 1)]
    empty = [day for day in days if not any(one.on(day) for one in held)]
    found = gaps(held, [], on, hg.china_calendar())
    told = [gap.since + timedelta(days=n) for gap in found for n in range((gap.until - gap.since).days + 1)]
    assert told == empty
    for gap in found:
        own = [day for day in empty if gap.since <= day <= gap.until]
        assert gap.days == sum(hg.china_calendar().is_workday(day) for day in own)
    twice = [day for day in days if sum(one.on(day) for one in held) > 1]
    first = doubled(held, on)
    assert (first and first[0]) == (twice[0] if twice else None)


def test_a_case_follows_what_visits_opened(office: Office) -> None:
    """An entry that a visit opened and that was struck off counts as solved; the report says of how many."""
    entry = {
        "id": "E1",
        "kind": "livelihood",
        "source": "visit",
        "community": "dujiaping",
        "received_at": "2026-11-02T09:00",
    }
    acts = [
        {"action": "accept", "actor": "c", "role": "clerk"},
        {"action": "assign", "actor": "c", "role": "clerk", "lead": "民政局", "handler": "h"},
        {"action": "progress", "actor": "h", "role": "handler"},
        {"action": "reply", "actor": "h", "role": "handler", "evidence": "d1"},
        {"action": "verify", "actor": "v", "role": "verifier", "satisfied": "yes"},
        {"action": "strike_off", "actor": "v", "role": "verifier"},
    ]
    actions = [{"entry": "E1", "at": f"2026-11-03T{9 + n:02}:00", **act} for n, act in enumerate(acts)]
    out = office(
        contacts=[
            {
                "community": "杜家坪社区",
                "contact_kind": "leader",
                "contact": "示例领导",
                "from": "2026-11-01",
            },
            {
                "community": "dujiaping",
                "contact_kind": "department",
                "contact": "民政局",
                "from": "2026-11-01",
            },
        ],
        visits=[
            {
                "id": "V1",
                "community": "dujiaping",
                "date": "2026-11-02",
                "visitor": "示例领导",
                "issues": "2",
                "opened": "E1;E2",
                "evidence": "记录1",
            },
            {"id": "V2", "community": "dujiaping", "date": "2026-12-02", "visitor": "示例领导"},
        ],
        entries=[entry],
        actions=actions,
    )
    first = out["contacts"][0]
    assert list(first.values())[:9] == ["dujiaping", "示例领导", "civil-affairs", "", "", "1", "2", "2", "1"]
    assert first["codes"] == "unknown-entry"


def test_bad_rows_of_contacts_are_problems(tmp_path: Path) -> None:
    """Unknown communities and kinds, an end before its begin: place and cure."""
    row = {"community": "dujiaping", "contact_kind": "leader", "contact": "示例", "from": "2026-11-02"}
    found = faults(
        tmp_path,
        contacts=[
            {**row, "community": "nowhere"},
            {**row, "contact_kind": "friend"},
            {**row, "to": "2026-11-01"},
            {**row, "from": ""},
        ],
    )
    assert sorted(one.code for one in found) == [
        "empty-cell",
        "to-before-from",
        "unknown-choice",
        "unknown-community",
    ]
