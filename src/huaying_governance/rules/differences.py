"""What changed (政策变化): two versions of a policy, told in the language of policy, not of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Literal, TypeVar

from attrs import frozen

from huaying_governance.rules.check.rules import values_on
from huaying_governance.rules.exact import MONEY
from huaying_governance.rules.explain import show_number
from huaying_governance.rules.model import Combine, Fact, Parameter, Rule
from huaying_governance.rules.normal import normal
from huaying_governance.rules.policy import Policy
from huaying_governance.rules.reason import Reasoner
from huaying_governance.rules.tree import Value
from huaying_governance.text import Lang, Text, same

Kind = Literal["added", "removed", "changed", "tightened", "loosened"]
T = TypeVar("T")


@frozen
class Change:
    """变化: one change: how, of what (`rule`, `parameter`, `fact`, `combine`, `policy`), its name, and in words."""

    kind: Kind
    of: str
    name: str
    text: Text

    def say(self, lang: Lang = "zh") -> str:
        """Return the change in words."""
        return self.text.say(lang)


def diff(one: Policy, other: Policy) -> tuple[Change, ...]:
    """Return what changes from `one` to `other`, in the order of the document; empty where they mean the same."""
    return (
        *_policy(one, other),
        *_parameters(one, other),
        *_facts(one, other),
        *_rules(one, other),
        *_combinations(one, other),
    )


def _change(kind: Kind, of: str, name: str, zh: str, en: str) -> Change:
    return Change(kind, of, name, Text(zh, en))


def _policy(one: Policy, other: Policy) -> Iterator[Change]:
    first, second = one.parts, other.parts
    if first.proration != second.proration:
        before, after = (f"{p.kind}, {p.rounding}" for p in (first.proration, second.proration))
        yield _change(
            "changed", "policy", "proration", f"折算：{before} → {after}", f"proration: {before} → {after}"
        )
    for key, zh in (("changes", "年中变更"), ("kind", "类别"), ("subject", "对象"), ("region", "地区")):
        before, after = getattr(first, key), getattr(second, key)
        if before != after:
            yield _change("changed", "policy", key, f"{zh}：{before} → {after}", f"{key}: {before} → {after}")
    if first.defaults != second.defaults:
        yield _change(
            "changed", "policy", "defaults", "时限的通用设置有变", "the defaults of the timetable change"
        )
    if (first.weights, first.items, first.total) != (second.weights, second.items, second.total):
        yield _change("changed", "policy", "contents", "条目或权重有变", "items or weights change")


def _pairs(one: Mapping[str, T], other: Mapping[str, T]) -> Iterator[tuple[str, T | None, T | None]]:
    for name in dict.fromkeys((*one, *other)):
        yield name, one.get(name), other.get(name)


def _presence(of: str, zh: str, name: str, label: Text, before: object, after: object) -> Change | None:
    """Return that something is new or gone; None where it is in both."""
    if before is None:
        return _change(
            "added", of, name, f"新增{zh} {label.zh}（{name}）", f"{of} added: {label.en} ({name})"
        )
    if after is None:
        return _change(
            "removed", of, name, f"删除{zh} {label.zh}（{name}）", f"{of} removed: {label.en} ({name})"
        )
    return None


def _parameters(one: Policy, other: Policy) -> Iterator[Change]:
    for name, before, after in _pairs(one.parameters, other.parameters):
        label = (after or before).label  # type: ignore[union-attr]
        presence = _presence("parameter", "参数", name, label, before, after)
        if presence is not None:
            yield presence
        elif before is not None and after is not None:
            yield from _values(name, before, after)


def _values(name: str, before: Parameter, after: Parameter) -> Iterator[Change]:
    """Yield the changes of a parameter, by the days from which they hold."""
    days = {step.since for parameter in (before, after) for step in parameter.steps}
    days |= {
        step.until + timedelta(days=1) for p in (before, after) for step in p.steps if step.until is not None
    }
    last: tuple[str, str] | None = None
    for day in sorted(days):
        old, new = before.on(day), after.on(day)
        shown = _shown(before, old.value if old else None), _shown(after, new.value if new else None)
        if shown[0].zh == shown[1].zh:
            clause = old is not None and new is not None and old.citation != new.citation
            if clause and old is not None and new is not None:
                zh = f"{after.label.zh}：自 {day} 起依据改为{new.citation.say('zh')}"
                en = f"{after.label.en}: from {day} it rests on {new.citation.say('en')}"
                yield _change("changed", "parameter", name, zh, en)
            last = None
        elif (shown[0].zh, shown[1].zh) != last:
            last = (shown[0].zh, shown[1].zh)
            zh = f"{after.label.zh}：自 {day} 起 {shown[0].zh} → {shown[1].zh}"
            en = f"{after.label.en}: {shown[0].en} → {shown[1].en} from {day}"
            yield _change("changed", "parameter", name, zh, en)


def _shown(parameter: Parameter, value: Value | None) -> Text:
    if value is None:
        return Text("无", "none")
    if not isinstance(value, int | Fraction):
        return same(str(value))
    number = f"{value:,}" if isinstance(value, int) else show_number(value)
    return Text(f"{number}元", f"{number} yuan") if parameter.type.unit == MONEY else same(number)


def _facts(one: Policy, other: Policy) -> Iterator[Change]:
    for name, before, after in _pairs(one.facts, other.facts):
        label = (after or before).label  # type: ignore[union-attr]
        presence = _presence("fact", "事实", name, label, before, after)
        if presence is not None:
            yield presence
        elif before is not None and after is not None and _meaning(before) != _meaning(after):
            yield _change(
                "changed",
                "fact",
                name,
                f"事实 {label.zh} 的类型或界限有变",
                f"the fact {label.en} changes its type or bounds",
            )


def _meaning(fact: Fact) -> tuple[object, ...]:
    return fact.type, fact.derived


def _rules(one: Policy, other: Policy) -> Iterator[Change]:
    first, second = ({rule.id: rule for rule in policy.rules} for policy in (one, other))
    for name, before, after in _pairs(first, second):
        label = (after or before).label  # type: ignore[union-attr]
        presence = _presence("rule", "规则", name, label, before, after)
        if presence is not None:
            yield presence
        elif before is not None and after is not None:
            yield from _rule(one, other, before, after)
    if list(first) != list(second) and set(first) == set(second):
        yield _change("changed", "policy", "order", "规则的次序有变", "the order of the rules changes")


def _rule(one: Policy, other: Policy, before: Rule, after: Rule) -> Iterator[Change]:
    label = after.label
    if bare(before.when) != bare(after.when):
        yield _condition(one, other, before, after)
    # A new proration changes every amount; it is told once, for the policy.
    alike = one.parts.proration == other.parts.proration
    keys = (
        (
            "amount",
            "金额",
            before.amount_text,
            after.amount_text,
            alike and bare(before.amount) != bare(after.amount),
        ),
        (
            "enterprise amount",
            "企业金额",
            before.enterprise_text,
            after.enterprise_text,
            alike and bare(before.enterprise_amount) != bare(after.enterprise_amount),
        ),
        ("payee", "发放对象", before.payee, after.payee, before.payee != after.payee),
        ("unit", "发放单位", before.unit, after.unit, before.unit != after.unit),
        ("effect", "作用", before.effect, after.effect, before.effect != after.effect),
        ("in force", "施行期", _days(before), _days(after), _days(before) != _days(after)),
        ("clause", "依据", _clauses(before), _clauses(after), before.basis != after.basis),
        ("clocks", "时限", "", "", bare(before.clocks) != bare(after.clocks)),
    )
    for key, zh, old, new, changed in keys:
        if changed:
            shown = f"：{old} → {new}" if old != new else "有变"
            said = f": {old} → {new}" if old != new else " changes"
            yield _change("changed", "rule", after.id, f"{label.zh}：{zh}{shown}", f"{label.en}: {key}{said}")


def bare(value: object) -> object:
    """Return what an expression says apart from how far its values reach: a new value of a parameter is told there."""

    def stripped(data: object) -> object:
        if isinstance(data, dict):
            return {key: stripped(inner) for key, inner in data.items() if key != "type"}
        return [stripped(inner) for inner in data] if isinstance(data, list) else data

    return stripped(normal(value))


def _condition(one: Policy, other: Policy, before: Rule, after: Rule) -> Change:
    """Return whether a changed condition is tighter, looser, the same in effect, or just another."""
    days = sorted({*one.changes, *other.changes, after.since})
    tighter = looser = True
    for day in days:
        reasoner = Reasoner({**values_on(one.parts, day), **values_on(other.parts, day)})
        tighter = tighter and reasoner.implies(after.when, before.when)
        looser = looser and reasoner.implies(before.when, after.when)
    kind: Kind = "changed" if tighter == looser else "tightened" if tighter else "loosened"
    words = {
        "changed": ("改写", "rewritten"),
        "tightened": ("收紧", "tightened"),
        "loosened": ("放宽", "loosened"),
    }
    zh, en = ("改写，意义相同", "rewritten, to the same effect") if tighter and looser else words[kind]
    shown = f"{before.when_text} → {after.when_text}"
    return _change(
        kind,
        "rule",
        after.id,
        f"{after.label.zh}：条件{zh}：{shown}",
        f"{after.label.en}: condition {en}: {shown}",
    )


def _days(rule: Rule) -> str:
    return f"{rule.since}–{rule.until or ''}"


def _clauses(rule: Rule) -> str:
    return "；".join(each.citation.say("zh") for each in rule.basis)


def _combinations(one: Policy, other: Policy) -> Iterator[Change]:
    first, second = ({each.id: each for each in policy.parts.combine} for policy in (one, other))
    for name, before, after in _pairs(first, second):
        label = (after or before).label  # type: ignore[union-attr]
        presence = _presence("combine", "合并", name, label, before, after)
        if presence is not None:
            yield presence
        elif before is not None and after is not None and _how(before) != _how(after):
            shown = f"{_said(before)} → {_said(after)}"
            yield _change(
                "changed", "combine", name, f"合并 {label.zh}：{shown}", f"combination {label.en}: {shown}"
            )


def _how(each: Combine) -> tuple[object, ...]:
    return each.kind, each.members, each.per, bare(each.limit), bare(each.counted), each.basis


def _said(each: Combine) -> str:
    limit = f" {each.limit_text}" if each.limit_text else ""
    return f"{each.kind}({', '.join(each.members)}){limit}"
