"""岗位与推荐程序: proved by going through everything that can happen in a small world."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import product

from attrs import evolve

import huaying_governance as hg
from huaying_governance.employment import listing, referral
from huaying_governance.employment.matching import Blocker, Pairing
from huaying_governance.employment.vacancy import Act, Listing, Terms, Vacancy, unlawful
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.vacancies import VacancyRules
from huaying_governance.procedure.check import Claim, World, check_machine
from huaying_governance.text import same

RULES = hg.load_pack("huaying").rules(VacancyRules)
assert RULES is not None
TERMS = Terms(RULES.posting, hg.china_calendar())
AT = datetime(2026, 10, 9, 9, tzinfo=SHANGHAI)
POST = Vacancy(
    employer="e",
    poster="p",
    kind="k",
    title="装配工",
    on=date(2026, 10, 1),
    credit_code="c",
    duties="装配",
    conditions="年满18周岁",
    division="511681",
    openings=2,
    wage_low=Decimal(3000),
    until=date(2026, 12, 1),
)
CHANNELS = ("huaying-ejob", "offline")


def posted(post: Vacancy) -> Listing:
    return listing.opened(post)


def acts(_: Listing) -> list[Act]:
    """Return every act in a few variants: who, when, what is missing."""
    base = Act(action="", at=AT, actor="v", role="")
    made: list[Act] = []
    for role, actor in (("verifier", "v"), ("verifier", "p"), ("clerk", "v")):
        for abnormal, evidence in ((False, "x"), (True, ""), (None, "x")):
            made.append(
                evolve(base, action="verify", role=role, actor=actor, abnormal=abnormal, evidence=evidence)
            )
        made += [evolve(base, action="reject", role=role, reason=reason) for reason in ("", "r")]
    for role in ("clerk", "channel"):
        for channels in ((), CHANNELS[:1], CHANNELS, ("none",)):
            made += [
                evolve(base, action=action, role=role, channels=channels) for action in ("publish", "confirm")
            ]
    late, early = AT.replace(month=12, day=2), AT.replace(month=9)
    made += [
        evolve(base, action="publish", role="clerk", channels=CHANNELS, at=early),
        evolve(base, action="publish", role="clerk", channels=CHANNELS, at=late),
    ]
    edits: list[dict[str, object]] = [
        {},
        {"conditions": "限男性"},
        {"conditions": "年满18周岁"},
        {"wage_high": Decimal(1)},
        {"openings": 1},
        {"until": date(2027, 12, 1)},
        {"until": date(2026, 10, 8)},
    ]
    made += [
        evolve(base, action="edit", role=role, **cells) for role in ("poster", "channel") for cells in edits
    ]  # type: ignore[arg-type]
    made += [evolve(base, action="fill", role="clerk", hired=hired) for hired in (None, 1, 2)]
    made += [evolve(base, action="take_down", role="poster", reason=reason) for reason in ("", "r")]
    return made


def alike(one: Listing) -> Hashable:
    """Return what matters of a listing: not how often it was edited, but whether the channels follow."""
    copies = tuple(
        (copy.channel, copy.wanted == one.revision, copy.wanted == 0, copy.settled) for copy in one.copies
    )
    post = one.vacancy
    cells = post.credit_code, post.duties, post.conditions, post.openings, post.wage_high, post.until
    return one.state, one.filled, cells, copies, one.last_at


def moved(one: Listing, act: Act, terms: Terms) -> Listing:
    step = listing.VACANCIES.procedure.step(one.state, act.action)
    assert step is not None
    return listing.after(one, act, step.target(one, act, terms))


def remember(memory: Hashable, _before: Listing, act: Act, _after: Listing) -> Hashable:
    """Remember who verified."""
    return act.actor if act.action == "verify" else memory


CLAIMS = (
    Claim[Listing, Act]("nothing unlawful goes out", None, remember,
          lambda _, one: one.state not in {"verified", "published"} or not unlawful(TERMS.rules, one.vacancy)),
    Claim[Listing, Act]("what is out was verified by another", "", remember,
          lambda who, one: one.state not in {"verified", "published", "filled"} or who == "v"),
    Claim[Listing, Act]("every channel follows while it is out", None, remember,
          lambda _, one: one.state != "published" or all(copy.wanted == one.revision for copy in one.copies)),
    Claim[Listing, Act]("no channel shows what is gone", None, remember,
          lambda _, one: one.state not in {"filled", "taken_down"} or all(copy.wanted == 0 for copy in one.copies)),
    Claim[Listing, Act]("no more are hired than are wanted", None, remember,
          lambda _, one: one.filled <= (one.vacancy.openings or 0)),
)  # fmt: skip


def test_vacancies_are_proved() -> None:
    """In every state that can be reached: nothing unlawful is out, channels follow, nobody verifies their own."""
    starts = (
        *(posted(POST), posted(evolve(POST, credit_code="")), posted(evolve(POST, duties=""))),
        *(posted(evolve(POST, conditions="限男性")), posted(evolve(POST, until=None))),
    )
    world: World[Listing, Act, Terms] = World(
        listing.VACANCIES.procedure, starts, acts, lambda _one, _act: TERMS, moved, alike
    )
    proof = check_machine(world, CLAIMS)
    assert proof.holds, proof.failures
    assert proof.states > 100
    guards = {(action, code, holds) for _, action, code, holds in proof.cells}
    for transition in listing.VACANCIES.procedure.transitions:
        for code in transition.guards:
            assert (transition.action, code, True) in guards
    unmet = {(action, code) for action, code, holds in guards if not holds}
    assert {code for _, code in unmet} >= {
        *("out-of-order", "own-vacancy", "no-credit-code", "no-finding", "abnormal-employer", "no-evidence"),
        *("incomplete", "unlawful-wording", "bad-wage", "too-few-openings", "bad-validity", "expired"),
        *("no-change", "no-channel", "unknown-channel", "not-on-channel", "bad-hired", "no-reason"),
    }


# Referrals --------------------------------------------------------------------------------------------------------

OPEN = evolve(posted(POST), state="published")
GONE = evolve(OPEN, state="taken_down")
FITS = Pairing("p", "open", (), (), (), None)
REFERRED = referral.Terms(
    lambda _seeker, post, _at: {
        "unknown": None,
        "bad": evolve(FITS, blockers=(Blocker("schooling", same("x")),)),
    }.get(post, FITS),
    lambda post, _at: GONE if post == "gone" else OPEN,
    5,
    hg.china_calendar(),
    TERMS.rules.days,
)


def steps(_: referral.Standing) -> Iterable[referral.Act]:
    moments = (AT.replace(month=9), AT, AT.replace(day=30), AT.replace(year=2027))
    actions = tuple(referral.REFERRALS.procedure.actions)
    for action, at, role, full in product(actions, moments, referral.ROLES, (True, False)):
        more = {"cause": "wage", "evidence": "x"} if full else {}
        yield referral.Act(action=action, at=at, actor="a", role=role, **more)


def stepped(one: referral.Standing, act: referral.Act, terms: referral.Terms) -> referral.Standing:
    step = referral.REFERRALS.procedure.step(one.state, act.action)
    assert step is not None
    return referral.after(one, act, step.target(one, act, terms))


def kept(memory: Hashable, _before: object, act: referral.Act, _after: object) -> Hashable:
    """Remember which steps were taken."""
    assert isinstance(memory, frozenset)
    return memory | {act.action}


def test_referrals_are_proved() -> None:
    """Nobody is referred without consent, against a blocker, or to what is closed; who ends says why."""

    def once(memory: Hashable, *wanted: str) -> bool:
        return isinstance(memory, frozenset) and set(wanted) <= memory

    def claim(name: str, holds: object) -> Claim[referral.Standing, referral.Act]:
        return Claim(name, frozenset(), kept, holds)  # type: ignore[arg-type]

    claims = (
        claim(
            "referred only with consent",
            lambda memory, one: one.referred_at is None or once(memory, "consent", "refer"),
        ),
        claim(
            "only what fits is referred",
            lambda _, one: one.referred_at is None or one.referral.vacancy == "open",
        ),
        claim("hired only when referred", lambda memory, one: one.state != "hired" or once(memory, "refer")),
        claim(
            "who ends it says why",
            lambda _, one: one.state not in referral.REFUSED or one.cause in referral.CAUSES,
        ),
        claim(
            "no lapse before the window is over",
            lambda _, one: one.state != "lapsed" or (REFERRED.due(one) or date.max) < one.last_at.date(),
        ),
    )
    starts = tuple(
        referral.opened(referral.Referral(seeker="p", vacancy=post, at=AT))
        for post in ("open", "gone", "bad", "unknown")
    )
    world: World[referral.Standing, referral.Act, referral.Terms] = World(
        referral.REFERRALS.procedure, starts, steps, lambda _one, _act: REFERRED, stepped
    )
    proof = check_machine(world, claims)
    assert proof.holds, proof.failures
    seen = {(action, code, holds) for _, action, code, holds in proof.cells}
    for transition in referral.REFERRALS.procedure.transitions:
        for code in (*transition.guards, "out-of-order"):
            assert {(transition.action, code, True), (transition.action, code, False)} <= seen
