"""参与环节: the desks of mediation, forum and taking part; of rolls and elections, recalls and near relatives."""

from __future__ import annotations

from huaying_governance.flows.participation import deliberation, elections, kin, recalls, self_help

PARTS = (deliberation, elections, recalls, kin, self_help)
"""Modules with desks and with the tables that need another, in the order in which one asks the store for another's."""
