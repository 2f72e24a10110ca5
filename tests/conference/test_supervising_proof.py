"""督办程序, proved: every act is tried in every state of a small world; what must never happen never does."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import timedelta

from attrs import evolve
from sessions import DAY, at, follow, meeting, resolved

import huaying_governance as hg
from huaying_governance.conference import (
    RESOLUTIONS,
    ConferenceRules,
    ResolutionAct,
    ResolutionStanding,
    ResolutionTerms,
)
from huaying_governance.conference.meeting import Decision, MeetingStanding, planned
from huaying_governance.conference.resolution import after_resolution, opened
from huaying_governance.procedure.check import Claim, World, check_machine

PROCEDURE = RESOLUTIONS.procedure
ACTORS = ("housing", "finance", "justice")
"""The lead, the one that cooperates, and another."""


def commands(_: ResolutionStanding) -> Iterator[ResolutionAct]:
    """Yield every action by every role and actor, with all of it or with nothing, before and after the deadline."""
    for one in PROCEDURE.transitions:
        for role in PROCEDURE.roles:
            for after in (1, 31):
                yield follow(one.action, role, after, actor="justice")
                for actor in ACTORS:
                    for said in (True, False):
                        yield follow(
                            *(one.action, role, after),
                            actor=actor,
                            agreed=said,
                            satisfied=said,
                            days=5,
                            evidence="E",
                            reason="r",
                        )


def move(standing: ResolutionStanding, act: ResolutionAct, terms: ResolutionTerms) -> ResolutionStanding:
    step = PROCEDURE.step(standing.state, act.action)
    assert step is not None
    return after_resolution(standing, act, step.target(standing, act, terms))


def alike(standing: ResolutionStanding) -> Hashable:
    """Counts and days that no guard asks for make no difference."""
    none = {"started_on": None, "last_progress": None, "closed_on": None, "circulated_on": None}
    capped = {"progress": min(1, standing.progress), "supervised": 0, "returned": 0}
    return evolve(standing, **none, **capped)  # type: ignore[arg-type]


def _verified(memory: Hashable, _: object, act: ResolutionAct, after: ResolutionStanding) -> Hashable:
    if act.action == "verify":
        return act.actor if after.state == "verified" else ""
    return "" if act.action in {"reopen", "claim"} else memory


CLAIMS = (
    Claim[ResolutionStanding, ResolutionAct](
        "closed only after another verified",
        "",
        _verified,
        lambda memory, one: one.state != "closed" or memory == "justice",
    ),
    Claim[ResolutionStanding, ResolutionAct](
        "assigned only when all have signed, or by the convener",
        "",
        lambda memory, before, act, after: (
            act.role if (before.state, after.state) == ("signing", "assigned") else memory
        ),
        lambda memory, one: (
            one.state in {"drafted", "signing", "withdrawn"}
            or memory == "convener"
            or (memory == "secretariat" and not one.unsigned() and not one.objected)
        ),
    ),
    Claim[ResolutionStanding, ResolutionAct](
        "extended once, and escalated to the levels there are",
        0,
        lambda memory, *_: memory,
        lambda _, one: one.extensions <= 1 and one.level <= 2,
    ),
)


def test_the_follow_up_is_proved(rules: ConferenceRules) -> None:
    """No closing without another's verification, no assignment past an objection, no further extension or level."""
    held = Decision("A1", "carried", at(DAY), 1, 0, (), ())
    carried: MeetingStanding = evolve(planned(meeting()), decisions=(held,))
    terms = ResolutionTerms(rules, hg.china_calendar(), lambda _: carried)
    start = opened(resolved(cooperators=("finance",), due=DAY + timedelta(days=20)))
    world: World[ResolutionStanding, ResolutionAct, ResolutionTerms] = World(
        PROCEDURE, (start,), commands, lambda *_: terms, move, alike
    )
    proof = check_machine(world, CLAIMS)
    assert proof.holds, proof.failures
    assert proof.states > 50
    met = {(state, action) for state, action, *_ in proof.cells}
    assert {
        (source, one.action) for one in PROCEDURE.transitions for source in one.sources if one.guards
    } <= met
