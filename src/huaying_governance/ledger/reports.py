"""台账报表: boards and rates as queries over entries; nothing here is filled in by hand.

A rate always shows its denominator, and one over nothing says so instead of dividing. What is on hold (挂账) is
counted apart and is never in the closed rate; satisfaction is counted from call-backs that reached somebody, never
over all entries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from attrs import frozen

from huaying_governance.ledger.rungs import COLOURS, Colour
from huaying_governance.ledger.state import is_open
from huaying_governance.ledger.view import EntryView
from huaying_governance.text import Lang, Text

TENTH = Decimal("0.1")
SOON = 3
"""Days ahead within which a deadline counts as due soon."""


@frozen
class Rate:
    """率: `count` of `of`. Over nothing there is no rate: `percent` is then None, and `say` says so."""

    count: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """The rate in percent with one decimal, half-up; None where there is nothing to count."""
        if self.of == 0:
            return None
        return (Decimal(100 * self.count) / self.of).quantize(TENTH, ROUND_HALF_UP)

    def say(self, lang: Lang = "zh") -> str:
        """Return the rate with its denominator: `88.9%（8/9）`."""
        if self.percent is None:
            return Text("无（分母为0）", "none (nothing to count)").say(lang)
        return Text(
            f"{self.percent}%（{self.count}/{self.of}）", f"{self.percent}% ({self.count}/{self.of})"
        ).say(lang)


@frozen
class Group:
    """一组条目的数: entries of one community, unit, kind or state, as they stand on a day."""

    key: str
    total: int
    open: int
    on_hold: int
    due_soon: int
    overdue: int
    struck_off: int
    reopened: int
    colours: Mapping[Colour, int]


@frozen
class Board:
    """台账看板 on a day: one group for each key, in the order of the keys, and the whole."""

    on: date
    groups: tuple[Group, ...]
    whole: Group

    def say(self, lang: Lang = "zh") -> str:
        """Return the board as lines of text, the whole last."""
        heads = (
            Text("分组", "group"),
            Text("总数", "total"),
            Text("未办结", "open"),
            Text("挂账", "on hold"),
            Text("临期", "due soon"),
            Text("超期", "overdue"),
            Text("销号", "struck off"),
            Text("重办", "reopened"),
            *COLOURS.values(),
        )
        lines = ["\t".join(head.say(lang) for head in heads)]
        lines += ["\t".join(_cells(group)) for group in (*self.groups, self.whole)]
        return "\n".join(lines)


def _cells(group: Group) -> list[str]:
    numbers = (
        group.total,
        group.open,
        group.on_hold,
        group.due_soon,
        group.overdue,
        group.struck_off,
        group.reopened,
    )
    return [group.key, *map(str, numbers), *(str(group.colours.get(colour, 0)) for colour in COLOURS)]


def by_community(view: EntryView) -> str:
    """Group by community (社区)."""
    return view.facts.community


def by_lead(view: EntryView) -> str:
    """Group by responsible unit (责任单位)."""
    return view.live.lead


def by_kind(view: EntryView) -> str:
    """Group by ledger (台账)."""
    return view.kind


def by_state(view: EntryView) -> str:
    """Group by state (状态)."""
    return view.state


def by_category(view: EntryView) -> str:
    """Group by channel and category (来源、类别)."""
    return "/".join(filter(None, (view.facts.source, view.facts.category)))


def board(entries: Iterable[EntryView], on: date, by: Callable[[EntryView], str] = by_community) -> Board:
    """看板: return the entries counted by a key, as they stand on a day."""
    groups: dict[str, list[EntryView]] = {}
    for view in entries:
        groups.setdefault(by(view), []).append(view)
    counted = tuple(_group(key, groups[key], on) for key in sorted(groups))
    return Board(on, counted, _whole(counted))


def _group(key: str, views: list[EntryView], on: date) -> Group:
    colours: Counter[Colour] = Counter(view.colour(on) for view in views if is_open(view.live))
    return Group(
        key,
        len(views),
        sum(is_open(view.live) for view in views),
        sum(view.state == "on_hold" for view in views),
        sum(is_due_soon(view, on) for view in views),
        sum(view.is_overdue(on) is True for view in views),
        sum(view.state == "struck_off" for view in views),
        sum(view.dossier.reopened > 0 for view in views),
        dict(colours),
    )


def _whole(groups: tuple[Group, ...]) -> Group:
    colours: Counter[Colour] = Counter()
    for group in groups:
        colours.update(group.colours)
    return Group(
        "",
        sum(g.total for g in groups),
        sum(g.open for g in groups),
        sum(g.on_hold for g in groups),
        sum(g.due_soon for g in groups),
        sum(g.overdue for g in groups),
        sum(g.struck_off for g in groups),
        sum(g.reopened for g in groups),
        dict(colours),
    )


def is_due_soon(view: EntryView, on: date) -> bool:
    """Return whether an open entry's deadline lies within the next days, today included, and is not missed."""
    due = view.due
    return due is not None and is_open(view.live) and 0 <= (due - on).days <= SOON


