"""乐业: the fourth programme: training, vacancies, fairs and agencies, flexible work, public-interest posts.

Persons are references; whoever is counted is counted as what was seen: attendances are not persons.
"""

from huaying_governance.employment.agencies import Agency, judge_agency
from huaying_governance.employment.fair_steps import FAIRS
from huaying_governance.employment.fairs import Fair, permit_by, permit_from
from huaying_governance.employment.gig_steps import GIGS
from huaying_governance.employment.gigs import Order
from huaying_governance.employment.job_kinds import JobKind, Lot, stock
from huaying_governance.employment.linter import lint, linted
from huaying_governance.employment.listing import VACANCIES
from huaying_governance.employment.needs import Need, demands
from huaying_governance.employment.placement import RUNGS, Placement, ladder
from huaying_governance.employment.placement_steps import PLACEMENTS
from huaying_governance.employment.public_post_steps import PUBLIC_PLACEMENTS
from huaying_governance.employment.public_posts import Application
from huaying_governance.employment.referral import REFERRALS
from huaying_governance.employment.retirement import Band, Retirement, retirement
from huaying_governance.employment.signins import Session, SignIn, findings, turnout
from huaying_governance.employment.trainees import Trainee, judge_trainees
from huaying_governance.employment.training import TrainingClass
from huaying_governance.employment.training_steps import CLASSES

__all__ = [
    "CLASSES",
    "FAIRS",
    "GIGS",
    "PLACEMENTS",
    "PUBLIC_PLACEMENTS",
    "REFERRALS",
    "RUNGS",
    "VACANCIES",
    "Agency",
    "Application",
    "Band",
    "Fair",
    "JobKind",
    "Lot",
    "Need",
    "Order",
    "Placement",
    "Retirement",
    "Session",
    "SignIn",
    "Trainee",
    "TrainingClass",
    "demands",
    "findings",
    "judge_agency",
    "judge_trainees",
    "ladder",
    "lint",
    "linted",
    "permit_by",
    "permit_from",
    "retirement",
    "stock",
    "turnout",
]
