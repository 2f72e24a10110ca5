"""环境整治: found, ordered, put right, rechecked, handed over; overdue is escalated; what is not held here."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve, fields
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import huaying_governance as hg
from huaying_governance.casework import Casebook
from huaying_governance.errors import OutOfScope, Refused
from huaying_governance.kernel.dates import SHANGHAI, day_of
from huaying_governance.kernel.privacy import forbidden_header
from huaying_governance.neighbourhood.incident import (
    Act,
    Incident,
    Standing,
    Terms,
    deadline_passed,
    due_of,
    overdue,
)
from huaying_governance.neighbourhood.rectifying import INCIDENTS
from huaying_governance.neighbourhood.scope import (
    SUBJECTS,
    HandoverReceipt,
    refuse_out_of_scope,
    subject_of,
)
from huaying_governance.packs.rules.neighbourhood import NeighbourhoodRules
from huaying_governance.procedure.check import World, check_machine
from huaying_governance.tables.specs import neighbourhood as specs

Book = Casebook[Incident, Standing, Act, Terms]
FOUND = datetime(2026, 10, 1, 9, tzinfo=SHANGHAI)


def incident(kind: str = "greenery", **more: object) -> Incident:
    told: dict[str, object] = {"community": "dujiaping", "kind": kind, "at": FOUND, "area": Decimal("12.00")}
    return Incident(**{**told, **more})  # type: ignore[arg-type]


def act(action: str, role: str, day: date, actor: str = "a-1", **more: object) -> Act:
    at = datetime(day.year, day.month, day.day, 10, tzinfo=SHANGHAI)
    return Act(action=action, at=at, actor=actor, role=role, **more)  # type: ignore[arg-type]


def on(day: int, month: int = 10) -> date:
    return date(2026, month, day)


@pytest.fixture
def terms(rules: NeighbourhoodRules) -> Terms:
    return Terms(rules.incidents)


@pytest.fixture
def book(terms: Terms) -> Book:
    return Casebook(hg.open_store("memory:"), INCIDENTS, terms)


def refused(book: Book, one: Act, id_: str = "E1") -> tuple[str, ...]:
    before = book.standing(id_)
    with pytest.raises(Refused) as caught:
        book.act(id_, one)
    assert book.standing(id_) == before
    assert len(caught.value.ruling.remedies) == len(caught.value.ruling.codes)  # type: ignore[attr-defined]
    return caught.value.ruling.codes


def ordered(book: Book, kind: str = "greenery", due: date | None = None, id_: str = "E1") -> None:
    book.open(id_, incident(kind, photo="before"))
    book.act(id_, act("verify", "community", on(2)))
    book.act(id_, act("order", "organ", on(3), due_on=due))


def rectified(book: Book, kind: str = "greenery", day: date = date(2026, 10, 5), id_: str = "E1") -> None:
    ordered(book, kind, id_=id_)
    book.act(id_, act("rectify", "liable", day, "liable-1", photo="after-1"))


@pytest.mark.parametrize("kind", ["dumping", "greenery", "litter"])
def test_row_63_a_failed_recheck_opens_it_again(book: Book, kind: str) -> None:
    """Row 63: found, ordered, put right, recheck failed: open again; put right anew, passed, handed over by receipt."""
    rectified(book, kind)
    check = act("recheck", "inspector", on(6), "i-1", passed=False, photo="check-1")
    book.act("E1", check)
    now = book.standing("E1")
    assert (now.state, now.rechecks, now.failed, now.rectified_on) == ("reopened", 1, 1, None)
    assert refused(book, act("hand_over", "organ", on(6), receipt="Y-1", organ="chengguan")) == (
        "wrong-state",
    )
    book.act("E1", act("rectify", "liable", on(6), "liable-1", photo="after-2"))
    book.act("E1", act("recheck", "inspector", on(7), "i-1", passed=True, photo="check-2"))
    assert book.standing("E1").state == "rechecked"
    assert refused(book, act("hand_over", "organ", on(8), receipt="Y-1")) == ("no-receipt",)
    assert refused(book, act("hand_over", "organ", on(8), organ="chengguan")) == ("no-receipt",)
    book.act("E1", act("hand_over", "community", on(8), receipt="Y-1", organ="chengguan"))
    now = book.standing("E1")
    assert (now.state, now.receipt, now.organ) == ("handed_over", "Y-1", "chengguan")
    assert (now.before, now.afterwards) == ("before", "check-2")


def test_who_put_it_right_does_not_recheck_it(book: Book) -> None:
    """Another looks, says what he found, and shows a picture of his own."""
    rectified(book)
    own = act("recheck", "inspector", on(6), "liable-1", passed=True, photo="p")
    assert refused(book, own) == ("own-work",)
    assert refused(book, evolve(own, actor="i-1", passed=None)) == ("no-finding",)
    assert refused(book, evolve(own, actor="i-1", photo="")) == ("no-photo",)
    assert refused(book, evolve(own, actor="i-1", photo="after-1")) == ("photo-reused",)
    assert refused(book, evolve(own, actor="i-1", role="liable")) == ("wrong-role",)


def test_an_old_picture_shows_nothing(book: Book) -> None:
    """The picture of the find, or none, does not show that it is put right."""
    ordered(book)
    assert refused(book, act("rectify", "liable", on(4), photo="before")) == ("photo-reused",)
    assert refused(book, act("rectify", "liable", on(4))) == ("no-photo",)


def test_only_the_organ_orders(book: Book) -> None:
    """A community finds, verifies and watches; it does not order (城市绿化条例 27: 由城市人民政府主管部门责令)."""
    book.open("E1", incident())
    assert refused(book, act("order", "organ", on(2))) == ("wrong-state",)
    book.act("E1", act("verify", "community", on(2)))
    assert refused(book, act("order", "community", on(3))) == ("wrong-role",)
    assert refused(book, act("order", "organ", on(3), due_on=on(2))) == ("bad-due",)
    book.act("E1", act("order", "organ", on(3), due_on=on(3)))


@pytest.mark.parametrize(
    ("day", "passed"), [(on(17), False), (on(18), False), (on(19), True), (on(1, 12), True)]
)
def test_row_64_twelve_square_metres_and_the_day_has_passed(
    book: Book, terms: Terms, day: date, passed: bool
) -> None:
    """Row 64: 12 m² to be restored within the days of the pack; the last day is in time, the day after escalates."""
    ordered(book)
    now = book.standing("E1")
    assert now.incident.area == 12
    assert due_of(now, terms) == on(18)
    assert deadline_passed(now, terms, day) is passed
    escalate = act("escalate", "community", day)
    if passed:
        book.act("E1", escalate)
        assert book.standing("E1").state == "escalated"
        assert deadline_passed(book.standing("E1"), terms, day)
    else:
        assert refused(book, escalate) == ("deadline-open",)


@pytest.mark.parametrize("due", [on(4), on(30), on(20, 12)])
def test_row_64_a_day_stated_in_the_order_holds(book: Book, terms: Terms, due: date) -> None:
    """Row 64: the order's own day goes before the days of the pack."""
    ordered(book, due=due)
    assert due_of(book.standing("E1"), terms) == due
    assert refused(book, act("escalate", "organ", due)) == ("deadline-open",)
    book.act("E1", act("escalate", "organ", due + timedelta(days=1)))


