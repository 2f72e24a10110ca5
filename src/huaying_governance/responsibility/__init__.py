"""责任清单: what may be asked of a community, by whom, on which condition, and what the answer is.

names        organisations and communities, found by id, name or alias
matters      the lines of a list and their versions
assignments  what is asked; what was admitted beside the list
gate         what a place says of the gate: clauses, who admits, who is asked
matching     free titles to matters: suggestions
wording      every statement of a ruling
screening    the answer
"""

from huaying_governance.responsibility.adaptation import Adaptation, Change, adapted
from huaying_governance.responsibility.admitting import AdmissionDesk
from huaying_governance.responsibility.algebra import (
    Difference,
    World,
    dead_lines,
    diff,
    equivalent,
    implies,
)
from huaying_governance.responsibility.assignments import Admission, AdmissionBook, Assignment
from huaying_governance.responsibility.gate import Gate
from huaying_governance.responsibility.matching import Match, Matcher, TitleMatcher
from huaying_governance.responsibility.matters import Matter, MatterList
from huaying_governance.responsibility.names import Register, plain_name
from huaying_governance.responsibility.request import Act, Request, Standing, Terms
from huaying_governance.responsibility.screening import Screener
from huaying_governance.responsibility.trial import Coverage, Edition, History, Impact, coverage, impact

__all__ = [
    "Act",
    "Adaptation",
    "Admission",
    "AdmissionBook",
    "AdmissionDesk",
    "Assignment",
    "Change",
    "Coverage",
    "Difference",
    "Edition",
    "Gate",
    "History",
    "Impact",
    "Match",
    "Matcher",
    "Matter",
    "MatterList",
    "Register",
    "Request",
    "Screener",
    "Standing",
    "Terms",
    "TitleMatcher",
    "World",
    "adapted",
    "coverage",
    "dead_lines",
    "diff",
    "equivalent",
    "impact",
    "implies",
    "plain_name",
]
