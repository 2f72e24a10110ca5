"""聚力的程序: proved by going through everything that can happen in a small world of every act."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime
from itertools import product
from typing import Any

from attrs import evolve

from huaying_governance.casework import Casework
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.stewardship import StewardshipRules
from huaying_governance.procedure.check import Claim, Proof, World, check_machine
from huaying_governance.stewardship import dispute, purchase
from huaying_governance.stewardship.plans import resolving
from huaying_governance.stewardship.transition import converting, model

AT = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
EARLY = AT.replace(month=1)
Told = Callable[[Hashable, Any], bool]


def remember(memory: Hashable, _before: Any, act: Any, _after: Any) -> Hashable:
    """Remember who took each step last."""
    assert isinstance(memory, frozenset)
    kept = frozenset(pair for pair in memory if pair[0] != act.action)
    return kept | {(act.action, act.actor)}


def did(memory: Hashable, action: str) -> str:
    """Return who took a step; empty where nobody has."""
    assert isinstance(memory, frozenset)
    return next((who for name, who in memory if name == action), "")


def prove(
    work: Casework[Any, Any, Any, Any],
    starts: Iterable[Any],
    acts: Iterable[Any],
    terms: Any,
    claims: dict[str, Told],
) -> Proof:
    """Prove the claims; every guard of every transition is seen to hold and to fail."""
    held = list(acts)
    held.extend(evolve(one, at=EARLY) for one in held[:: max(1, len(held) // 60)])

    def move(standing: Any, act: Any, context: Any) -> Any:
        step = work.procedure.step(standing.state, act.action)
        assert step is not None
        return work.after(standing, act, step.target(standing, act, context))

    world: World[Any, Any, Any] = World(
        work.procedure,
        tuple(work.start(one) for one in starts),
        lambda _standing: held,
        lambda _standing, _act: terms,
        move,
        lambda standing: repr(evolve(standing, last_at=AT)),
    )
    proof = check_machine(
        world, [Claim(name, frozenset(), remember, holds) for name, holds in claims.items()]
    )
    assert proof.holds, proof.failures
    seen = {(action, code, holds) for _, action, code, holds in proof.cells}
    for transition in work.procedure.transitions:
        for code in transition.guards:
            assert (transition.action, code, True) in seen, (transition.action, code)
    return proof


def unmet(proof: Proof) -> set[str]:
    """Return the codes that were seen to fail."""
    return {code for _, _, code, holds in proof.cells if not holds}


def codes(work: Casework[Any, Any, Any, Any]) -> set[str]:
    """Return the codes of the guards that the table's transitions ask."""
    return {code for transition in work.procedure.transitions for code in transition.guards}


def test_disputes_are_proved(rules: StewardshipRules) -> None:
    """No agreement without one lead of the sides, by both or by a superior; no line of administration."""

    def start(kind: str) -> dispute.Dispute:
        return dispute.Dispute(segment="S", matter="m", kind=kind, side_a="a", side_b="b", at=AT)

    acts = [
        dispute.Act(
            action=action,
            at=AT,
            actor=actor,
            role=role,
            leads=leads,
            sides=sides,
            number=text,
            reason=text,
            evidence=text,
            from_on=day,
        )
        for action, (actor, role), leads, sides, text, day in product(
            dispute.DISPUTES.procedure.actions,
            (("a", "side"), ("c", "side"), ("a", "superior"), ("j", "conference")),
            ((), ("a",), ("c",), ("a", "b")),
            (("a",), ("a", "b")),
            ("", "x"),
            (None, date(2026, 4, 1)),
        )
    ]
    proof = prove(
        dispute.DISPUTES,
        (start("responsibility"), start("administrative")),
        acts,
        rules.disputes,
        {
            "one lead of the sides": lambda _, one: one.agreement is None or one.lead in {"a", "b"},
            "no side decides": lambda memory, _: did(memory, "decide") in {"", "j"},
            "what is in force was settled": lambda memory, one: (
                one.state != "in_force" or bool(did(memory, "agree") or did(memory, "decide"))
            ),
            "no line of administration is agreed": lambda memory, one: (
                one.dispute.kind != "administrative" or not did(memory, "agree")
            ),
        },
    )
    assert unmet(proof) == codes(dispute.DISPUTES)


