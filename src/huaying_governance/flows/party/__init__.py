"""领航环节: the desks of party building."""

from __future__ import annotations

from huaying_governance.flows.party import (
    appraisal,
    committee,
    life,
    members,
    posts,
    resources,
    service,
    whistles,
)

PARTS = (whistles, members, service, life, resources, committee, appraisal, posts)
"""Modules with desks and with the tables that need another, in the order in which one asks the store for another's."""
