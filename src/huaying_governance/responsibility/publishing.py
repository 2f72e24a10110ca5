"""清单公布与年度评审: who saw which version when, and when the list must be looked at again.

A list is published by version, so that nobody can say later that another one hung on the board. It is reviewed every
year; what has no basis or is dead is put forward for removal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from attrs import frozen

from huaying_governance.kernel.citation import Citation
from huaying_governance.kernel.dates import add_years
from huaying_governance.responsibility.algebra import Dead, World, dead_lines
from huaying_governance.responsibility.gate import current
from huaying_governance.responsibility.matters import KINDS, ROLES, Matter, MatterList
from huaying_governance.text import Text

BOARD_DAYS = 15
"""Days that a publication must hang: 《城市居民委员会组织法》（2025年修订） article 34 asks for at least 15."""


@frozen
class Publication:
    """公布记录: a version of the list, where and by whom it was shown, from which day and to which (both included)."""

    version: str
    community: str
    place: str
    by: str
    since: date
    until: date | None = None

    def long_enough(self, on: date) -> bool:
        """Whether it has hung for the days that the law asks for, as of a day."""
        last = on if self.until is None else min(self.until, on)
        return last - self.since + timedelta(days=1) >= timedelta(days=BOARD_DAYS)


def published(
    records: Iterable[Publication], matters: MatterList, community: str, on: date
) -> Publication | None:
    """Return the publication that shows this very list in a community on a day; None where none does."""
    version = matters.version
    for record in records:
        hangs = record.since <= on and (record.until is None or on <= record.until)
        if hangs and record.community == community and record.version == version:
            return record
    return None


@frozen
class Review:
    """年度评审: when a list was last reviewed and must be again, and what the review has to look at."""

    last: date
    due: date
    overdue: bool
    unfounded: tuple[Matter, ...]
    stale: tuple[Matter, ...]
    dead: tuple[Dead, ...]


def review(matters: MatterList, world: World, last: date, on: date) -> Review:
    """Return the state of the yearly review as of a day; the review day itself is in time.

    `unfounded`: lines without any basis; `stale`: lines in force whose every basis is out of force on the day.
    """
    due = add_years(last, 1)
    held = tuple(matters.on(on))
    stale = tuple(line for line in held if line.basis and current(line.basis, on) is None)
    unfounded = tuple(line for line in held if not line.basis)
    return Review(last, due, on > due, unfounded, stale, tuple(dead_lines(matters, world)))


HEADERS: Sequence[Text] = (
    Text("编码", "code"),
    Text("事项", "matter"),
    Text("种类", "kind"),
    Text("社区角色", "the community's part"),
    Text("费随事转", "funds"),
    Text("依据", "basis"),
)


def board(matters: MatterList, community: str, on: date) -> tuple[tuple[Text, ...], ...]:
    """Return a community's list as it hangs on the board on a day: the header, then a row a matter."""
    rows = (_row(line) for line in matters.on(on, community))
    return (tuple(HEADERS), *rows)


def _row(line: Matter) -> tuple[Text, ...]:
    funds = Text("须拨付", "required") if line.funds else Text("—", "—")
    return (
        Text(line.code, line.code),
        Text(line.name, line.name),
        KINDS[line.kind],
        ROLES[line.role],
        funds,
        _clauses(line.basis),
    )


def _clauses(basis: tuple[Citation, ...]) -> Text:
    return Text("；".join(held.say("zh") for held in basis), "; ".join(held.say("en") for held in basis))
