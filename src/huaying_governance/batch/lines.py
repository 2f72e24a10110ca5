"""The lines of a batch (批量结果): what each row says, and the key of its reasons.

A ground key tells rows with the same reasons. For a line: the truth of each statement of the rule's condition in the
order written (false, true, unknown as 0, 1, 2; the first is the lowest digit of a number to the base of three; `!`
follows where rules exclude each other). For a person without lines: the state of each rule in force (not met, settled
by a combination or come to nothing, paid to the spouse, amount not stated as 0, 1, 2, 3; to the base of four). Numbers
of the stretches of a year in which the policy changes are joined by `/`.
"""

# Long: the columns of a result and their keys belong together.

from __future__ import annotations

from typing import TypeAlias

from attrs import define, field, frozen
from sqlglot import exp

from huaying_governance.batch.arithmetic import Number, whole
from huaying_governance.batch.claims import Claim, Combining
from huaying_governance.batch.eras import Era, has_value
from huaying_governance.batch.gaps import WORD, Mask
from huaying_governance.batch.packing import Packing, Slot
from huaying_governance.batch.query import Builder, Query
from huaying_governance.batch.rounding import to_fen
from huaying_governance.batch.sql import (
    Sql,
    Truth,
    aliased,
    binary,
    both,
    case,
    cast,
    column,
    either,
    literal,
    null,
    opposite,
    perhaps,
    piece,
    unknown,
)
from huaying_governance.batch.tables import COUPLE, JUDGED, PERSON, SECOND, SPOUSE, table
from huaying_governance.kernel.money import MAX_FEN, from_fen
from huaying_governance.rules.edition import Ready
from huaying_governance.rules.policy import Policy
from huaying_governance.rules.tree import All, AnyOf, Condition, Either

COLUMNS = ("person", "rule", "payee", "amount", "outcome", "missing", "ground")
NONE, PAYABLE, OPEN, CONFLICT = range(4)
NOT_MET, SETTLED, TO_SPOUSE, UNSET = range(4)
STATEMENTS, RULES = 36, 30
"""How many statements, and how many rules, one number of a ground key tells."""


Share: TypeAlias = "tuple[Era, Claim]"
"""A claim in one stretch of days."""


@frozen(eq=False)
class Packed:
    """Where the judged rows hold what is to be said of a claim. `amount` is a column, empty for a constant."""

    claim: Claim
    status: Sql
    state: Slot
    masks: tuple[tuple[Slot, tuple[str, ...]], ...]
    keys: tuple[tuple[tuple[Slot, int], ...], ...]
    amount: str

    @property
    def plain(self) -> bool:
        """Whether the key of a payable line is always the same: all statements of a conjunction are true."""
        return len(self.keys) == 1 and _is_plain(self.claim.rule.when)


