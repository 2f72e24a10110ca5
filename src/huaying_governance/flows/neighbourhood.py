"""邻里环节: voluntary help, collection points, places covered and inspected, environmental problems put right."""

from __future__ import annotations

from collections.abc import Mapping

from huaying_governance.flows import incidents, places, volunteers
from huaying_governance.flows.desk import Desk

DESKS: tuple[Desk, ...] = (*volunteers.DESKS, *places.DESKS, *incidents.DESKS)
"""邻里 → the tables of `tables.specs_neighbourhood`. Points stand before coverage, which asks the store for them."""
PARENTS: Mapping[str, str] = {
    "volunteer_acts": "volunteer_orders",
    "collection_acts": "collection_points",
    "site_visits": "inspection_sites",
    "incident_acts": "incidents",
}
