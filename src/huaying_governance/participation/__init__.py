"""参与: who may take part, and how residents deliberate.

General layout:

    eligibility                who may register as voter, by the law in force on the polling day
    residence, doors           why somebody stays and what shows it; ways of taking part from the first day
    forum, deliberating        a topic and its procedure: 周末议事厅 and 四议两公开
    mediation, mediating       a dispute and its procedure: 人民调解, 群英断是非
    lectures                   lectures and safety sessions
"""

from huaying_governance.participation.deliberating import TOPICS
from huaying_governance.participation.doors import Comer, Door, doors_of, may_take_part
from huaying_governance.participation.forum import ForumRules, Meeting, Topic
from huaying_governance.participation.lectures import Lecture, clashes, tallies
from huaying_governance.participation.mediating import MEDIATIONS
from huaying_governance.participation.mediation import Dispute, MediationRules, confirm_by
from huaying_governance.participation.residence import Residence, ResidenceRules, judge_residence

__all__ = [
    "MEDIATIONS",
    "TOPICS",
    "Comer",
    "Dispute",
    "Door",
    "ForumRules",
    "Lecture",
    "MediationRules",
    "Meeting",
    "Residence",
    "ResidenceRules",
    "Topic",
    "clashes",
    "confirm_by",
    "doors_of",
    "judge_residence",
    "may_take_part",
    "tallies",
]
