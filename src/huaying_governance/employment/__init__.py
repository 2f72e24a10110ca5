"""乐业: the fourth programme: training, vacancies, fairs and agencies, flexible work, public-interest posts.

Persons are references; whoever is counted is counted as what was seen: attendances are not persons.

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
    from huaying_governance.employment.assignment import Assignment, assign
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
    from huaying_governance.employment.referral import REFERRALS, Referral
    from huaying_governance.employment.search import Hit, Search, found
    from huaying_governance.employment.vacancy import Listing, PostingRules, Vacancy

__all__ = [
    "REFERRALS",
    "VACANCIES",
    "Assignment",
    "Blocker",
    "Hit",
    "LintFinding",
    "LintRule",
    "Listing",
    "MatchRules",
    "Offer",
    "Pairing",
    "PostingRules",
    "Referral",
    "Search",
    "Seeker",
    "Vacancy",
    "assign",
    "found",
    "lint",
    "linted",
    "pair",
    "rank",
    "rank_seekers",
]

__getattr__ = lazily(
    __name__,
    {
        "assignment": "Assignment assign",
        "linter": "LintFinding LintRule lint linted",
        "listing": "VACANCIES",
        "matching": "Blocker MatchRules Offer Pairing Seeker pair rank rank_seekers",
        "referral": "REFERRALS Referral",
        "search": "Hit Search found",
        "vacancy": "Listing PostingRules Vacancy",
    },
)
