"""邻里环节: voluntary help, collection points, places covered and inspected, environmental problems put right."""

from __future__ import annotations

from huaying_governance.flows.neighbourhood import incidents, places, volunteers

PARTS = (volunteers, places, incidents)
"""Modules with desks and with the tables that need another, in the order in which one asks the store for another's."""
