"""吹哨: clocks, screening, bouncing, verification, and the month's report."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import huaying_governance as hg
from huaying_governance.casework import Casebook
from huaying_governance.errors import Problems, Refused
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.party import PartyRules
from huaying_governance.party.clock import Hours, due_moment
from huaying_governance.party.whistle import Act, Terms, Whistle, deadlines, repeated
from huaying_governance.party.whistling import WHISTLES

DAY = "2026-11-03"  # a Tuesday


def at(clock: str, day: str = DAY) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI)


def whistle(kind: str = "urgent", matter: str = "", when: str = "10:00", day: str = DAY) -> Whistle:
    return Whistle(community="dujiaping", kind=kind, responder="department", matter=matter, at=at(when, day))


def act(action: str, when: str, actor: str = "civil-affairs", role: str = "responder", **more: object) -> Act:
    return Act(action=action, at=at(when), actor=actor, role=role, **more)  # type: ignore[arg-type]


@pytest.fixture
def terms(rules: PartyRules, calendar: hg.Calendar) -> Terms:
    def kind_of(matter: str, community: str, day: date) -> str:
        return {"ZZ01": "autonomy", "XZ01": "assist"}.get(matter, "")

    return Terms(rules.whistles, calendar, kind_of)


@pytest.fixture
def book(terms: Terms) -> Casebook[Whistle, object, Act, Terms]:  # type: ignore[type-var]
    return Casebook(hg.open_store("memory:"), WHISTLES, terms)  # type: ignore[arg-type]


def send(
    book: Casebook,
    id_: str = "W1",
    *,
    kind: str = "urgent",
    matter: str = "",
    bodies: tuple[str, ...] = ("civil-affairs",),
    lead: str = "",
) -> None:  # type: ignore[type-arg]
    book.open(id_, whistle(kind, matter))
    if kind != "urgent":
        book.act(id_, act("screen", "10:00", "centre", "centre"))
    book.act(id_, act("dispatch", "10:00", "centre", "centre", bodies=bodies, lead=lead))


def refused(book: Casebook, id_: str, one: Act) -> tuple[str, ...]:  # type: ignore[type-arg]
    before = book.standing(id_)
    with pytest.raises(Refused) as caught:
        book.act(id_, one)
    assert book.standing(id_) == before
    assert caught.value.ruling.remedies
    return caught.value.ruling.codes


@pytest.mark.parametrize(
    ("arrival", "late"), [("10:30", False), ("10:31", True), ("10:35", True), ("10:00", False)]
)
def test_row_32_an_urgent_whistle_answered_after_thirty_minutes_is_late(
    book: Casebook,
    terms: Terms,
    arrival: str,
    late: bool,  # type: ignore[type-arg]
) -> None:
    """Row 32: blown at 10:00 and on site at 10:35, it is late by a thirty-minute rule; at 10:30 it is not."""
    send(book)
    book.act("W1", act("acknowledge", "10:00"))
    book.act("W1", act("arrive", arrival, evidence="photo-1"))
    clock = next(one for one in deadlines(book.standing("W1"), terms) if one.step == "arrive")
    assert clock.due == at("10:30")
    assert clock.late(at("23:00")) is late


def test_what_the_community_can_do_itself_is_not_whistled_for(book: Casebook) -> None:  # type: ignore[type-arg]
    """Screening comes first: an own matter is refused with the cure; the same in an emergency goes out unscreened."""
    book.open("W1", whistle("daily", "ZZ01"))
    assert refused(book, "W1", act("screen", "10:00", "centre", "centre")) == ("own-duty",)
    one = act("dispatch", "10:00", "centre", "centre", bodies=("civil-affairs",))
    assert refused(book, "W1", one) == ("not-screened",)
    send(book, "W2", kind="urgent", matter="ZZ01")


def test_one_bounce_and_only_by_the_list(book: Casebook) -> None:  # type: ignore[type-arg]
    """It goes back once, with a reason and a line of the list; then no more, and the clock has not begun anew."""
    send(book, kind="daily")
    assert refused(book, "W1", act("bounce", "10:05", reason="别家的事")) == ("no-list-basis",)
    assert refused(book, "W1", act("bounce", "10:05", basis="XZ01")) == ("no-reason",)
    book.act("W1", act("bounce", "10:05", reason="清单列他处", basis="XZ01"))
    book.act("W1", act("dispatch", "11:00", "centre", "centre", bodies=("housing",)))
    standing = book.standing("W1")
    assert standing.sent_at == at("10:00")
    one = act("bounce", "11:05", "housing", reason="清单列他处", basis="XZ01")
    assert refused(book, "W1", one) == ("bounce-limit",)


def test_several_have_one_lead_and_the_community_confirms(book: Casebook) -> None:  # type: ignore[type-arg]
    """Of several one leads; only the lead reports it done, only the community confirms, and a no sends it back."""
    book.open("W1", whistle())
    both = ("civil-affairs", "housing")
    assert refused(book, "W1", act("dispatch", "10:00", "centre", "centre", bodies=both)) == ("no-lead",)
    one = act("dispatch", "10:00", "centre", "centre", bodies=both, lead="other")
    assert refused(book, "W1", one) == ("no-lead",)
    book.act("W1", act("dispatch", "10:00", "centre", "centre", bodies=both, lead="housing"))
    assert refused(book, "W1", act("acknowledge", "10:01", "stranger")) == ("not-called",)
    assert refused(book, "W1", act("arrive", "10:10")) == ("no-evidence",)
    book.act("W1", act("arrive", "10:10", evidence="p"))
    assert refused(book, "W1", act("claim", "11:00", evidence="p")) == ("not-the-lead",)
    book.act("W1", act("claim", "11:00", "housing", evidence="p"))
    assert refused(book, "W1", act("verify", "12:00", "housing", satisfied=True)) == (
        "wrong-role",
        "not-the-community",
    )
    assert refused(book, "W1", act("verify", "12:00", "synthetic-2", "community")) == (
        "no-finding",
        "not-the-community",
    )
    book.act("W1", act("verify", "12:00", "dujiaping", "community", satisfied=False))
    assert book.standing("W1").state == "handling"
    assert "claim" not in book.standing("W1").done
    book.act("W1", act("claim", "13:00", "housing", evidence="p"))
    book.act("W1", act("verify", "14:00", "dujiaping", "community", satisfied=True))
    assert refused(book, "W1", act("score", "13:30", "dujiaping", "community", score=5)) == ("out-of-order",)
    assert refused(book, "W1", act("score", "15:00", "dujiaping", "community", score=6)) == ("bad-score",)
    assert refused(book, "W1", act("close", "15:00", "centre", "centre")) == ("window-open",)
    book.act("W1", act("score", "15:00", "dujiaping", "community", score=4))
    assert book.standing("W1").state == "closed"


def test_without_a_score_it_is_neutral(book: Casebook, terms: Terms) -> None:  # type: ignore[type-arg]
    """After five working days no score is taken; the whistle closes without one, which is not a satisfied one."""
    send(book)
    book.act("W1", act("arrive", "10:10", evidence="p"))
    book.act("W1", act("claim", "11:00", evidence="p"))
    book.act("W1", act("verify", "12:00", "dujiaping", "community", satisfied=True))
    late = Act(action="score", at=at("09:00", "2026-11-11"), actor="dujiaping", role="community", score=5)
    assert refused(book, "W1", late) == ("window-over",)
    book.act("W1", Act(action="close", at=at("09:00", "2026-11-11"), actor="c", role="centre"))
    assert book.standing("W1").score is None


def test_only_a_hard_whistle_is_extended_and_once(book: Casebook, terms: Terms) -> None:  # type: ignore[type-arg]
    """An extension moves the closing day by working days, with a reason, once, by no more than the time allowed."""
    send(book, kind="hard")
    book.act("W1", act("acknowledge", "10:00"))
    before = deadlines(book.standing("W1"), terms)[-1].due
    asked = act("extend", "11:00", "centre", "centre", days=21, reason="复杂")
    assert refused(book, "W1", asked) == ("bad-days",)
    book.act("W1", act("extend", "11:00", "centre", "centre", days=5, reason="复杂"))
    due = deadlines(book.standing("W1"), terms)[-1].due
    assert before is not None
    assert due == at("23:59:59", "2026-12-08")
    again = act("extend", "12:00", "centre", "centre", days=5, reason="复杂")
    assert refused(book, "W1", again) == ("extension-limit",)
    send(book, "W2", kind="daily")
    book.act("W2", act("acknowledge", "10:00"))
    one = act("extend", "11:00", "centre", "centre", days=1, reason="复杂")
    assert refused(book, "W2", one) == ("extension-limit",)


def test_working_minutes(calendar: hg.Calendar, rules: PartyRules) -> None:
    """Four working hours from 15:00 end at 11:00 of the next working day; from a Saturday at 13:00 of Monday."""
    hours = rules.whistles.hours
    due = due_moment(calendar, hours, at("15:00"), 240, "working_minutes")
    assert due == at("11:00", "2026-11-04")
    assert due_moment(calendar, hours, at("12:00", "2026-11-07"), 240, "working_minutes") == at(
        "13:00", "2026-11-09"
    )
    assert due_moment(calendar, hours, at("13:00"), 240, "working_minutes") == at("17:00")
    assert due_moment(calendar, hours, at("07:00"), 480, "working_minutes") == at("17:00")
    assert due_moment(calendar, hours, at("17:00"), 480, "working_minutes") == at("17:00", "2026-11-04")
    assert due_moment(calendar, hours, at("16:00", "2026-12-31"), 120, "working_minutes") is None


@given(st.integers(0, 60 * 24 * 20), st.integers(1, 3000))
def test_working_minutes_agree_with_counting_them(start: int, amount: int) -> None:
    """The due moment is where a loop over the minutes of office hours has counted the amount."""
    calendar = hg.china_calendar()
    begin = at("00:00", "2026-09-15") + timedelta(minutes=start)
    due = due_moment(
        calendar, Hours(at("09:00").time(), at("17:00").time()), begin, amount, "working_minutes"
    )
    now, counted = begin, 0
    while counted < amount:
        if calendar.is_workday(now.date()) and 9 <= now.hour < 17:
            counted += 1
        now += timedelta(minutes=1)
    assert due == now


def test_repeated_and_split_whistles() -> None:
    """Three whistles on one matter within the days are a repeat; without a matter nothing is guessed."""
    held = {f"W{n}": whistle(matter="XZ01", day=f"2026-11-{n:02}") for n in (1, 2, 29)}
    assert repeated(held, 30, 3) == {("dujiaping", "XZ01"): ("W1", "W2", "W29")}
    assert repeated(held, 27, 3) == {}
    assert repeated({f"W{n}": whistle() for n in range(5)}, 30, 3) == {}


ROW = {
    "id": "W1",
    "community": "杜家坪社区",
    "kind": "应急哨",
    "responder": "部门",
    "matter": "",
    "at": f"{DAY}T10:00",
}


def step(action: str, when: str, actor: str, role: str, **more: object) -> dict[str, object]:
    blank = dict.fromkeys(("bodies", "lead", "evidence", "satisfied", "score", "reason", "basis", "days"), "")
    return {
        "whistle": "W1",
        "at": f"{DAY}T{when}",
        "action": action,
        "actor": actor,
        "role": role,
        **blank,
        **more,
    }


STEPS = [
    step("派哨", "10:01", "centre", "街道", bodies="民政局"),
    step("arrive", "10:35", "民政局", "responder", evidence="p"),
    step("claim", "11:00", "民政局", "responder", evidence="p"),
    step("verify", "12:00", "民政局", "responder", satisfied="是"),
    step("verify", "12:30", "dujiaping", "community", satisfied="是"),
    step("score", "13:00", "dujiaping", "community", score="5"),
]


def test_row_33_the_pilot_is_told_apart(office) -> None:  # type: ignore[no-untyped-def]
    """Row 33: the month has a line for all, one for the pilot 杜家坪 and one for the others."""
    other = {**ROW, "id": "W2", "community": "synthetic-2"}
    out = office(whistles=[ROW, other], whistle_acts=STEPS)
    months = {row["scope"]: row for row in out["whistle_months"]}
    assert list(months) == ["all", "pilot", "others"]
    assert (months["all"]["blown"], months["pilot"]["blown"], months["others"]["blown"]) == ("2", "1", "1")
    assert months["pilot"]["satisfaction"] == "100.0"
    assert months["others"]["satisfaction"] == ""
    told = {row["id"]: row for row in out["whistles"]}
    assert told["W1"]["state"] == "closed"
    assert "arrive" in told["W1"]["late"]
    assert [row["codes"] for row in out["refused_whistle_acts"]] == ["wrong-role;not-the-community"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"community": "nowhere"}, "unknown-community"),
        ({"kind": "loud"}, "unknown-choice"),
        ({"at": "then"}, "bad-moment"),
        ({"id": ""}, "empty-cell"),
    ],
)
def test_wrong_rows_are_problems_with_place_and_cure(
    office,
    changed: dict[str, str],
    code: str,
    tmp_path: Path,  # type: ignore[no-untyped-def]
) -> None:
    """A wrong cell is named with row, column and cure, and nothing is written."""
    with pytest.raises(Problems) as caught:
        office(whistles=[{**ROW, **changed}])
    problem = caught.value.problems[0]
    assert problem.code == code
    assert problem.place.line == 2
    assert problem.place.file == "whistles.csv"
    assert problem.cure.zh
    assert not (tmp_path / "out").exists()


def test_what_is_put_to_the_conference_comes_out_as_an_item(office) -> None:  # type: ignore[no-untyped-def]
    """An escalated whistle comes out as a plain reference that an item of the conference's agenda can name."""
    steps = [*STEPS[:2], step("提交联席会议", "18:00", "centre", "centre", reason="多部门未决")]
    out = office(whistles=[ROW], whistle_acts=steps)
    (row,) = out["whistle_topics"]
    assert (row["whistle"], row["community"], row["reason"]) == ("W1", "dujiaping", "多部门未决")
    assert out["whistle_entries"] == []


