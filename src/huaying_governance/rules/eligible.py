"""Deciding eligibility (资格裁定): all that is required, nothing that bars, and any route, by Kleene's tables."""

from __future__ import annotations

from huaying_governance.kernel.ruling import Ground, Ruling
from huaying_governance.rules.compile import Row
from huaying_governance.rules.edition import Edition, Ready
from huaying_governance.rules.missing import ordered
from huaying_governance.rules.subsidy import MISSING, NOT_IN_FORCE
from huaying_governance.text import Text

NO_ROUTE = "no-route"
MET = Text("{label}：具备", "{label}: met")
FAILED = Text("{label}：不具备", "{label}: not met")
BARRED = Text("{label}：构成限制", "{label}: bars")
CLEAR = Text("{label}：无此限制", "{label}: does not bar")
UNKNOWN = Text("{label}：未知", "{label}: unknown")
NOTED = Text("{label}", "{label}")
NONE_OPEN = Text("没有任何一种登记情形成立", "no route is open")


def decide_eligibility(edition: Edition, row: Row) -> Ruling:
    """Return `eligible`, `ineligible` or `undetermined`, with a ground for every rule in force."""
    if not edition.rules:
        return Ruling("undetermined", (Ground(NOT_IN_FORCE, "not-in-force"),))
    answer = edition.compiler.test(edition.whole)(row)
    outcome = "undetermined" if answer is None else "eligible" if answer else "ineligible"
    missing = ordered(edition.gaps.of(edition.whole, row), edition.compiler.layout.slots)
    grounds = [ground for ready in edition.rules for ground in _grounds(ready, edition, row)]
    routes = [ready for ready in edition.rules if ready.rule.effect == "route"]
    if routes and all(ready.test(row) is False for ready in routes):
        grounds.append(Ground(NONE_OPEN, NO_ROUTE, routes[0].citation))
    grounds.extend(Ground(MISSING.fill(name=name), f"missing:{name}") for name in missing)
    return Ruling(outcome, tuple(grounds), missing)


def _grounds(ready: Ready, edition: Edition, row: Row) -> list[Ground]:
    holds = ready.test(row)
    rule = ready.rule
    inner = (edition.explainer.condition(rule.when, row),)
    code = ""
    if rule.effect == "note":
        if holds is not True:
            return []
        text, code = NOTED, rule.code or rule.id
    elif holds is None:
        text = UNKNOWN
    elif rule.effect == "bar":
        text, code = (BARRED, rule.code or rule.id) if holds else (CLEAR, "")
    else:
        text = MET if holds else FAILED
        code = (rule.code or rule.id) if rule.effect == "require" and not holds else ""
    return [Ground(text.fill(label=rule.label), code, ready.citation, {}, inner)]
