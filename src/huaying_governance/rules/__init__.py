"""KERNEL 1, the policy language (政策语言): a policy is a checked TOML document that decides and explains itself.

General layout, in the direction of travel:

    limits, source, scan      bounds; text with places; where each key and value stands
    shape, document, load     the definition of the document; reading it and what it includes
    written, parse            expressions as written
    tree, meaning             expressions as meant: names, types, units, ranges
    model, resolve, read      the parts of a policy; from drafts to a policy
    compile, edition          closures, per stretch of days with the same values
    facts, spells             strict reading of a case; facts that follow from spells
    award, subsidy, eligible, timetable    the answers
    missing, explain          what could still change them; why they are what they are
"""

from huaying_governance.rules.award import Award, Line
from huaying_governance.rules.policy import Judgement, Policy
from huaying_governance.rules.read import check_policy, check_policy_text, read_policy, read_policy_text
from huaying_governance.rules.spells import Spell, derive
from huaying_governance.rules.timetable import (
    ClockRule,
    ExtensionRule,
    Timetable,
    Undetermined,
    select_timetable,
)

__all__ = [
    "Award",
    "ClockRule",
    "ExtensionRule",
    "Judgement",
    "Line",
    "Policy",
    "Spell",
    "Timetable",
    "Undetermined",
    "check_policy",
    "check_policy_text",
    "derive",
    "read_policy",
    "read_policy_text",
    "select_timetable",
]
