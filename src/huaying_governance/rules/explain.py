"""Why (说明): the tree of grounds of a condition, with the values used, what was missing, and each citation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import show_date
from huaying_governance.kernel.ruling import Ground
from huaying_governance.rules.compile import Compiler, Row
from huaying_governance.rules.exact import MONEY
from huaying_governance.rules.model import Fact, Parameter, Relation, Step
from huaying_governance.rules.tree import (
    All,
    AnyOf,
    Apply,
    Arith,
    Compare,
    Condition,
    Const,
    Either,
    Exists,
    FactRef,
    IsTrue,
    Member,
    Node,
    OnDay,
    Operand,
    Param,
    Pick,
    walk,
)
from huaying_governance.text import Text, same

HOLDS = {
    True: Text("成立", "holds"),
    False: Text("不成立", "does not hold"),
    None: Text("未知", "unknown"),
}
_OPERATORS = {
    "<": Text("小于", "<"),
    "<=": Text("不超过", "<="),
    "==": Text("等于", "="),
    "!=": Text("不等于", "≠"),
    ">=": Text("不少于", ">="),
    ">": Text("大于", ">"),
}
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_FUNCTIONS = {
    "min": Text("取小", "min"),
    "max": Text("取大", "max"),
    "round": Text("四舍五入", "round"),
    "floor": Text("向下取整", "floor"),
    "years_between": Text("满年数", "full years"),
    "months_between": Text("满月数", "full months"),
    "days_between": Text("天数", "days"),
    "add_years": Text("加年", "add years"),
    "add_months": Text("加月", "add months"),
}
_ALL = Text("须全部成立", "all of")
_ANY = Text("须至少一项成立", "any of")
_MISSING = Text("缺", "missing")
_NONE = Text("无此人", "none")
_DAY = Text("认定日", "the day")


MOST_KEPT = 1_000
"""Grounds kept for one statement or rule; values repeat from case to case, names of persons are not among them."""


def show_number(value: int | Fraction) -> str:
    """Return an exact number as a decimal where it is a short one, else as a fraction."""
    if isinstance(value, int):
        return str(value)
    scaled = value * 10**6
    if scaled.denominator == 1:
        whole, rest = divmod(abs(scaled.numerator), 10**6)
        return f"{'-' if value < 0 else ''}{whole}.{rest:06d}".rstrip("0")
    return f"{value.numerator}/{value.denominator}"


@frozen
class Explainer:
    """Explains conditions and amounts of one stretch of days."""

    compiler: Compiler
    facts: Mapping[str, Fact]
    relations: Mapping[str, Relation]
    parameters: Mapping[str, Parameter]
    steps: Mapping[str, Step]
    _said: dict[int, tuple[Node, tuple[int, ...], dict[tuple[object, ...], Ground]]] = field(
        factory=dict, init=False, repr=False, eq=False
    )

    def condition(self, node: Condition, row: Row) -> Ground:
        """Return the ground of a condition: itself, whether it holds, and its parts."""
        match node:
            case All(parts):
                return self._group(_ALL, parts, node, row)
            case AnyOf(parts):
                return self._group(_ANY, parts, node, row)
            case Either(test, yes, no):
                return self._group(Text("按条件择一", "one of two, by the first"), (test, yes, no), node, row)
            case _:
                return self._statement(node, row)

    def _group(self, head: Text, parts: tuple[Condition, ...], node: Condition, row: Row) -> Ground:
        answer = HOLDS[self.compiler.test(node)(row)]
        text = Text(f"{head.zh}：{answer.zh}", f"{head.en}: {answer.en}")
        return Ground(text, parts=tuple(self.condition(part, row) for part in parts))

    def _statement(self, node: Condition, row: Row) -> Ground:
        """Return the ground of a statement; the same values give the same ground, made once."""
        plan = self._said.get(id(node))
        if plan is None:
            plan = self._said[id(node)] = (node, self.compiler.layout.read_by(node), {})
        _, slots, made = plan
        key = tuple([row[slot] for slot in slots])
        found = made.get(key)
        if found is None:
            if len(made) >= MOST_KEPT:
                made.clear()
            found = made[key] = self._stated(node, row)
        return found

    def _stated(self, node: Condition, row: Row) -> Ground:
        answer = HOLDS[self.compiler.test(node)(row)]
        said = self.say(node, row)
        text = Text(f"{said.zh}：{answer.zh}", f"{said.en}: {answer.en}")
        return Ground(text, "", self.citation(node), self.evidence(node, row))

    def say(self, node: Condition, row: Row) -> Text:
        """Return one statement in words, with the values used."""
        match node:
            case Compare(operator, left, right):
                one, two, sign = (
                    self._beside(left, right, row),
                    self._beside(right, left, row),
                    _OPERATORS[operator],
                )
                return Text(f"{one.zh} {sign.zh} {two.zh}", f"{one.en} {sign.en} {two.en}")
            case Member(item, values, negated):
                one = self.value(item, row)
                shown = [self._literal(value, item) for value in values]
                word = Text("不属于", "is not among") if negated else Text("属于", "is among")
                zh, en = "、".join(each.zh for each in shown), ", ".join(each.en for each in shown)
                return Text(f"{one.zh} {word.zh} {zh}", f"{one.en} {word.en} {en}")
            case IsTrue(fact, negated):
                one = self.value(fact, row)
                return Text(f"{'非：' if negated else ''}{one.zh}", f"{'not: ' if negated else ''}{one.en}")
            case Exists(relation, negated):
                label = self.relations[relation].label
                return Text(
                    f"{'没有' if negated else '有'}{label.zh}", f"has {'no ' if negated else ''}{label.en}"
                )
            case _:
                return (
                    Text("恒成立", "always") if self.compiler.test(node)(row) else Text("恒不成立", "never")
                )

    def _beside(self, node: Operand, other: Operand, row: Row) -> Text:
        """Return a side of a comparison: a literal in the words of the fact beside it."""
        return self._literal(node.value, other) if isinstance(node, Const) else self.value(node, row)

    def value(self, node: Operand, row: Row) -> Text:
        """Return a value in words: label and value of facts and parameters, figures of what is computed."""
        match node:
            case Const(value):
                return self._literal(value, node)
            case FactRef():
                return self._fact(node, row)
            case Param(name):
                return self._parameter(name)
            case OnDay():
                return Text(
                    f"{_DAY.zh}（{show_date(row[0], 'zh')}）", f"{_DAY.en} ({show_date(row[0], 'en')})"
                )
            case Arith(sign, left, right):
                one, two = self.value(left, row), self.value(right, row)
                mark = _SIGNS[sign]
                return Text(f"({one.zh} {mark} {two.zh})", f"({one.en} {mark} {two.en})")
            case Apply(function, arguments):
                return self._applied(function, arguments, node, row)
            case Pick(condition, yes, no):
                known = self.compiler.test(condition)(row)
                return self.value(yes if known else no, row) if known is not None else _MISSING

    def _applied(self, function: str, arguments: tuple[Operand, ...], node: Apply, row: Row) -> Text:
        head = _FUNCTIONS[function]
        inner = [self.value(argument, row) for argument in arguments]
        found = self._plain(self.compiler.read(node)(row), node)
        zh, en = "，".join(each.zh for each in inner), ", ".join(each.en for each in inner)
        return Text(f"{head.zh}[{zh}]（{found.zh}）", f"{head.en}[{en}] ({found.en})")

    def _fact(self, node: FactRef, row: Row) -> Text:
        fact = self.facts[node.name]
        slots = self.compiler.layout.slots
        label = fact.label
        if node.relation:
            other = self.relations[node.relation].label
            label = Text(f"{other.zh}的{label.zh}", f"{other.en}: {label.en}")
            if row[slots[node.relation]] is False:
                return Text(f"{label.zh}（{_NONE.zh}）", f"{label.en} ({_NONE.en})")
        found = self._plain(row[slots[node.path]], node)
        return Text(f"{label.zh}（{found.zh}）", f"{label.en} ({found.en})")

    def _parameter(self, name: str) -> Text:
        label, step = self.parameters[name].label, self.steps.get(name)
        if step is None:
            return Text(f"{label.zh}（{_MISSING.zh}）", f"{label.en} ({_MISSING.en})")
        shown = show_number(step.value) if isinstance(step.value, int | Fraction) else str(step.value)
        since = step.since.isoformat()
        return Text(f"{label.zh}（{shown}，{since}起）", f"{label.en} ({shown}, since {since})")

    def _literal(self, value: object, beside: Node) -> Text:
        for inner in walk(beside):
            if isinstance(inner, FactRef) and isinstance(value, str):
                return self.facts[inner.name].show(value)
        return self._plain(value, beside)

    def _plain(self, value: object, node: Node) -> Text:
        if value is None:
            return _MISSING
        if isinstance(value, bool):
            return Text("是", "yes") if value else Text("否", "no")
        if isinstance(value, int | Fraction):
            unit = "元" if node.type.unit == MONEY else ""
            return Text(show_number(value) + unit, show_number(value) + (" yuan" if unit else ""))
        if isinstance(value, date):
            return Text(show_date(value, "zh"), show_date(value, "en"))
        return self.facts[node.name].show(value) if isinstance(node, FactRef) else same(str(value))

    def evidence(self, node: Node, row: Row) -> dict[str, object]:
        """Return the values that a statement used, by path: facts as given, parameters in force."""
        found: dict[str, object] = {}
        slots = self.compiler.layout.slots
        for inner in walk(node):
            if isinstance(inner, FactRef):
                held = row[slots[inner.path]]
                found[inner.path] = show_number(held) if isinstance(held, Fraction) else held
            elif isinstance(inner, Param) and inner.name in self.steps:
                step = self.steps[inner.name]
                value = show_number(step.value) if isinstance(step.value, Fraction) else step.value
                found[inner.name] = {"value": value, "since": step.since.isoformat()}
        return found

    def citation(self, node: Node) -> Citation | None:
        """Return the clause of the first parameter that a statement rests on."""
        for inner in walk(node):
            if isinstance(inner, Param) and inner.name in self.steps:
                return self.steps[inner.name].citation
        return None
