"""清单代数: what two lists say differently: exact, without a solver, with a concrete assignment as the witness.

A list is, for each community and matter, a row of days on which it says the same; two lists are compared stretch by
stretch. Lines that are the same object, or equal, are passed over, so that lists of a million lines compare quickly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import evolve, frozen

from huaying_governance.kernel.bodies import Community, Organisation
from huaying_governance.responsibility.assignments import Assignment
from huaying_governance.responsibility.matters import ANY, KINDS, ROLES, SELF, Matter, MatterList, Versions
from huaying_governance.responsibility.names import Register
from huaying_governance.text import Lang, Text, same

_DAY = timedelta(days=1)
_JOINED: tuple[tuple[Lang, str], ...] = (("zh", "、"), ("en", ", "))
Aspect: TypeAlias = Literal[
    "listed",
    "name",
    "kind",
    "role",
    "assigners",
    "communities",
    "funds",
    "forms",
    "basis",
    "frequency",
    "workload",
    "instead",
]
ASPECTS: tuple[Aspect, ...] = (
    "name", "kind", "role", "assigners", "communities", "funds", "forms", "basis", "frequency", "workload", "instead",
)  # fmt: skip
LABELS: dict[Aspect, Text] = {
    "listed": Text("列入清单", "listed"),
    "name": Text("名称", "name"),
    "kind": Text("种类", "kind"),
    "role": Text("社区角色", "the community's part"),
    "assigners": Text("可交办单位", "assigners"),
    "communities": Text("适用社区", "communities"),
    "funds": Text("费随事转", "funds must follow"),
    "forms": Text("所需表格", "forms"),
    "basis": Text("设定依据", "basis"),
    "frequency": Text("办理频次", "frequency"),
    "workload": Text("年工作量", "workload"),
    "instead": Text("办理去处", "where it belongs instead"),
}


@frozen
class Difference:
    """清单差异: one aspect of one matter that two lists say differently, from a day to a day (None: open)."""

    code: str
    name: str
    aspect: Aspect
    since: date | None
    until: date | None
    before: object
    after: object
    community: str = ""

    def say(self) -> Text:
        """Return the difference in words."""
        when_zh = f"{self.since or '最早'}至{self.until or '长期'}"
        when_en = f"{self.since or 'the beginning'} to {self.until or 'open'}"
        place = f"（{self.community}）" if self.community else ""
        head = Text(
            f"{self.code}“{self.name}”{place}，{when_zh}：", f"{self.code} “{self.name}”{place}, {when_en}: "
        )
        if self.aspect == "listed":
            body = Text("新增列入", "newly listed") if self.after else Text("移出清单", "no longer listed")
        else:
            old, new = _words(self.aspect, self.before), _words(self.aspect, self.after)
            label = LABELS[self.aspect]
            body = Text(f"{label.zh}由{old.zh}改为{new.zh}", f"{label.en} changes from {old.en} to {new.en}")
        return Text(head.zh + body.zh, head.en + body.en)


def diff(before: MatterList, after: MatterList) -> Iterator[Difference]:
    """Yield what the two lists say differently, the template first, then what communities have of their own."""
    mine, theirs = before.template, after.template
    gone = 0
    for code, old in mine.items():
        new = theirs.get(code, ())
        if old is not new and old != new:
            gone += not new
            yield from _compare(old, new, "")
    # Where every code of `after` has been met, there is no need to look for those that `before` lacks.
    if len(theirs) > len(mine) - gone:
        for code, new in theirs.items():
            if code not in mine:
                yield from _compare((), new, "")
    for community, code in dict.fromkeys((*before.own, *after.own)):
        old, new = before.versions(code, community), after.versions(code, community)
        if (old, new) != (before.versions(code), after.versions(code)):
            yield from _compare(old, new, community)


def equivalent(before: MatterList, after: MatterList) -> bool:
    """Whether two lists say the same of every matter on every day, however they are cut into versions."""
    return next(diff(before, after), None) is None


def _compare(old: Versions, new: Versions, community: str) -> Iterator[Difference]:
    growing: dict[tuple[Aspect, str], Difference] = {}
    for since, until in stretches((*old, *new)):
        day = since or until or date.min
        found: dict[tuple[Aspect, str], Difference] = {
            (each.aspect, each.community): each for each in _on(day, old, new, community)
        }
        for key in list(growing):
            if key not in found or not _same_change(found[key], growing[key]):
                yield growing.pop(key)
        for key, each in found.items():
            first = growing[key].since if key in growing else since
            growing[key] = evolve(each, since=first, until=until)
    yield from growing.values()


def _on(day: date, old: Versions, new: Versions, community: str) -> Iterator[Difference]:
    """Yield what two rows of versions say differently on one day; lines for different communities are held apart."""
    one = {line.communities: line for line in old if line.in_force(day)}
    two = {line.communities: line for line in new if line.in_force(day)}
    if len(one) == len(two) == 1:
        yield from _aspects(next(iter(one.values())), next(iter(two.values())), community)
        return
    for places in dict.fromkeys((*one, *two)):
        yield from _aspects(one.get(places), two.get(places), community or ";".join(sorted(places)))


def _same_change(one: Difference, two: Difference) -> bool:
    return (one.before, one.after, one.name) == (two.before, two.after, two.name)


def stretches(versions: Iterable[Matter]) -> Iterator[tuple[date | None, date | None]]:
    """Yield the stretches of days within which no version begins or ends, in order; None is open."""
    starts = {line.since for line in versions if line.since is not None}
    starts |= {line.until + _DAY for line in versions if line.until is not None and line.until < date.max}
    edges: list[date | None] = [None, *sorted(starts)]
    for number, since in enumerate(edges):
        after = edges[number + 1] if number + 1 < len(edges) else None
        yield since, None if after is None else after - _DAY


def _aspects(one: Matter | None, two: Matter | None, community: str) -> Iterator[Difference]:
    line = two or one
    if line is None:
        return
    if one is None or two is None:
        yield Difference(
            line.code, line.name, "listed", None, None, one is not None, two is not None, community
        )
        return
    for aspect in ASPECTS:
        a, b = getattr(one, aspect), getattr(two, aspect)
        if a != b:
            yield Difference(line.code, line.name, aspect, None, None, a, b, community)


def _words(aspect: Aspect, value: object) -> Text:
    if aspect == "kind":
        return KINDS[value]  # type: ignore[index]
    if aspect == "role":
        return ROLES[value]  # type: ignore[index]
    if aspect == "funds":
        return Text("须拨付", "required") if value else Text("不要求", "not required")
    if aspect == "basis" and isinstance(value, tuple):
        return Text(
            "、".join(held.say("zh") for held in value) or "无",
            ", ".join(held.say("en") for held in value) or "none",
        )
    if isinstance(value, frozenset | tuple):
        names = sorted(map(str, value))
        return Text("、".join(names) or "不限", ", ".join(names) or "any")
    return same("—" if value in {None, ""} else str(value))


# What a list permits


@frozen
class World:
    """范围: the bodies and the days that lists are compared over."""

    organisations: Register[Organisation]
    communities: Register[Community]


def implies(narrow: MatterList, wide: MatterList, world: World) -> Assignment | None:
    """Return None where all that `narrow` permits `wide` permits too; else an assignment that shows it does not.

    Permitted means: listed, in force, by an assigner and for a community that the line has, with what funds the
    narrow list asks for.
    """
    for place in world.communities.things:
        for code in narrow.codes_of(place.id):
            one, two = narrow.versions(code, place.id), wide.versions(code, place.id)
            if one is two or one == two:
                continue
            found = _beyond(code, one, two, place.id, world)
            if found is not None:
                return found
    return None


def _beyond(code: str, one: Versions, two: Versions, place: str, world: World) -> Assignment | None:
    for since, until in stretches((*one, *two)):
        day = since or until or date(2000, 1, 1)
        a, b = permitting(one, day, place), permitting(two, day, place)
        if a is None:
            continue
        allowed = assigners_of(a, place, world)
        further = allowed - (assigners_of(b, place, world) if b is not None else frozenset())
        if b is not None and b.funds and not a.funds:
            further = allowed
        if further:
            funding = Decimal(1) if a.funds else None
            return Assignment(
                id="counterexample",
                date=day,
                assigner=min(further),
                community=place,
                matter=code,
                funding=funding,
            )
    return None


def permitting(versions: Versions, on: date, community: str) -> Matter | None:
    """Return the line by which a matter may be asked for on a day; None where there is none, or it is prohibited."""
    held = [line for line in versions if line.in_force(on) and line.covers(community)]
    return None if not held or any(line.kind == "prohibited" for line in held) else held[0]


def assigners_of(line: Matter, community: str, world: World) -> frozenset[str]:
    """Return the ids that may assign a line to a community."""
    named = line.assigners
    anybody = not named or ANY in named
    bodies = (
        body
        for body in world.organisations.things
        if anybody or not named.isdisjoint((body.id, body.kind, body.level))
    )
    return frozenset((*(body.id for body in bodies), *([community] if SELF in named else [])))


@frozen
class Dead:
    """失效事项: a version of a line that nobody can ever be asked for by, and why."""

    line: Matter
    reason: Text


def dead_lines(matters: MatterList, world: World) -> Iterator[Dead]:
    """Yield lines that can never permit anything: nobody may assign them, no community has them, all days barred."""
    places = [place.id for place in world.communities.things]
    for line in matters:
        if line.kind == "prohibited":
            continue
        covered = [place for place in places if line.covers(place)]
        if not covered:
            yield Dead(line, Text("没有社区适用", "no community has it"))
        elif not any(assigners_of(line, place, world) for place in covered):
            yield Dead(line, Text("没有单位可以交办", "nobody may assign it"))
        elif not any(_ever(matters.versions(line.code, place), line, place) for place in covered):
            yield Dead(line, Text("有效期内全部被禁止或撤下", "it is barred or withdrawn on all its days"))


def _ever(versions: Versions, line: Matter, place: str) -> bool:
    """Whether a line, or what a community has made of it, permits on one of its days."""
    for since, until in stretches((*versions, line)):
        day = since or until or date(2000, 1, 1)
        if line.in_force(day) and permitting(versions, day, place) is not None:
            return True
    return False


def edges(versions: Sequence[Matter]) -> tuple[date, ...]:
    """Return the days at which a matter must be tried: the day before, the first, the last and the day after."""
    days: set[date] = set()
    for line in versions:
        if line.since is not None:
            days |= {line.since - _DAY, line.since}
        if line.until is not None:
            days |= {line.until, line.until + _DAY}
    return tuple(sorted(days))
