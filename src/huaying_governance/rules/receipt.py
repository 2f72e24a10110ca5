"""凭证: what one answer rests on and what it said, as digests that anybody can compute again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen

from huaying_governance.rules.award import Award
from huaying_governance.rules.policy import Policy
from huaying_governance.text import Text

ENGINE = "interpreter"
NAMES: Mapping[str, Text] = {
    "policy": Text("政策", "the policy"),
    "version": Text("政策版本", "the version of the policy"),
    "on": Text("认定日", "the day"),
    "inputs": Text("输入", "the input"),
    "persons": Text("人员表", "the table of persons"),
    "spells": Text("就业时段表", "the table of spells"),
    "rows": Text("行数", "the number of rows"),
    "total": Text("金额合计", "the total amount"),
    "result": Text("结果", "the result"),
}
"""What can differ between two receipts."""


@frozen
class Receipt:
    """凭证 of an award, a ruling or a cycle: `version` of the policy, `inputs` and `result` are hexadecimal digests."""

    policy: str
    version: str
    on: date
    engine: str
    inputs: str
    result: str

    def to_dict(self) -> dict[str, str]:
        """Return stable JSON data."""
        return {
            "policy": self.policy,
            "version": self.version,
            "on": self.on.isoformat(),
            "engine": self.engine,
            "inputs": self.inputs,
            "result": self.result,
        }

    @staticmethod
    def of_dict(data: Mapping[str, Any]) -> Receipt:
        """Return the receipt that `to_dict` wrote. Raises `KeyError` or `ValueError` for anything else."""
        names = ("policy", "version", "engine", "inputs", "result")
        policy, version, engine, inputs, result = (str(data[name]) for name in names)
        return Receipt(policy, version, date.fromisoformat(str(data["on"])), engine, inputs, result)

    def differences(self, other: Receipt) -> tuple[str, ...]:
        """Return the names of what differs; empty where it came out the same. The engine is no difference."""
        names = ("policy", "version", "on", "inputs", "result")
        return tuple(name for name in names if getattr(self, name) != getattr(other, name))


def told(differences: tuple[str, ...]) -> Text:
    """Say that nothing differs, or what does."""
    if not differences:
        return Text("一致", "the same")
    names = [NAMES.get(name, Text(name, name)) for name in differences]
    said = Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
    return Text("不一致：{n}", "different: {n}").fill(n=said)


def digest_of(data: object) -> str:
    """Return the sha256 of plain data: days and decimals count by their value, keys in any order."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def receipt_of(policy: Policy, facts: Mapping[str, object], on: date) -> Receipt:
    """Decide a case and return its receipt; with the same policy and facts it is the same receipt at any time.

    A fact that is None counts as one that is absent: both are missing. Raises `Problems` as `Policy.decide` does.
    """
    answer = policy.decide(facts, on)
    given = {name: value for name, value in facts.items() if value is not None or name in policy.relations}
    if isinstance(answer, Award):
        lines = [[each.rule, each.payee, each.amount, each.outcome, each.missing] for each in answer.lines]
        return Receipt(policy.id, policy.version, on, ENGINE, digest_of(given), digest_of(lines))
    said = [answer.outcome, answer.codes, answer.missing]
    return Receipt(policy.id, policy.version, on, ENGINE, digest_of(given), digest_of(said))


def _plain(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
