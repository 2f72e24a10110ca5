"""From the tree as written to the tree as meant (定义): conditions, and each expression as a whole.

Every problem of an expression is noted at once, with its place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from attrs import evolve

from huaying_governance.rules import ranges
from huaying_governance.rules.exact import MONEY
from huaying_governance.rules.faults import nearest, problem
from huaying_governance.rules.functions import KINDS, decided
from huaying_governance.rules.tree import (
    BOOLEAN,
    Compare,
    Condition,
    Const,
    Either,
    Exists,
    FactRef,
    IsTrue,
    Member,
    Operand,
    Operator,
    conjunction,
    disjunction,
    negate,
)
from huaying_governance.rules.values import FaultyError, N, Values
from huaying_governance.rules.written import (
    Choice,
    Comparison,
    Junction,
    Membership,
    Name,
    Negation,
    Truth,
    Written,
)
from huaying_governance.text import Text


class Meaning(Values):
    """Gives expressions of one document their meaning."""

    def condition(self, written: Written) -> Condition | None:
        """Return what a condition means, or None where it has problems."""
        return self._try(lambda: self.condition_of(written))

    def amount(self, written: Written) -> Operand | None:
        """Return what a number in yuan means, or None where it has problems."""

        def amount() -> Operand:
            node = self.number_of(written)
            if node.type.unit not in (None, MONEY):
                raise self.fault("unit-mismatch", written, left=node.type.unit or "1", right=MONEY)
            return node

        return self._try(amount)

    def number(self, written: Written) -> Operand | None:
        """Return what a number of any unit means, or None where it has problems."""
        return self._try(lambda: self.number_of(written))

    def _try(self, build: Callable[[], N]) -> N | None:
        try:
            node = build()
        except FaultyError:
            return None
        return None if any(each.severity == "error" for each in self.problems) else node

    def condition_of(self, written: Written) -> Condition:
        """Return what a condition means; raises after noting a problem."""
        match written:
            case Junction(word, parts):
                built = self.gather(self.condition_of, parts)
                return conjunction(built) if word == "and" else disjunction(built)
            case Negation(operand):
                return negate(self.condition_of(operand))
            case Comparison(first, rest):
                return self._comparison(first, rest)
            case Membership():
                return self._membership(written)
            case Choice(condition, yes, no):
                test, left, right = self.gather(self.condition_of, (condition, yes, no))
                return Either(test, left, right)
            case Truth(value):
                return Const(value, BOOLEAN)
            case Name():
                return self._named_condition(written)
            case _:
                found = self.operand(written)
                raise self.mismatch(written, KINDS["boolean"], found.type)

    def _named_condition(self, written: Name) -> Condition:
        if not written.relation and written.name in self.names.relations:
            return Exists(written.name)
        node = self.name(written)
        if node.type.kind != "boolean" or not isinstance(node, FactRef):
            raise self.mismatch(written, KINDS["boolean"], node.type)
        return IsTrue(node)

    def _comparison(self, first: Written, rest: tuple[tuple[str, Written], ...]) -> Condition:
        sides = (first, *(right for _, right in rest))
        if len(rest) == 1 and rest[0][0] in {"==", "!="} and any(self._is_truth(side) for side in sides):
            return self._same_truth(rest[0][0], first, rest[0][1])
        built = self.gather(self.operand, sides)
        parts: list[Condition] = []
        for (operator, right), left_node, right_node, left in zip(
            rest, built, built[1:], sides, strict=False
        ):
            parts.append(self._compare(cast("Operator", operator), left_node, right_node, left, right))
        return conjunction(tuple(parts))

    def _is_truth(self, written: Written) -> bool:
        """Whether a side of `==` is itself a condition."""
        match written:
            case Truth() | Negation() | Junction() | Comparison() | Membership():
                return True
            case Choice(_, yes, _):
                return self._is_truth(yes)
            case Name("", name):
                known = self.names.facts.get(name)
                return name in self.names.relations or (known is not None and known.kind == "boolean")
            case Name(_, name):
                known = self.names.facts.get(name)
                return known is not None and known.kind == "boolean"
            case _:
                return False

    def _same_truth(self, operator: str, left: Written, right: Written) -> Condition:
        """`a == b` between conditions: both hold or neither does."""
        one, other = self.gather(self.condition_of, (left, right))
        both = conjunction((one, other))
        neither = conjunction((negate(one), negate(other)))
        same = disjunction((both, neither))
        return same if operator == "==" else negate(same)

    def _compare(
        self, operator: Operator, left: Operand, right: Operand, at: Written, other: Written
    ) -> Condition:
        whole = Comparison(at, (), at.start, other.end)
        left, right = self._as_choice(left, right, at, other)
        one, two = left.type, right.type
        if one.is_number and two.is_number:
            self.same_unit(one, two, whole)
        elif one.kind != two.kind:
            raise self.fault("compare-mismatch", whole, left=KINDS[one.kind], right=KINDS[two.kind])
        elif one.kind in {"text", "choice"} and operator not in {"==", "!="}:
            raise self.fault("order-of-texts", whole, found=KINDS[one.kind])
        elif one.kind == "choice" and not set(one.of) & set(two.of):
            raise self.fault("compare-mismatch", whole, left=KINDS[one.kind], right=KINDS[two.kind])
        self._reachable(operator, left, right, whole)
        return Compare(operator, left, right)

    def _reachable(self, operator: Operator, left: Operand, right: Operand, at: Written) -> None:
        """Note a comparison of numbers that its bounds decide beforehand."""
        one, two = left.type, right.type
        if not one.is_number or None in (one.low, one.high, two.low, two.high):
            return
        if isinstance(left, Const) and isinstance(right, Const):
            return
        gap = ranges.add((one.low, one.high), ranges.negative((two.low, two.high)))
        answer = decided(operator, gap)
        if answer is not None:
            code = "always-met" if answer else "never-met"
            self.problems.append(problem(code, self.locate(at.start, at.end), low=gap[0], high=gap[1]))

    def _as_choice(
        self, left: Operand, right: Operand, at: Written, other: Written
    ) -> tuple[Operand, Operand]:
        """Read a text literal beside a choice as one of its options."""
        if left.type.kind == "choice" and isinstance(right, Const) and right.type.kind == "text":
            return left, self._option(left, right, other)
        if right.type.kind == "choice" and isinstance(left, Const) and left.type.kind == "text":
            return self._option(right, left, at), right
        return left, right

    def _option(self, of: Operand, literal: Const, at: Written) -> Const:
        if literal.value not in of.type.of:
            name = of.path if isinstance(of, FactRef) else Text("该值", "the value")
            hint = nearest(str(literal.value), of.type.of)
            raise self.fault("not-a-choice", at, value=literal.value, fact=name, hint=hint)
        return Const(literal.value, evolve(of.type, of=(str(literal.value),)))

    def _membership(self, written: Membership) -> Condition:
        item = self.operand(written.item)
        values = self.gather(self.operand, written.values)
        constants: list[Const] = []
        for value, at in zip(values, written.values, strict=True):
            if not isinstance(value, Const):
                raise self.fault("list-of-literals", at)
            compared = self._compare("==", item, value, written.item, at)
            right = compared.right if isinstance(compared, Compare) else value
            constants.append(cast("Const", right))
        return Member(item, tuple(dict.fromkeys(value.value for value in constants)), written.negated)
