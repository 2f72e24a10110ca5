"""Deciding a subsidy (奖补裁定): claims of the rules in force, combined, as lines with their grounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from huaying_governance.kernel.money import from_fen
from huaying_governance.kernel.ruling import Ground, Ruling
from huaying_governance.rules.award import Award, Claim, Line, Share, combine, total
from huaying_governance.rules.compile import Row
from huaying_governance.rules.edition import Edition, Fen, Ready
from huaying_governance.rules.missing import ordered
from huaying_governance.rules.rounding import ROUNDINGS
from huaying_governance.rules.tree import TRUE, Exact, Operand
from huaying_governance.text import Text

if TYPE_CHECKING:
    from huaying_governance.rules.resolve import Parts

PAYABLE = Text("{label}：应予发放{amount}元", "{label}: {amount} yuan payable")
OPEN = Text("{label}：事实不足，暂不能定", "{label}: undetermined, facts are missing")
CONFLICT = Text(
    "{label}：与另一条互斥的规则同时成立，须先核实",
    "{label}: holds together with a rule that excludes it; to be settled first",
)
NOT_MET = Text("{label}：条件不成立", "{label}: the condition is not met")
UNSET = Text("{label}：原文未定金额，不予发放", "{label}: the source states no amount, nothing is paid")
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
    claims = _claims(edition, row)
    standing = _combined(parts, edition, row, claims) if claims else claims
    lines = tuple([_line(claim, edition, row) for claim in standing])
    return Award(total(standing), lines, lambda: _ruling(edition, row, claims, lines))


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
    lines = tuple([_line(claim, edition, row) for claim in claims])
    return Award(total(claims), lines, lambda: _ruling(edition, row, claims, lines))


def _merge(shares: list[Share], rounding: Callable[[Exact], int]) -> Claim:
    first = shares[0].claim
    known = all(share.claim.known for share in shares)
    missing = frozenset[str]().union(*(share.claim.missing for share in shares))
    code = next((share.claim.code for share in shares if share.claim.code), "")
    fen = rounding(sum((share.exact for share in shares), Fraction(0)) / 100) if known else None
    return Claim(first.rule, first.payee, fen, known, missing, None, None, code, tuple(shares))


def _claim(ready: Ready, holds: bool | None, edition: Edition, row: Row, claims: list[Claim]) -> None:
    """Add what a rule that holds, or may hold, would pay."""
    rule = ready.rule
    if ready.fen is not None:
        payee = "worker" if rule.payee == "both" else rule.payee
        claims.append(_one(ready, payee, ready.fen, ready.most, rule.amount, holds, edition, row))
    if ready.enterprise_fen is not None:
        fen, most, amount = ready.enterprise_fen, ready.enterprise_most, rule.enterprise_amount
        claims.append(_one(ready, "enterprise", fen, most, amount, holds, edition, row))


def _one(
    ready: Ready,
    payee: str,
    read: Fen,
    most: int | None,
    amount: Operand | None,
    holds: bool | None,
    edition: Edition,
    row: Row,
) -> Claim:
    fen = read(row)
    if holds and fen is not None:
        return Claim(ready.rule, payee, fen, True)
    missing = edition.gaps.of(ready.rule.when, row, *(() if amount is None else (amount,)))
    return Claim(ready.rule, payee, fen, False, missing, fen if fen is not None else most)


def _left(parts: Parts, edition: Edition, row: Row, name: str) -> tuple[int | None, frozenset[str]]:
    """Return what is left under a cap: its limit less what already counts, never below nothing."""
    limit, counted = edition.limits[name]
    top, used = limit(row), counted(row) if counted is not None else 0
    if top is not None and used is not None:
        return max(0, ROUNDINGS[parts.proration.rounding](top - used)), frozenset()
    cap = next(each for each in parts.combine if each.id == name)
    nodes = [node for node in (cap.limit, cap.counted) if node is not None]
    return None, edition.gaps.of(TRUE, row, *nodes)


def _line(claim: Claim, edition: Edition, row: Row) -> Line:
    def ground() -> Ground:
        return _ground(claim, edition, row)

    rule = claim.rule
    if claim.known and claim.fen is not None:
        return Line(rule.id, "payable", from_fen(claim.fen), claim.payee, rule.unit, (), ground)
    missing = ordered(claim.missing, edition.compiler.layout.slots)
    return Line(rule.id, "undetermined", None, claim.payee, rule.unit, missing, ground)


def _ground(claim: Claim, edition: Edition, row: Row) -> Ground:
    """Return why a claim stands as it does: the rule's clause, the conditions, and how the amount was found."""
    rule = claim.rule
    if claim.shares:
        return _shared_ground(claim, row)
    ready = next(each for each in edition.rules if each.rule is rule)
    inner = [edition.explainer.condition(rule.when, row)]
    amount = rule.enterprise_amount if claim.payee == "enterprise" and rule.payee == "both" else rule.amount
    if amount is not None:
        said = edition.explainer.value(amount, row)
        text = Text(f"金额：{said.zh}", f"amount: {said.en}")
        explainer = edition.explainer
        inner.append(Ground(text, "", explainer.citation(amount), explainer.evidence(amount, row)))
    if claim.settled is not None:
        text, code = SETTLED.fill(label=rule.label, by=claim.settled.label), ""
        citation = claim.settled.basis[0].citation if claim.settled.basis else None
        inner.append(Ground(claim.settled.label, "", citation))
    elif claim.known and claim.fen is not None:
        text, code = PAYABLE.fill(label=rule.label, amount=from_fen(claim.fen)), ""
    else:
        text, code = (CONFLICT if claim.code else OPEN).fill(label=rule.label), claim.code
    return Ground(text, code, ready.citation, {}, tuple(inner))


