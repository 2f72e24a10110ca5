"""联席会议环节: the desks of the joint conference."""

from __future__ import annotations

from huaying_governance.flows.conference import meetings

PARTS = (meetings,)
"""Modules with desks and with the tables that need another, in the order in which one asks the store for another's."""
