"""参与: who may take part, how residents vote, deliberate and settle disputes.

General layout:

    eligibility                who may register as voter, by the law in force on the polling day
    residence, doors           why somebody stays and what shows it; ways of taking part from the first day
    roll, roll_steps, enrolling    a roll of voters, registrations, objections, and their procedures
    voting, election, electing validity and majorities; candidates, proxies and rounds; the procedure
    office                     the books of an election over one store
    recall, recall_reasons, recalling    罢免: a request to recall a member, its explanation and its procedure
    kinship                    近亲属回避: relations as declared, and what follows
    signals                    what about a roll should be looked at: places and counts
    forum, deliberating        a topic and its procedure: 周末议事厅 and 四议两公开
    mediation, mediating       a dispute and its procedure: 人民调解, 群英断是非
    indicators                 民事民管、民难民解、民需民助
    lectures                   lectures and safety sessions
"""

from huaying_governance.participation.deliberating import TOPICS
from huaying_governance.participation.doors import Comer, Door, doors_of, may_take_part
from huaying_governance.participation.electing import ELECTIONS
from huaying_governance.participation.election import Election
from huaying_governance.participation.enrolling import REGISTRATIONS
from huaying_governance.participation.forum import ForumRules, Meeting, Topic
from huaying_governance.participation.indicators import Effort, Indicators, shares_by_month
from huaying_governance.participation.kinship import KinRules, Kinship, Relation, judge_member, judge_official
from huaying_governance.participation.lectures import Lecture, clashes, tallies
from huaying_governance.participation.mediating import MEDIATIONS
from huaying_governance.participation.mediation import Dispute, MediationRules, confirm_by
from huaying_governance.participation.office import ElectionBooks, election_books
from huaying_governance.participation.recall import Recall, RecallRules, RecallVote
from huaying_governance.participation.recalling import RECALLS
from huaying_governance.participation.residence import Residence, ResidenceRules, judge_residence
from huaying_governance.participation.roll import Registration, Roll, RollRules
from huaying_governance.participation.roll_steps import ROLLS
from huaying_governance.participation.signals import Signal, SignalRules, signals_of
from huaying_governance.participation.voting import Ballot, Outcome, Tally, VotingMode, outcome, tally, valid

__all__ = [
    "ELECTIONS",
    "MEDIATIONS",
    "RECALLS",
    "REGISTRATIONS",
    "ROLLS",
    "TOPICS",
    "Ballot",
    "Comer",
    "Dispute",
    "Door",
    "Effort",
    "Election",
    "ElectionBooks",
    "ForumRules",
    "Indicators",
    "KinRules",
    "Kinship",
    "Lecture",
    "MediationRules",
    "Meeting",
    "Outcome",
    "Recall",
    "RecallRules",
    "RecallVote",
    "Registration",
    "Relation",
    "Residence",
    "ResidenceRules",
    "Roll",
    "RollRules",
    "Signal",
    "SignalRules",
    "Tally",
    "Topic",
    "VotingMode",
    "clashes",
    "confirm_by",
    "doors_of",
    "election_books",
    "judge_member",
    "judge_official",
    "judge_residence",
    "may_take_part",
    "outcome",
    "shares_by_month",
    "signals_of",
    "tallies",
    "tally",
    "valid",
]
