"""What the tests of 乐业 share: the shipped rules, casebooks in memory, acts by day, rows written plainly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

import huaying_governance as hg
from huaying_governance.casework import Casebook
from huaying_governance.errors import Refused
from huaying_governance.kernel.dates import SHANGHAI
from huaying_governance.packs.rules.employment import EmploymentRules
from huaying_governance.procedure.check import Claim, World

HOME = "dujiaping"
_FOUND = hg.load_pack("huaying").rules(EmploymentRules)
assert _FOUND is not None
RULES: EmploymentRules = _FOUND
CALENDAR = hg.china_calendar()


def at(day: date) -> datetime:
    """The beginning of a day."""
    return datetime.combine(day, time.min, SHANGHAI)


def book(work: Any, context: Any, opening: Any, name: str = "X") -> Any:
    """A casebook in memory with one case."""
    made: Any = Casebook(hg.open_store("memory:"), work, context)
    made.open(name, opening)
    return made


def refused(held: Any, act: Any, name: str = "X") -> tuple[str, ...]:
    """The codes of a refusal; it changes nothing, and says in both languages what to do."""
    before = held.standing(name)
    with pytest.raises(Refused) as caught:
        held.act(name, act)
    assert held.standing(name) == before
    ruling = caught.value.ruling
    assert [each.code for each in ruling.remedies] == list(ruling.codes)
    assert all(each.text.zh and each.text.en for each in ruling.remedies)
    return ruling.codes


def rows(parent: str, name: str, start: date, steps: Sequence[Mapping[str, object]]) -> list[dict[str, Any]]:
    """Rows of acts on one case, one a day unless a step says after how many days."""
    told = []
    for number, step in enumerate(steps):
        cells = dict(step)
        day = start + timedelta(days=int(str(cells.pop("day", number))))
        told.append({parent: name, "date": day, **cells})
    return told


def machine(work: Any, start: Any, commands: Any, context: Any) -> World[Any, Any, Any]:
    """The world of a kind of case in which these commands are tried in every state; states differ by all they hold."""

    def move(standing: Any, act: Any, given: Any) -> Any:
        step = work.procedure.step(standing.state, act.action)
        assert step is not None
        return work.after(standing, act, step.target(standing, act, given))

    held = tuple(commands)
    return World(work.procedure, (start,), lambda _: held, lambda _s, _c: context, move)


def always(name: str, holds: Any) -> Claim[Any, Any]:
    """The claim that something is so in every state that can be reached."""
    return Claim(name, None, lambda *_: None, lambda _, state: holds(state))
