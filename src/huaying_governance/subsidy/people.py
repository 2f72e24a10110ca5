"""奖补对象: persons, their spells of work and their spouses, judged by a subsidy policy as of a day.

A person's own columns, the facts derived from the spells, and the same facts of the spouse become the facts of the
policy; the policy decides. What this module adds is what no single person's facts can show: who is a couple, and who
of the two is paid.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import cast

from attrs import field, frozen

from huaying_governance.rules import Award, Line, Policy, Spell, derive
from huaying_governance.text import Text

Facts = Mapping[str, object]
COUPLE = "couple"
SPOUSE = "spouse"

PAID_TO_SPOUSE = Text(
    "夫妻奖励每对发放一次，已计入配偶名下（标识按码位排序在前者）",
    "the couple's award is paid once, to the spouse whose id sorts first",
)


@frozen
class Person:
    """申请人: a reference, the facts its own row states, its spouse's reference (None: has none).

    `facts` holds the values by the policy's fact names; a fact that the row leaves empty is left out.
    """

    id: str
    facts: Mapping[str, object]
    spouse: str | None = None
    spells: tuple[Spell, ...] = ()


@frozen
class PersonAward:
    """奖补结果: the lines of one person under one policy.

    `lines` are those payable or undetermined to this person, `award` the policy's whole answer. `withheld` is true
    where the answer waits for rows that have problems: nothing can then be said of the couple.
    """

    person: str
    lines: tuple[Line, ...]
    award: Award
    notes: tuple[Text, ...] = ()
    withheld: bool = False


@frozen
class Register:
    """名册: all persons of a case, by reference, and the references whose rows are withheld for problems."""

    persons: Mapping[str, Person]
    withheld: Collection[str] = field(factory=frozenset)

    def partner(self, person: Person) -> Person | None:
        """Return the spouse where each names the other; None where there is no such couple."""
        if person.spouse is None or person.spouse == person.id:
            return None
        other = self.persons.get(person.spouse)
        return other if other is not None and other.spouse == person.id else None

    def knows(self, person: Person) -> bool:
        """Whether the table tells if the person is one of a couple: no spouse, or a spouse who has a row."""
        return person.spouse is None or person.spouse in self.persons


def assess(policy: Policy, register: Register, on: date) -> Iterator[PersonAward]:
    """Yield the award of every person under `policy` as of `on`, in the order of the register."""
    names = frozenset(policy.facts)
    waiting: dict[str, tuple[Facts, Facts]] = {}

    def facts_of(person: Person) -> Facts:
        own = {name: value for name, value in person.facts.items() if name in names}
        return {**own, **derive(policy, person.spells, on)}

    for person in register.persons.values():
        partner = register.partner(person)
        if partner is None:
            own, other = facts_of(person), None
        elif (known := waiting.pop(person.id, None)) is not None:
            own, other = known
        else:  # the first of a couple: the second needs the same facts, the other way about
            own, other = facts_of(person), facts_of(partner)
            waiting[partner.id] = other, own
        facts = dict(own)
        if SPOUSE in policy.relations:
            if other is not None:
                facts[SPOUSE] = {name: other.get(name) for name in policy.relations[SPOUSE].facts}
            elif register.knows(person):
                facts[SPOUSE] = None
        award = cast(Award, policy.decide(facts, on))
        yield _settle(person, partner, award, person.spouse in register.withheld)


def _settle(person: Person, partner: Person | None, award: Award, spouse_withheld: bool) -> PersonAward:
    """Leave to this person what is paid to it, not to its spouse, and nothing that waits for a withheld row."""
    second = partner is not None and partner.id < person.id
    notes: list[Text] = []
    lines: list[Line] = []
    withheld = False
    for line in award.lines:
        if line.unit != COUPLE:
            lines.append(line)
        elif spouse_withheld:
            withheld = True
        elif second:
            notes.append(PAID_TO_SPOUSE)
        else:
            lines.append(line)
    return PersonAward(person.id, tuple(lines), award, tuple(notes), withheld)
