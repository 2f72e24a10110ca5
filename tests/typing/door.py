"""What a type checker makes of the public door: read by mypy in the gate, not run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import assert_type

import huaying_governance as hg


def judging(day: date) -> Decimal | None:
    """A pack screens and decides; a decision is an award or a ruling, told apart by its class."""
    pack = hg.load_pack("huaying")
    asked = hg.Assignment(id="A1", date=day, assigner="民政局", community="dujiaping", matter="XZ03")
    ruling = pack.screen(asked)
    assert_type(ruling, hg.Ruling)
    assert_type(ruling.codes, tuple[str, ...])
    decided = pack.policy("zone-employment").decide({"education": "bachelor"}, on=day)
    return decided.amount if isinstance(decided, hg.Award) else None


def following(moment: datetime, day: date) -> Iterator[str]:
    """A book in a store follows entries up."""
    with hg.open_store("memory:") as store:
        book = hg.LedgerBook(store, hg.load_pack("huaying"), hg.china_calendar())
        book.register(hg.Entry("L1", "hardship", "visit", "", "dujiaping", moment))
        for entry in book.overdue(on=day):
            assert_type(entry.due, date | None)
            yield entry.id
        hg.verify(store)


def catching(text: str) -> list[hg.Problem]:
    """Bad input is one exception that carries every problem."""
    try:
        hg.ResidentId.parse(text)
    except hg.Problems as bad:
        assert_type(bad.problems, tuple[hg.Problem, ...])
        return list(bad.problems)
    return []
