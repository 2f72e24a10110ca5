"""台账: three ledgers (困难群众, 民生诉求, 社会稳定) under 责任制+时间表+销号制.

General layout, lowest first:

    words       the closed vocabularies
    model       what comes in: entries and actions
    terms       the timetable an entry is followed up under
    state       what the rules must know of an entry
    guards      the questions asked of an action
    table       every state and every move, in one file
    events      everything that can have happened
    decide      action → events, or a ruling that refuses
    evolve      event → next state
    codec       events as they are stored
    view        the entry as users and queries see it
    explain     how a deadline came about
    book        the book users hold
"""

from __future__ import annotations

from huaying_governance.ledger.book import LedgerBook
from huaying_governance.ledger.model import Action, Entry
from huaying_governance.ledger.view import EntryView

__all__ = ["Action", "Entry", "EntryView", "LedgerBook"]
