"""民事民管、民难民解、民需民助: three shares of a month, each with what it is a share of.

    民事民管  of the community's events, those that residents ran themselves
    民难民解  of the disputes that ended, those settled on the spot by mediation
    民需民助  of the needs told, those that residents met

The article names the three and defines none; these are this library's readings. What nobody knows is in no share and
is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from huaying_governance.kernel.dates import day_of
from huaying_governance.participation.mediation import Standing


@frozen(kw_only=True)
class Effort:
    """自治互助记录: an event or a need, and who saw to it: `residents`, others, `nobody`; empty is not known."""

    kind: str
    community: str
    day: date
    by: str = ""


@frozen
class Share:
    """占比: so many of so many; `unknown` are in neither."""

    part: int = 0
    whole: int = 0
    unknown: int = 0

    def plus(self, value: bool | None) -> Share:
        """Return the share with one more case, of which this is known."""
        if value is None:
            return Share(self.part, self.whole, self.unknown + 1)
        return Share(self.part + value, self.whole + 1, self.unknown)


@frozen
class Indicators:
    """三项指标 of one month in one community; `all` is all of them together."""

    month: str
    community: str
    run: Share = Share()
    settled: Share = Share()
    helped: Share = Share()


Case = tuple[str, str, str, bool | None]
"""Which share, the month, the community, and whether it counts in the share; None is not known."""


def of_effort(effort: Effort) -> Case:
    """Return what an event or a need says."""
    value = None if not effort.by else effort.by == "residents"
    return ("run" if effort.kind == "event" else "helped"), f"{effort.day:%Y-%m}", effort.community, value


def of_dispute(standing: Standing) -> Case | None:
    """Return what a dispute says once it has ended: settled here, or not; None while it runs."""
    if standing.effective_on is not None:
        return "settled", f"{standing.effective_on:%Y-%m}", standing.dispute.community, True
    if standing.state in {"refused", "failed"}:
        return "settled", f"{day_of(standing.last_at):%Y-%m}", standing.dispute.community, False
    return None


def shares_by_month(efforts: Iterable[Effort], disputes: Iterable[Standing]) -> tuple[Indicators, ...]:
    """Return the three shares of every month: all communities together first, then each that has some."""
    cases = [of_effort(one) for one in efforts]
    cases += [case for one in disputes if (case := of_dispute(one)) is not None]
    groups: dict[tuple[str, int, str], dict[str, Share]] = {}
    for share, month, community, value in cases:
        for key in ((month, 0, "all"), (month, 1, community)):
            held = groups.setdefault(key, {})
            held[share] = held.get(share, Share()).plus(value)
    return tuple(
        Indicators(month, scope, **shares)
        for (month, _, scope), shares in sorted(groups.items(), key=lambda one: one[0])
    )
