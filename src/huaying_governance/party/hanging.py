"""挂牌增减: what was hung and taken down in each quarter, from its beginning to its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from attrs import frozen

from huaying_governance.kernel.dates import add_months
from huaying_governance.party.honour import ON_REGISTER, HonourRules, Standing, lapsed_on


@frozen
class Quarter:
    """季度增减 of one kind: on the register at the start, added, removed, at the end; and suspended at the end."""

    name: str
    kind: str
    at_start: int
    added: int
    removed: int
    at_end: int
    suspended: int


def quarter_start(day: date) -> date:
    """Return the first day of a day's quarter."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def trail(standing: Standing, rules: HonourRules) -> tuple[tuple[date, str], ...]:
    """Return every state an honour came into, with its day; one not put right in time ends by itself."""
    lapse = lapsed_on(standing, rules)
    return standing.trail if lapse is None else (*standing.trail, (lapse, "removed"))


def _state(moves: Iterable[tuple[date, str]], on: date) -> str:
    state = ""
    for day, into in moves:
        state = into if day <= on else state
    return state


def quarters(standings: Iterable[Standing], rules: HonourRules, on: date) -> tuple[Quarter, ...]:
    """Return the changes of every quarter from the first honour hung up to `on`, by quarter and kind."""
    held = [(one.honour.kind, trail(one, rules)) for one in standings]
    first = min((day for _, moves in held for day, into in moves if into == "listed"), default=None)
    found: list[Quarter] = []
    start = None if first is None else quarter_start(first)
    while start is not None and start <= on:
        after = add_months(start, 3)
        last = min(on, after - timedelta(days=1))
        name = f"{start.year}Q{(start.month + 2) // 3}"
        for kind in sorted({kind for kind, _ in held}):
            own = [moves for each, moves in held if each == kind]
            before = {
                n for n, moves in enumerate(own) if _state(moves, start - timedelta(days=1)) in ON_REGISTER
            }
            now = {n for n, moves in enumerate(own) if _state(moves, last) in ON_REGISTER}
            hung = {
                n
                for n, moves in enumerate(own)
                if n not in before and any(start <= day <= last and into == "listed" for day, into in moves)
            }
            gone = (before | hung) - now
            halted = sum(_state(own[n], last) == "suspended" for n in now)
            found.append(Quarter(name, kind, len(before), len(hung), len(gone), len(now), halted))
        start = after
    return tuple(found)
