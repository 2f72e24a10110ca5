"""Receipts (凭证): what a batch rests on and what it yielded, as digests that anybody can compute again.

A policy by its version, each table by a digest, the engine and its version, and a digest of the result that does not
depend on the order of its rows or on the engine. Replaying a receipt runs the batch again and says what differs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen
from sqlglot import exp

from huaying_governance.batch.session import Session
from huaying_governance.batch.sql import Sql, aliased, cast, column, literal
from huaying_governance.rules.receipt import told
from huaying_governance.text import Text


@frozen
class Receipt:
    """凭证 of a batch. `inputs` and `result` are digests in hexadecimal, `total` is in yuan."""

    policy: str
    version: str
    on: date
    engine: str
    inputs: Mapping[str, str]
    rows: int
    total: Decimal
    result: str

    def to_dict(self) -> dict[str, Any]:
        """Return stable JSON data."""
        return {
            "policy": self.policy,
            "version": self.version,
            "on": self.on.isoformat(),
            "engine": self.engine,
            "inputs": dict(self.inputs),
            "rows": self.rows,
            "total": str(self.total),
            "result": self.result,
        }

    @property
    def digest(self) -> str:
        """The sha256 of the whole receipt."""
        return hashlib.sha256(json.dumps(self.to_dict(), sort_keys=True).encode()).hexdigest()

    @staticmethod
    def of_dict(data: Mapping[str, Any]) -> Receipt:
        """Return the receipt that `to_dict` wrote."""
        return Receipt(
            str(data["policy"]),
            str(data["version"]),
            date.fromisoformat(data["on"]),
            str(data["engine"]),
            dict(data["inputs"]),
            int(data["rows"]),
            Decimal(data["total"]),
            str(data["result"]),
        )

    def differences(self, other: Receipt) -> tuple[str, ...]:
        """Return the names of what differs, in a fixed order; empty where the batch came out the same.

        Another engine or version of it is no difference: the answers are the same on all.
        """
        found = [name for name in ("policy", "version", "on") if getattr(self, name) != getattr(other, name)]
        names = dict.fromkeys((*self.inputs, *other.inputs))
        found.extend(name for name in names if self.inputs.get(name) != other.inputs.get(name))
        found.extend(
            name for name in ("rows", "total", "result") if getattr(self, name) != getattr(other, name)
        )
        return tuple(found)

    def compare(self, other: Receipt) -> Text:
        """Say that two receipts are the same, or what differs."""
        return told(self.differences(other))


def digest_of_rows(session: Session, source: exp.Expr, columns: Sequence[str]) -> str:
    """Return a digest of the rows of a table, whatever their order: from the sum of the digests of its rows."""
    text: Sql | None = None
    for name in columns:
        value = cast(column(name), "TEXT")
        shown = Sql(exp.Coalesce(this=value.use(), expressions=[literal("\\N")]))
        marked = Sql(exp.DPipe(this=shown.use(), expression=literal("|")))
        text = marked if text is None else Sql(exp.DPipe(this=text.use(), expression=marked.use()))
    assert text is not None  # noqa: S101 - a table has columns
    made = exp.select(exp.alias_(exp.Count(this=exp.Star()), "n"))
    for part in (0, 1):
        number = cast(session.dialect.fingerprint(text, part), "DECIMAL(38, 0)")
        total = cast(Sql(exp.Sum(this=number.use())), "TEXT")
        made = made.select(aliased(total, f"s{part}"), copy=False)
    found = session.rows(made.from_(source.copy(), copy=False))[0]
    return hashlib.sha256("|".join(str(each) for each in found).encode()).hexdigest()
