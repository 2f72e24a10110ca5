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
    reason, check/            what can hold together; judging a policy as a whole
    why_not, reform, diff     what would have to change; what if; what changed
    schema                    the JSON Schema, for editors
"""

from huaying_governance.rules.award import Award, Line
from huaying_governance.rules.diff import Change, diff
from huaying_governance.rules.policy import Judgement, Policy
from huaying_governance.rules.read import check_policy, check_policy_text, read_policy, read_policy_text
from huaying_governance.rules.reform import Comparison, Shift, compare
from huaying_governance.rules.schema import policy_schema
from huaying_governance.rules.spells import Spell, derive
from huaying_governance.rules.timetable import (
    ClockRule,
    ExtensionRule,
    Timetable,
    Undetermined,
    select_timetable,
)
from huaying_governance.rules.why_not import WhyNot

__all__ = [
    "Award",
    "Change",
    "ClockRule",
    "Comparison",
    "ExtensionRule",
    "Judgement",
    "Line",
    "Policy",
    "Shift",
    "Spell",
    "Timetable",
    "Undetermined",
    "WhyNot",
    "check_policy",
    "check_policy_text",
    "compare",
    "derive",
    "diff",
    "policy_schema",
    "read_policy",
    "read_policy_text",
    "select_timetable",
]
