"""支付批次: what goes to the bank together, and what the bank's answer says of it; nothing is paid twice.

A batch holds claims by id with their fen. The bank's answer is matched by claim, never by order: paid, returned, and
what neither side can explain comes out as a finding that names the row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Literal

from attrs import field, frozen

from huaying_governance.errors import Problem, Problems
from huaying_governance.text import Text

Finding = Literal["paid", "returned", "unanswered", "other-amount", "not-in-batch", "answered-twice"]
FINDINGS: Mapping[Finding, Text] = {
    "paid": Text("已支付", "paid"),
    "returned": Text("退票", "returned by the bank"),
    "unanswered": Text("银行未回盘", "not in the bank's answer"),
    "other-amount": Text("金额不符", "paid with another amount"),
    "not-in-batch": Text("不在批次内", "not in the batch"),
    "answered-twice": Text("重复回盘", "answered twice"),
}


def _readonly(values: Mapping[str, int]) -> Mapping[str, int]:
    return MappingProxyType(dict(values))


@frozen
class Batch:
    """支付批次: an id and the fen of each claim. Raises `Problems` for an amount that is not positive."""

    id: str
    fen: Mapping[str, int] = field(converter=_readonly)

    def __attrs_post_init__(self) -> None:
        message = Text("批次中的金额须大于0", "an amount in a batch is more than nothing")
        cure = Text("移出该笔", "take the claim out")
        wrong = [claim for claim, fen in self.fen.items() if fen <= 0]
        if wrong:
            raise Problems(Problem("not-positive", message, cure, value=claim) for claim in wrong)

    @property
    def total(self) -> int:
        """What the batch pays, in fen."""
        return sum(self.fen.values())


@frozen
class Answered:
    """回盘: one row of the bank's answer: the claim, its fen, and whether it was paid."""

    claim: str
    fen: int
    paid: bool
    row: int = 0


@frozen
class Reconciled:
    """对账结果: each finding by claim, in the order of the batch, then the rows that the batch does not explain."""

    batch: str
    findings: tuple[tuple[str, Finding, int], ...]

    def of(self, finding: Finding) -> tuple[str, ...]:
        """Return the claims with this finding."""
        return tuple(claim for claim, found, _ in self.findings if found == finding)

    @property
    def is_clean(self) -> bool:
        """Whether every claim was paid or returned, and nothing else was found."""
        return all(found in {"paid", "returned"} for _, found, _ in self.findings)


def compose(id: str, claims: Mapping[str, int], paid: Collection[str]) -> Batch:  # noqa: A002 - the field's own word
    """Return a batch of `claims`. Raises `Problems` naming every claim that has been paid before."""
    again = sorted(set(claims) & set(paid))
    if again:
        message = Text("已经支付过", "was paid before")
        cure = Text("移出该笔；确需补发的另立申报", "take it out; arrears are a claim of their own")
        raise Problems(Problem("paid-before", message, cure, value=claim) for claim in again)
    return Batch(id, claims)


def reconcile(batch: Batch, answer: Iterable[Answered]) -> Reconciled:
    """Return what the bank's answer says of a batch: every claim once, every stray row once."""
    held = tuple(answer)
    times = Counter(each.claim for each in held)
    by_claim = {each.claim: each for each in held}
    findings: list[tuple[str, Finding, int]] = []
    for claim, fen in batch.fen.items():
        found = by_claim.get(claim)
        row = 0 if found is None else found.row
        findings.append((claim, _finding(fen, found, times[claim]), row))
    findings.extend((each.claim, "not-in-batch", each.row) for each in held if each.claim not in batch.fen)
    return Reconciled(batch.id, tuple(findings))


def _finding(fen: int, found: Answered | None, times: int) -> Finding:
    if found is None:
        return "unanswered"
    if times > 1:
        return "answered-twice"
    if found.fen != fen:
        return "other-amount"
    return "paid" if found.paid else "returned"
