"""领航: the second programme: members and branches, whistles, grand committee, appraisal, honours, posts.

Members are references; nothing here profiles or scores a person beyond what a post of one's own yields.
"""

from huaying_governance.party.appraisal import Rating, appraise, publishable, sensitivity
from huaying_governance.party.booking import BOOKINGS
from huaying_governance.party.committee import ResidentUnit, Resource, coverage
from huaying_governance.party.honour import Group, group_state, markets_without_roster
from huaying_governance.party.honouring import HONOURS
from huaying_governance.party.life import Attendance, activities, duties, toured
from huaying_governance.party.members import Branch, Member, branches, find_member, heads
from huaying_governance.party.posts import Duty, score
from huaying_governance.party.service import Need, Registration, feedback, match
from huaying_governance.party.whistle import Whistle, deadlines, recipients, repeated
from huaying_governance.party.whistling import WHISTLES

__all__ = [
    "BOOKINGS",
    "HONOURS",
    "WHISTLES",
    "Attendance",
    "Branch",
    "Duty",
    "Group",
    "Member",
    "Need",
    "Rating",
    "Registration",
    "ResidentUnit",
    "Resource",
    "Whistle",
    "activities",
    "appraise",
    "branches",
    "coverage",
    "deadlines",
    "duties",
    "feedback",
    "find_member",
    "group_state",
    "heads",
    "markets_without_roster",
    "match",
    "publishable",
    "recipients",
    "repeated",
    "score",
    "sensitivity",
    "toured",
]
