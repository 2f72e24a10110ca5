"""台账裁量: what an action does to an entry: the event it leaves, or the ruling that refuses it.

Pure: the moment and the actor come in the action, the calendar and a merger's target in the context.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, cast

from huaying_governance.kernel.ruling import Ruling
from huaying_governance.ledger.events import Event, Registered
from huaying_governance.ledger.model import Action, Entry
from huaying_governance.ledger.reckoning import start
from huaying_governance.ledger.state import Context, Live
from huaying_governance.ledger.table import LEDGER
from huaying_governance.ledger.terms import Terms
from huaying_governance.procedure.clock import WorkDays
from huaying_governance.procedure.table import Procedure

LedgerProcedure: TypeAlias = Procedure[Live, Action, Context]
Decided: TypeAlias = tuple[Event, ...] | Ruling


def register(entry: Entry, terms: Terms, calendar: WorkDays) -> Registered:
    """Return the event that opens an entry under `terms`, with its first deadline."""
    started = start(terms, 0, "received", entry.received_at.date(), calendar)
    return Registered(
        entry.received_at,
        entry.kind,
        entry.source,
        entry.category,
        entry.community,
        entry.summary,
        entry.petitioner,
        terms,
        started,
    )


decide = cast("Callable[[Live, Action, Context], Decided]", LEDGER.decide)
"""Return the events of an admitted action, or a ruling `refused` with every reason in the documented order.

The procedure's own method, because an action passes here at every step; a procedure with further criteria has its own.
"""
