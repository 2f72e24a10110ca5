"""三规合一: plans compared with each other, what is done about a difference, and public resources against need.

units       亩 and 公顷, exactly
model       plans, designations, figures, differences
checking    pairs of plans, parcels, figures
geometry    outlines (extra `plans`)
resolving   the procedure of a difference
resources   services per head, gaps ranked
"""

from huaying_governance.stewardship.plans.checking import check_indicators, check_plans, differences
from huaying_governance.stewardship.plans.model import Designation, Difference, Indicator, Plan
from huaying_governance.stewardship.plans.resolving import CONFLICTS
from huaying_governance.stewardship.plans.resources import Level, gaps
from huaying_governance.stewardship.plans.units import convert

__all__ = [
    "CONFLICTS",
    "Designation",
    "Difference",
    "Indicator",
    "Level",
    "Plan",
    "check_indicators",
    "check_plans",
    "convert",
    "differences",
    "gaps",
]
