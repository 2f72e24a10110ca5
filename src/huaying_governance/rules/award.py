"""奖补结果: what a subsidy policy yields for one case: lines, their sum, and why.

Claims that hold, or may hold, go through the combinations of the policy in the order written; amounts are whole fen
by then. A line is payable only if no missing fact could take it away: otherwise it is undetermined and names those
facts. Grounds are made when they are asked for.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
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
