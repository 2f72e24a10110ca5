"""村改居: a village becomes an urban community, step by step, by criteria that are a policy of the place."""

from huaying_governance.stewardship.transition.converting import TRANSITION
from huaying_governance.stewardship.transition.model import Candidate, Facts, Obligation, assess, criteria_of

__all__ = ["TRANSITION", "Candidate", "Facts", "Obligation", "assess", "criteria_of"]