@pytest.mark.parametrize(("kind", "days"), [("dumping", 7), ("greenery", 15), ("litter", 3)])
def test_the_days_of_each_kind(book: Book, terms: Terms, kind: str, days: int) -> None:
    """Each kind has the days of the pack; a kind without rules has no day unless the order states one."""
    ordered(book, kind)
    assert due_of(book.standing("E1"), terms) == on(3) + timedelta(days=days)
    ordered(book, "other", id_="E2")
    assert due_of(book.standing("E2"), terms) is None
    assert overdue(book.standing("E2"), terms, on(1, 12)) is None
    assert refused(book, act("escalate", "organ", on(1, 12)), "E2") == ("deadline-open",)


def test_extended_once_to_a_later_day_and_in_time(book: Book, terms: Terms) -> None:
    """An extension states a reason and a later day, comes before the old one has passed, and only so often."""
    ordered(book)
    longer = act("extend", "organ", on(18), reason="雨季", due_on=on(25))
    assert refused(book, evolve(longer, reason="")) == ("no-reason",)
    assert refused(book, evolve(longer, due_on=on(18))) == ("due-not-later",)
    assert refused(book, evolve(longer, due_on=None)) == ("due-not-later",)
    assert refused(book, act("extend", "organ", on(19), reason="x", due_on=on(25))) == ("deadline-passed",)
    book.act("E1", longer)
    assert due_of(book.standing("E1"), terms) == on(25)
    assert refused(book, evolve(longer, due_on=on(30))) == ("extension-limit",)


