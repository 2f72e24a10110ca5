"""声明的性质 as read: `[[properties]]` of a policy document, each with the keys that its kind needs and no others."""

from __future__ import annotations

from collections.abc import Iterable

from huaying_governance.kernel.money import MAX_FEN
from huaying_governance.rules.at import unique
from huaying_governance.rules.declare import Declarations
from huaying_governance.rules.document import Draft
from huaying_governance.rules.faults import nearest
from huaying_governance.rules.model import Stated
from huaying_governance.rules.shape import At
from huaying_governance.rules.tree import Type
from huaying_governance.text import Text, same

KEYS = ("rules", "rule", "fact", "direction", "amount", "step", "policy")
NEEDED: dict[str, tuple[str, ...]] = {
    "never-both": ("rules",),
    "at-most": ("amount",),
    "at-least": ("amount",),
    "reachable": ("rule",),
    "monotone": ("fact",),
    "equivalent": ("policy",),
    "no-cliff": ("fact",),
}
FURTHER: dict[str, tuple[str, ...]] = {
    "at-most": ("rule",),
    "at-least": ("rule",),
    "monotone": ("rule", "direction"),
    "no-cliff": ("amount", "step"),
}
OF_AMOUNTS = ("at-most", "at-least", "no-cliff")
ORDERED = Text("数值、日期或是否型的事实", "a fact that is a number, a day or yes-or-no")
COUNTED = Text("数值或日期型的事实", "a fact that is a number or a day")


def stated(declared: Declarations, drafts: Iterable[Draft]) -> tuple[Stated, ...]:
    """Return the properties that can be asked; problems of the others go to the report."""
    seen: dict[str, At] = {}
    return tuple(
        _property(draft)
        for draft in drafts
        if unique(seen, draft["id"], draft.at.child("id")) and _sound(declared, draft)
    )


def _sound(declared: Declarations, draft: Draft) -> bool:
    """Whether a property can be asked; notes why not."""
    kind, before = draft["kind"], len(draft.at.report.problems)
    if kind in OF_AMOUNTS and declared.policy["policy"]["kind"] != "subsidy":
        draft.at.child("kind").fault("key-needs", name=kind, other='kind = "subsidy"')
    for key in KEYS:
        if draft[key] is None:
            if key in NEEDED[kind]:
                draft.at.fault("missing-key", key=True, name=key)
        elif key not in (*NEEDED[kind], *FURTHER.get(kind, ())):
            kinds = [each for each in NEEDED if key in (*NEEDED[each], *FURTHER.get(each, ()))]
            draft.at.child(key).fault("key-needs", key=True, name=key, other=f"kind = {' / '.join(kinds)}")
    _rules(declared, draft)
    if draft["fact"] is not None:
        _fact(declared, draft["fact"], draft.at.child("fact"), COUNTED if kind == "no-cliff" else ORDERED)
    if draft["amount"] is not None:
        _amount(draft)
    return len(draft.at.report.problems) == before


def _rules(declared: Declarations, draft: Draft) -> None:
    known = {each["id"] for each in declared.policy.held.get("rules", ())}
    named = [(name, draft.at.child("rules").child(place)) for place, name in enumerate(draft["rules"] or ())]
    if draft["rule"] is not None:
        named.append((draft["rule"], draft.at.child("rule")))
    for name, at in named:
        if name not in known:
            at.fault("unknown-rule", name=name, hint=nearest(name, known))


def _fact(declared: Declarations, path: str, at: At, expected: Text) -> None:
    """Note a fact that the policy does not have (`RELATION.FACT` for another person's), or that has no more or less."""
    relation, _, name = path.rpartition(".")
    known: dict[str, Type] = {each: fact.type for each, fact in declared.facts.items()}
    for each in declared.relations.values():
        known.update({f"{each.name}.{fact}": known[fact] for fact in each.facts if fact in known})
    found = known.get(path)
    if found is None:
        if name not in declared.loaded.declared() or relation:
            at.fault("unknown-name", name=path, hint=nearest(path, known))
    elif not (found.is_number or found.kind == "date" or (expected is ORDERED and found.kind == "boolean")):
        at.fault("wrong-type", expected=expected)


def _amount(draft: Draft) -> None:
    at = draft.at.child("amount")
    if not 0 <= draft["amount"] * 100 <= MAX_FEN:
        at.fault("out-of-range", low=0, high=MAX_FEN // 100)
    elif draft["amount"] * 100 % 1:
        at.fault("bad-number", places=2)


def _property(draft: Draft) -> Stated:
    return Stated(
        draft["id"],
        draft["kind"],
        draft["label"] or same(draft["id"]),
        draft.at,
        draft["rules"] or (),
        draft["rule"] or "",
        draft["fact"] or "",
        draft["direction"] or "up",
        draft["amount"] or 0,
        draft["step"] or 1,
        draft["policy"] or "",
        draft["on"],
    )
