"""参与环节: the desks of mediation, forum and taking part; of rolls, registrations and elections."""

from __future__ import annotations

from huaying_governance.flows.participation import deliberation, elections

PARTS = (deliberation, elections)
"""Modules with desks and with the tables that need another, in the order in which one asks the store for another's."""
