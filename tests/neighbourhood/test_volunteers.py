"""志愿服务: who offers is matched, what is served is recorded, what the resident confirms counts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import huaying_governance as hg
from huaying_governance.casework import Casebook
from huaying_governance.errors import Refused
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.neighbourhood import hours
from huaying_governance.neighbourhood.partners import Partner
from huaying_governance.neighbourhood.service import Act, Order, Standing, Terms, Volunteer
from huaying_governance.neighbourhood.spans import Span, by_day
from huaying_governance.neighbourhood.volunteering import ORDERS
from huaying_governance.packs.rules.neighbourhood import NeighbourhoodRules
from huaying_governance.procedure.check import World, check_machine

Book = Casebook[Order, Standing, Act, Terms]
CODE = "51000000MJTEXT0124"


def at(day: int, clock: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"2026-11-{day:02}T{clock}").replace(tzinfo=SHANGHAI)


def order(id_: str = "O1", **more: object) -> Order:
    told: dict[str, object] = {
        "id": id_,
        "community": "dujiaping",
        "kind": "errands",
        "requester": "r-1",
        "organiser": "",
        "at": at(1),
        "start": at(5, "09:00"),
        "end": at(5, "12:00"),
        "places": 1,
    }
    return Order(**{**told, **more})  # type: ignore[arg-type]


def offer(who: str = "v-1", day: int = 2) -> Act:
    return Act(action="offer", at=at(day), actor=who, role="volunteer", volunteer=who)


def match(who: str = "v-1", day: int = 3, actor: str = "c-1") -> Act:
    return Act(action="match", at=at(day), actor=actor, role="coordinator", volunteer=who)


def record(start: datetime, end: datetime, who: str = "v-1", day: int = 20, action: str = "record") -> Act:
    return Act(
        action=action,
        at=at(day),
        actor="c-1",
        role="coordinator",
        volunteer=who,
        start=start,
        end=end,
        reason="x" if action == "correct" else "",
        evidence="x" if action == "correct" else "",
    )


def confirm(who: str = "v-1", day: int = 21, satisfied: bool | None = True, actor: str = "r-1") -> Act:
    return Act(action="confirm", at=at(day), actor=actor, role="resident", volunteer=who, satisfied=satisfied)


def desk(rules: NeighbourhoodRules, **more: object) -> Book:
    """Return a book whose terms ask its own store what else takes a volunteer."""
    store = hg.open_store("memory:")
    plain: Book = Casebook(store, ORDERS, Terms(rules.volunteering))

    def taken(volunteer: str, standing: Standing) -> list[Span]:
        others = [one for id_, one in plain.all() if id_ != standing.order.id]
        return hours.taken(others, volunteer)

    told: dict[str, object] = {"rules": rules.volunteering, "taken": taken, **more}
    return Casebook(store, ORDERS, Terms(**told))  # type: ignore[arg-type]


@pytest.fixture
def book(rules: NeighbourhoodRules) -> Book:
    return desk(rules)


def refused(book: Book, id_: str, one: Act) -> tuple[str, ...]:
    before = book.standing(id_)
    with pytest.raises(Refused) as caught:
        book.act(id_, one)
    assert book.standing(id_) == before
    assert len(caught.value.ruling.remedies) == len(caught.value.ruling.codes)  # type: ignore[attr-defined]
    return caught.value.ruling.codes


def matched(book: Book, id_: str = "O1", who: str = "v-1", **more: object) -> None:
    book.open(id_, order(id_, **more))
    book.act(id_, offer(who))
    book.act(id_, match(who))


def test_row_66_hours_count_when_the_resident_confirms(book: Book) -> None:
    """Row 66: order, match, record: nothing counts; the resident confirms: the hours are certified."""
    matched(book)
    assert refused(book, "O1", confirm()) == ("no-record",)
    book.act("O1", record(at(5, "09:30"), at(5, "11:00")))
    assert hours.certificates([book.standing("O1")]) == ()
    assert refused(book, "O1", confirm(actor="r-2")) == ("not-the-requester",)
    assert refused(book, "O1", confirm(actor="v-1")) == ("not-the-requester",)
    book.act("O1", confirm())
    assert book.standing("O1").state == "done"
    (told,) = hours.certificates([book.standing("O1")])
    assert (told.volunteer, told.organiser, told.services, told.minutes) == ("v-1", "", 1, 90)
    assert (told.first, told.last, told.by_kind) == (date(2026, 11, 5), date(2026, 11, 5), (("errands", 90),))


def test_nobody_is_sent(book: Book) -> None:
    """志愿服务条例 25: only who has offered is matched; nobody offers another; who leaves gives no reason."""
    book.open("O1", order())
    assert refused(book, "O1", match()) == ("not-offered",)
    with pytest.raises(Refused) as caught:
        book.act("O1", match())
    assert "志愿服务条例" in caught.value.ruling.explain("zh")
    pressed = evolve(offer("v-1"), actor="c-1")
    assert refused(book, "O1", pressed) == ("not-oneself",)
    book.act("O1", offer())
    book.act("O1", match())
    assert book.standing("O1").state == "full"
    leave = Act(action="leave", at=at(4), actor="v-1", role="volunteer", volunteer="v-1")
    assert refused(book, "O1", evolve(leave, actor="c-1")) == ("no-offer", "not-oneself")
    book.act("O1", leave)
    now = book.standing("O1")
    assert (now.state, now.offered, now.matched) == ("open", (), ())
    assert refused(book, "O1", match(day=4)) == ("not-offered",)


def test_one_who_only_offered_leaves_and_it_stays_full(book: Book) -> None:
    """Leaving a full order frees a place only if one was matched."""
    book.open("O1", order())
    book.act("O1", offer("v-1"))
    book.act("O1", offer("v-2"))
    book.act("O1", match("v-1"))
    book.act("O1", Act(action="leave", at=at(4), actor="v-2", role="volunteer", volunteer="v-2"))
    assert (book.standing("O1").state, book.standing("O1").offered) == ("full", ("v-1",))


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (at(5, "08:00"), at(5, "13:00"), 180),
        (at(5, "09:00"), at(5, "12:00"), 180),
        (at(5, "11:59"), at(5, "18:00"), 1),
        (at(4, "23:00"), at(5, "09:01"), 1),
        (at(5, "10:00"), at(5, "10:00") + timedelta(seconds=119), 1),
    ],
)
def test_time_is_capped_to_the_slot(book: Book, start: datetime, end: datetime, minutes: int) -> None:
    """What was served before or after the slot does not count; parts of a minute do not either."""
    matched(book)
    book.act("O1", record(start, end))
    book.act("O1", confirm())
    assert hours.certificates([book.standing("O1")])[0].minutes == minutes


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (at(5, "07:00"), at(5, "09:00")),
        (at(5, "12:00"), at(5, "14:00")),
        (at(5, "11:00"), at(5, "10:00")),
        (at(5, "10:00"), at(5, "10:00")),
        (None, None),
        (at(5, "10:00"), None),
    ],
)
def test_time_outside_the_slot_is_refused(book: Book, start: datetime, end: datetime) -> None:
    """A time that does not meet the slot, or does not end after it starts, is none."""
    matched(book)
    assert refused(book, "O1", record(start, end)) == ("no-time",)


def test_a_service_is_recorded_when_it_is_over(book: Book) -> None:
    """Recording ahead of time is refused; at the very end it is admitted."""
    matched(book)
    early = evolve(record(at(5, "09:00"), at(5, "11:00")), at=at(5, "10:59"))
    assert refused(book, "O1", early) == ("not-served-yet",)
    book.act("O1", evolve(early, at=at(5, "11:00")))


def test_no_overlap_of_one_volunteer(book: Book) -> None:
    """Nobody is at two places at once: a slot that overlaps is refused, one that begins as the other ends is not."""
    matched(book, "O1")
    book.open("O2", order("O2", start=at(5, "11:59"), end=at(5, "13:00")))
    book.open("O3", order("O3", start=at(5, "12:00"), end=at(5, "13:00"), kind="care"))
    for id_ in ("O2", "O3"):
        book.act(id_, offer())
        book.act(id_, offer("v-2"))
    assert refused(book, "O2", match()) == ("overlap",)
    book.act("O2", match("v-2"))
    book.act("O3", match())


def test_a_correction_may_not_reach_into_another_service(book: Book) -> None:
    """What was recorded short frees the rest of the slot; a later correction does not take it back."""
    matched(book, "O1")
    book.act("O1", record(at(5, "09:00"), at(5, "10:00"), day=6))
    book.open("O2", order("O2", start=at(5, "10:00"), end=at(5, "11:00")))
    book.act("O2", evolve(offer(), at=at(7)))
    book.act("O2", evolve(match(), at=at(7)))
    assert refused(book, "O1", record(at(5, "09:00"), at(5, "10:01"), action="correct")) == ("overlap",)
    book.act("O1", record(at(5, "09:10"), at(5, "10:00"), action="correct"))


@pytest.mark.parametrize(("hours_a_day", "codes"), [(24, ()), (5, ()), (4, ("day-limit",))])
def test_the_most_of_a_day(rules: NeighbourhoodRules, hours_a_day: int, codes: tuple[str, ...]) -> None:
    """A pack may lower the most time of a day: two services of three and two hours are five."""
    limited = evolve(rules.volunteering, hours_a_day=hours_a_day)
    book = desk(evolve(rules, volunteering=limited))
    matched(book, "O1")
    book.open("O2", order("O2", start=at(5, "13:00"), end=at(5, "15:00")))
    book.act("O2", offer())
    if codes:
        assert refused(book, "O2", match()) == codes
    else:
        book.act("O2", match())


def test_a_slot_over_midnight_fills_both_days() -> None:
    """Hours belong to the day on which they are served, in Shanghai."""
    filled = by_day([Span(at(5, "22:00"), at(7, "01:30"))])
    assert filled == {
        date(2026, 11, 5): timedelta(hours=2),
        date(2026, 11, 6): timedelta(hours=24),
        date(2026, 11, 7): timedelta(hours=1, minutes=30),
    }


def test_corrections_are_acts_and_wait_for_a_new_confirmation(book: Book) -> None:
    """The volunteer asks, the organiser corrects with a reason; the old record stays in the history."""
    matched(book)
    book.act("O1", record(at(5, "09:00"), at(5, "10:00")))
    book.act("O1", confirm())
    asked = Act(
        action="ask_correction", at=at(22), actor="v-1", role="volunteer", volunteer="v-1", reason="少记"
    )
    assert refused(book, "O1", evolve(asked, reason=" ")) == ("no-reason",)
    assert refused(book, "O1", evolve(asked, actor="v-2")) == ("not-own-record",)
    book.act("O1", asked)
    known = book.standing("O1").record("v-1")
    assert known is not None
    assert known.disputed
    assert known.confirmed_at is not None
    mend = evolve(record(at(5, "09:00"), at(5, "11:00"), action="correct"), at=at(23))
    assert refused(book, "O1", evolve(mend, reason="", evidence="")) == ("no-reason", "no-evidence")
    book.act("O1", mend)
    assert book.standing("O1").state == "full"
    assert hours.certificates([book.standing("O1")]) == ()
    book.act("O1", confirm(day=24))
    (told,) = hours.certificates([book.standing("O1")])
    assert (told.minutes, book.standing("O1").state) == (120, "done")
    kept = [one for one in book.history("O1") if one.action in {"record", "correct"}]
    assert [one.end for one in kept] == [at(5, "10:00"), at(5, "11:00")]
    assert refused(book, "O1", record(at(5, "09:00"), at(5, "10:00"), day=25)) == (
        "wrong-state",
        "already-recorded",
    )


def test_a_confirmed_record_is_confirmed_once(book: Book) -> None:
    """A second confirmation is refused, and so is a second record beside the first."""
    matched(book, places=2)
    book.act("O1", record(at(5, "09:00"), at(5, "10:00")))
    book.act("O1", confirm())
    assert book.standing("O1").state == "open"
    assert refused(book, "O1", confirm(day=22)) == ("already-confirmed",)
    assert refused(book, "O1", record(at(5, "09:00"), at(5, "10:00"), day=22)) == ("already-recorded",)


def test_places_empty_when_the_time_is_over(book: Book) -> None:
    """An order whose places stay empty is closed after its slot, not before; what was served is still confirmed."""
    matched(book, places=3)
    close = Act(action="close", at=at(5, "11:59"), actor="c-1", role="coordinator")
    assert refused(book, "O1", close) == ("not-over",)
    book.act("O1", evolve(close, at=at(5, "12:00")))
    assert book.standing("O1").state == "closed"
    assert "wrong-state" in refused(book, "O1", offer("v-2", 6))
    book.act("O1", record(at(5, "09:00"), at(5, "10:00")))
    book.act("O1", confirm())
    assert book.standing("O1").state == "closed"
    assert hours.certificates([book.standing("O1")])[0].minutes == 60


def test_what_was_served_is_not_cancelled(book: Book) -> None:
    """An order can be cancelled with a reason until something is recorded, and by the resident who asked."""
    matched(book)
    cancel = Act(action="cancel", at=at(6), actor="r-1", role="resident", reason="不再需要")
    assert refused(book, "O1", evolve(cancel, reason="")) == ("no-reason",)
    assert refused(book, "O1", evolve(cancel, actor="r-2")) == ("not-the-requester",)
    book.open("O2", order("O2"))
    book.act("O2", cancel)
    book.act("O1", record(at(5, "09:00"), at(5, "10:00")))
    assert refused(book, "O1", evolve(cancel, at=at(21))) == ("service-begun",)


def test_nobody_helps_himself(book: Book) -> None:
    """Who asked does not offer; a volunteer neither matches nor records himself."""
    book.open("O1", order())
    assert refused(book, "O1", offer("r-1")) == ("own-order",)
    book.act("O1", offer())
    assert refused(book, "O1", match(actor="v-1")) == ("own-record",)


def test_a_charge_is_no_volunteering(book: Book) -> None:
    """A service that is paid for is refused, with the clause that says that volunteering is unpaid."""
    book.open("O1", order(charged=True))
    assert refused(book, "O1", offer()) == ("charged",)


@pytest.mark.parametrize(
    ("known", "codes"),
    [
        (None, ("not-insured",)),
        (Volunteer(person="v-1"), ("not-insured",)),
        (Volunteer(person="v-1", insured=False), ("not-insured",)),
        (Volunteer(person="v-1", insured=True), ()),
        (Volunteer(person="v-1", insured=True, skills=("care",)), ("unable",)),
        (Volunteer(person="v-1", insured=True, skills=("care", "synthetic-repairs")), ()),
    ],
)
def test_risky_service_needs_insurance_and_skill(
    rules: NeighbourhoodRules, known: Volunteer | None, codes: tuple[str, ...]
) -> None:
    """Before risky service the volunteer is insured; unknown is not insured. Skills that are not stated bar nobody."""
    book = desk(rules, volunteers={} if known is None else {"v-1": known})
    book.open("O1", order(kind="synthetic-repairs"))
    book.act("O1", offer())
    if codes:
        assert refused(book, "O1", match()) == codes
    else:
        book.act("O1", match())


@pytest.mark.parametrize(
    ("minor", "consent", "admitted"),
    [
        (True, None, False),
        (True, False, False),
        (True, True, True),
        (False, None, True),
        (None, None, True),
    ],
)
def test_a_minor_needs_a_guardians_consent(
    rules: NeighbourhoodRules, minor: bool | None, consent: bool | None, admitted: bool
) -> None:
    """A minor offers with the consent of a guardian; nobody is asked who is not known to be one."""
    known = Volunteer(person="v-1", minor=minor, guardian_consent=consent)
    book = desk(rules, volunteers={"v-1": known})
    book.open("O1", order())
    if admitted:
        book.act("O1", offer())
    else:
        assert refused(book, "O1", offer()) == ("no-guardian-consent",)


PARTNER = Partner(id="P1", name="示例志愿者协会", kind="volunteers", community="dujiaping", code=CODE)


@pytest.mark.parametrize(
    ("changed", "community", "reach", "works"),
    [
        ({}, "dujiaping", "anywhere", True),
        ({}, "synthetic-2", "anywhere", True),
        ({"code": ""}, "dujiaping", "community_only", True),
        ({"code": ""}, "synthetic-2", "community_only", False),
        ({"since": date(2026, 11, 2)}, "synthetic-2", "anywhere", True),
        ({"since": date(2026, 11, 3)}, "synthetic-2", "community_only", False),
        ({"until": date(2026, 11, 2)}, "synthetic-2", "anywhere", True),
        ({"until": date(2026, 11, 1)}, "synthetic-2", "community_only", False),
    ],
)
def test_row_67_an_unregistered_group_works_in_its_own_community_only(
    rules: NeighbourhoodRules, changed: dict[str, object], community: str, reach: str, works: bool
) -> None:
    """Row 67: registered and in force on the day: anywhere; else in its own community only."""
    partner = evolve(PARTNER, **changed)  # type: ignore[arg-type]
    assert partner.reach(date(2026, 11, 2)) == reach
    assert partner.works_in(community, date(2026, 11, 2)) is works
    book = desk(rules, partners={"P1": partner})
    book.open("O1", order(organiser="P1", community=community))
    if works:
        book.act("O1", offer())
    else:
        assert refused(book, "O1", offer()) == ("partner-outside",)


def test_who_organised_certifies(book: Book) -> None:
    """One certificate for each organiser (谁记录谁证明); what waits for a confirmation is told beside it."""
    for number, organiser in enumerate(("", "P1", "P1")):
        id_ = f"O{number}"
        day = 5 + number
        slot = {"start": at(day, "09:00"), "end": at(day, "12:00")}
        matched(book, id_, organiser=organiser, **slot)
        book.act(id_, record(at(day, "09:00"), at(day, "10:00")))
        if number < 2:
            book.act(id_, confirm())
    told = hours.certificates(one for _, one in book.all())
    assert [(one.organiser, one.services, one.minutes, one.unconfirmed) for one in told] == [
        ("", 1, 60, 0),
        ("P1", 1, 60, 1),
    ]


def test_six_kinds_of_service(rules: NeighbourhoodRules) -> None:
    """Q11: six kinds, three of them named by the article; the others say that they are made up."""
    kinds = rules.volunteering.kinds.values()
    assert len(kinds) == 6
    named = [one for one in kinds if one.citation.source.id == "article"]
    assert {one.title.zh for one in named} == {"代购代买", "矛盾调处", "关心关爱"}
    assert all("示例" in one.title.zh for one in kinds if one not in named)
    assert rules.volunteering.kind_of("关心关爱") == rules.volunteering.kinds["care"]
    assert rules.volunteering.kind_of("nothing") is None


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 90)), max_size=12))
def test_days_add_up(parts: list[tuple[int, int]]) -> None:
    """The days hold what the spans hold, and spans that do not overlap fill at most 24 hours."""
    spans, free = [], at(1, "00:00")
    for gap, length in parts:
        start = free + timedelta(hours=gap)
        free = start + timedelta(hours=length)
        spans.append(Span(start, free))
    filled = by_day(spans)
    assert sum(filled.values(), timedelta()) == sum((one.end - one.start for one in spans), timedelta())
    assert all(timedelta() < one <= timedelta(hours=24) for one in filled.values())


# Anything that can happen ---------------------------------------------------------------------------------------

WHO = [("r-1", "resident"), ("v-1", "volunteer"), ("v-2", "volunteer"), ("c-1", "coordinator")]
TIMES = st.integers(0, 30).map(lambda half: at(5, "08:00") + timedelta(minutes=30 * half))


class Volunteering(RuleBasedStateMachine):
    """Three orders whose slots overlap, two volunteers, every action by everybody at any time."""

    def __init__(self) -> None:
        super().__init__()
        rules = hg.load_pack("huaying").rules(NeighbourhoodRules)
        assert rules is not None
        self.book = desk(rules)
        for number, (start, end) in enumerate((("09:00", "12:00"), ("11:00", "15:00"), ("12:00", "20:00"))):
            id_ = f"O{number}"
            slot = order(id_, start=at(5, start), end=at(5, end), places=1 + number % 2)
            self.book.open(id_, slot)
        self.now, self.number = at(2), 0
        self.known: dict[str, tuple[Standing, int]] = {}

    @rule(
        id_=st.sampled_from(["O0", "O1", "O2"]),
        action=st.sampled_from(sorted(ORDERS.procedure.actions)),
        who=st.sampled_from(WHO),
        volunteer=st.sampled_from(["v-1", "v-2"]),
        hours_on=st.integers(0, 9),
        start=TIMES,
        end=TIMES,
        word=st.sampled_from(["", "x"]),
        satisfied=st.sampled_from([None, True, False]),
    )
    def anything(
        self,
        id_: str,
        action: str,
        who: tuple[str, str],
        volunteer: str,
        hours_on: int,
        start: datetime,
        end: datetime,
        word: str,
        satisfied: bool | None,
    ) -> None:
        self.now += timedelta(hours=hours_on)
        self.number += 1
        own = who[0] if who[1] == "volunteer" else volunteer
        one = Act(
            action=action,
            at=self.now,
            actor=who[0],
            role=who[1],
            volunteer=own,
            start=start,
            end=end,
            satisfied=satisfied,
            reason=word,
            evidence=word,
        )
        before = self.book.standing(id_)
        ruling = self.book.attempt(id_, one, f"c{self.number}")
        after = self.book.standing(id_)
        assert ruling is None or after == before
        again = self.book.attempt(id_, one, f"c{self.number}")
        assert (again is None) == (ruling is None)
        assert again is None or ruling is None or again.to_dict() == ruling.to_dict()
        assert self.book.standing(id_) == after

    @rule(id_=st.sampled_from(["O0", "O1", "O2"]), volunteer=st.sampled_from(["v-1", "v-2"]))
    def the_usual_way(self, id_: str, volunteer: str) -> None:
        """Offer, match, record the slot, confirm: so that deep states are reached often."""
        self.now = max(self.now, at(6))
        slot = self.book.standing(id_).order.slot
        steps = (
            ("offer", volunteer, "volunteer"),
            ("match", "c-1", "coordinator"),
            ("record", "c-1", "coordinator"),
            ("confirm", "r-1", "resident"),
        )
        for action, actor, role in steps:
            self.number += 1
            one = Act(
                action=action,
                at=self.now,
                actor=actor,
                role=role,
                volunteer=volunteer,
                start=slot.start,
                end=slot.end,
            )
            self.book.attempt(id_, one, f"c{self.number}")

    @invariant()
    def promises(self) -> None:
        every = [one for _, one in self.book.all()]
        for one in every:
            id_ = one.order.id
            self.known[id_] = self.book.advanced(id_, self.known.get(id_))
            assert self.known[id_][0] == one
            asked = {act.actor for act in self.book.history(id_) if act.action == "offer"}
            assert set(one.matched) <= set(one.offered) <= asked
            assert len(one.matched) <= one.order.places
            assert {record.volunteer for record in one.records} <= set(one.matched)
            for record in one.records:
                assert one.order.start <= record.start < record.end <= one.order.end
            if one.state == "done":
                assert {record.volunteer for record in one.confirmed} == set(one.matched)
        for volunteer in ("v-1", "v-2"):
            spans = hours.taken(every, volunteer)
            assert not any(a.overlaps(b) for a, b in combinations(spans, 2))
            assert all(held <= timedelta(hours=24) for held in by_day(spans).values())
        certified = sum(one.minutes for one in hours.certificates(every))
        assert certified == sum(record.span.minutes for one in every for record in one.confirmed)
        months = [one for one in hours.tallies(every) if one.kind == hours.ALL]
        live = [one for one in every if one.state != "cancelled"]
        assert sum(one.minutes for one in months) == sum(
            r.span.minutes for one in live for r in one.confirmed
        )


TestVolunteering = Volunteering.TestCase
TestVolunteering.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)


def test_only_what_is_new_is_read(book: Book) -> None:
    """A case that was read before is brought up to date from its version on; an unknown one is a problem."""
    book.open("O1", order())
    first = book.advanced("O1")
    assert first == (book.standing("O1"), 1)
    book.act("O1", offer())
    assert book.advanced("O1", first) == (book.standing("O1"), 2)
    assert book.advanced("O1", book.advanced("O1")) == (book.standing("O1"), 2)
    with pytest.raises(hg.Problems):
        book.advanced("O9")


def test_the_table_is_proved(rules: NeighbourhoodRules) -> None:
    """Over everything that can happen to one order of two places, the machine goes where the table says."""
    slot = order(places=2)

    def commands(_: Standing) -> list[Act]:
        return [
            Act(
                action=action,
                at=at(20),
                actor=actor,
                role=role,
                volunteer=actor if role == "volunteer" else volunteer,
                start=slot.start,
                end=slot.end,
                reason=word,
                evidence=word,
            )
            for action in ORDERS.procedure.actions
            for actor, role in WHO
            for volunteer in (("v-1",) if role == "volunteer" else ("v-1", "v-2"))
            for word in ("", "x")
        ]

    def move(standing: Standing, one: Act, context: Terms) -> Standing:
        step = ORDERS.procedure.step(standing.state, one.action)
        assert step is not None
        return ORDERS.after(standing, one, step.target(standing, one, context))

    def same(standing: Standing) -> object:
        records = tuple((one.volunteer, one.confirmed_at is not None) for one in standing.records)
        return standing.state, frozenset(standing.offered), frozenset(standing.matched), records

    terms = Terms(rules.volunteering)
    world = World(ORDERS.procedure, (Standing(order=slot),), commands, lambda _s, _c: terms, move, same)
    proof = check_machine(world)
    assert proof.holds
    assert proof.states > 20
