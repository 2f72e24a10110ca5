"""乐业 procedures, proved by going through everything that can happen in a small world of each.

The worlds have few days, two persons and evidence or none. In each, every guard is seen to hold and to fail wherever it
is asked, save where a comment says why it cannot; and what the procedure is for is so in every state.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from employing import CALENDAR, HOME, RULES, always, at, machine
from huaying_governance.employment import (
    fair_steps,
    fairs,
    gig_steps,
    gigs,
    placement,
    placement_steps,
    public_post_steps,
    public_posts,
    training,
    training_steps,
)
from huaying_governance.procedure.check import check_machine

START = date(2026, 3, 2)


def commands(
    work: Any, kind: Any, days: tuple[int, ...], actors: tuple[str, ...], **more: tuple[Any, ...]
) -> list[Any]:
    """Every action in every role, on each of the days, with evidence and reason or none, with all of the rest."""
    roles = (*work.procedure.roles, "nobody")
    return [
        kind(
            action=action,
            at=at(START + timedelta(days=day)),
            actor=actor,
            role=role,
            reason=text,
            evidence=text,
            **dict(zip(more, rest, strict=True)),
        )
        for action, role, day, actor, text in product(work.procedure.actions, roles, days, actors, ("", "x"))
        for rest in product(*more.values())
    ]


def unseen(work: Any, *proofs: Any) -> set[tuple[str, str]]:
    """The guards of actions that none of the worlds saw to hold, or none to fail, where the action is open."""
    cells = set.intersection(*(set(proof.unseen(work.procedure)) for proof in proofs))
    return {(action, code) for _, action, code, _ in cells}


def test_the_ladder_is_climbed_in_order() -> None:
    """Row 76: in every state a signed placement has its agreement, and a job that counts as kept was kept, insured."""
    work = placement_steps.PLACEMENTS
    start = work.start(
        placement.Placement(person="p-1", community=HOME, fair="", agency="", employer="e-1", at=at(START))
    )
    world = machine(work, start, commands(work, placement.Act, (-1, 0, 5, 100), ("a-1",)), RULES.fairs)

    def kept(state: Any) -> bool:
        if state.state != "settled":
            return True
        months = state.last_at - at(state.started_on) >= timedelta(days=90)
        return state.insured_on is not None and months

    proof = check_machine(
        world,
        [
            always("a signed one has an agreement", lambda s: bool(s.agreement) or not s.reached("signed")),
            always("who works has signed", lambda s: s.started_on is None or bool(s.agreement)),
            always("kept means kept", kept),
        ],
    )
    assert proof.holds, proof.failures
    assert not unseen(work, proof)


def test_pay_is_owed_until_it_is_paid() -> None:
    """Row 83: paid means paid in full, never more; referred means it was in arrears; nobody takes an own order."""
    work = gig_steps.GIGS
    start = work.start(
        gigs.Order(
            community=HOME, employer="e-1", task="t", work_on=START, pay=Decimal(2), pay_by=None, at=at(START)
        )
    )
    amounts = (None, Decimal(0), Decimal(1), Decimal(3))
    told = commands(work, gigs.Act, (-1, 0, 7, 8), ("e-1", "p-1"), amount=amounts)
    proof = check_machine(
        machine(work, start, told, RULES.gigs),
        [
            always("paid is paid", lambda s: (s.state == "paid") == (s.done_on is not None and s.owed == 0)),
            always("never too much", lambda s: s.paid <= s.order.pay),
            always(
                "referred late",
                lambda s: s.referred_on is None or (s.referred_on - s.due_on).days > RULES.gigs.arrears_days,
            ),
            always("not the own order", lambda s: s.worker != s.order.employer),
        ],
    )
    assert proof.holds, proof.failures
    # Work is begun whenever the order was taken on its day or later, and the earliest day here is that day.
    assert unseen(work, proof) <= {("complete", "not-begun")}


def test_a_great_fair_is_never_held_without_its_permit() -> None:
    """Row 75: whatever is tried, a fair for a thousand is announced and held only with a permit asked for in time."""
    work = fair_steps.FAIRS
    day = START + timedelta(days=30)
    told = commands(work, fairs.Act, (-1, 0, 10, 11, 30, 31), ("o-1",), checked=(None, True, False))
    proofs = []
    for expected, free in product((999, 1000), (True, None)):
        fair = fairs.Fair(
            community=HOME, organiser="o-1", held_on=day, expected=expected, free=free, at=at(START)
        )
        proof = check_machine(
            machine(work, work.start(fair), told, RULES.fairs),
            [
                always(
                    "permit",
                    lambda s: (
                        s.state in {"planned", "risk_checked", "cancelled"}
                        or bool(s.permit)
                        or s.held.expected < 1000
                    ),
                ),
                always("in time", lambda s: s.asked_on is None or (s.held.held_on - s.asked_on).days >= 20),
                always(
                    "free",
                    lambda s: s.state in {"planned", "risk_checked", "cancelled"} or s.held.free is True,
                ),
                always("its day", lambda s: s.held_on in {None, s.held.held_on}),
            ],
        )
        assert proof.holds, proof.failures
        proofs.append(proof)
    # What is announced has its permit, so holding it is never refused for want of one.
    assert unseen(work, *proofs) <= {("hold", "no-permit")}


def test_a_class_is_paid_only_after_an_audit_by_somebody_else() -> None:
    """In every state that is paid a claim was made and audited by another; the follow-ups come in their months."""
    work = training_steps.CLASSES
    held = training.TrainingClass(
        community=HOME,
        specialty="s",
        level="special",
        institution="i-1",
        places=2,
        theory=2,
        practice=3,
        at=at(START),
    )
    told = [
        one
        for one in commands(
            work,
            training.Act,
            (-1, 0, 92, 184),
            ("a-1", "a-2"),
            enrolled=(None, 2, 3),
            admitted=(None, True, False),
        )
        if (one.enrolled is None or one.action == "open") and (one.admitted is None or one.action == "audit")
    ]
    proof = check_machine(
        machine(work, work.start(held), told, RULES.training),
        [
            always("claimed", lambda s: s.state not in {"audited", "paid"} or bool(s.claim)),
            always("both follow-ups", lambda s: (s.state == "followed_up") == (len(s.followed) == 2)),
            always("not early", lambda s: not s.followed or (s.followed[0] - s.ended_on).days >= 92),
            always("places", lambda s: (s.enrolled or 0) <= s.held.places),
        ],
    )
    assert proof.holds, proof.failures
    # The plan of this world is within the bounds; those beyond them have tests of their own.
    assert unseen(work, proof) <= {
        ("plan", code) for code in ("too-many-places", "hours-short", "practice-short")
    }


def test_nobody_is_placed_beyond_the_term() -> None:
    """Row 82: whatever is tried, nobody is on a post longer than the rules allow, nor before the publicity is over."""
    work = public_post_steps.PUBLIC_PLACEMENTS
    rules = RULES.public_posts
    ends = tuple(START + timedelta(days=days) for days in (-1, 900, 2000, 4000))
    told = [
        one
        for one in commands(
            work,
            public_posts.Act,
            (-1, 0, 8, 1000),
            ("o-1",),
            until=(None, *ends),
            suitable=(None, True, False),
        )
        if (one.until is None or one.action in {"start", "extend"})
        and (one.suitable is None or one.action == "check")
    ]
    proofs = []
    for year, placed, serving in ((1974, 0, 0), (1990, 0, 0), (1990, 0, 1), (1990, 2, 0)):
        person = public_posts.Application(
            person="p-1",
            public_post="post-1",
            job_kind="grid_worker",
            community=HOME,
            hardship="landless",
            evidence="h",
            born=date(year, 1, 1),
            group="women_55",
            registered=True,
            employed_elsewhere=False,
            earlier=0,
            at=at(START),
        )
        terms = public_posts.Terms(rules, CALENDAR, lambda _, n=placed: n, lambda _, n=serving: n)

        def within(state: Any) -> bool:
            if state.started_on is None:
                return True
            longest = max(
                public_posts.latest(state, rules, state.started_on, extend=each) for each in (False, True)
            )
            return state.until is not None and state.started_on <= state.until <= longest

        proof = check_machine(
            machine(work, work.start(person), told, terms),
            [
                always("within the term", within),
                always("publicised", lambda s: s.started_on is None or s.started_on > s.publicised_on),
                always("no third", lambda s, n=placed: n < 2 or s.started_on is None),
                always("not on two posts", lambda s, n=serving: n == 0 or s.started_on is None),
            ],
        )
        assert proof.holds, proof.failures
        proofs.append(proof)
    # Whoever this world holds states every fact and qualifies; those who do not have tests of their own.
    assert {code for _, code in unseen(work, *proofs)} <= {
        *(
            "missing-facts",
            "not-registered",
            "employed-elsewhere",
            "not-of-the-category",
            "of-retirement-age",
        ),
        *("too-many-placements", "already-on-post"),
    }
