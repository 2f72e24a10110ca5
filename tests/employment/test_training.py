"""技能培训: needs, classes, who may be subsidised, what looks odd, and how much there was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from employing import HOME, RULES, at, book, refused, rows
from folders import Office, faults
from huaying_governance.employment.needs import Need, demands
from huaying_governance.employment.signins import Session, SignIn, bursts, findings, overlapping, turnout
from huaying_governance.employment.trainees import Trainee, judge_trainees
from huaying_governance.employment.training import Act, TrainingClass
from huaying_governance.employment.training_steps import CLASSES
from huaying_governance.kernel.dates import SHANGHAI

TRAINING = RULES.training
START = date(2026, 1, 5)
CLASS = TrainingClass(
    community=HOME,
    specialty="电商",
    level="basic",
    institution="i-1",
    places=50,
    theory=16,
    practice=24,
    at=at(START),
)


def wanted(count: int, specialty: str = "电商", first: int = 0) -> list[Need]:
    return [Need(f"p-{number}", HOME, specialty) for number in range(first, first + count)]


# Needs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asks", "classes"), [(1, 0), (29, 0), (30, 1), (40, 1), (50, 1), (51, 2), (100, 2), (101, 3)]
)
def test_row_70_forty_ask_for_e_commerce_and_a_class_is_proposed(asks: int, classes: int) -> None:
    """Row 70: from thirty persons on a class is proposed, as many as their places need."""
    (found,) = demands(wanted(asks), TRAINING)
    assert (found.specialty, found.persons, found.classes) == ("电商", asks, classes)
    assert found.ruling.outcome == ("proposed" if classes else "waiting")


def test_who_asks_twice_is_one_person() -> None:
    """Forty asks by twenty persons are twenty persons, and too few for a class."""
    (found,) = demands(wanted(20) * 2, TRAINING)
    assert (found.asks, found.persons, found.classes) == (40, 20, 0)


def test_row_70_from_tables(office: Office) -> None:
    """Row 70: visits are summed up by specialty, the most wanted first; later visits are not counted yet."""
    asked = [(n, "电商", "2026-03-01") for n in range(40)] + [(n, "厨师", "2026-03-01") for n in range(3)]
    told = [
        {"person": f"p-{n}", "community": HOME, "specialty": name, "date": day}
        for n, name, day in [*asked, (99, "厨师", "2027-01-01")]
    ]
    first, second = office(training_needs=told)["training_demand"]
    assert (first["specialty"], first["asks"], first["proposed_classes"], first["codes"]) == (
        *("电商", "40", "1"),
        "class-proposed",
    )
    assert (second["asked_persons"], second["outcome"]) == ("3", "waiting")


# Classes --------------------------------------------------------------------------------------------------------


def act(action: str, day: int, role: str = "institution", **more: Any) -> Act:
    actor = more.pop("actor", f"{role}-1")
    when = at(START + timedelta(days=day))
    return Act(action=action, at=when, actor=actor, role=role, **{"evidence": "e", **more})


WAY = (
    act("plan", 0, "office"),
    act("file", 1),
    act("open", 2, enrolled=50),
    act("start", 3),
    act("end", 26),
    act("assess", 27),
    act("publish", 28, "office"),
    act("claim", 29, evidence="claim-1"),
    act("audit", 30, "office", admitted=True),
    act("pay", 31, "office"),
)


def taught(steps: int, **changes: Any) -> Any:
    made = book(CLASSES, TRAINING, evolve(CLASS, **changes))
    for one in WAY[:steps]:
        made.act("X", one)
    return made


def test_a_class_goes_the_whole_way() -> None:
    """Survey, plan, file, open, teach, assess, publish, claim, audit, pay, and both follow-ups, in this order."""
    made = taught(len(WAY))
    standing = made.standing("X")
    assert (standing.state, standing.claim, standing.enrolled) == ("paid", "claim-1", 50)
    ended = START + timedelta(days=26)
    assert ended == date(2026, 1, 31)
    assert standing.follow_on(TRAINING) == date(2026, 4, 30)
    days = [
        (day - START).days
        for day in (date(2026, 4, 29), date(2026, 4, 30), date(2026, 7, 30), date(2026, 7, 31))
    ]
    assert refused(made, act("follow_first", days[0], "office")) == ("follow-early",)
    assert "no-first" in refused(made, act("follow_second", days[3], "office"))
    made.act("X", act("follow_first", days[1], "office"))
    assert refused(made, act("follow_first", days[1], "office")) == ("followed-twice",)
    assert refused(made, act("follow_second", days[2], "office")) == ("second-early",)
    made.act("X", act("follow_second", days[3], "office"))
    assert made.standing("X").state == "followed_up"
    assert made.standing("X").follow_on(TRAINING) is None


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"places": 51}, ("too-many-places",)),
        ({"places": 0}, ("too-many-places",)),
        ({"theory": 15}, ("hours-short",)),
        ({"theory": 17, "practice": 24}, ("practice-short",)),
        ({"level": "middle", "theory": 22, "practice": 33}, ("hours-short",)),
        ({"level": "senior"}, ("hours-short",)),
        (
            {"level": "special", "theory": 1, "practice": 0, "places": 99},
            ("too-many-places", "practice-short"),
        ),
    ],
)
def test_a_plan_beyond_the_bounds_is_refused(changes: dict[str, Any], codes: tuple[str, ...]) -> None:
    """At most fifty places, at least the lessons of the level, and sixty per cent of them practice."""
    assert refused(taught(0, **changes), WAY[0]) == codes


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"places": 1},
        {"level": "middle", "theory": 22, "practice": 34},
        {"level": "special", "theory": 2, "practice": 3},
    ],
)
def test_a_plan_at_the_bounds_is_taken(changes: dict[str, Any]) -> None:
    """The figures of the pack themselves are enough."""
    assert taught(1, **changes).standing("X").state == "planned"


def test_no_more_are_enrolled_than_there_are_places() -> None:
    """Opening says how many are enrolled; one more than the places is refused."""
    made = taught(2)
    assert refused(made, act("open", 2)) == ("no-enrolled",)
    assert refused(made, act("open", 2, enrolled=51)) == ("over-capacity",)
    made.act("X", WAY[2])


def test_a_claim_is_audited_by_somebody_else_and_can_fail() -> None:
    """Whoever claimed may not audit; a claim that is not admitted leaves the class without subsidy, to be followed."""
    made = taught(8)
    assert refused(made, act("audit", 30, "office", admitted=True, actor="institution-1")) == ("own-claim",)
    assert refused(made, act("audit", 30, "office")) == ("no-finding",)
    made.act("X", act("audit", 30, "office", admitted=False))
    assert made.standing("X").state == "unsubsidised"
    assert refused(taught(7), act("claim", 29, evidence="")) == ("no-evidence",)


# Trainees -------------------------------------------------------------------------------------------------------


def trainee(number: int, day: date | None, **changes: Any) -> Trainee:
    base = Trainee(
        training_class=f"C{number}",
        person="p-1",
        specialty=f"s-{number}",
        level="basic",
        assessed=True,
        certificate=f"z-{number}",
        claim=f"k-{number}",
        claimed_on=day,
    )
    return evolve(base, **changes)


def session(name: str, start: datetime, minutes: int = 90, **changes: Any) -> Session:
    base = Session(
        id=name,
        specialty="电商",
        training_class="C1",
        teacher="t-1",
        practice=True,
        start=start,
        end=start + timedelta(minutes=minutes),
    )
    return evolve(base, **changes)


MORNING = datetime(2026, 1, 8, 9, tzinfo=SHANGHAI)


def ruled(*told: Trainee) -> list[tuple[str, tuple[str, ...]]]:
    sessions = [session(one.training_class, MORNING, training_class=one.training_class) for one in told]
    signed = [SignIn(session=one.training_class, person=one.person, at=MORNING) for one in told]
    found = judge_trainees(told, sessions, signed, TRAINING)
    assert [one.trainee for one in found] == list(told)
    return [(one.ruling.outcome, one.ruling.codes) for one in found]


PAID = ("payable", ())


def test_three_subsidies_a_year() -> None:
    """Three trainings a calendar year are subsidised, the fourth is not; the next year begins anew."""
    year = [trainee(number, date(2026, 1 + number, 1)) for number in range(1, 5)]
    assert ruled(*year) == [PAID, PAID, PAID, ("not_payable", ("year-limit",))]
    assert ruled(*year[:3], evolve(year[3], claimed_on=date(2027, 1, 1))) == [PAID] * 4
    backwards = ruled(*reversed(year))
    assert backwards == [("not_payable", ("year-limit",)), PAID, PAID, PAID]


def test_no_occupation_at_one_level_twice() -> None:
    """The same occupation at the same level is not subsidised again, in no year; at another level it is."""
    first = trainee(1, date(2024, 1, 1), specialty="s")
    again = trainee(2, date(2026, 1, 1), specialty="s")
    assert ruled(first, again) == [PAID, ("not_payable", ("repeated-level",))]
    assert ruled(first, evolve(again, level="middle")) == [PAID, PAID]
    assert ruled(first, evolve(again, person="p-2")) == [PAID, PAID]


def test_a_refused_claim_uses_nothing_up() -> None:
    """A claim that was refused counts against no limit; one that is undetermined may."""
    told = [trainee(number, date(2026, 1 + number, 1)) for number in range(1, 5)]
    told[0] = evolve(told[0], certificate="")
    assert ruled(*told) == [("not_payable", ("no-certificate",)), PAID, PAID, PAID]
    told[0] = evolve(told[0], certificate="z", assessed=None)
    assert ruled(*told)[0] == ("undetermined", ("not-assessed",))
    assert ruled(*told)[3] == ("undetermined", ("earlier-undetermined",))


@pytest.mark.parametrize(
    ("changes", "outcome", "code"),
    [
        ({"assessed": False}, "not_payable", "not-passed"),
        ({"assessed": None}, "undetermined", "not-assessed"),
        ({"certificate": ""}, "not_payable", "no-certificate"),
        ({"claimed_on": None}, "undetermined", "no-claim-day"),
        ({"claim": ""}, "not_payable", "no-claim"),
    ],
)
def test_a_claim_needs_the_assessment_and_the_certificate(
    changes: dict[str, Any], outcome: str, code: str
) -> None:
    """Passed and certified, on a stated day: what is not known leaves the claim undetermined, not refused."""
    assert ruled(trainee(1, date(2026, 1, 1), **changes)) == [(outcome, (code,))]


@pytest.mark.parametrize(("came", "outcome"), [(3, "not_payable"), (4, "payable"), (5, "payable")])
def test_four_of_five_sessions_are_enough(came: int, outcome: str) -> None:
    """Eighty per cent of the sessions of the class; of a class without sessions attendance is unknown."""
    sessions = [session(f"S{n}", MORNING + timedelta(days=n)) for n in range(5)]
    signed = [SignIn(session=f"S{n}", person="p-1", at=MORNING) for n in range(came) for _ in range(2)]
    (found,) = judge_trainees([trainee(1, date(2026, 2, 1))], sessions, signed, TRAINING)
    assert (found.attended, found.sessions, found.ruling.outcome) == (came, 5, outcome)
    (none,) = judge_trainees([trainee(1, date(2026, 2, 1))], [], [], TRAINING)
    assert (none.ruling.outcome, none.ruling.missing) == ("undetermined", ("sessions",))


# Records --------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=12))
def test_overlaps_against_every_pair(spans: list[tuple[int, int]]) -> None:
    """The sweep finds exactly the pairs that share time: those that only touch, or last no time, do not."""
    told = [(MORNING + timedelta(minutes=a), MORNING + timedelta(minutes=a + b)) for a, b in spans]
    found = sorted(tuple(sorted(pair)) for pair in overlapping((a, b, n) for n, (a, b) in enumerate(told)))
    pairs = combinations(range(len(told)), 2)
    inside = [
        (one, two)
        for one, two in pairs
        if max(told[one][0], told[two][0]) < min(told[one][1], told[two][1])
        or (told[one][0] == told[one][1] and told[two][0] < told[one][0] < told[two][1])
        or (told[two][0] == told[two][1] and told[one][0] < told[two][0] < told[one][1])
    ]
    assert found == inside


@given(st.lists(st.integers(0, 300), max_size=40))
def test_bursts_against_every_window(seconds: list[int]) -> None:
    """The most sign-ins of any sixty seconds; ten of them are told, nine are not."""
    signed = [
        SignIn(session="S", person=f"p-{n}", at=MORNING + timedelta(seconds=s)) for n, s in enumerate(seconds)
    ]
    most = max((sum(start <= other < start + 60 for other in seconds) for start in seconds), default=0)
    found = [(one.code, one.records) for one in bursts(signed, TRAINING)]
    assert found == ([("sign-in-burst", most)] if most >= 10 else [])


def found_in(
    sessions: Sequence[Session], signed: Sequence[SignIn], **enrolled: set[str]
) -> list[tuple[str, int]]:
    listed = {name: frozenset(persons) for name, persons in enrolled.items()}
    return [(one.code, one.records) for one in findings(sessions, signed, listed, TRAINING)]


def test_detectors_find_what_looks_odd() -> None:
    """Two classes at once, a teacher in two rooms, strangers, trainees who never came; clean records give nothing."""
    other = session("S2", MORNING + timedelta(minutes=89), training_class="C2", teacher="t-2")
    one = session("S1", MORNING)
    signed = [SignIn(session=name, person="p-1", at=MORNING) for name in ("S1", "S2")]
    both = {"C1": {"p-1"}, "C2": {"p-1"}}
    assert found_in([one, other], signed, **both) == [("two-classes", 2)]
    apart = evolve(other, start=one.end, end=one.end + timedelta(minutes=90))
    assert found_in([one, apart], signed, **both) == []
    assert found_in([one, evolve(apart, teacher="t-1")], signed, **both) == []
    assert found_in([one, evolve(other, teacher="t-1")], signed[:1], C1={"p-1"}) == [("teacher-overlap", 2)]
    assert found_in([one], signed[:1], C1={"p-2", "p-3"}) == [("not-enrolled", 1), ("never-came", 2)]


def test_a_lesson_is_forty_five_minutes() -> None:
    """Eighty-nine minutes are one lesson, ninety are two."""
    assert [session("S", MORNING, n).lessons(45) for n in (44, 45, 89, 90, 180)] == [0, 1, 1, 2, 4]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 5)), max_size=60))
def test_attendances_are_not_persons(pairs: list[tuple[int, int]]) -> None:
    """An attendance is a person in a session, once; a person is one in all; sign-ins of no session are nothing."""
    sessions = [session(f"S{n}", MORNING, specialty=f"s-{n % 2}") for n in range(4)]
    signed = [SignIn(session=f"S{where}", person=f"p-{who}", at=MORNING) for where, who in pairs]
    found = turnout(sessions, signed)
    real = {pair for pair in pairs if pair[0] < 4}
    assert (found.specialties, found.sessions, found.attendances) == (2, 4, len(real))
    assert found.persons == len({who for _, who in real}) <= found.attendances


TRADES = ("计算机操作", "厨师", "汽车维修", "电商", "示例专业五", "示例专业六", "示例专业七")


def records(attendances: int, persons: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """21 sessions of 7 trades, so many attendances by so many persons, dealt out in turn."""
    sessions = [
        {
            "id": f"S{n:02}",
            "specialty": TRADES[n % 7],
            "teacher": f"t-{n % 7}",
            "from_at": f"2026-{1 + n // 3:02}-{10 + n % 3}T09:00",
            "to_at": f"2026-{1 + n // 3:02}-{10 + n % 3}T11:15",
        }
        for n in range(21)
    ]
    signed = [
        {"session": f"S{n % 21:02}", "person": f"p-{n % persons}", "signed_in": f"2026-01-10T08:{n // 21:02}"}
        for n in range(attendances)
    ]
    return sessions, signed


def test_row_71_seven_trades_21_sessions_1108_attendances_702_persons(office: Office) -> None:
    """Row 71: the report says 7 trades, 21 sessions, 1,108 attendances and 702 persons; repeats add none."""
    sessions, signed = records(1108, 702)
    found = office(training_sessions=sessions, training_signins=[*signed, *signed[:30]])[
        "training_performance"
    ]
    total = found[-1]
    assert [total[name] for name in ("specialty", "specialties", "sessions")] == ["all", "7", "21"]
    assert (total["attendances"], total["persons_trained"]) == ("1108", "702")
    assert sum(int(row["attendances"]) for row in found[:-1]) == 1108
    assert {row["specialty"] for row in found[:-1]} == set(TRADES)
    assert TRAINING.most_places < 1108 / 21


# From tables ----------------------------------------------------------------------------------------------------

PLAN = {
    "id": "C1",
    "community": HOME,
    "specialty": "电商",
    "skill_level": "初级",
    "institution": "i-1",
    "class_places": 50,
    "theory_hours": 16,
    "practice_hours": 24,
    "date": "2026-01-05",
}
STEPS: list[dict[str, object]] = [
    {
        "action": one.action,
        "actor": one.actor,
        "role": one.role,
        "enrolled": "" if one.enrolled is None else one.enrolled,
        "admitted": "" if one.admitted is None else "yes",
        "evidence": one.evidence,
        "day": (one.on - START).days,
    }
    for one in WAY
]
PUPIL = {
    "training_class": "C1",
    "person": "p-1",
    "assessed": "yes",
    "certificate": "z-1",
    "training_claim": "k-1",
    "claimed_on": "2026-02-03",
    "employed_first": "yes",
    "employed_second": "",
}


def test_a_class_is_followed_and_its_trainees_are_judged(office: Office) -> None:
    """The lessons held, the follow-up that is due, the trainee's subsidy, and the shares with their denominators."""
    meeting = {"specialty": "电商", "training_class": "C1", "teacher": "t-1", "from_at": "2026-01-09T09:00"}
    found = office(
        training_classes=[PLAN],
        training_acts=rows("training_class", "C1", START, STEPS),
        training_sessions=[{"id": "S1", **meeting, "to_at": "2026-01-09T11:15"}],
        training_signins=[{"session": "S1", "person": "p-1", "signed_in": "2026-01-09T08:55"}],
        trainees=[PUPIL, {**PUPIL, "person": "p-2", "employed_first": "", "certificate": ""}],
    )
    (line,) = found["training_classes"]
    assert (line["state"], line["planned_hours"], line["held_hours"]) == ("paid", "40", "3")
    assert line["codes"] == "first-follow-due;lessons-short"
    outcomes = {row["person"]: (row["outcome"], row["codes"]) for row in found["trainees"]}
    assert outcomes == {"p-1": ("payable", ""), "p-2": ("not_payable", "no-certificate;attendance-low")}
    total = found["training_performance"][-1]
    assert (total["trainees_listed"], total["assessed_count"], total["certified_rate"]) == ("2", "2", "50.0")
    assert (total["asked_first"], total["employed_first_rate"], total["employed_second_rate"]) == (
        "1",
        "100.0",
        "",
    )
    assert {row["finding"] for row in found["training_findings"]} == {"never-came"}


