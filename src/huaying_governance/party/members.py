"""党员与支部: who floats, who should transfer, who was out of touch, and what branches should be formed.

A member is a reference, never a name. What is not known makes no finding: a member whose departure is not dated is
not said to float. Nothing here scores a person, and a pledge that is overdue is reminded of and never punished.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import months_between
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.party.wording import FINDINGS
from huaying_governance.text import Text


@frozen(kw_only=True)
class Member:
    """党员 in one branch, on one roster. `formal`: the branch holds the formal relation; else it hosts."""

    person: str
    branch: str
    community: str
    formal: bool = True
    full: bool = True
    out_since: date | None = None
    fixed_place: bool | None = None
    receiving: bool | None = None
    last_contact: date | None = None
    pledge_due: date | None = None
    pledge_done: date | None = None


@frozen(kw_only=True)
class BranchRules:
    """支部与党员规则 of a pack: bounds of branches, months, days, and where they are written."""

    least: int
    most: int
    committee: int
    floating_months: int
    contact_months: int
    reminder_days: int
    citation: Citation
    members: Citation
    pledges: Citation


def _ruling(found: Iterable[tuple[str, Citation]], **values: object) -> Ruling:
    grounds, remedies = [], []
    for code, citation in found:
        text, cure = FINDINGS[code]
        grounds.append(Ground(text.fill(**values), code, citation))
        remedies.append(Remedy(code, cure.fill(**values)))
    return Ruling("applied", tuple(grounds), remedies=tuple(remedies))


def away(member: Member, rules: BranchRules, on: date) -> bool:
    """Whether a member has been away without transfer for the months that make a member floating."""
    return member.out_since is not None and months_between(member.out_since, on) >= rules.floating_months


def reminded(due: date | None, done: date | None, rules: BranchRules, on: date) -> bool:
    """Whether a pledge is to be reminded of: not done, and overdue by the days of the rules."""
    return due is not None and done is None and on - due >= timedelta(days=rules.reminder_days)


@frozen(kw_only=True)
class Pledge:
    """三亮: one pledge of a member: who one is (亮身份), one's duty (亮职责), or a promise (亮承诺), with its term."""

    person: str
    kind: str
    due: date | None = None
    done: date | None = None


def find_pledge(pledge: Pledge, rules: BranchRules, on: date) -> Ruling:
    """Return what is found of a pledge: a reminder when it is overdue by the days of the rules; never a penalty."""
    found = [("pledge-reminder", rules.pledges)] if reminded(pledge.due, pledge.done, rules, on) else []
    return _ruling(found, days=rules.reminder_days)


PLEDGE_STATES: Mapping[str, Text] = {
    "done": Text("已兑现", "done"),
    "running": Text("进行中", "running"),
    "overdue": Text("逾期", "overdue"),
}


def pledge_state(pledge: Pledge, on: date) -> str:
    """Return `done`, `overdue`, or `running`; what has no term is never overdue."""
    if pledge.done is not None and pledge.done <= on:
        return "done"
    return "overdue" if pledge.due is not None and pledge.due < on else "running"


def formal_homes(roster: Iterable[Member]) -> Mapping[str, frozenset[str]]:
    """Return the branches that hold the formal relation of each member; more than one is a conflict."""
    homes: dict[str, frozenset[str]] = {}
    for member in roster:
        if member.formal:
            homes[member.person] = homes.get(member.person, frozenset()) | {member.branch}
    return homes


def find_member(member: Member, homes: Mapping[str, frozenset[str]], rules: BranchRules, on: date) -> Ruling:
    """Return what is found of a member on a day; `homes` is what `formal_homes` gives of every line there is."""
    found: list[tuple[str, Citation]] = []
    if len(homes.get(member.person, ())) > 1:
        found.append(("double-branch", rules.members))
    if away(member, rules, on):
        moves = member.fixed_place is True and member.receiving is True
        found.append(("transfer-due" if moves else "floating", rules.members))
    if member.last_contact is not None and months_between(member.last_contact, on) >= rules.contact_months:
        found.append(("lost-contact", rules.members))
    if reminded(member.pledge_due, member.pledge_done, rules, on):
        found.append(("pledge-reminder", rules.pledges))
    months = rules.floating_months if "lost-contact" not in dict(found) else rules.contact_months
    return _ruling(found, months=months, days=rules.reminder_days)


def heads(roster: Iterable[Member]) -> int:
    """Return how many members there are: whoever stands on several rosters or in several communities counts once."""
    return len({member.person for member in roster})


@frozen
class Branch:
    """支部: its members and its full members, each once; a member whom it only hosts is not counted."""

    name: str
    size: int
    full: int

    def ruling(self, rules: BranchRules) -> Ruling:
        """Return what the rules of formation propose for this branch."""
        found: list[tuple[str, Citation]] = []
        if self.full < rules.least:
            found.append(("joint-branch", rules.citation))
        if self.size > rules.most:
            found.append(("split", rules.citation))
        if self.full >= rules.committee:
            found.append(("committee", rules.citation))
        return _ruling(
            found,
            full=self.full,
            size=self.size,
            least=rules.least,
            most=rules.most,
            committee=rules.committee,
        )


def branches(roster: Iterable[Member]) -> tuple[Branch, ...]:
    """Return every branch that holds formal relations, by name."""
    sizes: dict[str, dict[str, bool]] = {}
    for member in roster:
        if member.formal:
            sizes.setdefault(member.branch, {})[member.person] = member.full
    return tuple(Branch(name, len(held), sum(held.values())) for name, held in sorted(sizes.items()))
