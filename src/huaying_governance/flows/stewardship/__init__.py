"""包联与规划环节: contacts and duties, partners, plans, public resources, villages in transition."""

from __future__ import annotations

from huaying_governance.flows.stewardship import (
    boundary,
    contacts,
    duties,
    partners,
    plans,
    resource_gaps,
    transition,
)

PARTS = (contacts, duties, boundary, partners, plans, resource_gaps, transition)
"""Modules with desks and with the tables that need another, in the order in which one asks the store for another's."""
