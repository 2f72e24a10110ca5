"""Claims and their combinations in SQL (合并): `rules.award` for all rows at once.

A claim is a handful of columns: whether it is there, whether it is known, its fen, the most it could be, and the mask
of what is missing. A combination reads the columns of its members and puts new ones in their place.
"""

# Long: every combination changes the same handful of columns; apart, each would be told twice.

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from attrs import define, evolve
from sqlglot import exp

from huaying_governance.batch.arithmetic import Arithmetic, Whole, whole
from huaying_governance.batch.gaps import Mask
from huaying_governance.batch.sql import (
    Layers,
    Sql,
    Truth,
    binary,
    both,
    case,
    either,
    known,
    literal,
    opposite,
    surely,
    unknown,
)
from huaying_governance.rules.model import Combine, Rule

PAIRS = 4
"""Of so many conditions the pairs are written out; more are counted."""


@define(eq=False)
class Claim:
    """What one rule would pay to one payee. `most` bounds it where it is not known; its null is no bound."""

    rule: Rule
    payee: str
    there: Truth
    known: Truth
    fen: Whole
    most: Whole
    mask: Mask
    settled: Truth = False
    conflict: Truth = False

    @property
    def stands(self) -> Truth:
        """Whether it is there and no combination took it away."""
        return both(self.there, opposite(self.settled))


@define(eq=False)
class Member:
    """A member of a combination: its claims, which of them take part, and their sums."""

    claims: list[Claim]
    taking: list[Truth]
    there: Truth
    sure: Truth
    open: Truth
    least: Whole
    most: Whole
    mask: Mask
    """It is there and known (`sure`), or there and not known (`open`); `least` and `most` are what the claims come to:
    as far as known, and at best."""


Limit = Callable[[str], tuple[Whole, Mask]]
"""What is left under a cap, by the combination's id: fen (null where unknown), and then what is missing."""


