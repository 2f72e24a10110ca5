"""奖补结果: what a subsidy policy yields for one case: lines, their sum, and why.

Claims that hold, or may hold, go through the combinations of the policy in the order written; amounts are whole fen
by then. A line is payable only if no missing fact could take it away: otherwise it is undetermined and names those
facts. Grounds are made when they are asked for.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, Protocol

from attrs import define, frozen

from huaying_governance.kernel.money import from_fen
from huaying_governance.kernel.ruling import Ground, Ruling
from huaying_governance.rules.missing import ordered
from huaying_governance.rules.model import Combine, Rule
from huaying_governance.text import Lang

if TYPE_CHECKING:
    from huaying_governance.rules.edition import Edition

Outcome = Literal["payable", "undetermined"]


class Explains(Protocol):
    """What can say why, when it is asked: one case, with its facts and the rules in force."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, also those that a combination settled."""
        ...

    def ground(self, claim: Claim) -> Ground:
        """Return why one claim stands as it does."""
        ...

    def ruling(self) -> Ruling:
        """Return the whole answer."""
        ...


# Lines and awards are made for every case: plain slots behind properties cost half of a frozen class, and can be
# changed as little.
@define(eq=False, repr=False)
class Line:
    """One rule's part of an award: who is paid how much for which unit, or which facts are missing for that."""

    _claim: Claim
    _case: Explains

    @property
    def rule(self) -> str:
        """The id of the rule."""
        return self._claim.rule.id

    @property
    def outcome(self) -> Outcome:
        """`payable`, or `undetermined` while a missing fact could change it."""
        return "payable" if self._claim.known else "undetermined"

    @property
    def amount(self) -> Decimal | None:
        """Yuan with two decimals; None while undetermined."""
        return self._claim.yuan

    @property
    def payee(self) -> str:
        """`worker` or `enterprise`."""
        return self._claim.payee

    @property
    def unit(self) -> str:
        """The unit of award: `person`, `couple`, `household` or `enterprise`."""
        return self._claim.rule.unit

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that could still change this line, in the order declared."""
        return self._claim.names

    @property
    def ground(self) -> Ground:
        """Why: the rule, its clause, and the tree of its conditions with the values used."""
        return self._case.ground(self._claim)

    def __repr__(self) -> str:
        what = (
            f"{self.amount}"
            if self.outcome == "payable"
            else f"undetermined, missing {', '.join(self.missing)}"
        )
        return f"<Line {self.rule}: {what}>"


@define(eq=False, repr=False)
class Award:
    """奖补结果: what one case is paid, line by line, and why."""

    _amount: Decimal | None
    _claims: tuple[Claim, ...]
    _case: Explains

    @property
    def amount(self) -> Decimal | None:
        """The sum of the lines in yuan: None while a line is undetermined, 0.00 when nothing is payable."""
        return self._amount

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What the lines show."""
        return self._claims

    @property
    def case(self) -> Explains:
        """What explains it."""
        return self._case

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are payable or undetermined, in the order of the policy."""
        case = self._case
        return tuple([Line(claim, case) for claim in self._claims])

    @property
    def ruling(self) -> Ruling:
        """The whole answer, with all grounds in order and the missing facts."""
        return self._case.ruling()

    def __repr__(self) -> str:
        return f"<Award {self.amount}: {', '.join(map(repr, self.lines))}>"

    def explain(self, lang: Lang = "zh") -> str:
        """Return the ruling as a readable tree."""
        return self.ruling.explain(lang)

    def to_dict(self) -> dict[str, object]:
        """Return stable JSON data: amounts as text, the lines, and the ruling."""
        lines = [
            {
                "rule": line.rule,
                "outcome": line.outcome,
                "amount": None if line.amount is None else str(line.amount),
                "payee": line.payee,
                "unit": line.unit,
                "missing": list(line.missing),
            }
            for line in self.lines
        ]
        amount = None if self.amount is None else str(self.amount)
        return {"amount": amount, "lines": lines, "ruling": self.ruling.to_dict()}

    def _repr_html_(self) -> str:
        return f"<pre lang='zh'>{html.escape(self.explain('zh'))}</pre>"


@define(eq=False)
class Claim:
    """What one rule would pay to one payee. `fen` is None while it cannot be known.

    `known` is false where a missing fact could change what is paid; `most` bounds it then (None: no bound).
    `settled` names the combination that took it away; `code` says why it is unknown though no fact is missing.
    """

    rule: Rule
    payee: str
    fen: int | None
    known: bool
    missing: frozenset[str] = frozenset()
    most: int | None = None
    settled: Combine | None = None
    code: str = ""
    shares: tuple[Share, ...] = ()
    yuan: Decimal | None = None
    names: tuple[str, ...] = ()

    def finish(self, slots: Mapping[str, int]) -> None:
        """Set what lines show, once nothing changes any more."""
        self.yuan = from_fen(self.fen) if self.known and self.fen is not None else None
        self.names = () if self.known else ordered(self.missing, slots)

    def doubt(self, missing: Iterable[str], code: str = "") -> None:
        """Make the claim unknown until the `missing` facts are there."""
        self.known = False
        self.missing = self.missing.union(missing)
        self.code = self.code or code
        self.most = self.fen if self.most is None else self.most


@frozen(eq=False)
class Share:
    """The part of a claim that falls to one stretch of a year in which the policy changes."""

    first: date
    last: date
    part: Fraction
    claim: Claim
    edition: Edition

    @property
    def exact(self) -> Fraction:
        """The share in fen, not rounded."""
        return (self.claim.fen or 0) * self.part


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
