"""参与途径: the ways of taking part other than voting; they are open from the first day (非户籍居民参与治理).

A way asks at most that one lives or works in the community, and an age where its law states one. How long somebody
has lived here is never asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import years_between
from huaying_governance.kernel.ruling import Ground, Remedy, Ruling
from huaying_governance.text import Text

NOT_HERE = Text("这一天还不在本社区居住或工作", "neither lives nor works in the community on that day yet")
NOT_HERE_CURE = Text(
    "到本社区居住或工作之日起即可参加", "it is open from the first day of living or working here"
)
TOO_YOUNG = Text("未满{n}周岁", "is not {n} years old yet")
TOO_YOUNG_CURE = Text("可参加不限年龄的其他途径", "take one of the ways without an age")
FINDINGS = {"not-here": NOT_HERE, "too-young": TOO_YOUNG}
OPEN = Text("自居住或工作之日起可以参加", "open from the first day of living or working here")


@frozen
class Door:
    """途径: one way of taking part; `age` 0 asks none."""

    way: str
    title: Text
    age: int
    citation: Citation


@frozen(kw_only=True)
class Comer:
    """参与人: a reference, and since when the person lives or works here; None is not known."""

    person: str
    community: str
    born: date | None = None
    living_since: date | None = None
    worker_since: date | None = None


def may_take_part(comer: Comer, door: Door, on: date) -> Ruling:
    """Return whether the way is open to somebody on a day: `eligible`, `ineligible` or `undetermined`."""
    known = [day for day in (comer.living_since, comer.worker_since) if day is not None]
    here: bool | None = True if any(day <= on for day in known) else False if len(known) == 2 else None
    if here is None and known:
        missing_place = "worker_since" if comer.worker_since is None else "living_since"
    else:
        missing_place = "living_since"
    grown = (
        True if door.age == 0 else None if comer.born is None else years_between(comer.born, on) >= door.age
    )
    grounds, remedies = [], []
    if here is False:
        grounds.append(Ground(NOT_HERE, "not-here", door.citation))
        remedies.append(Remedy("not-here", NOT_HERE_CURE))
    if grown is False:
        grounds.append(Ground(TOO_YOUNG.fill(n=door.age), "too-young", door.citation))
        remedies.append(Remedy("too-young", TOO_YOUNG_CURE))
    if grounds:
        return Ruling("ineligible", tuple(grounds), remedies=tuple(remedies))
    missing = tuple(name for name, fact in ((missing_place, here), ("born", grown)) if fact is None)
    if missing:
        return Ruling("undetermined", (), missing)
    return Ruling("eligible", (Ground(OPEN, "", door.citation),))


def doors_of(doors: Mapping[str, Door], comer: Comer, on: date) -> Mapping[str, Ruling]:
    """Return what every way says to somebody."""
    return {way: may_take_part(comer, door, on) for way, door in doors.items()}
