"""合并: what is paid of rules that hold together: the highest, only one, up to a cap.

A claim is taken away, cut, or left open where a missing fact could still take or cut it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from attrs import define

from huaying_governance.kernel.money import from_fen
from huaying_governance.rules.award import Claim
from huaying_governance.rules.model import Combine


@define(eq=False)
class _Member:
    """A member of a combination: the claims of a rule, or those that an earlier combination left."""

    claims: list[Claim]

    @property
    def known(self) -> bool:
        return all(claim.known for claim in self.claims)

    @property
    def least(self) -> int:
        return sum(claim.fen or 0 for claim in self.claims if claim.known)

    @property
    def most(self) -> int | None:
        tops = [claim.fen if claim.known else claim.most for claim in self.claims]
        return None if None in tops else sum(top for top in tops if top is not None)

    @property
    def missing(self) -> frozenset[str]:
        return frozenset[str]().union(*(claim.missing for claim in self.claims))


Limits = Callable[[str], tuple[int | None, frozenset[str]]]
"""What is left under a cap, by the combination's id: fen, or None with the facts that are missing."""


def combine(claims: list[Claim], combinations: tuple[Combine, ...], limits: Limits) -> list[Claim]:
    """Return the claims that stand after all combinations, in the order given; the others say what settled them."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.rule.id, []).append(claim)
    for each in combinations:
        members = [_Member(groups[name]) for name in each.members if groups.get(name)]
        if each.kind == "highest-of":
            _highest(members, each)
        elif each.kind == "exclusive":
            _exclusive(members)
        elif each.kind == "cap" and members:
            _cap(members, each, *limits(each.id))
        groups[each.id] = [c for member in members for c in member.claims if c.settled is None]
    return [claim for claim in claims if claim.settled is None]


def _highest(members: list[_Member], by: Combine) -> None:
    """就高不重复: keep the highest; of equal ones the first. What could still be higher leaves it open."""
    best, best_at = -1, -1
    for number, member in enumerate(members):
        if member.known and member.least > best:
            best, best_at = member.least, number
    rivals: list[int] = []
    for number, member in enumerate(members):
        if number == best_at:
            continue
        top = member.most
        beats = top is None or top > best or (top == best and number < best_at)
        if member.known or not beats:
            for claim in member.claims:
                claim.settled = by
        else:
            rivals.append(number)
    if not rivals or (best_at < 0 and len(rivals) == 1):
        return
    standing = [*rivals, *([best_at] if best_at >= 0 else [])]
    doubts = {
        number: frozenset[str]().union(*(members[r].missing for r in rivals if r != number))
        for number in standing
    }
    for number in standing:
        for claim in members[number].claims:
            claim.doubt(doubts[number])


def _exclusive(members: list[_Member]) -> None:
    """互斥: at most one may be paid. Two that hold contradict each other: none is paid until that is settled."""
    if len(members) < 2:
        return
    sure = [member for member in members if member.known]
    code = "conflict" if len(sure) > 1 else ""
    missing = frozenset[str]().union(*(member.missing for member in members))
    for member in members:
        for claim in member.claims:
            claim.doubt(missing, code if member in sure else "")


def _cap(members: list[_Member], by: Combine, left: int | None, missing: frozenset[str]) -> None:
    """封顶: cut what exceeds the cap, the earlier rules first served."""
    doubts = missing
    for claim in (claim for member in members for claim in member.claims if claim.settled is None):
        if left is None:
            claim.doubt(doubts)
            continue
        if not claim.known:
            doubts = doubts | claim.missing
            claim.most = left if claim.most is None else min(claim.most, left)
            # What is left for the later ones lies between these two; they are sure only if it does not matter.
            rest = _later(members, claim)
            if rest is None or claim.most + rest > left:
                left = None
            continue
        if claim.fen is not None and claim.fen > left:
            claim.fen = left
            if left == 0:
                claim.settled = by
        left -= claim.fen or 0


def _later(members: list[_Member], than: Claim) -> int | None:
    """Return the most that the claims after `than` could come to."""
    order = [claim for member in members for claim in member.claims if claim.settled is None]
    after = order[order.index(than) + 1 :]
    tops = [claim.fen if claim.known else claim.most for claim in after]
    return None if None in tops else sum(top for top in tops if top is not None)


def total(claims: list[Claim]) -> Decimal | None:
    """Return the sum of the claims in yuan, None while one is unknown."""
    fen = 0
    for claim in claims:
        if not claim.known or claim.fen is None:
            return None
        fen += claim.fen
    return from_fen(fen)