def test_overdue_stays_overdue(book: Book, terms: Terms) -> None:
    """What was put right late stays late; in time stays in time; what failed its recheck was not put right."""
    rectified(book, day=on(18))
    late = on(1, 12)
    assert overdue(book.standing("E1"), terms, late) is False
    book.act("E1", act("recheck", "inspector", on(20), "i-1", passed=False, photo="c"))
    assert overdue(book.standing("E1"), terms, on(18)) is False
    assert overdue(book.standing("E1"), terms, on(20)) is True
    rectified(book, day=on(19), id_="E2")
    book.act("E2", act("recheck", "inspector", on(20), "i-1", passed=True, photo="c"))
    assert overdue(book.standing("E2"), terms, late) is True
    ordered(book, id_="E3")
    book.act("E3", act("escalate", "organ", on(19)))
    book.act("E3", act("hand_over", "organ", on(19), receipt="Y-3", organ="o"))
    assert overdue(book.standing("E3"), terms, late) is True
    book.open("E4", incident())
    assert overdue(book.standing("E4"), terms, late) is None


def test_what_does_not_hold_is_dismissed(book: Book) -> None:
    """Nothing to follow up: said with a reason; what is right and needs no penalty is closed with one."""
    book.open("E1", incident())
    assert refused(book, act("dismiss", "community", on(2))) == ("no-reason",)
    book.act("E1", act("dismiss", "community", on(2), reason="自家院内"))
    rectified(book, id_="E2")
    book.act("E2", act("recheck", "inspector", on(6), "i-1", passed=True, photo="c"))
    book.act("E2", act("close", "organ", on(7), reason="已恢复，免予处罚"))
    assert book.standing("E2").state == "closed"


# What is not held here ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *SUBJECTS,
        "扫黑除恶",
        "扫黑除恶专项斗争“六清”行动",
        "六清",
        "涉黑线索",
        "organised crime",
        "Organized-Crime",
        "盗窃案件",
        "治安案件",
        "刑事",
        "theft",
        "嫌疑人",
        "suspect",
        "人脸识别",
        "车牌",
        "监控录像",
        "licence plates",
        "扫　黑",
    ],
)
def test_row_60_out_of_scope_says_why(text: str) -> None:
    """Row 60, Q24: any attempt at 扫黑除恶“六清” raises `OutOfScope`, which says why and where it belongs."""
    with pytest.raises(OutOfScope) as caught:
        refuse_out_of_scope(text)
    assert "不在本库范围：" in caught.value.subject.zh
    assert "out of scope: " in caught.value.subject.en
    assert "回执" in caught.value.where.zh
    assert isinstance(caught.value, hg.HuayingError)
    with pytest.raises(OutOfScope):
        incident(text)


@pytest.mark.parametrize(
    "text", ["dumping", "greenery", "litter", "other", "偷倒建筑垃圾", "毁绿种菜", "", "消防"]
)
def test_what_is_in_scope_passes(text: str) -> None:
    """What the library follows up is not refused."""
    refuse_out_of_scope(text)
    assert subject_of(text) is None


@pytest.mark.parametrize(
    "beyond", ["suspect", "suspect_name", "嫌疑人", "title", "case", "summary", "note", "person"]
)
def test_row_59_a_receipt_is_a_number_a_day_and_an_organ(beyond: str) -> None:
    """Row 59: the receipt of a handover holds three things; the name of a suspect, or anything more, is refused."""
    told = {"receipt": "Y-1", "on": on(3), "organ": "police"}
    assert HandoverReceipt.of(told) == HandoverReceipt(receipt="Y-1", on=on(3), organ="police")
    with pytest.raises(OutOfScope) as caught:
        HandoverReceipt.of({**told, beyond: "x"})
    assert "回执" in caught.value.subject.zh
    assert {one.name for one in fields(HandoverReceipt)} == {"receipt", "on", "organ"}


@pytest.mark.parametrize(
    "header", ["suspect", "suspects", "suspect name", "嫌疑人", "嫌疑人姓名", "涉案人员", "嫌犯"]
)
def test_row_59_no_table_holds_a_suspect(header: str) -> None:
    """Row 59: in every table of a case a column for a suspect is a red line; in receipts every further column is."""
    assert forbidden_header(header) is not None
    assert specs.RECEIPTS.refuses(header) is not None


# Anything that can happen ---------------------------------------------------------------------------------------

WHO = [("c-1", "community"), ("l-1", "liable"), ("i-1", "inspector"), ("o-1", "organ"), ("l-1", "inspector")]


