"""乐业环节: the desks of vacancies and matching, of training, of placements and of what counts them."""

from __future__ import annotations

from huaying_governance.flows.employment import placements, training, vacancies

PARTS = (vacancies, training, placements)
"""Modules with desks and with the tables that need another, in the order in which one asks the store for another's."""
