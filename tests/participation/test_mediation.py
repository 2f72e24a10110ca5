"""调解: consent, refusal, the open session, signatures, the clock of joint confirmation, and the reports."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import huaying_governance as hg
from folders import Office, faults
from huaying_governance.casework import Casebook
from huaying_governance.errors import Refused
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.participation import ParticipationRules
from huaying_governance.participation.mediating import MEDIATIONS
from huaying_governance.participation.mediation import Act, Dispute, Standing, Terms, confirm_by
from huaying_governance.procedure.check import World, check_machine

Book = Casebook[Dispute, Standing, Act, Terms]


def at(day: str, clock: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=SHANGHAI)


def dispute(kind: str = "neighbour", day: str = "2026-08-20") -> Dispute:
    return Dispute(community="dujiaping", kind=kind, origin="applied", parties=("p-1", "p-2"), at=at(day))


def act(action: str, actor: str, role: str, day: str = "2026-08-21", **more: object) -> Act:
    return Act(action=action, at=at(day), actor=actor, role=role, **more)  # type: ignore[arg-type]


@pytest.fixture
def terms(rules: ParticipationRules, calendar: hg.Calendar) -> Terms:
    return Terms(rules.mediation, calendar)


@pytest.fixture
def book(terms: Terms) -> Book:
    return Casebook(hg.open_store("memory:"), MEDIATIONS, terms)


def refused(book: Book, id_: str, one: Act) -> tuple[str, ...]:
    before = book.standing(id_)
    with pytest.raises(Refused) as caught:
        book.act(id_, one)
    assert book.standing(id_) == before
    assert len(caught.value.ruling.remedies) == len(caught.value.ruling.codes)  # type: ignore[attr-defined]
    return caught.value.ruling.codes


def begun(book: Book, id_: str = "M1", kind: str = "neighbour") -> None:
    book.open(id_, dispute(kind))
    book.act(id_, act("accept", "tjw", "committee"))
    book.act(id_, act("consent", "p-1", "party"))
    assert book.standing(id_).state == "accepted"
    book.act(id_, act("consent", "p-2", "party"))
    book.act(id_, act("start", "m-1", "mediator"))


def settled(book: Book, day: str, id_: str = "M1", kind: str = "neighbour") -> None:
    begun(book, id_, kind)
    book.act(id_, act("settle", "m-1", "mediator", day, form="oral"))


@pytest.mark.parametrize("stage", ["found", "accepted", "consented", "mediating"])
def test_row_68_one_side_refuses_and_it_stops(book: Book, stage: str) -> None:
    """Row 68: one clear refusal ends it from every stage, nothing goes on without it, and other ways are told."""
    book.open("M1", dispute())
    steps = [
        act("accept", "tjw", "committee"),
        act("consent", "p-1", "party"),
        act("consent", "p-2", "party"),
        act("start", "m-1", "mediator"),
    ]
    for one in steps[: {"found": 0, "accepted": 1, "consented": 3, "mediating": 4}[stage]]:
        book.act("M1", one)
    assert book.standing("M1").state == stage
    assert refused(book, "M1", act("refuse", "p-9", "party")) == ("not-a-party",)
    book.act("M1", act("refuse", "p-2", "party"))
    assert book.standing("M1").state == "refused"
    assert "wrong-state" in refused(book, "M1", act("start", "m-1", "mediator"))


def test_silence_is_no_consent(book: Book) -> None:
    """With one side silent it does not begin; the same side twice is not two sides."""
    book.open("M1", dispute())
    book.act("M1", act("accept", "tjw", "committee"))
    for _ in range(2):
        book.act("M1", act("consent", "p-1", "party"))
    assert refused(book, "M1", act("start", "m-1", "mediator")) == ("wrong-state",)


def test_row_68_in_the_open_only_with_every_sides_consent(book: Book) -> None:
    """Row 68: 群英断是非 needs the consent of all to the open itself; consent to mediation is not that."""
    begun(book)
    assert refused(book, "M1", act("hold_open", "m-1", "mediator")) == ("no-open-consent",)
    book.act("M1", act("agree_open", "p-1", "party"))
    assert refused(book, "M1", act("hold_open", "m-1", "mediator")) == ("no-open-consent",)
    book.act("M1", act("agree_open", "p-2", "party"))
    book.act("M1", act("hold_open", "m-1", "mediator"))
    assert book.standing("M1").opened


@pytest.mark.parametrize("kind", ["criminal", "in_court", "identity", "marriage", "adoption"])
def test_what_is_not_mediated_is_declined(book: Book, kind: str) -> None:
    """Matters in court, criminal ones and those of personal status are not accepted, and can be declined."""
    book.open("M1", dispute(kind))
    assert refused(book, "M1", act("accept", "tjw", "committee")) == ("not-mediable",)
    assert refused(book, "M1", act("decline", "tjw", "committee")) == ("no-reason",)
    book.act("M1", act("decline", "tjw", "committee", reason="不属受理范围"))


def test_a_written_agreement_takes_effect_when_signed_and_sealed(book: Book) -> None:
    """Signatures of every side and of a mediator, then the seal; that day is the day of effect."""
    begun(book)
    assert refused(book, "M1", act("settle", "m-1", "mediator")) == ("no-form",)
    assert refused(book, "M1", act("settle", "p-1", "mediator", form="oral")) == ("own-dispute",)
    book.act("M1", act("settle", "m-1", "mediator", form="written"))
    signers = [("p-1", "party"), ("p-2", "party"), ("m-1", "mediator")]
    for actor, role in signers:
        assert refused(book, "M1", act("seal", "tjw", "committee", "2026-08-25")) == ("not-signed",)
        book.act("M1", act("sign", actor, role, "2026-08-25"))
    assert book.standing("M1").effective_on is None
    book.act("M1", act("seal", "tjw", "committee", "2026-09-01"))
    assert book.standing("M1").effective_on == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("effective", "last"),
    [
        ("2026-09-01", "2026-10-08"),  # 1 October is a holiday
        ("2026-01-20", "2026-02-24"),  # Spring Festival
        ("2026-05-04", "2026-06-03"),  # an ordinary Wednesday
        ("2026-08-21", "2026-09-20"),  # a Sunday that is worked
    ],
)
def test_row_68_thirty_days_roll_over_holidays(book: Book, terms: Terms, effective: str, last: str) -> None:
    """Row 68: thirty natural days from the day after; a last day on a holiday rolls to the next working day."""
    book.open("M1", dispute(day="2026-01-02"))
    for one in (
        act("accept", "tjw", "committee", "2026-01-02"),
        act("consent", "p-1", "party", "2026-01-02"),
        act("consent", "p-2", "party", "2026-01-02"),
        act("start", "m-1", "mediator", "2026-01-02"),
        act("settle", "m-1", "mediator", effective, form="oral"),
    ):
        book.act("M1", one)
    end = date.fromisoformat(last)
    assert confirm_by(book.standing("M1"), terms) == end
    after = act("apply_court", "p-1", "party", (end + timedelta(days=1)).isoformat(), joint=True)
    assert refused(book, "M1", after) == ("confirm-late",)
    assert refused(book, "M1", act("apply_court", "p-1", "party", last)) == ("not-joint",)
    book.act("M1", act("apply_court", "p-1", "party", last, joint=True))
    assert book.standing("M1").applied_on == end


def test_the_clock_equals_counting_days(terms: Terms, calendar: hg.Calendar) -> None:
    """For every day of effect the last day is the thirtieth after it, or the first working day after that."""
    day = date(2025, 1, 1)
    while day < date(2026, 11, 20):
        standing = Standing(dispute=dispute(), state="effective", effective_on=day)
        last = day + timedelta(days=30)
        while not calendar.is_workday(last):
            last += timedelta(days=1)
        assert confirm_by(standing, terms) == last
        day += timedelta(days=1)
    beyond = Standing(dispute=dispute(), state="effective", effective_on=date(2026, 12, 20))
    assert confirm_by(beyond, terms) is None


def test_the_court_decides_and_what_it_does_not_confirm_may_be_asked_again(book: Book) -> None:
    """A decision needs an application and a paper; not confirmed, it may be asked for anew in the time left."""
    settled(book, "2026-09-01")
    decision = act("court_decision", "tjw", "committee", "2026-09-10", confirmed=False, evidence="文号")
    assert refused(book, "M1", decision) == ("not-asked",)
    book.act("M1", act("apply_court", "p-1", "party", "2026-09-02", joint=True))
    asked = act("court_decision", "tjw", "committee", "2026-09-10")
    assert refused(book, "M1", asked) == ("no-decision", "no-evidence")
    book.act("M1", decision)
    assert (book.standing("M1").state, book.standing("M1").applied_on) == ("effective", None)
    book.act("M1", act("apply_court", "p-2", "party", "2026-09-12", joint=True))
    yes = act("court_decision", "tjw", "committee", "2026-09-20", confirmed=True, evidence="文号")
    book.act("M1", yes)
    book.act("M1", act("enforce", "p-2", "party", "2026-10-20"))
    assert book.standing("M1").state == "enforced"


def test_performance_breach_and_suit(book: Book) -> None:
    """Performance is urged and shown; a breach has a reason, may still be made good, and only a party sues."""
    settled(book, "2026-09-01")
    book.act("M1", act("supervise", "m-1", "mediator", "2026-09-05"))
    assert refused(book, "M1", act("perform", "m-1", "mediator", "2026-09-06")) == ("no-evidence",)
    book.act("M1", act("breach", "m-1", "mediator", "2026-09-06", reason="未付款"))
    assert refused(book, "M1", act("sue", "m-1", "mediator", "2026-09-07")) == ("wrong-role",)
    book.act("M1", act("perform", "m-1", "mediator", "2026-09-08", evidence="收条"))
    assert book.standing("M1").supervised == 1
    settled(book, "2026-09-01", "M2")
    book.act("M2", act("breach", "m-1", "mediator", "2026-09-06", reason="未付款"))
    book.act("M2", act("sue", "p-1", "party", "2026-09-07"))


def test_a_dispute_that_may_grow_is_reported(book: Book) -> None:
    """A warning stays open until the mediator has reported it; a report without warning is refused."""
    begun(book)
    assert refused(book, "M1", act("report", "m-1", "mediator", evidence="r")) == ("not-warned",)
    book.act("M1", act("warn", "m-1", "mediator", reason="双方争执升级"))
    assert book.standing("M1").warned
    book.act("M1", act("report", "m-1", "mediator", evidence="回执"))
    assert not book.standing("M1").warned


# By machine ------------------------------------------------------------------------------------------------------

PEOPLE = [("p-1", "party"), ("p-2", "party"), ("p-9", "party"), ("m-1", "mediator"), ("p-1", "mediator")]
EVERYBODY = [*PEOPLE, ("tjw", "committee")]


class Mediation(RuleBasedStateMachine):
    """Any acts in any order: what is admitted never breaks a promise, and replay ends where the book stands."""

    def __init__(self) -> None:
        super().__init__()
        rules = hg.load_pack("huaying").rules(ParticipationRules)
        assert rules is not None
        self.terms = Terms(rules.mediation, hg.china_calendar())
        self.store = hg.open_store("memory:")
        self.book: Book = Casebook(self.store, MEDIATIONS, self.terms)
        self.book.open("M1", dispute())
        self.day, self.ended, self.number = date(2026, 8, 21), False, 0

    @rule(
        action=st.sampled_from(sorted(MEDIATIONS.procedure.actions)),
        who=st.sampled_from(EVERYBODY),
        days=st.integers(0, 12),
        form=st.sampled_from(["", "written", "oral"]),
        yes=st.sampled_from([None, True, False]),
        word=st.sampled_from(["", "x"]),
    )
    def anything(
        self, action: str, who: tuple[str, str], days: int, form: str, yes: bool | None, word: str
    ) -> None:
        self.day += timedelta(days=days)
        self.number += 1
        before = self.book.standing("M1")
        one = act(
            action,
            *who,
            self.day.isoformat(),
            form=form,
            joint=yes,
            confirmed=yes,
            reason=word,
            evidence=word,
        )
        ruling = self.book.attempt("M1", one, f"c{self.number}")
        after = self.book.standing("M1")
        assert (ruling is None) or after == before
        assert self.book.attempt("M1", one, f"c{self.number}") == ruling
        assert self.book.standing("M1") == after

    @invariant()
    def promises(self) -> None:
        now = self.book.standing("M1")
        if now.state in {"mediating", "drawn_up"} or now.effective_on is not None:
            assert now.consented == now.parties
        if now.opened:
            assert now.open_to == now.parties
        if now.form == "written" and now.effective_on is not None:
            assert now.signed == now.parties
        if now.applied_on is not None:
            last = confirm_by(now, self.terms)
            assert last is not None
            assert now.applied_on <= last
        again: Book = Casebook(self.store, MEDIATIONS, self.terms)
        assert again.standing("M1") == now


TestMediation = Mediation.TestCase
TestMediation.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)


def test_the_table_is_proved(terms: Terms) -> None:
    """Over everything that can happen to one dispute, the machine goes where the table says and by its roles only."""

    def commands(_: Standing) -> list[Act]:
        return [
            act(action, *who, "2026-09-02", form=form, joint=yes, confirmed=yes, reason=word, evidence=word)
            for action in MEDIATIONS.procedure.actions
            for who in EVERYBODY
            for form in (("written", "oral") if action == "settle" else ("",))
            for yes in ((True, False) if action in {"apply_court", "court_decision"} else (True,))
            for word in ("", "x")
        ]

    def move(standing: Standing, one: Act, context: Terms) -> Standing:
        step = MEDIATIONS.procedure.step(standing.state, one.action)
        assert step is not None
        return MEDIATIONS.after(standing, one, step.target(standing, one, context))

    def same(standing: Standing) -> object:
        return (
            *(standing.state, standing.consented, standing.open_to, standing.opened, standing.form),
            *(standing.signed, standing.mediator_signed, standing.applied_on, standing.warned),
        )

    world = World(
        MEDIATIONS.procedure, (Standing(dispute=dispute()),), commands, lambda _s, _c: terms, move, same
    )
    assert check_machine(world).holds


# Through the case folder -----------------------------------------------------------------------------------------

ROW = {
    "id": "M1",
    "community": "杜家坪社区",
    "kind": "邻里纠纷",
    "origin": "申请",
    "parties": "p-1;p-2",
    "at": "2026-08-20T10:00",
}


def line(action: str, day: str, actor: str, role: str, **more: str) -> dict[str, str]:
    blank = dict.fromkeys(("form", "joint", "confirmed", "reason", "evidence"), "")
    made = {"mediation": "M1", "at": f"{day}T10:00", "action": action, "actor": actor, "role": role}
    return {**made, **blank, **more}


STEPS = [
    line("受理", "2026-08-21", "tjw", "调委会"),
    line("同意调解", "2026-08-21", "p-1", "当事人"),
    line("同意调解", "2026-08-22", "p-2", "当事人"),
    line("开始调解", "2026-08-23", "m-1", "调解员"),
    line("公开调解", "2026-08-24", "m-1", "调解员"),
    line("达成协议", "2026-11-02", "m-1", "调解员", form="口头"),
]


def test_a_case_folder_follows_mediations(office: Office) -> None:
    """The result tells the last day of the joint application; the refused open session stands beside it."""
    other = {**ROW, "id": "M2", "community": "synthetic-2"}
    refusal = {**line("拒绝调解", "2026-08-21", "p-2", "当事人"), "mediation": "M2"}
    out = office(mediations=[ROW, other], mediation_acts=[*STEPS, refusal])
    told = {row["id"]: row for row in out["mediations"]}
    assert told["M1"]["state"] == "effective"
    assert (told["M1"]["due"], told["M1"]["overdue"]) == ("2026-12-02", "no")
    assert told["M1"]["party_count"] == "2"
    assert "p-1" not in str(out)
    assert "仲裁" in told["M2"]["channels"]
    assert not told["M1"]["channels"]
    assert [row["codes"] for row in out["refused_mediation_acts"]] == ["no-open-consent"]
    months = {row["community"]: row for row in out["mediation_months"]}
    assert list(months) == ["all", "dujiaping", "synthetic-2"]
    assert (months["all"]["disputes"], months["all"]["settled_rate"]) == ("2", "50.0")
    assert months["all"]["performed_rate"] == "0.0"
    assert months["synthetic-2"]["performed_rate"] == ""


def test_past_the_last_day_it_is_overdue_and_beyond_the_calendar_unknown(office: Office) -> None:
    """The last day itself is in time; a last day that the calendar does not reach is missing, not guessed."""
    steps = [row for row in STEPS if row["action"] != "公开调解"]
    assert office("2026-12-02", mediations=[ROW], mediation_acts=steps)["mediations"][0]["overdue"] == "no"
    assert office("2026-12-03", mediations=[ROW], mediation_acts=steps)["mediations"][0]["overdue"] == "yes"


def test_beyond_the_calendar_nothing_is_guessed(office: Office) -> None:
    """An agreement of late December 2026 has no last day until the next notice is loaded."""
    steps = [*STEPS[:4], line("达成协议", "2026-12-20", "m-1", "调解员", form="oral")]
    row = office("2026-12-31", lang="en", mediations=[ROW], mediation_acts=steps)["mediations"][0]
    assert (row["due"], row["overdue"]) == ("", "")
    assert "missing:calendar" in row["citation"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"parties": "p-1"}, "one-party"),
        ({"parties": "p-1;p-1"}, "one-party"),
        ({"parties": "张三;李四"}, "not-a-reference"),
        ({"community": "nowhere"}, "unknown-community"),
        ({"kind": "quarrel"}, "unknown-choice"),
        ({"at": "soon"}, "bad-moment"),
        ({"id": ""}, "empty-cell"),
    ],
)
def test_wrong_rows_are_problems(tmp_path: Path, changed: dict[str, str], code: str) -> None:
    """A wrong cell is a problem with place and cure; nothing is written, and no name is repeated."""
    found = faults(tmp_path, mediations=[{**ROW, **changed}])
    assert [one.code for one in found] == [code]
    assert "张三" not in found[0].say("zh")


def test_children_need_parents_and_content_stays(tmp_path: Path, office: Office) -> None:
    """Acts without their table, or on an unknown dispute, are problems; so is a dispute whose content changed."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert faults(tmp_path / "a", mediation_acts=STEPS)[0].code == "no-parent-table"
    stray = {**STEPS[0], "mediation": "M9"}
    assert [one.code for one in faults(tmp_path / "b", mediations=[ROW], mediation_acts=[stray])] == [
        "unknown-case"
    ]
    office(mediations=[ROW])
    with pytest.raises(hg.Problems) as caught:
        office(mediations=[{**ROW, "kind": "物业"}])
    assert [one.code for one in caught.value.problems] == ["content-changed"]
