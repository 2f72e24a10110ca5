"""清单调整: how a city's list becomes a community's own: add, withdraw, narrow, in one documented order.

A community's list is the city's template, then the adaptations that name the community, each after those it builds
on; within one adaptation first what is withdrawn, then what is narrowed, then what is added. Each change has its own
days: outside them the line stands as it stood before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from attrs import evolve, frozen

from huaying_governance.responsibility.matters import Matter, MatterList, Versions

Operation = Literal["withdraw", "narrow", "add"]
ORDER: tuple[Operation, ...] = ("withdraw", "narrow", "add")
"""The order in which the changes of one adaptation are applied, whatever order they are written in."""
_DAY = timedelta(days=1)


@frozen
class Change:
    """一处调整. `matter` is what is added; `assigners`, `forms` None: unchanged; `funds` may only be added."""

    operation: Operation
    code: str
    since: date | None = None
    until: date | None = None
    matter: Matter | None = None
    assigners: frozenset[str] | None = None
    forms: tuple[str, ...] | None = None
    funds: bool = False


@frozen
class Adaptation:
    """清单调整方案: changes for some communities, on top of the template or of another adaptation (`base`)."""

    id: str
    communities: frozenset[str]
    changes: tuple[Change, ...]
    base: str | None = None
    decided_by: str = ""

    def ordered(self) -> Iterator[Change]:
        """Yield the changes in the order in which they are applied."""
        for operation in ORDER:
            yield from (change for change in self.changes if change.operation == operation)


def layers(adaptation: Adaptation, by_id: Mapping[str, Adaptation]) -> tuple[Adaptation, ...]:
    """Return an adaptation after all that it builds on, the outermost first.

    Raises `ValueError` where they build on each other in a circle, `KeyError` where one is not there.
    """
    found = [adaptation]
    while (base := found[-1].base) is not None:
        if any(layer.id == base for layer in found):
            raise ValueError(base)
        found.append(by_id[base])
    return tuple(reversed(found))


def adapted(template: Iterable[Matter], adaptations: Sequence[Adaptation]) -> MatterList:
    """Return the list of all communities: the template, and what communities have of their own."""
    by_id = {adaptation.id: adaptation for adaptation in adaptations}
    plain = MatterList(template)
    built_on = {adaptation.base for adaptation in adaptations}
    own: dict[tuple[str, str], Versions] = {}
    made: dict[tuple[Versions, tuple[Change, ...]], Versions] = {}
    for adaptation in adaptations:
        if adaptation.id in built_on and not adaptation.communities:
            continue
        changes: dict[str, list[Change]] = {}
        for layer in layers(adaptation, by_id):
            for change in layer.ordered():
                changes.setdefault(change.code, []).append(change)
        for code, found in changes.items():
            before = plain.find(code)
            after = made.setdefault((before, tuple(found)), apply(before, found))
            own.update(((community, code), after) for community in adaptation.communities)
    return plain.with_own(own)


def apply(versions: Versions, changes: Iterable[Change]) -> Versions:
    """Return the versions of one matter after some changes, applied one after the other."""
    lines = list(versions)
    for change in changes:
        if change.operation == "add":
            lines += [change.matter] if change.matter is not None else []
            continue
        outside = [part for line in lines for part in _outside(line, change.since, change.until)]
        inside = [part for line in lines if (part := _inside(line, change.since, change.until)) is not None]
        lines = outside + (
            [_narrowed(part, change) for part in inside] if change.operation == "narrow" else []
        )
    return tuple(sorted(lines, key=lambda line: line.since or date.min))


def _narrowed(line: Matter, change: Change) -> Matter:
    return evolve(
        line,
        assigners=line.assigners if change.assigners is None else change.assigners,
        forms=line.forms if change.forms is None else change.forms,
        funds=line.funds or change.funds,
    )


def _inside(line: Matter, since: date | None, until: date | None) -> Matter | None:
    """Return the part of a line that lies within some days, None where there is none."""
    first = max(line.since or date.min, since or date.min)
    last = min(line.until or date.max, until or date.max)
    if first > last:
        return None
    return _on(line, first, last)


def _outside(line: Matter, since: date | None, until: date | None) -> Iterator[Matter]:
    """Yield the parts of a line before and after some days."""
    first, last = line.since or date.min, line.until or date.max
    if since is not None and first < since:
        yield _on(line, first, min(last, since - _DAY))
    if until is not None and until < last:
        yield _on(line, max(first, until + _DAY), last)


def _on(line: Matter, first: date, last: date) -> Matter:
    since = None if first == date.min else first
    until = None if last == date.max else last
    return line if (since, until) == (line.since, line.until) else evolve(line, since=since, until=until)