class Rectifying(RuleBasedStateMachine):
    """One incident, every action by everybody, days going on."""

    def __init__(self) -> None:
        super().__init__()
        rules = hg.load_pack("huaying").rules(NeighbourhoodRules)
        assert rules is not None
        self.terms = Terms(rules.incidents)
        self.store = hg.open_store("memory:")
        self.book: Book = Casebook(self.store, INCIDENTS, self.terms)
        self.book.open("E1", incident("litter", photo="p0"))
        self.day, self.number, self.ends = on(1), 0, ""

    @rule(
        action=st.sampled_from(sorted(INCIDENTS.procedure.actions)),
        who=st.sampled_from(WHO),
        days=st.integers(0, 3),
        due=st.sampled_from([None, 0, 2, -1]),
        passed=st.sampled_from([None, True, False]),
        photo=st.sampled_from(["", "p0", "new", "new"]),
        word=st.sampled_from(["", "x"]),
    )
    def anything(
        self,
        action: str,
        who: tuple[str, str],
        days: int,
        due: int | None,
        passed: bool | None,
        photo: str,
        word: str,
    ) -> None:
        self.day += timedelta(days=days)
        self.number += 1
        one = act(
            action,
            who[1],
            self.day,
            who[0],
            due_on=None if due is None else self.day + timedelta(days=due),
            passed=passed,
            photo=f"new-{self.number}" if photo == "new" else photo,
            receipt=word,
            organ=word,
            reason=word,
        )
        before = self.book.standing("E1")
        ruling = self.book.attempt("E1", one, f"c{self.number}")
        after = self.book.standing("E1")
        assert ruling is None or after == before
        again = self.book.attempt("E1", one, f"c{self.number}")
        assert (again is None) == (ruling is None)
        assert self.book.standing("E1") == after
        if ruling is None and action == "escalate":
            due_on = due_of(before, self.terms)
            assert due_on is not None
            assert self.day > due_on
        if ruling is None and action == "recheck":
            assert who[0] not in before.works
            assert after.state == ("rechecked" if passed else "reopened")

    @rule(passed=st.booleans())
    def the_usual_way(self, passed: bool) -> None:
        """Verify, order, put right, recheck: so that deep states are reached often."""
        for action, role, actor in (
            ("verify", "community", "c-1"),
            ("order", "organ", "o-1"),
            ("rectify", "liable", "l-1"),
            ("recheck", "inspector", "i-1"),
        ):
            self.number += 1
            one = act(action, role, self.day, actor, passed=passed, photo=f"new-{self.number}")
            self.book.attempt("E1", one, f"c{self.number}")

    @invariant()
    def promises(self) -> None:
        now = self.book.standing("E1")
        history = self.book.history("E1")
        assert now.rechecks == sum(one.action == "recheck" for one in history)
        assert now.failed == sum(one.action == "recheck" and one.passed is False for one in history)
        assert now.failed <= now.rechecks
        pictures = [one.photo for one in history if one.action in {"rectify", "recheck"}]
        assert len(set(pictures) | {"p0"}) == len(pictures) + 1
        if now.state == "handed_over":
            assert now.receipt
            assert now.organ
        if now.state in {"rechecked", "closed"}:
            assert now.passed_on is not None
        if now.ordered_on is not None:
            assert now.ordered_on == max(day_of(one.at) for one in history if one.action == "order")
        assert not deadline_passed(now, self.terms, self.day) or overdue(now, self.terms, self.day)
        again: Book = Casebook(self.store, INCIDENTS, self.terms)
        assert again.standing("E1") == now


TestRectifying = Rectifying.TestCase
TestRectifying.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


def test_the_table_is_proved(terms: Terms) -> None:
    """Over everything that can happen to an incident, the machine goes where the table says and by its roles only."""

    def commands(standing: Standing) -> list[Act]:
        fresh = f"new-{len(standing.photos)}"
        return [
            act(action, role, day, actor, passed=passed, photo=photo, receipt=word, organ=word, reason=word)
            for action in INCIDENTS.procedure.actions
            for actor, role in WHO
            for day in (on(3), on(30))
            for passed in ((True, False) if action == "recheck" else (True,))
            for photo in ("", fresh)
            for word in ("", "x")
        ]

    def move(standing: Standing, one: Act, context: Terms) -> Standing:
        step = INCIDENTS.procedure.step(standing.state, one.action)
        assert step is not None
        return INCIDENTS.after(standing, one, step.target(standing, one, context))

    def same(standing: Standing) -> object:
        on_days = (standing.ordered_on, standing.last_at.date())
        return standing.state, on_days, min(len(standing.works), 1), standing.extensions

    start = Standing(incident=incident())
    world = World(INCIDENTS.procedure, (start,), commands, lambda _s, _c: terms, move, same)
    assert check_machine(world).holds