def _shared_ground(claim: Claim, row: Row) -> Ground:
    """Return the ground of a claim that is made of stretches of a year."""
    parts = []
    for share in claim.shares:
        inner = _ground(share.claim, share.edition, row)
        head = STRETCH.fill(first=share.first, last=share.last, part=share.part)
        parts.append(Ground(head, "", inner.citation, {}, (inner,)))
    if claim.known and claim.fen is not None:
        text, code = PAYABLE.fill(label=claim.rule.label, amount=from_fen(claim.fen)), ""
    else:
        text, code = (CONFLICT if claim.code else OPEN).fill(label=claim.rule.label), claim.code
    return Ground(text, code, parts[-1].citation, {}, tuple(parts))


def _ruling(edition: Edition, row: Row, claims: list[Claim], lines: tuple[Line, ...]) -> Ruling:
    """Return the whole answer: every rule in force has its ground, in the order of the policy."""
    outcome = "payable" if lines else "not_payable"
    if any(line.outcome == "undetermined" for line in lines):
        outcome = "undetermined"
    grounds: list[Ground] = []
    for ready in edition.rules:
        own = [claim for claim in claims if claim.rule is ready.rule]
        grounds.extend(_ground(claim, edition, row) for claim in own)
        if not own:
            grounds.extend(_idle(ready, edition, row, outcome))
    if not edition.rules:
        grounds.append(Ground(NOT_IN_FORCE, "not-in-force"))
    slots = edition.compiler.layout.slots
    missing = ordered(frozenset(name for line in lines for name in line.missing), slots)
    grounds.extend(Ground(MISSING.fill(name=name), f"missing:{name}") for name in missing)
    return Ruling(outcome, tuple(grounds), missing)


def _idle(ready: Ready, edition: Edition, row: Row, outcome: str) -> list[Ground]:
    """Return the ground of a rule that pays nothing: its condition fails, or its amount is not stated."""
    holds = ready.test(row)
    inner = (edition.explainer.condition(ready.rule.when, row),)
    if holds is False:
        code = "not-met" if outcome == "not_payable" else ""
        return [Ground(NOT_MET.fill(label=ready.rule.label), code, ready.citation, {}, inner)]
    if holds is None:
        return []
    return [Ground(UNSET.fill(label=ready.rule.label), "amount-unset", ready.citation, {}, inner)]
