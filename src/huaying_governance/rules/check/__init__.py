"""Judging a policy as a whole before it runs (检查): every problem at once.

General layout: `dates` (gaps, overlaps, clauses in force), `rules` (what can never apply, what collides, amounts),
`use` (what nobody reads), `kinds` (weights, lists). Each check takes the parts and notes problems at their places.
"""

from huaying_governance.rules.check.dates import check_dates
from huaying_governance.rules.check.kinds import check_kinds
from huaying_governance.rules.check.rules import check_rules
from huaying_governance.rules.check.use import check_use
from huaying_governance.rules.parts import Parts

__all__ = ["check_parts"]


def check_parts(parts: Parts, complete: bool) -> None:
    """Note every problem of `parts`. Where parts are missing (not `complete`), what is unused cannot be told."""
    check_dates(parts)
    check_rules(parts)
    check_kinds(parts)
    if complete:
        check_use(parts)