@define(eq=False)
class Combining:
    """Applies combinations in the order written."""

    arithmetic: Arithmetic
    layers: Layers

    def run(self, claims: list[Claim], combined: tuple[Combine, ...], limit: Limit) -> None:
        """Change the claims as all combinations do."""
        groups: dict[str, list[Claim]] = {}
        left: dict[str, list[Truth]] = {}
        for claim in claims:
            groups.setdefault(claim.rule.id, []).append(claim)
        for each in combined:
            names = [name for name in each.members if groups.get(name)]
            members = [self._member(groups[name], left.get(name)) for name in names]
            if each.kind == "highest-of" and len(members) > 1:
                self._highest(members)
            elif each.kind == "exclusive" and len(members) > 1:
                self._exclusive(members)
            elif each.kind == "cap" and members:
                self._cap(members, *limit(each.id))
            inside = [claim for name in names for claim in groups[name]]
            groups[each.id] = inside
            taken = [part for member in members for part in member.taking]
            left[each.id] = [
                self.truth(both(part, opposite(claim.settled)))
                for part, claim in zip(taken, inside, strict=True)
            ]

    def truth(self, test: Truth) -> Truth:
        """Return a condition that may be used many times."""
        return self.layers.share(test) if isinstance(test, Sql) else test

    def _member(self, claims: list[Claim], taking: list[Truth] | None) -> Member:
        took = [claim.there for claim in claims] if taking is None else taking
        pairs = list(zip(claims, took, strict=True))
        there = self.truth(either(*took))
        if len(claims) == 1:
            known = claims[0].known
        else:
            known = self.truth(both(*(either(opposite(part), claim.known) for claim, part in pairs)))
        return Member(
            claims,
            took,
            there,
            self.truth(both(there, known)),
            self.truth(both(there, opposite(known))),
            self._sum((both(part, claim.known), claim.fen) for claim, part in pairs),
            self._sum((part, claim.most) for claim, part in pairs),
            self.union([(part, claim.mask) for claim, part in pairs]),
        )

    def _sum(self, parts: Iterable[tuple[Truth, Whole]]) -> Whole:
        total = whole(0)
        for test, value in parts:
            total = self.arithmetic.add(total, self.part(test, value))
        return self.arithmetic.shared(total)

    def part(self, test: Truth, value: Whole) -> Whole:
        """Return a number where a condition is true, nothing elsewhere."""
        return self.part_or(test, value, whole(0))

    def part_or(self, test: Truth, yes: Whole, no: Whole) -> Whole:
        """Return one of two numbers."""
        if isinstance(test, bool):
            return yes if test else no
        return self.arithmetic.choose([(test, yes), (True, no)])

    def union(self, parts: Sequence[tuple[Truth, Mask]]) -> Mask:
        """Return the union of the masks whose condition is true."""
        words: list[Sql] = []
        for number in range(len(parts[0][1])) if parts else ():
            total: Sql | None = None
            for test, mask in parts:
                if test is False:
                    continue
                word = case([(test, mask[number])], Sql(literal(0)))
                total = word if total is None else binary(exp.BitwiseOr, total, word)
            words.append(self.layers.share(total if total is not None else Sql(literal(0))))
        return tuple(words)

    def _doubt(self, claim: Claim, when: Truth, mask: Mask, conflict: Truth = False) -> None:
        """Make a claim unknown where `when`, until what is in `mask` is there."""
        if when is False:
            return
        claim.known = self.truth(both(claim.known, opposite(when)))
        claim.mask = self.union([(True, claim.mask), (when, mask)]) if mask else claim.mask
        claim.conflict = self.truth(either(claim.conflict, both(when, conflict)))

    # 就高不重复

    def _highest(self, members: list[Member]) -> None:
        """Keep the highest; of equal ones the first. What could still be higher leaves it open."""
        sure = [member.sure for member in members]
        fixed = [value for value in map(_fixed, members) if value is not None]
        if len(fixed) == len(members):
            chosen, beats = self._ranked_before(fixed, sure)
            beaten: list[Truth] = [
                both(member.there, opposite(beat)) for member, beat in zip(members, beats, strict=True)
            ]
        else:
            chosen, beats = self._ranked(members, sure)
            beaten = [
                either(both(member.sure, opposite(best)), both(member.open, opposite(beat)))
                for member, best, beat in zip(members, chosen, beats, strict=True)
            ]
        # What is chosen is sure: what is open never is.
        rivals = [self.truth(both(member.open, beat)) for member, beat in zip(members, beats, strict=True)]
        for member, lost in zip(members, beaten, strict=True):
            self._settle(member, self.truth(lost))
        self._open(members, rivals, chosen)

    def _ranked_before(self, amounts: list[int], sure: list[Truth]) -> tuple[list[Truth], list[Truth]]:
        """Return which member is the highest, and which could still be, where the order of amounts is known.

        One that could not is beaten by a sure one of more.
        """
        chosen: list[Truth] = []
        beats: list[Truth] = []
        for number, amount in enumerate(amounts):
            above = [
                is_sure
                for at, (other, is_sure) in enumerate(zip(amounts, sure, strict=True))
                if other > amount or (other == amount and at < number)
            ]
            beats.append(self.truth(opposite(either(*above)) if above else True))
            chosen.append(self.truth(both(sure[number], beats[number])))
        return chosen, beats

    def _ranked(self, members: list[Member], sure: list[Truth]) -> tuple[list[Truth], list[Truth]]:
        """Return which member is the highest of those known, and which others could still be higher."""
        counting = self.arithmetic
        best = whole(-1)
        for member, is_sure in zip(members, sure, strict=True):
            higher = self.truth(both(is_sure, counting.compare(">", member.least, best)))
            best = counting.shared(self.part_or(higher, member.least, best))
        chosen: list[Truth] = []
        for member, is_sure in zip(members, sure, strict=True):
            same = counting.compare("==", member.least, best)
            chosen.append(self.truth(both(is_sure, same, *(opposite(other) for other in chosen))))
        beats = [
            either(
                unknown(member.most.sql) if member.most.sql is not None else False,
                surely(counting.compare(">", member.most, best)),
                both(surely(counting.compare("==", member.most, best)), either(*chosen[number + 1 :])),
            )
            for number, member in enumerate(members)
        ]
        return chosen, beats

    def _settle(self, member: Member, when: Truth) -> None:
        """Take a member's claims away where `when`, which holds only where the member is there."""
        for claim, part in zip(member.claims, member.taking, strict=True):
            claim.settled = self.truth(either(claim.settled, _within(member, when, part)))

    def _open(self, members: list[Member], rivals: list[Truth], chosen: list[Truth]) -> None:
        """Leave open what a rival could still change: the rivals, and the best so far."""
        one = both(either(*rivals), either(*chosen))
        is_open = self.truth(either(self._several(rivals), one))
        doubts = [(both(rival, is_open), member.mask) for rival, member in zip(rivals, members, strict=True)]
        for number, member in enumerate(members):
            standing = self.truth(both(is_open, either(rivals[number], chosen[number])))
            mask = self.union([each for at, each in enumerate(doubts) if at != number])
            for claim, part in zip(member.claims, member.taking, strict=True):
                self._doubt(claim, self.truth(_within(member, standing, part)), mask)

    def _several(self, tests: Sequence[Truth]) -> Truth:
        """Return whether more than one of some conditions is true; none of them is unknown."""
        if len(tests) <= PAIRS:
            return either(*(both(one, other) for one, other in combinations(tests, 2)))
        return self.arithmetic.compare(">", self._sum((test, whole(1)) for test in tests), whole(1))

    # 互斥

    def _exclusive(self, members: list[Member]) -> None:
        """At most one may be paid. Two that hold contradict each other: none is paid until that is settled."""
        sure = [member.sure for member in members]
        several = self.truth(self._several([member.there for member in members]))
        conflict = self.truth(self._several(sure))
        mask = self.union([(member.there, member.mask) for member in members])
        for member, is_sure in zip(members, sure, strict=True):
            for claim, part in zip(member.claims, member.taking, strict=True):
                self._doubt(claim, self.truth(both(several, part)), mask, both(conflict, is_sure))

    # 封顶

    def _cap(self, members: list[Member], left: Whole, missing: Mask) -> None:
        """Cut what exceeds the cap, the earlier rules first served."""
        pairs = [
            (claim, self.truth(both(part, opposite(claim.settled))))
            for member in members
            for claim, part in zip(member.claims, member.taking, strict=True)
        ]
        doubts = missing
        for number, (claim, part) in enumerate(pairs):
            rest = self._sum((later, other.most) for other, later in pairs[number + 1 :])
            left, doubts = self._cap_one(claim, part, left, doubts, rest)

    def _cap_one(
        self, claim: Claim, part: Truth, left: Whole, doubts: Mask, rest: Whole
    ) -> tuple[Whole, Mask]:
        """Cut one claim; return what is left for the next, and whose facts it waits for where that is unknown."""
        counting = self.arithmetic
        left = counting.shared(left)
        lost = self.truth(both(part, unknown(left.sql)) if left.sql is not None else False)
        sure = self.truth(both(part, known(left.sql) if left.sql is not None else True, claim.known))
        maybe = self.truth(both(part, opposite(lost), opposite(claim.known)))
        over = self.truth(both(sure, surely(counting.compare(">", claim.fen, left))))
        smaller = surely(counting.compare("<=", claim.most, left))
        most = counting.shared(self.part_or(both(maybe, opposite(smaller)), left, claim.most))
        exceeds = counting.compare(">", counting.add(most, rest), left)
        cut = counting.shared(self.part_or(over, left, claim.fen))
        nothing = self.truth(both(over, surely(counting.compare("==", left, whole(0)))))
        before = doubts
        doubts = self.union([(True, doubts), (maybe, claim.mask)])
        claim.fen, claim.most = cut, counting.shared(self.part_or(sure, cut, most))
        claim.settled = self.truth(either(claim.settled, nothing))
        self._doubt(claim, lost, before)
        waits = self.truth(both(maybe, either(exceeds, unknown(exceeds))))
        gone = evolve(
            left, sql=Sql(exp.cast(exp.Null(), self.arithmetic.dialect.wide if left.wide else "BIGINT"))
        )
        paid = counting.minus(left, self.part_or(sure, cut, whole(0)))
        rest_left = counting.choose([(waits, gone), (True, evolve(paid, low=0, high=left.high))])
        return counting.shared(rest_left), doubts


def _within(member: Member, when: Truth, part: Truth) -> Truth:
    """Return `when`, which holds only where the member is there, for one of its claims."""
    return when if len(member.claims) == 1 else both(when, part)


def _fixed(member: Member) -> int | None:
    """Return what a member comes to whenever it is there: one claim of one constant amount."""
    if len(member.claims) != 1 or member.claims[0].fen.constant is None:
        return None
    claim = member.claims[0]
    return claim.fen.constant if claim.most.constant == claim.fen.constant else None
