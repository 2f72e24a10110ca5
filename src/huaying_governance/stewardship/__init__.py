"""包联、权责、规划、村改居: who is in contact with a community, who answers for what, what a place is planned for.

Contacts are offices, never persons by name. A boundary of management is not the line of administration.
"""

from huaying_governance.stewardship.boundary import Agreement, Find, Segment, first_finder, matrix
from huaying_governance.stewardship.choosing import Choice, judge_choice
from huaying_governance.stewardship.contacts import Contact, Visit, completeness, register
from huaying_governance.stewardship.dispute import DISPUTES
from huaying_governance.stewardship.duties import Duty, allotments, by_body, gap_report, history
from huaying_governance.stewardship.purchase import SERVICES
from huaying_governance.stewardship.support import Need, Support, balances
from huaying_governance.stewardship.ventures import (
    Contract,
    Payment,
    Venture,
    judge_contract,
    judge_payments,
    shares,
)

__all__ = [
    "DISPUTES",
    "SERVICES",
    "Agreement",
    "Choice",
    "Contact",
    "Contract",
    "Duty",
    "Find",
    "Need",
    "Payment",
    "Segment",
    "Support",
    "Venture",
    "Visit",
    "allotments",
    "balances",
    "by_body",
    "completeness",
    "first_finder",
    "gap_report",
    "history",
    "judge_choice",
    "judge_contract",
    "judge_payments",
    "matrix",
    "register",
    "shares",
]
