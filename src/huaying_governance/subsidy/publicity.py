"""公示名单: what is published before an award is approved, and nothing more.

Masked as this library's default says: the name's first character, the community, the rule, the amount. No document
number, no account, no school, no illness: fields for them do not exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from attrs import frozen

from huaying_governance.kernel.money import from_fen
from huaying_governance.kernel.privacy import mask_name


@frozen
class Named:
    """公示对象: what the office knows of a person to be published; `name` never leaves here unmasked."""

    reference: str
    name: str
    community: str
    rule: str
    fen: int


@frozen
class Line:
    """公示一行: number, masked name, community, what it is for, amount in yuan."""

    number: int
    name: str
    community: str
    rule: str
    amount: Decimal


@frozen
class PublicityList:
    """公示名单: the lines, from the first day to the last day of publicity, and their total."""

    title: str
    first: date
    last: date
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the amounts, in yuan."""
        return sum((line.amount for line in self.lines), Decimal("0.00"))


def publicity_list(title: str, first: date, last: date, persons: Iterable[Named]) -> PublicityList:
    """Return the list to be published, by community and reference, so that the order tells nothing else."""
    ordered = sorted(persons, key=lambda one: (one.community, one.rule, one.reference))
    lines = tuple(
        Line(number, mask_name(one.name), one.community, one.rule, from_fen(one.fen))
        for number, one in enumerate(ordered, start=1)
    )
    return PublicityList(title, first, last, lines)
