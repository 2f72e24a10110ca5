"""办理时限: which timetable an entry goes by, its clocks, windows and extensions, by the rules in force on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

from attrs import field, frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.rules.compile import Row
from huaying_governance.rules.edition import Edition, Ready
from huaying_governance.rules.missing import ordered
from huaying_governance.rules.model import Clock, DayUnit, TimetableDefaults, Window, citation_on, readonly
from huaying_governance.rules.policy import Policy


@frozen
class ClockRule:
    """时限: `days` from `start` until `until`. `applies` None: unknown, with the facts that would tell."""

    id: str
    start: str
    until: str
    days: int
    unit: DayUnit
    citation: Citation
    applies: bool | None = True
    missing: tuple[str, ...] = ()


@frozen
class ExtensionRule:
    """延期: how often, by at most how many days (None: as many as the clock had)."""

    times: int
    at_most_days: int | None
    citation: Citation


@frozen
class Timetable:
    """时限表: what holds for one entry by one rule of one policy."""

    policy: str
    rule: str
    citation: Citation
    hold_stops: bool
    extension: ExtensionRule
    windows: Mapping[str, Window] = field(converter=readonly, hash=False)
    clocks: tuple[ClockRule, ...] = ()


@frozen
class Undetermined:
    """No timetable can be named: a fact is missing, or no rule is in force (`timetable`)."""

    missing: tuple[str, ...]


def select_timetable(
    policies: Iterable[Policy], facts: Mapping[str, object], on: date
) -> Timetable | Undetermined:
    """Return the timetable of an entry with `facts` (kind, source, category) received on the day `on`.

    `Undetermined(("timetable",))` where no rule covers the entry on that day, or two do at once; the names of the
    missing facts where they decide. Raises `Problems` for facts of the wrong type.
    """
    holding: list[tuple[Policy, Edition, Ready, Row]] = []
    missing: dict[str, None] = {}
    for policy in policies:
        # A timetable asks for what it needs; what only the others ask for is none of its business.
        row = policy.reader.row({name: facts[name] for name in facts if name in policy.facts}, on)
        edition = policy.edition(on)
        for ready in edition.rules:
            holds = ready.test(row)
            if holds:
                holding.append((policy, edition, ready, row))
            elif holds is None:
                gaps = edition.gaps.of(ready.rule.when, row)
                missing.update(dict.fromkeys(ordered(gaps, policy.layout.slots)))
    if len(holding) == 1 and not missing:
        return _timetable(*holding[0], on)
    return Undetermined(tuple(missing) if missing else ("timetable",))


def _timetable(policy: Policy, edition: Edition, ready: Ready, row: Row, on: date) -> Timetable:
    defaults = cast("TimetableDefaults", policy.parts.defaults)
    windows = {
        name: Window(draft.days, draft.unit, citation_on(draft.basis, on))
        for name, draft in defaults.windows.items()
    }
    most = edition.steps.get(defaults.extension.at_most)
    extension = ExtensionRule(
        defaults.extension.times,
        int(cast("int", most.value)) if most is not None else None,
        citation_on(defaults.extension.basis, on),
    )
    clocks = tuple(_clock(clock, policy, edition, row) for clock in ready.rule.clocks)
    return Timetable(
        policy.id, ready.rule.id, ready.citation, defaults.hold_stops, extension, windows, clocks
    )


def _clock(clock: Clock, policy: Policy, edition: Edition, row: Row) -> ClockRule:
    step = edition.steps[clock.days]
    unit = cast("DayUnit", policy.parameters[clock.days].type.unit)
    applies: bool | None = True
    missing: tuple[str, ...] = ()
    if clock.when is not None:
        applies = edition.compiler.test(clock.when)(row)
        missing = ordered(edition.gaps.of(clock.when, row), policy.layout.slots)
    days = int(cast("int", step.value))
    return ClockRule(clock.id, clock.start, clock.until, days, unit, step.citation, applies, missing)
