"""常态化巡查: which sites were visited lately, which were not, and which visits show a picture shown before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from attrs import frozen

from huaying_governance.kernel.citation import Citation


@frozen(kw_only=True)
class InspectionRules:
    """巡查规则 of a pack: after so many days without a visit a site is found."""

    unvisited_days: int
    citation: Citation


@frozen(kw_only=True)
class Site:
    """巡查点位. `since`: the day from which it is to be visited; None where that is not known."""

    id: str
    community: str
    kind: str
    since: date | None = None


@frozen(kw_only=True)
class Visit:
    """一次巡查 of a site: what was found, and a digest of the picture that shows it."""

    site: str
    on: date
    clean: bool | None = None
    photo: str = ""


@frozen(kw_only=True)
class Watched:
    """点位现状: the last visit, the day by which the next is due, and whether it has passed unvisited.

    `unvisited` is None where neither a visit nor the day it began is known.
    """

    site: Site
    visits: int
    last: date | None
    due: date | None
    unvisited: bool | None
    clean: bool | None
    repeated: tuple[date, ...]


def watched(
    sites: Iterable[Site], visits: Iterable[Visit], rules: InspectionRules, on: date
) -> tuple[Watched, ...]:
    """Return how each site stands on a day; later visits do not count yet.

    A site last visited N days ago, N being the days of the pack, is found; a day less, and it is not.
    """
    held: dict[str, list[Visit]] = {}
    for one in sorted(visits, key=lambda one: (one.on, one.site)):
        if one.on <= on:
            held.setdefault(one.site, []).append(one)
    repeated = _repeated(one for ones in held.values() for one in ones)
    return tuple(_watched(site, held.get(site.id, []), repeated, rules, on) for site in sites)


def _repeated(visits: Iterable[Visit]) -> dict[str, list[date]]:
    """Return by site the days whose picture an earlier visit, here or elsewhere, has shown."""
    first: dict[str, Visit] = {}
    found: dict[str, list[date]] = {}
    for one in sorted(visits, key=lambda one: (one.on, one.site)):
        if one.photo and first.setdefault(one.photo, one) is not one:
            found.setdefault(one.site, []).append(one.on)
    return found


def _watched(
    site: Site, visits: list[Visit], repeated: dict[str, list[date]], rules: InspectionRules, on: date
) -> Watched:
    last = visits[-1].on if visits else None
    anchor = last or site.since
    due = None if anchor is None else anchor + timedelta(days=rules.unvisited_days)
    return Watched(
        site=site,
        visits=len(visits),
        last=last,
        due=due,
        unvisited=None if due is None else on >= due,
        clean=visits[-1].clean if visits else None,
        repeated=tuple(repeated.get(site.id, ())),
    )
