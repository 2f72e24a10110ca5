"""台账: three ledgers (困难群众, 民生诉求, 社会稳定) under 责任制+时间表+销号制.

General layout, lowest first:

    words       the closed vocabularies
    model       what comes in: entries and actions
    records     what each of the three ledgers records besides
    terms       the timetable an entry is followed up under
    events      everything that can have happened
    dossier     what an entry gathers beside its state
    state       what the rules must know of an entry
    guards      the questions asked of an action; criteria: those a pack switches on
    effects     the event that each admitted action leaves; reckoning: what it does to a deadline
    table       every state and every move, in one file
    evolve      event → next state
    decide      action → events, or a ruling that refuses
    notes       what may be added besides actions, and when not
    rungs       timers, reminders, colours
    view        the entry as users see it: the fold of its history
    codec, rows events and views as they are stored
    explain     how a deadline came about
    shelf       the reading half of the book
    book        the book users hold
    reception   坐班接访: the roster whose visits open entries
    reports     boards and rates
"""

from __future__ import annotations

from huaying_governance.ledger.book import LedgerBook
from huaying_governance.ledger.model import Action, Entry
from huaying_governance.ledger.view import EntryView

__all__ = ["Action", "Entry", "EntryView", "LedgerBook"]
