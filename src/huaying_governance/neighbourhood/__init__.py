"""邻里: voluntary help, and a neighbourhood that is cared for: places, visits, incidents. Never who lives there.

General layout:

    service, spans, hours      an order for help, time, what a volunteer may be certified
    volunteering, partners     its procedure; who organises, and where
    points, collecting         collection points, duplicates, households served; their procedure
    coverage                   facilities at public places, as rates with denominators
    inspection                 which sites were visited lately
    incident, rectifying       dumped waste, green land taken; from find to handover
    scope                      what is deliberately not held, and why
"""

from huaying_governance.neighbourhood.collecting import POINTS
from huaying_governance.neighbourhood.coverage import FacilityPlace, Rate, Target, rate
from huaying_governance.neighbourhood.hours import Certificate, certificates, tallies
from huaying_governance.neighbourhood.incident import Incident, IncidentKind, due_of
from huaying_governance.neighbourhood.inspection import InspectionRules, Site, Visit, watched
from huaying_governance.neighbourhood.partners import Partner
from huaying_governance.neighbourhood.points import (
    CollectionPoint,
    CollectionRules,
    Dwelling,
    duplicates,
    served,
)
from huaying_governance.neighbourhood.rectifying import INCIDENTS
from huaying_governance.neighbourhood.scope import HandoverReceipt, refuse_out_of_scope
from huaying_governance.neighbourhood.service import Order, ServiceKind, Volunteer, VolunteerRules
from huaying_governance.neighbourhood.volunteering import ORDERS

__all__ = [
    "INCIDENTS",
    "ORDERS",
    "POINTS",
    "Certificate",
    "CollectionPoint",
    "CollectionRules",
    "Dwelling",
    "FacilityPlace",
    "HandoverReceipt",
    "Incident",
    "IncidentKind",
    "InspectionRules",
    "Order",
    "Partner",
    "Rate",
    "ServiceKind",
    "Site",
    "Target",
    "Visit",
    "Volunteer",
    "VolunteerRules",
    "certificates",
    "due_of",
    "duplicates",
    "rate",
    "refuse_out_of_scope",
    "served",
    "tallies",
    "watched",
]
