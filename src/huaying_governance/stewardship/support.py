"""支持保障: what a community was given of places, money and staff, against what it needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import in_force
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.stewardship.wording import found

KINDS = ("place", "money", "staff")
"""阵地（平方米）、资金（元）、人力（人）."""


@frozen(kw_only=True)
class Support:
    """保障: so much of one kind, by whom, from a day to a day. Money that was given stays given."""

    community: str
    kind: str
    giver: str
    quantity: Decimal
    since: date
    until: date | None = None


@frozen(kw_only=True)
class Need:
    """应保障数: what a community must have of one kind; None: not stated."""

    community: str
    kind: str
    required: Decimal | None


@frozen
class Balance:
    """保障差额: given against required; `short` is never below nothing, and None while the need is unknown."""

    community: str
    kind: str
    required: Decimal | None
    given: Decimal
    short: Decimal | None
    ruling: Ruling


def balances(
    needs: Sequence[Need], supports: Sequence[Support], on: date, citation: Citation
) -> tuple[Balance, ...]:
    """Return the balance of every need, then of what was given where nobody stated one."""
    stated = {(one.community, one.kind): one.required for one in needs}
    keys = dict.fromkeys([*stated, *((one.community, one.kind) for one in supports)])
    return tuple(
        _balance(community, kind, stated.get((community, kind)), supports, (on, citation))
        for community, kind in keys
    )


def _balance(
    community: str,
    kind: str,
    required: Decimal | None,
    supports: Sequence[Support],
    asked: tuple[date, Citation],
) -> Balance:
    on, citation = asked
    given = sum(
        (
            one.quantity
            for one in supports
            if (one.community, one.kind) == (community, kind) and in_force(on, one.since, one.until)
        ),
        Decimal(0),
    )
    if required is None:
        ruling = found(("no-need-stated",), citation, outcome="undetermined", missing=("required",))
        return Balance(community, kind, None, given, None, ruling)
    short = max(required - given, Decimal(0))
    codes = ("shortfall",) if short else ()
    return Balance(
        community, kind, required, given, short, found(codes, citation, figures={"count": f"{short:f}"})
    )
