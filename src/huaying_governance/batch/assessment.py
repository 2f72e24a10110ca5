"""What came of a batch (批量结果): its rows, their counts and sums, its receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import define, field, frozen
from sqlglot import exp

from huaying_governance.batch.eligible import COLUMNS as FINDINGS
from huaying_governance.batch.lines import COLUMNS
from huaying_governance.batch.receipt import Receipt, digest_of_rows
from huaying_governance.batch.session import Session
from huaying_governance.batch.sql import column
from huaying_governance.batch.tables import table
from huaying_governance.rules.policy import Policy


@frozen
class Result:
    """批量结果: one row of a batch.

    `amount` is in yuan with two decimals, None unless `outcome` is `payable`. `missing` joins the missing facts by `;`.
    `ground` is equal for rows with the same reasons.
    """

    person: object
    rule: str
    payee: str
    amount: Decimal | None
    outcome: str
    missing: str
    ground: str


@frozen
class Finding:
    """批量资格结果: one row of a batch of eligibility: `codes` and `missing` are joined by `;`."""

    person: object
    outcome: str
    codes: str
    missing: str
    ground: str


@define(eq=False)
class Assessment:
    """批量裁定: what came of a batch: rows by outcome, what each rule pays, and the rows themselves."""

    policy: Policy
    on: date
    session: Session
    written: exp.Expr
    persons: int
    counts: Mapping[tuple[str, str], int]
    amounts: Mapping[str, Decimal]
    _receipt: Receipt | None = field(default=None, init=False)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(self.counts.values())

    @property
    def total(self) -> Decimal:
        """What is payable in all, in yuan."""
        return sum(self.amounts.values(), Decimal("0.00"))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the rows."""
        return COLUMNS if self.policy.kind == "subsidy" else FINDINGS

    def results(self) -> Iterator[Result | Finding]:
        """Yield the rows, in no particular order: `Result` of a subsidy, `Finding` of an eligibility policy."""
        made: type[Result | Finding] = Result if self.policy.kind == "subsidy" else Finding
        for row in self.session.stream(self._all()):
            yield made(*row)

    def arrow(self) -> Any:
        """Return the rows as an Arrow table, in no particular order; a file holds more than memory does."""
        return self.session.arrow(self._all())

    def _all(self) -> exp.Expr:
        return exp.select(*(column(name).use() for name in self.columns)).from_(self.written.copy())

    def receipt(self) -> Receipt:
        """Return the receipt of this batch: what it rests on, and the digest of what it yielded."""
        if self._receipt is None:
            self._receipt = self._made()
        return self._receipt

    def _made(self) -> Receipt:
        inputs: dict[str, str] = {}
        for name, place in self.session.names.items():
            held = self.session.fingerprint(name)
            rows = table(place, "o")
            inputs[name] = held or digest_of_rows(self.session, rows, sorted(self.session.columns(place)))
        result = digest_of_rows(self.session, self.written, self.columns)
        policy, engine = self.policy, self.session.version
        return Receipt(policy.id, policy.version, self.on, engine, inputs, self.rows, self.total, result)

    def close(self) -> None:
        """Give back what the engine holds; the rows can then no longer be read from here."""
        self.session.close()
