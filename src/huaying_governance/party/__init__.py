"""领航: the second programme: members and branches, whistles, grand committee, appraisal, honours, posts.

Members are references; nothing here profiles or scores a person beyond what a post of one's own yields.
"""

from huaying_governance.party.appraisal import Rating, appraise, publishable, sensitivity
from huaying_governance.party.booking import BOOKINGS
from huaying_governance.party.committee import Agreement, ResidentUnit, Resource, coverage
from huaying_governance.party.composition import Meeting, Seat, compose
from huaying_governance.party.consequence import OUTCOMES
from huaying_governance.party.flags import look_closer
from huaying_governance.party.floating import MOVES
from huaying_governance.party.hanging import quarters
from huaying_governance.party.honour import Group, group_state, markets_without_roster
from huaying_governance.party.honouring import HONOURS
from huaying_governance.party.indicators import Figure, Indicator, reckoned
from huaying_governance.party.life import Attendance, activities, duties, toured
from huaying_governance.party.members import Branch, Member, Pledge, branches, find_member, find_pledge, heads
from huaying_governance.party.planning import PLANS
from huaying_governance.party.posts import Duty, score
from huaying_governance.party.project import PROJECTS, suggest, three_lists
from huaying_governance.party.quota import balances
from huaying_governance.party.reporting import cover
from huaying_governance.party.rights import RIGHTS, Grant, Rights
from huaying_governance.party.service import Need, Registration, feedback, match
from huaying_governance.party.tenure import POSTS
from huaying_governance.party.whistle import Whistle, deadlines, recipients, repeated
from huaying_governance.party.whistling import WHISTLES

__all__ = [
    "BOOKINGS",
    "HONOURS",
    "MOVES",
    "OUTCOMES",
    "PLANS",
    "POSTS",
    "PROJECTS",
    "RIGHTS",
    "WHISTLES",
    "Agreement",
    "Attendance",
    "Branch",
    "Duty",
    "Figure",
    "Grant",
    "Group",
    "Indicator",
    "Meeting",
    "Member",
    "Need",
    "Pledge",
    "Rating",
    "Registration",
    "ResidentUnit",
    "Resource",
    "Rights",
    "Seat",
    "Whistle",
    "activities",
    "appraise",
    "balances",
    "branches",
    "compose",
    "cover",
    "coverage",
    "deadlines",
    "duties",
    "feedback",
    "find_member",
    "find_pledge",
    "group_state",
    "heads",
    "look_closer",
    "markets_without_roster",
    "match",
    "publishable",
    "quarters",
    "recipients",
    "reckoned",
    "repeated",
    "score",
    "sensitivity",
    "suggest",
    "three_lists",
    "toured",
]