def test_delegated_services_are_proved(rules: StewardshipRules) -> None:
    """Row 17: nothing is paid but what another has verified, by neither of the two, within contract and cap."""

    def start(**changes: Any) -> purchase.Service:
        given: dict[str, Any] = {"public_interest": True, "exit_clause": True, **changes}
        return purchase.Service(community="c", title="t", purchaser="buyer", cap_fen=2, at=AT, **given)

    acts = [
        purchase.Act(
            action=action,
            at=AT,
            actor=actor,
            role=role,
            provider=provider,
            fen=fen,
            passed=passed,
            reason=text,
            evidence=text,
        )
        for action, (actor, role), provider, fen, passed, text in product(
            purchase.SERVICES.procedure.actions,
            (("buyer", "purchaser"), ("p", "provider"), ("q", "provider"), ("p", "verifier"), ("v", "verifier"),
             ("v", "finance"), ("f", "finance")),
            ("p", "buyer"),
            (None, 1, 2, 3),
            (None, True, False),
            ("", "x"),
        )
    ]  # fmt: skip
    proof = prove(
        purchase.SERVICES,
        (start(), start(public_interest=None), start(exit_clause=False)),
        acts,
        rules.services,
        {
            "paid, verified, contract, cap": lambda _, one: (
                0 <= one.paid <= one.verified <= one.contract <= 2
            ),
            "the provider never verifies": lambda memory, one: did(memory, "verify") in {"", "v"},
            "who verified does not pay": lambda memory, _: did(memory, "pay") in {"", "f"},
            "no award without the clauses": lambda _, one: (
                one.contract == 0 or (one.service.public_interest is True and one.service.exit_clause is True)
            ),
            "closed owes nothing": lambda _, one: one.state not in {"closed", "terminated"} or one.owed == 0,
        },
    )
    assert codes(purchase.SERVICES) - unmet(proof) == {"no-exit-clause", "not-verified"}


def test_conflicts_are_proved(rules: StewardshipRules) -> None:
    """Row 12: nothing is verified by who resolved it, nor while the plans differ; no base yields."""
    kinds = (("spatial", "land"), ("urban", "land"))
    starts = [
        resolving.Conflict(parcel=parcel, plan_a="A", plan_b="B", kind_a=a, kind_b=b)
        for (a, b), parcel in product(kinds, ("differs", "agrees"))
    ]
    terms = resolving.Terms(
        rules.plans.base, rules.plans.citation, lambda one: "hard" if one.parcel == "differs" else ""
    )
    acts = [
        resolving.Act(
            action=action,
            at=AT,
            actor=actor,
            role=role,
            severity=severity,
            lead=lead,
            resolution=how,
            passed=passed,
            reason=text,
            evidence=text,
        )
        for action, (actor, role), severity, lead, how, passed, text in product(
            resolving.CONFLICTS.procedure.actions,
            (("x", "checker"), ("x", "coordinator"), ("h", "handler"), ("x", "handler"), ("h", "verifier"),
             ("v", "verifier")),
            ("", "hard", "soft"),
            ("", "h"),
            ("", "a_yields", "data_corrected", "deferred"),
            (None, True, False),
            ("", "x"),
        )
    ]  # fmt: skip
    proof = prove(
        resolving.CONFLICTS,
        starts,
        acts,
        terms,
        {
            "settled only where the plans agree": lambda _, one: one.state != "verified"
            or one.conflict.parcel == "agrees",
            "never by who resolved it": lambda memory, one: one.state != "verified" or did(memory, "verify") == "v",
            "no hard one is deferred": lambda _, one: one.state != "deferred" or one.severity != "hard",
            "the base does not yield": lambda _, one: one.conflict.kind_a != "spatial" or one.resolution != "a_yields",
        },
    )  # fmt: skip
    assert unmet(proof) == codes(resolving.CONFLICTS)


def test_transitions_are_proved(rules: StewardshipRules) -> None:
    """Row 15: no approval with farmland unsettled, none without the villagers, no community before the handover."""
    known = {
        "sound": model.Facts(on=AT.date(), farmland_settled=True, assets_audited=True),
        "unsettled": model.Facts(on=AT.date(), farmland_settled=False, assets_audited=True),
        "unaudited": model.Facts(on=AT.date(), farmland_settled=True),
        "owing": model.Facts(on=AT.date(), farmland_settled=True, assets_audited=True),
    }
    owed = (model.Obligation(id="O", item="x", due=AT.date()),)
    terms = model.Terms(
        rules.transition,
        None,
        lambda village, _day: known[village],
        lambda village: owed if village == "owing" else (),
    )
    acts = [
        model.Act(
            action=action,
            at=AT,
            actor=role,
            role=role,
            due=due,
            present=present,
            agreed=agreed,
            items=items,
            reason=text,
            evidence=text,
        )
        for action, role, (due, present, agreed), items, text in product(
            converting.TRANSITION.procedure.actions,
            converting.ROLES,
            ((None, 2, 1), (4, 3, 2), (4, 3, 1), (4, 2, 2), (4, 3, 4)),
            ((), ("wells",), model.HANDOVER[:2], model.HANDOVER[2:]),
            ("", "x"),
        )
    ]
    late = {"county_approval", "handover", "dual_track", "completed"}
    proof = prove(
        converting.TRANSITION,
        [model.Candidate(village=village, community="c", at=AT) for village in known],
        acts,
        terms,
        {
            "no approval with farmland unsettled": lambda _, one: one.state not in late
            or known[one.candidate.village].farmland_settled is True,
            "the villagers have voted": lambda memory, one: one.state not in late or did(memory, "vote") == "village",
            "the county approved": lambda memory, one: one.state not in late or did(memory, "approve") == "county",
            "all is handed over": lambda _, one: one.state not in {"dual_track", "completed"}
            or set(one.handed) == set(model.HANDOVER),
            "nothing is owed at the end": lambda _, one: one.state != "completed" or one.candidate.village != "owing",
        },
    )  # fmt: skip
    assert codes(converting.TRANSITION) - unmet(proof) == {"criteria-barred", "criteria-not-met"}
