"""城乡规则择优: of the urban and the rural rule for a matter the better one is chosen, and the reason is kept.

The presumption is the pack's, for a fringe that grows into the city the urban rule. Who chooses the other says why;
and where the law knows one rule only there is nothing to choose.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ruling
from huaying_governance.stewardship.wording import found
from huaying_governance.text import Text

RULES: Mapping[str, Text] = {"urban": Text("城市", "urban"), "rural": Text("农村", "rural")}


@frozen
class Pair:
    """规则对: a matter, which of the two rules the law leaves open, and the clause."""

    matter: str
    open: tuple[str, ...]
    citation: Citation


@frozen
class ChoiceRules:
    """择优规则: the rule that needs no reason, and the matters for which the law leaves one rule only."""

    presumed: str
    pairs: tuple[Pair, ...]
    citation: Citation

    def pair(self, matter: str) -> Pair | None:
        """Return what the pack says of a matter; None where it says nothing, and both rules are open."""
        return next((pair for pair in self.pairs if pair.matter == matter), None)


@frozen(kw_only=True)
class Choice:
    """择优: which rule a community follows in a matter, and why."""

    community: str
    matter: str
    rule: str
    reason: str = ""


def judge_choice(choice: Choice, rules: ChoiceRules) -> Ruling:
    """Return `permitted`, `conditional` (a warning) or `refused` (the law leaves the other rule only)."""
    pair = rules.pair(choice.matter)
    if pair is not None and choice.rule not in pair.open:
        return found(("not-open",), pair.citation, outcome="refused", figures={"rule": RULES[pair.open[0]]})
    if choice.rule != rules.presumed and not choice.reason.strip():
        return found(
            ("no-reason",), rules.citation, outcome="conditional", figures={"rule": RULES[choice.rule]}
        )
    return found((), rules.citation, outcome="permitted")
