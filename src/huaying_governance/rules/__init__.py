"""KERNEL 1, the policy language (政策语言): a policy is a checked TOML document that decides and explains itself.

General layout, in the direction of travel:

    limits, source, scan                bounds; text with places; where each key and value stands
    at, shape, document, load           places of values; the definition of the document; reading it and its includes
    written, tokens, parse              expressions as written
    exact                               numbers as they are meant
    tree, functions, ranges             expressions as meant: nodes, types and units, how far numbers reach
    names, values, meaning              from the one to the other, with every problem
    model, declare, resolve, parts      the parts of a policy; from drafts to parts
    properties                          what a policy states of itself
    reason, check/, faults              what can hold together; judging a policy as a whole; every message
    read, policy                        the doors
    layout, compile, edition, rounding  closures, per stretch of days with the same values
    facts, spells                       strict reading of a case; facts that follow from spells
    subsidy, combine, award, eligible, timetable    the answers
    missing, explain, why_not           what could still change them; why they are what they are; what would
    reform, differences, normal, receipt       what if; what changed; the version; what an answer rests on
    schema, show                        the JSON Schema, for editors; policies in notebooks
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from huaying_governance.lazy import lazily

if TYPE_CHECKING:
    from huaying_governance.rules.award import Award, Line
    from huaying_governance.rules.differences import Change, diff
    from huaying_governance.rules.policy import Judgement, Policy
    from huaying_governance.rules.read import check_policy, check_policy_text, read_policy, read_policy_text
    from huaying_governance.rules.receipt import Receipt, receipt_of
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
    "Receipt",
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
    "receipt_of",
    "select_timetable",
]

__getattr__ = lazily(
    __name__,
    {
        "award": "Award Line",
        "differences": "Change diff",
        "policy": "Judgement Policy",
        "read": "check_policy check_policy_text read_policy read_policy_text",
        "receipt": "Receipt receipt_of",
        "reform": "Comparison Shift compare",
        "schema": "policy_schema",
        "spells": "Spell derive",
        "timetable": "ClockRule ExtensionRule Timetable Undetermined select_timetable",
        "why_not": "WhyNot",
    },
)
