"""招聘文本检查: finds wording that discriminates or asks what the law forbids, with the clause and a better wording.

A rule is data of the pack: the patterns it looks for, and those that excuse it in the same clause or in the text. A
finding says what was found and how to write it; whether the posting may go out is the ruling's word: what bars it, and
what only warns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from attrs import frozen

from huaying_governance.employment.phrasing import CLAUSE_END, Match, Phrase, clause, plain
from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.text import Text

Gravity = Literal["bar", "warn"]
_FOUND = Text("“{x}”：{why}", "“{x}”: {why}")
CLEAN = Text("未发现歧视或违法条件", "no discriminating or unlawful condition was found")


@frozen(kw_only=True)
class LintRule:
    """检查规则: what to look for, what excuses it, why it is wrong and how to write it instead.

    `over` and `below` ask something of the number that the pattern met: found only where it lies beyond.
    """

    id: str
    code: str
    gravity: Gravity
    match: tuple[Phrase, ...]
    unless: tuple[Phrase, ...] = ()
    unless_text: tuple[Phrase, ...] = ()
    over: int | None = None
    below: int | None = None
    why: Text
    wording: Text
    citation: Citation

    def find(self, text: str) -> str | None:
        """Return the first wording at fault in a text that is `plain` already; None where there is none."""
        if any(phrase.within(text) for phrase in self.unless_text):
            return None
        places = (found for phrase in self.match for found in phrase.find(text))
        for found in sorted((one for one in places if self._beyond(one)), key=lambda one: one.start):
            around = clause(text, found.start, found.end)
            if not any(phrase.within(around) for phrase in self.unless):
                return text[found.start : found.end].strip(CLAUSE_END + ":")
        return None

    def _beyond(self, found: Match) -> bool:
        if self.over is None and self.below is None:
            return True
        value = found.numbers[0] if found.numbers else None
        if value is None:
            return False
        return (self.over is not None and value > self.over) or (
            self.below is not None and value < self.below
        )


@frozen
class LintFinding:
    """检查结果: a rule, and the wording it found."""

    rule: LintRule
    excerpt: str

    @property
    def text(self) -> Text:
        """What was found, and why it is wrong."""
        return _FOUND.fill(x=self.excerpt, why=self.rule.why)


def lint(text: str, rules: Iterable[LintRule]) -> tuple[LintFinding, ...]:
    """Return what is wrong with a text, in the order of the rules; a code is found once."""
    sought, found = f",{plain(text)},", list[LintFinding]()
    codes: set[str] = set()
    for rule in rules:
        if rule.code not in codes and (excerpt := rule.find(sought)) is not None:
            codes.add(rule.code)
            found.append(LintFinding(rule, excerpt))
    return tuple(found)


def barring(findings: Iterable[LintFinding]) -> Iterator[LintFinding]:
    """Yield the findings that keep a posting from going out."""
    return (one for one in findings if one.rule.gravity == "bar")


def linted(findings: Iterable[LintFinding]) -> Ruling:
    """Return findings as a ruling: `refused` where one bars, `conditional` where some only warn, else `permitted`."""
    held = tuple(findings)
    grounds = tuple(Ground(one.text, f"lint:{one.rule.code}", one.rule.citation) for one in held)
    remedies = tuple(Remedy(one.rule.code, one.rule.wording) for one in held)
    if not held:
        return Ruling("permitted", (Ground(CLEAN),))
    outcome = "refused" if any(True for _ in barring(held)) else "conditional"
    return Ruling(outcome, grounds, remedies=remedies)