def test_bad_rows(tmp_path: Path) -> None:
    """A sign-in of no session, a trainee of no class, a session that ends before it begins, and an unknown level."""
    meeting = {
        "specialty": "电商",
        "teacher": "t-1",
        "from_at": "2026-01-09T09:00",
        "to_at": "2026-01-09T08:00",
    }
    found = faults(
        tmp_path,
        training_classes=[PLAN, {**PLAN, "id": "C2", "skill_level": "x"}],
        training_sessions=[{"id": "S1", **meeting}, {"id": "S2", **meeting, "to_at": "2026-01-09T10:00"}],
        training_signins=[{"session": "S9", "person": "p-1", "signed_in": "2026-01-09T08:55"}],
        trainees=[{**PUPIL, "training_class": "C9"}],
    )
    codes = {one.code for one in found}
    assert codes >= {"unknown-choice", "to-before-from", "unknown-session", "unknown-class"}


def test_findings_are_told_of_a_person_a_teacher_or_a_class(office: Office) -> None:
    """From tables: who was in two sessions at once, who taught two, and a burst of sign-ins, each in its column."""
    meeting = {
        "specialty": "电商",
        "training_class": "",
        "from_at": "2026-01-09T09:00",
        "to_at": "2026-01-09T11:15",
    }
    sessions = [{"id": f"S{n}", "teacher": f"t-{n % 2}", **meeting} for n in range(3)]
    signed = [
        *({"session": "S0", "person": f"p-{n}", "signed_in": "2026-01-09T08:55"} for n in range(10)),
        {"session": "S1", "person": "p-0", "signed_in": "2026-01-09T08:56"},
    ]
    found = office(training_sessions=sessions, training_signins=signed)["training_findings"]
    told = [
        (row["finding"], row["related_sessions"], row["person"], row["teacher"], row["records"])
        for row in found
    ]
    assert told == [
        ("two-classes", "S0;S1", "p-0", "", "2"),
        ("sign-in-burst", "S0", "", "", "10"),
        ("teacher-overlap", "S0;S2", "", "t-0", "2"),
    ]
