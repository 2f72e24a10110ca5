"""Subsidy claims: from filing to payment and back; no payment without publicity, approval and another hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from attrs import evolve

import huaying_governance as hg
from huaying_governance.casework import Casebook
from huaying_governance.procedure.check import Claim as Proposition
from huaying_governance.procedure.check import World, check_machine
from huaying_governance.subsidy.claim import Act, Claim, Standing, Terms, after, opened
from huaying_governance.subsidy.claiming import CLAIMS

CALENDAR = hg.china_calendar()
TERMS = Terms(calendar=CALENDAR, opens=date(2026, 3, 1), closes=date(2026, 4, 30))
CLAIM = Claim(
    cycle="2026",
    policy="zone-employment",
    rule="bachelor",
    person="W-1",
    employer="E-1",
    fen=300_000,
    filed_on=date(2026, 3, 5),
)
Book = Casebook[Claim, Standing, Act, Terms]


@pytest.fixture
def book() -> Book:
    made: Book = Casebook(hg.open_store("memory:"), CLAIMS, TERMS)
    made.open("C", CLAIM)
    return made


def act(action: str, day: str, actor: str, role: str, **more: object) -> Act:
    return Act(action=action, on=date.fromisoformat(day), actor=actor, role=role, **more)  # type: ignore[arg-type]


TO_PUBLICITY = (
    act("confirm", "2026-03-06", "E-1", "employer", passed=True),
    act("check", "2026-03-09", "c", "checker", passed=True, evidence="社保核验单"),
    act("review", "2026-03-10", "r", "reviewer", passed=True),
    act("publicise", "2026-04-01", "r", "reviewer"),
)
TO_PAID = (
    *TO_PUBLICITY,
    act("approve", "2026-04-10", "a", "approver", passed=True),
    act("batch", "2026-04-13", "f", "finance", batch="B1"),
    act("pay", "2026-04-14", "f", "finance", evidence="支付凭证"),
)


def refusals(book: Book, one: Act) -> tuple[str, ...]:
    with pytest.raises(hg.Refused) as raised:
        book.act("C", one)
    return raised.value.ruling.codes


def test_a_claim_goes_from_filing_to_payment(book: Book) -> None:
    """The whole way, each step by its own role, pays the award once."""
    states = [book.act("C", one).state for one in TO_PAID]
    assert states == ["confirmed", "checked", "reviewed", "publicised", "approved", "batched", "paid"]
    standing = book.standing("C")
    assert (standing.paid, standing.owed, standing.batch) == (300_000, 0, "B1")


@pytest.mark.parametrize(
    ("day", "codes"),
    [("2026-04-09", ("publicity-running",)), ("2026-04-10", ())],
)
def test_publicity_runs_its_working_days(book: Book, day: str, codes: tuple[str, ...]) -> None:
    """Five working days from 2026-04-01, over Tomb-Sweeping Day: the ninth is the last, the tenth may approve."""
    for one in TO_PUBLICITY:
        book.act("C", one)
    approve = act("approve", day, "a", "approver", passed=True)
    if codes:
        assert refusals(book, approve) == codes
        assert book.act("C", act("object", day, "x", "public", reason="…")).state == "objected"
    else:
        assert refusals(book, act("object", day, "x", "public", reason="…")) == ("publicity-over",)
        assert book.act("C", approve).state == "approved"


def test_publicity_that_ends_beyond_the_calendar_is_not_guessed(book: Book) -> None:
    """Where the last day of publicity is not known, nothing is approved: it is never guessed."""
    for one in TO_PUBLICITY[:3]:
        book.act("C", one)
    book.act("C", act("publicise", "2026-12-28", "r", "reviewer"))
    assert refusals(book, act("approve", "2027-03-01", "a", "approver", passed=True)) == (
        "publicity-running",
    )


def test_all_reasons_come_at_once_in_the_order_of_the_table(book: Book) -> None:
    """A refusal names every reason, wrong state and wrong role first, each with its cure."""
    with pytest.raises(hg.Refused) as raised:
        book.act("C", act("pay", "2026-03-06", "x", "public"))
    ruling = raised.value.ruling
    assert ruling.codes == ("wrong-state", "wrong-role", "no-evidence")
    assert isinstance(ruling, hg.Ruling)
    assert [remedy.code for remedy in ruling.remedies] == list(ruling.codes)


@pytest.mark.parametrize(("filed", "inside"), [("02-28", 0), ("03-01", 1), ("04-30", 1), ("05-01", 0)])
def test_the_window_includes_its_first_and_last_day(filed: str, inside: int) -> None:
    """A claim filed on the day before or after the window is refused when the employer would confirm it."""
    book: Book = Casebook(hg.open_store("memory:"), CLAIMS, TERMS)
    book.open("C", evolve(CLAIM, filed_on=date.fromisoformat(f"2026-{filed}")))
    if inside:
        assert book.act("C", TO_PUBLICITY[0]).state == "confirmed"
    else:
        assert refusals(book, TO_PUBLICITY[0]) == ("outside-window",)


def test_a_claim_may_be_lowered_and_never_raised(book: Book) -> None:
    """A review may find less than the award, never more."""
    for one in TO_PUBLICITY[:2]:
        book.act("C", one)
    review = act("review", "2026-03-10", "r", "reviewer", passed=True, fen=300_001)
    assert refusals(book, review) == ("raised",)
    assert book.act("C", evolve(review, fen=250_000)).fen == 250_000


def test_what_is_clawed_back_ages_until_nothing_is_owed(book: Book) -> None:
    """demanded → repaid, offset, written off: each lowers what is owed; more than is owed is refused."""
    for one in TO_PAID:
        book.act("C", one)
    too_much = act("claw_back", "2026-06-01", "a", "approver", reason="退工", fen=300_001)
    assert refusals(book, too_much) == ("beyond-paid",)
    book.act("C", evolve(too_much, fen=100_000))
    book.act("C", act("repay", "2026-06-10", "f", "finance", evidence="v", fen=40_000))
    assert refusals(book, act("offset", "2026-06-11", "f", "finance", evidence="v", fen=60_001)) == (
        "beyond-owed",
    )
    book.act("C", act("offset", "2026-06-11", "f", "finance", evidence="v", fen=10_000))
    done = book.act(
        "C", act("write_off", "2026-09-01", "a", "approver", reason="亡故", evidence="v", fen=50_000)
    )
    assert (done.state, done.owed, done.paid) == ("recovered", 0, 250_000)


def test_a_repeated_command_gets_the_answer_of_the_first_time(book: Book) -> None:
    """A refusal that was kept is given again, word for word, though the act would be admitted by now."""
    early = TO_PUBLICITY[1]
    first = book.attempt("C", early, "cmd-1")
    assert first is not None
    assert first.codes == ("wrong-state",)
    assert book.attempt("C", TO_PUBLICITY[0], "cmd-2") is None
    assert book.attempt("C", early, "cmd-1") == first
    assert book.standing("C").state == "confirmed"
    assert [one.action for one in book.history("C")] == ["confirm"]


def test_an_id_means_one_claim(book: Book) -> None:
    """The same claim again changes nothing; another under its id, an unknown id or action is a problem."""
    assert book.open("C", CLAIM).state == "applied"
    with pytest.raises(hg.Problems, match="content"):
        book.open("C", evolve(CLAIM, fen=1))
    with pytest.raises(hg.Problems, match="no such case"):
        book.standing("D")
    with pytest.raises(hg.Problems, match="choose one of"):
        book.act("C", act("bless", "2026-03-06", "x", "public"))
    assert [(name, standing.state) for name, standing in book.all()] == [("C", "applied")]
    assert not book.knows("D")


def commands(_standing: Standing) -> Iterator[Act]:
    """Everything that matters: each action by each hand that may hold its role, early and late, passed or not."""
    hands = {
        "applicant": ("W-1",),
        "employer": ("E-1",),
        "checker": ("c",),
        "reviewer": ("c", "r"),
        "approver": ("r", "a"),
        "finance": ("a", "f"),
        "public": ("x",),
    }
    for row in CLAIMS.procedure.transitions:
        days = (
            (date(2026, 4, 1), date(2026, 4, 10))
            if row.action in {"approve", "object"}
            else (date(2026, 4, 1),)
        )
        answers = (True, False) if "no-finding" in row.guards else (None,)
        fen = 300_000 if row.action in {"claw_back", "repay", "offset", "write_off"} else None
        for role, day, passed in product(row.roles, days, answers):
            for actor in hands[role]:
                yield Act(
                    action=row.action,
                    on=day,
                    actor=actor,
                    role=role,
                    reason="r",
                    evidence="e",
                    passed=passed,
                    fen=fen,
                    batch="B",
                )


def same(standing: Standing) -> object:
    hands = tuple(standing.did(name) for name in ("check", "review", "approve", "object"))
    return standing.state, standing.fen, standing.paid, standing.owed, standing.publicised_on, hands


def move(standing: Standing, one: Act, terms: Terms) -> Standing:
    step = CLAIMS.procedure.step(standing.state, one.action)
    assert step is not None
    return after(standing, one, step.target(standing, one, terms))


def seen(memory: object, before: Standing, one: Act, then: Standing) -> object:
    assert isinstance(memory, frozenset)
    steps = {"confirm", "check", "review", "publicise", "approve", "batch", "pay"}
    return memory | ({one.action} & steps) if one.passed is not False else memory


def test_no_way_leads_to_payment_past_publicity_and_approval() -> None:
    """Proved by exhaustion: whoever is paid was confirmed, checked, reviewed, publicised and approved; the reviewer
    did not approve and the approver did not pay; nobody is ever paid more than the award."""
    world = World(CLAIMS.procedure, (opened(CLAIM),), commands, lambda _s, _c: TERMS, move, same)
    proof = check_machine(
        world,
        (
            Proposition(
                "paid only after every step",
                frozenset(),
                seen,  # type: ignore[arg-type]
                lambda memory, standing: (
                    standing.paid == 0
                    or {"confirm", "check", "review", "publicise", "approve", "batch", "pay"} <= memory
                ),  # type: ignore[operator]
            ),
            Proposition(
                "two hands",
                (),
                lambda _m, _b, _c, _a: (),
                lambda _m, s: not s.did("approve") or s.did("approve") != s.did("review"),
            ),
            Proposition(
                "never more than the award",
                (),
                lambda _m, _b, _c, _a: (),
                lambda _m, s: 0 <= s.paid <= s.claim.fen,
            ),
        ),
    )
    assert proof.holds, proof
