"""奖补周期: what one cycle was computed from and what it yielded, frozen; recomputed later, it yields what differs.

A cycle holds the version of the policy, a hash of the rows that went in and every line that came out. A change of the
policy or of facts that reaches back is a recomputation: 补发 where more is due than was granted, 追回 where less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from attrs import field, frozen

from huaying_governance.kernel.money import to_fen
from huaying_governance.rules import Policy, Receipt
from huaying_governance.rules.receipt import ENGINE, digest_of
from huaying_governance.subsidy.people import Person, Register, assess
from huaying_governance.text import Text

Key = tuple[str, str]
"""One line of a cycle: the person it is paid to, and the rule."""
LABELS: Mapping[str, Text] = {
    "arrears": Text("补发", "arrears"),
    "clawback": Text("追回", "claw-back"),
    "open": Text("待核实", "to be settled"),
}


def _readonly(values: Mapping[Key, int | None]) -> Mapping[Key, int | None]:
    return MappingProxyType(dict(values))


@frozen
class Cycle:
    """奖补周期. `granted` holds the fen of every line that pays, None where it is undetermined."""

    id: str
    receipt: Receipt
    granted: Mapping[Key, int | None] = field(converter=_readonly)

    @property
    def total(self) -> int:
        """What the cycle pays, in fen."""
        return sum(fen or 0 for fen in self.granted.values())


@frozen
class Difference:
    """差额: what a recomputation changes for one line: arrears, a claw-back, or a line that is no longer settled."""

    person: str
    rule: str
    kind: Literal["arrears", "clawback", "open"]
    fen: int

    @property
    def label(self) -> Text:
        """What it is called."""
        return LABELS[self.kind]


def freeze(id: str, policy: Policy, register: Register, on: date) -> Cycle:  # noqa: A002 - the field's own word
    """Compute a cycle and freeze it: the policy's version, the rows by their hash, and every line."""
    granted: dict[Key, int | None] = {}
    for award in assess(policy, register, on):
        for line in award.lines:
            granted[award.person, line.rule] = None if line.amount is None else to_fen(line.amount)
    lines = sorted((person, rule, fen) for (person, rule), fen in granted.items())
    rows = sorted(_row(person) for person in register.persons.values())
    receipt = Receipt(policy.id, policy.version, on, ENGINE, digest_of(rows), digest_of(lines))
    return Cycle(id, receipt, granted)


def replay(cycle: Cycle, policy: Policy, register: Register) -> tuple[str, ...]:
    """Compute a cycle again and return what differs from its receipt: nothing, where it can be shown to be right."""
    return cycle.receipt.differences(freeze(cycle.id, policy, register, cycle.receipt.on).receipt)


def differences(granted: Cycle, recomputed: Cycle) -> Iterator[Difference]:
    """Yield what must be paid or paid back so that what was granted becomes what the recomputation yields."""
    for key in sorted({*granted.granted, *recomputed.granted}):
        before, now = granted.granted.get(key, 0), recomputed.granted.get(key, 0)
        paid = before or 0  # what was undetermined has not been paid
        if now is None:
            if before is not None:
                yield Difference(*key, "open", 0)
        elif now > paid:
            yield Difference(*key, "arrears", now - paid)
        elif now < paid:
            yield Difference(*key, "clawback", paid - now)


def settled(granted: Cycle, found: Iterable[Difference]) -> Mapping[Key, int]:
    """Return what every line has been paid in the end, in fen, after its differences are carried out."""
    paid = {key: fen or 0 for key, fen in granted.granted.items()}
    for each in found:
        sign = {"arrears": 1, "clawback": -1, "open": 0}[each.kind]
        paid[each.person, each.rule] = paid.get((each.person, each.rule), 0) + sign * each.fen
    return {key: fen for key, fen in paid.items() if fen}


def _row(person: Person) -> list[object]:
    facts = sorted((name, str(value)) for name, value in person.facts.items())
    spells = sorted([str(s.start), str(s.end), sorted(s.flags.items())] for s in person.spells)
    return [person.id, facts, person.spouse or "", spells]
