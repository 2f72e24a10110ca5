"""领航: the second programme of the article: members and branches, whistles, appraisal, honours, posts.

Members are references; nothing here profiles or scores a person beyond what a post of one's own yields.
"""

from huaying_governance.party.appraisal import Rating, appraise, publishable, sensitivity
from huaying_governance.party.honouring import HONOURS
from huaying_governance.party.members import Branch, Member, branches, find_member, heads
from huaying_governance.party.posts import Duty, score
from huaying_governance.party.whistle import Whistle, deadlines, repeated
from huaying_governance.party.whistling import WHISTLES

__all__ = [
    "HONOURS",
    "WHISTLES",
    "Branch",
    "Duty",
    "Member",
    "Rating",
    "Whistle",
    "appraise",
    "branches",
    "deadlines",
    "find_member",
    "heads",
    "publishable",
    "repeated",
    "score",
    "sensitivity",
]
