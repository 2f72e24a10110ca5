"""What can be proved of a policy (可证性质), each as a plain value."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import frozen

from huaying_governance.rules.policy import Policy


@frozen
class NeverBoth:
    """互斥: never do the conditions of both rules hold."""

    one: str
    other: str


@frozen
class AtMost:
    """上限: never more than `amount` yuan, from one rule or (empty) in all."""

    amount: Decimal
    rule: str = ""


@frozen
class AtLeast:
    """下限: where something is paid, never less than `amount` yuan."""

    amount: Decimal
    rule: str = ""


@frozen
class Reachable:
    """可达: there is a case in which the rule pays."""

    rule: str


@frozen
class Monotone:
    """单调: more of a fact (or yes instead of no) never pays less; with `down` never more."""

    fact: str
    rule: str = ""
    direction: Literal["up", "down"] = "up"


@frozen(eq=False)
class Equivalent:
    """等价: both policies pay the same in every case, rule by rule where they share ids, and in all."""

    other: Policy


@frozen
class Cliff:
    """断崖: no more than `most` yuan are lost in all for one more (`step`) of a number."""

    fact: str
    step: int = 1
    most: Decimal = Decimal(0)


Property: TypeAlias = NeverBoth | AtMost | AtLeast | Reachable | Monotone | Equivalent | Cliff
