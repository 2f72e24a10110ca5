"""性质检验的取样: hypothesis strategies made from a policy's own facts and relations, and from the ledger's own table.

Values seek the edges: around every bound that the policy speaks of, and now and then anywhere between. Facts are left
out as offices leave them out. Everything drawn is valid: it can be handed to `policy.decide` or to a `LedgerBook`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.ledger import Action, Entry
from huaying_governance.ledger.table import STATES, TRANSITIONS
from huaying_governance.ledger.words import CATEGORIES, CHANNELS, KINDS
from huaying_governance.packs import Pack
from huaying_governance.responsibility import Assignment
from huaying_governance.rules import Policy, Spell
from huaying_governance.rules.model import Fact
from huaying_governance.rules.tree import LARGEST
from huaying_governance.testing.space import Space

Facts = dict[str, Any]
_MARGIN = 400


def days(policy: Policy) -> st.SearchStrategy[date]:
    """Return days as of which a policy may be asked: around its changes, and between and after them."""
    edges = Space(policy).days()
    low, high = min(edges, default=date(2020, 1, 1)), max(edges, default=date(2030, 1, 1))
    return st.sampled_from(edges or [low]) | st.dates(low, high + timedelta(days=_MARGIN))


def facts(policy: Policy, on: date, *, missing: bool = True) -> st.SearchStrategy[Facts]:
    """Return facts of a case as of `on`; with `missing`, any of them may be left out, relations too."""
    space = Space(policy)
    own = {name: _value(space, policy.facts[name], name, on) for name in policy.facts}
    related: dict[str, st.SearchStrategy[Any]] = {}
    for name, relation in policy.relations.items():
        inner = {each: _value(space, policy.facts[each], f"{name}.{each}", on) for each in relation.facts}
        related[name] = st.none() | _table(inner, missing=missing)
    return _table({**own, **related}, missing=missing)


def _table(fields: Mapping[str, st.SearchStrategy[Any]], *, missing: bool) -> st.SearchStrategy[Facts]:
    return (
        st.fixed_dictionaries({}, optional=dict(fields)) if missing else st.fixed_dictionaries(dict(fields))
    )


def _value(space: Space, fact: Fact, path: str, on: date) -> st.SearchStrategy[Any]:
    edges = [value for value in values_of(space, path, on) if value is not None]
    kind = fact.type
    match kind.kind:
        case "integer" | "decimal":
            low: Any = kind.low if kind.low is not None and kind.low > -LARGEST else -1_000
            high: Any = (
                kind.high if kind.high is not None and kind.high < LARGEST else max(10_000, int(low) + 10_000)
            )
            between: st.SearchStrategy[Any] = st.integers(int(low), int(high))
            if kind.kind == "decimal":
                between = st.decimals(Decimal(int(low)), Decimal(int(high)), places=2)
            return st.sampled_from(edges) | between
        case "date":
            return st.sampled_from(edges) | st.dates(on - timedelta(days=36_500), on)
        case _:
            return st.sampled_from(edges)


def values_of(space: Space, path: str, on: date) -> tuple[Any, ...]:
    """Return the values worth trying for a fact, as a caller gives them, missing last."""
    return tuple(
        Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
        for value in space.values(path, on)
    )


@st.composite
def cases(draw: st.DrawFn, policy: Policy, *, missing: bool = True) -> tuple[Facts, date]:
    """Draw facts and the day they are judged on."""
    on = draw(days(policy))
    return draw(facts(policy, on, missing=missing)), on


@st.composite
def spells(
    draw: st.DrawFn, on: date, *, flags: tuple[str, ...] = ("in_zone",), most: int = 6
) -> tuple[Spell, ...]:
    """Draw spells around `on`: touching, overlapping, contained, parted by gaps near 30 days, open at the end."""
    found: list[Spell] = []
    at = on - timedelta(days=draw(st.integers(0, 1_500)))
    for _ in range(draw(st.integers(0, most))):
        length = draw(st.sampled_from([0, 27, 30, 364, 365]) | st.integers(0, 500))
        end = draw(st.none() | st.just(at + timedelta(days=length)))
        marks = {name: draw(st.sampled_from([True, True, False, None])) for name in flags}
        found.append(Spell(at, end, marks))
        gap = draw(st.sampled_from([-20, 0, 1, 30, 31, 32]) | st.integers(-400, 90))
        at = max(date(1900, 1, 1), (end or at + timedelta(days=length)) + timedelta(days=gap))
    return tuple(found)


@st.composite
def assignments(draw: st.DrawFn, pack: Pack) -> Assignment:
    """Draw assignments: matters of the list by code or name, or none of it; around the days they are in force."""
    lines = list(pack.matters)
    line = draw(st.sampled_from(lines))
    edges = [day for day in (line.since, line.until) if day is not None] or [date(2026, 1, 1)]
    on = draw(st.sampled_from(edges)) + timedelta(days=draw(st.sampled_from([-1, 0, 1, 90])))
    bodies = [*(body.id for body in pack.organisations), *(place.id for place in pack.communities)]
    return Assignment(
        id=draw(st.text("ABC0123456789", min_size=1, max_size=6)),
        date=on,
        assigner=draw(st.sampled_from([*bodies, "没有登记的单位", None])),
        community=draw(st.sampled_from([place.id for place in pack.communities])),
        matter=draw(st.sampled_from([line.code, line.name, "清单外的事项", None])),
        title=draw(st.sampled_from([line.name, None])),
        funding=draw(st.sampled_from([None, Decimal("0.00"), Decimal("0.01"), Decimal("5000.00")])),
        emergency=draw(st.sampled_from([None, None, None, "应急1"])),
    )


@st.composite
def entries(draw: st.DrawFn, pack: Pack, *, id: str = "E1") -> Entry:  # noqa: A002 - the field's own word
    """Draw entries of every kind, channel and category."""
    source = draw(st.sampled_from(sorted(CHANNELS)))
    category = draw(st.sampled_from(["", *CATEGORIES.get(source, {})]))
    received = datetime(2026, 1, 1, tzinfo=SHANGHAI) + timedelta(hours=draw(st.integers(0, 24 * 200)))
    place = draw(st.sampled_from([community.id for community in pack.communities]))
    return Entry(id, draw(st.sampled_from(sorted(KINDS))), source, category, place, received)


@st.composite
def histories(draw: st.DrawFn, pack: Pack, *, most: int = 12) -> tuple[Entry, tuple[Action, ...]]:
    """Draw an entry and actions on it in the order of time: mostly those its state admits, some that it refuses."""
    entry = draw(entries(pack))
    state, at = "registered", entry.received_at
    found: list[Action] = []
    for _ in range(draw(st.integers(0, most))):
        admitted = [row for row in TRANSITIONS if state in row.sources]
        row = draw(st.sampled_from(admitted or list(TRANSITIONS)) | st.sampled_from(list(TRANSITIONS)))
        at += timedelta(hours=draw(st.sampled_from([1, 8, 24, 72]) | st.integers(0, 400)))
        found.append(draw(_action(entry.id, at, row.action, row.roles)))
        if state in row.sources and isinstance(row.to, str) and row.to in {each.id for each in STATES}:
            state = row.to
    return entry, tuple(found)


@st.composite
def _action(draw: st.DrawFn, entry: str, at: datetime, action: str, roles: tuple[str, ...]) -> Action:
    role = draw(st.sampled_from(roles or ("clerk",)) | st.sampled_from(["clerk", "handler", "leader"]))
    return Action(
        entry,
        at,
        action,
        draw(st.sampled_from(["a", "b"])),
        role,
        draw(st.sampled_from(["", "lead-1", "lead-2"])),
        draw(st.sampled_from(["", "a", "c"])),
        draw(st.sampled_from(["", "说明"])),
        draw(st.integers(1, 60)) if action in {"extend", "schedule"} else None,
        draw(st.sampled_from(["", "答复单"])),
        draw(st.sampled_from([None, True, False])),
    )