def named(policy: Policy, mask: Mask) -> list[tuple[Sql, tuple[str, ...]]]:
    """Return the words of a mask, each with the facts and relations of its bits."""
    slots = policy.layout.slots
    return [
        (value, tuple(path for path, at in slots.items() if (at - 1) // WORD == word))
        for word, value in enumerate(mask)
    ]


def statements(condition: Condition) -> tuple[Condition, ...]:
    """Return the single statements of a condition, in the order written."""
    match condition:
        case All(parts) | AnyOf(parts):
            return tuple(leaf for part in parts for leaf in statements(part))
        case Either(test, yes, no):
            return (*statements(test), *statements(yes), *statements(no))
        case _:
            return (condition,)


@define(eq=False)
class Lines:
    """Writes the lines of a subsidy."""

    builder: Builder
    packing: Packing = field(factory=Packing)

    def query(self) -> Query:
        """Return the whole query."""
        builder = self.builder
        shares: dict[tuple[str, str], list[Share]] = {}
        for era in builder.eras:
            claims = era.claims()
            Combining(era.compiler.arithmetic, builder.layers).run(
                claims, builder.policy.parts.combine, era.limit
            )
            for claim in claims:
                shares.setdefault((claim.rule.id, claim.payee), []).append((era, claim))
        packed = [self._pack(number, each) for number, each in enumerate(shares.values())]
        nothing = self._nothing(packed)
        branches = [*(self._line(each) for each in packed), nothing]
        amounts = [
            (each.amount, case([(_is(each.status, PAYABLE), each.claim.fen.piece())]))
            for each in packed
            if each.amount
        ]
        return builder.query([*self.packing.columns(), *amounts], branches)

    def _merged(self, shares: list[Share]) -> Claim:
        """Return a claim of all stretches: each paid by its days."""
        if len(self.builder.eras) == 1:
            return shares[0][1]
        counting = self.builder.eras[0].compiler.arithmetic
        combining = Combining(counting, self.builder.layers)
        claims = [claim for _, claim in shares]
        total = whole(0)
        for era, claim in shares:
            part = combining.part(claim.stands, claim.fen)
            total = counting.add(total, counting.times(part, whole(era.days)))
        year = sum(era.days for era in self.builder.eras)
        rounding = self.builder.policy.parts.proration.rounding
        fen = counting.shared(to_fen(counting, Number(counting.shared(total), whole(100 * year)), rounding))
        there = self.builder.truth(either(*(claim.stands for claim in claims)))
        sure = self.builder.truth(both(*(either(opposite(claim.stands), claim.known) for claim in claims)))
        mask = combining.union([(claim.stands, claim.mask) for claim in claims])
        conflict = either(*(both(claim.stands, claim.conflict) for claim in claims))
        return Claim(claims[0].rule, claims[0].payee, there, sure, fen, fen, mask, False, conflict)

    # Packing

    def _pack(self, number: int, shares: list[Share]) -> Packed:
        claim = self._merged(shares)
        status = self.builder.layers.hold(self._status(claim))
        state = self.packing.add(status, 4, often=True)
        opened = binary(exp.GTE, status, Sql(literal(OPEN)))
        # Where all statements of a conjunction are true there is nothing to tell.
        eras = [era for era in self.builder.eras if claim.rule.id in era.edition.by_rule]
        plain = len(eras) == 1 and _is_plain(claim.rule.when)
        shown = opened if plain else binary(exp.GT, status, Sql(literal(NONE)))
        keys = tuple(
            tuple(
                (self.packing.add(case([(shown, key)], Sql(literal(0))), 3**count), count)
                for key, count in self._keys(era, claim.rule.when)
            )
            for era in eras
        )
        amount = f"f{number}" if claim.fen.sql is not None else ""
        return Packed(claim, status, state, self._pack_mask(claim.mask, opened), keys, amount)

    def _status(self, claim: Claim) -> Sql:
        """Return the state of a claim: not there, payable, open, or in conflict."""
        there = claim.stands
        if claim.rule.unit == COUPLE and self._couples:
            there = both(there, opposite(column(SECOND, sure=True)))
        payable = both(there, claim.known, has_value(claim.fen))
        states = [(payable, PAYABLE), (both(there, claim.conflict), CONFLICT), (there, OPEN)]
        return case([(test, Sql(literal(state))) for test, state in states], Sql(literal(NONE)))

    @property
    def _couples(self) -> bool:
        return SPOUSE in self.builder.stages.relations

    def _pack_mask(self, mask: Mask, when: Truth) -> tuple[tuple[Slot, tuple[str, ...]], ...]:
        return tuple(
            (self.packing.add(case([(when, value)], Sql(literal(0))), 2 ** len(paths)), paths)
            for value, paths in named(self.builder.policy, mask)
        )

    def _keys(self, era: Era, condition: Condition) -> list[tuple[Sql, int]]:
        """Return the numbers of a ground key, and how many statements each tells."""
        leaves = statements(condition)
        found: list[tuple[Sql, int]] = []
        for start in range(0, len(leaves), STATEMENTS):
            chunk = leaves[start : start + STATEMENTS]
            total = cast(Sql(literal(0)), "BIGINT")
            for place, leaf in enumerate(chunk):
                test = era.compiler.test(leaf)
                one, two = Sql(literal(3**place)), Sql(literal(2 * 3**place))
                total = binary(exp.Add, total, case([(test, one), (unknown(test), two)], Sql(literal(0))))
            found.append((total, len(chunk)))
        return found

    # Lines

    def _line(self, packed: Packed) -> exp.Select:
        """Return the lines of one claim."""
        status = self._read(packed.state)
        payable = _is(status, PAYABLE)
        amount = case([(payable, self._yuan(packed))], Sql(null(self._money(packed))))
        outcome = case([(payable, Sql(literal("payable")))], Sql(literal("undetermined")))
        missing = case([(opposite(payable), self._names(packed))], Sql(literal("")))
        return self._select(
            (packed.claim.rule.id, packed.claim.payee),
            (amount, outcome, missing, self._ground(packed, status)),
            binary(exp.GT, status, Sql(literal(NONE))),
        )

    def _ground(self, packed: Packed, status: Sql) -> Sql:
        key = joined(
            [joined([cast(self._read(slot), "TEXT") for slot, _ in keys], ".") for keys in packed.keys], "/"
        )
        if packed.plain:
            sure = ".".join(str(sum(3**place for place in range(count))) for _, count in packed.keys[0])
            key = case([(_is(status, PAYABLE), Sql(literal(sure)))], key)
        if packed.claim.conflict is False:
            return key
        return joined([key, case([(_is(status, CONFLICT), Sql(literal("!")))], Sql(literal("")))])

    def _read(self, slot: Slot) -> Sql:
        return self.packing.read(slot, self.builder.dialect)

    def _money(self, packed: Packed) -> str:
        return "DECIMAL(18, 2)" if packed.claim.fen.high < MAX_FEN else "DECIMAL(38, 2)"

    def _yuan(self, packed: Packed) -> Sql:
        """Return an amount in yuan, exact."""
        fen, kind = packed.claim.fen, self._money(packed)
        if fen.sql is None:
            return Sql(exp.cast(literal(str(from_fen(fen.low))), kind))
        whole = cast(column(packed.amount), "DECIMAL(20, 0)" if fen.high < MAX_FEN else "DECIMAL(36, 0)")
        return cast(binary(exp.Mul, whole, Sql(exp.cast(literal("0.01"), "DECIMAL(2, 2)"))), kind)

    def _names(self, packed: Packed) -> Sql:
        """Return the names of missing facts in order of declaration, joined by `;`."""
        parts: list[Sql] = []
        for slot, paths in packed.masks:
            mask = self._read(slot)
            for place, path in enumerate(paths):
                bit = binary(exp.BitwiseAnd, mask, Sql(literal(1 << place)))
                test = binary(exp.NEQ, bit, Sql(literal(0)))
                parts.append(case([(test, Sql(literal(f";{path}")))], Sql(literal(""))))
        return Sql(exp.Substring(this=joined(parts).use(), start=literal(2)))

    def _select(self, named: tuple[str, str], told: tuple[Sql, Sql, Sql, Sql], test: Truth) -> exp.Select:
        """Return one branch: every column cast, so that all branches agree."""
        rule, payee = (Sql(literal(name)) for name in named)
        amount, *texts = told
        made = exp.Select().select(column(PERSON).use(), copy=False)
        for name, value in zip(COLUMNS[1:], (rule, payee, amount, *texts), strict=True):
            made = made.select(aliased(cast(value, "TEXT") if name != "amount" else value, name), copy=False)
        return made.from_(table(JUDGED, "j"), copy=False).where(piece(test).use(), copy=False)

    # Who gets nothing

    def _nothing(self, packed: list[Packed]) -> exp.Select:
        """Return the lines of those who get nothing, with why."""
        nobody = self.builder.truth(both(*(_is(each.status, NONE) for each in packed)))
        none = self.packing.add(case([(nobody, Sql(literal(1)))], Sql(literal(0))), 2, often=True)
        key = joined([self._states(era, packed, nobody) for era in self.builder.eras], "/")
        told = (Sql(null("DECIMAL(18, 2)")), Sql(literal("not_payable")), Sql(literal("")), key)
        return self._select(("", ""), told, _is(self._read(none), 1))

    def _states(self, era: Era, packed: list[Packed], nobody: Truth) -> Sql:
        """Return the numbers that tell the state of each rule in force."""
        rules = era.edition.rules
        words: list[Slot] = []
        for start in range(0, len(rules), RULES):
            chunk = rules[start : start + RULES]
            total = cast(Sql(literal(0)), "BIGINT")
            for place, ready in enumerate(chunk):
                state = binary(exp.Mul, self._why(era, ready, packed), Sql(literal(4**place)))
                total = binary(exp.Add, total, state)
            words.append(self.packing.add(case([(nobody, total)], Sql(literal(0))), 4 ** len(chunk)))
        return joined([cast(self._read(slot), "TEXT") for slot in words], ".")

    def _why(self, era: Era, ready: Ready, packed: list[Packed]) -> Sql:
        own = [each.claim for each in packed if each.claim.rule.id == ready.rule.id]
        fails = opposite(era.hold(perhaps(era.holds(ready))))
        if ready.fen is None and ready.enterprise_fen is None:
            return case([(fails, Sql(literal(NOT_MET)))], Sql(literal(UNSET)))
        states: list[tuple[Truth, Sql]] = [(fails, Sql(literal(NOT_MET)))]
        if ready.rule.unit == COUPLE and self._couples:
            moved = both(column(SECOND, sure=True), either(*(claim.stands for claim in own)))
            states.append((moved, Sql(literal(TO_SPOUSE))))
        return case(states, Sql(literal(SETTLED)))


def _is_plain(condition: Condition) -> bool:
    """Whether a condition holds only where each of its statements is true."""
    return len(statements(condition)) == (len(condition.parts) if isinstance(condition, All) else 1)


def joined(parts: list[Sql], by: str = "") -> Sql:
    """Return texts one after the other."""
    if not parts:
        return Sql(literal(""))
    total = parts[0]
    for part in parts[1:]:
        if by:
            total = binary(exp.DPipe, total, Sql(literal(by)))
        total = binary(exp.DPipe, total, part)
    return total


def _is(value: Sql, state: int) -> Sql:
    return binary(exp.EQ, value, Sql(literal(state)))
