"""Eligibility in batches (批量资格裁定): one row per person, with the codes and the missing facts of `rules.eligible`.

The ground key tells rows with the same reasons: whether each rule in force holds (false, true, unknown as 0, 1, 2; to
the base of three, the first rule being the lowest digit).
"""

from __future__ import annotations

from attrs import define, field
from sqlglot import exp

from huaying_governance.batch.lines import STATEMENTS, joined, named
from huaying_governance.batch.packing import Packing, Slot
from huaying_governance.batch.query import Builder, Query
from huaying_governance.batch.sql import (
    Sql,
    Truth,
    aliased,
    binary,
    both,
    case,
    cast,
    column,
    literal,
    opposite,
    perhaps,
    surely,
    unknown,
)
from huaying_governance.batch.tables import JUDGED, PERSON, table
from huaying_governance.rules.edition import Ready
from huaying_governance.rules.eligible import NO_ROUTE

COLUMNS = ("person", "outcome", "codes", "missing", "ground")
NOT_IN_FORCE = "not-in-force"


@define(eq=False)
class Eligibility:
    """Writes the rows of an eligibility policy."""

    builder: Builder
    packing: Packing = field(factory=Packing)

    def query(self) -> Query:
        """Return the whole query."""
        (era,) = self.builder.eras
        whole = era.compiler.test(era.edition.whole)
        held = self.builder.layers.hold(whole) if isinstance(whole, Sql) else whole
        mask = era.missing(unknown(held), era.edition.whole)
        outcome = self.packing.add(self._digit(held), 3)
        codes = [
            (self.packing.add(case([(test, Sql(literal(1)))], Sql(literal(0))), 2), code)
            for test, code in self._codes()
        ]
        words = named(self.builder.policy, mask)
        masks = [(self.packing.add(value, 2 ** len(paths)), paths) for value, paths in words]
        keys = self._keys()
        return self.builder.query(self.packing.columns(), [self._select(outcome, codes, masks, keys)])

    def _digit(self, test: Truth) -> Sql:
        return case([(test, Sql(literal(1))), (unknown(test), Sql(literal(2)))], Sql(literal(0)))

    def _codes(self) -> list[tuple[Truth, str]]:
        """Return when each code applies, in the order of the policy."""
        (era,) = self.builder.eras
        found: list[tuple[Truth, str]] = []
        routes: list[Truth] = []
        for ready in era.edition.rules:
            holds, code = era.holds(ready), ready.rule.code or ready.rule.id
            if ready.rule.effect in {"note", "bar"}:
                found.append((surely(holds), code))
            elif ready.rule.effect == "require":
                found.append((opposite(perhaps(holds)), code))
            else:
                routes.append(opposite(perhaps(holds)))
        if routes:
            found.append((both(*routes), NO_ROUTE))
        return found

    def _keys(self) -> list[Slot]:
        (era,) = self.builder.eras
        rules: tuple[Ready, ...] = era.edition.rules
        found: list[Slot] = []
        for start in range(0, len(rules), STATEMENTS):
            chunk = rules[start : start + STATEMENTS]
            total = cast(Sql(literal(0)), "BIGINT")
            for place, ready in enumerate(chunk):
                part = binary(exp.Mul, self._digit(era.holds(ready)), Sql(literal(3**place)))
                total = binary(exp.Add, total, part)
            found.append(self.packing.add(total, 3 ** len(chunk)))
        return found

    def _select(
        self,
        outcome: Slot,
        codes: list[tuple[Slot, str]],
        masks: list[tuple[Slot, tuple[str, ...]]],
        keys: list[Slot],
    ) -> exp.Select:
        def read(slot: Slot) -> Sql:
            return self.packing.read(slot, self.builder.dialect)

        def named_where(test: Truth, name: str) -> Sql:
            return case([(test, Sql(literal(f";{name}")))], Sql(literal("")))

        state = read(outcome)
        if not self.builder.eras[0].edition.rules:
            state = Sql(literal(2))
            said = [Sql(literal(f";{NOT_IN_FORCE}"))]
        else:
            said = [named_where(binary(exp.EQ, read(slot), Sql(literal(1))), code) for slot, code in codes]
        lacking = [
            named_where(
                binary(
                    exp.NEQ, binary(exp.BitwiseAnd, read(slot), Sql(literal(1 << place))), Sql(literal(0))
                ),
                path,
            )
            for slot, paths in masks
            for place, path in enumerate(paths)
        ]
        words = [(1, "eligible"), (2, "undetermined")]
        told = case(
            [(binary(exp.EQ, state, Sql(literal(number))), Sql(literal(word))) for number, word in words],
            Sql(literal("ineligible")),
        )
        values = (told, _rest(said), _rest(lacking), joined([cast(read(slot), "TEXT") for slot in keys], "."))
        made = exp.Select().select(column(PERSON).use(), copy=False)
        for name, value in zip(COLUMNS[1:], values, strict=True):
            made = made.select(aliased(cast(value, "TEXT"), name), copy=False)
        return made.from_(table(JUDGED, "j"), copy=False)


def _rest(parts: list[Sql]) -> Sql:
    """Return texts that each begin with `;` as one, without the first `;`."""
    return Sql(exp.Substring(this=joined(parts).use(), start=literal(2)))
