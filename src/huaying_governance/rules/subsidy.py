"""Deciding a subsidy (奖补裁定): claims of the rules in force, combined, as lines with their grounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import define

from huaying_governance.kernel.money import from_fen
from huaying_governance.kernel.ruling import Ground, Ruling
from huaying_governance.rules.award import Award, Claim, Share
from huaying_governance.rules.combine import combine, total
from huaying_governance.rules.compile import Row
from huaying_governance.rules.edition import Edition, Ready
from huaying_governance.rules.exact import Exact
from huaying_governance.rules.explain import MOST_KEPT, Explainer
from huaying_governance.rules.missing import ordered
from huaying_governance.rules.rounding import ROUNDINGS
from huaying_governance.rules.tree import TRUE
from huaying_governance.text import Text

if TYPE_CHECKING:
    from huaying_governance.rules.parts import Parts

MOST_PLANS = 4_096
PAYABLE = Text("{label}：应予发放{amount}元", "{label}: {amount} yuan payable")
OPEN = Text("{label}：事实不足，暂不能定", "{label}: undetermined, facts are missing")
CONFLICT = Text(
    "{label}：与另一条互斥的规则同时成立，须先核实",
    "{label}: holds together with a rule that excludes it; to be settled first",
)
NOT_MET = Text("{label}：条件不成立", "{label}: the condition is not met")
UNSET = Text("{label}：原文未定金额，不予发放", "{label}: the source states no amount, nothing is paid")
NOTHING = Text("{label}：金额为零，不予发放", "{label}: the amount comes to nothing")
SETTLED = Text("{label}：{by}，不另发放", "{label}: {by}, not paid besides")
MISSING = Text("缺少事实：{name}", "missing fact: {name}")
STRETCH = Text("{first} 至 {last}，占全年 {part}", "{first} to {last}, {part} of the year")
NOT_IN_FORCE = Text("当日没有规则施行", "no rule is in force on the day")


def decide(parts: Parts, edition_of: Callable[[date], Edition], row: Row) -> Award:
    """Return the award of one row of facts."""
    edition = edition_of(row[0])
    if parts.changes == "split":
        segments = stretches(row[0], edition_of)
        if len(segments) > 1:
            return _split(parts, segments, edition, row)
    # Where amounts are constant and all conditions known, which rules hold says everything.
    pattern = tuple([test(row) for test in edition.tests])
    plan = edition.plans.get(pattern)
    if plan is not None:
        return Award(plan[0], plan[1], Case(edition, row, plan[2]))
    award = _decide(parts, edition, row)
    if edition.constant and None not in pattern and len(edition.plans) < MOST_PLANS:
        edition.plans[pattern] = (award.amount, award.claims, award.case.claims)
    return award


def _decide(parts: Parts, edition: Edition, row: Row) -> Award:
    claims = _claims(edition, row)
    return _award(_combined(parts, edition, row, claims), Case(edition, row, tuple(claims)))


def _award(standing: list[Claim], case: Case) -> Award:
    for claim in standing:
        claim.finish(case.edition.compiler.layout.slots)
    return Award(total(standing), tuple(standing), case)


@define(eq=False)
class Case:
    """One case: its facts, the policy as it stands on the day, and all claims; explains them when asked."""

    edition: Edition
    row: Row
    claims: tuple[Claim, ...]

    def ground(self, claim: Claim) -> Ground:
        """Return why one claim stands as it does."""
        return _ground(claim, self.edition, self.row)

    def ruling(self) -> Ruling:
        """Return the whole answer: every rule in force has its ground, in the order of the policy."""
        return _ruling(self.edition, self.row, self.claims)


def _claims(edition: Edition, row: Row) -> list[Claim]:
    """Return what each rule in force pays, or might."""
    claims: list[Claim] = []
    for ready in edition.rules:
        if ready.fen is None and ready.enterprise_fen is None:
            continue
        holds = ready.test(row)
        if holds is not False:
            _claim(ready, holds, edition, row, claims)
    return claims


def _combined(parts: Parts, edition: Edition, row: Row, claims: list[Claim]) -> list[Claim]:
    return combine(claims, parts.combine, lambda name: _left(parts, edition, row, name))


def stretches(day: date, edition_of: Callable[[date], Edition]) -> list[tuple[date, date, Edition]]:
    """Return the year of `day`, cut where the policy changes: first day, last day, the policy as it stands then."""
    found: list[tuple[date, date, Edition]] = []
    at, last = date(day.year, 1, 1), date(day.year, 12, 31)
    while at <= last:
        edition = edition_of(at)
        end = min(last, edition.until) if edition.until is not None else last
        found.append((at, end, edition))
        at = end + timedelta(days=1)
    return found


def _split(parts: Parts, segments: list[tuple[date, date, Edition]], edition: Edition, row: Row) -> Award:
    """Return the award of a year in which the policy changes: each stretch by its own values, by its days."""
    whole = (segments[-1][1] - segments[0][0]).days + 1
    merged: dict[tuple[str, str], list[Share]] = {}
    for first, last, held in segments:
        for claim in _combined(parts, held, row, _claims(held, row)):
            part = Fraction((last - first).days + 1, whole)
            merged.setdefault((claim.rule.id, claim.payee), []).append(Share(first, last, part, claim, held))
    rounding = ROUNDINGS[parts.proration.rounding]
    order = {rule.id: number for number, rule in enumerate(parts.rules)}
    claims = [_merge(shares, rounding) for shares in merged.values()]
    claims.sort(key=lambda claim: order[claim.rule.id])
    return _award(claims, Case(edition, row, tuple(claims)))


def _merge(shares: list[Share], rounding: Callable[[Exact], int]) -> Claim:
    first = shares[0].claim
    known = all(share.claim.known for share in shares)
    missing = frozenset[str]().union(*(share.claim.missing for share in shares))
    code = next((share.claim.code for share in shares if share.claim.code), "")
    fen = rounding(sum((share.exact for share in shares), Fraction(0)) / 100) if known else None
    return Claim(first.rule, first.payee, fen, known, missing, None, None, code, tuple(shares))


def _claim(ready: Ready, holds: bool | None, edition: Edition, row: Row, claims: list[Claim]) -> None:
    """Add what a rule that holds, or may hold, would pay; an amount of nothing is no claim."""
    rule = ready.rule
    both = rule.payee == "both"
    for payee, read, most, amount in (
        ("worker" if both else rule.payee, ready.fen, ready.most, rule.amount),
        ("enterprise", ready.enterprise_fen, ready.enterprise_most, rule.enterprise_amount),
    ):
        if read is None or amount is None:
            continue
        fen = read(row)
        if fen == 0:
            continue
        if holds and fen is not None:
            claims.append(Claim(rule, payee, fen, True))
            continue
        missing = edition.gaps.of(rule.when, row, amount)
        claims.append(Claim(rule, payee, fen, False, missing, fen if fen is not None else most))


def _left(parts: Parts, edition: Edition, row: Row, name: str) -> tuple[int | None, frozenset[str]]:
    """Return what is left under a cap: its limit less what already counts, never below nothing."""
    limit, counted = edition.limits[name]
    top, used = limit(row), counted(row) if counted is not None else 0
    if top is not None and used is not None:
        return max(0, ROUNDINGS[parts.proration.rounding](top - used)), frozenset()
    cap = next(each for each in parts.combine if each.id == name)
    nodes = [node for node in (cap.limit, cap.counted) if node is not None]
    return None, edition.gaps.of(TRUE, row, *nodes)


def _ground(claim: Claim, edition: Edition, row: Row) -> Ground:
    """Return why a claim stands as it does; the same values give the same ground, made once."""
    if claim.shares:
        return _shared_ground(claim, row)
    ready = edition.by_rule[claim.rule.id]
    by = claim.settled.id if claim.settled is not None else ""
    state = (claim.payee, claim.fen, claim.known, claim.code, by, *[row[slot] for slot in ready.slots])
    found = ready.grounds.get(state)
    if found is None:
        if len(ready.grounds) >= MOST_KEPT:
            ready.grounds.clear()
        found = ready.grounds[state] = _claimed(claim, ready, edition.explainer, row)
    return found


def _claimed(claim: Claim, ready: Ready, explainer: Explainer, row: Row) -> Ground:
    """Return the rule's clause, the conditions, and how the amount was found."""
    rule = claim.rule
    inner = [explainer.condition(rule.when, row)]
    amount = rule.enterprise_amount if claim.payee == "enterprise" and rule.payee == "both" else rule.amount
    if amount is not None:
        said = explainer.value(amount, row)
        text = Text(f"金额：{said.zh}", f"amount: {said.en}")
        inner.append(Ground(text, "", explainer.citation(amount), explainer.evidence(amount, row)))
    if claim.settled is not None:
        text, code = SETTLED.fill(label=rule.label, by=claim.settled.label), ""
        citation = claim.settled.basis[0].citation if claim.settled.basis else None
        inner.append(Ground(claim.settled.label, "", citation))
    else:
        text, code = _outcome(claim)
    return Ground(text, code, ready.citation, {}, tuple(inner))