def test_what_is_taken_into_the_ledger_becomes_an_entry(office) -> None:  # type: ignore[no-untyped-def]
    """A whistle taken into the ledger is registered there by the run; later acts on it are followed by the ledger."""
    given = step("转入台账", "10:30", "centre", "centre", reason="居民诉求")
    bare = step("转入台账", "10:20", "centre", "centre")
    rows = office(whistles=[ROW], whistle_acts=[bare, given])["whistle_entries"]
    assert [(row["id"], row["summary"], row["kind"]) for row in rows] == [
        ("whistle-W1", "居民诉求", "livelihood")
    ]
    accept = {
        "entry": "whistle-W1",
        "at": "2026-11-04T09:00",
        "action": "accept",
        "actor": "c",
        "role": "clerk",
    }
    out = office(whistles=[ROW], whistle_acts=[bare, given], entries=rows, actions=[accept])
    assert (out["entries"][0]["id"], out["entries"][0]["state"]) == ("whistle-W1", "accepted")
    assert out["entries"][0]["due"]
    assert [row["codes"] for row in out["refused_whistle_acts"]] == ["no-reason"]


def test_an_entry_of_the_same_id_is_warned_of(office, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Where the ledger has another entry of that id, the run goes on, warns, and changes nothing there."""
    entry = {"id": "whistle-W1", "kind": "hardship", "source": "visit", "category": "", "community": "dujiaping",
             "received_at": "2026-11-01T09:00", "summary": "", "petitioner": ""}  # fmt: skip
    office(entries=[entry])
    out = office(
        entries=[entry],
        whistles=[ROW],
        whistle_acts=[step("转入台账", "10:30", "centre", "centre", reason="居民诉求")],
    )
    assert out["entries"][0]["kind"] == "hardship"
    summary = hg.run_case(tmp_path / "case", tmp_path / "out")
    assert len(summary.warnings) == 1


def test_the_month_and_the_ranking_have_their_denominators(office) -> None:  # type: ignore[no-untyped-def]
    """吹哨月报 says of how many each share is; who was called is ranked by what was settled."""
    out = office(whistles=[ROW, {**ROW, "id": "W2"}], whistle_acts=STEPS)
    (month, *_) = out["whistle_months"]
    assert (month["blown"], month["sent_out"], month["solved"], month["said_count"]) == (
        "2",
        "1",
        "100.0",
        "1",
    )
    (row,) = out["whistle_bodies"]
    assert (row["rank"], row["responder"], row["sent_out"], row["late"]) == ("1", "civil-affairs", "1", "1")
