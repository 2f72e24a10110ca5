"""乐业: the fourth programme: training, vacancies, fairs and agencies, flexible work, public-interest posts.

Persons are references; whoever is counted is counted as what was seen: attendances are not persons.

General layout of training, fairs and posts:

    training, training_steps        a class, its procedure; needs: what visits ask for
    signins, trainees               attendances and persons, what looks odd; subsidies within their limits
    placement, placement_steps      the ladder of those who seek work, its procedure
    fairs, fair_steps, agencies     fairs and their permit, whether an agency may work
    gigs, gig_steps                 temporary work, pay and arrears
    public_posts, public_post_steps posts in the public interest; retirement: the gradual age
    job_kinds                       kinds of job and their stock

General layout of vacancies and matching:

    phrasing, linter     patterns of wording; what bars a posting, and how to write it instead
    vacancy, listing     a vacancy, its channels, its procedure
    matching             seekers and vacancies: blockers, fits, one against many
    assignment           all of a fair at once
    referral             a seeker put forward, and what came of it
    search               near home, at home, suited to a group
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from huaying_governance.lazy import lazily

if TYPE_CHECKING:
    from huaying_governance.employment.agencies import Agency, judge_agency
    from huaying_governance.employment.assignment import Assignment, assign
    from huaying_governance.employment.fair_steps import FAIRS
    from huaying_governance.employment.fairs import Fair, permit_by, permit_from
    from huaying_governance.employment.gig_steps import GIGS
    from huaying_governance.employment.gigs import Order
    from huaying_governance.employment.job_kinds import JobKind, Lot, stock
    from huaying_governance.employment.linter import LintFinding, LintRule, lint, linted
    from huaying_governance.employment.listing import VACANCIES
    from huaying_governance.employment.matching import (
        Blocker,
        MatchRules,
        Offer,
        Pairing,
        Seeker,
        pair,
        rank,
        rank_seekers,
    )
    from huaying_governance.employment.needs import Need, demands
    from huaying_governance.employment.placement import RUNGS, Placement, ladder
    from huaying_governance.employment.placement_steps import PLACEMENTS
    from huaying_governance.employment.public_post_steps import PUBLIC_PLACEMENTS
    from huaying_governance.employment.public_posts import Application
    from huaying_governance.employment.referral import REFERRALS, Referral
    from huaying_governance.employment.retirement import Band, Retirement, statutory_retirement
    from huaying_governance.employment.search import Hit, Search, found
    from huaying_governance.employment.signins import Session, SignIn, findings, turnout
    from huaying_governance.employment.trainees import Trainee, judge_trainees
    from huaying_governance.employment.training import TrainingClass
    from huaying_governance.employment.training_steps import CLASSES
    from huaying_governance.employment.vacancy import Listing, PostingRules, Vacancy

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
    "Assignment",
    "Band",
    "Blocker",
    "Fair",
    "Hit",
    "JobKind",
    "LintFinding",
    "LintRule",
    "Listing",
    "Lot",
    "MatchRules",
    "Need",
    "Offer",
    "Order",
    "Pairing",
    "Placement",
    "PostingRules",
    "Referral",
    "Retirement",
    "Search",
    "Seeker",
    "Session",
    "SignIn",
    "Trainee",
    "TrainingClass",
    "Vacancy",
    "assign",
    "demands",
    "findings",
    "found",
    "judge_agency",
    "judge_trainees",
    "ladder",
    "lint",
    "linted",
    "pair",
    "permit_by",
    "permit_from",
    "rank",
    "rank_seekers",
    "statutory_retirement",
    "stock",
    "turnout",
]

__getattr__ = lazily(
    __name__,
    {
        "agencies": "Agency judge_agency",
        "assignment": "Assignment assign",
        "fair_steps": "FAIRS",
        "fairs": "Fair permit_by permit_from",
        "gig_steps": "GIGS",
        "gigs": "Order",
        "job_kinds": "JobKind Lot stock",
        "linter": "LintFinding LintRule lint linted",
        "listing": "VACANCIES",
        "matching": "Blocker MatchRules Offer Pairing Seeker pair rank rank_seekers",
        "needs": "Need demands",
        "placement": "RUNGS Placement ladder",
        "placement_steps": "PLACEMENTS",
        "public_post_steps": "PUBLIC_PLACEMENTS",
        "public_posts": "Application",
        "referral": "REFERRALS Referral",
        "retirement": "Band Retirement statutory_retirement",
        "search": "Hit Search found",
        "signins": "Session SignIn findings turnout",
        "trainees": "Trainee judge_trainees",
        "training": "TrainingClass",
        "training_steps": "CLASSES",
        "vacancy": "Listing PostingRules Vacancy",
    },
)