@frozen
class Closure:
    """办结情况 of a period: of the entries whose last deadline lay in it, how many are closed; those on hold apart."""

    rate: Rate
    in_time: Rate
    on_hold: int


def closure(entries: Iterable[EntryView], since: date, until: date) -> Closure:
    """办结率: return closed / due in the period (both days included); what is on hold is shown apart, in neither part.

    `in_time` is the part of the closed that missed no deadline. Merged entries count with what they were merged into.
    """
    due = [
        view
        for view in entries
        if view.last_due is not None and since <= view.last_due <= until and view.state != "merged"
    ]
    held = sum(view.state == "on_hold" for view in due)
    closed = [view for view in due if not is_open(view.live)]
    in_time = Rate(sum(not view.live.late for view in closed), len(closed))
    return Closure(Rate(len(closed), len(due) - held), in_time, held)


@frozen
class Satisfaction:
    """群众感受: satisfied of those reached; reached of those called; and how many answered were never called."""

    satisfied: Rate
    reached: Rate
    not_called: int


def satisfaction(entries: Iterable[EntryView]) -> Satisfaction:
    """满意率: return satisfied / reached by call-back, over the entries that have a reply."""
    answered = [
        v for v in entries if v.state in {"replied", "verified", "struck_off"} or v.dossier.call is not None
    ]
    calls = [view.dossier.call for view in answered if view.dossier.call is not None]
    reached = [call for call in calls if call.reached]
    return Satisfaction(
        Rate(sum(call.satisfied is True for call in reached), len(reached)),
        Rate(len(reached), len(calls)),
        len(answered) - len(calls),
    )


def response(entries: Iterable[EntryView]) -> Rate:
    """响应率: return the entries that somebody has taken on, of all that were not declined or merged."""
    counted = [view for view in entries if view.state not in {"declined", "merged"}]
    return Rate(sum(bool(view.live.lead) for view in counted), len(counted))


def escalated(entries: Iterable[EntryView]) -> tuple[EntryView, ...]:
    """提级事项: return the open entries that were escalated, for the joint conference, the oldest first."""
    found = (view for view in entries if view.dossier.escalations and is_open(view.live))
    return tuple(sorted(found, key=lambda view: (view.facts.received_at, view.id)))


def three_colours(entries: Iterable[EntryView], on: date) -> Mapping[Colour, tuple[EntryView, ...]]:
    """三色清单: return the open entries by colour, the nearest deadline first."""
    sorted_ = sorted((v for v in entries if is_open(v.live)), key=lambda v: (v.due or date.max, v.id))
    return {colour: tuple(v for v in sorted_ if v.colour(on) == colour) for colour in COLOURS}


def frequent(
    entries: Iterable[EntryView], by: Callable[[EntryView], str] = by_category
) -> tuple[tuple[str, int], ...]:
    """高频诉求: return keys and counts, the most frequent first, ties by key."""
    counts = Counter(by(view) for view in entries)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
