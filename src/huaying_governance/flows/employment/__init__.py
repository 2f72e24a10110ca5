"""乐业环节: the desks of vacancies and matching, of training, of placements and of what counts them."""

from __future__ import annotations

from huaying_governance.flows.employment import (
    agencies,
    matching,
    placements,
    posts,
    referrals,
    training,
    vacancies,
)

PARTS = (vacancies, referrals, matching, training, placements, agencies, posts)
"""Modules with desks and with the tables that need another, in the order in which one asks the store for another's."""