def _outcome(claim: Claim) -> tuple[Text, str]:
    """Return what comes of a claim, in words, with its code."""
    if claim.known and claim.fen is not None:
        return PAYABLE.fill(label=claim.rule.label, amount=from_fen(claim.fen)), ""
    return (CONFLICT if claim.code else OPEN).fill(label=claim.rule.label), claim.code


def _shared_ground(claim: Claim, row: Row) -> Ground:
    """Return the ground of a claim that is made of stretches of a year."""
    parts = []
    for share in claim.shares:
        inner = _ground(share.claim, share.edition, row)
        head = STRETCH.fill(first=share.first, last=share.last, part=share.part)
        parts.append(Ground(head, "", inner.citation, {}, (inner,)))
    text, code = _outcome(claim)
    return Ground(text, code, parts[-1].citation, {}, tuple(parts))


def _ruling(edition: Edition, row: Row, claims: tuple[Claim, ...]) -> Ruling:
    standing = [claim for claim in claims if claim.settled is None]
    outcome = "payable" if standing else "not_payable"
    if any(not claim.known for claim in standing):
        outcome = "undetermined"
    grounds: list[Ground] = []
    for ready in edition.rules:
        own = [claim for claim in claims if claim.rule is ready.rule]
        if own:
            grounds.extend([_ground(claim, edition, row) for claim in own])
        else:
            grounds.extend(_idle(ready, edition, row, outcome))
    # In a year that is split, rules that are not in force on the day itself may still have paid.
    grounds.extend(_ground(claim, edition, row) for claim in claims if claim.rule.id not in edition.by_rule)
    if not grounds and not edition.rules:
        grounds.append(Ground(NOT_IN_FORCE, "not-in-force"))
    if outcome != "undetermined":
        return Ruling(outcome, tuple(grounds))
    missing = ordered(
        frozenset(name for claim in standing for name in claim.names), edition.compiler.layout.slots
    )
    grounds.extend(Ground(MISSING.fill(name=name), f"missing:{name}") for name in missing)
    return Ruling(outcome, tuple(grounds), missing)


def _idle(ready: Ready, edition: Edition, row: Row, outcome: str) -> tuple[Ground, ...]:
    """Return the ground of a rule that pays nothing: its condition fails, or it comes to no amount."""
    holds = ready.test(row)
    if holds is None:
        return ()
    if holds:
        idle, code = (UNSET, "amount-unset") if ready.fen is None else (NOTHING, "amount-zero")
    else:
        idle, code = NOT_MET, "not-met" if outcome == "not_payable" else ""
    state = (code, *[row[slot] for slot in ready.slots])
    found = ready.grounds.get(state)
    if found is None:
        inner = (edition.explainer.condition(ready.rule.when, row),)
        found = Ground(idle.fill(label=ready.rule.label), code, ready.citation, {}, inner)
        ready.grounds[state] = found
    return (found,)
